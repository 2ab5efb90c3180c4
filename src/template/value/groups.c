/* Groups and rows as scopes: in printing order, cut by when and top, with the total of them all. */
#include <stdlib.h>
#include <string.h>
#include "template/value/groups_internal.h"
#include "template/value/sql.h"

/* ---- the rows ---- */

bool groups_rows(const Context *context, const GroupSpec *spec, RowSet *out)
{
    Engine *engine = context->engine;
    Value value;
    if (!value_eval(context, spec->rows->root, &value)) {
        return false;
    }
    if (value.kind != VALUE_ROWS || value.rows.per) {
        At at = expr_at(spec->rows);
        return diag_add(engine->diags, DIAG_E158, &at, expr_source(spec->rows));
    }
    *out = value.rows;
    if (spec->where) {
        Filter *filter = ARENA_NEW(engine->arena, Filter);
        *filter = (Filter){spec->where->root, *context, out->filters};
        out->filters = filter;
    }
    return true;
}

/* ---- scopes ---- */

static Scope *scope_new(
    Engine *engine, const GroupSpec *spec, const RowSet *rows, const Scope *parent)
{
    Scope *scope = ARENA_NEW(engine->arena, Scope);
    scope->parent = parent;
    scope->table = rows->table;
    scope->rows = spec->rows;
    scope->where = spec->where;
    return scope;
}

static void bind(Scope *scope, int index, const char *name, bool is_period, const Datum *value)
{
    scope->bindings[index] = (Binding){.name = name, .value = *value, .is_period = is_period};
    if (is_period) {
        scope->has_period = scope->period_bound = true;
        scope->period = value->period;
    }
}

typedef struct Listing {
    Engine *engine;
    const GroupSpec *spec;
    const Scope *parent;
    RowSet rows;
    Scope **scopes;
    size_t count, capacity;
    const Column *unit; /* of single rows of the roster that has levels: 名称; or NULL */
} Listing;

static void list_scope(Listing *listing, Scope *scope)
{
    listing->scopes = arena_grow(listing->engine->arena, listing->scopes, listing->count,
        &listing->capacity, sizeof *listing->scopes);
    listing->scopes[listing->count++] = scope;
}

static void scope_of_tuple(
    Listing *listing, const GroupKey *keys, int count, const GroupTuple *tuple)
{
    Engine *engine = listing->engine;
    Scope *scope = scope_new(engine, listing->spec, &listing->rows, listing->parent);
    scope->bindings = ARENA_ARRAY(engine->arena, Binding, count + 1);
    scope->binding_count = count;
    for (int i = 0; i < count; i++) {
        bind(scope, i, keys[i].name, keys[i].is_period, &tuple->values[i]);
    }
    list_scope(listing, scope);
}

/* ---- indicators ---- */

/* Inside by="指标组" only the indicators of that group; NULL: all. */
static const char *group_round(const Listing *listing)
{
    for (const Scope *scope = listing->parent; scope; scope = scope->parent) {
        const Binding *binding = scope_binding(scope, "指标组");
        if (binding && scope->table == listing->rows.table) {
            return binding->value.text;
        }
    }
    return NULL;
}

/* Whether there are rows in the scope at all, and where= holds of the indicator. */
static bool has_rows(const Context *context, const Scope *scope, bool *out)
{
    Context inside = *context;
    RowSet rows;
    Sql sql = sql_new(context->engine);
    inside.scope = scope;
    sql_add(&sql, "SELECT 1");
    if (!value_rows_of_scope(&inside, scope, &rows) || !sql_from_listed(&sql, &rows)) {
        return sql_drop(&sql);
    }
    sql_add(&sql, " LIMIT 1");
    StoreQuery *query = sql_ready(&sql);
    *out = store_step(query);
    store_reset(query);
    return true;
}

