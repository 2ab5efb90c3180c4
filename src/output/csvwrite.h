/* CSV that Excel and WPS open right: UTF-8 with BOM, CRLF (data.md 2). What would be taken for a
 * formula (= + - @ TAB CR at the head of a cell that is no number) is opened as text (trust.md C1).
 * Only text in memory: sink saves it. */
#ifndef OUTPUT_CSVWRITE_H
#define OUTPUT_CSVWRITE_H

#include "base/arena.h"
#include "base/buf.h"

/* Adds a row; the first row of a buffer brings the BOM. A NULL cell is empty. */
void csv_write_row(Buf *out, const char *const *cells, int count);
/* A row for a file of another form: without BOM, with its delimiter and line end. */
void csv_add_row(
    Buf *out, const char *const *cells, int count, const char *delimiter, const char *line_end);
/* A cell that was written so, as it was before: without the mark that made a text of a formula. */
const char *csv_cell_text(Arena *arena, const char *cell);

#endif
