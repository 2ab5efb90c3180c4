/* 缺报: the units of the roster without a row in a set of rows. They are rows of a table of their
 * own (store_owed_units): the roster at the level of the table's unit column, in its order, with
 * the table's own name for a unit (村) as its key. The rows that are looked for keep their period,
 * keys and conditions: 月报|上期|缺报, 月报|其中 生活垃圾 大于 0|缺报. */
#include <string.h>
#include "template/value/sql.h"

struct Absent {
    RowSet of;          /* without a row in these */
    const Column *unit; /* of their table */
};

const RowSet *absent_rows(const Absent *absent)
{
    return &absent->of;
}

static At step_at(const ValueNode *pipe)
{
    return value_at(pipe->expr, pipe->name_start, pipe->name_end);
}

/* The units that owe the table rows; NULL after a message. */
static const Table *owed_units(const Context *context, const ValueNode *pipe, const Table *table)
{
    Engine *engine = context->engine;
    At at = step_at(pipe);
    if (!store_roster(engine->store)) {
        diag_add(engine->diags, DIAG_E650, &at, pipe->step->name);
        diag_hint(engine->diags, DIAG_H641);
        return NULL;
    }
    const Table *owed = store_owed_units(engine->store, table);
    if (!owed) {
        bool levels = store_level(engine->store, 0) != NULL;
        diag_add(engine->diags, levels ? DIAG_E651 : DIAG_E278, &at, table->id, pipe->step->name);
    }
    return owed;
}

/* 缺报 asks for a period: that of the report, or of a date column named before it. */
static bool has_period(const Context *context, const ValueNode *pipe, const RowSet *rows)
{
    At at = step_at(pipe);
    Period period;
    if (rows->table->period_column < 0 && !rows->dated_by && !rows->carried) {
        return diag_add(context->engine->diags, DIAG_E166, &at, rows->table->id, pipe->step->name);
    }
    return context_period(context, &period) ||
           diag_add(context->engine->diags, DIAG_E167, &at, pipe->step->name);
}

/* Only the column of units goes on to name them. */
static bool names_units(const Context *context, const ValueNode *pipe, const Value *value)
{
    const Table *table = value->rows.table;
    const Column *units = store_unit_column(context->engine->store, table);
    if (value->kind == VALUE_ROWS || value->column == units) {
        return true;
    }
    step_misused(context, pipe, value);
    diag_hint(context->engine->diags, DIAG_H642, table->id, units->name);
    return false;
}

bool step_absent(const Context *context, const ValueNode *pipe, Value *value)
{
    Engine *engine = context->engine;
    RowSet of = value->rows;
    if (of.absent) {
        return step_misused(context, pipe, value);
    }
    const Table *owed = owed_units(context, pipe, of.table);
    if (!owed || !has_period(context, pipe, &of) || !names_units(context, pipe, value)) {
        return false;
    }
    of.frame_moved = true; /* not the very row in which this stands */
    Absent *absent = ARENA_NEW(engine->arena, Absent);
    *absent = (Absent){of, store_unit_column(engine->store, of.table)};
    value->rows = (RowSet){.table = owed,
        .named = of.named,
        .set = of.set,
        .context = of.context,
        .lifts = of.lifts,
        .lift_from = of.lift_from,
        .lifted = of.lifted,
        .absent = absent};
    value->column = value->kind == VALUE_COLUMN ? &owed->columns[owed->keys[0]] : NULL;
    return true;
}

bool absent_moves(const Context *context, const ValueNode *pipe, RowSet *rows)
{
    Absent *absent = ARENA_NEW(context->engine->arena, Absent);
    *absent = *rows->absent;
    rows->absent = absent;
    rows->frame_moved = true;
    return rows_step(context, pipe, &absent->of);
}

/* The rows are asked by a statement of their own first: in a draft, sql_from looks at all that
 * stands in it. */
bool absent_add(Sql *sql, const Absent *absent)
{
    const Table *owed = store_owed_units(sql->engine->store, absent->of.table);
    Sql reported = sql_new(sql->engine);
    sql_addf(&reported, "SELECT %s", absent->unit->sql);
    if (!sql_from(&reported, &absent->of)) {
        return sql_drop(&reported);
    }
    sql_addf(sql, " AND %s NOT IN (", owed->columns[owed->keys[0]].sql);
    sql_append(sql, &reported);
    sql_addf(sql, " AND %s NOT NULL)", absent->unit->sql);
    sql_drop(&reported);
    return true;
}
