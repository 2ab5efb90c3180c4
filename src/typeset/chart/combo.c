/* 组合: grouped bars against the left axis, lines against a second one at the right. */
#include "typeset/chart/bar.h"
#include "typeset/chart/extremes.h"
#include "typeset/chart/kinds.h"
#include "typeset/chart/line.h"

/* ---------------------------------------------------------------- data */

/* Bars first, so that no line takes a pattern from them. */
const DocChart *combo_ordered(Arena *arena, const DocChart *chart)
{
    DocChart *ordered = arena_copy(arena, chart, sizeof *chart);
    ordered->series = ARENA_ARRAY(arena, ChartSeries, chart->series_count);
    int next = 0;
    for (int second = 0; second < 2; second++)
        for (int s = 0; s < chart->series_count; s++)
            if (chart->series[s].second == (second == 1))
                ordered->series[next++] = chart->series[s];
    return ordered;
}

/* ---------------------------------------------------------------- drawing */

static void place_bars(const Plot *plot, Value *values)
{
    const DocChart *chart = plot->canvas->chart;
    if (chart->series[0].second)
        return; /* all are lines */
    BarRow row = bar_row(chart, plot->slot);
    bar_warn_of_thin(plot->canvas, &row);
    bars_draw(plot, &row, values);
}

static bool place_all(Canvas *canvas)
{
    Plot plot;
    const DocChart *chart = canvas->chart;
    if (!plot_layout(canvas, &plot))
        return false;
    plot_place(&plot);
    Value *values =
        ARENA_ARRAY(canvas->ts->arena, Value, chart->series_count * chart->category_count);
    place_bars(&plot, values);
    marklines_place(&plot);
    if (plot.second) {
        lines_draw(plot.second);
        lines_values(plot.second, values);
    }
    plot_values(&plot, values, line_value_gap(chart));
    plot_place_names(&plot);
    return true;
}

/* Where lines cross the bars, figures may find no room: then the bars stay low and the lines run
 * above them, if that helps. */
bool combo_place(Canvas *canvas)
{
    const Canvas fresh = *canvas;
    size_t marks = canvas->page->mark_count;
    bool fine = place_all(canvas);
    for (int apart = 1; fine && canvas->some_unlabelled && apart >= 0; apart--) {
        *canvas = fresh;
        canvas->apart = apart == 1;
        canvas->page->mark_count = marks;
        fine = place_all(canvas);
    }
    return fine;
}
