#include <string.h>
#include "data/load_internal.h"

/* ---- first pass: what the cells look like ---- */

static void tally_date(Load *load, int file, Tally *tally, const char *cell, bool declared)
{
    DateCell date;
    switch (infer_date(cell, load->files[file].year, declared, &date)) {
    case DATE_DAY:
        tally->days++;
        tally->first_days += date.period.first.day == 1;
        break;
    case DATE_MONTH:
        tally->months++;
        break;
    case DATE_PERIOD:
        tally->periods++;
        break;
    case DATE_IMPOSSIBLE:
        tally->impossible++;
        break;
    case DATE_NONE:
        break;
    }
}

/* Numbers but for one cell make a text column: that cell is named where a number is wanted. */
static void note_odd(Load *load, const DataPlace *place, Tally *tally, const char *cell)
{
    if (!tally->odd_cell) {
        tally->odd_cell = arena_strdup(load->arena, infer_text(load->scratch, cell));
        tally->odd_place = *place;
    }
}

/* 12.5吨 in a column whose head says no unit: the cells do, if they all say the same. */
static bool tally_unit(LoadColumn *column, const char *cell)
{
    NumberCell number;
    const char *unit = column->head.unit ? NULL : infer_trailing_unit(cell, &number);
    if (!unit) {
        return false;
    }
    column->mixed_units =
        column->mixed_units || (column->cell_unit && !infer_same_unit(column->cell_unit, unit));
    column->cell_unit = unit;
    column->tally.with_units++;
    return true;
}

static bool is_date_column(const Load *load, const LoadColumn *column)
{
    const ColumnDecl *decl = column->decl;
    bool typed =
        decl && decl->has_type && (decl->type == COLUMN_DATE || decl->type == COLUMN_MONTH);
    return typed || column - load->columns == load->period_column;
}

void load_tally(Load *load, const DataPlace *place, int file, LoadColumn *column, const char *cell)
{
    Tally *tally = &column->tally;
    NumberCell number;
    if (infer_missing(cell) || infer_excel_error(cell)) {
        return;
    }
    tally->filled++;
    bool declared = is_date_column(load, column);
    if (infer_number(cell, column->head.unit, &number)) {
        tally->numbers++;
        tally->percents += (number.flags & NUMBER_PERCENT) != 0;
        tally->codes += (number.flags & NUMBER_CODE) != 0;
        if (!(number.flags & NUMBER_PERCENT) && !tally->bare_cell) {
            tally->bare_cell = arena_strdup(load->arena, infer_text(load->scratch, cell));
            tally->bare_place = *place;
        }
        if (number.flags & NUMBER_CODE) {
            note_odd(load, place, tally, cell);
        }
        if (!declared) {
            return; /* what reads as a number is a date only where one is declared */
        }
    } else {
        note_odd(load, place, tally, cell);
        if (tally_unit(column, cell)) {
            return;
        }
    }
    tally_date(load, file, tally, cell, declared);
}

/* ---- then the types ---- */

/* All cells, or the great majority: the rest are mistakes then, and will be told one by one. */
static bool majority(long count, long filled)
{
    return count > 0 && (count == filled || (count >= 3 && count * 5 >= filled * 4));
}

/* Its head or the catalogue says that a column holds numbers. A bracket that holds no unit that we
 * know, 村（社区）, says less. */
static bool is_surely_number(const LoadColumn *column)
{
    const Indicator *indicator = column->indicator;
    return (column->head.unit && infer_is_unit(column->head.unit)) || column->head.has_full_marks ||
           column->head.is_ratio ||
           (indicator && (indicator->decimals >= 0 || indicator->has_min || indicator->has_max));
}

static bool is_said_number(const LoadColumn *column)
{
    return column->head.unit || is_surely_number(column);
}

static bool is_number_column(const LoadColumn *column)
{
    const Tally *tally = &column->tally;
    return majority(tally->numbers, tally->filled) || is_surely_number(column) ||
           (is_said_number(column) && tally->numbers * 2 >= tally->filled);
}

/* A period column of months in which Excel made 2024/5/1 of 2024-05 holds months still; and where
 * one file writes 2024/6/30 for the month, that file is at fault, not those of the other months. */
static ColumnType period_type(Load *load, const LoadColumn *column)
{
    const Tally *tally = &column->tally;
    bool named = strstr(column->head.name, "月") || strstr(column->head.name, "期次");
    bool months =
        tally->days == tally->first_days ? named || tally->months > 0 : named && tally->months > 0;
    if (tally->periods > tally->months + tally->days) {
        load->period_is_text = true;
        return tally->numbers == tally->filled && tally->codes == 0 ? COLUMN_NUMBER : COLUMN_TEXT;
    }
    return tally->days > 0 && (tally->days >= tally->months) && !months ? COLUMN_DATE
                                                                        : COLUMN_MONTH;
}

static ColumnType infer_type(const LoadColumn *column)
{
    const Tally *tally = &column->tally;
    bool codes = tally->codes > 0 && !(is_said_number(column) && is_number_column(column));
    if (infer_is_code_name(column->head.name) || codes) {
        return COLUMN_TEXT;
    }
    if (tally->filled == 0 && infer_is_day_name(column->head.name)) {
        return COLUMN_DATE; /* a new ledger in which nothing is closed yet */
    }
    if (is_number_column(column)) {
        return COLUMN_NUMBER;
    }
    if (tally->days + tally->months > 0 &&
        majority(tally->days + tally->months + tally->impossible, tally->filled)) {
        return tally->days >= tally->months ? COLUMN_DATE : COLUMN_MONTH;
    }
    return COLUMN_TEXT;
}

