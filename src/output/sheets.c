#include "output/sheets.h"

enum { PAGES_A_FOLDED_SHEET = 4, SIDES = 2 };

static long rounded_up(long number, long step)
{
    return (number + step - 1) / step * step;
}

long sheets_sides(const Sheets *sheets)
{
    if (sheets->booklet)
        return rounded_up(sheets->pages, PAGES_A_FOLDED_SHEET) / 2;
    long sides = rounded_up(sheets->pages, sheets->cells) / sheets->cells;
    return sheets->whole ? rounded_up(sides, SIDES) : sides;
}

/* Of the fronts the right half is read first, of the backs the left; what stands beside it is as
 * far from the end as that is from the beginning. */
static long place_in_booklet(long places, long side, int cell)
{
    bool early = (side % 2 == 0) == (cell == 1);
    return early ? side : places - 1 - side;
}

/* GB/T 9704 7.5: blank pages stand before the page of the 版记. A single page is the first. */
static long page_in_booklet(const Sheets *sheets, long places, long place)
{
    bool last_ends = sheets->last_ends && sheets->pages > 1;
    if (last_ends && place == places - 1)
        return sheets->pages - 1;
    return place < sheets->pages - last_ends ? place : SHEETS_BLANK;
}

long sheets_page(const Sheets *sheets, long side, int cell)
{
    if (sheets->booklet) {
        long places = sheets_sides(sheets) * 2;
        return page_in_booklet(sheets, places, place_in_booklet(places, side, cell));
    }
    long page = side * sheets->cells + cell;
    return page < sheets->pages ? page : SHEETS_BLANK;
}
