#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/decimal.h"

__extension__ typedef __int128 Wide;

static Decimal number(const char *text)
{
    Decimal value = {-1, -1};
    assert_true(decimal_parse(text, &value));
    return value;
}

static void assert_text(Decimal value, const char *expected)
{
    char text[DECIMAL_TEXT];
    assert_string_equal(decimal_format(value, text), expected);
}

static void test_parse_and_format(void **state)
{
    (void)state;
    static const struct {
        const char *text, *printed; /* NULL: malformed */
    } cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.00", "0.00"},
        {"+12.50", "12.50"},
        {"-2.5", "-2.5"},
        {"007", "7"},
        {"0.000001", "0.000001"},
        {"-0.05", "-0.05"},
        {"0.123456789012", "0.123456789012"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775807", "-9223372036854775807"},
        {"9223372036.854775807", "9223372036.854775807"},
        {"9223372036854775808", NULL},
        {"0.1234567890123", NULL},
        {"", NULL},
        {"-", NULL},
        {".5", NULL},
        {"5.", NULL},
        {"1.2.3", NULL},
        {"1,234", NULL},
        {" 1", NULL},
        {"1e3", NULL},
        {"--1", NULL},
        {"１", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Decimal value = {0, 0};
        assert_int_equal(decimal_parse(cases[i].text, &value), cases[i].printed != NULL);
        if (cases[i].printed)
            assert_text(value, cases[i].printed);
    }
}

static void test_round_and_cut(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int places;
        const char *rounded, *cut;
    } cases[] = {
        {"2.675", 2, "2.68", "2.67"}, {"-2.5", 0, "-3", "-2"}, {"2.5", 0, "3", "2"},
        {"1.005", 2, "1.01", "1.00"}, {"0.5", 0, "1", "0"}, {"-0.4", 0, "0", "0"},
        {"-0.049", 1, "0.0", "0.0"}, {"1.2", 3, "1.200", "1.200"}, {"9.995", 2, "10.00", "9.99"},
        {"456.0", 0, "456", "456"}, {"0.45", 1, "0.5", "0.4"}, {"-1.25", 1, "-1.3", "-1.2"},
        {"1.349999", 1, "1.3", "1.3"}, {"12.3", -1, "12", "12"},
        {"9223372036854775807", 2, "9223372036854775807",
            "9223372036854775807"}, /* does not widen */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_text(decimal_round(number(cases[i].text), cases[i].places), cases[i].rounded);
        assert_text(decimal_cut(number(cases[i].text), cases[i].places), cases[i].cut);
    }
}

static void test_arithmetic(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        char sign;
        const char *b, *result; /* NULL: failure */
    } cases[] = {
        {"0.1", '+', "0.2", "0.3"}, {"1.50", '+', "1", "2.50"}, {"1", '-', "1.00", "0.00"},
        {"553.4", '-', "132", "421.4"}, {"1.1", '*', "1.1", "1.21"}, {"-3", '*', "0.5", "-1.5"},
        {"0.000001", '*', "0.000001", "0.000000000001"},
        {"0.0000005", '*', "0.000001", "0.000000000001"}, /* 13 decimals: half up */
        {"1", '/', "3", "0.333333333333"}, {"2", '/', "3", "0.666666666667"},
        {"-2", '/', "3", "-0.666666666667"}, {"6", '/', "3", "2"}, {"1", '/', "8", "0.125"},
        {"1", '/', "0.125", "8"}, {"0", '/', "5", "0"}, {"1", '/', "0", NULL},
        {"1", '/', "0.00", NULL},
        {"1000000000000", '/', "3", "333333333333.3333333"}, /* as many decimals as fit */
        {"9223372036854775807", '+', "1", NULL}, {"-9223372036854775807", '-', "1", NULL},
        {"9223372036854775807", '*', "2", NULL}, {"9223372036854775807", '/', "0.1", NULL},
        {"9223372036854775807", '/', "1", "9223372036854775807"},
        {"9223372036854775807", '*', "1.000000",
            "9223372036854775807"}, /* exact in fewer decimals */
        {"123456789", '+', "0.333333333333", "123456789.3333333333"},
        {"0.333333333333", '*', "1234567890", "411522629.9995884774"},
        {"9300000000000", '+', "0.333333333333", NULL}, /* not even six decimals fit */
        {"900000000000000000", '+', "0.55", NULL},      /* nothing of what is stored may go */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Decimal a = number(cases[i].a), b = number(cases[i].b), result = {0, 0};
        bool done = cases[i].sign == '+'   ? decimal_add(a, b, &result)
                    : cases[i].sign == '-' ? decimal_sub(a, b, &result)
                    : cases[i].sign == '*' ? decimal_mul(a, b, &result)
                                           : decimal_div(a, b, &result);
        if (done != (cases[i].result != NULL))
            fail_msg("%s %c %s", cases[i].a, cases[i].sign, cases[i].b);
        if (done)
            assert_text(result, cases[i].result);
    }
}

