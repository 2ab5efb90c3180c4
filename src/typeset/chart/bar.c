/* 柱: bars from zero, grouped by category. 堆叠, 百分比堆叠: their parts on one another. */
#include "typeset/chart/bar.h"
#include "typeset/chart/extremes.h"
#include "typeset/chart/kinds.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/stack.h"
#include "typeset/chart/values.h"

static const Length BAR_LIMIT = LENGTH_PT(42);      /* a lone bar is not a wall */
static const Length THIN_BAR = LENGTH_PT(2.5);      /* less than half a tile of a pattern */
static const Length FIGURE_PITCH = LENGTH_PT(8.75); /* lying bars with a figure at each end */
static const Length VALUE_GAP = LENGTH_PT(2);

/* ---------------------------------------------------------------- bars of any kind */

/* Those of a 组合 come before its lines. */
static int bar_count(const DocChart *chart)
{
    int count = 0;
    for (int s = 0; s < chart->series_count; s++)
        count += !chart->series[s].second;
    return count;
}

/* Two thirds of a slot hold its bars, so that groups read as groups; a stack has figures inside and
 * may be wider, and lying bars move together where that gives their figures room. */
BarRow bar_row(const DocChart *chart, Length slot)
{
    bool stacked = stack_is(chart->kind);
    int count = stacked ? 1 : bar_count(chart);
    Length pitch = slot * (count > 1 ? 84 : stacked ? 74 : 62) / 100 / count;
    Length most = slot * 94 / 100 / count;
    if (chart->kind == CHART_HBAR && pitch < FIGURE_PITCH && most >= FIGURE_PITCH)
        pitch = FIGURE_PITCH;
    pitch = pitch < BAR_LIMIT ? pitch : BAR_LIMIT;
    Length gap = count > 1 && pitch > LENGTH_PT(8) ? LENGTH_PT(1) : 0;
    return (BarRow){pitch - gap, pitch, count};
}

Length bar_offset(const BarRow *row, int series)
{
    int place = row->count > 1 ? series : 0;
    return row->pitch * place - row->pitch * row->count / 2 + (row->pitch - row->width) / 2;
}

void bar_warn_of_thin(Canvas *canvas, const BarRow *row)
{
    const DocChart *chart = canvas->chart;
    if (row->count == 1 || row->width >= THIN_BAR)
        return;
    diag_add(canvas->ts->diags, DIAG_W316, &chart->at, chart->category_count, row->count);
    diag_hint(canvas->ts->diags, DIAG_H318);
}

void bar_draw(Canvas *canvas, int series, Box box)
{
    const DocChart *chart = canvas->chart;
    Shape *shape = canvas_shape(canvas);
    palette_fill(palette_series(chart->palette, series, chart->series_count), shape);
    path_rect(
        canvas->ts->arena, &shape->path, box.left, box.top, box_width(&box), box_height(&box));
    canvas_obstacle(canvas, box);
}

/* ---------------------------------------------------------------- standing ones */

static Box bar_box(const Plot *plot, const BarRow *row, int series, int category)
{
    const DocChart *chart = plot->canvas->chart;
    double from = 0, to = decimal_to_double(chart->series[series].points[category].value);
    if (stack_is(chart->kind))
        stack_part(chart, series, category, &from, &to);
    Length left = plot_x(plot, category) + bar_offset(row, series);
    Length start = plot_y(plot, from), end = plot_y(plot, to);
    return (Box){left, end < start ? end : start, left + row->width, end < start ? start : end};
}

static const Spot above[] = {{0, 1}, {0, 2.1}, {0, 3.2}}, below[] = {{0, -1}, {0, -2.1}, {0, -3.2}};

/* At the end of a bar that is in `box`; where lines run above bars, higher up as well. */
static Value end_value(const Plot *plot, const ChartPoint *point, const Box *box)
{
    bool negative = decimal_sign(point->value) < 0;
    return (Value){
        .text = plot_value_text(plot, point),
        .anchor = {(box->left + box->right) / 2, negative ? box->bottom : box->top},
        .spots = negative ? below : above,
        .spot_count = plot->canvas->chart->kind == CHART_COMBO ? 3 : 2,
    };
}

/* A target or mean that runs just above a bar leaves its value room within. */
static Value bar_value(const Plot *plot, int series, int category, const Box *box)
{
    const DocChart *chart = plot->canvas->chart;
    const ChartSeries *of = &chart->series[series];
    const ChartPoint *point = &of->points[category];
    const Box *kept = arena_copy(plot->canvas->ts->arena, box, sizeof *box);
    if (!stack_is(chart->kind)) {
        Value value = end_value(plot, point, box);
        value.bar = plot->marklines.count > 0 ? kept : NULL;
        return value;
    }
    bool totalled = chart->series_count == 1 && chart->kind == CHART_STACKED;
    if (decimal_sign(point->value) == 0 || totalled)
        return (Value){0}; /* a part of nothing has no place; a lone part has its total */
    return (Value){.text = plot_value_text(plot, point), .on = kept};
}

