/* One figure, one mark of roughness: 约50余吨 and 近3公里左右 have two. */
#include "lint/lint_internal.h"

/* Marks behind a figure, as bits. */
enum { MORE = 1, ABOUT = 2, ABOVE = 4, BELOW = 8 };

typedef struct Prefix {
    const char32_t *word;
    int clashes;
    const char32_t *not_behind; /* 节约50余吨: part of another word */
} Prefix;

static const char32_t YUE[] = U"节条合契公预制签履违隐特纽相邀简集解要誓盟续背赴";
static const char32_t JIN[] = U"靠附临亲贴就邻远最逼新渐走迫";

static const Prefix prefixes[] = {
    /* flat table */
    {U"大约", MORE | ABOUT | ABOVE | BELOW, U""},
    {U"大概", MORE | ABOUT | ABOVE | BELOW, U""},
    {U"大致", MORE | ABOUT | ABOVE | BELOW, U""},
    {U"约", MORE | ABOUT | ABOVE | BELOW, YUE},
    {U"将近", MORE | ABOUT | ABOVE | BELOW, U""},
    {U"接近", MORE | ABOUT | ABOVE | BELOW, U""},
    {U"近", MORE | ABOUT | ABOVE | BELOW, JIN},
    {U"超过", MORE | ABOUT | ABOVE, U""},
    {U"超", MORE | ABOUT | ABOVE, U"赶高反"},
    {U"逾", MORE | ABOUT | ABOVE, U""},
    {U"不到", MORE | ABOUT | ABOVE | BELOW, U""},
    {U"不足", MORE | ABOUT | ABOVE | BELOW, U""},
    {U"至少", ABOUT | ABOVE, U""},
    {U"最多", ABOUT | BELOW, U""},
};

typedef struct Suffix {
    const char32_t *word;
    int mark;
    const char32_t *not_before; /* 以内容, 上下游 */
} Suffix;

static const Suffix suffixes[] = {
    /* flat table */
    {U"左右", ABOUT, U"两岸侧手为邻"},
    {U"上下", ABOUT, U"游级班楼水一联协车工"},
    {U"以上", ABOVE, U""},
    {U"以下", BELOW, U""},
    {U"以内", BELOW, U"容部"},
};

enum { REACH = 4 }; /* characters of a unit between figure and mark: 立方米, 人民币 */

typedef struct Figure {
    size_t start, end;     /* of the figure itself */
    size_t mark, mark_end; /* 余, 多; mark == mark_end: none */
    size_t tail, tail_end; /* 左右, 以上 … */
    int marks;
} Figure;

static size_t number_end(const uint32_t *c, size_t i)
{
    size_t end = i;
    while (is_digit(c[end]) || has(HAN_DIGITS, c[end]) ||
           (end > i && has(U".,%％", c[end]) && (is_digit(c[end + 1]) || has(U"%％", c[end]))))
        end++;
    return end;
}

static void read_tail(const uint32_t *c, size_t from, Figure *figure)
{
    for (size_t i = from; i <= from + REACH; i++) {
        for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++) {
            size_t length = word_at(c + i, suffixes[k].word);
            if (!length || has(suffixes[k].not_before, c[i + length]))
                continue;
            figure->tail = i;
            figure->tail_end = i + length;
            figure->marks |= suffixes[k].mark;
            return;
        }
        if (!is_han(c[i]) || has(HAN_DIGITS, c[i]) || has(U"在以的和及至到", c[i]))
            return;
    }
}

/* 余, 多; 5万多元, 30来户 */
static bool is_more_here(const uint32_t *c, size_t i)
{
    if (c[i] == U'来')
        return has(U"户个人吨天年斤亩岁次家里公米名项块元处件张台万", c[i + 1]);
    return is_more(c, i) || (c[i] == U'多' && c[i + 1] == U'元' && has(U"十百千万亿", c[i - 1]));
}

static Figure read_figure(const uint32_t *c, size_t i)
{
    Figure figure = {.start = i, .end = number_end(c, i)};
    size_t at = figure.end;
    if (at == i)
        return figure;
    if (is_more_here(c, at)) {
        figure.mark = at++;
        while (has(U"万亿", c[at]))
            at++;
        figure.mark_end = figure.mark + 1;
        figure.marks |= MORE;
    }
    read_tail(c, at, &figure);
    return figure;
}

