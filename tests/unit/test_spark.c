/* Charts in the cells of tables: what is drawn is the data within a thousandth, gaps stay gaps,
 * nothing leaves the line of text, and a column of small bars has one measure. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "typeset/chart/spark.h"

enum { ROUNDS = 2000, POINTS_MOST = 36, THOUSANDTH = 1000 };

static uint32_t seed = 5;

static uint32_t any(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(seed >> 4) * limit) >> 28);
}

typedef struct Case {
    Arena *arena;
    Typesetter ts;
    Page *page;
    DocChart chart;
    Box frame;
} Case;

static Case *case_new(ChartKind kind, int count)
{
    Arena *arena = arena_new();
    Case *c = ARENA_NEW(arena, Case);
    c->arena = arena;
    c->ts = (Typesetter){.arena = arena, .pages = pages_new(arena)};
    c->page = pages_add(c->ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    c->chart = (DocChart){.kind = kind,
        .category_count = count,
        .series = ARENA_NEW(arena, ChartSeries),
        .series_count = 1,
        .alt = "说明"};
    c->chart.series->points = ARENA_ARRAY(arena, ChartPoint, count);
    Length size = LENGTH_PT(12), x = LENGTH_MM(50), y = LENGTH_MM(60);
    c->frame = (Box){x, y, x + spark_width(&c->chart, size), y + size};
    return c;
}

static void set_point(Case *c, int i, const char *value)
{
    ChartPoint *point = &c->chart.series->points[i];
    *point = (ChartPoint){.missing = !value, .label = value};
    assert_true(!value || decimal_parse(value, &point->value));
}

/* From 10^-2 to 10^12, some missing, some negative, sometimes all equal; at least one is there. */
static Case *random_case(ChartKind kind)
{
    Case *c = case_new(kind, 1 + (int)any(POINTS_MOST));
    int64_t limit = 100;
    for (uint32_t power = any(13); power > 0; power--)
        limit *= 10;
    bool equal = any(9) == 0, negative = any(3) == 0;
    int64_t first = (int64_t)(((uint64_t)any(1u << 28) << 18) % (uint64_t)limit);
    for (int i = 0; i < c->chart.category_count; i++) {
        int64_t value =
            equal ? first : (int64_t)(((uint64_t)any(1u << 28) << 18) % (uint64_t)limit);
        ChartPoint *point = &c->chart.series->points[i];
        point->missing = i > 0 && any(5) == 0;
        point->value = (Decimal){negative && any(2) ? -value : value, 2};
    }
    return c;
}

static void place(Case *c)
{
    SparkRange range = {0};
    spark_note(&range, &c->chart);
    spark_place(&c->ts, c->page, &c->chart, &range, c->frame);
}

static Box shape_box(const Shape *shape)
{
    Box box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (int i = 0; i < shape->path.point_count; i++) {
        Point p = shape->path.points[i];
        box.left = p.x < box.left ? p.x : box.left;
        box.right = p.x > box.right ? p.x : box.right;
        box.top = p.y < box.top ? p.y : box.top;
        box.bottom = p.y > box.bottom ? p.y : box.bottom;
    }
    return box;
}

/* Half the stroke included; dots of the narrowest courses reach a little beyond their slot. */
static void check_inside(const Case *c)
{
    for (size_t i = 0; i < c->page->mark_count; i++) {
        const Mark *mark = &c->page->marks[i];
        if (mark->kind != MARK_SHAPE)
            continue;
        Box box = shape_box(&mark->shape);
        Length half = mark->shape.stroke_width / 2;
        assert_true(box.top - half >= c->frame.top - 4 && box.bottom + half <= c->frame.bottom + 4);
        assert_true(box.left >= c->frame.left - LENGTH_PT(1));
        assert_true(box.right <= c->frame.right + LENGTH_PT(1));
    }
}

static double value_of(const Case *c, int i)
{
    return decimal_to_double(c->chart.series->points[i].value);
}

static bool is_missing(const Case *c, int i)
{
    return c->chart.series->points[i].missing;
}

static double slot_middle(const Case *c, int i)
{
    double slot = box_width(&c->frame) / (double)c->chart.category_count;
    return c->frame.left + slot * (i + 0.5);
}

static void free_case(Case *c)
{
    arena_free(c->arena);
}

/* ---------------------------------------------------------------- courses */

