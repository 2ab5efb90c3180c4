/* 折线: a line a series, broken where a value is missing. */
#include "typeset/chart/line.h"
#include <stdlib.h>
#include <string.h>
#include "typeset/chart/extremes.h"
#include "typeset/chart/kinds.h"

static const Length MARKER = LENGTH_PT(5.5), SMALL_MARKER = LENGTH_PT(3.5);
static const Length BOLD = LENGTH_PT(2);
static const Length CASING = LENGTH_PT(1); /* white round a line that crosses bars */
static const Length RING_GAP = LENGTH_PT(1.6), RING_WIDTH = LENGTH_PT(0.9);
static const Length VALUE_GAP = LENGTH_PT(4), RINGED_GAP = LENGTH_PT(6);

/* ---------------------------------------------------------------- styles */

bool line_is(const DocChart *chart, int series)
{
    return chart->kind == CHART_LINE || chart->kind == CHART_RADAR || chart->series[series].second;
}

/* 2024年; 0: no year. */
static int year_of(const char *name)
{
    bool year = strspn(name, "0123456789") == 4 && strcmp(name + 4, "年") == 0;
    return year ? (int)strtol(name, NULL, 10) : 0;
}

static bool compares_years(const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++)
        if (year_of(series_name(chart, s)) == 0)
            return false;
    return chart->kind == CHART_LINE && chart->series_count > 1;
}

/* Which line it is, the most important one first. */
static int line_rank(const DocChart *chart, int series)
{
    int rank = 0;
    if (compares_years(chart)) {
        for (int s = 0; s < chart->series_count; s++)
            rank += year_of(series_name(chart, s)) > year_of(series_name(chart, series));
        return rank;
    }
    for (int s = 0; s < series; s++)
        rank += line_is(chart, s);
    return rank;
}

SeriesStyle line_style(const DocChart *chart, int series)
{
    int rank = line_rank(chart, series), count = chart->series_count;
    SeriesStyle style = *palette_series(chart->palette, rank, count);
    if (chart->kind == CHART_COMBO && chart->palette == PALETTE_COLOUR)
        style.line = palette_series(chart->palette, series, count)->line; /* no bar has it */
    return style;
}

void line_stroke(const DocChart *chart, int series, Shape *shape)
{
    SeriesStyle style = line_style(chart, series);
    palette_stroke(&style, shape);
    if (compares_years(chart) && line_rank(chart, series) == 0)
        shape->stroke_width = BOLD;
}

/* ---------------------------------------------------------------- lines */

Point line_point(const Plot *plot, int series, int category)
{
    const ChartPoint *point = &plot->canvas->chart->series[series].points[category];
    return (Point){plot_x(plot, category), plot_y(plot, decimal_to_double(point->value))};
}

bool line_is_missing(const Plot *plot, int series, int category)
{
    return plot->canvas->chart->series[series].points[category].missing;
}

static void stretch_path(const Plot *plot, Path *path, int series, int first, int end)
{
    for (int c = first; c < end; c++) {
        Point at = line_point(plot, series, c);
        if (c == first)
            path_move(plot->canvas->ts->arena, path, at.x, at.y);
        else
            path_line(plot->canvas->ts->arena, path, at.x, at.y);
    }
}

/* The stretch of points from `first` to before `end`, none of them missing. */
static void place_stretch(const Plot *plot, int series, const Shape *stroke, int first, int end)
{
    Canvas *canvas = plot->canvas;
    if (end - first < 2)
        return;
    if (plot->on_second) {
        Shape *casing = canvas_shape(canvas);
        casing->stroke_width = stroke->stroke_width + 2 * CASING;
        casing->stroke = WHITE;
        stretch_path(plot, &casing->path, series, first, end);
    }
    Shape *shape = canvas_shape(canvas);
    *shape = *stroke;
    stretch_path(plot, &shape->path, series, first, end);
    for (int c = first + 1; c < end; c++)
        canvas_stroke(canvas, line_point(plot, series, c - 1), line_point(plot, series, c));
}

