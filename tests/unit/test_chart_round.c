/* 环形 进度 热力 雷达: what is drawn is what the figures say, no text meets another, nothing leaves
 * the frame; wrong data has its message. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include "chart_marks.h"

static const Length HAIR = 3; /* rounding to 1/1024 pt, twice */

/* ---------------------------------------------------------------- made charts */

static DocChart *fixed_chart(
    Arena *arena, ChartKind kind, int categories, int series, const char *const *values)
{
    static const char *const names[] = {"长塘", "大湾", "石桥", "新屋", "洋江", "龙潭"};
    DocChart *chart = ARENA_NEW(arena, DocChart);
    *chart = (DocChart){.kind = kind, .number = 1, .labels = true, .unit = "吨"};
    chart->caption = inline_text(arena, "清理量", (At){0});
    chart->category_count = categories;
    chart->categories = ARENA_ARRAY(arena, const char *, categories);
    for (int c = 0; c < categories; c++)
        chart->categories[c] = names[c % 6];
    chart->series_count = series;
    chart->series = ARENA_ARRAY(arena, ChartSeries, series);
    for (int s = 0; s < series; s++) {
        chart->series[s].name = series > 1 ? names[(s + 2) % 6] : NULL;
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, categories);
        for (int c = 0; c < categories; c++)
            set_point(&chart->series[s].points[c], values ? values[s * categories + c] : "1");
    }
    return chart;
}

static DocChart *random_round(Arena *arena, ChartKind kind)
{
    static const struct {
        int least, most, series;
    } sizes[CHART_KIND_COUNT] = {[CHART_DONUT] = {1, 12, 1},
        [CHART_BULLET] = {1, 30, 1},
        [CHART_HEAT] = {1, 16, 24},
        [CHART_RADAR] = {3, 12, 4}};
    int range = sizes[kind].most - sizes[kind].least + 1;
    int categories = sizes[kind].least + (int)random_below((uint32_t)range);
    int series = 1 + (int)random_below((uint32_t)sizes[kind].series);
    DocChart *chart = fixed_chart(arena, kind, categories, series, NULL);
    int longest = 1 + (int)random_below(kind == CHART_HEAT ? 6 : 12);
    int power = 1 + (int)random_below(12);
    bool gaps = random_below(3) == 0;
    chart->unit = random_below(2) ? "吨" : NULL;
    chart->labels = random_below(10) > 0;
    for (int c = 0; c < categories; c++)
        chart->categories[c] = random_name(arena, longest);
    for (int s = 0; s < series; s++) {
        chart->series[s].name = random_name(arena, longest);
        for (int c = 0; c < categories; c++) {
            ChartPoint *point = &chart->series[s].points[c];
            point->missing = gaps && c + s > 0 && random_below(4) == 0;
            point->value = random_value(power, kind == CHART_HEAT && random_below(2));
            label_point(arena, point);
        }
    }
    ChartPoint *first = &chart->series[0].points[0]; /* not all are 0 */
    first->value.mantissa |= 1;
    label_point(arena, first);
    return chart;
}

/* ---------------------------------------------------------------- what is drawn */

/* Filled, with a path of so many points (-1: any); in the order of drawing. */
static const Shape *filled_shape(const Page *page, size_t *mark, int points)
{
    for (; *mark < page->mark_count; (*mark)++) {
        const Mark *found = &page->marks[*mark];
        if (found->kind == MARK_SHAPE && found->shape.filled &&
            (points < 0 || found->shape.path.point_count == points))
            return &page->marks[(*mark)++].shape;
    }
    return NULL;
}

static void check_sense(Drawing *drawing)
{
    if (!drawing->placed)
        fail_msg("%s", printed(drawing, true));
    Boxes texts = text_boxes(drawing);
    check_frame(drawing, &texts);
    check_apart(&texts);
}

/* Where a ring's slice begins and ends on its outer circle, as an angle from 12 o'clock. */
static double angle_of(Point at, Point centre)
{
    double angle = atan2(at.x - centre.x, centre.y - at.y);
    return angle < 0 ? angle + 2 * M_PI : angle;
}

static Point donut_centre(const Drawing *drawing)
{
    Box box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    size_t mark = 0;
    for (const Shape *shape; (shape = filled_shape(drawing->page, &mark, -1));) {
        for (int i = 0; i < shape->path.point_count; i++)
            box.bottom =
                shape->path.points[i].y > box.bottom ? shape->path.points[i].y : box.bottom;
        for (int i = 0; i < shape->path.point_count; i++)
            box.top = shape->path.points[i].y < box.top ? shape->path.points[i].y : box.top;
    }
    return (Point){(drawing->frame.left + drawing->frame.right) / 2, (box.top + box.bottom) / 2};
}

