#include "typeset/chart/scale.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The steps of an axis, and how simple they read: Q of the paper below without 4 and 3, which no
 * office paper counts in. */
static const struct Step {
    int digits, power;
    double simplicity;
} steps[] = {{1, 0, 1.0}, {2, 0, 0.9}, {5, 0, 0.9}, {25, -1, 0.25}};
enum { STEP_COUNT = sizeof steps / sizeof *steps, POWER_REACH = 2 };

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

static double square(double x)
{
    return x * x;
}

/* Talbot, Lin, Hanrahan: An Extension of Wilkinson's Algorithm for Positioning Tick Labels on Axes
 * (2010), with its weights. Here a scale always covers the data; what it holds beyond them at
 * either end counts half as much as there, for values stand in it. Legible are few decimals. */
static double score(const Scale *scale, const ScaleWish *wish, double simplicity)
{
    double range = wish->high - wish->low;
    double beyond = square((scale_high(scale) - wish->high) / range) +
                    square((wish->low - scale_low(scale)) / range);
    double coverage = 1 - 0.5 * beyond / square(0.2);
    double intervals = (double)(scale->last - scale->first), wished = wish->target - 1;
    double density = 2 - fmax(intervals / wished, wished / intervals);
    double legibility = scale->step_power < 0 ? 1.0 / (1 - scale->step_power) : 1;
    return 0.25 * simplicity + 0.2 * coverage + 0.5 * density + 0.05 * legibility;
}

static bool covers(const Scale *scale, const ScaleWish *wish)
{
    double step = scale_step(scale);
    return (double)scale->first <= wish->low / step + EPSILON &&
           (double)scale->last >= wish->high / step - EPSILON;
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

/* What a search has found so far. */
typedef struct Found {
    Scale scale;
    double score;
    bool any;
} Found;

static void consider(Found *found, Scale scale, const ScaleWish *wish, double simplicity)
{
    if (!covers(&scale, wish))
        return;
    double points = score(&scale, wish, simplicity);
    if (!found->any || points > found->score)
        *found = (Found){scale, points, true};
}

/* Ends of a scale of this step: the nearest around the data, or `intervals` of them with zero after
 * `below` of them, or, where zero is not held, with the data in their middle. */
static void set_ends(Scale *scale, const ScaleWish *wish, int intervals, int below)
{
    double step = scale_step(scale);
    scale->first = (int64_t)floor(wish->low / step + EPSILON);
    scale->last = (int64_t)ceil(wish->high / step - EPSILON);
    if (intervals == 0) {
        scale->last += scale->last == scale->first;
        return;
    }
    int64_t spare = intervals - (scale->last - scale->first);
    if (wish->zero)
        scale->first = -below;
    else if (spare > 1)
        scale->first -= scale->first >= 0 && scale->first < spare / 2 ? scale->first : spare / 2;
    scale->last = scale->first + intervals;
}

/* The best scale for a settled wish; of so many intervals, unless that is 0. */
static Found search(const ScaleWish *wish, int intervals, int below)
{
    Found found = {.scale = {1, 0, 0, 1}};
    int power = (int)floor(log10(wish->high - wish->low));
    if (wish->whole && power < 0)
        power = 0;
    for (int p = power - POWER_REACH; p <= power + POWER_REACH; p++)
        for (int i = 0; i < STEP_COUNT; i++) {
            Scale scale = {.step_digits = steps[i].digits, .step_power = p + steps[i].power};
            if (wish->whole && scale.step_power < 0)
                continue;
            set_ends(&scale, wish, intervals, below);
            if (scale.last - scale.first < wish->most)
                consider(&found, scale, wish, steps[i].simplicity);
        }
    return found;
}

Scale scale_fit(const ScaleWish *wish)
{
    ScaleWish settled = settle(wish);
    return search(&settled, 0, 0).scale;
}

void scale_fit_pair(const ScaleWish wishes[2], Scale scales[2])
{
    ScaleWish first = settle(&wishes[0]), second = settle(&wishes[1]);
    double best = 0;
    bool any = false;
    bool negative = (first.zero && first.low < 0) || (second.zero && second.low < 0);
    for (int intervals = 2; intervals < first.most; intervals++)
        for (int below = 0; below <= (negative ? intervals : 0); below++) {
            Found a = search(&first, intervals, below), b = search(&second, intervals, below);
            if (!a.any || !b.any || (any && a.score + b.score <= best))
                continue;
            best = a.score + b.score;
            any = true;
            scales[0] = a.scale;
            scales[1] = b.scale;
        }
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
    bool lost = decimal_sign(shifted) != 0 && decimal_sign(decimal_round(shifted, places)) == 0;
    while (lost && places < shifted.scale && decimal_sign(decimal_cut(shifted, places)) == 0)
        places++;
    return arena_strdup(arena, decimal_format(decimal_round(shifted, places), text));
}

const char *share_label(Arena *arena, Decimal value, Decimal total)
{
    Decimal share;
    if (!decimal_div(value, total, &share))
        return "";
    Decimal percent = {decimal_round(share, 3).mantissa, 1};
    char text[DECIMAL_TEXT];
    return arena_printf(arena, "%s%%", decimal_format(percent, text));
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
