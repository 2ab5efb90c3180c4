/* Rows → one figure: counts, sums, extremes, the last and the first, and what a column gives by its
 * kind. */
#include <stdarg.h>
#include <string.h>
#include "template/value/value_internal.h"

/* How figures of a column print, with a value that a check may take for the real one. */
static Datum manner_of(const Column *column)
{
    Datum datum = datum_number(decimal_from_int(1));
    switch (column->type) {
    case COLUMN_NUMBER:
        datum.is_ratio = column->kind == KIND_RATIO;
        datum.decimals = column->decimals;
        datum.unit = column->unit;
        return datum;
    case COLUMN_TEXT:
        return datum_text("");
    case COLUMN_DATE:
        return datum_date((Date){2000, 1, 1});
    default:
        return datum_period(period_containing(PERIOD_MONTH, (Date){2000, 1, 1}));
    }
}

/* A check compiles the rows too: their conditions may be wrong, and whether the period limits them
 * shows. */
static bool check_rows(const RowSet *rows)
{
    Sql sql = sql_new(rows->context.engine);
    bool good = sql_from(&sql, rows);
    sql_drop(&sql);
    return good;
}

/* "SELECT … FROM … WHERE …", at its first row; NULL after a message. The format is what stands
 * before FROM. */
__attribute__((format(printf, 2, 3))) static StoreQuery *select_row(
    const RowSet *rows, const char *format, ...)
{
    Sql sql = sql_new(rows->context.engine);
    va_list args;
    va_start(args, format);
    sql_vaddf(&sql, format, args);
    va_end(args);
    if (!sql_from(&sql, rows)) {
        sql_drop(&sql);
        return NULL;
    }
    StoreQuery *query = sql_ready(&sql);
    (void)store_step(query); /* an aggregate always has a row */
    return query;
}

/* ---- counts ---- */

static Datum count_datum(int64_t count)
{
    Datum datum = datum_number(decimal_from_int(count));
    datum.decimals = 0;
    return datum;
}

bool figure_count(const RowSet *rows, Datum *out)
{
    *out = count_datum(1);
    if (rows->context.dry) {
        figure_tell_undivided(rows);
        return check_rows(rows);
    }
    StoreQuery *query = select_row(rows, "SELECT count(*)");
    if (!query) {
        return false;
    }
    *out = count_datum(store_int(query, 0));
    store_reset(query);
    return true;
}

static bool count_distinct(
    const Context *context, const ValueNode *pipe, const Value *value, Datum *out)
{
    const RowSet *rows = &value->rows;
    const Column *column = value->column;
    if (pipe->args[0]) {
        column = value_argument_column(context, rows->table, pipe->args[0]);
        if (!column) {
            return false;
        }
    } else if (value->kind != VALUE_COLUMN) {
        return step_misused(context, pipe, value);
    }
    *out = count_datum(1);
    if (context->dry) {
        figure_tell_undivided(rows);
        return check_rows(rows);
    }
    StoreQuery *query = select_row(rows, "SELECT count(DISTINCT %s)", column->sql);
    if (!query) {
        return false;
    }
    *out = count_datum(store_int(query, 0));
    store_reset(query);
    return true;
}

/* The share of rows that meet the condition; of no rows there is none. */
static bool share(const Context *context, const ValueNode *pipe, const RowSet *rows, Datum *out)
{
    Sql sql = sql_new(context->engine);
    sql_add(&sql, "SELECT count(*),sum(");
    if (!sql_condition(&sql, rows, context, pipe->right)) {
        return sql_drop(&sql);
    }
    sql_add(&sql, ")");
    if (!sql_from(&sql, rows)) {
        return sql_drop(&sql);
    }
    *out = datum_number(decimal_from_int(1));
    out->is_ratio = true;
    if (context->dry) {
        figure_tell_undivided(rows);
        sql_drop(&sql);
        return true;
    }
    StoreQuery *query = sql_ready(&sql);
    (void)store_step(query);
    int64_t all = store_int(query, 0), met = store_int(query, 1);
    store_reset(query);
    if (all == 0) {
        *out = datum_missing(MISSING_NO_ROWS);
        return true;
    }
    return decimal_div(decimal_from_int(met), decimal_from_int(all), &out->number) ||
           step_overflow(context, pipe);
}

/* ---- numbers ---- */

