#include "data/place_unit.h"

#include <string.h>
#include "data/store_internal.h"

const Table *place_table(const Store *store, const char *file, int *index)
{
    for (size_t i = 0; i < store_table_count(store); i++) {
        const Table *table = store_table(store, i);
        for (*index = 0; *index < table->file_count; (*index)++) {
            if (strcmp(table->files[*index], file) == 0) {
                return table;
            }
        }
    }
    return NULL;
}

static const Column *unit_column(Store *store, const Table *table)
{
    const Column *village = table_column_find(table, "村");
    return store_roster(store)                       ? store_unit_column(store, table)
           : village && village->type == COLUMN_TEXT ? village
                                                     : NULL;
}

/* ---- of a row ---- */

static const char *unit_in(
    Store *store, const char *rows, const Column *units, int file, const DataPlace *place)
{
    Arena *arena = store_arena(store);
    /* Up to a thousand messages ask; a table may have a million rows. */
    if (!store_is_shared(store) &&
        !store_execute(store,
            arena_printf(arena, "CREATE INDEX IF NOT EXISTS %s_f ON %s(_file,_row)", rows, rows))) {
        return NULL;
    }
    StoreQuery *query = store_prepare(
        store, arena_printf(arena, "SELECT %s FROM %s WHERE _file=?1 AND _row=?2 AND %s NOT NULL",
                   units->sql, rows, units->sql));
    store_bind_int(query, 1, file);
    store_bind_int(query, 2, place->row);
    const char *unit = store_step(query) ? arena_strdup(arena, store_text(query, 0)) : NULL;
    store_reset(query);
    return unit;
}

static const char *unit_of_row(Store *store, const Table *table, int file, const DataPlace *place)
{
    const Column *units = place->row > 0 ? unit_column(store, table) : NULL;
    const char *unit = units ? unit_in(store, table->sql, units, file, place) : NULL;
    return !unit && units && table->faults ? unit_in(store, table->faults, units, file, place)
                                           : unit;
}

/* ---- of a file ---- */

/* 月报/2024-05/长塘村.csv, 洋江镇长塘村5月.csv: the longest name of a unit in the file's own, but the
 * town's only where it stands alone. */
static const char *unit_of_name(Store *store, const char *file)
{
    const Table *roster = store_roster(store);
    const Column *name = roster ? table_column_find(roster, "名称") : NULL;
    const char *slash = strrchr(file, '/'), *start = slash ? slash + 1 : file;
    const char *dot = strrchr(start, '.'), *unit = NULL;
    if (!name) {
        return NULL;
    }
    Arena *arena = store_arena(store);
    StoreQuery *query = store_prepare(store,
        arena_printf(arena, "SELECT %s FROM %s WHERE instr(?1,%s)>0 ORDER BY length(%s) DESC,rowid",
            name->sql, roster->sql, name->sql, name->sql));
    const char *stem = arena_strndup(arena, start, dot ? (size_t)(dot - start) : strlen(start));
    store_bind_text(query, 1, stem);
    while ((!unit || store_is_town(store, unit)) && store_step(query)) {
        unit = arena_strdup(arena, store_text(query, 0));
    }
    store_reset(query);
    return unit ? unit : store_roster_name(store, stem, NULL);
}

/* A name that the roster has, below the town. */
static const char *settled(Store *store, const char *unit)
{
    if (!unit || !store_roster(store) || store_is_of_the_town(unit)) {
        return unit && store_is_of_the_town(unit) ? NULL : unit;
    }
    const char *official = store_roster_name(store, unit, NULL);
    return official && !store_is_town(store, official) ? official : NULL;
}

const char *place_file_unit(Store *store, const char *file)
{
    return settled(store, unit_of_name(store, file));
}

const char *place_unit(Store *store, const DataPlace *place)
{
    int file;
    const Table *table = place_table(store, place->file, &file);
    if (table && table->is_roster) {
        return NULL;
    }
    const char *unit = table ? unit_of_row(store, table, file, place) : NULL;
    return settled(store, unit ? unit : unit_of_name(store, place->file));
}

