/* A 核对单 of before against the figures of now. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "check/against.h"

/* A figure of now: previous "" is unknown, value NULL missing. */
typedef struct Now {
    const char *place, *context, *printed, *value, *previous, *expression, *period;
} Now;

/* As OldRow, without what the comparison passes on. */
typedef struct Then {
    const char *place, *context, *printed, *exact, *value, *expression, *period;
} Then;

typedef struct Case {
    const char *name;
    AgainstPeriod relation;
    Then old[4];
    Now now[4];
    const char *told; /* kind place then>now; … */
    size_t matched;
} Case;

#define MAY "2024年5月"
#define JUNE "2024年6月"

static const Case cases[] = {
    {"nothing new", AGAINST_BEFORE, {{"第1段第1数", "清理［40］吨", "40", "40", "40", "a", MAY}},
        {{"第1段第1数", "清理［42］吨", "42", "42", "40", "a", JUNE}}, "", 1},
    {"Excel drops zeros", AGAINST_BEFORE,
        {{"第1段第1数", "清理［40.50］吨", "40.50", "40.50", "40.5", "a", MAY}},
        {{"第1段第1数", "清理［42］吨", "42", "42", "40.50", "a", JUNE}}, "", 1},
    {"history was changed", AGAINST_BEFORE,
        {{"第1段第1数", "清理［40］吨", "40", "40", "40", "a", MAY}},
        {{"第1段第1数", "清理［42］吨", "42", "42", "41", "a", JUNE}},
        "recomputed 第1段第1数 40>41; ", 1},
    {"a month of a trend", AGAINST_BEFORE,
        {{"图1 2024年4月·垃圾", "", "30", "30", "30", "v", "2024年4月"}},
        {{"图1 2024年4月·垃圾", "", "31", "31", "29", "v", "2024年4月"}},
        "recomputed 图1 2024年4月·垃圾 30>31; ", 1},
    {"a trend against any sheet", AGAINST_OTHER,
        {{"图1 2024年4月·垃圾", "", "30", "30", "30", "v", "2024年4月"},
            {"第1段第1数", "清理［40］吨", "40", "40", "40", "a", "2024年1月"}},
        {{"图1 2024年4月·垃圾", "", "31", "31", "29", "v", "2024年4月"},
            {"第1段第1数", "清理［42］吨", "42", "42", "41", "a", JUNE}},
        "recomputed 图1 2024年4月·垃圾 30>31; ", 2},
    {"issued, then corrected", AGAINST_SAME,
        {{"第1段第1数", "清理［40］吨", "40", "40", "40", "a", JUNE},
            {"第1段第2数", "整治［7］处", "7", "7", "7", "b", JUNE}},
        {{"第1段第1数", "清理［41］吨", "41", "41", "39", "a", JUNE},
            {"第1段第2数", "整治［7］处", "7", "7", "6", "b", JUNE}},
        "changed 第1段第1数 40>41; ", 2},
    {"now missing", AGAINST_SAME, {{"第1段第1数", "清理［40］吨", "40", "40", "40", "a", JUNE}},
        {{"第1段第1数", "清理［—］吨", "—", NULL, "39", "a", JUNE}}, "changed 第1段第1数 40>—; ",
        1},
    {"was missing", AGAINST_SAME, {{"第1段第1数", "清理［—］吨", "—", "—", "", "a", JUNE}},
        {{"第1段第1数", "清理［40］吨", "40", "40", "39", "a", JUNE}}, "changed 第1段第1数 —>40; ",
        1},
    {"one expression, other groups", AGAINST_BEFORE,
        {{"第1段第1数", "其中镇暗访［11］个", "11", "11", "11", "计数", MAY},
            {"第1段第2数", "…镇暗访11个、村自查［10］个", "10", "10", "10", "计数", MAY}},
        {{"第1段第1数", "其中村自查［12］个", "12", "12", "10", "计数", JUNE},
            {"第1段第2数", "…村自查12个、镇暗访［9］个", "9", "9", "11", "计数", JUNE}},
        "", 2},
    {"villages that end alike", AGAINST_BEFORE,
        {{"第1段第1数", "是洋江村（［96］分）", "96", "96", "96", "总分", MAY},
            {"第1段第2数", "…（96分）、前江村（［94］分）", "94", "94", "94", "总分", MAY}},
        {{"第1段第1数", "是前江村（［95］分）", "95", "95", "94", "总分", JUNE},
            {"第1段第2数", "…（95分）、洋江村（［93］分）", "93", "93", "96", "总分", JUNE}},
        "", 2},
    {"another month in front", AGAINST_BEFORE,
        {{"第1段第1数", "5月［40］吨", "40", "40", "40", "a", MAY}},
        {{"第2段第1数", "6月［42］吨", "42", "42", "40", "a", JUNE}}, "moved 第2段第1数 40>42; ",
        1},
    {"a group that is new, and one gone", AGAINST_BEFORE,
        {{"第1段第1数", "其中镇暗访［11］个", "11", "11", "11", "计数", MAY}},
        {{"第1段第1数", "其中县督查［2］个", "2", "2", "0", "计数", JUNE}},
        "new 第1段第1数 >2; gone 第1段第1数 11>; ", 0},
    {"a paragraph more above", AGAINST_BEFORE,
        {{"第1段第1数", "清理［40］吨", "40", "40", "40", "a", MAY}},
        {{"第1段第1数", "另有［3］处", "3", "3", "3", "b", JUNE},
            {"第2段第1数", "清理［42］吨", "42", "42", "40", "a", JUNE}},
        "moved 第2段第1数 40>42; new 第1段第1数 >3; ", 1},
    {"a figure more in front", AGAINST_BEFORE,
        {{"第1段第1数", "清理［40］吨", "40", "40", "40", "a", MAY}},
        {{"第1段第1数", "另有［3］处", "3", "3", "3", "b", JUNE},
            {"第1段第2数", "清理［42］吨", "42", "42", "40", "a", JUNE}},
        "new 第1段第1数 >3; ", 1},
    {"rewritten", AGAINST_BEFORE, {{"第1段第1数", "清理［40］吨", "40", "40", "40", "a", MAY}},
        {{"第1段第1数", "清理［42］吨", "42", "42", "40", "a2", JUNE}},
        "rewritten 第1段第1数 40>42; ", 0},
    {"a table has another number", AGAINST_BEFORE,
        {{"表1 甲村·垃圾", "", "4", "4", "4", "垃圾", MAY},
            {"表1 乙村·垃圾", "", "5", "5", "5", "垃圾", MAY}},
        {{"表2 甲村·垃圾", "", "6", "6", "4", "垃圾", JUNE},
            {"表2 丙村·垃圾", "", "7", "7", "7", "垃圾", JUNE}},
        "moved 表2 甲村·垃圾 4>6; new 表2 丙村·垃圾 >7; gone 表1 乙村·垃圾 5>; ", 1},
};

