/* Which figures have jumped since the period before, and how the change is told. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "check/jump.h"

typedef struct Case {
    FigureKind kind;
    FigureManner manner;
    const char *value, *previous; /* NULL: missing, unknown */
    bool to_date;
    const char *flag, *change; /* flag NULL: none */
} Case;

static const Case cases[] = {
    /* doubled or halved, and ten apart */
    {FIGURE_NUMBER, MANNER_FLOW, "20", "10", false, "是上期的2倍", "升100.0%"},
    {FIGURE_NUMBER, MANNER_FLOW, "19.9", "10", false, NULL, "升99.0%"},
    {FIGURE_NUMBER, MANNER_FLOW, "18", "9", false, NULL, "升100.0%"},
    {FIGURE_NUMBER, MANNER_FLOW, "26", "10", false, "是上期的2.6倍", "升160.0%"},
    {FIGURE_NUMBER, MANNER_COUNT, "10", "20", false, "比上期降50.0%", "降50.0%"},
    {FIGURE_NUMBER, MANNER_COUNT, "10.1", "20", false, NULL, "降49.5%"},
    {FIGURE_NUMBER, MANNER_NONE, "410", "855", false, "比上期降52.0%", "降52.0%"},
    {FIGURE_NUMBER, MANNER_COUNT, "2", "6", false, NULL, "降66.7%"},
    /* stocks change slowly */
    {FIGURE_NUMBER, MANNER_STOCK, "30", "20", false, "是上期的1.5倍", "升50.0%"},
    {FIGURE_NUMBER, MANNER_STOCK, "29", "20", false, NULL, "升45.0%"},
    {FIGURE_NUMBER, MANNER_STOCK, "20", "30", false, "比上期降33.3%", "降33.3%"},
    {FIGURE_NUMBER, MANNER_STOCK, "6", "3", false, NULL, "升100.0%"},
    /* none before, none now */
    {FIGURE_NUMBER, MANNER_FLOW, "5", "0", false, "上期为0", "升5"},
    {FIGURE_NUMBER, MANNER_FLOW, "4.9", "0", false, NULL, "升4.9"},
    {FIGURE_NUMBER, MANNER_COUNT, "0", "5", false, "本期为0", "降100.0%"},
    {FIGURE_NUMBER, MANNER_COUNT, "0", "4", false, NULL, "降100.0%"},
    {FIGURE_NUMBER, MANNER_COUNT, "0", "0", false, NULL, "持平"},
    /* scores: five points; ratios: ten percentage points */
    {FIGURE_NUMBER, MANNER_SCORE, "95", "90", false, "比上期高5分", "升5"},
    {FIGURE_NUMBER, MANNER_SCORE, "94.99", "90", false, NULL, "升4.99"},
    {FIGURE_NUMBER, MANNER_SCORE, "83.5", "90", false, "比上期低6.5分", "降6.5"},
    {FIGURE_RATIO, MANNER_NONE, "0.9", "0.8", false, "比上期高10个百分点", "升10个百分点"},
    {FIGURE_RATIO, MANNER_COUNT, "0.8999", "0.8", false, NULL, "升9.99个百分点"},
    {FIGURE_RATIO, MANNER_RATIO, "0.5", "0.876", false, "比上期低37.6个百分点", "降37.6个百分点"},
    {FIGURE_NUMBER, MANNER_RATIO, "0.5", "0.7", false, "比上期低20个百分点", "降20个百分点"},
    /* a column that turned; rates of change and differences go up and down as they like */
    {FIGURE_NUMBER, MANNER_FLOW, "-1", "2", false, "由正变负", "降3"},
    {FIGURE_NUMBER, MANNER_STOCK, "1", "-2", false, "由负变正", "升3"},
    {FIGURE_NUMBER, MANNER_NONE, "-30", "20", false, NULL, "降50"},
    {FIGURE_NUMBER, MANNER_NONE, "20", "-30", false, NULL, "升50"},
    {FIGURE_RATIO, MANNER_NONE, "-0.074", "0.227", false, NULL, "降30.1个百分点"},
    {FIGURE_NUMBER, MANNER_NONE, "92.588235", "92.617647", false, NULL, "降0.032%"},
    {FIGURE_NUMBER, MANNER_NONE, "-0.029412", "0.794118", false, NULL, "降0.82"},
    {FIGURE_NUMBER, MANNER_SCORE, "90.001", "90", false, NULL, "升0.001"},
    {FIGURE_NUMBER, MANNER_FLOW, "-30", "-10", false, NULL, "降20"},
    /* sums to date only grow */
    {FIGURE_NUMBER, MANNER_FLOW, "300", "100", true, NULL, "升200.0%"},
    {FIGURE_NUMBER, MANNER_FLOW, "99.5", "100", true, "累计数比上期少0.5", "降0.5%"},
    {FIGURE_RATIO, MANNER_NONE, "0.5", "0.7", true, "比上期低20个百分点", "降20个百分点"},
    /* places */
    {FIGURE_RANK, MANNER_NONE, "1", "6", false, "名次由6变为1", "进5位"},
    {FIGURE_RANK, MANNER_NONE, "2", "6", false, NULL, "进4位"},
    {FIGURE_RANK, MANNER_NONE, "9", "4", false, "名次由4变为9", "退5位"},
    /* what cannot be compared */
    {FIGURE_NUMBER, MANNER_FLOW, "20", NULL, false, NULL, ""},
    {FIGURE_NUMBER, MANNER_FLOW, NULL, "20", false, "上期有数，本期缺", ""},
    {FIGURE_NUMBER, MANNER_FLOW, NULL, NULL, false, NULL, ""},
};

