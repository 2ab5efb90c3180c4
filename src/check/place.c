#include "check/place.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "document/provenance.h"

/* A label longer than this is cut: the problem of a list is a sentence. */
enum { LABEL_CHARACTERS = 14, HEADING_CHARACTERS = 8 };

static const char *cut(Arena *arena, const char *text, int characters)
{
    const char *end = text;
    for (int i = 0; i < characters && *end; i++)
        utf8_next(&end);
    return *end ? arena_printf(arena, "%.*s…", (int)(end - text), text) : text;
}

const char *place_heading(Arena *arena, const Block *heading)
{
    const char *number = heading->number;
    if (!number || !*number)
        return arena_printf(
            arena, "“%s”", cut(arena, inline_plain(arena, heading->content), HEADING_CHARACTERS));
    size_t length = strlen(number);
    if (utf8_ends_with(number, "、"))
        length -= strlen("、");
    return arena_strndup(arena, number, length);
}

/* ---- columns ---- */

/* 生活垃圾（吨） is known as 生活垃圾. */
static const char *without_unit(Arena *arena, const char *head)
{
    const char *bracket = strstr(head, "（");
    if (!bracket || bracket == head || !utf8_ends_with(head, "）"))
        return head;
    return arena_strndup(arena, head, (size_t)(bracket - head));
}

static const Cell *head_over(const DocTable *table, int row, int column)
{
    for (int i = 0; i < table->head_cell_count; i++) {
        const Cell *cell = &table->head[i];
        if (cell->row <= row && row < cell->row + cell->rowspan && cell->column <= column &&
            column < cell->column + cell->colspan)
            return cell;
    }
    return NULL;
}

const Cell *place_head(const DocTable *table, int column)
{
    return head_over(table, table->head_rows - 1, column);
}

static const char *leaf(Arena *arena, const DocTable *table, int column)
{
    const Cell *cell = place_head(table, column);
    return cell ? inline_plain(arena, cell->content) : "";
}

/* 清理整治/生活垃圾（吨）: each head from the top, one that reaches down over several rows once. */
static const char *head_path(Arena *arena, const DocTable *table, int column)
{
    const char *path = "";
    const Cell *above = NULL;
    for (int row = 0; row < table->head_rows; row++) {
        const Cell *cell = head_over(table, row, column);
        if (cell && cell != above)
            path = arena_printf(
                arena, "%s%s%s", path, *path ? "/" : "", inline_plain(arena, cell->content));
        above = cell;
    }
    return path;
}

static bool all_differ(const char *const *labels, int count)
{
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            if (strcmp(labels[i], labels[k]) == 0)
                return false;
    return true;
}

/* The shortest names that tell the columns apart; where none do, the longest. */
static void name_columns(Arena *arena, const DocTable *table, const char **out)
{
    enum { BARE, WHOLE, PATH, WAYS };
    for (int way = BARE; way < WAYS; way++) {
        for (int c = 0; c < table->column_count; c++) {
            const char *text = way == PATH ? head_path(arena, table, c) : leaf(arena, table, c);
            out[c] = way == BARE ? without_unit(arena, text) : text;
            if (!*out[c])
                out[c] = arena_printf(arena, "第%d列", c + 1);
        }
        if (all_differ(out, table->column_count))
            return;
    }
}

/* ---- rows ---- */

/* The texts of a table's rows, each where it stands or reaches down to. */
typedef struct Texts {
    const DocTable *table;
    const char **cells; /* row × column; NULL: a figure, or nothing */
} Texts;

static const char **text_at(const Texts *texts, int row, int column)
{
    return &texts->cells[row * texts->table->column_count + column];
}

/* What may tell a row from others: no figure that the next month has another of. */
static bool is_label(const Cell *cell)
{
    const struct Provenance *figure = cell->figure;
    for (const Inline *piece = cell->content; piece && !figure; piece = piece->next)
        figure = piece->figure;
    return !figure || figure->kind == FIGURE_TEXT || figure->kind == FIGURE_DATE;
}

static void spread(const Texts *texts, int row, const Cell *cell, const char *text)
{
    const DocTable *table = texts->table;
    for (int r = row; r < row + cell->rowspan && r < table->row_count; r++)
        *text_at(texts, r, cell->column) = text;
}

static Texts read_texts(Arena *arena, const DocTable *table)
{
    Texts texts = {table, ARENA_ARRAY(arena, const char *, table->row_count * table->column_count)};
    for (int r = 0; r < table->row_count; r++) {
        for (int i = 0; i < table->rows[r].cell_count; i++) {
            const Cell *cell = &table->rows[r].cells[i];
            const char *text = is_label(cell) ? inline_plain(arena, cell->content) : "";
            if (*text && cell->column < table->column_count)
                spread(&texts, r, cell, text);
        }
    }
    return texts;
}

