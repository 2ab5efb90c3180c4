/* Where lines may end (GB/T 15834, CLREQ level “GB”; typesetting.md 10.2, 10.3) and where they
 * do. */
#ifndef TYPESET_LINEBREAK_H
#define TYPESET_LINEBREAK_H

#include "typeset/shape.h"

/* Sets break_before of every box. */
void linebreak_costs(Box *boxes, int count);

/* Running totals, so that a candidate line costs a subtraction. */
typedef struct Totals {
    int64_t *width;  /* of boxes before i, as squeezed in pairs */
    int64_t *shrink; /* what they could give besides */
    int64_t *body;   /* width without marks and blanks: decides what is an orphan */
} Totals;

Totals linebreak_totals(Arena *arena, const Box *boxes, int count);
/* The end of the line that starts at `first`: the index of the next line's first box. `indented`:
 * an opening mark at the start keeps its cell (first line of a paragraph). */
int linebreak_next(const Box *boxes, int count, const Totals *totals, int first, Length measure,
    bool indented, bool no_orphan);
/* One past the last box of a line that is seen: blanks at its end hang. */
int linebreak_visible_end(const Box *boxes, int first, int end);

#endif
