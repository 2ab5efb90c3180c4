/* A table or chart of the paper as a table of the sheet, a line a row: each figure as the paper
 * prints it, what it was in the period before, the change. How its columns were worked out, and
 * where from, stands below, once. What is too broad for a page goes on in a further table; what is
 * narrow stands side by side. */
#include "check/sheet_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "check/jump.h"
#include "document/wording.h"

enum {
    /* In quarters of a character; of columns more is reckoned than is set, so that they fit: */
    PAGE_WIDTH = 330,
    PADDING = 3, /* of a cell, with the rules */

    BLOCK_ROWS = 6, /* fewer rows are not broken up to stand side by side */
    PARTS = 3,      /* the figure, the one before, the change */
    NUMBERS = 3     /* of a line that are listed, if they do not follow one another */
};

typedef struct GridColumn {
    const char *head, *unit; /* unit NULL: not the same in all, or none */
    bool has_previous;
    int widths[PARTS];       /* of the widest text */
    const char *expressions; /* each once */
    const char *letters;
    const char *files;
    int file_count;
    long first, last; /* rows, of one file */
    int figures;
} GridColumn;

typedef struct GridCell {
    const Entry *entry;
    const char *texts[PARTS];
} GridCell;

typedef struct GridLine {
    const char *label;
    GridCell *cells; /* by column */
} GridLine;

typedef struct Grid {
    Making *m;
    const char *holder; /* 表1 */
    int first, end;     /* entries */
    Map *lines_by_key, *columns_by_key, *seen;
    int *line_of, *column_of; /* by entry from `first` */
    GridLine *lines;
    size_t line_count, line_capacity;
    GridColumn *columns;
    size_t column_count, column_capacity;
    int label_width, number_width;
    int kinds; /* different expressions, counted by column */
} Grid;

/* ---- where each figure stands ---- */

static const Entry *entry_at(const Grid *grid, int index)
{
    return &grid->m->entries->items[index];
}

/* The index that the map keeps for the key, + 1; 0: none. */
static int known(const Map *map, const char *key)
{
    const int *index = map_find(map, key);
    return index ? *index + 1 : 0;
}

static int learn(Arena *arena, Map *map, const char *key, size_t index)
{
    int *kept = ARENA_NEW(arena, int);
    *kept = (int)index;
    map_put(map, key, kept);
    return *kept;
}

static int find_column(Grid *grid, const Entry *entry)
{
    Arena *arena = grid->m->arena;
    const char *head = entry->head ? entry->head : "";
    const char *key = entry->where == WHERE_TABLE ? arena_printf(arena, "%d", entry->column) : head;
    int column = known(grid->columns_by_key, key);
    if (column)
        return column - 1;
    grid->columns = arena_grow(
        arena, grid->columns, grid->column_count, &grid->column_capacity, sizeof *grid->columns);
    grid->columns[grid->column_count] = (GridColumn){
        .head = head, .unit = entry->figure->unit, .expressions = "", .letters = "", .files = ""};
    return learn(arena, grid->columns_by_key, key, grid->column_count++);
}

/* Rows of a table are known by their number; those of a chart by their words, and two categories of
 * one name take a line each. */
static int find_line(Grid *grid, const Entry *entry, int column)
{
    Arena *arena = grid->m->arena;
    const char *key =
        entry->where == WHERE_TABLE ? arena_printf(arena, "%d", entry->row) : entry->line;
    for (;;) {
        const char *slot = arena_printf(arena, "%d\n%s", column, key);
        int line = known(grid->lines_by_key, key);
        if (line && map_find(grid->seen, slot)) {
            key = arena_printf(arena, "%s\n", key);
            continue;
        }
        map_put(grid->seen, slot, grid);
        if (line)
            return line - 1;
        grid->lines = arena_grow(
            arena, grid->lines, grid->line_count, &grid->line_capacity, sizeof *grid->lines);
        grid->lines[grid->line_count] = (GridLine){.label = entry->line};
        return learn(arena, grid->lines_by_key, key, grid->line_count++);
    }
}

/* Is it said already in the column's list? */
static bool is_said(Grid *grid, int column, const char *list, const char *text)
{
    const char *key = arena_printf(grid->m->arena, "%s\n%d\n%s", list, column, text);
    bool said = map_find(grid->seen, key) != NULL;
    map_put(grid->seen, key, grid);
    return said;
}

static const char *append(Grid *grid, const char *list, const char *text)
{
    return arena_printf(
        grid->m->arena, "%s%s%s", list, *list ? sheet_say(grid->m, "、", ", ") : "", text);
}