static void test_compare_and_sign(void **state)
{
    (void)state;
    assert_int_equal(decimal_cmp(number("1.50"), number("1.5")), 0);
    assert_int_equal(decimal_cmp(number("1.49"), number("1.5")), -1);
    assert_int_equal(decimal_cmp(number("-1"), number("-2")), 1);
    assert_int_equal(decimal_cmp(number("9223372036854775807"), number("0.000000000001")), 1);
    assert_int_equal(decimal_sign(number("-0.01")), -1);
    assert_int_equal(decimal_sign(number("-0.00")), 0);
    assert_int_equal(decimal_sign(number("3")), 1);
    assert_text(decimal_neg(number("1.5")), "-1.5");
    assert_text(decimal_abs(number("-1.5")), "1.5");
    assert_text(decimal_abs(decimal_from_int(INT64_MIN)), "9223372036854775807");
    assert_text(decimal_trim(number("456.0")), "456");
    assert_text(decimal_trim(number("0.500")), "0.5");
    assert_text(decimal_trim(number("0.000")), "0");
    assert_text(decimal_trim(number("100")), "100");
    assert_true(decimal_to_double(number("-2.25")) == -2.25);
}

static void test_store(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t stored;
    } cases[] = {
        {"1", 1000000},
        {"-2.5", -2500000},
        {"0.0000005", 1},
        {"0.00000049", 0},
        {"-0.0000005", -1},
        {"999999999999.999999", 999999999999999999},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t stored;
        assert_true(decimal_to_store(number(cases[i].text), &stored));
        assert_int_equal(stored, cases[i].stored);
    }
    int64_t stored;
    assert_false(decimal_to_store(number("9223372036855"), &stored));
    assert_text(decimal_from_store(-2500000), "-2.500000");
}

/* ---- properties, against plain integers ---- */

static uint64_t random_state = 20240630;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static Decimal random_number(int bits)
{
    int64_t mantissa = (int64_t)(random_bits() >> (64 - 1 - random_bits() % (unsigned)bits));
    return (Decimal){random_bits() % 2 ? mantissa : -mantissa, (int)(random_bits() % 7)};
}

static Wide at_scale(Decimal value, int scale)
{
    Wide wide = value.mantissa;
    for (int i = value.scale; i < scale; i++)
        wide *= 10;
    return wide;
}

static void test_exact(void **state)
{
    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = random_number(28), b = random_number(28), sum, difference, product;
        assert_true(decimal_add(a, b, &sum) && decimal_sub(a, b, &difference));
        assert_true(decimal_mul(a, b, &product));
        assert_true(at_scale(sum, 12) == at_scale(a, 12) + at_scale(b, 12));
        assert_true(at_scale(difference, 12) == at_scale(a, 12) - at_scale(b, 12));
        assert_true(at_scale(product, 12) == at_scale(a, 6) * at_scale(b, 6));
        Decimal back;
        assert_true(decimal_add(difference, b, &back));
        assert_int_equal(decimal_cmp(back, a), 0);
        char text[DECIMAL_TEXT];
        Decimal again = number(decimal_format(a, text));
        assert_true(again.mantissa == a.mantissa && again.scale == a.scale);
    }
}

/* Rounding and dividing are right when the error is at most half a unit, and a half goes away from
 * zero. */
static void test_half_up(void **state)
{
    (void)state;
    for (int i = 0; i < 100000; i++) {
        Decimal a = random_number(40), b = random_number(20), quotient;
        int places = (int)(random_bits() % 7);
        Decimal rounded = decimal_round(a, places);
        assert_int_equal(rounded.scale, places);
        Wide error = at_scale(rounded, 12) - at_scale(a, 12);
        Wide half = at_scale((Decimal){5, places + 1}, 12);
        if (a.mantissa < 0)
            error = -error;
        assert_true(error <= half && error > -half);
        if (b.mantissa == 0 || !decimal_div(a, b, &quotient))
            continue;
        /* |quotient × b − a| ≤ |b| × half a unit of the quotient's last place, all at 24 decimals
         */
        Wide off = (Wide)quotient.mantissa * b.mantissa, exact = a.mantissa;
        int scale = quotient.scale + b.scale;
        for (int s = a.scale; s < scale; s++)
            exact *= 10;
        for (int s = scale; s < a.scale; s++)
            off *= 10;
        Wide unit = b.mantissa < 0 ? -(Wide)b.mantissa : b.mantissa;
        for (int s = scale; s < a.scale; s++)
            unit *= 10;
        Wide gap = off > exact ? off - exact : exact - off;
        assert_true(gap * 2 <= unit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse_and_format),
        cmocka_unit_test(test_round_and_cut),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_compare_and_sign),
        cmocka_unit_test(test_store),
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_half_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
