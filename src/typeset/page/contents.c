/* 目录: headings of the first two levels and attachments, with the pages they stand on. The numbers
 * are those of the round before; the paper flows again until they are right. The contents of a
 * volume list what they are given, each line a link to its page. */
#include <string.h>
#include "typeset/page/page_internal.h"
#include "typeset/title.h"

#define DOT LENGTH_PT(1)

static const char DIGITS[] = "0123456789", PART_DIGITS[] = "0123456789-";

/* ---------------------------------------------------------------- entries */

int entry_level(const Block *block)
{
    if (block->kind == BLOCK_ATTACHMENT) {
        return 1;
    }
    return block->kind == BLOCK_HEADING && block->level <= 2 ? block->level : 0;
}

const char *entry_text(Arena *arena, const Block *block)
{
    const char *number = block->number ? block->number : "";
    const char *title = inline_plain(arena, block->content);
    bool apart = block->kind == BLOCK_ATTACHMENT && title[0];
    return arena_printf(arena, "%s%s%s", number, apart ? "　" : "", title);
}

/* Without the 。 of a run-in heading. */
static const char *listed_text(Arena *arena, const Block *block)
{
    const char *text = entry_text(arena, block);
    size_t length = strlen(text), stop = strlen("。");
    bool stopped =
        block->kind == BLOCK_HEADING && length > stop && strcmp(text + length - stop, "。") == 0;
    return stopped ? arena_strndup(arena, text, length - stop) : text;
}

static bool is_nested(const Document *document)
{
    for (int i = 0; i < document->entry_count; i++) {
        if (document->entries[i].level > 1) {
            return true;
        }
    }
    return false;
}

/* 一级 stands out where others are below it. */
static void gather_listed(PageBuilder *builder)
{
    const Document *document = builder->document;
    Role first = is_nested(document) ? ROLE_HEI : ROLE_BODY;
    Arena *arena = builder->ts.arena;
    builder->entry_count = (size_t)document->entry_count;
    builder->entries = ARENA_ARRAY(arena, ContentsEntry, builder->entry_count);
    for (size_t i = 0; i < builder->entry_count; i++) {
        const DocEntry *listed = &document->entries[i];
        TextStyle style = body_style(builder, listed->level == 1 ? first : ROLE_BODY);
        builder->entries[i].listed = listed;
        builder->entries[i].pieces =
            item_text(builder, listed->title, &style, (At){.data = NULL});
    }
}

bool typeset_need_entry(FontSet *fonts, const char *title, At at)
{
    bool found = fonts_need(fonts, ROLE_HEI, title, at);
    return fonts_need(fonts, ROLE_BODY, title, at) && found;
}

bool typeset_need_headings(FontSet *fonts, const Document *document, int levels)
{
    Arena *scratch = arena_new();
    bool found = true;
    for (const Block *block = document->first; block; block = block->next) {
        int level = entry_level(block);
        if (level > 0 && level <= levels) {
            found &= fonts_need(fonts, ROLE_BODY, listed_text(scratch, block), block->at);
        }
    }
    arena_free(scratch);
    return found;
}

void contents_gather(PageBuilder *builder)
{
    if (builder->document->layout == LAYOUT_CONTENTS) {
        gather_listed(builder);
        return;
    }
    Arena *arena = builder->ts.arena;
    TextStyle style = body_style(builder, ROLE_BODY);
    const Item *contents = builder->first;
    while (contents && contents->kind != ITEM_CONTENTS) {
        contents = contents->next;
    }
    for (const Item *item = builder->first; contents && item; item = item->next) {
        if (entry_level(item->block) > 0) {
            builder->entries = arena_grow(arena, builder->entries, builder->entry_count,
                &builder->entry_capacity, sizeof *builder->entries);
            builder->entries[builder->entry_count++] = (ContentsEntry){.item = item,
                .pieces =
                    item_text(builder, listed_text(arena, item->block), &style, item->block->at)};
        }
    }
}

