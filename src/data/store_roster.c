#include <string.h>
#include "base/utf8.h"
#include "data/store_internal.h"

/* ---- the roster and its levels ---- */

typedef struct Unit {
    const char *name;
    int order;
} Unit;

static void read_roster(Store *store);

void store_set_roster(Store *store, const Table *table)
{
    Roster *roster = store_roster_state(store);
    TableInfo *info = store_table_info(store, table);
    if (info) {
        info->table.is_roster = true;
    }
    roster->table = table;
    roster->levels = map_new(store_arena(store));
    roster->tree = NULL;
    roster->owed = NULL;
    roster->absent = NULL;
    read_roster(store);
    for (size_t i = 0; i < store_table_count(store); i++) {
        store_settle_units(store, store_table_info(store, store_table(store, i)));
    }
}

const Table *store_roster(const Store *store)
{
    return store_roster_state((Store *)(uintptr_t)store)->table;
}

bool store_has_one_level(Store *store)
{
    const Table *roster = store_roster(store);
    return roster && table_column_find(roster, "名称") && !table_column_find(roster, "级别") &&
           !table_column_find(roster, "上级编号");
}

const char *store_level_sql(Store *store)
{
    const Table *roster = store_roster(store);
    const Column *level = roster ? table_column_find(roster, "级别") : NULL;
    return level ? level->sql : store_has_one_level(store) ? "'" ONE_LEVEL "'" : NULL;
}

/* The only level, where one of the names is in the roster. */
static const char *only_level(Store *store, const Table *table, const Column *column)
{
    const Table *roster = store_roster(store);
    const Column *name = table_column_find(roster, "名称");
    StoreQuery *query = store_prepare(store,
        arena_printf(store_arena(store), "SELECT 1 FROM %s WHERE %s IN (SELECT %s FROM %s) LIMIT 1",
            table->sql, column->sql, name->sql, roster->sql));
    bool found = store_step(query);
    store_reset(query);
    return found ? ONE_LEVEL : "";
}

static const char *read_level(Store *store, const Table *table, const Column *column)
{
    const Table *roster = store_roster(store);
    const Column *name = table_column_find(roster, "名称");
    const Column *level = table_column_find(roster, "级别");
    if (store_has_one_level(store)) {
        return only_level(store, table, column);
    }
    if (!name || !level) {
        return "";
    }
    char *sql = arena_printf(store_arena(store),
        "SELECT r.%s FROM (SELECT DISTINCT %s AS v FROM %s) JOIN %s AS r ON r.%s=v "
        "WHERE r.%s IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC,min(r.rowid) LIMIT 1",
        level->sql, column->sql, table->sql, roster->sql, name->sql, level->sql);
    StoreQuery *query = store_prepare(store, sql);
    char *found = store_step(query) ? arena_strdup(store_arena(store), store_text(query, 0)) : "";
    store_reset(query);
    return found;
}

const char *store_roster_level(Store *store, const Table *table, const Column *column)
{
    const Roster *roster = store_roster_state(store);
    if (!roster->table) {
        return NULL;
    }
    const char *key = arena_printf(store_paper_arena(store), "%s.%s", table->sql, column->sql);
    char *known = map_find(roster->levels, key);
    if (!known) {
        known = arena_strdup(store_arena(store), read_level(store, table, column));
        map_put(roster->levels, key, known);
    }
    return *known ? known : NULL;
}

const char *store_level_name(Store *store, const Table *table, const Column *column)
{
    return store_has_one_level(store) ? column->name : store_roster_level(store, table, column);
}

/* A name as it is compared. */
static const char *name_folded(Arena *arena, const char *name)
{
    return utf8_without_gaps(arena, utf8_fold(arena, name));
}

/* One more name of a unit: that of two is none. */
static void add_alias(Store *store, const char *alias, Unit *unit, const DataPlace *place)
{
    Roster *roster = store_roster_state(store);
    const Unit *known = map_find(roster->units, alias);
    if (known && known != unit) {
        At at = {.data = place};
        diag_add(store_diags(store), DIAG_E273, &at, alias, known->name, unit->name);
    } else {
        map_put(roster->units, alias, unit);
    }
}

static bool parts_names(uint32_t c)
{
    return c == ',' || c == 0xFF0C || c == 0x3001 || c == ';' || c == 0xFF1B || c == '/';
}

static void add_aliases(Store *store, const char *list, Unit *unit, const DataPlace *place)
{
    Arena *arena = store_arena(store);
    while (*list) {
        const char *start = list, *end = list;
        for (uint32_t c; (c = utf8_next(&list)) && !parts_names(c);) {
            end = list;
        }
        const char *alias = name_folded(arena, arena_strndup(arena, start, (size_t)(end - start)));
        if (*alias) {
            add_alias(store, alias, unit, place);
        }
    }
}

