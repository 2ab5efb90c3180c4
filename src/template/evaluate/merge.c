/* What is settled over whole columns: merged cells, bars, sums at the foot of a page. */
#include "template/evaluate/tables.h"

#include <string.h>

/* ---- merge ---- */

static bool has_choice(const TableWork *work, int column, const char *name)
{
    return work->cols && node_choice(work->cols[column], name, CHOICE_NO) == CHOICE_YES;
}

/* The cell that a row has at a column; NULL where a wider or taller one covers it. */
static Cell *cell_at(const TableRow *row, int column)
{
    if (column < row->cell_count && row->cells[column].column == column)
        return &row->cells[column];
    for (int c = 0; c < row->cell_count; c++)
        if (row->cells[c].column == column)
            return &row->cells[c];
    return NULL;
}

/* The text by which a cell may be merged; NULL: it may not. What is missing is no one group. */
static const char *merge_text(TableWork *work, const TableRow *row, int column)
{
    const Cell *cell = cell_at(row, column);
    if (row->kind != ROW_BODY || !cell || cell->colspan != 1 || cell->rowspan != 1)
        return NULL;
    const char *text = inline_plain(work->paper->arena, cell->content);
    return text[0] && strcmp(text, "—") != 0 ? text : NULL;
}

/* `parted[r]`: row r does not belong with the one above it, as the columns to the left have it. */
static void merge_column(TableWork *work, int column, bool *parted)
{
    TableRow *rows = work->table->rows;
    const char *above = NULL;
    Cell *first = NULL;
    for (int r = 0; r < work->table->row_count; r++) {
        const char *text = merge_text(work, &rows[r], column);
        bool same = !parted[r] && above && text && strcmp(above, text) == 0;
        above = text;
        parted[r] = !same;
        if (same) {
            cell_at(&rows[r], column)->colspan = 0; /* goes when all columns are merged */
            first->rowspan++;
            first->repeats = true;
        } else {
            first = cell_at(&rows[r], column);
        }
    }
}

static void drop_merged(TableRow *row)
{
    int kept = 0;
    for (int c = 0; c < row->cell_count; c++)
        if (row->cells[c].colspan > 0)
            row->cells[kept++] = row->cells[c];
    row->cell_count = kept;
}

void merge_columns(TableWork *work)
{
    DocTable *table = work->table;
    bool *parted = ARENA_ARRAY(work->paper->arena, bool, table->row_count + 1);
    for (int c = 0; c < table->column_count; c++)
        if (has_choice(work, c, "merge"))
            merge_column(work, c, parted);
    for (int r = 0; r < table->row_count; r++)
        drop_merged(&table->rows[r]);
}

/* ---- bars ---- */

static bool column_has_bars(TableWork *work, int column)
{
    Paper *paper = work->paper;
    const ColumnFacts *facts = &work->facts[column];
    if (!has_choice(work, column, "bar"))
        return false;
    const Attr *bar = node_attr(work->cols[column], "bar");
    if (facts->words) {
        paper->failed =
            !diag_add(paper->diags, DIAG_E632, &bar->at, column_name(work, column), facts->words);
        return false;
    }
    if (facts->negative)
        diag_add(paper->diags, DIAG_W120, &bar->at, column_name(work, column), facts->negative);
    return true;
}

static Decimal largest_value(const DocTable *table, int column)
{
    Decimal largest = decimal_from_int(0);
    for (int r = 0; r < table->row_count; r++) {
        const Cell *cell =
            table->rows[r].kind == ROW_BODY ? cell_at(&table->rows[r], column) : NULL;
        if (cell && cell->has_value && decimal_cmp(cell->value, largest) > 0)
            largest = cell->value;
    }
    return largest;
}

/* Thousandths of the largest; what is above zero shows. */
static int bar_of(Decimal value, Decimal largest)
{
    Decimal part;
    if (decimal_sign(value) <= 0 || !decimal_div(value, largest, &part) ||
        !decimal_mul(part, decimal_from_int(1000), &part))
        return 0;
    int thousandths = (int)decimal_trim(decimal_round(part, 0)).mantissa;
    return thousandths > 0 ? thousandths : 1;
}

void draw_bars(TableWork *work)
{
    DocTable *table = work->table;
    for (int c = 0; c < table->column_count; c++) {
        if (!column_has_bars(work, c))
            continue;
        Decimal largest = largest_value(table, c);
        table->columns[c].bars = true;
        for (int r = 0; r < table->row_count; r++) {
            Cell *cell = table->rows[r].kind == ROW_BODY ? cell_at(&table->rows[r], c) : NULL;
            if (cell && cell->has_value)
                cell->bar = bar_of(cell->value, largest);
        }
    }
}

/* ---- sums of a page ---- */

/* A quotient is exact to 12 decimals only. */
static bool about_equal(Decimal a, Decimal b)
{
    return decimal_cmp(
               decimal_round(a, DECIMAL_STORE_SCALE), decimal_round(b, DECIMAL_STORE_SCALE)) == 0;
}

static const Node *page_total(const Node *table)
{
    for (const Node *child = table->first; child; child = child->next)
        if (child->id == ELEMENT_TOTAL && node_choice(child, "page", CHOICE_NO) == CHOICE_YES)
            return child;
    return NULL;
}

/* A column adds up when its total, worked out anew over all rows, is the sum of its cells: then the
 * sums of the pages are parts of it. Averages, ratios, distinct counts and ranks are not. A sum
 * that has no room is an error, not a blank: told so, a column counts as added up. */
static bool column_adds(TableWork *work, int column)
{
    const ColumnFacts *facts = &work->facts[column];
    const Node *col = work->cols[column];
    Datum total;
    if (!facts->plain || facts->odd || column_is_place(col) || has_choice(work, column, "merge"))
        return false;
    if (facts->too_large) {
        At at = page_total(work->node)->at;
        diag_add(work->paper->diags, DIAG_E324, &at, column + 1);
        work->paper->failed = true;
        return true;
    }
    return expr_eval(work->paper->engine, node_expr(col, "value"), work->groups.total, &total) &&
           total.kind == DATUM_NUMBER && about_equal(datum_computed(&total), facts->sum);
}

/* Only cells that are added up keep their value. */
static void forget_values(DocTable *table)
{
    for (int r = 0; r < table->row_count; r++) {
        for (int c = 0; c < table->rows[r].cell_count; c++) {
            Cell *cell = &table->rows[r].cells[c];
            if (!table->columns[cell->column].adds) {
                cell->has_value = false;
                cell->value = decimal_from_int(0);
            }
        }
    }
}

void sum_pages(TableWork *work)
{
    DocTable *table = work->table;
    const Node *element = page_total(work->node);
    bool any = false;
    for (int c = 0; element && work->groups.count && c < table->column_count; c++) {
        TableColumn *column = &table->columns[c];
        column->adds = column_adds(work, c);
        column->decimals = column->adds ? work->facts[c].decimals : 0;
        column->grouped = column->adds && work->facts[c].grouped;
        any = any || column->adds;
    }
    if (element && work->groups.count && !any)
        diag_add(work->paper->diags, DIAG_W121, &element->at,
            rows_title(work->paper, work->node, work->scope),
            inline_plain(work->paper->arena, table->page_total));
    forget_values(table);
}
