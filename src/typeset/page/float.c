/* Tables, charts and figures: what has no lines on the grid of its own. */
#include "typeset/chart/chart.h"
#include "typeset/page/page_internal.h"

enum { DEFERRING_LINES = 2 };

static bool floats(const Item *item)
{
    return item->kind == ITEM_TABLE || item->kind == ITEM_CHART || item->kind == ITEM_FIGURE;
}

static bool text_follows(const Item *item)
{
    const Item *next = item->next;
    return next && !floats(next) && next->landscape == item->landscape;
}

/* Text keeps the grid, what has none of its own stands right below another that has none. */
static Length free_top(const PageBuilder *builder)
{
    return builder->below > 0 ? builder->below : flow_top(builder);
}

/* The room that the grid leaves before text is shared by the gaps above and below. */
Length float_top(const PageBuilder *builder, const Item *item, Length height)
{
    Length top = free_top(builder);
    Length clear = top + height + FLOAT_GAP;
    const PageGrid *grid = &builder->grid;
    Length next = grid_line_top(grid, grid_line_from(grid, clear));
    bool below_any = !builder->fresh && builder->front == 0;
    bool above_text = text_follows(item) && next + flow_least_height(builder, item->next) <=
                                                grid_bottom(grid) - builder->notes_height;
    return below_any && above_text ? top + (next - clear) / 2 : top;
}

Length float_gap(const PageBuilder *builder, const Item *item)
{
    return item->next && floats(item->next) ? builder->grid.pitch / 2 : FLOAT_GAP;
}

void float_end(PageBuilder *builder, const Item *item, Length bottom)
{
    Length below = bottom + float_gap(builder, item);
    flow_occupy(builder, bottom); /* the gap is for text: 版记 keeps a line of its own clear */
    builder->line = grid_line_from(&builder->grid, below);
    builder->front = 0;
    builder->below = item->next && floats(item->next) ? below : 0;
}

Length float_sign_room(const PageBuilder *builder, const Item *item)
{
    Length room = flow_sign_room(builder, item);
    return room > 0 ? FLOAT_GAP + builder->grid.size + room : 0; /* text goes on on the grid */
}

/* ---------------------------------------------------------------- tables */

static bool need_table(PageBuilder *builder, const Item *item)
{
    return table_need(&builder->ts, item->block->table);
}

/* A table that is too wide for the upright page gets turned pages of its own; one that stands on
 * turned pages must know. */
static bool measure_table(PageBuilder *builder, Item *item)
{
    DocTable *table = item->block->table;
    if (item->landscape > 0 && table->orientation != ORIENT_LANDSCAPE) {
        table = arena_copy(builder->ts.arena, table, sizeof *table);
        table->orientation = ORIENT_LANDSCAPE;
    }
    item->table = table_layout(&builder->ts, table, builder->style);
    if (item->table && table_landscape(item->table) && item->landscape == 0) {
        item->landscape = item_free_group(builder);
    }
    return item->table != NULL;
}

static Length table_least(const PageBuilder *builder, const Item *item)
{
    (void)builder;
    return table_first_height(item->table);
}

/* One that is higher than a page is higher than any. */
static Length table_whole(const PageBuilder *builder, const Item *item)
{
    Length height = table_whole_height(item->table);
    return height > 0 ? height : item_page_height(builder, item) * 2;
}

/* Where it begins on the page in hand; what goes on over pages begins at the first free line. */
static Length table_top(const PageBuilder *builder, const Item *item, int row)
{
    Length whole = table_whole_height(item->table);
    bool stands =
        row == 0 && whole > 0 && whole + float_sign_room(builder, item) <= flow_room(builder);
    return stands ? float_top(builder, item, whole) : free_top(builder);
}

static bool place_table(PageBuilder *builder, Item *item)
{
    if (!flow_make_room(builder, flow_least_height(builder, item))) {
        return false;
    }
    flow_note_place(builder, item);
    for (int row = 0; !table_done(item->table, row);) {
        Length y = table_top(builder, item, row);
        Length room = flow_room(builder) - (y - flow_top(builder));
        Length used = table_place(&builder->ts, flow_page(builder), item->table, &row,
            builder->grid.left, y, room, float_sign_room(builder, item));
        if (used > 0) {
            float_end(builder, item, y + used);
        }
        if (!table_done(item->table, row) && !flow_next_page(builder)) {
            return false;
        }
    }
    return true;
}

const ItemClass TABLE_CLASS = {need_table, measure_table, table_least, table_whole, place_table};

/* ---------------------------------------------------------------- charts */

static bool need_chart(PageBuilder *builder, const Item *item)
{
    bool fine = !item->beside || chart_need(builder->ts.fonts, item->beside);
    return chart_need(builder->ts.fonts, item->block->chart) && fine;
}

static ChartPair chart_pair(const Item *item)
{
    return (ChartPair){item->chart, item->beside};
}

