/* Tokens → syntax tree (the grammar of language.md 2). Recursion is bounded by the depth of
 * parentheses; the chains that loops build lean to the left and are bounded too, as they are walked
 * by recursion later. */
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "template/value/parse.h"

/* Together below the depth of an SQL expression, which SQLite limits to 1000. */
enum { CHAIN_LIMIT = 4 * LIMIT_VALUE_DEPTH, LIST_LIMIT = 400, ARGUMENT_LIMIT = 41 };

static ValueNode *parse_or(ValueParser *p, bool pipes);
static ValueNode *parse_sum(ValueParser *p);

/* ---- tokens and faults ---- */

static const Token *peek(const ValueParser *p)
{
    return &p->tokens[p->position];
}

static const Token *take(ValueParser *p)
{
    const Token *token = peek(p);
    if (token->kind != TOKEN_END) {
        p->position++;
    }
    return token;
}

static const char *token_text(const ValueParser *p, const Token *token)
{
    return arena_strndup(
        p->engine->arena, p->expr->source + token->start, token->end - token->start);
}

/* The message of a code without arguments or with the token's text. */
static void *fault(ValueParser *p, DiagCode code, const Token *token)
{
    At at = value_at(p->expr, token->start, token->end);
    diag_add(p->engine->diags, code, &at, token_text(p, token));
    return NULL;
}

void *parser_unexpected(ValueParser *p)
{
    const Token *token = peek(p);
    fault(p, token->kind == TOKEN_END ? DIAG_E141 : DIAG_E140, token);
    hint_unexpected(p);
    return NULL;
}

/* A condition where a value must stand. */
static bool is_value(ValueParser *p, const ValueNode *node)
{
    if (!node_is_condition(node)) {
        return true;
    }
    At at = value_node_at(node);
    return diag_add(p->engine->diags, DIAG_E149, &at, value_node_text(node));
}

/* ---- nodes ---- */

static ValueNode *node_new(ValueParser *p, ValueNodeKind kind, const Token *token)
{
    ValueNode *node = ARENA_NEW(p->engine->arena, ValueNode);
    node->kind = kind;
    node->expr = p->expr;
    node->start = token->start;
    node->end = token->end;
    return node;
}

/* A node over what was parsed before it; NULL when the chain grows too long to be walked. */
static ValueNode *node_over(ValueParser *p, ValueNodeKind kind, ValueNode *left)
{
    if (++p->chain > CHAIN_LIMIT) {
        Token all = {.start = 0, .end = strlen(p->expr->source)};
        return fault(p, DIAG_E156, &all);
    }
    ValueNode *node = ARENA_NEW(p->engine->arena, ValueNode);
    node->kind = kind;
    node->expr = p->expr;
    node->left = left;
    node->start = left->start;
    node->end = left->end;
    return node;
}

static ValueNode *node_close(ValueNode *node, ValueNode *right)
{
    node->right = right;
    node->end = right->end;
    return node;
}

/* ---- primary ---- */

static ValueNode *parse_path(ValueParser *p)
{
    const Token *first = take(p);
    ValueNode *node = node_new(p, NODE_PATH, first);
    node->name = first->text;
    node->bracketed = first->bracketed;
    node->name_start = first->start;
    node->name_end = first->end;
    if (peek(p)->kind != TOKEN_DOT) {
        return node;
    }
    take(p);
    const Token *second = peek(p);
    if (second->kind != TOKEN_NAME) {
        return parser_unexpected(p);
    }
    take(p);
    node->table = node->name;
    node->name = second->text;
    node->table_end = node->name_end;
    node->name_start = second->start;
    node->name_end = node->end = second->end;
    return node;
}

