/* 堆叠, 百分比堆叠: what parts standing on one another come to. Positive parts stand on zero,
 * upward in the order of the series; negative ones hang from it. A missing part is nothing. */
#ifndef TYPESET_CHART_STACK_H
#define TYPESET_CHART_STACK_H

#include "base/arena.h"
#include "base/diag.h"
#include "document/document.h"

bool stack_is(ChartKind kind);
/* The ends of a part: `from` is the one nearer to zero. */
void stack_part(const DocChart *chart, int series, int category, double *from, double *to);
/* Of all stacks; zero lies within. */
void stack_range(const DocChart *chart, double *low, double *high);
/* What the positive (negative) parts of a category come to, as a point to be labelled; missing when
 * there are none. A stack of zeros has the total 0, upward. */
ChartPoint stack_total(Arena *arena, const DocChart *chart, int category, bool negative);
/* The chart that is drawn for a 百分比堆叠: the share of each part in its stack. */
const DocChart *stack_shares(Arena *arena, const DocChart *chart);

/* Sums beyond all measure; for shares also negative parts. Warns of stacks that lack a part. */
bool stack_check(const DocChart *chart, Diags *diags);
bool stack_check_shares(const DocChart *chart, Diags *diags);

#endif
