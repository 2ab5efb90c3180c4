/* The walk over a value: literals, names, arithmetic, and which file works out which step. */
#include <string.h>
#include "template/value/trace.h"

/* Sets inside sets: one value alone is bounded by the parser (CHAIN_LIMIT). A level takes up to 4
 * KiB of the stack, under the sanitizers too. */
enum { WALK_LIMIT = 1000 };

Context engine_context(Engine *engine, const Scope *scope)
{
    return (Context){.engine = engine, .scope = scope ? scope : &engine->root};
}

bool step_overflow(const Context *context, const ValueNode *node)
{
    At at = value_node_at(node);
    return diag_add(context->engine->diags, DIAG_E164, &at, value_node_text(node));
}

static const char *value_kind_name(const Context *context, const Value *value)
{
    bool english = diag_language(context->engine->diags) == DIAG_ENGLISH;
    switch (value->kind) {
    case VALUE_ROWS:
        return english ? "the rows" : "许多行";
    case VALUE_COLUMN:
        return english ? "the column" : "列";
    default:
        return datum_kind_name(context->engine, value->datum.kind);
    }
}

bool step_misused(const Context *context, const ValueNode *pipe, const Value *value)
{
    Diags *diags = context->engine->diags;
    StepId id = pipe->step->id;
    At at = value_at(pipe->expr, pipe->name_start, pipe->name_end);
    diag_add(diags, DIAG_E162, &at, pipe->step->name, value_kind_name(context, value),
        value_node_text(pipe->left));
    bool of_column = id == STEP_DISTINCT || (id >= STEP_SUM && id <= STEP_LIST);
    if (value->kind == VALUE_ROWS && of_column && value_is_bare(pipe->left)) {
        diag_hint(diags, DIAG_H154, pipe->left->name, pipe->step->name);
    } else if (value->kind == VALUE_DATUM && id == STEP_CHANGE) {
        diag_hint(diags, DIAG_H153);
    } else if (value->kind == VALUE_COLUMN) {
        hint_text_column(context, value->column);
    } else {
        hint_text_path(context, pipe->left);
    }
    return false;
}

/* ---- arithmetic ---- */

static bool is_day(const Datum *datum)
{
    return datum->kind == DATUM_DATE || (datum->kind == DATUM_PERIOD && !datum->text);
}

static bool reckonable(const Context *context, const ValueNode *node, const Datum *datum)
{
    At at = value_node_at(node);
    if (datum->kind == DATUM_NUMBER && datum->text) {
        return diag_add(context->engine->diags, DIAG_E175, &at, value_node_text(node), "+ - × ÷");
    }
    if (datum->kind == DATUM_NUMBER || datum->kind == DATUM_MISSING) {
        return true;
    }
    diag_add(context->engine->diags, DIAG_E163, &at, value_node_text(node));
    if (!hint_text_path(context, node)) {
        hint_param(context, node);
    }
    return false;
}

static bool negate(const Context *context, const ValueNode *node, Datum *out)
{
    if (!value_eval_datum(context, node->left, out) || !reckonable(context, node->left, out)) {
        return false;
    }
    Datum positive = *out;
    out->number = decimal_neg(out->number);
    trace_join(context, "负", &positive, NULL, out);
    return true;
}

/* How the result of + - × ÷ prints follows from its operands. */
static Datum result_manner(const Datum *a, const Datum *b, TokenKind sign)
{
    bool sum = sign == TOKEN_PLUS || sign == TOKEN_MINUS;
    bool same_unit = a->unit && b->unit && strcmp(a->unit, b->unit) == 0;
    Datum out = datum_number(decimal_from_int(0));
    out.is_ratio = sum && a->is_ratio && b->is_ratio;
    out.is_quotient = a->is_quotient || b->is_quotient || sign == TOKEN_OVER;
    if (sum) {
        out.decimals = a->decimals > b->decimals ? a->decimals : b->decimals;
        out.unit = same_unit ? a->unit : NULL;
    }
    return out;
}

