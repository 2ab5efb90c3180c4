/* Rows of a table that stand together under one value of a column, a period or a level of the
 * roster, as scopes for subtotals. */
#include <string.h>
#include "template/value/groups_internal.h"

/* What a row says of a key. A group without rows says nothing; `exact`: all its rows have the
 * value, so that other tables can be asked for it. */
typedef struct RunValue {
    Datum datum;
    bool known, exact;
} RunValue;

typedef struct Runs {
    Engine *engine;
    const Groups *groups;
    const Expr *expr;
    GroupKey *keys;
    int key_count;
    RunValue *values;   /* row by row, one a key */
    const char **names; /* of each row's values together; NULL: not known */
    GroupRun *items;
    int count;
} Runs;

/* ---- the period of a total ---- */

/* Whether the members are all periods of the span, and each for all that stands beside it: 4月 5月 6月
 * of each village. */
static bool fill_span(Engine *engine, Period span, const Scope *const *members, size_t count)
{
    Map *periods = map_new(engine->arena), *beside = map_new(engine->arena);
    int days = 0;
    for (size_t i = 0; i < count; i++) {
        const char *others = "";
        Period own = members[i]->period;
        for (int k = 0; k < members[i]->binding_count; k++) {
            const Binding *key = &members[i]->bindings[k];
            others = key->is_period ? others
                                    : arena_printf(engine->arena, "%s\x1f%s", others,
                                          groups_value_name(engine, &key->value));
        }
        Datum period = datum_period(own);
        const char *name = groups_value_name(engine, &period);
        days += map_find(periods, name) ? 0 : date_days(own.last) - date_days(own.first) + 1;
        map_put(periods, name, engine);
        map_put(beside, others, engine);
    }
    return days == date_days(span.last) - date_days(span.first) + 1 &&
           count == map_count(periods) * map_count(beside);
}

/* The total of groups by period is worked out over the time from the first to the last; April to
 * June without a gap are a quarter, which has one before it. */
void groups_span_periods(
    Engine *engine, Scope *total, const Scope *const *members, size_t count)
{
    size_t dated = 0;
    for (; dated < count && members[dated]->period_bound; dated++) {
        Period period = members[dated]->period;
        if (dated == 0) {
            total->period = (Period){PERIOD_RANGE, period.first, period.last};
            total->has_period = total->period_bound = true;
            continue;
        }
        if (date_cmp(period.first, total->period.first) < 0) {
            total->period.first = period.first;
        }
        if (date_cmp(period.last, total->period.last) > 0) {
            total->period.last = period.last;
        }
    }
    if (dated > 0 && dated == count && fill_span(engine, total->period, members, count)) {
        total->period = groups_period_of_days(
            date_days(total->period.first), date_days(total->period.last));
    }
}

/* ---- what a row says ---- */

/* The values that the rows of a scope have: none, one, or several, which is an error. One beside
 * empty cells counts, but is not exact. */
static bool value_of_rows(Runs *runs, const Scope *scope, const GroupKey *key, RunValue *out)
{
    Context context = engine_context(runs->engine, scope);
    GroupTuples found = {0};
    RowSet rows;
    if (!value_rows_of_scope(&context, scope, &rows) || !groups_tuples(&rows, key, 1, &found)) {
        return false;
    }
    out->known = found.count > 0;
    out->exact = found.count == 1;
    out->datum = datum_missing(MISSING_EMPTY);
    for (size_t i = 0; i < found.count; i++) {
        const Datum *value = &found.items[i].values[0];
        if (value->kind == DATUM_MISSING) {
            continue;
        }
        if (out->datum.kind != DATUM_MISSING) {
            At at = expr_at(runs->expr);
            return diag_add(runs->engine->diags, DIAG_E631, &at, key->name,
                scope_key_label(runs->engine, scope, 0),
                datum_plain(runs->engine, &out->datum, false),
                datum_plain(runs->engine, value, false));
        }
        out->datum = *value;
    }
    return true;
}

