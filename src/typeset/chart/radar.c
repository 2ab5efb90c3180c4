/* 雷达: an axis a category from the centre outwards, clockwise from 12 o'clock; a series is a
 * polygon, open where a figure is missing. With full marks for each axis (targets) the axes show
 * the share reached, else all have one scale from zero. */
#include <math.h>
#include "typeset/chart/kinds.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/values.h"

enum { LEAST_AXES = 3, MOST_AXES = 12, TARGET_RINGS = 5, MOST_RINGS = 6 };
static const Length NAME_GAP = LENGTH_PT(6), NAME_AIR = LENGTH_PT(3);
static const Length LEAST_RADIUS = LENGTH_PT(40), FAIR_RADIUS = LENGTH_PT(72);
static const Length RADIUS_STEP = LENGTH_PT(3);
static const Length MOST_HEIGHT = LENGTH_PT(560), GROWTH = LENGTH_PT(28); /* of a page, of a line */
static const Length TICK_SIZE = LENGTH_PT(8), TICK_GAP = LENGTH_PT(2);
static const Length TICK_AIR = LENGTH_PT(5); /* to a value beside it: not 0 and 10 in one */
static const Length MARKER = LENGTH_PT(5.5), VALUE_GAP = LENGTH_PT(4);

typedef struct Radar {
    Canvas *canvas;
    Plot figures;
    bool shares; /* of full marks */
    Scale scale;
    Length head;
    Point centre;
    Length radius;
    TextStyle style; /* of the names */
    NameLines names[MOST_AXES];
    Box boxes[MOST_AXES]; /* of the names */
} Radar;

/* ---------------------------------------------------------------- data */

static bool check_value(const DocChart *chart, Diags *diags, int category)
{
    char text[DECIMAL_TEXT];
    for (int s = 0; s < chart->series_count; s++) {
        const ChartPoint *point = &chart->series[s].points[category];
        if (!point->missing && decimal_sign(point->value) < 0)
            return diag_add(diags, DIAG_E394, &chart->at, category_name(chart, category),
                decimal_format(point->value, text));
    }
    return true;
}

bool radar_check(const DocChart *chart, Diags *diags)
{
    if (chart->category_count < LEAST_AXES || chart->category_count > MOST_AXES) {
        diag_add(
            diags, DIAG_E393, &chart->at, (int)LEAST_AXES, (int)MOST_AXES, chart->category_count);
        diag_hint(diags, chart->category_count < LEAST_AXES ? DIAG_H324 : DIAG_H311);
        return false;
    }
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *full = chart->targets ? &chart->targets[c] : NULL;
        if (full && (full->missing || decimal_sign(full->value) <= 0))
            return diag_add(diags, DIAG_E389, &chart->at, category_name(chart, c));
        if (!check_value(chart, diags, c))
            return false;
    }
    return true;
}

/* What of a figure is drawn: itself, or its share of the full marks. */
static double drawn_value(const Radar *radar, const ChartPoint *point, int category)
{
    double value = decimal_to_double(point->value);
    const DocChart *chart = radar->canvas->chart;
    return radar->shares ? value / decimal_to_double(chart->targets[category].value) : value;
}

static void fit_rings(Radar *radar)
{
    const DocChart *chart = radar->canvas->chart;
    ScaleWish wish;
    plot_figures(radar->canvas, &radar->figures, &wish);
    radar->shares = chart->targets != NULL;
    wish.zero = true;
    wish.target = TARGET_RINGS + 1;
    wish.most = MOST_RINGS + 1;
    if (radar->shares) {
        wish.low = 0, wish.high = 1, wish.whole = false;
        for (int s = 0; s < chart->series_count; s++)
            for (int c = 0; c < chart->category_count; c++)
                if (!chart->series[s].points[c].missing)
                    wish.high = fmax(wish.high, drawn_value(radar, &chart->series[s].points[c], c));
    }
    radar->scale = scale_fit(&wish);
}

/* ---------------------------------------------------------------- layout */

static double axis_angle(const Radar *radar, int category)
{
    return 2 * M_PI * category / radar->canvas->chart->category_count;
}

/* 环境卫生（30）, with the full marks when they are given. */
static const char *axis_name(const Radar *radar, int category)
{
    const DocChart *chart = radar->canvas->chart;
    const char *name = category_name(chart, category);
    if (!radar->shares || !chart->targets[category].label)
        return name;
    return arena_printf(radar->canvas->ts->arena, "%s（%s）", name, chart->targets[category].label);
}

static void wrap_names(Radar *radar, Length most)
{
    for (int c = 0; c < radar->canvas->chart->category_count; c++)
        radar->names[c] = name_wrap(radar->canvas, &radar->style, axis_name(radar, c), most);
}

