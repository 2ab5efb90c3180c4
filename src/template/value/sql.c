/* SQL of a row set. Names in it are the store's own (t0, c3); whatever comes from data or template
 * is bound. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "template/value/sql.h"

/* ---- text and parameters ---- */

Sql sql_new(Engine *engine)
{
    return (Sql){.engine = engine};
}

void sql_add(Sql *sql, const char *text)
{
    buf_adds(&sql->text, text);
}

void sql_vaddf(Sql *sql, const char *format, va_list args)
{
    char line[512];
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(line, sizeof line, format, args);
    bool fits = length >= 0 && (size_t)length < sizeof line;
    buf_adds(&sql->text, fits ? line : arena_vprintf(sql->engine->arena, format, again));
    va_end(again);
}

void sql_addf(Sql *sql, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sql_vaddf(sql, format, args);
    va_end(args);
}

static void bind(Sql *sql, Bound bound)
{
    size_t beyond = sql->count < SQL_FEW ? 0 : sql->count - SQL_FEW;
    if (sql->count >= SQL_FEW) {
        sql->more =
            arena_grow(sql->engine->arena, sql->more, beyond, &sql->capacity, sizeof *sql->more);
        sql->more[beyond] = bound;
    } else {
        sql->few[sql->count] = bound;
    }
    sql->count++;
    sql_add(sql, "?");
}

void sql_bind_int(Sql *sql, int64_t value)
{
    bind(sql, (Bound){.kind = BOUND_INT, .number = value});
}

void sql_bind_text(Sql *sql, const char *text)
{
    bind(sql, (Bound){.kind = BOUND_TEXT, .text = text});
}

static Bound int_bound(int64_t value)
{
    return (Bound){.kind = BOUND_INT, .number = value};
}

Bound datum_bound(const Datum *datum)
{
    int64_t stored = 0;
    switch (datum->kind) {
    case DATUM_NUMBER: /* beyond every cell a comparison with the limit is still right */
        return decimal_to_store(datum->number, &stored) ? int_bound(stored)
               : decimal_sign(datum->number) < 0        ? int_bound(INT64_MIN)
                                                        : int_bound(INT64_MAX);
    case DATUM_TEXT:
        return (Bound){.kind = BOUND_TEXT, .text = datum->text};
    case DATUM_DATE:
        return int_bound(date_days(datum->date));
    case DATUM_PERIOD:
        return int_bound(date_days(datum->period.first));
    case DATUM_BOOL:
        return int_bound(datum->truth);
    default:
        return (Bound){.kind = BOUND_NULL};
    }
}

void sql_bind_datum(Sql *sql, const Datum *datum)
{
    bind(sql, datum_bound(datum));
}

const Bound *sql_bound(const Sql *sql, size_t index)
{
    return index < SQL_FEW ? &sql->few[index] : &sql->more[index - SQL_FEW];
}

void sql_append(Sql *sql, const Sql *part)
{
    const char *at = part->text.data, *mark;
    for (size_t i = 0; (mark = strchr(at, '?')) != NULL; i++, at = mark + 1) {
        buf_add(&sql->text, at, (size_t)(mark - at));
        bind(sql, *sql_bound(part, i));
    }
    sql_add(sql, at);
}

StoreQuery *sql_ready(Sql *sql)
{
    StoreQuery *query = store_prepare(sql->engine->store, sql->text.data);
    for (size_t i = 0; i < sql->count; i++) {
        const Bound *bound = sql_bound(sql, i);
        int index = (int)i + 1;
        if (bound->kind == BOUND_INT) {
            store_bind_int(query, index, bound->number);
        } else if (bound->kind == BOUND_TEXT) {
            store_bind_text(query, index, bound->text);
        } else {
            store_bind_null(query, index);
        }
    }
    buf_free(&sql->text);
    return query;
}

bool sql_drop(Sql *sql)
{
    buf_free(&sql->text);
    return false;
}

/* ---- what comes back ---- */

DatumKind column_datum_kind(const Column *column)
{
    switch (column->type) {
    case COLUMN_NUMBER:
        return DATUM_NUMBER;
    case COLUMN_DATE:
        return DATUM_DATE;
    case COLUMN_MONTH:
        return DATUM_PERIOD;
    default:
        return DATUM_TEXT;
    }
}

