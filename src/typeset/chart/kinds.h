/* The kinds of charts: each draws into canvas->frame. */
#ifndef TYPESET_CHART_KINDS_H
#define TYPESET_CHART_KINDS_H

#include "typeset/chart/canvas.h"

/* False (noted on the canvas) if something does not fit. */
bool bar_place(Canvas *canvas);
bool line_place(Canvas *canvas);
bool pie_place(Canvas *canvas);
/* Whether the data makes a pie at all. */
bool pie_check(const DocChart *chart, Diags *diags);

#endif
