/* 目标, 完成率 and 进度差: a column against the targets of the year (data.md 4). Whose target it is
 * follows from the scope: a village's rows have the village's target and no other, never the
 * town's; rows that are only a part of what a target is set for have none. */
#include <string.h>
#include "base/utf8.h"
#include "data/infer.h"
#include "template/value/sql.h"
#include "template/value/trace.h"

typedef struct Asked {
    const Context *context;
    const ValueNode *pipe;
    const RowSet *rows;
    const Column *column;
    const char *indicator; /* NULL: not known while the value is only checked */
    bool named;            /* by an argument, not by the column */
    bool due;              /* what is due by the period's end, not the year's */
    Period period;
    const char *unit; /* whose target; NULL: the town's */
    bool of_none;     /* of rows that no target is set for */
} Asked;

void engine_set_targets(Engine *engine, const Targets *targets)
{
    engine->targets = targets;
}

static At step_at(const Asked *asked)
{
    const ValueNode *pipe = asked->pipe;
    return value_at(pipe->expr, pipe->name_start, pipe->name_end);
}

static Diags *diags_of(const Asked *asked)
{
    return asked->context->engine->diags;
}

/* ---- which indicator ---- */

static bool no_target_at_all(const Asked *asked)
{
    const Targets *targets = asked->context->engine->targets;
    At at = step_at(asked);
    diag_add(diags_of(asked), DIAG_E656, &at, asked->indicator);
    size_t count = targets_count(targets);
    const char **names = ARENA_ARRAY(asked->context->engine->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        names[i] = targets_at(targets, i)->indicator;
    }
    const char *nearest = name_nearest(asked->indicator, names, count);
    if (nearest) {
        diag_hint(diags_of(asked), DIAG_H001, nearest);
    }
    return false;
}

static bool is_set(const Asked *asked)
{
    const Targets *targets = asked->context->engine->targets;
    for (size_t i = 0; i < targets_count(targets); i++) {
        if (strcmp(targets_at(targets, i)->indicator, asked->indicator) == 0) {
            return true;
        }
    }
    return false;
}

/* 完成率 户厕改造, or 完成率 类型 in groups by 类型. */
static bool read_name(Asked *asked, const ValueNode *arg)
{
    const Context *context = asked->context;
    Datum name = datum_text(arg->name);
    asked->named = true;
    if (arg->kind != NODE_TEXT && (!value_is_bare(arg) || value_is_named(context, arg))) {
        if (!value_eval_datum(context, arg, &name)) {
            return false;
        }
        if (context->dry || name.kind == DATUM_MISSING) { /* the name itself is not known here */
            asked->of_none = name.kind == DATUM_MISSING;
            return true;
        }
    }
    if (name.kind != DATUM_TEXT) {
        Value value = {.kind = VALUE_DATUM, .datum = name};
        return step_misused(context, asked->pipe, &value);
    }
    asked->indicator =
        targets_indicator(context->engine->targets, utf8_fold(context->engine->arena, name.text));
    return true;
}

static bool read_arguments(Asked *asked)
{
    const ValueNode *pipe = asked->pipe;
    int count = pipe->arg_count;
    const ValueNode *name = pipe->args[count - 1];
    asked->due = pipe->step->id == STEP_PACE || pipe->args[0] != NULL;
    asked->indicator = asked->column->name;
    if (pipe->step->id != STEP_PACE) {
        name = pipe->args[1];
    }
    if (name) {
        asked->indicator = NULL;
        if (!read_name(asked, name)) {
            return false;
        }
    }
    if (!asked->indicator || is_set(asked)) {
        return true;
    }
    /* by="指标": not every indicator has a target. */
    asked->of_none = !asked->named && indicator_scope(asked->context->scope) != NULL;
    return asked->of_none || no_target_at_all(asked);
}

/* ---- which period ---- */

