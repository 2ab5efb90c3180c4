#include "template/evaluate/evaluate.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"

/* A chart under way: what its first value said of all others. */
typedef struct Plot {
    Paper *paper;
    const Node *node;
    const Expr *values;
    DocChart *chart;
    bool any; /* a point is there */
    bool ratio;
    const char *first_value; /* whose ratio or not decided */
    const char *unit;
    const char *other_unit; /* of a value that does not share the first one's */
} Plot;

static bool same_measure(Plot *plot, const char *name, const Datum *datum)
{
    if (plot->any && datum->is_ratio != plot->ratio) {
        const char *ratio = datum->is_ratio ? name : plot->first_value;
        const char *plain = datum->is_ratio ? plot->first_value : name;
        return diag_add(
            plot->paper->diags, DIAG_E139, &node_attr(plot->node, "value")->at, ratio, plain);
    }
    if (!plot->any) {
        plot->first_value = name;
        plot->ratio = datum->is_ratio;
        plot->unit = datum->unit;
    } else if (plot->unit && (!datum->unit || strcmp(plot->unit, datum->unit) != 0)) {
        plot->other_unit = datum->unit;
        plot->unit = NULL; /* 吨 and 处 have no unit in common */
    }
    plot->any = true;
    return true;
}

/* A missing figure is a gap, not zero (language.md 4). */
static bool read_point(Plot *plot, int value, const Scope *scope, ChartPoint *point)
{
    Paper *paper = plot->paper;
    const char *name = expr_list_name(plot->values, value);
    Datum datum;
    if (!expr_list_eval(paper->engine, plot->values, value, scope, &datum)) {
        paper_lacks(paper, plot->values);
        point->missing = true;
        return true;
    }
    point->missing = datum.kind == DATUM_MISSING;
    if (point->missing)
        return true;
    if (datum.kind != DATUM_NUMBER)
        return diag_add(paper->diags, DIAG_E138, &node_attr(plot->node, "value")->at, name);
    point->value = datum.number;
    point->label = datum_label(paper->engine, &datum);
    return same_measure(plot, name, &datum);
}

static void point_or_fail(Plot *plot, int value, const Scope *scope, ChartPoint *point)
{
    if (!read_point(plot, value, scope, point))
        plot->paper->failed = true;
}

static ChartSeries *add_series(Plot *plot, const char *name)
{
    DocChart *chart = plot->chart;
    ChartSeries *series = &chart->series[chart->series_count++];
    series->name = name;
    series->points = ARENA_ARRAY(plot->paper->arena, ChartPoint, chart->category_count);
    for (int i = 0; i < chart->category_count; i++)
        series->points[i].missing = true;
    return series;
}

const char *figure_name(Arena *arena, const char *source, bool steps)
{
    source = utf8_fold(arena, source); /* full-width ones count as | and . too */
    size_t length = strcspn(source, "|");
    const char *dot = memchr(source, '.', length);
    const char *name = dot ? dot + 1 : source;
    Buf words = {0};
    buf_add(&words, name, (size_t)(source + length - name));
    for (const char *rest = source + length; steps && *rest; rest++)
        if (!strchr("| ", *rest))
            buf_add(&words, rest, 1);
    char *out = arena_strndup(arena, words.length ? words.data : "", words.length);
    buf_free(&words);
    return out;
}

/* Two values of one column are told apart by their steps; 台账|计数 says nothing without its step.
 */
static const char *series_name(Plot *plot, int value)
{
    Arena *arena = plot->paper->arena;
    const char *source = expr_list_name(plot->values, value),
               *name = figure_name(arena, source, false);
    const char *table = figure_name(arena, expr_source(node_expr(plot->node, "of")), false);
    if (strcmp(name, table) == 0)
        return figure_name(arena, source, true);
    for (int v = 0; v < expr_list_count(plot->values); v++)
        if (v != value &&
            strcmp(figure_name(arena, expr_list_name(plot->values, v), false), name) == 0)
            return figure_name(arena, source, true);
    return name;
}

static void series_of_values(Plot *plot, const Groups *groups)
{
    int count = expr_list_count(plot->values);
    plot->chart->series = ARENA_ARRAY(plot->paper->arena, ChartSeries, count);
    for (int v = 0; v < count; v++) {
        ChartSeries *series = add_series(plot, series_name(plot, v));
        for (int i = 0; i < groups->count; i++)
            point_or_fail(plot, v, groups->scopes[i], &series->points[i]);
    }
}

/* A series for each group of the series column; with several values, for each group and value. What
 * a village or month lacks is asked for too: a count of no rows is 0, a sum of none a gap. */
