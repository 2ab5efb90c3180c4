/* Values at the bars and points of a chart: each stands where it touches no other text, bar or
 * line, or not at all. */
#ifndef TYPESET_CHART_VALUES_H
#define TYPESET_CHART_VALUES_H

#include "typeset/chart/plot.h"

/* Where a value may stand, from its anchor: `across` in widths of the text from the anchor's
 * middle, `up` in heights (0: beside the anchor, 1: the text's lower edge `gap` above it, 2: a line
 * higher …; negative: below). */
typedef struct Spot {
    double across, up;
} Spot;

typedef struct Value {
    const char *text;
    Point anchor;
    const Spot *spots;
    int spot_count;
    bool first; /* placed before the others: the highest and the lowest */
    bool placed;
    Box box;
} Value;

/* Finds places for all values at the largest size at which all find one, and adds them to the
 * canvas in their order, as one line of reading. Sets some_unlabelled when the smallest size leaves
 * some out. */
void values_place(Canvas *canvas, Value *values, int count, Length gap, const Box *room);
/* Marks the highest and the lowest point of a series. */
bool is_extreme(const ChartSeries *series, int count, int index);

#endif