static void take_source(Grid *grid, int index, const SourceRows *rows)
{
    enum { FEW = 3 };
    GridColumn *column = &grid->columns[index];
    const char *file = rows->file ? rows->file : rows->table;
    if (rows->letter && !is_said(grid, index, "letter", rows->letter))
        column->letters = append(grid, column->letters, rows->letter);
    if (!is_said(grid, index, "file", file) && ++column->file_count <= FEW)
        column->files = append(grid, column->files, file);
    if (rows->rows > 0 && rows->file) {
        column->first = column->first && column->first < rows->first ? column->first : rows->first;
        column->last = rows->last > column->last ? rows->last : column->last;
    }
}

static bool same_unit(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void take_figure(Grid *grid, int index, const Provenance *figure)
{
    GridColumn *column = &grid->columns[index];
    column->figures++;
    column->has_previous = column->has_previous || figure->has_previous;
    if (!figure->missing && !same_unit(column->unit, figure->unit))
        column->unit = NULL;
    if (!is_said(grid, index, "way", figure->expression)) {
        column->expressions = append(grid, column->expressions, figure->expression);
        grid->kinds++;
    }
    for (int i = 0; i < figure->source_count; i++)
        take_source(grid, index, &figure->sources[i]);
}

/* ---- texts ---- */

static int width_of(const char *text)
{
    int width = 0;
    while (*text)
        width += utf8_next(&text) < 0x80 ? 2 : 4;
    return width;
}

/* 675.2吨 → 675.2: the unit stands in the head. */
static const char *without_unit(Grid *grid, const GridColumn *column, const char *text)
{
    if (!column->unit || !utf8_ends_with(text, column->unit))
        return text;
    return arena_strndup(grid->m->arena, text, strlen(text) - strlen(column->unit));
}

/* 26,600 and 45.0 and 12.3% say all there is to say; 200余 and 23.0% do not. */
static bool is_exact(Arena *arena, const Entry *entry)
{
    char *digits = arena_strdup(arena, entry->printed), *to = digits;
    bool percent = false;
    Decimal printed, value = entry->figure->value;
    for (const char *from = digits; *from; from++) {
        percent = percent || *from == '%';
        if (*from != ',' && *from != '%')
            *to++ = *from;
    }
    *to = '\0';
    if (percent && !decimal_mul(value, decimal_from_int(100), &value))
        return false;
    return decimal_parse(digits, &printed) && decimal_cmp(printed, value) == 0;
}

static const char *printed_text(Grid *grid, const GridColumn *column, const Entry *entry)
{
    Making *m = grid->m;
    const char *exact = field_text(m->arena, entry, FIELD_EXACT, m->facts);
    const char *mark = entry->flag ? "※" : "";
    if (!*exact || is_exact(m->arena, entry))
        return arena_printf(m->arena, "%s%s", mark, entry->printed);
    return arena_printf(
        m->arena, "%s%s（%s）", mark, entry->printed, without_unit(grid, column, exact));
}

static void put_cell(Grid *grid, int index)
{
    Making *m = grid->m;
    const Entry *entry = entry_at(grid, index);
    int at = grid->column_of[index - grid->first];
    GridColumn *column = &grid->columns[at];
    GridCell *cell = &grid->lines[grid->line_of[index - grid->first]].cells[at];
    *cell = (GridCell){entry,
        {printed_text(grid, column, entry),
            without_unit(grid, column, field_text(m->arena, entry, FIELD_PREVIOUS, m->facts)),
            field_text(m->arena, entry, FIELD_CHANGE, m->facts)}};
    for (int i = 0; i < PARTS; i++) {
        int width = width_of(cell->texts[i]);
        column->widths[i] = width > column->widths[i] ? width : column->widths[i];
    }
}

static void put_cells(Grid *grid)
{
    Arena *arena = grid->m->arena;
    for (size_t i = 0; i < grid->line_count; i++) {
        int width = width_of(grid->lines[i].label);
        grid->lines[i].cells = ARENA_ARRAY(arena, GridCell, grid->column_count);
        grid->label_width = width > grid->label_width ? width : grid->label_width;
    }
    for (int i = grid->first; i < grid->end; i++)
        if (grid->line_of[i - grid->first] >= 0)
            put_cell(grid, i);
    int each = width_of(arena_printf(arena, "%d", grid->end)) + width_of("、");
    grid->number_width = each * (entry_at(grid, grid->first)->where == WHERE_TABLE ? 2 : NUMBERS);
}

/* ---- below the table ---- */

/* C2—C18 of one file, else C. */
static const char *column_source(Grid *grid, const GridColumn *column)
{
    Arena *arena = grid->m->arena;
    bool one = column->file_count == 1 && !strstr(column->letters, sheet_say(grid->m, "、", ", "));
    if (!*column->letters)
        return one && column->last > 0
                   ? arena_printf(arena, sheet_say(grid->m, "第%ld—%ld行", "rows %ld—%ld"),
                         column->first, column->last)
                   : "";
    if (one && column->first == column->last)
        return arena_printf(arena, "%s%ld", column->letters, column->first);
    return one ? arena_printf(arena, "%s%ld—%s%ld", column->letters, column->first, column->letters,
                     column->last)
               : arena_printf(arena, sheet_say(grid->m, "%s列", "column %s"), column->letters);
}

static const char *column_files(Grid *grid, const GridColumn *column)
{
    enum { FEW = 3 };
    return column->file_count > FEW ? arena_printf(grid->m->arena,
                                          sheet_say(grid->m, "%s等%d个文件", "%s, %d files in all"),
                                          column->files, column->file_count)
                                    : column->files;
}

static bool same_files(Grid *grid)
{
    for (size_t c = 1; c < grid->column_count; c++)
        if (grid->columns[c].file_count != grid->columns[0].file_count ||
            strcmp(grid->columns[c].files, grid->columns[0].files) != 0)
            return false;
    return true;
}

/* 生活垃圾：{生活垃圾} C2—C18；名次：{总分|排名 降} J2—J18。都出自考核/考核评分-2024-06.csv。 */
static const char *notes_of(Grid *grid, size_t from, size_t to)
{
    Making *m = grid->m;
    Arena *arena = m->arena;
    const char *notes = sheet_say(m, "算法和来源：", "Worked out of: ");
    bool same = same_files(grid);
    for (size_t c = from; c < to; c++) {
        const GridColumn *column = &grid->columns[c];
        const char *source = column_source(grid, column), *files = column_files(grid, column);
        notes = arena_printf(arena, "%s%s%s%s{%s}%s%s%s%s", notes,
            c > from ? sheet_say(m, "；", "; ") : "", column->head,
            *column->head ? sheet_say(m, "：", ": ") : "", column->expressions,
            same || !*files ? "" : " ", same ? "" : files, *source ? " " : "", source);
    }
    const char *files = column_files(grid, &grid->columns[from]);
    return same && *files ? arena_printf(arena, sheet_say(m, "%s。都出自%s。", "%s. All from %s."),
                                notes, files)
                          : arena_printf(arena, "%s%s", notes, sheet_say(m, "。", "."));
}

/* ---- tables ---- */

static const char *part_head(const Grid *grid, int part)
{
    DiagLanguage language = grid->m->facts->language;
    return part == 0   ? field_head(FIELD_PRINTED, language)
           : part == 1 ? sheet_say(grid->m, "上期", "before")
                       : field_head(FIELD_CHANGE, language);
}

static int column_width(const Grid *grid, const GridColumn *column)
{
    int sum = 0;
    for (int i = 0; i < (column->has_previous ? PARTS : 1); i++) {
        int head = width_of(part_head(grid, i));
        sum += (column->widths[i] > head ? column->widths[i] : head) + PADDING;
    }
    return sum;
}

static int block_width(const Grid *grid, size_t from, size_t to)
{
    int width = grid->number_width + grid->label_width + 2 * PADDING;
    for (size_t c = from; c < to; c++)
        width += column_width(grid, &grid->columns[c]);
    return width;
}

static void add_heads(Grid *grid, SheetTable *table, size_t from, size_t to)
{
    Making *m = grid->m;
    DiagLanguage language = m->facts->language;
    sheet_column(m, table, field_head(FIELD_NUMBER, language), 0)->align = ALIGN_CENTRE;
    sheet_column(m, table, sheet_say(m, "行", "row"), 0);
    for (size_t c = from; c < to; c++) {
        const GridColumn *column = &grid->columns[c];
        const char *group = column->unit
                                ? arena_printf(m->arena, sheet_say(m, "%s（%s）", "%s (%s)"),
                                      column->head, column->unit)
                                : arena_strdup(m->arena, column->head);
        for (int i = 0; i < (column->has_previous ? PARTS : 1); i++) {
            SheetColumn *added = sheet_column(m, table, part_head(grid, i), 0);
            added->align = ALIGN_RIGHT;
            added->group = group;
        }
    }
}

/* 31—36; of the series of a chart 139、156. */
static const char *numbers(Grid *grid, const GridLine *line, size_t from, size_t to)
{
    Arena *arena = grid->m->arena;
    int count = 0, first = 0, last = 0;
    const char *list = "";
    for (size_t c = from; c < to; c++) {
        const Entry *entry = line->cells[c].entry;
        if (!entry)
            continue;
        if (count++ < NUMBERS)
            list = append(grid, list, arena_printf(arena, "%d", entry->number));
        first = count == 1 || entry->number < first ? entry->number : first;
        last = entry->number > last ? entry->number : last;
    }
    if (count > 1 && last - first == count - 1)
        return arena_printf(arena, "%d—%d", first, last);
    return count > NUMBERS ? arena_printf(arena, "%d…%d", first, last) : list;
}

static const char **put_line(
    Grid *grid, const GridLine *line, size_t from, size_t to, const char **at)
{
    *at++ = numbers(grid, line, from, to);
    *at++ = line->label;
    for (size_t c = from; c < to; c++)
        for (int i = 0; i < (grid->columns[c].has_previous ? PARTS : 1); i++)
            *at++ = line->cells[c].texts[i];
    return at;
}

/* Columns from … to-1, in so many blocks side by side as the page has room for. */
static void add_band(Grid *grid, size_t from, size_t to)
{
    Making *m = grid->m;
    size_t blocks = (size_t)(PAGE_WIDTH / block_width(grid, from, to));
    size_t most = (grid->line_count + BLOCK_ROWS - 1) / BLOCK_ROWS;
    blocks = blocks > most ? most : blocks;
    blocks = blocks > 0 ? blocks : 1;
    size_t rows = (grid->line_count + blocks - 1) / blocks;
    const Entry *entry = entry_at(grid, grid->first);
    const Inline *caption =
        entry->where == WHERE_TABLE ? entry->block->table->caption : entry->block->chart->caption;
    SheetTable *table =
        sheet_begin(m, arena_printf(m->arena, "%s%s%s", grid->holder, caption ? "　" : "",
                           caption ? inline_plain(m->arena, caption) : ""));
    for (size_t b = 0; b < blocks; b++)
        add_heads(grid, table, from, to);
    for (size_t r = 0; r < rows; r++) {
        const char **at = sheet_row(m, table);
        for (size_t line = r; line < grid->line_count; line += rows)
            at = put_line(grid, &grid->lines[line], from, to, at);
    }
    table->notes = notes_of(grid, from, to);
}

static void add_bands(Grid *grid)
{
    for (size_t from = 0, to; from < grid->column_count; from = to) {
        to = from + 1;
        while (to < grid->column_count && block_width(grid, from, to + 1) <= PAGE_WIDTH)
            to++;
        add_band(grid, from, to);
    }
}

/* ---- all of them ---- */

static bool is_cell(const Entry *entry, const char *holder)
{
    return entry->figure && entry->holder && strcmp(entry->holder, holder) == 0;
}

/* With what stands among it in words: a caption, a note. */
static int end_of(const EntryList *entries, int first)
{
    int end = first + 1;
    for (int i = end; i < entries->count && entries->items[i].block == entries->items[first].block;
         i++)
        if (is_cell(&entries->items[i], entries->items[first].holder))
            end = i + 1;
    return end;
}

/* Returns where it ends. */
static int add_grid(Making *m, int first)
{
    Grid grid = {.m = m,
        .holder = m->entries->items[first].holder,
        .first = first,
        .end = end_of(m->entries, first),
        .lines_by_key = map_new(m->arena),
        .columns_by_key = map_new(m->arena),
        .seen = map_new(m->arena)};
    int count = grid.end - first, figures = 0;
    grid.line_of = ARENA_ARRAY(m->arena, int, count);
    grid.column_of = ARENA_ARRAY(m->arena, int, count);
    for (int i = 0; i < count; i++) {
        const Entry *entry = entry_at(&grid, first + i);
        grid.line_of[i] = -1;
        if (!is_cell(entry, grid.holder))
            continue;
        grid.column_of[i] = find_column(&grid, entry);
        grid.line_of[i] = find_line(&grid, entry, grid.column_of[i]);
        take_figure(&grid, grid.column_of[i], entry->figure);
        figures++;
    }
    if (grid.kinds * 2 > figures) /* each with a way of its own: a line each says more */
        return grid.end;
    put_cells(&grid);
    add_bands(&grid);
    for (int i = 0; i < count; i++)
        m->in_grid[first + i] = grid.line_of[i] >= 0;
    return grid.end;
}

void sheet_grids(Making *m)
{
    for (int i = 0; i < m->entries->count;)
        i = m->entries->items[i].holder && m->entries->items[i].figure ? add_grid(m, i) : i + 1;
}
