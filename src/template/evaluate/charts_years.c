/* by="月" series="年" of a chart: the months of several years stand one above the other, on one
 * axis from January on, a series for each year. */
#include "template/evaluate/charts.h"

#include <string.h>

enum { PLACES = 12 }; /* by the first month of a period */

static bool compares_years(const Node *chart)
{
    const Expr *by = node_expr(chart, "by"), *series = node_expr(chart, "series");
    if (!series || expr_list_count(by) != 1 || expr_list_count(series) != 1 ||
        strcmp(expr_list_name(series, 0), "年") != 0)
        return false;
    const char *key = expr_list_name(by, 0);
    return strcmp(key, "月") == 0 || strcmp(key, "季") == 0;
}

/* What stands behind 2024年 in a label; the whole one where that is not there. */
static const char *after_year(const char *label)
{
    bool year = strspn(label, "0123456789") == 4 && strncmp(label + 4, "年", strlen("年")) == 0;
    return year ? label + 4 + strlen("年") : label;
}

/* A year of which the figures are only in part there reads as the others: 2024年上半年. */
static void name_years(Plot *plot)
{
    for (int s = 0; s < plot->chart->series_count; s++) {
        ChartSeries *series = &plot->chart->series[s];
        const char *rest = after_year(series->name);
        if (rest != series->name)
            series->name =
                arena_strndup(plot->paper->arena, series->name, (size_t)(rest - series->name));
    }
}

/* The category at each place of the year, -1 where no year has one; returns how many there are. */
static int find_places(const Groups *categories, int places[], int order[PLACES])
{
    int first[PLACES], count = 0;
    for (int place = 0; place < PLACES; place++)
        first[place] = -1;
    for (int i = 0; i < categories->count; i++) {
        Period period;
        places[i] = scope_period(categories->scopes[i], &period) ? period.first.month - 1 : -1;
        if (places[i] >= 0 && first[places[i]] < 0)
            first[places[i]] = i;
    }
    for (int place = 0; place < PLACES; place++)
        if (first[place] >= 0)
            order[count++] = first[place];
    return count;
}

/* Of the categories at one place a series has a figure in one at most: that of its year. */
static void fold_series(
    Arena *arena, ChartSeries *series, const int places[], int count, const int order[], int kept)
{
    ChartPoint *points = ARENA_ARRAY(arena, ChartPoint, kept);
    for (int k = 0; k < kept; k++) {
        points[k].missing = true;
        for (int i = 0; i < count; i++)
            if (places[i] == places[order[k]] && !series->points[i].missing)
                points[k] = series->points[i];
    }
    series->points = points;
}

void plot_fold_years(Plot *plot, const Groups *categories)
{
    DocChart *chart = plot->chart;
    Arena *arena = plot->paper->arena;
    int order[PLACES];
    if (!compares_years(plot->node) || chart->targets || node_expr(plot->node, "line"))
        return;
    int *places = ARENA_ARRAY(arena, int, categories->count);
    int kept = find_places(categories, places, order);
    const char **names = ARENA_ARRAY(arena, const char *, kept);
    for (int k = 0; k < kept; k++)
        names[k] = after_year(chart->categories[order[k]]);
    for (int s = 0; s < chart->series_count; s++)
        fold_series(arena, &chart->series[s], places, categories->count, order, kept);
    chart->categories = names;
    chart->category_count = kept;
    if (expr_list_count(node_expr(plot->node, "value")) == 1)
        name_years(plot);
}
