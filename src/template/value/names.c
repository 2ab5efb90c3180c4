/* What a name stands for, in the order of language.md 2: our own words, a column of the current
 * row, a set or param, a table. The same name may stand for different things in different scopes:
 * sets are worked out where they are used. */
#include <string.h>
#include "template/value/trace.h"

bool value_is_bare(const ValueNode *node)
{
    return node->kind == NODE_PATH && !node->table;
}

bool value_is_defined(const Engine *engine, const ValueNode *node)
{
    return value_is_bare(node) && map_find(engine->definitions, node->name) != NULL;
}

/* ---- our own words ---- */

static bool in_rows_only(const Context *context, const ValueNode *path)
{
    At at = value_node_at(path);
    return diag_add(context->engine->diags, DIAG_E174, &at, path->name);
}

static bool own_period(const Context *context, const ValueNode *path, Datum *out)
{
    Period period;
    if (!context_period(context, &period)) {
        At at = value_node_at(path);
        return diag_add(context->engine->diags, DIAG_E167, &at, path->name);
    }
    context->engine->period_uses++;
    *out = datum_period(period);
    return true;
}

static bool own_as_of(const Context *context, const ValueNode *path, Datum *out)
{
    Date day;
    if (!engine_as_of(context->engine, &day)) {
        At at = value_node_at(path);
        return diag_add(context->engine->diags, DIAG_E167, &at, path->name);
    }
    *out = datum_date(day);
    return true;
}

static bool own_position(const Context *context, const ValueNode *path, Datum *out)
{
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        if (scope->is_total) {
            *out = datum_missing(MISSING_NO_ROWS);
            return true;
        }
        if (scope->index > 0) {
            *out = datum_number(decimal_from_int(scope->index));
            out->decimals = 0;
            trace_self(context, PART_PLACE,
                arena_printf(context->engine->arena, "%s %d", path->name, scope->index), out);
            return true;
        }
    }
    return in_rows_only(context, path);
}

static bool own_register(const Context *context, const ValueNode *path, Datum *out)
{
    const Engine *engine = context->engine;
    if (engine->serial == 0 && !(context->dry && engine->options.has_register)) {
        At at = value_node_at(path);
        diag_add(engine->diags, DIAG_E551, &at);
        /* A volume takes the numbers that there are. */
        diag_hint(engine->diags, engine->options.has_register ? DIAG_H593 : DIAG_H551);
        return false;
    }
    *out = datum_number(decimal_from_int(engine->serial));
    out->decimals = 0;
    return true;
}

typedef struct OwnWord {
    const char *name;
    bool (*value)(const Context *context, const ValueNode *path, Datum *out);
} OwnWord;

static const OwnWord own_words[] = {
    {"期间", own_period},
    {"截至", own_as_of},
    {"序号", own_position},
    {"流水号", own_register},
};

static const OwnWord *own_word(const ValueNode *path)
{
    for (size_t i = 0; !path->bracketed && i < sizeof own_words / sizeof *own_words; i++) {
        if (strcmp(own_words[i].name, path->name) == 0) {
            return &own_words[i];
        }
    }
    return NULL;
}

bool value_is_own_word(const ValueNode *node)
{
    return value_is_bare(node) && own_word(node) != NULL;
}

const Binding *scope_binding(const Scope *scope, const char *name)
{
    for (int i = 0; i < scope->binding_count; i++) {
        if (strcmp(scope->bindings[i].name, name) == 0) {
            return &scope->bindings[i];
        }
    }
    return NULL;
}

bool value_is_of_group(const Context *context, const ValueNode *node)
{
    Engine *engine = context->engine;
    Datum level;
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        if (scope_binding(scope, node->name) || unit_level(context, scope, node->name, &level) ||
            (scope->table && engine_column(engine, scope->table, node->name)) ||
            (scope->indicator && is_indicator_word(node->name))) {
            return true;
        }
    }
    return false;
}

bool value_is_named(const Context *context, const ValueNode *node)
{
    return value_is_own_word(node) || value_is_defined(context->engine, node) ||
           value_is_of_group(context, node);
}

