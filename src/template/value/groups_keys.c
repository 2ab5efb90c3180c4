/* The keys of by= and the values they take: columns, period columns, period words; their order, and
 * the groups that have no rows. */
#include <stdlib.h>
#include <string.h>
#include "template/value/groups_internal.h"
#include "template/value/sql.h"

/* ---- what a key is ---- */

bool period_word(const char *name, PeriodKind *out)
{
    static const struct {
        const char *twin, *name;
    } twins[] = {
        {"tendays", "旬"}, {"month", "月"}, {"quarter", "季"}, {"half", "半年"}, {"year", "年"}};
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        if (strcmp(twins[i].twin, name) == 0) {
            name = twins[i].name;
        }
    }
    return period_kind_parse(name, out);
}

static bool column_key(const RowSet *rows, const Column *column, GroupKey *key)
{
    const Table *table = rows->table;
    bool of_table = table->period_column >= 0 && column == &table->columns[table->period_column];
    store_tell_elsewhere(rows->context.engine->store, column);
    *key = (GroupKey){.name = column->name, .column = column};
    key->is_period = column == rows->dated_by || (of_table && !rows->dated_by);
    return true;
}

static bool word_key(const Context *context, const RowSet *rows, const ValueNode *node,
    PeriodKind kind, GroupKey *key)
{
    if (rows->table->period_column < 0 && !rows->dated_by) {
        At at = value_node_at(node);
        return diag_add(context->engine->diags, DIAG_E166, &at, rows->table->id, node->name);
    }
    *key = (GroupKey){.name = node->name, .is_period = true, .period_kind = kind};
    return true;
}

/* False without a message where the name is none of the two. */
static bool indicator_key(const ValueNode *node, GroupKey *key)
{
    *key = (GroupKey){.name = node->name};
    key->is_indicator = strcmp(node->name, "指标") == 0;
    key->is_indicator_group = strcmp(node->name, "指标组") == 0;
    return key->is_indicator || key->is_indicator_group;
}

/* `keys`: those of groups; NULL: of runs, which are not by indicators. */
static bool read_key(const Context *context, const Expr *keys, const RowSet *rows,
    const ValueNode *node, GroupKey *key)
{
    Engine *engine = context->engine;
    const Column *column = node->table ? NULL : engine_column(engine, rows->table, node->name);
    PeriodKind kind;
    if (!column && value_is_bare(node) && !node->bracketed) {
        if (period_word(node->name, &kind)) {
            return word_key(context, rows, node, kind, key);
        }
        if (keys && indicator_key(node, key)) {
            return indicators_check_key(engine, rows, keys, node, key->is_indicator_group);
        }
    }
    column = column ? column : value_argument_column(context, rows->table, node);
    return column && column_key(rows, column, key);
}

bool groups_keys(const Context *context, const Expr *keys, const RowSet *rows, GroupKey **out)
{
    *out = ARENA_ARRAY(context->engine->arena, GroupKey, keys->item_count);
    bool good = true;
    for (int i = 0; i < keys->item_count; i++) {
        good = read_key(context, keys, rows, keys->items[i].node, &(*out)[i]) && good;
    }
    return good;
}

/* A level is told by the names of the rows' units, so that a village without rows lies in its 片. */
static bool is_level_key(Engine *engine, const RowSet *rows, const ValueNode *node)
{
    const Column *column =
        value_is_bare(node) ? engine_column(engine, rows->table, node->name) : NULL;
    return column && column->units;
}

bool groups_run_keys(const Context *context, const Expr *keys, const RowSet *rows, GroupKey **out)
{
    *out = ARENA_ARRAY(context->engine->arena, GroupKey, keys->item_count);
    bool good = true;
    for (int i = 0; i < keys->item_count; i++) {
        const ValueNode *node = keys->items[i].node;
        if (is_level_key(context->engine, rows, node)) {
            (*out)[i] = (GroupKey){.name = node->name, .is_level = true};
        } else {
            good = read_key(context, NULL, rows, node, &(*out)[i]) && good;
        }
    }
    return good;
}

