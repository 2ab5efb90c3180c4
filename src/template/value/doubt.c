/* Figures that SQL works out gladly and that are wrong all the same: of two units, of several
 * levels of the roster, over months that are not there, of the whole town in every group. */
#include <string.h>
#include "data/coverage.h"
#include "template/value/sql.h"

/* What has a value in each row but none in all together is left blank in a total. */
bool rows_in_total(const RowSet *rows)
{
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        if (scope->is_total) {
            return true;
        }
    }
    return false;
}

typedef struct Extremes {
    const Column *text, *column;
} Extremes;

static bool write_extremes(Sql *sql, const RowSet *rows, const char *keys, const void *what)
{
    const Extremes *extremes = what;
    const char *text = extremes->text->sql, *column = extremes->column->sql;
    sql_addf(sql, "SELECT %smin(CASE WHEN %s NOT NULL THEN %s END),", keys, column, text);
    sql_addf(sql, "max(CASE WHEN %s NOT NULL THEN %s END)", column, text);
    bool good = sql_from(sql, rows);
    sql_group_by(sql, keys);
    return good;
}

/* The first and the last text of a column, over the rows that have a value in `column`: where they
 * are one, all are. */
static bool text_extremes(
    const RowSet *rows, const Column *text, const Column *column, Datum *least, Datum *greatest)
{
    Extremes extremes = {text, column};
    const Bound *row = figure_select(rows, write_extremes, &extremes, NULL);
    if (!row) {
        return false;
    }
    *least = bound_datum(text, &row[0]);
    *greatest = bound_datum(text, &row[1]);
    return true;
}

static bool units_differ(const ValueNode *node, const RowSet *rows, const char *a, const char *b)
{
    At at = value_node_at(node);
    return diag_add(rows->context.engine->diags, DIAG_E177, &at, value_node_text(node), a, b);
}

/* Numbers of two units make no figure together. One unit becomes the figure's. */
bool figure_units_agree(const ValueNode *node, const RowSet *rows, const Column *column, Datum *out)
{
    const Table *table = rows->table;
    const Column *unit = table_owns(table, column) && column->unit_column >= 0
                             ? &table->columns[column->unit_column]
                             : NULL;
    if (!unit) {
        return true;
    }
    Datum least, greatest;
    if (!text_extremes(rows, unit, column, &least, &greatest)) {
        return false;
    }
    if (least.kind == DATUM_TEXT && strcmp(least.text, greatest.text) != 0) {
        *out = datum_missing(MISSING_NO_ROWS);
        return rows_in_total(rows) || units_differ(node, rows, least.text, greatest.text);
    }
    out->unit = least.kind == DATUM_TEXT ? least.text : out->unit;
    return true;
}

/* 户数 of the town, its districts, villages and groups are the same households four times. */
bool figure_levels_agree(const ValueNode *node, const RowSet *rows)
{
    Engine *engine = rows->context.engine;
    const Column *level =
        rows->table == store_roster(engine->store) ? table_column_find(rows->table, "级别") : NULL;
    if (!level) {
        return true;
    }
    Datum least, greatest;
    if (!text_extremes(rows, level, level, &least, &greatest)) {
        return false;
    }
    if (least.kind != DATUM_TEXT || strcmp(least.text, greatest.text) == 0) {
        return true;
    }
    At at = value_node_at(node);
    diag_add(engine->diags, DIAG_E600, &at, value_node_text(node), least.text, greatest.text);
    diag_hint(engine->diags, DIAG_H157);
    return false;
}

/* A sum over January to June without April is a wrong sum that looks right. Of a span without any
 * row the figure is missing, and says so itself. */
static void tell_empty_months(const ValueNode *node, const RowSet *rows, Period period)
{
    Engine *engine = rows->context.engine;
    int missing, months = (period.last.year - period.first.year) * 12 + period.last.month -
                          period.first.month;
    const char *names =
        coverage_gaps(engine->store, rows->table, period.first, period.last, &missing);
    if (missing > 0 && missing <= months) {
        At at = value_node_at(node);
        diag_add(engine->diags, DIAG_W230, &at, value_node_text(node),
            period_name(engine->arena, period), rows->table->id, missing, names);
        diag_hint(engine->diags, DIAG_H230);
    }
}

/* And so is one over an April of which two villages of seventeen are there. Who is absent in the
 * report's own period was told of it. */
static void tell_thin_months(
    const ValueNode *node, const RowSet *rows, Period period, const CoverageUnit *only)
{
    Engine *engine = rows->context.engine;
    const Period *told = engine->root.has_period ? &engine->root.period : NULL;
    int units;
    const char *list =
        coverage_thin(engine->store, rows->table, period.first, period.last, told, only, &units);
    if (units > 0) {
        At at = value_node_at(node);
        diag_add(engine->diags, DIAG_W237, &at, value_node_text(node),
            period_name(engine->arena, period), rows->table->id, units, list);
        diag_hint(engine->diags, DIAG_H242);
    }
}

