/* Places: in a template (bytes of a source text) and in the data (file, row, column). */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stddef.h>

struct Arena;

/* A whole text file as read; owned by the arena it was made in. */
typedef struct Source {
    const char *name; /* as the user gave it */
    const char *text; /* UTF-8, NUL-terminated */
    size_t length;
    size_t *line_starts; /* byte offsets */
    size_t line_count;
} Source;

typedef struct Span {
    const Source *source; /* NULL: no place */
    size_t start, end;    /* bytes */
} Span;

/* A cell or row of a CSV. row 1 is the file's first line as an editor counts; column 0 is A, -1 is
 * none. */
typedef struct DataPlace {
    const char *file;
    long row; /* 0: the file as a whole */
    int column;
    const char *column_name; /* may be NULL */
} DataPlace;

/* Where a message points: template, data, or both. */
typedef struct At {
    Span span;
    const DataPlace *data; /* may be NULL */
} At;

Source *source_new(struct Arena *arena, const char *name, const char *text, size_t length);
/* 1-based line, 1-based column in characters. */
void source_position(const Source *source, size_t offset, size_t *line, size_t *column);
/* "C8": the cell as Excel and WPS call it; "" when the place has no row or no column. */
char *data_cell_name(struct Arena *arena, const DataPlace *place);

#endif