/* ---- values ---- */

Period groups_period_of_days(int first_day, int last_day)
{
    static const PeriodKind kinds[] = {
        PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR, PERIOD_TEN_DAYS};
    Period days = {PERIOD_RANGE, date_from_days(first_day), date_from_days(last_day)};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Period whole = period_containing(kinds[i], days.first);
        if (date_cmp(whole.first, days.first) == 0 && date_cmp(whole.last, days.last) == 0) {
            return whole;
        }
    }
    return days;
}

Period groups_row_period(const GroupKey *key, StoreQuery *query, int index)
{
    int first = (int)store_int(query, index), last = (int)store_int(query, index + 1);
    if (key->period_kind != PERIOD_NONE) {
        return period_containing(key->period_kind, date_from_days(first));
    }
    return groups_period_of_days(first, last);
}

/* The columns of a query that hold the first and the last day of a row's period. */
static void groups_add_days(Sql *sql, const RowSet *rows)
{
    if (rows->dated_by) {
        sql_addf(sql, ",%s,%s", rows->dated_by->sql, rows->dated_by->sql);
    } else if (rows->table->period_column >= 0) {
        sql_add(sql, ",_p0,_p1");
    } else {
        sql_add(sql, ",NULL,NULL");
    }
}

const char *groups_value_name(Engine *engine, const Datum *datum)
{
    if (datum->kind == DATUM_PERIOD) {
        char first[16], last[16];
        return arena_printf(engine->arena, "%s %s", date_format_iso(datum->period.first, first),
            date_format_iso(datum->period.last, last));
    }
    return datum->kind == DATUM_MISSING ? "\x01" : datum_plain(engine, datum, false);
}

/* A quarter or year as far as the rows reach: in 近 3 or 累计 a year is its months among them, not
 * all twelve. A row's own period (its month, its year) stays whole. */
static Period cut_to_frame(const RowSet *rows, const GroupKey *key, Period whole)
{
    Period frame;
    bool from_start, all;
    if (key->period_kind == PERIOD_NONE ||
        !period_moved(&rows->context, rows->move, &frame, &from_start, &all) || all) {
        return whole;
    }
    bool starts = from_start || date_cmp(frame.first, whole.first) <= 0;
    bool ends = date_cmp(frame.last, whole.last) >= 0;
    Date first = starts ? whole.first : frame.first, last = ends ? whole.last : frame.last;
    bool apart = date_cmp(first, last) > 0; /* the quarter of a row that began before the frame */
    return (starts && ends) || apart ? whole : groups_period_of_days(date_days(first), date_days(last));
}

/* One tuple of key values; false when a period key has no day. */
static bool read_tuple(
    const RowSet *rows, const GroupKey *keys, int count, StoreQuery *query, GroupTuple *out)
{
    Engine *engine = rows->context.engine;
    out->values = ARENA_ARRAY(engine->arena, Datum, count + 1);
    out->name = "";
    for (int i = 0; i < count; i++) {
        if (keys[i].is_period && store_is_null(query, count)) {
            return false;
        }
        if (keys[i].is_period) {
            Period whole = groups_row_period(&keys[i], query, count);
            out->values[i] = datum_period(cut_to_frame(rows, &keys[i], whole));
        } else {
            out->values[i] = column_datum(engine, keys[i].column, query, i);
        }
        out->name = arena_printf(
            engine->arena, "%s\x1f%s", out->name, groups_value_name(engine, &out->values[i]));
    }
    return true;
}

static void add_tuple(Engine *engine, GroupTuples *tuples, const GroupTuple *tuple)
{
    tuples->items = arena_grow(
        engine->arena, tuples->items, tuples->count, &tuples->capacity, sizeof *tuples->items);
    tuples->items[tuples->count++] = *tuple;
}