static ValueNode *parse_parenthesis(ValueParser *p)
{
    const Token *open = take(p);
    if (++p->depth > LIMIT_VALUE_DEPTH) {
        return fault(p, DIAG_E156, open);
    }
    ValueNode *node = parse_or(p, true);
    p->depth--;
    if (!node) {
        return NULL;
    }
    const Token *close = peek(p);
    if (close->kind != TOKEN_CLOSE) {
        return close->kind == TOKEN_END ? fault(p, DIAG_E155, open) : parser_unexpected(p);
    }
    take(p);
    node->start = open->start;
    node->end = close->end;
    return node;
}

static ValueNode *parse_primary(ValueParser *p)
{
    const Token *token = peek(p);
    ValueNode *node;
    switch (token->kind) {
    case TOKEN_NUMBER:
        node = node_new(p, NODE_NUMBER, take(p));
        node->number = token->number;
        node->percent = token->percent;
        return node;
    case TOKEN_DATE:
    case TOKEN_MONTH:
        node = node_new(p, token->kind == TOKEN_DATE ? NODE_DATE : NODE_MONTH, take(p));
        node->date = token->date;
        return node;
    case TOKEN_TEXT:
        node = node_new(p, NODE_TEXT, take(p));
        node->name = token->text;
        return node;
    case TOKEN_NAME:
        return parse_path(p);
    case TOKEN_OPEN:
        return parse_parenthesis(p);
    default:
        return parser_unexpected(p);
    }
}

/* ---- arithmetic ---- */

static ValueNode *parse_unary(ValueParser *p)
{
    if (peek(p)->kind != TOKEN_MINUS) {
        return parse_primary(p);
    }
    const Token *minus = take(p);
    ValueNode *operand = parse_primary(p);
    if (!operand || !is_value(p, operand)) {
        return NULL;
    }
    ValueNode *node = node_over(p, NODE_NEGATE, operand);
    if (node) {
        node->start = minus->start;
    }
    return node;
}

static bool is_product(TokenKind kind)
{
    return kind == TOKEN_TIMES || kind == TOKEN_OVER;
}

static bool is_sum(TokenKind kind)
{
    return kind == TOKEN_PLUS || kind == TOKEN_MINUS;
}

static ValueNode *parse_chain(
    ValueParser *p, ValueNode *(*operand)(ValueParser *), bool (*joins)(TokenKind))
{
    ValueNode *left = operand(p);
    while (left && joins(peek(p)->kind)) {
        if (!is_value(p, left)) {
            return NULL;
        }
        TokenKind sign = take(p)->kind;
        ValueNode *right = operand(p);
        if (!right || !is_value(p, right)) {
            return NULL;
        }
        left = node_over(p, NODE_ARITHMETIC, left);
        if (left) {
            left->sign = sign;
            node_close(left, right);
        }
    }
    return left;
}

static ValueNode *parse_product(ValueParser *p)
{
    return parse_chain(p, parse_unary, is_product);
}

static ValueNode *parse_sum(ValueParser *p)
{
    return parse_chain(p, parse_product, is_sum);
}

/* ---- steps ---- */

static void *unknown_step(ValueParser *p, const ValueNode *left, const Token *token)
{
    fault(p, DIAG_E143, token);
    hint_step(p, left, token);
    return NULL;
}

/* `1位`, `1 位`, `1 digits`: the number stands before the step's name. */
static const Step *digits_step(ValueParser *p, Decimal *places)
{
    const Token *token = peek(p), *next = token->kind == TOKEN_END ? token : token + 1;
    if (token->kind == TOKEN_NUMBER && next->kind == TOKEN_NAME) {
        const Step *step = step_find(next->text);
        if (step && step->id == STEP_DIGITS) {
            *places = token->number;
            p->position += 2;
            return step;
        }
    }
    if (token->kind != TOKEN_NAME || token->bracketed) {
        return NULL;
    }
    size_t digits = strspn(token->text, "0123456789");
    if (digits == 0 || digits > 2 || strcmp(token->text + digits, "位") != 0) {
        return NULL;
    }
    (void)decimal_parse(arena_strndup(p->engine->arena, token->text, digits), places);
    take(p);
    return step_find("位");
}