static Provenance figure_of(const Case *wanted)
{
    Provenance figure = {.kind = wanted->kind,
        .manner = wanted->manner,
        .missing = !wanted->value,
        .to_date = wanted->to_date,
        .unit = wanted->manner == MANNER_SCORE ? "分" : NULL,
        .has_previous = wanted->previous != NULL,
        .previous_exact = wanted->previous};
    assert_true(!wanted->value || decimal_parse(wanted->value, &figure.value));
    assert_true(!wanted->previous || decimal_parse(wanted->previous, &figure.previous));
    return figure;
}

static void test_rules(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Case *wanted = &cases[i];
        Provenance figure = figure_of(wanted);
        const char *flag = jump_flag(arena, &figure, DIAG_CHINESE);
        const char *change = jump_change(arena, &figure, DIAG_CHINESE);
        if (strcmp(flag ? flag : "-", wanted->flag ? wanted->flag : "-") != 0)
            fail_msg("case %zu: flag %s, not %s", i, flag ? flag : "-", wanted->flag);
        if (strcmp(change, wanted->change) != 0)
            fail_msg("case %zu: change %s, not %s", i, change, wanted->change);
        assert_true((jump_flag(arena, &figure, DIAG_ENGLISH) != NULL) == (flag != NULL));
    }
    arena_free(arena);
}

/* 同比 34.9 points above that of last month: the figures that it is worked out from are judged. */
static void test_rate_of_change(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Provenance figure = {
        .kind = FIGURE_RATIO, .has_previous = true, .value = {358, 3}, .previous = {8, 3}};
    assert_string_equal(jump_flag(arena, &figure, DIAG_CHINESE), "比上期高35个百分点");
    figure.rate_of_change = true;
    assert_null(jump_flag(arena, &figure, DIAG_CHINESE));
    assert_string_equal(jump_change(arena, &figure, DIAG_CHINESE), "升35个百分点");
    arena_free(arena);
}

/* 总分 is a flow where nobody declared it; one village's own and an average go by points. */
static void test_guessed_score(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    SourceRows own = {.table = "考核", .column = "总分", .rows = 1}, all = own;
    all.rows = 17;
    Provenance figure = {.kind = FIGURE_NUMBER,
        .manner = MANNER_FLOW,
        .indicator = "总分",
        .has_previous = true,
        .value = {815, 1},
        .previous = {915, 1},
        .sources = &own,
        .source_count = 1};
    assert_string_equal(jump_flag(arena, &figure, DIAG_CHINESE), "比上期低10分");
    assert_string_equal(jump_change(arena, &figure, DIAG_CHINESE), "降10");
    figure.sources = &all; /* added up: W774 tells of it */
    assert_null(jump_flag(arena, &figure, DIAG_CHINESE));
    figure.manner = MANNER_NONE;
    assert_non_null(jump_flag(arena, &figure, DIAG_CHINESE));
    figure.indicator = "生活垃圾";
    assert_null(jump_flag(arena, &figure, DIAG_CHINESE));
    arena_free(arena);
}

/* A month of a trend was looked at when it was the report's own. */
static void test_past(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Provenance figure = figure_of(&cases[3]);
    figure.past = true;
    assert_null(jump_flag(arena, &figure, DIAG_CHINESE));
    assert_string_equal(jump_change(arena, &figure, DIAG_CHINESE), "升160.0%");
    figure.missing = true;
    assert_null(jump_flag(arena, &figure, DIAG_CHINESE));
    arena_free(arena);
}

static void test_english(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Provenance figure = figure_of(&cases[3]);
    assert_string_equal(jump_flag(arena, &figure, DIAG_ENGLISH), "2.6 times the period before");
    assert_string_equal(jump_change(arena, &figure, DIAG_ENGLISH), "up 160.0%");
    arena_free(arena);
}

static void test_mark(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Provenance jumped = figure_of(&cases[0]), calm = figure_of(&cases[1]);
    Entry items[] = {{.figure = &jumped}, {.origin = ENTRY_TYPED}, {.figure = &calm}};
    EntryList list = {items, 3, 3};
    jump_mark(arena, &list, DIAG_CHINESE);
    assert_string_equal(items[0].flag, "是上期的2倍");
    assert_null(items[1].flag);
    assert_null(items[2].flag);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_rate_of_change),
        cmocka_unit_test(test_guessed_score),
        cmocka_unit_test(test_past),
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
