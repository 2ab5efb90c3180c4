/* What loading (load*.c) needs of the store beyond store.h. */
#ifndef DATA_STORE_INTERNAL_H
#define DATA_STORE_INTERNAL_H

#include "base/map.h"
#include "data/catalogue.h"
#include "data/store.h"

/* A table, and where each column stands in each file (-1: that file lacks it). */
typedef struct TableInfo {
    Table table;
    int **positions; /* [file][column] */
} TableInfo;

/* The level of all units of a roster that says nothing of levels: one with 名称 alone. */
#define ONE_LEVEL "村"

typedef struct RosterLevels RosterLevels; /* store_levels.c */

/* The roster as store_roster.c keeps it. */
typedef struct Roster {
    const Table *table; /* NULL: none is set */
    Map *units;         /* every spelling met → unit */
    Map *levels;        /* "table.column" → its level, "" for none */
    RosterLevels *tree; /* NULL: not read yet */
    Map *owed;          /* table → the units that owe it rows; NULL: none was asked for */
    Map *absent;        /* "table first last" → who did not report then (place_unit.c), or NULL */
    Map *months;        /* table → its months with rows (coverage.c), or NULL */
} Roster;

/* SQLite's own limit, hidden columns included. */
enum { STORE_HIDDEN_COLUMNS = 4, STORE_COLUMNS = 2000 };

Arena *store_arena(Store *store);
/* For what is of use to the paper in hand alone: texts of statements, keys, names in a message. */
Arena *store_paper_arena(Store *store);
Diags *store_diags(Store *store);
const Catalogue *store_catalogue(Store *store);
/* Runs statements without results. False after a message. */
bool store_execute(Store *store, const char *sql);
/* After store_share nothing can be added to the tables there are; a new one is the process's own. */
bool store_is_shared(const Store *store);
const char *store_create(const Store *store); /* CREATE TABLE, or CREATE TEMP TABLE then */
/* Binds without a copy: the text must outlive the step. */
void store_bind_lent(StoreQuery *query, int index, const char *text);
bool store_is_draft(const Store *store);
void store_lose(Store *store, const char *id);
void store_add_input(Store *store, const char *path);
/* The table is read already, for a store beside this one: it is this one's too. NULL: it is not. */
const Table *store_take(Store *store, const char *likeness);
/* For the stores beside this one. */
void store_offer(Store *store, const char *likeness, TableInfo *info);
struct sqlite3;
struct sqlite3 *store_connection(Store *store);
/* The functions of <query> are defined; false after a message. */
bool store_functions_ready(Store *store);
/* Tells why SQLite failed, once a run when it is the medium. Always false. */
bool store_fault(Store *store, int result);
/* True when the medium failed; a message was added then. */
bool store_broken(const Store *store);
/* An SQL name that no table has yet. */
char *store_new_table(Store *store);
void store_register(Store *store, TableInfo *info);
Roster *store_roster_state(Store *store);
/* Neither 级别 nor 上级编号: all names are of one level (ONE_LEVEL). False without a roster. */
bool store_has_one_level(Store *store);
TableInfo *store_table_info(Store *store, const Table *table);
const DataPlace *store_place_in(
    Store *store, const TableInfo *info, int file, long row, const Column *column);
/* Writes names of units as the roster has them (长塘 → 长塘村) in the column that says who sent a
 * row: 村, else store_reporter_column. */
void store_settle_units(Store *store, const TableInfo *info);

#endif