/* 近30多年, 近3个月 …: the time gone by, not a rough figure. */
static bool is_time(const uint32_t *c, const Figure *figure)
{
    size_t at = figure->marks & MORE ? figure->mark_end : figure->end;
    if (c[at] == U'个')
        at++;
    return has(U"年月天日周期届代次季旬", c[at]) || word_at(c + at, U"小时") || c[at] == U'星';
}

static const Prefix *prefix_at(const uint32_t *c, size_t i, size_t *length)
{
    for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes; k++) {
        *length = word_at(c + i, prefixes[k].word);
        if (*length && !has(prefixes[k].not_behind, c[i - 1]))
            return &prefixes[k];
    }
    return NULL;
}

/* 约有近50户: the second prefix at `at`, behind the first; where its figure ends, 0: there is none.
 * 超过近3年平均水平 is of other years. */
static size_t second_prefix(const uint32_t *c, size_t at, const Prefix *first)
{
    size_t length = 0;
    const Prefix *second = first->clashes & MORE ? prefix_at(c, at, &length) : NULL;
    Figure figure = read_figure(c, at + length);
    bool wrong = second && second->clashes & BELOW && figure.end > figure.start;
    return wrong && !(c[at] == U'近' && is_time(c, &figure)) ? figure.end : 0;
}

/* The text of from … to without what stands from `out` to `out_end`. */
static char *without(
    const Lint *lint, const Line *line, size_t from, size_t to, size_t out, size_t out_end)
{
    return arena_printf(
        lint->arena, "%s%s", line_text(lint, line, from, out), line_text(lint, line, out_end, to));
}

static size_t judge_prefix(
    Lint *lint, const Line *line, size_t i, const Prefix *prefix, size_t length)
{
    const uint32_t *c = line->c;
    size_t at = i + length;
    while (at < i + length + 2 && has(U"有占为达到共计需", c[at]))
        at++;
    size_t second = second_prefix(c, at, prefix);
    if (second) {
        lint_tell(lint, line, DIAG_W727, i, second, NULL, line_text(lint, line, at, second));
        return second;
    }
    Figure figure = read_figure(c, at);
    int clash = figure.marks & prefix->clashes;
    if (!clash || (c[i] == U'近' && is_time(c, &figure)))
        return figure.end > at ? figure.end : i + length;
    size_t end = clash & MORE ? figure.mark_end : figure.tail_end;
    char *mend = clash & MORE ? line_text(lint, line, i + length, end)
                              : without(lint, line, i, end, figure.tail, figure.tail_end);
    lint_tell(lint, line, DIAG_W727, i, end, NULL, mend);
    return end;
}

/* 50余吨左右, 50多余吨, 50吨左右约 */
static size_t judge_number(Lint *lint, const Line *line, size_t i)
{
    Figure figure = read_figure(line->c, i);
    size_t behind = figure.tail_end;
    if (figure.marks & ABOUT && line->c[behind] == U'约' && !is_han(line->c[behind + 1])) {
        lint_tell(lint, line, DIAG_W727, i, behind + 1, NULL, line_text(lint, line, i, behind));
        return behind + 1;
    }
    if (figure.marks & MORE && is_more(line->c, figure.mark_end)) {
        lint_tell(lint, line, DIAG_W727, i, figure.mark_end + 1, NULL,
            line_text(lint, line, i, figure.mark_end));
        return figure.mark_end + 1;
    }
    if (!(figure.marks & MORE) || !(figure.marks & (ABOUT | ABOVE)))
        return figure.end;
    lint_tell(lint, line, DIAG_W727, i, figure.tail_end, NULL,
        without(lint, line, i, figure.tail_end, figure.tail, figure.tail_end));
    return figure.tail_end;
}

void scan_rough(Lint *lint, const Line *line)
{
    for (size_t i = line->first; i < line->end;) {
        size_t length = 0;
        const Prefix *prefix = is_han(line->c[i]) ? prefix_at(line->c, i, &length) : NULL;
        if (prefix)
            i = judge_prefix(lint, line, i, prefix, length);
        else if (is_digit(line->c[i]) || has(HAN_DIGITS, line->c[i]))
            i = judge_number(lint, line, i);
        else
            i++;
    }
}
