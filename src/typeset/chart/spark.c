#include "typeset/chart/spark.h"
#include "typeset/chart/bar.h"
#include "typeset/chart/line.h"

static const Length OUTLINE = LENGTH_PT(0.5); /* as palette_fill has it */
static const Length COURSE = LENGTH_PT(0.8), BASE = LENGTH_PT(0.4);
static const Length LAST_DOT = LENGTH_PT(2), LONE_DOT = LENGTH_PT(1.1);
static const Length DOT_ROOM = LENGTH_PT(1.5); /* half of the last dot, stroke included */

enum { TICKS = 200, TICKS_MOST = 1000 };

void spark_bar(Typesetter *ts, Page *page, Box box)
{
    const DocChart alone = {.kind = CHART_HBAR, .palette = PALETTE_GREY, .series_count = 1};
    Canvas canvas = {.ts = ts, .page = page, .chart = &alone};
    if (box_width(&box) <= 2 * OUTLINE) {
        box.right = box.left + 2 * OUTLINE;
        canvas_rule(&canvas, box, BLACK);
        return;
    }
    box.left += OUTLINE / 2;
    box.right -= OUTLINE / 2;
    bar_draw(&canvas, 0, box);
}

/* ---------------------------------------------------------------- the course of a row */

Length spark_width(const DocChart *spark, Length size)
{
    Length width = spark->category_count * size * 9 / 20;
    return width < 4 * size ? 4 * size : width > 9 * size ? 9 * size : width;
}

void spark_note(SparkRange *range, const DocChart *spark)
{
    for (int c = 0; c < spark->category_count; c++) {
        const ChartPoint *point = &spark->series->points[c];
        if (point->missing)
            continue;
        double value = decimal_to_double(point->value);
        range->low = range->any && range->low < value ? range->low : value;
        range->high = range->any && range->high > value ? range->high : value;
        range->any = true;
    }
}

/* Ticks that nobody sees lie so close that the highest and the lowest touch the ends. */
static Scale spark_scale(const DocChart *spark, const SparkRange *range)
{
    SparkRange own = {0};
    spark_note(&own, spark);
    bool bars = spark->kind == CHART_BAR;
    ScaleWish wish = {.low = bars ? range->low : own.low,
        .high = bars ? range->high : own.high,
        .zero = bars,
        .target = TICKS,
        .most = TICKS_MOST};
    return scale_fit(&wish);
}

/* Standing bars from zero; the base runs through, so that a gap is seen at both ends too. */
static void place_bars(const Plot *plot)
{
    Canvas *canvas = plot->canvas;
    BarRow row = bar_row(canvas->chart, plot->slot);
    Length base = plot_y(plot, 0);
    for (int c = 0; c < canvas->chart->category_count; c++) {
        if (line_is_missing(plot, 0, c))
            continue;
        Length left = plot_x(plot, c) + bar_offset(&row, 0), end = line_point(plot, 0, c).y;
        if (end != base)
            bar_draw(canvas, 0,
                (Box){left, end < base ? end : base, left + row.width, end < base ? base : end});
    }
    canvas_rule(
        canvas, (Box){plot->area.left, base - BASE / 2, plot->area.right, base + BASE / 2}, BLACK);
}

/* A point between two gaps has no line: it would not be seen. */
static bool is_lone(const Plot *plot, int category)
{
    int last = plot->canvas->chart->category_count - 1;
    return (category == 0 || line_is_missing(plot, 0, category - 1)) &&
           (category == last || line_is_missing(plot, 0, category + 1));
}

/* The last period, if it is there, bears a dot: an older figure must not pass for it. */
static void place_course(const Plot *plot)
{
    Canvas *canvas = plot->canvas;
    SeriesStyle style = *palette_series(canvas->chart->palette, 0, 1);
    Shape stroke = {.stroke_width = COURSE, .stroke = style.line};
    line_trace(plot, 0, &stroke);
    for (int c = 0; c < canvas->chart->category_count; c++) {
        bool last = c + 1 == canvas->chart->category_count;
        if (!line_is_missing(plot, 0, c) && (last || is_lone(plot, c)))
            palette_marker(canvas, &style, line_point(plot, 0, c), last ? LAST_DOT : LONE_DOT);
    }
}

void spark_place(
    Typesetter *ts, Page *page, const DocChart *spark, const SparkRange *range, Box frame)
{
    size_t first = page->mark_count;
    Length room = spark->kind == CHART_BAR ? OUTLINE / 2 : DOT_ROOM;
    Canvas canvas = {.ts = ts, .page = page, .chart = spark, .frame = frame};
    Plot plot = {.canvas = &canvas,
        .scale = spark_scale(spark, range),
        .area = {frame.left, frame.top + room, frame.right, frame.bottom - room},
        .slot = box_width(&frame) / spark->category_count};
    if (spark->kind == CHART_BAR)
        place_bars(&plot);
    else
        place_course(&plot);
    canvas_note_figure(&canvas, spark, first, frame.bottom);
}
