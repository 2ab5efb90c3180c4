/* Units over a column, and months in the prose, that are not those of the figures.
 * The unit right behind a figure is wording (lint). */
#include "check/consistency_internal.h"

#include <string.h>
#include "base/utf8.h"
#include "check/place.h"
#include "check/typed_internal.h"

/* What is measured is not counted. Of units that only count, one is often said for another. */
static const char measures[] =
    "吨 公斤 千克 克 斤 米 公里 千米 平方米 平米 ㎡ m² 平方公里 亩 公顷 立方米 立方 m³ 元 万元 "
    "亿元 升 千瓦时 分";

bool unit_is_measure(const char *unit)
{
    return text_match(unit, measures) == strlen(unit);
}

/* 人 人次, 个 个村 */
static bool same_word(const char *a, const char *b)
{
    a = unit_standard(a);
    b = unit_standard(b);
    size_t length = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    return strncmp(a, b, length) == 0;
}

/* ---- over a column ---- */

const char *unit_written(Checker *checker, const char *text)
{
    const char *colon = strstr(text, "："), *wide = strstr(text, "（"), *open = strchr(text, '(');
    const char *from = colon  ? colon + strlen("：")
                       : wide ? wide + strlen("（")
                       : open ? open + 1
                              : text;
    size_t scale = text_match(from, typed_units) ? 0 : text_match(from, "万 亿 千");
    size_t length = text_match(from + scale, typed_units);
    const char *end = from + scale + length;
    bool whole = length && (!*end || text_match(end, "） )"));
    return whole ? arena_strndup(checker->arena, from, scale + length) : NULL;
}

static bool other_unit(const Provenance *figure, const char *written)
{
    if (!figure || figure->missing || !figure->unit || figure->kind != FIGURE_NUMBER ||
        figure->manner == MANNER_COUNT || figure->manner == MANNER_NONE)
        return false;
    int64_t times;
    const char *a = unit_alone(written, &times), *b = unit_alone(figure->unit, &times);
    return !same_word(a, b) && (unit_is_measure(a) || unit_is_measure(b));
}

/* The unit that a column's figures all have; NULL: several, or none. */
static const Provenance *column_figure(const DocTable *table, int column, At *at)
{
    const Provenance *one = NULL;
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; i < table->rows[r].cell_count; i++) {
            const Cell *cell = &table->rows[r].cells[i];
            const Inline *content = cell->column == column ? cell->content : NULL;
            const Provenance *figure = !content        ? NULL
                                       : cell->figure  ? cell->figure
                                       : content->next ? NULL
                                                       : content->figure;
            if (!figure || figure->missing || !figure->unit)
                continue;
            if (one && strcmp(one->unit, figure->unit) != 0)
                return NULL;
            one = figure;
            *at = cell->content ? cell->content->at : *at;
        }
    return one;
}

/* What unit= of the column adds is known to be right or told already (W143). */
const char *unit_over(Checker *checker, const DocTable *table, const Cell *head)
{
    const Inline *content = head->content, *last = content;
    while (last && last->next)
        last = last->next;
    if (!content || head->colspan > 1 || (last != content && text_match(last->text, "（")))
        return NULL;
    const char *typed = unit_written(checker, inline_plain(checker->arena, content));
    return typed ? typed : table->unit ? unit_written(checker, table->unit) : NULL;
}

static void check_heads(Checker *checker, const Block *block)
{
    const DocTable *table = block->table;
    TableLabels labels;
    place_labels(checker->arena, table, &labels);
    for (int i = 0; i < table->head_cell_count; i++) {
        const Cell *head = &table->head[i];
        const char *written = unit_over(checker, table, head);
        At at = block->at;
        const Provenance *figure = written ? column_figure(table, head->column, &at) : NULL;
        if (figure && other_unit(figure, written))
            diag_add(checker->diags, DIAG_W772, &at, labels.columns[head->column], figure->unit,
                written);
    }
}

/* ---- a month that is not the report's ---- */

