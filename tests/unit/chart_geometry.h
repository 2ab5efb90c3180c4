/* What is drawn is what the figures say: of each kind, every bar, part, point, slice, tone read off
 * the page and held against its axis. */
#ifndef TESTS_CHART_GEOMETRY_H
#define TESTS_CHART_GEOMETRY_H

#include "chart_axis.h"
#include "typeset/chart/line.h"
#include "typeset/chart/stack.h"

typedef struct Reading {
    Drawing *drawing;
    const DocChart *chart; /* as it is drawn: shares for figures, bars before lines */
    Boxes texts;
    bool *used; /* the texts that are ticks */
    Axis left, right;
} Reading;

static inline void check_near(double is, double should, double by, const char *what)
{
    if (!near(is, should, by))
        fail_msg("%s: %.1f, not %.1f", what, is, should);
}

static inline double value_of(const ChartPoint *point)
{
    return decimal_to_double(point->value);
}

static inline bool is_there(const ChartPoint *point)
{
    return !point->missing && decimal_sign(point->value) != 0;
}

/* ---------------------------------------------------------------- shapes in order */

typedef struct Shapes {
    const Shape **list;
    size_t count, capacity, next;
} Shapes;

static inline Shapes shapes_of(const Drawing *drawing, bool (*wanted)(const Shape *))
{
    Shapes all = {0};
    for (size_t i = 0; i < drawing->page->mark_count; i++) {
        const Mark *mark = &drawing->page->marks[i];
        if (mark->kind != MARK_SHAPE || !wanted(&mark->shape))
            continue;
        all.list =
            arena_grow(drawing->ts.arena, all.list, all.count, &all.capacity, sizeof *all.list);
        all.list[all.count++] = &mark->shape;
    }
    return all;
}

static inline const Shape *next_shape(Shapes *shapes)
{
    if (shapes->next == shapes->count)
        fail_msg("only %zu shapes", shapes->count);
    return shapes->list[shapes->next++];
}

static inline void no_more(const Shapes *shapes)
{
    if (shapes->next < shapes->count)
        fail_msg("%zu shapes, not %zu", shapes->count, shapes->next);
}

/* ---------------------------------------------------------------- bars */

/* Categories are at equal distances, those of a series and those of all. */
typedef struct Spacing {
    double pitch; /* 0: not known yet */
    int category; /* the first, and where it is */
    double at;
    bool any;
} Spacing;

static inline void check_spacing(Spacing *spacing, int category, double at)
{
    if (!spacing->any) {
        spacing->any = true;
        spacing->category = category;
        spacing->at = at;
    } else if (spacing->pitch == 0 && category != spacing->category) {
        spacing->pitch = (at - spacing->at) / (category - spacing->category);
        assert_true(spacing->pitch > 0);
    }
    check_near(at, spacing->at + (category - spacing->category) * spacing->pitch, 1, "category");
}

/* Of what height a bar is: a figure, or of 百分比堆叠 its share in those of its category. */
static inline double bar_value(const Reading *reading, int series, int category)
{
    const DocChart *chart = reading->drawing->chart;
    double sum = 0;
    if (chart->kind != CHART_PERCENT)
        return value_of(&reading->chart->series[series].points[category]);
    for (int s = 0; s < chart->series_count; s++)
        if (is_there(&chart->series[s].points[category]))
            sum += value_of(&chart->series[s].points[category]);
    return value_of(&chart->series[series].points[category]) / sum;
}

/* From where the parts of its sign before it end: of a stack. */
static inline double bar_start(const Reading *reading, int series, int category)
{
    const DocChart *chart = reading->chart;
    double sum = 0;
    if (!stack_is(chart->kind))
        return 0;
    const ChartPoint *own = &chart->series[series].points[category];
    for (int s = 0; s < series; s++) {
        const ChartPoint *point = &chart->series[s].points[category];
        if (is_there(point) && decimal_sign(point->value) == decimal_sign(own->value))
            sum += bar_value(reading, s, category);
    }
    return sum;
}

static inline void check_bar(
    const Reading *reading, const Shape *bar, int series, int category, Spacing *spacing)
{
    Box box;
    shape_box(bar, &box);
    bool lying = reading->chart->kind == CHART_HBAR;
    double value = bar_value(reading, series, category);
    double start = bar_start(reading, series, category);
    double first = lying ? box.left : box.bottom, last = lying ? box.right : box.top;
    check_near(value < 0 ? last : first, axis_at(&reading->left, start), HAIR, "start of a bar");
    check_near(
        value < 0 ? first : last, axis_at(&reading->left, start + value), HAIR, "end of a bar");
    check_spacing(spacing, category, lying ? box.top : box.left);
}

