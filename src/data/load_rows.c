#include <string.h>
#include "data/load_internal.h"

__extension__ typedef __int128 Sum; /* of int64: a million rows cannot overflow it */

/* A total that differs from our sum. */
typedef struct WrongTotal {
    const LoadRow *row;
    int column;
} WrongTotal;

typedef struct Storing {
    Load *load;
    StoreQuery *insert;
    Sum *sums, *part_sums; /* per column: of the file, since the last 小计 */
    bool *bad;             /* per column: faulty in the row in hand */
    const char **above;    /* per column of missing="同上": the last filled cell of the file */
    Buf totals;            /* of WrongTotal, in a draft */
    int file;
} Storing;

static void bind_period(Storing *storing, const DateCell *date)
{
    int hidden = storing->load->info->table.column_count;
    store_bind_int(storing->insert, hidden + 1, date_days(date->period.first));
    store_bind_int(storing->insert, hidden + 2, date_days(date->period.last));
}

/* ---- a row ---- */

/* A cell without a value: 0 where the template says so, else NULL. *zero tells which. */
static bool missing_cell(const Cell *cell, bool *zero)
{
    Load *load = cell->load;
    LoadColumn *column = cell_column(cell);
    const ColumnDecl *decl = column->decl;
    bool number = load->info->table.columns[cell->column].type == COLUMN_NUMBER;
    bool said = decl && decl->empty != EMPTY_AS_TABLE;
    *zero = number &&
            (said ? decl->empty == EMPTY_ZERO : load->decl->empty_is_zero && !column->is_ratio);
    bool counts = column->is_key || cell->column == load->period_column;
    if (!counts && !(decl && decl->required)) {
        if (column->missing++ == 0) {
            cell_at(cell, &column->missing_place);
        }
        column->zeros += *zero;
        return true;
    }
    DataPlace place;
    At at = cell_at(cell, &place);
    load_refuse(load);
    return diag_add(load->diags, counts ? DIAG_E237 : DIAG_E268, &at, column->head.name);
}

static bool store_number(Storing *storing, const Cell *cell)
{
    int64_t value;
    if (!cell_number(cell, &value)) {
        return false;
    }
    storing->sums[cell->column] += value;
    storing->part_sums[cell->column] += value;
    store_bind_int(storing->insert, cell->column + 1, value);
    return true;
}

static bool store_cell(Storing *storing, const Cell *cell)
{
    Load *load = storing->load;
    const Column *column = &load->info->table.columns[cell->column];
    bool is_period = cell->column == load->period_column;
    DateCell date;
    const char *text;
    if (infer_missing(cell->text)) {
        bool zero, allowed = missing_cell(cell, &zero);
        if (zero) {
            store_bind_int(storing->insert, cell->column + 1, 0);
        }
        return allowed;
    }
    if (is_period || column->type == COLUMN_DATE || column->type == COLUMN_MONTH) {
        if (!cell_date(cell, &date)) {
            return false;
        }
        if (is_period) {
            bind_period(storing, &date);
        }
        if (!is_period || !load->period_is_text) {
            store_bind_int(storing->insert, cell->column + 1, date_days(date.period.first));
            return true;
        }
    }
    if (column->type == COLUMN_NUMBER) {
        return store_number(storing, cell);
    }
    bool allowed = cell_text(cell, &text);
    store_bind_lent(storing->insert, cell->column + 1, text);
    return allowed;
}

/* Of merged cells the first alone is filled: the text of a cell, or under missing="同上" of the one
 * above that has one. */
static const char *ditto(Storing *storing, const Cell *cell)
{
    LoadColumn *column = cell_column(cell);
    if (!column->decl || column->decl->empty != EMPTY_DITTO) {
        return cell->text;
    }
    const char **above = &storing->above[cell->column];
    if (!load_is_blank(cell->text)) {
        *above = cell->text;
    } else if (*above && column->dittos++ == 0) {
        cell_at(cell, &column->ditto_place);
        column->ditto_cell = infer_text(storing->load->scratch, *above);
    }
    return *above ? *above : cell->text;
}