/* The points of all open strokes, which never join what a gap parts. Returns how many there are. */
static int stroke_points(const Case *c, Point *points)
{
    int count = 0;
    for (size_t i = 0; i < c->page->mark_count; i++) {
        const Shape *shape = &c->page->marks[i].shape;
        if (c->page->marks[i].kind != MARK_SHAPE || shape->filled)
            continue;
        assert_true(shape->path.point_count >= 2);
        memcpy(
            points + count, shape->path.points, (size_t)shape->path.point_count * sizeof *points);
        count += shape->path.point_count;
    }
    return count;
}

/* Where each point stands: on a stroke, or as a dot by itself. */
static int drawn_points(const Case *c, Point *drawn)
{
    Point strokes[POINTS_MOST];
    int stroked = stroke_points(c, strokes), used = 0, dots = 0, last = c->chart.category_count - 1;
    for (int i = 0; i <= last; i++) {
        bool before = i > 0 && !is_missing(c, i - 1), after = i < last && !is_missing(c, i + 1);
        if (is_missing(c, i))
            continue;
        dots += i == last || (!before && !after);
        if (before || after) {
            assert_true(used < stroked);
            drawn[i] = strokes[used++];
            assert_in_range(drawn[i].x - slot_middle(c, i) + 40, 0, 80);
        }
    }
    assert_int_equal(used, stroked);
    return dots;
}

static int count_dots(const Case *c, Point *dots)
{
    int count = 0;
    for (size_t i = 0; i < c->page->mark_count; i++)
        if (c->page->marks[i].kind == MARK_SHAPE && c->page->marks[i].shape.filled) {
            Box box = shape_box(&c->page->marks[i].shape);
            dots[count++] = (Point){(box.left + box.right) / 2, (box.top + box.bottom) / 2};
        }
    return count;
}

/* Two points of a course tell the scale; all others must fit it. */
static void check_course(const Case *c, const Point *drawn)
{
    int low = -1, high = -1;
    for (int i = 0; i < c->chart.category_count; i++) {
        if (is_missing(c, i) || drawn[i].x == 0)
            continue;
        low = low < 0 || value_of(c, i) < value_of(c, low) ? i : low;
        high = high < 0 || value_of(c, i) > value_of(c, high) ? i : high;
    }
    if (low < 0 || value_of(c, low) == value_of(c, high))
        return;
    double span = value_of(c, high) - value_of(c, low), drop = drawn[low].y - drawn[high].y;
    for (int i = 0; i < c->chart.category_count; i++)
        if (!is_missing(c, i) && drawn[i].x) {
            double expected = drawn[low].y - (value_of(c, i) - value_of(c, low)) / span * drop;
            assert_true(fabs(drawn[i].y - expected) <= box_height(&c->frame) / (double)THOUSANDTH);
        }
}

static void test_courses(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        Case *c = random_case(CHART_LINE);
        Point drawn[POINTS_MOST] = {{0}}, dots[POINTS_MOST];
        place(c);
        check_inside(c);
        assert_int_equal(drawn_points(c, drawn), count_dots(c, dots));
        check_course(c, drawn);
        free_case(c);
    }
}

/* All of the height is used, but for the dots; equal figures stand in the middle. */
static void test_height(void **state)
{
    (void)state;
    static const char *const values[][3] = {
        {"99.9", "100", "100.1"}, {"-5", "0", "5"}, {"7", "7", "7"}, {"0", "0", "1000000000000"}};
    for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
        Case *c = case_new(CHART_LINE, 3);
        Point points[3];
        for (int i = 0; i < 3; i++)
            set_point(c, i, values[k][i]);
        place(c);
        assert_int_equal(stroke_points(c, points), 3);
        Length drop = points[0].y - points[2].y, height = box_height(&c->frame) - LENGTH_PT(3);
        if (k == 2)
            assert_in_range(points[0].y - (c->frame.top + c->frame.bottom) / 2 + 20, 0, 40);
        else
            assert_in_range(drop, height * 98 / 100, height);
        free_case(c);
    }
}

/* A last period that is missing has no dot: the one before must not pass for it. */
static void test_dots(void **state)
{
    (void)state;
    static const struct {
        const char *values[4];
        int dots;
        bool last;
    } cases[] = {{{"1", "2", "3", "4"}, 1, true}, {{"1", "2", "3", NULL}, 0, false},
        {{"1", NULL, "3", NULL}, 2, false}, {{NULL, NULL, NULL, "4"}, 1, true}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        Case *c = case_new(CHART_LINE, 4);
        Point dots[4];
        for (int i = 0; i < 4; i++)
            set_point(c, i, cases[k].values[i]);
        place(c);
        int count = count_dots(c, dots);
        assert_int_equal(count, cases[k].dots);
        bool last = count > 0 && fabs(dots[count - 1].x - slot_middle(c, 3)) < 40;
        assert_true(last == cases[k].last);
        free_case(c);
    }
}