static ColumnType kind_type(ColumnKind kind)
{
    return kind == KIND_TEXT ? COLUMN_TEXT : kind == KIND_DATE ? COLUMN_DATE : COLUMN_NUMBER;
}

/* A column whose cells bear one unit, none of them another, is one of numbers in it. */
static void settle_unit(Load *load, LoadColumn *column)
{
    Tally *tally = &column->tally;
    if (column->mixed_units || !majority(tally->numbers + tally->with_units, tally->filled) ||
        tally->with_units == 0 || infer_is_code_name(column->head.name)) {
        return;
    }
    At at = {.data = &column->place};
    column->head.unit = column->cell_unit;
    tally->numbers += tally->with_units;
    diag_add(load->diags, DIAG_N214, &at, column->head.name, column->cell_unit);
}

static ColumnType settle_type(Load *load, LoadColumn *column)
{
    bool declared = column->decl && column->decl->has_type;
    if (column - load->columns == load->period_column) {
        ColumnType type = period_type(load, column);
        return declared && !load->period_is_text ? column->decl->type : type;
    }
    if (declared) {
        return column->decl->type;
    }
    if (column->indicator && column->indicator->has_kind) {
        return kind_type(column->indicator->kind);
    }
    return infer_type(column);
}

static void settle_kind(const LoadColumn *from, Column *column)
{
    const Indicator *indicator = from->indicator;
    column->kind_guessed = !indicator || !indicator->has_kind;
    if (column->type == COLUMN_TEXT) {
        column->kind = KIND_TEXT;
    } else if (column->type != COLUMN_NUMBER) {
        column->kind = KIND_DATE;
    } else if (!column->kind_guessed) {
        column->kind = indicator->kind;
    } else if (from->is_ratio) {
        column->kind = KIND_RATIO;
    } else {
        column->kind = column->has_full_marks ? KIND_SCORE : KIND_FLOW;
    }
}

/* Most of its cells; one is enough where the template or the catalogue says 比率. */
static bool is_written_in_percents(const LoadColumn *column)
{
    const Indicator *indicator = column->indicator;
    const Tally *tally = &column->tally;
    bool said = indicator && indicator->has_kind && indicator->kind == KIND_RATIO;
    return said ? tally->percents > 0 : tally->percents * 2 > tally->numbers;
}

static void settle_column(Load *load, int index)
{
    LoadColumn *from = &load->columns[index];
    Column *column = &load->info->table.columns[index];
    column->name = from->head.name;
    column->head = from->text;
    column->has_full_marks = from->head.has_full_marks;
    column->full_marks = from->head.full_marks;
    column->sql = arena_printf(load->arena, "c%d", index);
    column->place = from->place;
    column->indicator = from->indicator;
    column->unit_column = -1;
    settle_unit(load, from);
    column->unit = from->head.unit;
    column->type = settle_type(load, from);
    from->is_ratio =
        column->type == COLUMN_NUMBER && (from->head.is_ratio || is_written_in_percents(from));
    settle_kind(from, column);
    if (column->type == COLUMN_TEXT && !infer_is_code_name(column->name) &&
        from->tally.numbers * 2 > from->tally.filled) {
        column->odd_cell = from->tally.odd_cell;
        column->odd_place = from->tally.odd_place;
    }
}

/* A column 单位 beside numbers without a unit of their own is their unit, row by row (data.md 2).
 */
static void settle_unit_columns(Table *table)
{
    for (int i = 0; i < table->column_count; i++) {
        const Column *unit = &table->columns[i];
        bool units = strcmp(unit->name, "单位") == 0 && unit->type == COLUMN_TEXT;
        for (int j = i - 1; units && j >= 0; j--) {
            Column *column = &table->columns[j];
            if (column->type != COLUMN_NUMBER || column->unit || column->kind == KIND_RATIO) {
                break;
            }
            column->unit_column = i;
        }
    }
}

static void settle_positions(Load *load)
{
    TableInfo *info = load->info;
    info->positions = ARENA_ARRAY(load->arena, int *, load->file_count);
    for (int i = 0; i < load->file_count; i++) {
        const LoadFile *file = &load->files[i];
        info->positions[i] = ARENA_ARRAY(load->arena, int, load->column_count);
        for (size_t j = 0; j < load->column_count; j++) {
            info->positions[i][j] = -1;
        }
        for (int j = file->cell_count - 1; file->columns && j >= 0; j--) {
            if (file->columns[j] >= 0) {
                info->positions[i][file->columns[j]] = j;
            }
        }
    }
}

void load_settle(Load *load)
{
    Table *table = &load->info->table;
    table->id = arena_strdup(load->arena, load->decl->id);
    table->sql = store_new_table(load->store);
    table->column_count = (int)load->column_count;
    table->columns = ARENA_ARRAY(load->arena, Column, load->column_count + 1);
    table->period_column = load->period_column;
    table->keys = load->keys;
    table->key_count = load->key_count;
    for (int i = 0; i < table->column_count; i++) {
        settle_column(load, i);
    }
    settle_unit_columns(table);
    settle_positions(load);
    load_settle_ratios(load);
}
