/* The key to the series of a chart: above the plot, left to right, in as many rows as needed. */
#ifndef TYPESET_CHART_LEGEND_H
#define TYPESET_CHART_LEGEND_H

#include "typeset/chart/canvas.h"

/* Height of the head of a chart: unit at the left, legend beside or below it. False (noted) if a
 * text is too long. */
bool legend_height(Canvas *canvas, const char *unit, Length *height);
/* Draws both from the frame's top edge on. */
void legend_place(Canvas *canvas, const char *unit);
/* The unit alone, of kinds with a key of their own. */
void legend_place_unit(Canvas *canvas, const char *unit);

/* The legend of a stack, right of it, from top to bottom as its parts stand on one another: the
 * width to keep, 0 if there is none or it stands above; the drawing beside the plot `area`, at the
 * frame's right edge. canvas->legend_aside says that it stands there. */
Length legend_aside_width(Canvas *canvas);
void legend_place_aside(Canvas *canvas, const Box *area);

/* What a series is called there: 合格率（右轴） if it is drawn against the second axis. */
const char *legend_name(Canvas *canvas, int series);

/* The key of one series, from `x` on, and the width to the text that follows it. */
void legend_key(Canvas *canvas, int series, Length x, Length middle);
Length legend_key_width(void);
Length legend_key_box(void); /* the key alone */

#endif
