/* The names below a category axis. They are never cut and never overlap: one line if they fit, else
 * months over years, upright Han (one a line), several lines, or two staggered rows, whichever
 * reads best; dates, and the names of a line chart, may at last be thinned out. */
#ifndef TYPESET_CHART_CATEGORY_H
#define TYPESET_CHART_CATEGORY_H

#include "typeset/chart/canvas.h"

typedef enum CategoryMode {
    CATEGORY_ONE_LINE,
    CATEGORY_DATED,
    CATEGORY_UPRIGHT,
    CATEGORY_WRAPPED,
    CATEGORY_STAGGERED
} CategoryMode;

typedef struct CategoryLayout {
    CategoryMode mode;
    Length size;
    int lines;     /* at most, of one name */
    int every;     /* each n-th name is set */
    Length height; /* of the whole block */
} CategoryLayout;

/* Chooses for names centred on slots of width `slot` from x = `left` on. False (noted) if no way
 * fits. */
bool category_layout(Canvas *canvas, Length left, Length slot, CategoryLayout *out);
void category_place(
    Canvas *canvas, const CategoryLayout *layout, Length left, Length slot, Length top);

#endif