/* 累计 is what 完成率 adds up anyway; 近 3, 至今, 全部 are not of one year's target. */
static bool read_period(Asked *asked)
{
    PeriodMove move = asked->rows->move;
    bool from_start, all;
    At at = step_at(asked);
    if (move.widening == WIDEN_YEAR) {
        move.widening = WIDEN_NONE;
    }
    if (!period_moved(&asked->rows->context, move, &asked->period, &from_start, &all)) {
        return diag_add(diags_of(asked), DIAG_E167, &at, asked->pipe->step->name);
    }
    if (asked->period.first.year != asked->period.last.year) {
        char first[16], last[16];
        return diag_add(diags_of(asked), DIAG_E601, &at, value_node_text(asked->pipe->left),
            date_format_iso(asked->period.first, first), date_format_iso(asked->period.last, last),
            asked->pipe->step->name);
    }
    asked->context->engine->period_uses++;
    return true;
}

/* Months that are over by the period's last day. */
static int months_over(Period period)
{
    bool over = period.last.day == date_month_length(period.last.year, period.last.month);
    return period.last.month - !over;
}

/* ---- whose target ---- */

static bool is_of_units(const Asked *asked, const Column *column)
{
    static const char *const names[] = {"村", "社区", "组", "片", "片区", "镇"};
    Store *store = asked->context->engine->store;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], column->name) == 0) {
            return true;
        }
    }
    return column->units || (column->type == COLUMN_TEXT &&
                                store_roster_level(store, asked->rows->table, column) != NULL);
}

static bool is_part(const Asked *asked)
{
    At at = step_at(asked);
    const char *step = asked->pipe->step->name;
    diag_add(diags_of(asked), DIAG_E659, &at, value_node_text(asked->pipe->left));
    diag_hint(diags_of(asked), DIAG_H647, step);
    return false;
}

static void take_unit(Asked *asked, const Datum *value, bool *found)
{
    *found = true;
    asked->unit = value->kind == DATUM_TEXT ? value->text : NULL;
    asked->of_none = asked->of_none || value->kind != DATUM_TEXT;
}

/* 其中 村=长塘村 chooses a unit; any other condition leaves a part of what the target is for. */
static bool read_condition(Asked *asked, const Filter *filter, const ValueNode *node, bool *found)
{
    Engine *engine = asked->context->engine;
    if (node->kind == NODE_AND) {
        return read_condition(asked, filter, node->left, found) &&
               read_condition(asked, filter, node->right, found);
    }
    bool equal = node->kind == NODE_COMPARE && node->word == WORD_EQUAL;
    const Column *column = equal && value_is_bare(node->left)
                               ? engine_column(engine, asked->rows->table, node->left->name)
                               : NULL;
    if (!column || !is_of_units(asked, column) || *found) {
        return asked->named || is_part(asked);
    }
    const ValueNode *right = node->right;
    Datum value = datum_text(right->name);
    bool plain = right->kind == NODE_TEXT ||
                 (value_is_bare(right) && !value_is_named(&filter->context, right));
    if (!plain && !value_eval_datum(&filter->context, right, &value)) {
        return false;
    }
    take_unit(asked, &value, found);
    return true;
}

/* A key that limits the rows is a unit of the roster, or divides what the target is for. */
static bool read_key(Asked *asked, const Scope *scope, const Binding *key, bool *found)
{
    const RowSet *rows = asked->rows;
    const Column *column =
        key->is_period ? NULL : engine_column(rows->context.engine, rows->table, key->name);
    if (!column || rows_lift(rows, scope, key->name)) {
        return true;
    }
    if (!is_of_units(asked, column)) {
        return asked->named || is_part(asked);
    }
    if (!*found) {
        take_unit(asked, &key->value, found);
    }
    return true;
}

/* Innermost first: in a village of a district it is the village's. The rows of a total from which
 * groups were left out are a part as well, and nobody's. */
static bool read_scopes(Asked *asked, bool *found)
{
    for (const Scope *scope = asked->rows->context.scope; scope; scope = scope->parent) {
        asked->of_none =
            asked->of_none || (scope->is_total && scope->member_count > 0 && !scope->whole &&
                                  !scope->whole_unit);
        for (int i = scope->binding_count - 1; i >= 0; i--) {
            if (!read_key(asked, scope, &scope->bindings[i], found)) {
                return false;
            }
        }
    }
    return true;
}

