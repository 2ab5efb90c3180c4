#include "typeset/chart/marklines.h"
#include <math.h>
#include <string.h>
#include "typeset/chart/legend.h"
#include "typeset/chart/plot.h"
#include "typeset/chart/stack.h"

static const Length SIZE = LENGTH_PT(9);
static const Length PITCH = LENGTH_PT(10);   /* from label to label */
static const Length LEADER = LENGTH_PT(9);   /* from the plot to a label beside it */
static const Length TAIL = LENGTH_PT(1.5);   /* between a rule or leader and its label */
static const Length RAISE = LENGTH_PT(7);    /* of labels above upright rules */
static const Length SIDE_GAP = LENGTH_PT(6); /* between labels in one row */
static const Length CASING = LENGTH_PT(0.6); /* white on either side, to part a rule from a bar */

enum { TARGET = -1 };

/* A target is set and binds, a mean is reckoned: an unbroken rule, and a thinner one of dashes and
 * dots. */
static const struct RuleStyle {
    Length width, dash[4];
} target_style = {LENGTH_PT(1.1), {0}},
  mean_style = {LENGTH_PT(0.75), {LENGTH_PT(10), LENGTH_PT(2), LENGTH_PT(1.5), LENGTH_PT(2)}};

static const double DWARFING = 10; /* a target so many times the figures makes them a strip */

/* ---------------------------------------------------------------- what there is to draw */

static bool takes_target(ChartKind kind)
{
    return kind <= CHART_COMBO;
}

static bool takes_average(ChartKind kind)
{
    return takes_target(kind) && !stack_is(kind); /* the mean of a part floats in a stack */
}

static int value_count(const DocChart *chart, int series)
{
    int count = 0;
    for (int c = 0; c < chart->category_count; c++)
        count += !chart->series[series].points[c].missing;
    return count;
}

bool series_mean(const DocChart *chart, int series, Decimal *mean)
{
    Decimal sum = {0};
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *point = &chart->series[series].points[c];
        if (!point->missing && !decimal_add(sum, decimal_trim(point->value), &sum))
            return false;
    }
    return decimal_div(sum, decimal_from_int(value_count(chart, series)), mean);
}

/* One value is its own mean. */
static bool has_mean(const DocChart *chart, int series)
{
    return chart->average && takes_average(chart->kind) && value_count(chart, series) > 1;
}

static double greatest(const DocChart *chart)
{
    double most = 0;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (!chart->series[s].points[c].missing && !chart->series[s].second)
                most = fmax(most, fabs(decimal_to_double(chart->series[s].points[c].value)));
    return most;
}

bool marklines_check(const DocChart *chart, Diags *diags)
{
    Decimal mean;
    for (int s = 0; s < chart->series_count; s++)
        if (has_mean(chart, s) && !series_mean(chart, s, &mean))
            return diag_add(diags, DIAG_E386, &chart->at, series_name(chart, s));
    if (!chart->target || !takes_target(chart->kind))
        return true;
    double most = chart->kind == CHART_PERCENT ? 1 : greatest(chart);
    double target = fabs(decimal_to_double(chart->target->value));
    if (most > 0 && target > DWARFING * most) {
        diag_add(diags, DIAG_W320, &chart->at, chart->target_name);
        diag_hint(diags, DIAG_H320);
    }
    return true;
}

/* ---------------------------------------------------------------- their texts */

/* As the figures of the axis; the mean of whole numbers has a decimal, unless it is whole too. */
static const char *mean_text(const Plot *plot, Decimal mean)
{
    Arena *arena = plot->canvas->ts->arena;
    Decimal figure = mean;
    bool percent = plot_percent(plot);
    if (percent && !decimal_mul(mean, decimal_from_int(100), &figure))
        figure = mean; /* a ratio of 10^16: the check of sums lets none through */
    int places = plot->places;
    if (places == 0 && scale_places(figure, plot->shift) > 0)
        places = 1;
    return arena_printf(
        arena, "平均 %s%s", scale_value(arena, figure, plot->shift, places), percent ? "%" : "");
}

/* 目标90, its figure in 万 where the axis is. */
static const char *target_text(const Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    const char *name = chart->target_name ? chart->target_name : "目标";
    const char *label = chart->target->label;
    size_t length = strlen(name), tail = label ? strlen(label) : 0;
    if (plot->shift == 0 || tail == 0 || tail > length || strcmp(name + length - tail, label) != 0)
        return name;
    return arena_printf(plot->canvas->ts->arena, "%.*s%s", (int)(length - tail), name,
        plot_target_text(plot, chart->target));
}

static void add_line(Plot *plot, int series, Decimal value, const char *text)
{
    Marklines *all = &plot->marklines;
    all->lines[all->count++] = (Markline){.text = text, .value = value, .series = series};
}