void line_trace(const Plot *plot, int series, const Shape *stroke)
{
    int count = plot->canvas->chart->category_count;
    for (int c = 0, end; c < count; c = end + 1) {
        for (end = c; end < count && !line_is_missing(plot, series, end);)
            end++;
        place_stretch(plot, series, stroke, c, end);
    }
}

static void place_line(const Plot *plot, int series)
{
    Shape stroke = {.filled = false};
    line_stroke(plot->canvas->chart, series, &stroke);
    line_trace(plot, series, &stroke);
}

static Length marker_size(const Plot *plot)
{
    return plot->slot < 2 * MARKER ? SMALL_MARKER : MARKER;
}

/* A hollow ring round the highest and the lowest. */
static Length place_ring(const Plot *plot, Point at, Length radius)
{
    Shape *shape = canvas_shape(plot->canvas);
    shape->stroke_width = RING_WIDTH;
    shape->stroke = BLACK;
    path_circle(plot->canvas->ts->arena, &shape->path, at, radius + RING_GAP);
    return radius + RING_GAP + RING_WIDTH / 2;
}

static void place_marker(const Plot *plot, int series, int category)
{
    Canvas *canvas = plot->canvas;
    Point at = line_point(plot, series, category);
    SeriesStyle style = line_style(canvas->chart, series);
    Length size = marker_size(plot), half = size / 2;
    if (plot->on_second) {
        SeriesStyle casing = style;
        casing.line = WHITE;
        palette_marker(canvas, &casing, at, size + 2 * CASING);
    }
    palette_marker(canvas, &style, at, size);
    if (extreme_word(canvas->chart, series, category))
        half = place_ring(plot, at, half);
    canvas_obstacle(canvas, (Box){at.x - half, at.y - half, at.x + half, at.y + half});
}

void lines_draw(const Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    for (int s = 0; s < chart->series_count; s++)
        if (plot_of(plot, s) == plot)
            place_line(plot, s);
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; plot_of(plot, s) == plot && c < chart->category_count; c++)
            if (!line_is_missing(plot, s, c))
                place_marker(plot, s, c);
}

/* ---------------------------------------------------------------- values */

/* A peak's value reads best above, a trough's below; beside only when neither is free. */
static const Spot peak[] = {{0, 1}, {0.6, 1}, {-0.6, 1}, {0, -1}, {1.1, 0}, {-1.1, 0}};
static const Spot trough[] = {{0, -1}, {0.6, -1}, {-0.6, -1}, {0, 1}, {1.1, 0}, {-1.1, 0}};
enum { SPOT_COUNT = sizeof peak / sizeof *peak };

static bool is_trough(const Plot *plot, int series, int category)
{
    const DocChart *chart = plot->canvas->chart;
    const ChartPoint *points = chart->series[series].points;
    int lower = 0, higher = 0;
    for (int c = category - 1; c <= category + 1; c += 2) {
        if (c < 0 || c >= chart->category_count || points[c].missing)
            continue;
        int order = decimal_cmp(points[c].value, points[category].value);
        lower += order < 0;
        higher += order > 0;
    }
    return higher > 0 && lower == 0;
}

Length line_value_gap(const DocChart *chart)
{
    return chart->extremes ? RINGED_GAP : VALUE_GAP;
}

void lines_values(const Plot *plot, Value *values)
{
    const DocChart *chart = plot->canvas->chart;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; plot_of(plot, s) == plot && c < chart->category_count; c++)
            if (!line_is_missing(plot, s, c))
                values[s * chart->category_count + c] = (Value){
                    .anchor = line_point(plot, s, c),
                    .spots = is_trough(plot, s, c) ? trough : peak,
                    .spot_count = SPOT_COUNT,
                };
}

bool line_place(Canvas *canvas)
{
    Plot plot;
    const DocChart *chart = canvas->chart;
    if (!plot_layout(canvas, &plot))
        return false;
    plot_place(&plot);
    marklines_place(&plot);
    lines_draw(&plot);
    Value *values =
        ARENA_ARRAY(canvas->ts->arena, Value, chart->series_count * chart->category_count);
    lines_values(&plot, values);
    plot_values(&plot, values, line_value_gap(chart));
    plot_place_names(&plot);
    return true;
}
