/* Blocks of the document as items that flow, with faces and indents of typesetting.md 3 (B1–B9)
 * and 8. */
#include <string.h>
#include "typeset/page/page_internal.h"

static Item *add_item(PageBuilder *builder, Item **tail, ItemKind kind, const Block *block)
{
    Item *item = ARENA_NEW(builder->ts.arena, Item);
    item->kind = kind;
    item->block = block;
    item->keep = block->keep;
    item->landscape = block->landscape;
    item->spec = (LineSpec){.measure = item_measure(builder, item),
        .align = ALIGN_JUSTIFY,
        .no_orphan = true};
    *tail = item;
    return item;
}

TextPiece *item_join(TextPiece *pieces, TextPiece *more)
{
    TextPiece **tail = &pieces;
    while (*tail) {
        tail = &(*tail)->next;
    }
    *tail = more;
    return pieces;
}

TextPiece *item_text(PageBuilder *builder, const char *text, const TextStyle *style, At at)
{
    TextPiece *piece = ARENA_NEW(builder->ts.arena, TextPiece);
    *piece = (TextPiece){.style = *style, .text = text, .at = at};
    return piece;
}

/* The block's number, then its content. */
static TextPiece *numbered(PageBuilder *builder, const Block *block, const TextStyle *style)
{
    TextPiece *number = block->number ? item_text(builder, block->number, style, block->at) : NULL;
    return item_join(number, text_pieces(&builder->ts, block->content, style));
}

/* 7.3.3: 一、黑体, （一） 楷体, 1. and （1） 仿宋; bold that level which the office has so
 * (bold_level). In the copy for reading aloud the text is bold 宋体, beside which 楷体 is too light
 * and bold 宋体 does not show. */
static Role heading_role(const DocStyle *style, int level)
{
    static const Role FACES[] = {ROLE_HEI, ROLE_KAI, ROLE_BODY};
    if (level == 2 && style->bold_level == 2) {
        return ROLE_KAI_BOLD;
    }
    if (level == 2 && style->read_aloud) {
        return ROLE_HEI;
    }
    if (level == 3 && style->bold_level == 3) {
        return ROLE_BODY_BOLD;
    }
    return FACES[level < 1 ? 0 : level > 3 ? 2 : level - 1];
}

/* Only the part up to a run-in heading's 。 takes the heading's face. */
static void heading_item(PageBuilder *builder, Item *item)
{
    const Block *block = item->block;
    TextStyle style = body_style(builder, heading_role(builder->style, block->level));
    TextStyle body = body_style(builder, ROLE_BODY);
    style.leads = block->run_in;
    TextPiece *pieces = numbered(builder, block, &style);
    if (block->run_in) {
        TextPiece *text = text_pieces(&builder->ts, block->tail, &body);
        item->after_run_in = text;
        pieces = item_join(pieces, text);
    }
    item->pieces = pieces;
    item->spec.first_indent = builder->style->cell * 2;
    item->keep_next = !block->run_in;
    item->floats_past = block->run_in;
}

static void paragraph_item(PageBuilder *builder, Item *item)
{
    const Block *block = item->block;
    TextStyle style = body_style(builder, block->has_face ? block->face : ROLE_BODY);
    TextPiece *pieces = numbered(builder, block, &style);
    if (block->number) {
        pieces->style.leads = true;
    }
    item->pieces = pieces;
    bool flush = block->align == ALIGN_CENTRE || block->align == ALIGN_RIGHT;
    double indent = block->indent_cells >= 0 ? block->indent_cells : flush ? 0 : 2;
    item->spec.first_indent = (Length)(indent * builder->style->cell + 0.5);
    item->spec.align = block->align == ALIGN_AUTO ? ALIGN_JUSTIFY : block->align;
    item->floats_past = true;
}

/* （2024年6月30日）: brackets are added where the template left them out. */
static TextPiece *bracketed(PageBuilder *builder, const Block *block, const TextStyle *style)
{
    TextPiece *pieces = text_pieces(&builder->ts, block->content, style);
    const char *plain = inline_plain(builder->ts.arena, block->content);
    if (strncmp(plain, "（", strlen("（")) == 0) {
        return pieces;
    }
    TextPiece *open = item_text(builder, "（", style, block->at);
    open->next = pieces;
    return item_join(open, item_text(builder, "）", style, block->at));
}

static void front_item(PageBuilder *builder, Item *item)
{
    TextStyle style = body_style(builder, ROLE_KAI);
    item->front = true;
    item->spec.align = ALIGN_CENTRE;
    bool cover = builder->document->layout == LAYOUT_COVER;
    item->pieces = item->block->kind == BLOCK_DATE && !cover
                       ? bracketed(builder, item->block, &style)
                       : text_pieces(&builder->ts, item->block->content, &style);
}

