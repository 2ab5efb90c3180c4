/* One paper a unit (language.md 7): the root scope is bound to one unit, as a group's scope is to
 * its keys, and limits every table that has such a column. What is worked out for a unit depends on
 * nothing that was worked out for another one: each begins with the engine as the check left it. */
#include <stdlib.h>
#include <string.h>
#include "base/names.h"
#include "base/utf8.h"
#include "template/value/sql.h"

typedef struct Burst {
    const char *column; /* 村 */
    bool is_level;      /* of the roster */
    const char **names;
    Scope *scopes; /* one a name, those whose paper is not made too: they rank among all */
    size_t count;
    Map *kept;
    Engine before; /* outside of any unit */
} Burst;

struct BurstHold {
    Engine engine;
    const Diags *diags;
};

/* ---- which column ---- */

static bool no_such_column(Engine *engine, const char *name, const At *at)
{
    const char **names = NULL;
    size_t count = 0, room = 0;
    diag_add(engine->diags, DIAG_E552, at, name);
    const char *level;
    for (size_t i = 0; (level = store_level(engine->store, i)) != NULL; i++) {
        names = arena_grow(engine->arena, names, count, &room, sizeof *names);
        names[count++] = level;
    }
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        for (int k = 0; k < table->column_count; k++) {
            names = arena_grow(engine->arena, names, count, &room, sizeof *names);
            names[count++] = table->columns[k].name;
        }
    }
    const char *nearest = name_nearest(name, names, count);
    if (nearest) {
        diag_hint(engine->diags, DIAG_H001, nearest);
    }
    return false;
}

/* A month or a number is no unit; a level of the roster is one whatever columns are called. */
static bool find_column(Engine *engine, const Burst *burst, const At *at)
{
    const Column *other = NULL;
    for (size_t i = 0; i < store_table_count(engine->store) && !burst->is_level; i++) {
        const Column *column = table_column_find(store_table(engine->store, i), burst->column);
        if (column && column->type == COLUMN_TEXT) {
            return true;
        }
        other = column ? column : other;
    }
    return burst->is_level || (other ? diag_add(engine->diags, DIAG_E553, at, burst->column)
                                     : no_such_column(engine, burst->column, at));
}

static void bind_root(Engine *engine, Scope *root, const char *column, const char *unit)
{
    *root = engine->root;
    root->is_unit = true;
    root->binding_count = 1;
    root->bindings = ARENA_NEW(engine->arena, Binding);
    root->bindings[0] = (Binding){.name = column, .value = datum_text(unit)};
}

/* While the values are checked, the unit is any. */
void engine_set_each(Engine *engine, const char *each)
{
    Burst *burst = ARENA_NEW(engine->arena, Burst);
    burst->column = utf8_fold(engine->arena, each);
    burst->is_level = store_is_level(engine->store, burst->column);
    burst->kept = map_new(engine->arena);
    engine->burst = burst;
    bind_root(engine, &engine->root, burst->column, "");
    engine->root.index = 1;
}

bool engine_check_each(Engine *engine, const At *at)
{
    return find_column(engine, engine->burst, at);
}

/* ---- the names ---- */

static void add_name(Engine *engine, Burst *burst, size_t *room, const char *name)
{
    burst->names =
        arena_grow(engine->arena, burst->names, burst->count, room, sizeof *burst->names);
    burst->names[burst->count++] = name;
}

/* Levels that stand beside 村 (社区) are villages to the columns of the other tables. */
static bool is_of_level(Engine *engine, const Burst *burst, const char *level)
{
    bool beside =
        strcmp(burst->column, "村") == 0 && store_is_village_level(engine->store, level);
    return beside || strcmp(level, burst->column) == 0;
}

/* A unit's row of the roster. */
typedef struct RosterRow {
    const char *name;
    size_t order; /* among all rows, from 0 */
    int file;
    long row;
} RosterRow;

/* （东片）, or nothing. */
static const char *in_brackets(Engine *engine, const char *above)
{
    bool chinese = diag_language(engine->diags) == DIAG_CHINESE;
    return !*above   ? ""
           : chinese ? arena_printf(engine->arena, "（%s）", above)
                     : arena_printf(engine->arena, " (%s)", above);
}

