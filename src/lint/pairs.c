/* Quotes and brackets in pairs, within a paragraph. A quotation of several paragraphs opens each of
 * them and closes once (GB/T 15834 4.8). */
#include "lint/lint_internal.h"

typedef struct Opener {
    size_t at;
    int kind;
} Opener;

enum {
    DOUBLE,
    SINGLE,
    TITLE,
    INNER_TITLE,
    ROUND,
    TORTOISE,
    LENTICULAR,
    CORNER,
    WHITE_CORNER,
    SQUARE,
    CURLY,
    KINDS
};

/* Of the same kind whatever their width: a mixed pair is told of its width alone. */
static const struct {
    const char32_t *open, *close;
} pairs[KINDS] = {{U"“", U"”"}, {U"‘", U"’"}, {U"《", U"》"}, {U"〈", U"〉"}, {U"（(", U"）)"},
    {U"〔", U"〕"}, {U"【", U"】"}, {U"「", U"」"}, {U"『", U"』"}, {U"[［", U"]］"},
    {U"{｛", U"}｝"}};

/* What stands for a pair within its own kind (GB/T 15834 4.8, 4.15). */
static const char *const inner_pairs[KINDS][2] = {
    [DOUBLE] = {"‘", "’"}, [SINGLE] = {"“", "”"}, [TITLE] = {"〈", "〉"}};

typedef struct Stack {
    Opener *items;
    size_t depth;
    size_t open[KINDS];
    bool quotation_ends; /* what the paragraph opens with is closed where it ends */
} Stack;

static int kind_of(uint32_t c, bool closes)
{
    for (int kind = 0; kind < KINDS; kind++)
        if (has(closes ? pairs[kind].close : pairs[kind].open, c))
            return kind;
    return -1;
}

/* 1）, a)、③）: numbers of a list. */
static bool is_number_mark(const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t at = i;
    if (!has(U"）)", c[i]))
        return false;
    while (at > line->first && i - at < 3 &&
           (is_digit(c[at - 1]) || has(HAN_DIGITS, c[at - 1]) || is_latin(c[at - 1]) ||
               (c[at - 1] >= U'①' && c[at - 1] <= U'⑳')))
        at--;
    return at < i && (at == line->first || has(U"；。：，;:, 　", c[at - 1]));
}

static bool is_apostrophe(const uint32_t *c, size_t i)
{
    return c[i] == U'’' && (is_latin(c[i - 1]) || is_digit(c[i - 1])) &&
           (is_latin(c[i + 1]) || is_digit(c[i + 1]));
}

/* Quotes within quotes are ‘’, titles within titles 〈〉. */
static void close_pair(Lint *lint, const Line *line, Stack *stack, const Opener *opener, size_t i)
{
    bool nested = stack->open[opener->kind] > 0;
    if (opener->kind == DOUBLE && opener->at == line->first && i + 2 >= line->end)
        stack->quotation_ends = true;
    const char *const *inner = inner_pairs[opener->kind];
    if (nested && inner[0])
        lint_tell(lint, line, DIAG_W729, opener->at, i + 1, NULL,
            arena_printf(lint->arena, "%s%s%s", inner[0], line_text(lint, line, opener->at + 1, i),
                inner[1]));
    else if (nested && opener->kind == ROUND)
        lint_tell(lint, line, DIAG_N723, opener->at, i + 1, NULL, NULL);
}

static void close_mark(Lint *lint, const Line *line, Stack *stack, int kind, size_t i)
{
    if (stack->open[kind] == 0) {
        if (!is_number_mark(line, i))
            lint_tell(lint, line, DIAG_W728, i, i + 1, NULL, NULL);
        return;
    }
    while (stack->depth > 0) {
        Opener opener = stack->items[--stack->depth];
        stack->open[opener.kind]--;
        if (opener.kind == kind) {
            close_pair(lint, line, stack, &opener, i);
            return;
        }
        lint_tell(lint, line, DIAG_W728, opener.at, opener.at + 1, NULL, NULL);
    }
}

static void tell_pending(Lint *lint)
{
    for (size_t i = 0; i < lint->open.count; i++)
        diag_add(lint->diags, DIAG_W728, &lint->open.items[i].at, lint->open.items[i].found, "");
    lint->open.count = 0;
}

static void push(Lint *lint, Stack *stack, int kind, size_t i)
{
    lint->stack =
        arena_grow(lint->arena, lint->stack, stack->depth, &lint->stack_room, sizeof *lint->stack);
    stack->items = lint->stack;
    stack->items[stack->depth++] = (Opener){.at = i, .kind = kind};
    stack->open[kind]++;
}

void scan_pairs(Lint *lint, const Line *line)
{
    Stack stack = {.items = lint->stack};
    if (line->piece->kind != LINT_CELL && line->c[line->first] != U'“')
        tell_pending(lint);
    for (size_t i = line->first; i < line->end; i++) {
        uint32_t c = line->c[i];
        if (is_han(c) || is_digit(c) || is_apostrophe(line->c, i))
            continue;
        int opens = kind_of(c, false), closes = opens < 0 ? kind_of(c, true) : -1;
        if (opens >= 0)
            push(lint, &stack, opens, i);
        else if (closes >= 0)
            close_mark(lint, line, &stack, closes, i);
    }
    if (stack.quotation_ends)
        lint->open.count = 0;
    for (size_t i = 0; i < stack.depth; i++) {
        const Opener *opener = &stack.items[i];
        bool waits = opener->kind == DOUBLE && opener->at == line->first;
        if (waits && line->piece->kind != LINT_CELL)
            pendings_add(lint, &lint->open, line, DIAG_W728, opener->at, opener->at + 1, 0);
        else
            lint_tell(lint, line, DIAG_W728, opener->at, opener->at + 1, NULL, NULL);
    }
}

void finish_pairs(Lint *lint)
{
    tell_pending(lint);
}
