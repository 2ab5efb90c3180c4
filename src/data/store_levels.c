/* The levels of the roster (镇 片 村 组): which unit of a level each name in a table belongs to.
 * The answer lies in a small SQL table a table and level, so that a level is a column like any
 * other. */
#include <string.h>
#include "base/buf.h"
#include "data/store_internal.h"

enum { MOST_LEVELS = 8, NAMED_UNITS = 5 }; /* a roster that leads round in a circle ends here */

/* A row of the roster. */
typedef struct LevelUnit {
    const char *name, *level, *number, *above; /* "" where the cell is empty */
    const struct LevelUnit *parent;
    bool shared; /* the name of several rows */
} LevelUnit;

typedef struct Level {
    int depth;        /* the greatest of its units: 镇 0, 片 1, 村 2 */
    const char *only; /* its one unit; NULL where there are several */
} Level;

struct RosterLevels {
    LevelUnit *units; /* in the roster's order */
    int count;
    Map *depths;       /* level → Level */
    Map *columns;      /* "table level" → Column */
    Map *unit_columns; /* table → Column, or the marker none */
    bool has_parents;
};

/* ---- the tree ---- */

static int depth_of(const LevelUnit *unit)
{
    int depth = 0;
    while (unit->parent && depth < MOST_LEVELS) {
        unit = unit->parent;
        depth++;
    }
    return depth;
}

static void note_level(Arena *arena, RosterLevels *levels, const LevelUnit *unit)
{
    Level *level = map_find(levels->depths, unit->level);
    int depth = depth_of(unit);
    if (level) {
        level->only = NULL;
    } else {
        level = ARENA_NEW(arena, Level);
        level->only = unit->name;
        map_put(levels->depths, unit->level, level);
    }
    level->depth = depth > level->depth ? depth : level->depth;
}

static void join_parents(Arena *arena, RosterLevels *levels)
{
    Map *by_number = map_new(arena), *by_name = map_new(arena);
    for (int i = 0; i < levels->count; i++) {
        LevelUnit *unit = &levels->units[i], *same = map_find(by_name, unit->name);
        if (*unit->number && !map_find(by_number, unit->number)) {
            map_put(by_number, unit->number, unit);
        }
        if (same && *unit->name) {
            same->shared = unit->shared = true;
        } else {
            map_put(by_name, unit->name, unit);
        }
    }
    for (int i = 0; i < levels->count; i++) {
        LevelUnit *unit = &levels->units[i];
        const LevelUnit *parent = *unit->above ? map_find(by_number, unit->above) : NULL;
        unit->parent = parent != unit ? parent : NULL;
        levels->has_parents = levels->has_parents || unit->parent;
    }
}

static void read_units(Store *store, RosterLevels *levels, const Table *roster)
{
    static const char *const names[] = {"名称", "网格编号", "上级编号"};
    const Column *columns[3];
    for (int i = 0; i < 3; i++) {
        columns[i] = table_column_find(roster, names[i]);
    }
    const char *level = store_level_sql(store);
    if (!columns[0] || !level) {
        return;
    }
    bool joined = columns[1] && columns[2] && columns[1]->type == columns[2]->type;
    Arena *arena = store_arena(store);
    levels->units = ARENA_ARRAY(arena, LevelUnit, (size_t)roster->row_count + 1);
    StoreQuery *query = store_prepare(store,
        arena_printf(arena, "SELECT %s,%s,%s,%s FROM %s ORDER BY rowid", columns[0]->sql, level,
            joined ? columns[1]->sql : "NULL", joined ? columns[2]->sql : "NULL", roster->sql));
    while (levels->count < roster->row_count && store_step(query)) {
        LevelUnit *unit = &levels->units[levels->count++];
        const char **const parts[] = {&unit->name, &unit->level, &unit->number, &unit->above};
        for (int i = 0; i < 4; i++) {
            *parts[i] = arena_strdup(arena, store_text(query, i));
        }
    }
    store_reset(query);
}

/* Read when a level is first asked for; NULL without a roster. */
static RosterLevels *levels_of(Store *store)
{
    Roster *roster = store_roster_state(store);
    if (!roster->table || roster->tree) {
        return roster->tree;
    }
    Arena *arena = store_arena(store);
    RosterLevels *levels = roster->tree = ARENA_NEW(arena, RosterLevels);
    levels->depths = map_new(arena);
    levels->columns = map_new(arena);
    levels->unit_columns = map_new(arena);
    read_units(store, levels, roster->table);
    join_parents(arena, levels);
    for (int i = 0; i < levels->count; i++) {
        if (*levels->units[i].level) {
            note_level(arena, levels, &levels->units[i]);
        }
    }
    return levels;
}

