/* Typed numbers of headings: their form and their order (GB/T 9704 7.3.3: 一、（一）1.（1）). */
#include <string.h>
#include "document/numeral.h"
#include "document/typed_number.h"
#include "lint/lint_internal.h"

enum {
    NEAR = 3,  /* a number farther off is no slip of an order but another thing */
    SHORT = 30 /* characters of a heading */
};

static void reset_below(Lint *lint, int level)
{
    for (int below = level + 1; below <= LINT_LEVELS; below++)
        lint->numbers[below] = 0;
}

/* 一、 right over 1.: nothing of （一） between. */
static void judge_level(Lint *lint, const Line *line, int level, size_t from, size_t to)
{
    if (lint->level > 0 && level > lint->level + 1)
        lint_tell(lint, line, DIAG_N724, from, to, lint->labels[lint->level], NULL);
    lint->level = level;
    memset(lint->points, 0, sizeof lint->points);
    memset(lint->outer, 0, sizeof lint->outer);
    lint->labels[level] = line_text(lint, line, from, to);
    reset_below(lint, level);
}

static void judge_order(Lint *lint, const Line *line, const TypedNumber *typed, size_t to)
{
    int last = lint->numbers[typed->level], number = typed->number;
    int step = number - last;
    bool follows = number == 1 || step == 1 || last == 0;
    if (!follows && step <= NEAR && step > -NEAR)
        lint_tell(lint, line, DIAG_W738, line->first, to, lint->labels[typed->level], NULL);
    lint->numbers[typed->level] = number;
}

/* The form with its right mark: （一） not （一）、, 1. not 1、 */
static void judge_form(Lint *lint, const Line *line, const TypedNumber *typed, size_t to)
{
    const uint32_t *c = line->c;
    bool bracket = typed->level == 2 || typed->level == 4;
    if (bracket && has(U"、，.．", c[to]))
        lint_tell(lint, line, DIAG_W739, line->first, to + 1, "1",
            line_text(lint, line, line->first, to));
    else if (typed->level == 3 && c[to - 1] == U'、' && lint->commas++ == 0)
        lint->comma =
            (Seen){line_text(lint, line, line->first, to), line_at(line, line->first, to)};
}

/* A line that is a heading by its length and for want of a full stop. */
static bool is_short(const Line *line)
{
    for (size_t i = line->first; i < line->end; i++)
        if (has(U"。；：", line->c[i]))
            return false;
    return line->end - line->first < SHORT;
}

/* 一．概况, 一，概况, 第一、加强领导 */
static void judge_other_forms(Lint *lint, const Line *line)
{
    const uint32_t *c = line->c;
    size_t start = line->first + (c[line->first] == U'第'), end = start;
    while (end < start + 3 && numeral_han_digit(c[end]))
        end++;
    bool named = start > line->first && c[end] == U'、' && is_han(c[end + 1]) &&
                 !has(HAN_DIGITS, c[end + 1]) && c[end + 1] != U'第';
    bool point = start == line->first && has(U".．", c[end]) && !has(U".．", c[end + 1]);
    bool comma = start == line->first && has(U"，,", c[end]) && is_short(line);
    if (end > start && (named || point || comma))
        lint_tell(lint, line, DIAG_W739, line->first, end + 1, "1",
            arena_printf(
                lint->arena, "%s%s", line_text(lint, line, line->first, end), named ? "，" : "、"));
}

/* 一是…二是…三是…, 一要…二要…: in order, through one paragraph or several. */
static void judge_points(Lint *lint, const Line *line)
{
    const uint32_t *c = line->c;
    for (size_t i = line->first; i + 1 < line->end; i++) {
        int kind = c[i + 1] == U'要', number = numeral_han_digit(c[i]);
        bool starts = i == line->first || has(U"。；，：;,:.", c[i - 1]) || is_space(c[i - 1]);
        if (!has(U"是要", c[i + 1]) || !starts)
            continue;
        if (number == 1)
            lint->outer[kind] = lint->points[kind];
        else if (number > 0 && number == lint->outer[kind] + 1 && number != lint->points[kind] + 1)
            lint->points[kind] = lint->outer[kind]; /* a list within a point has ended */
        int last = lint->points[kind], other = lint->points[!kind];
        bool gap = last > 0 && number != last + 1, mixed = last == 0 && other == number - 1;
        if (number > 1 && (gap || mixed))
            lint_tell(lint, line, DIAG_W738, i, i + 2,
                arena_printf(lint->arena, "%s%s", numeral_han(lint->arena, gap ? last : other),
                    (gap ? kind : !kind) ? "要" : "是"),
                NULL);
        if (number > 0)
            lint->points[kind] = number;
    }
}

/* 附件：1.甲 and 2.乙 below it: names, no headings. */
static bool is_attachment(Lint *lint, const TypedNumber *typed)
{
    bool next =
        typed->level == 3 && lint->attachments > 0 && typed->number == lint->attachments + 1;
    lint->attachments = next ? typed->number : 0;
    return next;
}

/* 附件：1.甲 begins a list. */
static bool begins_attachments(const Line *line)
{
    size_t at = line->first + word_at(line->c + line->first, U"附件");
    at += at > line->first && has(U"：:", line->c[at]);
    while (is_space(line->c[at]))
        at++;
    return at > line->first + 2 && line->c[at] == '1' && has(U".．、", line->c[at + 1]);
}

static void judge_number(Lint *lint, const Line *line)
{
    TypedNumber typed;
    if (!typed_number(line->piece->text + line->offset[line->first], &typed)) {
        lint->attachments = begins_attachments(line);
        judge_other_forms(lint, line);
        return;
    }
    if (is_attachment(lint, &typed))
        return;
    size_t to = line->first;
    while (line->offset[to] < line->offset[line->first] + typed.length)
        to++;
    if (typed.number == 0 || typed.doubtful)
        return;
    if (is_digit(line->c[to])) { /* 12、2023余吨: the twelfth, or two figures */
        if (typed.number == lint->numbers[typed.level] + 1)
            lint->numbers[typed.level]++;
        return;
    }
    judge_form(lint, line, &typed, to);
    judge_order(lint, line, &typed, to);
    judge_level(lint, line, typed.level, line->first, to);
}

void scan_headings(Lint *lint, const Line *line)
{
    const LintPiece *piece = line->piece;
    if (piece->kind == LINT_HEADING && piece->level >= 1 && piece->level <= LINT_LEVELS)
        judge_level(lint, line, piece->level, line->first, line->end);
    if (piece->kind != LINT_LINE && piece->kind != LINT_PARAGRAPH)
        return;
    judge_number(lint, line);
    judge_points(lint, line);
}

/* Who writes 1、 once writes it throughout: one message. */
void finish_headings(Lint *lint)
{
    if (!lint->commas)
        return;
    const char *text = lint->comma.text;
    diag_add(lint->diags, DIAG_W739, &lint->comma.at, text,
        arena_printf(lint->arena, "%zu", lint->commas));
    diag_hint(lint->diags, DIAG_H609,
        arena_printf(lint->arena, "%.*s.", (int)(strlen(text) - strlen("、")), text));
}
