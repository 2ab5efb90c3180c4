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
 * the connection.
 *
 * In a draft (language.md 7) a faulty cell is missing in T, and T.faults holds what is not sure: the
 * same columns, and
 *   _unsure  ",3,5,p,": columns (p: the period) whose values in the row are not known
 *   _bad     ",3,": columns that have no figure here; ",r,": whether the row is there at all,
 *            ",d,": whether it is there once or more often
 *   _loose   1: a doubt about figures of _bad alone, not about rows (a total that differs)
 * Its rowid is that of the row in T, or negative. */
#ifndef DATA_STORE_H
#define DATA_STORE_H

/* Of a row dated by a quarter or a longer period: it lies in every period inside that too
 * (language.md 2). */
#define ROW_IS_LONG "_p1-_p0>=80"

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
    const struct Column *numerator, *denominator; /* of a ratio: its parts; NULL: not known */
    const struct Indicator *indicator; /* what <column> and catalogue say; NULL: nothing */
    const struct Column *units; /* of a level of the roster: the column whose names it rolls up */
    const char *lookup;         /* and the SQL table (name, unit) that says where to */
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
    bool adds_rows;     /* duplicates="相加" made one row of several: no one cell holds its value */
    const char *faults; /* of a draft: the SQL table of its faults; NULL: none */
    const Column *indexed; /* by store_index; NULL: none */
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
    /* All that decides what becomes of the files, in one text; NULL: the table is like no other. */
    const char *likeness;
    const struct ColumnDecl *columns; /* data/declare.h; they go before the catalogue */
    int column_count;
    At at, files_at, period_at, key_at, header_at, encoding_at, delimiter_at; /* for messages */
} CsvDecl;

typedef struct Store Store;
struct Catalogue; /* data/catalogue.h, Indicator too */

Store *store_open(Arena *arena, Diags *diags);
/* A store that has its rows with those of `elder`, which is closed later: what one of the stores beside
 * it has read (CsvDecl.likeness) is not read again for the others. Each knows its own tables only. */
Store *store_open_beside(Store *elder, Arena *arena, Diags *diags);
void store_close(Store *store); /* null allowed */
/* From now on what is at fault in a table is noted, as told above, besides being told; a table that
 * cannot be read at all is lost. */
void store_set_draft(Store *store, bool draft);
bool store_is_lost(const Store *store, const char *id);
const char *store_lost(const Store *store, size_t index); /* its id; NULL behind the last */

/* Finds, decodes, reads, types and stores the files of a declaration, below `data_dir`. `period` is
 * the report's (years of bare months come from it). On failure messages were added (all of them,
 * not only the first) and NULL is returned. */
const Table *store_load(
    Store *store, const CsvDecl *decl, const char *data_dir, const Period *period);
/* How the catalogue's names, aliases, units and kinds apply to the tables loaded from now on. NULL:
 * none. */
void store_set_catalogue(Store *store, const struct Catalogue *catalogue);
/* What the catalogue says of a column, and how many stand before it there; NULL when nothing. */
const struct Indicator *store_catalogued(const Store *store, const Column *column, int *position);
/* The path of a file that was looked into, of a table that was lost too; NULL behind the last. */
const char *store_input(const Store *store, size_t index);
const Table *store_find(const Store *store, const char *id); /* NULL when absent */
size_t store_table_count(const Store *store);
const Table *store_table(const Store *store, size_t index);
const Column *table_column_find(const Table *table, const char *name); /* NULL when absent */
bool table_owns(const Table *table, const Column *column); /* not one derived from its columns */
bool table_is_key(const Table *table, const Column *column); /* one of its declared keys */
bool table_is_period(const Table *table, const Column *column);
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
/* The same as a word for messages: where the roster has no 级别, what the table calls its units. */
const char *store_level_name(Store *store, const Table *table, const Column *column);
/* Position of a unit's name in the roster, or -1. 长塘 and 长塘村委会 are found as 长塘村, and so
 * is what the roster's columns 别名 and 简称 say; a name that could be two villages is none. */
int store_roster_order(Store *store, const char *unit);
/* The official name of the unit that is meant, of this level (NULL: of any); NULL when there is none. */
const char *store_roster_name(Store *store, const char *name, const char *level);

