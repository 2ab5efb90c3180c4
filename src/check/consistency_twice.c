/* The same said twice in the prose: one clause with two figures, one rate with two percentages. */
#include "check/consistency_internal.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "check/place.h"

/* ---- clauses ---- */

/* What may stand there or not, without another thing being said … */
#define WHOLE "全镇 我镇 本镇 全乡 我乡 本乡 全县 我县 全市 全区 全街道"
#define FRAME WHOLE " 截至目前 截至 目前 共计 总共 共 ："
#define FILLERS FRAME " 已经 已 的 问题"
static const char fillers[] = FILLERS;
/* … where it says 未 anyhow. */
static const char fillers_of_open[] = FILLERS " 现有 现 还有 尚有 仍有 尚 仍 还 有";

/* The words of text[start, end) but the fillers, and how many characters they are. */
static size_t add_words(Buf *out, const char *text, size_t start, size_t end, const char *without)
{
    while (start < end) {
        size_t filler = text_match(text + start, without);
        const char *next = text + start;
        utf8_next(&next);
        if (!filler)
            buf_add(out, text + start, (size_t)(next - text) - start);
        start = filler ? start + filler : (size_t)(next - text);
    }
    return utf8_count(out->data ? out->data : "", out->length);
}

typedef struct Clause {
    const Mark *mark;
    const CheckLine *line;
    size_t start;
} Clause;

/* From the mark before to the figure: 投入整治资金; of what is not done yet the words behind it
 * too: 未整改12个 and 尚有13个问题未整改 say the same. NULL: too short to be the same by intention.
 */
static const char *clause_words(Checker *checker, const Clause *clause)
{
    enum { LEAST = 5, LEAST_OPEN = 3 };
    const char *text = clause->line->text, *words = NULL;
    size_t end = clause->mark->end;
    Buf out = {0};
    bool whole = add_words(&out, text, clause->start, clause->mark->start, fillers) >= LEAST;
    if (!whole) {
        out.length = 0;
        add_words(&out, text, clause->start, clause->mark->start, fillers_of_open);
        while (text[end] && !text_match(text + end, CLAUSE_ENDS))
            end++;
        whole = add_words(&out, text, clause->mark->end, end, fillers_of_open) >= LEAST_OPEN &&
                text_match(out.data, "未");
    }
    if (whole)
        words = arena_strndup(checker->arena, out.data, out.length);
    buf_free(&out);
    return words;
}

static Clause clause_of(const CheckLine *line, const Mark *mark)
{
    Clause clause = {mark, line, clause_start(line->text, mark->start)};
    for (const Mark *before = line->marks; before < mark; before++)
        if (before->end > clause.start)
            clause.start = before->end;
    return clause;
}

static bool differs(const Mark *a, const Mark *b)
{
    return unit_same(a->unit, b->unit) && !rounds_to(a->exact, b) && !rounds_to(b->exact, a);
}

/* What may be said of one place, or of one time, and of another too. */
static const char places[] = "村 片 社区 坡 屯 组";
static const char times[] = "上月 去年 上年 同期 以来 累计";
static const char any_times[] = "月 季度 年 周 日 旬 上午 下午 期间";

/* The two texts differ, and one of them names somebody. */
static bool differ_in(
    const char *a, size_t a_length, const char *b, size_t b_length, const char *words)
{
    bool same = a_length == b_length && strncmp(a, b, a_length) == 0;
    return !same && (text_holds(a, 0, a_length, words) || text_holds(b, 0, b_length, words));
}

static bool differ_before(const Clause *a, const Clause *b, const char *words)
{
    size_t from = sentence_start(a->line->text, a->start);
    size_t other = sentence_start(b->line->text, b->start);
    return differ_in(
        a->line->text + from, a->start - from, b->line->text + other, b->start - other, words);
}

/* Before the clause somebody is named, and not the same: 长塘村组织有力，共投入整治资金…; or the
 * headings do. */
static bool is_of_others(const Clause *a, const Clause *b)
{
    const char *over = a->line->under, *other = b->line->under;
    return differ_before(a, b, places) || differ_before(a, b, times) ||
           differ_in(over, strlen(over), other, strlen(other), places);
}

/* Two that were worked out are of one period, and not the same place of the template once more. */
static bool may_be_one(const Mark *a, const Mark *b)
{
    const Provenance *first = a->figure, *second = b->figure;
    return !first || !second ||
           (strcmp(first->period, second->period) == 0 &&
               strcmp(first->expression, second->expression) != 0 &&
               first->rate_of_change == second->rate_of_change);
}

/* Unless it was told already that the figure is another (W760). */
static void tell_twice(Checker *checker, const Mark *mark, const Mark *first)
{
    if (!map_find(checker->told, mark->place))
        diag_add(checker->diags, DIAG_N765, &mark->at, mark->text, first->place, first->text);
}

