#include "document/wording.h"

#include <stdint.h>
#include <string.h>
#include "base/buf.h"

char *wording_plain(Arena *arena, Decimal value)
{
    char text[DECIMAL_TEXT];
    return arena_strdup(arena, decimal_format(decimal_trim(value), text));
}

char *wording_fixed(Arena *arena, Decimal value, int places)
{
    char text[DECIMAL_TEXT];
    return arena_strdup(arena, decimal_format(decimal_round(value, places), text));
}

char *wording_grouped(Arena *arena, Decimal value, int places)
{
    char text[DECIMAL_TEXT];
    decimal_format(places < 0 ? decimal_trim(value) : decimal_round(value, places), text);
    const char *digits = text + (*text == '-');
    size_t whole = strcspn(digits, ".");
    Buf out = {0};
    buf_add(&out, text, (size_t)(digits - text));
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) {
            buf_adds(&out, ",");
        }
        buf_add(&out, digits + i, 1);
    }
    buf_adds(&out, digits + whole);
    char *grouped = arena_strdup(arena, out.data);
    buf_free(&out);
    return grouped;
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

/* mantissa × 10^-scale, any scale, rounded half away from zero to `places`. A number too large to
 * be widened keeps the decimals it has. */
static Decimal rescale(int64_t mantissa, int scale, int places)
{
    int drop = scale - places;
    if (drop > 18) { /* below half of the last place: int64 has 19 digits */
        return (Decimal){0, places};
    }
    if (drop <= 0) {
        Decimal widened = {mantissa, scale < 0 ? 0 : scale};
        return decimal_round(widened, places);
    }
    int64_t unit = power_of_ten(drop);
    int64_t quotient = mantissa / unit, rest = mantissa % unit;
    if (rest >= unit - rest || -rest >= unit + rest) {
        quotient += mantissa < 0 ? -1 : 1;
    }
    return (Decimal){quotient, places};
}

/* The ratio in percent with exactly `places` decimals. */
static Decimal percent_of(Decimal ratio, int places)
{
    Decimal rounded = decimal_round(ratio, places + 2);
    if (rounded.scale >= 2) {
        return (Decimal){rounded.mantissa, rounded.scale - 2};
    }
    Decimal percent = rounded;
    (void)decimal_mul(rounded, decimal_from_int(100), &percent);
    return percent;
}

char *wording_percent(Arena *arena, Decimal ratio, int places)
{
    char text[DECIMAL_TEXT];
    Decimal percent = percent_of(ratio, places < 0 ? 1 : places);
    return arena_printf(arena, "%s%%", decimal_format(percent, text));
}

char *wording_scaled(Arena *arena, Decimal value, int power, int places)
{
    char text[DECIMAL_TEXT];
    Decimal scaled = rescale(value.mantissa, value.scale + power, places < 0 ? 2 : places);
    if (places < 0) {
        scaled = decimal_trim(scaled);
    }
    return arena_printf(arena, "%s%s", decimal_format(scaled, text), power == 8 ? "亿" : "万");
}

/* ---- 约数 (language.md 5) ---- */

typedef enum ApproxMark { APPROX_EXACT, APPROX_NEAR, APPROX_OVER } ApproxMark;

/* A whole number with at most two digits that are not zero; in 万 from 10 000, in 亿 from 10⁸. */
static char *approx_text(
    Arena *arena, uint64_t whole, ApproxMark mark, const char *sign, const char *word)
{
    int power = whole >= 100000000 ? 8 : whole >= 10000 ? 4 : 0;
    const char *name = power == 8 ? "亿" : power == 4 ? "万" : "";
    uint64_t unit = (uint64_t)power_of_ten(power);
    Decimal head = {(int64_t)(whole / (unit / (power ? 10 : 1))), power ? 1 : 0};
    char text[DECIMAL_TEXT];
    decimal_format(decimal_trim(head), text);
    bool round_head = whole % (unit * 10) == 0;
    return arena_printf(arena, "%s%s%s%s%s%s", mark == APPROX_NEAR ? "近" : "", sign, text,
        mark == APPROX_OVER && round_head ? word : "", name,
        mark == APPROX_OVER && !round_head ? word : "");
}