static ValueNode *parse_argument(ValueParser *p)
{
    return peek(p)->kind == TOKEN_MINUS ? parse_unary(p) : parse_primary(p);
}

static bool ends_arguments(const ValueParser *p, const Step *step, int given)
{
    const Token *token = peek(p);
    switch (token->kind) {
    case TOKEN_NAME:
        /* In sort="x|环比 降" the word belongs to sort, unless it is the first that 排名 takes. */
        return p->expr->kind == EXPR_SORT && sort_direction(token) != 0 &&
               (given > 0 || step->id != STEP_RANK);
    case TOKEN_NUMBER:
    case TOKEN_DATE:
    case TOKEN_MONTH:
    case TOKEN_TEXT:
    case TOKEN_OPEN:
        return false;
    case TOKEN_MINUS:
        return !strchr("vnp#", step->arguments[0] ? step->arguments[0] : 'x');
    default:
        return true;
    }
}

static bool parse_arguments(ValueParser *p, ValueNode *pipe)
{
    ValueNode *given[ARGUMENT_LIMIT];
    int count = 0;
    while (!ends_arguments(p, pipe->step, count)) {
        if (count == ARGUMENT_LIMIT) {
            fault(p, DIAG_E156, peek(p));
            return false;
        }
        given[count] = parse_argument(p);
        if (!given[count] || !is_value(p, given[count])) {
            return false;
        }
        pipe->end = given[count++]->end;
    }
    return parser_match_arguments(p, pipe, given, count);
}

static bool parse_step_body(ValueParser *p, ValueNode *pipe)
{
    if (pipe->step->arguments[0] != '?') {
        return parse_arguments(p, pipe);
    }
    pipe->right = parse_or(p, false);
    if (pipe->right) {
        pipe->end = pipe->right->end;
    }
    return pipe->right != NULL;
}

/* The step behind a pipe; `left` is the whole value before it. */
static ValueNode *parse_step(ValueParser *p, ValueNode *left)
{
    const Token *token = peek(p);
    if (!is_value(p, left)) {
        return NULL;
    }
    ValueNode *pipe = node_over(p, NODE_PIPE, left);
    Decimal places;
    const Step *step = digits_step(p, &places);
    if (!pipe || (!step && token->kind != TOKEN_NAME)) {
        return pipe ? parser_unexpected(p) : NULL;
    }
    pipe->name_start = token->start;
    if (step) {
        ValueNode *number = node_new(p, NODE_NUMBER, token);
        number->number = places;
        pipe->name_end = pipe->end = p->tokens[p->position - 1].end;
        pipe->step = step;
        return parser_match_arguments(p, pipe, &number, 1) ? pipe : NULL;
    }
    take(p);
    pipe->name_end = pipe->end = token->end;
    pipe->step = token->bracketed ? NULL : step_find(token->text);
    if (!pipe->step) {
        return unknown_step(p, left, token);
    }
    return parse_step_body(p, pipe) ? pipe : NULL;
}

ValueNode *parser_value(ValueParser *p)
{
    ValueNode *node = parse_sum(p);
    while (node && peek(p)->kind == TOKEN_PIPE) {
        take(p);
        node = parse_step(p, node);
    }
    const Token *token = peek(p);
    if (node && node->kind == NODE_PIPE && (is_sum(token->kind) || is_product(token->kind))) {
        At at = value_at(p->expr, token->start, token->end);
        const char *sign = token_text(p, token);
        diag_add(p->engine->diags, DIAG_E150, &at, sign, sign);
        return NULL;
    }
    return node;
}

/* ---- conditions ---- */