/* A cell of the row, or what the file's name tells where the cell is empty. */
static bool store_beside(Storing *storing, const LoadFile *file, const Cell *cell)
{
    const NameCell *name = file->name_cell_count ? load_name_cell(file, cell->column) : NULL;
    Cell filled = *cell;
    filled.text = ditto(storing, cell);
    if (!name) {
        return store_cell(storing, &filled);
    }
    if (infer_missing(filled.text)) {
        filled.text = name->text;
    }
    return cell_agrees(&filled, name) && store_cell(storing, &filled);
}

static bool store_name_cells(Storing *storing, const LoadRow *row)
{
    const LoadFile *file = &storing->load->files[row->file];
    bool whole = true;
    for (int i = 0; i < file->name_cell_count; i++) {
        const NameCell *name = &file->name_cells[i];
        Cell cell = {storing->load, row, -1, name->column, name->text};
        storing->bad[name->column] =
            storing->bad[name->column] || !(name->beside || store_cell(storing, &cell));
        whole = whole && !storing->bad[name->column];
    }
    return whole;
}

static void start_row(Storing *storing, const LoadRow *row)
{
    int hidden = storing->load->info->table.column_count;
    store_reset(storing->insert);
    for (int i = 1; i <= hidden + 2; i++) {
        store_bind_null(storing->insert, i);
    }
    store_bind_int(storing->insert, hidden + 3, row->file);
    store_bind_int(storing->insert, hidden + 4, row->row);
}

/* A row with a faulty cell is stored in a draft only. */
static void end_row(Storing *storing, bool whole)
{
    Load *load = storing->load;
    if (whole || load->draft) {
        load->info->table.row_count++;
        store_step(storing->insert);
    }
    if (!whole && load->draft && !fault_last_row(load, storing->bad, true)) {
        load->info->table.row_count--;
    }
}

static bool store_row(Storing *storing, const LoadRow *row)
{
    Load *load = storing->load;
    const LoadFile *file = &load->files[row->file];
    Cell cell = {.load = load, .row = row, .text = row->cells};
    bool whole = true;
    start_row(storing, row);
    memset(storing->bad, 0, load->column_count * sizeof *storing->bad);
    for (int i = 0; i < file->cell_count; i++, cell.text += strlen(cell.text) + 1) {
        cell.index = i;
        cell.column = file->columns[i];
        if (cell.column >= 0 && !store_beside(storing, file, &cell)) {
            storing->bad[cell.column] = true;
            whole = false;
        }
    }
    whole = store_name_cells(storing, row) && whole;
    end_row(storing, whole);
    return whole;
}

/* Of a row of too few or too many cells those that say themselves what they are still hold. */
static void store_ragged(Storing *storing, const LoadRow *row)
{
    Load *load = storing->load;
    const LoadFile *file = &load->files[row->file];
    int first, last, hidden = load->info->table.column_count;
    Cell cell = {.load = load, .row = row, .text = row->cells};
    start_row(storing, row);
    for (size_t i = 0; i < load->column_count; i++) {
        storing->bad[i] = true;
    }
    if (fault_period_of_file(load, row->file, &first, &last)) {
        store_bind_int(storing->insert, hidden + 1, first);
        store_bind_int(storing->insert, hidden + 2, last);
    }
    for (int i = 0; i < row->count && i < file->cell_count; i++) {
        cell.index = i;
        cell.column = file->columns[i];
        if (cell.column >= 0 && fault_is_known(&cell)) {
            storing->bad[cell.column] = !store_cell(storing, &cell);
        }
        cell.text += strlen(cell.text) + 1;
    }
    store_step(storing->insert);
    (void)fault_last_row(load, storing->bad, false);
}

/* ---- total rows ---- */

/* Only flows add up. Without a catalogue any number counts as one, but under a column that names
 * itself a rate, a mean or a mark offices write an average into the row 合计: no reason to refuse
 * the file. */
bool load_adds_up(const Column *column)
{
    static const char *const others[] = {
        "率", "比", "均", "分", "名次", "排名", "单价", "年度", "序号"};
    if (column->type != COLUMN_NUMBER || column->kind != KIND_FLOW) {
        return false;
    }
    for (size_t i = 0; column->kind_guessed && i < sizeof others / sizeof *others; i++) {
        if (strstr(column->name, others[i])) {
            return false;
        }
    }
    return true;
}

