#include "template/evaluate.h"

#include <string.h>
#include "base/utf8.h"

enum { SHORT_TEXT = 6 }; /* characters; longer text stands left (typesetting.md 6.2) */

/* ---- columns ---- */

static void add_column(
    const Node *col, const Node *group, const Node **cols, const Node **groups, int *count)
{
    cols[*count] = col;
    groups[(*count)++] = group;
}

int collect_columns(Paper *paper, const Node *table, const Node ***cols, const Node ***groups)
{
    int room = 0, count = 0;
    for (const Node *child = table->first; child; child = child->next) {
        room++;
        for (const Node *col = child->first; col; col = col->next)
            room++;
    }
    *cols = ARENA_ARRAY(paper->arena, const Node *, room + 1);
    *groups = ARENA_ARRAY(paper->arena, const Node *, room + 1);
    for (const Node *child = table->first; child; child = child->next) {
        if (child->id == ELEMENT_COL)
            add_column(child, NULL, *cols, *groups, &count);
        for (const Node *col = child->id == ELEMENT_COLGROUP ? child->first : NULL; col;
             col = col->next)
            add_column(col, child, *cols, *groups, &count);
    }
    return count;
}

/* A count of rows or a place among them has no total (language.md 3). */
static bool is_place(const Node *col)
{
    static const char *const words[] = {"序号", "排名", "rank"};
    const Expr *value = node_expr(col, "value");
    const char *source = value ? expr_source(value) : "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(source, words[i]))
            return true;
    return false;
}

static Align column_align(const Node *col, const ColumnFacts *facts)
{
    Align align = col ? (Align)node_choice(col, "align", ALIGN_AUTO) : ALIGN_AUTO;
    if (align != ALIGN_AUTO)
        return align;
    if (facts->numeric && !(col && is_place(col)))
        return ALIGN_DECIMAL;
    return facts->longest > SHORT_TEXT ? ALIGN_LEFT : ALIGN_CENTRE;
}

/* cols= gives widths to all columns, width= to one and goes before it. */
static void column_widths(Paper *paper, const Node *table, const Node *const *cols, DocTable *out)
{
    const Attr *all = node_attr(table, "cols");
    const char *list = all ? all->xml->value : "";
    char entry[32];
    int count = 0;
    double millimetres;
    for (; lengths_next(&list, entry); count++)
        if (count < out->column_count && length_parse(entry, &millimetres))
            out->columns[count].width_cells = millimetres / CELL_MM;
    if (all && count != out->column_count)
        paper->failed = !diag_add(paper->diags, DIAG_E135, &all->at, count, out->column_count);
    for (int i = 0; i < out->column_count; i++) {
        const Attr *width = cols && cols[i] ? node_attr(cols[i], "width") : NULL;
        if (width)
            out->columns[i].width_cells = width->millimetres / CELL_MM;
    }
}

void settle_columns(Paper *paper, const Node *table, const Node *const *cols,
    const ColumnFacts *facts, DocTable *out)
{
    out->columns = ARENA_ARRAY(paper->arena, TableColumn, out->column_count);
    for (int i = 0; i < out->column_count; i++)
        out->columns[i].align = column_align(cols ? cols[i] : NULL, &facts[i]);
    column_widths(paper, table, cols, out);
}

/* ---- head ---- */

/* head= or the words of the value itself; then the unit in brackets, where a narrow column breaks
 * the line. */
