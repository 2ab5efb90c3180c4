/* Which page stands where on the sides of the sheets: n-up, and the booklet whose sheets are folded
 * in the middle and lie one inside another. Pages, sides and cells count from 0; sides 0 and 1 are
 * front and back of the first sheet. Knows of no file and no length. */
#ifndef OUTPUT_SHEETS_H
#define OUTPUT_SHEETS_H

#include <stdbool.h>

enum { SHEETS_BLANK = -1 };

typedef struct Sheets {
    bool booklet;   /* two cells a side: left and right of the fold */
    int cells;      /* of a side: 1, 2 or 4; row by row, from the left */
    bool last_ends; /* of a booklet: its last page (版记) is on the outside, blanks stand before it
                     */
    bool whole;     /* what follows begins on a new sheet; a booklet always ends so */
    long pages;
} Sheets;

long sheets_sides(const Sheets *sheets);
/* The page, or SHEETS_BLANK. */
long sheets_page(const Sheets *sheets, long side, int cell);

#endif
