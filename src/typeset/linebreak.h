/* Where lines may end (GB/T 15834, CLREQ levels “basic”, “GB”, “strict”; typesetting.md 10.2, 10.3)
 * and where they do. */
#ifndef TYPESET_LINEBREAK_H
#define TYPESET_LINEBREAK_H

#include "typeset/shape.h"

/* Sets break_before of every box. */
void linebreak_costs(Box *boxes, int count, Kinsoku level);

/* Running totals, so that a candidate line costs a subtraction. */
typedef struct Totals {
    int64_t *width;  /* of boxes before i, as squeezed in pairs */
    int64_t *shrink; /* what they could give besides */
    int64_t *body;   /* width without marks and blanks: decides what is an orphan */
} Totals;

Totals linebreak_totals(Arena *arena, const Box *boxes, int count);
/* How one line of a paragraph is to end. */
typedef struct LineRules {
    Length measure;
    int orphan_cells; /* the last line holds at least so many characters; 0 or 1: any number */
    bool indented;    /* an opening mark at the start keeps its cell (first line of a paragraph) */
    bool hang;        /* ，、。 may stand beyond the measure, never two marks in a row */
} LineRules;

/* The end of the line that starts at `first`: the index of the next line's first box. *hangs: its
 * last mark stands beyond the measure. */
int linebreak_next(const Box *boxes, int count, const Totals *totals, int first,
    const LineRules *rules, bool *hangs);
/* One past the last box of a line that is seen: blanks at its end hang. */
int linebreak_visible_end(const Box *boxes, int first, int end);

#endif
