#include "typeset/chart/plot.h"
#include <math.h>
#include <string.h>
#include "typeset/caption.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/stack.h"
#include "typeset/chart/tabulate.h"

static const Length TICK_SIZE = LENGTH_PT(9);
static const Length TICK_GAP = LENGTH_PT(5);     /* between tick text and plot */
static const Length CATEGORY_GAP = LENGTH_PT(5); /* between plot and names */
static const Length VALUE_ROOM = LENGTH_PT(13);  /* above (below) the outermost tick, for values */
static const Length WORD_ROOM = LENGTH_PT(10);   /* above that, for 最高 over its value */
static const Length TABLE_GAP = LENGTH_PT(5);    /* between names and the table of values */
static const Length POINT_ROOM = LENGTH_PT(2.5); /* round the first and the last point of a line … */
static const Length RING_ROOM = LENGTH_PT(4);    /* … with a ring */
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

static DataRange data_range(const Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    DataRange range = {.whole = true};
    bool first = true;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; plot_of(plot, s) == plot && c < chart->category_count; c++)
            note_point(&range, &chart->series[s].points[c], &first);
    if (stack_is(chart->kind))
        stack_range(chart, &range.low, &range.high);
    return range;
}

/* What the axis spans: the figures, and the target line beside them. */
static DataRange axis_range(const Plot *plot)
{
    DataRange range = data_range(plot);
    bool first = false;
    if (plot->canvas->chart->target && !plot->on_second)
        note_point(&range, plot->canvas->chart->target, &first);
    return range;
}

/* Bars always start at zero: their length is the figure. A line shows change and leaves zero out
 * where more than half of the plot would be empty for it; the head says so. */
static bool holds_zero(const Plot *plot, const DataRange *range)
{
    bool lines = plot->canvas->chart->kind == CHART_LINE || plot->on_second;
    if (!lines || range->low == range->high)
        return true;
    return range->low < 0 ? -range->high <= 0.5 * -range->low : range->low <= 0.5 * range->high;
}

static void settle_places(Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    plot->places = 0;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; plot_of(plot, s) == plot && c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            if (point->missing || !point->label)
                continue;
            int places = plot->shift > 0 ? scale_places(point->value, plot->shift)
                                         : label_places(point->label);
            plot->places = places > plot->places ? places : plot->places;
        }
}

bool plot_percent(const Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    return plot->on_second ? chart->second_percent : chart->percent;
}

/* 单位：万吨 */
static const char *axis_unit(const Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    const char *unit = plot->on_second ? chart->second_unit : chart->unit;
    Arena *arena = plot->canvas->ts->arena;
    unit = unit ? unit_bare(unit) : "";
    if (!*unit && plot->shift == 0)
        return NULL;
    return unit_line(arena, arena_printf(arena, "%s%s", scale_shift_name(plot->shift), unit));
}

/* A tenth of the axis: a value below the lowest point of a line that leaves zero out. */
static const double FOOT = 0.1;
/* 组合: bars that stay below, lines that run above them; shares of the bars' and the lines' span.
 */
static const double APART_ABOVE = 0.9, APART_BELOW = 1.3;

static ScaleWish axis_wish(const Plot *plot, int target, int most)
{
    DataRange range = axis_range(plot);
    ScaleWish wish = {.low = range.low,
        .high = range.high,
        .zero = holds_zero(plot, &range),
        .whole = range.whole && !plot_percent(plot),
        .target = target,
        .most = most};
    if (plot->canvas->apart && !plot->on_second && range.high > 0)
        wish.high += APART_ABOVE * range.high;
    if (!wish.zero) {
        double foot = plot->canvas->apart ? APART_BELOW : FOOT;
        double low = range.low - foot * (range.high - range.low);
        wish.low = range.low > 0 ? fmax(low, 0) : low;
    }
    return wish;
}

/* Power, unit and decimals of the figures. Those of axes that have full marks of their own have no
 * axis that could say 万. */
static void settle_figures(Plot *plot)
{
    DataRange range = data_range(plot);
    const DocChart *chart = plot->canvas->chart;
    bool plain = plot_percent(plot) || (chart->kind == CHART_RADAR && chart->targets);
    plot->shift = plain ? 0 : scale_shift(fmax(fabs(range.low), fabs(range.high)));
    plot->below_zero = axis_range(plot).low < 0;
    plot->unit = axis_unit(plot);
    settle_places(plot);
}

