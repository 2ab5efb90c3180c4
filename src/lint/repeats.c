/* What stands twice: a word (进行进行), a sentence, a paragraph. */
#include "lint/lint_internal.h"

enum {
    SENTENCE = 16, /* characters; shorter ones may well return */
    PARAGRAPH = 30,
    LONGEST = 12 /* of a phrase that is looked for twice in a row */
};

/* ---- words ---- */

/* Single characters that never follow themselves, but for other words' ends and beginnings: 目的的,
 * 为了了解, 实事求是是. */
typedef struct Single {
    uint32_t c;
    const char32_t *not_behind, *not_before;
} Single;

static const Single singles[] = {
    /* flat table */
    {U'的', U"目标", U"确士喀"},
    {U'了', U"", U"解结然断却事望如得"},
    {U'和', U"共饱温柔缓祥平总附", U"气美睦平谐善"},
    {U'是', U"求", U"非"},
    {U'或', U"", U""},
    {U'但', U"", U""},
    {U'吨', U"", U""},
    {U'被', U"棉", U""},
    {U'并', U"合归兼吞一", U"不"},
    {U'个', U"", U"体人性别例案"},
    {U'份', U"", U"额内"},
};

/* Words that are doubled by a slip only; 研究研究 is said. */
static const char32_t *const doubled[] = {U"进行", U"开展", U"我们", U"通过", U"按照", U"根据",
    U"加强", U"推进", U"落实", U"以及", U"对于", U"关于", U"目前", U"情况", U"环境", U"整治",
    U"人居", U"垃圾", U"完成", U"全镇", U"全县", U"全市", U"实现", U"形成", U"组织", U"其中",
    U"截至", U"同比", U"环比", U"增长", U"下降", U"积极", U"进一步", U"继续", U"认真", U"全面",
    U"深入", U"有效", U"提高", U"提升", U"存在", U"问题", U"以来", U"同时", U"方面", U"由于",
    U"已经", U"因此", U"公里", U"万元", U"平方米", U"进行了", U"开展了", U"完成了", U"取得了",
    U"我镇", U"我县", U"我市", U"我村", U"各村"};

static void judge_single(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    bool each =
        has(U"个份", c[i]) && !is_digit(c[i - 1]) && !has(U"余多万", c[i - 1]); /* 个个都来 */
    if (c[i] != c[i + 1] || c[i - 1] == c[i] || c[i + 2] == c[i] || each)
        return;
    for (size_t k = 0; k < sizeof singles / sizeof *singles; k++)
        if (singles[k].c == c[i] && !has(singles[k].not_behind, c[i - 1]) &&
            !has(singles[k].not_before, c[i + 2]))
            lint_tell(lint, line, DIAG_W749, i, i + 2, NULL, line_text(lint, line, i, i + 1));
}

static void judge_doubled(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    if (c[i] != c[i + 2] && c[i] != c[i + 3])
        return;
    for (size_t k = 0; k < sizeof doubled / sizeof *doubled; k++) {
        size_t length = word_at(c + i, doubled[k]);
        if (length && word_at(c + i + length, doubled[k])) {
            lint_tell(lint, line, DIAG_W749, i, i + 2 * length, NULL,
                line_text(lint, line, i, i + length));
            return;
        }
    }
}

static bool is_one_character(const uint32_t *c, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (c[i] != c[from])
            return false;
    return true;
}

/* Phrases of four characters and more, twice in a row. */
static void judge_phrases(Lint *lint, const Line *line)
{
    const uint32_t *c = line->c;
    size_t told = line->first;
    for (size_t length = 4; length <= LONGEST; length++)
        for (size_t i = line->first, same = 0; i + length < line->end; i++) {
            same = c[i] == c[i + length] && is_han(c[i]) ? same + 1 : 0;
            size_t start = i + 1 - length;
            if (same < length || start < told || is_one_character(c, start, i + 1))
                continue;
            told = i + 1 + length;
            same = 0;
            lint_tell(
                lint, line, DIAG_W749, start, told, NULL, line_text(lint, line, start, i + 1));
        }
}

/* ---- sentences ---- */

static bool is_new(Lint *lint, Map *map, const Line *line, size_t from, size_t to)
{
    size_t start = line->offset[from], end = line->offset[to];
    char *text = arena_strndup(lint->arena, line->piece->text + start, end - start);
    if (map_find(map, text))
        return false;
    map_put(map, text, lint);
    return true;
}

static void judge_sentences(Lint *lint, const Line *line)
{
    bool again = line->end - line->first >= PARAGRAPH && line->sentence &&
                 !is_new(lint, lint->paragraphs, line, line->first, line->end);
    if (again)
        lint_tell(lint, line, DIAG_N732, line->first, line->end, NULL, NULL);
    size_t start = line->first;
    for (size_t i = line->first; !again && i < line->end; i++) {
        if (!has(U"。！？", line->c[i]))
            continue;
        if (i - start >= SENTENCE && !is_new(lint, lint->sentences, line, start, i))
            lint_tell(lint, line, DIAG_N731, start, i, NULL, NULL);
        start = i + 1;
    }
}

void scan_repeats(Lint *lint, const Line *line)
{
    LintKind kind = line->piece->kind;
    for (size_t i = line->first; i < line->end; i++)
        if (is_han(line->c[i])) {
            judge_single(lint, line, i);
            judge_doubled(lint, line, i);
        }
    judge_phrases(lint, line);
    if (kind == LINT_LINE || kind == LINT_PARAGRAPH)
        judge_sentences(lint, line);
}
