/* Drafts (language.md 7): 草稿 on every page, and what is wrong with the paper as its last pages.
 * Both stand outside the paper itself: the mark above the type area, the messages behind the 版记
 * on pages without a number, so that nothing else moves when the draft becomes the paper. */
#include "base/buf.h"
#include "base/utf8.h"
#include "typeset/page/page_internal.h"

#define MARK_SIZE LENGTH_PT(22) /* 二号 */
#define MARK_TOP                                                                                   \
    LENGTH_MM(12) /* of its frame; running heads, the lowest in the margin, are at 26 */
#define MARK_PADDING LENGTH_MM(1)
#define MARK_RULE LENGTH_MM(0.5)

static const char WORD[] = "草稿", HEADING[] = "草稿：尚有下列问题", CLEAN[] = "草稿：没有发现问题";

static const TextStyle MARK_STYLE = {.role = ROLE_HEI, .size = MARK_SIZE};

/* ---- the mark ---- */

static void frame(PageBuilder *builder, Page *page, Length x, Length width, Length height)
{
    static const Color black = {0, 0, 0};
    Arena *arena = builder->ts.arena;
    page_rect(arena, page, x, MARK_TOP, width, MARK_RULE, black);
    page_rect(arena, page, x, MARK_TOP + height - MARK_RULE, width, MARK_RULE, black);
    page_rect(arena, page, x, MARK_TOP, MARK_RULE, height, black);
    page_rect(arena, page, x + width - MARK_RULE, MARK_TOP, MARK_RULE, height, black);
}

/* In the upper margin, at the right of the type area, upright on turned pages too. */
void draft_mark(PageBuilder *builder)
{
    Page *page = flow_page(builder);
    if (!builder->document->draft) {
        return;
    }
    bool turned = page->turned;
    size_t first = page->mark_count;
    PageGrid grid = grid_portrait(builder->style, flow_page_number(builder));
    Length inset = MARK_PADDING + MARK_RULE;
    Length width = text_width(&builder->ts, &MARK_STYLE, WORD) + 2 * inset;
    Length x = grid.left + grid.width - width;
    page->turned = false;
    bool said = flow_page_number(builder) == 1;
    page->tag = said ? pages_tag(builder->ts.pages, 0, TAG_PARAGRAPH) : 0;
    text_put(&builder->ts, page, &MARK_STYLE, WORD, x + inset,
        MARK_TOP + inset + text_ascent(MARK_SIZE), ALIGN_LEFT, TEXT_NEW_LINE);
    page->tag = 0;
    frame(builder, page, x, width, MARK_SIZE + 2 * inset);
    for (size_t i = first; i < page->mark_count; i++) {
        page->marks[i].furniture = true;
    }
    page->turned = turned;
}

/* ---- the messages ---- */

/* Messages quote the data: what no font has is written as its number. */
static const char *printable(PageBuilder *builder, const char *text)
{
    Buf out = {0};
    for (const char *at = text; *at;) {
        uint32_t c = utf8_next(&at);
        if (c == '\n' || c == '\t') {
            c = ' ';
        }
        if (fonts_have(builder->ts.fonts, ROLE_BODY, c)) {
            buf_addc(&out, c);
        } else {
            buf_addf(&out, "<U+%04X>", (unsigned)c);
        }
    }
    const char *copy = arena_strdup(builder->ts.arena, out.data ? out.data : "");
    buf_free(&out);
    return copy;
}

/* A blank ends each part in the plain text, where all of a message is one line. */
static TextPiece *add_part(PageBuilder *builder, TextPiece *before, const char *text, Role role)
{
    TextStyle style = body_style(builder, role);
    TextPiece *piece = item_text(builder, printable(builder, text), &style, (At){0});
    TextPiece *last = before;
    while (last && last->next) {
        last = last->next;
    }
    if (last) {
        last->text = arena_printf(builder->ts.arena, "%s　", last->text);
        last->line_break = true;
    }
    return item_join(before, piece);
}

static Item *add_item(PageBuilder *builder, Item ***tail, TextPiece *pieces)
{
    static const Block paragraph = {.kind = BLOCK_PARAGRAPH};
    Item *item = ARENA_NEW(builder->ts.arena, Item);
    item->kind = ITEM_LINES;
    item->block = &paragraph;
    item->spec = (LineSpec){.measure = item_measure(builder, item),
        .hang_indent = builder->style->cell * 2,
        .align = ALIGN_LEFT,
        .no_orphan = true};
    item->pieces = pieces;
    **tail = item;
    *tail = &item->next;
    return item;
}

/* Where, what and how it is mended: a line each. */
static TextPiece *message_pieces(PageBuilder *builder, int index)
{
    const DocMessage *message = &builder->document->messages[index];
    bool placed = *message->place;
    const char *first = arena_printf(
        builder->ts.arena, "%d. %s", index + 1, placed ? message->place : message->text);
    TextPiece *pieces = add_part(builder, NULL, first, ROLE_BODY);
    if (placed) {
        pieces = add_part(builder, pieces, message->text, ROLE_BODY);
    }
    return *message->hints ? add_part(builder, pieces, message->hints, ROLE_BODY) : pieces;
}

void draft_items(PageBuilder *builder)
{
    const Document *document = builder->document;
    Item **tail = &builder->draft;
    if (!document->draft || document->layout != LAYOUT_PAPER) {
        return;
    }
    bool clean = document->message_count == 0;
    Item *heading =
        add_item(builder, &tail, add_part(builder, NULL, clean ? CLEAN : HEADING, ROLE_HEI));
    heading->keep_next = !clean;
    for (int i = 0; i < document->message_count; i++) {
        add_item(builder, &tail, message_pieces(builder, i));
    }
}

bool draft_need(PageBuilder *builder)
{
    bool found = !builder->document->draft || fonts_need(builder->ts.fonts, MARK_STYLE.role, WORD, (At){0});
    for (const Item *item = builder->draft; item; item = item->next) {
        found &= item_need(builder, item);
    }
    return found;
}

bool draft_measure(PageBuilder *builder)
{
    bool done = true;
    for (Item *item = builder->draft; item; item = item->next) {
        done &= ITEM_CLASSES[item->kind]->measure(builder, item);
    }
    return done;
}

bool draft_end(PageBuilder *builder)
{
    if (!builder->draft) {
        return true;
    }
    builder->landscape = builder->keep = 0;
    builder->unnumbered = true;
    bool done = flow_start_page(builder);
    for (Item *item = builder->draft; done && item; item = item->next) {
        done = ITEM_CLASSES[item->kind]->place(builder, item);
    }
    flow_finish_page(builder, false);
    builder->unnumbered = false;
    return done;
}