static const Level *level_find(Store *store, const char *name)
{
    const RosterLevels *levels = levels_of(store);
    return levels ? map_find(levels->depths, name) : NULL;
}

bool store_is_level(Store *store, const char *name)
{
    return level_find(store, name) != NULL;
}

const char *store_level(Store *store, size_t index)
{
    const RosterLevels *levels = levels_of(store);
    return levels && index < map_count(levels->depths) ? map_key(levels->depths, index) : NULL;
}

int store_level_depth(Store *store, const char *name)
{
    const Level *level = level_find(store, name);
    return level ? level->depth : -1;
}

/* By name: without a tree, or with half of one, 镇 and 片 may be as deep as 村. */
bool store_is_village_level(Store *store, const char *name)
{
    static const char *const beside[] = {"社区", "居委会", "居民委员会"};
    bool found = strcmp(name, "村") == 0;
    for (size_t i = 0; !found && i < sizeof beside / sizeof *beside; i++) {
        found = strcmp(name, beside[i]) == 0 &&
                store_level_depth(store, name) == store_level_depth(store, "村");
    }
    return found;
}

/* ---- the unit of a level ---- */

const char *store_town_itself(const char *unit)
{
    return strcmp(unit, "全镇") == 0 ? TOWN_ITSELF : strcmp(unit, "全乡") == 0 ? "乡本级" : NULL;
}

bool store_is_of_the_town(const char *unit)
{
    static const char *const names[] = {TOWN_ITSELF, "全镇", "乡本级", "全乡", "街道本级", "本级"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], unit) == 0) {
            return true;
        }
    }
    return false;
}

static const LevelUnit *unit_find(Store *store, const char *name)
{
    const RosterLevels *levels = levels_of(store);
    int order = store_roster_order(store, name);
    return levels && order >= 0 && order < levels->count ? &levels->units[order] : NULL;
}

bool store_is_town(Store *store, const char *unit)
{
    static const char *const levels[] = {"镇", "乡", "街道", "县"};
    const LevelUnit *row = unit_find(store, unit);
    for (size_t i = 0; row && i < sizeof levels / sizeof *levels; i++) {
        if (strcmp(levels[i], row->level) == 0) {
            return true;
        }
    }
    return false;
}

static const char *above(const LevelUnit *unit, const char *level)
{
    for (int i = 0; unit && i < MOST_LEVELS; i++, unit = unit->parent) {
        if (strcmp(unit->level, level) == 0) {
            return unit->name;
        }
    }
    return NULL;
}

/* 第一组 of two villages is in neither of them, unless both are in the same unit of the level. */
static bool is_ambiguous(const RosterLevels *levels, const LevelUnit *unit, const char *level)
{
    const char *first = above(unit, level);
    for (int i = 0; unit->shared && i < levels->count; i++) {
        const LevelUnit *other = &levels->units[i];
        const char *found = strcmp(other->name, unit->name) == 0 ? above(other, level) : first;
        if (!found || !first || strcmp(found, first) != 0) {
            return true;
        }
    }
    return false;
}

static const char *unit_above(Store *store, const LevelUnit *row, const char *level)
{
    const Level *wanted = level_find(store, level), *own = level_find(store, row->level);
    const char *found = above(row, level);
    bool town = own && own->depth == 0 && wanted->depth > 0; /* 洋江镇 itself is in no 片 */
    return found ? found : town ? TOWN_ITSELF : UNIT_ELSEWHERE;
}

const char *store_unit_at(Store *store, const char *unit, const char *level)
{
    const Level *wanted = level_find(store, level);
    bool of_town = store_is_of_the_town(unit);
    const LevelUnit *row = wanted && !of_town ? unit_find(store, unit) : NULL;
    if (of_town) {
        return wanted && wanted->depth == 0 && wanted->only ? wanted->only : TOWN_ITSELF;
    }
    bool unsure = !row || is_ambiguous(levels_of(store), row, level);
    return unsure ? UNIT_ELSEWHERE : unit_above(store, row, level);
}

const char *store_row_above(Store *store, size_t row)
{
    const RosterLevels *levels = levels_of(store);
    bool known = levels && row < (size_t)levels->count && levels->units[row].parent;
    return known ? levels->units[row].parent->name : "";
}

/* ---- the column with a table's units ---- */

static bool is_unit_column(Store *store, const Table *table, const Column *column)
{
    return column && column->type == COLUMN_TEXT && store_roster_level(store, table, column);
}

