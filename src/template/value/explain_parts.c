/* Figures that are made of others: ratios of parts (Σ numerator ÷ Σ denominator) and what is
 * measured against a target. */
#include "template/value/explain_internal.h"

/* ---- ratios of parts ---- */

bool explain_is_of_parts(const RowSet *rows, const Column *column, bool *out)
{
    Datum count;
    *out = false;
    if (!column || !column->numerator || rows->per) {
        return true;
    }
    if (!figure_count(rows, &count)) {
        return false;
    }
    *out = decimal_cmp(count.number, decimal_from_int(1)) > 0; /* one row gives its own value */
    return true;
}

static bool explain_part(
    Explainer *x, const ValueNode *node, const RowSet *rows, const Column *part, Datum *out)
{
    Value value = {.kind = VALUE_COLUMN, .rows = *rows, .column = part};
    return figure_by_kind(node, rows, part, out) && explain_settled(x, &value, out);
}

bool explain_parts(Explainer *x, const ValueNode *node, const RowSet *rows, const Column *column,
    const Datum *datum)
{
    Datum above, below;
    if (!explain_part(x, node, rows, column->numerator, &above) ||
        !explain_part(x, node, rows, column->denominator, &below)) {
        return false;
    }
    explain_line(
        x, arena_printf(x->arena,
               say(x, "“%s” = “%s” ÷ “%s” = %s ÷ %s = %s", "“%s” = “%s” ÷ “%s” = %s ÷ %s = %s"),
               column->name, column->numerator->name, column->denominator->name,
               datum_words(x, &above), datum_words(x, &below), datum_words(x, datum)));
    return true;
}

/* ---- targets ---- */

/* 任务.csv 第2行（D2），2024年全镇的“生活垃圾”：全年8000吨 */
static void explain_year(Explainer *x, const TargetWork *work)
{
    const Target *target = work->target;
    const char *cell = data_cell_name(x->arena, target->place);
    explain_line(x,
        arena_printf(x->arena,
            say(x, "目标：%s（%s），%d年 %s 的“%s”：%s", "the target: %s (%s), %d, %s, “%s”: %s"),
            target->place->file, cell, target->year, target->range, target->indicator,
            datum_words(x, &work->year)));
}

static void explain_due(Explainer *x, const TargetWork *work)
{
    const char *how = work->target->has_quarters
                          ? say(x, "照季度分解", "by the quarters of 季度分解")
                          : say(x, "没有写季度分解，全年按月均摊", "even over the year");
    explain_line(
        x, arena_printf(x->arena,
               say(x, "应完成：%s，过了 %d 个整月：%s", "due: %s, %d whole months over: %s"), how,
               work->months, datum_words(x, &work->due)));
}

/* 完成率 50.3%，应有 50.0%; of a target of zero there is neither. */
static bool explain_pace(
    Explainer *x, const TargetWork *work, const Datum *done, const char *step, const Datum *datum)
{
    Datum is = *datum, owed = *datum;
    if (!decimal_div(done->number, work->year.number, &is.number) ||
        !decimal_div(work->due.number, work->year.number, &owed.number)) {
        return true;
    }
    const char *a = datum_words(x, done), *b = datum_words(x, &work->due);
    const char *c = datum_words(x, &work->year);
    explain_line(x, arena_printf(x->arena, say(x, "完成率 = %s ÷ %s = %s", "done = %s ÷ %s = %s"),
                        a, c, datum_words(x, &is)));
    explain_line(x, arena_printf(x->arena,
                        say(x, "应完成的比率 = %s ÷ %s = %s", "the share due = %s ÷ %s = %s"), b, c,
                        datum_words(x, &owed)));
    explain_line(x, arena_printf(x->arena, "%s = %s − %s = %s", step, datum_words(x, &is),
                        datum_words(x, &owed), datum_words(x, datum)));
    return true;
}

bool explain_against_target(Explainer *x, const Context *context, const ValueNode *pipe,
    const Value *left, const Datum *done, const Datum *datum)
{
    TargetWork work;
    const char *step = explain_step_words(x, pipe);
    StepId id = pipe->step->id;
    if (!target_work(context, pipe, left, done->unit, &work)) {
        return false;
    }
    if (work.target) {
        explain_year(x, &work);
    }
    if (work.target && work.asks_due) {
        explain_due(x, &work);
    }
    if (!work.target || id == STEP_TARGET || datum->kind != DATUM_NUMBER) {
        return explain_result(x, pipe, datum);
    }
    if (id == STEP_PACE) {
        return explain_pace(x, &work, done, step, datum);
    }
    explain_line(
        x, arena_printf(x->arena, "%s = %s ÷ %s = %s", step, datum_words(x, done),
               datum_words(x, work.asks_due ? &work.due : &work.year), datum_words(x, datum)));
    return true;
}

/* ---- what a condition on rows takes from outside ---- */

static void explain_outside(Explainer *x, const ValueNode *path)
{
    const Definition *definition = map_find(x->engine->definitions, path->name);
    const char *words =
        definition->expr ? expr_source(definition->expr) : datum_words(x, &definition->value);
    explain_line(
        x, definition->expr
               ? arena_printf(x->arena, say(x, "“%s”就是 %s", "“%s” is %s"), path->name, words)
               : arena_printf(
                     x->arena, say(x, "参数“%s”：%s", "the param “%s”: %s"), path->name, words));
}

/* On the left a column of the rows comes first, on the right a param or set (language.md 2). */
void explain_condition_names(Explainer *x, const RowSet *rows, const ValueNode *node, bool on_right)
{
    if (!node) {
        return;
    }
    if (node->kind == NODE_PATH) {
        bool column = !on_right && engine_column(x->engine, rows->table, node->name);
        if (!column && value_is_defined(x->engine, node) && !value_is_own_word(node)) {
            explain_outside(x, node);
        }
        return;
    }
    bool compares = node->kind == NODE_COMPARE;
    explain_condition_names(x, rows, node->left, on_right);
    explain_condition_names(x, rows, node->right, on_right || compares);
    for (int i = 0; compares && i < node->arg_count; i++) {
        explain_condition_names(x, rows, node->args[i], true);
    }
}
