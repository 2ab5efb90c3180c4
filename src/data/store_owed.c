/* The units that owe a table their rows: those of the roster at the level of the table's own units,
 * as a table of their own. It has the roster's columns and one more, the units under the name that
 * they bear in the table (村), which is its key. Nothing finds it by name; it is lent here only. */
#include <string.h>
#include "base/buf.h"
#include "data/store_internal.h"

/* Rows of one level in the roster's order; of two units of one name the first counts. */
static bool fill_owed(
    Store *store, const Table *owed, const Table *roster, const Column *name, const char *wanted)
{
    Buf create = {0}, insert = {0};
    buf_addf(&create, "%s %s(", store_create(store), owed->sql);
    buf_addf(&insert, "INSERT INTO %s SELECT ", owed->sql);
    for (int i = 0; i < owed->column_count; i++) {
        buf_addf(&create, "%s,", owed->columns[i].sql);
        buf_addf(&insert, "%s,", i < roster->column_count ? roster->columns[i].sql : name->sql);
    }
    buf_adds(&create, "_p0,_p1,_file,_row)");
    buf_addf(&insert,
        "NULL,NULL,_file,_row FROM %s WHERE rowid IN "
        "(SELECT min(rowid) FROM %s WHERE %s=?1 AND %s NOT NULL GROUP BY %s) ORDER BY rowid",
        roster->sql, roster->sql, store_level_sql(store), name->sql, name->sql);
    bool made = store_execute(store, create.data);
    StoreQuery *query = made ? store_prepare(store, insert.data) : NULL;
    buf_free(&create);
    buf_free(&insert);
    if (query) {
        store_bind_text(query, 1, wanted);
        (void)store_step(query);
        store_reset(query);
    }
    return made && !store_broken(store);
}

static long count_owed(Store *store, const Table *owed)
{
    StoreQuery *query = store_prepare(
        store, arena_printf(store_arena(store), "SELECT count(*) FROM %s", owed->sql));
    long count = store_step(query) ? (long)store_int(query, 0) : 0;
    store_reset(query);
    return count;
}

/* The columns of the roster, and `units` as one more that stands where 名称 does. */
static void copy_columns(Store *store, TableInfo *info, const Column *name, const Column *units)
{
    Arena *arena = store_arena(store);
    const Table *roster = store_roster(store);
    const TableInfo *from = store_table_info(store, roster);
    Table *owed = &info->table;
    int last = roster->column_count;
    owed->columns = ARENA_ARRAY(arena, Column, (size_t)last + 1);
    memcpy(owed->columns, roster->columns, (size_t)last * sizeof *owed->columns);
    owed->columns[last] = *name;
    owed->columns[last].name = units->name;
    owed->columns[last].sql = arena_printf(arena, "c%d", last);
    info->positions = ARENA_ARRAY(arena, int *, (size_t)roster->file_count + 1);
    for (int i = 0; i < roster->file_count; i++) {
        info->positions[i] = ARENA_ARRAY(arena, int, (size_t)last + 1);
        memcpy(info->positions[i], from->positions[i], (size_t)last * sizeof(int));
        info->positions[i][last] = from->positions[i][name - roster->columns];
    }
}

static const Table *make_owed(
    Store *store, const Table *table, const Column *units, const char *wanted)
{
    Arena *arena = store_arena(store);
    const Table *roster = store_roster(store);
    const Column *name = table_column_find(roster, "名称");
    TableInfo *info = ARENA_NEW(arena, TableInfo);
    Table *owed = &info->table;
    *owed = *roster;
    owed->id = arena_printf(arena, "%s|缺报", table->id);
    owed->sql = store_new_table(store);
    owed->period_column = -1;
    owed->is_roster = false;
    owed->faults = NULL;
    owed->column_count = roster->column_count + 1;
    owed->keys = ARENA_NEW(arena, int);
    owed->keys[0] = roster->column_count;
    owed->key_count = 1;
    copy_columns(store, info, name, units);
    if (!fill_owed(store, owed, roster, name, wanted)) {
        return NULL;
    }
    owed->row_count = count_owed(store, owed);
    return owed;
}

const Table *store_owed_units(Store *store, const Table *table)
{
    Roster *roster = store_roster_state(store);
    const Column *units =
        roster->table && roster->table != table ? store_unit_column(store, table) : NULL;
    const char *level = units ? store_roster_level(store, table, units) : NULL;
    if (!level) {
        return NULL;
    }
    roster->owed = roster->owed ? roster->owed : map_new(store_arena(store));
    const Table *known = map_find(roster->owed, table->sql);
    if (!known) {
        known = make_owed(store, table, units, level);
        map_put(roster->owed, table->sql, (void *)(uintptr_t)known);
    }
    return known;
}
