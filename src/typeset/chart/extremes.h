/* The values of a chart with axes: all of them, or the highest and the lowest of each series
 * pointed out (最高 42.5), or both. */
#ifndef TYPESET_CHART_EXTREMES_H
#define TYPESET_CHART_EXTREMES_H

#include "typeset/chart/plot.h"
#include "typeset/chart/values.h"

enum { EXTREME_TIES = 3 };

/* 最高, 最低, or NULL where nothing is to be pointed out: also when more than EXTREME_TIES points
 * share the place, or when all are equal. */
const char *extreme_word(const DocChart *chart, int series, int category);
/* Warns of extremes that too many points share. */
void extremes_warn(const DocChart *chart, Diags *diags);

/* Places the values: values[series × category_count + category] holds the anchor and the spots of
 * a point; the texts are set here, as labels, extremes and the table below the axis ask for. */
void plot_values(const Plot *plot, Value *values, Length gap);

#endif
