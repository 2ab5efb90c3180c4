#include <string.h>
#include "base/utf8.h"
#include "data/filename.h"
#include "data/load_internal.h"

enum { NAMED_COLUMNS = 12 }; /* that a note lists */

static void fail(Load *load)
{
    load->failed = true;
}

/* ---- names to columns ---- */

/* An alias in period= or key= is as good as the name. */
static const char *canonical_name(Load *load, const char *name)
{
    const ColumnDecl *decl;
    return load_canonical(load, load->scratch, name, &decl).name;
}

static bool is_declared(Load *load, const char *name)
{
    for (int i = 0; i < load->declared_count; i++) {
        if (strcmp(load->declared[i], name) == 0 ||
            strcmp(canonical_name(load, load->declared[i]), name) == 0) {
            return true;
        }
    }
    return false;
}

static LoadColumn *find_column(Load *load, const char *name)
{
    for (size_t i = 0; i < load->column_count; i++) {
        if (strcmp(load->columns[i].head.name, name) == 0) {
            return &load->columns[i];
        }
    }
    return NULL;
}

static const Indicator *find_indicator(Load *load, const char *name)
{
    const Catalogue *catalogue = store_catalogue(load->store);
    return catalogue ? catalogue_find(catalogue, name) : NULL;
}

Head load_canonical(Load *load, Arena *arena, const char *cell, const ColumnDecl **decl)
{
    Head head = infer_head(arena, cell);
    *decl = map_find(load->rules, head.name);
    const Indicator *indicator = *decl ? &(*decl)->said : find_indicator(load, head.name);
    if (indicator) {
        head.name = indicator->name;
    }
    return head;
}

bool load_is_known(Load *load, const char *name, bool *asked)
{
    *asked = is_declared(load, name);
    return *asked || map_find(load->rules, name) || find_indicator(load, name) ||
           find_column(load, name);
}

bool load_file_has(const LoadFile *file, int column)
{
    for (int i = 0; i < file->cell_count; i++) {
        if (file->columns[i] == column) {
            return true;
        }
    }
    return load_name_cell(file, column) != NULL;
}