Bound query_bound(const Engine *engine, StoreQuery *query, int index)
{
    if (store_is_null(query, index)) {
        return (Bound){.kind = BOUND_NULL};
    }
    if (store_is_text(query, index)) {
        const char *text = arena_strdup(engine->arena, store_text(query, index));
        return (Bound){.kind = BOUND_TEXT, .text = text};
    }
    return int_bound(store_int(query, index));
}

Datum bound_datum(const Column *column, const Bound *bound)
{
    Datum datum;
    if (bound->kind == BOUND_NULL) {
        return datum_missing(MISSING_EMPTY);
    }
    switch (column->type) {
    case COLUMN_NUMBER:
        datum = datum_number(decimal_from_store(bound->number));
        datum.is_ratio = column->kind == KIND_RATIO;
        datum.decimals = column->decimals;
        datum.unit = column->unit;
        return datum;
    case COLUMN_DATE:
        return datum_date(date_from_days((int)bound->number));
    case COLUMN_MONTH:
        return datum_period(
            period_containing(PERIOD_MONTH, date_from_days((int)bound->number)));
    default:
        return datum_text(bound->text);
    }
}

Datum column_datum(const Engine *engine, const Column *column, StoreQuery *query, int index)
{
    Bound bound = query_bound(engine, query, index);
    return bound_datum(column, &bound);
}

/* ---- keys of the scopes ---- */

void sql_add_equal(Sql *sql, const Column *column, const Datum *value)
{
    if (!column->units) {
        sql_addf(sql, "%s=", column->sql);
        sql_bind_datum(sql, value);
        return;
    }
    store_tell_elsewhere(sql->engine->store, column);
    /* The names of a 片 are looked up once, not the 片 of each row. */
    sql_addf(sql, "%s IN (SELECT name FROM %s WHERE unit=", column->units->sql, column->lookup);
    sql_bind_datum(sql, value);
    sql_add(sql, ")");
}

bool rows_lift(const RowSet *rows, const Scope *scope, const char *name)
{
    if (!rows->lifts) {
        return false;
    }
    const Scope *at = rows->lift_from;
    while (at && at != scope) {
        at = at->parent;
    }
    if (!at || !rows->lifted) {
        return at != NULL;
    }
    for (int i = 0; i < rows->lifted->arg_count; i++) {
        if (strcmp(rows->lifted->args[i]->name, name) == 0) {
            return true;
        }
    }
    return false;
}

bool rows_bind_within(const RowSet *rows, const Scope *outer, const char *name)
{
    const Scope *scope = rows->context.scope;
    while (scope != outer && !scope_binding(scope, name)) {
        scope = scope->parent;
    }
    return scope != outer;
}

static void add_key(Sql *sql, const Table *table, const Binding *binding)
{
    const Column *column =
        binding->is_period ? NULL : engine_column(sql->engine, table, binding->name);
    if (!column) {
        return;
    }
    if (binding->value.kind == DATUM_MISSING) {
        sql_addf(sql, " AND %s IS NULL", column->units ? column->units->sql : column->sql);
        return;
    }
    sql_add(sql, " AND ");
    sql_add_equal(sql, column, &binding->value);
}

static void add_keys(Sql *sql, const RowSet *rows)
{
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        sql_add_members(sql, rows, scope);
        for (int i = 0; i < scope->binding_count; i++) {
            const Binding *binding = &scope->bindings[i];
            if (!rows_lift(rows, scope, binding->name) &&
                !rows_bind_within(rows, scope, binding->name) && !rows_share_key(rows, binding)) {
                add_key(sql, rows->table, binding);
            }
        }
    }
    if (rows->extra && !rows_share_key(rows, rows->extra)) {
        add_key(sql, rows->table, rows->extra);
    }
}

/* ---- periods ---- */

/* Rows dated by a quarter or year lie in every period inside it. Tables without such rows, nearly
 * all, keep the plain comparison, which the index answers. */