/* One paper for two villages would have the figures of both. */
static bool tell_namesake(
    Engine *engine, const Column *name, const RosterRow *first, const RosterRow *second)
{
    const Table *roster = store_roster(engine->store);
    At at = {.data = store_place(engine->store, roster, second->file, second->row, name)};
    const DataPlace *other = store_place(engine->store, roster, first->file, first->row, name);
    diag_add(engine->diags, DIAG_E538, &at, second->name, other->file, other->row,
        in_brackets(engine, store_row_above(engine->store, first->order)),
        in_brackets(engine, store_row_above(engine->store, second->order)));
    diag_hint(engine->diags, DIAG_H538);
    return false;
}

static bool names_of_roster(Engine *engine, Burst *burst, Map *seen)
{
    const Table *roster = store_roster(engine->store);
    const Column *name = table_column_find(roster, "名称");
    size_t room = 0;
    bool distinct = true;
    RosterRow row = {0}, *kept;
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT %s,%s,_file,_row FROM %s ORDER BY rowid", name->sql,
        store_level_sql(engine->store), roster->sql);
    StoreQuery *query = sql_ready(&sql);
    for (; store_step(query); row.order++) {
        if (store_is_null(query, 0) || store_is_null(query, 1) ||
            !is_of_level(engine, burst, store_text(query, 1))) {
            continue;
        }
        row.name = arena_strdup(engine->arena, store_text(query, 0));
        row.file = (int)store_int(query, 2);
        row.row = (long)store_int(query, 3);
        if ((kept = map_find(seen, row.name)) != NULL) {
            distinct = tell_namesake(engine, name, kept, &row);
            continue;
        }
        add_name(engine, burst, &room, row.name);
        map_put(seen, row.name, arena_copy(engine->arena, &row, sizeof row));
    }
    store_reset(query);
    return distinct;
}

/* The values of a table in the period, whatever unit the root is bound to. */
static bool query_values(Engine *engine, const Table *table, const Column *column, StoreQuery **out)
{
    RowSet rows = {.table = table,
        .context = engine_context(engine, &engine->root),
        .lifts = true,
        .lift_from = &engine->root};
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT %s", column->sql);
    if (!sql_from_listed(&sql, &rows)) {
        return sql_drop(&sql);
    }
    sql_addf(&sql, " AND %s IS NOT NULL GROUP BY 1 ORDER BY min(rowid)", column->sql);
    *out = sql_ready(&sql);
    return true;
}

static bool names_of_tables(Engine *engine, Burst *burst, Map *seen)
{
    size_t room = 0;
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        const Column *column = table_column_find(table, burst->column);
        StoreQuery *query;
        if (!column || column->type != COLUMN_TEXT) {
            continue;
        }
        if (!query_values(engine, table, column, &query)) {
            return false;
        }
        while (store_step(query)) {
            const char *name = arena_strdup(engine->arena, store_text(query, 0));
            if (map_find(seen, name)) {
                continue;
            }
            map_put(seen, name, burst);
            add_name(engine, burst, &room, name);
        }
        store_reset(query);
    }
    return true;
}

/* What the tables have and the roster has not gets no paper: never in silence. */
static bool tell_left_out(Engine *engine, const Burst *burst, const Map *seen)
{
    Burst all = {.column = burst->column};
    Map *found = map_new(engine->arena);
    Names left = {0};
    if (!names_of_tables(engine, &all, found)) {
        return false;
    }
    for (size_t i = 0; i < all.count; i++) {
        const char *name = all.names[i];
        if (map_find(seen, name) || store_is_of_the_town(name) ||
            store_is_town(engine->store, name)) {
            continue;
        }
        names_add(engine->arena, &left, name);
    }
    if (left.count > 0) {
        diag_add(engine->diags, DIAG_W551, NULL, burst->column, left.count, left.list,
            names_more(&left));
    }
    return true;
}

static void make_scopes(Engine *engine, Burst *burst)
{
    burst->scopes = ARENA_ARRAY(engine->arena, Scope, burst->count + 1);
    const Scope **all = ARENA_ARRAY(engine->arena, const Scope *, burst->count + 1);
    for (size_t i = 0; i < burst->count; i++) {
        Scope *scope = &burst->scopes[i];
        bind_root(engine, scope, burst->column, burst->names[i]);
        all[i] = scope;
        scope->index = (int)i + 1;
        scope->place = i;
        scope->siblings = all;
        scope->sibling_count = (int)burst->count;
    }
}

/* Each unit asks for its own rows alone: without an index every one of ten thousand would read the
 * whole table. */
