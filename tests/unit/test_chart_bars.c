/* 条形, 堆叠, 百分比堆叠: what is refused, warned of, printed and read; how they grow. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "chart_marks.h"

/* ---------------------------------------------------------------- cases */

/* What is printed, read from top to bottom; or the messages. */
static const struct Case {
    ChartKind kind;
    int categories, series;
    const char *values[9];
    bool placed;
    const char *text, *message;
} cases[] = {
    /* flat table */
    {CHART_HBAR, 2, 1, {"4", "8"}, true, "单位：吨\n长塘村\t4\n大湾村\t8\n0 1 2 3 4 5 6 7 8\n",
        NULL},
    {CHART_HBAR, 2, 2, {"4", "-8.5", NULL, "0"}, true, "\n长塘村\t4.0\n大湾村\t-8.5 0.0\n", NULL},
    {CHART_HBAR, 2, 1, {"0", "0"}, true, "长塘村\t0\n大湾村\t0\n", NULL},
    {CHART_HBAR, 2, 1, {NULL, NULL}, false, "", "E313"},
    /* legend, ticks, totals, parts from the top */
    {CHART_STACKED, 2, 2, {"40", "50", "30", "20.5"}, true,
        "20 10 0\n去年\n本年\n70.0 70.5\n30.0 20.5\n40.0 50.0\n长塘村 大湾村\n", NULL},
    {CHART_STACKED, 2, 2, {"40", "50", "-30", "20"}, true, "\n40 70\n-30\n-30 20\n40 50\n", NULL},
    {CHART_STACKED, 2, 2, {"0", "5", "0", "5"}, true, "\n0 10\n5\n5\n", NULL},
    {CHART_STACKED, 2, 2, {"40", "50", NULL, "20"}, true, "\n40 70\n20\n40 50\n",
        "图中“长塘村”缺“去年”，合计或占比只算已有的部分（共 1 项有缺）"},
    {CHART_STACKED, 2, 2, {"40", NULL, "60", NULL}, true, "\n100\n60\n40\n", NULL},
    {CHART_STACKED, 1, 2, {"9000000000000000000", "9000000000000000000"}, false, "", "E381"},
    {CHART_PERCENT, 2, 2, {"1", "50", "2", "50"}, true,
        " 20% 10% 0%\n去年\n本年\n66.7% 50.0%\n33.3% 50.0%\n长塘村 大湾村\n", NULL},
    {CHART_PERCENT, 2, 2, {"1", "0", "2", "0"}, true, "\n66.7%\n33.3%\n",
        "图中“大湾村”合计为 0，没有占比，该处空着（共 1 项）"},
    {CHART_PERCENT, 2, 2, {"1", "3", "2", "-4"}, false, "", "“大湾村”的“去年”为 -4"},
    {CHART_PERCENT, 2, 2, {"0", "0", "0", NULL}, false, "", "E382"},
};

static void test_cases(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct Case *one = &cases[i];
        Drawing drawing =
            draw(made_chart(arena, one->kind, one->categories, one->series, one->values));
        const char *text = printed(&drawing, false), *messages = printed(&drawing, true);
        assert_int_equal(drawing.placed, one->placed);
        if (!strstr(text, one->text))
            fail_msg("case %zu: %s\nis no part of\n%s", i, one->text, text);
        if (one->message ? !strstr(messages, one->message) : *messages)
            fail_msg("case %zu: %s", i, messages);
        finish(&drawing);
    }
    arena_free(arena);
}

/* A chart of so many categories, all alike, with names of `characters`. */
static DocChart *long_chart(Arena *arena, int categories, int series, int characters)
{
    DocChart *chart = ARENA_NEW(arena, DocChart);
    *chart = (DocChart){.kind = CHART_HBAR, .number = 1, .labels = true};
    chart->caption = inline_text(arena, "各村", (At){0});
    chart->category_count = categories;
    chart->categories = ARENA_ARRAY(arena, const char *, categories);
    chart->series_count = series;
    chart->series = ARENA_ARRAY(arena, ChartSeries, series);
    for (int c = 0; c < categories; c++)
        chart->categories[c] = arena_strndup(arena, HAN, 3 * (size_t)characters);
    for (int s = 0; s < series; s++) {
        chart->series[s].name = "本年";
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, categories);
        for (int c = 0; c < categories; c++)
            chart->series[s].points[c] = (ChartPoint){.value = {c + 1, 0}, .label = "7"};
    }
    return chart;
}

/* Lying bars grow with their categories up to a page, and names are whole at any length. */
static void test_growth(void **state)
{
    (void)state;
    static const struct Growth {
        int categories, series, characters, lines;
    } growths[] = {{1, 1, 3, 6}, {5, 1, 3, 6}, {17, 1, 3, 14}, {17, 1, 33, 14}, {40, 1, 12, 20},
        {40, 6, 12, 20}, {12, 2, 3, 13}};
    Arena *arena = arena_new();
    Length pitch = (LENGTH_MM(225) - LENGTH_PT(16)) / 21;
    for (size_t i = 0; i < sizeof growths / sizeof *growths; i++) {
        const struct Growth *growth = &growths[i];
        DocChart *chart = long_chart(arena, growth->categories, growth->series, growth->characters);
        Drawing drawing = draw(chart);
        assert_true(drawing.placed);
        int lines = (int)((box_height(&drawing.frame) + pitch - 1) / pitch);
        if (lines != growth->lines)
            fail_msg("growth %zu: %d lines", i, lines);
        assert_non_null(strstr(printed(&drawing, false), chart->categories[0]));
        finish(&drawing);
    }
    arena_free(arena);
}

/* Values that have no room at four bars a row stand in columns right of them. */
static void test_table(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocChart *chart = long_chart(arena, 17, 4, 3);
    chart->series[3].points[0].missing = true;
    Drawing drawing = draw(chart);
    assert_non_null(strstr(printed(&drawing, false), "\n长塘大\t7 7 7 —\n长塘大\t7 7 7 7\n"));
    assert_null(strstr(printed(&drawing, false), "未标注"));
    finish(&drawing);
    arena_free(arena);
}

/* More rows than a page has room for. */
static void test_too_many(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Drawing drawing = draw(long_chart(arena, 90, 1, 3));
    assert_false(drawing.placed);
    assert_non_null(strstr(printed(&drawing, true), "E317"));
    finish(&drawing);
    arena_free(arena);
}

/* Bars whose patterns cannot be seen are warned of, standing and lying. */
static void test_thin(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (ChartKind kind = CHART_BAR; kind <= CHART_HBAR; kind++) {
        DocChart *chart = long_chart(arena, 40, 6, 3);
        chart->kind = kind;
        Drawing drawing = draw(chart);
        assert_true(drawing.placed);
        assert_non_null(strstr(printed(&drawing, true), "W316: 图中 40 项各 6 组"));
        finish(&drawing);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_thin),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
