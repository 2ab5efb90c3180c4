/* How a value comes about, in plain words: the figures that each step works with, and the rows
 * behind them. Every prefix of the value is worked out by the evaluator itself; nothing is reckoned
 * here that the paper would reckon otherwise. The texts belong to the engine's arena. */
#ifndef TEMPLATE_VALUE_EXPLAIN_H
#define TEMPLATE_VALUE_EXPLAIN_H

#include "template/value/value.h"

typedef struct Explanation {
    const char *result; /* as prose prints it; a missing value says why there is none */
    bool is_missing;
    const char **lines; /* one a step, in the order of working */
    size_t count, capacity;
} Explanation;

/* A value or a condition, whichever the text is; NULL after messages. */
Expr *expr_parse_any(Engine *engine, const ValuePlace *place);
/* Explains a checked expression in the root scope, in the language of the messages. False after
 * messages. */
bool expr_explain(Engine *engine, const Expr *expr, Explanation *out);

/* How many rows a table has in the report's period; NULL after a message. */
const char *engine_rows(Engine *engine, const Table *table);

#endif
