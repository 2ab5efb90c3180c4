/* Bytes of a CSV as they come → decoding → rows → cells → a stored table, under all that a <csv>
 * can declare. Nothing may crash, hang or leak, and what is read must hold together: every row of a
 * table is in SQLite, and of each key there is one. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "data/declare.h"
#include "fuzz_folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_table(Arena *arena, Store *store, const Table *table)
{
    char *sql = arena_printf(arena, "SELECT count(*) FROM %s", table->sql);
    StoreQuery *query = store_prepare(store, sql);
    if (!store_step(query) || store_int(query, 0) != table->row_count) {
        abort();
    }
    store_reset(query);
}

/* No two rows of a declared key. */
static void check_keys(Arena *arena, Store *store, const Table *table)
{
    const char *keys = "";
    for (int i = 0; i < table->key_count; i++) {
        keys =
            arena_printf(arena, "%s%s%s", keys, i ? "," : "", table->columns[table->keys[i]].sql);
    }
    if (!*keys) {
        return;
    }
    StoreQuery *query =
        store_prepare(store, arena_printf(arena, "SELECT 1 FROM %s GROUP BY %s%s HAVING count(*)>1",
                                 table->sql, keys, table->period_column >= 0 ? ",_p0,_p1" : ""));
    if (store_step(query)) {
        abort();
    }
    store_reset(query);
}

static const char *const DECLARATIONS[] = {
    "<csv id='t' files='*.csv'/>",
    "<csv id='t' files='*.csv' period='月份' key='月份,村'/>",
    "<csv id='t' files='{村}.csv' period='日期' key='村' duplicates='末条' missing='零'/>",
    "<csv id='t' files='*.csv' key='村' duplicates='相加' header='2-3'/>",
    "<csv id='t' files='*.csv' period='月份'><column name='村' type='文字' values='甲、长塘村'/>"
    "<column name='生活垃圾' alias='垃圾' type='数' unit='吨' min='0' required='是'/>"
    "<column name='日期' type='日期'/></csv>",
};

static void load(const char *xml)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Store *store = store_open(arena, diags);
    Period june;
    CsvDecl decl;
    const XmlNode *csv = xml_parse(arena, "t.xml", xml, strlen(xml), diags);
    if (!store || !csv || !period_parse("2024-06", &june) ||
        !csv_declare(arena, csv, diags, &decl)) {
        abort();
    }
    const Table *table = store_load(store, &decl, folder, &june);
    if (!table != diag_failed(diags)) {
        abort(); /* a failure without a message, or a message without failure */
    }
    if (table) {
        check_table(arena, store, table);
        check_keys(arena, store, table);
        store_set_roster(store, table);
        for (int i = 0; i < table->column_count; i++) {
            store_roster_level(store, table, &table->columns[i]);
        }
    }
    store_close(store);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!*path) {
        make_folder();
    }
    write_file(data, size);
    for (size_t i = 0; i < sizeof DECLARATIONS / sizeof *DECLARATIONS; i++) {
        load(DECLARATIONS[i]);
    }
    return 0;
}