void marklines_read(Plot *plot)
{
    const DocChart *chart = plot->canvas->chart;
    int means = 0;
    plot->marklines = (Marklines){.count = 0};
    if (chart->target && takes_target(chart->kind))
        add_line(plot, TARGET, chart->target->value, target_text(plot));
    for (int s = 0; s < chart->series_count; s++) {
        Decimal mean;
        if (!has_mean(chart, s) || !series_mean(chart, s, &mean))
            continue;
        add_line(plot, s, mean, mean_text(plot_of(plot, s), mean));
        means++;
    }
    plot->marklines.keyed = means > 1;
}

static Length key_width(const Plot *plot, const Markline *line)
{
    return plot->marklines.keyed && line->series != TARGET ? legend_key_width() : 0;
}

static Length label_width(const Plot *plot, const Markline *line)
{
    TextStyle style = label_style(SIZE);
    return key_width(plot, line) + text_width(plot->canvas->ts, &style, line->text);
}

/* ---------------------------------------------------------------- drawing */

static Shape *stroke_shape(Canvas *canvas, const Markline *line, Length width, Color color)
{
    Shape *shape = canvas_shape(canvas);
    shape->stroke_width = width;
    shape->stroke = color;
    path_move(canvas->ts->arena, &shape->path, line->from.x, line->from.y);
    path_line(canvas->ts->arena, &shape->path, line->to.x, line->to.y);
    return shape;
}

/* On a white casing, so that it shows on dark bars. At zero the black axis shows through. */
static void place_rule(Canvas *canvas, Markline *line, Point from, Point to)
{
    const struct RuleStyle *style = line->series == TARGET ? &target_style : &mean_style;
    Length casing = decimal_sign(line->value) == 0 ? 0 : 2 * CASING;
    line->from = from;
    line->to = to;
    stroke_shape(canvas, line, style->width + casing, WHITE);
    line->mark = canvas->page->mark_count;
    memcpy(stroke_shape(canvas, line, style->width, BLACK)->dash, style->dash, sizeof style->dash);
}

static void place_leader(Canvas *canvas, Point from, Point to)
{
    Shape *shape = canvas_shape(canvas);
    shape->stroke_width = LENGTH_PT(0.5);
    shape->stroke = BLACK;
    path_move(canvas->ts->arena, &shape->path, from.x, from.y);
    path_line(canvas->ts->arena, &shape->path, to.x, to.y);
    canvas_stroke(canvas, from, to);
}

static void place_label(Plot *plot, const Markline *line)
{
    Canvas *canvas = plot->canvas;
    TextStyle style = label_style(SIZE);
    Box box = line->label;
    Length key = key_width(plot, line);
    if (key > 0) {
        legend_key(canvas, line->series, box.left, (box.top + box.bottom) / 2);
        canvas_obstacle(canvas, (Box){box.left, box.top, box.left + key, box.bottom});
        box.left += key;
    }
    canvas_value(canvas, &style, line->text, box); /* a grid may run on to the second axis */
}

