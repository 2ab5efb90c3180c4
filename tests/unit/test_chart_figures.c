/* The figures that a chart prints: those of the data, in the power of ten that the unit says, none
 * rounded away. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "chart_words.h"

typedef struct Case {
    ChartKind kind;
    const char *values;           /* of the villages */
    const char *target, *targets; /* a target of 平均: the mean is asked for */
    const char *printed[4];       /* what is printed … */
    const char *absent;           /* … and what is not */
    const char *code;             /* of the one message; NULL: there is none */
} Case;

static const Case cases[] = {
    /* flat table */
    /* a target has the decimals that it needs */
    {CHART_BAR, "1200000 350000 200000", "605000", NULL, {"目标60.5", "120 35 20"}, "目标61", NULL},
    {CHART_BAR, "1200000 352500 200000", "600000", NULL, {"目标60", "120.00 35.25 20.00"}, "60.0",
        NULL},
    {CHART_BAR, "45.2 30 10", "40", NULL, {"目标40", "45.2 30.0 10.0"}, "目标40.0", NULL},
    {CHART_BULLET, "350000 200000 0", NULL, "605000 300000 -",
        {"35／60.5 57.9%", "20／30 66.7%", "0 未下达目标"}, "61", NULL},
    {CHART_BULLET, "45.2 75 3", NULL, "60 50 0",
        {"45.2／60 75.3%", "75.0／50 150.0%", "3.0／0 目标为0"}, NULL, NULL},
    {CHART_BULLET, "1 2 3", NULL, "- - -", {NULL}, NULL, "E390"},
    {CHART_BULLET, "1 -2 3", NULL, "5 5 5", {NULL}, NULL, "E391"},
    /* what is there is not printed as 0 */
    {CHART_BAR, "300000 30 0", NULL, NULL, {"单位：万吨", "30.00 0.003 0.00"}, NULL, NULL},
    {CHART_HBAR, "5000000000 87654 1", NULL, NULL, {"单位：亿吨", "50.00", "0.0009", "0.00000001"},
        NULL, NULL},
    /* figures with full marks of their own have no axis that could say 万 */
    {CHART_RADAR, "28 120000 9", NULL, "30 200000 10",
        {"长塘村（30）", "大湾村（200000）", "120000"}, "12.0", NULL},
    {CHART_RADAR, "280000 120000 90000", NULL, NULL, {"单位：万吨", "28", "12", "9"}, NULL, NULL},
    {CHART_RADAR, "28 17 9", NULL, "30 - 10", {NULL}, NULL, "E389"},
    {CHART_RADAR, "28 17 9", NULL, "30 0 10", {NULL}, NULL, "E389"},
    {CHART_RADAR, "28 -17 9", NULL, NULL, {NULL}, NULL, "E394"},
    /* a whole */
    {CHART_DONUT, "2.5 1.25 3", NULL, NULL, {"合计", "6.75吨", "18.5%", "1.25吨"}, NULL, NULL},
    {CHART_DONUT, "25% 50% 25%", NULL, NULL, {"25.0%"}, "合计", NULL},
    {CHART_PIE, "2 - 2", NULL, NULL, {"50.0%"}, "大湾村", "W317"},
    {CHART_PIE, "0 - 0", NULL, NULL, {NULL}, NULL, "E315"},
    /* the powers begin at 100000 and 10^9 */
    {CHART_BAR, "100000 20000 0", NULL, NULL, {"单位：万吨"}, NULL, NULL},
    {CHART_BAR, "99999 20000 0", NULL, NULL, {"单位：吨"}, "万", NULL},
    {CHART_BAR, "999999999 20000 0", NULL, NULL, {"单位：万吨"}, NULL, NULL},
    /* a target that makes all else a strip */
    {CHART_BAR, "10 5 1", "100", NULL, {"目标100"}, NULL, NULL},
    {CHART_BAR, "10 5 1", "101", NULL, {"目标101"}, NULL, "W320"},
    /* means: as exact as the figures, a decimal more where it is no whole number; one value is its
     * own mean */
    {CHART_BAR, "1 2 2", "平均", NULL, {"平均 1.7"}, NULL, NULL},
    {CHART_BAR, "1 2 3", "平均", NULL, {"平均 2\n"}, NULL, NULL},
    {CHART_BAR, "1.25 2 -", "平均", NULL, {"平均 1.63"}, NULL, NULL},
    {CHART_BAR, "5 - -", "平均", NULL, {"5"}, "平均", NULL},
    {CHART_BAR, "90% 80% -", "平均", NULL, {"平均 85%"}, NULL, NULL},
    /* a line leaves zero out where more than half the plot would be empty for it, and says so */
    {CHART_LINE, "60 50 55", NULL, NULL, {"单位：吨（纵轴从48起）"}, " 0\n", NULL},
    {CHART_LINE, "718 497 600", NULL, NULL, {"单位：吨（纵轴从450起）"}, " 0\n", NULL},
    {CHART_LINE, "60% 50% 55%", NULL, NULL, {"纵轴从48%起\n60%"}, "单位", NULL},
    {CHART_LINE, "60 30 50", NULL, NULL, {"单位：吨\n", " 0\n"}, "纵轴", NULL},
    {CHART_LINE, "-60 -50 -55", NULL, NULL, {"单位：吨（纵轴到-50止）"}, "\n0\t", NULL},
    {CHART_LINE, "-60 -30 -50", NULL, NULL, {"\n0\t-"}, "纵轴", NULL},
    {CHART_BAR, "60 50 55", NULL, NULL, {" 0\n"}, NULL, NULL},
};

