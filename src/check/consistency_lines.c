/* The paper as lines with their figures. */
#include "check/consistency_internal.h"

#include <string.h>
#include "base/utf8.h"
#include "check/typed_internal.h"

/* ---- words in a text ---- */

/* No word begins there. */
static bool within_character(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xC0) == 0x80;
}

size_t text_match(const char *text, const char *words)
{
    size_t best = 0;
    for (const char *word = words; *word;) {
        size_t length = strcspn(word, " ");
        if (length > best && *text == *word && strncmp(text, word, length) == 0)
            best = length;
        word += length + (word[length] == ' ');
    }
    return best;
}

size_t text_match_back(const char *text, size_t start, size_t end, const char *words)
{
    size_t best = 0;
    for (const char *word = words; *word;) {
        size_t length = strcspn(word, " ");
        if (length > best && length <= end - start && text[end - length] == *word &&
            strncmp(text + end - length, word, length) == 0)
            best = length;
        word += length + (word[length] == ' ');
    }
    return best;
}

bool text_holds(const char *text, size_t start, size_t end, const char *words)
{
    for (size_t at = start; at < end; at++) {
        size_t length = within_character(text, at) ? 0 : text_match(text + at, words);
        if (length && at + length <= end)
            return true;
    }
    return false;
}

/* Bytes of a sentence on each side of a figure: a paragraph that is one endless list of figures
 * would be read whole for each of them. */
enum { SENTENCE_REACH = 3000 };

size_t sentence_start(const char *text, size_t at)
{
    size_t least = at > SENTENCE_REACH ? at - SENTENCE_REACH : 0;
    for (; at > least; at--)
        if (!within_character(text, at) && text_match_back(text, 0, at, SENTENCE_ENDS))
            return at;
    while (within_character(text, at))
        at--;
    return at;
}

size_t sentence_end(const char *text, size_t at)
{
    size_t most = at + SENTENCE_REACH;
    for (; text[at] && (at < most || within_character(text, at)); at++)
        if (!within_character(text, at) && text_match(text + at, SENTENCE_ENDS))
            return at;
    return at;
}

size_t clause_start(const char *text, size_t at)
{
    while (at > 0 && !text_match_back(text, 0, at, CLAUSE_ENDS))
        at--;
    return at;
}

const char *number_text(Checker *checker, Decimal value)
{
    char text[DECIMAL_TEXT];
    return arena_strdup(checker->arena, decimal_format(decimal_trim(value), text));
}

/* ---- units ---- */

const char *unit_standard(const char *unit)
{
    static const char *const alike[][2] = {{"平米", "平方米"}, {"㎡", "平方米"}, {"m²", "平方米"},
        {"千米", "公里"}, {"千克", "公斤"}, {"立方", "立方米"}, {"片区", "片"}};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (strcmp(unit, alike[i][0]) == 0)
            return alike[i][1];
    return unit;
}

const char *unit_alone(const char *unit, int64_t *times)
{
    static const struct {
        const char *word;
        int64_t times;
    } scales[] = {
        {"亿", 100000000}, {"千万", 10000000}, {"百万", 1000000}, {"万", 10000}, {"千", 1000}};
    *times = 1;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        size_t length = text_match(unit, scales[i].word);
        if (!length || !unit[length] || text_match(unit, "千米 千克 千瓦时"))
            continue;
        *times = scales[i].times;
        return unit + length;
    }
    return unit;
}

bool unit_same(const char *a, const char *b)
{
    return a && b ? strcmp(unit_standard(a), unit_standard(b)) == 0 : a == b;
}

bool is_whole_row(const char *label)
{
    return text_holds(label, 0, strlen(label), "合计 总计 共计 全镇 全乡 全县 全市 全区 全街道");
}

/* ---- places ---- */

At words_place(const CheckLine *line, size_t start, size_t end)
{
    size_t from = 0;
    for (const Inline *piece = line->first; piece; piece = piece->next) {
        size_t length = piece->kind == INLINE_TEXT ? strlen(piece->text) : 0;
        if (start < from + length)
            return piece_place(line->map, piece, start - from, end - start);
        from += length;
    }
    return line->first->at;
}

