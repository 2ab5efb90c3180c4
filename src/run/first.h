/* The first files of an office, written from the CSVs that it has: a catalogue of its indicators
 * and a template that fits its tables. Both are drafts to go on from: what is guessed is said in
 * their comments. */
#ifndef RUN_FIRST_H
#define RUN_FIRST_H

#include "base/buf.h"
#include "data/discover.h"

/* A table as it was found: whole, or, where its files could not be put together, file by file. */
typedef struct FoundTable {
    const CsvDecl *decl;
    const Table *table; /* NULL: only the files … */
    const Table **files;
    int file_count;
} FoundTable;

typedef struct Found {
    Arena *arena;
    const char *folder;
    Discovery discovery;
    Store *store;
    FoundTable *tables; /* one for each of the discovery */
} Found;

/* Looks through a folder. False after a message; tables that cannot be read are warnings. */
bool found_open(Arena *arena, const char *folder, Diags *diags, Found *out);
void found_close(Found *found);
/* <catalogue>: every column of numbers. */
void first_catalogue(const Found *found, Buf *out);
/* What a column of numbers is, as far as its head tells. */
ColumnKind first_kind(const Column *column);
/* Of a table of the discovery: <column> lines for the indicators that the catalogue cannot hold,
 * because another table has one of the same name that is something else. */
void first_columns(const Found *found, int index, Buf *out);
/* <report>: the declarations, and for every monthly table a paragraph and a table by village.
 * `catalogue`: its file beside the template, or NULL. */
void first_template(const Found *found, const char *catalogue, Buf *out);
/* The last month that the tables have; of kind PERIOD_NONE where none is dated. */
Period found_last_month(const Found *found);

#endif
