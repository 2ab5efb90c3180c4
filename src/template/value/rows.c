/* The steps that change a set of rows without making a figure of it: 其中 上期 累计 不限 按 … */
#include "template/value/sql.h"

PeriodMove move_by_step(PeriodMove move, const ValueNode *pipe)
{
    switch (pipe->step->id) {
    case STEP_PREVIOUS:
        move.previous++;
        break;
    case STEP_LAST_YEAR:
        move.last_year++;
        break;
    case STEP_TO_DATE_OF_YEAR:
        move.widening = WIDEN_YEAR;
        break;
    case STEP_UNTIL:
        move.widening = WIDEN_UNTIL;
        break;
    case STEP_ALL:
        move.widening = WIDEN_ALL;
        break;
    case STEP_RECENT:
        move.widening = WIDEN_RECENT;
        move.recent = (int)pipe->args[0]->number.mantissa;
        break;
    default: /* 本期 */
        break;
    }
    return move;
}

/* The date column behind a period step, the last of its arguments. */
static const ValueNode *date_argument(const ValueNode *pipe)
{
    return pipe->arg_count > 0 && pipe->step->id != STEP_ALL ? pipe->args[pipe->arg_count - 1]
                                                             : NULL;
}

bool step_moves(const Context *context, const ValueNode *pipe, RowSet *rows)
{
    const ValueNode *arg = date_argument(pipe);
    At at = value_node_at(pipe);
    if (arg && arg->kind == NODE_PATH) {
        const Column *column = value_argument_column(context, rows->table, arg);
        if (!column) {
            return false;
        }
        if (column->type != COLUMN_DATE && column->type != COLUMN_MONTH) {
            Value named = {.kind = VALUE_COLUMN, .column = column, .rows = *rows};
            return step_misused(context, pipe, &named);
        }
        rows->dated_by = column;
    } else if (rows->table->period_column < 0 && !rows->dated_by) {
        return diag_add(context->engine->diags, DIAG_E166, &at, rows->table->id, pipe->step->name);
    }
    Period period;
    if (pipe->step->id != STEP_ALL && !context_period(context, &period)) {
        return diag_add(context->engine->diags, DIAG_E167, &at, pipe->step->name);
    }
    rows->move = move_by_step(rows->move, pipe);
    rows->frame_moved = true;
    return true;
}

static bool step_where(const Context *context, const ValueNode *pipe, RowSet *rows)
{
    Engine *engine = context->engine;
    if (context->dry) { /* the mistakes of a condition show when it is compiled */
        Sql sql = sql_new(engine);
        bool good = sql_condition(&sql, rows, context, pipe->right);
        sql_drop(&sql);
        if (!good) {
            return false;
        }
    }
    Filter *filter = ARENA_NEW(engine->arena, Filter);
    *filter = (Filter){pipe->right, *context, rows->filters};
    rows->filters = filter;
    return true;
}

/* A group's key that the table has no column for limits nothing; to lift it says that this is
 * meant. */
static bool is_key_round(const Context *context, const ValueNode *arg)
{
    for (const Scope *scope = context->scope; scope && !arg->table; scope = scope->parent) {
        if (scope_binding(scope, arg->name)) {
            return true;
        }
    }
    return false;
}

static bool step_unscoped(const Context *context, const ValueNode *pipe, RowSet *rows)
{
    if (rows->absent && !absent_moves(context, pipe, rows)) {
        return false;
    }
    for (int i = 0; i < pipe->arg_count; i++) {
        if (!is_key_round(context, pipe->args[i]) &&
            !value_argument_column(context, rows->table, pipe->args[i])) {
            return false;
        }
    }
    rows->lifts = true;
    rows->lift_from = rows->context.scope;
    rows->lifted = pipe->arg_count > 0 ? pipe : NULL;
    rows->frame_moved = true;
    return true;
}

static bool step_per(const Context *context, const ValueNode *pipe, RowSet *rows)
{
    rows->per = value_argument_column(context, rows->table, pipe->args[0]);
    if (rows->per) {
        store_tell_elsewhere(context->engine->store, rows->per);
    }
    return rows->per != NULL;
}

bool rows_period(const RowSet *rows, Period *out, bool *until)
{
    bool all;
    *until = false;
    rows = rows->absent ? absent_rows(rows->absent) : rows;
    if (rows->carried && !rows->dated_by) {
        return carried_period(rows->carried, out);
    }
    return (rows->table->period_column >= 0 || rows->dated_by) &&
           period_moved(&rows->context, rows->move, out, until, &all) && !all;
}

const char *rows_period_name(const RowSet *rows)
{
    Arena *arena = rows->context.engine->arena;
    bool until, english = diag_language(rows->context.engine->diags) == DIAG_ENGLISH;
    Period period;
    if (!rows_period(rows, &period, &until)) {
        return "";
    }
    const char *name = english ? period_raw(arena, period) : period_name(arena, period);
    return until ? arena_printf(arena, english ? "up to the end of %s" : "截至%s底", name) : name;
}

bool rows_step(const Context *context, const ValueNode *pipe, RowSet *rows)
{
    return pipe->step->id == STEP_UNSCOPED ? step_unscoped(context, pipe, rows)
           : rows->absent                  ? absent_moves(context, pipe, rows)
           : rows->carried                 ? carried_moves(context, pipe, rows)
                                           : step_moves(context, pipe, rows);
}

bool step_rows(const Context *context, const ValueNode *pipe, Value *value)
{
    if (value->rows.per) {
        return step_misused(context, pipe, value);
    }
    switch (pipe->step->id) {
    case STEP_WHERE:
        return step_where(context, pipe, &value->rows);
    case STEP_PER:
        return step_per(context, pipe, &value->rows);
    case STEP_ABSENT:
        return step_absent(context, pipe, value);
    case STEP_CARRIED:
        return step_carried(context, pipe, value);
    default:
        return rows_step(context, pipe, &value->rows);
    }
}
