/* Ticks: nice steps, exact texts, never more than fit; 万 and 亿. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "base/buf.h"
#include "typeset/chart/scale.h"

static const struct Case {
    double low, high;
    bool zero, whole, percent;
    int target, most;
    const char *ticks;
} cases[] = {
    {5, 63.6, true, false, false, 5, 7, "0 20 40 60 80"},
    {5, 63.6, true, false, false, 8, 14, "0 10 20 30 40 50 60 70"},
    {0, 1, true, true, false, 8, 14, "0 1"},
    {1, 3, true, true, false, 8, 14, "0 1 2 3"},
    {0, 0, true, false, false, 6, 12, "0.0 0.2 0.4 0.6 0.8 1.0"},
    {7, 7, true, true, false, 8, 14, "0 1 2 3 4 5 6 7"},
    {-31, 87, true, false, false, 7, 14, "-40 -20 0 20 40 60 80 100"},
    {-9, -2, true, true, false, 6, 14, "-10 -8 -6 -4 -2 0"},
    {92.7, 97.8, false, false, false, 7, 14, "92 93 94 95 96 97 98"},
    {0, 0.93, true, false, true, 6, 12, "0% 20% 40% 60% 80% 100%"},
    {0.001, 0.004, true, false, false, 5, 12, "0.000 0.001 0.002 0.003 0.004"},
    {57080, 7673900, true, false, false, 9, 14, "0 100 200 300 400 500 600 700 800"},
    {1e9, 9.1e9, true, false, false, 6, 12, "0 20 40 60 80 100"},
    {1e11, 1e12, true, false, false, 6, 12, "0 2000 4000 6000 8000 10000"},
    {120000, 490000, true, false, false, 6, 12, "0 10 20 30 40 50"},
    {3, 99, true, true, false, 2, 3, "0 100"},
    {5, 5, false, false, false, 5, 12, "4.50 4.75 5.00 5.25 5.50"}, /* all equal */
    {-7, -7, true, true, false, 5, 12, "-8 -6 -4 -2 0"},
    {0, 0, true, true, false, 6, 12, "0 1"}, /* nothing but zeros */
    {2e-6, 7e-6, true, false, false, 5, 12, "0.000000 0.000002 0.000004 0.000006 0.000008"},
    {-1e12, 1e12, true, false, false, 5, 12, "-10000 -5000 0 5000 10000"},
    {0.1, 0.3, true, false, false, 4, 12, "0.0 0.1 0.2 0.3"}, /* 0.3 / 0.1 is less than 3 */
    {0.884, 0.991, false, false, true, 6, 12, "88% 90% 92% 94% 96% 98% 100%"},
    {-0.12, 0.34, true, false, true, 6, 12, "-20% -10% 0% 10% 20% 30% 40%"},
    {0, 1.2, true, false, true, 5, 12, "0% 20% 40% 60% 80% 100% 120%"},
    {0, 79999, true, false, false, 6, 12, "0 20000 40000 60000 80000"},
};

static char *join_ticks(Arena *arena, const Scale *scale, bool percent)
{
    Buf text = {0};
    int shift = percent ? 0 : scale_shift(fmax(fabs(scale_low(scale)), fabs(scale_high(scale))));
    for (int64_t k = scale->first; k <= scale->last; k++)
        buf_addf(
            &text, "%s%s", text.length ? " " : "", scale_tick(arena, scale, k, shift, percent));
    char *joined = arena_strdup(arena, text.data);
    buf_free(&text);
    return joined;
}

static void test_ticks(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct Case *c = &cases[i];
        ScaleWish wish = {c->low, c->high, c->zero, c->whole, c->target, c->most};
        Scale scale = scale_fit(&wish);
        assert_string_equal(join_ticks(arena, &scale, c->percent), c->ticks);
    }
    arena_free(arena);
}

/* Two axes: as many ticks on both, zero at one height where both hold it. */
static const struct PairCase {
    struct {
        double low, high;
        bool zero;
    } wishes[2];
    const char *left, *right;
} pairs[] = {
    {{{0, 63, true}, {0.85, 0.99, false}}, "0 25 50 75", "0.85 0.90 0.95 1.00"},
    {{{0, 160, true}, {3, 14, true}}, "0 50 100 150 200", "0 5 10 15 20"},
    {{{-11, 12, true}, {112, 130, false}}, "-20 -10 0 10 20", "110 115 120 125 130"},
    {{{-8, 12, true}, {-20, 30, true}}, "-10 -5 0 5 10 15", "-20 -10 0 10 20 30"},
    {{{0, 1, true}, {0, 1e7, true}}, "0.0 0.2 0.4 0.6 0.8 1.0", "0 200 400 600 800 1000"},
};