/* ---------------------------------------------------------------- small bars */

static void check_bars(const Case *c, Length base)
{
    double reach = 0, tallest = 0;
    int bar = 0;
    Box bars[POINTS_MOST];
    for (size_t i = 0; i < c->page->mark_count; i++)
        if (c->page->marks[i].kind == MARK_SHAPE)
            bars[bar++] = shape_box(&c->page->marks[i].shape);
    int count = bar;
    for (int pass = 0; pass < 2; pass++) {
        bar = 0;
        for (int i = 0; i < c->chart.category_count; i++) {
            if (is_missing(c, i) || bar == count ||
                fabs((bars[bar].left + bars[bar].right) / 2.0 - slot_middle(c, i)) > 80)
                continue; /* too small to be drawn */
            double value = value_of(c, i), height = box_height(&bars[bar]);
            assert_int_equal(value > 0 ? bars[bar].bottom : bars[bar].top, base);
            if (pass == 1)
                assert_true(fabs(height - fabs(value) / reach * tallest) <=
                            box_height(&c->frame) / (double)THOUSANDTH + 1);
            else if (fabs(value) > reach)
                reach = fabs(value), tallest = height;
            bar++;
        }
        assert_int_equal(bar, count);
    }
}

static void test_bars(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        Case *c = random_case(CHART_BAR);
        place(c);
        check_inside(c);
        const Mark *rule = &c->page->marks[c->page->mark_count - 1];
        assert_int_equal(rule->kind, MARK_RECT);
        assert_int_equal(rule->rect.width, box_width(&c->frame));
        check_bars(c, rule->rect.y + rule->rect.height / 2);
        free_case(c);
    }
}

/* 3 in a row of a column that holds 6 elsewhere is half as high. */
static void test_one_measure(void **state)
{
    (void)state;
    Case *c = case_new(CHART_BAR, 2), *other = case_new(CHART_BAR, 2);
    SparkRange range = {0};
    set_point(c, 0, "3");
    set_point(c, 1, NULL);
    set_point(other, 0, "6");
    set_point(other, 1, "1");
    spark_note(&range, &c->chart);
    spark_note(&range, &other->chart);
    spark_place(&c->ts, c->page, &c->chart, &range, c->frame);
    Box box = shape_box(&c->page->marks[0].shape);
    assert_in_range(2 * box_height(&box), box_height(&c->frame) * 9 / 10, box_height(&c->frame));
    free_case(c);
    free_case(other);
}

/* ---------------------------------------------------------------- the bar beside a figure */

/* With its outline it is as long as it is asked to be. */
static void test_bar(void **state)
{
    (void)state;
    for (Length width = 1; width < LENGTH_PT(60); width += 997) {
        Case *c = case_new(CHART_BAR, 1);
        spark_bar(&c->ts, c->page, (Box){1000, 1000, 1000 + width, 7000});
        assert_int_equal(c->page->mark_count, 1);
        const Mark *mark = c->page->marks;
        if (mark->kind == MARK_RECT) {
            assert_true(width <= mark->rect.width && mark->rect.width == LENGTH_PT(1));
        } else {
            Box box = shape_box(&mark->shape);
            assert_int_equal(box_width(&box) + mark->shape.stroke_width, width);
        }
        free_case(c);
    }
}

/* What is drawn is told in words, with its marks. */
static void test_told(void **state)
{
    (void)state;
    Case *c = case_new(CHART_LINE, 2);
    set_point(c, 0, "1");
    set_point(c, 1, "2");
    c->chart.caption = inline_text(c->arena, "长塘村走势", (At){0});
    place(c);
    assert_int_equal(c->ts.pages->figure_count, 1);
    const PageFigure *figure = c->ts.pages->figures;
    assert_string_equal(figure->title, "长塘村走势");
    assert_string_equal(figure->alt, "说明");
    assert_int_equal(figure->first, 0);
    assert_int_equal(figure->end, c->page->mark_count);
    free_case(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_courses),
        cmocka_unit_test(test_height),
        cmocka_unit_test(test_dots),
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_one_measure),
        cmocka_unit_test(test_bar),
        cmocka_unit_test(test_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
