/* Between query.c, store_sql.c and store_functions.c. */
#ifndef DATA_QUERY_INTERNAL_H
#define DATA_QUERY_INTERNAL_H

#include "base/buf.h"
#include "data/query.h"
#include "data/query_text.h"
#include "data/store_internal.h"

struct sqlite3;

/* Names of ours that no template can write: its text is UTF-8. */
#define UNSPEAKABLE "\xFF"

typedef struct ResultColumn {
    const char *name;
    const Column
        *source; /* the column that it is, or of which it is a sum or the like; NULL: worked out */
    bool is_plain; /* it is that column itself */
    bool has_numbers, has_texts, all_days, all_months;
    long odd_row; /* the first whose value is of the other sort than those before it */
    const char *odd_cell;
} ResultColumn;

typedef struct Query {
    Store *store;
    const QueryDecl *decl;
    QueryText *text;
    Arena *scratch;
    Diags *diags;
    ResultColumn *columns;
    int column_count;
    Buf cells; /* of all rows, one behind another, NULs between; a missing value is "" */
    long row_count;
    const Column **read; /* columns that the SELECT reads, and of what table */
    const Table **read_tables;
    size_t read_count, read_capacity, tables_capacity;
    bool unsure; /* a table it reads has faults, in a draft */
} Query;

/* store_sql.c: runs the SELECT; columns and cells are filled. False after a message. */
bool query_run(Query *query);

/* query_views.c: the statements that make and drop the views of a table. Of bare views the result's
 * columns are those of the store; the others show values as a SELECT is to read them. */
void query_add_views(Buf *sql, const Query *query, const Table *table, bool bare);
void query_drop_views(Buf *sql, const Table *table);
/* What more_columns of the declaration gives; NULL behind the last. */
const Column *query_more_column(const Query *query, const Table *table, size_t index);

/* query_faults.c: each adds its message; all return false. */
bool query_tell(Query *query, const char *message, int offset); /* what SQLite says; -1: no place */
/* A table (E671), column (E672) or function (E676) that is not there, or may not be used. */
bool query_tell_name(Query *query, DiagCode code, const char *name, int offset);
bool query_tell_limit(Query *query);

/* store_functions.c */
/* Defines our functions and the collation of months. Once a connection. */
bool functions_define(Store *store, struct sqlite3 *connection);
/* Has the SELECT call ours where SQLite's own would read the clock or round binary fractions. */
void functions_divert(QueryText *text);
/* A function that a SELECT may call, by the name that SQLite sees. */
bool functions_allow(const char *name);
const char *functions_nearest(const char *name);
/* Why a function of ours failed, for SQLite's message. */
#define CLOCK_REFUSED "clock"

/* × 10^6; false when it does not fit. A number of at most 15 digits comes out exactly. */
bool stored_from_real(double real, int64_t *out);

#endif
