/* Charts in a line of text, in the cells of tables: a bar beside a figure, the course of a row.
 * They are drawn by what draws the charts, without axes and names. */
#ifndef TYPESET_CHART_SPARK_H
#define TYPESET_CHART_SPARK_H

#include "typeset/chart/canvas.h"

/* A bar that fills the box from edge to edge; a stroke at its left edge where it is too short. */
void spark_bar(Typesetter *ts, Page *page, Box box);

/* What the figures of a spark, or of a column of them, lie between. Start with {0}. */
typedef struct SparkRange {
    double low, high;
    bool any;
} SparkRange;

void spark_note(SparkRange *range, const DocChart *spark);

/* Width of a spark that has so many points, beside text of this size. */
Length spark_width(const DocChart *spark, Length size);
/* Draws it into the frame: bars from zero, as high as the range has it, so that those of a column
 * compare; a line as its own figures go. Told in words in Pages.figures. */
void spark_place(
    Typesetter *ts, Page *page, const DocChart *spark, const SparkRange *range, Box frame);

#endif
