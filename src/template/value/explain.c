#include "template/value/explain.h"

#include <string.h>
#include "base/utf8.h"
#include "document/wording.h"
#include "template/value/explain_internal.h"
#include "template/value/parse.h"
#include "template/value/sql.h"

/* ---- words ---- */

const char *say(const Explainer *x, const char *chinese, const char *english)
{
    return x->english ? english : chinese;
}

void explain_line(Explainer *x, const char *text)
{
    Explanation *out = x->out;
    out->lines = arena_grow(x->arena, out->lines, out->count, &out->capacity, sizeof *out->lines);
    out->lines[out->count++] = arena_printf(x->arena, "%*s%s", 2 * x->depth, "", text);
}

static const char *missing_words(const Explainer *x, int reason)
{
    switch (reason) {
    case MISSING_NO_ROWS:
        return say(x, "没有数（没有一行）", "nothing (there is no row)");
    case MISSING_EMPTY:
        return say(x, "没有数（格都是空的）", "nothing (the cells are empty)");
    case MISSING_BASE:
        return say(x, "没有数（用来比的数没有，或是零）",
            "nothing (what it is compared with is missing or zero)");
    case MISSING_TARGET:
        return say(x, "没有数（没有给它定目标）", "nothing (no target is set for it)");
    default:
        return say(x, "没有数", "nothing");
    }
}

const char *datum_words(const Explainer *x, const Datum *datum)
{
    if (datum->kind == DATUM_MISSING) {
        return missing_words(x, datum->missing);
    }
    const char *text = datum_plain(x->engine, datum, true);
    bool bare = datum->kind != DATUM_NUMBER || datum->text || datum->is_ratio || !datum->unit;
    return bare ? text : arena_printf(x->arena, "%s%s", text, datum->unit);
}

/* In a sum: without the unit, to all its decimals. */
static const char *number_words(const Explainer *x, Decimal number)
{
    return wording_plain(x->arena, number);
}

/* ---- columns without a step ---- */

static const char *manner_words(const Explainer *x, const Column *column)
{
    switch (column->kind) {
    case KIND_FLOW:
        return say(x, "流量，相加", "a flow: added up");
    case KIND_STOCK:
        return say(x, "存量，取最新", "a stock: the last");
    case KIND_SCORE:
        return say(x, "评分，平均", "a score: averaged");
    case KIND_RATIO:
        return say(x, "比率", "a ratio");
    default:
        return say(x, "相加", "added up");
    }
}

/* （流量，相加）, or （推断为流量，相加） where no catalogue says so. */
static const char *manner_remark(const Explainer *x, const Column *column)
{
    const char *manner = manner_words(x, column);
    return column->kind_guessed
               ? arena_printf(x->arena, say(x, "（推断为%s）", " (guessed: %s)"), manner)
               : arena_printf(x->arena, say(x, "（%s）", " (%s)"), manner);
}

/* “月报”2024年6月 17 行的“生活垃圾”：456.2吨（流量，相加） */
bool explain_settled(Explainer *x, const Value *value, const Datum *datum)
{
    const char *rows;
    const Column *column = value->column;
    int64_t filled;
    if (!rows_words(x, &value->rows, &rows) || !count_filled(x, &value->rows, column, &filled)) {
        return false;
    }
    bool many = column->type == COLUMN_NUMBER && filled > 1;
    explain_line(x, arena_printf(x->arena, say(x, "%s的“%s”：%s%s", "%s, “%s”: %s%s"), rows,
                        column->name, datum_words(x, datum), many ? manner_remark(x, column) : ""));
    return explain_used(x, &value->rows, column);
}

/* Rows or a column become a figure, as value_settle has it. */
static bool settle(Explainer *x, const ValueNode *node, const Value *value, Datum *out)
{
    bool parts;
    if (!value_settle(node, value, out)) {
        return false;
    }
    if (value->kind != VALUE_COLUMN) {
        return true;
    }
    if (!explain_is_of_parts(&value->rows, value->column, &parts)) {
        return false;
    }
    return parts ? explain_parts(x, node, &value->rows, value->column, out)
                 : explain_settled(x, value, out);
}

static bool explain_node(Explainer *x, const Context *context, const ValueNode *node, Value *out);

static bool explain_datum(Explainer *x, const Context *context, const ValueNode *node, Datum *out)
{
    Value value;
    return explain_node(x, context, node, &value) && settle(x, node, &value, out);
}

