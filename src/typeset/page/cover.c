/* The cover and the dividers of a volume (language.md 8): the title large in the upper part of the
 * page, who made the volume and when at its foot. No standard has them; the measures are those of
 * bound 资料汇编. */
#include "base/utf8.h"
#include "typeset/page/page_internal.h"

/* The title's middle, as a share of the type area, and how far its first line is at least below the
 * top: where the eye looks first. */
enum { MIDDLE_PERCENT = 36, LEAST_PERCENT = 18 };

/* 小初, 一号, 二号: the largest in which the title has few lines. */
static const struct {
    Length size;
    int most; /* lines */
} SIZES[] = {{LENGTH_PT(36), 2}, {LENGTH_PT(26), 3}, {LENGTH_PT(22), 8}};

static bool is_of_volume(const Document *document)
{
    return document->layout == LAYOUT_COVER || document->layout == LAYOUT_DIVIDER;
}

static int characters(const char *text)
{
    int count = 0;
    while (utf8_next(&text)) {
        count++;
    }
    return count;
}

/* Lines that the title takes in this size; one that is broken by hand is broken nowhere else. */
static bool fits(const Inline *title, Length width, Length size, int most)
{
    int room = width / size, line = 0, lines = 1;
    bool broken = false, whole = true;
    for (const Inline *piece = title; piece; piece = piece->next) {
        if (piece->kind == INLINE_BREAK) {
            broken = true;
            line = 0;
            lines++;
        } else if (piece->kind == INLINE_TEXT) {
            line += characters(piece->text);
            whole &= line <= room;
        }
    }
    return broken ? whole && lines <= most + 1 : line <= room * most;
}

const DocStyle *cover_style(Arena *arena, const Document *document)
{
    const Block *title = document->first;
    while (title && title->kind != BLOCK_TITLE) {
        title = title->next;
    }
    if (!is_of_volume(document) || !title) {
        return &document->style;
    }
    DocStyle *style = arena_copy(arena, &document->style, sizeof *style);
    size_t last = sizeof SIZES / sizeof *SIZES - 1, i = document->layout == LAYOUT_DIVIDER;
    while (i < last && !fits(title->content, style->area.width, SIZES[i].size, SIZES[i].most)) {
        i++;
    }
    style->title_size = SIZES[i].size;
    return style;
}

Length cover_top(const PageBuilder *builder)
{
    const Item *title = builder->first;
    if (!is_of_volume(builder->document) || !title || title->kind != ITEM_TITLE) {
        return 0;
    }
    const TypeArea *area = &builder->style->area;
    Length top = area->height * MIDDLE_PERCENT / 100 - title_height(builder, title->lines) / 2;
    return area->top + length_max(top, area->height * LEAST_PERCENT / 100);
}

/* They end on the last line but one; a cover that is full has them where they come. */
void cover_foot(PageBuilder *builder, const Item *item)
{
    bool begins = item->block->kind == BLOCK_BYLINE || item->block->kind == BLOCK_DATE;
    int lines = 1;
    if (builder->document->layout != LAYOUT_COVER || !begins) {
        return;
    }
    for (const Item *next = item; next && next->front; next = next->next) {
        lines += next->lines->count;
    }
    int line = builder->grid.lines - lines;
    if (builder->front > 0) {
        flow_below(builder, builder->lowest);
    }
    builder->line = builder->line < line ? line : builder->line;
}