bool groups_tuples(const RowSet *rows, const GroupKey *keys, int count, GroupTuples *out)
{
    Engine *engine = rows->context.engine;
    Map *seen = map_new(engine->arena);
    Sql sql = sql_new(engine);
    sql_add(&sql, "SELECT ");
    for (int i = 0; i < count; i++) {
        sql_addf(&sql, "%s%s", i ? "," : "",
            keys[i].column && !keys[i].is_period ? keys[i].column->sql : "NULL");
    }
    groups_add_days(&sql, rows);
    if (!sql_from_listed(&sql, rows)) {
        return sql_drop(&sql);
    }
    sql_add(&sql, " GROUP BY ");
    bool days = false;
    for (int i = 0; i < count; i++) {
        const Column *units = keys[i].column ? keys[i].column->units : NULL;
        days = days || keys[i].is_period;
        sql_add(&sql, i ? "," : "");
        if (units) { /* the 片 of each village is looked up, not that of each row */
            sql_add(&sql, units->sql);
        } else {
            sql_addf(&sql, "%d", i + 1);
        }
    }
    sql_addf(
        &sql, days ? ",%d,%d ORDER BY min(rowid)" : " ORDER BY min(rowid)", count + 1, count + 2);
    StoreQuery *query = sql_ready(&sql);
    GroupTuple tuple = {0};
    while (store_step(query)) {
        if (read_tuple(rows, keys, count, query, &tuple) && !map_find(seen, tuple.name)) {
            map_put(seen, tuple.name, engine);
            add_tuple(engine, out, &tuple);
        }
    }
    store_reset(query);
    return true;
}

/* ---- order ---- */

static int datum_roster_order(Engine *engine, const Datum *datum)
{
    bool known = datum->kind == DATUM_TEXT && store_roster(engine->store);
    return known ? store_roster_order(engine->store, datum->text) : -1;
}

/* Periods by time, units by the roster, anything else (and units it does not know) as it first
 * appears, the town's own rows last. */
static void rank_key(Engine *engine, GroupTuples *tuples, int key)
{
    Map *seen = map_new(engine->arena);
    for (size_t i = 0; i < tuples->count; i++) {
        GroupTuple *tuple = &tuples->items[i];
        const Datum *value = &tuple->values[key];
        if (value->kind == DATUM_PERIOD) {
            tuple->ranks[key] = date_days(value->period.first);
            continue;
        }
        int order = datum_roster_order(engine, value);
        bool known = value->kind == DATUM_TEXT && store_roster(engine->store);
        if (order >= 0 || (known && store_is_of_the_town(value->text))) {
            tuple->ranks[key] = order >= 0 ? (int64_t)order - INT32_MAX : INT32_MAX;
            continue;
        }
        const char *name = groups_value_name(engine, value);
        int64_t *first = map_find(seen, name);
        if (!first) {
            first = ARENA_NEW(engine->arena, int64_t);
            *first = (int64_t)i;
            map_put(seen, name, first);
        }
        tuple->ranks[key] = *first;
    }
}

static int compare_tuples(const void *left, const void *right)
{
    const GroupTuple *a = left, *b = right;
    for (int i = 0; i < a->rank_count; i++) {
        if (a->ranks[i] != b->ranks[i]) {
            return a->ranks[i] < b->ranks[i] ? -1 : 1;
        }
    }
    return a->position < b->position ? -1 : a->position > b->position;
}

void groups_order(Engine *engine, GroupTuples *tuples, int count)
{
    for (size_t i = 0; i < tuples->count; i++) {
        GroupTuple *tuple = &tuples->items[i];
        tuple->ranks = ARENA_ARRAY(engine->arena, int64_t, count + 1);
        tuple->rank_count = count;
        tuple->position = i;
    }
    for (int key = 0; key < count; key++) {
        rank_key(engine, tuples, key);
    }
    if (tuples->count > 1) {
        qsort(tuples->items, tuples->count, sizeof *tuples->items, compare_tuples);
    }
}

/* ---- groups without rows ---- */

enum { MOST_PERIODS = 2400 }; /* 200 years of months: a mistyped year must not fill the memory */

