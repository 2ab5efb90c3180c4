/* Columns whose kind nobody declared, and that a figure of the paper stands on. */
#include "check/consistency_internal.h"

#include <string.h>

static bool is_used(const Provenance *figure, const GuessedKind *column)
{
    for (int i = 0; i < figure->source_count; i++) {
        const SourceRows *rows = &figure->sources[i];
        if (rows->column && strcmp(rows->column, column->column) == 0 &&
            strcmp(rows->table, column->table) == 0)
            return true;
    }
    return false;
}

/* ---- what a flow should not be called ---- */

static const struct {
    const char *ends, *holds; /* words of the name */
    const char *chinese, *english, *kind;
    FigureManner manner;
} names[] = {
    {"率 比例 占比", "", "比率", "ratio", "比率", MANNER_RATIO},
    {"得分 总分 评分 分 分数 均分", "", "得分", "score", "评分", MANNER_SCORE},
    {"户数 存量 余额 库存 保有量 人口 总数", "存量 累计 在册 现有 常住", "存量", "stock", "存量", MANNER_STOCK},
};

static int suspect(const GuessedKind *column)
{
    const char *name = column->column;
    int count = sizeof names / sizeof *names;
    if (column->manner != MANNER_FLOW)
        return -1;
    if (column->has_full_marks)
        return 1;
    for (int i = 0; i < count; i++)
        if (text_match_back(name, 0, strlen(name), names[i].ends) ||
            text_holds(name, 0, strlen(name), names[i].holds))
            return i;
    return -1;
}

static FigureManner looks(const GuessedKind *column)
{
    int kind = suspect(column);
    return kind < 0 ? MANNER_NONE : names[kind].manner;
}

static int64_t rows_of(const Provenance *figure, const GuessedKind *column)
{
    int64_t rows = 0;
    for (int i = 0; i < figure->source_count; i++)
        if (figure->sources[i].column && strcmp(figure->sources[i].column, column->column) == 0)
            rows += figure->sources[i].rows;
    return rows;
}

/* Of several files, one a month, or of the year so far: a stock counts once a month there. */
static bool spans_periods(const Provenance *figure)
{
    return figure->to_date || figure->source_count > 1;
}

/* An author who writes 合计 has decided; one row gives its own value. */
static bool was_added_up(const Provenance *figure, const GuessedKind *column, int kind)
{
    bool stock = strcmp(names[kind].kind, "存量") == 0;
    return figure->manner == MANNER_FLOW && !strstr(figure->expression, "合计") &&
           !strstr(figure->expression, "sum") && rows_of(figure, column) > 1 &&
           (!stock || spans_periods(figure));
}

static void check_suspect(Checker *checker, const GuessedKind *column)
{
    bool english = diag_language(checker->diags) == DIAG_ENGLISH;
    int kind = suspect(column);
    for (int i = 0; kind >= 0 && i < checker->entries->count; i++) {
        const Entry *entry = &checker->entries->items[i];
        if (!entry->figure || !is_used(entry->figure, column) ||
            !was_added_up(entry->figure, column, kind))
            continue;
        diag_add(checker->diags, DIAG_W774, &entry->at, column->table, column->column, entry->place,
            english ? names[kind].english : names[kind].chinese);
        diag_hint(checker->diags, DIAG_H760, column->column, names[kind].kind);
        return;
    }
}

/* ---- what is in use ---- */

static bool stands_in_paper(const EntryList *entries, const GuessedKind *column)
{
    for (int i = 0; i < entries->count; i++)
        if (entries->items[i].figure && is_used(entries->items[i].figure, column))
            return true;
    return false;
}

void consistency_kinds_in_use(Arena *arena, const EntryList *entries, CheckFacts *facts)
{
    GuessedKind *used = ARENA_ARRAY(arena, GuessedKind, facts->guessed_count + 1);
    int count = 0;
    for (int i = 0; i < facts->guessed_count; i++)
        if (stands_in_paper(entries, &facts->guessed[i])) {
            used[count] = facts->guessed[i];
            used[count++].looks = looks(&facts->guessed[i]);
        }
    facts->guessed = used;
    facts->guessed_count = count;
}

void check_kinds(Checker *checker)
{
    for (int i = 0; i < checker->facts->guessed_count; i++)
        check_suspect(checker, &checker->facts->guessed[i]);
}
