/* Figures that were wrecked: a year pasted into a number (12023余吨), a full stop for its point
 * (1。5公里), a point without its zero, figures more exact than their 余. */
#include <string.h>
#include "lint/lint_internal.h"

static const char32_t MEASURES[] = U"公千米吨万亿元亩平倍厘毫立度升克斤小%％";
static const char32_t COUNTED[] = U"户个处吨人次车张座条场份台辆名米只棵盏件面块口";

static bool is_computed(const Line *line, size_t i)
{
    const LintPiece *piece = line->piece;
    return piece->kind == LINT_CELL ||
           (piece->computed && piece->computed(piece->asker, line->offset[i]));
}

static bool is_year_value(int value)
{
    return value >= FIRST_YEAR && value <= LAST_YEAR;
}

/* The year that stands within the digits; 0: none. */
static int year_inside(const uint32_t *c, size_t from, size_t to)
{
    for (size_t k = from; k + 4 <= to; k++)
        if (is_year_value(digits_value(c, k, k + 4)))
            return digits_value(c, k, k + 4);
    return 0;
}

/* 202306, 20230615: a day or a month without marks. */
static bool is_date(const uint32_t *c, size_t from, size_t to)
{
    int year = digits_value(c, from, from + 4), month = digits_value(c, from + 4, from + 6);
    return (to - from == 6 || to - from == 8) && year >= 1900 && year <= 2100 && month >= 1 &&
           month <= 12;
}

/* Digits up to the last that is not 0. */
static size_t significant(const uint32_t *c, size_t from, size_t to)
{
    while (to > from && c[to - 1] == '0')
        to--;
    return to - from;
}

/* 12023余吨: the zeros of 1000 became a year. */
static void judge_wrecked(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    size_t length = end - i, shown = end + 1;
    bool more = is_more(c, end);
    int year = length <= 9 ? year_inside(c, i, end) : 0;
    if (more && is_han(c[end + 1]))
        shown++;
    if (!year || length < 4 || !is_han(c[end]) || (is_date(c, i, end) && !more))
        return;
    if (length >= 5 && more && significant(c, i, end) >= 4)
        lint_tell(lint, line, DIAG_W722, i, shown, NULL, NULL);
    else if (length >= 5 && !has(U"号版批期年月日", c[end]))
        pendings_add(lint, &lint->wrecked, line, DIAG_W722, i, shown, year);
    else if (length == 4 && more)
        pendings_add(lint, &lint->wrecked, line, DIAG_W722, i, shown, year);
    else if (length == 4 && has(COUNTED, c[end]))
        pendings_add(lint, &lint->wrecked, line, DIAG_N721, i, shown, year);
}

/* 553余吨 knows more than 余 admits. */
static void judge_more(Lint *lint, const Line *line, size_t i, size_t end, bool decimals)
{
    const uint32_t *c = line->c;
    bool round = c[end - 1] == '0' || (end - i < 3 && !decimals);
    bool wrecked = end - i >= 4 && year_inside(c, i, end);
    if (is_more(c, end) && !(c[end] == U'多' && c[end - 1] == '.') && !round && !wrecked)
        lint_tell(lint, line, DIAG_N722, i, end + 1, NULL, NULL);
}

/* 95.％: the digits behind the point are lost. */
static bool judge_lost(Lint *lint, const Line *line, size_t i, size_t end)
{
    if (line->c[end] != '.' || !has(U"%％", line->c[end + 1]))
        return false;
    lint_tell(lint, line, DIAG_W723, i, end + 2, NULL, NULL);
    return true;
}

/* 1。5公里, 1．5公里; 12，345吨. A line that begins with 1．5 may have the number 1. */
static size_t judge_mark(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    size_t stop = digits_end(c, end + 1);
    bool stopped = c[end] == U'。' || (c[end] == U'．' && i > line->first);
    bool point = stopped && has(MEASURES, c[stop]);
    bool group = c[end] == U'，' && end - i <= 3 && stop - end == 4 && is_han(c[stop]) &&
                 !has(U"年月日号时、", c[stop]);
    if (stopped && c[stop] == U'个')
        point = word_at(c + stop, U"个百分点") > 0;
    if (judge_lost(lint, line, i, end))
        return end + 2;
    if (stop == end + 1 || (!point && !group))
        return end;
    char *mend = arena_printf(lint->arena, "%s%s%s", line_text(lint, line, i, end),
        point ? "." : "", line_text(lint, line, end + 1, stop));
    lint_tell(lint, line, DIAG_W723, i, stop + (is_han(c[stop]) ? 1 : 0), NULL, mend);
    return stop;
}

/* 3..5公里; 3,,500元; 3.。5公里 */
static size_t judge_double(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    bool marks = has(U".,。，", c[end]) && has(U".,。，", c[end + 1]);
    if (!marks || !(has(U".,", c[end]) || has(U".,", c[end + 1])) || !is_digit(c[end + 2]))
        return end;
    size_t stop = digits_end(c, end + 2);
    lint_tell(lint, line, DIAG_W723, i, stop, NULL, NULL);
    return stop;
}

