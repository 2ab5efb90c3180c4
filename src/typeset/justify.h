/* Width adjustment (标点挤压): pairs of marks, line ends, squeezing and stretching a line to its
 * measure (engine.md 1.6, typesetting.md 10.4, 10.5). */
#ifndef TYPESET_JUSTIFY_H
#define TYPESET_JUSTIFY_H

#include "typeset/shape.h"

/* Two adjoining marks take one and a half cells. */
void justify_pairs(Box *boxes, int count);
/* What a box at index i could still give in a line. */
Length justify_shrink(const Box *boxes, int count, int i);
/* What the mark at a line's end could give (GB/T 15834 5.1.10: half a cell). */
Length justify_end_shrink(const Box *box);
/* An opening mark at the start of a line loses its left half. */
void justify_line_start(Box *box);
/* A mark at the end of a line loses its blank: in lines whose ends are seen, as centred ones. */
void justify_line_end(Box *box);
/* Brings boxes first … end-1 to `measure`: squeezes when they are wider; stretches when narrower
 * and `stretch`. Returns the width reached. *loose: gaps grew so wide that extraction would read
 * blanks. */
Length justify_line(Box *boxes, int first, int end, Length measure, bool stretch, bool *loose);

#endif
