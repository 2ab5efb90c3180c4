/* 目录: headings of the first two levels and attachments, with the pages they stand on. The numbers
 * are those of the round before; the paper flows again until they are right. */
#include <string.h>
#include "typeset/page/page_internal.h"
#include "typeset/title.h"

#define DOT LENGTH_PT(1)

static const char DIGITS[] = "0123456789";

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

void contents_gather(PageBuilder *builder)
{
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
    found &= fonts_need(ts->fonts, style.role, DIGITS, item->block->at);
    for (size_t i = 0; i < builder->entry_count; i++) {
        found &= text_need(ts, builder->entries[i].pieces);
    }
    return found;
}

/* What a page number takes at the right: three digits, more in a long paper. */
static Length number_width(PageBuilder *builder)
{
    TextStyle style = body_style(builder, ROLE_BODY);
    return text_width(&builder->ts, &style, "000");
}

/* Level 2 is indented by two cells; turned lines by two more. All leave room for dots and
 * number. */
static bool measure(PageBuilder *builder, Item *item)
{
    Length cell = builder->style->cell;
    title_measure(builder, item);
    for (size_t i = 0; i < builder->entry_count; i++) {
        ContentsEntry *entry = &builder->entries[i];
        Length indent = entry_level(entry->item->block) == 2 ? cell * 2 : 0;
        const LineSpec spec = {.measure = item_measure(builder, item) - number_width(builder) - cell * 2,
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
    page->tag = 0;
    put_leader(builder, grid->left + left, right - number_width(builder), baseline);
    page->tag = builder->tag;
    text_put(&builder->ts, page, &style,
        arena_printf(builder->ts.arena, "%d", entry->page), right, baseline, ALIGN_RIGHT,
        TEXT_NEW_LINE);
}

static bool put_entry(PageBuilder *builder, const ContentsEntry *entry)
{
    int count = entry->lines->count;
    Pages *pages = builder->ts.pages;
    if (!flow_make_room(builder, grid_lines_height(&builder->grid, count))) {
        return false;
    }
    tag_hold(builder, pages_tag(pages, pages_tag(pages, builder->list, TAG_ENTRY), TAG_REFERENCE));
    for (int i = 0; i < count; i++) {
        if (builder->line >= builder->grid.lines && !flow_next_page(builder)) {
            return false;
        }
        Length baseline = flow_top(builder) + text_ascent(builder->grid.size);
        lines_put(builder, entry->lines->lines[i], i + 1 == count ? TEXT_TAB : TEXT_GOES_ON);
        if (i + 1 == count) {
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