/* Indices of the lines by where they stand. */
static void sort(const Marklines *all, int order[MARKLINE_LIMIT])
{
    for (int i = 0; i < all->count; i++) {
        int k = i;
        for (; k > 0 && all->lines[order[k - 1]].at > all->lines[i].at; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

/* Labels stand beside their rules, but pushed apart where those lie close together, and between
 * `low` and `high`. `extents` is what each takes up, `starts` where it would begin alone. */
static void spread(
    int count, const int order[], const Length extents[], Length starts[], Length low, Length high)
{
    for (int i = 0; i < count; i++) {
        int k = order[i];
        starts[k] = starts[k] < low ? low : starts[k];
        low = starts[k] + extents[k];
    }
    for (int i = count; i-- > 0;) {
        int k = order[i];
        starts[k] = starts[k] + extents[k] > high ? high - extents[k] : starts[k];
        high = starts[k];
    }
}

static void place_labels(Plot *plot)
{
    for (int i = 0; i < plot->marklines.count; i++)
        place_label(plot, &plot->marklines.lines[i]);
    canvas_end_line(plot->canvas);
}

/* ---------------------------------------------------------------- rules and values */

void marklines_guard(const Plot *plot)
{
    for (int i = 0; i < plot->marklines.count; i++)
        canvas_stroke(plot->canvas, plot->marklines.lines[i].from, plot->marklines.lines[i].to);
}

/* Where along the rule the first label from `at` on crosses it; false: none does. */
static bool next_crossing(
    const Canvas *canvas, const Markline *line, Length at, Length *start, Length *end)
{
    bool upright = line->from.x == line->to.x, any = false;
    for (size_t i = 0; i < canvas->label_count; i++) {
        const Box *box = &canvas->labels[i].box;
        Length near = (upright ? box->left : box->top) - TAIL;
        Length far = (upright ? box->right : box->bottom) + TAIL;
        Length first = (upright ? box->top : box->left) - TAIL;
        Length last = (upright ? box->bottom : box->right) + TAIL;
        if (line->at <= near || line->at >= far || last <= at || (any && first >= *start))
            continue;
        *start = first;
        *end = last;
        any = true;
    }
    return any;
}

static void add_piece(Arena *arena, Path *path, const Markline *line, Length from, Length to)
{
    bool upright = line->from.x == line->to.x;
    if (from >= to)
        return;
    path_move(arena, path, upright ? line->at : from, upright ? from : line->at);
    path_line(arena, path, upright ? line->at : to, upright ? to : line->at);
}

static Path interrupted_path(const Canvas *canvas, const Markline *line)
{
    bool upright = line->from.x == line->to.x;
    Length at = upright ? line->from.y : line->from.x, start = 0, end = 0;
    Length last = upright ? line->to.y : line->to.x;
    Path path = {0};
    while (next_crossing(canvas, line, at, &start, &end) && start < last) {
        add_piece(canvas->ts->arena, &path, line, at, start);
        at = end;
    }
    add_piece(canvas->ts->arena, &path, line, at, last);
    return path;
}

void marklines_interrupt(const Plot *plot)
{
    Mark *marks = plot->canvas->page->marks;
    for (int i = 0; i < plot->marklines.count; i++) {
        const Markline *line = &plot->marklines.lines[i];
        Path path = interrupted_path(plot->canvas, line);
        marks[line->mark].shape.path = path;
        marks[line->mark - 1].shape.path = path;
    }
}

/* ---------------------------------------------------------------- values that run upward */

static const Markline *widest(const Plot *plot)
{
    const Marklines *all = &plot->marklines;
    const Markline *most = NULL;
    for (int i = 0; i < all->count; i++)
        if (!most || label_width(plot, &all->lines[i]) > label_width(plot, most))
            most = &all->lines[i];
    return most;
}

Length marklines_width(const Plot *plot)
{
    const Markline *most = widest(plot);
    return most ? LEADER + label_width(plot, most) + TAIL : 0;
}

const char *marklines_widest(const Plot *plot)
{
    return widest(plot)->text;
}

static void stand_labels(Plot *plot)
{
    Marklines *all = &plot->marklines;
    int order[MARKLINE_LIMIT];
    Length extents[MARKLINE_LIMIT], starts[MARKLINE_LIMIT], left = plot->area.right + LEADER;
    for (int i = 0; i < all->count; i++) {
        const Plot *own =
            all->lines[i].series == TARGET ? plot : plot_of(plot, all->lines[i].series);
        all->lines[i].at = plot_y(own, decimal_to_double(all->lines[i].value));
        extents[i] = PITCH;
        starts[i] = all->lines[i].at - PITCH / 2;
    }
    sort(all, order);
    spread(all->count, order, extents, starts, plot->room.top, plot->room.bottom);
    for (int i = 0; i < all->count; i++)
        all->lines[i].label =
            (Box){left, starts[i], left + label_width(plot, &all->lines[i]), starts[i] + SIZE};
}

void marklines_place(Plot *plot)
{
    stand_labels(plot);
    for (int i = 0; i < plot->marklines.count; i++) {
        Markline *line = &plot->marklines.lines[i];
        Point start = {plot->area.left, line->at}, end = {plot->area.right, line->at};
        place_rule(plot->canvas, line, start, end);
        Length middle = (line->label.top + line->label.bottom) / 2;
        place_leader(plot->canvas, end, (Point){line->label.left - TAIL, middle});
    }
    place_labels(plot);
}

/* ---------------------------------------------------------------- values that run to the right */

Length marklines_row(const Plot *plot)
{
    return plot->marklines.count > 0 ? SIZE + RAISE : 0;
}

bool marklines_fit(Plot *plot, Length *height)
{
    Marklines *all = &plot->marklines;
    const Box *frame = &plot->canvas->frame;
    Length extents[MARKLINE_LIMIT], starts[MARKLINE_LIMIT], sum = 0;
    int order[MARKLINE_LIMIT];
    for (int i = 0; i < all->count; i++) {
        Markline *line = &all->lines[i];
        double share = scale_share(&plot->scale, decimal_to_double(line->value));
        line->at = plot->area.left + round_length(share * box_width(&plot->area));
        extents[i] = label_width(plot, line) + SIDE_GAP;
        starts[i] = line->at - extents[i] / 2;
        sum += extents[i];
    }
    if (sum > box_width(frame))
        return canvas_fail(plot->canvas, DIAG_E387, NULL);
    sort(all, order);
    spread(all->count, order, extents, starts, frame->left, frame->right);
    for (int i = 0; i < all->count; i++)
        all->lines[i].label =
            (Box){starts[i] + SIDE_GAP / 2, 0, starts[i] + extents[i] - SIDE_GAP / 2, SIZE};
    *height = marklines_row(plot);
    return true;
}

void marklines_place_upright(Plot *plot)
{
    Marklines *all = &plot->marklines;
    for (int i = 0; i < all->count; i++) {
        Markline *line = &all->lines[i];
        line->label.bottom = plot->area.top - RAISE;
        line->label.top = line->label.bottom - SIZE;
        Point start = {line->at, plot->area.top}, end = {line->at, plot->area.bottom};
        place_rule(plot->canvas, line, start, end);
        Length middle = (line->label.left + line->label.right) / 2;
        place_leader(plot->canvas, start, (Point){middle, line->label.bottom + TAIL});
    }
    marklines_guard(plot);
    place_labels(plot);
}