typedef struct Totals {
    int64_t rows, values;
    Decimal sum, least, greatest;
    const DataPlace *place; /* of the only row */
} Totals;

/* The cell of the query's only row; `at` is its _file, then its _row. */
static const DataPlace *place_of(
    const RowSet *rows, const Column *column, StoreQuery *query, int at)
{
    const Table *table = rows->table;
    bool own = column >= table->columns && column < table->columns + table->column_count;
    return own ? store_place(rows->context.engine->store, table, (int)store_int(query, at),
                     (long)store_int(query, at + 1), column)
               : NULL; /* derived from several cells */
}

/* SQLite's sum() of int64 fails when it overflows, so whole units and millionths are added apart.
 */
static bool read_totals(
    const ValueNode *node, const RowSet *rows, const Column *column, Totals *out)
{
    const char *c = column->sql;
    figure_tell_gaps(node, rows);
    StoreQuery *query = select_row(rows,
        "SELECT count(*),count(%s),ifnull(sum(%s/1000000),0),"
        "ifnull(sum(%s%%1000000),0),min(%s),max(%s),min(_file),min(_row)",
        c, c, c, c, c);
    if (!query) {
        return false;
    }
    *out = (Totals){.rows = store_int(query, 0), .values = store_int(query, 1)};
    Decimal units = decimal_from_int(store_int(query, 2));
    Decimal millionths = decimal_from_store(store_int(query, 3));
    out->least = decimal_from_store(store_int(query, 4));
    out->greatest = decimal_from_store(store_int(query, 5));
    out->place = out->rows == 1 ? place_of(rows, column, query, 6) : NULL;
    store_reset(query);
    return decimal_add(units, decimal_trim(millionths), &out->sum) ||
           step_overflow(&rows->context, node);
}

static bool last_value(
    const ValueNode *node, const RowSet *rows, const Column *column, bool first, Datum *out);

static bool average(const RowSet *rows, const ValueNode *node, const Totals *totals, Datum *out)
{
    out->is_quotient = true;
    return decimal_div(totals->sum, decimal_from_int(totals->values), &out->number) ||
           step_overflow(&rows->context, node);
}

static bool ratio_of_many(const ValueNode *node, const RowSet *rows)
{
    if (rows_in_total(rows)) {
        return true;
    }
    At at = value_node_at(node);
    Diags *diags = rows->context.engine->diags;
    diag_add(diags, DIAG_E169, &at, value_node_text(node));
    diag_hint(diags, DIAG_H145);
    return false;
}

static bool aggregate(const ValueNode *node, const RowSet *rows, const Column *column, StepId id,
    const Totals *totals, Datum *out)
{
    switch (id) {
    case STEP_SUM:
        if (column->kind == KIND_RATIO && totals->values > 1) {
            *out = datum_missing(MISSING_NO_ROWS);
            return ratio_of_many(node, rows);
        }
        out->number = totals->sum;
        return totals->values < 2 || figure_levels_agree(node, rows);
    case STEP_AVERAGE:
        return average(rows, node, totals, out) &&
               (totals->values < 2 || figure_levels_agree(node, rows));
    case STEP_MAX:
        out->number = totals->greatest;
        return true;
    default:
        out->number = totals->least;
        return true;
    }
}

static bool figure_of_totals(const ValueNode *node, const RowSet *rows, const Column *column,
    StepId id, const Totals *totals, Datum *out)
{
    *out = manner_of(column);
    if (totals->values == 0) {
        *out = datum_missing(totals->rows == 0 ? MISSING_NO_ROWS : MISSING_EMPTY);
    }
    out->place = totals->place;
    return totals->values == 0 || (aggregate(node, rows, column, id, totals, out) &&
                                      figure_units_agree(node, rows, column, out));
}

static bool number_figure(
    const ValueNode *node, const RowSet *rows, const Column *column, StepId id, Datum *out)
{
    *out = manner_of(column);
    if (rows->context.dry) {
        out->is_quotient = id == STEP_AVERAGE;
        figure_tell_undivided(rows);
        return check_rows(rows);
    }
    Totals totals;
    if (id == STEP_LAST || id == STEP_FIRST) {
        return last_value(node, rows, column, id == STEP_FIRST, out);
    }
    return read_totals(node, rows, column, &totals) &&
           figure_of_totals(node, rows, column, id, &totals, out);
}