/* 3.5.2万元; 2024.6.1, 3.5.2条 are no figures. */
static size_t judge_points(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    size_t stop = digits_end(c, end + 1);
    if (c[end] != '.' || stop == end + 1 || !has(U"万亿元吨亩%％", c[stop]) ||
        word_at(c + stop, U"元旦") || word_at(c + stop, U"元宵"))
        return end;
    lint_tell(lint, line, DIAG_W723, i, stop + 1, NULL, NULL);
    return stop;
}

static bool is_code(const uint32_t *c, size_t i, size_t end)
{
    return is_latin(c[i - 1]) || is_latin(c[end]) || has(U"-/_.:@#~&=", c[i - 1]) ||
           has(U"-/_@#&=", c[end]);
}

static void note_year(Lint *lint, const uint32_t *c, size_t i, size_t end)
{
    int value = digits_value(c, i, end);
    if (end - i == 4 && c[end] == U'年' && is_year_value(value))
        lint->years[value - FIRST_YEAR] = true;
}

static size_t judge_number(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t end = digits_end(c, i);
    bool decimals = c[end] == '.' && is_digit(c[end + 1]);
    size_t stop = decimals ? digits_end(c, end + 1) : end;
    note_year(lint, c, i, end);
    if (is_code(c, i, end) || is_computed(line, i))
        return stop;
    if (!decimals && c[end] != ',')
        judge_wrecked(lint, line, i, end);
    judge_more(lint, line, decimals ? end + 1 : i, stop, decimals);
    if (decimals)
        return judge_points(lint, line, i, stop);
    end = judge_mark(lint, line, i, end);
    return judge_double(lint, line, i, end);
}

/* 约.5公里 */
static void judge_point(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    bool open = is_han(c[i - 1]) || has(U"，。；：（、“", c[i - 1]);
    size_t end = digits_end(c, i + 1);
    if (!open || end == i + 1 || has(U"年月日、.．章节条款", c[end]) || is_latin(c[end]))
        return;
    lint_tell(lint, line, DIAG_W725, i, end, NULL,
        arena_printf(lint->arena, "0.%s", line_text(lint, line, i + 1, end)));
}

static bool is_wide(uint32_t c)
{
    return (c >= U'０' && c <= U'９') || (c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ');
}

/* １２吨, ＰＰＰ项目: digits and letters of the width of Han. */
static size_t judge_wide(Lint *lint, const Line *line, size_t i)
{
    size_t from = i, end = i;
    bool letters = true;
    while (from > 0 && (is_digit(line->c[from - 1]) || is_latin(line->c[from - 1])))
        from--;
    while (is_wide(line->c[end]) || is_digit(line->c[end]) || is_latin(line->c[end]) ||
           (line->c[end] == U'．' && is_wide(line->c[end + 1]))) {
        letters = letters && has(U"Ｘｘ", line->c[end]);
        end++;
    }
    if (!letters)
        lint_tell(lint, line, DIAG_W724, from, end, NULL,
            utf8_fold(lint->arena, line_text(lint, line, from, end)));
    return end;
}

void scan_figures(Lint *lint, const Line *line)
{
    for (size_t i = line->first; i < line->end;) {
        if (is_digit(line->c[i])) {
            i = judge_number(lint, line, i);
        } else if (is_wide(line->c[i])) {
            i = judge_wide(lint, line, i);
        } else {
            if (line->c[i] == '.' || line->c[i] == U'．')
                judge_point(lint, line, i);
            i++;
        }
    }
}

/* The years that two figures hold that are not one figure told twice. */
static void find_repeated(const Lint *lint, bool *repeated)
{
    const char *first[YEARS] = {0};
    for (size_t i = 0; i < lint->wrecked.count; i++) {
        const Pending *pending = &lint->wrecked.items[i];
        const char **one = &first[pending->year - FIRST_YEAR];
        if (pending->code != DIAG_W722)
            continue;
        if (*one && strcmp(*one, pending->found) != 0)
            repeated[pending->year - FIRST_YEAR] = true;
        *one = pending->found;
    }
}

/* That a five-digit figure holds a year is chance, unless the paper is about that year or the next
 * (whose paper was last year's), or other figures hold the same one. */
void finish_figures(Lint *lint)
{
    bool repeated[YEARS] = {0};
    find_repeated(lint, repeated);
    for (size_t i = 0; i < lint->wrecked.count; i++) {
        const Pending *pending = &lint->wrecked.items[i];
        int year = pending->year - FIRST_YEAR;
        bool near = repeated[year] || (year + 1 < YEARS && lint->years[year + 1]);
        if (lint->years[year] || (pending->code == DIAG_W722 && near))
            diag_add(lint->diags, pending->code, &pending->at, pending->found,
                arena_printf(lint->arena, "%d", pending->year));
    }
    lint->wrecked.count = 0;
}
