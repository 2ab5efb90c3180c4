/* What hangs on a value while it is worked out, and the record that is made of it when it has
 * printed. */
#include "template/value/trace.h"

#include <string.h>
#include "base/utf8.h"
#include "document/wording.h"
#include "template/value/sql.h"

void engine_trace(Engine *engine)
{
    if (engine->trace) {
        return;
    }
    engine->trace = ARENA_NEW(engine->arena, Trace);
    engine->trace->rulings = map_new(engine->arena);
    engine->trace->unheard = diag_new(engine->arena);
    diag_set_language(engine->trace->unheard, diag_language(engine->diags));
}

/* ---- notes ---- */

static bool is_noted(const Context *context)
{
    const Trace *trace = context->engine->trace;
    return trace && (trace->active || trace->test) && !context->dry;
}

static Part *part_new(Engine *engine, PartKind kind, const char *how)
{
    Part *part = ARENA_NEW(engine->arena, Part);
    part->kind = kind;
    part->how = how;
    return part;
}

/* What no note was made of stands for itself. */
static Part *part_of(Engine *engine, const Datum *datum)
{
    return datum->part ? datum->part
                       : part_new(engine, PART_CONSTANT, datum_plain(engine, datum, false));
}

static Part *rows_part(const RowSet *rows, const Column *column, StepId way, const char *how)
{
    Engine *engine = rows->context.engine;
    Part *part = part_new(engine, PART_ROWS, how);
    part->rows = arena_copy(engine->arena, rows, sizeof *rows);
    part->column = column;
    part->way = way;
    part->judged = engine->judged;
    return part;
}

static const char *way_name(StepId way)
{
    switch (way) {
    case STEP_COUNT:
        return "计数";
    case STEP_DISTINCT:
        return "去重";
    case STEP_AVERAGE:
        return "平均";
    case STEP_MAX:
        return "最大";
    case STEP_MIN:
        return "最小";
    default: /* 最新 and 首个 add up the rows that they take */
        return "合计";
    }
}

void trace_rows(const RowSet *rows, const Column *column, StepId way, Datum *out)
{
    if (is_noted(&rows->context) && !out->part) {
        out->part = rows_part(rows, column, way, way_name(way));
    }
}

void trace_groups(const RowSet *rows, const Column *column, const ValueNode *pipe, Datum *out)
{
    Engine *engine = rows->context.engine;
    if (!is_noted(&rows->context)) {
        return;
    }
    RowSet plain = *rows;
    plain.per = NULL;
    out->part = rows_part(&plain, column, STEP_PER,
        arena_printf(engine->arena, "按%s%s", rows->per->name, pipe->step->name));
}

void trace_share(const RowSet *rows, const Context *context, const ValueNode *condition, Datum *out)
{
    Engine *engine = context->engine;
    if (!is_noted(&rows->context)) {
        return;
    }
    RowSet met = *rows;
    Filter *filter = ARENA_NEW(engine->arena, Filter);
    *filter = (Filter){condition, *context, rows->filters};
    met.filters = filter;
    out->part = part_new(engine, PART_JOIN, "÷");
    out->part->left = rows_part(&met, NULL, STEP_COUNT, way_name(STEP_COUNT));
    out->part->right = rows_part(rows, NULL, STEP_COUNT, way_name(STEP_COUNT));
}

void trace_join(const Context *context, const char *how, const Datum *a, const Datum *b, Datum *out)
{
    if (!is_noted(context)) {
        return;
    }
    Part *part = part_new(context->engine, PART_JOIN, how);
    part->left = part_of(context->engine, a);
    part->right = b ? part_of(context->engine, b) : NULL;
    out->part = part;
}

void trace_rank(
    const Context *context, const char *list, const Datum *figure, int ranked, Datum *out)
{
    trace_join(context, list, figure, NULL, out);
    if (is_noted(context)) {
        out->part->ranked = ranked;
    }
}

void trace_self(const Context *context, PartKind kind, const char *how, Datum *out)
{
    if (is_noted(context)) {
        out->part = part_new(context->engine, kind, how);
    }
}

void trace_target(const Context *context, const Target *target, int months, Datum *out)
{
    if (is_noted(context)) {
        const char *due = arena_printf(context->engine->arena, "%d月底应完成", months);
        out->part = part_new(context->engine, PART_TARGET, months < 0 ? "目标" : due);
        out->part->target = target;
    }
}

static Part *part_over(Engine *engine, PartKind kind, const Datum *of)
{
    Part *part = part_new(engine, kind, "");
    part->left = part_of(engine, of);
    part->of = arena_copy(engine->arena, of, sizeof *of);
    return part;
}

