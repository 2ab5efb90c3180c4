/* The part that bar and line charts share: value axis, grid, category axis, and the room for
 * values. */
#ifndef TYPESET_CHART_PLOT_H
#define TYPESET_CHART_PLOT_H

#include "typeset/chart/category.h"
#include "typeset/chart/marklines.h"
#include "typeset/chart/scale.h"

typedef struct Plot {
    Canvas *canvas;
    Scale scale;
    int shift;        /* 0, 4 (万) or 8 (亿): figures are printed divided by 10^shift */
    int places;       /* decimals of the values */
    bool below_zero;  /* some figure is, or the target */
    const char *unit; /* the line above the axis, or NULL; also says where an axis without 0 starts */
    Box area;         /* first to last slot, highest to lowest tick */
    Box room;         /* where values may stand */
    Length slot;      /* width of a category */
    CategoryLayout categories;
    Marklines marklines;
    Length column;       /* width of their labels, right of the area */
    bool on_second;      /* its figures are those of the second axis */
    struct Plot *second; /* 组合: the same plot against the second axis; else NULL */
} Plot;

/* The plot against whose axis a series is drawn; of a second plot, NULL for those of the first. */
const Plot *plot_of(const Plot *plot, int series);

/* Solves scale, category axis and area together. False (noted) if something does not fit. */
bool plot_layout(Canvas *canvas, Plot *plot);
/* The height a chart needs so that its plot keeps a decent height. */
Length plot_least_height(Canvas *canvas);
/* Whether a canvas that is to be tabulated has room for that. */
bool plot_takes_table(Canvas *canvas);
/* Head, grid and ticks; after the values, so that all is read from top to bottom, the categories
 * and the table of values if any. */
void plot_place(Plot *plot);
void plot_place_names(Plot *plot);

/* For the kinds without axes: power, decimals and unit of the figures, and between what they lie.
 */
void plot_figures(Canvas *canvas, Plot *plot, ScaleWish *wish);

/* The steps of plot_layout that an axis which lies needs too: scale, shift, unit and decimals, with
 * at most so many ticks; the text of a tick; the widest of them. */
void plot_fit(Plot *plot, int target, int most_ticks);
char *plot_tick(const Plot *plot, int64_t k);
Length plot_tick_width(const Plot *plot);
bool plot_percent(const Plot *plot); /* its figures are ratios */

Length plot_x(const Plot *plot, int category); /* middle of its slot */
Length plot_y(const Plot *plot, double value);
/* The text at a point: as evaluated, or in 万/亿 when the axis is. NULL: none. */
const char *plot_value_text(const Plot *plot, const ChartPoint *point);
/* The same for a target, with the decimals it has: one that was set as 60 stays 60 beside 45.2, and
 * 60.5 stays 60.5 beside 45. */
const char *plot_target_text(const Plot *plot, const ChartPoint *target);

#endif
