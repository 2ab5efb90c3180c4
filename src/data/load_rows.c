#include <string.h>
#include "base/utf8.h"
#include "data/load_internal.h"

__extension__ typedef __int128 Sum; /* of int64: a million rows cannot overflow it */

/* The cell in hand. */
typedef struct Cell {
    Load *load;
    const LoadRow *row;
    int index, column; /* in the row, in the table */
    const char *text;
} Cell;

typedef struct Storing {
    Load *load;
    StoreQuery *insert;
    Sum *sums, *part_sums; /* per column: of the file, since the last 小计 */
    int file;
} Storing;

static LoadColumn *column_of(const Cell *cell)
{
    return &cell->load->columns[cell->column];
}

static At cell_at(const Cell *cell, DataPlace *place)
{
    return load_at(cell->load, place, cell->row->file, cell->row->row, cell->index);
}

/* The text of a cell in a message: without blanks at its ends, and with what cannot be seen (a zero
 * width space from a web page makes 12 no number) written out. */
static const char *shown(const Cell *cell)
{
    const char *text = infer_text(cell->load->scratch, cell->text), *start = text;
    char *seen = NULL;
    for (const char *at = text; *at;) {
        const char *before = at;
        uint32_t c = utf8_next(&at);
        if ((c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0xAD) {
            seen = arena_printf(cell->load->scratch, "%s%.*s<U+%04X>", seen ? seen : "",
                (int)(before - start), start, (unsigned)c);
            start = at;
        }
    }
    return seen ? arena_printf(cell->load->scratch, "%s%s", seen, start) : text;
}

static bool bad_cell(const Cell *cell, DiagCode code)
{
    DataPlace place;
    At at = cell_at(cell, &place);
    cell->load->failed = true;
    diag_add(cell->load->diags, code, &at, shown(cell));
    const char *text = infer_text(cell->load->scratch, cell->text);
    if (*text == '#' || *text == '=') { /* ##### is what a column shows that is too narrow */
        diag_hint(cell->load->diags, text[1] == '#' ? DIAG_H236 : DIAG_H231);
    }
    return false;
}

/* ---- numbers ---- */

static void warn_number(const Cell *cell, const NumberCell *number)
{
    static const struct {
        unsigned flag;
        DiagCode code;
        bool reading; /* the message says what was read */
    } warnings[] = {
        {NUMBER_SUSPICIOUS, DIAG_W213, false},
        {NUMBER_SCIENTIFIC, DIAG_W210, false},
        {NUMBER_STOP, DIAG_W211, true},
        {NUMBER_APPROXIMATE, DIAG_W212, true},
        {NUMBER_CODE, DIAG_W219, true},
    };
    char reading[DECIMAL_TEXT];
    DataPlace place;
    At at = cell_at(cell, &place);
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++) {
        if (!(number->flags & warnings[i].flag)) {
            continue;
        }
        if (warnings[i].reading) {
            diag_add(cell->load->diags, warnings[i].code, &at, shown(cell),
                decimal_format(number->value, reading));
        } else {
            diag_add(cell->load->diags, warnings[i].code, &at, shown(cell));
        }
        return; /* the first says it all */
    }
}

static void check_limits(const Cell *cell, Decimal value)
{
    const Indicator *indicator = column_of(cell)->indicator;
    if (!indicator) {
        return;
    }
    if ((indicator->has_min && decimal_cmp(value, indicator->min) < 0) ||
        (indicator->has_max && decimal_cmp(value, indicator->max) > 0)) {
        DataPlace place;
        At at = cell_at(cell, &place);
        diag_add(cell->load->diags, DIAG_W216, &at, shown(cell));
    }
}

/* In a ratio column 85 under (%) is 0.85; in one written with %, a bare number above 1 has lost its
 * sign. */
static bool settle_ratio(const Cell *cell, NumberCell *number)
{
    LoadColumn *column = column_of(cell);
    bool percent = (number->flags & NUMBER_PERCENT) != 0;
    if (!column->is_ratio) {
        return !percent || bad_cell(cell, DIAG_E230);
    }
    if (percent) {
        return true;
    }
    if (column->head.is_ratio) {
        number->value.scale += 2;
        return true;
    }
    return decimal_cmp(decimal_abs(number->value), decimal_from_int(1)) <= 0 ||
           bad_cell(cell, DIAG_E235);
}

static void note_form(const Cell *cell, const NumberCell *number)
{
    LoadColumn *column = column_of(cell);
    if (number->value.scale > DECIMAL_STORE_SCALE) {
        DataPlace place;
        At at = cell_at(cell, &place);
        diag_add(cell->load->diags, DIAG_W215, &at, shown(cell));
    }
    if ((number->flags & NUMBER_UNUSUAL) && column->unusual++ == 0) {
        cell_at(cell, &column->unusual_place);
        column->unusual_cell = shown(cell);
    }
    int scale =
        number->value.scale < DECIMAL_STORE_SCALE ? number->value.scale : DECIMAL_STORE_SCALE;
    column->decimals = scale > column->decimals ? scale : column->decimals;
}