/* ---------------------------------------------------------------- 环形 */

static void check_angles(Drawing *drawing)
{
    const DocChart *chart = drawing->chart;
    double sum = 0, before = 0;
    for (int c = 0; c < chart->category_count; c++)
        sum += chart->series[0].points[c].missing
                   ? 0
                   : decimal_to_double(chart->series[0].points[c].value);
    Point top = {0, 0};
    size_t mark = 0;
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *point = &chart->series[0].points[c];
        if (point->missing || decimal_sign(point->value) == 0)
            continue;
        const Shape *shape = filled_shape(drawing->page, &mark, -1);
        assert_non_null(shape);
        const Path *path = &shape->path;
        double share = decimal_to_double(point->value) / sum;
        if (before == 0)
            top = path->points[0];
        if (share > 0.999999)
            return;
        /* the end of the outer arc is the last point before the line inwards */
        int line = 1;
        while (path->ops[line] != PATH_LINE)
            line++;
        Point end = path->points[3 * (line - 1)];
        double radius = hypot(end.x - path->points[3 * (line - 1) + 1].x,
                            end.y - path->points[3 * (line - 1) + 1].y) /
                        0.44;
        Point centre = {top.x, top.y + (Length)lround(radius)};
        double angle = angle_of(end, centre);
        before += share;
        double off = fabs(angle - 2 * M_PI * before);
        off = off > M_PI ? 2 * M_PI - off : off;
        assert_true(off < 2 * M_PI * 0.001);
    }
}

static void test_donut_angles(void **state)
{
    (void)state;
    static const char *const values[] = {"25", "50", "20", NULL, "5.5", "0"};
    Arena *arena = arena_new();
    Drawing drawing = draw(fixed_chart(arena, CHART_DONUT, 6, 1, values));
    check_sense(&drawing);
    check_angles(&drawing);
    Point centre = donut_centre(&drawing);
    assert_true(centre.x > drawing.frame.left && centre.x < drawing.frame.right);
    assert_non_null(strstr(printed(&drawing, false), "合计100.5吨"));
    finish(&drawing);
    arena_free(arena);
}

/* Ratios have no sum; a sum that the hole cannot hold is left out, and the caption says so. */
static void test_donut_total(void **state)
{
    (void)state;
    static const char *const large[] = {"123456789012345678", "100000000000000001"};
    Arena *arena = arena_new();
    DocChart *chart = fixed_chart(arena, CHART_DONUT, 2, 1, NULL);
    chart->percent = true;
    Drawing drawing = draw(chart);
    assert_null(strstr(printed(&drawing, false), "合计"));
    finish(&drawing);
    chart = fixed_chart(arena, CHART_DONUT, 2, 1, large);
    chart->unit = "个各村生活垃圾清理量吨";
    drawing = draw(chart);
    check_sense(&drawing);
    assert_null(strstr(printed(&drawing, false), "合计"));
    assert_non_null(strstr(printed(&drawing, false), "部分数值未标注"));
    finish(&drawing);
    arena_free(arena);
}

