/* What file names tell: periods, copies, and the braces of files=. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "data/filename.h"
#include "data/files_internal.h"

static void test_periods(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        int year;
        const char *period; /* as -p writes it; "": none */
    } cases[] = {
        /* flat table */
        {"月报/月报-2024-05.csv", 0, "2024-05"},
        {"月报-202405.csv", 0, "2024-05"},
        {"2024年5月月报.csv", 0, "2024-05"},
        {"2024年5月份整治.CSV", 0, "2024-05"},
        {"月报_2024_05.csv", 0, "2024-05"},
        {"月报2024.05.csv", 0, "2024-05"},
        {"月报-2024-5.csv", 0, "2024-05"},
        {"2024/月报-5月.csv", 0, "2024-05"},
        {"2024年/5月/长塘村.csv", 0, "2024-05"},
        {"5月月报.csv", 2023, "2023-05"},
        {"5月月报.csv", 0, ""},
        {"12月.csv", 2023, "2023-12"},
        {"2024Q2.csv", 0, "2024Q2"},
        {"2024年第二季度.csv", 0, "2024Q2"},
        {"2024年上半年小结.csv", 0, "2024H1"},
        {"2024-06-上旬.csv", 0, "2024-06-上旬"},
        {"2024年1-6月汇总.csv", 0, "2024H1"},
        {"2024年1月至6月.csv", 0, "2024H1"},
        {"汇总2024-01—2024-03月.csv", 0, "2024Q1"},
        {"2024/1~4月份.csv", 0, "2024-01-01..2024-04-30"},
        {"2023年11月-2024年2月.csv", 0, "2023-11-01..2024-02-29"},
        {"1-12月.csv", 2023, "2023"},
        {"2024-05月.csv", 0, "2024-05"},
        {"2024年6-1月.csv", 0, "2024-01"},
        {"任务-2024.csv", 0, "2024"},
        {"2024年度任务.csv", 0, "2024"},
        {"台账-2024-05-06.csv", 0, "2024-05-06..2024-05-06"},
        {"月报-2024-05（20240605导出）.csv", 0, "2024-05"},
        {"2024年月报-2024-05.csv", 0, "2024-05"},
        {"2024-13.csv", 0, "2024"},
        {"问题台账.csv", 2024, ""},
        {"电话13902405.csv", 2024, ""},
        {"第3组.csv", 2024, ""},
        {"45418.csv", 2024, ""},
        {"", 2024, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        Period period;
        bool found = filename_period(cases[i].path, cases[i].year, &period);
        const char *text = found ? period_raw(arena, period) : "";
        if (strcmp(text, cases[i].period) != 0) {
            fail_msg("%s: “%s”, not “%s”", cases[i].path, text, cases[i].period);
        }
        arena_free(arena);
    }
    assert_int_equal(filename_year("2023/月报.csv"), 2023);
    assert_int_equal(filename_year("月报.csv"), 0);
}

