/* Whole expressions: a value in braces, a test, or an attribute that lists several (of, by, sort,
 * value). */
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "template/value/parse.h"

bool node_is_condition(const ValueNode *node)
{
    switch (node->kind) {
    case NODE_COMPARE:
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
        return true;
    default:
        return false;
    }
}

At value_at(const Expr *expr, size_t start, size_t end)
{
    const ValuePlace *place = &expr->place;
    At at = {
        .span = xml_span(place->node, place->attr, place->offset + start, place->offset + end)};
    return at;
}

At value_node_at(const ValueNode *node)
{
    return value_at(node->expr, node->start, node->end);
}

const char *value_node_text(const ValueNode *node)
{
    return arena_strndup(
        node->expr->engine->arena, node->expr->source + node->start, node->end - node->start);
}

int sort_direction(const Token *token)
{
    if (token->kind != TOKEN_NAME || token->bracketed) {
        return 0;
    }
    if (strcmp(token->text, "升") == 0 || strcmp(token->text, "asc") == 0) {
        return 1;
    }
    return strcmp(token->text, "降") == 0 || strcmp(token->text, "desc") == 0 ? -1 : 0;
}

/* A value where no condition may stand. */
static ValueNode *parse_plain_value(ValueParser *p)
{
    ValueNode *node = parser_value(p);
    if (node && node_is_condition(node)) {
        At at = value_node_at(node);
        diag_add(p->engine->diags, DIAG_E149, &at, value_node_text(node));
        return NULL;
    }
    return node;
}

static ValueNode *parse_key(ValueParser *p)
{
    if (p->tokens[p->position].kind != TOKEN_NAME) {
        return parser_unexpected(p);
    }
    return parse_plain_value(p);
}

static bool parse_item(ValueParser *p, ExprItem *item)
{
    item->node = p->expr->kind == EXPR_KEYS ? parse_key(p) : parse_plain_value(p);
    if (!item->node) {
        return false;
    }
    if (p->expr->kind == EXPR_KEYS && item->node->kind != NODE_PATH) {
        At at = value_node_at(item->node);
        return diag_add(p->engine->diags, DIAG_E140, &at, value_node_text(item->node));
    }
    item->name = value_node_text(item->node);
    int direction = p->expr->kind == EXPR_SORT ? sort_direction(&p->tokens[p->position]) : 0;
    item->descending = direction < 0;
    p->position += direction != 0;
    return true;
}

static bool parse_items(ValueParser *p, Expr *expr)
{
    ExprItem *items = NULL;
    size_t count = 0, capacity = 0;
    for (;;) {
        items = arena_grow(p->engine->arena, items, count, &capacity, sizeof *items);
        if (!parse_item(p, &items[count])) {
            return false;
        }
        count++;
        if (p->tokens[p->position].kind != TOKEN_COMMA) {
            break;
        }
        p->position++;
    }
    expr->items = items;
    expr->item_count = (int)count;
    return true;
}

static bool parse_whole(ValueParser *p, Expr *expr)
{
    switch (expr->kind) {
    case EXPR_VALUE:
    case EXPR_ROWS:
        expr->root = parse_plain_value(p);
        return expr->root != NULL;
    case EXPR_TEST:
        expr->root = parser_condition(p);
        return expr->root != NULL;
    default:
        return parse_items(p, expr);
    }
}

/* In values, a name where the value should have ended is a condition word that is missing its
 * blanks or a pipe. */
static bool parse_end(ValueParser *p)
{
    const Token *token = &p->tokens[p->position];
    if (token->kind == TOKEN_END) {
        return true;
    }
    if (token->kind == TOKEN_WORD) {
        At at = value_at(p->expr, token->start, token->end);
        return diag_add(p->engine->diags, DIAG_E149, &at, p->expr->source);
    }
    parser_unexpected(p);
    return false;
}

Expr *expr_parse(Engine *engine, ExprKind kind, const ValuePlace *place)
{
    Expr *expr = ARENA_NEW(engine->arena, Expr);
    const char *text = place->attr ? place->attr->value : place->node->text;
    expr->engine = engine;
    expr->kind = kind;
    expr->place = *place;
    expr->source = arena_strndup(engine->arena, text + place->offset, place->length);
    if (place->length > LIMIT_VALUE_BYTES) {
        At at = value_at(expr, 0, 1);
        diag_add(engine->diags, DIAG_E156, &at);
        return NULL;
    }
    ValueParser parser = {.engine = engine, .expr = expr};
    parser.tokens = value_lex(engine, expr);
    if (!parser.tokens || !parse_whole(&parser, expr) || !parse_end(&parser)) {
        return NULL;
    }
    return expr;
}

const char *expr_source(const Expr *expr)
{
    return utf8_trim(expr->engine->arena, expr->source);
}

At expr_at(const Expr *expr)
{
    return value_at(expr, 0, strlen(expr->source));
}

int expr_list_count(const Expr *expr)
{
    return expr->item_count;
}

const char *expr_list_name(const Expr *expr, int index)
{
    return expr->items[index].name;
}
