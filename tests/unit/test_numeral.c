#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "document/numeral.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void han_numbers(void **state)
{
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {
        {0, "零"},
        {1, "一"},
        {10, "十"},
        {11, "十一"},
        {19, "十九"},
        {20, "二十"},
        {21, "二十一"},
        {100, "一百"},
        {101, "一百零一"},
        {110, "一百一十"},
        {111, "一百一十一"},
        {123, "一百二十三"},
        {1000, "一千"},
        {1001, "一千零一"},
        {1010, "一千零一十"},
        {1100, "一千一百"},
        {10000, "一万"},
        {10005, "一万零五"},
        {10500, "一万零五百"},
        {15000, "一万五千"},
        {100000, "十万"},
        {120000, "十二万"},
        {1000000, "一百万"},
        {1000010, "一百万零一十"},
        {100000000, "一亿"},
        {100001234, "一亿零一千二百三十四"},
        {1000000000, "十亿"},
        {1000000000000, "一万亿"},
        {1200000000000, "一万二千亿"},
        {10000000000000000, "一亿亿"},
        {-12, "负十二"},
        {-105, "负一百零五"},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(numeral_han(arena, cases[i].number), cases[i].text);
    }
    assert_non_null(numeral_han(arena, INT64_MIN));
    static const struct {
        Decimal number;
        const char *text;
    } decimals[] = {
        {{15, 1}, "一点五"},
        {{5, 1}, "零点五"},
        {{-105, 2}, "负一点零五"},
        {{-5, 2}, "负零点零五"},
        {{1200, 2}, "十二"},
        {{120250, 1}, "一万二千零二十五"},
        {{1000000010, 3}, "一百万点零一"},
        {{0, 3}, "零"},
        {{1, 12}, "零点零零零零零零零零零零零一"},
        {{INT64_MIN, 12}, "负九百二十二万三千三百七十二点零三六八五四七七五八零八"},
    };
    for (size_t i = 0; i < COUNT(decimals); i++) {
        assert_string_equal(numeral_han_decimal(arena, decimals[i].number), decimals[i].text);
    }
    assert_string_equal(numeral_ordinal(arena, 3), "第三");
    assert_string_equal(numeral_ordinal(arena, 12), "第十二");
    arena_free(arena);
}

static void money(void **state)
{
    static const struct {
        const char *number, *text;
    } cases[] = {
        {"123", "壹佰贰拾叁元整"},
        {"0", "零元整"},
        {"0.05", "伍分"},
        {"0.5", "伍角整"},
        {"0.55", "伍角伍分"},
        {"10.05", "壹拾元零伍分"},
        {"1005.30", "壹仟零伍元叁角整"},
        {"1409.50", "壹仟肆佰零玖元伍角整"},
        {"107000.53", "壹拾万柒仟元伍角叁分"},
        {"16409.02", "壹万陆仟肆佰零玖元零贰分"},
        {"2.675", "贰元陆角捌分"},
        {"-12", "负壹拾贰元整"},
        {"120000", "壹拾贰万元整"},
        {"1.5", "壹元伍角整"},
        /* no room for two decimals */
        {"92233720368547758.1",
            "玖亿亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元壹角整"},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        Decimal yuan;
        assert_true(decimal_parse(cases[i].number, &yuan));
        assert_string_equal(numeral_money(arena, yuan), cases[i].text);
    }
    arena_free(arena);
}

static void circled(void **state)
{
    static const struct {
        int number;
        const char *text;
    } cases[] = {{1, "①"}, {10, "⑩"}, {20, "⑳"}, {21, "㉑"}, {35, "㉟"}, {36, "㊱"}, {50, "㊿"},
        {0, "(0)"}, {51, "(51)"}, {120, "(120)"}};
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(numeral_circled(arena, cases[i].number), cases[i].text);
    }
    arena_free(arena);
}

/* GB/T 9704 7.3.3 */
static void headings(void **state)
{
    static const struct {
        int level, number;
        const char *text;
    } cases[] = {{1, 1, "一、"}, {1, 10, "十、"}, {1, 12, "十二、"}, {2, 3, "（三）"},
        {2, 21, "（二十一）"}, {3, 4, "4."}, {3, 15, "15."}, {4, 2, "（2）"}};
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(numeral_heading(arena, cases[i].level, cases[i].number), cases[i].text);
    }
    arena_free(arena);
}

static void dates(void **state)
{
    static const struct {
        Date date;
        const char *full, *month_day, *year_month, *han;
    } cases[] = {
        {{2024, 6, 30}, "2024年6月30日", "6月30日", "2024年6月", "二〇二四年六月三十日"},
        {{2024, 1, 1}, "2024年1月1日", "1月1日", "2024年1月", "二〇二四年一月一日"},
        {{2010, 10, 10}, "2010年10月10日", "10月10日", "2010年10月", "二〇一〇年十月十日"},
        {{1999, 12, 31}, "1999年12月31日", "12月31日", "1999年12月", "一九九九年十二月三十一日"},
        {{2000, 11, 20}, "2000年11月20日", "11月20日", "2000年11月", "二〇〇〇年十一月二十日"},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(date_long(arena, cases[i].date), cases[i].full);
        assert_string_equal(date_month_day(arena, cases[i].date), cases[i].month_day);
        assert_string_equal(date_year_month(arena, cases[i].date), cases[i].year_month);
        assert_string_equal(date_han(arena, cases[i].date), cases[i].han);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(han_numbers),
        cmocka_unit_test(money),
        cmocka_unit_test(circled),
        cmocka_unit_test(headings),
        cmocka_unit_test(dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
