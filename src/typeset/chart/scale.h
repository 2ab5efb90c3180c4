/* Value scales: where the ticks of an axis lie and what they say. Ticks are whole multiples of a
 * step of 1, 2, 2.5 or 5 times a power of ten, so that their texts are exact; doubles serve
 * positions only. */
#ifndef TYPESET_CHART_SCALE_H
#define TYPESET_CHART_SCALE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/decimal.h"

typedef struct ScaleWish {
    double low, high; /* of the data */
    bool zero;        /* the scale holds zero (always for bars) */
    bool whole;       /* all values are whole numbers: no ticks between */
    int target;       /* how many ticks look best */
    int most;         /* how many fit */
} ScaleWish;

typedef struct Scale {
    int step_digits;     /* 1, 2, 25 or 5 */
    int step_power;      /* step = step_digits × 10^step_power */
    int64_t first, last; /* ticks stand at k × step for k = first … last; first < last */
} Scale;

Scale scale_fit(const ScaleWish *wish);
/* Two scales side by side whose ticks stand at the same heights; where both hold zero, that too. */
void scale_fit_pair(const ScaleWish wishes[2], Scale scales[2]);
double scale_step(const Scale *scale);
double scale_low(const Scale *scale);
double scale_high(const Scale *scale);
/* 0 at the lowest tick, 1 at the highest. */
double scale_share(const Scale *scale, double value);

/* Power of ten by which figures of this size are divided on an axis: 0, 4 (万) from 100,000 on, 8
 * (亿) from 10^9 on. */
int scale_shift(double high);
const char *scale_shift_name(int shift); /* "", "万", "亿" */
/* The text of tick k: all ticks of a scale have the same number of decimals. `shift` moves the
 * point to the left, `percent` two places to the right. */
char *scale_tick(Arena *arena, const Scale *scale, int64_t k, int shift, bool percent);

/* A value in 万 or 亿 with `places` decimals; with more where it would read as 0 without being it:
 * 30元 is 0.003万元. */
char *scale_value(Arena *arena, Decimal value, int shift, int places);
/* Decimals of a label that is a plain figure, with or without %; -1: it is not. */
int label_places(const char *label);
/* The label with at least `places` decimals, if it is a figure: 40 beside 45.2 reads 40.0. */
const char *label_padded(Arena *arena, const char *label, int places);
/* 12.3%, half up from the exact quotient. */
const char *share_label(Arena *arena, Decimal value, Decimal total);
/* How many decimals (at most 2) the value needs after the shift. */
int scale_places(Decimal value, int shift);

#endif
