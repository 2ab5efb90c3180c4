/* Claims: what a figure says, however it is worded and wherever it stands. Of rows it is the
 * column, the way, what limits the rows, and the very rows. The rows alone would not do: where all
 * that was found is closed too, the two counts are of the same rows and yet two facts, and who
 * overrules one does not speak of the other. What limits the rows is written alike whether it is a
 * key of the group or a condition: by="村" and 其中 村=长塘村 are one; a period shows in the rows.
 */
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "template/value/sql.h"
#include "template/value/trace.h"

/* ---- what limits the rows ---- */

typedef struct Limit {
    const Column *column; /* that has to be `text`; NULL: another condition */
    const char *text;
} Limit;

typedef struct Limits {
    Engine *engine;
    Limit *items;
    size_t count, capacity;
} Limits;

static void add_limit(Limits *limits, const Column *column, const char *text)
{
    for (size_t i = 0; i < limits->count; i++) {
        if (strcmp(limits->items[i].text, text) == 0) {
            return;
        }
    }
    limits->items = arena_grow(limits->engine->arena, limits->items, limits->count,
        &limits->capacity, sizeof *limits->items);
    limits->items[limits->count++] = (Limit){column, text};
}

static const char *equal_text(Engine *engine, const Column *column, const Datum *value)
{
    const char *text = value->kind == DATUM_MISSING ? "" : datum_plain(engine, value, false);
    return arena_printf(engine->arena, "%s=%s", column->name, text);
}

