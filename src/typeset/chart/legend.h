/* The key to the series of a chart: above the plot, left to right, in as many rows as needed. */
#ifndef TYPESET_CHART_LEGEND_H
#define TYPESET_CHART_LEGEND_H

#include "typeset/chart/canvas.h"

/* Height of the head of a chart: unit at the left, legend beside or below it. False (noted) if a
 * text is too long. */
bool legend_height(Canvas *canvas, const char *unit, Length *height);
/* Draws both from the frame's top edge on. */
void legend_place(Canvas *canvas, const char *unit);

/* The key of one series, from `x` on, and the width to the text that follows it. */
void legend_key(Canvas *canvas, int series, Length x, Length middle);
Length legend_key_width(void);

#endif
