/* Exact decimal numbers: mantissa × 10^-scale. Figures are never doubles: 四舍五入 shows in
 * documents. Results keep as many decimals as they need (a quotient up to 12); a result beyond
 * int64 is a failure. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_STORE_SCALE = 6, DECIMAL_MAX_SCALE = 12, DECIMAL_TEXT = 32 };

typedef struct Decimal {
    int64_t mantissa;
    int scale; /* 0 … DECIMAL_MAX_SCALE, decimals as written */
} Decimal;

Decimal decimal_from_int(int64_t value);
/* Plain ASCII: [-+]digits[.digits]; the scale is the number of decimals written. False if malformed
 * or too long. */
bool decimal_parse(const char *text, Decimal *out);
bool decimal_add(Decimal a, Decimal b, Decimal *out);
bool decimal_sub(Decimal a, Decimal b, Decimal *out);
bool decimal_mul(Decimal a, Decimal b, Decimal *out);
/* false for b = 0 too; half up at 12 decimals or as many as fit */
bool decimal_div(Decimal a, Decimal b, Decimal *out);
int decimal_cmp(Decimal a, Decimal b); /* -1 0 1 */
int decimal_sign(Decimal a);
Decimal decimal_neg(Decimal a);
Decimal decimal_abs(Decimal a);
/* Exactly `places` decimals, half away from zero (2.675 → 2.68, −2.5 → −3). Saturation cannot occur
 * for places ≤ scale; widening that does not fit leaves the number as it is. */
Decimal decimal_round(Decimal a, int places);
Decimal decimal_cut(Decimal a, int places); /* towards zero */
Decimal decimal_trim(Decimal a);            /* without trailing zeros after the point */
/* Plain text with exactly `scale` decimals, "-0.00" is written "0.00". Returns out. */
char *decimal_format(Decimal a, char out[DECIMAL_TEXT]);
/* The stored form: int64 × 10^6 (rounded half up when a has more decimals). False on overflow. */
bool decimal_to_store(Decimal a, int64_t *out);
Decimal decimal_from_store(int64_t stored); /* scale 6; trim or round for printing */
double decimal_to_double(Decimal a); /* for drawing, and for the REAL of a <query> */

#endif
