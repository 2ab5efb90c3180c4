/* What the files that make the model of a 核对单 share. Nothing outside check/sheet*.c includes
 * this.
 */
#ifndef CHECK_SHEET_INTERNAL_H
#define CHECK_SHEET_INTERNAL_H

#include "check/sheet.h"

typedef struct Making {
    Arena *arena;
    const EntryList *entries;
    const SheetFacts *facts;
    SheetMedium medium;
    bool *in_grid; /* by entry: it stands in a table of sheet_grid.c */
    Sheet *sheet;
} Making;

const char *sheet_say(const Making *m, const char *chinese, const char *english);
/* A table of no columns; all of them come before its rows. */
SheetTable *sheet_begin(Making *m, const char *title);
SheetColumn *sheet_column(Making *m, SheetTable *table, const char *head, double width);
/* The cells, all NULL. */
const char **sheet_row(Making *m, SheetTable *table);
/* A table without rows is none. */
void sheet_end(Making *m);

/* sheet_grid.c: each table and chart of the paper as a table of the sheet, with the ways its
 * figures were worked out and their sources below it, once. Those whose figures have hardly two of
 * one kind stay out. Sets in_grid. */
void sheet_grids(Making *m);

#endif
