/* 结转: the rows of a ledger that were found before the period began and were still open on its
 * first day, so that 结转 + 本期新增 − 本期销号 is what is open when it ends. */
#include <string.h>
#include "template/value/sql.h"

struct Carried {
    const Column *closed; /* 销号日期 */
    Context context;      /* whose period it is … */
    PeriodMove move;      /* … and how it differs from that */
};

static At step_at(const ValueNode *pipe)
{
    return value_at(pipe->expr, pipe->name_start, pipe->name_end);
}

static const Column *closing_column(
    const Context *context, const ValueNode *pipe, const Table *table)
{
    Diags *diags = context->engine->diags;
    const Column *closed = table_column_find(table, "销号日期");
    At at = step_at(pipe);
    if (table->period_column < 0) {
        diag_add(diags, DIAG_E652, &at, table->id, pipe->step->name);
        return NULL;
    }
    if (closed && closed->type == COLUMN_DATE) {
        return closed;
    }
    diag_add(diags, DIAG_E653, &at, table->id, pipe->step->name);
    hint_text_column(context, closed);
    return NULL;
}

/* 至今 and 全部 have no first day. */
static bool begins(const Context *context, const ValueNode *pipe, PeriodMove move)
{
    At at = step_at(pipe);
    bool open = move.widening == WIDEN_UNTIL || move.widening == WIDEN_ALL;
    return !open || diag_add(context->engine->diags, DIAG_E654, &at);
}

bool step_carried(const Context *context, const ValueNode *pipe, Value *value)
{
    RowSet *rows = &value->rows;
    Period period;
    if (rows->absent || rows->carried) {
        return step_misused(context, pipe, value);
    }
    const Column *closed = closing_column(context, pipe, rows->table);
    At at = step_at(pipe);
    if (!closed || !begins(context, pipe, rows->move)) {
        return false;
    }
    if (!context_period(context, &period)) {
        return diag_add(context->engine->diags, DIAG_E167, &at, pipe->step->name);
    }
    Carried *carried = ARENA_NEW(context->engine->arena, Carried);
    *carried = (Carried){closed, rows->context, rows->move};
    rows->carried = carried;
    rows->frame_moved = true;
    return true;
}

/* 结转|上期: open when the last period began. 结转|本期 销号日期: closed since. */
bool carried_moves(const Context *context, const ValueNode *pipe, RowSet *rows)
{
    const ValueNode *last = pipe->arg_count > 0 ? pipe->args[pipe->arg_count - 1] : NULL;
    if (last && last->kind == NODE_PATH) {
        return step_moves(context, pipe, rows);
    }
    Carried *carried = ARENA_NEW(context->engine->arena, Carried);
    *carried = *rows->carried;
    carried->move = move_by_step(carried->move, pipe);
    rows->carried = carried;
    return begins(context, pipe, carried->move);
}

bool carried_period(const Carried *carried, Period *out)
{
    bool from_start, all;
    return period_moved(&carried->context, carried->move, out, &from_start, &all);
}

void carried_add(Sql *sql, const Carried *carried)
{
    Period period;
    if (!carried_period(carried, &period)) {
        return; /* of a check alone: a report without a period is refused by the step */
    }
    sql->engine->period_uses++;
    sql_add(sql, " AND _p1<");
    sql_bind_int(sql, date_days(period.first));
    sql_addf(sql, " AND (%s IS NULL OR %s>=", carried->closed->sql, carried->closed->sql);
    sql_bind_int(sql, date_days(period.first));
    sql_add(sql, ")");
}