static bool reckon(
    const Context *context, const ValueNode *node, const Datum *a, const Datum *b, Datum *out)
{
    *out = result_manner(a, b, node->sign);
    bool fits;
    switch (node->sign) {
    case TOKEN_PLUS:
        fits = decimal_add(a->number, b->number, &out->number);
        break;
    case TOKEN_MINUS:
        fits = decimal_sub(a->number, b->number, &out->number);
        break;
    case TOKEN_TIMES:
        fits = decimal_mul(a->number, b->number, &out->number);
        break;
    default:
        if (decimal_sign(b->number) == 0) {
            *out = datum_missing(MISSING_BASE);
            return true;
        }
        fits = decimal_div(a->number, b->number, &out->number);
    }
    return fits || step_overflow(context, node);
}

static Date first_day(const Datum *datum)
{
    return datum->kind == DATUM_PERIOD ? datum->period.first : datum->date;
}

/* A date less a date is days; a date and a whole number of days is a date. */
static bool reckon_days(const ValueNode *node, const Datum *a, const Datum *b, Datum *out)
{
    if (is_day(a) && is_day(b) && node->sign == TOKEN_MINUS) {
        *out = datum_number(decimal_from_int(date_days(first_day(a)) - date_days(first_day(b))));
        out->decimals = 0;
        out->unit = "天";
        return true;
    }
    bool sum = node->sign == TOKEN_PLUS || node->sign == TOKEN_MINUS;
    Decimal days = decimal_trim(b->number);
    if (!is_day(a) || !sum || b->kind != DATUM_NUMBER || days.scale != 0 ||
        decimal_cmp(decimal_abs(days), decimal_from_int(100000)) > 0) {
        return false;
    }
    int shift = (int)days.mantissa;
    shift = node->sign == TOKEN_MINUS ? -shift : shift;
    *out = datum_date(date_from_days(date_days(first_day(a)) + shift));
    return true;
}

static bool combine(
    const Context *context, const ValueNode *node, const Datum *a, const Datum *b, Datum *out)
{
    if (reckon_days(node, a, b, out)) {
        return true;
    }
    bool day_first = is_day(a) && b->kind == DATUM_TEXT; /* 截至+期限天数, which is no number */
    if (day_first && !reckonable(context, node->right, b)) {
        return false;
    }
    if (!reckonable(context, node->left, a) || !reckonable(context, node->right, b)) {
        return false;
    }
    if (a->kind == DATUM_MISSING || b->kind == DATUM_MISSING) {
        *out = a->kind == DATUM_MISSING ? *a : *b;
        return true;
    }
    return reckon(context, node, a, b, out);
}

static const char *sign_name(TokenKind sign)
{
    return sign == TOKEN_PLUS ? "+" : sign == TOKEN_MINUS ? "−" : sign == TOKEN_TIMES ? "×" : "÷";
}

static bool value_arithmetic(const Context *context, const ValueNode *node, Datum *out)
{
    if (node->kind == NODE_NEGATE) {
        return negate(context, node, out);
    }
    Datum a, b;
    if (!value_eval_datum(context, node->left, &a) || !value_eval_datum(context, node->right, &b) ||
        !combine(context, node, &a, &b, out)) {
        return false;
    }
    trace_join(context, sign_name(node->sign), &a, &b, out);
    return true;
}

/* ---- pipes ---- */

StepClass step_class(StepId id)
{
    if (id <= STEP_UNSCOPED || id == STEP_PER) {
        return CLASS_ROWS;
    }
    if (id <= STEP_LIST) {
        return CLASS_FIGURE;
    }
    if (id <= STEP_PACE) {
        return CLASS_TARGET;
    }
    if (id <= STEP_OF) {
        return CLASS_AGAIN;
    }
    if (id == STEP_DEFAULT) {
        return CLASS_DEFAULT;
    }
    return id >= STEP_DATE_LONG ? CLASS_PERIOD : CLASS_WORDING;
}

static bool step_default(const Context *context, const ValueNode *pipe, Value *value)
{
    if (value->datum.kind != DATUM_MISSING && !context->dry) {
        return true;
    }
    const ValueNode *arg = pipe->args[0];
    Datum instead = datum_text(arg->name);
    if (!value_is_bare(arg) || value_is_named(context, arg)) {
        if (!value_eval_datum(context, arg, &instead)) {
            return false;
        }
    }
    if (!context->dry) {
        trace_join(context, "默认", &value->datum, &instead, &instead);
        value->datum = instead;
    }
    return true;
}

