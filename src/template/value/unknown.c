/* Messages of names that stand for nothing, with what may have been meant, and the hints of columns
 * and params that are not what is wanted. */
#include <string.h>
#include "template/value/value_internal.h"
#include "template/value/parse.h"

static At name_at(const ValueNode *path)
{
    return value_at(path->expr, path->name_start, path->name_end);
}

static void hint_column(Engine *engine, const Column *column)
{
    if (column->place.file) {
        diag_hint(engine->diags, DIAG_H140, column->name, column->place.file, column->place.row,
            column->head);
    } else {
        diag_hint(engine->diags, DIAG_H001, column->name);
    }
}

/* A level of the roster that the table does not have. False without a message where the name is
 * none. */
static bool unknown_level(Engine *engine, const Table *table, const ValueNode *path)
{
    At at = name_at(path);
    const Column *units = store_unit_column(engine->store, table);
    switch (store_level_state(engine->store, table, path->name)) {
    case LEVEL_BELOW:
        diag_add(engine->diags, DIAG_E663, &at, table->id,
            store_roster_level(engine->store, table, units), path->name);
        return true;
    case LEVEL_NO_UNITS:
        diag_add(engine->diags, DIAG_E664, &at, table->id, path->name);
        return true;
    case LEVEL_NO_PARENTS:
        diag_add(engine->diags, DIAG_E665, &at, table->id, path->name);
        return true;
    default:
        return false;
    }
}

/* Of the table's own columns, else of the levels that it rolls up to: 片区 for 片. */
static const char *nearest_column(Engine *engine, const Table *table, const char *name)
{
    size_t count = (size_t)table->column_count, levels = 0;
    const char **names = ARENA_ARRAY(engine->arena, const char *, count + 1), *level;
    for (size_t i = 0; i < count; i++) {
        names[i] = table->columns[i].name;
    }
    const char *found = name_nearest(name, names, count);
    names = ARENA_ARRAY(engine->arena, const char *, 1);
    size_t capacity = 1;
    for (size_t i = 0; !found && (level = store_level(engine->store, i)); i++) {
        if (store_level_state(engine->store, table, level) == LEVEL_THERE) {
            names = arena_grow(engine->arena, names, levels, &capacity, sizeof *names);
            names[levels++] = level;
        }
    }
    return found ? found : name_nearest(name, names, levels);
}

/* 按 月: the months are in the column 月份, or made by by=. False without a hint. */
static bool hint_period_column(Engine *engine, const Table *table, const ValueNode *path)
{
    PeriodKind kind;
    if (path->table || table->period_column < 0 || !period_word(path->name, &kind)) {
        return false;
    }
    const char *column = table->columns[table->period_column].name;
    diag_hint(engine->diags, DIAG_H621, column, path->name, path->name);
    return true;
}

bool unknown_column(Engine *engine, const Table *table, const ValueNode *path)
{
    At at = name_at(path);
    if (unknown_level(engine, table, path)) {
        return false;
    }
    diag_add(engine->diags, DIAG_E142, &at, table->id, path->name);
    const char *found = nearest_column(engine, table, path->name);
    const Step *step = step_find(path->name);
    if (step && path->table) {
        diag_hint(engine->diags, DIAG_H147, path->table, step->name);
    } else if (hint_period_column(engine, table, path)) {
        return false;
    } else if (found) {
        hint_column(engine, engine_column(engine, table, found));
    }
    return false;
}

bool unknown_table(Engine *engine, const ValueNode *path)
{
    if (store_is_lost(engine->store, path->table)) {
        return false; /* of a draft: that was told */
    }
    size_t count = store_table_count(engine->store);
    const char **names = ARENA_ARRAY(engine->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        names[i] = store_table(engine->store, i)->id;
    }
    At at = value_at(path->expr, path->start, path->table_end);
    diag_add(engine->diags, DIAG_E158, &at, path->table);
    const char *found = name_nearest(path->table, names, count);
    if (found) {
        diag_hint(engine->diags, DIAG_H001, found);
    }
    return false;
}

