#include "data/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/map.h"
#include "data/query_internal.h"
#include "data/store_internal.h"

struct Store {
    Arena *arena, *lending;
    Diags *diags;
    sqlite3 *connection;
    const Catalogue *catalogue;
    TableInfo **tables;
    size_t table_count, table_capacity;
    Map *by_id, *queries, *lost, *inputs;
    Roster roster;
    int made; /* tables, those of failed loads included */
    bool broken, draft, has_functions;
};

struct StoreQuery {
    Store *store;
    sqlite3_stmt *statement;
};

/* ---- the connection ---- */

bool store_fault(Store *store, int result)
{
    if (store->broken) {
        return false;
    }
    /* sum() overflows only when the figures themselves do; all else is the medium. */
    if (result == SQLITE_ERROR && strstr(sqlite3_errmsg(store->connection), "overflow")) {
        return diag_add(store->diags, DIAG_E260, NULL);
    }
    store->broken = true;
    int error = sqlite3_system_errno(store->connection);
    return diag_add(store->diags, DIAG_E290, NULL,
        error ? diag_system_text(store->diags, error) : sqlite3_errmsg(store->connection));
}

bool store_execute(Store *store, const char *sql)
{
    int result = sqlite3_exec(store->connection, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || store_fault(store, result);
}

/* Where the rows lie: a private file that SQLite makes when its cache is full, and unlinks at once.
 * The one place to change when workers are to share the rows read-only. */
static int open_connection(sqlite3 **out)
{
    int result = sqlite3_open_v2("", out,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
        NULL);
    if (result != SQLITE_OK) {
        return result;
    }
    result = sqlite3_exec(*out,
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
        "PRAGMA temp_store=FILE; PRAGMA cache_size=-16384;",
        NULL, NULL, NULL);
    /* Defensive last: it forbids journal_mode=OFF. */
    sqlite3_db_config(*out, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    return result;
}

Store *store_open(Arena *arena, Diags *diags)
{
    Store *store = ARENA_NEW(arena, Store);
    store->arena = store->lending = arena;
    store->diags = diags;
    store->by_id = map_new(arena);
    store->queries = map_new(arena);
    store->lost = map_new(arena);
    store->inputs = map_new(arena);
    int result = open_connection(&store->connection);
    if (result != SQLITE_OK) {
        diag_add(diags, DIAG_E290, NULL, sqlite3_errstr(result));
        sqlite3_close(store->connection);
        return NULL;
    }
    return store;
}

void store_close(Store *store)
{
    if (!store || !store->connection) {
        return;
    }
    for (size_t i = 0; i < map_count(store->queries); i++) {
        StoreQuery *query = map_value(store->queries, i);
        sqlite3_finalize(query->statement);
    }
    sqlite3_close(store->connection);
    store->connection = NULL;
}

Arena *store_arena(Store *store)
{
    return store->arena;
}

Diags *store_diags(Store *store)
{
    return store->diags;
}

bool store_broken(const Store *store)
{
    return store->broken;
}

void store_set_draft(Store *store, bool draft)
{
    store->draft = draft;
}

bool store_is_draft(const Store *store)
{
    return store->draft;
}

void store_lose(Store *store, const char *id)
{
    map_put(store->lost, id, store);
}

bool store_is_lost(const Store *store, const char *id)
{
    return map_find(store->lost, id) != NULL;
}

const char *store_lost(const Store *store, size_t index)
{
    return index < map_count(store->lost) ? map_key(store->lost, index) : NULL;
}

void store_add_input(Store *store, const char *path)
{
    map_put(store->inputs, path, store);
}

const char *store_input(const Store *store, size_t index)
{
    return index < map_count(store->inputs) ? map_key(store->inputs, index) : NULL;
}

void store_set_catalogue(Store *store, const Catalogue *catalogue)
{
    store->catalogue = catalogue;
}

const Catalogue *store_catalogue(Store *store)
{
    return store->catalogue;
}

const Indicator *store_catalogued(const Store *store, const Column *column, int *position)
{
    const Indicator *found =
        store->catalogue ? catalogue_find(store->catalogue, column->name) : NULL;
    *position = found ? catalogue_position(store->catalogue, found) : 0;
    return found;
}

struct sqlite3 *store_connection(Store *store)
{
    return store->connection;
}

bool store_functions_ready(Store *store)
{
    store->has_functions =
        store->has_functions || functions_define(store, store->connection);
    return store->has_functions;
}

/* ---- tables ---- */

char *store_new_table(Store *store)
{
    return arena_printf(store->arena, "t%d", store->made++);
}

void store_register(Store *store, TableInfo *info)
{
    store->tables = arena_grow(store->arena, store->tables, store->table_count,
        &store->table_capacity, sizeof *store->tables);
    store->tables[store->table_count++] = info;
    map_put(store->by_id, info->table.id, info);
}

const Table *store_find(const Store *store, const char *id)
{
    const TableInfo *info = map_find(store->by_id, id);
    return info ? &info->table : NULL;
}

size_t store_table_count(const Store *store)
{
    return store->table_count;
}

const Table *store_table(const Store *store, size_t index)
{
    return &store->tables[index]->table;
}

const Column *table_column_find(const Table *table, const char *name)
{
    for (int i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

bool table_owns(const Table *table, const Column *column)
{
    return column >= table->columns && column < table->columns + table->column_count;
}

bool table_is_key(const Table *table, const Column *column)
{
    for (int i = 0; i < table->key_count; i++) {
        if (&table->columns[table->keys[i]] == column) {
            return true;
        }
    }
    return false;
}

bool table_is_period(const Table *table, const Column *column)
{
    return table->period_column >= 0 && &table->columns[table->period_column] == column;
}

void store_lend_from(Store *store, Arena *arena)
{
    store->lending = arena ? arena : store->arena;
}

bool store_index(Store *store, const Table *table, const Column *column)
{
    TableInfo *info = map_find(store->by_id, table->id);
    if (!info || info->table.indexed || !table_owns(table, column)) {
        return true;
    }
    info->table.indexed = column;
    return store_execute(store, arena_printf(store->arena, "CREATE INDEX %s_u ON %s(%s,_p0,_p1)",
                                    table->sql, table->sql, column->sql));
}

Roster *store_roster_state(Store *store)
{
    return &store->roster;
}

TableInfo *store_table_info(Store *store, const Table *table)
{
    return map_find(store->by_id, table->id);
}

const DataPlace *store_place_in(
    Store *store, const TableInfo *info, int file, long row, const Column *column)
{
    DataPlace *place = ARENA_NEW(store->lending, DataPlace);
    *place = (DataPlace){info->table.files[file], row, -1, NULL};
    if (column) {
        place->column = info->positions[file][column - info->table.columns];
        place->column_name = column->head;
    }
    return place;
}

const DataPlace *store_place(
    Store *store, const Table *table, int file, long row, const Column *column)
{
    /* The table is the first member of its TableInfo: those that no name finds (store_owed.c) too. */
    const TableInfo *info = (const TableInfo *)(const void *)table;
    return store_place_in(store, info, file, row, column);
}

/* ---- statements ---- */

StoreQuery *store_prepare(Store *store, const char *sql)
{
    StoreQuery *query = map_find(store->queries, sql);
    if (query) {
        sqlite3_reset(query->statement);
        sqlite3_clear_bindings(query->statement);
        return query;
    }
    query = ARENA_NEW(store->arena, StoreQuery);
    query->store = store;
    int result = sqlite3_prepare_v3(
        store->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
    if (store->broken || result == SQLITE_NOMEM || result == SQLITE_FULL ||
        (result & 0xFF) == SQLITE_IOERR) {
        store_fault(store, result);
    } else if (result != SQLITE_OK) {
        fprintf(stderr, "wenyin: %s: %s\n", sqlite3_errmsg(store->connection), sql);
        abort();
    }
    map_put(store->queries, sql, query);
    return query;
}

void store_bind_int(StoreQuery *query, int index, int64_t value)
{
    sqlite3_bind_int64(query->statement, index, value);
}

void store_bind_text(StoreQuery *query, int index, const char *text)
{
    sqlite3_bind_text(query->statement, index, text, -1, SQLITE_TRANSIENT);
}

void store_bind_lent(StoreQuery *query, int index, const char *text)
{
    sqlite3_bind_text(query->statement, index, text, -1, SQLITE_STATIC);
}

void store_bind_null(StoreQuery *query, int index)
{
    sqlite3_bind_null(query->statement, index);
}

bool store_step(StoreQuery *query)
{
    if (!query->statement) {
        return false;
    }
    int result = sqlite3_step(query->statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        store_fault(query->store, result);
    }
    return result == SQLITE_ROW;
}

bool store_is_null(StoreQuery *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

bool store_is_text(StoreQuery *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_TEXT;
}

int store_width(StoreQuery *query)
{
    return sqlite3_column_count(query->statement);
}

int64_t store_int(StoreQuery *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

const char *store_text(StoreQuery *query, int column)
{
    const unsigned char *text = sqlite3_column_text(query->statement, column);
    return text ? (const char *)text : "";
}

void store_reset(StoreQuery *query)
{
    sqlite3_reset(query->statement);
}