void trace_worded(const Context *context, const Datum *number, Datum *out)
{
    if (is_noted(context) && number->kind == DATUM_NUMBER) {
        out->part = part_over(context->engine, PART_WORDED, number);
    }
}

/* ---- 改定 ---- */

void engine_overrule(Engine *engine, const char *claim, Decimal value, const Overruled *said)
{
    Ruling *ruling = ARENA_NEW(engine->arena, Ruling);
    *ruling = (Ruling){value, said, false};
    map_put(engine->trace->rulings, claim, ruling);
}

bool engine_ruling_met(const Engine *engine, const char *claim)
{
    const Ruling *ruling = map_find(engine->trace->rulings, claim);
    return ruling && ruling->met;
}

bool datum_is_ruled(const Datum *datum)
{
    return datum->part && datum->part->kind == PART_RULED;
}

bool trace_is_ruled(const Engine *engine)
{
    const Trace *trace = engine->trace;
    return trace && trace->active && !engine->silent && map_count(trace->rulings) > 0;
}

void trace_rule(Engine *engine, Datum *datum)
{
    if (!trace_is_ruled(engine) || datum->kind != DATUM_NUMBER || datum->text ||
        datum_is_ruled(datum)) {
        return;
    }
    Ruling *ruling = map_find(engine->trace->rulings, part_claim(engine, part_of(engine, datum)));
    if (ruling) {
        ruling->met = true;
        datum->part = part_over(engine, PART_RULED, datum);
        datum->part->ruling = ruling;
        datum->number = ruling->value;
    }
}

void trace_test(Engine *engine, const Expr *test)
{
    Trace *trace = engine->trace;
    if (trace) {
        trace->test = map_count(trace->rulings) > 0 && !engine->silent ? test : NULL;
    }
}

static void note_test(Engine *engine, const char *claim)
{
    Trace *trace = engine->trace;
    for (size_t i = 0; i < trace->test_count; i++) {
        if (trace->tests[i].test == trace->test && strcmp(trace->tests[i].claim, claim) == 0) {
            return;
        }
    }
    trace->tests = arena_grow(engine->arena, trace->tests, trace->test_count, &trace->test_capacity,
        sizeof *trace->tests);
    trace->tests[trace->test_count++] = (RuledTest){trace->test, claim, trace->figures};
}

/* The figure itself, and what it was made of. */
static void note_ruled(Engine *engine, Part *part)
{
    if (!part || part->kind == PART_CONSTANT) {
        return;
    }
    if (map_find(engine->trace->rulings, part_claim(engine, part))) {
        note_test(engine, part->claim);
    }
    note_ruled(engine, part->left);
    note_ruled(engine, part->right);
}

void trace_side(const Context *context, const Datum *datum)
{
    const Trace *trace = context->engine->trace;
    if (trace && trace->test && !context->dry) {
        note_ruled(context->engine, datum->part);
    }
}

void trace_figures(const Context *context, const Expr *expr, const Datum *datum)
{
    Trace *trace = context->engine->trace;
    if (trace) {
        trace_test(context->engine, expr);
        trace->figures = true;
        trace_side(context, datum);
        trace->figures = false;
        trace->test = NULL;
    }
}

size_t engine_ruled_tests(const Engine *engine, const RuledTest **out)
{
    *out = engine->trace->tests;
    return engine->trace->test_count;
}

Decimal datum_computed(const Datum *datum)
{
    return datum_is_ruled(datum) ? datum->part->of->number : datum->number;
}

/* ---- the value in hand ---- */

void trace_begin(Engine *engine)
{
    if (engine->trace) {
        engine->trace->active = !engine->silent;
    }
}

void trace_end(
    Engine *engine, const Expr *expr, const ValueNode *node, const Scope *scope, const Datum *datum)
{
    Trace *trace = engine->trace;
    if (!trace) {
        return;
    }
    trace->active = false;
    trace->expr = expr;
    trace->node = node;
    trace->scope = scope;
    trace->failed = !datum;
    trace->datum = datum ? *datum : datum_missing(MISSING_NO_ROWS);
}

Hush trace_hush(Engine *engine)
{
    Trace *trace = engine->trace;
    Hush hush = {engine->diags, engine->fault, trace->test, trace->active, engine->short_list,
        engine->silent};
    engine->diags = trace->unheard;
    engine->silent = true;
    trace->active = false;
    trace->test = NULL;
    return hush;
}

void trace_unhush(Engine *engine, Hush hush)
{
    engine->diags = hush.diags;
    engine->fault = hush.fault;
    engine->short_list = hush.short_list;
    engine->silent = hush.silent;
    engine->trace->active = hush.active;
    engine->trace->test = hush.test;
}