static bool misused_after_wording(const Context *context, const ValueNode *pipe)
{
    At at = value_at(pipe->expr, pipe->name_start, pipe->name_end);
    return diag_add(
        context->engine->diags, DIAG_E175, &at, value_node_text(pipe->left), pipe->step->name);
}

static bool moves_period(StepId id)
{
    return id >= STEP_THIS && id <= STEP_RECENT;
}

static bool eval_rows_step(const Context *context, const ValueNode *node, Value *out)
{
    if (out->kind != VALUE_DATUM) {
        return step_rows(context, node, out);
    }
    if (out->datum.kind == DATUM_PERIOD) {
        return step_period(context, node, &out->datum);
    }
    /* Behind a figure that is worked out already (a set, a ratio): the same figure in another
     * period. */
    return moves_period(node->step->id) ? step_again(context, node, out)
                                        : step_misused(context, node, out);
}

static bool eval_pipe(const Context *context, const ValueNode *node, Value *out)
{
    if (!value_eval(context, node->left, out)) {
        return false;
    }
    bool worded = out->kind == VALUE_DATUM && out->datum.kind == DATUM_NUMBER && out->datum.text;
    StepClass class = step_class(node->step->id);
    if (worded && class != CLASS_DEFAULT) {
        return misused_after_wording(context, node);
    }
    switch (class) {
    case CLASS_ROWS:
        return eval_rows_step(context, node, out);
    case CLASS_FIGURE:
        return step_figure(context, node, out);
    case CLASS_TARGET:
        return step_target(context, node, out);
    case CLASS_AGAIN:
        return step_again(context, node, out);
    default:
        break;
    }
    Datum datum;
    if (!value_settle(node->left, out, &datum)) {
        return false;
    }
    *out = (Value){.kind = VALUE_DATUM, .datum = datum};
    if (class == CLASS_DEFAULT) {
        return step_default(context, node, out);
    }
    if (class == CLASS_WORDING) {
        trace_rule(context->engine, &out->datum);
        return step_wording(context, node, &out->datum);
    }
    if (!step_period(context, node, &out->datum)) {
        return false;
    }
    out->datum.is_dated = true;
    trace_self(context, PART_DATED, "", &out->datum);
    return true;
}

/* ---- nodes ---- */

static Datum literal(const ValueNode *node)
{
    Datum datum;
    switch (node->kind) {
    case NODE_NUMBER:
        datum = datum_number(node->number);
        datum.is_ratio = node->percent;
        datum.decimals = node->number.scale;
        return datum;
    case NODE_DATE:
        return datum_date(node->date);
    case NODE_MONTH:
        return datum_period(period_containing(PERIOD_MONTH, node->date));
    default:
        return datum_text(node->name);
    }
}

static bool eval_node(const Context *context, const ValueNode *node, Value *out)
{
    *out = (Value){.kind = VALUE_DATUM};
    switch (node->kind) {
    case NODE_PATH:
        return value_resolve(context, node, out);
    case NODE_NEGATE:
    case NODE_ARITHMETIC:
        return value_arithmetic(context, node, &out->datum);
    case NODE_PIPE:
        return eval_pipe(context, node, out);
    default:
        out->datum = literal(node);
        return true;
    }
}

bool value_eval(const Context *context, const ValueNode *node, Value *out)
{
    Context deeper = *context;
    if (++deeper.depth > WALK_LIMIT) {
        At at = value_node_at(node);
        definitions_told(context->engine);
        return diag_add(context->engine->diags, DIAG_E156, &at);
    }
    return eval_node(&deeper, node, out);
}

bool value_settle(const ValueNode *node, const Value *value, Datum *out)
{
    if (value->kind == VALUE_DATUM) {
        *out = value->datum;
        return true;
    }
    if (value->kind == VALUE_ROWS || value->rows.per) {
        At at = value_node_at(node);
        return diag_add(node->expr->engine->diags, DIAG_E161, &at, value_node_text(node));
    }
    return figure_default(node, &value->rows, value->column, out);
}

bool value_eval_datum(const Context *context, const ValueNode *node, Datum *out)
{
    Value value;
    return value_eval(context, node, &value) && value_settle(node, &value, out);
}
