/* SQL of the members of a total: the groups or rows that are printed, where some were left out or
 * another table is asked. */
#include "template/value/sql.h"

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
    int *indices;
    int count;
    bool dated; /* and the periods of the groups */
} MemberKeys;

/* The rows of the total's own table, as its groups were made of them. */
static bool is_own(const RowSet *rows, const Scope *total)
{
    return rows->frame == total && !rows->frame_moved;
}

static bool has_dated_members(const Scope *scope)
{
    return scope && scope->member_count > 0 && scope->members[0]->period_bound;
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
    if (rows->carried && !is_own(rows, scope)) {
        return NULL; /* what was open when the first of the groups began */
    }
    bool own = has_dated_members(scope);
    /* 上期 of all months is the time before them all, not a month before each. */
    bool whole = own && (rows->move.previous > 0 ||
                            (scope->whole && (!move_is_none(rows->move) || is_own(rows, scope))));
    return dated && own && !whole && rows->move.widening != WIDEN_ALL ? scope : NULL;
}

/* 上期 of months that are no period together (of 4月, 5月) is nobody's: neither the month before each
 * nor as many days before them all. */
bool rows_lack_previous(const RowSet *rows)
{
    const Scope *scope = rows->context.scope;
    while (scope && !scope->has_period) {
        scope = scope->parent;
    }
    bool dated = rows->dated_by || rows->table->period_column >= 0;
    return dated && rows->move.previous > 0 && has_dated_members(scope) &&
           scope->period.kind == PERIOD_RANGE;
}

bool rows_dated_by_members(const RowSet *rows)
{
    return dated_members(rows) != NULL;
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
    if (!rows->dated_by && table_has_long_rows(sql->engine, rows->table)) {
        sql_addf(sql, " OR (" ROW_IS_LONG " AND _p0<=column%d AND _p1>=column%d)", f, l);
    }
    sql_add(sql, ")");
}

static MemberKeys member_keys(const Sql *sql, const RowSet *rows, const Scope *total)
{
    MemberKeys keys = {.dated = dated_members(rows) == total};
    const Scope *first = total->members[0];
    keys.indices = ARENA_ARRAY(sql->engine->arena, int, first->binding_count + 1);
    for (int i = 0; i < first->binding_count; i++) {
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

/* In a total every table counts what is printed: the other tables, and other periods, may hold
 * villages that have no group here. */
void sql_add_members(Sql *sql, const RowSet *rows, const Scope *total)
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