/* Most of what it holds is in the roster: not 来源, where 洋江镇 stands once. */
static bool holds_units(Store *store, const Table *table, const Column *column)
{
    int known = 0, all = 0;
    if (!is_unit_column(store, table, column)) {
        return false;
    }
    StoreQuery *query = store_prepare(
        store, arena_printf(store_arena(store), "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL",
                   column->sql, table->sql, column->sql));
    for (; store_step(query); all++) {
        const char *name = store_text(query, 0);
        known += store_is_of_the_town(name) || store_roster_order(store, name) >= 0;
    }
    store_reset(query);
    return known * 2 > all;
}

static const Column *deepest_level_column(Store *store, const Table *table)
{
    const Column *found = NULL;
    int deepest = -1;
    for (int i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        const Level *level = level_find(store, column->name);
        if (level && level->depth > deepest && is_unit_column(store, table, column)) {
            found = column;
            deepest = level->depth;
        }
    }
    return found;
}

/* 村名, 行政村, 所在片区, 单位名称; not 范围, where a task may be the town's or a village's. */
static bool sounds_like_units(const RosterLevels *levels, const char *name)
{
    for (size_t i = 0; i < map_count(levels->depths); i++) {
        if (strstr(name, map_key(levels->depths, i))) {
            return true;
        }
    }
    return strstr(name, "单位") != NULL;
}

static const Column *find_unit_column(Store *store, const Table *table)
{
    const Column *village = table_column_find(table, "村");
    if (table == store_roster(store)) {
        return table_column_find(table, "名称");
    }
    const Column *named =
        is_unit_column(store, table, village) ? village : deepest_level_column(store, table);
    for (int i = 0; !named && i < table->key_count; i++) {
        const Column *key = &table->columns[table->keys[i]];
        named = holds_units(store, table, key) ? key : NULL;
    }
    for (int i = 0; !named && i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        bool likely = sounds_like_units(levels_of(store), column->name);
        named = likely && holds_units(store, table, column) ? column : NULL;
    }
    return named;
}

const Column *store_unit_column(Store *store, const Table *table)
{
    static Column none;
    RosterLevels *levels = levels_of(store);
    if (!levels) {
        return NULL;
    }
    const Column *known = map_find(levels->unit_columns, table->sql);
    if (!known) {
        known = find_unit_column(store, table);
        map_put(levels->unit_columns, table->sql, known ? (void *)(uintptr_t)known : &none);
    }
    return known != &none ? known : NULL;
}

const Column *store_reporter_column(Store *store, const Table *table)
{
    const Column *units = table != store_roster(store) ? store_unit_column(store, table) : NULL;
    bool sender = units && (strcmp(units->name, "村") == 0 ||
                               sounds_like_units(levels_of(store), units->name));
    return sender ? units : NULL;
}

/* ---- a level as a column ---- */

/* A level of a table, with the rows whose unit belongs to none of it. */
typedef struct LevelColumn {
    Column column; /* first: store_tell_elsewhere has no more */
    const char *table;
    const char *names;
    int count;
    long rows;
    const char *shared;     /* the first name that several rows of the roster bear, or NULL */
    const DataPlace *place; /* of the first */
} LevelColumn;

static void note_elsewhere(Store *store, const Table *table, LevelColumn *level)
{
    Arena *arena = store_arena(store);
    const char *units = level->column.units->sql;
    StoreQuery *query = store_prepare(
        store, arena_printf(arena,
                   "SELECT %s,count(*),_file,_row,min(rowid) FROM %s WHERE %s IN "
                   "(SELECT name FROM %s WHERE unit='" UNIT_ELSEWHERE "') GROUP BY 1 ORDER BY 5",
                   units, table->sql, units, level->column.lookup));
    for (; store_step(query); level->count++) {
        if (level->count == 0) {
            const DataPlace *place = store_place(store, table, (int)store_int(query, 2),
                (long)store_int(query, 3), level->column.units);
            level->place = arena_copy(arena, place, sizeof *place); /* outlives a unit's paper */
        }
        const LevelUnit *unit = unit_find(store, store_text(query, 0));
        if (!level->shared && unit && unit->shared) {
            level->shared = unit->name;
        }
        if (level->count < NAMED_UNITS) {
            level->names = arena_printf(
                arena, "%s%s%s", level->names, level->count ? "、" : "", store_text(query, 0));
        }
        level->rows += (long)store_int(query, 1);
    }
    store_reset(query);
}

void store_tell_elsewhere(Store *store, const Column *column)
{
    LevelColumn *level = column->units ? (LevelColumn *)(uintptr_t)column : NULL;
    if (!level || level->count == 0) {
        return;
    }
    At at = {.data = level->place};
    diag_add(store_diags(store), DIAG_W234, &at, level->names,
        level->count > NAMED_UNITS ? "…" : "", level->table, level->rows, column->name,
        column->name, UNIT_ELSEWHERE);
    if (level->shared) {
        diag_hint(store_diags(store), DIAG_H243, level->shared);
    }
    level->count = 0; /* once */
}

