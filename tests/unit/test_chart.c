/* Charts as lists of marks: goldens of each kind, the rules of the kinds, wrong data. UPDATE=1
 * writes the goldens anew (look at them first). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "chart_drawing.h"
#include "typeset/chart/palette.h"

/* ---------------------------------------------------------------- goldens and rules */

static void check_golden(const char *name, const DocChart *chart)
{
    Drawing drawing = draw(chart);
    assert_true(drawing.placed);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    pages_dump(drawing.ts.pages, out);
    fclose(out);
    char *path = arena_printf(drawing.ts.arena, "tests/data/chart_%s.marks", name);
    if (getenv("UPDATE")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
    }
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *golden = arena_alloc(drawing.ts.arena, length + 2);
    assert_int_equal(fread(golden, 1, length + 1, file), length);
    fclose(file);
    assert_memory_equal(golden, text, length);
    free(text);
    finish(&drawing);
}

static void test_goldens(void **state)
{
    (void)state;
    static const char *const bars[] = {"42.5", "-8", "31.0", "12.25", NULL, "0"};
    static const char *const lines[] = {
        "52.1", "53.0", NULL, "51.2", "54.4", "53.9", "50.3", "51.1", "52.2", "50.9", "51.0", NULL};
    static const char *const parts[] = {"62", "17", "5", "1"};
    static const char *const targets[] = {"60", "20", NULL, "4.5"};
    Arena *arena = arena_new();
    check_golden("bar", captioned_chart(arena, CHART_BAR, 3, 2, bars));
    check_golden("hbar", captioned_chart(arena, CHART_HBAR, 3, 2, bars));
    check_golden("stacked", captioned_chart(arena, CHART_STACKED, 3, 2, bars));
    check_golden("percent", captioned_chart(arena, CHART_PERCENT, 2, 2, parts));
    check_golden("line", captioned_chart(arena, CHART_LINE, 6, 2, lines));
    check_golden("pie", captioned_chart(arena, CHART_PIE, 4, 1, parts));
    check_golden("donut", captioned_chart(arena, CHART_DONUT, 4, 1, parts));
    check_golden("heat", captioned_chart(arena, CHART_HEAT, 6, 2, lines));
    check_golden("radar", captioned_chart(arena, CHART_RADAR, 6, 2, lines));
    DocChart *bullet = captioned_chart(arena, CHART_BULLET, 4, 1, parts);
    bullet->targets = captioned_chart(arena, CHART_BULLET, 4, 1, targets)->series[0].points;
    check_golden("bullet", bullet);
    arena_free(arena);
}

/* The text of a chart reads from top to bottom: unit, ticks, values, names, caption. */
static void test_reading_order(void **state)
{
    (void)state;
    static const char *const values[] = {"4", "8", "3"};
    Arena *arena = arena_new();
    Drawing drawing = draw(captioned_chart(arena, CHART_BAR, 3, 1, values));
    assert_non_null(
        strstr(printed(&drawing, false), "单位：吨\n8 7 6 5 4 3 2 1 0\n4 8 3\n"
                                         "长塘村 大湾村 石桥村\n图2　各村生活垃圾清理量\n"));
    finish(&drawing);
    arena_free(arena);
}

/* Figures of 100,000 and more are printed in 万, at the axis and at the bars alike. */
static void test_ten_thousands(void **state)
{
    (void)state;
    static const char *const values[] = {"1234500", "80000", "3000000"};
    Arena *arena = arena_new();
    Drawing drawing = draw(captioned_chart(arena, CHART_BAR, 3, 1, values));
    const char *text = printed(&drawing, false);
    assert_non_null(strstr(text, "单位：万吨\n"));
    assert_non_null(strstr(text, "\n123.45 8.00 300.00\n"));
    finish(&drawing);
    arena_free(arena);
}