static bool has_words(const char *text)
{
    while (*text) {
        uint32_t c = utf8_next(&text);
        if (utf8_is_han(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            return true;
    }
    return false;
}

/* Every body row has a text in the column, with words in it where `words`. */
static bool labels_all(const Texts *texts, int column, bool words)
{
    bool some = false;
    for (int r = 0; r < texts->table->row_count; r++) {
        const char *text = *text_at(texts, r, column);
        if (texts->table->rows[r].kind != ROW_BODY)
            continue;
        if (!text || (words && !has_words(text)))
            return false;
        some = true;
    }
    return some;
}

static bool rows_differ(Arena *arena, const Texts *texts, const char *const *labels)
{
    Map *seen = map_new(arena);
    for (int r = 0; r < texts->table->row_count; r++) {
        if (texts->table->rows[r].kind != ROW_BODY)
            continue;
        if (map_find(seen, labels[r]))
            return false;
        map_put(seen, labels[r], seen);
    }
    return true;
}

static void take_column(Arena *arena, const Texts *texts, int column, const char **out)
{
    for (int r = 0; r < texts->table->row_count; r++) {
        const char *text = *text_at(texts, r, column);
        out[r] = text ? cut(arena, text, LABEL_CHARACTERS) : "";
    }
}

/* 东片·乱堆乱放: one more column of words. */
static void join_column(Arena *arena, const Texts *texts, int column, const char **labels)
{
    for (int r = 0; r < texts->table->row_count; r++) {
        const char *text = *text_at(texts, r, column);
        text = text ? cut(arena, text, LABEL_CHARACTERS) : "";
        if (*labels[r] && *text)
            labels[r] = arena_printf(arena, "%s·%s", labels[r], text);
        else if (*text)
            labels[r] = text;
    }
}

/* The first column of words, or where there is none of anything, that tells the rows apart. */
static bool one_column(Arena *arena, const Texts *texts, const char **out)
{
    for (int words = 1; words >= 0; words--) {
        for (int c = 0; c < texts->table->column_count; c++) {
            if (!labels_all(texts, c, words))
                continue;
            take_column(arena, texts, c, out);
            if (rows_differ(arena, texts, out))
                return true;
        }
    }
    return false;
}

static void name_body(Arena *arena, const Texts *texts, const char **out)
{
    if (one_column(arena, texts, out))
        return;
    for (int r = 0; r < texts->table->row_count; r++)
        out[r] = "";
    for (int c = 0; c < texts->table->column_count; c++) {
        if (!labels_all(texts, c, true))
            continue;
        join_column(arena, texts, c, out);
        if (rows_differ(arena, texts, out))
            return;
    }
}

/* The column by which the rows above each subtotal are alike: 东片. -1: none. */
static int grouping_column(const Texts *texts)
{
    const DocTable *table = texts->table;
    for (int c = 0; c < table->column_count; c++) {
        bool alike = labels_all(texts, c, true);
        for (int r = 1; alike && r < table->row_count; r++) {
            bool pair = table->rows[r].kind == ROW_BODY && table->rows[r - 1].kind == ROW_BODY;
            alike = !pair || strcmp(*text_at(texts, r, c), *text_at(texts, r - 1, c)) == 0;
        }
        if (alike)
            return c;
    }
    return -1;
}

static const char *first_text(const Texts *texts, int row)
{
    for (int c = 0; c < texts->table->column_count; c++)
        if (*text_at(texts, row, c))
            return *text_at(texts, row, c);
    return "";
}

/* 小计 is the one of the rows above it: 东片·小计. */
static void name_sums(Arena *arena, const Texts *texts, const char **out)
{
    const DocTable *table = texts->table;
    int grouping = grouping_column(texts);
    const char *group = NULL;
    for (int r = 0; r < table->row_count; r++) {
        const TableRow *row = &table->rows[r];
        if (row->kind == ROW_BODY) {
            group = grouping >= 0 ? *text_at(texts, r, grouping) : NULL;
            continue;
        }
        const char *label = first_text(texts, r);
        bool named = row->kind != ROW_SUBTOTAL || !group || strstr(label, group);
        out[r] = named ? label : arena_printf(arena, "%s·%s", group, label);
    }
}

void place_labels(Arena *arena, const DocTable *table, TableLabels *out)
{
    Texts texts = read_texts(arena, table);
    out->rows = ARENA_ARRAY(arena, const char *, table->row_count);
    out->columns = ARENA_ARRAY(arena, const char *, table->column_count);
    name_columns(arena, table, out->columns);
    name_body(arena, &texts, out->rows);
    name_sums(arena, &texts, out->rows);
    for (int r = 0; r < table->row_count; r++)
        if (!*out->rows[r])
            out->rows[r] = arena_printf(arena, "第%d行", r + 1);
}