static bool compare_total(Storing *storing, const Cell *cell, const char *label)
{
    RowKind kind = cell->row->kind;
    Sum part = storing->part_sums[cell->column];
    Sum sum = kind == ROW_SUBTOTAL ? part : storing->sums[cell->column];
    int64_t written;
    bool fits = sum <= INT64_MAX && sum >= INT64_MIN;
    if (!cell_number(cell, &written)) {
        return false;
    }
    if (written == sum || (kind == ROW_NAMED_TOTAL && written == part)) {
        return true;
    }
    char here[DECIMAL_TEXT], there[DECIMAL_TEXT];
    DataPlace place;
    At at = cell_at(cell, &place);
    load_refuse(cell->load);
    if (!fits) {
        return diag_add(cell->load->diags, DIAG_E260, &at);
    }
    return diag_add(cell->load->diags, DIAG_E240, &at, cell_column(cell)->head.name, label,
        decimal_format(decimal_trim(decimal_from_store(written)), here),
        decimal_format(decimal_trim(decimal_from_store((int64_t)sum)), there));
}

static const char *total_label(const Load *load, const LoadRow *row)
{
    const char *cell = row->cells;
    RowKind kind;
    for (int i = 0; i < load->files[row->file].cell_count; i++, cell += strlen(cell) + 1) {
        if (load_is_total(cell, &kind)) {
            return infer_text(load->scratch, cell);
        }
    }
    return "合计";
}

/* Where a row is at fault already, the sum would only repeat that. */
static void check_total(Storing *storing, const LoadRow *row)
{
    Load *load = storing->load;
    const LoadFile *file = &load->files[row->file];
    const char *label = total_label(load, row);
    bool agrees = !file->faulty;
    Cell cell = {.load = load, .row = row, .text = row->cells};
    for (int i = 0; i < file->cell_count; i++, cell.text += strlen(cell.text) + 1) {
        cell.index = i;
        cell.column = file->columns[i];
        if (!file->faulty && cell.column >= 0 && !infer_missing(cell.text) &&
            load_adds_up(&load->info->table.columns[cell.column]) &&
            !compare_total(storing, &cell, label)) {
            agrees = false;
            WrongTotal wrong = {row, cell.column};
            buf_add(&storing->totals, &wrong, sizeof wrong);
        }
    }
    memset(storing->part_sums, 0, load->column_count * sizeof *storing->part_sums);
    if (agrees) {
        DataPlace place;
        At at = load_at(load, &place, row->file, row->row, -1);
        diag_add(load->diags, DIAG_N203, &at, label);
    }
}

/* ---- the table ---- */

static StoreQuery *create_table(Load *load)
{
    Table *table = &load->info->table;
    Buf create = {0}, insert = {0};
    buf_addf(&create, "BEGIN; CREATE TABLE %s(", table->sql);
    buf_addf(&insert, "INSERT INTO %s VALUES(", table->sql);
    for (int i = 0; i < table->column_count; i++) {
        buf_addf(&create, "c%d,", i);
        buf_adds(&insert, "?,");
    }
    buf_adds(&create, "_p0,_p1,_file,_row)");
    buf_adds(&insert, "?,?,?,?)");
    StoreQuery *query = NULL;
    if (store_execute(load->store, create.data)) {
        query = store_prepare(load->store, insert.data);
    }
    buf_free(&create);
    buf_free(&insert);
    return query;
}

/* Keys first, so that a village's rows of a period are found at once; and by period alone for the
 * whole town. */
static bool create_indexes(Load *load, const char *keys)
{
    const Table *table = &load->info->table;
    Arena *arena = load->scratch;
    bool periods = load->period_column >= 0;
    return (!*keys || store_execute(load->store, arena_printf(arena, "CREATE INDEX %s_k ON %s(%s)",
                                                     table->sql, table->sql, keys))) &&
           (!periods ||
               store_execute(load->store, arena_printf(arena, "CREATE INDEX %s_p ON %s(_p0,_p1)",
                                              table->sql, table->sql))) &&
           store_execute(load->store, "COMMIT");
}

/* A tree of units has one root, to which nothing is superior: one empty cell is no hole. */
static bool has_holes(const LoadColumn *column)
{
    return column->missing > (strcmp(column->head.name, "上级编号") == 0);
}

