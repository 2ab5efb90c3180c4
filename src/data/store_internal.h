/* What loading (load*.c) needs of the store beyond store.h. */
#ifndef DATA_STORE_INTERNAL_H
#define DATA_STORE_INTERNAL_H

#include "data/catalogue.h"
#include "data/store.h"

/* A table, and where each column stands in each file (-1: that file lacks it). */
typedef struct TableInfo {
    Table table;
    int **positions; /* [file][column] */
} TableInfo;

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
/* Writes names of units as the roster has them (长塘 → 长塘村) in the columns 村, 村名, 村屯 … of a
 * table. */
void store_settle_units(Store *store, const TableInfo *info);

#endif
