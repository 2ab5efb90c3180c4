#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/date.h"

/* Every day from 1900 to 2199, counted up by hand: the two conversions agree with the calendar. */
static void test_every_day(void **state)
{
    (void)state;
    int days = -25567; /* 1900-01-01 */
    for (int year = 1900; year <= 2199; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year == 2000);
        int sum = 0;
        for (int month = 1; month <= 12; month++) {
            int length = date_month_length(year, month);
            sum += length;
            assert_false(date_valid(year, month, length + 1));
            for (int day = 1; day <= length; day++, days++) {
                Date date = {year, month, day};
                assert_true(date_valid(year, month, day));
                assert_int_equal(date_days(date), days);
                assert_int_equal(date_cmp(date_from_days(days), date), 0);
            }
        }
        assert_int_equal(sum, leap ? 366 : 365);
    }
    assert_int_equal(date_days((Date){1970, 1, 1}), 0);
    assert_int_equal(date_days((Date){2024, 6, 15}), 19889);
}

static void test_valid(void **state)
{
    (void)state;
    static const Date wrong[] = {
        {1899, 12, 31},
        {2200, 1, 1},
        {2024, 0, 1},
        {2024, 13, 1},
        {2024, 6, 0},
        {2024, 6, 31},
        {2023, 2, 29},
        {2100, 2, 29},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(date_valid(wrong[i].year, wrong[i].month, wrong[i].day));
    assert_true(date_valid(2000, 2, 29));
}

static void test_add_months(void **state)
{
    (void)state;
    static const struct {
        Date from;
        int months;
        Date to;
    } cases[] = {
        {{2024, 1, 31}, 1, {2024, 2, 29}},
        {{2023, 1, 31}, 1, {2023, 2, 28}},
        {{2024, 12, 5}, 1, {2025, 1, 5}},
        {{2024, 1, 5}, -1, {2023, 12, 5}},
        {{2024, 3, 31}, -1, {2024, 2, 29}},
        {{2024, 2, 29}, 12, {2025, 2, 28}},
        {{2024, 6, 15}, 0, {2024, 6, 15}},
        {{2024, 6, 30}, -18, {2022, 12, 30}},
        {{2024, 2, 29}, -12, {2023, 2, 28}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(date_cmp(date_add_months(cases[i].from, cases[i].months), cases[i].to), 0);
}

static void test_compare(void **state)
{
    (void)state;
    Date a = {2024, 6, 15};
    assert_int_equal(date_cmp(a, a), 0);
    assert_int_equal(date_cmp(a, (Date){2024, 6, 16}), -1);
    assert_int_equal(date_cmp(a, (Date){2024, 5, 30}), 1);
    assert_int_equal(date_cmp(a, (Date){2025, 1, 1}), -1);
}

static void test_iso(void **state)
{
    (void)state;
    Date date;
    char text[16];
    assert_true(date_parse_iso("2024-06-15", &date));
    assert_int_equal(date_cmp(date, (Date){2024, 6, 15}), 0);
    assert_string_equal(date_format_iso(date, text), "2024-06-15");
    static const char *const wrong[] = {
        "",
        "2024-6-15",
        "2024-06-31",
        "2024/06/15",
        "2024-06-15 ",
        " 2024-06-15",
        "2024-06-1a",
        "20240615",
        "-024-06-15",
        "2024-06",
        "２０２４-06-15",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(date_parse_iso(wrong[i], &date));
    assert_int_equal(date_cmp(date, (Date){2024, 6, 15}), 0); /* untouched by failures */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_add_months),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_iso),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