/* ---- names ---- */

static bool explain_set(Explainer *x, const Context *context, const ValueNode *path,
    const Definition *definition, Value *out)
{
    if (!definition->expr) {
        explain_line(x, arena_printf(x->arena, say(x, "参数“%s”：%s", "the param “%s”: %s"),
                            path->name, datum_words(x, &definition->value)));
        return true;
    }
    explain_line(x, arena_printf(x->arena, say(x, "“%s”就是 %s", "“%s” is %s"), path->name,
                        expr_source(definition->expr)));
    x->depth++;
    bool good = explain_node(x, context, definition->expr->root, out);
    x->depth--;
    return good;
}

static bool explain_path(Explainer *x, const Context *context, const ValueNode *path, Value *out)
{
    const Definition *definition =
        value_is_defined(x->engine, path) ? map_find(x->engine->definitions, path->name) : NULL;
    if (!value_eval(context, path, out)) {
        return false;
    }
    if (value_is_own_word(path)) {
        explain_line(x, arena_printf(x->arena, say(x, "%s：%s", "%s: %s"), path->name,
                            datum_words(x, &out->datum)));
    } else if (definition) {
        return explain_set(x, context, path, definition, out);
    }
    return true;
}

/* ---- steps ---- */

const char *explain_step_words(const Explainer *x, const ValueNode *pipe)
{
    size_t end = pipe->right ? pipe->right->end : pipe->name_end;
    for (int i = 0; i < pipe->arg_count; i++) {
        end = pipe->args[i] && pipe->args[i]->end > end ? pipe->args[i]->end : end;
    }
    const char *source = pipe->expr->source + pipe->name_start;
    return utf8_trim(x->arena, arena_strndup(x->arena, source, end - pipe->name_start));
}

/* The rows before the first of the steps that change them. */
static bool explain_first_rows(Explainer *x, const ValueNode *node, const Value *value)
{
    const char *rows;
    if (node->kind != NODE_PATH || value->kind == VALUE_DATUM) {
        return true;
    }
    if (!rows_words(x, &value->rows, &rows)) {
        return false;
    }
    explain_line(x, rows);
    return true;
}

static bool explain_groups(Explainer *x, const ValueNode *pipe, const Value *value)
{
    RowSet rows = value->rows;
    Sql sql = sql_new(x->engine);
    rows.per = NULL;
    sql_addf(&sql, "SELECT count(DISTINCT %s)", value->rows.per->sql);
    if (!sql_from(&sql, &rows)) {
        return sql_drop(&sql);
    }
    StoreQuery *query = sql_ready(&sql);
    long long groups = store_step(query) ? (long long)store_int(query, 0) : 0;
    store_reset(query);
    explain_line(x, arena_printf(x->arena, say(x, "%s：分成 %lld 组", "%s: %lld groups"),
                        explain_step_words(x, pipe), groups));
    return true;
}

static bool explain_rows_step(
    Explainer *x, const ValueNode *pipe, const Value *left, const Value *value)
{
    const char *rows;
    if (!explain_first_rows(x, pipe->left, left)) {
        return false;
    }
    if (pipe->step->id == STEP_PER) {
        return explain_groups(x, pipe, value);
    }
    explain_condition_names(x, &left->rows, pipe->step->id == STEP_WHERE ? pipe->right : NULL, false);
    if (!rows_words(x, &value->rows, &rows)) {
        return false;
    }
    explain_line(x, arena_printf(x->arena, say(x, "%s：%s", "%s: %s"), explain_step_words(x, pipe), rows));
    return true;
}

/* Of 按: 各组的“生活垃圾”（流量，相加），平均：39.7吨 */
static bool explain_over_groups(
    Explainer *x, const ValueNode *pipe, const Value *left, const Datum *datum)
{
    const Column *column = left->kind == VALUE_COLUMN ? left->column : NULL;
    const char *of = column ? arena_printf(x->arena, say(x, "各组的“%s”%s", "“%s” of each group%s"),
                                  column->name, manner_remark(x, column))
                            : say(x, "各组", "the groups");
    explain_line(x, arena_printf(x->arena, say(x, "%s，%s：%s", "%s, %s: %s"), of,
                        explain_step_words(x, pipe), datum_words(x, datum)));
    return explain_used(x, &left->rows, column);
}