static void title_item(PageBuilder *builder, Item *item)
{
    TextStyle style = {.role = ROLE_TITLE, .size = builder->style->title_size};
    item->keep_next = true;
    item->pieces = text_pieces(&builder->ts, item->block->content, &style);
}

static void addressee_item(PageBuilder *builder, Item *item)
{
    TextStyle style = body_style(builder, ROLE_BODY);
    item->keep_next = true;
    item->pieces = text_pieces(&builder->ts, item->block->content, &style);
}

/* 附注: below the date, in brackets (7.3.6; typesetting.md B19). */
static void annotation_item(PageBuilder *builder, Item *item)
{
    TextStyle style = body_style(builder, ROLE_BODY);
    item->spec.first_indent = builder->style->cell * 2;
    item->gap_before = builder->style->annotation_gap;
    item->pieces = bracketed(builder, item->block, &style);
}

/* 附件1, flush left; its title is set like that of the paper. */
static void attachment_item(PageBuilder *builder, Item *item)
{
    TextStyle label = body_style(builder, ROLE_HEI);
    TextStyle title = {.role = ROLE_TITLE, .size = builder->style->title_size};
    const char *number = item->block->number ? item->block->number : "";
    item->label = item_text(builder, number, &label, item->block->at);
    item->pieces = text_pieces(&builder->ts, item->block->content, &title);
}

static void slip_item(PageBuilder *builder, Item *item)
{
    TextStyle style = body_style(builder, ROLE_TITLE);
    item->spec.align = ALIGN_CENTRE;
    item->pieces = text_pieces(&builder->ts, item->block->content, &style);
}

static void contents_item(PageBuilder *builder, Item *item)
{
    TextStyle style = {.role = ROLE_TITLE, .size = builder->style->title_size};
    item->pieces = item->block->content ? text_pieces(&builder->ts, item->block->content, &style)
                                        : item_text(builder, "目　录", &style, item->block->at);
}

/* What becomes of a block; kinds without a `fill` carry no text of their own. */
static const struct {
    ItemKind kind;
    void (*fill)(PageBuilder *builder, Item *item);
} BLOCKS[BLOCK_KIND_COUNT] = {
    /* flat table */
    [BLOCK_TITLE] = {ITEM_TITLE, title_item},
    [BLOCK_BYLINE] = {ITEM_LINES, front_item},
    [BLOCK_DATE] = {ITEM_LINES, front_item},
    [BLOCK_TO] = {ITEM_LINES, addressee_item},
    [BLOCK_HEADING] = {ITEM_LINES, heading_item},
    [BLOCK_PARAGRAPH] = {ITEM_LINES, paragraph_item},
    [BLOCK_TABLE] = {ITEM_TABLE, NULL},
    [BLOCK_CHART] = {ITEM_CHART, NULL},
    [BLOCK_SIGN] = {ITEM_SIGN, NULL},
    [BLOCK_SUBTITLE] = {ITEM_LINES, front_item},
    [BLOCK_SALUTATION] = {ITEM_LINES, addressee_item},
    [BLOCK_ATTACHMENT_LIST] = {ITEM_LINES, attachment_list_items},
    [BLOCK_ATTENDANCE] = {ITEM_LINES, attendance_item},
    [BLOCK_ANNOTATION] = {ITEM_LINES, annotation_item},
    [BLOCK_ATTACHMENT] = {ITEM_ATTACHMENT, attachment_item},
    [BLOCK_SLIP] = {ITEM_SLIP, slip_item},
    [BLOCK_CONTENTS] = {ITEM_CONTENTS, contents_item},
    [BLOCK_FIGURE] = {ITEM_FIGURE, NULL},
    [BLOCK_PHOTOS] = {ITEM_PHOTOS, NULL},
    [BLOCK_PAGE_BREAK] = {ITEM_PAGE_BREAK, NULL},
};

/* The first of its kind in a row: 出席 before 请假. */
static bool begins_run(const Item *before, const Block *block)
{
    return !before || before->block->kind != block->kind;
}

/* 出席 and a title below text, as in a 简报 of several pieces. */
static bool has_gap_above(const Item *before, const Block *block)
{
    return (block->kind == BLOCK_ATTENDANCE && begins_run(before, block)) ||
           (block->kind == BLOCK_TITLE && before);
}

/* 目录, then 正文 with its title: in a paper without a head the contents come first, wherever above
 * the text they are written. Below the title they would leave it alone on page 1. */
