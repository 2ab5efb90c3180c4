/* Tables: column widths solved from content, rows measured, then placed page by page with the head
 * repeated and 续表. What is too wide for the upright page is laid out for the turned one. Nothing
 * is ever too high: groups of rows are parted between rows, a row higher than a page between
 * lines. */
#ifndef TYPESET_TABLE_H
#define TYPESET_TABLE_H

#include "typeset/text.h"

typedef struct TableLayout TableLayout;

/* Notes every text with fonts_need in the role in which it will be set. */
bool table_need(Typesetter *ts, const DocTable *table);
/* Solves widths within the type area of the upright page, or for ORIENT_AUTO within that of the
 * turned one where the upright is too narrow, and measures all rows. A table on pages that are
 * turned anyway must come with ORIENT_LANDSCAPE. NULL after a message (a table that cannot fit). */
TableLayout *table_layout(Typesetter *ts, const DocTable *table, const DocStyle *style);
/* Must it stand on turned pages (x and y those of the turned sheet)? */
bool table_landscape(const TableLayout *layout);
/* Height of caption, unit line, head and the first rows (three, unless they are high), with the
 * sum at the foot of the page if there is one: what must stand together. At most a page. */
Length table_first_height(const TableLayout *layout);
/* Height of the whole table where it stands on one page; 0: it is higher than a page. */
Length table_whole_height(const TableLayout *layout);
/* Places rows from *place on, as many as fit into `available`, at (x, y): x is the left edge of
 * the measure (of the type area in hand). Caption first when *place is 0, else 续表 line and head
 * again. Below its last row the table leaves `tail` for what must stand there: else the last rows
 * go over. Moves *place (it counts rows, lines of rows that are higher than a page, and what stands
 * below the table: give it back as it is); returns the height used, 0 when nothing of it (at first: less than
 * table_first_height) fits: then turn the page. */
Length table_place(Typesetter *ts, Page *page, const TableLayout *layout, int *place, Length x,
    Length y, Length available, Length tail);
bool table_done(const TableLayout *layout, int place);

#endif
