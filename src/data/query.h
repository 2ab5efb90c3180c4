/* <query>: a table worked out by one SELECT of the template over the tables declared before it
 * (language.md 3). query_text.c reads its text, store_sql.c runs it in a sandbox (trust.md E5),
 * query.c makes the result a table of the store. The SELECT sees each table by its id and columns,
 * unscoped: numbers plain (REAL), days as 2024-06-30, months as 2024-06; beside a day a month
 * counts as the whole of it. */
#ifndef DATA_QUERY_H
#define DATA_QUERY_H

#include "data/store.h"
#include "markup/xml.h"

/* A value for :name. Neither number nor text: it has none here, and may not be used. */
typedef struct QueryParam {
    const char *name;
    bool is_number;
    Decimal number;
    const char *text;
} QueryParam;

/* Columns that a table has besides its own (those of a ledger); NULL behind the last. */
typedef const Column *(*QueryColumns)(void *user, const Table *table, size_t index);

typedef struct QueryDecl {
    CsvDecl table; /* id period key columns */
    const XmlNode *element;
    const QueryParam *params;
    size_t param_count;
    QueryColumns more_columns; /* NULL: none */
    void *user;
    long steps, rows; /* 0: those of limits.h */
} QueryDecl;

/* Reads id period key and <column>s. False after messages; *out is filled as far as it goes. */
bool query_declare(Arena *arena, const XmlNode *element, Diags *diags, QueryDecl *out);

/* Runs the SELECT and registers the result under the id. NULL after messages. */
const Table *store_query(Store *store, const QueryDecl *decl);

#endif