static bool read_range(Asked *asked)
{
    const RowSet *rows = asked->rows;
    Widening wide = rows->move.widening;
    bool found = false;
    bool keyless = rows->frame && rows->frame->is_row && rows->table->key_count == 0;
    if (keyless || rows->carried || (wide != WIDEN_NONE && wide != WIDEN_YEAR)) {
        return is_part(asked);
    }
    for (const Filter *filter = rows->filters; filter; filter = filter->next) {
        if (!read_condition(asked, filter, filter->condition, &found)) {
            return false;
        }
    }
    return read_scopes(asked, &found);
}

/* ---- units ---- */

/* The target in the unit of the figure. What is not sure to be the same is an error. */
static bool in_unit(const Asked *asked, const Target *target, const char *unit, Decimal *amount)
{
    At at = step_at(asked);
    int64_t times, over;
    at.data = target->place;
    if (!unit || !target->unit) {
        if (unit || target->unit) {
            const char *either = unit ? unit : target->unit;
            diag_add(diags_of(asked), DIAG_W155, &at, asked->column->name, either, either);
        }
        return true;
    }
    if (!infer_unit_ratio(target->unit, unit, &times, &over)) {
        return diag_add(diags_of(asked), DIAG_E657, &at, asked->column->name, unit,
            target->indicator, target->unit);
    }
    return (decimal_mul(*amount, decimal_from_int(times), amount) &&
               decimal_div(*amount, decimal_from_int(over), amount)) ||
           step_overflow(asked->context, asked->pipe);
}

/* All targets of the indicator, of whatever year: a wrong unit shows before any page. */
static bool units_agree(const Asked *asked)
{
    const Targets *targets = asked->context->engine->targets;
    const Column *column = asked->column;
    for (size_t i = 0; asked->indicator && column->unit_column < 0 && i < targets_count(targets);
         i++) {
        const Target *target = targets_at(targets, i);
        Decimal amount = target->value;
        if (strcmp(target->indicator, asked->indicator) == 0 &&
            !in_unit(asked, target, column->unit, &amount)) {
            return false;
        }
    }
    return true;
}

/* ---- the figures ---- */

/* After which the target is due; -1: that of the whole year. */
static int months_due(const Asked *asked)
{
    return asked->due ? months_over(asked->period) : -1;
}

static bool due_amount(const Asked *asked, const Target *target, Decimal *out)
{
    *out = target->value;
    return !asked->due || target_due(target, months_over(asked->period), out) ||
           step_overflow(asked->context, asked->pipe);
}

/* `unit`: of the figure that it stands beside, NULL: the column's. */
static bool target_figure(
    const Asked *asked, const Target *target, const char *unit, Datum *out)
{
    const Column *column = asked->column;
    if (!unit) {
        unit = column->unit_column >= 0 ? target->unit : column->unit;
    }
    *out = datum_number(decimal_from_int(0));
    if (!due_amount(asked, target, &out->number) || !in_unit(asked, target, unit, &out->number)) {
        return false;
    }
    out->number = decimal_trim(out->number);
    out->is_ratio = column->kind == KIND_RATIO;
    out->is_quotient = asked->due;
    out->decimals = out->number.scale;
    out->unit = unit ? unit : target->unit;
    out->place = asked->due ? NULL : target->place;
    trace_target(asked->context, target, months_due(asked), out);
    return true;
}

/* 累计 ÷ 目标; 进度差 is what stands above what is due, as a share of the year's target. */
static bool attained(const Asked *asked, const Target *target, const Datum *done, Datum *out)
{
    bool pace = asked->pipe->step->id == STEP_PACE;
    Decimal due, base = target->value, above = done->number;
    if (!due_amount(asked, target, &due) || !in_unit(asked, target, done->unit, &due) ||
        !in_unit(asked, target, done->unit, &base)) {
        return false;
    }
    if (!pace) {
        base = due;
    }
    if (decimal_sign(base) == 0) {
        *out = datum_missing(MISSING_BASE);
        return true;
    }
    *out = datum_number(decimal_from_int(0));
    out->is_ratio = true;
    out->is_delta = out->is_pace = pace;
    return ((!pace || decimal_sub(above, due, &above)) && decimal_div(above, base, &out->number)) ||
           step_overflow(asked->context, asked->pipe);
}