/* Of a village the district goes without saying. */
static bool goes_without_saying(const Limits *limits, const Limit *limit)
{
    for (size_t i = 0; i < limits->count; i++) {
        const Column *column = limits->items[i].column;
        if (limit->column && limit->column->units && column &&
            strcmp(column->name, limit->column->units->name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_keys(Limits *limits, const RowSet *rows)
{
    for (const Scope *scope = rows->context.scope; scope; scope = scope->parent) {
        for (int i = 0; i < scope->binding_count; i++) {
            const Binding *binding = &scope->bindings[i];
            const Column *column = binding->is_period
                                       ? NULL
                                       : engine_column(limits->engine, rows->table, binding->name);
            if (column && !rows_lift(rows, scope, binding->name) &&
                !rows_bind_within(rows, scope, binding->name)) {
                add_limit(limits, column, equal_text(limits->engine, column, &binding->value));
            }
        }
    }
}

/* Without blanks and brackets, full-width forms folded. */
static const char *bare_text(Engine *engine, const ValueNode *node)
{
    const char *text = utf8_fold(engine->arena, value_node_text(node));
    char *out = arena_strdup(engine->arena, text), *end = out;
    for (; *text; text++) {
        if (!strchr(" \n\t()[]", *text)) {
            *end++ = *text;
        }
    }
    *end = '\0';
    return out;
}

/* What a side of a comparison says: a column by its official name, a text without its quotes. */
static const char *side_text(const RowSet *rows, const ValueNode *node)
{
    Engine *engine = rows->context.engine;
    const Column *column =
        value_is_bare(node) ? engine_column(engine, rows->table, node->name) : NULL;
    return column ? column->name : node->kind == NODE_TEXT ? node->name : bare_text(engine, node);
}

typedef struct Texts {
    Engine *engine;
    const char **items;
    size_t count, capacity;
} Texts;

static void add_text(Texts *texts, const char *text)
{
    texts->items = arena_grow(
        texts->engine->arena, texts->items, texts->count, &texts->capacity, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static const char *joined_in_order(Texts *texts, const char *between)
{
    Buf out = {0};
    if (texts->count > 1) {
        qsort(texts->items, texts->count, sizeof *texts->items, compare_texts);
    }
    for (size_t i = 0; i < texts->count; i++) {
        buf_addf(&out, "%s%s", i ? between : "", texts->items[i]);
    }
    const char *text = arena_strdup(texts->engine->arena, out.data ? out.data : "");
    buf_free(&out);
    return text;
}

static const char *listed_text(const RowSet *rows, const ValueNode *node)
{
    Texts texts = {.engine = rows->context.engine};
    for (int i = 0; i < node->arg_count; i++) {
        add_text(&texts, side_text(rows, node->args[i]));
    }
    return joined_in_order(&texts, "、");
}

/* <= is 不大于. */
static const char *comparison_text(const RowSet *rows, const ValueNode *node)
{
    return arena_printf(rows->context.engine->arena, "%s%s%s", side_text(rows, node->left),
        word_name(node->word),
        node->right             ? side_text(rows, node->right)
        : node->word == WORD_IN ? listed_text(rows, node)
                                : "");
}

/* 村=长塘 is the key 长塘村; NULL: no such plain condition. */
static const char *plain_text(
    const RowSet *rows, const Filter *filter, const ValueNode *node, const Column **out)
{
    const ValueNode *left = node->left, *right = node->right;
    const Context *context = &filter->context;
    Engine *engine = context->engine;
    bool equal = node->kind == NODE_COMPARE && node->word == WORD_EQUAL && left &&
                 left->kind == NODE_PATH && right;
    const Column *column = equal ? engine_column(engine, rows->table, left->name) : NULL;
    if (!column || column->type != COLUMN_TEXT) {
        return NULL;
    }
    Datum value = datum_text(right->name);
    bool named = value_is_bare(right) && value_is_named(context, right);
    bool text = right->kind == NODE_TEXT || (value_is_bare(right) && !named);
    if (!text && (right->kind != NODE_PATH || !value_eval_datum(context, right, &value))) {
        return NULL;
    }
    value_settle_unit(context, rows->table, column, right, &value);
    *out = column;
    return equal_text(engine, column, &value);
}

static const char *condition_text(const RowSet *rows, const Filter *filter, const ValueNode *node);

static void add_operands(Texts *texts, const RowSet *rows, const Filter *filter,
    const ValueNode *node, ValueNodeKind kind)
{
    if (node->kind != kind) {
        add_text(texts, condition_text(rows, filter, node));
        return;
    }
    add_operands(texts, rows, filter, node->left, kind);
    add_operands(texts, rows, filter, node->right, kind);
}

/* As 其中 wrote it, but what 且, 或 and 属于 have beside each other in the order of the texts. */
static const char *condition_text(const RowSet *rows, const Filter *filter, const ValueNode *node)
{
    Engine *engine = rows->context.engine;
    Texts texts = {.engine = engine};
    const Column *column;
    const char *plain = plain_text(rows, filter, node, &column);
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
        add_operands(&texts, rows, filter, node, node->kind);
        return arena_printf(
            engine->arena, "(%s)", joined_in_order(&texts, node->kind == NODE_AND ? "且" : "或"));
    case NODE_NOT:
        return arena_printf(engine->arena, "非%s", condition_text(rows, filter, node->left));
    case NODE_COMPARE:
        return plain ? plain : comparison_text(rows, node);
    default:
        return side_text(rows, node);
    }
}

static void add_condition(
    Limits *limits, const RowSet *rows, const Filter *filter, const ValueNode *node)
{
    const Column *column = NULL;
    if (node->kind == NODE_AND) {
        add_condition(limits, rows, filter, node->left);
        add_condition(limits, rows, filter, node->right);
        return;
    }
    const char *plain = plain_text(rows, filter, node, &column);
    add_limit(limits, column, plain ? plain : condition_text(rows, filter, node));
}

/* A condition that the day of 截至 decides, or that a set or another table has a say in: what met
 * it a month ago need not do so now. */
static bool is_of_the_day(const RowSet *rows, const ValueNode *node);

static bool name_is_of_the_day(const RowSet *rows, const ValueNode *node)
{
    Engine *engine = rows->context.engine;
    const Column *column = engine_column(engine, rows->table, node->name);
    bool own = column && (table_owns(rows->table, column) || column->units);
    return !own && (node->table || value_is_own_word(node) || value_is_defined(engine, node) ||
                       column != NULL);
}

/* 状态=已销号: beside a text column a bare word is text. */
static bool is_text_beside(const RowSet *rows, const ValueNode *left, const ValueNode *word)
{
    Engine *engine = rows->context.engine;
    const Column *column =
        value_is_bare(left) ? engine_column(engine, rows->table, left->name) : NULL;
    return column && column->type == COLUMN_TEXT && value_is_bare(word) &&
           !value_is_own_word(word) && !value_is_defined(engine, word);
}

static bool comparison_is_of_the_day(const RowSet *rows, const ValueNode *node)
{
    for (int i = 0; i < node->arg_count; i++) {
        if (!is_text_beside(rows, node->left, node->args[i]) &&
            is_of_the_day(rows, node->args[i])) {
            return true;
        }
    }
    return is_of_the_day(rows, node->left) ||
           (node->right && !is_text_beside(rows, node->left, node->right) &&
               is_of_the_day(rows, node->right));
}

static bool is_of_the_day(const RowSet *rows, const ValueNode *node)
{
    if (!node || node->kind == NODE_PATH) {
        return node && name_is_of_the_day(rows, node);
    }
    if (node->kind == NODE_COMPARE) {
        return comparison_is_of_the_day(rows, node);
    }
    for (int i = 0; i < node->arg_count; i++) {
        if (is_of_the_day(rows, node->args[i])) {
            return true;
        }
    }
    return is_of_the_day(rows, node->left) || is_of_the_day(rows, node->right);
}

/* What the day of 截至 decides is another fact on another day, be it of the same rows. */
static void add_day(Limits *limits, const RowSet *rows, const ValueNode *condition)
{
    Date day;
    char text[16];
    if (is_of_the_day(rows, condition) && engine_as_of(limits->engine, &day)) {
        add_limit(limits, NULL,
            arena_printf(limits->engine->arena, "截至%s", date_format_iso(day, text)));
    }
}

/* In no language: claims are compared with those of other runs. */
static const char *period_text(const RowSet *rows)
{
    Period period;
    bool until;
    Arena *arena = rows->context.engine->arena;
    if (!rows_period(rows, &period, &until)) {
        return "";
    }
    return arena_printf(arena, "%s%s", until ? "…" : "", period_raw(arena, period));
}

static void add_limits(Limits *limits, const RowSet *rows)
{
    add_keys(limits, rows);
    for (const Filter *filter = rows->filters; filter; filter = filter->next) {
        add_condition(limits, rows, filter, filter->condition);
        add_day(limits, rows, filter->condition);
    }
    if (rows->dated_by) {
        add_limit(limits, NULL, arena_printf(limits->engine->arena, "@%s", rows->dated_by->name));
    }
    if (rows->carried) {
        add_limit(limits, NULL, arena_printf(limits->engine->arena, "结转%s", period_text(rows)));
    }
    if (rows->absent) {
        const RowSet *of = absent_rows(rows->absent);
        add_limit(limits, NULL,
            arena_printf(limits->engine->arena, "缺报%s %s", period_text(rows), of->table->id));
        add_limits(limits, of);
    }
}

static int compare_limits(const void *left, const void *right)
{
    const Limit *a = left, *b = right;
    return strcmp(a->text, b->text);
}

/* {村=长塘村,状态=已销号} */
static const char *limits_of(const Part *part)
{
    const RowSet *rows = part->rows;
    Limits limits = {.engine = rows->context.engine};
    Hush hush = trace_hush(limits.engine);
    Period judged = limits.engine->judged;
    limits.engine->judged = part->judged;
    add_limits(&limits, rows);
    limits.engine->judged = judged;
    trace_unhush(limits.engine, hush);
    if (limits.count > 1) {
        qsort(limits.items, limits.count, sizeof *limits.items, compare_limits);
    }
    const char *list = "";
    for (size_t i = 0; i < limits.count; i++) {
        if (!goes_without_saying(&limits, &limits.items[i])) {
            list = arena_printf(
                limits.engine->arena, "%s%s%s", list, *list ? "," : "", limits.items[i].text);
        }
    }
    return arena_printf(limits.engine->arena, "{%s}", list);
}

/* ---- what can only grow ---- */

bool rows_only_grow(const RowSet *rows)
{
    Context before = rows->context;
    Period now, then;
    bool from_start, all;
    PeriodMove move = rows->move;
    move.previous++;
    bool wide = move.widening == WIDEN_YEAR || move.widening == WIDEN_UNTIL;
    if (!wide || rows->absent || rows->carried ||
        !period_moved(&before, rows->move, &now, &from_start, &all) ||
        !period_moved(&before, move, &then, &from_start, &all) ||
        (!from_start && now.first.year != then.first.year)) {
        return false;
    }
    for (const Filter *filter = rows->filters; filter; filter = filter->next) {
        if (is_of_the_day(rows, filter->condition)) {
            return false;
        }
    }
    return true;
}

/* ---- claims ---- */

/* Of no rows nothing else says which period it was. */
static const char *rows_claim(Part *part)
{
    Engine *engine = part->rows->context.engine;
    const RowsRead *read = part_read(part);
    bool last = part->way == STEP_LAST || part->way == STEP_FIRST;
    bool taken = part->column && last && part->column->type != COLUMN_NUMBER;
    const char *way = part_is_one_cell(part) ? "" : taken ? "最新" : part->how;
    return arena_printf(engine->arena, "%s.%s|%s%s[%lld:%lld:%lld]%s", part->rows->table->id,
        part->column ? part->column->name : "", way, limits_of(part), (long long)read->rows,
        (long long)read->sum, (long long)read->mixed, read->rows ? "" : period_text(part->rows));
}

static const char *target_claim(Engine *engine, const Part *part)
{
    const Target *target = part->target;
    return arena_printf(engine->arena, "%s %s/%d/%s", part->how, target->indicator, target->year,
        target->of_town ? "" : target->range);
}

static const char *join_claim(Engine *engine, const Part *part)
{
    const char *left = part_claim(engine, part->left);
    const char *right = part->right ? part_claim(engine, part->right) : "";
    bool either = strcmp(part->how, "+") == 0 || strcmp(part->how, "×") == 0;
    if (either && strcmp(left, right) > 0) {
        const char *first = right;
        right = left;
        left = first;
    }
    return arena_printf(engine->arena, "%s(%s;%s)", part->how, left, right);
}

static const char *make_claim(Engine *engine, Part *part)
{
    switch (part->kind) {
    case PART_ROWS:
        return rows_claim(part);
    case PART_TARGET:
        return target_claim(engine, part);
    case PART_JOIN:
        return join_claim(engine, part);
    case PART_WORDED:
    case PART_RULED:
        return part_claim(engine, part->left);
    default:
        return part->how;
    }
}

const char *part_claim(Engine *engine, Part *part)
{
    if (!part->claim) {
        part->claim = make_claim(engine, part);
    }
    return part->claim;
}
