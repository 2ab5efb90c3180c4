#include <string.h>
#include "base/utf8.h"
#include "data/load_internal.h"

bool load_is_blank(const char *cell)
{
    while (*cell) {
        if (!utf8_is_blank(utf8_next(&cell))) {
            return false;
        }
    }
    return true;
}

static bool filled(const HeldRow *row, int cell)
{
    return cell < row->count && !load_is_blank(row->cells[cell]);
}

static int count_filled(const HeldRow *row)
{
    int count = 0;
    for (int i = 0; i < row->count; i++) {
        count += filled(row, i);
    }
    return count;
}

static bool has_colon(const char *cell)
{
    return strchr(cell, ':') || strstr(cell, "：");
}

static bool is_figure(const char *cell)
{
    NumberCell number;
    DateCell date;
    return infer_number(cell, NULL, &number) || infer_date(cell, 0, false, &date) != DATE_NONE;
}

/* ---- which row is the header ---- */

/* How much a row looks like the header: names that are known count, cells that are filled decide
 * else. 填报单位：… in every cell is a title still, and so is a row of two cells above a wide
 * table. */
static int header_score(Load *load, const HeldRow *row, int widest, bool *certain)
{
    int known = 0, count = 0, asked_for = 0, colons = 0;
    for (int i = 0; i < row->count; i++) {
        if (!filled(row, i)) {
            continue;
        }
        const ColumnDecl *decl;
        bool asked;
        Head head = load_canonical(load, load->scratch, row->cells[i], &decl);
        count++;
        colons += has_colon(row->cells[i]);
        known += load_is_known(load, head.name, &asked);
        asked_for += asked;
    }
    *certain = asked_for > 0 && asked_for == load->distinct_count;
    return known * 4 + (count > 1 && colons < count) + (count * 2 > widest && colons < count);
}

