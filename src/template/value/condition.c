/* A condition on the row under test → SQL. What does not ask the row (截至, a set, another table)
 * is worked out first and bound. Every comparison is 0 or 1: with a missing value it is false, so
 * that 非 of it is true. */
#include <string.h>
#include "template/value/sql.h"

typedef struct RowTest {
    Sql *sql;
    const RowSet *rows;
    const Context *context;
} RowTest;

/* One side of a comparison. */
typedef struct Side {
    const ValueNode *node;
    bool of_row;
    const Column *column; /* of_row: a column alone */
    Datum datum;          /* not of_row; of_row: its kind only */
} Side;

/* SQLite's parser keeps at most 100 symbols (YYSTACKDEPTH), a level of brackets up to 4 of them. */
enum { BRACKET_LIMIT = 16 };

static bool enter_bracket(const RowTest *test, const ValueNode *node)
{
    At at = value_node_at(node);
    return ++test->sql->depth <= BRACKET_LIMIT ||
           diag_add(test->context->engine->diags, DIAG_E156, &at);
}

static bool refused(const RowTest *test, const ValueNode *node)
{
    At at = value_node_at(node);
    return diag_add(test->context->engine->diags, DIAG_E165, &at, value_node_text(node));
}

/* ---- what asks the row ---- */

static bool names_row(const RowTest *test, const ValueNode *path)
{
    const Table *table = test->rows->table;
    if (path->table) {
        return strcmp(path->table, table->id) == 0;
    }
    return !value_is_own_word(path) && engine_column(test->context->engine, table, path->name);
}

static const ValueNode *innermost(const ValueNode *node)
{
    while (node->kind == NODE_PIPE) {
        node = node->left;
    }
    return node;
}

static bool asks_row(const RowTest *test, const ValueNode *node);

/* A set that asks the row stands for its formula, in the row under test (language.md 2); any other
 * node for itself. */
static const ValueNode *meant(const RowTest *test, const ValueNode *node)
{
    const Engine *engine = test->context->engine;
    if (!value_is_defined(engine, node) || value_is_own_word(node) || names_row(test, node) ||
        value_is_of_group(test->context, node)) {
        return node;
    }
    Definition *definition = map_find(engine->definitions, node->name);
    if (!definition->expr || definition->opened || definition->told) {
        return node;
    }
    definition->opened = true;
    const ValueNode *formula = meant(test, definition->expr->root);
    bool of_row = asks_row(test, formula);
    definition->opened = false;
    return of_row ? formula : node;
}

/* A pipe behind a bare column would need the row's value outside SQL: it counts as of the row, and
 * is refused. Behind 表.列 it is a figure of the table. */
static bool asks_row(const RowTest *test, const ValueNode *node)
{
    switch (node->kind) {
    case NODE_PATH:
        return names_row(test, node) || meant(test, node) != node;
    case NODE_NEGATE:
        return asks_row(test, node->left);
    case NODE_ARITHMETIC:
        return asks_row(test, node->left) || asks_row(test, node->right);
    case NODE_PIPE:
        node = innermost(node);
        return value_is_bare(node) && asks_row(test, node);
    default:
        return false;
    }
}

/* ---- values of the row ---- */

static bool row_kind(const RowTest *test, const ValueNode *node, DatumKind *out);

static bool is_days(DatumKind kind)
{
    return kind == DATUM_DATE || kind == DATUM_PERIOD;
}

static bool operand_kind(const RowTest *test, const ValueNode *node, DatumKind *out)
{
    Datum datum;
    if (asks_row(test, node)) {
        return row_kind(test, node, out);
    }
    if (!value_eval_datum(test->context, node, &datum)) {
        return false;
    }
    *out = datum.kind;
    return true;
}

static bool sum_kind(const RowTest *test, const ValueNode *node, DatumKind *out)
{
    DatumKind a, b;
    if (!operand_kind(test, node->left, &a) || !operand_kind(test, node->right, &b)) {
        return false;
    }
    bool numbers =
        (a == DATUM_NUMBER || a == DATUM_MISSING) && (b == DATUM_NUMBER || b == DATUM_MISSING);
    bool days = is_days(a) && is_days(b) && node->sign == TOKEN_MINUS;
    bool shifted = is_days(a) && b == DATUM_NUMBER;
    if (!numbers && !days && !shifted) {
        const ValueNode *odd = a == DATUM_NUMBER || is_days(a) ? node->right : node->left;
        At at = value_node_at(odd);
        diag_add(test->context->engine->diags, DIAG_E163, &at, value_node_text(odd));
        hint_param(test->context, odd);
        return false;
    }
    *out = shifted ? DATUM_DATE : DATUM_NUMBER;
    return true;
}