/* The column that a value is made of, where one of its cells made it a text; NULL else. A bare name
 * is looked for in all tables: the rows under test are not known here. */
static const Column *column_behind(const Context *context, const ValueNode *node)
{
    Engine *engine = context->engine;
    while (node->kind == NODE_PIPE || node->kind == NODE_NEGATE) {
        node = node->left;
    }
    if (node->kind != NODE_PATH) {
        return NULL;
    }
    const Table *named = node->table ? engine_table(engine, node->table) : NULL;
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        const Column *column =
            !named || named == table ? table_column_find(table, node->name) : NULL;
        if (column && column->odd_cell) {
            return column;
        }
    }
    return NULL;
}

bool hint_text_column(const Context *context, const Column *column)
{
    if (!column || !column->odd_cell) {
        return false;
    }
    diag_hint(context->engine->diags, DIAG_H235, column->name, column->odd_place.file,
        column->odd_place.row, column->odd_cell);
    return true;
}

bool hint_text_path(const Context *context, const ValueNode *node)
{
    return hint_text_column(context, column_behind(context, node));
}

bool hint_param(const Context *context, const ValueNode *node)
{
    const Engine *engine = context->engine;
    const Definition *definition =
        value_is_bare(node) ? map_find(engine->definitions, node->name) : NULL;
    bool text = definition && !definition->expr && definition->value.kind == DATUM_TEXT;
    if (text) {
        diag_hint(engine->diags, DIAG_H617, definition->name, definition->value.text);
    }
    return text;
}

void expr_hint_param(Engine *engine, const Expr *expr)
{
    Context context = engine_context(engine, engine_root(engine));
    if (expr->root) {
        hint_param(&context, expr->root);
    }
}

/* 大于等于, alone or run into what stands round it. */
static bool hint_or_equal(Engine *engine, const char *name)
{
    const char *meant, *inside = word_or_equal(name, &meant);
    const char *behind = inside ? inside + strlen("大于等于") : NULL;
    if (!inside) {
        return false;
    }
    if (inside != name) {
        const char *head = arena_strndup(engine->arena, name, (size_t)(inside - name));
        diag_hint(engine->diags, DIAG_H143, head, meant);
    } else if (*behind) {
        diag_hint(engine->diags, DIAG_H142, meant, behind);
    } else {
        diag_hint(engine->diags, DIAG_H001, meant);
    }
    return true;
}

bool hint_glued_word(Engine *engine, const char *name)
{
    if (hint_or_equal(engine, name)) {
        return true;
    }
    for (Word word = WORD_GREATER; word <= WORD_IN; word++) {
        const char *inside = strstr(name, word_name(word));
        const char *behind = inside ? inside + strlen(word_name(word)) : NULL;
        bool long_word = strlen(word_name(word)) > strlen("含");
        if (inside == name && long_word && *behind) {
            diag_hint(engine->diags, DIAG_H142, word_name(word), behind);
            return true;
        }
        if (inside && inside != name && long_word) {
            const char *head = arena_strndup(engine->arena, name, (size_t)(inside - name));
            diag_hint(engine->diags, DIAG_H143, head, word_name(word));
            return true;
        }
    }
    return false;
}

static bool hint_other_table(Engine *engine, const char *name)
{
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        if (engine_column(engine, table, name)) {
            diag_hint(engine->diags, DIAG_H141, table->id, name);
            return true;
        }
    }
    return false;
}

/* 月报生活垃圾 for 月报.生活垃圾. */
static bool hint_lost_dot(Engine *engine, const char *name)
{
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        size_t length = strlen(table->id);
        if (strncmp(name, table->id, length) == 0 && engine_column(engine, table, name + length)) {
            diag_hint(engine->diags, DIAG_H001,
                arena_printf(engine->arena, "%s.%s", table->id, name + length));
            return true;
        }
    }
    return false;
}

