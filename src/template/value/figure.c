/* Rows → one figure: sums, extremes, and what a column gives by its kind. */
#include <stdarg.h>
#include <string.h>
#include "template/value/sql.h"
#include "template/value/trace.h"

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

bool figure_check(const RowSet *rows)
{
    Sql sql = sql_new(rows->context.engine);
    bool good = sql_from(&sql, rows);
    sql_drop(&sql);
    return good;
}

static bool write_aggregate(Sql *sql, const RowSet *rows, const char *keys, const void *columns)
{
    sql_addf(sql, "SELECT %s%s", keys, (const char *)columns);
    bool good = sql_from(sql, rows);
    sql_group_by(sql, keys);
    return good;
}

const Bound *figure_aggregate(const RowSet *rows, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *columns = arena_vprintf(rows->context.engine->arena, format, args);
    va_end(args);
    return figure_select(rows, write_aggregate, columns, NULL);
}

/* ---- numbers ---- */

typedef struct Totals {
    int64_t rows, values;
    Decimal sum, least, greatest;
    const DataPlace *place; /* of the only row */
} Totals;

const DataPlace *figure_place(const RowSet *rows, const Column *column, const Bound *at)
{
    const Table *table = rows->table;
    if (!table_owns(table, column)) {
        return NULL; /* derived from several cells */
    }
    return store_place(
        rows->context.engine->store, table, (int)at[0].number, (long)at[1].number, column);
}

enum { TOTALS_TOGETHER = 16, TOTAL_CELLS = 5 };

/* SQLite's sum() of int64 fails when it overflows, so whole units and millionths are added apart.
 */
static void add_totals(Sql *sql, const Column *column)
{
    const char *c = column->sql;
    sql_addf(sql, ",count(%s),ifnull(sum(%s/1000000),0),ifnull(sum(%s%%1000000),0),min(%s),max(%s)",
        c, c, c, c, c);
}

/* The numbers of a table of moderate width are added up in one scan for all siblings: a table of
 * figures has a column for most of them. */
static int number_columns(const Table *table)
{
    int count = 0;
    for (int i = 0; i < table->column_count; i++) {
        count += table->columns[i].type == COLUMN_NUMBER;
    }
    return count;
}

bool totals_together(const Table *table, const Column *column)
{
    return table_owns(table, column) && number_columns(table) <= TOTALS_TOGETHER;
}

static bool write_totals(Sql *sql, const RowSet *rows, const char *keys, const void *what)
{
    const Column *column = what;
    const Table *table = rows->table;
    bool together = rows->shared && totals_together(table, column);
    sql_addf(sql, "SELECT %scount(*),min(_file),min(_row)", keys);
    for (int i = 0; together && i < table->column_count; i++) {
        if (table->columns[i].type == COLUMN_NUMBER) {
            add_totals(sql, &table->columns[i]);
        }
    }
    if (!together) {
        add_totals(sql, column);
    }
    bool good = sql_from(sql, rows);
    sql_group_by(sql, keys);
    return good;
}

/* Where the numbers of a column begin among the cells of an answer. */
static int totals_at(const RowSet *rows, const Column *column, bool alone)
{
    const Table *table = rows->table;
    int at = 3;
    if (alone || !totals_together(table, column)) {
        return at;
    }
    for (const Column *other = table->columns; other < column; other++) {
        at += other->type == COLUMN_NUMBER ? TOTAL_CELLS : 0;
    }
    return at;
}

static bool read_totals(
    const ValueNode *node, const RowSet *rows, const Column *column, Totals *out)
{
    bool alone = true;
    figure_tell_gaps(node, rows, false);
    const Bound *row = row_is_asked(rows, column)
                           ? row_totals(rows, column)
                           : figure_select(rows, write_totals, column, &alone);
    if (!row) {
        return false;
    }
    const Bound *cell = row + totals_at(rows, column, alone);
    *out = (Totals){.rows = row[0].number, .values = cell[0].number};
    Decimal units = decimal_from_int(cell[1].number);
    Decimal millionths = decimal_from_store(cell[2].number);
    out->least = decimal_from_store(cell[3].number);
    out->greatest = decimal_from_store(cell[4].number);
    out->place = out->rows == 1 ? figure_place(rows, column, row + 1) : NULL;
    return decimal_add(units, decimal_trim(millionths), &out->sum) ||
           step_overflow(&rows->context, node);
}