/* ---- levels of the roster (store_levels.c) ---- */

#define TOWN_ITSELF "镇本级"  /* where a row of the town's own stands: in no 片, no village */
#define UNIT_ELSEWHERE "其他" /* where a name stands that belongs to no unit of the level */

/* What the town keeps for itself: 全镇, 镇本级. */
bool store_is_of_the_town(const char *unit);
/* The town by its name: a unit of the roster's level 镇 乡 街道 县. */
bool store_is_town(Store *store, const char *unit);
/* 镇本级 for 全镇: among villages both are the town's own; NULL for any other name. */
const char *store_town_itself(const char *unit);
bool store_is_level(Store *store, const char *name); /* a word of the roster's column 级别 */
/* The levels one after the other; NULL behind the last. */
const char *store_level(Store *store, size_t index);
/* The level of a row of the roster in SQL; NULL where the roster has no levels. */
const char *store_level_sql(Store *store);
int store_level_depth(Store *store, const char *name); /* the topmost is 0; -1: no level */
/* 村, and 社区 where the tree does not have it above or below: villages to the other tables. */
bool store_is_village_level(Store *store, const char *name);
/* The unit of a level to which a unit belongs by 上级编号, itself included; TOWN_ITSELF or
 * UNIT_ELSEWHERE where there is none. */
const char *store_unit_at(Store *store, const char *unit, const char *level);
/* The unit right above the row of the roster, from 0; "" where there is none. */
const char *store_row_above(Store *store, size_t row);
/* The column of a table that names its units: 村, else one named as a level, else a key or 村名,
 * 单位名称 … that holds names of the roster; of the roster 名称. NULL when there is none. */
const Column *store_unit_column(Store *store, const Table *table);
/* That column where it says who sent the row (村, 行政村, 所在片区, 单位名称); NULL for 范围, where a
 * task may be the town's or a village's. */
const Column *store_reporter_column(Store *store, const Table *table);
/* The units of the roster that owe the table a row, as a table: the roster's columns, and the units
 * once more under the name of the table's own column, which is the key. NULL where there is no
 * roster, or the table names no units. */
const Table *store_owed_units(Store *store, const Table *table);
typedef enum LevelState {
    LEVEL_THERE,
    LEVEL_UNKNOWN,    /* no level of the roster */
    LEVEL_NO_UNITS,   /* the table names no units */
    LEVEL_BELOW,      /* finer than the table's units: 组 of a table by village */
    LEVEL_NO_PARENTS, /* the roster does not say what belongs to what */
} LevelState;
LevelState store_level_state(Store *store, const Table *table, const char *level);
/* The level as a text column of the table; NULL unless LEVEL_THERE. Its sql is a lookup row by row;
 * where a value is given, "units->sql IN (SELECT name FROM lookup WHERE unit=…)" looks up once. */
const Column *store_level_column(Store *store, const Table *table, const char *level);
/* Where such a column divides figures: warns once of the names that belong to no unit of it. */
void store_tell_elsewhere(Store *store, const Column *column);

/* Workers read the rows too (architecture.md): store_share, in the parent, when all is read, lays
 * them into a nameless file mapped read-only; store_attach, in each worker after the fork, opens them
 * there anew, and forgets the parent's connection and statements. Nothing is loaded, indexed or
 * changed any more; a lookup (a level's column, who owes rows) that is made later is the process's
 * own, so the parent makes none until the last worker is forked. False after a message. */
bool store_share(Store *store);
bool store_attach(Store *store);

/* One paper of many: places of cells, and texts of data/coverage.h, are lent from `arena` (NULL: as
 * long as the store lives). */
void store_lend_from(Store *store, Arena *arena);
/* Rows are found by this column at once, as they are by a key. False after a message. */
bool store_index(Store *store, const Table *table, const Column *column);
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
bool store_is_text(StoreQuery *query, int column);
int store_width(StoreQuery *query); /* how many columns a row has */
int64_t store_int(StoreQuery *query, int column);
const char *store_text(StoreQuery *query, int column); /* valid until the next step */
void store_reset(StoreQuery *query);

#endif
