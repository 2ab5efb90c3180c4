/* What a draft left open: X个, 20XX年, ____, （待补）, 【】. */
#include "lint/lint_internal.h"

static const char32_t LETTERS[] = U"XxＸｘ×╳✕*＊";
static const char32_t SIGNS[] = U"×╳✕";
static const char32_t STARS[] = U"*＊";
/* X光, X射线, X轴 …: a letter that means itself. */
static const char32_t OWN_WORDS[] = U"光射线轴型形染片坐方元因值档波机教证刀";
/* What is counted or named behind a sign ×, which else multiplies. */
static const char32_t COUNTED[] =
    U"年月日号期次个条项处户人名吨米里元万亿村镇县市区省局届份台辆座栋场组点时分％%";
static const char32_t BEFORE_SIGN[] = U"第年月日共计了约达在由和及至到于近的是有从自向对按其各";

static size_t letters_end(const uint32_t *c, size_t i)
{
    while (has(LETTERS, c[i]) || (c[i] == '.' && has(LETTERS, c[i - 1]) && has(LETTERS, c[i + 1])))
        i++;
    return i;
}

/* 20XX年, 202X年: digits and letters are the four figures of a year. */
static bool is_year(const uint32_t *c, size_t i, size_t end)
{
    size_t digits = 0;
    while (digits < 4 && is_digit(c[i - 1 - digits]))
        digits++;
    bool begins = c[i - digits] == '2' || c[i - digits] == '1';
    return digits >= 2 && digits + (end - i) == 4 && begins &&
           (is_han(c[end]) || is_space(c[end]) || !c[end] || utf8_is_cjk_mark(c[end]));
}

static bool is_sign(const uint32_t *c, size_t i)
{
    bool alone = !c[i - 1] || (!is_han(c[i - 1]) && utf8_is_cjk_mark(c[i - 1]));
    return has(COUNTED, c[i + 1]) && (alone || has(BEFORE_SIGN, c[i - 1]));
}

/* *月, **村, *.*万元; not the star of a remark (*人均 at the beginning of a line) nor 张**. */
static bool is_star(const uint32_t *c, size_t i, size_t end)
{
    bool begins = !c[i - 1] || is_space(c[i - 1]);
    return has(begins && end - i == 1 ? U"年月镇村县市区省" : COUNTED, c[end]);
}

static bool is_placeholder(const uint32_t *c, size_t i, size_t end)
{
    uint32_t before = c[i - 1], after = c[end];
    if (is_latin(before) || is_latin(after) || is_digit(after) || has(U"+-_./\\@:", before) ||
        has(U"+-_./@\\", after) || (after == ':' && !is_han(before)) || has(OWN_WORDS, after))
        return false;
    if (is_digit(before))
        return is_year(c, i, end);
    if (has(STARS, c[i]))
        return is_star(c, i, end);
    if (end - i >= 2)
        return is_han(before) || is_han(after) || utf8_is_cjk_mark(before) ||
               utf8_is_cjk_mark(after) || has(SIGNS, c[i]);
    return has(SIGNS, c[i]) ? is_sign(c, i) : is_han(after) || has(U"%％‰", after);
}

static size_t year_start(const uint32_t *c, size_t i)
{
    while (is_digit(c[i - 1]))
        i--;
    return i;
}

static size_t find_letters(Lint *lint, const Line *line, size_t i)
{
    size_t end = letters_end(line->c, i);
    if (is_placeholder(line->c, i, end)) {
        size_t shown = end < line->count && has(COUNTED, line->c[end]) ? end + 1 : end;
        lint_tell(lint, line, DIAG_W720, year_start(line->c, i), shown, NULL, NULL);
    }
    return end;
}

/* A form has them behind its labels; in a sentence they are what is missing. */
static size_t find_line(Lint *lint, const Line *line, size_t i)
{
    size_t end = i;
    while (has(U"_＿", line->c[end]))
        end++;
    uint32_t before = line->c[i - 1], after = line->c[end];
    if (end - i >= 2 && !has(U":：", before) && !is_latin(before) && !is_latin(after) &&
        (is_han(before) || is_han(after)) && line->sentence)
        lint_tell(lint, line, DIAG_W720, i, end, NULL, NULL);
    return end;
}

