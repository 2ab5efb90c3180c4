/* Rules across a plot at a figure that is no one's value: the target, and the mean of each series.
 * Black and without markers, so that no line of a series looks like them: the target unbroken, a
 * mean dash-dotted. What they are stands in a column (or row) of its own outside the plot, where no
 * value is. */
#ifndef TYPESET_CHART_MARKLINES_H
#define TYPESET_CHART_MARKLINES_H

#include "typeset/chart/canvas.h"
#include "typeset/chart/palette.h"

struct Plot;

enum { MARKLINE_LIMIT = SERIES_LIMIT + 1 };

typedef struct Markline {
    const char *text; /* 目标90, 平均 86.4 */
    Decimal value;
    int series; /* whose mean it is; -1: the target */
    Length at;  /* across the plot: y, or x where values run to the right */
    Point from, to;
    size_t mark; /* on the page: its rule, the casing before it */
    Box label;
} Markline;

typedef struct Marklines {
    Markline lines[MARKLINE_LIMIT];
    int count;
    bool keyed; /* several means: each has the key of its series */
} Marklines;

/* Refuses what cannot be reckoned, and warns of a target that makes all else small. */
bool marklines_check(const DocChart *chart, Diags *diags);
/* The mean of a series; false when it has no values or their sum is beyond all measure. */
bool series_mean(const DocChart *chart, int series, Decimal *mean);

/* Reads them once the figures of the plot are settled; plot_layout does so. */
void marklines_read(struct Plot *plot);
/* Values run upward: the width of the column of labels right of the plot, and the drawing, after
 * the bars and before lines and values. */
Length marklines_width(const struct Plot *plot);
const char *marklines_widest(const struct Plot *plot); /* the text that makes it so wide */
void marklines_place(struct Plot *plot);

/* Makes values keep away from the rules … */
void marklines_guard(const struct Plot *plot);
/* … and where they cannot, interrupts the rules: once all values stand. */
void marklines_interrupt(const struct Plot *plot);

/* Values run to the right (条形): the height of the row of labels above plot->area, whose left and
 * right edges are those of the axis; false (noted) when there are too many. Then the drawing, which
 * keeps values away. Call marklines_read after plot_fit. */
bool marklines_fit(struct Plot *plot, Length *height);
Length marklines_row(const struct Plot *plot); /* that height */
void marklines_place_upright(struct Plot *plot);

#endif
