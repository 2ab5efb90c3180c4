/* Text of a <query> → tokens → sandbox → table. Nothing may crash, hang or leak, nothing is
 * changed, and what fails has said why. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "data/query.h"
#include "fuzz_folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char rows[] = "月份,村,生活垃圾(吨),发现日期,进度(%)\n"
                           "2024-05,甲村,20.5,2024-05-02,80\n"
                           "2024-06,甲村,30,2024-06-03,100\n"
                           "2024-06,乙村,,2024-06-30,\n";

/* The rows that were read are there still. */
static void check_rows(Store *store, const Table *table, Arena *arena)
{
    StoreQuery *count =
        store_prepare(store, arena_printf(arena, "SELECT count(*), sum(c2) FROM %s", table->sql));
    must(store_step(count) && store_int(count, 0) == 3 && store_int(count, 1) == 50500000);
    store_reset(count);
}

static void run(const char *sql)
{
    static const char source[] = "<query id='查'>x</query>";
    static const QueryParam params[] = {{.name = "期初", .text = "2024-06-01"},
        {.name = "期末", .text = "2024-06-30"},
        {.name = "线", .is_number = true, .number = {15, 1}}};
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Store *store = store_open(arena, diags);
    CsvDecl csv = {.id = "表", .files = "*.csv", .period = "月份", .key = "月份,村"};
    const Table *table = store_load(store, &csv, folder, NULL);
    XmlNode *element = xml_parse(arena, "t.xml", source, sizeof source - 1, diags);
    QueryDecl decl;
    must(table && element && query_declare(arena, element, diags, &decl));
    element->first->text = sql; /* places beyond the source are the printer's business, not ours */
    decl.params = params;
    decl.param_count = sizeof params / sizeof *params;
    decl.steps = 100000;
    decl.rows = 1000;
    must(store_query(store, &decl) != NULL || diag_failed(diags));
    must(diag_count(diags, DIAG_SYSTEM) == 0);
    check_rows(store, table, arena);
    store_close(store);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t bad;
    if (!*path) {
        make_folder();
        write_file(rows, strlen(rows));
    }
    /* A template's text has no NUL and is UTF-8. */
    if (size == 0 || memchr(data, 0, size) || !utf8_valid((const char *)data, size, &bad)) {
        return 0;
    }
    char *text = malloc(size + 1);
    must(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    run(text);
    free(text);
    return 0;
}