/* Outside the end of its axis: beside it left and right, centred above and below. */
static Box name_box(const Radar *radar, int category)
{
    const NameLines *name = &radar->names[category];
    double angle = axis_angle(radar, category);
    Point at = circle_point(radar->centre, radar->radius + NAME_GAP, angle);
    Length width = 0, height = (name->count - 1) * name_leading(radar->style.size);
    height += radar->style.size;
    for (int l = 0; l < name->count; l++) {
        Length line = text_width(radar->canvas->ts, &radar->style, name->lines[l]);
        width = line > width ? line : width;
    }
    bool centred = fabs(sin(angle)) < 0.05;
    Length left = centred ? at.x - width / 2 : sin(angle) > 0 ? at.x : at.x - width;
    Length top = at.y - round_length((1 + cos(angle)) / 2 * height);
    return (Box){left, top, left + width, top + height};
}

/* Whether all names stand apart within the frame, below the head. */
static bool names_fit(Radar *radar)
{
    const Box *frame = &radar->canvas->frame;
    for (int c = 0; c < radar->canvas->chart->category_count; c++) {
        Box *box = &radar->boxes[c];
        *box = name_box(radar, c);
        if (box->left < frame->left || box->right > frame->right ||
            box->top < frame->top + radar->head || box->bottom > frame->bottom)
            return false;
        Box wide = {box->left - NAME_AIR, box->top - NAME_AIR / 2, box->right + NAME_AIR,
            box->bottom + NAME_AIR / 2};
        for (int d = 0; d < c; d++)
            if (boxes_meet(&wide, &radar->boxes[d]))
                return false;
    }
    return true;
}

/* How far down the lowest axis reaches, in radii: a triangle stands higher than a square. */
static double reach_below(const Radar *radar)
{
    double reach = 0;
    for (int c = 0; c < radar->canvas->chart->category_count; c++)
        reach = fmax(reach, -cos(axis_angle(radar, c)));
    return reach;
}

static bool fit_radius(Radar *radar)
{
    const Box *frame = &radar->canvas->frame;
    Length top = frame->top + radar->head, height = frame->bottom - top - 2 * NAME_GAP;
    double below = reach_below(radar);
    radar->radius = round_length(height / (1 + below));
    for (; radar->radius >= LEAST_RADIUS; radar->radius -= RADIUS_STEP) {
        Length lift = round_length(radar->radius * (1 - below) / 2);
        radar->centre = (Point){(frame->left + frame->right) / 2, (top + frame->bottom) / 2 + lift};
        if (names_fit(radar))
            return true;
    }
    return false;
}

static const char *longest_name(const Radar *radar)
{
    const DocChart *chart = radar->canvas->chart;
    TextStyle style = label_style(LENGTH_PT(9));
    int longest = 0;
    for (int c = 1; c < chart->category_count; c++)
        if (text_width(radar->canvas->ts, &style, axis_name(radar, c)) >
            text_width(radar->canvas->ts, &style, axis_name(radar, longest)))
            longest = c;
    return axis_name(radar, longest);
}

/* Sizes of names and how many characters a line of them holds, as they read best. */
static const struct Attempt {
    double size;
    int characters;
} attempts[] = {{10.5, 40}, {9, 40}, {9, 8}, {9, 6}, {9, 4}, {9, 3}, {7.5, 4}};
enum { ATTEMPT_COUNT = sizeof attempts / sizeof *attempts };

/* The first attempt at which the polygon keeps a decent size, else the one that leaves it
 * largest. */
static bool radar_layout(Canvas *canvas, Radar *radar)
{
    Radar best = {.radius = 0};
    *radar = (Radar){.canvas = canvas};
    fit_rings(radar);
    if (!legend_height(canvas, radar->shares ? NULL : radar->figures.unit, &radar->head))
        return false;
    for (int i = 0; i < ATTEMPT_COUNT && best.radius < FAIR_RADIUS; i++) {
        radar->style = label_style(LENGTH_PT(attempts[i].size));
        wrap_names(radar, LENGTH_PT(attempts[i].size) * attempts[i].characters);
        if (fit_radius(radar) && radar->radius > best.radius)
            best = *radar;
    }
    if (best.radius == 0)
        return canvas_fail(canvas, DIAG_E318, longest_name(radar));
    *radar = best;
    return true;
}

