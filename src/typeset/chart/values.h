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
    const Box *on;  /* the part of a stack it stands on, in its middle; NULL: at the anchor */
    const Box *bar; /* the bar in whose end it may stand when the first spot is taken, or NULL */
    bool first;     /* placed before the others: the highest and the lowest */
    bool placed, on_bar;
    Box box;
} Value;

/* Finds places for all values at the largest size at which all find one, else at that at which the
 * fewest find none; then sets some_unlabelled. */
TextStyle values_solve(Canvas *canvas, Value *values, int count, Length gap, const Box *room);
/* Adds to the canvas those that found one. */
void values_add(Canvas *canvas, const Value *values, int count, const TextStyle *style);
/* Both, as one line of reading in their order. */
void values_place(Canvas *canvas, Value *values, int count, Length gap, const Box *room);
/* Marks the highest and the lowest point of a series. */
bool is_extreme(const ChartSeries *series, int count, int index);

#endif
