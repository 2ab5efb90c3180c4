/* Marks of the wrong width: , : ( ) and straight quotes among Han; blanks; characters that nobody
 * typed. What a paper is full of is told once a paragraph, with how often. */
#include "lint/lint_internal.h"

/* Findings of one rule in one paragraph: the first, and how many. */
typedef struct Tally {
    size_t at, count;
} Tally;

static void tally(Tally *out, size_t i)
{
    if (out->count++ == 0)
        out->at = i;
}

/* What Chinese text may begin or end with beside a mark. */
static bool is_text(uint32_t c)
{
    return is_han(c) || has(U"”’》〉」』）】〕“‘《〈「『（【〔", c);
}

static const char *wide_twin(uint32_t c)
{
    static const char marks[] = ",:;?!().";
    static const char *const twins[] = {"，", "：", "；", "？", "！", "（", "）", "。"};
    for (size_t i = 0; marks[i]; i++)
        if ((uint32_t)marks[i] == c)
            return twins[i];
    return NULL;
}

/* A stop between Han, or at the end; not 1.加强, 附件.docx, … */
static bool is_half_stop(const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    bool ends = i + 1 >= line->end || is_text(c[i + 1]) ||
                (is_digit(c[i + 1]) && has(U"年月日", c[digits_end(c, i + 1)]));
    return is_text(c[i - 1]) && ends && c[i + 1] != '.' &&
           !(i <= line->first + 3 && i > 0 && has(HAN_DIGITS, c[i - 1]));
}

static bool is_half(const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    uint32_t before = c[i - 1], after = c[i + 1];
    if (c[i] == '.')
        return is_half_stop(line, i);
    if ((c[i] == '(' && after == ')') || (c[i] == ')' && before == '('))
        return false;
    if (c[i] == '(' || c[i] == ')')
        return is_text(before) || is_text(after);
    return is_text(before) || (is_text(after) && !is_space(before));
}

/* A full stop between Han may be any mark: 张三.李四. */
static const char *mended(const Line *line, size_t i)
{
    bool within = line->c[i] == '.' && i + 1 < line->end && !has(U"”’）", line->c[i + 1]);
    return within ? NULL : wide_twin(line->c[i]);
}

static bool is_straight(const uint32_t *c, size_t i)
{
    return (c[i] == '"' || c[i] == '\'') &&
           (is_han(c[i - 1]) || is_han(c[i + 1]) || utf8_is_cjk_mark(c[i - 1]) ||
               utf8_is_cjk_mark(c[i + 1]));
}

/* Radicals and other look-alikes that copying from a PDF leaves, characters that do not show, what
 * an encoding broke. */
static bool is_stray(const Line *line, size_t i)
{
    uint32_t c = line->c[i], before = line->c[i - 1], after = line->c[i + 1];
    if ((c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0xFFFD ||
        (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0xAD || c == 0x2060 ||
        (c == 0xFEFF) || utf8_is_private_use(c) || (c < 0x20 && c != '\t'))
        return true;
    return has(U"`^\\", c) && (is_text(before) || utf8_is_cjk_mark(before)) &&
           (is_text(after) || utf8_is_cjk_mark(after));
}

static size_t stray_end(const Line *line, size_t i)
{
    static const char32_t *const broken[] = {U"锟斤拷", U"烫烫烫", U"屯屯屯"};
    for (size_t k = 0; k < sizeof broken / sizeof *broken; k++)
        if (word_at(line->c + i, broken[k]))
            return i + word_at(line->c + i, broken[k]);
    while (i < line->end && is_stray(line, i))
        i++;
    return i;
}

/* 投入资金   万元: room was left for the figure. */
static bool is_room(const uint32_t *c, size_t i, size_t end)
{
    return (end - i >= 2 || c[i] == 0x3000) && is_han(c[i - 1]) && has(U"万亿元吨户处个亩", c[end]);
}

/* A blank between two Han of a sentence: there was something, or it is too much. `slogan`:
 * “好客山东 好品山东” has one in place of a mark. */
static size_t judge_blank(Lint *lint, const Line *line, size_t i, bool slogan)
{
    const uint32_t *c = line->c;
    size_t end = i;
    while (is_space(c[end]))
        end++;
    bool number = is_digit(c[i - 1]) && is_digit(c[end]) && c[i] == ' ' && end == i + 1;
    size_t from = i, stop = number ? digits_end(c, end) : end;
    while (number && is_digit(c[from - 1]))
        from--;
    bool prose = (line->piece->kind == LINT_LINE || line->piece->kind == LINT_PARAGRAPH) &&
                 has(U"。；：！？”", c[line->end - 1]); /* else a row of a table */
    bool split = number && has(U"吨户处个人余多万公亩元", c[stop]);
    bool gap = is_han(c[i - 1]) && is_han(c[end]) && line->end - line->first > 40;
    if (prose && !slogan && split)
        lint_tell(lint, line, DIAG_N727, from, stop + 1, NULL, NULL);
    else if (prose && !slogan && (gap || is_room(c, i, end)))
        lint_tell(lint, line, DIAG_N727, i - 1, end + 1, NULL, NULL);
    return end;
}

static void tell_tally(
    Lint *lint, const Line *line, DiagCode code, const Tally *found, const char *mend)
{
    if (found->count)
        lint_tell(lint, line, code, found->at, found->at + 1,
            arena_printf(lint->arena, "%zu", found->count), mend);
}

void scan_width(Lint *lint, const Line *line)
{
    Tally half = {0}, straight = {0};
    size_t blanks = SIZE_MAX; /* within the present quotation; SIZE_MAX: there is none */
    for (size_t i = line->first; i < line->end;) {
        uint32_t c = line->c[i];
        size_t stray = stray_end(line, i);
        if (stray > i) {
            lint_tell(lint, line, DIAG_W753, i, stray, NULL, NULL);
            i = stray;
            continue;
        }
        if (is_space(c)) {
            i = judge_blank(lint, line, i, blanks == 0);
            blanks += blanks != SIZE_MAX;
            continue;
        }
        if (paper_number_end(line->c, i)) { /* (2024)7号 is W736 */
            i = paper_number_end(line->c, i);
            continue;
        }
        if (has(U"“”", c))
            blanks = c == U'“' ? 0 : SIZE_MAX;
        if (wide_twin(c) && is_half(line, i))
            tally(&half, i);
        else if (is_straight(line->c, i))
            tally(&straight, i);
        i++;
    }
    tell_tally(lint, line, DIAG_W731, &half, half.count ? mended(line, half.at) : NULL);
    tell_tally(lint, line, DIAG_W730, &straight, NULL);
}