/* Ａ村 is meant by A村 too, unless that is another unit. */
static void read_folded(Store *store)
{
    Map *units = store_roster_state(store)->units;
    for (size_t i = 0, count = map_count(units); i < count; i++) {
        const char *folded = name_folded(store_arena(store), map_key(units, i));
        if (!map_find(units, folded)) {
            map_put(units, folded, map_value(units, i));
        }
    }
}

/* Names of units in the order of the roster's rows; of two units with one name the first counts. */
static void read_names(Store *store, const Column *name)
{
    Roster *roster = store_roster_state(store);
    Arena *arena = store_arena(store);
    StoreQuery *query = store_prepare(store,
        arena_printf(arena, "SELECT %s FROM %s ORDER BY rowid", name->sql, roster->table->sql));
    for (int order = 0; store_step(query); order++) {
        if (store_is_null(query, 0) || map_find(roster->units, store_text(query, 0))) {
            continue;
        }
        Unit *unit = ARENA_NEW(arena, Unit);
        unit->name = arena_strdup(arena, store_text(query, 0));
        unit->order = order;
        map_put(roster->units, unit->name, unit);
    }
    store_reset(query);
}

/* Columns 别名 and 简称 hold further names, several with 、 between. */
static void read_aliases(Store *store, const Column *name, const Column *alias)
{
    Roster *roster = store_roster_state(store);
    const Table *table = roster->table;
    StoreQuery *query = store_prepare(store,
        arena_printf(store_arena(store),
            "SELECT %s,%s,_file,_row FROM %s WHERE %s NOT NULL AND %s NOT NULL ORDER BY rowid",
            name->sql, alias->sql, table->sql, name->sql, alias->sql));
    while (store_step(query)) {
        const DataPlace *place =
            store_place(store, table, (int)store_int(query, 2), (long)store_int(query, 3), alias);
        Unit *unit = map_find(roster->units, store_text(query, 0));
        add_aliases(store, arena_strdup(store_arena(store), store_text(query, 1)), unit, place);
    }
    store_reset(query);
}

static void read_roster(Store *store)
{
    static const char *const others[] = {"别名", "简称"};
    Roster *roster = store_roster_state(store);
    const Column *name = table_column_find(roster->table, "名称");
    roster->units = map_new(store_arena(store));
    if (!name || name->type != COLUMN_TEXT) {
        return;
    }
    read_names(store, name);
    read_folded(store);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const Column *alias = table_column_find(roster->table, others[i]);
        if (alias && alias->type == COLUMN_TEXT) {
            read_aliases(store, name, alias);
        }
    }
}

/* ---- names as they are written ---- */

/* The unit that a name stands for with one of its tails cut off and one of `endings` put on; NULL
 * where there is none, or, by *several, more than one. */
static Unit *find_with(Store *store, const char *folded, const char *const *endings,
    size_t ending_count, bool *several)
{
    static const char *const tails[] = {
        "村民委员会", "居民委员会", "村委会", "居委会", "委会", "村", "社区", ""};
    const Roster *roster = store_roster_state(store);
    size_t length = strlen(folded);
    Unit *found = NULL;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t tail = strlen(tails[i]);
        if (length <= tail || strcmp(folded + length - tail, tails[i]) != 0) {
            continue;
        }
        for (size_t j = 0; j < ending_count; j++) {
            char *full = arena_printf(
                store_paper_arena(store), "%.*s%s", (int)(length - tail), folded, endings[j]);
            Unit *unit = map_find(roster->units, full);
            bool other = unit && unit->name && found && unit != found;
            *several = *several || other;
            found = !other && unit && unit->name ? unit : found;
        }
    }
    return *several ? NULL : found;
}

/* A committee bears the name of its village: 那况村委会 is 那况村, even beside 那况社区. */
static Unit *find_committee(Store *store, const char *folded)
{
    static const char *const committees[][2] = {{"村民委员会", "村"}, {"村委会", "村"},
        {"社区居民委员会", "社区"}, {"社区居委会", "社区"}, {"居民委员会", "社区"},
        {"居委会", "社区"}};
    const Roster *roster = store_roster_state(store);
    size_t length = strlen(folded);
    for (size_t i = 0; i < sizeof committees / sizeof *committees; i++) {
        size_t tail = strlen(committees[i][0]);
        if (length > tail && strcmp(folded + length - tail, committees[i][0]) == 0) {
            char *full = arena_printf(
                store_paper_arena(store), "%.*s%s", (int)(length - tail), folded, committees[i][1]);
            Unit *unit = map_find(roster->units, full);
            return unit && unit->name ? unit : NULL;
        }
    }
    return NULL;
}

