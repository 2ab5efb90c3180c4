/* A chart under way: its values and series (charts.c), its targets (charts_targets.c). */
#ifndef TEMPLATE_EVALUATE_CHARTS_H
#define TEMPLATE_EVALUATE_CHARTS_H

#include "template/evaluate/evaluate.h"

/* What the first figure on an axis said of all others. */
typedef struct Measure {
    bool any; /* a figure is there */
    bool ratio;
    const char *first_value; /* whose ratio or not decided */
    const char *unit;
    const char *other_unit; /* of a value that does not share the first one's */
} Measure;

typedef struct Plot {
    Paper *paper;
    const Node *node;
    DocChart *chart;
    Measure first, second; /* by axis */
} Plot;

/* A figure of the attribute `name` becomes a point. A missing figure is a gap, not zero
 * (language.md 4). False after a message. */
bool plot_point(Plot *plot, Measure *measure, const char *attr, const char *name,
    const Datum *datum, ChartPoint *point);
/* target=: a line across the plot, or one for each category. Failure is noted in the paper. */
void plot_targets(Plot *plot, const Groups *categories, const Scope *scope);
/* by="月" series="年": the years one above the other. */
void plot_fold_years(Plot *plot, const Groups *categories);
/* The same as plot_point of one that could not be worked out: a lack of the paper. */
void plot_lacks(Plot *plot, const Expr *expr, ChartPoint *point);

#endif