static char *spot(Checker *checker, const void *where, long a, long b)
{
    return arena_printf(checker->arena, "%p %ld %ld", where, a, b);
}

static void note_places(Checker *checker)
{
    checker->places = map_new(checker->arena);
    for (int i = 0; i < checker->entries->count; i++) {
        const Entry *entry = &checker->entries->items[i];
        long offset = entry->origin == ENTRY_TYPED ? (long)entry->offset : -1;
        const char *key = entry->piece ? spot(checker, entry->piece, offset, 0)
                                       : spot(checker, entry->figure, entry->row, entry->column);
        if (!map_find(checker->places, key))
            map_put(checker->places, key, arena_strdup(checker->arena, entry->place));
    }
}

static const char *place_at(Checker *checker, const void *where, long a, long b)
{
    const char *place = map_find(checker->places, spot(checker, where, a, b));
    return place ? place : "";
}

/* ---- marks ---- */

static Mark *add_mark(Checker *checker, CheckLine *line)
{
    size_t count = (size_t)line->mark_count;
    line->marks =
        arena_grow(checker->arena, line->marks, count, &line->capacity, sizeof *line->marks);
    Mark *mark = &line->marks[line->mark_count++];
    *mark = (Mark){.place = ""};
    return mark;
}

static void add_typed(Checker *checker, CheckLine *line, const TypedFigure *typed)
{
    Mark *mark = add_mark(checker, line);
    mark->start = typed->start;
    mark->end = typed->end;
    mark->kind = typed->kind;
    mark->rough = typed->rough;
    mark->value = mark->exact = typed->value;
    mark->unit = typed->unit;
    mark->text = typed->text;
    mark->parts = typed->parts;
    mark->part_count = typed->part_count;
    mark->place = place_at(checker, typed->piece, (long)typed->offset, 0);
    mark->at = piece_place(&checker->map, typed->piece, typed->offset, typed->end - typed->start);
}

/* What a computed figure shows, read as a reader reads it: 84.0%, 670余. */
static void read_printed(Checker *checker, const char *text, const Provenance *figure, Mark *mark)
{
    TypedList shown = {0};
    Inline alone = {.kind = INLINE_TEXT, .text = text};
    typed_find(checker->arena, &alone, &shown);
    mark->figure = figure;
    mark->missing = figure->missing;
    mark->exact = mark->value = figure->value;
    mark->kind = figure->kind == FIGURE_RATIO ? TYPED_RATIO : TYPED_NUMBER;
    if (shown.count != 1 || shown.items[0].kind == TYPED_GROUP)
        return;
    mark->value = shown.items[0].value;
    mark->rough = shown.items[0].rough;
}

static void add_computed(
    Checker *checker, CheckLine *line, const Inline *piece, size_t start, size_t end)
{
    const Provenance *figure = piece->figure;
    Mark *mark = add_mark(checker, line);
    read_printed(
        checker, arena_strndup(checker->arena, line->text + start, end - start), figure, mark);
    size_t word = text_match(line->text + end, typed_units);
    mark->start = start;
    mark->end = end + word;
    mark->text = arena_strndup(checker->arena, line->text + start, mark->end - start);
    mark->unit = word ? arena_strndup(checker->arena, line->text + end, word) : figure->unit;
    mark->place = place_at(checker, piece, -1, 0);
    mark->at = piece->at;
}

static bool is_figure(const Provenance *figure)
{
    return figure && (figure->kind == FIGURE_NUMBER || figure->kind == FIGURE_RATIO);
}

static void add_marks(Checker *checker, CheckLine *line)
{
    TypedList typed = {0};
    size_t next = 0, start = 0;
    typed_find(checker->arena, line->first, &typed);
    for (const Inline *piece = line->first; piece; piece = piece->next) {
        if (piece->kind != INLINE_TEXT)
            continue;
        for (; next < typed.count && typed.items[next].piece == piece; next++)
            add_typed(checker, line, &typed.items[next]);
        const Inline *last = piece;
        size_t end = start + strlen(piece->text);
        for (; is_figure(piece->figure) && last->next && last->next->figure == piece->figure;
             end += strlen(last->text))
            last = last->next;
        if (is_figure(piece->figure))
            add_computed(checker, line, piece, start, end);
        start = end;
        piece = last;
    }
}

