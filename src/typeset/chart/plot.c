#include "typeset/chart/plot.h"
#include <math.h>
#include <string.h>
#include "typeset/caption.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/tabulate.h"

static const Length TICK_SIZE = LENGTH_PT(9);
static const Length TICK_GAP = LENGTH_PT(5);     /* between tick text and plot */
static const Length CATEGORY_GAP = LENGTH_PT(5); /* between plot and names */
static const Length VALUE_ROOM = LENGTH_PT(13);  /* above (below) the outermost tick, for values */
static const Length TABLE_GAP = LENGTH_PT(5);    /* between names and the table of values */
static const Length LEAST_PLOT = LENGTH_PT(90);
static const Length BEST_TICK_DISTANCE = LENGTH_PT(32), LEAST_TICK_DISTANCE = LENGTH_PT(15);

typedef struct DataRange {
    double low, high;
    bool whole;
} DataRange;

static void note_point(DataRange *range, const ChartPoint *point, bool *first)
{
    if (point->missing)
        return;
    double value = decimal_to_double(point->value);
    range->low = *first || value < range->low ? value : range->low;
    range->high = *first || value > range->high ? value : range->high;
    range->whole = range->whole && decimal_trim(point->value).scale == 0;
    *first = false;
}

static DataRange data_range(const DocChart *chart)
{
    DataRange range = {.whole = true};
    bool first = true;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            note_point(&range, &chart->series[s].points[c], &first);
    return range;
}

/* Bars always start at zero: their length is the figure. A line shows change and may leave zero out
 * when its values lie close together far from it. */
static bool holds_zero(const DocChart *chart, const DataRange *range)
{
    if (chart->kind != CHART_LINE || range->low == range->high)
        return true;
    return range->low < 0 ? -range->high < 0.7 * -range->low : range->low < 0.7 * range->high;
}

static void fit_scale(Plot *plot, Length height)
{
    const DocChart *chart = plot->canvas->chart;
    DataRange range = data_range(chart);
    ScaleWish wish = {.low = range.low,
        .high = range.high,
        .zero = holds_zero(chart, &range),
        .whole = range.whole && !chart->percent,
        .target = height / BEST_TICK_DISTANCE + 1,
        .most = height / LEAST_TICK_DISTANCE + 1};
    plot->scale = scale_fit(&wish);
    /* A line that leaves zero out needs room for the values below its lowest points. */
    double above = (range.low - scale_low(&plot->scale)) / scale_step(&plot->scale);
    if (!wish.zero && above < 0.5 && plot->scale.first > 0)
        plot->scale.first--;
    double most = fmax(fabs(range.low), fabs(range.high));
    plot->shift = chart->percent ? 0 : scale_shift(most);
}

static void settle_places(Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    plot->places = 0;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            if (point->missing || !point->label)
                continue;
            int places = plot->shift > 0 ? scale_places(point->value, plot->shift)
                                         : label_places(point->label);
            plot->places = places > plot->places ? places : plot->places;
        }
}

/* 单位：万吨 */
static const char *axis_unit(const Plot *plot)
{
    const char *unit = plot->canvas->chart->unit ? unit_bare(plot->canvas->chart->unit) : "";
    Arena *arena = plot->canvas->ts->arena;
    if (!*unit && plot->shift == 0)
        return NULL;
    return unit_line(arena, arena_printf(arena, "%s%s", scale_shift_name(plot->shift), unit));
}

static char *tick_text(const Plot *plot, int64_t k)
{
    return scale_tick(
        plot->canvas->ts->arena, &plot->scale, k, plot->shift, plot->canvas->chart->percent);
}