/* “月报”2024年6月 17 行的“生活垃圾”，合计：456.2吨 */
static bool explain_figure(
    Explainer *x, const ValueNode *pipe, const Value *left, const Datum *datum)
{
    const char *rows;
    const Column *column = left->kind == VALUE_COLUMN ? left->column : NULL;
    bool parts = false;
    if (left->rows.per) {
        return explain_over_groups(x, pipe, left, datum);
    }
    if (pipe->step->id == STEP_SUM && !explain_is_of_parts(&left->rows, column, &parts)) {
        return false;
    }
    if (parts) {
        return explain_parts(x, pipe, &left->rows, column, datum);
    }
    if (!rows_words(x, &left->rows, &rows)) {
        return false;
    }
    const char *of = column ? arena_printf(x->arena, say(x, "的“%s”", ", “%s”"), column->name) : "";
    explain_line(x, arena_printf(x->arena, say(x, "%s%s，%s：%s", "%s%s, %s: %s"), rows, of,
                        explain_step_words(x, pipe), datum_words(x, datum)));
    return explain_used(x, &left->rows, pipe->step->id == STEP_DISTINCT ? NULL : column);
}

/* ---- the same figure in another period ---- */

typedef struct Moved {
    Context context;
    Period judged; /* before */
} Moved;

static Moved move_to(Explainer *x, const Context *context, PeriodMove move)
{
    Moved moved = {*context, x->engine->judged};
    moved.context.move = move;
    x->engine->judged = context_judged(&moved.context);
    return moved;
}

static bool explain_moved(
    Explainer *x, const Context *context, const ValueNode *node, PeriodMove move, Datum *out)
{
    Moved moved = move_to(x, context, move);
    bool good = explain_datum(x, &moved.context, node, out);
    x->engine->judged = moved.judged;
    return good;
}

static bool is_of_last_year(const ValueNode *pipe)
{
    const char *which = pipe->arg_count > 0 && pipe->args[0] ? pipe->args[0]->name : "";
    return pipe->step->id == STEP_YEAR_ON_YEAR || strcmp(which, "同期") == 0 ||
           strcmp(which, "lastyear") == 0;
}

/* 环比 = (456.2 − 406.1) ÷ 406.1 = 12.3% */
static bool explain_change(Explainer *x, const Context *context, const ValueNode *pipe,
    const Datum *now, const Datum *datum)
{
    Datum base;
    PeriodMove move = context->move;
    move.last_year += is_of_last_year(pipe);
    move.previous += !is_of_last_year(pipe);
    if (!explain_moved(x, context, pipe->left, move, &base)) {
        return false;
    }
    const char *step = explain_step_words(x, pipe), *result = datum_words(x, datum);
    bool both = now->kind == DATUM_NUMBER && base.kind == DATUM_NUMBER;
    if (!both || datum->kind == DATUM_MISSING) {
        explain_line(x, arena_printf(x->arena, say(x, "%s：%s", "%s: %s"), step, result));
        return true;
    }
    const char *a = number_words(x, now->number), *b = number_words(x, base.number);
    bool negative = decimal_sign(base.number) < 0;
    explain_line(x, pipe->step->id == STEP_DELTA
                        ? arena_printf(x->arena, "%s = %s − %s = %s", step, a, b, result)
                        : arena_printf(x->arena,
                              negative ? "%s = (%s − %s) ÷ |%s| = %s" : "%s = (%s − %s) ÷ %s = %s",
                              step, a, b, b, result));
    return true;
}

static bool explain_share_of(Explainer *x, const Context *context, const ValueNode *pipe,
    const Datum *now, const Datum *datum)
{
    Datum base;
    if (!explain_datum(x, context, pipe->args[0], &base)) {
        return false;
    }
    bool both = now->kind == DATUM_NUMBER && base.kind == DATUM_NUMBER;
    explain_line(x, both ? arena_printf(x->arena, "%s = %s ÷ %s = %s",
                               pipe->step->name, number_words(x, now->number),
                               number_words(x, base.number), datum_words(x, datum))
                         : arena_printf(x->arena, say(x, "%s：%s", "%s: %s"), pipe->step->name,
                               datum_words(x, datum)));
    return true;
}

