/* Conditions worked out in C: test, when, and what in a condition on rows does not ask the row. */
#include <string.h>
#include "base/utf8.h"
#include "document/wording.h"
#include "template/value/sql.h"
#include "template/value/trace.h"

/* ---- making two sides comparable ---- */

static bool is_days(const Datum *datum)
{
    return datum->kind == DATUM_DATE || datum->kind == DATUM_PERIOD;
}

/* 50%: of a param, which is no literal. */
static bool read_percent(Arena *arena, const char *text, Decimal *out)
{
    size_t length = strlen(text);
    return length > 1 && text[length - 1] == '%' &&
           decimal_parse(arena_strndup(arena, text, length - 1), out) &&
           decimal_div(*out, decimal_from_int(100), out);
}

/* A text read as what the other side is: '2024-06-01' beside a date, '5' beside a number. */
static void read_text_as(const Context *context, DatumKind kind, Datum *datum)
{
    const char *text = utf8_fold(context->engine->arena, datum->text);
    Period period;
    Date date;
    Decimal number;
    if (kind == DATUM_NUMBER && decimal_parse(text, &number)) {
        *datum = datum_number(number);
    } else if (kind == DATUM_NUMBER && read_percent(context->engine->arena, text, &number)) {
        *datum = datum_number(number);
        datum->is_ratio = true;
    } else if ((kind == DATUM_DATE || kind == DATUM_PERIOD) && date_parse_iso(text, &date)) {
        *datum = datum_date(date);
    } else if ((kind == DATUM_DATE || kind == DATUM_PERIOD) && period_parse(text, &period)) {
        *datum = datum_period(period);
    }
}

static void read_as_text(const Context *context, const ValueNode *literal, Datum *datum)
{
    if (literal && (literal->kind == NODE_NUMBER || literal->kind == NODE_DATE ||
                       literal->kind == NODE_MONTH)) {
        *datum = datum_text(value_node_text(literal)); /* 编号=2024 beside a text column */
    } else if (datum->kind == DATUM_NUMBER && literal && value_is_bare(literal)) {
        char text[DECIMAL_TEXT]; /* a param that reads as a number */
        *datum =
            datum_text(arena_strdup(context->engine->arena, decimal_format(datum->number, text)));
    }
}

static bool orders(Word word)
{
    return word <= WORD_AT_LEAST;
}

static bool comparable(Word word, const Datum *a, const Datum *b)
{
    if (word == WORD_CONTAINS || word == WORD_LACKS) {
        return a->kind == DATUM_TEXT && b->kind == DATUM_TEXT;
    }
    if (word == WORD_BEFORE || word == WORD_AFTER) {
        return is_days(a) && is_days(b);
    }
    if (a->kind == DATUM_TEXT && b->kind == DATUM_TEXT) {
        return !orders(word);
    }
    return (is_days(a) && is_days(b)) || (a->kind == DATUM_NUMBER && b->kind == DATUM_NUMBER);
}

/* 编号=2024-122 reads as a subtraction: true after the hint at quotes. */
static bool hint_quotes(const Engine *engine, const ValueNode *left, const ValueNode *right)
{
    const char *text = value_node_text(right);
    bool bare = right->kind == NODE_ARITHMETIC && strchr(text, '-') &&
                strspn(text, "0123456789-") == strlen(text);
    if (bare) {
        diag_hint(engine->diags, DIAG_H160, value_node_text(left), text);
    }
    return bare;
}

static bool cannot_compare(const Context *context, const ValueNode *left, const Datum *a,
    const ValueNode *right, const Datum *b)
{
    const Engine *engine = context->engine;
    Token whole = {.start = left->start, .end = right->end};
    At at = value_at(left->expr, whole.start, whole.end);
    diag_add(engine->diags, DIAG_E168, &at, value_node_text(left), datum_kind_name(engine, a->kind),
        datum_kind_name(engine, b->kind), value_node_text(right));
    if (is_days(a) || is_days(b)) {
        diag_hint(engine->diags, DIAG_H151);
    } else if (hint_quotes(engine, left, right) || hint_text_path(context, left)) {
        return false;
    } else if (a->kind == DATUM_TEXT && b->kind == DATUM_TEXT) {
        diag_hint(engine->diags, DIAG_H152);
    }
    return false;
}

