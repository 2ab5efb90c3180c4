/* The headers of a table's files side by side. Most files are right: the odd one is told, wherever
 * it stands among them. */
#include "data/load_internal.h"

/* ---- units and full marks ---- */

/* What a head says beside the column's name, of which all heads must say the same. */
typedef struct Saying {
    bool (*says)(const Head *head);
    bool (*same)(const Head *a, const Head *b);
} Saying;

static bool says_unit(const Head *head)
{
    return head->unit != NULL;
}

static bool same_unit(const Head *a, const Head *b)
{
    return infer_same_unit(a->unit, b->unit);
}

static bool says_marks(const Head *head)
{
    return head->has_full_marks;
}

static bool same_marks(const Head *a, const Head *b)
{
    return decimal_cmp(a->full_marks, b->full_marks) == 0;
}

static const Saying of_unit = {says_unit, same_unit}, of_marks = {says_marks, same_marks};

static int followers(const Saying *saying, const HeadCell *from, const HeadCell *of)
{
    int count = 0;
    for (; from; from = from->next) {
        count += saying->says(&from->head) && saying->same(&from->head, &of->head);
    }
    return count;
}

/* What most of the heads say that say anything, of two as many the first; NULL where all agree. */
static const HeadCell *most_say(const Saying *saying, const LoadColumn *column)
{
    const HeadCell *first = column->heads, *best = NULL;
    while (first && !saying->says(&first->head)) {
        first = first->next;
    }
    const HeadCell *odd = first;
    while (odd && (!saying->says(&odd->head) || saying->same(&odd->head, &first->head))) {
        odd = odd->next;
    }
    int most = 0;
    for (const HeadCell *cell = odd ? first : NULL; cell; cell = cell->next) {
        int count = saying->says(&cell->head) ? followers(saying, first, cell) : 0;
        best = count > most ? cell : best;
        most = count > most ? count : most;
    }
    return best;
}

/* 元 here and 万元 there would be added up wrong. What the catalogue says goes before all heads:
 * the first was compared with it when it was read. */
static void compare_units(Load *load, LoadColumn *column)
{
    const char *said = column->indicator ? column->indicator->unit : NULL;
    const HeadCell *best = said ? NULL : most_say(&of_unit, column);
    column->head.unit = best ? best->head.unit : column->head.unit;
    for (const HeadCell *cell = column->heads; cell && (best || said); cell = cell->next) {
        const char *unit = cell->head.unit;
        if (!unit || infer_same_unit(unit, said ? said : best->head.unit) ||
            (said && cell == column->heads)) {
            continue;
        }
        At at = {.data = &cell->place};
        if (said) {
            diag_add(load->diags, DIAG_E228, &at, column->head.name, unit, said);
        } else {
            diag_add(load->diags, DIAG_E227, &at, column->head.name, unit, best->place.file,
                best->head.unit);
        }
        load->failed = true;
    }
}

static void compare_marks(Load *load, LoadColumn *column)
{
    const HeadCell *best = most_say(&of_marks, column);
    for (const HeadCell *cell = column->heads; cell && best; cell = cell->next) {
        if (!cell->head.has_full_marks || same_marks(&cell->head, &best->head)) {
            continue;
        }
        char here[DECIMAL_TEXT], there[DECIMAL_TEXT];
        At at = {.data = &cell->place};
        diag_add(load->diags, DIAG_W217, &at, column->head.name,
            decimal_format(cell->head.full_marks, here), best->place.file,
            decimal_format(best->head.full_marks, there));
    }
    if (best) {
        column->head.full_marks = best->head.full_marks;
    }
}

/* ---- columns ---- */

static void lose(Load *load, int file)
{
    load_refuse(load);
    load->files[file].lost = true;
}

static void hint_nearest(Load *load, int file, const char *name)
{
    const char *nearest = load_nearest_head(load, &load->files[file], name);
    if (nearest) {
        diag_hint(load->diags, DIAG_H001, nearest);
    }
}

/* The few files that have a column which most lack. */
static void tell_owners(Load *load, int index, int without, int lacking)
{
    LoadColumn *column = &load->columns[index];
    int owners = 0;
    for (const HeadCell *cell = column->heads; cell; cell = cell->next) {
        owners++;
    }
    for (const HeadCell *cell = column->heads; cell; cell = cell->next) {
        At at = {.data = &cell->place};
        diag_add(load->diags, DIAG_E279, &at, column->head.name, owners, without,
            load->files[lacking].name);
        hint_nearest(load, lacking, column->head.name);
        lose(load, cell->file);
    }
}

static void tell_lacking(Load *load, int index)
{
    const LoadColumn *column = &load->columns[index];
    for (int i = 0; i < load->file_count; i++) {
        if (load->files[i].head_row && !load_file_has(&load->files[i], index)) {
            DataPlace place;
            At at = load_at(load, &place, i, load->files[i].head_row, -1);
            diag_add(load->diags, DIAG_E225, &at, column->head.name, column->place.file);
            hint_nearest(load, i, column->head.name);
            lose(load, i);
        }
    }
}

/* Every column of the first file must be in each: a missing one would be a hole in every sum. Where
 * most files lack it, the first is the odd one. */
static void require_column(Load *load, int index)
{
    int with = 0, without = 0, lacking = -1;
    for (int i = 0; i < load->file_count; i++) {
        if (load->files[i].head_row) {
            bool has = load_file_has(&load->files[i], index);
            with += has;
            without += !has;
            lacking = lacking < 0 && !has ? i : lacking;
        }
    }
    if (without > with && load->columns[index].heads) {
        tell_owners(load, index, without, lacking);
    } else if (without > 0) {
        tell_lacking(load, index);
    }
}

void load_compare_heads(Load *load)
{
    for (size_t i = 0; i < load->column_count; i++) {
        compare_units(load, &load->columns[i]);
        compare_marks(load, &load->columns[i]);
        if (load->columns[i].first_file == load->base_file) {
            require_column(load, (int)i);
        }
    }
}