/* 单位：吨（纵轴从600起）: an axis without zero does not pass for one with it. */
static void tell_start(Plot *plot)
{
    Arena *arena = plot->canvas->ts->arena;
    const Scale *scale = &plot->scale;
    const char *axis = plot->on_second ? "右轴" : "纵轴", *told = NULL;
    if (scale->first > 0)
        told = arena_printf(arena, "%s从%s起", axis, plot_tick(plot, scale->first));
    else if (scale->last < 0)
        told = arena_printf(arena, "%s到%s止", axis, plot_tick(plot, scale->last));
    if (told)
        plot->unit = plot->unit ? arena_printf(arena, "%s（%s）", plot->unit, told) : told;
}

void plot_fit(Plot *plot, int target, int most_ticks)
{
    ScaleWish wish = axis_wish(plot, target, most_ticks);
    settle_figures(plot);
    if (!plot->second) {
        plot->scale = scale_fit(&wish);
        tell_start(plot);
        return;
    }
    settle_figures(plot->second);
    ScaleWish wishes[2] = {wish, axis_wish(plot->second, target, most_ticks)};
    Scale scales[2];
    scale_fit_pair(wishes, scales);
    plot->scale = scales[0];
    plot->second->scale = scales[1];
    tell_start(plot);
    tell_start(plot->second);
}

char *plot_tick(const Plot *plot, int64_t k)
{
    return scale_tick(plot->canvas->ts->arena, &plot->scale, k, plot->shift, plot_percent(plot));
}

/* Below zero an axis has ticks for figures alone: not for those of the other one (组合). */
static int64_t first_tick(const Plot *plot)
{
    return plot->scale.first < 0 && !plot->below_zero ? 0 : plot->scale.first;
}

