/* CSV bytes → rows of UTF-8 cells (libcsv behind it). Takes decoded text (data/encode). Finds the
 * delimiter, strips a BOM, keeps the row number an editor shows, reports an unclosed quote at the
 * row where it opened, NUL, and cells or rows beyond the limits. Knows nothing of headers or types.
 */
#ifndef DATA_CSVREAD_H
#define DATA_CSVREAD_H

#include <stdbool.h>
#include <stddef.h>
#include "base/diag.h"

typedef struct CsvRow {
    long row; /* line number in the file at which the row starts */
    int count;
    /* NUL-terminated, one behind another in memory, valid until the callback returns */
    const char **cells;
} CsvRow;

/* Returns false to stop reading (after having added its message). */
typedef bool (*CsvRowFn)(void *user, const CsvRow *row);

/* The delimiter that a name stands for (, tab ; ； ， or 制表符); NULL when it is none of ours. */
const char *csv_delimiter(const char *name);
/* The delimiter that parts most rows alike, "," where none does. */
const char *csv_find_delimiter(const char *text, size_t length);
/* Reads all rows of `text`; `file` names it in messages; delimiter NULL = find it. Blank rows are
 * skipped. A last row without a line break is read, with a warning. */
bool csv_read(const char *file, const char *text, size_t length, const char *delimiter, CsvRowFn fn,
    void *user, Diags *diags);

#endif