static Length tick_width(const Plot *plot)
{
    TextStyle style = label_style(TICK_SIZE);
    Length widest = 0;
    for (int64_t k = plot->scale.first; k <= plot->scale.last; k++) {
        Length width = text_width(plot->canvas->ts, &style, tick_text(plot, k));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static bool has_negative(const Plot *plot)
{
    return plot->scale.first < 0;
}

/* One round: the scale for a plot of this height, then what its tick texts leave for the names. */
static bool layout_round(Plot *plot, Length *height)
{
    Canvas *canvas = plot->canvas;
    const Box *frame = &canvas->frame;
    Length head;
    fit_scale(plot, *height);
    plot->unit = axis_unit(plot);
    if (!legend_height(canvas, plot->unit, &head))
        return false;
    Length left = frame->left + tick_width(plot) + TICK_GAP;
    if (canvas->tabulated && left < frame->left + tabulate_left(canvas))
        left = frame->left + tabulate_left(canvas);
    plot->slot = (frame->right - left) / canvas->chart->category_count;
    if (left >= frame->right)
        return canvas_fail(canvas, DIAG_E318, tick_text(plot, plot->scale.last));
    if (!category_layout(canvas, left, plot->slot, &plot->categories))
        return false;
    Length below = plot->categories.height + CATEGORY_GAP + (has_negative(plot) ? VALUE_ROOM : 0);
    if (canvas->tabulated)
        below += tabulate_height(canvas) + TABLE_GAP;
    plot->area = (Box){left, frame->top + head + VALUE_ROOM,
        left + plot->slot * canvas->chart->category_count, frame->bottom - below};
    plot->room = (Box){frame->left, frame->top + head, frame->right,
        plot->area.bottom + (has_negative(plot) ? VALUE_ROOM : 0)};
    *height = box_height(&plot->area);
    return true;
}

/* The scale depends on the height, the height on the names, the names on the width of the ticks:
 * two rounds settle it, the second with the height that the first one found. */
bool plot_layout(Canvas *canvas, Plot *plot)
{
    *plot = (Plot){.canvas = canvas};
    Length height = box_height(&canvas->frame) * 2 / 3;
    if (!layout_round(plot, &height) || !layout_round(plot, &height))
        return false;
    settle_places(plot);
    return true;
}

Length plot_least_height(Canvas *canvas)
{
    Plot plot;
    if (!plot_layout(canvas, &plot))
        return 0;
    return box_height(&canvas->frame) - box_height(&plot.area) + LEAST_PLOT;
}

bool plot_takes_table(Canvas *canvas)
{
    Plot plot;
    Length most = box_width(&canvas->frame) / 3;
    return tabulate_left(canvas) <= most && plot_layout(canvas, &plot) &&
           box_height(&plot.area) >= LEAST_PLOT && tabulate_fits(&plot);
}

Length plot_x(const Plot *plot, int category)
{
    return plot->area.left + plot->slot * category + plot->slot / 2;
}

Length plot_y(const Plot *plot, double value)
{
    return plot->area.bottom -
           round_length(scale_share(&plot->scale, value) * box_height(&plot->area));
}

const char *plot_value_text(const Plot *plot, const ChartPoint *point)
{
    Arena *arena = plot->canvas->ts->arena;
    if (!point->label || strstr(point->label, "万") || strstr(point->label, "亿"))
        return point->label; /* none, or it says its own power */
    if (plot->shift == 0)
        return label_padded(arena, point->label, plot->places);
    return scale_value(arena, point->value, plot->shift, plot->places);
}

static void place_ticks(Plot *plot)
{
    Canvas *canvas = plot->canvas;
    TextStyle style = label_style(TICK_SIZE);
    for (int64_t k = plot->scale.last; k >= plot->scale.first; k--) {
        Length y = plot_y(plot, (double)k * scale_step(&plot->scale));
        bool base = k == 0 || (plot->scale.first > 0 && k == plot->scale.first);
        Length half = LENGTH_PT(base ? 0.375 : 0.2);
        Box rule = {plot->area.left, y - half, plot->area.right, y + half};
        canvas_rule(canvas, rule, base ? BLACK : GRID_GREY);
        if (base)
            canvas_obstacle(canvas, rule); /* values are backed white: they would cut it */
        const char *text = tick_text(plot, k);
        canvas_label(canvas, &style, text,
            text_box(canvas->ts, &style, text, plot->area.left - TICK_GAP, y - TICK_SIZE / 2,
                ALIGN_RIGHT),
            TEXT_TAB);
    }
    canvas_end_line(canvas);
}

void plot_place(Plot *plot)
{
    legend_place(plot->canvas, plot->unit);
    place_ticks(plot);
}

void plot_place_names(Plot *plot)
{
    Length top = plot->room.bottom + CATEGORY_GAP;
    category_place(plot->canvas, &plot->categories, plot->area.left, plot->slot, top);
    if (plot->canvas->tabulated)
        tabulate_place(plot, top + plot->categories.height + TABLE_GAP);
}
