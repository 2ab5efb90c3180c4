/* How figures are written: ranges (5—10天), percents and points, multiples, Arabic and Han digits
 * in one number. */
#include "document/numeral.h"
#include "lint/lint_internal.h"

static const char32_t DASHES[] = U"-－–~─━ー一";    /* that stand for — or ～ */
static const char32_t RANGES[] = U"—～-－–~─━ー一"; /* what a range is written with */
static const char32_t RANGE_UNITS[] = U"年月日天周时分秒人户个处吨公里米厘毫元万亿千倍岁级名次件条"
                                      U"台辆座项点度斤克升亩季旬期页章款%％‰";

static size_t figure_end(const uint32_t *c, size_t i)
{
    size_t end = digits_end(c, i);
    if (end > i && c[end] == '.' && is_digit(c[end + 1]))
        end = digits_end(c, end + 1);
    return end;
}

/* ---- ranges ---- */

typedef struct Range {
    size_t start, unit, dash, second, end; /* `unit`: behind the first figure */
    bool first_bare, wrong_dash;
} Range;

static bool read_range(const uint32_t *c, size_t i, Range *out)
{
    *out = (Range){.start = i, .unit = figure_end(c, i)};
    size_t dash = out->unit;
    while (has(U"%％‰万亿月日年", c[dash]))
        dash++;
    out->first_bare = dash == out->unit;
    out->dash = dash;
    out->wrong_dash = has(DASHES, c[dash]) || (c[dash] == U'—' && c[dash + 1] == U'—');
    size_t second = dash + 1;
    while (c[second] == c[dash] && second < dash + 3)
        second++;
    out->second = second;
    out->end = is_digit(c[second]) ? figure_end(c, second) : second;
    bool numeral = c[dash] == U'一' && !is_digit(c[dash - 1]) && !has(U"月日%％", c[dash - 1]);
    return has(RANGES, c[dash]) && !numeral && out->end > second;
}

/* 2024-06, 0791-8888888, A-3-5: no range. */
static bool is_code(const uint32_t *c, const Range *range)
{
    size_t first = range->unit - range->start, second = range->end - range->second;
    bool before =
        is_latin(c[range->start - 1]) || has(U"-—－–/_.:：#号第至到", c[range->start - 1]);
    if (c[range->start - 1] == U'第')
        before = false;
    return before || first > 6 || second > 6 || is_latin(c[range->end]) ||
           has(U"-—－–/_:", c[range->end]) || (first == 4 && second <= 2 && range->first_bare) ||
           (c[range->second] == '0' && second > 1 && c[range->second + 1] != '.');
}

static size_t judge_range(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    Range range;
    if (!read_range(c, i, &range) || is_code(c, &range) || !has(RANGE_UNITS, c[range.end]))
        return figure_end(c, i);
    bool dropped = range.first_bare && has(U"%％‰万亿", c[range.end]);
    const char *dash = range.wrong_dash ? "—" : line_text(lint, line, range.dash, range.second);
    char *mend = arena_printf(lint->arena, "%s%s%s%s", line_text(lint, line, i, range.dash),
        dropped ? line_text(lint, line, range.end, range.end + 1) : "", dash,
        line_text(lint, line, range.second, range.end + 1));
    if (range.wrong_dash)
        lint_tell(lint, line, DIAG_W745, i, range.end + 1, NULL, mend);
    else if (dropped && range.end - range.second < 4)
        lint_tell(lint, line, DIAG_W746, i, range.end + 1, NULL, mend);
    return range.end;
}

/* ---- percents ---- */

typedef struct Form {
    const char32_t *wrong;
    const char *right; /* behind the figure, or whole */
} Form;

/* 5个百分比, 5%个百分点 */
static size_t judge_percent(Lint *lint, const Line *line, size_t i, size_t end)
{
    static const Form forms[] = {{U"个百分比", "个百分点"}, {U"百分比", "%"},
        {U"%个百分点", "个百分点"}, {U"％个百分点", "个百分点"}, {U"%百分点", "个百分点"},
        {U"％百分点", "个百分点"}, {U"%的百分点", "个百分点"}, {U"百分点", "个百分点"},
        {U"%%", "%"}, {U"％％", "％"}, {U"%％", "%"}};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        size_t length = word_at(line->c + end, forms[k].wrong);
        if (!length)
            continue;
        lint_tell(lint, line, DIAG_W747, i, end + length, NULL,
            arena_printf(lint->arena, "%s%s", line_text(lint, line, i, end), forms[k].right));
        return end + length;
    }
    return end;
}

/* 百分之5 */
static void judge_percent_word(Lint *lint, const Line *line, size_t i)
{
    size_t start = i + word_at(line->c + i, U"百分之"), end = figure_end(line->c, start);
    if (start > i && end > start)
        lint_tell(lint, line, DIAG_W747, i, end, NULL,
            arena_printf(lint->arena, "%s%%", line_text(lint, line, start, end)));
}