static bool read_number(const Cell *cell, int64_t *out)
{
    NumberCell number;
    if (!infer_number(cell->text, column_of(cell)->head.unit, &number)) {
        return bad_cell(cell, DIAG_E230);
    }
    if (number.flags & NUMBER_TOO_LARGE) {
        return bad_cell(cell, DIAG_E234);
    }
    if (!settle_ratio(cell, &number)) {
        return false;
    }
    if (number.flags & ~(unsigned)(NUMBER_UNUSUAL | NUMBER_PERCENT)) {
        warn_number(cell, &number);
    }
    check_limits(cell, number.value);
    note_form(cell, &number);
    return decimal_to_store(number.value, out) || bad_cell(cell, DIAG_E234);
}

/* ---- dates and periods ---- */

static void note_date(const Cell *cell, const DateCell *date)
{
    LoadColumn *column = column_of(cell);
    if (date->no_year && column->no_year++ == 0) {
        cell_at(cell, &column->no_year_place);
        column->no_year_cell = shown(cell);
        column->no_year_reading = period_name(cell->load->scratch, date->period);
    }
    if (date->guessed && column->guessed++ == 0) {
        cell_at(cell, &column->guessed_place);
        column->guessed_cell = shown(cell);
        column->guessed_reading = period_name(cell->load->scratch, date->period);
    }
}

/* Excel writes 5-Jun and the like; of a day in a column of months the month is meant. */
static bool bad_date(const Cell *cell, DiagCode code, const DateCell *date)
{
    bad_cell(cell, code);
    if (code == DIAG_E231 && date->form == DATE_NONE) {
        diag_hint(cell->load->diags, DIAG_H232);
    } else if (code == DIAG_E232) {
        diag_hint(cell->load->diags, DIAG_H233);
    }
    return false;
}

/* The day, month or period of a cell, in the form that its column has. */
static bool read_date(const Cell *cell, DateCell *date)
{
    Load *load = cell->load;
    const Column *column = &load->info->table.columns[cell->column];
    infer_date(cell->text, load->files[cell->row->file].year, true, date);
    if (date->form == DATE_IMPOSSIBLE) {
        return bad_cell(cell, DIAG_E233);
    }
    if (cell->column == load->period_column && load->period_is_text) {
        return date->form != DATE_NONE || bad_cell(cell, DIAG_E236);
    }
    if (column->type == COLUMN_DATE) {
        if (date->form != DATE_DAY) {
            return bad_date(cell, DIAG_E231, date);
        }
        note_date(cell, date);
        return true;
    }
    if (date->form == DATE_DAY && date->period.first.day == 1) {
        date->period = period_containing(PERIOD_MONTH, date->period.first); /* Excel's 2024/5/1 */
        date->guessed = true;
        date->form = DATE_MONTH;
    }
    if (date->form != DATE_MONTH) {
        return bad_date(cell, DIAG_E232, date);
    }
    note_date(cell, date);
    return true;
}

static void bind_period(Storing *storing, const DateCell *date)
{
    int hidden = storing->load->info->table.column_count;
    store_bind_int(storing->insert, hidden + 1, date_days(date->period.first));
    store_bind_int(storing->insert, hidden + 2, date_days(date->period.last));
}

/* ---- a row ---- */

static bool missing_cell(const Cell *cell)
{
    LoadColumn *column = column_of(cell);
    if (column->missing++ == 0) {
        cell_at(cell, &column->missing_place);
    }
    if (!column->is_key && cell->column != cell->load->period_column) {
        return true;
    }
    DataPlace place;
    At at = cell_at(cell, &place);
    cell->load->failed = true;
    return diag_add(cell->load->diags, DIAG_E237, &at, column->head.name);
}

