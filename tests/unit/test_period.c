#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "data/period.h"

static Period parsed(const char *text)
{
    Period period;
    assert_true(period_parse(text, &period));
    return period;
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *raw;
        PeriodKind kind;
        const char *first, *last, *name, *brief;
    } cases[] = {
        /* flat table */
        {"2024-06", PERIOD_MONTH, "2024-06-01", "2024-06-30", "2024年6月", "6月"},
        {"2024-02", PERIOD_MONTH, "2024-02-01", "2024-02-29", "2024年2月", "2月"},
        {"2024Q2", PERIOD_QUARTER, "2024-04-01", "2024-06-30", "2024年第二季度", "二季度"},
        {"2024Q4", PERIOD_QUARTER, "2024-10-01", "2024-12-31", "2024年第四季度", "四季度"},
        {"2024H1", PERIOD_HALF, "2024-01-01", "2024-06-30", "2024年上半年", "上半年"},
        {"2024H2", PERIOD_HALF, "2024-07-01", "2024-12-31", "2024年下半年", "下半年"},
        {"2024", PERIOD_YEAR, "2024-01-01", "2024-12-31", "2024年", "2024年"},
        {"2024-06-上旬", PERIOD_TEN_DAYS, "2024-06-01", "2024-06-10", "2024年6月上旬", "6月上旬"},
        {"2024-06-中旬", PERIOD_TEN_DAYS, "2024-06-11", "2024-06-20", "2024年6月中旬", "6月中旬"},
        {"2024-02-下旬", PERIOD_TEN_DAYS, "2024-02-21", "2024-02-29", "2024年2月下旬", "2月下旬"},
        {"2024-01-01..2024-06-30", PERIOD_RANGE, "2024-01-01", "2024-06-30", "2024年1—6月",
            "1—6月"},
        {"2024-06-01..2024-06-30", PERIOD_RANGE, "2024-06-01", "2024-06-30", "2024年6月", "6月"},
        {"2023-11-01..2024-02-29", PERIOD_RANGE, "2023-11-01", "2024-02-29", "2023年11月—2024年2月",
            "2023年11月—2024年2月"},
        {"2024-05-02..2024-06-30", PERIOD_RANGE, "2024-05-02", "2024-06-30", "2024年5月2日—6月30日",
            "5月2日—6月30日"},
        {"2024-06-03..2024-06-09", PERIOD_RANGE, "2024-06-03", "2024-06-09", "2024年6月3—9日",
            "6月3—9日"},
        {"2024-06-03..2024-06-03", PERIOD_RANGE, "2024-06-03", "2024-06-03", "2024年6月3日",
            "6月3日"},
        {"2023-12-30..2024-01-05", PERIOD_RANGE, "2023-12-30", "2024-01-05",
            "2023年12月30日—2024年1月5日", "2023年12月30日—2024年1月5日"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char day[16];
        Period p = parsed(cases[i].raw);
        assert_int_equal(p.kind, cases[i].kind);
        assert_string_equal(date_format_iso(p.first, day), cases[i].first);
        assert_string_equal(date_format_iso(p.last, day), cases[i].last);
        assert_string_equal(period_raw(arena, p), cases[i].raw);
        assert_string_equal(period_name(arena, p), cases[i].name);
        assert_string_equal(period_short(arena, p), cases[i].brief);
    }
    arena_free(arena);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "2024-13", "2024-00", "2024-6", "24-06", "2024Q5",
        "2024Q0", "2024H3", "2024Q", "2024Q21", "2024-06-", "2024-06-上", "2024-06-15", "2024-06 ",
        "1800", "2024年", "2024-06-30..2024-06-01", "2024-06..2024-07", "2024-06-01..",
        "..2024-06-01", "2024-02-30..2024-03-01", "2024-06-01...2024-06-02", "本月"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Period p;
        if (period_parse(cases[i], &p)) {
            fail_msg("“%s” was read as a period", cases[i]);
        }
    }
}

static void test_neighbours(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *previous, *next, *last_year, *to_date;
    } cases[] = {
        /* flat table */
        {"2024-01", "2023-12", "2024-02", "2023-01", "2024-01-01..2024-01-31"},
        {"2024-06", "2024-05", "2024-07", "2023-06", "2024-01-01..2024-06-30"},
        {"2024Q1", "2023Q4", "2024Q2", "2023Q1", "2024-01-01..2024-03-31"},
        {"2024H1", "2023H2", "2024H2", "2023H1", "2024-01-01..2024-06-30"},
        {"2024", "2023", "2025", "2023", "2024-01-01..2024-12-31"},
        {"2024-03-上旬", "2024-02-下旬", "2024-03-中旬", "2023-03-上旬", "2024-01-01..2024-03-10"},
        {"2024-02-下旬", "2024-02-中旬", "2024-03-上旬", "2023-02-下旬", "2024-01-01..2024-02-29"},
        /* whole months move by months, and keep their ends */
        {"2024-01-01..2024-06-30", "2023-07-01..2023-12-31", "2024-07-01..2024-12-31",
            "2023-01-01..2023-06-30", "2024-01-01..2024-06-30"},
        {"2025-01-01..2025-02-28", "2024-11-01..2024-12-31", "2025-03-01..2025-04-30",
            "2024-01-01..2024-02-29", "2025-01-01..2025-02-28"},
        /* other ranges by their own length in days */
        {"2024-06-03..2024-06-09", "2024-05-27..2024-06-02", "2024-06-10..2024-06-16",
            "2023-06-03..2023-06-09", "2024-01-01..2024-06-09"},
        {"2024-02-10..2024-02-29", "2024-01-21..2024-02-09", "2024-03-01..2024-03-20",
            "2023-02-10..2023-02-28", "2024-01-01..2024-02-29"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Period p = parsed(cases[i].raw);
        assert_string_equal(period_raw(arena, period_previous(p)), cases[i].previous);
        assert_string_equal(period_raw(arena, period_next(p)), cases[i].next);
        assert_string_equal(period_raw(arena, period_last_year(p)), cases[i].last_year);
        assert_string_equal(period_raw(arena, period_year_to_date(p)), cases[i].to_date);
    }
    arena_free(arena);
}

static void test_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *name, *containing;
    } cases[] = {{"旬", "2024-05-下旬"}, {"月", "2024-05"}, {"季", "2024Q2"}, {"半年", "2024H1"},
        {"年", "2024"}};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PeriodKind kind;
        assert_true(period_kind_parse(cases[i].name, &kind));
        Period p = period_containing(kind, (Date){2024, 5, 31});
        assert_string_equal(period_raw(arena, p), cases[i].containing);
        assert_true(period_equal(p, parsed(cases[i].containing)));
        assert_false(period_equal(p, period_next(p)));
        assert_true(period_equal(period_previous(period_next(p)), p));
    }
    PeriodKind kind;
    assert_false(period_kind_parse("周", &kind));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_neighbours),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