/* ---- the last and the first ---- */

/* The columns of the table's key without its period, as a list for PARTITION BY; "" when there are
 * none. */
static const char *key_list(const RowSet *rows)
{
    const Table *table = rows->table;
    const char *list = "";
    for (int i = 0; i < table->key_count; i++) {
        if (table->keys[i] != table->period_column) {
            list = arena_printf(rows->context.engine->arena, "%s%s%s", list, *list ? "," : "",
                table->columns[table->keys[i]].sql);
        }
    }
    return list;
}

/* Of each key the last row that has a value. Rows of a table without a key stand each for itself:
 * then all rows of the last period count. */
static bool add_ranked(Sql *sql, const RowSet *rows, const Column *column, bool first, bool one_row)
{
    const char *keys = one_row ? "" : key_list(rows);
    const char *way = first ? "" : " DESC";
    bool by_period = rows->table->period_column >= 0 || rows->dated_by;
    const char *date = rows->dated_by ? rows->dated_by->sql : by_period ? "_p1" : "0";
    bool rank = !one_row && !*keys && by_period;
    sql_addf(sql, "(SELECT %s AS v,_file AS f,_row AS r,%s OVER (%s%s ORDER BY %s%s", column->sql,
        rank ? "rank()" : "row_number()", *keys ? "PARTITION BY " : "", keys, date, way);
    sql_addf(sql, "%s%s) AS n", rank ? "" : ",rowid", rank ? "" : way);
    if (!sql_from(sql, rows)) {
        return false;
    }
    sql_addf(sql, " AND %s IS NOT NULL)", column->sql);
    return true;
}

static bool last_value(
    const ValueNode *node, const RowSet *rows, const Column *column, bool first, Datum *out)
{
    Engine *engine = rows->context.engine;
    bool is_number = column->type == COLUMN_NUMBER;
    Sql sql = sql_new(engine);
    sql_add(&sql, is_number ? "SELECT count(*),ifnull(sum(v/1000000),0),ifnull(sum(v%1000000),0),"
                              "min(f),min(r) FROM "
                            : "SELECT count(*),v FROM ");
    if (!add_ranked(&sql, rows, column, first, !is_number)) {
        return sql_drop(&sql);
    }
    sql_add(&sql, " WHERE n=1");
    StoreQuery *query = sql_ready(&sql);
    (void)store_step(query);
    int64_t count = store_int(query, 0);
    bool fits = true;
    if (count > 0 && is_number) {
        Decimal units = decimal_from_int(store_int(query, 1));
        fits =
            decimal_add(units, decimal_trim(decimal_from_store(store_int(query, 2))), &out->number);
        out->place = count == 1 ? place_of(rows, column, query, 3) : NULL;
    } else if (count > 0) {
        *out = column_datum(engine, column, query, 1);
    }
    store_reset(query);
    if (count == 0) {
        Datum all;
        if (!figure_count(rows, &all)) {
            return false;
        }
        *out = datum_missing(decimal_sign(all.number) == 0 ? MISSING_NO_ROWS : MISSING_EMPTY);
    } else if (is_number && count > 1 && column->kind == KIND_RATIO) {
        *out = datum_missing(MISSING_NO_ROWS);
        return ratio_of_many(node, rows);
    }
    return fits || step_overflow(&rows->context, node);
}

/* ---- texts and dates ---- */

static bool differs(
    const ValueNode *node, const RowSet *rows, const Column *column, const Datum *a, const Datum *b)
{
    Engine *engine = rows->context.engine;
    At at = value_node_at(node);
    diag_add(engine->diags, DIAG_E170, &at, value_node_text(node), datum_plain(engine, a, false),
        datum_plain(engine, b, false));
    if (column->odd_cell) {
        hint_text_column(&rows->context, column);
    } else {
        diag_hint(engine->diags, DIAG_H144);
    }
    return false;
}