static bool is_first_of(const RowSet *rows, const char *what, Period period)
{
    Engine *engine = rows->context.engine;
    const char *key = arena_printf(engine->arena, "%s%s/%d/%d", what, rows->table->id,
        date_days(period.first), date_days(period.last));
    bool first = !map_find(engine->gaps, key);
    map_put(engine->gaps, key, engine);
    return first;
}

/* In the paper of one unit the figure of its own rows does not lack those of the others. */
static bool is_of_unit(const RowSet *rows, CoverageUnit *out)
{
    Engine *engine = rows->context.engine;
    const Scope *root = &engine->root;
    if (!root->is_unit || rows_lift(rows, root, root->bindings[0].name) ||
        !engine_column(engine, rows->table, root->bindings[0].name)) {
        return false;
    }
    *out = (CoverageUnit){root->bindings[0].name, root->bindings[0].value.text};
    return true;
}

void figure_tell_gaps(const ValueNode *node, const RowSet *rows, bool latest)
{
    Period period;
    bool from_start, all;
    if (rows->context.engine->silent || rows->dated_by || rows->table->period_column < 0 ||
        !period_moved(&rows->context, rows->move, &period, &from_start, &all) || all ||
        from_start) {
        return;
    }
    /* the stock of a village that lacks the last month of several is that of an earlier one */
    if (latest && !period_equal(period, period_containing(PERIOD_MONTH, period.last))) {
        return;
    }
    if (!latest && is_first_of(rows, "", period)) {
        tell_empty_months(node, rows, period);
    }
    CoverageUnit unit;
    bool of_unit = is_of_unit(rows, &unit);
    if (is_first_of(rows, of_unit ? "~1" : "~", period)) {
        tell_thin_months(node, rows, period, of_unit ? &unit : NULL);
    }
}

/* ---- figures that a group does not divide ---- */

/* Whether tables meet in this column: a number of a ledger (编号) is in one table alone, and no
 * figure of another table is expected to follow it. */
static bool is_shared(Engine *engine, const Table *own, const char *name)
{
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        if (table != own && table_column_find(table, name)) {
            return true;
        }
    }
    return false;
}

/* The group round some rows none of whose keys limits them. */
typedef struct Undivided {
    const Scope *group; /* NULL: there is none */
    const char *keys;   /* 片区、村 */
    const char *first;  /* 片区 */
    const Column *loose; /* of a single row: it names a unit, and is no key */
} Undivided;

/* Reads the keys of a scope that are columns. False where one of them limits the rows or is lifted
 * on purpose. */
static bool read_idle_keys(const RowSet *rows, const Scope *scope, Undivided *out)
{
    Engine *engine = rows->context.engine;
    for (int i = 0; i < scope->binding_count; i++) {
        const Binding *key = &scope->bindings[i];
        if (key->is_period || (scope->is_row && !is_shared(engine, scope->table, key->name))) {
            continue;
        }
        if (engine_column(engine, rows->table, key->name) || rows_lift(rows, scope, key->name)) {
            return false;
        }
        out->group = scope;
        out->keys = out->keys ? arena_printf(engine->arena, "%s、%s", out->keys, key->name)
                              : (out->first = key->name);
    }
    return true;
}

/* A row that names its village, of a table whose key does not: 包保责任 without a key. The rows of
 * the roster are keyed by their unit. */
static void read_loose_unit(const RowSet *rows, const Scope *scope, Undivided *out)
{
    Engine *engine = rows->context.engine;
    const Column *unit = out->group || !scope->is_row || scope->table->is_roster
                             ? NULL
                             : store_unit_column(engine->store, scope->table);
    if (!unit && !out->group && scope->is_row && !scope->table->is_roster) {
        unit = table_column_find(scope->table, "村"); /* without a roster */
    }
    if (unit && !scope_binding(scope, unit->name) &&
        engine_column(engine, rows->table, unit->name) && !rows_lift(rows, scope, unit->name)) {
        *out = (Undivided){scope, unit->name, unit->name, unit};
    }
}

/* Of the innermost group that has keys. The rows of the group's own table are its rows, and those
 * of a subtotal or total follow its members. A group round it may hold the unit that a row leaves
 * open. */
static bool is_undivided(const RowSet *rows, Undivided *out)
{
    *out = (Undivided){0};
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        if (out->group && !out->loose) {
            break;
        }
        Undivided here = {0};
        if (scope->table == rows->table || scope->is_run || scope->is_total ||
            !read_idle_keys(rows, scope, &here)) {
            return false;
        }
        read_loose_unit(rows, scope, &here);
        *out = out->group ? *out : here;
    }
    return out->group != NULL;
}

