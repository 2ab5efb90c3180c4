/* One scan for all groups: the figures of one expression in the groups of one list differ only in
 * the groups' keys. The first group that asks is answered by a statement of its own; when a second
 * one asks the same, its keys are left out of the condition, the rows are grouped by them, and the
 * answers of all groups are kept. What was asked is known by the text of that statement and all it
 * binds, so two figures share a scan only if nothing but these keys sets them apart. */
#include <stdio.h>
#include <string.h>
#include "template/value/sql.h"

typedef struct SharedScan {
    bool asked, many;  /* many: more groups in the data than will ask, not worth keeping */
    Map *answers;      /* values of the keys → cells of the group's row */
    const Bound *none; /* what a group without rows gets */
} SharedScan;

bool rows_share_key(const RowSet *rows, const Binding *binding)
{
    for (int i = 0; rows->shared && i < rows->shared->count; i++) {
        if (rows->shared->bindings[i] == binding) {
            return true;
        }
    }
    return false;
}

/* ---- which keys ---- */

static void add_key(SharedKeys *keys, const RowSet *rows, const Binding *binding)
{
    Engine *engine = rows->context.engine;
    const Column *column =
        binding->is_period ? NULL : engine_column(engine, rows->table, binding->name);
    if (column && keys->count < SHARED_KEYS_MOST) {
        keys->columns[keys->count] = column;
        keys->bindings[keys->count++] = binding;
        keys->list = arena_printf(engine->arena, "%s%s,", keys->list, column->sql);
    }
}

/* The innermost list of groups round the rows. A row of the list's own table is found by its key at
 * once: nothing is won there. */
static const Scope *listed_scope(const RowSet *rows)
{
    const Scope *scope = rows->context.scope;
    while (scope && (scope->sibling_count < 2 || scope->is_unit)) {
        scope = scope->parent;
    }
    return scope && scope->is_row && scope->table == rows->table ? NULL : scope;
}

static bool shared_keys(const RowSet *rows, SharedKeys *out)
{
    *out = (SharedKeys){.list = ""};
    bool single = rows->frame && rows->frame->is_row && !rows->frame_moved;
    const Scope *scope = single || rows_in_total(rows) ? NULL : listed_scope(rows);
    if (rows->table->faults) { /* of a draft: each group answers for its own faults */
        return false;
    }
    if (rows->extra && !single) {
        add_key(out, rows, rows->extra);
    }
    for (int i = 0; scope && i < scope->binding_count; i++) {
        const Binding *binding = &scope->bindings[i];
        if (!rows_lift(rows, scope, binding->name) &&
            !rows_bind_within(rows, scope, binding->name)) {
            add_key(out, rows, binding);
        }
    }
    out->askers =
        (scope ? (size_t)scope->sibling_count : 1) * (rows->extra ? (size_t)rows->extra_count : 1);
    return out->count > 0;
}

/* ---- which way through the table ---- */

enum { LARGE_TABLE = 20000 };

/* The index on the keys begins with the first that is no period (data/load_rows.c). */
static bool is_indexed(const Table *table, const Column *column)
{
    if (column == table->indexed) {
        return true;
    }
    for (int i = 0; i < table->key_count; i++) {
        if (table->keys[i] != table->period_column) {
            return column == &table->columns[table->keys[i]];
        }
    }
    return false;
}

/* The groups of a large table that no index tells apart cost a walk through the period each. */
static bool is_dear(const RowSet *rows, const SharedKeys *keys)
{
    bool indexed = false;
    for (int i = 0; i < keys->count; i++) {
        indexed = indexed || is_indexed(rows->table, keys->columns[i]);
    }
    return !indexed && rows->table->row_count > LARGE_TABLE;
}

static bool key_is_indexed(const RowSet *rows)
{
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        for (int i = 0; i < scope->binding_count; i++) {
            const Column *column = table_column_find(rows->table, scope->bindings[i].name);
            if (column && is_indexed(rows->table, column)) {
                return true;
            }
        }
    }
    return false;
}

/* More than an eighth of the table's rows lie in these days. Counted once. */
static bool is_much(Engine *engine, const Table *table, Period period)
{
    static char yes, no;
    char name[96];
    snprintf(
        name, sizeof name, "%s/%d/%d", table->sql, date_days(period.first), date_days(period.last));
    char *known = map_find(engine->scans, name);
    if (!known) {
        Sql sql = sql_new(engine);
        sql_addf(&sql, "SELECT count(*) FROM %s WHERE _p0>=%d AND _p1<=%d", table->sql,
            date_days(period.first), date_days(period.last));
        StoreQuery *query = sql_ready(&sql);
        (void)store_step(query);
        known = store_int(query, 0) > table->row_count / 8 ? &yes : &no;
        store_reset(query);
        map_put(engine->scans, name, known);
    }
    return known == &yes;
}

/* Through the index on the period, rows come one by one from all over the file: where the period
 * holds much of a large table, reading all of it is eight times as fast (measured on 1 M rows). */
bool rows_scan_table(const RowSet *rows)
{
    Period period;
    bool from_start, all;
    const Table *table = rows->table;
    if (table->row_count <= LARGE_TABLE || table->period_column < 0 || rows->dated_by ||
        !period_moved(&rows->context, rows->move, &period, &from_start, &all) || all ||
        key_is_indexed(rows)) {
        return false;
    }
    return is_much(rows->context.engine, table, period);
}

/* ---- names of what is asked, and of an answer ---- */

static void name_bound(Buf *name, const Bound *bound)
{
    if (bound->kind == BOUND_INT) {
        buf_addf(name, "i%lld", (long long)bound->number);
    } else if (bound->kind == BOUND_TEXT) {
        buf_addf(name, "t%zu:%s", strlen(bound->text), bound->text);
    } else {
        buf_adds(name, "n");
    }
}

