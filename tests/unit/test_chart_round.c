/* 环形 进度 热力 雷达: what is printed and read of cases that matter; wrong data has its message.
 * What is drawn of any data: test_chart_random.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include "chart_marks.h"

/* ---------------------------------------------------------------- what is drawn */

static void check_sense(Drawing *drawing)
{
    if (!drawing->placed)
        fail_msg("%s", printed(drawing, true));
    Boxes texts = text_boxes(drawing);
    check_frame(drawing, &texts);
    check_apart(&texts);
}

/* ---------------------------------------------------------------- 环形 */

/* Of what is there. Ratios have no sum; a sum that the hole cannot hold is left out, and the
 * caption says so. */
static void test_donut_total(void **state)
{
    (void)state;
    static const char *const values[] = {"25", "50", "20", NULL, "5.5", "0"};
    static const char *const large[] = {"123456789012345678", "100000000000000001"};
    Arena *arena = arena_new();
    Drawing drawing = draw(captioned_chart(arena, CHART_DONUT, 6, 1, values));
    check_sense(&drawing);
    assert_non_null(strstr(printed(&drawing, false), "合计100.5吨"));
    finish(&drawing);
    DocChart *chart = captioned_chart(arena, CHART_DONUT, 2, 1, NULL);
    chart->percent = true;
    drawing = draw(chart);
    assert_null(strstr(printed(&drawing, false), "合计"));
    finish(&drawing);
    chart = captioned_chart(arena, CHART_DONUT, 2, 1, large);
    chart->unit = "个各村生活垃圾清理量吨";
    drawing = draw(chart);
    check_sense(&drawing);
    assert_null(strstr(printed(&drawing, false), "合计"));
    assert_non_null(strstr(printed(&drawing, false), "部分数值未标注"));
    finish(&drawing);
    arena_free(arena);
}

/* Beside another chart a name of ten characters stands in two lines, and is read as one. */
static void test_broken_names(void **state)
{
    (void)state;
    static const char *const values[] = {"25", "50", "20"};
    static const char *names[] = {"长塘大湾石桥新屋洋江", "龙潭村", "白马红旗双溪枫树坪上"};
    Arena *arena = arena_new();
    for (ChartKind kind = CHART_PIE; kind <= CHART_DONUT; kind++) {
        DocChart *chart = captioned_chart(arena, kind, 3, 1, values);
        chart->categories = names;
        Drawing drawing = draw_at(chart, chart_pair_measure(AREA));
        check_sense(&drawing);
        assert_non_null(strstr(printed(&drawing, false), names[0]));
        assert_non_null(strstr(printed(&drawing, false), names[2]));
        finish(&drawing);
    }
    arena_free(arena);
}

/* ---------------------------------------------------------------- 进度 */

static void test_bullet(void **state)
{
    (void)state;
    static const char *const values[] = {"45.2", "63", NULL, "7", "3", "0"};
    static const char *const targets[] = {"60", "42", "10", NULL, "0", "9"};
    Arena *arena = arena_new();
    DocChart *chart = captioned_chart(arena, CHART_BULLET, 6, 1, values);
    chart->targets = points_of(arena, chart->category_count, targets);
    Drawing drawing = draw(chart);
    check_sense(&drawing);
    assert_non_null(strstr(printed(&drawing, false),
        "100%\n"
        "长塘村 45.2／60 75.3%\n大湾村 63.0／42 150.0%\n石桥村 缺数／10\n"
        "新屋村 7.0 未下达目标\n洋江村 3.0／0 目标为0\n龙潭村 0.0／9 0.0%\n"));
    finish(&drawing);
    chart->labels = false; /* why a row has no bar is said all the same */
    drawing = draw(chart);
    check_sense(&drawing);
    assert_null(strstr(printed(&drawing, false), "45.2"));
    assert_non_null(strstr(printed(&drawing, false), "新屋村 未下达目标"));
    finish(&drawing);
    arena_free(arena);
}

/* ---------------------------------------------------------------- 热力 */

