/* Bytes of a CSV as they come → decoding → rows → cells → a stored table. Nothing may crash, hang
 * or leak, and what is read must hold together: every row of a table is in SQLite. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "data/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/wenyin-fuzz-XXXXXX";
static char path[sizeof folder + sizeof "/a.csv"];

static void remove_folder(void)
{
    unlink(path);
    rmdir(folder);
}

static void make_folder(void)
{
    if (!mkdtemp(folder)) {
        abort();
    }
    snprintf(path, sizeof path, "%s/a.csv", folder);
    atexit(remove_folder);
}

static void write_input(const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
        abort();
    }
}

static void check_table(Arena *arena, Store *store, const Table *table)
{
    char *sql = arena_printf(arena, "SELECT count(*) FROM %s", table->sql);
    StoreQuery *query = store_prepare(store, sql);
    if (!store_step(query) || store_int(query, 0) != table->row_count) {
        abort();
    }
    store_reset(query);
}

/* Loaded bare, and with a period and keys: the first two columns of a monthly report. */
static void load(const char *period, const char *key)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Store *store = store_open(arena, diags);
    Period june;
    CsvDecl decl = {.id = "t", .files = "*.csv", .period = period, .key = key};
    if (!store || !period_parse("2024-06", &june)) {
        abort();
    }
    const Table *table = store_load(store, &decl, folder, &june);
    if (!table != diag_failed(diags)) {
        abort(); /* a failure without a message, or a message without failure */
    }
    if (table) {
        check_table(arena, store, table);
    }
    store_close(store);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!*path) {
        make_folder();
    }
    write_input(data, size);
    load(NULL, NULL);
    load("月份", "月份,村");
    return 0;
}
