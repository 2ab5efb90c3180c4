/* Tables: column widths solved from content, rows measured, then placed page by page with the head
 * repeated and 续表. Rows are never split here (a cell taller than a page comes with a later
 * issue). */
#ifndef TYPESET_TABLE_H
#define TYPESET_TABLE_H

#include "typeset/text.h"

typedef struct TableLayout TableLayout;

/* Notes every text with fonts_need in the role in which it will be set. */
bool table_need(FontSet *fonts, const DocTable *table);
/* Solves widths within `measure` and measures all rows. NULL after a message (a table that cannot
 * fit). */
TableLayout *table_layout(Typesetter *ts, const DocTable *table, Length measure);
/* Height of caption, unit line, head and the first rows (three, unless they are high): what must
 * stand together. */
Length table_first_height(const TableLayout *layout);
/* Places rows from *row on, as many as fit into `available`, at (x, y); caption first when *row is
 * 0, else 续表 line and head again. Below its last row the table leaves `tail` for what must stand
 * there: else the last rows go over. Moves *row; returns the height used, 0 when not even one row
 * (at first: less than table_first_height) fits. Done when *row == row count. */
Length table_place(Typesetter *ts, Page *page, const TableLayout *layout, int *row, Length x,
    Length y, Length available, Length tail);
bool table_done(const TableLayout *layout, int row);

#endif