static bool row_kind(const RowTest *test, const ValueNode *node, DatumKind *out)
{
    node = meant(test, node);
    switch (node->kind) {
    case NODE_PATH: {
        const Column *column = value_argument_column(test->context, test->rows->table, node);
        if (!column) {
            return false;
        }
        derived_tell_judged(test->rows, column, node);
        *out = column_datum_kind(column);
        return true;
    }
    case NODE_NEGATE:
        return row_kind(test, node->left, out) && (*out == DATUM_NUMBER || refused(test, node));
    case NODE_ARITHMETIC:
        if (node->sign == TOKEN_TIMES || node->sign == TOKEN_OVER) {
            return refused(test, node);
        }
        return sum_kind(test, node, out);
    default:
        return refused(test, node);
    }
}

static bool add_operand(const RowTest *test, const ValueNode *node)
{
    Sql *sql = test->sql;
    if (!asks_row(test, node)) {
        Datum datum;
        if (!value_eval_datum(test->context, node, &datum)) {
            return false;
        }
        sql_bind_datum(sql, &datum);
        return true;
    }
    node = meant(test, node);
    if (node->kind == NODE_PATH) {
        const Column *column = value_argument_column(test->context, test->rows->table, node);
        sql_add(sql, column->sql);
        return true;
    }
    DatumKind a = DATUM_NUMBER, b = DATUM_NUMBER;
    bool sum = node->kind == NODE_ARITHMETIC;
    if (sum && (!operand_kind(test, node->left, &a) || !operand_kind(test, node->right, &b))) {
        return false;
    }
    sql_add(sql, sum ? "((" : "(-(");
    if (!enter_bracket(test, node) || !add_operand(test, node->left)) {
        return false;
    }
    if (sum) {
        sql_add(sql, node->sign == TOKEN_PLUS ? ")+(" : ")-(");
        if (!add_operand(test, node->right)) {
            return false;
        }
    }
    sql->depth--;
    /* Days are plain integers, numbers are × 10⁶. */
    sql_add(sql, is_days(a) && b == DATUM_NUMBER ? ")/1000000)" : "))");
    if (is_days(a) && is_days(b)) {
        sql_add(sql, "*1000000");
    }
    return true;
}

/* ---- sides ---- */

static bool read_side(const RowTest *test, const ValueNode *node, Side *side)
{
    node = meant(test, node);
    *side = (Side){.node = node, .of_row = asks_row(test, node), .datum = {.decimals = -1}};
    if (!side->of_row) {
        return value_eval_datum(test->context, node, &side->datum);
    }
    if (node->kind == NODE_PATH) {
        side->column = value_argument_column(test->context, test->rows->table, node);
    }
    if (!row_kind(test, node, &side->datum.kind)) {
        return false;
    }
    side->datum.text = "";
    side->datum.is_ratio = side->column && side->column->kind == KIND_RATIO;
    return true;
}

static bool beside_text(const Side *side)
{
    return side->datum.kind == DATUM_TEXT;
}

/* The right side; a bare word beside text is text, whatever column bears its name. */
static bool read_right(const RowTest *test, const Side *left, const ValueNode *node, Side *side)
{
    bool mirrored_column = !left->of_row && asks_row(test, node); /* 'P-3' = 编号 */
    if (!beside_text(left) || !value_is_bare(node) || mirrored_column ||
        value_is_defined(test->context->engine, node)) {
        return read_side(test, node, side);
    }
    *side = (Side){.node = node, .datum = datum_text(node->name)};
    return true;
}

static bool is_literal(const RowTest *test, const ValueNode *node)
{
    return (value_is_bare(node) && !value_is_defined(test->context->engine, node)) ||
           node->kind == NODE_TEXT || node->kind == NODE_NUMBER;
}

static void check_constant(const RowTest *test, const Side *left, const Side *right)
{
    if (left->column && !right->of_row && right->datum.kind == DATUM_TEXT &&
        is_literal(test, right->node)) {
        value_check_constant(
            test->context, test->rows, left->column, right->datum.text, right->node);
    }
}

static void check_capture(const RowTest *test, const Side *left, const ValueNode *node)
{
    if (left->column) {
        value_check_capture(test->context, test->rows, left->column, node);
    }
}

