/* The parser's state, shared by parse.c (values and conditions), arguments.c (what a
 * step takes) and expr.c (whole attributes). Each function returns NULL or false after one
 * message. */
#ifndef TEMPLATE_VALUE_PARSE_H
#define TEMPLATE_VALUE_PARSE_H

#include "template/value/value_internal.h"

typedef struct ValueParser {
    Engine *engine;
    const Expr *expr;
    const Token *tokens;
    size_t position;
    int depth; /* open parentheses */
    int chain; /* nodes over nodes */
} ValueParser;

ValueNode *parser_value(ValueParser *p);
ValueNode *parser_condition(ValueParser *p); /* with pipes, as in test and where */
void *parser_unexpected(ValueParser *p);     /* always NULL */
/* Puts what was given in the places of the step's arguments; those left out are NULL. */
bool parser_match_arguments(ValueParser *p, ValueNode *pipe, ValueNode **given, int count);
/* 1 for 升, -1 for 降, 0 for any other token. */
int sort_direction(const Token *token);
/* True when a loaded table has such a column (also one derived from its dates) that holds 是 and
 * 否, √ and × … */
bool engine_names_flag(Engine *engine, const char *name);
/* hints.c: on a token that may not stand where it does, and on an unknown step behind `left`.
 */
void hint_unexpected(const ValueParser *p);
void hint_step(const ValueParser *p, const ValueNode *left, const Token *token);
/* 环比大于 0: hints at a word of conditions inside a name, whose blanks are missing. */
bool hint_glued_word(Engine *engine, const char *name);

#endif
