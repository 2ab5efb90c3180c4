/* How paragraphs begin and end, and how long their sentences are. */
#include "lint/lint_internal.h"

enum {
    SENTENCE = 160, /* characters; a reader aloud has no breath for more */
    PROSE = 20      /* a shorter line may be a heading, an address, a label */
};

static const char32_t FINAL[] = U"。！？：；…—.!?:;";

static bool is_prose(const Line *line)
{
    LintKind kind = line->piece->kind;
    return kind == LINT_LINE || kind == LINT_PARAGRAPH;
}

static bool holds(const Line *line, const char32_t *set)
{
    for (size_t i = line->first; i < line->end; i++)
        if (has(set, line->c[i]))
            return true;
    return false;
}

/* GB/T 15834 5.1: no stop and no closing mark begins a line. */
static void judge_start(Lint *lint, const Line *line)
{
    if (line->piece->kind != LINT_CELL &&
        has(U"，。、；：？！）》〉”’】〕」』", line->c[line->first]) && line->end - line->first > 1)
        lint_tell(lint, line, DIAG_W734, line->first, line->first + 1, NULL, NULL);
}

/* A row of a table or the words of a chart: a blank near its end. */
static bool is_row(const Line *line)
{
    for (size_t i = line->end; i > line->first && line->end - i < PROSE / 2; i--)
        if (is_space(line->c[i - 1]))
            return true;
    return false;
}

/* A paragraph with whole sentences in it whose last one has no stop. */
static void judge_end(Lint *lint, const Line *line)
{
    size_t last = line->end;
    while (last > line->first && has(U"”’》」』", line->c[last - 1]))
        last--;
    uint32_t c = last > line->first ? line->c[last - 1] : 0;
    bool cut = has(U"，、", c) && last - line->first >= PROSE / 2;
    bool sentences =
        line->piece->kind == LINT_LINE ? holds(line, U"。") && !is_row(line) : holds(line, U"。，");
    bool open = !has(FINAL, c) && (is_han(c) || is_digit(c) || is_latin(c) || has(U"%％", c)) &&
                sentences && line->end - line->first >= PROSE;
    if (cut || open)
        lint_tell(lint, line, DIAG_W735, last - 1, line->end, NULL, NULL);
}

/* 附件：1.名单。 GB/T 9704 7.3.4: no stop behind the name. */
static void judge_attachment(Lint *lint, const Line *line)
{
    size_t at = line->first + word_at(line->c + line->first, U"附件");
    if (at == line->first)
        return;
    while (is_digit(line->c[at]))
        at++;
    if (has(U"：:", line->c[at]) && has(U"。；，", line->c[line->end - 1]) &&
        line->end - line->first < 3 * PROSE)
        lint_tell(lint, line, DIAG_W754, line->end - 1, line->end, NULL, NULL);
}

/* A list of names is long, but no long sentence. */
static bool has_clauses(const Line *line, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += has(U"，,", line->c[i]);
    return count >= 2;
}

static void judge_length(Lint *lint, const Line *line)
{
    size_t start = line->first;
    for (size_t i = line->first; i <= line->end; i++) {
        if (i < line->end && !has(U"。！？；!?;", line->c[i]))
            continue;
        if (i - start > SENTENCE && has_clauses(line, start, i))
            lint_tell(
                lint, line, DIAG_N725, start, i, arena_printf(lint->arena, "%zu", i - start), NULL);
        start = i + 1;
    }
}

void scan_ends(Lint *lint, const Line *line)
{
    judge_start(lint, line);
    if (!is_prose(line))
        return;
    judge_end(lint, line);
    judge_length(lint, line);
    judge_attachment(lint, line);
}