static const struct Wrong {
    ChartKind kind;
    int categories, series;
    const char *values[9];
    const char *message;
} wrongs[] = {
    {CHART_PIE, 2, 1, {"3", "-1"}, "E314"},
    {CHART_PIE, 2, 1, {"0", "0"}, "E315"},
    {CHART_PIE, 2, 2, {"1", "2", "3", "4"}, "E316"},
    {CHART_BAR, 2, 1, {NULL, NULL}, "E313"},
    {CHART_BAR, 0, 1, {NULL}, "E313"},
    {CHART_LINE, 1, 9, {"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "E319"},
};

static void test_wrong_data(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const struct Wrong *wrong = &wrongs[i];
        Drawing drawing =
            draw(captioned_chart(arena, wrong->kind, wrong->categories, wrong->series, wrong->values));
        assert_false(drawing.placed);
        assert_int_equal(diag_count(drawing.ts.diags, DIAG_ERROR), 1);
        assert_non_null(strstr(printed(&drawing, true), wrong->message));
        finish(&drawing);
    }
    arena_free(arena);
}

static Length height_of(DocChart *chart, double lines)
{
    chart->height_lines = lines;
    Drawing drawing = draw(chart);
    Length height = box_height(&drawing.frame);
    assert_int_equal(
        diag_count(drawing.ts.diags, DIAG_WARNING), lines > 20 || (lines > 0 && lines < 6));
    finish(&drawing);
    return height;
}

/* With its caption a chart is as high as so many lines of text. */
static void test_height(void **state)
{
    (void)state;
    static const char *const values[] = {"4", "8", "3"};
    Arena *arena = arena_new();
    DocChart *chart = captioned_chart(arena, CHART_BAR, 3, 1, values);
    Length pitch = (LENGTH_MM(225) - LENGTH_PT(16)) / 21;
    assert_int_equal(height_of(chart, 8), 7 * pitch + LENGTH_PT(16));
    assert_int_equal(height_of(chart, 12) - height_of(chart, 8), 4 * pitch);
    assert_int_equal(height_of(chart, 90), height_of(chart, 20));
    assert_int_equal(height_of(chart, 1), height_of(chart, 6));
    arena_free(arena);
}

/* Slices run clockwise from 12 o'clock and their angles are their shares. */
static void test_pie_angles(void **state)
{
    (void)state;
    static const char *const values[] = {"25", "50", "25"};
    Arena *arena = arena_new();
    Drawing drawing = draw(captioned_chart(arena, CHART_PIE, 3, 1, values));
    const Point *ends[3];
    int count = 0;
    for (size_t i = 0; i < drawing.page->mark_count; i++) {
        const Mark *mark = &drawing.page->marks[i];
        if (mark->kind == MARK_SHAPE && mark->shape.filled)
            ends[count++] = mark->shape.path.points;
    }
    assert_int_equal(count, 3);
    Point centre = ends[0][0], top = ends[0][1];
    assert_int_equal(top.x, centre.x);
    assert_true(top.y < centre.y);
    Length radius = centre.y - top.y;
    assert_in_range(ends[1][1].x - centre.x, radius - 2, radius + 2);
    assert_in_range(ends[1][1].y - centre.y + 2, 0, 4);
    assert_in_range(centre.x - ends[2][1].x, radius - 2, radius + 2);
    finish(&drawing);
    arena_free(arena);
}

/* No two neighbours on the circle look alike. */
static void test_slices_differ(void **state)
{
    (void)state;
    for (int count = 2; count <= SLICE_LIMIT; count++)
        for (int i = 0; i < count; i++) {
            const SeriesStyle *a = palette_slice(PALETTE_GREY, i, count),
                              *b = palette_slice(PALETTE_GREY, (i + 1) % count, count);
            assert_true(a->pattern != b->pattern || a->fill.red != b->fill.red);
        }
}

/* Twelve months of two series whose values do not fit at the bars: all of them stand in rows below
 * the axis. */
static DocChart *monthly_chart(Arena *arena, ChartKind kind, int categories, int series)
{
    DocChart *chart = captioned_chart(arena, kind, 0, series, NULL);
    const char **names = ARENA_ARRAY(arena, const char *, categories);
    chart->category_count = categories;
    chart->categories = names;
    for (int c = 0; c < categories; c++)
        names[c] = arena_printf(arena, "%d月", c % 12 + 1);
    for (int s = 0; s < series; s++) {
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, categories);
        for (int c = 0; c < categories; c++) {
            ChartPoint *point = &chart->series[s].points[c];
            point->value = (Decimal){2500 + (c * 7 + s * 3) % 10 * 100, 1};
            point->label = arena_printf(arena, "%d.0", 250 + (c * 7 + s * 3) % 10 * 10);
        }
    }
    return chart;
}