/* A number as it was written, in the template or in a param: not worked out, so that it cannot have
 * been meant as a share. */
static bool is_written(const Engine *engine, const ValueNode *node)
{
    const ValueNode *number = node->kind == NODE_NEGATE ? node->left : node;
    if (number->kind == NODE_PATH && value_is_defined(engine, number)) {
        const Definition *definition = map_find(engine->definitions, number->name);
        return !definition->expr;
    }
    return number->kind == NODE_NUMBER || number->kind == NODE_TEXT;
}

/* 销号率 大于 50 is false at 58.1 %, in silence: 50 is 5000 %. A change may well double, and is only
 * told. 0 and 1 are the same with and without %. */
static bool ratio_meets_number(
    const Context *context, const ValueNode *left, const Datum *ratio, const ValueNode *right,
    const Datum *number)
{
    Diags *diags = context->engine->diags;
    bool number_alone = number->kind == DATUM_NUMBER && !number->is_ratio &&
                        is_written(context->engine, right);
    if (!context->dry || ratio->kind != DATUM_NUMBER || !ratio->is_ratio || !number_alone ||
        decimal_cmp(decimal_abs(number->number), decimal_from_int(1)) <= 0) {
        return true;
    }
    At at = value_node_at(right);
    Arena *arena = context->engine->arena;
    Decimal hundredfold = number->number;
    (void)decimal_mul(hundredfold, decimal_from_int(100), &hundredfold); /* 13 digits: it fits */
    const char *plain = wording_plain(arena, number->number);
    const char *as_ratio = arena_printf(arena, "%s%%", wording_plain(arena, hundredfold));
    diag_add(diags, ratio->is_change ? DIAG_W175 : DIAG_E690, &at, value_node_text(left), plain,
        as_ratio);
    diag_hint(diags, DIAG_H619, plain, plain);
    return ratio->is_change;
}

bool value_coerce(const Context *context, Word word, const ValueNode *left, Datum *a,
    const ValueNode *right, Datum *b)
{
    if (a->kind == DATUM_MISSING || b->kind == DATUM_MISSING) {
        return true;
    }
    if (a->kind == DATUM_TEXT && b->kind != DATUM_TEXT) {
        read_as_text(context, right, b);
        if (b->kind != DATUM_TEXT) {
            read_text_as(context, b->kind, a);
        }
    } else if (b->kind == DATUM_TEXT && a->kind != DATUM_TEXT) {
        read_text_as(context, a->kind, b);
    }
    if (!comparable(word, a, b)) {
        return cannot_compare(context, left, a, right, b);
    }
    return ratio_meets_number(context, left, a, right, b) &&
           ratio_meets_number(context, right, b, left, a);
}

static bool value_right_side(
    const Context *context, const ValueNode *node, bool beside_text, Datum *out)
{
    if (beside_text && value_is_bare(node) && !value_is_defined(context->engine, node)) {
        *out = datum_text(node->name);
        return true;
    }
    return value_eval_datum(context, node, out);
}

/* ---- texts that a column never holds ---- */

bool column_holds(Engine *engine, const Table *table, const Column *column, const char *text)
{
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT 1 FROM %s WHERE %s=", table->sql, column->sql);
    sql_bind_text(&sql, text);
    sql_add(&sql, " LIMIT 1");
    StoreQuery *query = sql_ready(&sql);
    bool held = store_step(query);
    store_reset(query);
    return held;
}

enum { NEAREST_OF = 2000 }; /* distinct texts among which the nearest is sought */

