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
        cmocka_unit_test(test_any_data),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
