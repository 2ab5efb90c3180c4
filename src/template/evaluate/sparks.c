/* The course of each row of a table (col spark=): a chart without axes, worked out in the periods
 * of of= and by= as a <chart> would be. */
#include "document/chart_text.h"
#include "template/evaluate/charts.h"
#include "template/evaluate/tables.h"

enum { PERIODS_MOST = 36 }; /* more cannot be told apart in a cell */

bool column_is_spark(const Node *col)
{
    return node_attr(col, "spark") != NULL;
}

/* Round the table, so that the same month stands at the same place in each row. */
void list_times(TableWork *work)
{
    Paper *paper = work->paper;
    int count = work->table->column_count;
    work->times = ARENA_ARRAY(paper->arena, Groups, count + 1);
    for (int c = 0; c < count; c++) {
        const Node *col = work->cols[c];
        if (!column_is_spark(col) || !evaluate_groups(paper, col, work->scope, &work->times[c]))
            continue;
        if (work->times[c].count > PERIODS_MOST)
            diag_add(paper->diags, DIAG_W151, &node_attr(col, "of")->at, work->times[c].count);
    }
}

static DocChart *new_spark(TableWork *work, int column, int count)
{
    Arena *arena = work->paper->arena;
    DocChart *chart = ARENA_NEW(arena, DocChart);
    chart->kind = (ChartKind)node_choice(work->cols[column], "spark", CHART_LINE);
    chart->at = work->cols[column]->at;
    chart->categories = ARENA_ARRAY(arena, const char *, count + 1);
    chart->series = ARENA_NEW(arena, ChartSeries);
    chart->series_count = 1;
    chart->series->points = ARENA_ARRAY(arena, ChartPoint, count + 1);
    return chart;
}

/* False: a figure could not be worked out; of a draft *lack says so. */
static bool read_points(TableWork *work, Plot *plot, const Groups *times, const char **lack)
{
    Engine *engine = work->paper->engine;
    const Expr *value = node_expr(plot->node, "value");
    DocChart *chart = plot->chart;
    for (int i = 0; i < times->count; i++) {
        Datum datum;
        chart->categories[i] = scope_key_label(engine, times->scopes[i], 0);
        chart->category_count++;
        if (!expr_eval(engine, value, times->scopes[i], &datum)) {
            *lack = engine_lacks(engine, value);
            return false;
        }
        if (!plot_point(
                plot, &plot->first, "value", expr_source(value), &datum, &chart->series->points[i]))
            return false;
    }
    return true;
}

Cell spark_cell(TableWork *work, int column, const Scope *scope, const char *row)
{
    Paper *paper = work->paper;
    const Node *col = work->cols[column];
    At at = expr_at(node_expr(col, "value"));
    Cell cell = {.column = column, .colspan = 1, .rowspan = 1};
    Groups times;
    groups_within(paper->arena, &work->times[column], scope, &times);
    Plot plot = {.paper = paper, .node = col, .chart = new_spark(work, column, times.count)};
    const char *lack = NULL;
    if (!read_points(work, &plot, &times, &lack)) {
        cell.content = text_content(paper, lack, at);
        paper->failed = paper->failed || !lack;
        return cell;
    }
    if (!plot.first.any) {
        cell.content = text_content(paper, "—", at);
        return cell;
    }
    DocChart *chart = plot.chart;
    const char *name = arena_printf(paper->arena, "%s%s", row, column_name(work, column));
    chart->caption = inline_text(paper->arena, name, at);
    chart->percent = plot.first.ratio;
    chart->unit = plot.first.ratio ? NULL : plot.first.unit;
    chart->alt = chart_alt(paper->arena, chart, "期");
    cell.spark = chart;
    return cell;
}