/* A text or date that all rows agree on. */
static bool agreed(const ValueNode *node, const RowSet *rows, const Column *column, Datum *out)
{
    Engine *engine = rows->context.engine;
    *out = manner_of(column);
    if (rows->context.dry) {
        return check_rows(rows);
    }
    StoreQuery *query = select_row(
        rows, "SELECT count(*),min(%s),max(%s),min(_file),min(_row)", column->sql, column->sql);
    if (!query) {
        return false;
    }
    int64_t count = store_int(query, 0);
    Datum greatest = column_datum(engine, column, query, 2);
    *out = column_datum(engine, column, query, 1);
    out->place = count == 1 ? place_of(rows, column, query, 3) : NULL;
    store_reset(query);
    if (out->kind == DATUM_MISSING) {
        out->missing = count == 0 ? MISSING_NO_ROWS : MISSING_EMPTY;
        return true;
    }
    bool known;
    if (datum_compare(out, &greatest, &known) == 0) {
        return true;
    }
    if (rows_in_total(rows)) {
        *out = datum_missing(MISSING_NO_ROWS);
        return true;
    }
    return differs(node, rows, column, out, &greatest);
}

/* The earliest or latest day. */
static bool extreme_day(const RowSet *rows, const Column *column, StepId id, Datum *out)
{
    Engine *engine = rows->context.engine;
    *out = manner_of(column);
    if (rows->context.dry) {
        return check_rows(rows);
    }
    StoreQuery *query =
        select_row(rows, "SELECT %s(%s)", id == STEP_MAX ? "max" : "min", column->sql);
    if (!query) {
        return false;
    }
    *out = column_datum(engine, column, query, 0);
    store_reset(query);
    return true;
}

/* ---- what a column gives without a step ---- */

static StepId step_of_kind(ColumnKind kind)
{
    switch (kind) {
    case KIND_STOCK:
        return STEP_LAST;
    case KIND_SCORE:
        return STEP_AVERAGE;
    default:
        return STEP_SUM;
    }
}

/* One row gives its own value, exactly as it stands there. */
static bool default_of_number(
    const ValueNode *node, const RowSet *rows, const Column *column, Datum *out)
{
    StepId id = step_of_kind(column->kind);
    Totals totals;
    if (rows->context.dry) {
        return number_figure(node, rows, column, id, out);
    }
    if (!read_totals(node, rows, column, &totals)) {
        return false;
    }
    if (totals.values == 1) {
        *out = manner_of(column);
        out->number = totals.sum;
        out->place = totals.place;
        return figure_units_agree(node, rows, column, out);
    }
    return id == STEP_LAST ? number_figure(node, rows, column, id, out)
                           : figure_of_totals(node, rows, column, id, &totals, out);
}

bool figure_default(const ValueNode *node, const RowSet *rows, const Column *column, Datum *out)
{
    return column->type == COLUMN_NUMBER ? default_of_number(node, rows, column, out)
                                         : agreed(node, rows, column, out);
}

/* ---- dispatch ---- */

static bool column_figure(
    const Context *context, const ValueNode *pipe, const Value *value, Datum *out)
{
    const Column *column = value->column;
    StepId id = pipe->step->id;
    if (value->kind != VALUE_COLUMN) {
        return step_misused(context, pipe, value);
    }
    if (column->type == COLUMN_NUMBER) {
        return number_figure(pipe, &value->rows, column, id, out);
    }
    if (id == STEP_LAST || id == STEP_FIRST) {
        *out = manner_of(column);
        return context->dry ? check_rows(&value->rows)
                            : last_value(pipe, &value->rows, column, id == STEP_FIRST, out);
    }
    bool day = column->type == COLUMN_DATE || column->type == COLUMN_MONTH;
    if (day && (id == STEP_MAX || id == STEP_MIN)) {
        return extreme_day(&value->rows, column, id, out);
    }
    return step_misused(context, pipe, value);
}

bool step_figure(const Context *context, const ValueNode *pipe, Value *value)
{
    Datum datum;
    bool done;
    if (value->kind == VALUE_DATUM) {
        return step_misused(context, pipe, value);
    }
    if (value->rows.per) {
        return step_per_group(context, pipe, value);
    }
    switch (pipe->step->id) {
    case STEP_COUNT:
        done = figure_count(&value->rows, &datum);
        break;
    case STEP_DISTINCT:
        done = count_distinct(context, pipe, value, &datum);
        break;
    case STEP_SHARE:
        done = share(context, pipe, &value->rows, &datum);
        break;
    case STEP_LIST:
        return step_list(context, pipe, value);
    default:
        done = column_figure(context, pipe, value, &datum);
    }
    *value = (Value){.kind = VALUE_DATUM, .datum = datum};
    return done;
}
