/* What was written behind a step against what the step takes. */
#include <ctype.h>
#include <string.h>
#include "template/value/parse.h"

enum { PLACES_MOST = 12 };

typedef struct ArgumentKind {
    char letter;
    const char *chinese, *english;
} ArgumentKind;

static const ArgumentKind argument_kinds[] = {
    {'n', "一个整数（不超过 1000）", "a whole number (1000 at most)"},
    {'p', "小数位数（0—12）", "a number of decimals (0 to 12)"},
    {'c', "列名", "a column"},
    {'t', "文字", "a text"},
    {'v', "一个值", "a value"},
    {'w', "上期或同期", "上期 or 同期"},
    {'?', "条件", "a condition"},
    {'#', "界限和档名，如 90 优秀 80 良好 较差", "bounds and words, as in 90 优秀 80 良好 较差"},
};

static const char *kind_name(const Engine *engine, char letter)
{
    bool english = diag_language(engine->diags) == DIAG_ENGLISH;
    for (size_t i = 0; i < sizeof argument_kinds / sizeof *argument_kinds; i++) {
        if (argument_kinds[i].letter == letter) {
            return english ? argument_kinds[i].english : argument_kinds[i].chinese;
        }
    }
    return "";
}

/* The keywords that steps take, with their ASCII twins. */
static const struct {
    StepId step;
    int position;
    const char *words; /* between blanks */
} keywords[] = {
    {STEP_RANK, 0, " 降 升 desc asc "},
    {STEP_TARGET, 0, " 本期 this "},
    {STEP_ATTAINED, 0, " 本期 this "},
    {STEP_RANK, 1, " 并列跳号 并列不跳号 不并列 "},
    {STEP_APPROX, 0, " 余 多 "},
    {STEP_DELTA, 0, " 上期 同期 previous lastyear "},
};

static bool is_keyword(const ValueParser *p, const Step *step, int position, const ValueNode *node)
{
    if (node->kind != NODE_PATH || node->table || node->bracketed) {
        return false;
    }
    const char *word = arena_printf(p->engine->arena, " %s ", node->name);
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (keywords[i].step == step->id && keywords[i].position == position) {
            return strstr(keywords[i].words, word) != NULL;
        }
    }
    return false;
}

static bool fits(const ValueParser *p, const Step *step, int position, const ValueNode *node)
{
    switch (tolower((unsigned char)step->arguments[position])) {
    case 'p':
        return node->kind == NODE_NUMBER && node->number.scale == 0 &&
               node->number.mantissa <= PLACES_MOST;
    case 'n':
        return node->kind == NODE_NUMBER && node->number.scale == 0 &&
               node->number.mantissa >= (step->id == STEP_RECENT) && node->number.mantissa <= 1000;
    case 'c':
        return node->kind == NODE_PATH;
    case 't':
        return node->kind == NODE_TEXT || node->kind == NODE_PATH;
    case 'w':
        return is_keyword(p, step, position, node);
    default:
        return true;
    }
}

static bool superfluous(ValueParser *p, const ValueNode *pipe, const ValueNode *node)
{
    At at = value_node_at(node);
    diag_add(p->engine->diags, DIAG_E153, &at, pipe->step->name, value_node_text(node));
    (void)(value_is_bare(node) && hint_glued_word(p->engine, node->name));
    return false;
}

/* `node` stands where it should: NULL when nothing does. */
static bool lacking(ValueParser *p, const ValueNode *pipe, char letter, const ValueNode *node)
{
    At at = node ? value_node_at(node) : value_at(p->expr, pipe->name_start, pipe->name_end);
    return diag_add(
        p->engine->diags, DIAG_E152, &at, pipe->step->name, kind_name(p->engine, letter));
}

static bool keep_all(ValueParser *p, ValueNode *pipe, ValueNode **given, int count)
{
    for (int i = 0; i < count; i++) {
        if (given[i]->kind != NODE_PATH) {
            return superfluous(p, pipe, given[i]);
        }
    }
    pipe->args = arena_copy(p->engine->arena, given, (size_t)count * sizeof *given);
    pipe->arg_count = count;
    return true;
}

static const ValueNode *bound_number(const ValueNode *node)
{
    const ValueNode *number = node->kind == NODE_NEGATE ? node->left : node;
    return number->kind == NODE_NUMBER ? number : NULL;
}

static Decimal bound_value(const ValueNode *node)
{
    return node->kind == NODE_NEGATE ? decimal_neg(node->left->number) : node->number;
}

/* Bounds fall from word to word: one that never is reached is a slip of the pen. */
static bool bounds_fall(ValueParser *p, ValueNode **given, int count)
{
    for (int i = 2; i + 1 < count; i += 2) {
        if (decimal_cmp(bound_value(given[i]), bound_value(given[i - 2])) >= 0) {
            At at = value_node_at(given[i]);
            diag_add(p->engine->diags, DIAG_E660, &at, value_node_text(given[i]));
            diag_hint(p->engine->diags, DIAG_H648);
            return false;
        }
    }
    return true;
}

/* 90 优秀 80 良好 较差: the last word may stand without a bound, for the rest. */
static bool keep_grades(ValueParser *p, ValueNode *pipe, ValueNode **given, int count)
{
    for (int i = 0; i < count; i++) {
        bool last = i + 1 == count, word = given[i]->kind == NODE_TEXT || value_is_bare(given[i]);
        bool bound = bound_number(given[i]) && !last;
        if (i > 0 && word && i % 2 == 0 && !last) {
            return superfluous(p, pipe, given[i + 1]);
        }
        if (i % 2 == 0 ? !bound && !(last && word && i > 0) : !word) {
            return lacking(p, pipe, '#', given[i]);
        }
    }
    if (count == 0) {
        return lacking(p, pipe, '#', NULL);
    }
    pipe->args = arena_copy(p->engine->arena, given, (size_t)count * sizeof *given);
    pipe->arg_count = count;
    return bounds_fall(p, given, count);
}

bool parser_match_arguments(ValueParser *p, ValueNode *pipe, ValueNode **given, int count)
{
    const char *wanted = pipe->step->arguments;
    if (wanted[0] == '*') {
        return keep_all(p, pipe, given, count);
    }
    if (wanted[0] == '#') {
        return keep_grades(p, pipe, given, count);
    }
    pipe->arg_count = (int)strlen(wanted);
    pipe->args = ARENA_ARRAY(p->engine->arena, ValueNode *, pipe->arg_count + 1);
    int next = 0;
    for (int i = 0; i < pipe->arg_count; i++) {
        if (next < count && fits(p, pipe->step, i, given[next])) {
            pipe->args[i] = given[next++];
        } else if (islower((unsigned char)wanted[i])) {
            const ValueNode *odd = next < count ? given[next] : NULL;
            return odd && !strchr("np", wanted[i]) ? superfluous(p, pipe, odd)
                                           : lacking(p, pipe, wanted[i], odd);
        }
    }
    return next == count || superfluous(p, pipe, given[next]);
}