static void put_contents_first(PageBuilder *builder)
{
    Item **link = &builder->first;
    while (*link && !item_is_body(*link)) {
        link = &(*link)->next;
    }
    Item *contents = *link;
    if (contents && contents->kind == ITEM_CONTENTS && !builder->document->masthead &&
        !builder->document->issue) {
        *link = contents->next;
        contents->next = builder->first;
        builder->first = contents;
    }
}

/* Two charts side by side are one item. */
static bool stands_beside(const Block *block)
{
    const Block *next = block->next;
    return block->kind == BLOCK_CHART && block->chart->pair > 0 && next &&
           next->kind == BLOCK_CHART && next->chart->pair == block->chart->pair;
}

void page_items(PageBuilder *builder)
{
    Item **tail = &builder->first, *last = NULL;
    for (const Block *block = builder->document->first; block; block = block->next) {
        Item *item = add_item(builder, tail, BLOCKS[block->kind].kind, block);
        item->gap_before = has_gap_above(last, block);
        if (BLOCKS[block->kind].fill) {
            BLOCKS[block->kind].fill(builder, item);
        }
        if (stands_beside(block)) {
            block = block->next;
            item->beside = block->chart;
        }
        for (; *tail; tail = &(*tail)->next) { /* a block may be several items */
            last = *tail;
        }
    }
    put_contents_first(builder);
    draft_items(builder);
    contents_gather(builder);
    notes_gather(builder);
}

bool item_need(PageBuilder *builder, const Item *item)
{
    bool found = text_need(&builder->ts, item->pieces);
    return found && (!item->label || text_need(&builder->ts, item->label));
}

/* ---------------------------------------------------------------- all of them */

const ItemClass *const ITEM_CLASSES[ITEM_KIND_COUNT] = {
    [ITEM_TITLE] = &TITLE_CLASS,
    [ITEM_LINES] = &LINES_CLASS,
    [ITEM_TABLE] = &TABLE_CLASS,
    [ITEM_CHART] = &CHART_CLASS,
    [ITEM_SIGN] = &SIGN_CLASS,
    [ITEM_ATTACHMENT] = &ATTACHMENT_CLASS,
    [ITEM_SLIP] = &SLIP_CLASS,
    [ITEM_CONTENTS] = &CONTENTS_CLASS,
    [ITEM_FIGURE] = &FIGURE_CLASS,
    [ITEM_PHOTOS] = &PHOTOS_CLASS,
    [ITEM_PAGE_BREAK] = &BREAK_CLASS,
};

bool page_need(PageBuilder *builder)
{
    bool found = folio_need(builder);
    found &= masthead_need(builder);
    for (const Item *item = builder->first; item; item = item->next) {
        found &= ITEM_CLASSES[item->kind]->need(builder, item);
    }
    found &= imprint_need(builder);
    found &= draft_need(builder);
    return notes_need(builder) && found;
}

/* ---------------------------------------------------------------- turned pages */

int item_free_group(const PageBuilder *builder)
{
    int group = 0;
    for (const Item *item = builder->first; item; item = item->next) {
        group = item->landscape > group ? item->landscape : group;
    }
    return group + 1;
}

/* Headings and the title of an attachment go with what follows them: never at the foot of an
 * upright page while their text begins the turned one. */
static void turn_headings(PageBuilder *builder)
{
    Item *waiting = NULL; /* the first of those right above `item` that go with it */
    for (Item *item = builder->first; item; item = item->next) {
        BlockKind kind = item->block->kind;
        bool heading = kind == BLOCK_HEADING && item->keep_next;
        if (!heading) {
            for (; waiting && waiting != item; waiting = waiting->next) {
                waiting->landscape = item->landscape;
            }
            waiting = NULL;
        }
        if (!waiting && (heading || kind == BLOCK_ATTACHMENT)) {
            waiting = item;
        }
    }
}

/* Tables first: one that is too wide turns its page (typesetting.md 6.2). */
static bool measure_tables(PageBuilder *builder)
{
    bool done = true;
    for (Item *item = builder->first; item; item = item->next) {
        if (item->kind == ITEM_TABLE) {
            done &= TABLE_CLASS.measure(builder, item);
        }
    }
    turn_headings(builder);
    return done;
}

bool page_measure(PageBuilder *builder)
{
    bool done = running_head_fits(builder) & measure_tables(builder);
    for (Item *item = builder->first; item; item = item->next) {
        item->spec.measure = item_measure(builder, item);
        if (item->kind != ITEM_TABLE) {
            done &= ITEM_CLASSES[item->kind]->measure(builder, item);
        }
    }
    notes_measure(builder);
    return imprint_measure(builder) && draft_measure(builder) && done;
}