/* （待补）: words that stand in a bracket until somebody knows. */
static void find_note(Lint *lint, const Line *line, size_t i)
{
    static const char32_t *const sure[] = {
        U"待补", U"待填", U"此处填", U"此处插", U"请填", U"填写", U"具体数"};
    static const char32_t *const doubtful[] = {U"待核", U"待定", U"待确认", U"待查", U"数据待"};
    for (size_t k = 0; k < sizeof sure / sizeof *sure; k++)
        if (word_at(line->c + i + 1, sure[k]))
            lint_tell(
                lint, line, DIAG_W720, i, i + 1 + word_at(line->c + i + 1, sure[k]), NULL, NULL);
    for (size_t k = 0; k < sizeof doubtful / sizeof *doubtful; k++)
        if (word_at(line->c + i + 1, doubtful[k]))
            lint_tell(lint, line, DIAG_N720, i, i + 1 + word_at(line->c + i + 1, doubtful[k]), NULL,
                NULL);
}

/* 2024年 月 日, 6月 日: the day is to be filled in, by hand or not. */
static size_t find_day(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t end = i;
    for (const char32_t *unit = c[i] == U'年' ? U"月日" : U"日"; *unit; unit++) {
        size_t at = end + 1;
        while (is_space(c[at]))
            at++;
        if (at == end + 1 || c[at] != *unit)
            break;
        end = at;
    }
    if (end > i && is_digit(c[i - 1]))
        lint_tell(lint, line, DIAG_N720, year_start(c, i), end + 1, NULL, NULL);
    return end + 1;
}

/* 清理垃圾？？吨 */
static size_t find_questions(Lint *lint, const Line *line, size_t i)
{
    size_t end = i;
    while (has(U"？?", line->c[end]))
        end++;
    bool open = has(U"，、", line->c[i - 1]);
    bool unit = has(U"年月日项户名吨米元万亿％%", line->c[end]);
    bool alone = has(U"，。、；", line->c[end + 1]); /* 改厕？户， */
    if (unit && (alone ? open || is_han(line->c[i - 1]) : end - i >= 2 && is_han(line->c[i - 1])))
        lint_tell(lint, line, DIAG_W720, i, end + 1, NULL, NULL);
    return end;
}

/* 某某村: a paper that is sent names it. 张某某 keeps a person's name back. */
static size_t find_somewhere(Lint *lint, const Line *line, size_t i)
{
    size_t end = i;
    while (line->c[end] == U'某')
        end++;
    bool named = i > line->first && is_han(line->c[i - 1]) &&
                 !has(U"在到由从对为和及向至的市县镇乡区", line->c[i - 1]);
    if (end - i >= 2 && !named && has(U"村镇乡县市区省局年月", line->c[end]))
        lint_tell(lint, line, DIAG_N720, i, end + 1, NULL, NULL);
    return end;
}

/* TBD; N户: a figure that nobody knew yet. */
static void find_unknown(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t end = i + (c[i] == 'T' ? word_at(c + i, U"TBD") : 1);
    uint32_t before = c[i - 1];
    if (end == i || is_latin(before) || is_digit(before) || has(U"-_./", before) ||
        is_latin(c[end]) || is_digit(c[end]) || has(U"-_./", c[end]))
        return;
    if (c[i] == 'T')
        lint_tell(lint, line, DIAG_W720, i, end, NULL, NULL);
    else if (has(U"户处吨座名", c[end]) && !has(U"型籍理", c[end + 1]))
        lint_tell(lint, line, DIAG_N720, i, end + 1, NULL, NULL);
}

static void find_empty(Lint *lint, const Line *line, size_t i)
{
    static const char32_t openers[] = U"（【《〈“‘〔「『([", closers[] = U"）】》〉”’〕」』)]";
    uint32_t before = line->c[i - 1];
    for (size_t k = 0; openers[k]; k++)
        if (line->c[i] == openers[k] && line->c[i + 1] == closers[k] && !is_latin(before) &&
            !is_digit(before) && !has(U"_)]", before))
            lint_tell(lint, line, DIAG_W721, i, i + 2, NULL, NULL);
}

void scan_placeholders(Lint *lint, const Line *line)
{
    for (size_t i = line->first; i < line->end;) {
        uint32_t c = line->c[i];
        if (has(LETTERS, c)) {
            i = find_letters(lint, line, i);
        } else if (c == '_' || c == U'＿') {
            i = find_line(lint, line, i);
        } else if (c == U'年' || c == U'月') {
            i = find_day(lint, line, i);
        } else if (has(U"？?", c)) {
            i = find_questions(lint, line, i);
        } else if (c == U'某') {
            i = find_somewhere(lint, line, i);
        } else {
            if (has(U"TNＮ", c))
                find_unknown(lint, line, i);
            if (has(U"（(【［[", c))
                find_note(lint, line, i);
            if (!is_han(c))
                find_empty(lint, line, i);
            i++;
        }
    }
}
