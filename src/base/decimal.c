#include "base/decimal.h"
#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

static const int64_t powers[] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
};

/* INT64_MIN is left out, so that every number has its negative. */
static bool fits(Wide value)
{
    return value <= INT64_MAX && value >= -INT64_MAX;
}

static UnsignedWide magnitude(Wide value)
{
    return value < 0 ? -(UnsignedWide)value : (UnsignedWide)value;
}

static Wide divide_half_up(Wide value, Wide by)
{
    Wide quotient = value / by, rest = value % by;
    if (magnitude(rest) * 2 >= magnitude(by))
        quotient += value < 0 ? -1 : 1;
    return quotient;
}

/* Ten to the power of 0 … 24. */
static Wide wide_power(int exponent)
{
    if (exponent <= DECIMAL_MAX_SCALE)
        return powers[exponent];
    return (Wide)powers[DECIMAL_MAX_SCALE] * powers[exponent - DECIMAL_MAX_SCALE];
}

/* Brings an exact result into a Decimal. Zeros at the end go first, then, rounded once, decimals
 * beyond the stored six (so that a third of 300 million is a number still); no other digit is lost.
 */
static bool settle(Wide value, int scale, Decimal *out)
{
    while (scale > 0 && (scale > DECIMAL_MAX_SCALE || !fits(value)) && value % 10 == 0) {
        value /= 10;
        scale--;
    }
    int places = scale < DECIMAL_MAX_SCALE ? scale : DECIMAL_MAX_SCALE;
    for (; places >= 0; places--) {
        Wide rounded = places == scale ? value : divide_half_up(value, wide_power(scale - places));
        if (fits(rounded)) {
            *out = (Decimal){(int64_t)rounded, places};
            return true;
        }
        if (places <= DECIMAL_STORE_SCALE)
            break;
    }
    return false;
}

Decimal decimal_from_int(int64_t value)
{
    return (Decimal){value, 0};
}

/* Adds one digit to a mantissa; false when it grows too long. */
static bool take_digit(int64_t *mantissa, char digit)
{
    return !__builtin_mul_overflow(*mantissa, 10, mantissa) &&
           !__builtin_add_overflow(*mantissa, digit - '0', mantissa);
}

bool decimal_parse(const char *text, Decimal *out)
{
    bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    Decimal number = {0, 0};
    int digits = 0;
    bool point = false;
    for (; *text; text++) {
        if (*text == '.' && !point && digits) {
            point = true;
            digits = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || !take_digit(&number.mantissa, *text))
            return false;
        digits++;
        number.scale += point;
    }
    if (!digits || number.scale > DECIMAL_MAX_SCALE)
        return false;
    if (negative)
        number.mantissa = -number.mantissa;
    *out = number;
    return true;
}

bool decimal_add(Decimal a, Decimal b, Decimal *out)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    Wide left = (Wide)a.mantissa * powers[scale - a.scale];
    Wide right = (Wide)b.mantissa * powers[scale - b.scale];
    return settle(left + right, scale, out);
}

bool decimal_sub(Decimal a, Decimal b, Decimal *out)
{
    return decimal_add(a, decimal_neg(b), out);
}

bool decimal_mul(Decimal a, Decimal b, Decimal *out)
{
    return settle((Wide)a.mantissa * b.mantissa, a.scale + b.scale, out);
}

/* Long division, digit by digit, as far as 12 decimals and int64 allow. */
static bool divide(UnsignedWide value, UnsignedWide by, UnsignedWide *quotient, int *scale)
{
    UnsignedWide rest = value % by;
    *quotient = value / by;
    *scale = 0;
    if (*quotient > INT64_MAX)
        return false;
    while (rest && *scale < DECIMAL_MAX_SCALE) {
        UnsignedWide longer = *quotient * 10 + rest * 10 / by;
        /* The last digit may yet be rounded up by one. */
        if (longer >= INT64_MAX)
            break;
        *quotient = longer;
        rest = rest * 10 % by;
        ++*scale;
    }
    *quotient += rest * 2 >= by;
    return *quotient <= INT64_MAX;
}

bool decimal_div(Decimal a, Decimal b, Decimal *out)
{
    if (b.mantissa == 0)
        return false;
    UnsignedWide value = magnitude(a.mantissa) * (UnsignedWide)powers[b.scale];
    UnsignedWide by = magnitude(b.mantissa) * (UnsignedWide)powers[a.scale];
    UnsignedWide quotient;
    int scale;
    if (!divide(value, by, &quotient, &scale))
        return false;
    bool negative = (a.mantissa < 0) != (b.mantissa < 0);
    *out = decimal_trim((Decimal){negative ? -(int64_t)quotient : (int64_t)quotient, scale});
    return true;
}

int decimal_cmp(Decimal a, Decimal b)
{
    Wide left = (Wide)a.mantissa * powers[b.scale], right = (Wide)b.mantissa * powers[a.scale];
    return (left > right) - (left < right);
}

int decimal_sign(Decimal a)
{
    return (a.mantissa > 0) - (a.mantissa < 0);
}

Decimal decimal_neg(Decimal a)
{
    return (Decimal){a.mantissa == INT64_MIN ? INT64_MAX : -a.mantissa, a.scale};
}

Decimal decimal_abs(Decimal a)
{
    return a.mantissa < 0 ? decimal_neg(a) : a;
}

static int clamp_places(int places)
{
    return places < 0 ? 0 : places > DECIMAL_MAX_SCALE ? DECIMAL_MAX_SCALE : places;
}

static Decimal widen(Decimal a, int places)
{
    Wide value = (Wide)a.mantissa * powers[places - a.scale];
    return fits(value) ? (Decimal){(int64_t)value, places} : a;
}

Decimal decimal_round(Decimal a, int places)
{
    places = clamp_places(places);
    if (places >= a.scale)
        return widen(a, places);
    return (Decimal){(int64_t)divide_half_up(a.mantissa, powers[a.scale - places]), places};
}

Decimal decimal_cut(Decimal a, int places)
{
    places = clamp_places(places);
    if (places >= a.scale)
        return widen(a, places);
    return (Decimal){a.mantissa / powers[a.scale - places], places};
}

Decimal decimal_trim(Decimal a)
{
    while (a.scale > 0 && a.mantissa % 10 == 0) {
        a.mantissa /= 10;
        a.scale--;
    }
    return a;
}

char *decimal_format(Decimal a, char out[DECIMAL_TEXT])
{
    char digits[DECIMAL_TEXT];
    int length = snprintf(
        digits, sizeof digits, "%0*llu", a.scale + 1, (unsigned long long)magnitude(a.mantissa));
    const char *sign = a.mantissa < 0 ? "-" : "";
    int whole = length - a.scale;
    snprintf(
        out, DECIMAL_TEXT, "%s%.*s%s%s", sign, whole, digits, a.scale ? "." : "", digits + whole);
    return out;
}

bool decimal_to_store(Decimal a, int64_t *out)
{
    Decimal stored = decimal_round(a, DECIMAL_STORE_SCALE);
    *out = stored.mantissa;
    return stored.scale == DECIMAL_STORE_SCALE;
}

Decimal decimal_from_store(int64_t stored)
{
    return (Decimal){stored, DECIMAL_STORE_SCALE};
}

double decimal_to_double(Decimal a)
{
    return (double)a.mantissa / (double)powers[a.scale];
}
