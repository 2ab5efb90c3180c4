#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "document/wording.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static Decimal number(const char *text)
{
    Decimal value;
    assert_true(decimal_parse(text, &value));
    return value;
}

typedef struct ApproxCase {
    const char *number, *text;
} ApproxCase;

/* language.md 5, row by row, then what follows from its rules at their borders. */
static const ApproxCase approx_cases[] = {
    /* flat table */
    /* unchanged: the rows of the table */
    {"550", "550"},
    {"6300", "6300"},
    {"92000000", "9200万"},
    {"19", "19"},
    {"7.3", "7.3"},
    /* near */
    {"69500", "近7万"},
    {"2970000000", "近30亿"},
    {"24800", "近2.5万"},
    {"98", "近100"},
    /* cut */
    {"553.4", "550余"},
    {"132", "130余"},
    {"1042", "1000余"},
    {"35", "30余"},
    {"513000", "50余万"},
    {"31200", "3万余"},
    {"92310000", "9200余万"},
    {"12300", "1.2万余"},
    /* below 20 nothing is rough */
    {"0", "0"},
    {"0.5", "0.5"},
    {"1", "1"},
    {"19.9", "19.9"},
    {"19.999", "19.999"},
    {"20", "20"},
    {"20.0", "20"},
    {"20.1", "20余"},
    {"21", "20余"},
    /* below 100 one digit is kept */
    {"24", "20余"},
    {"24.4", "20余"},
    {"24.5", "近25"}, /* exactly 2 % below 25 */
    {"25", "20余"},   /* a multiple of 5 itself: the next one is 30 */
    {"29", "20余"},   /* 3.3 % below 30 */
    {"29.4", "近30"}, /* exactly 2 % */
    {"29.39", "20余"},
    {"30", "30"},
    {"44", "40余"},
    {"48", "40余"},
    {"49", "近50"},
    {"50", "50"},
    {"54", "近55"},
    {"55", "50余"},
    {"59", "近60"},
    {"83", "80余"},
    {"84", "近85"},
    {"90", "90"},
    {"94", "近95"},
    {"95", "90余"},
    {"97", "90余"},
    {"99", "近100"},
    {"99.9", "近100"},
    /* hundreds: two digits */
    {"100", "100"},
    {"100.5", "100余"},
    {"101", "100余"},
    {"105", "100余"},
    {"110", "110"},
    {"119", "110余"},
    {"146", "140余"},
    {"147", "近150"},
    {"149", "近150"},
    {"150", "150"},
    {"190", "190"},
    {"195", "190余"},
    {"196", "近200"},
    {"456", "450余"},
    {"980", "980"},
    {"979", "970余"},
    {"981", "近1000"},
    {"999.5", "近1000"},
    /* thousands: one digit when less than 15 % of its place follows */
    {"1000", "1000"},
    {"1001", "1000余"},
    {"1100", "1100"},
    {"1149", "1000余"},
    {"1149.9", "1000余"},
    {"1150", "1100余"},
    {"1234", "1200余"},
    {"1469", "1400余"},
    {"1470", "近1500"},
    {"1500", "1500"},
    {"2940", "近3000"},
    {"2939", "2900余"},
    {"6349.5", "6300余"},
    {"9799", "9700余"},
    {"9801", "近1万"},
    {"9999", "近1万"},
    /* 万 */
    {"10000", "1万"},
    {"10001", "1万余"},
    {"11499", "1万余"},
    {"11500", "1.1万余"},
    {"12000", "1.2万"},
    {"14700", "近1.5万"},
    {"99000", "9.9万"},
    {"99500", "近10万"},
    {"100000", "10万"},
    {"102300", "10余万"},
    {"123456", "12万余"},
    {"203456", "20余万"},
    {"1230000", "120余万"},
    {"1100000", "110万"},
    {"5230000", "520余万"},
    {"5130000", "500余万"},
    {"9900000", "990万"},
    {"9950000", "近1000万"},
    {"98700000", "近1亿"},
    {"21500.5", "2.1万余"},
    {"22400", "2.2万余"},
    /* 亿 */
    {"100000000", "1亿"},
    {"100000001", "1亿余"},
    {"123000000", "1.2亿余"},
    {"150000000", "1.5亿"},
    {"297000000", "近3亿"},
    {"1050000000", "10余亿"},
    {"2340000000", "23亿余"},
    {"30000000000", "300亿"},
    {"9223372036854775807", "92000000000余亿"},
    /* a decrease keeps its sign */
    {"-553.4", "-550余"},
    {"-98", "近-100"},
    {"-7.3", "-7.3"},
};

static void approx_numbers(void **state)
{
    (void)state;
    assert_true(COUNT(approx_cases) >= 80);
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(approx_cases); i++) {
        Decimal value = number(approx_cases[i].number);
        assert_string_equal(wording_approx(arena, value, "余", false), approx_cases[i].text);
    }
    assert_string_equal(wording_approx(arena, number("553"), "多", false), "550多");
    assert_string_equal(wording_approx(arena, number("513000"), "多", false), "50多万");
    assert_string_equal(wording_approx(arena, number("31200"), "多", false), "3万多");
    arena_free(arena);
}

static void approx_ratios(void **state)
{
    static const ApproxCase cases[] = {
        {"0.953", "95%以上"},
        {"0.95", "95%"},
        {"0.950000", "95%"},
        {"0.9999", "99%以上"},
        {"0.5", "50%"},
        {"0.017", "1%以上"},
        {"0.01", "1%"},
        {"0.004", "不足1%"},
        {"0", "0%"},
        {"0.955555", "95%以上"},
        {"1", "1"},
        {"1.25", "1.25"},
        {"-0.123", "-12%以下"},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(
            wording_approx(arena, number(cases[i].number), "余", true), cases[i].text);
    }
    arena_free(arena);
}