void contents_note(PageBuilder *builder, const Item *item)
{
    if (builder->entry_next < builder->entry_count &&
        builder->entries[builder->entry_next].item == item) {
        builder->entries[builder->entry_next++].found = flow_page_number(builder);
    }
}

bool contents_settled(PageBuilder *builder)
{
    bool settled = true;
    for (size_t i = 0; i < builder->entry_count; i++) {
        ContentsEntry *entry = &builder->entries[i];
        settled &= entry->page == entry->found;
        entry->page = entry->found;
    }
    return settled;
}

/* ---------------------------------------------------------------- measuring */

static bool need(PageBuilder *builder, const Item *item)
{
    Typesetter *ts = &builder->ts;
    TextStyle style = body_style(builder, ROLE_BODY);
    bool found = text_need(ts, item->pieces);
    const Document *document = builder->document;
    bool parted = document->layout == LAYOUT_CONTENTS || document->number_prefix;
    const char *digits = parted ? PART_DIGITS : DIGITS;
    found &= fonts_need(ts->fonts, style.role, digits, item->block->at);
    for (size_t i = 0; i < builder->entry_count; i++) {
        found &= text_need(ts, builder->entries[i].pieces);
    }
    return found;
}

/* What a page number takes at the right: three digits, more in a volume whose parts count by
 * themselves. */
static Length number_width(PageBuilder *builder)
{
    TextStyle style = body_style(builder, ROLE_BODY);
    Length width = text_width(&builder->ts, &style, "000");
    const char *prefix = builder->document->number_prefix;
    if (prefix) {
        const char *widest = arena_printf(builder->ts.arena, "%s00", prefix);
        width = length_max(width, text_width(&builder->ts, &style, widest));
    }
    for (size_t i = 0; i < builder->entry_count; i++) {
        const DocEntry *listed = builder->entries[i].listed;
        if (listed && listed->number) {
            width = length_max(width, text_width(&builder->ts, &style, listed->number));
        }
    }
    return width;
}

/* Level 2 is indented by two cells, in a volume each level by one; turned lines by two more. All
 * leave room for dots and number. */
static Length entry_indent(const PageBuilder *builder, const ContentsEntry *entry)
{
    Length cell = builder->style->cell;
    return entry->listed                        ? cell * (entry->listed->level - 1)
           : entry_level(entry->item->block) == 2 ? cell * 2
                                                : 0;
}

static bool measure(PageBuilder *builder, Item *item)
{
    Length cell = builder->style->cell;
    builder->number_width = number_width(builder);
    title_measure(builder, item);
    for (size_t i = 0; i < builder->entry_count; i++) {
        ContentsEntry *entry = &builder->entries[i];
        Length indent = entry_indent(builder, entry);
        const LineSpec spec = {.measure = item_measure(builder, item) - builder->number_width - cell * 2,
            .first_indent = indent,
            .hang_indent = indent + cell * 2,
            .align = ALIGN_LEFT,
            .no_orphan = true};
        entry->lines = text_break(&builder->ts, entry->pieces, &spec);
    }
    return true;
}

/* The title, a blank line and an entry. */
static Length least(const PageBuilder *builder, const Item *item)
{
    return title_height(builder, item->lines) + builder->grid.pitch * 3;
}

/* ---------------------------------------------------------------- placing */

/* Dots from the text to the number, in step with those of other lines. */
static void put_leader(PageBuilder *builder, Length from, Length to, Length baseline)
{
    Arena *arena = builder->ts.arena;
    Length step = builder->style->cell / 3;
    Length start = to - (to - from) / step * step;
    Shape *shape = &page_mark(arena, flow_page(builder), MARK_SHAPE)->shape;
    *shape = (Shape){.stroke_width = DOT, .dash = {DOT, step - DOT, DOT, step - DOT}};
    Length y = baseline - builder->grid.size * 38 / 100; /* the middle of Han */
    path_move(arena, &shape->path, start, y);
    path_line(arena, &shape->path, to - step + DOT, y);
}