static void test_value_table(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    static const ChartKind kinds[] = {CHART_BAR, CHART_LINE};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        Drawing drawing = draw(monthly_chart(arena, kinds[k], 12, 3));
        const char *text = printed(&drawing, false);
        assert_non_null(strstr(text, "\n本年 250.0 320.0 290.0 260.0 330.0"));
        assert_non_null(strstr(text, "\n去年 280.0 250.0"));
        assert_null(strstr(text, "未标注"));
        finish(&drawing);
    }
    arena_free(arena);
}

/* One very long name among many short ones stands below them rather than making all high. */
static void test_long_name(void **state)
{
    (void)state;
    static const char LONG[] = "长塘大湾石桥新屋洋江龙潭村大湾石桥新屋村";
    Arena *arena = arena_new();
    for (int place = 0; place < 40; place += 13) {
        DocChart *chart = monthly_chart(arena, CHART_BAR, 40, 1);
        const char **names = ARENA_ARRAY(arena, const char *, 40);
        for (int c = 0; c < 40; c++)
            names[c] = "石桥大湾村";
        chart->categories = names;
        Drawing drawing = draw(chart);
        Length plain = box_height(&drawing.frame);
        finish(&drawing);
        names[place] = LONG;
        drawing = draw(chart);
        assert_true(drawing.placed);
        assert_non_null(strstr(printed(&drawing, false), LONG));
        assert_int_equal(box_height(&drawing.frame), plain);
        finish(&drawing);
    }
    arena_free(arena);
}

/* Without room for that, values are left out, and the caption says so. */
static void test_left_out_values(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Drawing drawing = draw(monthly_chart(arena, CHART_BAR, 36, 4));
    assert_true(drawing.placed);
    assert_non_null(
        strstr(printed(&drawing, false), "图2　各村生活垃圾清理量（部分数值未标注）\n"));
    finish(&drawing);
    arena_free(arena);
}

/* Series and categories without a name are drawn all the same. */
static void test_nameless(void **state)
{
    (void)state;
    static const char *const values[] = {"4", "8", "3", "2", "1", "5"};
    Arena *arena = arena_new();
    static const ChartKind kinds[] = {CHART_BAR, CHART_LINE, CHART_PIE};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int series = kinds[k] == CHART_PIE ? 1 : 2;
        DocChart *chart = captioned_chart(arena, kinds[k], 3, series, values);
        chart->series[0].name = chart->categories[1] = NULL;
        Drawing drawing = draw(chart);
        assert_true(drawing.placed);
        finish(&drawing);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goldens),
        cmocka_unit_test(test_reading_order),
        cmocka_unit_test(test_ten_thousands),
        cmocka_unit_test(test_wrong_data),
        cmocka_unit_test(test_height),
        cmocka_unit_test(test_pie_angles),
        cmocka_unit_test(test_slices_differ),
        cmocka_unit_test(test_value_table),
        cmocka_unit_test(test_long_name),
        cmocka_unit_test(test_left_out_values),
        cmocka_unit_test(test_nameless),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
