/* 柱: bars from zero, grouped by category. */
#include "typeset/chart/kinds.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/values.h"

static const Length BAR_LIMIT = LENGTH_PT(42); /* a lone bar is not a wall */
static const Length VALUE_GAP = LENGTH_PT(2);

typedef struct BarRow {
    Length width; /* of a bar */
    Length pitch; /* from one to the next within a group */
} BarRow;

/* Two thirds of a slot hold its bars, so that groups read as groups. */
static BarRow bar_row(const Plot *plot, int series)
{
    Length pitch = plot->slot * (series > 1 ? 84 : 62) / 100 / series;
    pitch = pitch < BAR_LIMIT ? pitch : BAR_LIMIT;
    Length gap = series > 1 && pitch > LENGTH_PT(8) ? LENGTH_PT(1) : 0;
    return (BarRow){pitch - gap, pitch};
}

static Box bar_box(const Plot *plot, const BarRow *row, int series, int category, double value)
{
    int count = plot->canvas->chart->series_count;
    Length left = plot_x(plot, category) - row->pitch * count / 2 + row->pitch * series +
                  (row->pitch - row->width) / 2;
    Length zero = plot_y(plot, 0), end = plot_y(plot, value);
    return (Box){left, end < zero ? end : zero, left + row->width, end < zero ? zero : end};
}

static void place_bar(Plot *plot, const SeriesStyle *style, Box box)
{
    Canvas *canvas = plot->canvas;
    Shape *shape = canvas_shape(canvas);
    palette_fill(style, shape);
    path_rect(
        canvas->ts->arena, &shape->path, box.left, box.top, box_width(&box), box_height(&box));
    canvas_obstacle(canvas, box);
}

static const Spot above[] = {{0, 1}, {0, 2.1}}, below[] = {{0, -1}, {0, -2.1}};

static Value bar_value(const Plot *plot, const ChartPoint *point, Box box)
{
    bool negative = decimal_sign(point->value) < 0;
    return (Value){
        .text = plot_value_text(plot, point),
        .anchor = {(box.left + box.right) / 2, negative ? box.bottom : box.top},
        .spots = negative ? below : above,
        .spot_count = 2,
    };
}

bool bar_place(Canvas *canvas)
{
    Plot plot;
    if (!plot_layout(canvas, &plot))
        return false;
    plot_place(&plot);
    const DocChart *chart = canvas->chart;
    BarRow row = bar_row(&plot, chart->series_count);
    int count = chart->series_count * chart->category_count;
    Value *values = ARENA_ARRAY(canvas->ts->arena, Value, count);
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            if (point->missing)
                continue;
            Box box = bar_box(&plot, &row, s, c, decimal_to_double(point->value));
            if (decimal_sign(point->value) != 0)
                place_bar(&plot, palette_series(s, chart->series_count), box);
            Value *value = &values[s * chart->category_count + c];
            *value = bar_value(&plot, point, box);
            value->first = is_extreme(&chart->series[s], chart->category_count, c);
        }
    if (chart->labels && !canvas->tabulated)
        values_place(canvas, values, count, VALUE_GAP, &plot.room);
    plot_place_names(&plot);
    return true;
}