/* Long names round a small web need a higher frame. */
Length radar_least_height(Canvas *canvas)
{
    Canvas trial = *canvas;
    Radar radar;
    Length height = box_height(&canvas->frame);
    bool round = radar_check(canvas->chart, diag_new(canvas->ts->arena)); /* it tells in its turn */
    for (; round && height < MOST_HEIGHT; height += GROWTH) {
        trial.frame.bottom = trial.frame.top + height;
        if (radar_layout(&trial, &radar))
            return height;
    }
    return 0; /* radar_check, radar_place say why */
}

/* ---------------------------------------------------------------- web */

static Point axis_point(const Radar *radar, int category, double value)
{
    return circle_point(radar->centre, radar->radius * scale_share(&radar->scale, value),
        axis_angle(radar, category));
}

static void place_ring(const Radar *radar, int64_t tick)
{
    Canvas *canvas = radar->canvas;
    Arena *arena = canvas->ts->arena;
    Shape *shape = canvas_shape(canvas);
    bool outer = tick == radar->scale.last;
    shape->stroke_width = LENGTH_PT(outer ? 0.75 : 0.5);
    shape->stroke = outer ? (Color){96, 96, 96} : GRID_GREY;
    for (int c = 0; c < canvas->chart->category_count; c++) {
        Point at = axis_point(radar, c, (double)tick * scale_step(&radar->scale));
        if (c == 0)
            path_move(arena, &shape->path, at.x, at.y);
        else
            path_line(arena, &shape->path, at.x, at.y);
    }
    path_close(arena, &shape->path);
}

static void place_web(const Radar *radar)
{
    Canvas *canvas = radar->canvas;
    for (int64_t k = radar->scale.first + 1; k <= radar->scale.last; k++)
        place_ring(radar, k);
    for (int c = 0; c < canvas->chart->category_count; c++) {
        Point end = axis_point(radar, c, scale_high(&radar->scale));
        Shape *shape = canvas_shape(canvas);
        shape->stroke_width = LENGTH_PT(0.5);
        shape->stroke = GRID_GREY;
        path_move(canvas->ts->arena, &shape->path, radar->centre.x, radar->centre.y);
        path_line(canvas->ts->arena, &shape->path, end.x, end.y);
    }
}

static void place_names(const Radar *radar)
{
    Canvas *canvas = radar->canvas;
    for (int c = 0; c < canvas->chart->category_count; c++) {
        const NameLines *name = &radar->names[c];
        const Box *box = &radar->boxes[c];
        double lean = sin(axis_angle(radar, c));
        bool centred = fabs(lean) < 0.05;
        Align align = centred ? ALIGN_CENTRE : lean > 0 ? ALIGN_LEFT : ALIGN_RIGHT;
        Length x = centred ? (box->left + box->right) / 2 : lean > 0 ? box->left : box->right;
        for (int l = 0; l < name->count; l++)
            canvas_label(canvas, &radar->style, name->lines[l],
                text_box(canvas->ts, &radar->style, name->lines[l], x,
                    box->top + l * name_leading(radar->style.size), align),
                l + 1 < name->count ? TEXT_GOES_ON : TEXT_TAB);
    }
    canvas_end_line(canvas);
}

/* Where the figure of a ring may stand: left and right of the first axis, then in the middle of
 * each edge. */
static Box tick_box(const Radar *radar, const char *text, int64_t tick, int place)
{
    Canvas *canvas = radar->canvas;
    TextStyle style = label_style(TICK_SIZE);
    double value = (double)tick * scale_step(&radar->scale);
    Point at = axis_point(radar, 0, value);
    if (place < 2)
        return text_box(canvas->ts, &style, text, at.x + (place ? TICK_GAP : -TICK_GAP),
            at.y - TICK_SIZE / 2, place ? ALIGN_LEFT : ALIGN_RIGHT);
    Point from = axis_point(radar, place - 2, value);
    Point to = axis_point(radar, (place - 1) % canvas->chart->category_count, value);
    return text_box(canvas->ts, &style, text, (from.x + to.x) / 2,
        (from.y + to.y) / 2 - TICK_SIZE / 2, ALIGN_CENTRE);
}

static char *tick_text(const Radar *radar, int64_t tick)
{
    Canvas *canvas = radar->canvas;
    bool percent = radar->shares || canvas->chart->percent;
    return scale_tick(canvas->ts->arena, &radar->scale, tick, radar->figures.shift, percent);
}

/* How many rings can bear their figure there; adds them when `place` is the one chosen. */
static int ticks_at(const Radar *radar, int place, bool add)
{
    Canvas *canvas = radar->canvas;
    TextStyle style = label_style(TICK_SIZE);
    int free = 0;
    for (int64_t k = radar->scale.last; k > radar->scale.first; k--) {
        const char *text = tick_text(radar, k);
        Box box = tick_box(radar, text, k, place);
        if (!canvas_is_free(canvas, &box, &canvas->frame))
            continue;
        free++;
        if (!add)
            continue;
        canvas_value(canvas, &style, text, box);
        canvas_obstacle(
            canvas, (Box){box.left - TICK_AIR, box.top, box.right + TICK_AIR, box.bottom});
    }
    return free;
}