static Length height_of_chart(PageBuilder *builder, const Item *item)
{
    Length measure = item_measure(builder, item);
    ChartPair pair = chart_pair(item);
    return item->beside ? chart_pair_height(&builder->ts, &pair, measure)
                        : chart_height(&builder->ts, item->chart, measure);
}

static bool measure_chart(PageBuilder *builder, Item *item)
{
    item->chart = item->block->chart;
    if (item->beside) {
        item->beside = item->block->next->chart;
    }
    item->chart_height = height_of_chart(builder, item);
    return true;
}

static Length chart_least(const PageBuilder *builder, const Item *item)
{
    (void)builder;
    return item->chart_height;
}

static bool put_chart(PageBuilder *builder, const Item *item)
{
    Length y = float_top(builder, item, item->chart_height);
    const PageGrid *grid = &builder->grid;
    ChartPair pair = chart_pair(item);
    flow_note_place(builder, item);
    float_end(builder, item, y + item->chart_height);
    Page *page = flow_page(builder);
    return item->beside
               ? chart_pair_place(&builder->ts, page, &pair, grid->left, y, grid->width)
               : chart_place(&builder->ts, page, item->chart, grid->left, y, grid->width);
}

static const DocChart *lower_chart(PageBuilder *builder, const DocChart *chart, int lines)
{
    DocChart *lower = arena_copy(builder->ts.arena, chart, sizeof *lower);
    lower->height_lines = lines;
    return lower;
}

/* Rather than leave the page empty a chart may be drawn down to seven tenths of its height, to
 * eight when that was wished. */
static bool shrink_chart(PageBuilder *builder, Item *item)
{
    Length pitch = builder->grid.pitch;
    Length space = flow_room(builder) - float_sign_room(builder, item);
    int lines = (space + pitch - builder->grid.size) / pitch;
    int tenths = item->chart->height_lines > 0 ? 8 : 7;
    if (lines < CHART_LEAST_LINES || (int64_t)space * 10 < (int64_t)item->chart_height * tenths) {
        return false;
    }
    Item lower = *item;
    lower.chart = lower_chart(builder, item->chart, lines);
    lower.beside = item->beside ? lower_chart(builder, item->beside, lines) : NULL;
    lower.chart_height = height_of_chart(builder, &lower);
    if (lower.chart_height > space) {
        return false;
    }
    *item = lower;
    return true;
}

static bool place_chart(PageBuilder *builder, Item *item)
{
    if (item->chart_height > item_page_height(builder, item)) {
        return diag_add(builder->ts.diags, DIAG_E308, &item->block->at, item->block->chart->number);
    }
    if (!builder->fresh &&
        item->chart_height + float_sign_room(builder, item) > flow_room(builder) &&
        !shrink_chart(builder, item)) {
        if (float_defer(builder, item)) {
            return true;
        }
        if (!flow_next_page(builder)) {
            return false;
        }
    }
    return put_chart(builder, item);
}

const ItemClass CHART_CLASS = {need_chart, measure_chart, chart_least, NULL, place_chart};

/* ---------------------------------------------------------------- what waits */

static bool fits_here(const PageBuilder *builder, const Item *item)
{
    return builder->fresh || ITEM_CLASSES[item->kind]->least(builder, item) <= flow_room(builder);
}

bool float_place_waiting(PageBuilder *builder)
{
    size_t placed = 0;
    while (placed < builder->waiting_count && fits_here(builder, builder->waiting[placed])) {
        const Item *item = builder->waiting[placed++];
        if (!(item->kind == ITEM_CHART ? put_chart : figure_put)(builder, item)) {
            return false;
        }
    }
    builder->waiting_count -= placed;
    for (size_t i = 0; i < builder->waiting_count; i++) {
        builder->waiting[i] = builder->waiting[i + placed];
    }
    return true;
}

bool float_flush(PageBuilder *builder)
{
    while (builder->waiting_count > 0) {
        if (!flow_next_page(builder)) {
            return false;
        }
    }
    return true;
}

/* Is there text after it that may move before it, and is it not that of the signature? */
static bool text_may_pass(const Item *waiting)
{
    const Item *item = waiting->next;
    if (!item || item->kind != ITEM_LINES || !item->floats_past) {
        return false;
    }
    while (item && item->kind == ITEM_LINES && item->floats_past) {
        item = item->next;
    }
    return !item || item->kind != ITEM_SIGN;
}

bool float_defer(PageBuilder *builder, Item *item)
{
    if (!text_may_pass(item) || builder->grid.lines - builder->line < DEFERRING_LINES) {
        return false;
    }
    builder->waiting = arena_grow(builder->ts.arena, builder->waiting, builder->waiting_count,
        &builder->waiting_capacity, sizeof *builder->waiting);
    builder->waiting[builder->waiting_count++] = item;
    return true;
}
