/* The names below a category axis. They are never cut and never overlap: one line if they fit, else
 * months over years, upright Han (one a line), several lines, two staggered rows, or upright with
 * a few long ones in rows below the others, whichever reads best; dates, and the names of a line
 * chart, may at last be thinned out. */
#ifndef TYPESET_CHART_CATEGORY_H
#define TYPESET_CHART_CATEGORY_H

#include "typeset/chart/canvas.h"

typedef enum CategoryMode {
    CATEGORY_ONE_LINE,
    CATEGORY_DATED,
    CATEGORY_UPRIGHT,
    CATEGORY_WRAPPED,
    CATEGORY_STAGGERED,
    CATEGORY_DROPPED /* upright; names of more lines stand below, at the foot of a thin rule */
} CategoryMode;

typedef struct CategoryLayout {
    CategoryMode mode;
    Length size;
    int lines;     /* at most, of one name */
    int every;     /* each n-th name is set */
    Length height; /* of the whole block */
    Length above;  /* of the upright names above dropped ones */
    int *rows;     /* of dropped names: the row of each, from 1; 0: upright */
} CategoryLayout;

enum { NAME_LINES = 40 };

/* A name in pieces, each of which stands on one line. */
typedef struct NameLines {
    const char *lines[NAME_LINES];
    int count;
} NameLines;

/* A name in lines of `width`: the fewest, and of these the most even. */
NameLines name_wrap(Canvas *canvas, const TextStyle *style, const char *text, Length width);
Length name_leading(Length size); /* from line to line */

/* Chooses for names centred on slots of width `slot` from x = `left` on. False (noted) if no way
 * fits. */
bool category_layout(Canvas *canvas, Length left, Length slot, CategoryLayout *out);
void category_place(
    Canvas *canvas, const CategoryLayout *layout, Length left, Length slot, Length top);

#endif
