#include <string.h>
#include "base/utf8.h"
#include "data/load_internal.h"

/* ---- which row is the header ---- */

static LoadColumn *find_column(Load *load, const char *name)
{
    for (size_t i = 0; i < load->column_count; i++) {
        if (strcmp(load->columns[i].head.name, name) == 0) {
            return &load->columns[i];
        }
    }
    return NULL;
}

static bool is_list_mark(uint32_t c)
{
    return c == ',' || c == 0xFF0C || c == 0x3001;
}

/* The next name of “月份,村”; NULL at the end. */
static const char *next_name(Arena *arena, const char **list)
{
    while (**list) {
        const char *start = *list, *end = start;
        for (uint32_t c; (c = utf8_next(list)) && !is_list_mark(c);) {
            end = *list;
        }
        char *name = utf8_fold(arena, arena_strndup(arena, start, (size_t)(end - start)));
        if (*name) {
            return name;
        }
    }
    return NULL;
}

static void declare(Load *load, const char *list, size_t *capacity)
{
    const char *rest = list ? list : "", *name;
    while ((name = next_name(load->scratch, &rest))) {
        load->declared = arena_grow(load->scratch, load->declared, (size_t)load->declared_count,
            capacity, sizeof *load->declared);
        load->declared[load->declared_count++] = name;
    }
}

void load_read_declaration(Load *load)
{
    size_t capacity = 0;
    declare(load, load->decl->period, &capacity);
    load->has_period = load->declared_count > 0;
    declare(load, load->decl->key, &capacity);
    load->distinct_count = load->declared_count;
    for (int i = 1; load->has_period && i < load->declared_count; i++) {
        load->distinct_count -= strcmp(load->declared[i], load->declared[0]) == 0;
    }
}

