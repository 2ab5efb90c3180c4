/* The title: 二号 小标宋, by sense, above the grid (GB/T 9704 7.3.1; typesetting.md B1, 8). */
#include "typeset/page/page_internal.h"
#include "typeset/title.h"

static Length title_pitch(const PageBuilder *builder)
{
    return builder->style->title_size + LINE_LEADING;
}

Length title_height(const PageBuilder *builder, const TextLines *lines)
{
    return lines->count > 0 ? (lines->count - 1) * title_pitch(builder) + builder->style->title_size
                            : 0;
}

Length title_put(PageBuilder *builder, const TextLines *lines, Length y)
{
    for (int i = 0; i < lines->count; i++) {
        text_put_line(&builder->ts, flow_page(builder), lines->lines[i], builder->grid.left,
            y + i * title_pitch(builder) + text_ascent(builder->style->title_size),
            i + 1 == lines->count ? TEXT_NEW_LINE : TEXT_GOES_ON);
    }
    return y + title_height(builder, lines);
}

/* A line of the grid may lie a little higher than computed (typesetting.md 1.4). */
void title_below(PageBuilder *builder, Length bottom, Length gap)
{
    flow_below(builder, bottom + gap - builder->grid.pitch * 35 / 100);
}

bool title_measure(PageBuilder *builder, Item *item)
{
    item->lines = title_break(&builder->ts, item->pieces, item_measure(builder, item));
    return true;
}

/* A subtitle is the next line; else there is a blank one (typesetting.md B2, 8). */
static bool is_subtitled(const Item *item)
{
    return item->next && item->next->block->kind == BLOCK_SUBTITLE;
}

/* The subtitle is as far from the title as the lines below it are from each other: in the copy for
 * reading aloud they stand wider. */
static Length gap_below(const PageBuilder *builder, const Item *item)
{
    Length leading = builder->grid.pitch - builder->grid.size;
    Length close = leading > LINE_LEADING ? leading : LINE_LEADING;
    return is_subtitled(item) ? close : grid_gap(builder, 1, true);
}

/* With the blank line below, less the leading that is added to what keeps with the next. */
static Length whole(const PageBuilder *builder, const Item *item)
{
    const PageGrid *grid = &builder->grid;
    return (item->gap_before ? grid->pitch : 0) + title_height(builder, item->lines) +
           gap_below(builder, item) - grid->pitch + grid->size;
}

static bool place(PageBuilder *builder, Item *item)
{
    if (!flow_make_room(builder, flow_least_height(builder, item))) {
        return false;
    }
    builder->line += item->gap_before && !builder->fresh;
    flow_note_place(builder, item);
    Length bottom = title_put(builder, item->lines, flow_top(builder));
    title_below(builder, bottom, gap_below(builder, item));
    if (is_subtitled(item)) {
        builder->front = bottom + gap_below(builder, item);
    }
    return true;
}

const ItemClass TITLE_CLASS = {item_need, title_measure, whole, whole, place};