Length plot_tick_width(const Plot *plot)
{
    TextStyle style = label_style(TICK_SIZE);
    Length widest = 0;
    for (int64_t k = first_tick(plot); k <= plot->scale.last; k++) {
        Length width = text_width(plot->canvas->ts, &style, plot_tick(plot, k));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Values stand below the lowest tick. */
static bool has_negative(const Plot *plot)
{
    return plot->scale.first < 0 || (plot->second && plot->second->scale.first < 0);
}

/* Room at the left and at the right of the plot. */
static bool layout_sides(Plot *plot, Length *left, Length *right)
{
    Canvas *canvas = plot->canvas;
    const Box *frame = &canvas->frame;
    *left = frame->left + plot_tick_width(plot) + TICK_GAP;
    if (canvas->tabulated && *left < frame->left + tabulate_left(canvas))
        *left = frame->left + tabulate_left(canvas);
    marklines_read(plot);
    plot->column = marklines_width(plot);
    *right = frame->right - plot->column;
    if (plot->column > box_width(frame) * 2 / 5)
        return canvas_fail(canvas, DIAG_E318, marklines_widest(plot));
    if (plot->second)
        *right -= plot_tick_width(plot->second) + TICK_GAP;
    return *left < *right || canvas_fail(canvas, DIAG_E318, plot_tick(plot, plot->scale.last));
}

/* Where slots are narrow, the last point would leave the plot. */
static Length slot_width(const Canvas *canvas, Length width)
{
    int count = canvas->chart->category_count;
    Length slot = width / count, room = canvas->chart->extremes ? RING_ROOM : POINT_ROOM;
    return slot < 2 * room ? (width - room + slot / 2) / count : slot;
}

/* One round: the scale for a plot of this height, then what its tick texts leave for the names. */
static bool layout_round(Plot *plot, Length *height)
{
    Canvas *canvas = plot->canvas;
    const Box *frame = &canvas->frame;
    Length head, left, right;
    plot_fit(plot, *height / BEST_TICK_DISTANCE + 1, *height / LEAST_TICK_DISTANCE + 1);
    canvas->right_unit = plot->second ? plot->second->unit : NULL;
    if (!legend_height(canvas, plot->unit, &head) || !layout_sides(plot, &left, &right))
        return false;
    plot->slot = slot_width(canvas, right - left);
    if (!category_layout(canvas, left, plot->slot, &plot->categories))
        return false;
    Length below = plot->categories.height + CATEGORY_GAP + (has_negative(plot) ? VALUE_ROOM : 0);
    if (canvas->tabulated)
        below += tabulate_height(canvas) + TABLE_GAP;
    Length above = VALUE_ROOM + (canvas->chart->extremes ? WORD_ROOM : 0);
    plot->area = (Box){left, frame->top + head + above,
        left + plot->slot * canvas->chart->category_count, frame->bottom - below};
    plot->room = (Box){frame->left, frame->top + head, frame->right,
        plot->area.bottom + (has_negative(plot) ? VALUE_ROOM : 0)};
    *height = box_height(&plot->area);
    return true;
}

static bool has_second(const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++)
        if (chart->series[s].second)
            return true;
    return false;
}

const Plot *plot_of(const Plot *plot, int series)
{
    if (plot->canvas->chart->series[series].second)
        return plot->on_second ? plot : plot->second;
    return plot->on_second ? NULL : plot;
}

/* The scale depends on the height, the height on the names, the names on the width of the ticks:
 * two rounds settle it, the second with the height that the first one found. */
bool plot_layout(Canvas *canvas, Plot *plot)
{
    *plot = (Plot){.canvas = canvas};
    if (has_second(canvas->chart)) {
        plot->second = ARENA_NEW(canvas->ts->arena, Plot);
        *plot->second = (Plot){.canvas = canvas, .on_second = true};
    }
    Length height = box_height(&canvas->frame) * 2 / 3;
    if (!layout_round(plot, &height) || !layout_round(plot, &height))
        return false;
    if (plot->second) {
        plot->second->area = plot->area;
        plot->second->room = plot->room;
        plot->second->slot = plot->slot;
    }
    return true;
}

void plot_figures(Canvas *canvas, Plot *plot, ScaleWish *wish)
{
    *plot = (Plot){.canvas = canvas};
    DataRange range = data_range(plot);
    *wish = (ScaleWish){
        .low = range.low, .high = range.high, .whole = range.whole && !plot_percent(plot)};
    settle_figures(plot);
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
    if (!point->label)
        return NULL;
    if (plot->shift == 0)
        return label_padded(arena, point->label, plot->places);
    size_t figure = strspn(point->label, "-0123456789.,");
    const char *power = point->label + figure;
    if (strcmp(power, scale_shift_name(plot->shift)) == 0)
        return arena_strndup(arena, point->label, figure); /* the unit says 万 */
    if (*power && strcmp(power, "万") != 0 && strcmp(power, "亿") != 0)
        return point->label; /* 120余万 */
    return scale_value(arena, point->value, plot->shift, plot->places);
}

const char *plot_target_text(const Plot *plot, const ChartPoint *target)
{
    if (!target->label || plot->shift == 0)
        return target->label;
    return scale_value(plot->canvas->ts->arena, target->value, plot->shift,
        scale_places(target->value, plot->shift));
}

/* Of both axes: the grid runs through to the second one. */
static void place_grid(const Plot *plot)
{
    Canvas *canvas = plot->canvas;
    Length right = plot->area.right + (plot->second ? plot->column : 0);
    for (int64_t k = plot->scale.last; k >= plot->scale.first; k--) {
        Length y = plot_y(plot, (double)k * scale_step(&plot->scale));
        bool base = k == 0 || (plot->scale.first > 0 && k == plot->scale.first);
        Length half = LENGTH_PT(base ? 0.375 : 0.2);
        Box rule = {plot->area.left, y - half, right, y + half};
        canvas_rule(canvas, rule, base ? BLACK : GRID_GREY);
        if (base)
            canvas_obstacle(canvas, rule); /* values are backed white: they would cut it */
    }
}

static void place_ticks(const Plot *plot, Length x, Align align)
{
    Canvas *canvas = plot->canvas;
    TextStyle style = label_style(TICK_SIZE);
    for (int64_t k = plot->scale.last; k >= first_tick(plot); k--) {
        const char *text = plot_tick(plot, k);
        Length y = plot_y(plot, (double)k * scale_step(&plot->scale));
        canvas_label(canvas, &style, text,
            text_box(canvas->ts, &style, text, x, y - TICK_SIZE / 2, align), TEXT_TAB);
    }
    canvas_end_line(canvas);
}

void plot_place(Plot *plot)
{
    legend_place(plot->canvas, plot->unit);
    place_grid(plot);
    place_ticks(plot, plot->area.left - TICK_GAP, ALIGN_RIGHT);
    if (plot->second)
        place_ticks(plot->second, plot->area.right + plot->column + TICK_GAP, ALIGN_LEFT);
}

void plot_place_names(Plot *plot)
{
    Length top = plot->room.bottom + CATEGORY_GAP;
    category_place(plot->canvas, &plot->categories, plot->area.left, plot->slot, top);
    if (plot->canvas->tabulated)
        tabulate_place(plot, top + plot->categories.height + TABLE_GAP);
}
