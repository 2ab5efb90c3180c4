/* 页内合计: the sum of the figures that stand on a page, at its foot. */
#include "document/wording.h"
#include "typeset/table/table_internal.h"

static const char NONE[] = "—"; /* a page without figures */

bool page_total_need(FontSet *fonts, const DocTable *table, At at)
{
    bool fine = true;
    Role role = table_role(ROW_SUBTOTAL);
    for (const Inline *item = table->page_total; item; item = item->next)
        if (item->kind == INLINE_TEXT)
            fine = fonts_need(fonts, item->bold ? ROLE_HEI : role, item->text, item->at) && fine;
    return !table->page_total || (fonts_need(fonts, ROLE_SONG, "0123456789,.-—", at) && fine);
}

static const char *sum_text(Arena *arena, const TableColumn *column, Decimal sum)
{
    return column->grouped ? wording_grouped(arena, sum, column->decimals)
                           : wording_fixed(arena, sum, column->decimals);
}

static const Cell *figure_of(const TableRow *row, int column)
{
    for (int i = 0; i < row->cell_count; i++)
        if (row->cells[i].column == column)
            return row->kind == ROW_BODY && row->cells[i].has_value ? &row->cells[i] : NULL;
    return NULL;
}

/* A bound of the sums of a column: the largest of the sums, without regard to signs, of as many
 * rows one after the other as a page can hold. False if one is too large. */
static bool widest_sum(const TableLayout *layout, int column, Decimal *widest)
{
    const DocTable *table = layout->table;
    int most = layout->page_height / (layout->style->leading + layout->style->space) + 1;
    bool negative = false;
    Decimal sum = {0};
    for (int r = 0; r < table->row_count; r++) {
        const Cell *cell = figure_of(&table->rows[r], column);
        const Cell *left = r < most ? NULL : figure_of(&table->rows[r - most], column);
        if (left && !decimal_sub(sum, decimal_abs(left->value), &sum))
            return false;
        if (cell && !decimal_add(sum, decimal_abs(cell->value), &sum))
            return false;
        negative |= cell && decimal_sign(cell->value) < 0;
        *widest = decimal_cmp(sum, *widest) > 0 ? sum : *widest;
    }
    *widest = negative ? decimal_neg(*widest) : *widest;
    return true;
}

/* The label spans the columns in front of the first that is summed. */
static int label_span(const DocTable *table)
{
    int span = 0;
    while (span < table->column_count && !table->columns[span].adds)
        span++;
    return span > 0 ? span : 1;
}

static void add_cell(TableLayout *layout, int column, int span, Inline *content)
{
    RowBox *row = layout->page_total;
    Cell *cell = ARENA_NEW(layout->ts->arena, Cell);
    *cell = (Cell){.content = content, .column = column, .colspan = span, .rowspan = 1};
    row->cells[row->cell_count].cell = cell;
    table_measure_body(layout, &row->cells[row->cell_count++], table_cell_role(ROW_SUBTOTAL, cell));
}

bool page_total_measure(TableLayout *layout)
{
    const DocTable *table = layout->table;
    Arena *arena = layout->ts->arena;
    if (!table->page_total)
        return true;
    layout->page_total = ARENA_NEW(arena, RowBox);
    layout->page_total->cells = ARENA_ARRAY(arena, CellBox, table->column_count);
    layout->page_total->role = table_role(ROW_SUBTOTAL);
    int span = label_span(table);
    add_cell(layout, 0, span, table->page_total);
    for (int c = span; c < table->column_count; c++) {
        At at = table_at(table);
        Decimal widest = {0};
        if (table->columns[c].adds && !widest_sum(layout, c, &widest))
            return diag_add(layout->ts->diags, DIAG_E324, &at, c + 1);
        const char *text = sum_text(arena, &table->columns[c], widest);
        add_cell(layout, c, 1, table->columns[c].adds ? inline_text(arena, text, at) : NULL);
    }
    return true;
}

/* The rows that begin at the places. */
static const char *page_sum(const TableLayout *layout, int from, int to, int column)
{
    Decimal sum = {0};
    bool found = false;
    Spot first = table_spot(layout, from), end = table_spot(layout, to);
    for (int r = first.row + (first.line > 0); r < end.row + (end.line > 0); r++) {
        const Cell *cell = figure_of(&layout->table->rows[r], column);
        /* widest_sum has shown that no sum of a page is too large */
        found |= cell && decimal_add(sum, cell->value, &sum);
    }
    return found ? sum_text(layout->ts->arena, &layout->table->columns[column], sum) : NONE;
}

const RowBox *page_total_row(const TableLayout *layout, int from, int to)
{
    Typesetter *ts = layout->ts;
    RowBox *row = arena_copy(ts->arena, layout->page_total, sizeof *row);
    row->cells = arena_copy(ts->arena, row->cells, sizeof *row->cells * (size_t)row->cell_count);
    for (int i = 1; i < row->cell_count; i++) {
        CellBox *box = &row->cells[i];
        if (!box->text)
            continue;
        box->text = page_sum(layout, from, to, box->cell->column);
        table_measure_text(layout, box, box->role);
    }
    return row;
}