static DocChart *chart_for(Arena *arena, const Case *wanted)
{
    const char *rows[] = {arena_printf(arena, "本年 %s", wanted->values)};
    DocChart *chart = chart_of(arena, wanted->kind, "长塘村 大湾村 石桥村", 1, rows);
    chart->average = wanted->target && strcmp(wanted->target, "平均") == 0;
    if (wanted->target && !chart->average) {
        ChartPoint target = point_of(wanted->target);
        chart->target = arena_copy(arena, &target, sizeof target);
        chart->target_name = arena_printf(arena, "目标%s", wanted->target);
    }
    if (wanted->targets) {
        const char *at = wanted->targets;
        chart->targets = ARENA_ARRAY(arena, ChartPoint, chart->category_count);
        for (int c = 0; c < chart->category_count; c++)
            chart->targets[c] = point_of(next_word(arena, &at));
    }
    if (strchr(wanted->values, '%')) {
        chart->percent = true;
        chart->unit = NULL;
    }
    return chart;
}

static void check(const Case *wanted, Drawing *drawing)
{
    const char *text = printed(drawing, false), *messages = printed(drawing, true);
    if (!wanted->code && *messages)
        fail_msg("%s: %s", wanted->values, messages);
    if (wanted->code && !strstr(messages, wanted->code))
        fail_msg("%s: no %s but %s", wanted->values, wanted->code, messages);
    assert_int_equal(drawing->placed, !wanted->code || *wanted->code != 'E');
    for (int i = 0; i < 4 && wanted->printed[i]; i++)
        if (!strstr(text, wanted->printed[i]))
            fail_msg("%s: no “%s” in: %s", wanted->values, wanted->printed[i], text);
    if (wanted->absent && strstr(text, wanted->absent))
        fail_msg("%s: “%s” in: %s", wanted->values, wanted->absent, text);
}

static void test_figures(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Drawing drawing = draw(chart_for(arena, &cases[i]));
        check(&cases[i], &drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

/* value="资金|万": the unit says 万 already; a figure in words stays as it is worded. */
static const struct Worded {
    ChartKind kind;
    const char *labels[3];
    const char *printed;
} worded[] = {
    {CHART_BAR, {"120万", "35万", "0万"}, "\n120 35 0\n"},
    {CHART_BAR, {"0.01亿", "35万", "0"}, "\n120 35 0\n"},
    {CHART_BAR, {"120余万", "近40万", "0"}, "\n120余万 近40万 0\n"},
    {CHART_PIE, {"120万", "35万", "0万"}, "120万吨"},
};

static void test_worded(void **state)
{
    (void)state;
    static const char *const rows[] = {"本年 1200000 350000 0"};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof worded / sizeof *worded; i++) {
        DocChart *chart = chart_of(arena, worded[i].kind, "长塘村 大湾村 石桥村", 1, rows);
        for (int c = 0; c < 3; c++)
            chart->series[0].points[c].label = worded[i].labels[c];
        Drawing drawing = draw(chart);
        const char *text = printed(&drawing, false);
        if (!strstr(text, worded[i].printed))
            fail_msg("no “%s” in: %s", worded[i].printed, text);
        finish(&drawing);
    }
    arena_free(arena);
}

/* A 0 above a part that hangs down comes to nothing of its own; 0 and 0 come to 0. */
static void test_stack_of_zeros(void **state)
{
    (void)state;
    static const char *const rows[] = {"本年 0 5 0", "去年 -3 2 0"};
    Arena *arena = arena_new();
    Drawing drawing = draw(chart_of(arena, CHART_STACKED, "长塘村 大湾村 石桥村", 2, rows));
    const char *text = printed(&drawing, false);
    if (!strstr(text, "\n7 0\n-3\n"))
        fail_msg("%s", text);
    finish(&drawing);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_worded),
        cmocka_unit_test(test_stack_of_zeros),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
