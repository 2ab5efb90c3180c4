/* target= of a chart: one figure for all its categories, or one for each: the targets of a 进度,
 * the full marks of a 雷达. */
#include "template/evaluate/charts.h"

static ChartPoint target_at(Plot *plot, const Scope *scope)
{
    Paper *paper = plot->paper;
    const Expr *target = node_expr(plot->node, "target");
    /* The axis of a 百分比堆叠 is of shares, whatever the figures are. */
    Measure shares = {.any = true, .ratio = true, .first_value = "占比"};
    Measure *measure = plot->chart->kind == CHART_PERCENT ? &shares : &plot->first;
    ChartPoint point = {.missing = true};
    Datum datum;
    if (!expr_eval(paper->engine, target, scope, &datum))
        plot_lacks(plot, target, &point);
    else if (!plot_point(plot, measure, "target", expr_source(target), &datum, &point))
        paper->failed = true;
    return point;
}

static void target_line(Plot *plot, const Scope *scope)
{
    Paper *paper = plot->paper;
    DocChart *chart = plot->chart;
    Lack **lacks = paper->next_lack;
    ChartPoint target = target_at(plot, scope);
    if (!target.missing) {
        chart->target = arena_copy(paper->arena, &target, sizeof target);
        chart->target_name = arena_printf(paper->arena, "目标%s", target.label);
    } else if (!paper->failed && !*lacks) { /* else it is told */
        diag_add(paper->diags, DIAG_W179, &node_attr(plot->node, "target")->at,
            expr_source(node_expr(plot->node, "target")));
    }
}

static void target_points(Plot *plot, const Groups *categories)
{
    DocChart *chart = plot->chart;
    ChartPoint *targets = ARENA_ARRAY(plot->paper->arena, ChartPoint, categories->count);
    for (int i = 0; i < categories->count; i++)
        targets[i] = target_at(plot, categories->scopes[i]);
    chart->targets = targets;
}

void plot_targets(Plot *plot, const Groups *categories, const Scope *scope)
{
    if (!node_expr(plot->node, "target"))
        return;
    ChartKind kind = plot->chart->kind;
    if (kind == CHART_BULLET || kind == CHART_RADAR)
        target_points(plot, categories);
    else
        target_line(plot, scope);
}
