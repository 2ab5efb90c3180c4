/* 热力 and 雷达 read off the page: each cell has the tone that the key gives its figure, each
 * corner of a polygon stands on its axis as far out as the rings say. */
#ifndef TESTS_CHART_FIELDS_H
#define TESTS_CHART_FIELDS_H

#include "chart_geometry.h"

/* ---------------------------------------------------------------- 热力 */

/* How dark a fill is; of patterns, which place they have in the row of the key. */
static inline int darkness(const Shape *shape)
{
    static const int ranks[PATTERN_COUNT] = {[PATTERN_EMPTY] = 1,
        [PATTERN_SHADE_1] = 2,
        [PATTERN_SHADE_2] = 3,
        [PATTERN_SHADE_3] = 4,
        [PATTERN_SHADE_4] = 5,
        [PATTERN_SHADE_5] = 6,
        [PATTERN_SOLID] = 7};
    int grey = 299 * shape->fill.red + 587 * shape->fill.green + 114 * shape->fill.blue;
    return shape->pattern == PATTERN_SOLID && grey > 0 ? 255 - grey / 1000
                                                       : 1000 * ranks[shape->pattern];
}

/* The bound that stands below an edge of the key. */
static inline bool read_bound(const Reading *reading, Length x, Length bottom, double *value)
{
    for (size_t i = 0; i < reading->texts.count; i++) {
        const Box *box = &reading->texts.boxes[i];
        if (!near((box->left + box->right) / 2.0, x, HAIR) ||
            !near(box->top, bottom + LENGTH_PT(2), HAIR))
            continue;
        reading->used[i] = true;
        return read_figure(reading->texts.texts[i], reading->left.shift, value);
    }
    return false;
}

typedef struct Step {
    double low, high;
    int dark;
} Step;

enum { STEP_LIMIT = 16 };

/* The key stands after the cells; an empty one at its end is that of the gaps. */
static inline int read_key(const Reading *reading, Shapes *boxes, Step steps[STEP_LIMIT])
{
    int count = 0;
    while (boxes->next < boxes->count) {
        Box box;
        const Shape *shape = next_shape(boxes);
        Step step = {.dark = darkness(shape)};
        shape_box(shape, &box);
        if (!read_bound(reading, box.left, box.bottom, &step.low) ||
            !read_bound(reading, box.right, box.bottom, &step.high))
            continue;
        assert_true(count < STEP_LIMIT && step.low < step.high);
        assert_true(
            count == 0 || (steps[count - 1].high == step.low && steps[count - 1].dark < step.dark));
        steps[count++] = step;
    }
    assert_true(count > 0);
    return count;
}

static inline const Step *step_of(const Step *steps, int count, double value)
{
    for (int i = 0; i < count; i++)
        if (value >= steps[i].low - 1e-9 * fabs(steps[i].low) &&
            (value < steps[i].high || i == count - 1))
            return &steps[i];
    return NULL;
}

static inline void check_cells(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    int cells = chart->category_count * chart->series_count;
    Shapes boxes = shapes_of(reading->drawing, is_box);
    Step steps[STEP_LIMIT];
    assert_true(boxes.count > (size_t)cells);
    boxes.next = (size_t)cells;
    int count = read_key(reading, &boxes, steps);
    for (int i = 0; i < cells; i++) {
        const ChartPoint *point =
            &chart->series[i / chart->category_count].points[i % chart->category_count];
        if (point->missing) {
            assert_int_equal(boxes.list[i]->pattern, PATTERN_EMPTY);
            continue;
        }
        const Step *step = step_of(steps, count, value_of(point));
        if (!step || step->dark != darkness(boxes.list[i]))
            fail_msg("%g has not the tone of its step", value_of(point));
    }
}

/* ---------------------------------------------------------------- 雷达 */

/* Rings are closed and not filled; the series are not closed. */
static inline bool is_web(const Shape *shape)
{
    const Path *path = &shape->path;
    return !shape->filled && shape->stroke_width < LENGTH_PT(1) && path->op_count > 0 &&
           path->ops[path->op_count - 1] == PATH_CLOSE;
}

