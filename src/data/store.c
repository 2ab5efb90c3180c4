#include "data/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/map.h"
#include "base/utf8.h"
#include "data/store_internal.h"

struct Store {
    Arena *arena;
    Diags *diags;
    sqlite3 *connection;
    const Catalogue *catalogue;
    TableInfo **tables;
    size_t table_count, table_capacity;
    Map *by_id, *queries;
    const Table *roster;
    Map *roster_order;  /* name → Unit, made when first asked for */
    Map *roster_levels; /* "table.column" → its level, "" for none */
    int made;           /* tables, those of failed loads included */
    bool broken;
};

struct StoreQuery {
    Store *store;
    sqlite3_stmt *statement;
};

/* ---- the connection ---- */

static bool fault(Store *store, int result)
{
    if (store->broken) {
        return false;
    }
    /* sum() overflows only when the figures themselves do; all else is the medium. */
    if (result == SQLITE_ERROR && strstr(sqlite3_errmsg(store->connection), "overflow")) {
        return diag_add(store->diags, DIAG_E260, NULL);
    }
    store->broken = true;
    return diag_add(store->diags, DIAG_E290, NULL, sqlite3_errmsg(store->connection));
}

bool store_execute(Store *store, const char *sql)
{
    int result = sqlite3_exec(store->connection, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || fault(store, result);
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
    store->arena = arena;
    store->diags = diags;
    store->by_id = map_new(arena);
    store->queries = map_new(arena);
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

void store_set_catalogue(Store *store, const Catalogue *catalogue)
{
    store->catalogue = catalogue;
}

const Catalogue *store_catalogue(Store *store)
{
    return store->catalogue;
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

bool table_is_key(const Table *table, const Column *column)
{
    for (int i = 0; i < table->key_count; i++) {
        if (&table->columns[table->keys[i]] == column) {
            return true;
        }
    }
    return false;
}

static const DataPlace *place_in(
    Store *store, const TableInfo *info, int file, long row, const Column *column)
{
    DataPlace *place = ARENA_NEW(store->arena, DataPlace);
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
    const TableInfo *info = map_find(store->by_id, table->id);
    return place_in(store, info, file, row, column);
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
    if (result == SQLITE_NOMEM || result == SQLITE_FULL || (result & 0xFF) == SQLITE_IOERR) {
        fault(store, result);
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
        fault(query->store, result);
    }
    return result == SQLITE_ROW;
}

bool store_is_null(StoreQuery *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
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

/* ---- roster ---- */

typedef struct Unit {
    const char *name;
    int order;
} Unit;

void store_set_roster(Store *store, const Table *table)
{
    TableInfo *info = map_find(store->by_id, table->id);
    if (info) {
        info->table.is_roster = true;
    }
    store->roster = table;
    store->roster_order = NULL;
    store->roster_levels = map_new(store->arena);
    for (size_t i = 0; i < store->table_count; i++) {
        store_settle_units(store, store->tables[i]);
    }
}

const Table *store_roster(const Store *store)
{
    return store->roster;
}

static const char *read_level(Store *store, const Table *table, const Column *column)
{
    const Table *roster = store->roster;
    const Column *name = table_column_find(roster, "名称");
    const Column *level = table_column_find(roster, "级别");
    if (!name || !level) {
        return "";
    }
    char *sql = arena_printf(store->arena,
        "SELECT r.%s FROM (SELECT DISTINCT %s AS v FROM %s) JOIN %s AS r ON r.%s=v "
        "WHERE r.%s IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC,min(r.rowid) LIMIT 1",
        level->sql, column->sql, table->sql, roster->sql, name->sql, level->sql);
    StoreQuery *query = store_prepare(store, sql);
    char *found = store_step(query) ? arena_strdup(store->arena, store_text(query, 0)) : "";
    store_reset(query);
    return found;
}

const char *store_roster_level(Store *store, const Table *table, const Column *column)
{
    if (!store->roster) {
        return NULL;
    }
    const char *key = arena_printf(store->arena, "%s.%s", table->sql, column->sql);
    char *known = map_find(store->roster_levels, key);
    if (!known) {
        known = arena_strdup(store->arena, read_level(store, table, column));
        map_put(store->roster_levels, key, known);
    }
    return *known ? known : NULL;
}

/* Names of units in the order of the roster's rows; of two units with one name the first counts. */
static void read_roster(Store *store)
{
    store->roster_order = map_new(store->arena);
    const Column *name = table_column_find(store->roster, "名称");
    if (!name) {
        return;
    }
    char *sql = arena_printf(
        store->arena, "SELECT %s FROM %s ORDER BY rowid", name->sql, store->roster->sql);
    StoreQuery *query = store_prepare(store, sql);
    for (int order = 0; store_step(query); order++) {
        if (store_is_null(query, 0) || map_find(store->roster_order, store_text(query, 0))) {
            continue;
        }
        Unit *unit = ARENA_NEW(store->arena, Unit);
        unit->name = arena_strdup(store->arena, store_text(query, 0));
        unit->order = order;
        map_put(store->roster_order, unit->name, unit);
    }
    store_reset(query);
}

/* The official name behind 长塘, 长塘村委会, 四塘 (a 社区). */
static Unit *find_alias(Store *store, const char *name)
{
    static const char *const tails[] = {
        "村民委员会", "居民委员会", "村委会", "居委会", "委会", "村", "社区", ""};
    static const char *const endings[] = {"村", "社区", "片区", "镇", ""};
    char *folded = utf8_fold(store->arena, name);
    size_t length = strlen(folded);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t tail = strlen(tails[i]);
        if (length <= tail || strcmp(folded + length - tail, tails[i]) != 0) {
            continue;
        }
        for (size_t j = 0; j < sizeof endings / sizeof *endings; j++) {
            char *full =
                arena_printf(store->arena, "%.*s%s", (int)(length - tail), folded, endings[j]);
            Unit *unit = map_find(store->roster_order, full);
            if (unit && unit->name) {
                return unit;
            }
        }
    }
    return NULL;
}

/* What was looked up once is kept under its own spelling, also that it is no unit. */
static const Unit *find_unit(Store *store, const char *name)
{
    static Unit none = {NULL, -1};
    if (!store->roster) {
        return &none;
    }
    if (!store->roster_order) {
        read_roster(store);
    }
    Unit *unit = map_find(store->roster_order, name);
    if (!unit) {
        unit = find_alias(store, name);
        unit = unit ? unit : &none;
        map_put(store->roster_order, name, unit);
    }
    return unit;
}

int store_roster_order(Store *store, const char *unit)
{
    return find_unit(store, unit)->order;
}

/* The first cell of a column that holds the name. */
static const DataPlace *first_place(
    Store *store, const TableInfo *info, const Column *column, const char *name)
{
    const Table *table = &info->table;
    StoreQuery *query = store_prepare(store,
        arena_printf(store->arena, "SELECT _file,_row FROM %s WHERE %s = ?1 ORDER BY rowid LIMIT 1",
            table->sql, column->sql));
    store_bind_text(query, 1, name);
    const DataPlace *place = &column->place;
    if (store_step(query)) {
        int file = (int)store_int(query, 0);
        place = place_in(store, info, file, (long)store_int(query, 1), column);
    }
    store_reset(query);
    return place;
}

static void settle_column(Store *store, const TableInfo *info, const Column *column)
{
    const Table *table = &info->table;
    Arena *arena = store->arena;
    StoreQuery *names =
        store_prepare(store, arena_printf(arena, "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL",
                                 column->sql, table->sql, column->sql));
    StoreQuery *update =
        store_prepare(store, arena_printf(arena, "UPDATE %s SET %s = ?1 WHERE %s = ?2", table->sql,
                                 column->sql, column->sql));
    Map *changes = map_new(arena);
    while (store_step(names)) {
        const Unit *unit = find_unit(store, store_text(names, 0));
        if (unit->name && strcmp(unit->name, store_text(names, 0)) != 0) {
            map_put(changes, store_text(names, 0), (void *)(uintptr_t)unit->name);
        }
    }
    store_reset(names);
    for (size_t i = 0; i < map_count(changes); i++) {
        At at = {.data = first_place(store, info, column, map_key(changes, i))};
        diag_add(
            store->diags, DIAG_N207, &at, map_key(changes, i), (const char *)map_value(changes, i));
        store_bind_text(update, 1, map_value(changes, i));
        store_bind_text(update, 2, map_key(changes, i));
        store_step(update);
        store_reset(update);
    }
}

void store_settle_units(Store *store, const TableInfo *info)
{
    const Table *table = &info->table;
    const Column *column = table_column_find(table, "村");
    if (store->roster && table != store->roster && column && column->type == COLUMN_TEXT) {
        settle_column(store, info, column);
    }
}
