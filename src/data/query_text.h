/* The text of a <query>: full-width forms outside quotes read as ASCII, cut into SQL's tokens, each
 * with its place in the template. What can be judged without the tables is judged here. */
#ifndef DATA_QUERY_TEXT_H
#define DATA_QUERY_TEXT_H

#include "base/arena.h"
#include "base/diag.h"
#include "markup/xml.h"

typedef enum SqlTokenKind {
    SQL_WORD,
    SQL_NAME,   /* in double quotes, brackets or backquotes */
    SQL_STRING, /* in single quotes */
    SQL_NUMBER,
    SQL_PARAM, /* :name, and what SQLite takes for one: ?1 @name $name */
    SQL_MARK
} SqlTokenKind;

typedef struct SqlToken {
    SqlTokenKind kind;
    size_t start, end;
    const char *text; /* without its quotes; of a param the name alone */
} SqlToken;

typedef struct QueryText {
    char *sql; /* what SQLite reads: as long as the text of the tokens */
    size_t length;
    const size_t *from; /* byte of sql → byte of the node's text */
    const XmlNode *node;
    SqlToken *tokens;
    size_t count;
} QueryText;

/* NULL after messages: not one SELECT, a mark of the input method. */
QueryText *query_text_read(Arena *arena, const XmlNode *element, Diags *diags);
At query_text_at(const QueryText *text, size_t start, size_t end);
At query_token_at(const QueryText *text, const SqlToken *token);
/* The token in which a byte of sql lies, else the last one before it. */
const SqlToken *query_text_token(const QueryText *text, size_t byte);
/* The first word or quoted name that says this; case does not count. NULL: none. */
const SqlToken *query_text_find(const QueryText *text, const char *name);
/* WITH makes a table of this name. */
bool query_text_defines(const QueryText *text, const char *name);
bool sql_is(const SqlToken *token, const char *word); /* a keyword or mark; case does not count */
/* The text with sum(x), avg(x), min(x), max(x) of one column replaced by x alone: of the result's
 * columns those are seen that have the meaning and the unit of x. NULL where there is none, or
 * where a UNION joins columns of different meaning. */
char *query_text_bare(Arena *arena, const QueryText *text);
bool query_text_is_compound(const QueryText *text);

#endif