static EntryList entries_of(Arena *arena, const Now *now)
{
    EntryList list = {.items = ARENA_ARRAY(arena, Entry, 4), .capacity = 4};
    for (; list.count < 4 && now[list.count].place; list.count++) {
        const Now *one = &now[list.count];
        Provenance *figure = ARENA_NEW(arena, Provenance);
        *figure = (Provenance){.expression = one->expression,
            .missing = !one->value,
            .exact = one->value ? one->value : "",
            .period = one->period,
            .has_previous = true,
            .previous_exact = one->previous};
        assert_true(!one->value || decimal_parse(one->value, &figure->value));
        assert_true(decimal_parse(one->previous, &figure->previous));
        list.items[list.count] = (Entry){.number = list.count + 1,
            .place = one->place,
            .context = one->context,
            .printed = one->printed,
            .figure = figure};
    }
    return list;
}

static char *told(Arena *arena, const Against *against)
{
    char *text = arena_strdup(arena, "");
    for (size_t i = 0; i < against->count; i++) {
        const AgainstItem *item = &against->items[i];
        text = arena_printf(arena, "%s%s %s %s>%s; ", text,
            against_kind_name(item->kind, DIAG_ENGLISH),
            item->entry ? item->entry->place : item->old->place, item->then, item->now);
    }
    return text;
}

static OldRow old_row(const Then *then, const char *computed)
{
    return (OldRow){then->place, then->context, then->printed, then->exact, then->value,
        then->expression, then->period, computed, "", ""};
}

static void test_cases(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Case *wanted = &cases[i];
        EntryList entries = entries_of(arena, wanted->now);
        Against against = {.file = "旧.csv"};
        OldRow old[4];
        size_t rows = 0;
        for (; rows < 4 && wanted->old[rows].place; rows++)
            old[rows] = old_row(&wanted->old[rows], "");
        against_compare(arena, &entries, old, rows, wanted->relation, &against);
        if (strcmp(told(arena, &against), wanted->told) != 0)
            fail_msg("%s: %s, not %s", wanted->name, told(arena, &against), wanted->told);
        if (against.matched != wanted->matched)
            fail_msg("%s: %zu matched", wanted->name, against.matched);
    }
    arena_free(arena);
}

/* What was overruled then is told apart from data that were changed since. */
static void test_once_ruled(void **state)
{
    static const char *const computed[] = {"41", "39", ""};
    const Then then = {"第1段第1数", "清理［40］吨", "40", "40", "40", "a", MAY};
    const Now now[4] = {{"第1段第1数", "清理［42］吨", "42", "42", "41", "a", JUNE}};
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof computed / sizeof *computed; i++) {
        EntryList entries = entries_of(arena, now);
        OldRow old = old_row(&then, computed[i]);
        Against against = {.file = "旧.csv"};
        against_compare(arena, &entries, &old, 1, AGAINST_BEFORE, &against);
        assert_int_equal(against.kinds[AGAINST_RECOMPUTED], 1);
        assert_int_equal(against.once_ruled, i == 0);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_once_ruled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
