/* How figures become words: 约数, 升降, 百分比, 千分位, 万/亿 (language.md 2 and 5). Pure functions
 * on decimals. */
#ifndef DOCUMENT_WORDING_H
#define DOCUMENT_WORDING_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/decimal.h"

char *wording_plain(Arena *arena, Decimal value); /* without trailing zeros */
char *wording_fixed(
    Arena *arena, Decimal value, int places); /* exactly so many decimals, half up */
char *wording_grouped(Arena *arena, Decimal value, int places); /* 1,234.5; places -1 = as plain */
char *wording_percent(Arena *arena, Decimal ratio, int places); /* 0.923 → 92.3% */
/* In 万 (power 4) or 亿 (power 8); places -1 = up to 2 without trailing zeros. */
char *wording_scaled(Arena *arena, Decimal value, int power, int places);
/* 约数; word is 余 or 多; ratio: value below 1 that is a ratio or quotient → 95%以上 */
char *wording_approx(Arena *arena, Decimal value, const char *word, bool ratio);
/* 升降 of a change ratio: 增长12.3% · 下降4.0% · 持平. */
char *wording_change_ratio(Arena *arena, Decimal change, int places);
/* … of a difference with its unit: 增加12个 · 减少3个 · 持平; places -1 = as plain. */
char *wording_change_amount(Arena *arena, Decimal change, int places, const char *unit);
/* … of a difference of ratios: 提高2.3个百分点 · 降低…; places -1 = 1. */
char *wording_change_points(Arena *arena, Decimal change, int places);
/* 快于序时进度2.3个百分点 */
char *wording_pace(Arena *arena, Decimal ahead, int places);

#endif