static bool list_indicator(
    const Context *context, Listing *listing, const GroupKey *key, const Column *column)
{
    Engine *engine = listing->engine;
    Scope *scope = scope_new(engine, listing->spec, &listing->rows, listing->parent);
    Datum name = datum_text(key->is_indicator ? column->name : indicator_group(engine, column));
    bool any = false;
    scope->indicator = key->is_indicator ? column : NULL;
    scope->bindings = ARENA_NEW(engine->arena, Binding);
    scope->binding_count = 1;
    bind(scope, 0, key->name, false, &name);
    if (!has_rows(context, scope, &any)) {
        return false;
    }
    Context inside = engine_context(engine, scope);
    if (scope->where && !where_asks_rows(&inside, scope->where->root)) {
        scope->where = NULL; /* it has chosen the indicator: 值 is of all rows, as 目标 wants */
    }
    if (any) {
        list_scope(listing, scope);
    }
    return true;
}

static bool is_listed(const Listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->count; i++) {
        if (strcmp(listing->scopes[i]->bindings[0].value.text, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The groups in the catalogue's order, those of no group last. */
static bool list_indicators(const Context *context, Listing *listing, const GroupKey *key)
{
    Engine *engine = listing->engine;
    IndicatorList list = table_indicators(engine, listing->rows.table);
    const char *within = key->is_indicator ? group_round(listing) : NULL;
    for (int i = 0; i < list.count * 2; i++) {
        const Column *column = list.columns[i % list.count];
        const char *group = indicator_group(engine, column);
        bool last = key->is_indicator_group && strcmp(group, UNIT_ELSEWHERE) == 0;
        bool skipped = last != (i >= list.count) || (within && strcmp(within, group) != 0) ||
                       (key->is_indicator_group && is_listed(listing, group));
        if (!skipped && !list_indicator(context, listing, key, column)) {
            return false;
        }
    }
    return true;
}

/* ---- groups ---- */

static bool list_groups(const Context *context, Listing *listing)
{
    const Expr *expr = listing->spec->keys;
    int count = expr->item_count;
    GroupKey *keys;
    GroupTuples tuples = {0};
    if (!groups_keys(context, expr, &listing->rows, &keys)) {
        return false;
    }
    if (keys[0].is_indicator || keys[0].is_indicator_group) {
        return list_indicators(context, listing, &keys[0]);
    }
    if (!groups_tuples(&listing->rows, keys, count, &tuples)) {
        return false;
    }
    groups_add_units(&listing->rows, keys, count, &tuples);
    groups_fill_periods(&listing->rows, keys, count, &tuples);
    groups_order(listing->engine, &tuples, count);
    for (size_t i = 0; i < tuples.count; i++) {
        scope_of_tuple(listing, keys, count, &tuples.items[i]);
    }
    return true;
}

/* ---- single rows ---- */

static bool is_period_column(const Table *table, int column)
{
    return column == table->period_column;
}

/* A row of the roster is a unit of its level: 名称 is the 村 of the other tables. Levels that stand
 * beside 村 (社区) go by its name, as the tables' columns do. */
static void bind_unit(Engine *engine, Scope *scope, const Datum *name, const Datum *level)
{
    if (name->kind != DATUM_TEXT || level->kind != DATUM_TEXT) {
        return;
    }
    bool of_village = store_is_village_level(engine->store, level->text);
    bind(scope, scope->binding_count++, of_village ? "村" : level->text, false, name);
}

static Scope *scope_of_row(Listing *listing, StoreQuery *query)
{
    static const GroupKey own_period = {.is_period = true};
    Engine *engine = listing->engine;
    const Table *table = listing->rows.table;
    Scope *scope = scope_new(engine, listing->spec, &listing->rows, listing->parent);
    int days = table->key_count + 1;
    scope->is_row = true;
    scope->rowid = store_int(query, 0);
    scope->bindings = ARENA_ARRAY(engine->arena, Binding, table->key_count + 2);
    for (int i = 0; i < table->key_count; i++) {
        const Column *column = &table->columns[table->keys[i]];
        bool period = is_period_column(table, table->keys[i]) && !store_is_null(query, days);
        Datum value = period ? datum_period(groups_row_period(&own_period, query, days))
                             : column_datum(engine, column, query, i + 1);
        bind(scope, scope->binding_count++, column->name, period, &value);
    }
    if (listing->unit) {
        Datum name = column_datum(engine, listing->unit, query, days + 2);
        Datum level = column_datum(engine, listing->unit, query, days + 3);
        bind_unit(engine, scope, &name, &level);
    }
    return scope;
}

typedef struct PlacedRow {
    Scope *scope;
    int period, unit;
    size_t position;
} PlacedRow;

static int compare_rows(const void *left, const void *right)
{
    const PlacedRow *a = left, *b = right;
    if (a->period != b->period) {
        return a->period < b->period ? -1 : 1;
    }
    if (a->unit != b->unit) {
        return a->unit < b->unit ? -1 : 1;
    }
    return a->position < b->position ? -1 : a->position > b->position;
}

/* The place of a row among the units of the roster; -1 when its key is something else. */
static int row_unit(Engine *engine, const Scope *scope)
{
    int unit = -1;
    for (int i = 0; i < scope->binding_count; i++) {
        const Binding *binding = &scope->bindings[i];
        if (!binding->is_period) {
            bool text = binding->value.kind == DATUM_TEXT && unit < 0;
            unit = text ? store_roster_order(engine->store, binding->value.text) : -1;
            if (unit < 0) {
                return -1;
            }
        }
    }
    return unit;
}

/* Rows of a table that is keyed by units stand in the roster's order (units it does not know behind
 * them), all others as the data has them. */
static void order_rows(Listing *listing)
{
    Engine *engine = listing->engine;
    if (!store_roster(engine->store) || listing->count < 2) {
        return;
    }
    PlacedRow *rows = ARENA_ARRAY(engine->arena, PlacedRow, listing->count);
    bool any = false;
    for (size_t i = 0; i < listing->count; i++) {
        Scope *scope = listing->scopes[i];
        int unit = row_unit(engine, scope);
        any = any || unit >= 0;
        rows[i] = (PlacedRow){scope, scope->period_bound ? date_days(scope->period.first) : 0,
            unit < 0 ? INT32_MAX : unit, i};
    }
    if (any) {
        qsort(rows, listing->count, sizeof *rows, compare_rows);
    }
    for (size_t i = 0; i < listing->count; i++) {
        listing->scopes[i] = rows[i].scope;
    }
}

static bool list_rows(Listing *listing)
{
    const Table *table = listing->rows.table;
    Sql sql = sql_new(listing->engine);
    const char *level = table->is_roster ? store_level_sql(listing->engine->store) : NULL;
    listing->unit = level ? table_column_find(table, "名称") : NULL;
    sql_add(&sql, "SELECT rowid");
    for (int i = 0; i < table->key_count; i++) {
        sql_addf(&sql, ",%s", table->columns[table->keys[i]].sql);
    }
    sql_add(&sql, table->period_column >= 0 ? ",_p0,_p1" : ",NULL,NULL");
    if (listing->unit) {
        sql_addf(&sql, ",%s,%s", listing->unit->sql, level);
    }
    if (!sql_from_listed(&sql, &listing->rows)) {
        return sql_drop(&sql);
    }
    sql_add(&sql, " ORDER BY rowid");
    StoreQuery *query = sql_ready(&sql);
    while (store_step(query)) {
        list_scope(listing, scope_of_row(listing, query));
    }
    store_reset(query);
    order_rows(listing);
    return true;
}

/* ---- labels ---- */

/* 2023年 beside 上半年 leaves open of which year the half is. */
static bool is_mixed(const Listing *listing)
{
    bool kinds = false, years = false;
    for (size_t i = 1; i < listing->count; i++) {
        Period one = listing->scopes[i - 1]->period, next = listing->scopes[i]->period;
        kinds = kinds || one.kind != next.kind;
        years = years || one.first.year != next.first.year;
    }
    return kinds && years;
}

/* 6月 where it is clear, 2023年6月 where two periods of the list would read alike. */
static void label_periods(Listing *listing)
{
    Arena *arena = listing->engine->arena;
    Map *seen = map_new(arena);
    bool clear = !is_mixed(listing);
    for (size_t i = 0; i < listing->count && clear; i++) {
        const Scope *scope = listing->scopes[i];
        if (scope->period_bound) {
            const char *name = period_short(arena, scope->period);
            const Scope *other = map_find(seen, name);
            clear = !other || period_equal(other->period, scope->period);
            map_put(seen, name, listing->scopes[i]);
        }
    }
    for (size_t i = 0; i < listing->count; i++) {
        Scope *scope = listing->scopes[i];
        for (int k = 0; k < scope->binding_count; k++) {
            Binding *binding = &scope->bindings[k];
            if (binding->is_period) {
                binding->value.text = clear ? period_short(arena, binding->value.period)
                                            : period_name(arena, binding->value.period);
            }
        }
    }
}

bool scope_period(const Scope *scope, Period *out)
{
    *out = scope->period;
    return scope->period_bound;
}

const char *scope_key_label(Engine *engine, const Scope *scope, int index)
{
    if (index < 0 || index >= scope->binding_count) {
        return "";
    }
    const Binding *binding = &scope->bindings[index];
    if (binding->value.kind == DATUM_MISSING) {
        return diag_language(engine->diags) == DIAG_ENGLISH ? "blank" : "未填";
    }
    const char *label = datum_plain(engine, &binding->value, false);
    bool of_units = strcmp(binding->name, "村") == 0 || store_is_level(engine->store, binding->name);
    const char *town = store_roster(engine->store) && of_units ? store_town_itself(label) : NULL;
    return town ? town : label;
}

/* ---- when, sort, top ---- */

static bool drop_failing(Listing *listing)
{
    const GroupSpec *spec = listing->spec;
    size_t kept = 0;
    bool good = true, holds = false;
    for (size_t i = 0; i < listing->count; i++) {
        Scope *scope = listing->scopes[i];
        if (spec->keeps) {
            holds = spec->keeps(spec->asker, scope);
        } else {
            good = expr_test(listing->engine, spec->when, scope, &holds) && good;
        }
        if (holds) {
            listing->scopes[kept++] = scope;
        }
    }
    listing->count = kept;
    return good;
}

typedef struct SortedScope {
    Scope *scope;
    Datum *values;
    int *units; /* of a text: its place in the roster, INT32_MAX where it has none */
    const Expr *sort;
    size_t position;
} SortedScope;

/* What is missing stands last, whichever way is sorted. */
static int compare_values(const Datum *a, const Datum *b, bool descending)
{
    bool known;
    if (a->kind == DATUM_MISSING || b->kind == DATUM_MISSING) {
        return (a->kind == DATUM_MISSING) - (b->kind == DATUM_MISSING);
    }
    int order = datum_compare(a, b, &known);
    return descending ? -order : order;
}

static int compare_sorted(const SortedScope *a, const SortedScope *b)
{
    for (int i = 0; i < a->sort->item_count; i++) {
        bool descending = a->sort->items[i].descending;
        int order = (a->units[i] > b->units[i]) - (a->units[i] < b->units[i]);
        order = order == 0   ? compare_values(&a->values[i], &b->values[i], descending)
                : descending ? -order
                             : order;
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

static int compare_stable(const void *left, const void *right)
{
    const SortedScope *a = left, *b = right;
    int order = compare_sorted(a, b);
    if (order != 0) {
        return order;
    }
    return a->position < b->position ? -1 : a->position > b->position;
}

/* 村 is sorted as the roster has it (language.md 3), not by code points; what the roster does not
 * know stands behind. What has no value stands last. */
static int unit_order(Engine *engine, const Datum *value, bool descending)
{
    int order = value->kind == DATUM_TEXT && store_roster(engine->store)
                    ? store_roster_order(engine->store, value->text)
                    : -1;
    return order >= 0 ? order : value->kind == DATUM_MISSING && descending ? -1 : INT32_MAX;
}

static bool sort_scopes(Listing *listing, SortedScope **out)
{
    Arena *arena = listing->engine->arena;
    const Expr *sort = listing->spec->sort;
    SortedScope *sorted = ARENA_ARRAY(arena, SortedScope, listing->count + 1);
    bool good = true;
    for (size_t i = 0; i < listing->count; i++) {
        sorted[i] = (SortedScope){listing->scopes[i], NULL, NULL, sort, i};
        sorted[i].values = ARENA_ARRAY(arena, Datum, sort->item_count);
        sorted[i].units = ARENA_ARRAY(arena, int, sort->item_count);
        for (int k = 0; k < sort->item_count; k++) {
            good = expr_list_eval(
                       listing->engine, sort, k, listing->scopes[i], &sorted[i].values[k]) &&
                   good;
            sorted[i].units[k] =
                unit_order(listing->engine, &sorted[i].values[k], sort->items[k].descending);
        }
    }
    if (listing->count > 1) {
        qsort(sorted, listing->count, sizeof *sorted, compare_stable);
    }
    for (size_t i = 0; i < listing->count; i++) {
        listing->scopes[i] = sorted[i].scope;
    }
    *out = sorted;
    return good;
}

/* How many groups stay: `top`, more of those that tie with its last are kept. A tie that is cut is
 * a warning. */
static size_t cut_at_top(const Listing *listing, const SortedScope *sorted)
{
    const GroupSpec *spec = listing->spec;
    size_t top = (size_t)spec->top;
    if (spec->top <= 0 || top >= listing->count) {
        return listing->count;
    }
    if (!sorted || compare_sorted(&sorted[top - 1], &sorted[top]) != 0) {
        return top;
    }
    if (!spec->top_ties) {
        Engine *engine = listing->engine;
        diag_add(engine->diags, DIAG_W141, &spec->at, spec->top,
            scope_key_label(engine, sorted[top - 1].scope, 0),
            scope_key_label(engine, sorted[top].scope, 0));
        return top;
    }
    while (top < listing->count && compare_sorted(&sorted[top - 1], &sorted[top]) == 0) {
        top++;
    }
    return top;
}

/* ---- all together ---- */

static const Scope *total_scope(
    Listing *listing, const Scope *const *members, size_t kept, size_t found)
{
    Scope *total = scope_new(listing->engine, listing->spec, &listing->rows, listing->parent);
    total->is_total = true;
    total->keys = listing->spec->keys;
    groups_span_periods(listing->engine, total, members, kept);
    total->members = members;
    total->member_count = (int)kept;
    total->whole =
        kept == found && !listing->rows.filters; /* 其中 and where leave groups out too */
    return total;
}

static void publish(Listing *listing, size_t kept, size_t found, Groups *out)
{
    Arena *arena = listing->engine->arena;
    const Scope **all = ARENA_ARRAY(arena, const Scope *, listing->count + 1);
    for (size_t i = 0; i < listing->count; i++) {
        Scope *scope = listing->scopes[i];
        all[i] = scope;
        scope->index = (int)i + 1;
        scope->siblings = all;
        scope->sibling_count = (int)listing->count;
    }
    out->scopes = all;
    out->count = (int)kept;
    out->total = total_scope(listing, all, kept, found);
}

/* The rows; where the groups meet indicators in a chart, where= is asked in those (scope_cross). */
static bool find_rows(const Context *context, const GroupSpec *spec, Listing *listing)
{
    Engine *engine = listing->engine;
    GroupSpec *rest = arena_copy(engine->arena, spec, sizeof *spec);
    if (!groups_rows(context, spec, &listing->rows) ||
        !keys_of_indicators(engine, listing->rows.table, spec->across)) {
        return listing->rows.table != NULL;
    }
    rest->where = NULL;
    listing->spec = rest;
    return groups_rows(context, rest, &listing->rows);
}

bool groups_list(Engine *engine, const GroupSpec *spec, const Scope *scope, Groups *out)
{
    Context context = engine_context(engine, scope);
    Listing listing = {.engine = engine, .spec = spec, .parent = context.scope};
    SortedScope *sorted = NULL;
    if (!find_rows(&context, spec, &listing) ||
        !(spec->keys ? list_groups(&context, &listing) : list_rows(&listing))) {
        return false;
    }
    label_periods(&listing);
    size_t found = listing.count;
    for (size_t i = 0; i < found; i++) { /* when and sort may rank among all that were found */
        listing.scopes[i]->siblings = (const Scope *const *)listing.scopes;
        listing.scopes[i]->sibling_count = (int)found;
        listing.scopes[i]->index = (int)i + 1;
    }
    if (spec->when || spec->keeps) {
        Scope **before = listing.scopes;
        listing.scopes = arena_copy(engine->arena, before, found * sizeof *before);
        if (!drop_failing(&listing)) {
            return false;
        }
    }
    listing.scopes =
        arena_copy(engine->arena, listing.scopes, listing.count * sizeof *listing.scopes);
    if (spec->sort && !sort_scopes(&listing, &sorted)) {
        return false;
    }
    publish(&listing, cut_at_top(&listing, sorted), found, out);
    return true;
}
