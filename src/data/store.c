#include "data/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
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
    Map *offered; /* likeness → TableInfo, for the stores beside it; NULL: there are none */
    Store *elder; /* whose connection, statements and offered tables are used; NULL: its own */
    Roster roster;
    int made; /* tables, those of failed loads included */
    bool broken, draft, has_functions;
    bool is_shared; /* its rows lie in `pages`, read-only, and are every worker's */
    unsigned char *pages;
    size_t page_bytes;
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
    int error = result == SQLITE_NOMEM ? ENOMEM : sqlite3_system_errno(store->connection);
    return diag_add(store->diags, DIAG_E290, NULL,
        error ? diag_system_text(store->diags, error) : sqlite3_errmsg(store->connection));
}

bool store_execute(Store *store, const char *sql)
{
    int result = sqlite3_exec(store->connection, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || store_fault(store, result);
}

/* What a cell or a template says is never trusted: no extension, no functions behind a view. */
static void fence_off(sqlite3 *connection)
{
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

/* Where the rows lie: a private file that SQLite makes when its cache is full, and unlinks at once.
 */
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
    fence_off(*out); /* last: it forbids journal_mode=OFF */
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

Store *store_open_beside(Store *elder, Arena *arena, Diags *diags)
{
    Store *store = ARENA_NEW(arena, Store);
    if (!elder->offered) {
        elder->offered = map_new(elder->arena);
    }
    *store = (Store){.arena = arena,
        .lending = arena,
        .diags = diags,
        .connection = elder->connection,
        .by_id = map_new(arena),
        .queries = elder->queries,
        .lost = map_new(arena),
        .inputs = map_new(arena),
        .offered = elder->offered,
        .elder = elder};
    return store;
}

static void close_connection(Store *store)
{
    for (size_t i = 0; i < map_count(store->queries); i++) {
        StoreQuery *query = map_value(store->queries, i);
        sqlite3_finalize(query->statement);
        query->statement = NULL;
    }
    sqlite3_close(store->connection);
    store->connection = NULL;
    store->has_functions = false;
}

void store_close(Store *store)
{
    if (!store || !store->connection || store->elder) {
        return;
    }
    close_connection(store);
    if (store->pages) {
        munmap(store->pages, store->page_bytes);
        store->pages = NULL;
    }
}

/* ---- shared with workers ---- */

static bool share_fault(Store *store, int error)
{
    store->broken = true;
    return diag_add(store->diags, DIAG_E290, NULL, diag_system_text(store->diags, error));
}

/* The file; *path is what SQLite opens it by, until it has no name any more. Where all is read-only
 * (a container), memory is a folder too. */
static int open_share(Store *store, char **path)
{
    const char *wished = getenv("TMPDIR");
    const char *const folders[] = {wished && *wished ? wished : "/var/tmp", "/tmp", "/dev/shm"};
    int fd = -1;
    for (size_t i = 0; fd < 0 && i < sizeof folders / sizeof *folders; i++) {
        *path = arena_printf(store->arena, "%s/wenyin-XXXXXX", folders[i]);
        fd = mkostemp(*path, O_CLOEXEC);
    }
    return fd;
}

/* Page by page, as they are. */
static int copy_pages(Store *store, const char *path)
{
    sqlite3 *copy = NULL;
    int result = sqlite3_open_v2(
        path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    unlink(path);
    if (result == SQLITE_OK) {
        sqlite3_exec(copy, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;", NULL, NULL, NULL);
        sqlite3_backup *backup = sqlite3_backup_init(copy, "main", store->connection, "main");
        sqlite3_backup_step(backup, -1);
        result = backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(copy);
    }
    int error = result == SQLITE_OK ? 0 : sqlite3_system_errno(copy);
    sqlite3_close(copy);
    return result == SQLITE_OK ? 0 : error ? error : EIO;
}

/* A store without tables has no page. */
static int map_pages(Store *store, int fd)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return errno;
    }
    store->page_bytes = (size_t)status.st_size;
    if (store->page_bytes == 0) {
        return 0;
    }
    void *pages = mmap(NULL, store->page_bytes, PROT_READ, MAP_SHARED, fd, 0);
    if (pages == MAP_FAILED) {
        return errno;
    }
    store->pages = pages;
    return 0;
}

bool store_share(Store *store)
{
    char *path;
    if (store->is_shared) {
        return true;
    }
    int fd = open_share(store, &path);
    if (fd < 0) {
        return share_fault(store, errno);
    }
    int error = copy_pages(store, path);
    error = error ? error : map_pages(store, fd);
    close(fd);
    if (error) {
        return share_fault(store, error);
    }
    close_connection(store);
    store->is_shared = true;
    return store_attach(store);
}

/* Pages are copied into a small cache: read where they lie (mmap_size) SQLite works out the layout
 * of each page anew, and a table of a million rows takes twice as long. */
static int open_attached(const Store *store, sqlite3 **out)
{
    int result = sqlite3_open_v2(":memory:", out,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (result != SQLITE_OK) {
        return result;
    }
    if (store->pages) {
        sqlite3_int64 size = (sqlite3_int64)store->page_bytes;
        result = sqlite3_deserialize(
            *out, "main", store->pages, size, size, SQLITE_DESERIALIZE_READONLY);
    }
    sqlite3_exec(*out, "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;", NULL, NULL, NULL);
    fence_off(*out);
    return result;
}

bool store_attach(Store *store)
{
    /* What was open belongs to the process that opened it: forgotten, not closed. */
    for (size_t i = 0; i < map_count(store->queries); i++) {
        StoreQuery *query = map_value(store->queries, i);
        query->statement = NULL;
    }
    store->has_functions = false;
    store->connection = NULL;
    int result = open_attached(store, &store->connection);
    return result == SQLITE_OK || store_fault(store, result);
}

bool store_is_shared(const Store *store)
{
    return store->is_shared;
}

const char *store_create(const Store *store)
{
    return store->is_shared ? "CREATE TEMP TABLE" : "CREATE TABLE";
}

Arena *store_arena(Store *store)
{
    return store->arena;
}

Arena *store_paper_arena(Store *store)
{
    return store->lending;
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
    Store *owner = store->elder ? store->elder : store;
    return arena_printf(store->arena, "t%d", owner->made++);
}

const Table *store_take(Store *store, const char *likeness)
{
    TableInfo *info =
        likeness && store->offered ? map_find(store->offered, likeness) : NULL;
    if (!info) {
        return NULL;
    }
    store_register(store, info);
    return &info->table;
}

void store_offer(Store *store, const char *likeness, TableInfo *info)
{
    if (likeness && store->offered) {
        map_put(store->offered, likeness, info);
    }
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

static void compile(Store *store, StoreQuery *query, const char *sql)
{
    int result = sqlite3_prepare_v3(
        store->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
    if (store->broken || result == SQLITE_NOMEM || result == SQLITE_FULL ||
        (result & 0xFF) == SQLITE_IOERR) {
        store_fault(store, result);
    } else if (result != SQLITE_OK) {
        fprintf(stderr, "wenyin: %s: %s\n", sqlite3_errmsg(store->connection), sql);
        abort();
    }
}

StoreQuery *store_prepare(Store *store, const char *sql)
{
    StoreQuery *query = map_find(store->queries, sql);
    if (!query) {
        query = ARENA_NEW(store->arena, StoreQuery);
        map_put(store->queries, sql, query);
    }
    query->store = store;
    if (query->statement) {
        sqlite3_reset(query->statement);
        sqlite3_clear_bindings(query->statement);
    } else { /* new, or of a connection before store_attach */
        compile(store, query, sql);
    }
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