/* Whether a name in a condition of 其中 or where differs between the groups. */
static bool name_follows(const RowSet *rows, const ValueNode *path, const Scope *group)
{
    Engine *engine = rows->context.engine;
    if (path->table) {
        return strcmp(path->table, rows->table->id) != 0;
    }
    if (engine_column(engine, rows->table, path->name)) {
        return false;
    }
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        if (scope_binding(scope, path->name) ||
            (scope->table && engine_column(engine, scope->table, path->name))) {
            return true;
        }
        if (scope == group) {
            break;
        }
    }
    const Definition *definition = map_find(engine->definitions, path->name);
    return definition && definition->expr;
}

static bool condition_follows(const RowSet *rows, const ValueNode *node, const Scope *group)
{
    if (!node) {
        return false;
    }
    if (node->kind == NODE_PATH) {
        return name_follows(rows, node, group);
    }
    for (int i = 0; i < node->arg_count; i++) {
        if (condition_follows(rows, node->args[i], group)) {
            return true;
        }
    }
    return condition_follows(rows, node->left, group) ||
           condition_follows(rows, node->right, group);
}

static bool filters_follow(const RowSet *rows, const Scope *group)
{
    for (const Filter *filter = rows->filters; filter; filter = filter->next) {
        if (condition_follows(rows, filter->condition, group)) {
            return true;
        }
    }
    return false;
}

static void tell_loose(const RowSet *rows, const ValueNode *place, const Undivided *by)
{
    Diags *diags = rows->context.engine->diags;
    const char *own = by->group->table->id, *figure = value_node_text(rows->named);
    At at = value_node_at(place);
    diag_add(diags, DIAG_W178, &at, value_node_text(place), by->first, by->first, own);
    if (by->group->table->key_count == 0) {
        diag_hint(diags, DIAG_H623, own, by->first, figure, by->first);
    } else {
        diag_hint(diags, DIAG_H625, figure, by->first, own, by->first, figure, by->first);
    }
}

/* The keys of a group limit the tables that have a column for them (language.md 2). A table without
 * one gives every group the figure of the whole town, and nobody sees it in the print. Told where
 * the name stands in the text; of a set, where the set is used. */
void figure_tell_undivided(const RowSet *rows)
{
    Engine *engine = rows->context.engine;
    rows = rows->absent ? absent_rows(rows->absent) : rows;
    Undivided by;
    if (!rows->named || !is_undivided(rows, &by) || filters_follow(rows, by.group)) {
        return;
    }
    const ValueNode *place = rows->set ? rows->set : rows->named;
    const char *known =
        arena_printf(engine->arena, "%p/%s/%s", (const void *)place, rows->table->id, by.keys);
    if (map_find(engine->undivided, known)) {
        return;
    }
    map_put(engine->undivided, known, engine);
    At at = value_node_at(place);
    if (by.loose) {
        tell_loose(rows, place, &by);
        return;
    }
    diag_add(
        engine->diags, DIAG_W144, &at, value_node_text(place), by.keys, rows->table->id, by.keys);
    bool in_set = rows->set != NULL; /* whose other uses know no such key */
    diag_hint(engine->diags, DIAG_H161, value_node_text(rows->named), in_set ? "" : " ",
        in_set ? "" : by.first);
}

/* ---- rows of other periods, chosen by a number of this one ---- */

static bool asks_number(const Table *table, const ValueNode *node)
{
    if (!node || node->kind == NODE_PIPE) {
        return false;
    }
    if (node->kind == NODE_PATH) {
        const Column *column =
            node->table && strcmp(node->table, table->id) != 0
                ? NULL
                : table_column_find(table, node->name);
        return column && column->type == COLUMN_NUMBER && !table_is_key(table, column);
    }
    return asks_number(table, node->left) || asks_number(table, node->right);
}

/* where="生活垃圾 大于 45" is a condition on rows: 累计 adds up the months above 45 alone, 环比 has no
 * base where the month before was below. Told once a condition. */
void figure_tell_sifted(const RowSet *rows)
{
    Engine *engine = rows->context.engine;
    const Scope *frame = rows->frame_moved ? rows->frame : NULL;
    if (engine->silent || !frame || move_is_none(rows->move)) {
        return;
    }
    for (const Filter *filter = rows->filters; filter; filter = filter->next) {
        const Expr *from = filter->condition->expr;
        const char *known = arena_printf(engine->arena, "sifted/%p", (const void *)from);
        if ((from != frame->where && from != frame->rows) ||
            !asks_number(rows->table, filter->condition) || map_find(engine->undivided, known)) {
            continue;
        }
        map_put(engine->undivided, known, engine);
        At at = value_node_at(filter->condition);
        diag_add(engine->diags, DIAG_W180, &at, value_node_text(filter->condition));
        diag_hint(engine->diags, DIAG_H624);
    }
}
