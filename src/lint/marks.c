/* Marks one behind another: 。。 ，。 ...... 等……, and 、 between titles or quotations. */
#include "lint/lint_internal.h"

static const char32_t STOPS[] = U"，。、；：";

/* ，， 。， ；。: one of them is enough. ？！ and ！！ have their use. */
static size_t judge_stops(Lint *lint, const Line *line, size_t i)
{
    size_t end = i;
    bool full_stops = true;
    while (has(STOPS, line->c[end])) {
        full_stops = full_stops && line->c[end] == U'。';
        end++;
    }
    if (full_stops && end - i >= 3)
        lint_tell(lint, line, DIAG_W732, i, end, NULL, "……");
    else if (end - i >= 2)
        lint_tell(lint, line, DIAG_W733, i, end, NULL, NULL);
    return end;
}

/* 工作总结......12: the dots of a contents page. */
static bool is_leader(const Line *line, size_t end)
{
    while (is_space(line->c[end]))
        end++;
    return is_digit(line->c[end]) && digits_end(line->c, end) == line->end;
}

static size_t judge_dots(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t end = i;
    while (c[end] == c[i])
        end++;
    bool among_han = is_han(c[i - 1]) || is_han(c[end]) || utf8_is_cjk_mark(c[i - 1]) ||
                     utf8_is_cjk_mark(c[end]);
    bool wrong = c[i] == U'…' ? (end - i) % 2 == 1 : end - i >= 3;
    if (wrong && among_han && !is_leader(line, end))
        lint_tell(lint, line, DIAG_W732, i, end, NULL, "……");
    return end;
}

/* 等……, ……等: either says it. */
static void judge_and_so_on(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t dots = i;
    while (c[dots] == U'…')
        dots++;
    if (dots > i && c[dots] == U'等' && !has(U"待到候级于同", c[dots + 1]))
        lint_tell(lint, line, DIAG_W741, i, dots + 1, NULL, NULL);
    else if (dots > i && c[i - 1] == U'等' && !has(U"平同相中高初优上下一二三特", c[i - 2]))
        lint_tell(lint, line, DIAG_W741, i - 1, dots, NULL, NULL);
}

typedef struct Tally {
    size_t at, count;
} Tally;

/* A list of titles or of quotations that goes on, and what of the lists before it is wrong. */
typedef struct Listing {
    Tally present, found;
    bool mixed; /* it has other things too, and 、 before or behind them */
} Listing;

static void end_list(Listing *list)
{
    if (!list->mixed && list->present.count > 0) {
        list->found.at = list->found.count ? list->found.at : list->present.at;
        list->found.count += list->present.count;
    }
    list->present = (Tally){0};
    list->mixed = false;
}

/* “甲”、“乙”; in “甲”、“乙”、丙 the marks are of one kind throughout, and so they may stay. */
static void judge_comma(const Line *line, size_t i, Listing *list)
{
    uint32_t before = line->c[i - 1], after = line->c[i + 1];
    bool titles = before == U'》' && after == U'《', quotes = before == U'”' && after == U'“';
    if (!titles && !quotes)
        list->mixed = list->mixed || has(U"》”", before) || has(U"《“", after);
    else if (list->present.count++ == 0)
        list->present.at = i;
}

void scan_marks(Lint *lint, const Line *line)
{
    Listing list = {0};
    for (size_t i = line->first; i < line->end;) {
        uint32_t c = line->c[i];
        if (c == U'、')
            judge_comma(line, i, &list);
        else if (has(STOPS, c))
            end_list(&list);
        if (c == U'…')
            judge_and_so_on(lint, line, i);
        if (has(STOPS, c))
            i = judge_stops(lint, line, i);
        else if (has(U".…·", c))
            i = judge_dots(lint, line, i);
        else
            i++;
    }
    end_list(&list);
    const Tally *found = &list.found;
    if (found->count > 0)
        lint_tell(lint, line, DIAG_N739, found->at - 1, found->at + 2,
            arena_printf(lint->arena, "%zu", found->count),
            line->c[found->at - 1] == U'》' ? "》《" : "”“");
}