/* `whole` is at least 20; `fraction` says that something stands behind the point. */
static char *approx_whole(Arena *arena, Decimal size, const char *sign, const char *word)
{
    uint64_t scale = (uint64_t)power_of_ten(size.scale);
    uint64_t whole = (uint64_t)size.mantissa / scale;
    bool fraction = (uint64_t)size.mantissa % scale != 0;
    uint64_t place = 1; /* of the first digit */
    while (whole / place >= 10) {
        place *= 10;
    }
    uint64_t kept = whole < 100 ? place : place / 10;
    if (!fraction && whole % kept == 0) {
        return approx_text(arena, whole, APPROX_EXACT, sign, word);
    }
    uint64_t half = place / 2, next = (whole / half + 1) * half;
    /* At most 2 % below it: value ≥ 0.98 × next, in 128 bits, as both sides grow by the scale. */
    if ((unsigned __int128)(uint64_t)size.mantissa * 50 >= (unsigned __int128)next * scale * 49) {
        return approx_text(arena, next, APPROX_NEAR, sign, word);
    }
    if (whole >= 1000 && whole % place < place / 100 * 15) {
        kept = place;
    }
    return approx_text(arena, whole - whole % kept, APPROX_OVER, sign, word);
}

/* Whole percents, cut; a ratio below 1 % has no whole percent to stand above. */
static char *approx_ratio(Arena *arena, Decimal size, bool negative)
{
    Decimal percent = percent_of(decimal_cut(size, 2), 0);
    bool exact = decimal_cmp(decimal_cut(size, 2), size) == 0;
    const char *sign = negative ? "-" : "";
    if (percent.mantissa == 0 && !exact) {
        return arena_strdup(arena, "不足1%");
    }
    const char *mark = exact ? "" : negative ? "以下" : "以上";
    char text[DECIMAL_TEXT];
    return arena_printf(arena, "%s%s%%%s", sign, decimal_format(percent, text), mark);
}

char *wording_approx(Arena *arena, Decimal value, const char *word, bool ratio)
{
    Decimal size = decimal_trim(decimal_abs(value));
    bool negative = decimal_sign(value) < 0;
    if (ratio && decimal_cmp(size, decimal_from_int(1)) < 0) {
        return approx_ratio(arena, size, negative);
    }
    if (decimal_cmp(size, decimal_from_int(20)) < 0) {
        return wording_plain(arena, value);
    }
    return approx_whole(arena, size, negative ? "-" : "", word);
}

/* ---- 升降 ---- */

typedef struct ChangeWords {
    const char *up, *down;
} ChangeWords;

/* 持平 is what rounds to zero. */
static char *change_text(Arena *arena, Decimal change, const ChangeWords *words, const char *unit)
{
    int sign = decimal_sign(change);
    if (sign == 0) {
        return arena_strdup(arena, "持平");
    }
    char text[DECIMAL_TEXT];
    return arena_printf(arena, "%s%s%s", sign > 0 ? words->up : words->down,
        decimal_format(decimal_abs(change), text), unit);
}

char *wording_change_ratio(Arena *arena, Decimal change, int places)
{
    static const ChangeWords words = {"增长", "下降"};
    return change_text(arena, percent_of(change, places < 0 ? 1 : places), &words, "%");
}

char *wording_change_amount(Arena *arena, Decimal change, int places, const char *unit)
{
    static const ChangeWords words = {"增加", "减少"};
    Decimal shown = places < 0 ? decimal_trim(change) : decimal_round(change, places);
    return change_text(arena, shown, &words, unit ? unit : "");
}

char *wording_pace(Arena *arena, Decimal ahead, int places)
{
    static const ChangeWords words = {"快于序时进度", "慢于序时进度"};
    Decimal points = percent_of(ahead, places < 0 ? 1 : places);
    return decimal_sign(points) == 0 ? arena_strdup(arena, "与序时进度持平")
                                     : change_text(arena, points, &words, "个百分点");
}

char *wording_change_points(Arena *arena, Decimal change, int places)
{
    static const ChangeWords words = {"提高", "降低"};
    return change_text(arena, percent_of(change, places < 0 ? 1 : places), &words, "个百分点");
}