static inline bool is_spoke(const Shape *shape)
{
    return !shape->filled && shape->stroke_width < LENGTH_PT(1) && shape->path.op_count == 2;
}

static inline bool is_polygon(const Shape *shape)
{
    const Path *path = &shape->path;
    bool key = path->op_count == 2 && path->points[0].y == path->points[1].y &&
               path->points[1].x - path->points[0].x == LENGTH_PT(20);
    return !shape->filled && shape->stroke_width == LENGTH_PT(1.25) && !key;
}

/* The figure of a ring stands beside its first corner or in the middle of an edge. */
static inline bool read_ring(const Reading *reading, const Path *ring, double *value)
{
    Point top = ring->points[0];
    for (size_t i = 0; i < reading->texts.count; i++) {
        const Box *box = &reading->texts.boxes[i];
        double x = (box->left + box->right) / 2.0, y = (box->top + box->bottom) / 2.0;
        bool here = near(y, top.y, HAIR) && (near(box->left, top.x + LENGTH_PT(2), HAIR) ||
                                                near(box->right, top.x - LENGTH_PT(2), HAIR));
        for (int c = 0; c < ring->point_count; c++) {
            Point from = ring->points[c], to = ring->points[(c + 1) % ring->point_count];
            here = here ||
                   (near(x, (from.x + to.x) / 2.0, HAIR) && near(y, (from.y + to.y) / 2.0, HAIR));
        }
        if (!here || !read_figure(reading->texts.texts[i], reading->left.shift, value))
            continue;
        reading->used[i] = true;
        return true;
    }
    return false;
}

/* How far out a figure of 1 is, on each axis the same: by the outermost ring that says its figure;
 * 0 when none does. Rings lie at equal distances. */
static inline double read_rings(const Reading *reading, const Shapes *rings, Point centre)
{
    double unit = 0, step = 0;
    for (size_t k = 0; k < rings->count; k++) {
        const Path *path = &rings->list[k]->path;
        double value, far = hypot(path->points[0].x - centre.x, path->points[0].y - centre.y);
        step = k == 0 ? far : step;
        check_near(far, step * (double)(k + 1), HAIR * (double)(k + 1), "ring");
        if (read_ring(reading, path, &value)) {
            if (unit > 0)
                check_near(far, value * unit, 2 * HAIR, "figure of a ring");
            unit = far / value;
        }
    }
    return unit;
}

static inline double full_marks(const DocChart *chart, int category)
{
    return chart->targets ? value_of(&chart->targets[category]) : 1;
}

static inline void check_corner(
    const Reading *reading, Point centre, double unit, Point at, int series, int category)
{
    const DocChart *chart = reading->chart;
    double far =
        unit * value_of(&chart->series[series].points[category]) / full_marks(chart, category);
    double angle = 2 * M_PI * category / chart->category_count;
    check_near(at.x, centre.x + far * sin(angle), HAIR + 0.0002 * far, "corner");
    check_near(at.y, centre.y - far * cos(angle), HAIR + 0.0002 * far, "corner");
}

/* Corners in order; back to the first where both ends of the last edge are there. */
static inline void check_polygons(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    int count = chart->category_count;
    Shapes rings = shapes_of(reading->drawing, is_web);
    Shapes spokes = shapes_of(reading->drawing, is_spoke);
    Shapes polygons = shapes_of(reading->drawing, is_polygon);
    Point centre = next_shape(&spokes)->path.points[0];
    double unit = read_rings(reading, &rings, centre);
    for (int s = 0; s < chart->series_count; s++) {
        const Path *path = &next_shape(&polygons)->path;
        const ChartPoint *points = chart->series[s].points;
        int point = 0;
        for (int i = 0; i <= count; i++) {
            if (points[i % count].missing)
                continue;
            assert_true(point < path->point_count);
            Point at = path->points[point++];
            if (unit > 0)
                check_corner(reading, centre, unit, at, s, i % count);
        }
        assert_int_equal(point, path->point_count);
    }
    no_more(&polygons);
}

#endif