/* The period among several keys that are the table's own: a village owes a row each month. -1 where
 * there is none, or a key beside it by which nothing is owed (类别). */
static int owed_period(const RowSet *rows, const GroupKey *keys, int count)
{
    int period = -1;
    for (int i = 0; i < count; i++) {
        const Column *column = keys[i].column;
        const Column *own = column && column->units ? column->units : column;
        bool owed = keys[i].is_period ? period < 0 : own && table_is_key(rows->table, own);
        if (!owed && count > 1) {
            return -1;
        }
        period = keys[i].is_period ? i : period;
    }
    return period;
}

/* The periods from the first to the last of all tuples; none of days (RANGE), which have no next one
 * worth a group. */
static Period *periods_between(const RowSet *rows, const GroupKey *key, const GroupTuples *tuples,
    int index, int *count)
{
    Period whole = tuples->items[0].values[index].period, last = whole;
    for (size_t i = 1; i < tuples->count; i++) {
        Period period = tuples->items[i].values[index].period;
        whole = date_cmp(period.first, whole.first) < 0 ? period : whole;
        last = date_cmp(period.first, last.first) > 0 ? period : last;
    }
    *count = 0;
    if (key->period_kind != PERIOD_NONE) {
        whole = period_containing(key->period_kind, whole.first);
    } else if (whole.kind == PERIOD_RANGE) {
        return NULL;
    }
    Period *periods = ARENA_ARRAY(rows->context.engine->arena, Period, MOST_PERIODS);
    for (; *count < MOST_PERIODS && date_cmp(whole.first, last.first) <= 0;
         whole = period_next(whole)) {
        periods[(*count)++] = cut_to_frame(rows, key, whole);
    }
    return periods;
}

/* False: it was there. */
static bool note_tuple(Engine *engine, Map *seen, const GroupTuple *tuple, int count, int skipped)
{
    const char *name = "";
    for (int i = 0; i < count; i++) {
        name = i == skipped ? name
                            : arena_printf(engine->arena, "%s\x1f%s", name,
                                  groups_value_name(engine, &tuple->values[i]));
    }
    if (map_find(seen, name)) {
        return false;
    }
    map_put(seen, name, engine);
    return true;
}

/* By period none is left out between the first and the last, for none of the units beside it. */
void groups_fill_periods(
    const RowSet *rows, const GroupKey *keys, int count, GroupTuples *tuples)
{
    Engine *engine = rows->context.engine;
    size_t found = tuples->count;
    int at = owed_period(rows, keys, count), period_count = 0;
    if (found < 2 || at < 0) {
        return;
    }
    Period *periods = periods_between(rows, &keys[at], tuples, at, &period_count);
    Map *seen = map_new(engine->arena), *beside = map_new(engine->arena);
    for (size_t i = 0; i < found; i++) {
        (void)note_tuple(engine, seen, &tuples->items[i], count, -1);
    }
    for (size_t i = 0; i < found; i++) {
        if (!note_tuple(engine, beside, &tuples->items[i], count, at)) {
            continue;
        }
        for (int p = 0; p < period_count; p++) {
            GroupTuple tuple = {0};
            tuple.values = arena_copy(engine->arena, tuples->items[i].values,
                (size_t)count * sizeof(Datum));
            tuple.values[at] = datum_period(periods[p]);
            if (note_tuple(engine, seen, &tuple, count, -1)) {
                add_tuple(engine, tuples, &tuple);
            }
        }
    }
}

/* The data may write a unit by another of its names: 长塘 for 长塘村. */
static bool has_unit(Engine *engine, const GroupTuples *tuples, int key, const char *unit)
{
    int order = store_roster_order(engine->store, unit);
    for (size_t i = 0; i < tuples->count; i++) {
        const Datum *value = &tuples->items[i].values[key];
        if (value->kind == DATUM_TEXT && store_roster_order(engine->store, value->text) == order) {
            return true;
        }
    }
    return false;
}

static bool is_bound(const Scope *scope, const char *name)
{
    for (; scope; scope = scope->parent) {
        if (scope_binding(scope, name)) {
            return true;
        }
    }
    return false;
}