bool table_has_long_rows(Engine *engine, const Table *table)
{
    static char yes, no;
    char *known = map_find(engine->long_rows, table->id);
    if (!known) {
        Sql sql = sql_new(engine);
        sql_addf(&sql, "SELECT 1 FROM %s WHERE " ROW_IS_LONG " LIMIT 1", table->sql);
        StoreQuery *query = sql_ready(&sql);
        known = store_step(query) ? &yes : &no;
        store_reset(query);
        map_put(engine->long_rows, table->id, known);
    }
    return known == &yes;
}

static void add_between(
    Sql *sql, const char *first, const char *last, Period period, bool from_start)
{
    sql_addf(sql, "(%s<=", last);
    sql_bind_int(sql, date_days(period.last));
    if (!from_start) {
        sql_addf(sql, " AND %s>=", first);
        sql_bind_int(sql, date_days(period.first));
    }
    sql_add(sql, ")");
}

static void add_row_period(Sql *sql, const Table *table, Period period, bool from_start)
{
    if (!table_has_long_rows(sql->engine, table)) {
        add_between(sql, "_p0", "_p1", period, from_start);
        return;
    }
    sql_add(sql, "(");
    add_between(sql, "_p0", "_p1", period, from_start);
    sql_add(sql, " OR (" ROW_IS_LONG " AND _p0<=");
    sql_bind_int(sql, date_days(period.first));
    sql_add(sql, " AND _p1>=");
    sql_bind_int(sql, date_days(period.last));
    sql_add(sql, "))");
}

/* 结转 takes the place of the period, but for rows grouped by the month in which they were found. */
static bool rows_keep_period(const RowSet *rows)
{
    bool grouped = rows->frame && rows->frame->period_bound && !rows->frame_moved;
    return !rows->carried || rows->dated_by || grouped;
}

static void add_period(Sql *sql, const RowSet *rows)
{
    Period period;
    bool from_start, all;
    if (!rows->dated_by && rows->table->period_column < 0) {
        return;
    }
    if (!period_moved(&rows->context, rows->move, &period, &from_start, &all) || all) {
        return;
    }
    sql->engine->period_uses++;
    if (rows_lack_previous(rows)) {
        sql_add(sql, " AND 0");
        return;
    }
    if (rows_dated_by_members(rows) || !rows_keep_period(rows)) {
        return;
    }
    sql_add(sql, " AND ");
    if (rows->dated_by) {
        add_between(sql, rows->dated_by->sql, rows->dated_by->sql, period, from_start);
    } else {
        add_row_period(sql, rows->table, period, from_start);
    }
}

/* ---- all together ---- */

static bool add_filters(Sql *sql, const RowSet *rows)
{
    for (const Filter *filter = rows->filters; filter; filter = filter->next) {
        sql_add(sql, " AND ");
        if (!sql_condition(sql, rows, &filter->context, filter->condition)) {
            return false;
        }
    }
    return true;
}

static bool add_from(Sql *sql, const RowSet *rows)
{
    sql_addf(sql, " FROM %s%s WHERE 1", rows->table->sql,
        rows_scan_table(rows) ? " NOT INDEXED" : "");
    if (rows->frame && rows->frame->is_row && !rows->frame_moved) {
        sql->engine->period_uses += rows->table->period_column >= 0;
        sql_add(sql, " AND rowid=");
        sql_bind_int(sql, rows->frame->rowid);
    } else {
        add_keys(sql, rows);
        add_period(sql, rows);
        if (rows->carried) {
            carried_add(sql, rows->carried);
        }
        if (rows->absent && !absent_add(sql, rows->absent)) {
            return false;
        }
    }
    return add_filters(sql, rows);
}

void sql_group_by(Sql *sql, const char *keys)
{
    if (*keys) {
        sql_addf(sql, " GROUP BY %.*s", (int)strlen(keys) - 1, keys); /* without the last comma */
    }
}

bool sql_from(Sql *sql, const RowSet *rows)
{
    size_t head = sql->text.length;
    figure_tell_sifted(rows);
    return add_from(sql, rows) && sql_is_sure(sql, rows, head, false);
}

bool sql_from_listed(Sql *sql, const RowSet *rows)
{
    Engine *engine = rows->context.engine;
    size_t head = sql->text.length;
    if (!add_from(sql, rows)) {
        return false;
    }
    engine->short_list = engine->short_list || !sql_is_sure(sql, rows, head, true);
    return true;
}
