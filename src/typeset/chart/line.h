/* Lines of points: those of 折线, and of 组合 above its bars. */
#ifndef TYPESET_CHART_LINE_H
#define TYPESET_CHART_LINE_H

#include "typeset/chart/palette.h"
#include "typeset/chart/plot.h"
#include "typeset/chart/values.h"

/* A line, not bars. */
bool line_is(const DocChart *chart, int series);
/* Years against one another (series="年"): the latest is solid and bold, the one before dashed, and
 * so on back, whatever their order. The lines of 组合 count on their own. */
SeriesStyle line_style(const DocChart *chart, int series);
/* Stroke of the line of a series. */
void line_stroke(const DocChart *chart, int series, Shape *shape);

Point line_point(const Plot *plot, int series, int category);
bool line_is_missing(const Plot *plot, int series, int category);
/* Draws the line of a series, broken where a value is missing, without its points. */
void line_trace(const Plot *plot, int series, const Shape *stroke);
/* Draws the lines of the plot and then their points, broken where a value is missing. */
void lines_draw(const Plot *plot);
/* Anchors and spots of their values: values[series × category_count + category]. */
void lines_values(const Plot *plot, Value *values);
/* How far from its point a value stands. */
Length line_value_gap(const DocChart *chart);

#endif
