/* SQL of a row set. Names in it are the store's own (t0, c3); whatever comes from data or template
 * is bound. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "template/value/value_internal.h"

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

void sql_bind_datum(Sql *sql, const Datum *datum)
{
    int64_t stored = 0;
    switch (datum->kind) {
    case DATUM_NUMBER:
        if (decimal_to_store(datum->number, &stored)) {
            sql_bind_int(sql, stored);
        } else { /* beyond every cell: a comparison with it is still right */
            sql_bind_int(sql, decimal_sign(datum->number) < 0 ? INT64_MIN : INT64_MAX);
        }
        return;
    case DATUM_TEXT:
        sql_bind_text(sql, datum->text);
        return;
    case DATUM_DATE:
        sql_bind_int(sql, date_days(datum->date));
        return;
    case DATUM_PERIOD:
        sql_bind_int(sql, date_days(datum->period.first));
        return;
    case DATUM_BOOL:
        sql_bind_int(sql, datum->truth);
        return;
    default:
        bind(sql, (Bound){.kind = BOUND_NULL});
    }
}

StoreQuery *sql_ready(Sql *sql)
{
    StoreQuery *query = store_prepare(sql->engine->store, sql->text.data);
    for (size_t i = 0; i < sql->count; i++) {
        const Bound *bound = i < SQL_FEW ? &sql->few[i] : &sql->more[i - SQL_FEW];
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

Datum column_datum(const Engine *engine, const Column *column, StoreQuery *query, int index)
{
    if (store_is_null(query, index)) {
        return datum_missing(MISSING_EMPTY);
    }
    Datum datum;
    switch (column->type) {
    case COLUMN_NUMBER:
        datum = datum_number(decimal_from_store(store_int(query, index)));
        datum.is_ratio = column->kind == KIND_RATIO;
        datum.decimals = column->decimals;
        datum.unit = column->unit;
        return datum;
    case COLUMN_DATE:
        return datum_date(date_from_days((int)store_int(query, index)));
    case COLUMN_MONTH:
        return datum_period(
            period_containing(PERIOD_MONTH, date_from_days((int)store_int(query, index))));
    default:
        return datum_text(arena_strdup(engine->arena, store_text(query, index)));
    }
}

/* ---- keys of the scopes ---- */

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

static bool bound_within(const RowSet *rows, const Scope *outer, const char *name)
{
    for (const Scope *scope = rows->context.scope; scope != outer; scope = scope->parent) {
        for (int i = 0; i < scope->binding_count; i++) {
            if (strcmp(scope->bindings[i].name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void add_key(Sql *sql, const Table *table, const Binding *binding)
{
    const Column *column =
        binding->is_period ? NULL : engine_column(sql->engine, table, binding->name);
    if (!column) {
        return;
    }
    if (binding->value.kind == DATUM_MISSING) {
        sql_addf(sql, " AND %s IS NULL", column->sql);
        return;
    }
    sql_addf(sql, " AND %s=", column->sql);
    sql_bind_datum(sql, &binding->value);
}

/* ---- a total from which groups were left out ---- */

/* Rows dated by a quarter or year lie in every period inside it. Tables without such rows, nearly
 * all, keep the plain comparison, which the index answers. */
static bool has_long_rows(Engine *engine, const Table *table)
{
    static char yes, no;
    char *known = map_find(engine->long_rows, table->id);
    if (!known) {
        Sql sql = sql_new(engine);
        sql_addf(&sql, "SELECT 1 FROM %s WHERE _p1-_p0>=80 LIMIT 1", table->sql);
        StoreQuery *query = sql_ready(&sql);
        known = store_step(query) ? &yes : &no;
        store_reset(query);
        map_put(engine->long_rows, table->id, known);
    }
    return known == &yes;
}

static void add_member_rows(Sql *sql, const Scope *total)
{
    sql_add(sql, " AND rowid IN (");
    for (int i = 0; i < total->member_count; i++) {
        sql_add(sql, i ? "," : "");
        sql_bind_int(sql, total->members[i]->rowid);
    }
    sql_add(sql, ")");
}

/* The keys of a total's groups that are columns of the table too, as indices of their bindings. */
typedef struct MemberKeys {
    int indices[8];
    int count;
    bool dated; /* and the periods of the groups */
} MemberKeys;

/* The rows of the total's own table, as its groups were made of them. */
static bool is_own(const RowSet *rows, const Scope *total)
{
    return rows->frame == total && !rows->frame_moved;
}

/* The total in whose period the rows lie, when its groups have periods of their own: then each
 * group's own counts, not the time from the first to the last. */
static const Scope *dated_members(const RowSet *rows)
{
    const Scope *scope = rows->context.scope;
    while (scope && !scope->has_period) {
        scope = scope->parent;
    }
    bool dated = rows->dated_by || rows->table->period_column >= 0;
    bool own = scope && scope->member_count > 0 && scope->members[0]->period_bound;
    /* 上期 of all months is the time before them all, not a month before each. */
    bool whole = own && scope->whole && (!move_is_none(rows->move) || is_own(rows, scope));
    return dated && own && !whole && rows->move.widening != WIDEN_ALL ? scope : NULL;
}

static void bind_member_days(Sql *sql, const RowSet *rows, const Scope *member, bool comma)
{
    Context there = rows->context;
    Period period;
    bool from_start, all;
    there.scope = member;
    (void)period_moved(&there, rows->move, &period, &from_start, &all);
    sql_add(sql, comma ? "," : "");
    sql_bind_int(sql, date_days(period.first));
    sql_add(sql, ",");
    sql_bind_int(sql, date_days(period.last));
}

/* The columns behind the first `count` are the first and the last day. */
static void add_member_days(Sql *sql, const RowSet *rows, int count)
{
    const char *first = rows->dated_by ? rows->dated_by->sql : "_p0";
    const char *last = rows->dated_by ? rows->dated_by->sql : "_p1";
    int f = count + 1, l = count + 2;
    sql_addf(sql, " AND ((%s<=column%d", last, l);
    if (rows->move.widening != WIDEN_UNTIL) {
        sql_addf(sql, " AND %s>=column%d", first, f);
    }
    sql_add(sql, ")");
    if (!rows->dated_by && has_long_rows(sql->engine, rows->table)) {
        sql_addf(sql, " OR (_p1-_p0>=80 AND _p0<=column%d AND _p1>=column%d)", f, l);
    }
    sql_add(sql, ")");
}

static MemberKeys member_keys(const Sql *sql, const RowSet *rows, const Scope *total)
{
    MemberKeys keys = {.dated = dated_members(rows) == total};
    const Scope *first = total->members[0];
    int room = sizeof keys.indices / sizeof *keys.indices;
    for (int i = 0; i < first->binding_count && keys.count < room; i++) {
        const Binding *binding = &first->bindings[i];
        if (!binding->is_period && !rows_lift(rows, total, binding->name) &&
            engine_column(sql->engine, rows->table, binding->name)) {
            keys.indices[keys.count++] = i;
        }
    }
    return keys;
}

static const char *member_column(
    const Sql *sql, const RowSet *rows, const Scope *total, const MemberKeys *keys, int key)
{
    const char *name = total->members[0]->bindings[keys->indices[key]].name;
    return engine_column(sql->engine, rows->table, name)->sql;
}

/* SQLite looks a list up, linear in the groups. An empty key equals nothing in it, and days lie
 * between others: those are compared one by one. */
static bool is_listed(const Scope *member, const MemberKeys *keys)
{
    for (int k = 0; k < keys->count; k++) {
        if (member->bindings[keys->indices[k]].value.kind == DATUM_MISSING) {
            return false;
        }
    }
    return !keys->dated;
}

static void add_member_values(
    Sql *sql, const RowSet *rows, const Scope *total, const MemberKeys *keys, bool listed)
{
    const char *comma = "";
    sql_add(sql, "(VALUES ");
    for (int i = 0; i < total->member_count; i++) {
        const Scope *member = total->members[i];
        if (is_listed(member, keys) != listed) {
            continue;
        }
        sql_addf(sql, "%s(", comma);
        for (int k = 0; k < keys->count; k++) {
            sql_add(sql, k ? "," : "");
            sql_bind_datum(sql, &member->bindings[keys->indices[k]].value);
        }
        if (keys->dated) {
            bind_member_days(sql, rows, member, keys->count > 0);
        }
        sql_add(sql, ")");
        comma = ",";
    }
    sql_add(sql, ")");
}

static void add_listed(Sql *sql, const RowSet *rows, const Scope *total, const MemberKeys *keys)
{
    sql_add(sql, "(");
    for (int k = 0; k < keys->count; k++) {
        sql_addf(sql, "%s%s", k ? "," : "", member_column(sql, rows, total, keys, k));
    }
    sql_add(sql, ") IN ");
    add_member_values(sql, rows, total, keys, true);
}

static void add_unlisted(Sql *sql, const RowSet *rows, const Scope *total, const MemberKeys *keys)
{
    sql_add(sql, "EXISTS (SELECT 1 FROM ");
    add_member_values(sql, rows, total, keys, false);
    sql_add(sql, " WHERE 1");
    for (int k = 0; k < keys->count; k++) {
        sql_addf(sql, " AND column%d IS %s", k + 1, member_column(sql, rows, total, keys, k));
    }
    if (keys->dated) {
        add_member_days(sql, rows, keys->count);
    }
    sql_add(sql, ")");
}

static void add_member_keys(Sql *sql, const RowSet *rows, const Scope *total)
{
    MemberKeys keys = member_keys(sql, rows, total);
    int listed = 0;
    if (keys.count == 0 && !keys.dated) {
        return;
    }
    for (int i = 0; i < total->member_count; i++) {
        listed += is_listed(total->members[i], &keys);
    }
    sql_add(sql, " AND (");
    if (listed > 0) {
        add_listed(sql, rows, total, &keys);
    }
    if (listed < total->member_count) {
        sql_add(sql, listed > 0 ? " OR " : "");
        add_unlisted(sql, rows, total, &keys);
    }
    sql_add(sql, ")");
}

/* ---- all keys ---- */

/* In a total every table counts what is printed: the other tables, and other periods, may hold
 * villages that have no group here. */
static void add_members(Sql *sql, const RowSet *rows, const Scope *total)
{
    bool own = is_own(rows, total);
    if (total->member_count == 0 || (own && total->whole)) {
        return;
    }
    if (total->members[0]->is_row && own) {
        add_member_rows(sql, total);
    } else {
        add_member_keys(sql, rows, total);
    }
}

static void add_keys(Sql *sql, const RowSet *rows)
{
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        add_members(sql, rows, scope);
        for (int i = 0; i < scope->binding_count; i++) {
            const Binding *binding = &scope->bindings[i];
            if (!rows_lift(rows, scope, binding->name) &&
                !bound_within(rows, scope, binding->name)) {
                add_key(sql, rows->table, binding);
            }
        }
    }
    if (rows->extra) {
        add_key(sql, rows->table, rows->extra);
    }
}

/* ---- periods ---- */

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
    if (!has_long_rows(sql->engine, table)) {
        add_between(sql, "_p0", "_p1", period, from_start);
        return;
    }
    sql_add(sql, "(");
    add_between(sql, "_p0", "_p1", period, from_start);
    sql_add(sql, " OR (_p1-_p0>=80 AND _p0<=");
    sql_bind_int(sql, date_days(period.first));
    sql_add(sql, " AND _p1>=");
    sql_bind_int(sql, date_days(period.last));
    sql_add(sql, "))");
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
    if (dated_members(rows)) {
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

bool sql_from(Sql *sql, const RowSet *rows)
{
    sql_addf(sql, " FROM %s WHERE 1", rows->table->sql);
    if (rows->frame && rows->frame->is_row && !rows->frame_moved) {
        sql->engine->period_uses += rows->table->period_column >= 0;
        sql_add(sql, " AND rowid=");
        sql_bind_int(sql, rows->frame->rowid);
    } else {
        add_keys(sql, rows);
        add_period(sql, rows);
    }
    return add_filters(sql, rows);
}