/* 村=前江 means 前江村. */
static void settle_unit(const RowTest *test, const Side *column, Side *other)
{
    if (column->column && !other->of_row) {
        value_settle_unit(
            test->context, test->rows->table, column->column, other->node, &other->datum);
    }
}

static bool coerce_sides(const RowTest *test, Word word, Side *left, Side *right)
{
    return value_coerce(test->context, word, left->node, &left->datum, right->node, &right->datum);
}

/* ---- comparisons ---- */

static Word mirrored(Word word)
{
    switch (word) {
    case WORD_GREATER:
    case WORD_AFTER:
        return WORD_LESS;
    case WORD_LESS:
    case WORD_BEFORE:
        return WORD_GREATER;
    case WORD_AT_MOST:
        return WORD_AT_LEAST;
    case WORD_AT_LEAST:
        return WORD_AT_MOST;
    default:
        return word;
    }
}

static const char *operator_sql(Word word)
{
    switch (word) {
    case WORD_GREATER:
    case WORD_AFTER:
        return ">";
    case WORD_LESS:
    case WORD_BEFORE:
        return "<";
    case WORD_AT_MOST:
        return "<=";
    case WORD_AT_LEAST:
        return ">=";
    case WORD_UNEQUAL:
        return "<>";
    default:
        return "=";
    }
}

/* A day against a whole period: within it is equal, so a bound of the period decides. */
static bool add_period_test(const RowTest *test, Word word, const ValueNode *days, Period period)
{
    Sql *sql = test->sql;
    int first = date_days(period.first), last = date_days(period.last);
    if (word == WORD_EQUAL || word == WORD_UNEQUAL || word == WORD_IN) {
        if (!add_operand(test, days)) {
            return false;
        }
        sql_add(sql, word == WORD_UNEQUAL ? " NOT BETWEEN " : " BETWEEN ");
        sql_bind_int(sql, first);
        sql_add(sql, " AND ");
        sql_bind_int(sql, last);
        return true;
    }
    if (!add_operand(test, days)) {
        return false;
    }
    sql_add(sql, operator_sql(word));
    bool from_last = word == WORD_GREATER || word == WORD_AFTER || word == WORD_AT_MOST;
    sql_bind_int(sql, from_last ? last : first);
    return true;
}

static bool add_side(const RowTest *test, const Side *side)
{
    if (side->of_row) {
        return add_operand(test, side->node);
    }
    sql_bind_datum(test->sql, &side->datum);
    return true;
}

/* The row stands on the left. */
static bool add_comparison(const RowTest *test, Word word, const Side *left, const Side *right)
{
    Sql *sql = test->sql;
    sql_add(sql, "ifnull(");
    bool done = true;
    bool level = left->column && left->column->units && !right->of_row;
    if (level && word == WORD_EQUAL) { /* “not equal” is not its negation: a missing side is neither */
        sql_add_equal(sql, left->column, &right->datum);
    } else if (!right->of_row && right->datum.kind == DATUM_PERIOD) {
        done = add_period_test(test, word, left->node, right->datum.period);
    } else if (word == WORD_CONTAINS || word == WORD_LACKS) {
        sql_add(sql, "instr(");
        done = add_side(test, left);
        sql_add(sql, ",");
        done = done && add_side(test, right);
        sql_add(sql, word == WORD_LACKS ? ")=0" : ")>0");
    } else {
        done = add_side(test, left);
        sql_add(sql, operator_sql(word));
        done = done && add_side(test, right);
    }
    sql_add(sql, ",0)");
    return done;
}

static bool add_in(const RowTest *test, const ValueNode *node, const Side *left)
{
    Sql *sql = test->sql;
    sql_add(sql, "(0");
    for (int i = 0; i < node->arg_count; i++) {
        Side a = *left, item;
        if (!read_right(test, left, node->args[i], &item) ||
            !coerce_sides(test, WORD_EQUAL, &a, &item)) {
            return false;
        }
        settle_unit(test, left, &item);
        check_constant(test, left, &item);
        check_capture(test, left, item.node);
        sql_add(sql, " OR ");
        if (!add_comparison(test, WORD_EQUAL, &a, &item)) {
            return false;
        }
    }
    sql_add(sql, ")");
    return true;
}

static bool add_emptiness(const RowTest *test, const ValueNode *node)
{
    sql_add(test->sql, node->word == WORD_EMPTY ? "ifnull(" : "(NOT ifnull(");
    if (!add_operand(test, node->left)) {
        return false;
    }
    sql_add(test->sql, node->word == WORD_EMPTY ? "='',1)" : "='',1))");
    return true;
}

