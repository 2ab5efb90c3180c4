/* The static check: the same walk, over scopes without rows, with nothing read. */
#include <string.h>
#include "template/value/groups_internal.h"
#include "template/value/sql.h"

static const Scope *frame_of(Engine *engine, const CheckScope *scope);

/* A value of the kind that a key has. */
static Datum key_value(const GroupKey *key)
{
    Period month = period_containing(PERIOD_MONTH, (Date){2000, 1, 1});
    if (key->is_period) {
        return datum_period(month);
    }
    if (!key->column) { /* a level in a run, an indicator */
        return datum_text("");
    }
    switch (column_datum_kind(key->column)) {
    case DATUM_NUMBER:
        return datum_number(decimal_from_int(1));
    case DATUM_DATE:
        return datum_date(month.first);
    case DATUM_PERIOD:
        return datum_period(month);
    default:
        return datum_text("");
    }
}

static void bind_keys(Engine *engine, Scope *frame, const GroupKey *keys, int count)
{
    frame->bindings = ARENA_ARRAY(engine->arena, Binding, count + 1);
    frame->binding_count = count;
    for (int i = 0; i < count; i++) {
        frame->bindings[i] = (Binding){
            .name = keys[i].name, .value = key_value(&keys[i]), .is_period = keys[i].is_period};
        if (keys[i].is_period) {
            frame->has_period = frame->period_bound = true;
            frame->period = frame->bindings[i].value.period;
        }
    }
}

/* The keys of single rows are those of their table. */
static void bind_row(Engine *engine, Scope *frame)
{
    const Table *table = frame->table;
    GroupKey *keys = ARENA_ARRAY(engine->arena, GroupKey, table->key_count + 1);
    for (int i = 0; i < table->key_count; i++) {
        keys[i].column = &table->columns[table->keys[i]];
        keys[i].name = keys[i].column->name;
        keys[i].is_period = table->keys[i] == table->period_column;
    }
    frame->is_row = true;
    bind_keys(engine, frame, keys, table->key_count);
}

static Context dry_context(Engine *engine, const Scope *scope)
{
    Context context = engine_context(engine, scope);
    context.dry = true;
    return context;
}

static bool is_of_runs(const Expr *keys)
{
    const XmlNode *element = keys->place.node;
    return element->kind == XML_ELEMENT && strcmp(element->name, "subtotal") == 0;
}

/* The rows of a <subtotal> may be by a level of the roster too. */
static bool read_keys(const Context *context, const Expr *keys, const RowSet *rows, GroupKey **out)
{
    return is_of_runs(keys) ? groups_run_keys(context, keys, rows, out)
                            : groups_keys(context, keys, rows, out);
}

static const Scope *frame_new(Engine *engine, const CheckScope *scope, const Scope *parent)
{
    GroupSpec spec = {.rows = scope->rows};
    Context context = dry_context(engine, parent);
    RowSet rows;
    if (!groups_rows(&context, &spec, &rows)) {
        return NULL;
    }
    Scope *frame = ARENA_NEW(engine->arena, Scope);
    *frame = (Scope){.parent = parent, .table = rows.table, .rows = scope->rows, .index = 1};
    if (!scope->keys) {
        bind_row(engine, frame);
        return frame;
    }
    GroupKey *keys;
    if (!read_keys(&context, scope->keys, &rows, &keys)) {
        return NULL;
    }
    bind_keys(engine, frame, keys, scope->keys->item_count);
    if (keys[0].is_indicator) {
        frame->indicator = table_indicators(engine, rows.table).columns[0];
    }
    frame->is_run = is_of_runs(scope->keys);
    return frame;
}

/* The scopes of a check as frames; NULL after a message (which the frame's own check has given
 * already). */
static const Scope *frame_of(Engine *engine, const CheckScope *scope)
{
    if (!scope) {
        return &engine->root;
    }
    const Scope *parent = frame_of(engine, scope->parent);
    return !parent || !scope->rows ? parent : frame_new(engine, scope, parent);
}

/* ---- one expression ---- */

static bool check_items(const Context *context, const Expr *expr)
{
    bool good = true;
    Datum datum;
    for (int i = 0; i < expr->item_count; i++) {
        good = value_eval_datum(context, expr->items[i].node, &datum) && good;
    }
    return good;
}

/* The values of a chart stand on one axis: figures all, and all ratios or none. A kind that is known
 * only from the data is told when the chart is drawn. */