/* All along one line, where most of them find room: rings lie at equal distances, so that one that
 * is left out can be told from its neighbours. */
static void place_ticks(const Radar *radar)
{
    int best = 0, most = 0;
    for (int place = 0; place < radar->canvas->chart->category_count + 2; place++) {
        int free = ticks_at(radar, place, false);
        best = free > most ? place : best;
        most = free > most ? free : most;
    }
    ticks_at(radar, best, true);
    canvas_end_line(radar->canvas);
}

/* ---------------------------------------------------------------- series */

static Point point_at(const Radar *radar, const ChartSeries *series, int category)
{
    return axis_point(radar, category, drawn_value(radar, &series->points[category], category));
}

/* The edge from the axis before is drawn where both its ends are there; the last edge leads back to
 * the first axis. */
static void place_polygon(const Radar *radar, const ChartSeries *series, const SeriesStyle *style)
{
    Canvas *canvas = radar->canvas;
    Arena *arena = canvas->ts->arena;
    int count = canvas->chart->category_count;
    Shape *shape = canvas_shape(canvas);
    palette_stroke(style, shape);
    bool open = true;
    for (int i = 0; i <= count; i++) {
        int c = i % count;
        if (series->points[c].missing) {
            open = true;
            continue;
        }
        Point at = point_at(radar, series, c);
        if (open) {
            path_move(arena, &shape->path, at.x, at.y);
        } else {
            path_line(arena, &shape->path, at.x, at.y);
            canvas_stroke(canvas, point_at(radar, series, (c + count - 1) % count), at);
        }
        open = false;
    }
}

static void place_markers(const Radar *radar, const ChartSeries *series, const SeriesStyle *style)
{
    Length half = MARKER / 2;
    for (int c = 0; c < radar->canvas->chart->category_count; c++) {
        if (series->points[c].missing)
            continue;
        Point at = point_at(radar, series, c);
        palette_marker(radar->canvas, style, at, MARKER);
        canvas_obstacle(radar->canvas, (Box){at.x - half, at.y - half, at.x + half, at.y + half});
    }
}

static const Spot upper[] = {
    {0, 1}, {1.1, 0}, {-1.1, 0}, {0.6, 1}, {-0.6, 1}, {0, -1}, {0.6, -1}, {-0.6, -1}, {0, 2}};
static const Spot lower[] = {
    {0, -1}, {1.1, 0}, {-1.1, 0}, {0.6, -1}, {-0.6, -1}, {0, 1}, {0.6, 1}, {-0.6, 1}, {0, -2}};
enum { SPOT_COUNT = sizeof upper / sizeof *upper };

/* All noughts meet in the centre: one figure says them. */
static void place_values(const Radar *radar)
{
    Canvas *canvas = radar->canvas;
    const DocChart *chart = canvas->chart;
    int count = chart->series_count * chart->category_count;
    Value *values = ARENA_ARRAY(canvas->ts->arena, Value, count);
    bool said = false;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            bool nought = !point->missing && decimal_sign(point->value) == 0;
            if (point->missing || (nought && said))
                continue;
            said = said || nought;
            values[s * chart->category_count + c] = (Value){
                .text = plot_value_text(&radar->figures, point),
                .anchor = point_at(radar, &chart->series[s], c),
                .spots = cos(axis_angle(radar, c)) > -0.05 ? upper : lower,
                .spot_count = SPOT_COUNT,
                .first = is_extreme(&chart->series[s], chart->category_count, c),
            };
        }
    Box room = canvas->frame;
    room.top += radar->head;
    values_place(canvas, values, count, VALUE_GAP, &room);
}

bool radar_place(Canvas *canvas)
{
    Radar radar;
    const DocChart *chart = canvas->chart;
    if (!radar_layout(canvas, &radar))
        return false;
    legend_place(canvas, radar.shares ? NULL : radar.figures.unit);
    place_web(&radar);
    for (int s = 0; s < chart->series_count; s++)
        place_polygon(
            &radar, &chart->series[s], palette_series(chart->palette, s, chart->series_count));
    for (int s = 0; s < chart->series_count; s++)
        place_markers(
            &radar, &chart->series[s], palette_series(chart->palette, s, chart->series_count));
    place_names(&radar);
    place_ticks(&radar);
    if (chart->labels)
        place_values(&radar);
    return true;
}