/* The official name behind 长塘, 长塘村委会, 四塘 (a 社区): a village is meant before a district or
 * the town. What could be two villages is neither. */
static Unit *find_alias(Store *store, const char *name)
{
    static const char *const villages[] = {"村", "社区", ""}, *const others[] = {"片区", "镇"};
    const char *folded = name_folded(store_paper_arena(store), name);
    bool several = false;
    Unit *unit = find_committee(store, folded);
    unit = unit ? unit : find_with(store, folded, villages, 3, &several);
    return unit || several ? unit : find_with(store, folded, others, 2, &several);
}

/* What was looked up once is kept under its own spelling, also that it is no unit. */
static const Unit *find_unit(Store *store, const char *name)
{
    static Unit none = {NULL, -1};
    const Roster *roster = store_roster_state(store);
    if (!roster->table) {
        return &none;
    }
    Unit *unit = map_find(roster->units, name);
    if (!unit) {
        unit = find_alias(store, name);
        unit = unit ? unit : &none;
        map_put(roster->units, name, unit);
    }
    return unit;
}

int store_roster_order(Store *store, const char *unit)
{
    return find_unit(store, unit)->order;
}

static bool stands_at(Store *store, const Unit *unit, const char *level)
{
    return unit && unit->name &&
           (!level || strcmp(store_unit_at(store, unit->name, level), unit->name) == 0);
}

const char *store_roster_name(Store *store, const char *name, const char *level)
{
    static const char *const districts[] = {"片区", "镇"};
    const Unit *unit = find_unit(store, name);
    bool several = false;
    if (level && !stands_at(store, unit, level) && store_roster(store)) { /* 长塘 of 片 is 长塘片区 */
        const char *folded = name_folded(store_paper_arena(store), name);
        unit = find_with(store, folded, districts, 2, &several);
    }
    return stands_at(store, unit, level) ? unit->name : NULL;
}

/* The first cell of a column that holds the name. */
static const DataPlace *first_place(
    Store *store, const TableInfo *info, const Column *column, const char *name)
{
    const Table *table = &info->table;
    StoreQuery *query =
        store_prepare(store, arena_printf(store_arena(store),
                                 "SELECT _file,_row FROM %s WHERE %s = ?1 ORDER BY rowid LIMIT 1",
                                 table->sql, column->sql));
    store_bind_text(query, 1, name);
    const DataPlace *place = &column->place;
    if (store_step(query)) {
        int file = (int)store_int(query, 0);
        place = store_place_in(store, info, file, (long)store_int(query, 1), column);
    }
    store_reset(query);
    return place;
}

/* `rows`: the table itself, or its faults; `level`: of the units that the column names, NULL: any. */
static void settle_column(Store *store, const TableInfo *info, const char *rows,
    const Column *column, const char *level)
{
    Arena *arena = store_arena(store);
    StoreQuery *names =
        store_prepare(store, arena_printf(arena, "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL",
                                 column->sql, rows, column->sql));
    StoreQuery *update = store_prepare(
        store, arena_printf(arena, "UPDATE %s SET %s = ?1 WHERE %s = ?2", rows, column->sql,
                   column->sql));
    Map *changes = map_new(arena);
    while (store_step(names)) {
        const char *written = store_text(names, 0), *town = store_town_itself(written);
        const char *unit = store_roster_name(store, written, level);
        const char *name = unit ? unit : town;
        if (name && strcmp(name, written) != 0) {
            map_put(changes, written, (void *)(uintptr_t)name);
        }
    }
    store_reset(names);
    for (size_t i = 0; i < map_count(changes); i++) {
        At at = {.data = first_place(store, info, column, map_key(changes, i))};
        diag_add(store_diags(store), DIAG_N207, &at, map_key(changes, i),
            (const char *)map_value(changes, i));
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
    const char *level = NULL;
    if (!store_roster(store) || table == store_roster(store)) {
        return;
    }
    if (!column || column->type != COLUMN_TEXT) { /* 村 is known also where all names are short */
        column = store_reporter_column(store, table);
        level = column ? store_roster_level(store, table, column) : NULL;
    }
    if (column) {
        settle_column(store, info, table->sql, column, level);
    }
    if (column && table->faults) {
        settle_column(store, info, table->faults, column, level);
    }
}
