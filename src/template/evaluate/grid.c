#include "template/evaluate/tables.h"

#include <string.h>
#include "base/utf8.h"

/* A table written with tr and td. Cells that span rows hold their columns in the rows below. */
typedef struct Grid {
    Paper *paper;
    const Scope *scope;
    int columns;
    int *held; /* for each column: rows still held from above */
} Grid;

static int td_width(const Node *row)
{
    int width = 0;
    for (const Node *td = row->first; td; td = td->next)
        width += node_choice(td, "colspan", 1);
    return width;
}

static int count_rows(const Node *table)
{
    int rows = 0;
    for (const Node *child = table->first; child; child = child->next)
        rows += child->id == ELEMENT_TR;
    return rows;
}

/* Digits with the marks of a figure, or nothing but a dash. */
static bool reads_as_figure(const char *text)
{
    bool digit = false;
    for (; *text; text++) {
        digit = digit || (*text >= '0' && *text <= '9');
        if (!strchr("0123456789.,%+- ", *text))
            return false;
    }
    return digit;
}

/* The head does not decide how a column stands. */
static void note_facts(TableWork *work, const Cell *cell)
{
    ColumnFacts *facts = &work->facts[cell->column];
    const char *text = inline_plain(work->paper->arena, cell->content);
    size_t length = utf8_count(text, strlen(text));
    if (cell->colspan > 1 || !text[0])
        return;
    facts->numeric = reads_as_figure(text) && (facts->numeric || facts->longest == 0);
    facts->longest = length > facts->longest ? length : facts->longest;
}

static int next_free(const Grid *grid, int column)
{
    while (column < grid->columns && grid->held[column] > 0)
        column++;
    return column;
}

/* Columns taken in this row: those of its cells and those held from above. */
static int row_width(const Grid *grid, const Node *row)
{
    int width = td_width(row);
    for (int c = 0; c < grid->columns; c++)
        width += grid->held[c] > 0;
    return width;
}

static bool spans_free(const Grid *grid, int column, int colspan)
{
    for (int c = column; c < column + colspan; c++)
        if (c >= grid->columns || grid->held[c] > 0)
            return false;
    return true;
}

/* A label spans rows, and what stands left of it spans them too: 清洁 before its three indicators,
 * but no 备注 behind them. */
static bool is_label(const Grid *grid, int column, int rowspan)
{
    for (int c = 0; c < column; c++)
        if (grid->held[c] < rowspan)
            return false;
    return rowspan > 1;
}

/* One tr: its cells with their columns. Rows below number `below`: a rowspan reaches no further. */
static bool place_row(Grid *grid, const Node *tr, int row, int below, TableRow *out)
{
    Paper *paper = grid->paper;
    int column = 0, width = row_width(grid, tr);
    out->cells = ARENA_ARRAY(paper->arena, Cell, grid->columns);
    if (width != grid->columns)
        return diag_add(paper->diags, DIAG_E137, &tr->at, width, grid->columns);
    for (const Node *td = tr->first; td; td = td->next) {
        int colspan = node_choice(td, "colspan", 1), rowspan = node_choice(td, "rowspan", 1);
        column = next_free(grid, column);
        if (!spans_free(grid, column, colspan))
            return diag_add(paper->diags, DIAG_E137, &td->at, column + colspan, grid->columns);
        rowspan = rowspan > below + 1 ? below + 1 : rowspan;
        Cell *cell = &out->cells[out->cell_count++];
        *cell = (Cell){.column = column, .row = row, .colspan = colspan, .rowspan = rowspan};
        cell->repeats = is_label(grid, column, rowspan);
        cell->content = evaluate_inlines(paper, td, grid->scope);
        for (int c = column; c < column + colspan; c++)
            grid->held[c] = rowspan;
        column += colspan;
    }
    for (int c = 0; c < grid->columns; c++)
        grid->held[c] -= grid->held[c] > 0;
    return true;
}

/* Without heads in col elements the first row is the head, with as many below it as its tallest
 * cell reaches. A table of nothing but that has it as its body, unless blank rows follow. */
static void split_head(TableWork *work)
{
    DocTable *table = work->table;
    int rows = 1;
    for (int c = 0; c < table->rows[0].cell_count; c++)
        rows = table->rows[0].cells[c].rowspan > rows ? table->rows[0].cells[c].rowspan : rows;
    if (table->row_count <= rows && rows_wanted(work->node) == 0)
        return;
    table->head = ARENA_ARRAY(work->paper->arena, Cell, rows * table->column_count);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < table->rows[r].cell_count; c++) {
            Cell *cell = &table->head[table->head_cell_count++];
            *cell = table->rows[r].cells[c];
            cell->repeats = false; /* the head is printed anew as a whole */
        }
    table->head_rows = rows;
    table->rows += rows;
    table->row_count -= rows;
}

static bool has_heads(const Node *const *cols, int count)
{
    for (int i = 0; i < count; i++)
        if (node_attr(cols[i], "head"))
            return true;
    return false;
}

static bool place_rows(Grid *grid, const Node *node, DocTable *table)
{
    int rows = count_rows(node), row = 0;
    bool ok = true;
    table->rows = ARENA_ARRAY(grid->paper->arena, TableRow, rows + rows_wanted(node));
    for (const Node *tr = node->first; tr; tr = tr->next) {
        if (tr->id != ELEMENT_TR)
            continue;
        ok = place_row(grid, tr, row, rows - row - 1, &table->rows[row]) && ok;
        row++;
    }
    table->row_count = row;
    return ok;
}

bool evaluate_grid(TableWork *work)
{
    Paper *paper = work->paper;
    DocTable *table = work->table;
    int col_count = collect_columns(paper, work->node, &work->cols);
    Grid grid = {.paper = paper, .scope = work->scope};
    grid.columns = table->column_count =
        col_count ? col_count : td_width(node_child(work->node, ELEMENT_TR));
    grid.held = ARENA_ARRAY(paper->arena, int, grid.columns);
    work->facts = ARENA_ARRAY(paper->arena, ColumnFacts, grid.columns);
    if (!place_rows(&grid, work->node, table))
        return false;
    if (has_heads(work->cols, col_count))
        evaluate_head(work);
    else
        split_head(work);
    for (int r = 0; r < table->row_count; r++)
        for (int c = 0; c < table->rows[r].cell_count; c++)
            note_facts(work, &table->rows[r].cells[c]);
    table->row_count += fill_rows(work, table->row_count, &table->rows[table->row_count]);
    work->cols = col_count ? work->cols : NULL;
    settle_columns(work);
    return true;
}