static bool store_number(Storing *storing, const Cell *cell)
{
    int64_t value;
    if (!read_number(cell, &value)) {
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
    if (infer_missing(cell->text)) {
        return missing_cell(cell);
    }
    if (is_period || column->type == COLUMN_DATE || column->type == COLUMN_MONTH) {
        if (!read_date(cell, &date)) {
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
    store_bind_lent(storing->insert, cell->column + 1, infer_text(load->scratch, cell->text));
    return true;
}

static bool store_row(Storing *storing, const LoadRow *row)
{
    Load *load = storing->load;
    const LoadFile *file = &load->files[row->file];
    int hidden = load->info->table.column_count;
    Cell cell = {.load = load, .row = row, .text = row->cells};
    store_reset(storing->insert);
    for (int i = 1; i <= hidden + 2; i++) {
        store_bind_null(storing->insert, i);
    }
    bool whole = true;
    for (int i = 0; i < file->cell_count; i++, cell.text += strlen(cell.text) + 1) {
        cell.index = i;
        cell.column = file->columns[i];
        whole = (cell.column < 0 || store_cell(storing, &cell)) && whole;
    }
    store_bind_int(storing->insert, hidden + 3, row->file);
    store_bind_int(storing->insert, hidden + 4, row->row);
    if (whole) {
        load->info->table.row_count++;
        store_step(storing->insert);
    }
    return whole;
}

/* ---- total rows ---- */

/* Only flows add up. Without a catalogue any number counts as one, but under a column that names
 * itself a rate, a mean or a mark offices write an average into the row 合计: no reason to refuse
 * the file. */
static bool adds_up(const Column *column)
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
    if (!read_number(cell, &written)) {
        return false;
    }
    if (written == sum || (kind == ROW_NAMED_TOTAL && written == part)) {
        return true;
    }
    char here[DECIMAL_TEXT], there[DECIMAL_TEXT];
    DataPlace place;
    At at = cell_at(cell, &place);
    cell->load->failed = true;
    if (!fits) {
        return diag_add(cell->load->diags, DIAG_E260, &at);
    }
    return diag_add(cell->load->diags, DIAG_E240, &at, column_of(cell)->head.name, label,
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
            adds_up(&load->info->table.columns[cell.column])) {
            agrees = compare_total(storing, &cell, label) && agrees;
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

/* The SQL columns that make a row one of its kind: “c1,_p0,_p1”. */
static char *key_columns(Load *load)
{
    char *list = arena_strdup(load->scratch, "");
    bool period = false;
    for (int i = 0; i < load->key_count; i++) {
        if (load->keys[i] == load->period_column) {
            period = true;
        } else {
            list = arena_printf(load->scratch, "%s%sc%d", list, *list ? "," : "", load->keys[i]);
        }
    }
    return period ? arena_printf(load->scratch, "%s%s_p0,_p1", list, *list ? "," : "") : list;
}

static const LoadRow *find_row(Load *load, int file, long row)
{
    size_t low = 0, high = load->row_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const LoadRow *other = load_row(load, middle);
        bool before = other->file < file || (other->file == file && other->row < row);
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return load_row(load, low);
}

/* The key as it is written in a row: “2024-05、长塘村”. */
static const char *key_text(Load *load, const LoadRow *row)
{
    const char *text = "";
    for (int i = 0; i < load->key_count; i++) {
        const char *cell = row->cells;
        int position = load->info->positions[row->file][load->keys[i]];
        for (int j = 0; j < position; j++) {
            cell += strlen(cell) + 1;
        }
        text = arena_printf(
            load->scratch, "%s%s%s", text, i ? "、" : "", infer_text(load->scratch, cell));
    }
    return text;
}

/* One key in two rows is told at the second, naming the first. */
static void tell_duplicates(Load *load, const char *keys)
{
    const char *sql = load->info->table.sql;
    StoreQuery *query = store_prepare(load->store,
        arena_printf(load->scratch,
            "SELECT a._file,a._row,b._file,b._row FROM "
            "(SELECT min(rowid) AS m,max(rowid) AS n FROM %s GROUP BY %s HAVING count(*)>1) "
            "JOIN %s a ON a.rowid=m JOIN %s b ON b.rowid=n ORDER BY n",
            sql, keys, sql, sql));
    while (store_step(query)) {
        int first = (int)store_int(query, 0), second = (int)store_int(query, 2);
        long first_row = (long)store_int(query, 1), second_row = (long)store_int(query, 3);
        const LoadRow *row = find_row(load, second, second_row);
        DataPlace place;
        At at = load_at(load, &place, second, second_row, -1);
        diag_add(
            load->diags, DIAG_E241, &at, key_text(load, row), load->files[first].name, first_row);
        load->failed = true;
    }
    store_reset(query);
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
        if (column->missing) {
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
        }
        if (row->kind == ROW_DATA) {
            load->files[row->file].faulty |= !store_row(storing, row);
        } else {
            check_total(storing, row);
        }
    }
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
    store_all(&storing);
    const char *keys = key_columns(load);
    bool stored = create_indexes(load, keys) && !store_broken(load->store);
    if (stored) {
        store_settle_units(load->store, load->info); /* 长塘 and 长塘村 are one key */
        if (*keys) {
            tell_duplicates(load, keys);
        }
    }
    settle_decimals(load);
    tell_columns(load);
    return stored && !load->failed;
}