/* From 1 January to the period's end, by the column's kind: of a stock the last. */
static bool done_so_far(const Asked *asked, Datum *out)
{
    RowSet rows = *asked->rows;
    At at = step_at(asked);
    if (rows.table->period_column < 0 && !rows.dated_by) {
        return diag_add(diags_of(asked), DIAG_E166, &at, rows.table->id, asked->pipe->step->name);
    }
    rows.move.widening = WIDEN_YEAR;
    rows.frame_moved = true;
    return figure_default(asked->pipe->left, &rows, asked->column, out);
}

/* A number of the kind that it will be. */
static Datum stand_in(const Asked *asked)
{
    StepId id = asked->pipe->step->id;
    Datum datum = datum_number(decimal_from_int(1));
    datum.is_ratio = id != STEP_TARGET || asked->column->kind == KIND_RATIO;
    datum.is_delta = datum.is_pace = id == STEP_PACE;
    datum.unit = id == STEP_TARGET ? asked->column->unit : NULL;
    return datum;
}

static const Target *target_of(const Asked *asked)
{
    return asked->of_none || !asked->indicator
               ? NULL
               : targets_find(asked->context->engine->targets, asked->indicator,
                     asked->period.last.year, asked->unit);
}

static bool answer(const Asked *asked, Datum *out)
{
    const Context *context = asked->context;
    bool of_target = asked->pipe->step->id == STEP_TARGET;
    Datum done;
    if (!of_target && !done_so_far(asked, &done)) {
        return false;
    }
    if (context->dry) {
        *out = stand_in(asked);
        return units_agree(asked);
    }
    const Target *target = target_of(asked);
    if (!target) {
        *out = datum_missing(MISSING_TARGET);
        return true;
    }
    if (!of_target && done.kind == DATUM_MISSING) {
        *out = done;
        return true;
    }
    if (of_target) {
        return target_figure(asked, target, NULL, out);
    }
    if (!attained(asked, target, &done, out)) {
        return false;
    }
    Datum aim = datum_number(target->value);
    trace_target(context, target, months_due(asked), &aim);
    trace_join(context, asked->pipe->step->id == STEP_PACE ? "进度差" : "÷", &done, &aim, out);
    return true;
}

static bool read_asked(Asked *asked)
{
    return read_arguments(asked) && read_period(asked) && read_range(asked);
}

bool target_work(const Context *context, const ValueNode *pipe, const Value *value,
    const char *unit, TargetWork *out)
{
    Asked asked = {.context = context, .pipe = pipe, .rows = &value->rows, .column = value->column};
    if (!read_asked(&asked)) {
        return false;
    }
    *out = (TargetWork){target_of(&asked), asked.due, months_over(asked.period), {0}, {0}};
    if (!out->target) {
        return true;
    }
    asked.due = false;
    if (!target_figure(&asked, out->target, unit, &out->year)) {
        return false;
    }
    asked.due = true;
    return target_figure(&asked, out->target, unit, &out->due);
}

bool step_target(const Context *context, const ValueNode *pipe, Value *value)
{
    Asked asked = {.context = context, .pipe = pipe, .rows = &value->rows, .column = value->column};
    At at = step_at(&asked);
    bool number = value->kind == VALUE_COLUMN && value->column->type == COLUMN_NUMBER;
    if (!number || value->rows.per) {
        step_misused(context, pipe, value);
        if (value->kind == VALUE_DATUM) {
            diag_hint(context->engine->diags, DIAG_H646, pipe->step->name);
        }
        return false;
    }
    if (!context->engine->targets) {
        return diag_add(context->engine->diags, DIAG_E655, &at, pipe->step->name);
    }
    Datum datum;
    if (!read_asked(&asked) || !answer(&asked, &datum)) {
        return false;
    }
    *value = (Value){.kind = VALUE_DATUM, .datum = datum};
    return true;
}