/* 占比 条件: the rows that meet it, of all. */
static bool explain_share(Explainer *x, const Context *context, const ValueNode *pipe,
    const Value *left, const Datum *datum)
{
    Filter filter = {pipe->right, *context, left->rows.filters};
    RowSet met = left->rows;
    Datum all, some;
    met.filters = &filter;
    met.per = NULL;
    if (!explain_first_rows(x, pipe->left, left) || !figure_count(&left->rows, &all) ||
        !figure_count(&met, &some)) {
        return false;
    }
    explain_condition_names(x, &left->rows, pipe->right, false);
    explain_line(x, arena_printf(x->arena, "%s = %s ÷ %s = %s", explain_step_words(x, pipe),
                        datum_words(x, &some), datum_words(x, &all), datum_words(x, datum)));
    return explain_used(x, &met, NULL);
}

/* ---- 目标, 完成率, 进度差 ---- */

/* The figure from 1 January on, then what it is measured by. */
static bool explain_target(Explainer *x, const Context *context, const ValueNode *pipe,
    const Value *left, const Datum *datum)
{
    Value sum = *left;
    Datum done = {.kind = DATUM_MISSING};
    sum.rows.move.widening = WIDEN_YEAR;
    if (pipe->step->id != STEP_TARGET && !settle(x, pipe->left, &sum, &done)) {
        return false;
    }
    return explain_against_target(x, context, pipe, left, &done, datum);
}

/* ---- a pipe ---- */

bool explain_result(Explainer *x, const ValueNode *pipe, const Datum *datum)
{
    bool words = step_class(pipe->step->id) == CLASS_WORDING && datum->kind != DATUM_MISSING;
    explain_line(
        x, arena_printf(x->arena,
               words ? say(x, "%s：写成“%s”", "%s: written “%s”") : say(x, "%s：%s", "%s: %s"),
               explain_step_words(x, pipe), datum_words(x, datum)));
    return true;
}

static bool explain_again(Explainer *x, const Context *context, const ValueNode *pipe,
    const Datum *now, const Datum *datum)
{
    switch (pipe->step->id) {
    case STEP_MONTH_ON_MONTH:
    case STEP_YEAR_ON_YEAR:
    case STEP_DELTA:
        return explain_change(x, context, pipe, now, datum);
    case STEP_OF:
        return explain_share_of(x, context, pipe, now, datum);
    default:
        return explain_result(x, pipe, datum);
    }
}

/* 上期 behind a figure is the whole figure of that period; of this one nothing is said. */
static bool is_moved_figure(const ValueNode *pipe, const Value *left)
{
    return left->kind == VALUE_DATUM && left->datum.kind != DATUM_PERIOD &&
           step_class(pipe->step->id) == CLASS_ROWS;
}

static bool explain_moved_figure(
    Explainer *x, const Context *context, const ValueNode *pipe, Value *out)
{
    Datum datum;
    if (!explain_moved(x, context, pipe->left, move_by_step(context->move, pipe), &datum) ||
        !value_eval(context, pipe, out)) {
        return false;
    }
    return explain_result(x, pipe, &out->datum);
}

static bool explain_step(Explainer *x, const Context *context, const ValueNode *pipe,
    const Value *left, const Value *value)
{
    Datum now = left->datum;
    switch (left->kind == VALUE_DATUM ? CLASS_PERIOD : step_class(pipe->step->id)) {
    case CLASS_ROWS:
        return explain_rows_step(x, pipe, left, value);
    case CLASS_FIGURE:
        return pipe->step->id == STEP_SHARE ? explain_share(x, context, pipe, left, &value->datum)
                                            : explain_figure(x, pipe, left, &value->datum);
    case CLASS_TARGET:
        return explain_target(x, context, pipe, left, &value->datum);
    default:
        break;
    }
    if (left->kind != VALUE_DATUM && !settle(x, pipe->left, left, &now)) {
        return false;
    }
    return explain_again(x, context, pipe, &now, &value->datum);
}

static bool explain_pipe(Explainer *x, const Context *context, const ValueNode *pipe, Value *out)
{
    Value left;
    if (!value_eval(context, pipe->left, &left)) {
        return false;
    }
    if (is_moved_figure(pipe, &left)) {
        return explain_moved_figure(x, context, pipe, out);
    }
    return explain_node(x, context, pipe->left, &left) && value_eval(context, pipe, out) &&
           explain_step(x, context, pipe, &left, out);
}

/* ---- arithmetic and conditions ---- */