const NameCell *load_name_cell(const LoadFile *file, int column)
{
    for (int i = 0; i < file->name_cell_count; i++) {
        if (file->name_cells[i].column == column) {
            return &file->name_cells[i];
        }
    }
    return NULL;
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

/* The unit is said by the head, else by the declaration; if both speak they must agree. */
static void apply_unit(Load *load, LoadColumn *column, const At *at)
{
    const char *unit = column->indicator ? column->indicator->unit : NULL;
    if (!unit) {
        return;
    }
    if (!column->head.unit) {
        column->head.unit = unit;
    } else if (!infer_same_unit(column->head.unit, unit)) {
        diag_add(load->diags, DIAG_E228, at, column->head.name, column->head.unit, unit);
        fail(load);
    }
}

/* Kept till all files' headers can be compared. */
static void keep_head(
    Load *load, LoadColumn *column, const Head *head, int file, const DataPlace *place)
{
    HeadCell *cell = ARENA_NEW(load->scratch, HeadCell);
    *cell = (HeadCell){.head = *head, .place = *place, .file = file};
    if (column->last_head) {
        column->last_head->next = cell;
    } else {
        column->heads = cell;
    }
    column->last_head = cell;
}

/* 单位：万元 above the head speaks for columns without a unit of their own. */
static void compare_title_unit(
    Load *load, const LoadColumn *column, const Head *head, const Header *header, const At *at)
{
    if (header->title_unit && !head->unit && column->head.unit &&
        infer_convertible_units(header->title_unit, column->head.unit)) {
        diag_add(
            load->diags, DIAG_E275, at, header->title_unit, column->head.name, column->head.unit);
        fail(load);
    }
}

/* 清理整治/生活垃圾 is 生活垃圾 where only one column of the file has that lower part; and the
 * other way round, where an earlier file joined it. */
static const char *known_lower(Load *load, const Header *header, int cell)
{
    const char *lower = header->lower ? header->lower[cell] : NULL;
    int same = 0;
    if (!lower) {
        return NULL;
    }
    for (int i = 0; i < header->row.count; i++) {
        bool named = header->lower[i] ? strcmp(header->lower[i], lower) == 0
                                      : strcmp(header->row.cells[i], lower) == 0;
        same += named;
    }
    const ColumnDecl *decl;
    bool asked;
    Head head = load_canonical(load, load->arena, lower, &decl);
    return same == 1 && load_is_known(load, head.name, &asked) ? head.name : NULL;
}

static LoadColumn *find_by_lower(Load *load, const char *name)
{
    LoadColumn *found = NULL;
    for (size_t i = 0; i < load->column_count; i++) {
        if (load->columns[i].lower && strcmp(load->columns[i].lower, name) == 0) {
            if (found) {
                return NULL;
            }
            found = &load->columns[i];
        }
    }
    return found;
}

/* The column's head as it is to be looked for: aliases undone, joined names taken apart. */
static Head resolve(Load *load, const Header *header, int cell, const ColumnDecl **decl, At *at)
{
    Head head = load_canonical(load, load->arena, header->row.cells[cell], decl);
    bool asked;
    if (load_is_known(load, head.name, &asked)) {
        return head;
    }
    const char *lower = known_lower(load, header, cell);
    const LoadColumn *joined = lower ? NULL : find_by_lower(load, head.name);
    if (lower || joined) {
        const char *name = lower ? lower : joined->head.name;
        diag_add(load->diags, DIAG_N215, at, head.name, name);
        head.name = name;
        *decl = map_find(load->rules, name);
    }
    return head;
}

static int add_named_column(
    Load *load, int file, const Head *head, const ColumnDecl *decl, const DataPlace *place)
{
    At at = {.data = place};
    if (load->column_count >= STORE_COLUMNS - STORE_HIDDEN_COLUMNS) {
        diag_add(load->diags, DIAG_E217, &at, STORE_COLUMNS - STORE_HIDDEN_COLUMNS);
        fail(load);
        return -1;
    }
    LoadColumn *column = add_column(load, head, place->column_name, file);
    column->decl = decl;
    column->catalogued = find_indicator(load, head->name);
    column->indicator = decl ? &decl->said : column->catalogued;
    column->place = *place;
    apply_unit(load, column, &at);
    if (load->base_file >= 0) {
        diag_add(load->diags, DIAG_N204, &at, head->name, load->files[load->base_file].name);
    }
    return (int)load->column_count - 1;
}

/* Position of the column that a cell of the header names; -1 after a message. */
static int map_cell(Load *load, int file, const Header *header, int cell)
{
    const ColumnDecl *decl;
    DataPlace place;
    At at = load_at(load, &place, file, header->row.row, cell);
    place.column_name = utf8_trim(load->arena, header->row.cells[cell]);
    Head head = resolve(load, header, cell, &decl, &at);
    LoadColumn *column = find_column(load, head.name);
    int found = column ? (int)(column - load->columns) : -1;
    if (column && load_file_has(&load->files[file], found)) {
        diag_add(load->diags, DIAG_E222, &at, head.name);
        fail(load);
        return found;
    }
    if (!column) {
        found = add_named_column(load, file, &head, decl, &place);
        column = found >= 0 ? &load->columns[found] : NULL;
        if (column && header->lower && strchr(head.name, '/')) {
            column->lower = header->lower[cell];
        }
    }
    if (column) {
        keep_head(load, column, &head, file, &place);
        compare_title_unit(load, column, &head, header, &at);
    }
    return found;
}

/* ---- what the file's name tells ---- */

static void add_name_cell(Load *load, int file, const char *name, const char *text)
{
    LoadFile *here = &load->files[file];
    const ColumnDecl *decl;
    Head head = load_canonical(load, load->arena, name, &decl);
    LoadColumn *column = find_column(load, head.name);
    int found = column ? (int)(column - load->columns) : -1;
    bool beside = column && load_file_has(here, found);
    if (!column) {
        DataPlace place = {here->name, 0, -1, name};
        found = add_named_column(load, file, &head, decl, &place);
    }
    if (found >= 0) {
        here->name_cells[here->name_cell_count++] = (NameCell){found, text, beside};
    }
}

static void take_captured(Load *load, int file)
{
    LoadFile *here = &load->files[file];
    for (int i = 0; i < load->captured_count; i++) {
        size_t bad;
        const char *text = here->captured[i];
        if (utf8_valid(text, strlen(text), &bad)) {
            add_name_cell(load, file, load->captured[i], text);
            continue;
        }
        DataPlace place;
        At at = load_at(load, &place, file, 0, -1);
        diag_add(load->diags, DIAG_E267, &at, load->captured[i]);
        fail(load);
        add_name_cell(load, file, load->captured[i], "？"); /* no column is missing besides */
    }
}

const char *load_nearest_head(Load *load, const LoadFile *file, const char *name)
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

/* A day is written as one; all else as -p takes it. */
static const char *period_text(Load *load, Period period)
{
    char text[16];
    bool day = period.kind == PERIOD_RANGE && date_cmp(period.first, period.last) == 0;
    if (period.kind == PERIOD_RANGE && !day) {
        return period_name(load->arena, period); /* 2024年1—4月: no cell may say that */
    }
    return day ? arena_strdup(load->arena, date_format_iso(period.first, text))
               : period_raw(load->arena, period);
}

/* 月报-2024-05.csv without a column 月份. One with 月分 is misspelt rather. */
static void take_period(Load *load, int file)
{
    LoadFile *here = &load->files[file];
    if (!load->has_period) {
        return;
    }
    const char *name = canonical_name(load, load->declared[0]);
    const LoadColumn *column = find_column(load, name);
    if ((column && load_file_has(here, (int)(column - load->columns))) ||
        load_nearest_head(load, here, name)) {
        return;
    }
    Period period;
    int year = load->period && load->period->kind != PERIOD_NONE ? load->period->last.year : 0;
    if (!filename_period(here->name, year, &period)) {
        return;
    }
    DataPlace place;
    At at = load_at(load, &place, file, 0, -1);
    const char *text = period_text(load, period);
    bool months = infer_is_day_name(load->declared[0]) && period.kind != PERIOD_RANGE;
    if (months && load->base_file < 0) { /* who says 日期 meant a column of days */
        diag_add(load->diags, DIAG_W248, &at, load->declared[0], text);
    } else {
        diag_add(load->diags, DIAG_N211, &at, load->declared[0], text);
    }
    add_name_cell(load, file, load->declared[0], text);
}

/* ---- what must be there ---- */

static int tell_no_column(Load *load, int file, const char *name, const At *at, bool period)
{
    diag_add(load->diags, DIAG_E226, at, load->files[file].name, name);
    const char *nearest = load_nearest_head(load, &load->files[file], name);
    if (nearest) {
        diag_hint(load->diags, DIAG_H001, nearest);
    } else if (period && load->decl->files) {
        diag_hint(load->diags, DIAG_H239);
    }
    fail(load);
    return -1;
}

static int declared_column(Load *load, int file, const char *name, const At *at, bool period)
{
    LoadColumn *column = find_column(load, canonical_name(load, name));
    return column ? (int)(column - load->columns) : tell_no_column(load, file, name, at, period);
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
                                 is_period ? &decl->period_at : &decl->key_at, is_period);
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
    for (int i = 0; i < decl->column_count; i++) {
        const ColumnDecl *column = &decl->columns[i];
        if (!find_column(load, column->said.name) && !is_declared(load, column->said.name)) {
            tell_no_column(load, file, column->said.name, &column->at, false);
        }
    }
}