/* The unit that the row is about: a key of it, or a column with names of the roster. "" if none. */
static bool unit_of_row(Runs *runs, const Scope *scope, const char **unit)
{
    Engine *engine = runs->engine;
    *unit = "";
    for (int i = 0; i < scope->binding_count; i++) {
        const Datum *value = &scope->bindings[i].value;
        if (value->kind == DATUM_TEXT && (store_roster_order(engine->store, value->text) >= 0 ||
                                             store_is_of_the_town(value->text))) {
            *unit = value->text;
            return true;
        }
    }
    for (int i = 0; i < scope->table->column_count; i++) {
        const Column *column = &scope->table->columns[i];
        GroupKey key = {.name = column->name, .column = column};
        RunValue value = {0};
        if (column->type != COLUMN_TEXT ||
            !store_roster_level(engine->store, scope->table, column)) {
            continue;
        }
        if (!value_of_rows(runs, scope, &key, &value)) {
            return false;
        }
        *unit = value.datum.kind == DATUM_TEXT ? value.datum.text : "";
        return true;
    }
    return true;
}

static bool value_of_level(Runs *runs, const Scope *scope, const GroupKey *key, RunValue *out)
{
    const char *unit;
    if (!unit_of_row(runs, scope, &unit)) {
        return false;
    }
    out->known = out->exact = true;
    out->datum = *unit ? datum_text(store_unit_at(runs->engine->store, unit, key->name))
                       : datum_missing(MISSING_EMPTY);
    return true;
}

static bool value_of_row(Runs *runs, const Scope *scope, const GroupKey *key, RunValue *out)
{
    const Binding *binding = scope_binding(scope, key->name);
    if (binding) {
        *out = (RunValue){.datum = binding->value, .known = true, .exact = true};
        return true;
    }
    if (key->is_level) {
        return value_of_level(runs, scope, key, out);
    }
    if (key->is_period && key->period_kind != PERIOD_NONE && scope->period_bound) {
        Period whole = period_containing(key->period_kind, scope->period.first);
        *out = (RunValue){.datum = datum_period(whole), .known = true, .exact = true};
        return true;
    }
    return value_of_rows(runs, scope, key, out);
}

/* ---- the values of all rows ---- */

/* 6月小计, with the year only where the rows are of several years. */
static void label_periods(Runs *runs, int key)
{
    int year = 0;
    bool years = false;
    for (int r = 0; r < runs->groups->count; r++) {
        const Datum *datum = &runs->values[r * runs->key_count + key].datum;
        if (datum->kind == DATUM_PERIOD) {
            years = years || (year && year != datum->period.first.year);
            year = datum->period.first.year;
        }
    }
    for (int r = 0; r < runs->groups->count; r++) {
        Datum *datum = &runs->values[r * runs->key_count + key].datum;
        if (datum->kind == DATUM_PERIOD && !datum->text) {
            datum->text = years ? period_name(runs->engine->arena, datum->period)
                                : period_short(runs->engine->arena, datum->period);
        }
    }
}

static bool read_values(Runs *runs)
{
    Arena *arena = runs->engine->arena;
    int rows = runs->groups->count, count = runs->key_count;
    runs->values = ARENA_ARRAY(arena, RunValue, rows * count + 1);
    runs->names = ARENA_ARRAY(arena, const char *, rows + 1);
    for (int r = 0; r < rows; r++) {
        const char *name = "";
        for (int k = 0; k < count; k++) {
            RunValue *value = &runs->values[r * count + k];
            if (!value_of_row(runs, runs->groups->scopes[r], &runs->keys[k], value)) {
                return false;
            }
            name = name && value->known ? arena_printf(arena, "%s\x1f%s", name,
                                              groups_value_name(runs->engine, &value->datum))
                                        : NULL;
        }
        runs->names[r] = name;
    }
    for (int k = 0; k < count; k++) {
        label_periods(runs, k);
    }
    return true;
}

/* ---- runs ---- */

/* The row of a run that tells its values: not one of a group without rows. */
static int telling_row(const Runs *runs, int first, int count)
{
    int r = first;
    while (r < first + count - 1 && !runs->names[r]) {
        r++;
    }
    return r;
}

