/* What 饼 and 环形 share: a donut is a pie with a hole, in which its sum stands. */
#ifndef TYPESET_CHART_PIE_H
#define TYPESET_CHART_PIE_H

#include "typeset/chart/canvas.h"

typedef struct Hole {
    Point centre;
    Length radius;
    Decimal total;
    int places; /* decimals of the parts, and so of their sum */
} Hole;

/* Radius of the hole of a disc of this radius. */
Length donut_hole(Length radius);
/* The ring's slice, clockwise from `start` to `end`. */
void donut_slice(
    Arena *arena, Path *path, const Hole *hole, Length radius, double start, double end);
/* The sum with its unit, at the largest size at which the hole holds it; sets some_unlabelled when
 * none does. */
void donut_total(Canvas *canvas, const Hole *hole);

#endif
