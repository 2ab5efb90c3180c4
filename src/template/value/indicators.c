/* by="指标" and by="指标组": the numeric columns of a table as rows (language.md 3), with the words
 * 指标, 单位, 值 and 指标组 in them. */
#include <stdlib.h>
#include <string.h>
#include "data/catalogue.h"
#include "template/value/groups_internal.h"

/* ---- which columns ---- */

typedef struct PlacedColumn {
    const Column *column;
    int position; /* in the catalogue, or behind all of it */
    int own;      /* in the table */
} PlacedColumn;

static int compare_placed(const void *left, const void *right)
{
    const PlacedColumn *a = left, *b = right;
    if (a->position != b->position) {
        return a->position < b->position ? -1 : 1;
    }
    return a->own < b->own ? -1 : a->own > b->own;
}

/* Not what counts the rows or dates them. */
static bool is_indicator(const Table *table, const Column *column)
{
    static const char *const others[] = {"序号", "年度", "年份", "年", "季度", "月份", "月"};
    bool number = column->type == COLUMN_NUMBER && column->kind != KIND_TARGET;
    for (size_t i = 0; number && i < sizeof others / sizeof *others; i++) {
        number = strcmp(others[i], column->name) != 0;
    }
    return number && !table_is_key(table, column) &&
           (table->period_column < 0 || column != &table->columns[table->period_column]);
}

IndicatorList table_indicators(Engine *engine, const Table *table)
{
    IndicatorList *known = map_find(engine->indicators, table->id);
    if (known) {
        return *known;
    }
    PlacedColumn *placed = ARENA_ARRAY(engine->arena, PlacedColumn, table->column_count + 1);
    IndicatorList *list = ARENA_NEW(engine->arena, IndicatorList);
    for (int i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        if (is_indicator(table, column)) {
            int position;
            bool found = store_catalogued(engine->store, column, &position);
            placed[list->count++] = (PlacedColumn){column, found ? position : INT32_MAX, i};
        }
    }
    if (list->count > 1) {
        qsort(placed, (size_t)list->count, sizeof *placed, compare_placed);
    }
    list->columns = ARENA_ARRAY(engine->arena, const Column *, list->count + 1);
    for (int i = 0; i < list->count; i++) {
        list->columns[i] = placed[i].column;
    }
    map_put(engine->indicators, table->id, list);
    return *list;
}

/* What <column> says, else the catalogue; NULL when neither does. */
static const char *group_of(Engine *engine, const Column *column)
{
    int position;
    const Indicator *known = store_catalogued(engine->store, column, &position);
    const char *own = column->indicator ? column->indicator->group : NULL;
    return own || !known ? own : known->group;
}

const char *indicator_group(Engine *engine, const Column *column)
{
    const char *group = group_of(engine, column);
    return group ? group : UNIT_ELSEWHERE;
}

static bool has_groups(Engine *engine, const Table *table)
{
    IndicatorList list = table_indicators(engine, table);
    for (int i = 0; i < list.count; i++) {
        if (group_of(engine, list.columns[i])) {
            return true;
        }
    }
    return false;
}

/* ---- the words ---- */

const Scope *indicator_scope(const Scope *scope)
{
    while (scope && !scope->indicator) {
        scope = scope->parent;
    }
    return scope;
}

/* The column in the rows of the innermost group: inside by="指标", by="村" it is the village's. */
static bool indicator_value(const Context *context, const Scope *scope, Value *out)
{
    const Scope *frame = context->scope;
    while (!frame->table) {
        frame = frame->parent;
    }
    bool same = frame->table == scope->table;
    *out = (Value){.kind = VALUE_COLUMN, .column = scope->indicator};
    if (!value_rows_of_scope(context, same ? frame : scope, &out->rows)) {
        return false;
    }
    out->rows.context.scope = same ? frame : context->scope;
    return true;
}

/* Its own, else what the 单位 column says in each row. */
static bool indicator_unit(
    const Context *context, const ValueNode *path, const Scope *scope, Value *out)
{
    const Column *column = scope->indicator;
    const char *unit = column->unit;
    if (!unit && column->unit_column >= 0) {
        Datum figure;
        if (!indicator_value(context, scope, out) ||
            !figure_default(path, &out->rows, column, &figure)) {
            return false;
        }
        unit = figure.unit;
    }
    Datum missing = datum_missing(MISSING_EMPTY);
    *out = (Value){.kind = VALUE_DATUM};
    out->datum = unit ? datum_text(unit) : context->dry ? datum_text("") : missing;
    return true;
}

bool is_indicator_word(const char *name)
{
    return strcmp(name, "值") == 0 || strcmp(name, "单位") == 0 || strcmp(name, "指标组") == 0;
}

