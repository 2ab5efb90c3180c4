/* Ratios whose parts are columns of the same table (data.md 3): Σ numerator ÷ Σ denominator. */
#include "base/utf8.h"
#include "data/load_internal.h"

/* The catalogue may call a part by any of its names. */
static const Column *find_part(Load *load, const char *name)
{
    const ColumnDecl *decl = map_find(load->rules, name);
    const Catalogue *catalogue = store_catalogue(load->store);
    const Indicator *indicator = catalogue ? catalogue_find(catalogue, name) : NULL;
    const Column *column = table_column_find(&load->info->table, name);
    if (!column && decl) {
        column = table_column_find(&load->info->table, decl->said.name);
    }
    return column || !indicator ? column : table_column_find(&load->info->table, indicator->name);
}

/* Only what adds up, or is the last of its key, makes a ratio of many rows. */
static bool is_part(const Column *column)
{
    return column->type == COLUMN_NUMBER &&
           (column->kind == KIND_FLOW || column->kind == KIND_STOCK || column->kind == KIND_TARGET);
}

/* A query may work a ratio out, or take one over, without its parts: those that the catalogue names
 * it does not owe. Such a ratio stands for itself, and refuses to be put together of several. */
static bool owes_parts(const Load *load, int index)
{
    const Indicator *catalogued = load->columns[index].catalogued;
    return load->decl->files || !catalogued ||
           load->columns[index].indicator->numerator != catalogued->numerator;
}

static const Column *require_part(Load *load, const Column *ratio, const char *name, const At *at)
{
    const Column *part = find_part(load, name);
    if (part && is_part(part)) {
        return part;
    }
    if (!owes_parts(load, (int)(ratio - load->info->table.columns))) {
        return NULL;
    }
    load->failed = true;
    if (part) {
        diag_add(load->diags, DIAG_E282, at, part->name, ratio->name);
    } else {
        diag_add(load->diags, DIAG_E281, at, load->info->table.id, name, ratio->name);
        const char **names = ARENA_ARRAY(load->scratch, const char *, load->column_count + 1);
        for (size_t i = 0; i < load->column_count; i++) {
            names[i] = load->columns[i].head.name;
        }
        const char *nearest = utf8_nearest(name, names, load->column_count);
        if (nearest) {
            diag_hint(load->diags, DIAG_H001, nearest);
        }
    }
    return NULL;
}

/* A row that lacks one part counts in neither sum: half of it would make the ratio wrong. */
static const Column *beside(Load *load, const Column *part, const Column *other)
{
    Column *column = arena_copy(load->arena, part, sizeof *part);
    column->sql =
        arena_printf(load->arena, "(CASE WHEN %s IS NOT NULL THEN %s END)", other->sql, part->sql);
    return column;
}

void load_settle_ratios(Load *load)
{
    Table *table = &load->info->table;
    for (int i = 0; i < table->column_count; i++) {
        Column *ratio = &table->columns[i];
        const Indicator *said = ratio->indicator;
        if (!said || !said->numerator || ratio->kind != KIND_RATIO) {
            continue;
        }
        const Column *above = require_part(load, ratio, said->numerator, &said->numerator_at);
        const Column *below = require_part(load, ratio, said->denominator, &said->denominator_at);
        if (above && below) {
            ratio->numerator = beside(load, above, below);
            ratio->denominator = beside(load, below, above);
        }
    }
}

/* Such rows are left out of the ratio, but not in silence. */
static void tell_half(Load *load, const Column *ratio)
{
    Table *table = &load->info->table;
    const Column *above = table_column_find(table, ratio->numerator->name);
    const Column *below = table_column_find(table, ratio->denominator->name);
    StoreQuery *query =
        store_prepare(load->store, arena_printf(load->scratch,
                                       "SELECT _file,_row,%s IS NULL,count(*),min(rowid) FROM %s "
                                       "WHERE (%s IS NULL)<>(%s IS NULL) GROUP BY 3 ORDER BY 3",
                                       above->sql, table->sql, above->sql, below->sql));
    while (store_step(query)) {
        const Column *lacking = store_int(query, 2) ? above : below;
        At at = {.data = store_place(load->store, table, (int)store_int(query, 0),
                     (long)store_int(query, 1), lacking)};
        diag_add(load->diags, DIAG_W222, &at, lacking == above ? below->name : above->name,
            lacking->name, (long)store_int(query, 3), ratio->name);
    }
    store_reset(query);
}

void load_tell_ratios(Load *load)
{
    const Table *table = &load->info->table;
    for (int i = 0; i < table->column_count; i++) {
        if (table->columns[i].numerator) {
            tell_half(load, &table->columns[i]);
        }
    }
}
