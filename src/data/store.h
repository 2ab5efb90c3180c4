/* The rows of a run, in SQLite, with what is known of each column. Only store.c knows sqlite3.
 *
 * A table T is an SQL table named Table.sql ("t0") with columns Column.sql ("c0"…), and hidden
 * ones:
 *   _p0 _p1 first and last day (days since 1970) of the row's period, NULL where the table has
 *               none (in a period column a year or quarter keeps its own type, number or text)
 *   _file _row index into Table.files, and the row as an editor counts; rowid is the order of
 *     reading
 * Numbers are INTEGER × 10^6 (decimal_from_store), dates INTEGER days since 1970, months INTEGER
 * days of the month's first day, text TEXT; missing is NULL. There are indexes on (keys, _p0, _p1)
 * and on (_p0, _p1). The store and all it lends belong to the arena and the Store; store_close ends
 * the connection. */
#ifndef DATA_STORE_H
#define DATA_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "data/period.h"

typedef enum ColumnType { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_DATE, COLUMN_MONTH } ColumnType;
/* How a numeric column aggregates without being told (language.md 2, data.md 3). */
typedef enum ColumnKind {
    KIND_FLOW,
    KIND_STOCK,
    KIND_RATIO,
    KIND_SCORE,
    KIND_TARGET,
    KIND_TEXT,
    KIND_DATE
} ColumnKind;

typedef struct Column {
    const char *name; /* folded, unit split off: 生活垃圾 */
    const char *head; /* as written: 生活垃圾(吨) */
    const char *unit; /* 吨, or NULL */
    ColumnType type;
    ColumnKind kind;
    bool kind_guessed; /* no catalogue said so */
    int decimals;      /* the longest cell's, at most 6; of a ratio: of the ratio itself */
    bool has_full_marks;
    Decimal full_marks;   /* 污水治理(15) */
    const char *sql;      /* "c3" */
    DataPlace place;      /* its head in the first file */
    const char *odd_cell; /* of a text column that is numbers else: the cell that made it text */
    DataPlace odd_place;
    int unit_column; /* index of the 单位 column that gives each row's unit, -1: none */
    const struct Indicator *indicator; /* what <column> and catalogue say; NULL: nothing */
} Column;

typedef struct Table {
    const char *id;
    Column *columns;
    int column_count;
    int period_column; /* index, -1: none */
    int *keys;         /* column indices, the period column included when declared as key */
    int key_count;
    const char *sql;
    long row_count;
    const char **files;
    int file_count;
    bool is_roster;
} Table;

/* What becomes of rows with one key: told as an error, or the first, the last or their sum stays.
 */
typedef enum DuplicatePolicy {
    DUPLICATES_REFUSED,
    DUPLICATES_FIRST,
    DUPLICATES_LAST,
    DUPLICATES_ADDED
} DuplicatePolicy;

/* What a <csv> element declares (data/declare.h reads one). */
typedef struct CsvDecl {
    const char *id, *files, *period, *key, *encoding, *delimiter;
    long header_first, header_last; /* rows of the head as an editor counts; 0: to be found */
    DuplicatePolicy duplicates;
    bool empty_is_zero;               /* missing="零": in columns of numbers, but no ratios */
    const struct ColumnDecl *columns; /* data/declare.h; they go before the catalogue */
    int column_count;
    At at, files_at, period_at, key_at, header_at; /* for messages */
} CsvDecl;

typedef struct Store Store;
struct Catalogue; /* data/catalogue.h, Indicator too */

Store *store_open(Arena *arena, Diags *diags);
void store_close(Store *store); /* null allowed */

/* Finds, decodes, reads, types and stores the files of a declaration, below `data_dir`. `period` is
 * the report's (years of bare months come from it). On failure messages were added (all of them,
 * not only the first) and NULL is returned. */
const Table *store_load(
    Store *store, const CsvDecl *decl, const char *data_dir, const Period *period);
/* How the catalogue's names, aliases, units and kinds apply to the tables loaded from now on. NULL:
 * none. */
void store_set_catalogue(Store *store, const struct Catalogue *catalogue);
const Table *store_find(const Store *store, const char *id); /* NULL when absent */
size_t store_table_count(const Store *store);
const Table *store_table(const Store *store, size_t index);
const Column *table_column_find(const Table *table, const char *name); /* NULL when absent */
bool table_is_key(const Table *table, const Column *column); /* one of its declared keys */
/* The cell of a column in a row of a file (the hidden columns _file and _row), for messages and the
 * 核对单. */
const DataPlace *store_place(
    Store *store, const Table *table, int file, long row, const Column *column);
/* The roster (网格.csv declared with roster=, or a table that store_set_roster names): official
 * order of villages. */
void store_set_roster(Store *store, const Table *table);
const Table *store_roster(const Store *store); /* NULL when none */
/* The level of the roster (镇 片 村 组) at which most names of a text column stand; NULL when no
 * roster is set, it has no levels, or none of the names is in it. Worked out once a column. */
const char *store_roster_level(Store *store, const Table *table, const Column *column);
/* Position of a unit's name in the roster, or -1. 长塘 and 长塘村委会 are found as 长塘村, and so
 * is what the roster's columns 别名 and 简称 say; a name that could be two villages is none. */
int store_roster_order(Store *store, const char *unit);

/* Statements: prepared once per SQL text and kept. A statement that does not compile is our own bug
 * and aborts. */
typedef struct StoreQuery StoreQuery;
/* Ready to be bound; the one kept is reset: a statement cannot run inside itself. */
StoreQuery *store_prepare(Store *store, const char *sql);
void store_bind_int(StoreQuery *query, int index, int64_t value); /* 1-based */
void store_bind_text(StoreQuery *query, int index, const char *text);
void store_bind_null(StoreQuery *query, int index);
bool store_step(StoreQuery *query);                /* true: a row is there; false: done */
bool store_is_null(StoreQuery *query, int column); /* 0-based */
int64_t store_int(StoreQuery *query, int column);
const char *store_text(StoreQuery *query, int column); /* valid until the next step */
void store_reset(StoreQuery *query);

#endif
