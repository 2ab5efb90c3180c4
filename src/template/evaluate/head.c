#include "template/evaluate/tables.h"

#include <string.h>

enum { SHORT_TEXT = 6 }; /* characters; longer text stands left (typesetting.md 6.2) */

/* ---- columns ---- */

static int count_columns(const Node *parent)
{
    int count = 0;
    for (const Node *child = parent->first; child; child = child->next)
        count += child->id == ELEMENT_COLGROUP ? count_columns(child) : child->id == ELEMENT_COL;
    return count;
}

static void list_columns(const Node *parent, const Node **cols, int *count)
{
    for (const Node *child = parent->first; child; child = child->next) {
        if (child->id == ELEMENT_COL)
            cols[(*count)++] = child;
        if (child->id == ELEMENT_COLGROUP)
            list_columns(child, cols, count);
    }
}

int collect_columns(Paper *paper, const Node *table, const Node ***cols)
{
    int count = 0;
    *cols = ARENA_ARRAY(paper->arena, const Node *, count_columns(table) + 1);
    list_columns(table, *cols, &count);
    return count;
}

bool column_is_place(const Node *col)
{
    static const char *const words[] = {"序号", "排名", "rank"};
    const Expr *value = node_expr(col, "value");
    const char *source = value ? expr_source(value) : "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(source, words[i]))
            return true;
    return false;
}

const char *column_name(TableWork *work, int column)
{
    const Node *col = work->cols[column];
    const char *head = evaluate_plain(work->paper, col, "head", work->scope);
    const Expr *value = node_expr(col, "value");
    if ((head && head[0]) || !value)
        return head ? head : "";
    return figure_name(work->paper->arena, expr_source(value), true);
}

static Align column_align(const Node *col, const ColumnFacts *facts)
{
    Align align = col ? (Align)node_choice(col, "align", ALIGN_AUTO) : ALIGN_AUTO;
    if (align != ALIGN_AUTO)
        return align;
    if (facts->numeric && !(col && column_is_place(col)))
        return ALIGN_DECIMAL;
    return facts->longest > SHORT_TEXT ? ALIGN_LEFT : ALIGN_CENTRE;
}

/* cols= gives widths to all columns, width= to one and goes before it. */
static void column_widths(TableWork *work)
{
    const Attr *all = node_attr(work->node, "cols");
    const char *list = all ? all->xml->value : "";
    DocTable *table = work->table;
    char entry[32];
    int count = 0;
    double millimetres;
    for (; lengths_next(&list, entry); count++)
        if (count < table->column_count && length_parse(entry, &millimetres))
            table->columns[count].width_cells = millimetres / CELL_MM;
    if (all && count != table->column_count)
        work->paper->failed =
            !diag_add(work->paper->diags, DIAG_E135, &all->at, count, table->column_count);
    for (int i = 0; i < table->column_count; i++) {
        const Attr *width = work->cols ? node_attr(work->cols[i], "width") : NULL;
        if (width)
            table->columns[i].width_cells = width->millimetres / CELL_MM;
    }
}

void settle_columns(TableWork *work)
{
    DocTable *table = work->table;
    table->columns = ARENA_ARRAY(work->paper->arena, TableColumn, table->column_count);
    for (int i = 0; i < table->column_count; i++)
        table->columns[i].align = column_align(work->cols ? work->cols[i] : NULL, &work->facts[i]);
    column_widths(work);
}

/* ---- head ---- */

/* head= or the words of the value itself; then the unit in brackets, where a narrow column breaks
 * the line. */
static Inline *head_content(TableWork *work, const Node *col)
{
    Paper *paper = work->paper;
    Inline *content = evaluate_prose(paper, col, "head", work->scope);
    const char *unit = evaluate_plain(paper, col, "unit", work->scope);
    Flow flow;
    flow_start(&flow, false);
    flow_append(&flow, content);
    if (!node_attr(col, "head") && node_expr(col, "value"))
        flow_text(paper, &flow,
            figure_name(paper->arena, expr_source(node_expr(col, "value")), true), col->at);
    if (unit && unit[0])
        flow_text(paper, &flow, arena_printf(paper->arena, "（%s）", unit), col->at);
    return flow.first;
}

/* How many colgroups a column stands in. */
static int column_depth(const Node *col)
{
    int depth = 0;
    for (const Node *round = col->parent; round->id == ELEMENT_COLGROUP; round = round->parent)
        depth++;
    return depth;
}

/* The colgroup of a column at a level, from 0 outside; NULL below its last. */
static const Node *group_at(const Node *col, int level)
{
    int depth = column_depth(col);
    if (level >= depth)
        return NULL;
    for (; depth > level; depth--)
        col = col->parent;
    return col;
}

static Cell *add_head(DocTable *table, int row, int column, int rowspan, int colspan)
{
    Cell *cell = &table->head[table->head_cell_count++];
    *cell = (Cell){.column = column, .row = row, .colspan = colspan, .rowspan = rowspan};
    return cell;
}

static int group_width(const TableWork *work, int column, int level)
{
    const Node *group = group_at(work->cols[column], level);
    int width = 1;
    while (column + width < work->table->column_count &&
           group_at(work->cols[column + width], level) == group)
        width++;
    return width;
}

/* The cells that begin at this column: the groups that open here, then its own, down to the rows of
 * the body. */
static void head_of_column(TableWork *work, int column)
{
    DocTable *table = work->table;
    const Node *col = work->cols[column];
    int depth = column_depth(col);
    for (int level = 0; level < depth; level++) {
        const Node *group = group_at(col, level);
        if (column == 0 || group_at(work->cols[column - 1], level) != group)
            add_head(table, level, column, 1, group_width(work, column, level))->content =
                evaluate_prose(work->paper, group, "head", work->scope);
    }
    add_head(table, depth, column, table->head_rows - depth, 1)->content = head_content(work, col);
}

void evaluate_head(TableWork *work)
{
    DocTable *table = work->table;
    table->head_rows = 1;
    for (int i = 0; i < table->column_count; i++) {
        int rows = column_depth(work->cols[i]) + 1;
        table->head_rows = rows > table->head_rows ? rows : table->head_rows;
    }
    table->head = ARENA_ARRAY(work->paper->arena, Cell, table->column_count * table->head_rows + 1);
    for (int i = 0; i < table->column_count; i++)
        head_of_column(work, i);
}