static void add_line(Checker *checker, const Block *block, const Inline *first, LineKind kind)
{
    if (!first)
        return;
    checker->lines = arena_grow(checker->arena, checker->lines, checker->line_count,
        &checker->capacity, sizeof *checker->lines);
    CheckLine *line = &checker->lines[checker->line_count++];
    *line = (CheckLine){.kind = kind,
        .block = block,
        .first = first,
        .map = &checker->map,
        .text = inline_plain(checker->arena, first),
        .under = checker->heading,
        .numbered = block && block->number && *block->number};
    add_marks(checker, line);
    for (const Inline *piece = first; piece; piece = piece->next)
        if (piece->kind == INLINE_NOTE)
            add_line(checker, block, piece->note, LINE_OTHER);
}

/* ---- cells ---- */

const char *cell_plain(Checker *checker, const Cell *cell)
{
    return cell->content ? inline_plain(checker->arena, cell->content) : "";
}

/* 12余吨, 95%: as prose writes it, and nothing else beside it. */
static bool read_words(Checker *checker, Mark *out)
{
    TypedList found = {0};
    Inline alone = {.kind = INLINE_TEXT, .text = out->text};
    typed_find(checker->arena, &alone, &found);
    const TypedFigure *figure = found.items;
    if (found.count != 1 || figure->start != 0 || figure->end != strlen(out->text) ||
        figure->kind == TYPED_GROUP)
        return false;
    out->value = figure->value;
    out->kind = figure->kind;
    out->rough = figure->rough;
    return true;
}

bool mark_cell(Checker *checker, const Cell *cell, Mark *out)
{
    const char *text = utf8_trim(checker->arena, cell_plain(checker, cell));
    const Provenance *figure = cell->figure    ? cell->figure
                               : cell->content ? cell->content->figure
                                               : NULL;
    *out = (Mark){.text = text, .place = ""};
    bool plain = *text != '+' && decimal_parse(text, &out->value);
    if (!plain && !read_words(checker, out))
        return false;
    out->exact = out->value;
    out->at = cell->content->at;
    if (is_figure(figure)) {
        out->figure = figure;
        out->exact = figure->value;
        out->unit = figure->unit;
    }
    return true;
}

static void table_lines(Checker *checker, const Block *block)
{
    const DocTable *table = block->table;
    add_line(checker, block, table->caption, LINE_OTHER);
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; i < table->rows[r].cell_count; i++)
            if (!table->rows[r].cells[i].figure)
                add_line(checker, block, table->rows[r].cells[i].content, LINE_CELL);
    add_line(checker, block, table->notes, LINE_OTHER);
}

/* ---- blocks ---- */

static void block_lines(Checker *checker, const Block *block)
{
    switch (block->kind) {
    case BLOCK_TITLE:
    case BLOCK_ATTACHMENT:
        add_line(checker, block, block->content, LINE_TITLE);
        break;
    case BLOCK_HEADING:
        checker->heading = block->content ? inline_plain(checker->arena, block->content) : "";
        add_line(checker, block, block->content, LINE_HEADING);
        add_line(checker, block, block->tail, LINE_PROSE);
        break;
    case BLOCK_PARAGRAPH:
        add_line(checker, block, block->content, LINE_PROSE);
        break;
    case BLOCK_TABLE:
        table_lines(checker, block);
        break;
    case BLOCK_CHART:
        add_line(checker, block, block->chart->caption, LINE_OTHER);
        break;
    default:
        add_line(checker, block, block->content, LINE_OTHER);
        break;
    }
}

void lines_collect(Checker *checker)
{
    note_places(checker);
    checker->heading = "";
    for (const Block *block = checker->document->first; block; block = block->next)
        block_lines(checker, block);
}