/* What is told once a column: forms that were read all the same, years that were guessed, holes. */
static void tell_columns(Load *load)
{
    for (size_t i = 0; i < load->column_count; i++) {
        LoadColumn *column = &load->columns[i];
        const char *name = column->head.name;
        if (column->unusual) {
            At at = {.data = &column->unusual_place};
            diag_add(load->diags, DIAG_N205, &at, name, column->unusual, column->unusual_cell);
        }
        if (column->no_year) {
            At at = {.data = &column->no_year_place};
            diag_add(load->diags, DIAG_W214, &at, column->no_year_cell, column->no_year_reading,
                column->no_year);
        }
        if (column->guessed) {
            At at = {.data = &column->guessed_place};
            diag_add(load->diags, DIAG_W218, &at, column->guessed_cell, column->guessed_reading,
                column->guessed);
        }
        if (column->closed) {
            At at = {.data = &column->closed_place};
            diag_add(load->diags, DIAG_N242, &at, column->closed_cell, column->closed_reading,
                column->closed);
        }
        if (column->dittos) {
            At at = {.data = &column->ditto_place};
            diag_add(load->diags, DIAG_N241, &at, name, column->dittos, column->ditto_cell);
        }
        if (column->zeros) {
            At at = {.data = &column->missing_place};
            diag_add(load->diags, DIAG_N213, &at, name, column->zeros);
        } else if (has_holes(column)) {
            At at = {.data = &column->missing_place};
            diag_add(load->diags, DIAG_N206, &at, name, column->missing);
        }
    }
}

static void settle_decimals(Load *load)
{
    Table *table = &load->info->table;
    for (int i = 0; i < table->column_count; i++) {
        const Indicator *indicator = load->columns[i].indicator;
        bool said = indicator && indicator->decimals >= 0;
        table->columns[i].decimals = said ? indicator->decimals : load->columns[i].decimals;
    }
}

static void store_all(Storing *storing)
{
    Load *load = storing->load;
    size_t size = load->column_count * sizeof(Sum);
    for (size_t i = 0; i < load->row_count && !store_broken(load->store); i++) {
        const LoadRow *row = load_row(load, i);
        if (row->file != storing->file) {
            storing->file = row->file;
            memset(storing->sums, 0, size);
            memset(storing->part_sums, 0, size);
            memset(storing->above, 0, load->column_count * sizeof *storing->above);
        }
        if (row->kind == ROW_DATA) {
            load->files[row->file].faulty |= !store_row(storing, row);
        } else if (row->kind != ROW_RAGGED) {
            check_total(storing, row);
        }
    }
    store_reset(storing->insert);
}

/* When all others are there: they tell the period of their file. */
static void store_faults(Storing *storing)
{
    Load *load = storing->load;
    for (size_t i = 0; load->draft && i < load->row_count; i++) {
        if (load_row(load, i)->kind == ROW_RAGGED) {
            store_ragged(storing, load_row(load, i));
        }
    }
    const WrongTotal *wrong = (const void *)storing->totals.data;
    for (size_t i = 0; load->draft && i < storing->totals.length / sizeof *wrong; i++) {
        fault_total(load, wrong[i].row->file, wrong[i].row->row, wrong[i].column);
    }
    buf_free(&storing->totals);
    fault_lost_files(load);
    store_reset(storing->insert);
}

bool load_store_rows(Load *load)
{
    Storing storing = {.load = load, .file = -1};
    storing.insert = create_table(load);
    if (!storing.insert) {
        return false;
    }
    storing.sums = ARENA_ARRAY(load->scratch, Sum, load->column_count + 1);
    storing.part_sums = ARENA_ARRAY(load->scratch, Sum, load->column_count + 1);
    storing.bad = ARENA_ARRAY(load->scratch, bool, load->column_count + 1);
    storing.above = ARENA_ARRAY(load->scratch, const char *, load->column_count + 1);
    store_all(&storing);
    store_faults(&storing);
    const char *keys = load_key_columns(load);
    bool stored = create_indexes(load, keys) && !store_broken(load->store);
    if (stored) {
        store_settle_units(load->store, load->info); /* 长塘 and 长塘村 are one key */
        stored = !*keys || load_settle_keys(load, keys);
    }
    settle_decimals(load);
    tell_columns(load);
    return stored && !load->failed;
}