/* Columns that nobody has declared are kept; noted where others are declared. */
static void note_unknown(Load *load, int file, long row)
{
    const char *names = "";
    int unknown = 0, known = 0;
    for (size_t i = 0; i < load->column_count; i++) {
        const LoadColumn *column = &load->columns[i];
        if (column->indicator || is_declared(load, column->head.name)) {
            known += column->indicator != NULL;
        } else if (unknown++ < NAMED_COLUMNS) {
            names =
                arena_printf(load->scratch, "%s%s%s", names, *names ? "、" : "", column->head.name);
        }
    }
    if (known > 0 && unknown > 0) {
        DataPlace place;
        At at = load_at(load, &place, file, row, -1);
        names = unknown > NAMED_COLUMNS ? arena_printf(load->scratch, "%s…", names) : names;
        diag_add(load->diags, DIAG_N208, &at, unknown, names);
    }
}

/* ---- the header ---- */

/* Cells behind the last name are what Excel leaves of columns that were emptied. */
static int named_cells(const HeldRow *row)
{
    int count = row->count;
    while (count > 0 && load_is_blank(row->cells[count - 1])) {
        count--;
    }
    return count;
}

/* A row without one of the names that are looked for, but with a number or a date, is data. Where
 * none is looked for, it may be the head of a table with a column a month. */