static const char *sign_words(TokenKind sign)
{
    switch (sign) {
    case TOKEN_PLUS:
        return "+";
    case TOKEN_MINUS:
        return "−";
    case TOKEN_TIMES:
        return "×";
    default:
        return "÷";
    }
}

static const char *operand_words(const Explainer *x, const Datum *datum)
{
    return datum->kind == DATUM_NUMBER && !datum->text ? number_words(x, datum->number)
                                                       : datum_words(x, datum);
}

static bool explain_arithmetic(
    Explainer *x, const Context *context, const ValueNode *node, Value *out)
{
    Datum a, b;
    if (!explain_datum(x, context, node->left, &a)) {
        return false;
    }
    if (node->kind == NODE_NEGATE) {
        return value_eval(context, node, out);
    }
    if (!explain_datum(x, context, node->right, &b) || !value_eval(context, node, out)) {
        return false;
    }
    explain_line(x, arena_printf(x->arena, "%s %s %s = %s", operand_words(x, &a),
                        sign_words(node->sign), operand_words(x, &b), datum_words(x, &out->datum)));
    return true;
}

static bool explain_condition(Explainer *x, const Context *context, const ValueNode *node);

static bool explain_sides(Explainer *x, const Context *context, const ValueNode *node)
{
    Datum datum;
    if (node->kind == NODE_COMPARE) {
        bool text =
            node->right && value_is_bare(node->right) && !value_is_named(context, node->right);
        return explain_datum(x, context, node->left, &datum) &&
               (!node->right || text || explain_datum(x, context, node->right, &datum));
    }
    return explain_condition(x, context, node->left) &&
           (!node->right || explain_condition(x, context, node->right));
}

static bool explain_condition(Explainer *x, const Context *context, const ValueNode *node)
{
    bool truth;
    Datum datum;
    if (!node_is_condition(node)) {
        return explain_datum(x, context, node, &datum);
    }
    if (!explain_sides(x, context, node) || !value_test(context, node, &truth)) {
        return false;
    }
    explain_line(x, arena_printf(x->arena, say(x, "%s：%s", "%s: %s"), value_node_text(node),
                        truth ? say(x, "成立", "true") : say(x, "不成立", "false")));
    return true;
}

static bool explain_node(Explainer *x, const Context *context, const ValueNode *node, Value *out)
{
    switch (node->kind) {
    case NODE_PATH:
        return explain_path(x, context, node, out);
    case NODE_PIPE:
        return explain_pipe(x, context, node, out);
    case NODE_NEGATE:
    case NODE_ARITHMETIC:
        return explain_arithmetic(x, context, node, out);
    default:
        return value_eval(context, node, out);
    }
}

/* ---- whole expressions ---- */

Expr *expr_parse_any(Engine *engine, const ValuePlace *place)
{
    Expr *expr = expr_parse(engine, EXPR_TEST, place);
    if (expr && !node_is_condition(expr->root)) {
        expr->kind = EXPR_VALUE;
    }
    return expr;
}

static bool explain_test(Explainer *x, const Context *context, const Expr *expr)
{
    bool truth;
    if (!explain_condition(x, context, expr->root) || !value_test(context, expr->root, &truth)) {
        return false;
    }
    x->out->result = truth ? say(x, "成立", "true") : say(x, "不成立", "false");
    return true;
}

bool expr_explain(Engine *engine, const Expr *expr, Explanation *out)
{
    Explainer x = {.engine = engine, .arena = engine->arena, .out = out};
    Context context = engine_context(engine, engine_root(engine));
    Datum datum;
    *out = (Explanation){.result = ""};
    x.english = diag_language(engine->diags) == DIAG_ENGLISH;
    if (expr->kind == EXPR_TEST) {
        return explain_test(&x, &context, expr);
    }
    if (!expr_eval(engine, expr, engine_root(engine), &datum) ||
        !explain_datum(&x, &context, expr->root, &datum)) {
        return false;
    }
    out->is_missing = datum.kind == DATUM_MISSING;
    bool unit = datum.kind == DATUM_NUMBER && !datum.text && !datum.is_ratio && datum.unit;
    const char *plain = datum_plain(engine, &datum, false);
    out->result = out->is_missing ? missing_words(&x, datum.missing)
                  : unit          ? arena_printf(x.arena, "%s%s", plain, datum.unit)
                                  : plain;
    return true;
}