static Inline *head_content(Paper *paper, const Node *col, const Scope *scope)
{
    Inline *content = evaluate_prose(paper, col, "head", scope);
    const char *unit = evaluate_plain(paper, col, "unit", scope);
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

static Cell *add_head(DocTable *out, int row, int column, int rowspan, int colspan)
{
    Cell *cell = &out->head[out->head_cell_count++];
    *cell = (Cell){.column = column, .row = row, .colspan = colspan, .rowspan = rowspan};
    return cell;
}

static int group_width(const Node *const *groups, int column, int count)
{
    int width = 1;
    while (column + width < count && groups[column + width] == groups[column])
        width++;
    return width;
}

void evaluate_head(Paper *paper, const Node *const *cols, const Node *const *groups, int count,
    const Scope *scope, DocTable *out)
{
    out->head_rows = 1;
    for (int i = 0; i < count; i++)
        if (groups[i])
            out->head_rows = 2;
    out->head = ARENA_ARRAY(paper->arena, Cell, count * 2 + 1);
    for (int i = 0; i < count; i++) {
        bool opens = groups[i] && (i == 0 || groups[i - 1] != groups[i]);
        if (opens)
            add_head(out, 0, i, 1, group_width(groups, i, count))->content =
                evaluate_prose(paper, groups[i], "head", scope);
        Cell *cell = groups[i] ? add_head(out, 1, i, 1, 1) : add_head(out, 0, i, out->head_rows, 1);
        cell->content = head_content(paper, cols[i], scope);
    }
}

/* ---- body ---- */

void evaluate_unit(Paper *paper, const Node *node, const char *typed, const char *known)
{
    if (!typed || !typed[0] || !known || strcmp(typed, known) == 0)
        return;
    diag_add(paper->diags, DIAG_W143, &node_attr(node, "unit")->at, known, typed);
    diag_hint(paper->diags, DIAG_H158);
}

/* One row tells; a figure that is worded (万, 百分比) may have changed its unit. */
static void check_units(Paper *paper, const Node *const *cols, int count, const Scope *row)
{
    for (int c = 0; c < count; c++) {
        const Expr *value = node_expr(cols[c], "value");
        Datum datum;
        if (!node_attr(cols[c], "unit") || is_place(cols[c]) || !value ||
            !expr_eval(paper->engine, value, row, &datum))
            continue;
        if (datum.kind == DATUM_NUMBER && !datum.text)
            evaluate_unit(paper, cols[c], evaluate_plain(paper, cols[c], "unit", row), datum.unit);
    }
}

static Inline *text_content(Paper *paper, const char *text, At at)
{
    return text && text[0] ? inlines_settle(paper->arena, inline_text(paper->arena, text, at))
                           : NULL;
}

static Cell value_cell(Paper *paper, const Node *col, int column, const Scope *scope, bool *numeric)
{
    const Expr *value = node_expr(col, "value");
    const char *text = NULL;
    Cell cell = {.column = column, .colspan = 1, .rowspan = 1};
    if (!expr_cell(paper->engine, value, scope, &text, numeric))
        paper->failed = true;
    cell.content = text_content(paper, text, expr_at(value));
    return cell;
}

static void evaluate_row(Paper *paper, const Node *const *cols, int count, const Scope *scope,
    ColumnFacts *facts, TableRow *row)
{
    row->cells = ARENA_ARRAY(paper->arena, Cell, count);
    row->cell_count = count;
    for (int c = 0; c < count; c++) {
        bool numeric = false;
        row->cells[c] = value_cell(paper, cols[c], c, scope, &numeric);
        const char *text = inline_plain(paper->arena, row->cells[c].content);
        size_t length = utf8_count(text, strlen(text));
        facts[c].numeric = facts[c].numeric || numeric;
        facts[c].longest = length > facts[c].longest ? length : facts[c].longest;
    }
}

/* Texts and places have no total: their cells stay blank, a figure that is missing prints —. */
static bool has_total(Paper *paper, const Node *col, const Scope *rows)
{
    return !is_place(col) && expr_is_figure(paper->engine, node_expr(col, "value"), rows);
}

/* The label spans the words in front of the first figure. */
static int label_span(Paper *paper, const Node *const *cols, int count, const Scope *rows)
{
    int span = 0;
    while (span < count && !has_total(paper, cols[span], rows))
        span++;
    return span == 0 || span == count ? 1 : span;
}

/* Every figure is worked out anew over all rows: sums of ratios do not occur. */
static void evaluate_total(Paper *paper, const Node *total, const Node *const *cols, int count,
    const Scope *outer, const Scope *rows, TableRow *row)
{
    const char *label = evaluate_plain(paper, total, "label", outer);
    int span = label_span(paper, cols, count, rows);
    row->is_total = true;
    row->cells = ARENA_ARRAY(paper->arena, Cell, count);
    row->cells[0] = (Cell){.colspan = span, .rowspan = 1};
    row->cells[0].content = text_content(paper, label ? label : "合计", total->at);
    row->cell_count = 1;
    for (int c = span; c < count; c++) {
        Cell *cell = &row->cells[row->cell_count++];
        if (has_total(paper, cols[c], rows))
            *cell = value_cell(paper, cols[c], c, rows, NULL);
        else
            *cell = (Cell){.column = c, .colspan = 1, .rowspan = 1};
    }
}

static void evaluate_rows(
    Paper *paper, const Node *node, const Scope *scope, const Groups *groups, DocTable *table)
{
    const Node **cols, **col_groups;
    const Node *total = node_child(node, ELEMENT_TOTAL);
    int count = table->column_count = collect_columns(paper, node, &cols, &col_groups);
    ColumnFacts *facts = ARENA_ARRAY(paper->arena, ColumnFacts, count);
    evaluate_head(paper, cols, col_groups, count, scope, table);
    check_units(paper, cols, count, groups->scopes[0]);
    table->rows = ARENA_ARRAY(paper->arena, TableRow, groups->count + 1);
    for (int r = 0; r < groups->count; r++)
        evaluate_row(
            paper, cols, count, groups->scopes[r], facts, &table->rows[table->row_count++]);
    if (total)
        evaluate_total(
            paper, total, cols, count, scope, groups->total, &table->rows[table->row_count++]);
    settle_columns(paper, node, cols, facts, table);
}

/* ---- the table ---- */

const char *rows_title(Paper *paper, const Node *node, const Scope *scope)
{
    const char *caption = evaluate_plain(paper, node, "caption", scope);
    return caption && caption[0] ? caption : expr_source(node_expr(node, "of"));
}

static DocTable *table_of_data(Paper *paper, const Node *node, const Scope *scope)
{
    Groups groups;
    if (!evaluate_groups(paper, node, scope, &groups))
        return NULL;
    if (groups.count == 0) {
        diag_add(paper->diags, DIAG_W112, &node->at, rows_title(paper, node, scope));
        return NULL;
    }
    DocTable *table = ARENA_NEW(paper->arena, DocTable);
    evaluate_rows(paper, node, scope, &groups, table);
    return table;
}

static DocTable *table_of_grid(Paper *paper, const Node *node, const Scope *scope)
{
    DocTable *table = ARENA_NEW(paper->arena, DocTable);
    if (evaluate_grid(paper, node, scope, table))
        return table;
    paper->failed = true;
    return NULL;
}

void evaluate_table(Paper *paper, const Node *node, const Scope *scope)
{
    bool fixed = node_child(node, ELEMENT_TR) != NULL;
    DocTable *table = fixed ? table_of_grid(paper, node, scope) : table_of_data(paper, node, scope);
    if (!table)
        return;
    const char *unit = evaluate_plain(paper, node, "unit", scope);
    table->caption = evaluate_prose(paper, node, "caption", scope);
    table->number = table->caption ? ++paper->tables : 0;
    table->unit = unit && unit[0] ? unit : NULL;
    add_block(paper, BLOCK_TABLE, node)->table = table;
}