static bool is_data_row(Load *load, const HeldRow *row)
{
    bool figures = false, asked;
    if (load->declared_count == 0 && load->base_file < 0 && load->decl->column_count == 0) {
        return false;
    }
    for (int i = 0; i < row->count; i++) {
        const ColumnDecl *decl;
        NumberCell number;
        DateCell date;
        Head head = load_canonical(load, load->scratch, row->cells[i], &decl);
        if (load_is_known(load, head.name, &asked)) {
            return false;
        }
        figures = figures || infer_number(row->cells[i], NULL, &number) ||
                  infer_date(row->cells[i], 0, false, &date) != DATE_NONE;
    }
    return figures;
}

static void note_rows(Load *load, int file, const Header *header)
{
    DataPlace place;
    At at = load_at(load, &place, file, header->row.row, -1);
    if (header->titles > 0) {
        diag_add(load->diags, DIAG_N201, &at, header->titles);
    }
    for (int i = 0; header->second && i < header->row.count; i++) {
        if (header->lower[i]) {
            diag_add(
                load->diags, DIAG_N210, &at, header->row.row, header->second, header->row.cells[i]);
            break;
        }
    }
    if (header->units) {
        diag_add(load->diags, DIAG_N209, &at, header->units);
    }
}

bool load_header(Load *load, int file, const Header *header)
{
    LoadFile *here = &load->files[file];
    const HeldRow *row = &header->row;
    if (is_data_row(load, row)) {
        DataPlace place;
        At at = load_at(load, &place, file, row->row, -1);
        here->headless = true;
        load_refuse(load);
        return diag_add(load->diags, DIAG_E229, &at, row->row);
    }
    int count = named_cells(row);
    note_rows(load, file, header);
    here->columns = ARENA_ARRAY(load->scratch, int, count + 1);
    here->name_cells = ARENA_ARRAY(load->scratch, NameCell, load->captured_count + 1);
    for (here->cell_count = 0; here->cell_count < count; here->cell_count++) {
        int cell = here->cell_count;
        bool named = !load_is_blank(row->cells[cell]);
        here->columns[cell] = named ? map_cell(load, file, header, cell) : -1;
    }
    take_captured(load, file);
    take_period(load, file);
    if (load->base_file < 0) {
        load->base_file = file;
        find_declared(load, file);
        note_unknown(load, file, row->row);
    }
    here->head_row = row->row;
    return true;
}