static void put_number(PageBuilder *builder, const ContentsEntry *entry, Length baseline)
{
    const PageGrid *grid = &builder->grid;
    Page *page = flow_page(builder);
    Length left = text_line_right(entry->lines->lines[entry->lines->count - 1]) + grid->cell / 2;
    TextStyle style = body_style(builder, ROLE_BODY);
    Length right = grid->left + grid->width;
    const char *number = entry->listed ? entry->listed->number
                                       : page_number_text(builder->ts.arena, builder->document, entry->page);
    page->tag = 0;
    put_leader(builder, grid->left + left, right - builder->number_width, baseline);
    page->tag = builder->tag;
    text_put(&builder->ts, page, &style, number, right, baseline, ALIGN_RIGHT, TEXT_NEW_LINE);
}

/* The whole line leads to the page. */
static void put_link(PageBuilder *builder, const ContentsEntry *entry)
{
    const PageGrid *grid = &builder->grid;
    Length indent = entry_indent(builder, entry);
    pages_link(builder->ts.pages, &(PageLink){.page = flow_page_number(builder) - 1,
                                      .area = {.x = grid->left + indent,
                                          .y = flow_top(builder),
                                          .width = grid->width - indent,
                                          .height = grid->size},
                                      .target = entry->listed->page,
                                      .y = entry->listed->y,
                                      .tag = builder->tag,
                                      .title = entry->listed->title});
}

/* A line above others that are below it does not end a page. */
static int lines_wanted(const PageBuilder *builder, const ContentsEntry *entry)
{
    const ContentsEntry *next = entry + 1, *end = builder->entries + builder->entry_count;
    bool leads = entry->listed && next < end && next->listed->level > entry->listed->level;
    return entry->lines->count + (leads ? next->lines->count : 0);
}

static bool put_entry(PageBuilder *builder, const ContentsEntry *entry)
{
    int count = entry->lines->count;
    Pages *pages = builder->ts.pages;
    if (!flow_make_room(builder, grid_lines_height(&builder->grid, lines_wanted(builder, entry)))) {
        return false;
    }
    int tag = pages_tag(pages, pages_tag(pages, builder->list, TAG_ENTRY), TAG_REFERENCE);
    tag_hold(builder, entry->listed ? pages_tag(pages, tag, TAG_LINK) : tag);
    for (int i = 0; i < count; i++) {
        if (builder->line >= builder->grid.lines && !flow_next_page(builder)) {
            return false;
        }
        Length baseline = flow_top(builder) + text_ascent(builder->grid.size);
        bool numbered = !entry->listed || entry->listed->number;
        if (entry->listed) {
            put_link(builder, entry);
        }
        TextEnd end = numbered ? TEXT_TAB : TEXT_NEW_LINE;
        lines_put(builder, entry->lines->lines[i], i + 1 == count ? end : TEXT_GOES_ON);
        if (i + 1 == count && numbered) {
            put_number(builder, entry, baseline);
        }
    }
    return true;
}

/* On pages of its own; in a paper with a head it stands where it comes, the text after it: page 1
 * must not be empty below the head. */
static bool place(PageBuilder *builder, Item *item)
{
    bool own = !builder->document->issue && !builder->document->masthead;
    if (own && !builder->fresh && !flow_next_page(builder)) {
        return false;
    }
    if (!flow_make_room(builder, least(builder, item))) {
        return false;
    }
    tag_item(builder, item);
    Length bottom = title_put(builder, item->lines, flow_top(builder));
    title_below(builder, bottom, grid_gap(builder, 1, true));
    builder->list = pages_tag(builder->ts.pages, 0, TAG_CONTENTS);
    for (size_t i = 0; i < builder->entry_count; i++) {
        if (!put_entry(builder, &builder->entries[i])) {
            return false;
        }
    }
    builder->line += !own;
    return !own || !item->next || flow_next_page(builder);
}

const ItemClass CONTENTS_CLASS = {need, measure, least, NULL, place};