static bool check_axis(const Context *context, const Expr *expr)
{
    Diags *diags = context->engine->diags;
    At at = expr_at(expr);
    Datum datum, first = {.kind = DATUM_MISSING};
    const char *first_name = NULL;
    for (int i = 0; i < expr->item_count; i++) {
        const char *name = expr_list_name(expr, i);
        if (!value_eval_datum(context, expr->items[i].node, &datum)) {
            return false;
        }
        if (datum.kind == DATUM_MISSING) {
            continue;
        }
        if (datum.kind != DATUM_NUMBER) {
            return diag_add(diags, DIAG_E138, &at, name);
        }
        if (first_name && datum.is_ratio != first.is_ratio) {
            return diag_add(diags, DIAG_E139, &at, datum.is_ratio ? name : first_name,
                datum.is_ratio ? first_name : name);
        }
        first = first_name ? first : datum;
        first_name = first_name ? first_name : name;
    }
    return true;
}

/* by= asks the columns of the frame whose rows it groups; it may be checked in that frame or in the
 * one round it. */
static bool check_keys(const Context *context, const Expr *expr)
{
    const Scope *frame = context->scope;
    while (frame && !frame->table) {
        frame = frame->parent;
    }
    if (!frame) {
        return true;
    }
    Context outside = *context;
    outside.scope = frame->parent;
    GroupSpec spec = {.rows = frame->rows};
    RowSet rows;
    GroupKey *keys;
    if (!groups_rows(&outside, &spec, &rows)) {
        return false;
    }
    return read_keys(&outside, expr, &rows, &keys);
}

static bool check_value(const Context *context, const Expr *expr)
{
    Value value;
    Datum datum;
    if (!expr->is_set) {
        return value_eval_datum(context, expr->root, &datum);
    }
    context->engine->checking = expr;
    bool good = value_eval(context, expr->root, &value);
    context->engine->checking = NULL;
    return good;
}

static bool check_expr(const Context *context, const Expr *expr)
{
    GroupSpec spec = {.rows = expr};
    RowSet rows;
    bool truth;
    switch (expr->kind) {
    case EXPR_VALUE:
        return check_value(context, expr);
    case EXPR_TEST:
        return value_test(context, expr->root, &truth);
    case EXPR_ROWS:
        return groups_rows(context, &spec, &rows);
    case EXPR_KEYS:
        return check_keys(context, expr);
    case EXPR_LIST:
        return check_items(context, expr) && check_axis(context, expr);
    default:
        return check_items(context, expr);
    }
}

bool expr_check(Engine *engine, Expr *expr, const CheckScope *scope)
{
    const Scope *frame = frame_of(engine, scope);
    if (!frame) {
        return false;
    }
    Context context = dry_context(engine, frame);
    return check_expr(&context, expr);
}

bool expr_is_figure(Engine *engine, const Expr *expr, const Scope *scope)
{
    Context context = dry_context(engine, scope);
    Datum datum;
    return value_eval_datum(&context, expr->root, &datum) && datum.kind == DATUM_NUMBER;
}

/* ---- a group ---- */

static bool check_where(const Context *context, const GroupSpec *spec, const RowSet *rows)
{
    Sql sql = sql_new(context->engine);
    bool good = sql_condition(&sql, rows, context, spec->where->root);
    sql_drop(&sql);
    return good;
}

/* The rows of a group inside a group whose keys they do not have: the same ones in each. */
static void tell_undivided(const Context *context, const GroupSpec *spec)
{
    RowSet rows;
    if (groups_rows(context, spec, &rows)) {
        figure_tell_undivided(&rows);
    }
}

bool groups_check(Engine *engine, const GroupSpec *spec, const CheckScope *scope)
{
    const Scope *outside = frame_of(engine, scope);
    if (!outside) {
        return false;
    }
    Context context = dry_context(engine, outside);
    RowSet rows;
    GroupKey *keys;
    GroupSpec only_rows = {.rows = spec->rows};
    if (!groups_rows(&context, &only_rows, &rows)) {
        return false;
    }
    tell_undivided(&context, spec);
    bool of_indicators = keys_of_indicators(engine, rows.table, spec->keys);
    bool across = keys_of_indicators(engine, rows.table, spec->across);
    bool good = !spec->where || of_indicators || across || check_where(&context, spec, &rows);
    if (spec->keys && !groups_keys(&context, spec->keys, &rows, &keys)) {
        return false;
    }
    if (of_indicators && !indicators_check_totals(engine, spec->keys)) {
        return false;
    }
    CheckScope other = {scope, spec->rows, spec->across};
    CheckScope own = {across ? &other : scope, spec->rows, spec->keys};
    const Scope *frame = frame_of(engine, &own);
    if (!frame) {
        return false;
    }
    Context inside = dry_context(engine, frame);
    good = (!spec->where || !(of_indicators || across) ||
               (indicators_check_where(engine, spec->where->root) &&
                   check_where(&inside, spec, &rows))) &&
           good;
    good = (!spec->when || check_expr(&inside, spec->when)) && good;
    return (!spec->sort || check_expr(&inside, spec->sort)) && good;
}