/* Bars in the order of drawing: series by series. */
static inline void check_bars(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    Shapes bars = shapes_of(reading->drawing, is_edged_bar);
    for (int s = 0; s < chart->series_count; s++) {
        Spacing spacing = {0};
        for (int c = 0; !line_is(chart, s) && c < chart->category_count; c++)
            if (is_there(&chart->series[s].points[c]))
                check_bar(reading, next_shape(&bars), s, c, &spacing);
    }
    no_more(&bars);
}

/* ---------------------------------------------------------------- lines */

/* A marker of a series: its casing is white. */
static inline bool is_marker(const Shape *shape)
{
    return shape->filled && shape->stroke_width == LENGTH_PT(0.9) && shape->stroke.red < 255;
}

/* Those of the keys are 5 pt high, squares and triangles 7/8 of that; those of points never. */
static inline bool is_point_marker(const Shape *shape)
{
    Box box;
    shape_box(shape, &box);
    return is_marker(shape) && box_height(&box) != LENGTH_PT(5) &&
           box_height(&box) != LENGTH_PT(5) * 7 / 8;
}

static inline Point marker_at(const Shape *marker)
{
    Box box;
    shape_box(marker, &box);
    Length middle = box_height(&box) / 2, far = box_height(&box) * 4 / 7;
    bool triangle = marker->path.point_count == 3, upright = marker->path.points[0].y == box.top;
    return (Point){(box.left + box.right) / 2, !triangle ? box.top + middle
                                               : upright ? box.top + far
                                                         : box.bottom - far};
}

static inline const Axis *axis_of(const Reading *reading, int series)
{
    return reading->chart->series[series].second ? &reading->right : &reading->left;
}

static inline void check_point(
    const Reading *reading, Point at, int series, int category, Spacing *spacing)
{
    double value = value_of(&reading->chart->series[series].points[category]);
    check_near(at.y, axis_at(axis_of(reading, series), value), HAIR, "point");
    check_spacing(spacing, category, at.x);
}

/* The stretch that begins with the point `first`; returns where it ends. */
static inline int check_stretch(
    const Reading *reading, Shapes *lines, int series, int first, Spacing *spacing)
{
    const DocChart *chart = reading->chart;
    int end = first;
    while (end < chart->category_count && !chart->series[series].points[end].missing)
        end++;
    if (end - first < 2)
        return end;
    const Path *path = &next_shape(lines)->path;
    assert_int_equal(path->point_count, end - first);
    for (int c = first; c < end; c++)
        check_point(reading, path->points[c - first], series, c, spacing);
    return end;
}

static inline void check_markers(const Reading *reading, Spacing *spacing)
{
    const DocChart *chart = reading->chart;
    Shapes markers = shapes_of(reading->drawing, is_point_marker);
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; line_is(chart, s) && c < chart->category_count; c++)
            if (!chart->series[s].points[c].missing)
                check_point(reading, marker_at(next_shape(&markers)), s, c, spacing);
    no_more(&markers);
}

static inline void check_lines(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    Shapes lines = shapes_of(reading->drawing, is_line);
    Spacing spacing = {0};
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; line_is(chart, s) && c < chart->category_count; c++)
            c = check_stretch(reading, &lines, s, c, &spacing);
    no_more(&lines);
    check_markers(reading, &spacing);
}

/* ---------------------------------------------------------------- target and means */

static inline void check_rule(const Reading *reading, Shapes *rules, const Axis *axis, double value)
{
    const Path *path = &next_shape(rules)->path;
    bool lying = reading->chart->kind == CHART_HBAR;
    for (int i = 0; i < path->point_count; i++)
        check_near(
            lying ? path->points[i].x : path->points[i].y, axis_at(axis, value), HAIR, "rule");
}

static inline void check_rules(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    Shapes rules = shapes_of(reading->drawing, is_rule);
    Decimal mean;
    if (chart->target)
        check_rule(reading, &rules, &reading->left, value_of(chart->target));
    for (int s = 0; s < chart->series_count; s++) {
        int count = 0;
        for (int c = 0; c < chart->category_count; c++)
            count += !chart->series[s].points[c].missing;
        if (chart->average && !stack_is(chart->kind) && count > 1 && series_mean(chart, s, &mean))
            check_rule(reading, &rules, axis_of(reading, s), decimal_to_double(mean));
    }
    no_more(&rules);
}

/* ---------------------------------------------------------------- 饼, 环形 */

static inline bool is_slice(const Shape *shape)
{
    return shape->filled && shape->stroke_width == LENGTH_PT(0.75);
}

typedef struct Circle {
    double x, y, radius;
} Circle;

static inline Circle circle_through(Point a, Point b, Point c)
{
    double bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
    double d = 2 * (bx * cy - by * cx), b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
    double x = (cy * b2 - by * c2) / d, y = (bx * c2 - cx * b2) / d;
    return (Circle){a.x + x, a.y + y, hypot(x, y)};
}