static int find_header(Load *load, const HeldRow *rows, int count)
{
    int best = 0, best_score = -1, widest = 0;
    bool certain = false;
    for (int i = 0; i < count; i++) {
        int width = count_filled(&rows[i]);
        widest = width > widest ? width : widest;
    }
    for (int i = 0; i < count && !certain; i++) {
        int score = header_score(load, &rows[i], widest, &certain);
        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

/* ---- heads of two rows ---- */

/* Merged cells come out of Excel as their first cell and blanks: under 户厕,,公厕, stand
 * 改造,新建,改造,新建, and under 村 nothing. A row of data has something under its first name. */
static bool is_lower_row(const HeldRow *upper, const HeldRow *lower)
{
    int first = 0, groups = 0;
    while (first < upper->count && !filled(upper, first)) {
        first++;
    }
    if (count_filled(upper) < 2 || filled(lower, first)) {
        return false; /* a title of one cell has no groups */
    }
    for (int i = 0; i < lower->count; i++) {
        if (filled(lower, i) && is_figure(lower->cells[i])) {
            return false;
        }
        groups += i > first && filled(lower, i) && !filled(upper, i);
    }
    return groups > 0;
}

static bool has_twins(Arena *arena, const HeldRow *row)
{
    Map *names = map_new(arena);
    for (int i = 0; i < row->count; i++) {
        if (filled(row, i)) {
            char *name = utf8_fold(arena, row->cells[i]);
            if (map_find(names, name)) {
                return true;
            }
            map_put(names, name, name);
        }
    }
    return false;
}

/* The row above the names holds groups, where the names of single columns were put below them. */
static bool is_upper_row(Load *load, const HeldRow *upper, const HeldRow *lower)
{
    if (filled(upper, 0) || count_filled(upper) < (has_twins(load->scratch, lower) ? 1 : 2)) {
        return false;
    }
    for (int i = 0; i < upper->count; i++) {
        bool odd = filled(upper, i) &&
                   (!filled(lower, i) || has_colon(upper->cells[i]) || is_figure(upper->cells[i]));
        if (odd) {
            return false;
        }
    }
    return true;
}

/* Text with the unit that goes with it. */
static const char *with_unit(Arena *arena, const char *name, const Head *from)
{
    char marks[DECIMAL_TEXT];
    if (from->is_ratio) {
        return arena_printf(arena, "%s(%%)", name);
    }
    if (from->has_full_marks) {
        return arena_printf(arena, "%s(%s)", name, decimal_format(from->full_marks, marks));
    }
    return from->unit ? arena_printf(arena, "%s(%s)", name, from->unit) : name;
}

static const char *join_names(Arena *arena, const char *upper, const char *lower)
{
    Head group = infer_head(arena, upper), own = infer_head(arena, lower);
    bool said = own.unit || own.is_ratio || own.has_full_marks;
    const char *name = arena_printf(arena, "%s/%s", group.name, own.name);
    return with_unit(arena, name, said ? &own : &group);
}

/* A group reaches over the blanks to its right as long as there are names below it. */
static void join_rows(Load *load, const HeldRow *upper, const HeldRow *lower, Header *out)
{
    int count = upper->count > lower->count ? upper->count : lower->count;
    const char *group = NULL;
    out->row.count = count;
    out->row.cells = ARENA_ARRAY(load->scratch, const char *, count + 1);
    out->lower = ARENA_ARRAY(load->scratch, const char *, count + 1);
    for (int i = 0; i < count; i++) {
        bool above = filled(upper, i), below = filled(lower, i);
        group = above ? upper->cells[i] : below ? group : NULL;
        if (group && below) {
            out->row.cells[i] = join_names(load->scratch, group, lower->cells[i]);
            out->lower[i] = infer_head(load->scratch, lower->cells[i]).name;
        } else {
            out->row.cells[i] = above ? upper->cells[i] : below ? lower->cells[i] : "";
        }
        group = above && !below ? NULL : group;
    }
}

/* ---- the row of units ---- */

/* 吨, (吨) and %; NULL when it is no unit. */
static const char *unit_of(Arena *arena, const char *cell)
{
    char *text = utf8_fold(arena, cell);
    size_t length = strlen(text);
    if (length > 2 && text[0] == '(' && text[length - 1] == ')') {
        text = utf8_trim(arena, arena_strndup(arena, text + 1, length - 2));
    }
    return infer_is_unit(text) || strcmp(text, "%") == 0 ? text : NULL;
}

/* Below a name 单位 stands a unit that is data. */
static bool is_unit_row(Load *load, const HeldRow *head, const HeldRow *row)
{
    int units = 0;
    for (int i = 0; i < row->count; i++) {
        if (!filled(row, i)) {
            continue;
        }
        char *text = utf8_fold(load->scratch, row->cells[i]);
        bool label = units == 0 && (strcmp(text, "单位") == 0 || strcmp(text, "计量单位") == 0);
        bool named = filled(head, i) && !strstr(head->cells[i], "单位");
        if (!label && !(named && unit_of(load->scratch, text))) {
            return false;
        }
        units += !label;
    }
    return units > 0;
}

static void join_units(Load *load, const HeldRow *units, Header *out)
{
    const char **cells = ARENA_ARRAY(load->scratch, const char *, out->row.count + 1);
    for (int i = 0; i < out->row.count; i++) {
        const char *cell = out->row.cells[i];
        Head head = infer_head(load->scratch, cell);
        const char *unit = filled(units, i) ? unit_of(load->scratch, units->cells[i]) : NULL;
        bool said = head.unit || head.is_ratio || head.has_full_marks || load_is_blank(cell);
        cells[i] = unit && !said ? arena_printf(load->scratch, "%s(%s)", head.name, unit) : cell;
    }
    out->row.cells = cells;
    out->units = units->row;
}

/* 单位：万元 in a row above the head. */
static const char *title_unit(Load *load, const HeldRow *row)
{
    for (int i = 0; i < row->count; i++) {
        char *text = utf8_fold(load->scratch, row->cells[i]);
        const char *found = strstr(text, "单位:");
        const char *unit = found ? utf8_trim(load->scratch, found + strlen("单位:")) : NULL;
        if (unit && infer_is_unit(unit)) {
            return unit;
        }
    }
    return NULL;
}

/* ---- all together ---- */

static int row_at(const HeldRow *rows, int count, long row)
{
    for (int i = 0; i < count; i++) {
        if (rows[i].row == row) {
            return i;
        }
    }
    return -1;
}

/* The rows that header= names. */
static bool find_named_rows(
    Load *load, int file, const HeldRow *rows, int count, int *first, int *last)
{
    const CsvDecl *decl = load->decl;
    *first = row_at(rows, count, decl->header_first);
    *last = row_at(rows, count, decl->header_last);
    if (*first >= 0 && *last >= 0) {
        return true;
    }
    DataPlace place;
    At at = load_at(load, &place, file, 0, -1);
    load_refuse(load);
    return diag_add(
        load->diags, DIAG_E264, &at, *first < 0 ? decl->header_first : decl->header_last);
}

static void find_rows(Load *load, const HeldRow *rows, int count, int *first, int *last)
{
    *first = *last = find_header(load, rows, count);
    if (*last + 1 < count && is_lower_row(&rows[*first], &rows[*last + 1])) {
        (*last)++;
    } else if (*first > 0 && (is_lower_row(&rows[*first - 1], &rows[*first]) ||
                                 is_upper_row(load, &rows[*first - 1], &rows[*first]))) {
        (*first)--;
    }
}

bool load_choose_header(Load *load, int file, const HeldRow *rows, int count, Header *out)
{
    int first, last;
    *out = (Header){0};
    if (load->decl->header_first == 0) {
        find_rows(load, rows, count, &first, &last);
    } else if (!find_named_rows(load, file, rows, count, &first, &last)) {
        return false;
    }
    out->row = rows[first];
    out->lower = NULL;
    if (last > first) {
        join_rows(load, &rows[first], &rows[last], out);
        out->row.row = rows[first].row;
        out->second = rows[last].row;
    }
    out->titles = first;
    out->next = last + 1;
    if (out->next < count && is_unit_row(load, &out->row, &rows[out->next])) {
        join_units(load, &rows[out->next++], out);
    }
    for (int i = 0; i < first && !out->title_unit; i++) {
        out->title_unit = title_unit(load, &rows[i]);
    }
    return true;
}
