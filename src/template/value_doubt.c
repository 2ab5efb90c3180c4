/* Figures that SQL works out gladly and that are wrong all the same: of two units, of several
 * levels of the roster, over months that are not there. */
#include <string.h>
#include "data/coverage.h"
#include "template/value_internal.h"

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

/* A 单位 column beside numbers without a unit of their own is their unit (data.md 2): NULL when
 * there is none. */
static const Column *unit_column(const Table *table, const Column *column)
{
    for (const Column *c = column; c < table->columns + table->column_count; c++) {
        if (c < table->columns || c->unit) {
            return NULL;
        }
        if (c->type != COLUMN_NUMBER) {
            return strcmp(c->name, "单位") == 0 && c->type == COLUMN_TEXT ? c : NULL;
        }
    }
    return NULL;
}

/* The first and the last text of a column, over the rows that have a value in `column`: where they
 * are one, all are. */
static bool text_extremes(
    const RowSet *rows, const Column *text, const Column *column, Datum *least, Datum *greatest)
{
    Engine *engine = rows->context.engine;
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT min(%s),max(%s) FROM (SELECT %s,%s AS v", text->sql, text->sql,
        text->sql, column->sql);
    if (!sql_from(&sql, rows)) {
        return sql_drop(&sql);
    }
    sql_add(&sql, ") WHERE v IS NOT NULL");
    StoreQuery *query = sql_ready(&sql);
    (void)store_step(query); /* an aggregate always has a row */
    *least = column_datum(engine, text, query, 0);
    *greatest = column_datum(engine, text, query, 1);
    store_reset(query);
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
    bool own = column >= table->columns && column < table->columns + table->column_count;
    const Column *unit = own ? unit_column(table, column) : NULL;
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

/* A sum over January to June without April is a wrong sum that looks right: told once a table and
 * span. Of a span without any row the figure is missing, and says so itself. */
void figure_tell_gaps(const ValueNode *node, const RowSet *rows)
{
    Engine *engine = rows->context.engine;
    Period period;
    bool from_start, all;
    if (rows->dated_by || rows->table->period_column < 0 ||
        !period_moved(&rows->context, rows->move, &period, &from_start, &all) || all ||
        from_start) {
        return;
    }
    int months =
        (period.last.year - period.first.year) * 12 + period.last.month - period.first.month;
    const char *key = arena_printf(engine->arena, "%s/%d/%d", rows->table->id,
        date_days(period.first), date_days(period.last));
    if (months == 0 || map_find(engine->gaps, key)) {
        return;
    }
    map_put(engine->gaps, key, engine);
    int missing;
    const char *names =
        coverage_gaps(engine->store, rows->table, period.first, period.last, &missing);
    if (missing > 0 && missing <= months) {
        At at = value_node_at(node);
        diag_add(engine->diags, DIAG_W230, &at, value_node_text(node),
            period_name(engine->arena, period), rows->table->id, missing, names);
        diag_hint(engine->diags, DIAG_H230);
    }
}
