#include "typeset/chart/scale.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The steps of an axis in order of how well they read: 2.5 last. */
static const struct Step {
    int digits, power;
    double simplicity;
} steps[] = {{1, 0, 1.0}, {2, 0, 0.95}, {5, 0, 0.9}, {25, -1, 0.6}};
enum { STEP_COUNT = sizeof steps / sizeof *steps };

static const double EPSILON = 1e-9; /* of a step: 0.3 / 0.1 is 2.9999999999999996 */

double scale_step(const Scale *scale)
{
    /* A quotient of two exact numbers is nearer the truth than a product with 0.1. */
    double power = 1;
    for (int i = 0; i < abs(scale->step_power); i++)
        power *= 10;
    return scale->step_power < 0 ? scale->step_digits / power : scale->step_digits * power;
}

double scale_low(const Scale *scale)
{
    return (double)scale->first * scale_step(scale);
}

double scale_high(const Scale *scale)
{
    return (double)scale->last * scale_step(scale);
}

double scale_share(const Scale *scale, double value)
{
    double low = scale_low(scale);
    return (value - low) / (scale_high(scale) - low);
}

/* Coverage, density and simplicity weighed as in Talbot, Lin, Hanrahan: An Extension of Wilkinson's
 * Algorithm for Positioning Tick Labels on Axes (2010); here the scale always covers the data. */
static double score(const Scale *scale, const ScaleWish *wish, double simplicity)
{
    double range = scale_high(scale) - scale_low(scale);
    double coverage = (wish->high - wish->low) / range;
    double ticks = (double)(scale->last - scale->first + 1);
    double density = ticks < wish->target ? ticks / wish->target : wish->target / ticks;
    return 0.4 * coverage + 0.2 * simplicity + 0.4 * density;
}

static Scale cover(const ScaleWish *wish, int digits, int power)
{
    Scale scale = {.step_digits = digits, .step_power = power};
    double step = scale_step(&scale);
    scale.first = (int64_t)floor(wish->low / step + EPSILON);
    scale.last = (int64_t)ceil(wish->high / step - EPSILON);
    if (scale.last == scale.first)
        scale.last++;
    return scale;
}

static ScaleWish settle(const ScaleWish *wish)
{
    ScaleWish settled = *wish;
    if (wish->zero) {
        settled.low = fmin(wish->low, 0);
        settled.high = fmax(wish->high, 0);
    }
    if (settled.low == settled.high) { /* all equal: some room around them */
        if (settled.low == 0)
            settled.high = 1;
        else
            settled.low -= fabs(settled.low) / 10, settled.high += fabs(settled.high) / 10;
    }
    settled.most = wish->most < 3 ? 3 : wish->most; /* data on both sides of zero need three */
    settled.target = wish->target < 2 ? 2 : wish->target;
    return settled;
}

Scale scale_fit(const ScaleWish *wish)
{
    ScaleWish settled = settle(wish);
    Scale best = {1, 0, 0, 1};
    double best_score = -1;
    int power = (int)floor(log10(settled.high - settled.low));
    if (settled.whole && power < 0)
        power = 0;
    for (int p = power - 2; p <= power + 2; p++)
        for (int i = 0; i < STEP_COUNT; i++) {
            int step_power = p + steps[i].power;
            if (settled.whole && step_power < 0)
                continue;
            Scale scale = cover(&settled, steps[i].digits, step_power);
            if (scale.last - scale.first + 1 > settled.most)
                continue;
            double points = score(&scale, &settled, steps[i].simplicity);
            if (points > best_score) {
                best = scale;
                best_score = points;
            }
        }
    return best;
}

int scale_shift(double high)
{
    return high >= 1e9 ? 8 : high >= 1e5 ? 4 : 0;
}

const char *scale_shift_name(int shift)
{
    return shift == 8 ? "亿" : shift == 4 ? "万" : "";
}

/* digits × 10^power as plain text with exactly `places` decimals. */
static char *format(Arena *arena, int64_t digits, int power, int places)
{
    Decimal value = {digits, power < 0 ? -power : 0};
    for (; power > 0; power--)
        value.mantissa *= 10;
    char text[DECIMAL_TEXT];
    return arena_strdup(arena, decimal_format(decimal_round(value, places), text));
}

char *scale_tick(Arena *arena, const Scale *scale, int64_t k, int shift, bool percent)
{
    int power = scale->step_power - shift + (percent ? 2 : 0), digits = scale->step_digits;
    char *text = format(arena, k * digits, power, power < 0 ? -power : 0);
    return percent ? arena_printf(arena, "%s%%", text) : text;
}

int scale_places(Decimal value, int shift)
{
    Decimal least = decimal_trim(value);
    int64_t mantissa = least.mantissa;
    int places = least.scale + shift;
    for (; places > 0 && mantissa != 0 && mantissa % 10 == 0; mantissa /= 10)
        places--;
    return mantissa == 0 || places <= 0 ? 0 : places > 2 ? 2 : places;
}

char *scale_value(Arena *arena, Decimal value, int shift, int places)
{
    Decimal shifted = {value.mantissa, value.scale + shift};
    char text[DECIMAL_TEXT];
    if (shifted.scale > DECIMAL_MAX_SCALE)
        shifted =
            (Decimal){decimal_round(value, DECIMAL_MAX_SCALE - shift).mantissa, DECIMAL_MAX_SCALE};
    return arena_strdup(arena, decimal_format(decimal_round(shifted, places), text));
}

int label_places(const char *label)
{
    size_t whole = strspn(label, "-0123456789,"), decimals = 0, at = whole;
    if (label[at] == '.') {
        decimals = strspn(label + at + 1, "0123456789");
        at += 1 + decimals;
    }
    at += label[at] == '%';
    return whole > 0 && label[at] == '\0' ? (int)decimals : -1;
}

const char *label_padded(Arena *arena, const char *label, int places)
{
    int have = label_places(label);
    if (have < 0 || have >= places)
        return label;
    int figure = (int)strcspn(label, "%");
    return arena_printf(arena, "%.*s%s%.*s%s", figure, label, have ? "" : ".", places - have,
        "000000000000", label + figure);
}