static size_t change_word(const uint32_t *c, size_t i)
{
    static const char32_t *const words[] = {
        U"提高", U"提升", U"上升", U"下降", U"降低", U"增长", U"增加", U"减少"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (word_at(c + i, words[k]))
            return 2;
    return 0;
}

/* 达标率提高5%: of the rate, or five points? */
static void judge_rate(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t at = i + 1, word = 0;
    if (!is_han(c[i - 1]) || has(U"效频速功汇利税费", c[i - 1]))
        return;
    while (at < i + 8 && is_han(c[at]) && (word = change_word(c, at)) == 0)
        at++;
    size_t from = at + word;
    while (has(U"了约近", c[from]))
        from++;
    size_t end = figure_end(c, from);
    if (word && end > from && has(U"%％", c[end]) && c[end + 1] != U'以')
        lint_tell(lint, line, DIAG_N726, at, end + 1, NULL,
            arena_printf(lint->arena, "%s个百分点", line_text(lint, line, at, end)));
}

/* A figure of a percent in ten thousandths, and where it ends; 0: there is none. */
static size_t percent_end(const uint32_t *c, size_t i, int64_t *value)
{
    size_t end = figure_end(c, i), point = digits_end(c, i);
    if (end == i || !has(U"%％", c[end]) || point - i > 4 || (end > point && end - point > 5))
        return 0;
    *value = digits_value(c, i, point);
    for (size_t k = 1; k <= 4; k++)
        *value = *value * 10 + (point + k < end ? (int64_t)(c[point + k] - '0') : 0);
    return end + 1;
}

/* 由85%提高到90%，提高5%: the difference of two rates is one of points. Of 100% it is both. `i`:
 * the first figure. */
static void judge_difference(Lint *lint, const Line *line, size_t i)
{
    enum { WHOLE = 1000000 };
    const uint32_t *c = line->c;
    int64_t before = 0, after = 0, change = 0;
    size_t at = percent_end(c, i, &before), word = at ? change_word(c, at) : 0;
    if (!word || !has(U"到至为", c[at + word]))
        return;
    at = percent_end(c, at + word + 1, &after);
    at += at && has(U"，、（", c[at]);
    word = at ? change_word(c, at) : 0;
    size_t from = at + word + (has(U"了", c[at + word]) ? 1 : 0);
    size_t end = word ? percent_end(c, from, &change) : 0;
    int64_t gap = after > before ? after - before : before - after;
    if (end && change == gap && before != WHOLE)
        lint_tell(lint, line, DIAG_W747, at, end, NULL,
            arena_printf(lint->arena, "%s个百分点", line_text(lint, line, at, end - 1)));
}

/* 减少2倍: what is twice less? */
static void judge_times(Lint *lint, const Line *line, size_t i)
{
    static const char32_t *const words[] = {U"减少", U"下降", U"降低", U"缩小", U"缩短", U"减轻"};
    const uint32_t *c = line->c;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t at = i + word_at(c + i, words[k]);
        if (at == i)
            continue;
        while (has(U"了近约超过", c[at]))
            at++;
        size_t end = at;
        while (is_digit(c[end]) || has(HAN_DIGITS, c[end]) || (end > at && c[end] == '.'))
            end++;
        while (has(U"多余", c[end]))
            end++;
        if (end > at && c[end] == U'倍')
            lint_tell(lint, line, DIAG_W748, i, end + 1, NULL, NULL);
        return;
    }
}

/* ---- digits of two kinds ---- */

/* 3千户, 5百人; 3千米 is a unit. */
static void judge_mixed(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    bool thousand = c[end] == U'千' && !has(U"米克瓦伏卡字帕赫家焦牛吨安升", c[end + 1]);
    bool hundred = c[end] == U'百' && !has(U"分帕姓货日年强", c[end + 1]);
    if (!thousand && !hundred)
        return;
    const char *zeros = thousand ? "000" : "00";
    bool whole =
        digits_end(c, i) == end && !has(HAN_DIGITS, c[end + 1]) && !has(U"余多", c[end + 1]);
    lint_tell(lint, line, DIAG_N737, i, end + 1, NULL,
        whole ? arena_printf(lint->arena, "%s%s", line_text(lint, line, i, end), zeros) : NULL);
}

/* 三、五天, 七、八个: about so many, without 、. */
static void judge_about(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    int first = numeral_han_digit(c[i]), second = numeral_han_digit(c[i + 2]);
    bool near = first && second && (second == first + 1 || (first == 3 && second == 5));
    bool counts = has(U"天人户名岁", c[i + 3]) || word_at(c + i + 3, U"个月");
    if (c[i + 1] == U'、' && near && counts && !has(HAN_DIGITS, c[i - 1]) &&
        !has(U"第（、上周", c[i - 1]) && i > line->first)
        lint_tell(lint, line, DIAG_N738, i, i + 4, NULL,
            arena_printf(lint->arena, "%s%s", line_text(lint, line, i, i + 1),
                line_text(lint, line, i + 2, i + 4)));
}

static void judge_han(Lint *lint, const Line *line, size_t i)
{
    uint32_t c = line->c[i];
    if (c == U'百')
        judge_percent_word(lint, line, i);
    else if (c == U'率')
        judge_rate(lint, line, i);
    else if (has(U"减下降缩", c))
        judge_times(lint, line, i);
    else if (numeral_han_digit(c))
        judge_about(lint, line, i);
}

void scan_numbers(Lint *lint, const Line *line)
{
    for (size_t i = line->first; i < line->end;) {
        if (is_han(line->c[i]))
            judge_han(lint, line, i);
        if (!is_digit(line->c[i])) {
            i++;
            continue;
        }
        judge_difference(lint, line, i);
        size_t end = figure_end(line->c, i), stop = judge_range(lint, line, i);
        judge_mixed(lint, line, i, end);
        stop = stop > end ? stop : judge_percent(lint, line, i, end);
        i = stop;
    }
}
