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

/* The roster as store_roster.c keeps it. */
typedef struct Roster {
    const Table *table; /* NULL: none is set */
    Map *units;         /* every spelling met → unit */
    Map *levels;        /* "table.column" → its level, "" for none */
} Roster;

/* SQLite's own limit, hidden columns included. */
enum { STORE_HIDDEN_COLUMNS = 4, STORE_COLUMNS = 2000 };

Arena *store_arena(Store *store);
Diags *store_diags(Store *store);
const Catalogue *store_catalogue(Store *store);
/* Runs statements without results. False after a message. */
bool store_execute(Store *store, const char *sql);
/* Binds without a copy: the text must outlive the step. */
void store_bind_lent(StoreQuery *query, int index, const char *text);
/* True when the medium failed; a message was added then. */
bool store_broken(const Store *store);
/* An SQL name that no table has yet. */
char *store_new_table(Store *store);
void store_register(Store *store, TableInfo *info);
Roster *store_roster_state(Store *store);
TableInfo *store_table_info(Store *store, const Table *table);
const DataPlace *store_place_in(
    Store *store, const TableInfo *info, int file, long row, const Column *column);
/* Writes names of units as the roster has them (长塘 → 长塘村) in the column 村 of a table. */
void store_settle_units(Store *store, const TableInfo *info);

#endif
