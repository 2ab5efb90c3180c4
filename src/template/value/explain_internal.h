/* The inside of explain: explain.c walks the value, explain_rows.c has the sentences about rows. */
#ifndef TEMPLATE_VALUE_EXPLAIN_INTERNAL_H
#define TEMPLATE_VALUE_EXPLAIN_INTERNAL_H

#include "template/value/explain.h"
#include "template/value/value_internal.h"

typedef struct Explainer {
    Engine *engine;
    Arena *arena;
    bool english;
    int depth; /* of sets: their lines stand further in */
    Explanation *out;
} Explainer;

const char *say(const Explainer *x, const char *chinese, const char *english);
void explain_line(Explainer *x, const char *text);
/* A number with its unit, a date, a text; of a missing value why it is missing. */
const char *datum_words(const Explainer *x, const Datum *datum);

/* “月报”2024年6月 17 行; false after a message. */
bool rows_words(Explainer *x, const RowSet *rows, const char **out);
/* Of “月报”2024年6月 17 行 the 2024年6月; "" where no period limits the rows. */
const char *rows_period(Explainer *x, const RowSet *rows);
/* A line on the rows that were used, with the files and the first cells of the column (NULL: rows);
 * false after a message. */
bool explain_used(Explainer *x, const RowSet *rows, const Column *column);
/* How many cells of the column are filled; false after a message. */
bool count_filled(Explainer *x, const RowSet *rows, const Column *column, int64_t *out);

#endif
