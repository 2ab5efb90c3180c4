/* Rows of cells, lined up for a terminal (a Han character takes two columns) or written as CSV.
 * Belongs to the arena it is made in. */
#ifndef RUN_LISTING_H
#define RUN_LISTING_H

#include <stdio.h>
#include "base/arena.h"
#include "base/diag.h"

enum { LISTING_COLUMNS = 16 };

typedef struct Listing {
    Arena *arena;
    int column_count;
    const char *(*rows)[LISTING_COLUMNS];
    size_t count, capacity;
} Listing;

Listing listing_new(Arena *arena, int column_count);
/* Keeps the texts, does not copy them; NULL is an empty cell. */
void listing_add(Listing *listing, const char *const *cells);
/* Each row behind `indent` blanks, without blanks at its end. */
void listing_print(const Listing *listing, int indent, FILE *out);
/* False after a message. */
bool listing_save(const Listing *listing, const char *path, Diags *diags);
/* A text of the data, or the name of a file, as a terminal may show it. Of the arena. */
const char *listing_line(Arena *arena, const char *text);
/* Columns of the terminal that it takes. */
int listing_width(const char *text);

#endif