/* 5月 or 2024年5月 at the head of a sentence, typed: its bytes, 0: none. */
static size_t month_at(const CheckLine *line, size_t at, int *year, int *month)
{
    const char *text = line->text + at;
    size_t length = 0;
    int number = 0, digits = 0;
    *year = 0;
    for (;;) {
        const char *next = text + length;
        uint32_t code = utf8_fold_width(utf8_next(&next));
        if (typed_is_digit(code) && digits < 4) {
            number = number * 10 + (int)(code - '0');
            digits++;
        } else if (code == 0x5E74 && digits == 4 && !*year) { /* 年 */
            *year = number;
            number = digits = 0;
        } else {
            break;
        }
        length = (size_t)(next - text);
    }
    size_t word = text_match(text + length, "月份 月");
    *month = number;
    return word && digits && digits <= 2 && number >= 1 && number <= 12 ? length + word : 0;
}

/* The month is prose, not worked out. */
static bool typed_there(const CheckLine *line, size_t at)
{
    size_t start = 0;
    for (const Inline *piece = line->first; piece; piece = piece->next) {
        size_t end = start + (piece->kind == INLINE_TEXT ? strlen(piece->text) : 0);
        if (at >= start && at < end)
            return !piece->figure;
        start = end;
    }
    return false;
}

/* Figures of the sentence that are of the report's own month, and of no other. */
static const Provenance *own_month(const CheckLine *line, size_t from, size_t to)
{
    const Provenance *own = NULL;
    for (int i = 0; i < line->mark_count; i++) {
        const Provenance *figure = line->marks[i].figure;
        if (!figure || line->marks[i].start < from || line->marks[i].start >= to)
            continue;
        if (!*figure->period || (own && strcmp(own->period, figure->period) != 0))
            return NULL;
        own = figure;
    }
    return own;
}

static void tell_month(
    Checker *checker, const CheckLine *line, size_t at, size_t length, const char *period)
{
    At place = words_place(line, at, at + length);
    diag_add(checker->diags, DIAG_W773, &place,
        arena_strndup(checker->arena, line->text + at, length), period);
}

/* 5月，全镇清理{…}吨 in the paper of June. */
static void check_month(Checker *checker, const CheckLine *line, size_t at, size_t length)
{
    const CheckFacts *facts = checker->facts;
    const char *period = arena_printf(checker->arena, "%d年%d月", facts->year, facts->month);
    const char *raw = arena_printf(checker->arena, "%04d-%02d", facts->year, facts->month);
    if (line->kind == LINE_TITLE) {
        tell_month(checker, line, at, length, period);
        return;
    }
    bool head = text_match(line->text + at + length, "， 全 共 我 各") > 0;
    const Provenance *own = head ? own_month(line, at, sentence_end(line->text, at)) : NULL;
    if (own && (strcmp(own->period, period) == 0 || strcmp(own->period, raw) == 0))
        tell_month(checker, line, at, length, own->period);
}

/* In a title anywhere, in prose at the head of a sentence: months among others are looked back at.
 */
static void check_months(Checker *checker, const CheckLine *line)
{
    const CheckFacts *facts = checker->facts;
    for (size_t at = 0; line->text[at];) {
        int year, month;
        bool begins = line->kind == LINE_TITLE || at == 0 ||
                      text_match_back(line->text, 0, at, SENTENCE_ENDS);
        size_t length = begins ? month_at(line, at, &year, &month) : 0;
        bool own = length && month == facts->month && (!year || year == facts->year);
        if (length && !own && typed_there(line, at))
            check_month(checker, line, at, length);
        const char *next = line->text + at;
        utf8_next(&next);
        at = length ? at + length : (size_t)(next - line->text);
    }
}

static bool is_title(const CheckLine *line)
{
    return line->kind == LINE_TITLE && line->block->kind == BLOCK_TITLE;
}

void check_units(Checker *checker)
{
    for (size_t i = 0; i < checker->line_count; i++) {
        const CheckLine *line = &checker->lines[i];
        if (checker->facts->month && (line->kind == LINE_PROSE || is_title(line)))
            check_months(checker, line);
    }
    for (const Block *block = checker->document->first; block; block = block->next) {
        if (block->kind == BLOCK_TABLE)
            check_heads(checker, block);
    }
}
