/* 折线: a line a series, broken where a value is missing. */
#include "typeset/chart/kinds.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/values.h"

static const Length MARKER = LENGTH_PT(5.5), SMALL_MARKER = LENGTH_PT(3.5);
static const Length VALUE_GAP = LENGTH_PT(4);

static Point point_at(const Plot *plot, const ChartSeries *series, int category)
{
    return (Point){
        plot_x(plot, category), plot_y(plot, decimal_to_double(series->points[category].value))};
}

/* The stretch of points from `first` to before `end`, none of them missing. */
static void place_stretch(
    Plot *plot, const ChartSeries *series, const SeriesStyle *style, int first, int end)
{
    Canvas *canvas = plot->canvas;
    if (end - first < 2)
        return;
    Shape *shape = canvas_shape(canvas);
    palette_stroke(style, shape);
    Point last = point_at(plot, series, first);
    path_move(canvas->ts->arena, &shape->path, last.x, last.y);
    for (int c = first + 1; c < end; c++) {
        Point next = point_at(plot, series, c);
        path_line(canvas->ts->arena, &shape->path, next.x, next.y);
        canvas_stroke(canvas, last, next);
        last = next;
    }
}

static void place_line(Plot *plot, const ChartSeries *series, const SeriesStyle *style)
{
    int count = plot->canvas->chart->category_count;
    for (int c = 0, end; c < count; c = end + 1) {
        for (end = c; end < count && !series->points[end].missing;)
            end++;
        place_stretch(plot, series, style, c, end);
    }
}

static Length marker_size(const Plot *plot)
{
    return plot->slot < 2 * MARKER ? SMALL_MARKER : MARKER;
}

static void place_markers(Plot *plot, const ChartSeries *series, const SeriesStyle *style)
{
    Length size = marker_size(plot), half = size / 2;
    for (int c = 0; c < plot->canvas->chart->category_count; c++) {
        if (series->points[c].missing)
            continue;
        Point at = point_at(plot, series, c);
        palette_marker(plot->canvas, style, at, size);
        canvas_obstacle(plot->canvas, (Box){at.x - half, at.y - half, at.x + half, at.y + half});
    }
}

/* A peak's value reads best above, a trough's below; beside only when neither is free. */
static const Spot peak[] = {{0, 1}, {0.6, 1}, {-0.6, 1}, {0, -1}, {1.1, 0}, {-1.1, 0}};
static const Spot trough[] = {{0, -1}, {0.6, -1}, {-0.6, -1}, {0, 1}, {1.1, 0}, {-1.1, 0}};
enum { SPOT_COUNT = sizeof peak / sizeof *peak };

static bool is_trough(const DocChart *chart, const ChartSeries *series, int category)
{
    int lower = 0, higher = 0;
    for (int c = category - 1; c <= category + 1; c += 2) {
        if (c < 0 || c >= chart->category_count || series->points[c].missing)
            continue;
        int order = decimal_cmp(series->points[c].value, series->points[category].value);
        lower += order < 0;
        higher += order > 0;
    }
    return higher > 0 && lower == 0;
}

static void place_values(Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    int count = chart->series_count * chart->category_count;
    Value *values = ARENA_ARRAY(plot->canvas->ts->arena, Value, count);
    for (int s = 0; s < chart->series_count; s++) {
        const ChartSeries *series = &chart->series[s];
        for (int c = 0; c < chart->category_count; c++) {
            if (series->points[c].missing)
                continue;
            values[s * chart->category_count + c] = (Value){
                .text = plot_value_text(plot, &series->points[c]),
                .anchor = point_at(plot, series, c),
                .spots = is_trough(chart, series, c) ? trough : peak,
                .spot_count = SPOT_COUNT,
                .first = is_extreme(series, chart->category_count, c),
            };
        }
    }
    values_place(plot->canvas, values, count, VALUE_GAP, &plot->room);
}

bool line_place(Canvas *canvas)
{
    Plot plot;
    const DocChart *chart = canvas->chart;
    if (!plot_layout(canvas, &plot))
        return false;
    plot_place(&plot);
    for (int s = 0; s < chart->series_count; s++)
        place_line(&plot, &chart->series[s], palette_series(s, chart->series_count));
    for (int s = 0; s < chart->series_count; s++)
        place_markers(&plot, &chart->series[s], palette_series(s, chart->series_count));
    if (chart->labels && !canvas->tabulated)
        place_values(&plot);
    plot_place_names(&plot);
    return true;
}
