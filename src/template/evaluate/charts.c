#include "template/evaluate/charts.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "document/chart_text.h"

/* The values of one attribute, which stand on one axis. */
typedef struct Values {
    const Expr *list;
    const char *attr;
    Measure *measure;
} Values;

/* Of a chart that may stand beside another: settled when all blocks are there. */
enum { PAIR_WISHED = -1 };

static bool same_measure(
    Plot *plot, Measure *measure, const char *attr, const char *name, const Datum *datum)
{
    if (measure->any && datum->is_ratio != measure->ratio) {
        const char *ratio = datum->is_ratio ? name : measure->first_value;
        const char *plain = datum->is_ratio ? measure->first_value : name;
        return diag_add(
            plot->paper->diags, DIAG_E139, &node_attr(plot->node, attr)->at, ratio, plain);
    }
    bool bare = strcmp(attr, "target") == 0; /* a number takes the unit of what it is a target of */
    if (!measure->any) {
        measure->first_value = name;
        measure->ratio = datum->is_ratio;
        measure->unit = datum->unit;
    } else if (measure->unit && (datum->unit ? strcmp(measure->unit, datum->unit) != 0 : !bare)) {
        measure->other_unit = datum->unit;
        measure->unit = NULL; /* 吨 and 处 have no unit in common */
    }
    measure->any = true;
    return true;
}

bool plot_point(Plot *plot, Measure *measure, const char *attr, const char *name,
    const Datum *datum, ChartPoint *point)
{
    Paper *paper = plot->paper;
    point->missing = datum->kind != DATUM_NUMBER;
    point->figure = engine_traced(paper->engine, datum_label(paper->engine, datum));
    if (datum->kind == DATUM_MISSING)
        return true;
    if (point->missing)
        return diag_add(paper->diags, DIAG_E138, &node_attr(plot->node, attr)->at, name);
    point->value = datum->number;
    point->label = datum_label(paper->engine, datum);
    return same_measure(plot, measure, attr, name, datum);
}

void plot_lacks(Plot *plot, const Expr *expr, ChartPoint *point)
{
    paper_lacks(plot->paper, expr);
    point->figure = engine_traced(plot->paper->engine, "—");
    point->missing = true;
}