static void test_random_donuts(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (int i = 0; i < 2000; i++, arena_reset(arena)) {
        Drawing drawing = draw(random_round(arena, CHART_DONUT));
        check_sense(&drawing);
        check_angles(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

/* ---------------------------------------------------------------- 进度 */

/* Boxes of rows: a track for each target above 0, in it what is done. The keys come first. */
static void check_bullet(Drawing *drawing)
{
    const DocChart *chart = drawing->chart;
    size_t mark = 0;
    filled_shape(drawing->page, &mark, 4);
    filled_shape(drawing->page, &mark, 4);
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *done = &chart->series[0].points[c], *target = &chart->targets[c];
        Box track, bar;
        if (target->missing || decimal_sign(target->value) == 0)
            continue;
        const Shape *shape = filled_shape(drawing->page, &mark, 4);
        assert_non_null(shape);
        shape_box(shape, &track);
        if (done->missing || decimal_sign(done->value) == 0)
            continue;
        shape = filled_shape(drawing->page, &mark, 4);
        assert_non_null(shape);
        shape_box(shape, &bar);
        double share = decimal_to_double(done->value) / decimal_to_double(target->value);
        double should = share * box_width(&track);
        assert_int_equal(bar.left, track.left);
        assert_true(fabs(box_width(&bar) - should) <= should * 0.001 + HAIR * (1 + share));
    }
    assert_null(filled_shape(drawing->page, &mark, 4));
}

static void test_bullet(void **state)
{
    (void)state;
    static const char *const values[] = {"45.2", "63", NULL, "7", "3", "0"};
    static const char *const targets[] = {"60", "42", "10", NULL, "0", "9"};
    Arena *arena = arena_new();
    DocChart *chart = fixed_chart(arena, CHART_BULLET, 6, 1, values);
    chart->targets = points_of(arena, chart->category_count, targets);
    Drawing drawing = draw(chart);
    check_sense(&drawing);
    check_bullet(&drawing);
    assert_non_null(strstr(printed(&drawing, false),
        "100%\n"
        "长塘 45.2／60 75.3%\n大湾 63.0／42 150.0%\n石桥 缺数／10\n新屋 7.0 未下达目标\n"
        "洋江 3.0／0 目标为0\n龙潭 0.0／9 0.0%\n"));
    finish(&drawing);
    chart->labels = false; /* why a row has no bar is said all the same */
    drawing = draw(chart);
    check_sense(&drawing);
    assert_null(strstr(printed(&drawing, false), "45.2"));
    assert_non_null(strstr(printed(&drawing, false), "新屋 未下达目标"));
    finish(&drawing);
    arena_free(arena);
}

static void test_random_bullets(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (int i = 0; i < 2000; i++, arena_reset(arena)) {
        DocChart *chart = random_round(arena, CHART_BULLET);
        chart->targets = ARENA_ARRAY(arena, ChartPoint, chart->category_count);
        for (int c = 0; c < chart->category_count; c++) {
            ChartPoint *target = &chart->targets[c];
            target->missing = c > 0 && random_below(5) == 0;
            target->value = random_value(1 + (int)random_below(12), false);
            label_point(arena, target);
        }
        Drawing drawing = draw(chart);
        check_sense(&drawing);
        check_bullet(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

/* ---------------------------------------------------------------- 热力 */

/* How dark a fill is; of patterns, which place they have in the row of the key. */
static int darkness(const Shape *shape)
{
    static const int ranks[PATTERN_COUNT] = {[PATTERN_EMPTY] = 1,
        [PATTERN_DOTS] = 2,
        [PATTERN_VERTICAL] = 3,
        [PATTERN_BACK_DIAGONAL] = 4,
        [PATTERN_DIAGONAL] = 5,
        [PATTERN_CROSS] = 6,
        [PATTERN_SOLID] = 7};
    int grey = 299 * shape->fill.red + 587 * shape->fill.green + 114 * shape->fill.blue;
    return shape->pattern == PATTERN_SOLID && grey > 0 ? 255 - grey / 1000
                                                       : 1000 * ranks[shape->pattern];
}

/* The greater figure is never lighter; cells stand in rows of the series. */
static void check_tones(Drawing *drawing)
{
    const DocChart *chart = drawing->chart;
    int count = chart->category_count * chart->series_count, known = 0;
    struct {
        Decimal value;
        int dark;
    } cells[500];
    size_t mark = 0;
    for (int i = 0; i < count; i++) {
        const ChartPoint *point =
            &chart->series[i / chart->category_count].points[i % chart->category_count];
        const Shape *shape = filled_shape(drawing->page, &mark, 4);
        assert_non_null(shape);
        if (point->missing)
            assert_int_equal(shape->pattern, PATTERN_EMPTY);
        else {
            cells[known].value = point->value;
            cells[known++].dark = darkness(shape);
        }
    }
    for (int i = 0; i < known; i++)
        for (int k = 0; k < i; k++) {
            int order = decimal_cmp(cells[i].value, cells[k].value);
            assert_true(order < 0 || cells[i].dark >= cells[k].dark);
            assert_true(order > 0 || cells[i].dark <= cells[k].dark);
        }
}

static void test_heat(void **state)
{
    (void)state;
    static const char *const values[] = {"0", "15", "34", "40", "59", "60", "75", NULL, "30"};
    Arena *arena = arena_new();
    for (ChartPalette palette = PALETTE_GREY; palette <= PALETTE_MONO; palette++) {
        DocChart *chart = fixed_chart(arena, CHART_HEAT, 3, 3, values);
        chart->palette = palette;
        Drawing drawing = draw(chart);
        check_sense(&drawing);
        check_tones(&drawing);
        const char *text = printed(&drawing, false);
        assert_non_null(strstr(text, "石桥 0 15 34\n新屋 40 59 60\n洋江 75 30\n长塘 大湾 石桥\n"));
        assert_non_null(strstr(text, "缺数\t0\t15\t30\t45\t60\t75\n"));
        finish(&drawing);
    }
    arena_free(arena);
}

static void test_random_heats(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (int i = 0; i < 500; i++, arena_reset(arena)) {
        DocChart *chart = random_round(arena, CHART_HEAT);
        chart->palette = (ChartPalette)random_below(3);
        Drawing drawing = draw(chart);
        check_sense(&drawing);
        check_tones(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

/* ---------------------------------------------------------------- 雷达 */

static Point marker_centre(const Shape *shape)
{
    const Path *path = &shape->path; /* the first series alone has the round marker */
    return (Point){path->points[0].x, path->points[0].y + LENGTH_PT(5.5) / 2};
}

/* The markers of the first series lie on their axes, as far out as their figures say. */
static void test_radar(void **state)
{
    (void)state;
    static const char *const values[] = {
        "10", "7.5", "5", NULL, "2.5", "0", "10", "10", "10", "10", "10", "10"};
    static const double should[] = {10, 7.5, 5, 2.5, 0};
    static const int axes[] = {0, 1, 2, 4, 5};
    Arena *arena = arena_new();
    Drawing drawing = draw(fixed_chart(arena, CHART_RADAR, 6, 2, values));
    check_sense(&drawing);
    size_t mark = 0;
    Point at[5];
    filled_shape(drawing.page, &mark, 37); /* the legend's */
    for (int i = 0; i < 5; i++)
        at[i] = marker_centre(filled_shape(drawing.page, &mark, 37));
    Point centre = at[4];
    double radius = centre.y - at[0].y;
    for (int i = 0; i < 4; i++) {
        double far = radius * should[i] / 10, angle = 2 * M_PI * axes[i] / 6;
        assert_true(fabs(centre.x + far * sin(angle) - at[i].x) <= radius * 0.001);
        assert_true(fabs(centre.y - far * cos(angle) - at[i].y) <= radius * 0.001);
    }
    finish(&drawing);
    arena_free(arena);
}

/* A missing figure parts the polygon; the others stay joined, over the first axis too. */
static void test_radar_gap(void **state)
{
    (void)state;
    static const char *const values[] = {"1", "2", NULL, "3", "4"};
    Arena *arena = arena_new();
    Drawing drawing = draw(fixed_chart(arena, CHART_RADAR, 5, 1, values));
    int moves = 0, lines = 0;
    for (size_t i = 0; i < drawing.page->mark_count; i++) {
        const Shape *shape = &drawing.page->marks[i].shape;
        if (drawing.page->marks[i].kind != MARK_SHAPE || shape->stroke_width != LENGTH_PT(1.25))
            continue;
        for (int k = 0; k < shape->path.op_count; k++) {
            moves += shape->path.ops[k] == PATH_MOVE;
            lines += shape->path.ops[k] == PATH_LINE;
        }
    }
    assert_int_equal(moves, 2);
    assert_int_equal(lines, 3);
    finish(&drawing);
    arena_free(arena);
}

/* Full marks: each axis shows the share reached, its name the marks. */
static void test_radar_full_marks(void **state)
{
    (void)state;
    static const char *const values[] = {"15", "5", "10"}, *const full[] = {"30", "10", "20"};
    Arena *arena = arena_new();
    DocChart *chart = fixed_chart(arena, CHART_RADAR, 3, 1, values);
    chart->targets = points_of(arena, chart->category_count, full);
    Drawing drawing = draw(chart);
    check_sense(&drawing);
    size_t mark = 0;
    Point a = marker_centre(filled_shape(drawing.page, &mark, 37));
    Point b = marker_centre(filled_shape(drawing.page, &mark, 37));
    Point c = marker_centre(filled_shape(drawing.page, &mark, 37));
    double first = hypot(a.x - b.x, a.y - b.y), second = hypot(b.x - c.x, b.y - c.y);
    assert_true(fabs(first - second) < first * 0.001);
    assert_non_null(strstr(printed(&drawing, false), "长塘（30）\t大湾（10）\t石桥（20）\n100%"));
    finish(&drawing);
    arena_free(arena);
}

/* No text on the polygons. */
static void check_strokes(Drawing *drawing)
{
    Boxes texts = text_boxes(drawing);
    Canvas canvas = {.ts = &drawing->ts};
    for (size_t i = 0; i < drawing->page->mark_count; i++) {
        const Shape *shape = &drawing->page->marks[i].shape;
        if (drawing->page->marks[i].kind != MARK_SHAPE || shape->stroke_width != LENGTH_PT(1.25))
            continue;
        int point = -1;
        for (int k = 0; k < shape->path.op_count; k++) {
            point++;
            if (shape->path.ops[k] == PATH_LINE)
                canvas_stroke(&canvas, shape->path.points[point - 1], shape->path.points[point]);
        }
    }
    Box anywhere = {INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX};
    for (size_t i = 0; i < texts.count; i++) {
        Box box = texts.boxes[i];
        Length margin = LENGTH_PT(0.6);
        box = (Box){box.left + margin, box.top + margin, box.right - margin, box.bottom - margin};
        assert_true(canvas_is_free(&canvas, &box, &anywhere));
    }
}

static void test_random_radars(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (int i = 0; i < 2000; i++, arena_reset(arena)) {
        Drawing drawing = draw(random_round(arena, CHART_RADAR));
        check_sense(&drawing);
        check_strokes(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

/* ---------------------------------------------------------------- wrong data */

static const struct Wrong {
    ChartKind kind;
    int categories, series;
    const char *first;      /* the first figure; the others are 1 */
    const char *targets[3]; /* used when there are at most 3 categories */
    const char *message;
} wrongs[] = {
    {CHART_DONUT, 2, 1, "-1", {NULL}, "E314"},
    {CHART_DONUT, 1, 1, "0", {NULL}, "E315"},
    {CHART_DONUT, 2, 2, "1", {NULL}, "E316"},
    {CHART_DONUT, 25, 1, "1", {NULL}, "E317"},
    {CHART_DONUT, 2, 1, "9223372036854775807", {NULL}, "E388"},
    {CHART_RADAR, 3, 1, "1", {"1", NULL, "1"}, "E389"},
    {CHART_RADAR, 3, 1, "1", {"1", "0", "1"}, "E389"},
    {CHART_BULLET, 3, 1, "1", {NULL, NULL, NULL}, "E390"},
    {CHART_BULLET, 4, 1, "1", {NULL}, "E390"},
    {CHART_BULLET, 3, 1, "-1", {"1", "1", "1"}, "E391"},
    {CHART_BULLET, 3, 1, "1", {"1", "1", "-1"}, "E391"},
    {CHART_BULLET, 3, 2, "1", {"1", "1", "1"}, "E319"},
    {CHART_BULLET, 37, 1, "1", {NULL}, "E392"},
    {CHART_HEAT, 2, 31, "1", {NULL}, "E392"},
    {CHART_HEAT, 60, 2, "1", {NULL}, "E317"},
    {CHART_RADAR, 2, 1, "1", {NULL}, "E393"},
    {CHART_RADAR, 13, 1, "1", {NULL}, "E393"},
    {CHART_RADAR, 4, 1, "-1", {NULL}, "E394"},
    {CHART_RADAR, 4, 5, "1", {NULL}, "E319"},
};

static void test_wrong_data(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const struct Wrong *wrong = &wrongs[i];
        DocChart *chart = fixed_chart(arena, wrong->kind, wrong->categories, wrong->series, NULL);
        set_point(&chart->series[0].points[0], wrong->first);
        if (wrong->categories == 3)
            chart->targets = points_of(arena, chart->category_count, wrong->targets);
        Drawing drawing = draw(chart);
        assert_false(drawing.placed);
        assert_int_equal(diag_count(drawing.ts.diags, DIAG_ERROR), 1);
        assert_non_null(strstr(printed(&drawing, true), wrong->message));
        finish(&drawing);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_donut_angles),
        cmocka_unit_test(test_donut_total),
        cmocka_unit_test(test_random_donuts),
        cmocka_unit_test(test_bullet),
        cmocka_unit_test(test_random_bullets),
        cmocka_unit_test(test_heat),
        cmocka_unit_test(test_random_heats),
        cmocka_unit_test(test_radar),
        cmocka_unit_test(test_radar_gap),
        cmocka_unit_test(test_radar_full_marks),
        cmocka_unit_test(test_random_radars),
        cmocka_unit_test(test_wrong_data),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