void bars_draw(const Plot *plot, const BarRow *row, Value *values)
{
    const DocChart *chart = plot->canvas->chart;
    int count = stack_is(chart->kind) ? chart->series_count : row->count;
    for (int s = 0; s < count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            if (chart->series[s].points[c].missing)
                continue;
            Box box = bar_box(plot, row, s, c);
            if (decimal_sign(chart->series[s].points[c].value) != 0)
                bar_draw(plot->canvas, s, box);
            if (!plot->canvas->tabulated || !stack_is(chart->kind))
                values[s * chart->category_count + c] = bar_value(plot, s, c, &box);
        }
}

/* What a stack comes to, at its end. */
static void collect_totals(const Plot *plot, const BarRow *row, bool negative, Value *values)
{
    Arena *arena = plot->canvas->ts->arena;
    const DocChart *chart = plot->canvas->chart;
    for (int c = 0; c < chart->category_count; c++) {
        ChartPoint total = stack_total(arena, chart, c, negative);
        if (total.missing)
            continue;
        Length left = plot_x(plot, c) + bar_offset(row, 0);
        Length end = plot_y(plot, decimal_to_double(total.value));
        values[c] = end_value(plot, &total, &(Box){left, end, left + row->width, end});
        values[c].first = true;
    }
}

/* Totals, in lines of their own, then the parts, of the uppermost series first. */
static void place_stack_values(
    const Plot *plot, Value *values, int parts, Value *totals, int total_count)
{
    Canvas *canvas = plot->canvas;
    int count = canvas->chart->category_count;
    TextStyle style = values_solve(canvas, values, parts + total_count, VALUE_GAP, &plot->room);
    for (int first = 0; first < total_count; first += count) {
        values_add(canvas, totals + first, count, &style);
        canvas_end_line(canvas);
    }
    for (int first = parts - count; first >= 0; first -= count) {
        values_add(canvas, values + first, count, &style);
        canvas_end_line(canvas);
    }
}

static void place_values(const Plot *plot, const BarRow *row, Value *values)
{
    Canvas *canvas = plot->canvas;
    const DocChart *chart = canvas->chart;
    int parts = chart->series_count * chart->category_count;
    if (!stack_is(chart->kind)) {
        plot_values(plot, values, VALUE_GAP);
        return;
    }
    if (!chart->labels)
        return;
    marklines_guard(plot);
    Value *totals = values + parts;
    bool totalled = chart->kind == CHART_STACKED;
    for (int negative = 0; totalled && negative < 2; negative++)
        collect_totals(plot, row, negative, totals + negative * chart->category_count);
    place_stack_values(plot, values, parts, totals, totalled ? 2 * chart->category_count : 0);
}

/* The legend of a stack stands beside it, unless the names below read worse for that. */
static Length reserve_legend(Canvas *canvas)
{
    Plot wide, narrow;
    Length width = stack_is(canvas->chart->kind) ? legend_aside_width(canvas) : 0;
    if (width == 0 || !plot_layout(canvas, &wide))
        return 0;
    canvas->legend_aside = true;
    canvas->frame.right -= width;
    if (plot_layout(canvas, &narrow) && narrow.categories.mode == wide.categories.mode)
        return width;
    canvas->legend_aside = false;
    canvas->frame.right += width;
    return 0;
}

Length bar_least_height(Canvas *canvas)
{
    Length width = reserve_legend(canvas), height = plot_least_height(canvas);
    canvas->frame.right += width;
    return height;
}

bool bar_place(Canvas *canvas)
{
    Plot plot;
    const DocChart *chart = canvas->chart;
    Length width = reserve_legend(canvas);
    if (!plot_layout(canvas, &plot))
        return false;
    canvas->frame.right += width;
    plot_place(&plot);
    if (canvas->legend_aside)
        legend_place_aside(canvas, &plot.area);
    BarRow row = bar_row(chart, plot.slot);
    bar_warn_of_thin(canvas, &row);
    Value *values =
        ARENA_ARRAY(canvas->ts->arena, Value, (chart->series_count + 2) * chart->category_count);
    bars_draw(&plot, &row, values);
    marklines_place(&plot);
    place_values(&plot, &row, values);
    plot_place_names(&plot);
    return true;
}
