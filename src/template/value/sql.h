/* Row sets as SQL: a text with what it binds, put together piece by piece, and the figures that
 * come back. A statement is dropped (sql_drop) or made ready (sql_ready), which frees its text;
 * what it binds, and all that is read, lies in the engine's arena. Names in the text are the
 * store's own; whatever comes from data or template is bound. */
#ifndef TEMPLATE_VALUE_SQL_H
#define TEMPLATE_VALUE_SQL_H

#include "template/value/value_internal.h"

/* ---- texts and row sets (sql.c, sql_total.c), conditions (condition.c) ---- */

typedef enum BoundKind { BOUND_NULL, BOUND_INT, BOUND_TEXT } BoundKind;

typedef struct Bound {
    BoundKind kind;
    int64_t number;
    const char *text;
} Bound;

enum { SQL_FEW = 12 };

typedef struct Sql {
    Engine *engine;
    Buf text;
    Bound few[SQL_FEW], *more; /* most statements bind a few: those cost no memory of the run */
    size_t count, capacity;
    int depth; /* of brackets in the condition under way */
} Sql;

Sql sql_new(Engine *engine);
void sql_add(Sql *sql, const char *text);
void sql_addf(Sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sql_vaddf(Sql *sql, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void sql_bind_int(Sql *sql, int64_t value); /* adds the ? too */
void sql_bind_text(Sql *sql, const char *text);
void sql_bind_datum(Sql *sql, const Datum *datum);
Bound datum_bound(const Datum *datum);
const Bound *sql_bound(const Sql *sql, size_t index);
void sql_append(Sql *sql, const Sql *part); /* its text and all it binds */
/* Prepares and binds; the text's memory is freed. Read all rows before the next value is worked
 * out. */
StoreQuery *sql_ready(Sql *sql);
bool sql_drop(Sql *sql); /* frees; always false */
/* " FROM t0 WHERE …" of a row set, behind "SELECT …". In a draft it fails, without a message, where
 * the answer needs what is at fault in the data (faults.c); of rows and groups that are listed,
 * those that are there are listed all the same, and the engine notes the doubt. */
bool sql_from(Sql *sql, const RowSet *rows);
bool sql_from_listed(Sql *sql, const RowSet *rows);
/* `head`: length of what stands before FROM. */
bool sql_is_sure(Sql *sql, const RowSet *rows, size_t head, bool listing);
/* column = value, also of a level of the roster. */
void sql_add_equal(Sql *sql, const Column *column, const Datum *value);
/* Of a total: " AND …" for the rows of what is printed, where that is not all; sql_total.c. */
void sql_add_members(Sql *sql, const RowSet *rows, const Scope *total);
/* Those rows are told by the period of each group: the total's own does not limit them. */
bool rows_dated_by_members(const RowSet *rows);
/* 上期 in a total of periods that are none together. */
bool rows_lack_previous(const RowSet *rows);
/* Rows dated by a quarter or year (ROW_IS_LONG). Asked once a table. */
bool table_has_long_rows(Engine *engine, const Table *table);
/* 不限 lifts this key of the scope. */
bool rows_lift(const RowSet *rows, const Scope *scope, const char *name);
/* A condition on the row under test: 0 or 1, never NULL. */
bool sql_condition(Sql *sql, const RowSet *rows, const Context *context, const ValueNode *node);
/* " AND …" of 缺报 and 结转; false after a message. */
bool absent_add(Sql *sql, const Absent *absent);
void carried_add(Sql *sql, const Carried *carried);
/* A scope between the rows and `outer` has a key of this name. */
bool rows_bind_within(const RowSet *rows, const Scope *outer, const char *name);

/* Of one paper a unit: keeps an answer that is the same for all units; burst.c. */
const Bound *burst_keep_cells(Engine *engine, const char *name, const Bound *row, int width);

/* ---- one scan for all siblings (shared.c) ---- */

/* Keys of a row set that a shared scan leaves open, to group by them. */
enum { SHARED_KEYS_MOST = 8 };
typedef struct SharedKeys {
    const Binding *bindings[SHARED_KEYS_MOST];
    const Column *columns[SHARED_KEYS_MOST];
    int count;
    size_t askers;    /* groups that may ask */
    const char *list; /* "c1,c4," */
} SharedKeys;

/* Writes an aggregate over the rows: "SELECT <keys>… FROM … [GROUP BY …]". `keys` is "" or
 * "c1,c4,": columns to select first and to group by (sql_group_by). False after a message. */
typedef bool (*SelectionWriter)(Sql *sql, const RowSet *rows, const char *keys, const void *what);
/* The row of that aggregate, without the keys; NULL after a message. *alone, which may be NULL: it
 * was written for these rows alone, with rows->shared NULL. */
const Bound *figure_select(
    const RowSet *rows, SelectionWriter write, const void *what, bool *alone);
/* Reading the whole table is quicker than by its index. */
bool rows_scan_table(const RowSet *rows);
bool rows_share_key(const RowSet *rows, const Binding *binding);
void sql_group_by(Sql *sql, const char *keys);

/* ---- one row (row.c) ---- */

/* The rows are one row as it stands, and the column is of its table. */
bool row_is_asked(const RowSet *rows, const Column *column);
/* What figure.c asks of a column of numbers: count(*), min(_file), min(_row), count(c), sum(c) in
 * whole units and in millionths, min(c), max(c). Good until a row of the table is asked again. */
const Bound *row_totals(const RowSet *rows, const Column *column);
/* And of any other: count(*), min(c), max(c), min(_file), min(_row). */
const Bound *row_agreed(const RowSet *rows, const Column *column);

/* What figure.c, count.c and last.c have in common. */

/* The numbers of this column are added up in one scan with those of the table's others. */
bool totals_together(const Table *table, const Column *column);
/* The keys of a shared scan inside a SELECT of another SELECT: "c1 AS k0," and outside "k0,". */
const char *shared_key_names(const RowSet *rows, bool outside);
/* The rows that 最新 (or 首个) takes: "(SELECT …, f, r, i, n …) WHERE n=1", f r i their _file _row
 * rowid. */
bool sql_last(Sql *sql, const RowSet *rows, const char *keys, const Column *column, bool first);

/* A check compiles the rows too: their conditions may be wrong, and whether the period limits them
 * shows. */
bool figure_check(const RowSet *rows);
/* The row of an aggregate over the rows; NULL after a message. The format is what stands between
 * SELECT and FROM. */
__attribute__((format(printf, 2, 3))) const Bound *figure_aggregate(
    const RowSet *rows, const char *format, ...);
/* The cell of the only row; `at` is its _file, then its _row. NULL where it comes from several. */
const DataPlace *figure_place(const RowSet *rows, const Column *column, const Bound *at);
/* A ratio of many rows has no sum: false after a message, but in a total it is left blank. */
bool figure_ratio_of_many(const ValueNode *node, const RowSet *rows);

/* ---- what comes back ---- */

/* What stands in a column of the query at hand. */
Bound query_bound(const Engine *engine, StoreQuery *query, int index);
Datum bound_datum(const Column *column, const Bound *bound);
Datum column_datum(const Engine *engine, const Column *column, StoreQuery *query, int index);
DatumKind column_datum_kind(const Column *column);

#endif
