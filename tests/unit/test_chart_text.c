/* What a chart shows, in words. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "document/chart_text.h"

/* Points are parted by blanks, - is a gap; series by | and a name before each colon; a name that
 * begins with ^ is a line of the second axis. */
typedef struct Case {
    ChartKind kind;
    const char *series, *unit, *noun, *target, *targets, *alt;
} Case;

static const Case cases[] = {
    {CHART_BAR, "甲:42.5 3 7", "吨", "个村", NULL, NULL,
        "柱状图：题，3个村，最高A42.5吨，最低B3吨。"},
    {CHART_BAR, "甲:5 3 5", NULL, "个村", "4", NULL,
        "柱状图：题，3个村，最高A等2项均5，最低B3；目标4。"},
    {CHART_HBAR, "甲:2 2 -", "处", "项", NULL, NULL, "条形图：题，3项，都是2处，C没有数。"},
    {CHART_BAR, "甲:- 2 -", "处", "项", NULL, NULL, "柱状图：题，3项，只有B2处，A、C没有数。"},
    {CHART_LINE, "甲:2 -1 3", "吨", "个月", NULL, NULL,
        "折线图：题，3个月，从A2吨到C3吨，最高C3吨，最低B-1吨。"},
    {CHART_PIE, "甲:2 1.5 3", "吨", "项", NULL, NULL,
        "饼图：题，3项，最高C3吨，最低B1.5吨；合计6.5吨。"},
    {CHART_STACKED, "甲:2 1 3|乙:- - -", "吨", "项", NULL, NULL,
        "堆叠柱状图：题，3项，2组；甲，最高C3吨，最低B1吨；乙，没有数。"},
    {CHART_COMBO, "甲:2 1|^乙:5 6", "吨", "项", NULL, NULL,
        "组合图：题，2项，2组；甲，最高A2吨，最低B1吨；乙，从A5%到B6%，最高B6%，最低A5%。"},
    {CHART_BULLET, "甲:2 1 3", "吨", "个村", NULL, "2 2 -",
        "进度图：题，3个村，最高C3吨，最低B1吨；2项有目标，其中1项不低于目标。"},
    {CHART_RADAR, "a:1|b:1|c:1|d:1|e:1|f:1|g:1|h:1|i:1", NULL, "项", NULL, NULL,
        "雷达图：题，1项，9组；a，A1；b，A1；c，A1；d，A1；e，A1；f，A1；g，A1；h，A1；……。"},
    {CHART_RADAR, "甲:28 17.5 -|乙:30 9 8", "分", "项", NULL, "30 20 10",
        "雷达图：题，3项，2组；甲，A28分，B17.5分，C没有数；乙，A30分，B9分，C8分；满分：A30分、B20分、C10分。"},
    {CHART_PIE, "甲:2.50 1.5", "吨", "项", NULL, NULL,
        "饼图：题，2项，最高A2.50吨，最低B1.5吨；合计4吨。"},
    {CHART_BAR, "甲:1 - - - - - - - - -", NULL, "项", NULL, NULL,
        "柱状图：题，10项，只有A1，9项没有数。"},
};

static int points_of(Arena *arena, const char *text, bool percent, ChartPoint **out)
{
    int count = 0;
    char *copy = arena_strdup(arena, text), *rest;
    *out = ARENA_ARRAY(arena, ChartPoint, strlen(text) + 1);
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        ChartPoint *point = &(*out)[count++];
        point->missing = strcmp(word, "-") == 0;
        assert_true(point->missing || decimal_parse(word, &point->value));
        point->label = percent ? arena_printf(arena, "%s%%", word) : word;
    }
    return count;
}

static void fill(Arena *arena, const Case *wanted, DocChart *chart)
{
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J"};
    char *copy = arena_strdup(arena, wanted->series), *rest;
    chart->series = ARENA_ARRAY(arena, ChartSeries, 10);
    chart->categories = arena_copy(arena, names, sizeof names);
    for (char *word = strtok_r(copy, "|", &rest); word; word = strtok_r(NULL, "|", &rest)) {
        ChartSeries *series = &chart->series[chart->series_count++];
        char *colon = strchr(word, ':');
        *colon = '\0';
        series->second = *word == '^';
        series->name = word + series->second;
        chart->category_count = points_of(arena, colon + 1, series->second, &series->points);
    }
}

static void test_alt(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Case *wanted = &cases[i];
        Arena *arena = arena_new();
        DocChart chart = {.kind = wanted->kind, .unit = wanted->unit, .second_percent = true};
        ChartPoint *target;
        chart.caption = inline_text(arena, "题", (At){0});
        fill(arena, wanted, &chart);
        if (wanted->target && points_of(arena, wanted->target, false, &target))
            chart.target = target;
        if (wanted->targets)
            points_of(arena, wanted->targets, false, &chart.targets);
        assert_string_equal(chart_alt(arena, &chart, wanted->noun), wanted->alt);
        arena_free(arena);
    }
}

/* Months that are not there yet are no gaps. */
static void test_future(void **state)
{
    (void)state;
    static const struct {
        const char *points, *alt;
    } rows[] = {
        {"2 - 3 - -", "折线图：题，5个月，从1月2到3月3，最高3月3，最低1月2，2月没有数，4月起没有数。"},
        {"2 4 3 4 -", "折线图：题，5个月，从1月2到4月4，最高2月等2项均4，最低1月2，5月没有数。"},
    };
    static const char *months[] = {"1月", "2月", "3月", "4月", "5月"};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ChartSeries series = {.name = "甲"};
        DocChart chart = {.kind = CHART_LINE, .series = &series, .series_count = 1};
        chart.caption = inline_text(arena, "题", (At){0});
        chart.category_count = points_of(arena, rows[i].points, false, &series.points);
        chart.categories = months;
        assert_string_equal(chart_alt(arena, &chart, "个月"), rows[i].alt);
    }
    arena_free(arena);
}

static void test_title(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocChart chart = {.number = 2};
    assert_string_equal(chart_title(arena, &chart), "图2");
    chart.caption = inline_text(arena, "各村", (At){0});
    assert_string_equal(chart_title(arena, &chart), "图2　各村");
    chart.number = 0;
    assert_string_equal(chart_title(arena, &chart), "各村");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_alt),
        cmocka_unit_test(test_future), cmocka_unit_test(test_title)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