/* What one reading of the clauses makes of each, and what was found so far. */
typedef struct Reading {
    Checker *checker;
    const char *(*words)(Checker *, const Clause *);
    bool (*eligible)(const Clause *, const Clause *);
    Map *clauses; /* words → Clause */
} Reading;

static bool read_clause(Reading *reading, Clause *clause)
{
    const char *words = reading->words(reading->checker, clause);
    Clause *first = words ? map_find(reading->clauses, words) : NULL;
    if (words && !first)
        map_put(reading->clauses, words, clause);
    bool told = first && reading->eligible(first, clause) && differs(first->mark, clause->mark) &&
                !is_of_others(first, clause);
    if (told)
        tell_twice(reading->checker, clause->mark, first->mark);
    return told;
}

static bool may_be_same(const Clause *a, const Clause *b)
{
    return may_be_one(a->mark, b->mark);
}

/* ---- the same words, 全镇共排查问题 ---- */

/* Letter for letter, of all there is; nothing is left out of it. */
static const char *whole_words(Checker *checker, const Clause *clause)
{
    enum { LEAST = 6 };
    size_t length = clause->mark->start - clause->start;
    const char *words = arena_strndup(checker->arena, clause->line->text + clause->start, length);
    bool sound = utf8_count(words, length) >= LEAST && text_holds(words, 0, length, WHOLE);
    return sound ? words : NULL;
}

/* Not where one of them is of another month. */
static bool may_be_said_again(const Clause *a, const Clause *b)
{
    bool between =
        a->line == b->line && text_holds(a->line->text, a->mark->end, b->start, any_times);
    return may_be_one(a->mark, b->mark) && !between && !differ_before(a, b, any_times);
}

/* ---- what was worked out of all rows of the period, and typed beside it ---- */

/* Worked out with no condition: 台账.|计数{}[…]. */
static bool is_of_all(const Checker *checker, const Provenance *figure)
{
    const CheckFacts *facts = checker->facts;
    const char *limits = figure && figure->claim ? strrchr(figure->claim, '{') : NULL;
    const char *own = arena_printf(checker->arena, "%d年%d月", facts->year, facts->month);
    return limits && limits[1] == '}' && !figure->to_date && !figure->past &&
           !figure->rate_of_change && (!facts->month || strcmp(figure->period, own) == 0);
}

/* Without what may stand round it: 排查问题 of 本月共排查问题. NULL: too short. */
static const char *own_words(Checker *checker, const Clause *clause)
{
    enum { LEAST = 4 };
    Buf out = {0};
    size_t count = add_words(
        &out, clause->line->text, clause->start, clause->mark->start, FRAME " 本月 本期 当月");
    const char *words = count >= LEAST ? arena_strndup(checker->arena, out.data, out.length) : NULL;
    buf_free(&out);
    return words;
}

/* Nothing before it in the paragraph that is of one place alone, nor of a time in its sentence. */
static bool stands_free(const Clause *clause)
{
    const char *text = clause->line->text;
    size_t from = sentence_start(text, clause->start);
    Buf before = {0};
    add_words(&before, text, from, clause->start, "本月 本期 当月");
    bool timed = before.length && text_holds(before.data, 0, before.length, any_times);
    buf_free(&before);
    bool whole = text_holds(text, from, clause->mark->start, WHOLE);
    return !timed && !text_holds(text, from, clause->start, times) &&
           (whole ||
               (!text_holds(text, 0, clause->start, places) &&
                   !text_holds(clause->line->under, 0, strlen(clause->line->under), places))) &&
           !is_wished(clause->line, clause->mark);
}

typedef struct Computed {
    const Clause *clause;
    struct Computed *next;
} Computed;

static void note_computed(Checker *checker, Map *known, const char *words, const Clause *clause)
{
    Computed *computed = ARENA_NEW(checker->arena, Computed);
    *computed = (Computed){.clause = clause, .next = map_find(known, words)};
    map_put(known, words, computed);
}

/* The first that was noted, where none of them agrees with the typed figure. */
static const Mark *find_other(const Computed *known, const Mark *typed, bool *alone)
{
    const Mark *first = NULL;
    *alone = true;
    for (const Computed *i = known; i; i = i->next) {
        const Mark *mark = i->clause->mark;
        if (!unit_same(mark->unit, typed->unit) && typed->kind == TYPED_NUMBER)
            continue;
        if (rounds_to(mark->exact, typed))
            return NULL;
        *alone = *alone && (!first || decimal_cmp(first->exact, mark->exact) == 0);
        first = mark;
    }
    return first;
}

/* ---- rates: 销号率50%…问题销号率为60% ---- */