/* No output bears two marks of roughness, whatever the number. */
static void approx_marks_once(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    uint64_t seed = 20240630;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        Decimal value = {(int64_t)(seed >> (1 + i % 60)), i % 7};
        const char *text = wording_approx(arena, value, "余", false);
        const char *near = strstr(text, "近"), *over = strstr(text, "余");
        assert_false(near && over);
        assert_true(!over || !strstr(over + 1, "余"));
    }
    arena_free(arena);
}

static void plain_and_fixed(void **state)
{
    static const struct {
        const char *number;
        int places;
        const char *plain, *fixed, *grouped;
    } cases[] = {
        {"456.0", 1, "456", "456.0", "456"},
        {"1234.5", 0, "1234.5", "1235", "1,234.5"},
        {"2.675", 2, "2.675", "2.68", "2.675"},
        {"-2.5", 0, "-2.5", "-3", "-2.5"},
        {"-0.004", 2, "-0.004", "0.00", "-0.004"},
        {"1234567", 2, "1234567", "1234567.00", "1,234,567"},
        {"-123456.78", 1, "-123456.78", "-123456.8", "-123,456.78"},
        {"999", 0, "999", "999", "999"},
        {"1000", 0, "1000", "1000", "1,000"},
        {"0", 0, "0", "0", "0"},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        Decimal value = number(cases[i].number);
        assert_string_equal(wording_plain(arena, value), cases[i].plain);
        assert_string_equal(wording_fixed(arena, value, cases[i].places), cases[i].fixed);
        assert_string_equal(wording_grouped(arena, value, -1), cases[i].grouped);
    }
    assert_string_equal(wording_grouped(arena, number("1234.5"), 2), "1,234.50");
    assert_string_equal(wording_grouped(arena, number("999.99"), 0), "1,000");
    arena_free(arena);
}

static void percents(void **state)
{
    static const struct {
        const char *number;
        int places;
        const char *text;
    } cases[] = {
        {"0.923", 1, "92.3%"},
        {"0.923", 0, "92%"},
        {"0.925", 0, "93%"},
        {"0.9", 1, "90.0%"},
        {"1", 1, "100.0%"},
        {"1.0526", 2, "105.26%"},
        {"0.333333333333", 1, "33.3%"},
        {"-0.0404", 1, "-4.0%"},
        {"0.0004", 1, "0.0%"},
        {"0.0005", 1, "0.1%"},
        {"0", -1, "0.0%"},
        {"12", 0, "1200%"},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(
            wording_percent(arena, number(cases[i].number), cases[i].places), cases[i].text);
    }
    arena_free(arena);
}

static void scaled(void **state)
{
    static const struct {
        const char *number;
        int power, places;
        const char *text;
    } cases[] = {
        {"55000", 4, -1, "5.5万"},
        {"297000000", 8, -1, "2.97亿"},
        {"55000", 4, 2, "5.50万"},
        {"55555", 4, -1, "5.56万"},
        {"55549", 4, 1, "5.6万"},
        {"55449", 4, 1, "5.5万"},
        {"120000", 4, 0, "12万"},
        {"-55555", 4, -1, "-5.56万"},
        {"10000", 4, -1, "1万"},
        {"123456789.123456", 8, 2, "1.23亿"},
        {"0.333333333333", 8, -1, "0亿"},
        {"9223372036854775807", 4, 0, "922337203685478万"},
        {"50.000000000001", 8, 12, "0.000000500000亿"},
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(
            wording_scaled(arena, number(cases[i].number), cases[i].power, cases[i].places),
            cases[i].text);
    }
    arena_free(arena);
}

static void changes(void **state)
{
    static const struct {
        const char *number;
        int places;
        const char *text;
    } ratios[] =
        {
            {"0.123", 1, "增长12.3%"},
            {"-0.04", 1, "下降4.0%"},
            {"0", 1, "持平"},
            {"0.0004", 1, "持平"},
            {"0.0005", 1, "增长0.1%"},
            {"-0.0004", 1, "持平"},
            {"-0.0005", 1, "下降0.1%"},
            {"0.004", 0, "持平"},
            {"0.005", 0, "增长1%"},
            {"1.5", -1, "增长150.0%"},
        },
      points[] = {
          {"0.023", 1, "提高2.3个百分点"},
          {"-0.01", 0, "降低1个百分点"},
          {"0.0001", 1, "持平"},
          {"0.0234", -1, "提高2.3个百分点"},
      };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(ratios); i++) {
        assert_string_equal(wording_change_ratio(arena, number(ratios[i].number), ratios[i].places),
            ratios[i].text);
    }
    for (size_t i = 0; i < COUNT(points); i++) {
        assert_string_equal(
            wording_change_points(arena, number(points[i].number), points[i].places),
            points[i].text);
    }
    assert_string_equal(wording_change_amount(arena, number("12"), -1, "个"), "增加12个");
    assert_string_equal(wording_change_amount(arena, number("-3.0"), -1, "个"), "减少3个");
    assert_string_equal(wording_change_amount(arena, number("0"), -1, "个"), "持平");
    assert_string_equal(wording_change_amount(arena, number("0.4"), 0, "吨"), "持平");
    assert_string_equal(wording_change_amount(arena, number("-2.55"), 1, NULL), "减少2.6");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(approx_numbers),
        cmocka_unit_test(approx_ratios),
        cmocka_unit_test(approx_marks_once),
        cmocka_unit_test(plain_and_fixed),
        cmocka_unit_test(percents),
        cmocka_unit_test(scaled),
        cmocka_unit_test(changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
