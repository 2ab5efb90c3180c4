/* What standing and lying bars share. */
#ifndef TYPESET_CHART_BAR_H
#define TYPESET_CHART_BAR_H

#include "typeset/chart/palette.h"
#include "typeset/chart/values.h"

/* The bars of one category, side by side in its slot. */
typedef struct BarRow {
    Length width; /* of a bar */
    Length pitch; /* from one to the next */
    int count;
} BarRow;

BarRow bar_row(const DocChart *chart, Length slot);
/* Where the bar of a series begins, from the slot's middle. */
Length bar_offset(const BarRow *row, int series);
/* Bars of several series whose patterns are too narrow to be seen. */
void bar_warn_of_thin(Canvas *canvas, const BarRow *row);
void bar_draw(Canvas *canvas, int series, Box box);

/* Standing bars, grouped or stacked: their boxes, series by series, and the values at their ends.
 * Draws them; values[series × category_count + category] gets place and spots. */
void bars_draw(const Plot *plot, const BarRow *row, Value *values);

#endif