static bool parse_list(ValueParser *p, ValueNode *node)
{
    ValueNode **items = NULL;
    size_t count = 0, capacity = 0;
    bool enclosed = peek(p)->kind == TOKEN_OPEN;
    if (enclosed) {
        take(p);
    }
    do {
        ValueNode *item = parse_sum(p);
        if (!item || !is_value(p, item)) {
            return false;
        }
        items = arena_grow(p->engine->arena, items, count, &capacity, sizeof *items);
        items[count++] = item;
        node->end = item->end;
        if (count > LIST_LIMIT) {
            fault(p, DIAG_E156, peek(p));
            return false;
        }
    } while (enclosed && peek(p)->kind == TOKEN_COMMA && take(p));
    node->args = items;
    node->arg_count = (int)count;
    if (!enclosed && peek(p)->kind == TOKEN_COMMA && p->expr->kind != EXPR_SORT &&
        p->expr->kind != EXPR_LIST) {
        fault(p, DIAG_E140, peek(p));
        diag_hint(p->engine->diags, DIAG_H150);
        return false;
    }
    if (enclosed && peek(p)->kind != TOKEN_CLOSE) {
        parser_unexpected(p);
        return false;
    }
    if (enclosed) {
        node->end = take(p)->end;
    }
    return true;
}

static void *unknown_word(ValueParser *p, const Token *token)
{
    fault(p, DIAG_E154, token);
    const char *meant = word_suggestion(token->text);
    if (meant) {
        diag_hint(p->engine->diags, DIAG_H001, meant);
    } else {
        hint_glued_word(p->engine, token->text);
    }
    return NULL;
}

static bool compares(Word word)
{
    return word != WORD_NONE && word != WORD_AND && word != WORD_OR && word != WORD_NOT;
}

static ValueNode *parse_operand(ValueParser *p, bool pipes)
{
    return pipes ? parser_value(p) : parse_sum(p);
}

static ValueNode *parse_comparison(ValueParser *p, bool pipes)
{
    ValueNode *left = parse_operand(p, pipes);
    const Token *token = peek(p);
    bool sorts = p->expr->kind == EXPR_SORT && sort_direction(token) != 0;
    if (left && token->kind == TOKEN_NAME && !sorts) {
        return unknown_word(p, token);
    }
    if (!left || token->kind != TOKEN_WORD || !compares(token->word)) {
        return left;
    }
    if (!is_value(p, left)) {
        return NULL;
    }
    take(p);
    ValueNode *node = node_over(p, NODE_COMPARE, left);
    if (!node) {
        return NULL;
    }
    node->word = token->word;
    node->end = token->end;
    if (node->word == WORD_EMPTY || node->word == WORD_FILLED) {
        return node;
    }
    if (node->word == WORD_IN) {
        return parse_list(p, node) ? node : NULL;
    }
    ValueNode *right = parse_operand(p, pipes);
    if (!right || !is_value(p, right)) {
        return NULL;
    }
    return node_close(node, right);
}

static ValueNode *parse_not(ValueParser *p, bool pipes)
{
    const Token *token = peek(p);
    if (token->kind != TOKEN_WORD || token->word != WORD_NOT) {
        return parse_comparison(p, pipes);
    }
    take(p);
    ValueNode *operand = parse_comparison(p, pipes);
    ValueNode *node = operand ? node_over(p, NODE_NOT, operand) : NULL;
    if (node) {
        node->start = token->start;
    }
    return node;
}

static ValueNode *parse_logic(ValueParser *p, bool pipes, Word word)
{
    ValueNode *left = word == WORD_OR ? parse_logic(p, pipes, WORD_AND) : parse_not(p, pipes);
    while (left && peek(p)->kind == TOKEN_WORD && peek(p)->word == word) {
        take(p);
        ValueNode *right = word == WORD_OR ? parse_logic(p, pipes, WORD_AND) : parse_not(p, pipes);
        if (!right) {
            return NULL;
        }
        left = node_over(p, word == WORD_OR ? NODE_OR : NODE_AND, left);
        if (left) {
            node_close(left, right);
        }
    }
    return left;
}

static ValueNode *parse_or(ValueParser *p, bool pipes)
{
    return parse_logic(p, pipes, WORD_OR);
}

ValueNode *parser_condition(ValueParser *p)
{
    return parse_or(p, true);
}