static const char *nearest_text(
    Engine *engine, const Table *table, const Column *column, const char *text)
{
    const char **texts = ARENA_ARRAY(engine->arena, const char *, NEAREST_OF);
    size_t count = 0;
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT %s FROM %s WHERE %s IS NOT NULL GROUP BY 1 ORDER BY min(rowid) LIMIT ",
        column->sql, table->sql, column->sql);
    sql_bind_int(&sql, NEAREST_OF);
    StoreQuery *query = sql_ready(&sql);
    while (store_step(query)) {
        texts[count++] = arena_strdup(engine->arena, store_text(query, 0));
    }
    store_reset(query);
    return name_nearest(text, texts, count);
}

void value_check_constant(const Context *context, const RowSet *rows, const Column *column,
    const char *text, const ValueNode *node)
{
    Engine *engine = context->engine;
    if (!context->dry || column->type != COLUMN_TEXT || rows->table->row_count == 0 ||
        column_holds(engine, rows->table, column, text)) {
        return;
    }
    At at = value_node_at(node);
    diag_add(engine->diags, DIAG_W140, &at, column->name, text);
    const char *found = nearest_text(engine, rows->table, column, text);
    if (found) {
        diag_hint(engine->diags, DIAG_H001, found);
    }
}

/* 类别=会议 beside <param name="会议">: the param wins (language.md 2), and the count of meetings
 * is wrong in silence. */
void value_check_capture(
    const Context *context, const RowSet *rows, const Column *column, const ValueNode *node)
{
    Engine *engine = context->engine;
    if (!context->dry || column->type != COLUMN_TEXT || !value_is_defined(engine, node) ||
        !column_holds(engine, rows->table, column, node->name)) {
        return;
    }
    const Definition *definition = map_find(engine->definitions, node->name);
    const char *element = definition->expr ? "set" : "param";
    At at = value_node_at(node);
    diag_add(engine->diags, DIAG_W145, &at, node->name, element, column->name, node->name);
    diag_hint(engine->diags, DIAG_H162, node->name, element);
}

/* ---- comparisons ---- */

static bool decide(Word word, const Datum *a, const Datum *b)
{
    bool known;
    int order = 0;
    if (a->kind == DATUM_MISSING || b->kind == DATUM_MISSING) {
        return false;
    }
    if (word == WORD_CONTAINS || word == WORD_LACKS) {
        return (strstr(a->text, b->text) != NULL) == (word == WORD_CONTAINS);
    }
    order = datum_compare(a, b, &known);
    switch (word) {
    case WORD_GREATER:
    case WORD_AFTER:
        return known && order > 0;
    case WORD_LESS:
    case WORD_BEFORE:
        return known && order < 0;
    case WORD_AT_MOST:
        return known && order <= 0;
    case WORD_AT_LEAST:
        return known && order >= 0;
    case WORD_UNEQUAL:
        return known && order != 0;
    default:
        return known && order == 0;
    }
}

/* The left side; *column tells of a plain column, beside which a bare word on the right is text. */
typedef struct LeftSide {
    Datum datum;
    Value value;
    bool is_text;
} LeftSide;

static bool left_side(const Context *context, const ValueNode *node, LeftSide *left)
{
    if (!value_eval(context, node, &left->value) ||
        !value_settle(node, &left->value, &left->datum)) {
        return false;
    }
    bool column = left->value.kind == VALUE_COLUMN;
    left->is_text = column ? left->value.column->type == COLUMN_TEXT
                           : left->datum.kind == DATUM_TEXT || left->datum.kind == DATUM_MISSING;
    return true;
}