static void read_point(
    Plot *plot, const Values *values, int value, const Scope *scope, ChartPoint *point)
{
    Paper *paper = plot->paper;
    Datum datum;
    if (!expr_list_eval(paper->engine, values->list, value, scope, &datum))
        plot_lacks(plot, values->list, point);
    else if (!plot_point(plot, values->measure, values->attr, expr_list_name(values->list, value),
                 &datum, point))
        paper->failed = true;
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

/* Is another value or line of the chart called so? */
static bool is_shared(Plot *plot, const Expr *list, int value, const char *name, bool steps)
{
    static const char *const attrs[] = {"value", "line"};
    Arena *arena = plot->paper->arena;
    for (size_t a = 0; a < sizeof attrs / sizeof *attrs; a++) {
        const Expr *others = node_expr(plot->node, attrs[a]);
        for (int v = 0; others && v < expr_list_count(others); v++)
            if ((others != list || v != value) &&
                strcmp(figure_name(arena, expr_list_name(others, v), steps), name) == 0)
                return true;
    }
    return false;
}

/* 台账|计数 says nothing without its step; a column that is called as its table does: 资金.资金|万. */
static bool is_of_rows(Plot *plot, const char *source, const char *name)
{
    Arena *arena = plot->paper->arena;
    const char *table = figure_name(arena, expr_source(node_expr(plot->node, "of")), false);
    source = utf8_fold(arena, source);
    return strcmp(name, table) == 0 && !memchr(source, '.', strcspn(source, "|"));
}

/* Two values of one column are told apart by their steps, columns of two tables by these. `list` is
 * that of the value itself. */
static const char *series_name(Plot *plot, const Expr *list, int value)
{
    Arena *arena = plot->paper->arena;
    const char *source = expr_list_name(list, value), *name = figure_name(arena, source, false);
    if (!is_of_rows(plot, source, name) && !is_shared(plot, list, value, name, false))
        return name;
    name = figure_name(arena, source, true);
    return is_shared(plot, list, value, name, true) ? utf8_fold(arena, source) : name;
}

/* Behind those that are there. */
static void make_room(Plot *plot, int more)
{
    DocChart *chart = plot->chart;
    ChartSeries *grown = ARENA_ARRAY(plot->paper->arena, ChartSeries, chart->series_count + more);
    for (int i = 0; i < chart->series_count; i++)
        grown[i] = chart->series[i];
    chart->series = grown;
}

static void series_of_values(Plot *plot, const Values *values, const Groups *groups)
{
    int count = expr_list_count(values->list);
    make_room(plot, count);
    for (int v = 0; v < count; v++) {
        ChartSeries *series = add_series(plot, series_name(plot, values->list, v));
        series->second = values->measure == &plot->second;
        for (int i = 0; i < groups->count; i++)
            read_point(plot, values, v, groups->scopes[i], &series->points[i]);
    }
}

/* A series for each group of the series column; with several values, for each group and value. What
 * a village or month lacks is asked for too: a count of no rows is 0, a sum of none a gap. */
static void fill_series(Plot *plot, const Values *values, const Groups *categories,
    const Scope *group, int value, const char *name)
{
    ChartSeries *series = add_series(plot, name);
    for (int i = 0; i < categories->count; i++) {
        const Scope *scope = scope_cross(plot->paper->arena, categories->scopes[i], group);
        if (scope)
            read_point(plot, values, value, scope, &series->points[i]);
    }
}

static void series_of_column(
    Plot *plot, const Values *values, const Groups *categories, const Scope *scope)
{
    Arena *arena = plot->paper->arena;
    Engine *engine = plot->paper->engine;
    int count = expr_list_count(values->list);
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
    make_room(plot, groups.count * count);
    for (int g = 0; g < groups.count; g++) {
        const char *label = scope_key_label(engine, groups.scopes[g], 0);
        for (int v = 0; v < count; v++) {
            const char *name =
                count > 1 ? arena_printf(arena, "%s%s", label, series_name(plot, values->list, v))
                          : label;
            fill_series(plot, values, categories, groups.scopes[g], v, name);
        }
    }
}

/* The bars or whatever the kind draws; the lines of a 组合, which are not parted by series=. */
static void read_series(Plot *plot, const Groups *categories, const Scope *scope)
{
    Values values = {node_expr(plot->node, "value"), "value", &plot->first};
    Values lines = {node_expr(plot->node, "line"), "line", &plot->second};
    if (node_expr(plot->node, "series"))
        series_of_column(plot, &values, categories, scope);
    else
        series_of_values(plot, &values, categories);
    if (lines.list)
        series_of_values(plot, &lines, categories);
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

/* ---- what the data may make impossible ---- */

static bool is_empty(const DocChart *chart, int series)
{
    for (int c = 0; c < chart->category_count; c++)
        if (!chart->series[series].points[c].missing)
            return false;
    return true;
}

/* A series without any figure would stand in the legend with no mark. What stays alone would have no
 * legend, and nobody would know which of them it is: then all stay. In a 热力 it is a row of gaps;
 * what a draft lacks is said there. */
static void drop_empty(Plot *plot)
{
    DocChart *chart = plot->chart;
    int kept = 0;
    ChartSeries *full = ARENA_ARRAY(plot->paper->arena, ChartSeries, chart->series_count);
    for (int s = 0; s < chart->series_count; s++) {
        if (chart->kind == CHART_HEAT || !is_empty(chart, s))
            full[kept++] = chart->series[s];
        else if (!plot->paper->lacks)
            diag_add(plot->paper->diags, DIAG_W152, &plot->node->at, chart->series[s].name);
    }
    if (kept < 2)
        return;
    chart->series = full;
    chart->series_count = kept;
}

static bool is_of_whole(ChartKind kind)
{
    return kind == CHART_PIE || kind == CHART_DONUT || kind == CHART_PERCENT;
}

/* A 进度 needs a target, a 雷达 with full marks all of them. */
static bool lacks_targets(const DocChart *chart)
{
    int given = 0;
    for (int c = 0; chart->targets && c < chart->category_count; c++)
        given += !chart->targets[c].missing;
    return chart->targets && given < (chart->kind == CHART_RADAR ? chart->category_count : 1);
}

/* 饼 环形 show parts of one whole, 进度 one figure against its target; the others take as many
 * series as come. */
static bool check_shape(const Plot *plot)
{
    const DocChart *chart = plot->chart;
    bool one =
        chart->kind == CHART_PIE || chart->kind == CHART_DONUT || chart->kind == CHART_BULLET;
    return !one || chart->series_count <= 1 ||
           diag_add(plot->paper->diags, DIAG_E136, &node_attr(plot->node, "kind")->at,
               chart_kind_word(plot->node), chart->series_count);
}

/* ---- what stands round the figures ---- */

/* As typed, else that of the figures; "" leaves it out. */
static const char *axis_unit(
    Plot *plot, const char *attr, const Measure *measure, const Scope *scope)
{
    const char *unit = evaluate_plain(plot->paper, plot->node, attr, scope);
    const char *known = measure->unit ? measure->unit : measure->other_unit;
    evaluate_unit(plot->paper, plot->node, attr, unit, known);
    unit = unit ? unit : measure->ratio ? NULL : measure->unit;
    return unit && unit[0] ? unit : NULL;
}

static bool is_chosen(const Plot *plot, const char *attr)
{
    return node_choice(plot->node, attr, CHOICE_NO) == CHOICE_YES;
}

/* 数据来源：… is said once, typed or not; 注：… stands as it is. */
static Inline *source_line(Plot *plot, const Scope *scope)
{
    Paper *paper = plot->paper;
    Inline *typed = evaluate_prose(paper, plot->node, "source", scope);
    const char *text = typed ? inline_plain(paper->arena, typed) : "";
    if (!typed || strncmp(text, "数据来源", strlen("数据来源")) == 0 ||
        strncmp(text, "注：", strlen("注：")) == 0)
        return typed;
    Inline *label = inline_text(paper->arena, "数据来源：", node_attr(plot->node, "source")->at);
    label->next = typed;
    return label;
}

/* What the categories are counted by: 17个村, 6个月. */
static const char *category_noun(const Plot *plot)
{
    const Expr *keys = node_expr(plot->node, "by");
    const char *key = figure_name(plot->paper->arena, expr_list_name(keys, 0), false);
    bool year = strcmp(key, "年") == 0, quarter = strcmp(key, "季") == 0;
    if (expr_list_count(keys) > 1)
        return "项";
    return year ? "年" : quarter ? "个季度" : arena_printf(plot->paper->arena, "个%s", key);
}

static void dress_chart(Plot *plot, const Scope *scope)
{
    Paper *paper = plot->paper;
    DocChart *chart = plot->chart;
    const Attr *height = node_attr(plot->node, "height");
    chart->percent = plot->first.ratio;
    chart->unit = axis_unit(plot, "unit", &plot->first, scope);
    chart->second_percent = plot->second.ratio;
    chart->second_unit = axis_unit(plot, "line-unit", &plot->second, scope);
    chart->labels = node_choice(plot->node, "labels", CHOICE_YES) == CHOICE_YES;
    chart->palette = (ChartPalette)node_choice(plot->node, "palette", PALETTE_GREY);
    chart->average = is_chosen(plot, "average");
    chart->extremes = is_chosen(plot, "extremes");
    chart->pair = is_chosen(plot, "pair") ? PAIR_WISHED : 0;
    chart->height_lines = height ? height->millimetres / LINE_MM : 0;
    chart->caption = evaluate_prose(paper, plot->node, "caption", scope);
    chart->source = source_line(plot, scope);
    chart->number = chart->caption ? ++paper->charts : 0;
    chart->alt = chart_alt(paper->arena, chart, category_noun(plot));
    paper_mark(paper, plot->node, "图", chart->number);
}

static ChartKind chart_kind(const Plot *plot)
{
    ChartKind kind = (ChartKind)node_choice(plot->node, "kind", CHART_BAR);
    return kind == CHART_BAR && is_chosen(plot, "stack") ? CHART_STACKED : kind;
}

void evaluate_chart(Paper *paper, const Node *node, const Scope *scope)
{
    Plot plot = {.paper = paper, .node = node};
    bool failed_before = paper->failed;
    Groups groups;
    if (!evaluate_groups(paper, node, scope, &groups))
        return;
    DocChart *chart = plot.chart = ARENA_NEW(paper->arena, DocChart);
    chart->kind = chart_kind(&plot);
    chart->at = node->at;
    name_categories(&plot, &groups);
    paper->failed = false;
    read_series(&plot, &groups, scope);
    bool any = plot.first.any || plot.second.any;
    if (any)
        plot_targets(&plot, &groups, scope);
    else if (!paper->failed)
        diag_add(paper->diags, DIAG_W113, &node->at, rows_title(paper, node, scope));
    plot_fold_years(&plot, &groups);
    if (any)
        drop_empty(&plot);
    paper->failed = paper->failed || failed_before || (any && !check_shape(&plot));
    if (!any || (paper->lacks && (is_of_whole(chart->kind) || lacks_targets(chart))))
        return; /* all shares of a pie that lacks a piece would be wrong */
    dress_chart(&plot, scope);
    add_block(paper, BLOCK_CHART, node)->chart = chart;
}

/* ---- side by side ---- */

static bool stand_together(const Block *a, const Block *b)
{
    return b && b->kind == BLOCK_CHART && b->chart->pair == PAIR_WISHED && a->keep == b->keep &&
           a->landscape == b->landscape;
}

void charts_settle(Paper *paper)
{
    int pairs = 0;
    for (Block *block = paper->document->first; block; block = block->next) {
        if (block->kind != BLOCK_CHART || block->chart->pair != PAIR_WISHED)
            continue;
        if (stand_together(block, block->next)) {
            block->chart->pair = block->next->chart->pair = ++pairs;
        } else {
            block->chart->pair = 0;
            diag_add(paper->diags, DIAG_W181, &block->chart->at);
        }
    }
}