/* 问题销号率 as 销号率, with what else stands before it in the clause. */
static const char *rate_words(Checker *checker, const Clause *clause)
{
    const char *text = clause->line->text, *word;
    size_t length = rate_word(text, clause->start, clause->mark->start, &word);
    Buf out = {0};
    if (length)
        add_words(&out, text, clause->start, (size_t)(word - text) + length + strlen("率"),
            FILLERS " 本月 本期 当月");
    const char *words = out.length ? arena_strndup(checker->arena, out.data, out.length) : NULL;
    buf_free(&out);
    return words;
}

/* 目前，销号率60%: nothing else is said in its sentence before. */
static bool opens_sentence(const Clause *clause)
{
    const char *text = clause->line->text;
    Buf before = {0};
    size_t count = add_words(&before, text, sentence_start(text, clause->start), clause->start,
        FILLERS " 本月 本期 当月 ，");
    buf_free(&before);
    return count == 0;
}

static void check_rate_again(
    Checker *checker, const Mark *mark, const char *name, const Computed *known)
{
    bool alone;
    const Mark *other = find_other(known, mark, &alone);
    if (!other)
        return;
    diag_add(checker->diags, alone ? DIAG_W760 : DIAG_N760, &mark->at, name, mark->text,
        other->place, other->figure->exact);
    diag_hint(checker->diags, DIAG_H761);
}

/* Percentages typed in a table's row of all, below the name of a rate that the prose works out. */
static void check_rate_cells(Checker *checker, const DocTable *table, const Map *rates)
{
    TableLabels labels;
    place_labels(checker->arena, table, &labels);
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; is_whole_row(labels.rows[r]) && i < table->rows[r].cell_count; i++) {
            const Cell *cell = &table->rows[r].cells[i];
            const char *head = labels.columns[cell->column];
            Buf name = {0};
            Mark mark;
            add_words(&name, head, 0, strlen(head), FILLERS);
            const Computed *known =
                name.length ? map_find(rates, arena_strndup(checker->arena, name.data, name.length))
                            : NULL;
            buf_free(&name);
            if (known && mark_cell(checker, cell, &mark) && !mark.figure &&
                mark.kind == TYPED_RATIO && !mark.rough)
                check_rate_again(checker, &mark, head, known);
        }
}

/* ---- over the paper ---- */

typedef struct Twice {
    Checker *checker;
    Reading loose, whole;
    Map *figures, *rates; /* words → Computed */
} Twice;

typedef void ClauseRule(Twice *twice, Clause *clause);

static void each_clause(Twice *twice, ClauseRule *rule)
{
    for (size_t i = 0; i < twice->checker->line_count; i++) {
        const CheckLine *line = &twice->checker->lines[i];
        for (int j = 0; j < line->mark_count; j++) {
            const Mark *mark = &line->marks[j];
            bool prose = line->kind == LINE_PROSE || line->kind == LINE_HEADING;
            if (!prose || mark->missing || mark->rough)
                continue;
            Clause *clause = ARENA_NEW(twice->checker->arena, Clause);
            *clause = clause_of(line, mark);
            rule(twice, clause);
        }
    }
}

static void note_clause(Twice *twice, Clause *clause)
{
    Checker *checker = twice->checker;
    bool rate = clause->mark->kind == TYPED_RATIO;
    if (!is_of_all(checker, clause->mark->figure))
        return;
    const char *words = rate ? rate_words(checker, clause) : own_words(checker, clause);
    if (words && (rate || clause->mark->unit))
        note_computed(checker, rate ? twice->rates : twice->figures, words, clause);
}

static void compare_clause(Twice *twice, Clause *clause)
{
    Checker *checker = twice->checker;
    const Mark *mark = clause->mark;
    bool alone, free = !mark->figure && stands_free(clause);
    if (mark->kind == TYPED_RATIO && free && opens_sentence(clause)) {
        const char *name = rate_words(checker, clause);
        if (name)
            check_rate_again(checker, mark, name, map_find(twice->rates, name));
    }
    if (mark->kind != TYPED_NUMBER || !mark->unit || read_clause(&twice->loose, clause) ||
        read_clause(&twice->whole, clause) || !free)
        return;
    const char *words = own_words(checker, clause);
    const Mark *other = words ? find_other(map_find(twice->figures, words), mark, &alone) : NULL;
    if (other)
        tell_twice(checker, mark, other);
}

void check_twice(Checker *checker)
{
    Arena *arena = checker->arena;
    Twice twice = {.checker = checker,
        .loose = {checker, clause_words, may_be_same, map_new(arena)},
        .whole = {checker, whole_words, may_be_said_again, map_new(arena)},
        .figures = map_new(arena),
        .rates = map_new(arena)};
    each_clause(&twice, note_clause);
    each_clause(&twice, compare_clause);
    for (const Block *block = checker->document->first; block; block = block->next)
        if (block->kind == BLOCK_TABLE)
            check_rate_cells(checker, block->table, twice.rates);
}