/* What is asked, in full. */
static const char *name_of(const Sql *sql)
{
    Buf name = {0};
    buf_adds(&name, sql->text.data);
    for (size_t i = 0; i < sql->count; i++) {
        name_bound(&name, sql_bound(sql, i));
    }
    const char *text = arena_strndup(sql->engine->arena, name.data, name.length);
    buf_free(&name);
    return text;
}

static SharedScan *scan_of(const Sql *sql)
{
    Engine *engine = sql->engine;
    const char *name = name_of(sql);
    SharedScan *scan = map_find(engine->scans, name);
    if (!scan) {
        scan = ARENA_NEW(engine->arena, SharedScan);
        map_put(engine->scans, name, scan);
    }
    return scan;
}

/* ---- statements ---- */

static const Bound *cells(Engine *engine, StoreQuery *query, int first)
{
    int width = store_width(query);
    Bound *row = ARENA_ARRAY(engine->arena, Bound, width - first);
    for (int i = first; i < width; i++) {
        row[i - first] = query_bound(engine, query, i);
    }
    return row;
}

/* The figure of the whole town, in the paper of one unit: the same in the papers of all. */
static bool is_of_the_town(const RowSet *rows, const Sql *sql)
{
    const Engine *engine = rows->context.engine;
    const Scope *root = &engine->root;
    if (!root->is_unit || root->sibling_count < 2 || rows->context.scope != root) {
        return false;
    }
    const Binding *unit = &root->bindings[0];
    for (size_t i = 0; i < sql->count; i++) {
        const Bound *bound = sql_bound(sql, i);
        if (bound->kind == BOUND_TEXT && strcmp(bound->text, unit->value.text) == 0) {
            return false;
        }
    }
    return true;
}

static const Bound *ask(Sql *sql)
{
    StoreQuery *query = sql_ready(sql);
    (void)store_step(query); /* an aggregate always has a row */
    const Bound *row = cells(sql->engine, query, 0);
    store_reset(query);
    return row;
}

/* What is asked is known by the text and all it binds, so nothing of a unit can be in the answer. */
static const Bound *ask_once(Sql *sql)
{
    Engine *engine = sql->engine;
    const char *name = name_of(sql);
    const Bound *row = burst_kept(engine, name);
    if (row) {
        sql_drop(sql);
        return row;
    }
    StoreQuery *query = sql_ready(sql);
    (void)store_step(query);
    row = burst_keep_cells(engine, name, cells(engine, query, 0), store_width(query));
    store_reset(query);
    return row;
}

static const Bound *answer_alone(const RowSet *rows, SelectionWriter write, const void *what)
{
    Sql sql = sql_new(rows->context.engine);
    if (!write(&sql, rows, "", what)) {
        sql_drop(&sql);
        return NULL;
    }
    return is_of_the_town(rows, &sql) ? ask_once(&sql) : ask(&sql);
}

/* Reads the answers of all groups. The data may hold many more than are asked for: a handful of
 * projects out of a million numbers is quicker asked one by one. */
static void read_answers(Sql *sql, const SharedKeys *keys, SharedScan *scan)
{
    Engine *engine = sql->engine;
    size_t most = 4 * keys->askers + 1000;
    Buf name = {0};
    StoreQuery *query = sql_ready(sql);
    scan->answers = map_new(engine->arena);
    while (!scan->many && store_step(query)) {
        name.length = 0;
        for (int i = 0; i < keys->count; i++) {
            Bound key = query_bound(engine, query, i);
            name_bound(&name, &key);
        }
        map_put(scan->answers, name.data, (void *)cells(engine, query, keys->count));
        scan->many = map_count(scan->answers) > most;
    }
    store_reset(query);
    buf_free(&name);
}

static const Bound *answer_of(const SharedScan *scan, const SharedKeys *keys)
{
    Buf name = {0};
    for (int i = 0; i < keys->count; i++) {
        Bound key = datum_bound(&keys->bindings[i]->value);
        name_bound(&name, &key);
    }
    const Bound *answer = map_find(scan->answers, name.data);
    buf_free(&name);
    return answer;
}

/* The answer kept for this group; NULL when it has to be asked by itself. */
static const Bound *answer_together(const RowSet *rows, SelectionWriter write, const void *what,
    const SharedKeys *keys, SharedScan **out)
{
    RowSet open = *rows;
    Sql sql = sql_new(rows->context.engine);
    open.shared = keys;
    if (!write(&sql, &open, keys->list, what)) {
        sql_drop(&sql);
        return NULL;
    }
    SharedScan *scan = scan_of(&sql);
    bool first = !scan->asked && !is_dear(rows, keys);
    *out = scan;
    scan->asked = true;
    if (!first && !scan->answers) {
        read_answers(&sql, keys, scan);
    } else {
        sql_drop(&sql);
    }
    return first || scan->many ? NULL : answer_of(scan, keys);
}

const Bound *figure_select(const RowSet *rows, SelectionWriter write, const void *what, bool *alone)
{
    SharedKeys keys;
    SharedScan *scan = NULL;
    const Bound *answer = NULL;
    if (shared_keys(rows, &keys)) {
        answer = answer_together(rows, write, what, &keys, &scan);
        if (!scan) {
            return NULL;
        }
    }
    if (alone) {
        *alone = !answer;
    }
    if (answer) {
        return answer;
    }
    bool empty = scan && scan->answers && !scan->many; /* of this group there is nothing */
    if (!empty || !scan->none) {
        answer = answer_alone(rows, write, what);
    }
    if (empty && !scan->none) {
        scan->none = answer;
    }
    return empty ? scan->none : answer;
}