/* ---- rows ---- */

static RowSet rows_of_table(const Context *context, const Table *table, const ValueNode *path)
{
    return (RowSet){.table = table,
        .named = path,
        .set = context->engine->set_used,
        .context = *context,
        .move = context->move};
}

static bool is_of_indicators(const Scope *frame)
{
    return frame->indicator || scope_binding(frame, "指标组");
}

bool value_rows_of_scope(const Context *context, const Scope *frame, RowSet *out)
{
    Context outside = *context;
    outside.scope = frame->parent;
    Value rows;
    if (!value_eval(&outside, frame->rows->root, &rows)) {
        return false;
    }
    *out = rows.rows;
    out->context.scope = frame;
    if (frame->where) {
        Filter *filter = ARENA_NEW(context->engine->arena, Filter);
        *filter = (Filter){frame->where->root, outside, out->filters};
        if (is_of_indicators(frame)) { /* 指标组=五治 asks the group, not the row */
            filter->context.scope = frame;
        }
        out->filters = filter;
    }
    if (frame->period_bound) {
        out->move = context->move; /* the key is the period: 近 12 has done its work */
    }
    out->frame = frame;
    out->frame_moved = !move_is_none(context->move);
    return true;
}

/* ---- resolution ---- */

/* A key that is a period moves with the context, any other stays. */
static Datum bound_value(const Context *context, const Binding *binding)
{
    Period moved;
    bool moves = binding->is_period && !move_is_none(context->move);
    return moves && context_period(context, &moved) ? datum_period(moved) : binding->value;
}