static void fill_series(
    Plot *plot, const Groups *categories, const Scope *group, int value, const char *name)
{
    ChartSeries *series = add_series(plot, name);
    for (int i = 0; i < categories->count; i++) {
        const Scope *scope = scope_cross(plot->paper->arena, categories->scopes[i], group);
        if (scope)
            point_or_fail(plot, value, scope, &series->points[i]);
    }
}

static void series_of_column(Plot *plot, const Groups *categories, const Scope *scope)
{
    Arena *arena = plot->paper->arena;
    Engine *engine = plot->paper->engine;
    int values = expr_list_count(plot->values);
    GroupSpec spec = {.rows = node_expr(plot->node, "of"),
        .keys = node_expr(plot->node, "series"),
        .where = node_expr(plot->node, "where"),
        .across = node_expr(plot->node, "by"),
        .at = plot->node->at};
    Groups groups;
    if (!groups_list(engine, &spec, scope, &groups)) {
        paper_lacks(plot->paper, spec.rows);
        return;
    }
    plot->chart->series = ARENA_ARRAY(arena, ChartSeries, groups.count * values);
    for (int g = 0; g < groups.count; g++) {
        const char *label = scope_key_label(engine, groups.scopes[g], 0);
        for (int v = 0; v < values; v++) {
            const char *name =
                values > 1 ? arena_printf(arena, "%s%s", label, series_name(plot, v)) : label;
            fill_series(plot, categories, groups.scopes[g], v, name);
        }
    }
}

/* Of several keys all are named: 6月·长塘村. */
static const char *category_name(Plot *plot, const Scope *scope)
{
    Engine *engine = plot->paper->engine;
    const char *name = scope_key_label(engine, scope, 0);
    for (int key = 1; key < expr_list_count(node_expr(plot->node, "by")); key++)
        name = arena_printf(plot->paper->arena, "%s·%s", name, scope_key_label(engine, scope, key));
    return name;
}

static void name_categories(Plot *plot, const Groups *groups)
{
    DocChart *chart = plot->chart;
    chart->category_count = groups->count;
    chart->categories = ARENA_ARRAY(plot->paper->arena, const char *, groups->count);
    for (int i = 0; i < groups->count; i++)
        chart->categories[i] = category_name(plot, groups->scopes[i]);
}

/* A pie shows parts of one whole. */
static bool check_series(const Plot *plot)
{
    const DocChart *chart = plot->chart;
    if (chart->kind != CHART_PIE || chart->series_count <= 1)
        return true;
    return diag_add(
        plot->paper->diags, DIAG_E136, &node_attr(plot->node, "kind")->at, chart->series_count);
}

static void dress_chart(Plot *plot, const Scope *scope)
{
    Paper *paper = plot->paper;
    DocChart *chart = plot->chart;
    const char *unit = evaluate_plain(paper, plot->node, "unit", scope);
    evaluate_unit(paper, plot->node, unit, plot->unit ? plot->unit : plot->other_unit);
    const Attr *height = node_attr(plot->node, "height");
    chart->percent = plot->ratio;
    chart->unit = unit ? unit : plot->ratio ? NULL : plot->unit;
    if (chart->unit && !chart->unit[0])
        chart->unit = NULL;
    chart->labels = node_choice(plot->node, "labels", CHOICE_YES) == CHOICE_YES;
    chart->height_lines = height ? height->millimetres / LINE_MM : 0;
    chart->caption = evaluate_prose(paper, plot->node, "caption", scope);
    chart->number = chart->caption ? ++paper->charts : 0;
    paper_mark(paper, plot->node, "图", chart->number);
}

void evaluate_chart(Paper *paper, const Node *node, const Scope *scope)
{
    Plot plot = {.paper = paper, .node = node, .values = node_expr(node, "value")};
    bool failed_before = paper->failed;
    Groups groups;
    if (!evaluate_groups(paper, node, scope, &groups))
        return;
    DocChart *chart = plot.chart = ARENA_NEW(paper->arena, DocChart);
    chart->kind = (ChartKind)node_choice(node, "kind", CHART_BAR);
    chart->at = node->at;
    name_categories(&plot, &groups);
    paper->failed = false;
    if (node_expr(node, "series"))
        series_of_column(&plot, &groups, scope);
    else
        series_of_values(&plot, &groups);
    if (!plot.any && !paper->failed)
        diag_add(paper->diags, DIAG_W113, &node->at, rows_title(paper, node, scope));
    paper->failed = paper->failed || failed_before || !check_series(&plot);
    if (!plot.any || (chart->kind == CHART_PIE && paper->lacks))
        return; /* all shares of a pie that lacks a piece would be wrong */
    dress_chart(&plot, scope);
    add_block(paper, BLOCK_CHART, node)->chart = chart;
}