static bool scattered(Runs *runs, int row)
{
    Engine *engine = runs->engine;
    At at = expr_at(runs->expr);
    const char *label = "";
    for (int k = 0; k < runs->key_count; k++) {
        const Datum *datum = &runs->values[row * runs->key_count + k].datum;
        bool blank = datum->kind == DATUM_MISSING;
        bool english = diag_language(engine->diags) == DIAG_ENGLISH;
        label = arena_printf(engine->arena, "%s%s%s", label, k ? "·" : "",
            blank ? english ? "blank" : "未填" : datum_plain(engine, datum, false));
    }
    diag_add(engine->diags, DIAG_E630, &at, expr_source(runs->expr), label, row + 1);
    diag_hint(engine->diags, DIAG_H630, expr_source(runs->expr));
    return false;
}

static bool all_exact(const Runs *runs, int first, int count, int key)
{
    for (int r = first; r < first + count; r++) {
        const RunValue *value = &runs->values[r * runs->key_count + key];
        if (value->known && !value->exact) {
            return false;
        }
    }
    return true;
}

/* The total of these rows alone, with the values that they share as its keys. */
static Scope *scope_of_run(Runs *runs, int first, int count, const Scope *outer)
{
    Arena *arena = runs->engine->arena;
    const Groups *groups = runs->groups;
    Scope *scope = arena_copy(arena, groups->total, sizeof *scope);
    int more = outer ? outer->binding_count : 0, row = telling_row(runs, first, count);
    scope->members = groups->scopes + first;
    scope->member_count = count;
    scope->whole = false;
    scope->bindings = ARENA_ARRAY(arena, Binding, runs->key_count + more + 1);
    scope->binding_count = 0;
    scope->whole_unit = groups->total->whole;
    for (int i = 0; i < more; i++) {
        scope->bindings[scope->binding_count++] = outer->bindings[i];
    }
    groups_span_periods(runs->engine, scope, scope->members, (size_t)count);
    for (int k = 0; k < runs->key_count; k++) {
        const RunValue *value = &runs->values[row * runs->key_count + k];
        const GroupKey *key = &runs->keys[k];
        bool dated = value->datum.kind == DATUM_PERIOD && key->is_period;
        bool exact = value->known && all_exact(runs, first, count, k);
        scope->whole_unit = scope->whole_unit && exact && key->is_level;
        if (!exact) {
            continue;
        }
        scope->bindings[scope->binding_count++] =
            (Binding){.name = key->name, .value = value->datum, .is_period = dated};
        if (dated && !scope->members[0]->period_bound) {
            scope->period = value->datum.period;
            scope->has_period = scope->period_bound = true;
        }
    }
    return scope;
}

/* A row that says nothing stays with those before it; the first ones, with those behind. */
static bool cut_runs(Runs *runs, int first, int end, const Scope *outer)
{
    Map *seen = map_new(runs->engine->arena);
    const char *name = NULL;
    int start = first;
    for (int r = first; r <= end; r++) {
        bool same = r < end && (!runs->names[r] || !name || strcmp(name, runs->names[r]) == 0);
        if (!same && r > start) {
            runs->items[runs->count++] =
                (GroupRun){start, r - start, scope_of_run(runs, start, r - start, outer)};
            start = r;
        }
        if (r == end || !runs->names[r] || (name && same)) {
            continue;
        }
        name = runs->names[r];
        if (map_find(seen, name)) {
            return scattered(runs, r);
        }
        map_put(seen, name, runs);
    }
    return true;
}

bool groups_runs(
    Engine *engine, const Groups *groups, const Expr *keys, const GroupRuns *outer, GroupRuns *out)
{
    const Scope *total = groups->total;
    Context outside = engine_context(engine, total->parent);
    GroupSpec spec = {.rows = total->rows};
    Runs runs = {.engine = engine, .groups = groups, .expr = keys, .key_count = keys->item_count};
    RowSet rows;
    if (!groups_rows(&outside, &spec, &rows) ||
        !groups_run_keys(&outside, keys, &rows, &runs.keys) || !read_values(&runs)) {
        return false;
    }
    runs.items = ARENA_ARRAY(engine->arena, GroupRun, groups->count + 1);
    bool good = true;
    for (int i = 0; outer && good && i < outer->count; i++) {
        const GroupRun *run = &outer->items[i];
        good = cut_runs(&runs, run->first, run->first + run->count, run->scope);
    }
    if (!outer) {
        good = cut_runs(&runs, 0, groups->count, NULL);
    }
    *out = (GroupRuns){runs.items, runs.count};
    return good;
}
