/* Values of several series that find no room at their bars or lines stand in a small table below
 * the axis instead (as offices know it from their spreadsheet), one row a series; the keys of the
 * legend head its rows. */
#ifndef TYPESET_CHART_TABULATE_H
#define TYPESET_CHART_TABULATE_H

#include "typeset/chart/plot.h"

/* Width its first column needs, left of the plot, and the height of all rows. */
Length tabulate_left(Canvas *canvas);
Length tabulate_height(const Canvas *canvas);
/* Whether each value fits into its slot. */
bool tabulate_fits(const Plot *plot);
void tabulate_place(const Plot *plot, Length top);

#endif