static void put_lookup(StoreQuery *put, const char *unit)
{
    store_bind_text(put, 2, unit);
    (void)store_step(put);
    store_reset(put);
}

/* A row of the roster is where its number says, whatever other rows bear its name. */
static void fill_by_rows(Store *store, const LevelColumn *level, StoreQuery *put)
{
    const RosterLevels *levels = levels_of(store);
    StoreQuery *query =
        store_prepare(store, arena_printf(store_arena(store), "SELECT rowid FROM %s ORDER BY rowid",
                                 store_roster(store)->sql));
    for (int i = 0; i < levels->count && store_step(query); i++) {
        store_bind_int(put, 1, store_int(query, 0));
        put_lookup(put, unit_above(store, &levels->units[i], level->column.name));
    }
    store_reset(query);
}

static bool fill_by_names(
    Store *store, const Table *table, const LevelColumn *level, StoreQuery *put)
{
    const char *units = level->column.units->sql;
    bool elsewhere = false;
    StoreQuery *query = store_prepare(
        store, arena_printf(store_arena(store), "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL",
                   units, table->sql, units));
    while (store_step(query)) {
        const char *unit = store_unit_at(store, store_text(query, 0), level->column.name);
        elsewhere = elsewhere || strcmp(unit, UNIT_ELSEWHERE) == 0;
        store_bind_text(put, 1, store_text(query, 0));
        put_lookup(put, unit);
    }
    store_reset(query);
    return elsewhere;
}

/* In the roster itself a 镇 lies in no 片: nothing to tell. */
static void fill_lookup(Store *store, const Table *table, LevelColumn *level)
{
    StoreQuery *put = store_prepare(store,
        arena_printf(store_arena(store), "INSERT INTO %s VALUES(?1,?2)", level->column.lookup));
    if (table == store_roster(store)) {
        fill_by_rows(store, level, put);
    } else if (fill_by_names(store, table, level, put)) {
        note_elsewhere(store, table, level);
    }
}

/* What a row of the roster is looked up by: its name may be another row's too. */
static const Column *row_of_roster(Arena *arena, const Column *name)
{
    Column *row = ARENA_NEW(arena, Column);
    *row = *name;
    row->sql = "rowid";
    return row;
}

static Column *level_column_new(
    Store *store, const Table *table, const Column *units, const char *level)
{
    Arena *arena = store_arena(store);
    const char *lookup = store_new_table(store);
    if (!store_execute(
            store, arena_printf(arena, "%s %s(name PRIMARY KEY,unit TEXT) WITHOUT ROWID",
                       store_create(store), lookup))) {
        return NULL;
    }
    units = table == store_roster(store) ? row_of_roster(arena, units) : units;
    LevelColumn *made = ARENA_NEW(arena, LevelColumn);
    Column *column = &made->column;
    made->table = table->id;
    made->names = "";
    column->name = column->head = arena_strdup(arena, level);
    column->sql = arena_printf(arena, "(SELECT unit FROM %s WHERE name=%s)", lookup, units->sql);
    column->type = COLUMN_TEXT;
    column->kind = KIND_TEXT;
    column->unit_column = -1;
    column->units = units;
    column->lookup = lookup;
    fill_lookup(store, table, made);
    return column;
}

LevelState store_level_state(Store *store, const Table *table, const char *level)
{
    const RosterLevels *levels = levels_of(store);
    const Level *wanted = level_find(store, level);
    if (!wanted) {
        return LEVEL_UNKNOWN;
    }
    const Column *units = store_unit_column(store, table);
    if (!units) {
        return LEVEL_NO_UNITS;
    }
    if (table == store_roster(store)) {
        return LEVEL_THERE;
    }
    const char *name = store_roster_level(store, table, units);
    const Level *own = name ? level_find(store, name) : NULL;
    if (!own || own == wanted) {
        return own ? LEVEL_THERE : LEVEL_NO_UNITS;
    }
    return !levels->has_parents         ? LEVEL_NO_PARENTS
           : wanted->depth > own->depth ? LEVEL_BELOW
                                        : LEVEL_THERE;
}

const Column *store_level_column(Store *store, const Table *table, const char *level)
{
    if (store_level_state(store, table, level) != LEVEL_THERE) {
        return NULL;
    }
    RosterLevels *levels = levels_of(store);
    const char *key = arena_printf(store_paper_arena(store), "%s %s", table->sql, level);
    Column *known = map_find(levels->columns, key);
    if (!known) {
        known = level_column_new(store, table, store_unit_column(store, table), level);
        map_put(levels->columns, key, known);
    }
    return known;
}