static bool index_tables(Engine *engine, const Burst *burst)
{
    bool done = true;
    for (size_t i = 0; done && i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        const Column *column = engine_column(engine, table, burst->column);
        column = column && column->units ? column->units : column;
        done = !column || store_index(engine->store, table, column);
    }
    return done;
}

bool engine_units(Engine *engine, const char *const **names, size_t *count)
{
    Burst *burst = engine->burst;
    Map *seen = map_new(engine->arena);
    bool done = true;
    if (burst->is_level) {
        done = names_of_roster(engine, burst, seen) && tell_left_out(engine, burst, seen);
    } else {
        done = names_of_tables(engine, burst, seen);
    }
    if (!done || !index_tables(engine, burst)) {
        return false;
    }
    make_scopes(engine, burst);
    burst->before = *engine;
    *names = burst->names;
    *count = burst->count;
    return true;
}

/* ---- one unit ---- */

/* What was noted or kept of a paper goes with it. */
static void begin_anew(Engine *engine, Arena *arena)
{
    *engine = engine->burst->before;
    engine->arena = arena;
    engine->derived = map_copy(arena, engine->derived);
    engine->indicators = map_copy(arena, engine->indicators);
    engine->gaps = map_copy(arena, engine->gaps);
    engine->undivided = map_copy(arena, engine->undivided);
    engine->scans = map_new(arena);
}

void engine_enter_unit(Engine *engine, Arena *arena, size_t place, size_t number, long serial)
{
    begin_anew(engine, arena);
    engine->root = engine->burst->scopes[place];
    engine->root.index = (int)number;
    engine->serial = serial;
    store_lend_from(engine->store, arena);
}

void engine_set_serial(Engine *engine, long serial)
{
    engine->serial = serial;
}

void engine_leave_unit(Engine *engine)
{
    *engine = engine->burst->before;
    store_lend_from(engine->store, NULL);
}

struct BurstHold *burst_leave(Engine *engine, Arena *scratch)
{
    struct BurstHold *hold = ARENA_NEW(scratch, struct BurstHold);
    hold->engine = *engine;
    hold->diags = diag_apart(engine->diags, scratch, NULL);
    begin_anew(engine, scratch);
    engine->judged = hold->engine.judged;
    engine->diags = hold->engine.diags;
    return hold;
}

void burst_return(Engine *engine, const struct BurstHold *hold)
{
    *engine = hold->engine;
    diag_rejoin(engine->diags, hold->diags);
}

void *burst_kept(const Engine *engine, const char *name)
{
    return map_find(engine->burst->kept, name);
}

void burst_keep(Engine *engine, const char *name, const void *bytes, size_t size)
{
    Burst *burst = engine->burst;
    map_put(burst->kept, name, arena_copy(burst->before.arena, bytes, size));
}

const Bound *burst_keep_cells(Engine *engine, const char *name, const Bound *row, int width)
{
    Burst *burst = engine->burst;
    Arena *arena = burst->before.arena;
    Bound *kept = arena_copy(arena, row, (size_t)width * sizeof *kept);
    for (int i = 0; i < width; i++) {
        kept[i].text = kept[i].text ? arena_strdup(arena, kept[i].text) : NULL;
    }
    map_put(burst->kept, name, kept);
    return kept;
}

/* ---- levels above ---- */

static bool is_above(Engine *engine, const char *level)
{
    int depth = store_level_depth(engine->store, level);
    return engine->burst->is_level && depth >= 0 &&
           depth < store_level_depth(engine->store, engine->burst->column);
}

bool unit_level(const Context *context, const Scope *scope, const char *name, Datum *out)
{
    Engine *engine = context->engine;
    if (!scope->is_unit || !is_above(engine, name)) {
        return false;
    }
    const char *unit = scope->bindings[0].value.text;
    *out = datum_text(context->dry ? "" : store_unit_at(engine->store, unit, name));
    return true;
}

const char *engine_unit_level(Engine *engine, size_t index)
{
    const char *level;
    for (size_t i = 0; (level = store_level(engine->store, i)) != NULL; i++) {
        if (is_above(engine, level) && index-- == 0) {
            return level;
        }
    }
    return NULL;
}

const char *engine_unit_above(Engine *engine, size_t place, const char *level)
{
    return store_unit_at(engine->store, engine->burst->names[place], level);
}
