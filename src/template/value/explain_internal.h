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
/* A line on the rows that were used, with the files and the first cells of the column (NULL: rows);
 * false after a message. */
bool explain_used(Explainer *x, const RowSet *rows, const Column *column);
/* How many cells of the column are filled; false after a message. */
bool count_filled(Explainer *x, const RowSet *rows, const Column *column, int64_t *out);

/* A step as it is written, its arguments too. */
const char *explain_step_words(const Explainer *x, const ValueNode *pipe);
/* 升降：写成“增长12.3%”; always true. */
bool explain_result(Explainer *x, const ValueNode *pipe, const Datum *datum);
/* “月报”2024年6月 17 行的“生活垃圾”：456.2吨（流量，相加）, and the cells. */
bool explain_settled(Explainer *x, const Value *value, const Datum *datum);

/* ---- explain_parts.c; false after a message ---- */

/* Whether a ratio over these rows is the sum of its numerators over that of its denominators. */
bool explain_is_of_parts(const RowSet *rows, const Column *column, bool *out);
bool explain_parts(Explainer *x, const ValueNode *node, const RowSet *rows, const Column *column,
    const Datum *datum);
/* 目标, 完成率, 进度差: `done` is the figure from 1 January on. */
bool explain_against_target(Explainer *x, const Context *context, const ValueNode *pipe,
    const Value *left, const Datum *done, const Datum *datum);
/* The params and sets that a condition on rows names. */
void explain_condition_names(
    Explainer *x, const RowSet *rows, const ValueNode *node, bool on_right);

#endif
