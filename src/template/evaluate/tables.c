#include "template/evaluate/tables.h"

#include <string.h>

void evaluate_unit(Paper *paper, const Node *node, const char *attr, const char *typed, const char *known)
{
    if (!typed || !typed[0] || !known || strcmp(typed, known) == 0)
        return;
    diag_add(paper->diags, DIAG_W143, &node_attr(node, attr)->at, known, typed);
    diag_hint(paper->diags, DIAG_H158);
}

const char *rows_title(Paper *paper, const Node *node, const Scope *scope)
{
    const char *caption = evaluate_plain(paper, node, "caption", scope);
    return caption && caption[0] ? caption : expr_source(node_expr(node, "of"));
}

/* A table without rows is left out, unless it is a form of so many rows to be filled in. */
static bool table_of_data(TableWork *work)
{
    Paper *paper = work->paper;
    DocTable *table = work->table;
    if (!evaluate_groups(paper, work->node, work->scope, &work->groups))
        return false;
    if (work->groups.count == 0 && !rows_wanted(work->node)) {
        diag_add(
            paper->diags, DIAG_W112, &work->node->at, rows_title(paper, work->node, work->scope));
        return false;
    }
    table->column_count = collect_columns(paper, work->node, &work->cols);
    work->facts = ARENA_ARRAY(paper->arena, ColumnFacts, table->column_count);
    evaluate_head(work);
    list_times(work);
    evaluate_rows(work);
    settle_columns(work);
    return true;
}

static bool table_of_grid(TableWork *work)
{
    if (evaluate_grid(work))
        return true;
    work->paper->failed = true;
    return false;
}

void evaluate_table(Paper *paper, const Node *node, const Scope *scope)
{
    bool fixed = node_child(node, ELEMENT_TR) != NULL;
    DocTable *table = ARENA_NEW(paper->arena, DocTable);
    TableWork work = {.paper = paper, .node = node, .scope = scope, .table = table};
    if (!(fixed ? table_of_grid(&work) : table_of_data(&work)))
        return;
    draw_bars(&work);
    sum_pages(&work);
    merge_columns(&work);
    const char *unit = evaluate_plain(paper, node, "unit", scope);
    table->caption = evaluate_prose(paper, node, "caption", scope);
    table->notes = evaluate_prose(paper, node, "notes", scope);
    table->number = table->caption ? ++paper->tables : 0;
    table->unit = unit && unit[0] ? unit : NULL;
    table->orientation = (Orientation)node_choice(node, "orientation", ORIENT_AUTO);
    paper_mark(paper, node, "表", table->number);
    add_block(paper, BLOCK_TABLE, node)->table = table;
}
