/* What a folder holds, read as far as it can be. */
#include <errno.h>

#include "data/filename.h"
#include "data/files.h"
#include "run/first.h"

/* The files one by one, for heads that are spelt differently from file to file. */
static void read_files(Found *found, FoundTable *table)
{
    Files files;
    At nowhere = {.data = NULL};
    const CsvDecl *decl = table->decl;
    if (files_match(found->arena, found->folder, decl->files, decl->period, &nowhere,
            diag_new(found->arena), &files)) {
        table->files = ARENA_ARRAY(found->arena, const Table *, files.count);
        for (int i = 0; i < files.count; i++) {
            CsvDecl one = {.id = arena_printf(found->arena, "%s %d", decl->id, i),
                .files = filename_literal(found->arena, files.names[i])};
            const Table *read = store_load(found->store, &one, found->folder, NULL);
            if (read)
                table->files[table->file_count++] = read;
        }
    }
    files_close(&files);
}

static void read_table(Found *found, int index, Diags *diags)
{
    FoundTable *table = &found->tables[index];
    table->decl = &found->discovery.tables[index];
    table->table = store_find(found->store, table->decl->id);
    if (!table->table)
        read_files(found, table);
    if (!table->table && table->file_count == 0) {
        DataPlace place = {table->decl->files, 0, -1, NULL};
        At at = {.data = &place};
        diag_add(diags, DIAG_W522, &at);
        diag_hint(diags, DIAG_H506);
    }
}

bool found_open(Arena *arena, const char *folder, Diags *diags, Found *out)
{
    *out = (Found){.arena = arena, .folder = folder};
    if (!discover(arena, folder, diags, &out->discovery))
        return false;
    out->store = store_open(arena, diag_new(arena));
    if (!out->store)
        return diag_add(diags, DIAG_E290, NULL, diag_system_text(diags, EIO));
    discover_load(&out->discovery, folder, NULL, out->store);
    out->tables = ARENA_ARRAY(arena, FoundTable, out->discovery.count);
    for (int i = 0; i < out->discovery.count; i++)
        read_table(out, i, diags);
    return true;
}

void found_close(Found *found)
{
    store_close(found->store);
    found->store = NULL;
}

/* The last month of the tables whose period is of the type. */
static Period last_month(const Found *found, ColumnType type)
{
    Period last = {.kind = PERIOD_NONE};
    for (int i = 0; i < found->discovery.count; i++) {
        const Table *table = found->tables[i].table;
        int column = table ? table->period_column : -1;
        if (column < 0 || table->columns[column].type != type || i == found->discovery.targets)
            continue;
        StoreQuery *query = store_prepare(
            found->store, arena_printf(found->arena, "SELECT max(_p1) FROM %s", table->sql));
        bool dated = store_step(query) && !store_is_null(query, 0);
        Date day = date_from_days(dated ? (int)store_int(query, 0) : 0);
        store_reset(query);
        Period month = period_containing(PERIOD_MONTH, day);
        if (dated && (last.kind == PERIOD_NONE || date_cmp(month.first, last.first) > 0))
            last = month;
    }
    return last;
}

/* Months before days: a ledger goes on after the last return. Quarters are texts, years numbers. */
Period found_last_month(const Found *found)
{
    static const ColumnType types[] = {COLUMN_MONTH, COLUMN_DATE, COLUMN_TEXT, COLUMN_NUMBER};
    Period month = {.kind = PERIOD_NONE};
    for (size_t i = 0; i < sizeof types / sizeof *types && month.kind == PERIOD_NONE; i++)
        month = last_month(found, types[i]);
    return month;
}