/* The column of units behind the left side: itself, or a key of the group (村 in by="村"). */
static void settle_unit(const Context *context, const LeftSide *left, const ValueNode *path,
    const ValueNode *node, Datum *datum)
{
    const Table *table = left->value.kind == VALUE_COLUMN ? left->value.rows.table : NULL;
    const Column *column = table ? left->value.column : NULL;
    for (const Scope *scope = context->scope; !column && scope && value_is_bare(path);
         scope = scope->parent) {
        if (scope->table && scope_binding(scope, path->name)) {
            table = scope->table;
            column = engine_column(context->engine, table, path->name);
        }
    }
    if (column) {
        value_settle_unit(context, table, column, node, datum);
    }
}

static void check_side(
    const Context *context, const LeftSide *left, const ValueNode *node, const Datum *datum)
{
    if (left->value.kind == VALUE_COLUMN && datum->kind == DATUM_TEXT &&
        (value_is_bare(node) || node->kind == NODE_TEXT) &&
        !value_is_defined(context->engine, node)) {
        value_check_constant(context, &left->value.rows, left->value.column, datum->text, node);
    }
}

static void check_capture(const Context *context, const LeftSide *left, const ValueNode *node)
{
    if (left->value.kind == VALUE_COLUMN) {
        value_check_capture(context, &left->value.rows, left->value.column, node);
    }
}

static bool test_in(const Context *context, const ValueNode *node, const LeftSide *left, bool *out)
{
    *out = false;
    for (int i = 0; i < node->arg_count; i++) {
        Datum a = left->datum, item;
        if (!value_right_side(context, node->args[i], left->is_text, &item) ||
            !value_coerce(context, WORD_EQUAL, node->left, &a, node->args[i], &item)) {
            return false;
        }
        settle_unit(context, left, node->left, node->args[i], &item);
        indicator_check_constant(context, node->left, node->args[i]);
        check_side(context, left, node->args[i], &item);
        check_capture(context, left, node->args[i]);
        *out = *out || decide(WORD_EQUAL, &a, &item);
    }
    return true;
}

static bool test_comparison(const Context *context, const ValueNode *node, bool *out)
{
    LeftSide left;
    if (!left_side(context, node->left, &left)) {
        return false;
    }
    if (node->word == WORD_EMPTY || node->word == WORD_FILLED) {
        const Datum *d = &left.datum;
        bool empty = d->kind == DATUM_MISSING || (d->kind == DATUM_TEXT && *d->text == '\0');
        *out = empty == (node->word == WORD_EMPTY);
        return true;
    }
    if (node->word == WORD_IN) {
        return test_in(context, node, &left, out);
    }
    Datum right;
    if (!value_right_side(context, node->right, left.is_text, &right) ||
        !value_coerce(context, node->word, node->left, &left.datum, node->right, &right)) {
        return false;
    }
    if (node->word == WORD_EQUAL || node->word == WORD_UNEQUAL) {
        settle_unit(context, &left, node->left, node->right, &right);
        indicator_check_constant(context, node->left, node->right);
        check_side(context, &left, node->right, &right);
    }
    check_capture(context, &left, node->right);
    trace_side(context, &left.datum);
    trace_side(context, &right);
    *out = decide(node->word, &left.datum, &right);
    return true;
}

/* ---- logic ---- */

static bool test_both(const Context *context, const ValueNode *node, bool *out)
{
    bool right;
    if (!value_test(context, node->left, out)) {
        return false;
    }
    bool decided = *out == (node->kind == NODE_OR);
    if (decided && !context->dry) { /* a check looks at both */
        return true;
    }
    if (!value_test(context, node->right, &right)) {
        return false;
    }
    *out = node->kind == NODE_OR ? *out || right : *out && right;
    return true;
}

bool value_test(const Context *context, const ValueNode *node, bool *out)
{
    Datum datum;
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
        return test_both(context, node, out);
    case NODE_NOT:
        if (!value_test(context, node->left, out)) {
            return false;
        }
        *out = !*out;
        return true;
    case NODE_COMPARE:
        return test_comparison(context, node, out);
    default:
        if (!value_eval_datum(context, node, &datum)) {
            return false;
        }
        *out = datum_truth(&datum);
        return true;
    }
}