static bool is_declared(Load *load, const char *name)
{
    for (int i = 0; i < load->declared_count; i++) {
        if (strcmp(load->declared[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static Head canonical_head(Load *load, Arena *arena, const char *cell, const Indicator **indicator)
{
    Head head = infer_head(arena, cell);
    const Catalogue *catalogue = store_catalogue(load->store);
    *indicator = catalogue ? catalogue_find(catalogue, head.name) : NULL;
    if (*indicator) {
        head.name = (*indicator)->name;
    }
    return head;
}

/* How much a row looks like the header: names that are known count, cells that are filled decide
 * else. */
static int header_score(Load *load, const HeldRow *row, bool *certain)
{
    int known = 0, filled = 0, declared = 0;
    for (int i = 0; i < row->count; i++) {
        const Indicator *indicator;
        Head head = canonical_head(load, load->scratch, row->cells[i], &indicator);
        if (*head.name) {
            filled++;
            bool asked = is_declared(load, head.name);
            declared += asked;
            known += indicator || asked || find_column(load, head.name);
        }
    }
    *certain = declared > 0 && declared == load->distinct_count;
    return known * 4 + (filled > 1);
}

int load_choose_header(Load *load, const HeldRow *rows, int count)
{
    int best = 0, best_score = -1;
    bool certain = false;
    for (int i = 0; i < count && !certain; i++) {
        int score = header_score(load, &rows[i], &certain);
        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

/* ---- columns ---- */

static void fail(Load *load)
{
    load->failed = true;
}

static LoadColumn *add_column(Load *load, const Head *head, const char *text, int file)
{
    load->columns = arena_grow(load->scratch, load->columns, load->column_count,
        &load->column_capacity, sizeof *load->columns);
    LoadColumn *column = &load->columns[load->column_count++];
    *column = (LoadColumn){.head = *head, .first_file = file};
    column->text = utf8_trim(load->arena, text);
    return column;
}

/* The unit is said by the head, else by the catalogue; if both speak they must agree. */
static void apply_indicator(Load *load, LoadColumn *column, const At *at)
{
    const Indicator *indicator = column->indicator;
    if (!indicator || !indicator->unit) {
        return;
    }
    if (!column->head.unit) {
        column->head.unit = indicator->unit;
    } else if (strcmp(column->head.unit, indicator->unit) != 0) {
        diag_add(load->diags, DIAG_E228, at, column->head.name, column->head.unit, indicator->unit);
        fail(load);
    }
}

/* A column that an earlier file has too: 元 here and 万元 there would be added up wrong. */
static void compare_heads(Load *load, const LoadColumn *column, const Head *head, const At *at)
{
    const char *other = column->place.file;
    if (head->unit && column->head.unit && strcmp(head->unit, column->head.unit) != 0) {
        diag_add(
            load->diags, DIAG_E227, at, column->head.name, head->unit, other, column->head.unit);
        fail(load);
    }
    if (head->has_full_marks && column->head.has_full_marks &&
        decimal_cmp(head->full_marks, column->head.full_marks) != 0) {
        char here[DECIMAL_TEXT], there[DECIMAL_TEXT];
        diag_add(load->diags, DIAG_W217, at, column->head.name,
            decimal_format(head->full_marks, here), other,
            decimal_format(column->head.full_marks, there));
    }
}

static bool has_column(const LoadFile *file, int column)
{
    for (int i = 0; i < file->cell_count; i++) {
        if (file->columns[i] == column) {
            return true;
        }
    }
    return false;
}

/* Position of the column that a cell of the header names; -1 after a message. */
static int map_cell(Load *load, int file, const HeldRow *row, int cell)
{
    const Indicator *indicator;
    Head head = canonical_head(load, load->arena, row->cells[cell], &indicator);
    DataPlace place;
    At at = load_at(load, &place, file, row->row, cell);
    place.column_name = utf8_trim(load->arena, row->cells[cell]);
    LoadColumn *column = find_column(load, head.name);
    if (column) {
        int found = (int)(column - load->columns);
        if (has_column(&load->files[file], found)) {
            diag_add(load->diags, DIAG_E222, &at, head.name);
            fail(load);
        } else {
            compare_heads(load, column, &head, &at);
        }
        return found;
    }
    if (load->column_count >= STORE_COLUMNS - STORE_HIDDEN_COLUMNS) {
        diag_add(load->diags, DIAG_E217, &at, STORE_COLUMNS - STORE_HIDDEN_COLUMNS);
        fail(load);
        return -1;
    }
    column = add_column(load, &head, row->cells[cell], file);
    column->indicator = indicator;
    column->place = place;
    apply_indicator(load, column, &at);
    if (load->base_file >= 0) {
        diag_add(load->diags, DIAG_N204, &at, head.name, load->files[load->base_file].name);
    }
    return (int)load->column_count - 1;
}

static const char *nearest_head(Load *load, const LoadFile *file, const char *name)
{
    const char **names = ARENA_ARRAY(load->scratch, const char *, file->cell_count + 1);
    size_t count = 0;
    for (int i = 0; i < file->cell_count; i++) {
        if (file->columns[i] >= 0) {
            names[count++] = load->columns[file->columns[i]].head.name;
        }
    }
    return utf8_nearest(name, names, count);
}

/* Every column of the first file must be in each: a missing one would be a hole in every sum. */
static void require_columns(Load *load, int file, long row)
{
    const LoadFile *here = &load->files[file];
    for (size_t i = 0; i < load->column_count; i++) {
        LoadColumn *column = &load->columns[i];
        if (column->first_file != load->base_file || has_column(here, (int)i)) {
            continue;
        }
        DataPlace place;
        At at = load_at(load, &place, file, row, -1);
        diag_add(load->diags, DIAG_E225, &at, column->head.name, column->place.file);
        const char *nearest = nearest_head(load, here, column->head.name);
        if (nearest) {
            diag_hint(load->diags, DIAG_H001, nearest);
        }
        fail(load);
    }
}

/* Cells behind the last name are what Excel leaves of columns that were emptied. */
static int named_cells(Load *load, const HeldRow *row)
{
    int count = row->count;
    while (count > 0 && *utf8_fold(load->scratch, row->cells[count - 1]) == '\0') {
        count--;
    }
    return count;
}

static int declared_column(Load *load, int file, const char *name, const At *at)
{
    const Catalogue *catalogue = store_catalogue(load->store);
    const Indicator *indicator = catalogue ? catalogue_find(catalogue, name) : NULL;
    LoadColumn *column = find_column(load, indicator ? indicator->name : name);
    if (column) {
        return (int)(column - load->columns);
    }
    diag_add(load->diags, DIAG_E226, at, load->files[file].name, name);
    const char *nearest = nearest_head(load, &load->files[file], name);
    if (nearest) {
        diag_hint(load->diags, DIAG_H001, nearest);
    }
    fail(load);
    return -1;
}

/* Looks for the columns of the declaration in the first header; each that is not there is a
 * message. */
static void find_declared(Load *load, int file)
{
    const CsvDecl *decl = load->decl;
    bool whole = true;
    load->keys = ARENA_ARRAY(load->arena, int, load->declared_count + 1);
    for (int i = 0; i < load->declared_count; i++) {
        bool is_period = load->has_period && i == 0;
        bool known =
            !is_period && load->has_period && strcmp(load->declared[i], load->declared[0]) == 0;
        int column = known ? load->period_column
                           : declared_column(load, file, load->declared[i],
                                 is_period ? &decl->period_at : &decl->key_at);
        if (is_period) {
            load->period_column = column;
        } else if (column >= 0) {
            load->columns[column].is_key = true;
            load->keys[load->key_count++] = column;
        }
        whole = whole && column >= 0;
    }
    if (!whole) { /* by the rest of its key a row would seem to occur twice */
        load->key_count = 0;
    }
}

/* A row without one of the names that are looked for, but with a number or a date, is data. Where
 * none is looked for, it may be the head of a table with a column a month. */
static bool is_data_row(Load *load, const HeldRow *row)
{
    bool figures = false;
    if (load->declared_count == 0 && load->base_file < 0) {
        return false;
    }
    for (int i = 0; i < row->count; i++) {
        const Indicator *indicator;
        NumberCell number;
        DateCell date;
        Head head = canonical_head(load, load->scratch, row->cells[i], &indicator);
        if (indicator || find_column(load, head.name) || is_declared(load, head.name)) {
            return false;
        }
        figures = figures || infer_number(row->cells[i], NULL, &number) ||
                  infer_date(row->cells[i], 0, false, &date) != DATE_NONE;
    }
    return figures;
}

bool load_header(Load *load, int file, const HeldRow *row)
{
    LoadFile *here = &load->files[file];
    if (is_data_row(load, row)) {
        DataPlace place;
        At at = load_at(load, &place, file, row->row, -1);
        here->headless = load->failed = true;
        return diag_add(load->diags, DIAG_E229, &at, row->row);
    }
    int count = named_cells(load, row);
    here->columns = ARENA_ARRAY(load->scratch, int, count + 1);
    for (here->cell_count = 0; here->cell_count < count; here->cell_count++) {
        int cell = here->cell_count;
        bool named = *utf8_fold(load->scratch, row->cells[cell]) != '\0';
        here->columns[cell] = named ? map_cell(load, file, row, cell) : -1;
    }
    if (load->base_file < 0) {
        load->base_file = file;
        find_declared(load, file);
    } else {
        require_columns(load, file, row->row);
    }
    return true;
}