/* The points of a slice on the outer circle: from its first arc. */
static inline int outer_points(const Shape *slice, bool pie, Point *out)
{
    const Path *path = &slice->path;
    int op = 1, point = 1, count = 0;
    if (pie && path->ops[1] == PATH_LINE) { /* from the centre */
        op = 2;
        point = 2;
    }
    out[count++] = path->points[point - 1];
    for (; path->ops[op] == PATH_CURVE; op++, point += 3)
        out[count++] = path->points[point + 2];
    return count;
}

enum { ARC_POINTS = 16, ROUND_POINTS = 24 * ARC_POINTS };

static inline double area_of(Point a, Point b, Point c)
{
    return fabs(((double)b.x - a.x) * (c.y - a.y) - ((double)b.y - a.y) * (c.x - a.x));
}

/* Through three points that lie far apart. */
static inline Circle circle_of(const Shapes *slices, bool pie)
{
    Point points[ROUND_POINTS] = {{0, 0}}, far, third;
    int count = 0;
    for (size_t i = 0; i < slices->count; i++)
        count += outer_points(slices->list[i], pie, points + count);
    far = third = points[0];
    for (int i = 0; i < count; i++)
        if (hypot(points[i].x - points[0].x, points[i].y - points[0].y) >
            hypot(far.x - points[0].x, far.y - points[0].y))
            far = points[i];
    for (int i = 0; i < count; i++)
        if (area_of(points[0], far, points[i]) > area_of(points[0], far, third))
            third = points[i];
    return circle_through(points[0], far, third);
}

static inline double angle_of(const Circle *circle, Point at)
{
    double angle = atan2(at.x - circle->x, circle->y - at.y);
    return angle < 0 ? angle + 2 * M_PI : angle;
}

static inline void check_angle(const Circle *circle, Point at, double share, double turns)
{
    double off = fabs(angle_of(circle, at) - 2 * M_PI * share);
    off = off > M_PI ? 2 * M_PI - off : off;
    if (off > 0.001 * 2 * M_PI * turns + HAIR / circle->radius)
        fail_msg("a slice ends %.5f turns off", off / 2 / M_PI);
    check_near(hypot(at.x - circle->x, at.y - circle->y), circle->radius, HAIR, "radius");
}

static inline void check_slices(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    bool pie = chart->kind == CHART_PIE;
    Shapes slices = shapes_of(reading->drawing, is_slice);
    Circle circle = circle_of(&slices, pie);
    double sum = 0, before = 0;
    for (int c = 0; c < chart->category_count; c++)
        sum += is_there(&chart->series[0].points[c]) ? value_of(&chart->series[0].points[c]) : 0;
    for (int c = 0; c < chart->category_count; c++) {
        if (!is_there(&chart->series[0].points[c]))
            continue;
        Point points[ARC_POINTS];
        int count = outer_points(next_shape(&slices), pie, points);
        double share = value_of(&chart->series[0].points[c]) / sum;
        check_angle(&circle, points[0], before / sum, share);
        before += value_of(&chart->series[0].points[c]);
        check_angle(&circle, points[count - 1], before / sum, share);
    }
    no_more(&slices);
}

/* ---------------------------------------------------------------- 进度 */

static inline bool is_box(const Shape *shape)
{
    return shape->filled && shape->path.point_count == 4 && shape->path.op_count == 5;
}

/* A track for each target above 0, all as long; in it what is done. The keys come first. */
static inline void check_bullets(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    Shapes boxes = shapes_of(reading->drawing, is_box);
    double most = 1, longest = 0;
    for (int c = 0; c < chart->category_count; c++)
        if (is_there(&chart->targets[c]) && is_there(&chart->series[0].points[c]))
            most = fmax(most, value_of(&chart->series[0].points[c]) / value_of(&chart->targets[c]));
    Box box;
    for (size_t i = boxes.next = 2; i < boxes.count; i++) {
        shape_box(boxes.list[i], &box);
        longest = fmax(longest, box_width(&box));
    }
    for (int c = 0; c < chart->category_count; c++) {
        if (!is_there(&chart->targets[c]))
            continue;
        shape_box(next_shape(&boxes), &box);
        check_near(box_width(&box), longest / most, HAIR, "target");
        Length left = box.left;
        if (!is_there(&chart->series[0].points[c]))
            continue;
        shape_box(next_shape(&boxes), &box);
        double share = value_of(&chart->series[0].points[c]) / value_of(&chart->targets[c]);
        check_near(box.left, left, 0, "bar's start");
        check_near(box_width(&box), longest * share / most, HAIR, "bar");
    }
    no_more(&boxes);
}

#endif