static void test_pairs(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ScaleWish wishes[2];
        Scale scales[2];
        for (int k = 0; k < 2; k++)
            wishes[k] = (ScaleWish){.low = pairs[i].wishes[k].low,
                .high = pairs[i].wishes[k].high,
                .zero = pairs[i].wishes[k].zero,
                .target = 5,
                .most = 10};
        scale_fit_pair(wishes, scales);
        assert_string_equal(join_ticks(arena, &scales[0], false), pairs[i].left);
        assert_string_equal(join_ticks(arena, &scales[1], false), pairs[i].right);
    }
    arena_free(arena);
}

static uint32_t seed = 12345;

static double random_share(void)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) / 16777216.0;
}

/* Whatever the data: it is covered, zero is held, the ticks fit, the step is 1, 2, 2.5 or 5 times a
 * power of ten. */
static void test_any_data(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        double size = pow(10, random_share() * 18 - 6);
        double a = (random_share() * 2 - 1) * size, b = (random_share() * 2 - 1) * size;
        if (i % 7 == 0)
            b = a;
        ScaleWish wish = {fmin(a, b), fmax(a, b), i % 2 == 0, false, 2 + i % 9, 3 + i % 9 + i % 5};
        Scale scale = scale_fit(&wish);
        assert_true(scale_low(&scale) <= wish.low + 1e-8 * size &&
                    scale_high(&scale) >= wish.high - 1e-8 * size);
        assert_true(scale.last > scale.first);
        assert_true(scale.last - scale.first + 1 <= wish.most);
        assert_true(!wish.zero || (scale.first <= 0 && scale.last >= 0));
        assert_true(scale.step_digits == 1 || scale.step_digits == 2 || scale.step_digits == 5 ||
                    scale.step_digits == 25);
    }
}

static void test_any_pair(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        ScaleWish wishes[2];
        Scale scales[2];
        for (int k = 0; k < 2; k++) {
            double size = pow(10, random_share() * 18 - 6), low = i % 3 == 0 ? -size : 0;
            double a = low + random_share() * size, b = low + random_share() * size * 2;
            wishes[k] = (ScaleWish){
                fmin(a, b), fmax(a, b), k == 0 || i % 2 == 0, false, 2 + i % 9, 3 + i % 12};
        }
        scale_fit_pair(wishes, scales);
        assert_int_equal(scales[0].last - scales[0].first, scales[1].last - scales[1].first);
        assert_true(!wishes[1].zero || scales[0].first == scales[1].first);
        for (int k = 0; k < 2; k++) {
            double slack = 1e-8 * (fabs(wishes[k].low) + fabs(wishes[k].high));
            assert_true(scale_low(&scales[k]) <= wishes[k].low + slack);
            assert_true(scale_high(&scales[k]) >= wishes[k].high - slack);
        }
    }
}

static void test_share(void **state)
{
    (void)state;
    Scale scale = {.step_digits = 25, .step_power = -1, .first = -2, .last = 6};
    assert_true(fabs(scale_share(&scale, -5)) < 1e-12);
    assert_true(fabs(scale_share(&scale, 15) - 1) < 1e-12);
    assert_true(fabs(scale_share(&scale, 5) - 0.5) < 1e-12);
}

static const struct ValueCase {
    const char *value;
    int shift, places;
    const char *text;
} values[] = {
    {"1234567", 4, 2, "123.46"},
    {"1230000", 4, 0, "123"},
    {"1235000", 4, 1, "123.5"},
    {"-45000", 4, 1, "-4.5"},
    {"297000000", 8, 2, "2.97"},
    {"0", 4, 0, "0"},
    {"12345.678", 4, 2, "1.23"},
    {"42.50", 0, 1, "42.5"},
    {"30", 4, 2, "0.003"}, /* what is there is not printed as 0 */
    {"-87654", 8, 2, "-0.0009"},
    {"1", 8, 2, "0.00000001"},
};

static void test_values(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        Decimal value;
        assert_true(decimal_parse(values[i].value, &value));
        assert_int_equal(scale_places(value, values[i].shift), values[i].places);
        assert_string_equal(
            scale_value(arena, value, values[i].shift, values[i].places), values[i].text);
    }
    assert_string_equal(scale_shift_name(scale_shift(99999)), "");
    assert_string_equal(scale_shift_name(scale_shift(100000)), "万");
    assert_string_equal(scale_shift_name(scale_shift(1e9)), "亿");
    arena_free(arena);
}

static void test_labels(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_int_equal(label_places("45.2"), 1);
    assert_int_equal(label_places("1,240"), 0);
    assert_int_equal(label_places("-3.25%"), 2);
    assert_int_equal(label_places("3万"), -1);
    assert_int_equal(label_places("—"), -1);
    assert_string_equal(label_padded(arena, "40", 1), "40.0");
    assert_string_equal(label_padded(arena, "93%", 2), "93.00%");
    assert_string_equal(label_padded(arena, "1.5", 2), "1.50");
    assert_string_equal(label_padded(arena, "1.55", 1), "1.55");
    assert_string_equal(label_padded(arena, "3万", 1), "3万");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_any_data),
        cmocka_unit_test(test_any_pair),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