/* 月 names the month of each group; of all together it names nothing. */
static bool is_key_word(const Expr *keys, const char *name)
{
    for (int i = 0; keys && i < keys->item_count; i++) {
        if (strcmp(keys->items[i].node->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A column of the current row, or a key of the group. *found says whether there is one. */
static bool resolve_in_scopes(
    const Context *context, const ValueNode *path, Value *out, bool *found)
{
    *found = true;
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        const Binding *binding = scope_binding(scope, path->name);
        if (binding) {
            *out = (Value){.kind = VALUE_DATUM, .datum = bound_value(context, binding)};
            return true;
        }
        *out = (Value){.kind = VALUE_DATUM};
        if (unit_level(context, scope, path->name, &out->datum)) {
            return true;
        }
        bool word = false;
        if (scope->indicator && (!indicator_word(context, path, scope, out, &word) || word)) {
            return word;
        }
        const Column *column =
            scope->table ? engine_column(context->engine, scope->table, path->name) : NULL;
        const Binding *unit =
            column && column->units ? scope_binding(scope, column->units->name) : NULL;
        if (unit && unit->value.kind == DATUM_TEXT) { /* a village without rows has its 片 too */
            *out = (Value){.kind = VALUE_DATUM,
                .datum = datum_text(
                    store_unit_at(context->engine->store, unit->value.text, column->name))};
            return true;
        }
        if (!column && scope->is_total && is_key_word(scope->keys, path->name)) {
            *out = (Value){.kind = VALUE_DATUM, .datum = datum_missing(MISSING_NO_ROWS)};
            return true;
        }
        if (column) {
            *out = (Value){.kind = VALUE_COLUMN, .column = column};
            return value_rows_of_scope(context, scope, &out->rows);
        }
    }
    *found = false;
    return true;
}

void definitions_told(Engine *engine)
{
    for (size_t i = 0; i < map_count(engine->definitions); i++) {
        Definition *definition = map_value(engine->definitions, i);
        definition->told = definition->told || definition->active;
    }
}

static bool cycle(const Context *context, const ValueNode *path, const Definition *definition)
{
    At at = value_node_at(path);
    definitions_told(context->engine);
    return diag_add(context->engine->diags, DIAG_E160, &at, definition->name);
}

static bool resolve_definition(
    const Context *context, const ValueNode *path, Definition *definition, Value *out)
{
    if (!definition->expr) {
        *out = (Value){.kind = VALUE_DATUM, .datum = definition->value};
        trace_self(context, PART_CONSTANT,
            arena_printf(context->engine->arena, "参数 %s", definition->name), &out->datum);
        return true;
    }
    if (definition->told) {
        return false;
    }
    if (definition->active) {
        return cycle(context, path, definition);
    }
    Engine *engine = context->engine;
    const ValueNode *outer = engine->set_used;
    engine->set_used = outer ? outer : path;
    definition->active = true;
    bool done = value_eval(context, definition->expr->root, out);
    definition->active = false;
    engine->set_used = outer;
    return done;
}

/* In value, sort, when: 计数 alone counts the group's rows. */
static bool resolve_count(const Context *context, Value *out, bool *found)
{
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        if (scope->table) {
            RowSet rows;
            *found = true;
            *out = (Value){.kind = VALUE_DATUM};
            return value_rows_of_scope(context, scope, &rows) && figure_count(&rows, &out->datum);
        }
    }
    *found = false;
    return true;
}

/* A set checked by itself may use columns of rows that only its uses know. */
static bool resolve_later(const Context *context, const ValueNode *path, Value *out)
{
    Engine *engine = context->engine;
    for (size_t i = 0;
         context->dry && path->expr == engine->checking && i < store_table_count(engine->store);
         i++) {
        const Table *table = store_table(engine->store, i);
        const Column *column = engine_column(engine, table, path->name);
        if (column) {
            *out = (Value){.kind = VALUE_COLUMN, .column = column};
            out->rows = rows_of_table(context, table, path);
            return true;
        }
    }
    return false;
}

static bool resolve_bare(const Context *context, const ValueNode *path, Value *out)
{
    const OwnWord *own = own_word(path);
    if (own) {
        out->kind = VALUE_DATUM;
        return own->value(context, path, &out->datum);
    }
    bool found;
    bool good = resolve_in_scopes(context, path, out, &found);
    if (!good || found) {
        return good;
    }
    Definition *definition = map_find(context->engine->definitions, path->name);
    if (definition) {
        return resolve_definition(context, path, definition, out);
    }
    const Table *table = engine_table(context->engine, path->name);
    if (table) {
        *out = (Value){.kind = VALUE_ROWS, .rows = rows_of_table(context, table, path)};
        return true;
    }
    if (strcmp(path->name, "计数") == 0 || strcmp(path->name, "count") == 0) {
        good = resolve_count(context, out, &found);
        if (!good || found) {
            return good;
        }
    }
    return resolve_later(context, path, out) || unknown_name(context, path);
}

/* The innermost scope that is a single row of a table without a key: no key says which row is
 * meant. */
static const Scope *keyless_row(const Context *context, const Table *table)
{
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        if (scope->table == table) {
            return scope->is_row && table->key_count == 0 ? scope : NULL;
        }
    }
    return NULL;
}

static bool resolve_dotted(const Context *context, const ValueNode *path, Value *out)
{
    const Table *table = engine_table(context->engine, path->table);
    if (!table) {
        return unknown_table(context->engine, path);
    }
    const Column *column = engine_column(context->engine, table, path->name);
    if (!column) {
        return unknown_column(context->engine, table, path);
    }
    *out = (Value){.kind = VALUE_COLUMN, .column = column};
    const Scope *row = keyless_row(context, table);
    if (row) {
        return value_rows_of_scope(context, row, &out->rows);
    }
    out->rows = rows_of_table(context, table, path);
    return true;
}

bool value_resolve(const Context *context, const ValueNode *path, Value *out)
{
    *out = (Value){.kind = VALUE_DATUM};
    return path->table ? resolve_dotted(context, path, out) : resolve_bare(context, path, out);
}

const Column *value_argument_column(
    const Context *context, const Table *table, const ValueNode *arg)
{
    if (arg->table && strcmp(arg->table, table->id) != 0) {
        At at = value_node_at(arg);
        diag_add(context->engine->diags, DIAG_E142, &at, table->id, value_node_text(arg));
        return NULL;
    }
    const Column *column = engine_column(context->engine, table, arg->name);
    if (!column) {
        unknown_column(context->engine, table, arg);
    }
    return column;
}