static void test_copies(void **state)
{
    (void)state;
    static const struct {
        const char *name, *original;
    } cases[] = {
        {"月报-2024-05 - 副本.csv", "月报-2024-05.csv"},
        {"月报-2024-05 - 副本 (2).csv", "月报-2024-05.csv"},
        {"月报(1).csv", "月报.csv"},
        {"月报 (12).csv", "月报.csv"},
        {"月报 - Copy.csv", "月报.csv"},
        {"长塘村 - 副本", "长塘村"},
        {"长塘村(1)", "长塘村"},
        {"月报.csv", "月报.csv"},
        {"月报(全年).csv", "月报(全年).csv"},
        {"(1).csv", "(1).csv"},
        {"副本.csv", "副本.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *original = filename_original(arena, cases[i].name);
        if (strcmp(original, cases[i].original) != 0) {
            fail_msg("%s: “%s”", cases[i].name, original);
        }
        arena_free(arena);
    }
}

/* A part of a pattern against a name; what the braces hold, with | between; NULL: no match. */
static void test_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name, *held;
    } cases[] = {
        /* flat table */
        {"*.csv", "a.csv", ""},
        {"*.csv", "A.CSV", ""},
        {"*.csv", "a.csv.bak", NULL},
        {"?.csv", "长.csv", ""},
        {"?.csv", "长塘.csv", NULL},
        {"[一二]月.csv", "二月.csv", ""},
        {"[!一二]月.csv", "二月.csv", NULL},
        {"[0-9].csv", "7.csv", ""},
        {"[0-9].csv", "x.csv", NULL},
        {"[.csv", "[.csv", ""},
        {"{村}.csv", "长塘村.csv", "长塘村"},
        {"{村}.csv", ".csv", NULL},
        {"{村}-{月份}.csv", "长塘村-2024-05.csv", "长塘村|2024-05"},
        {"{月份}-{村}.csv", "2024-05-长塘村.csv", "2024-05|长塘村"},
        {"{月份}{村}.csv", "2024年5月长塘村.csv", "2024年5月|长塘村"},
        {"{村}{月份}.csv", "长塘村5月.csv", "长塘村|5月"},
        {"{月份}.csv", "五月底.csv", "五月底"},
        {"*{村}表.csv", "附件1长塘村表.csv", "村"},
        {"a*b*c", "axxbyybzzc", ""},
        {"a*b*c", "axxbyybzz", NULL},
        {"*", "\xB4\xE5", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        Capture captures[PATTERN_CAPTURES];
        const char **columns, *held = NULL;
        int count;
        assert_true(pattern_columns(arena, cases[i].pattern, &columns, &count));
        if (pattern_match(arena, cases[i].pattern, cases[i].name, "月份", captures)) {
            held = "";
            for (int j = 0; j < count; j++) {
                held = arena_printf(arena, "%s%s%.*s", held, j ? "|" : "", (int)captures[j].length,
                    cases[i].name + captures[j].start);
            }
        }
        if (!held != !cases[i].held || (held && strcmp(held, cases[i].held) != 0)) {
            fail_msg("%s of %s: “%s”", cases[i].pattern, cases[i].name, held ? held : "no match");
        }
        arena_free(arena);
    }
}

/* Many wildcards cost no more than their product. */
static void test_hostile_pattern(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Capture captures[PATTERN_CAPTURES];
    char name[251], pattern[201];
    memset(name, 'a', 250);
    name[250] = '\0';
    for (size_t i = 0; i < 200; i++) {
        pattern[i] = i % 2 ? 'a' : '*';
    }
    pattern[199] = 'b';
    pattern[200] = '\0';
    assert_false(pattern_match(arena, pattern, name, NULL, captures));
    arena_free(arena);
}

/* Names as files= takes them: * or ? for the period, nothing in them that a pattern would read. */
static void test_pattern_of_names(void **state)
{
    (void)state;
    static const struct {
        const char *path, *pattern, *shape;
    } cases[] = {
        {"月报/月报-2024-05.csv", "月报/月报-*.csv", "月报/月报-?\?\?\?-?\?.csv"},
        {"2024/5月月报.csv", "*/*月报.csv", "?\?\?\?/?月月报.csv"},
        {"2024年5月/台账.csv", "*/台账.csv", "?\?\?\?年?月/台账.csv"},
        {"2024-05.csv", "*.csv", "?\?\?\?-?\?.csv"},
        {"任务.csv", "任务.csv", "任务.csv"},
        {"a[1]*{村}?.csv", "a?1]?\?村?\?.csv", "a?1]?\?村?\?.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        assert_string_equal(filename_pattern(arena, cases[i].path), cases[i].pattern);
        assert_string_equal(filename_shape(arena, cases[i].path), cases[i].shape);
        arena_free(arena);
    }
}

static void test_braces(void **state)
{
    (void)state;
    static const char *const wrong[] = {"{", "}", "{}", "{村", "村}", "{村}{村}", "{村/a}",
        "{{村}}", "{ }", "{a}{b}{c}{d}{e}{f}{g}{h}{i}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Arena *arena = arena_new();
        const char **columns;
        int count;
        if (pattern_columns(arena, wrong[i], &columns, &count)) {
            fail_msg("%s", wrong[i]);
        }
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_hostile_pattern),
        cmocka_unit_test(test_pattern_of_names),
        cmocka_unit_test(test_braces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
