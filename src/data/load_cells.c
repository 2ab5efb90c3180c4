#include <string.h>
#include "base/utf8.h"
#include "data/load_internal.h"

LoadColumn *cell_column(const Cell *cell)
{
    return &cell->load->columns[cell->column];
}

At cell_at(const Cell *cell, DataPlace *place)
{
    At at = load_at(cell->load, place, cell->row->file, cell->row->row, cell->index);
    if (cell->index < 0) {
        place->column_name = cell_column(cell)->text;
    }
    return at;
}

/* The text of a cell in a message: without blanks at its ends, and with what cannot be seen (a zero
 * width space from a web page makes 12 no number) written out. */
const char *cell_shown(const Cell *cell)
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
    load_refuse(cell->load);
    diag_add(cell->load->diags, code, &at, cell_shown(cell));
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
            diag_add(cell->load->diags, warnings[i].code, &at, cell_shown(cell),
                decimal_format(number->value, reading));
        } else {
            diag_add(cell->load->diags, warnings[i].code, &at, cell_shown(cell));
        }
        return; /* the first says it all */
    }
}

static const char *bound_text(const LoadColumn *column, Arena *arena, Decimal bound)
{
    char text[DECIMAL_TEXT];
    Decimal percents;
    bool ratio = column->is_ratio && decimal_mul(bound, decimal_from_int(100), &percents);
    return arena_printf(
        arena, ratio ? "%s%%" : "%s", decimal_format(decimal_trim(ratio ? percents : bound), text));
}

/* ≥ 0, ≤ 100%, 0—100: the same in every language. */
static const char *range_text(const Cell *cell, const Indicator *said)
{
    Arena *arena = cell->load->scratch;
    const char *least = bound_text(cell_column(cell), arena, said->min);
    const char *most = bound_text(cell_column(cell), arena, said->max);
    if (said->has_min && said->has_max) {
        return arena_printf(arena, "%s—%s", least, most);
    }
    return arena_printf(arena, said->has_min ? "≥ %s" : "≤ %s", said->has_min ? least : most);
}

static bool within(const Indicator *said, Decimal value)
{
    return !(said->has_min && decimal_cmp(value, said->min) < 0) &&
           !(said->has_max && decimal_cmp(value, said->max) > 0);
}

/* The limits of the catalogue warn, for they are made for a whole office; those of the template are
 * meant. */
static bool check_limits(const Cell *cell, Decimal value)
{
    const LoadColumn *column = cell_column(cell);
    const ColumnDecl *decl = column->decl;
    if (cell->row->kind != ROW_DATA) {
        return true; /* a sum may well be beyond what one row may say */
    }
    bool own = decl && (decl->said.has_min || decl->said.has_max);
    const Indicator *limits = own ? &decl->said : column->catalogued;
    if (!limits || within(limits, value)) {
        return true;
    }
    DataPlace place;
    At at = cell_at(cell, &place);
    if (!own) {
        diag_add(cell->load->diags, DIAG_W216, &at, cell_shown(cell), range_text(cell, limits));
        return true;
    }
    load_refuse(cell->load);
    return diag_add(cell->load->diags, DIAG_E269, &at, cell_shown(cell), range_text(cell, limits));
}

/* 95% in a column whose other cells have no %. */
static bool bad_percent(const Cell *cell)
{
    const Tally *tally = &cell_column(cell)->tally;
    bad_cell(cell, DIAG_E230);
    if (tally->bare_cell) {
        diag_hint(cell->load->diags, DIAG_H241, tally->bare_place.file, tally->bare_place.row,
            tally->bare_cell);
    }
    return false;
}

/* 0.95 under (%) is 0.95%, but where no cell is above 1, 95% lost its format on the way. */
static void note_fraction(const Cell *cell, Decimal value)
{
    LoadColumn *column = cell_column(cell);
    if (decimal_cmp(decimal_abs(value), decimal_from_int(1)) > 0) {
        column->whole_percents++;
    } else if (!column->fraction_cell && decimal_trim(value).scale > 0) {
        cell_at(cell, &column->fraction_place);
        column->fraction_cell = cell_shown(cell);
    }
}

/* In a ratio column 85 under (%) is 0.85; in one written with %, a bare number above 1 has lost its
 * sign. */
static bool settle_ratio(const Cell *cell, NumberCell *number)
{
    LoadColumn *column = cell_column(cell);
    bool percent = (number->flags & NUMBER_PERCENT) != 0;
    if (!column->is_ratio) {
        return !percent || bad_percent(cell);
    }
    if (percent) {
        return true;
    }
    if (column->head.is_ratio) {
        note_fraction(cell, number->value);
        number->value.scale += 2;
        return true;
    }
    return decimal_cmp(decimal_abs(number->value), decimal_from_int(1)) <= 0 ||
           bad_cell(cell, DIAG_E235);
}

static void note_form(const Cell *cell, const NumberCell *number)
{
    LoadColumn *column = cell_column(cell);
    if (number->value.scale > DECIMAL_STORE_SCALE) {
        DataPlace place;
        At at = cell_at(cell, &place);
        diag_add(cell->load->diags, DIAG_W215, &at, cell_shown(cell));
    }
    if ((number->flags & NUMBER_UNUSUAL) && column->unusual++ == 0) {
        cell_at(cell, &column->unusual_place);
        column->unusual_cell = cell_shown(cell);
    }
    int scale =
        number->value.scale < DECIMAL_STORE_SCALE ? number->value.scale : DECIMAL_STORE_SCALE;
    column->decimals = scale > column->decimals ? scale : column->decimals;
}