/* ---- who is absent ---- */

const Column *place_owing_column(Store *store, const Table *table)
{
    const Column *units = store_reporter_column(store, table);
    bool periodic = table->period_column >= 0 &&
                    table->columns[table->period_column].type != COLUMN_DATE;
    return units && periodic && table_is_key(table, units) ? units : NULL;
}

/* The units of rows that lie in the period, one of a quarter or year also in what is inside it
 * (language.md 2); of a faulty row the period may not be known. Rows of months need the index only. */
static const char *within(Arena *arena, const Table *table, const char *rows, const Column *units)
{
    bool months = table->columns[table->period_column].type == COLUMN_MONTH;
    const char *longer = months ? "" : " OR (" ROW_IS_LONG " AND _p0<=?1 AND _p1>=?2)";
    const char *undated = rows == table->faults ? " OR _p0 IS NULL" : "";
    return arena_printf(arena,
        "SELECT %s FROM %s WHERE %s NOT NULL AND ((_p0>=?1 AND _p0<=?2 AND _p1<=?2)%s%s)",
        units->sql, rows, units->sql, longer, undated);
}

typedef struct Absence {
    const char **names;
    int count;
} Absence;

static Absence *find_absent(
    Store *store, const Table *table, const Column *own, const Table *units, const Period *period)
{
    Arena *arena = store_arena(store);
    const Column *name = &units->columns[units->keys[0]];
    const char *reported = within(arena, table, table->sql, own);
    if (table->faults) { /* a row that is at fault was sent all the same */
        reported =
            arena_printf(arena, "%s UNION %s", reported, within(arena, table, table->faults, own));
    }
    StoreQuery *query = store_prepare(
        store, arena_printf(arena, "SELECT %s FROM %s WHERE %s NOT IN (%s) ORDER BY rowid",
                   name->sql, units->sql, name->sql, reported));
    store_bind_int(query, 1, date_days(period->first));
    store_bind_int(query, 2, date_days(period->last));
    Absence *out = ARENA_NEW(arena, Absence);
    out->names = ARENA_ARRAY(arena, const char *, units->row_count + 1);
    while (store_step(query)) {
        out->names[out->count++] = arena_strdup(arena, store_text(query, 0));
    }
    store_reset(query);
    return out;
}

int place_absent(
    Store *store, const Table *table, const Period *period, const char *const **out, int *owed)
{
    Roster *roster = store_roster_state(store);
    const Column *own = place_owing_column(store, table);
    const Table *units = own ? store_owed_units(store, table) : NULL;
    *owed = units ? (int)units->row_count : 0;
    if (!units) {
        return 0;
    }
    const char *key = arena_printf(store_paper_arena(store), "%s %d %d", table->sql,
        date_days(period->first), date_days(period->last));
    roster->absent = roster->absent ? roster->absent : map_new(store_arena(store));
    Absence *absence = map_find(roster->absent, key);
    if (!absence) {
        absence = find_absent(store, table, own, units, period);
        map_put(roster->absent, key, absence);
    }
    *out = absence->names;
    return absence->count;
}

bool place_absent_unsure(Store *store, const Table *table, const Period *period)
{
    const Column *own = table->faults ? place_owing_column(store, table) : NULL;
    if (!own) {
        return false;
    }
    StoreQuery *query = store_prepare(
        store, arena_printf(store_paper_arena(store),
                   "SELECT 1 FROM %s WHERE %s IS NULL AND NOT _loose AND ifnull(_p0,?2)<=?2 AND "
                   "ifnull(_p1,?1)>=?1 LIMIT 1",
                   table->faults, own->sql));
    store_bind_int(query, 1, date_days(period->first));
    store_bind_int(query, 2, date_days(period->last));
    bool unsure = store_step(query);
    store_reset(query);
    return unsure;
}