/* The key whose units the groups are: of 片, 村 it is 村, as each of the others follows from it. -1
 * where another key stands beside them. */
static int finest_key(Engine *engine, const GroupKey *keys, int count)
{
    int finest = -1, deepest = -1;
    for (int i = 0; i < count; i++) {
        const Column *column = keys[i].is_period ? NULL : keys[i].column;
        int depth = column && column->units ? store_level_depth(engine->store, column->name)
                                            : INT32_MAX;
        if (!column || (depth == INT32_MAX && deepest == INT32_MAX)) {
            return -1;
        }
        finest = depth > deepest ? i : finest;
        deepest = depth > deepest ? depth : deepest;
    }
    return finest;
}

/* The level of whose units each is a group; NULL where the table owes no row for each: not keyed by
 * them, a condition chooses among the rows (其中, where, 缺报), an outer scope has chosen the unit. */
static const char *owed_level(const RowSet *rows, const GroupKey *key)
{
    Store *store = rows->context.engine->store;
    const Column *units = key->column->units ? key->column->units : key->column;
    if (!store_roster(store) || rows->filters || rows->absent ||
        rows->table == store_roster(store) ||
        units->type != COLUMN_TEXT || !table_is_key(rows->table, units) ||
        is_bound(rows->context.scope, key->name)) {
        return NULL;
    }
    return key->column->units ? key->name : store_roster_level(store, rows->table, units);
}

/* Inside a 片 only its villages are groups. */
static bool lies_in_scope(const RowSet *rows, const char *unit, const char *level)
{
    Engine *engine = rows->context.engine;
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        for (int i = 0; i < scope->binding_count; i++) {
            const Binding *binding = &scope->bindings[i];
            const Column *column = binding->is_period || binding->value.kind != DATUM_TEXT
                                       ? NULL
                                       : engine_column(engine, rows->table, binding->name);
            const char *value = binding->value.text;
            if (!column || !store_is_level(engine->store, binding->name) ||
                rows_lift(rows, scope, binding->name) ||
                (!column->units && store_roster_order(engine->store, value) < 0)) {
                continue;
            }
            if (strcmp(store_unit_at(engine->store, unit, binding->name), value) != 0 &&
                strcmp(store_unit_at(engine->store, value, level), unit) != 0) {
                return false;
            }
        }
    }
    return true;
}

static void add_unit(
    Engine *engine, const GroupKey *keys, int count, int finest, const char *unit, GroupTuples *out)
{
    GroupTuple tuple = {.values = ARENA_ARRAY(engine->arena, Datum, count + 1)};
    for (int i = 0; i < count; i++) {
        tuple.values[i] = datum_text(
            i == finest ? unit : store_unit_at(engine->store, unit, keys[i].column->name));
    }
    add_tuple(engine, out, &tuple);
}

/* A unit of the roster without rows is a group too, where the table is keyed by units. */
void groups_add_units(const RowSet *rows, const GroupKey *keys, int count, GroupTuples *tuples)
{
    Engine *engine = rows->context.engine;
    int finest = finest_key(engine, keys, count);
    const char *level = finest < 0 ? NULL : owed_level(rows, &keys[finest]);
    const Table *roster = store_roster(engine->store);
    const Column *name = level ? table_column_find(roster, "名称") : NULL;
    if (!name) {
        return;
    }
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT %s FROM %s WHERE %s=", name->sql, roster->sql,
        store_level_sql(engine->store));
    sql_bind_text(&sql, level);
    sql_addf(&sql, " AND %s IS NOT NULL ORDER BY rowid", name->sql);
    StoreQuery *query = sql_ready(&sql);
    while (store_step(query)) {
        const char *unit = arena_strdup(engine->arena, store_text(query, 0));
        if (!has_unit(engine, tuples, finest, unit) && lies_in_scope(rows, unit, level)) {
            add_unit(engine, keys, count, finest, unit, tuples);
        }
    }
    store_reset(query);
}
