/* Read as all data are: encodings, title rows, 合计 and doubled rows are the loader's business. */
#include "run/copies.h"

#include <string.h>

#include "base/path.h"
#include "data/declare.h"

enum { UNIT, NUMBER, COLUMNS, MOST = 9999 };

static const char *unit_names[] = {"单位名称", "接收单位", "收文单位", "发往单位", "村"};
static const char *number_names[] = {"发放份数", "印数", "数量"};

static const ColumnDecl columns_declared[COLUMNS] = {
    [UNIT] = {.said = {.name = "单位",
                  .aliases = unit_names,
                  .alias_count = sizeof unit_names / sizeof *unit_names,
                  .decimals = -1},
        .has_type = true,
        .type = COLUMN_TEXT,
        .required = true},
    [NUMBER] = {.said = {.name = "份数",
                    .aliases = number_names,
                    .alias_count = sizeof number_names / sizeof *number_names,
                    .has_kind = true,
                    .kind = KIND_FLOW,
                    .decimals = -1},
        .has_type = true,
        .type = COLUMN_NUMBER,
        .required = true},
};

/* The loader takes a folder and a pattern: what has a meaning there stands in brackets, a brace
 * between its neighbours. */
static const char *pattern_of(Arena *arena, const char *name)
{
    Buf pattern = {0};
    for (; *name; name++) {
        if (*name == '{' || *name == '}')
            buf_adds(&pattern, *name == '{' ? "[z-|]" : "[|-~]");
        else
            buf_addf(&pattern, strchr("*?[", *name) ? "[%c]" : "%c", *name);
    }
    const char *kept = arena_strndup(arena, pattern.data ? pattern.data : "", pattern.length);
    buf_free(&pattern);
    return kept;
}

static const Table *load(Arena *arena, Store *store, const char *path)
{
    const char *folder = path_folder(arena, path);
    const CsvDecl decl = {.id = "名单",
        .files = pattern_of(arena, path_name(path)),
        .key = "单位",
        .columns = columns_declared,
        .column_count = COLUMNS};
    return store_load(store, &decl, folder, NULL);
}

static bool take_row(Copies *copies, const Table *table, const Column *const *columns,
    StoreQuery *row, Arena *arena, Diags *diags)
{
    Decimal number = decimal_from_store(store_int(row, NUMBER)), whole = decimal_trim(number);
    At at = {.data = store_place(copies->store, table, (int)store_int(row, COLUMNS),
                 (long)store_int(row, COLUMNS + 1), columns[NUMBER])};
    char text[DECIMAL_TEXT];
    if (whole.scale > 0 || decimal_cmp(whole, decimal_from_int(0)) < 0 ||
        decimal_cmp(whole, decimal_from_int(MOST)) > 0)
        return diag_add(diags, DIAG_E576, &at, decimal_format(whole, text));
    if (decimal_cmp(whole, decimal_from_int(0)) == 0)
        return true;
    at.data = store_place(copies->store, table, (int)store_int(row, COLUMNS),
        (long)store_int(row, COLUMNS + 1), columns[UNIT]);
    copies->slips[copies->count++] = (Slip){.unit = arena_strdup(arena, store_text(row, UNIT)),
        .copies = (long)whole.mantissa,
        .at = at};
    return true;
}

static bool take_rows(Copies *copies, const Table *table, Arena *arena, Diags *diags)
{
    const Column *columns[COLUMNS]; /* the loader has refused a table without them */
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = table_column_find(table, columns_declared[i].said.name);
    StoreQuery *rows = store_prepare(
        copies->store, arena_printf(arena, "SELECT %s,%s,_file,_row FROM %s ORDER BY rowid",
                           columns[UNIT]->sql, columns[NUMBER]->sql, table->sql));
    copies->slips = ARENA_ARRAY(arena, Slip, table->row_count + 1);
    bool done = true;
    while (store_step(rows))
        done &= take_row(copies, table, columns, rows, arena, diags);
    return done;
}

bool copies_read(Arena *arena, const char *path, Diags *diags, Copies *out)
{
    *out = (Copies){.store = store_open(arena, diags)};
    const Table *table = out->store ? load(arena, out->store, path) : NULL;
    if (!table || !take_rows(out, table, arena, diags))
        return false;
    return out->count > 0 || diag_add(diags, DIAG_E577, NULL);
}
