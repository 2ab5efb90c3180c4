/* The keys of by= and the values they take: columns, period columns, period words; their order, and
 * the groups that have no rows. */
#include <stdlib.h>
#include <string.h>
#include "template/value/groups_internal.h"

/* ---- what a key is ---- */

static bool period_word(const char *name, PeriodKind *out)
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

static bool is_roster_level(Engine *engine, const char *name)
{
    const Table *roster = store_roster(engine->store);
    const Column *level = roster ? table_column_find(roster, "级别") : NULL;
    if (!level) {
        return false;
    }
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT 1 FROM %s WHERE %s=", roster->sql, level->sql);
    sql_bind_text(&sql, name);
    sql_add(&sql, " LIMIT 1");
    StoreQuery *query = sql_ready(&sql);
    bool found = store_step(query);
    store_reset(query);
    return found;
}

/* A level of the roster (片) or the indicators (指标) group too, but not in this version. */
static bool is_later_key(Engine *engine, const char *name)
{
    return strcmp(name, "指标") == 0 || strcmp(name, "指标组") == 0 ||
           is_roster_level(engine, name);
}

static bool column_key(const RowSet *rows, const Column *column, GroupKey *key)
{
    const Table *table = rows->table;
    bool of_table = table->period_column >= 0 && column == &table->columns[table->period_column];
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

static bool read_key(
    const Context *context, const RowSet *rows, const ValueNode *node, GroupKey *key)
{
    Engine *engine = context->engine;
    const Column *column = node->table ? NULL : engine_column(engine, rows->table, node->name);
    PeriodKind kind;
    if (!column && value_is_bare(node) && !node->bracketed) {
        if (period_word(node->name, &kind)) {
            return word_key(context, rows, node, kind, key);
        }
        if (is_later_key(engine, node->name)) {
            At at = value_node_at(node);
            return diag_add(engine->diags, DIAG_E151, &at, node->name);
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
        good = read_key(context, rows, keys->items[i].node, &(*out)[i]) && good;
    }
    return good;
}

static bool is_level_key(Engine *engine, const RowSet *rows, const ValueNode *node)
{
    PeriodKind kind;
    return value_is_bare(node) && !engine_column(engine, rows->table, node->name) &&
           (node->bracketed || !period_word(node->name, &kind)) &&
           is_roster_level(engine, node->name);
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
            good = read_key(context, rows, node, &(*out)[i]) && good;
        }
    }
    return good;
}

/* ---- values ---- */

/* The period that a pair of days is: a month, quarter … where it is one. */
static Period period_of_days(int first_day, int last_day)
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
    return period_of_days(first, last);
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
    return (starts && ends) || apart ? whole : period_of_days(date_days(first), date_days(last));
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
    if (!sql_from(&sql, rows)) {
        return sql_drop(&sql);
    }
    sql_add(&sql, " GROUP BY ");
    bool days = false;
    for (int i = 0; i < count; i++) {
        days = days || keys[i].is_period;
        sql_addf(&sql, "%s%d", i ? "," : "", i + 1);
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

/* Periods by time, units by the roster, anything else (and units it does not know: 全镇) as it
 * first appears. */
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
        if (order >= 0) {
            tuple->ranks[key] = (int64_t)order - INT32_MAX;
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

/* By period none is left out between the first and the last. Days (RANGE) have no next one worth a
 * group. */
void groups_fill_periods(const RowSet *rows, const GroupKey *key, GroupTuples *tuples)
{
    Engine *engine = rows->context.engine;
    if (tuples->count < 2) {
        return;
    }
    GroupTuples filled = {0};
    Period last = tuples->items[tuples->count - 1].values[0].period;
    Period whole = tuples->items[0].values[0].period;
    if (key->period_kind != PERIOD_NONE) {
        whole = period_containing(key->period_kind, whole.first);
    } else if (whole.kind == PERIOD_RANGE) {
        return;
    }
    for (int i = 0; i < MOST_PERIODS && date_cmp(whole.first, last.first) <= 0; i++) {
        GroupTuple tuple = {0};
        tuple.values = ARENA_NEW(engine->arena, Datum);
        tuple.values[0] = datum_period(cut_to_frame(rows, key, whole));
        add_tuple(engine, &filled, &tuple);
        whole = period_next(whole);
    }
    *tuples = filled;
}

/* The data may write a unit by another of its names: 长塘 for 长塘村. */
static bool has_unit(Engine *engine, const GroupTuples *tuples, const char *unit)
{
    int order = store_roster_order(engine->store, unit);
    for (size_t i = 0; i < tuples->count; i++) {
        const Datum *value = &tuples->items[i].values[0];
        if (value->kind == DATUM_TEXT && store_roster_order(engine->store, value->text) == order) {
            return true;
        }
    }
    return false;
}

static bool is_bound(const Scope *scope, const char *name)
{
    for (; scope; scope = scope->parent) {
        for (int i = 0; i < scope->binding_count; i++) {
            if (strcmp(scope->bindings[i].name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* A unit of the roster without rows is a group too, where the table is keyed by units. Not so where
 * a condition chooses among the rows (其中, where), or an outer scope has chosen the unit. */
void groups_add_units(const RowSet *rows, const GroupKey *key, GroupTuples *tuples)
{
    Engine *engine = rows->context.engine;
    const Table *roster = store_roster(engine->store);
    const Column *name = roster ? table_column_find(roster, "名称") : NULL;
    const Column *level = roster ? table_column_find(roster, "级别") : NULL;
    if (!name || !level || rows->filters || rows->table == roster ||
        key->column->type != COLUMN_TEXT || !table_is_key(rows->table, key->column) ||
        is_bound(rows->context.scope, key->name)) {
        return;
    }
    const char *usual = store_roster_level(engine->store, rows->table, key->column);
    if (!usual) {
        return;
    }
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT %s FROM %s WHERE %s=", name->sql, roster->sql, level->sql);
    sql_bind_text(&sql, usual);
    sql_addf(&sql, " AND %s IS NOT NULL ORDER BY rowid", name->sql);
    StoreQuery *query = sql_ready(&sql);
    while (store_step(query)) {
        const char *unit = arena_strdup(engine->arena, store_text(query, 0));
        if (!has_unit(engine, tuples, unit)) {
            GroupTuple tuple = {.values = ARENA_NEW(engine->arena, Datum)};
            tuple.values[0] = datum_text(unit);
            add_tuple(engine, tuples, &tuple);
        }
    }
    store_reset(query);
}