bool indicator_word(
    const Context *context, const ValueNode *path, const Scope *scope, Value *out, bool *found)
{
    *found = true;
    if (strcmp(path->name, "值") == 0) {
        return indicator_value(context, scope, out);
    }
    if (strcmp(path->name, "单位") == 0) {
        return indicator_unit(context, path, scope, out);
    }
    *found = strcmp(path->name, "指标组") == 0;
    if (*found) {
        *out = (Value){.kind = VALUE_DATUM,
            .datum = datum_text(indicator_group(context->engine, scope->indicator))};
    }
    return true;
}

bool indicator_names(const Context *context, const ValueNode *node)
{
    static const char *const names[] = {"指标", "指标组", "单位"};
    bool group = false;
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        group = group || scope->indicator || scope_binding(scope, "指标组");
    }
    for (size_t i = 0; group && value_is_bare(node) && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], node->name) == 0) {
            return true;
        }
    }
    return false;
}

bool where_asks_rows(const Context *context, const ValueNode *node)
{
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
        return where_asks_rows(context, node->left) || where_asks_rows(context, node->right);
    case NODE_NOT:
        return where_asks_rows(context, node->left);
    case NODE_COMPARE:
        return !indicator_names(context, node->left);
    default:
        return true;
    }
}

/* ---- checks ---- */

bool keys_of_indicators(Engine *engine, const Table *table, const Expr *keys)
{
    const char *name = keys ? keys->items[0].node->name : "";
    return (strcmp(name, "指标") == 0 || strcmp(name, "指标组") == 0) &&
           !engine_column(engine, table, name);
}

/* 指标=生活垃级 keeps no row in silence. */
void indicator_check_constant(const Context *context, const ValueNode *left, const ValueNode *right)
{
    Engine *engine = context->engine;
    const Scope *scope = indicator_scope(context->scope);
    bool of_group = value_is_bare(left) && strcmp(left->name, "指标组") == 0;
    bool of_name = value_is_bare(left) && strcmp(left->name, "指标") == 0;
    if (!context->dry || !scope || (!of_group && !of_name) ||
        !(value_is_bare(right) || right->kind == NODE_TEXT) || value_is_defined(engine, right)) {
        return;
    }
    IndicatorList list = table_indicators(engine, scope->table);
    const char **names = ARENA_ARRAY(engine->arena, const char *, list.count + 1);
    for (int i = 0; i < list.count; i++) {
        names[i] = of_group ? indicator_group(engine, list.columns[i]) : list.columns[i]->name;
        if (strcmp(names[i], right->name) == 0) {
            return;
        }
    }
    At at = value_node_at(right);
    diag_add(engine->diags, DIAG_W160, &at, scope->table->id, left->name, right->name);
    const char *nearest = name_nearest(right->name, names, (size_t)list.count);
    if (nearest) {
        diag_hint(engine->diags, DIAG_H001, nearest);
    }
}

bool indicators_check_key(
    Engine *engine, const RowSet *rows, const Expr *keys, const ValueNode *node, bool of_groups)
{
    At at = value_node_at(node);
    if (keys->item_count > 1) {
        return diag_add(engine->diags, DIAG_E667, &at, node->name, node->name);
    }
    if (table_indicators(engine, rows->table).count == 0) {
        return diag_add(engine->diags, DIAG_E668, &at, rows->table->id);
    }
    return !of_groups || has_groups(engine, rows->table) ||
           diag_add(engine->diags, DIAG_E669, &at, rows->table->id);
}

/* where= says which rows make 值, so it cannot ask for it. */
bool indicators_check_where(Engine *engine, const ValueNode *node)
{
    if (!node) {
        return true;
    }
    if (value_is_bare(node) && strcmp(node->name, "值") == 0) {
        At at = value_node_at(node);
        diag_add(engine->diags, DIAG_E165, &at, node->name);
        diag_hint(engine->diags, DIAG_H649);
        return false;
    }
    return indicators_check_where(engine, node->left) &&
           indicators_check_where(engine, node->right);
}

/* Indicators have units of their own: 吨 and 处 make no total. */
bool indicators_check_totals(Engine *engine, const Expr *keys)
{
    static const char *const sums[] = {"total", "subtotal"};
    bool good = true;
    for (const XmlNode *child = keys->place.node->first; child; child = child->next) {
        for (size_t i = 0; child->kind == XML_ELEMENT && i < sizeof sums / sizeof *sums; i++) {
            if (strcmp(child->name, sums[i]) == 0) {
                At at = {.span = child->span};
                good = diag_add(engine->diags, DIAG_E666, &at, child->name);
            }
        }
    }
    return good;
}