/* 23斤 in a column of 吨. */
static bool bad_number(const Cell *cell)
{
    NumberCell number;
    const char *unit = infer_trailing_unit(cell->text, &number);
    const char *own = cell_column(cell)->head.unit;
    if (!unit || !own) {
        return bad_cell(cell, DIAG_E230);
    }
    DataPlace place;
    At at = cell_at(cell, &place);
    load_refuse(cell->load);
    return diag_add(cell->load->diags, DIAG_E274, &at, cell_shown(cell), unit, own);
}

bool cell_number(const Cell *cell, int64_t *out)
{
    NumberCell number;
    if (!infer_number(cell->text, cell_column(cell)->head.unit, &number)) {
        return bad_number(cell);
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
    note_form(cell, &number);
    return (decimal_to_store(number.value, out) || bad_cell(cell, DIAG_E234)) &&
           check_limits(cell, number.value);
}

/* ---- dates and periods ---- */

static void note_date(const Cell *cell, const DateCell *date)
{
    LoadColumn *column = cell_column(cell);
    if (date->no_year && column->no_year++ == 0) {
        cell_at(cell, &column->no_year_place);
        column->no_year_cell = cell_shown(cell);
        column->no_year_reading = period_name(cell->load->scratch, date->period);
    }
    if (date->guessed && column->guessed++ == 0) {
        cell_at(cell, &column->guessed_place);
        column->guessed_cell = cell_shown(cell);
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
bool cell_date(const Cell *cell, DateCell *date)
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

/* ---- texts ---- */

static bool is_allowed(const ColumnDecl *decl, const char *text)
{
    for (int i = 0; i < decl->value_count; i++) {
        if (strcmp(decl->values[i], text) == 0) {
            return true;
        }
    }
    return decl->value_count == 0;
}

static const char *listed(Arena *arena, const ColumnDecl *decl)
{
    const char *list = "";
    for (int i = 0; i < decl->value_count; i++) {
        list = arena_printf(arena, "%s%s%s", list, i ? "、" : "", decl->values[i]);
    }
    return list;
}

/* Keys, and names of villages here and in the roster: blanks would make another village of it. */
static bool is_name(const Load *load, const LoadColumn *column)
{
    bool named = strcmp(load->decl->id, "网格") == 0 && strcmp(column->head.name, "名称") == 0;
    return column->is_key || named || strcmp(column->head.name, "村") == 0;
}

static const char *key_text(const Cell *cell, const char *text)
{
    LoadColumn *column = cell_column(cell);
    if (!is_name(cell->load, column)) {
        return text;
    }
    const char *closed = utf8_without_gaps(cell->load->scratch, text);
    if (closed != text && column->closed++ == 0) {
        cell_at(cell, &column->closed_place);
        column->closed_cell = text;
        column->closed_reading = closed;
    }
    return closed;
}

bool cell_text(const Cell *cell, const char **out)
{
    const ColumnDecl *decl = cell_column(cell)->decl;
    Load *load = cell->load;
    DataPlace place;
    *out = key_text(cell, infer_text(load->scratch, cell->text));
    if (infer_excel_error(*out)) {
        At at = cell_at(cell, &place);
        diag_add(load->diags, DIAG_W220, &at, *out);
        diag_hint(load->diags, (*out)[1] == '#' ? DIAG_H236 : DIAG_H231);
    }
    if (!decl || is_allowed(decl, *out)) {
        return true;
    }
    At at = cell_at(cell, &place);
    load_refuse(load);
    diag_add(load->diags, DIAG_E270, &at, cell_shown(cell), listed(load->scratch, decl));
    const char *nearest = utf8_nearest(*out, decl->values, (size_t)decl->value_count);
    if (nearest) {
        diag_hint(load->diags, DIAG_H001, nearest);
    }
    return false;
}

/* ---- cell and file name ---- */

static bool same_value(const Cell *cell, const char *name)
{
    Load *load = cell->load;
    const char *unit = cell_column(cell)->head.unit;
    int year = load->files[cell->row->file].year;
    NumberCell a, b;
    DateCell day, other;
    if (strcmp(infer_text(load->scratch, cell->text), name) == 0) {
        return true;
    }
    if (infer_date(cell->text, year, true, &day) != DATE_NONE &&
        infer_date(name, year, true, &other) != DATE_NONE) {
        return period_equal(day.period, other.period) ||
               (other.form == DATE_MONTH && day.form == DATE_DAY && day.period.first.day == 1 &&
                   date_cmp(day.period.first, other.period.first) == 0);
    }
    if (infer_number(cell->text, unit, &a) && infer_number(name, unit, &b)) {
        return decimal_cmp(a.value, b.value) == 0;
    }
    int order = store_roster_order(load->store, infer_text(load->scratch, cell->text));
    return order >= 0 && order == store_roster_order(load->store, name);
}

bool cell_agrees(const Cell *cell, const NameCell *name)
{
    if (same_value(cell, name->text)) {
        return true;
    }
    DataPlace place;
    At at = cell_at(cell, &place);
    load_refuse(cell->load);
    return diag_add(cell->load->diags, DIAG_E266, &at, cell_column(cell)->head.name,
        cell_shown(cell), name->text);
}