/* 状态是已销号 for 状态=已销号. */
static bool hint_copula(Engine *engine, const char *name)
{
    const char *inside = strstr(name, "是");
    const char *head = inside ? arena_strndup(engine->arena, name, (size_t)(inside - name)) : "";
    const char *value = inside ? inside + strlen("是") : "";
    for (size_t i = 0; *head && *value && i < store_table_count(engine->store); i++) {
        if (engine_column(engine, store_table(engine->store, i), head)) {
            diag_hint(engine->diags, DIAG_H001,
                arena_printf(engine->arena, "%s=%s", head, value));
            return true;
        }
    }
    return false;
}

/* A number of one or two digits and the character behind it. */
static bool read_day_part(const char **text, const char *behind, int *out)
{
    const char *at = *text;
    for (*out = 0; *at >= '0' && *at <= '9' && at - *text < 2; at++) {
        *out = *out * 10 + *at - '0';
    }
    bool good = at > *text && strncmp(at, behind, strlen(behind)) == 0;
    *text = good ? at + strlen(behind) : *text;
    return good;
}

/* 6月5日: a date is written 2024-06-05. The year is the report's. */
static bool hint_day(const Context *context, const char *name)
{
    Engine *engine = context->engine;
    Date date = {engine->options.period.first.year, 0, 0};
    if (!engine->options.has_period || !read_day_part(&name, "月", &date.month) ||
        !(read_day_part(&name, "日", &date.day) || read_day_part(&name, "号", &date.day)) || *name ||
        !date_valid(date.year, date.month, date.day)) {
        return false;
    }
    char iso[16];
    diag_hint(engine->diags, DIAG_H001, date_format_iso(date, iso));
    return true;
}

/* 5万元: digits that run into another character begin a name (language.md 2). In an attribute that
 * is a value as a whole there are no braces. */
static bool hint_unit(Engine *engine, const ValueNode *path)
{
    const char *name = path->name;
    const ValuePlace *place = &path->expr->place;
    if (*name < '0' || *name > '9') {
        return false;
    }
    if (place->attr && place->offset == 0) {
        size_t figure = strspn(name, "0123456789.");
        diag_hint(engine->diags, DIAG_H667, arena_strndup(engine->arena, name, figure));
    } else {
        diag_hint(engine->diags, DIAG_H155);
    }
    return true;
}

typedef struct NameList {
    const char **names;
    size_t count, capacity;
} NameList;

static void list_name(Engine *engine, NameList *list, const char *name)
{
    list->names =
        arena_grow(engine->arena, list->names, list->count, &list->capacity, sizeof *list->names);
    list->names[list->count++] = name;
}

bool unknown_name(const Context *context, const ValueNode *path)
{
    Engine *engine = context->engine;
    At at = name_at(path);
    if (store_is_lost(engine->store, path->name)) {
        return false; /* of a draft: that was told */
    }
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        if (scope->table && unknown_level(engine, scope->table, path)) {
            return false;
        }
    }
    diag_add(engine->diags, DIAG_E157, &at, path->name);
    if (hint_other_table(engine, path->name) || hint_glued_word(engine, path->name) ||
        hint_lost_dot(engine, path->name) || hint_copula(engine, path->name) ||
        hint_day(context, path->name) || hint_unit(engine, path)) {
        return false;
    }
    NameList list = {0};
    for (const Scope *scope = context->scope; scope; scope = scope->parent) {
        for (int i = 0; scope->table && i < scope->table->column_count; i++) {
            list_name(engine, &list, scope->table->columns[i].name);
        }
    }
    for (size_t i = 0; i < map_count(engine->definitions); i++) {
        list_name(engine, &list, map_key(engine->definitions, i));
    }
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        list_name(engine, &list, store_table(engine->store, i)->id);
    }
    if (path->expr->kind == EXPR_TEST) {
        list_name(engine, &list, "有数");
    }
    const char *found = name_nearest(path->name, list.names, list.count);
    if (found) {
        diag_hint(engine->diags, DIAG_H001, found);
    }
    return false;
}