static bool number_figure(
    const ValueNode *node, const RowSet *rows, const Column *column, StepId id, Datum *out);

static bool average(const RowSet *rows, const ValueNode *node, const Totals *totals, Datum *out)
{
    out->is_quotient = true;
    return decimal_div(totals->sum, decimal_from_int(totals->values), &out->number) ||
           step_overflow(&rows->context, node);
}

bool figure_ratio_of_many(const ValueNode *node, const RowSet *rows)
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

bool figure_by_kind(const ValueNode *node, const RowSet *rows, const Column *column, Datum *out)
{
    return number_figure(node, rows, column, step_of_kind(column->kind), out);
}

static bool aggregate(const ValueNode *node, const RowSet *rows, const Column *column, StepId id,
    const Totals *totals, Datum *out)
{
    switch (id) {
    case STEP_SUM:
        if (column->kind == KIND_RATIO && totals->values > 1) {
            *out = datum_missing(MISSING_NO_ROWS);
            return figure_ratio_of_many(node, rows);
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
    if (column->numerator && id == STEP_SUM && totals->rows > 1) {
        return figure_ratio(node, rows, column, out);
    }
    *out = manner_of(column);
    if (totals->values == 0) {
        *out = datum_missing(totals->rows == 0 ? MISSING_NO_ROWS : MISSING_EMPTY);
    }
    out->place = totals->place;
    return totals->values == 0 || (aggregate(node, rows, column, id, totals, out) &&
                                      figure_units_agree(node, rows, column, out));
}

static bool figure_of_rows(
    const ValueNode *node, const RowSet *rows, const Column *column, StepId id, Datum *out)
{
    *out = manner_of(column);
    if (rows->context.dry) {
        out->is_quotient = id == STEP_AVERAGE;
        figure_tell_undivided(rows);
        return figure_check(rows);
    }
    Totals totals;
    if (id == STEP_LAST || id == STEP_FIRST) {
        return figure_last(node, rows, column, id == STEP_FIRST, out);
    }
    return read_totals(node, rows, column, &totals) &&
           figure_of_totals(node, rows, column, id, &totals, out);
}

static bool number_figure(
    const ValueNode *node, const RowSet *rows, const Column *column, StepId id, Datum *out)
{
    if (!figure_of_rows(node, rows, column, id, out)) {
        return false;
    }
    trace_rows(rows, column, id, out);
    return true;
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
    *out = manner_of(column);
    if (rows->context.dry) {
        return figure_check(rows);
    }
    const Bound *row = row_is_asked(rows, column)
                           ? row_agreed(rows, column)
                           : figure_aggregate(rows, "count(*),min(%s),max(%s),min(_file),min(_row)",
                                 column->sql, column->sql);
    if (!row) {
        return false;
    }
    Datum greatest = bound_datum(column, &row[2]);
    *out = bound_datum(column, &row[1]);
    out->place = row[0].number == 1 ? figure_place(rows, column, row + 3) : NULL;
    if (out->kind == DATUM_MISSING) {
        out->missing = row[0].number == 0 ? MISSING_NO_ROWS : MISSING_EMPTY;
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
    *out = manner_of(column);
    if (rows->context.dry) {
        return figure_check(rows);
    }
    const Bound *row =
        figure_aggregate(rows, "%s(%s)", id == STEP_MAX ? "max" : "min", column->sql);
    if (!row) {
        return false;
    }
    *out = bound_datum(column, &row[0]);
    return true;
}

/* ---- what a column gives without a step ---- */

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
    if (totals.values == 1 && !(column->numerator && totals.rows > 1)) {
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
    bool good = column->type == COLUMN_NUMBER ? default_of_number(node, rows, column, out)
                                              : agreed(node, rows, column, out);
    if (good) {
        trace_rows(rows, column, step_of_kind(column->kind), out);
    }
    return good;
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
        return context->dry ? figure_check(&value->rows)
                            : figure_last(pipe, &value->rows, column, id == STEP_FIRST, out);
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
        done = figure_distinct_count(context, pipe, value, &datum);
        break;
    case STEP_SHARE:
        done = figure_share(context, pipe, value, &datum);
        break;
    case STEP_LIST:
        return step_list(context, pipe, value);
    default:
        done = column_figure(context, pipe, value, &datum);
        if (done) {
            trace_rows(&value->rows, value->column, pipe->step->id, &datum);
        }
    }
    *value = (Value){.kind = VALUE_DATUM, .datum = datum};
    return done;
}
