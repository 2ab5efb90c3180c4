/* Results as they stand on the paper: in prose, in a cell of a table, at a chart. */
#include <string.h>
#include "document/numeral.h"
#include "document/wording.h"
#include "template/value/trace.h"

enum { QUOTIENT_PLACES = 2 };

static char *plain_number(Engine *engine, const Datum *datum, bool in_cell)
{
    Arena *arena = engine->arena;
    if (datum->is_ratio) {
        return wording_percent(arena, datum->number, 1);
    }
    if (datum->is_quotient) {
        Decimal trimmed = decimal_trim(datum->number);
        return wording_plain(arena,
            trimmed.scale > QUOTIENT_PLACES ? decimal_round(trimmed, QUOTIENT_PLACES) : trimmed);
    }
    return in_cell && datum->decimals >= 0 ? wording_fixed(arena, datum->number, datum->decimals)
                                           : wording_plain(arena, datum->number);
}

char *datum_plain(Engine *engine, const Datum *datum, bool in_cell)
{
    Arena *arena = engine->arena;
    switch (datum->kind) {
    case DATUM_NUMBER:
        return datum->text ? arena_strdup(arena, datum->text)
                           : plain_number(engine, datum, in_cell);
    case DATUM_TEXT:
        return arena_strdup(arena, datum->text);
    case DATUM_DATE:
        return date_long(arena, datum->date);
    case DATUM_PERIOD:
        return datum->text ? arena_strdup(arena, datum->text) : period_raw(arena, datum->period);
    case DATUM_BOOL:
        return arena_strdup(arena, datum->truth ? "是" : "否");
    default:
        return arena_strdup(arena, "—");
    }
}

const char *datum_label(Engine *engine, const Datum *datum)
{
    return datum_plain(engine, datum, false);
}

/* ---- prose ---- */

int engine_holes(const Engine *engine)
{
    return engine->holes;
}

long engine_figures(const Engine *engine)
{
    return engine->figures;
}

static bool missing_in_text(Engine *engine, const Expr *expr, const Datum *datum, const char **out)
{
    static const DiagCode codes[] = {
        [MISSING_NO_ROWS] = DIAG_E171, [MISSING_EMPTY] = DIAG_E172, [MISSING_BASE] = DIAG_E173,
        [MISSING_TARGET] = DIAG_E658, [MISSING_GRADE] = DIAG_E661};
    const char *source = expr_source(expr);
    At at = expr_at(expr);
    at.data = datum->place;
    if (!engine->options.draft || engine->options.check) {
        diag_add(engine->diags, codes[datum->missing], &at, source);
        diag_hint(engine->diags, DIAG_H146);
    }
    if (!engine->options.draft)
        return false;
    engine->fault = datum->place;
    *out = engine_lacks(engine, expr);
    return true;
}

/* {预算} alone says 50万 as it was typed; reckoned with, it is 500000. */
static const char *param_as_typed(const Engine *engine, const Expr *expr)
{
    if (!expr->root || !value_is_defined(engine, expr->root)) {
        return NULL;
    }
    const Definition *definition = map_find(engine->definitions, expr->root->name);
    return definition->typed;
}

bool expr_text(
    Engine *engine, const Expr *expr, const Scope *scope, const char **out, const DataPlace **place)
{
    Datum datum;
    engine->fault = NULL;
    if (!expr_eval(engine, expr, scope, &datum)) {
        *out = engine_lacks(engine, expr);
        return *out != NULL;
    }
    if (place) {
        *place = datum.place;
    }
    if (datum.kind == DATUM_MISSING) {
        return missing_in_text(engine, expr, &datum, out);
    }
    const char *typed = datum_is_ruled(&datum) ? NULL : param_as_typed(engine, expr);
    *out = typed ? typed : datum_plain(engine, &datum, false);
    return true;
}

/* ---- cells ---- */

/* 12.3% lines up with numbers; 增长12.3% and 近7万 are words. */
static bool looks_numeric(const char *text)
{
    text += *text == '-';
    return *text >= '0' && *text <= '9';
}

const char *datum_cell(Engine *engine, const Datum *datum, bool *numeric)
{
    const char *text = datum_plain(engine, datum, true);
    if (numeric) {
        *numeric = datum->kind == DATUM_NUMBER && looks_numeric(text);
    }
    return text;
}

bool expr_cell(
    Engine *engine, const Expr *expr, const Scope *scope, const char **out, bool *numeric)
{
    Datum datum;
    if (!expr_eval(engine, expr, scope, &datum)) {
        return false;
    }
    *out = datum_cell(engine, &datum, numeric);
    return true;
}

void expr_print_exact(Engine *engine, Expr *expr)
{
    const ValueNode *node = expr->root;
    expr->exact = true;
    while (node && node->kind == NODE_PIPE && node->step->id == STEP_DEFAULT) {
        node = node->left;
    }
    if (node && node->kind == NODE_PIPE && node->step->id == STEP_APPROX) {
        At at = value_at(node->expr, node->name_start, node->name_end);
        diag_add(engine->diags, DIAG_W147, &at, node->step->name);
    }
}

/* ---- 有数 ---- */

bool expr_has_figures(Engine *engine, const Expr *expr, const Scope *scope, bool *out)
{
    Datum datum;
    if (!expr_eval(engine, expr, scope, &datum)) {
        return false;
    }
    if (datum.kind == DATUM_NUMBER) {
        Context context = engine_context(engine, scope);
        *out = decimal_sign(datum_computed(&datum)) != 0;
        if (*out != (decimal_sign(datum.number) != 0)) {
            trace_figures(&context, expr, &datum);
        }
        return true;
    }
    *out = datum.kind != DATUM_MISSING && !(datum.text && !*datum.text);
    return true;
}

/* ---- whole expressions ---- */

static bool eval_in(Engine *engine, const ValueNode *node, const Scope *scope, Datum *out)
{
    Context context = engine_context(engine, scope);
    return value_eval_datum(&context, node, out);
}

/* One that may print. */
static bool eval_traced(
    Engine *engine, const Expr *expr, const ValueNode *node, const Scope *scope, Datum *out)
{
    trace_begin(engine);
    bool good = eval_in(engine, node, scope, out);
    if (good) {
        trace_rule(engine, out);
    }
    trace_end(engine, expr, node, scope, good ? out : NULL);
    engine->is_figure = good && out->kind == DATUM_NUMBER && !out->is_dated;
    return good;
}

bool expr_eval(Engine *engine, const Expr *expr, const Scope *scope, Datum *out)
{
    if (expr->kind == EXPR_TEST) {
        *out = (Datum){.kind = DATUM_BOOL, .decimals = -1};
        return expr_test(engine, expr, scope, &out->truth);
    }
    if (!eval_traced(engine, expr, expr->root ? expr->root : expr->items[0].node, scope, out)) {
        return false;
    }
    if (expr->exact && out->is_approx) {
        out->text = NULL;
    }
    return true;
}

bool expr_list_eval(Engine *engine, const Expr *expr, int index, const Scope *scope, Datum *out)
{
    return eval_traced(engine, expr, expr->items[index].node, scope, out);
}

bool expr_test(Engine *engine, const Expr *expr, const Scope *scope, bool *out)
{
    Context context = engine_context(engine, scope);
    trace_test(engine, expr);
    bool good = value_test(&context, expr->root, out);
    trace_test(engine, NULL);
    return good;
}
