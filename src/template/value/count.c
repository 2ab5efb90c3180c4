/* How many rows there are, how many different values, and what share of them meets a condition. */
#include "template/value/sql.h"
#include "template/value/trace.h"

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
        return figure_check(rows);
    }
    const Bound *row = figure_aggregate(rows, "count(*)");
    *out = rows_lack_previous(rows) ? datum_missing(MISSING_NO_ROWS)
                                    : count_datum(row ? row[0].number : 0);
    trace_rows(rows, NULL, STEP_COUNT, out);
    return row != NULL;
}

bool figure_distinct_count(
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
        return figure_check(rows);
    }
    const Bound *row = figure_aggregate(rows, "count(DISTINCT %s)", column->sql);
    *out = rows_lack_previous(rows) ? datum_missing(MISSING_NO_ROWS)
                                    : count_datum(row ? row[0].number : 0);
    trace_rows(rows, column, STEP_DISTINCT, out);
    return row != NULL;
}

typedef struct Share {
    const Context *context;
    const ValueNode *condition;
} Share;

static bool write_share(Sql *sql, const RowSet *rows, const char *keys, const void *what)
{
    const Share *share = what;
    sql_addf(sql, "SELECT %scount(*),ifnull(sum(", keys);
    if (!sql_condition(sql, rows, share->context, share->condition)) {
        return false;
    }
    sql_add(sql, "),0)");
    bool good = sql_from(sql, rows);
    sql_group_by(sql, keys);
    return good;
}

/* A check compiles the condition and the rows. */
static bool check_share(const RowSet *rows, const Share *share)
{
    figure_tell_undivided(rows);
    Sql sql = sql_new(rows->context.engine);
    bool good = write_share(&sql, rows, "", share);
    sql_drop(&sql);
    return good;
}

/* Behind numbers the author means their share (37.5 % of the tonnes), not that of the rows. */
static bool share_of_numbers(const Context *context, const ValueNode *pipe, const Value *value)
{
    const char *column = value_node_text(pipe->left);
    step_misused(context, pipe, value);
    diag_hint(context->engine->diags, DIAG_H618, column, column);
    return false;
}

/* The share of rows that meet the condition; of no rows there is none. */
bool figure_share(const Context *context, const ValueNode *pipe, const Value *value, Datum *out)
{
    const RowSet *rows = &value->rows;
    Share share = {context, pipe->right};
    *out = datum_number(decimal_from_int(1));
    out->is_ratio = true;
    if (value->kind == VALUE_COLUMN && value->column->type == COLUMN_NUMBER) {
        return share_of_numbers(context, pipe, value);
    }
    if (context->dry) {
        return check_share(rows, &share);
    }
    const Bound *row = figure_select(rows, write_share, &share, NULL);
    if (!row) {
        return false;
    }
    trace_share(rows, context, pipe->right, out);
    if (row[0].number == 0) {
        struct Part *part = out->part;
        *out = datum_missing(MISSING_NO_ROWS);
        out->part = part;
        return true;
    }
    return decimal_div(
               decimal_from_int(row[1].number), decimal_from_int(row[0].number), &out->number) ||
           step_overflow(context, pipe);
}