static void test_heat(void **state)
{
    (void)state;
    static const char *const values[] = {"0", "15", "34", "40", "59", "60", "75", NULL, "30"};
    Arena *arena = arena_new();
    for (ChartPalette palette = PALETTE_GREY; palette <= PALETTE_MONO; palette++) {
        DocChart *chart = captioned_chart(arena, CHART_HEAT, 3, 3, values);
        chart->palette = palette;
        Drawing drawing = draw(chart);
        check_sense(&drawing);
        const char *text = printed(&drawing, false);
        assert_non_null(strstr(text, "本年 0 15 34\n去年 40 59 60\n其他 75 30\n长塘村 大湾村 石桥村\n"));
        assert_non_null(strstr(text, "缺数\t0\t15\t30\t45\t60\t75\n"));
        finish(&drawing);
    }
    arena_free(arena);
}

/* ---------------------------------------------------------------- 雷达 */

/* A missing figure parts the polygon; the others stay joined, over the first axis too. */
static void test_radar_gap(void **state)
{
    (void)state;
    static const char *const values[] = {"1", "2", NULL, "3", "4"};
    Arena *arena = arena_new();
    Drawing drawing = draw(captioned_chart(arena, CHART_RADAR, 5, 1, values));
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
    DocChart *chart = captioned_chart(arena, CHART_RADAR, 3, 1, values);
    chart->targets = points_of(arena, chart->category_count, full);
    Drawing drawing = draw(chart);
    check_sense(&drawing);
    assert_non_null(strstr(printed(&drawing, false), "长塘村（30）\t大湾村（10）\t石桥村（20）\n100%"));
    finish(&drawing);
    arena_free(arena);
}

/* Noughts of a series meet in the centre and are said once; a ring's figure keeps away. */
static void test_radar_noughts(void **state)
{
    (void)state;
    static const char *const values[] = {"0", "0", "0", "40", "0", "60"};
    Arena *arena = arena_new();
    DocChart *chart = captioned_chart(arena, CHART_RADAR, 6, 1, values);
    Drawing drawing = draw(chart);
    check_sense(&drawing);
    Boxes texts = text_boxes(&drawing);
    int noughts = 0;
    for (size_t i = 0; i < texts.count; i++) {
        Box wide = texts.boxes[i];
        wide.left -= LENGTH_PT(4);
        wide.right += LENGTH_PT(4);
        bool nought = strcmp(texts.texts[i], "0") == 0;
        noughts += nought;
        for (size_t k = 0; nought && k < texts.count; k++)
            assert_true(k == i || !boxes_meet(&wide, &texts.boxes[k]));
    }
    assert_int_equal(noughts, 1);
    assert_null(strstr(printed(&drawing, false), "未标注"));
    finish(&drawing);
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
    {CHART_PIE, 500, 1, "1", {NULL}, "E317"},
    {CHART_BAR, 500, 1, "1", {NULL}, "E317"},
    {CHART_HBAR, 500, 1, "1", {NULL}, "E317"},
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
        DocChart *chart = captioned_chart(arena, wrong->kind, wrong->categories, wrong->series, NULL);
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

/* A line bears any number of points: every so many of their names are printed. */
static void test_long_line(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Drawing drawing = draw(captioned_chart(arena, CHART_LINE, 500, 1, NULL));
    check_sense(&drawing);
    finish(&drawing);
    drawing = draw(captioned_chart(arena, CHART_LINE, 601, 1, NULL)); /* more than are tried */
    assert_non_null(strstr(printed(&drawing, false), "（数值未标注）"));
    finish(&drawing);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_donut_total),
        cmocka_unit_test(test_broken_names),
        cmocka_unit_test(test_bullet),
        cmocka_unit_test(test_heat),
        cmocka_unit_test(test_radar_gap),
        cmocka_unit_test(test_radar_full_marks),
        cmocka_unit_test(test_radar_noughts),
        cmocka_unit_test(test_wrong_data),
        cmocka_unit_test(test_long_line),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
