/* What a chart works out of its points when it is drawn, as it prints it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "check/reckoned.h"

enum { MOST = 3 };

/* Points as they are printed; "-": missing, NULL behind the last; 12.3%: a ratio. */
typedef struct Case {
    const char *name;
    ChartKind kind;
    bool labels, average;
    const char *series[MOST][MOST], *targets[MOST];
    const char *told; /* line·head=printed; … */
} Case;

static const Case cases[] = {
    {"shares", CHART_PIE, true, false, {{"1.5", "4.5"}}, {NULL},
        "甲村·占比=25.0%; 乙村·占比=75.0%; "},
    {"no labels, no shares", CHART_PIE, false, false, {{"1.5", "4.5"}}, {NULL}, ""},
    {"the sum in a ring", CHART_DONUT, true, false, {{"1.5", "4.5", "-"}}, {NULL},
        "甲村·占比=25.0%; 乙村·占比=75.0%; 合计=6.0; "},
    {"ratios have no sum", CHART_DONUT, true, false, {{"25%", "75%"}}, {NULL},
        "甲村·占比=25.0%; 乙村·占比=75.0%; "},
    {"shares of each category", CHART_PERCENT, true, false, {{"1", "3"}, {"3", "-"}}, {NULL},
        "甲村·数一占比=25.0%; 乙村·数一占比=100.0%; 甲村·数二占比=75.0%; "},
    {"sums above a stack", CHART_STACKED, true, false, {{"1.25", "3"}, {"3", "4"}}, {NULL},
        "甲村·合计=4.25; 乙村·合计=7; "},
    {"not of what lies below zero", CHART_STACKED, true, false, {{"1", "3"}, {"-3", "4"}}, {NULL},
        "乙村·合计=7; "},
    {"sums of ratios", CHART_STACKED, true, false, {{"12.5%"}, {"25%"}}, {NULL},
        "甲村·合计=37.5%; "},
    {"reached", CHART_BULLET, true, false, {{"1.5", "4.5", "2"}}, {"2", "4", "-2"},
        "甲村·完成=75.0%; 乙村·完成=112.5%; "},
    {"a target that is missing", CHART_BULLET, true, false, {{"1.5", "-"}}, {"-", "4"}, ""},
    {"the mean of whole numbers", CHART_BAR, true, true, {{"1", "2"}}, {NULL}, "数一·平均=1.5; "},
    {"a whole mean", CHART_LINE, true, true, {{"1", "3"}}, {NULL}, "数一·平均=2; "},
    {"as many decimals as the points", CHART_BAR, false, true, {{"1.25", "2.5", "2.5"}}, {NULL},
        "数一·平均=2.08; "},
    {"one point has no mean", CHART_BAR, true, true, {{"1", "-"}}, {NULL}, ""},
    {"a pie has none", CHART_RADAR, true, true, {{"1", "2"}}, {NULL}, ""},
};

typedef struct Drawn {
    DocChart chart;
    ChartSeries series[MOST];
    ChartPoint points[MOST + 1][MOST];
    Provenance figures[MOST + 1][MOST];
} Drawn;

static int put_points(Drawn *drawn, int row, const char *const *texts)
{
    int count = 0;
    for (; count < MOST && texts[count]; count++) {
        ChartPoint *point = &drawn->points[row][count];
        const char *text = texts[count];
        char digits[16] = "";
        strncat(digits, text, strcspn(text, "%"));
        point->label = text;
        point->figure = &drawn->figures[row][count];
        point->missing = !decimal_parse(digits, &point->value);
        if (strchr(text, '%')) {
            drawn->chart.percent = true;
            assert_true(
                decimal_mul(point->value, (Decimal){.mantissa = 1, .scale = 2}, &point->value));
        }
    }
    return count;
}

static void draw(const Case *from, Drawn *drawn)
{
    static const char *categories[] = {"甲村", "乙村", "丙村"};
    static const char *const names[] = {"数一", "数二", "数三"};
    *drawn = (Drawn){.chart = {.kind = from->kind,
                         .labels = from->labels,
                         .average = from->average,
                         .categories = categories,
                         .series = drawn->series}};
    for (int s = 0; s < MOST && from->series[s][0]; s++) {
        int count = put_points(drawn, s, from->series[s]);
        drawn->series[s] = (ChartSeries){.name = names[s], .points = drawn->points[s]};
        drawn->chart.series_count++;
        drawn->chart.category_count = count;
    }
    if (put_points(drawn, MOST, from->targets) > 0)
        drawn->chart.targets = drawn->points[MOST];
}

static char *told(Arena *arena, const DocChart *chart)
{
    ReckonedList list = {0};
    char *text = arena_strdup(arena, "");
    reckoned_find(arena, chart, &list);
    for (size_t i = 0; i < list.count; i++)
        text = arena_printf(arena, "%s%s%s%s=%s; ", text, list.items[i].line,
            list.items[i].head ? "·" : "", list.items[i].head ? list.items[i].head : "",
            list.items[i].figure.printed);
    return text;
}

static void test_cases(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Drawn drawn;
        draw(&cases[i], &drawn);
        char *text = told(arena, &drawn.chart);
        if (strcmp(text, cases[i].told) != 0)
            fail_msg("%s: %s, not %s", cases[i].name, text, cases[i].told);
    }
    arena_free(arena);
}

/* Of a point that was typed nothing is known, nor of what is made of it. */
static void test_typed_points(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Drawn drawn;
        draw(&cases[i], &drawn);
        for (int s = 0; s < MOST; s++)
            drawn.points[s][0].figure = NULL;
        assert_null(strstr(told(arena, &drawn.chart), "甲村·"));
        assert_null(strstr(told(arena, &drawn.chart), "平均"));
    }
    arena_free(arena);
}

/* The sources of the sum are those of all its points. */
static void test_sources(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    SourceRows rows[] = {{.table = "甲"}, {.table = "乙"}};
    Drawn drawn;
    ReckonedList list = {0};
    draw(&cases[0], &drawn);
    for (int i = 0; i < 2; i++) {
        drawn.figures[0][i].sources = &rows[i];
        drawn.figures[0][i].source_count = 1;
    }
    reckoned_find(arena, &drawn.chart, &list);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[1].figure.source_count, 2);
    assert_string_equal(list.items[1].figure.sources[1].table, "乙");
    assert_string_equal(list.items[1].figure.claim, "");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_typed_points),
        cmocka_unit_test(test_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