static bool add_constant(const RowTest *test, const ValueNode *node)
{
    bool truth;
    if (!value_test(test->context, node, &truth)) {
        return false;
    }
    sql_add(test->sql, truth ? "1" : "0");
    return true;
}

static bool any_item_asks_row(const RowTest *test, const ValueNode *node)
{
    for (int i = 0; i < node->arg_count; i++) {
        if (asks_row(test, node->args[i])) {
            return true;
        }
    }
    return false;
}

/* 片 of a table that has no 片 is said to be that, not a name that nobody knows. */
static bool lacks_level(const RowTest *test, const ValueNode *node)
{
    return value_is_bare(node) && !names_row(test, node) && !value_is_named(test->context, node) &&
           store_is_level(test->context->engine->store, node->name) &&
           !value_argument_column(test->context, test->rows->table, node);
}

static bool compare(const RowTest *test, const ValueNode *node)
{
    bool unary = node->word == WORD_EMPTY || node->word == WORD_FILLED;
    bool row_left = asks_row(test, node->left);
    bool row_right = node->right && asks_row(test, node->right);
    if (!row_left && lacks_level(test, node->left)) {
        return false;
    }
    bool of_indicator = !row_left && indicator_names(test->context, node->left);
    if (of_indicator || (!row_left && !row_right && !any_item_asks_row(test, node))) {
        return add_constant(test, node);
    }
    Side left, right;
    if (!read_side(test, node->left, &left)) {
        return false;
    }
    if (unary) {
        return add_emptiness(test, node);
    }
    if (node->word == WORD_IN) {
        return row_left ? add_in(test, node, &left) : refused(test, node);
    }
    if (!read_right(test, &left, node->right, &right) ||
        !coerce_sides(test, node->word, &left, &right)) {
        return false;
    }
    if (node->word == WORD_EQUAL || node->word == WORD_UNEQUAL) {
        settle_unit(test, &left, &right);
        settle_unit(test, &right, &left);
        check_constant(test, &left, &right);
    }
    check_capture(test, &left, node->right);
    bool contains = node->word == WORD_CONTAINS || node->word == WORD_LACKS;
    return left.of_row || contains || right.datum.kind == DATUM_TEXT
               ? add_comparison(test, node->word, &left, &right)
               : add_comparison(test, mirrored(node->word), &right, &left);
}

/* A column alone: true when it is not zero, empty, 否, 不合格 or × (the words of datum_truth). */
static bool truth(const RowTest *test, const ValueNode *node)
{
    DatumKind kind;
    if (!asks_row(test, node)) {
        return add_constant(test, node);
    }
    if (!row_kind(test, node, &kind)) {
        return false;
    }
    sql_add(test->sql, "ifnull(");
    if (!add_operand(test, node)) {
        return false;
    }
    sql_add(test->sql, kind == DATUM_TEXT     ? " NOT IN ('','否','不合格','×','0'),0)"
                       : kind == DATUM_NUMBER ? "<>0,0)"
                                              : " IS NOT NULL,0)");
    return true;
}

/* ---- logic ---- */

static bool add_test(const RowTest *test, const ValueNode *node);

/* a 或 b 或 c, however long, stands in one pair of brackets. */
static bool add_chain(const RowTest *test, const ValueNode *node, ValueNodeKind kind)
{
    if (node->kind != kind) {
        return add_test(test, node);
    }
    if (!add_chain(test, node->left, kind)) {
        return false;
    }
    sql_add(test->sql, kind == NODE_AND ? " AND " : " OR ");
    return add_test(test, node->right);
}

static bool add_bracket(const RowTest *test, const ValueNode *node)
{
    bool negated = node->kind == NODE_NOT;
    sql_add(test->sql, negated ? "(NOT " : "(");
    if (!enter_bracket(test, node) ||
        !(negated ? add_test(test, node->left) : add_chain(test, node, node->kind))) {
        return false;
    }
    test->sql->depth--;
    sql_add(test->sql, ")");
    return true;
}

static bool add_test(const RowTest *test, const ValueNode *node)
{
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
        return add_bracket(test, node);
    case NODE_COMPARE:
        return compare(test, node);
    default:
        return truth(test, node);
    }
}

bool sql_condition(Sql *sql, const RowSet *rows, const Context *context, const ValueNode *node)
{
    RowTest test = {sql, rows, context};
    return add_test(&test, node);
}
