/* What the author of a value that cannot be read most likely meant. Each adds one hint or none to
 * the message just given. */
#include <string.h>
#include "base/utf8.h"
#include "template/value/parse.h"

static const char *source_text(const ValueParser *p, size_t start, size_t end)
{
    return arena_strndup(p->engine->arena, p->expr->source + start, end - start);
}

static const Token *token_before(const ValueParser *p)
{
    return p->position > 0 ? &p->tokens[p->position - 1] : NULL;
}

/* 合计(月报.生活垃圾), SUM(…): the step stands behind what it works on. */
static bool hint_function(const ValueParser *p, const Token *name)
{
    const Token *inside = &p->tokens[p->position + 1], *close = inside;
    const Step *step = step_find(name->text);
    const char *meant = step ? step->name : step_habit(name->text);
    while (close->kind != TOKEN_CLOSE && close->kind != TOKEN_END) {
        close++;
    }
    if (!meant || close == inside || inside->kind == TOKEN_END) {
        return false;
    }
    diag_hint(p->engine->diags, DIAG_H147, source_text(p, inside->start, close[-1].end), meant);
    return true;
}

/* True behind a word of conditions, up to the next |. */
static bool in_condition(const ValueParser *p)
{
    for (size_t i = p->position; i > 0 && p->tokens[i - 1].kind != TOKEN_PIPE; i--) {
        if (p->tokens[i - 1].kind == TOKEN_WORD) {
            return true;
        }
    }
    return false;
}

static void hint_separator(const ValueParser *p, TokenKind kind)
{
    bool condition = in_condition(p);
    diag_hint(p->engine->diags, condition && kind == TOKEN_COMMA  ? DIAG_H150
                                : condition && kind == TOKEN_NAME ? DIAG_H156
                                                                  : DIAG_H149);
}

void hint_unexpected(const ValueParser *p)
{
    Diags *diags = p->engine->diags;
    const Token *token = &p->tokens[p->position], *before = token_before(p);
    bool behind_name = before && before->kind == TOKEN_NAME;
    const char *direction = token->kind == TOKEN_NAME ? direction_habit(token->text) : NULL;
    if (direction) {
        diag_hint(diags, DIAG_H001, direction);
    } else if (token->kind == TOKEN_COMMA || token->kind == TOKEN_NAME ||
               (token->kind == TOKEN_DOT && behind_name)) {
        hint_separator(p, token->kind);
    } else if (token->kind == TOKEN_OPEN && behind_name && !hint_function(p, before)) {
        diag_hint(diags, DIAG_H148);
    }
}

/* 百分比1 for 百分比 1: a step's name that runs into its number. */
static bool hint_glued_number(const ValueParser *p, const char *name)
{
    size_t head = strlen(name);
    while (head > 0 && name[head - 1] >= '0' && name[head - 1] <= '9') {
        head--;
    }
    const char *step = arena_strndup(p->engine->arena, name, head);
    if (!name[head] || !step_find(step)) {
        return false;
    }
    diag_hint(p->engine->diags, DIAG_H142, step, name + head);
    return true;
}

/* 保留1位, 1位小数 for 1位. */
static bool hint_places(const ValueParser *p, const char *name)
{
    const char *digits = strpbrk(name, "0123456789");
    size_t count = digits ? strspn(digits, "0123456789") : 0;
    if (count == 0 || count > 2 || strncmp(digits + count, "位", strlen("位")) != 0) {
        return false;
    }
    const char *meant = arena_strndup(p->engine->arena, digits, count + strlen("位"));
    diag_hint(p->engine->diags, DIAG_H001, meant);
    return true;
}

/* 宣传|参加人数 for 宣传.参加人数. */
static bool hint_column(const ValueParser *p, const ValueNode *left, const char *name)
{
    const Table *table = value_is_bare(left) ? engine_table(p->engine, left->name) : NULL;
    if (!table || !engine_column(p->engine, table, name)) {
        return false;
    }
    diag_hint(p->engine->diags, DIAG_H141, left->name, name);
    return true;
}

/* sort="总分|降" for 总分 降. */
static bool hint_direction(const ValueParser *p, const ValueNode *left, const Token *token)
{
    const char *meant = sort_direction(token) ? token->text : direction_habit(token->text);
    if (p->expr->kind != EXPR_SORT || !meant) {
        return false;
    }
    diag_hint(p->engine->diags, DIAG_H142, value_node_text(left), meant);
    return true;
}

void hint_step(const ValueParser *p, const ValueNode *left, const Token *token)
{
    Diags *diags = p->engine->diags;
    const char *name = token->text, *meant = step_suggestion(name);
    if (engine_names_flag(p->engine, name)) {
        diag_hint(diags, DIAG_H142, "其中", name);
    } else if (!hint_direction(p, left, token) && !hint_column(p, left, name) &&
               !hint_glued_number(p, name) && !hint_places(p, name) &&
               !hint_glued_word(p->engine, name) && meant) {
        diag_hint(diags, DIAG_H001, meant);
    }
}
