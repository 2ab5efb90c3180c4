#include "check/reckoned.h"

#include <string.h>

#include "document/wording.h"

typedef struct Reckoning {
    Arena *arena;
    const DocChart *chart;
    ReckonedList *out;
} Reckoning;

/* Some of a chart's points: their sum, and where they came from. */
typedef struct Points {
    Decimal sum;
    int count, decimals; /* the most that is printed */
    const Provenance *first;
    SourceRows *sources;
    size_t source_count, capacity;
    bool sound;
} Points;

static int decimals_of(const char *label)
{
    const char *point = label ? strchr(label, '.') : NULL;
    return point ? (int)strspn(point + 1, "0123456789") : 0;
}

static void take(const Reckoning *r, Points *points, const ChartPoint *point)
{
    const Provenance *figure = point->figure;
    if (point->missing)
        return;
    points->sound = points->sound && figure &&
                    decimal_add(points->sum, decimal_trim(point->value), &points->sum);
    if (!points->sound)
        return;
    int decimals = decimals_of(point->label);
    points->decimals = decimals > points->decimals ? decimals : points->decimals;
    points->first = points->count++ ? points->first : figure;
    for (int i = 0; i < figure->source_count; i++) {
        points->sources = arena_grow(r->arena, points->sources, points->source_count,
            &points->capacity, sizeof *points->sources);
        points->sources[points->source_count++] = figure->sources[i];
    }
}

static Points series_points(const Reckoning *r, int series)
{
    Points points = {.sound = true};
    for (int c = 0; c < r->chart->category_count; c++)
        take(r, &points, &r->chart->series[series].points[c]);
    return points;
}

static Points category_points(const Reckoning *r, int category)
{
    Points points = {.sound = true};
    for (int s = 0; s < r->chart->series_count; s++)
        take(r, &points, &r->chart->series[s].points[category]);
    return points;
}

/* ---- records ---- */

typedef struct Place {
    const char *line, *head;
} Place;

static const char *series_name(const DocChart *chart, int series)
{
    return chart->series[series].name ? chart->series[series].name : "";
}

static Provenance *add(
    Reckoning *r, Place place, const char *expression, const Points *points, Decimal value)
{
    ReckonedList *out = r->out;
    out->items = arena_grow(r->arena, out->items, out->count, &out->capacity, sizeof *out->items);
    Reckoned *one = &out->items[out->count++];
    *one = (Reckoned){.line = place.line,
        .head = place.head,
        .figure = {.expression = expression,
            .at = points->first->at,
            .claim = "",
            .kind = points->first->kind,
            .indicator = points->first->indicator,
            .value = value,
            .unit = points->first->unit,
            .period = points->first->period,
            .sources = points->sources,
            .source_count = (int)points->source_count}};
    return &one->figure;
}

static void word_ratio(Arena *arena, Provenance *figure, int decimals)
{
    enum { EXACT_DECIMALS = 6 };
    Decimal percent;
    figure->kind = FIGURE_RATIO;
    figure->unit = NULL;
    figure->printed = wording_percent(arena, figure->value, decimals);
    figure->exact = decimal_mul(figure->value, decimal_from_int(100), &percent)
                        ? arena_printf(arena, "%s%%",
                              wording_plain(arena, decimal_round(percent, EXACT_DECIMALS)))
                        : figure->printed;
}

static void word_number(Arena *arena, Provenance *figure, int decimals)
{
    const char *unit = figure->unit ? figure->unit : "";
    figure->printed = wording_fixed(arena, figure->value, decimals);
    figure->exact = arena_printf(arena, "%s%s", wording_plain(arena, figure->value), unit);
}

static void word(Reckoning *r, Provenance *figure, int decimals)
{
    if (r->chart->percent)
        word_ratio(r->arena, figure, decimals);
    else
        word_number(r->arena, figure, decimals);
}

/* value ÷ whole, to a decimal of a per cent. */
static void add_share(Reckoning *r, Place place, const char *expression, const Points *points,
    const ChartPoint *part, Decimal whole)
{
    Decimal share;
    if (!part->missing && points->sound && decimal_div(part->value, whole, &share))
        word_ratio(r->arena, add(r, place, expression, points, share), 1);
}

static void add_sum(Reckoning *r, Place place, const Points *points, int decimals)
{
    if (points->sound && points->count)
        word(r, add(r, place, "合计", points, points->sum), decimals);
}

/* ---- charts ---- */

static void reckon_pie(Reckoning *r)
{
    const DocChart *chart = r->chart;
    Points points = series_points(r, 0);
    for (int c = 0; c < chart->category_count; c++)
        add_share(r, (Place){chart->categories[c], "占比"}, "占合计", &points,
            &chart->series[0].points[c], points.sum);
    if (chart->kind == CHART_DONUT && !chart->percent)
        add_sum(r, (Place){"合计", NULL}, &points, points.decimals);
}

static void reckon_shares(Reckoning *r)
{
    const DocChart *chart = r->chart;
    for (int s = 0; s < chart->series_count; s++) {
        for (int c = 0; c < chart->category_count; c++) {
            Points points = category_points(r, c);
            Place place = {
                chart->categories[c], arena_printf(r->arena, "%s占比", series_name(chart, s))};
            add_share(r, place, "占合计", &points, &chart->series[s].points[c], points.sum);
        }
    }
}

/* What is below zero is added up apart. */
static bool some_negative(const DocChart *chart, int category)
{
    for (int s = 0; s < chart->series_count; s++)
        if (decimal_sign(chart->series[s].points[category].value) < 0)
            return true;
    return false;
}

static void reckon_sums(Reckoning *r)
{
    for (int c = 0; c < r->chart->category_count; c++) {
        Points points = category_points(r, c);
        int decimals = decimal_trim(points.sum).scale - (r->chart->percent ? 2 : 0);
        if (!some_negative(r->chart, c))
            add_sum(
                r, (Place){r->chart->categories[c], "合计"}, &points, decimals > 0 ? decimals : 0);
    }
}

static void reckon_reached(Reckoning *r)
{
    const DocChart *chart = r->chart;
    for (int c = 0; chart->targets && c < chart->category_count; c++) {
        const ChartPoint *done = &chart->series[0].points[c], *target = &chart->targets[c];
        Points points = {.sound = true};
        take(r, &points, done);
        take(r, &points, target);
        if (!target->missing && decimal_sign(target->value) > 0)
            add_share(
                r, (Place){chart->categories[c], "完成"}, "占目标", &points, done, target->value);
    }
}

static bool takes_mean(ChartKind kind)
{
    return kind == CHART_BAR || kind == CHART_HBAR || kind == CHART_LINE || kind == CHART_COMBO;
}

/* The mean of whole numbers has a decimal, unless it is whole too. */
static void reckon_means(Reckoning *r)
{
    const DocChart *chart = r->chart;
    for (int s = 0; s < chart->series_count; s++) {
        Points points = series_points(r, s);
        Decimal mean;
        if (!points.sound || points.count < 2 ||
            !decimal_div(points.sum, decimal_from_int(points.count), &mean))
            continue;
        bool whole = points.decimals == 0 && decimal_trim(mean).scale == 0;
        int decimals = points.decimals || whole ? points.decimals : 1;
        word(r, add(r, (Place){series_name(chart, s), "平均"}, "平均", &points, mean), decimals);
    }
}

void reckoned_find(Arena *arena, const DocChart *chart, ReckonedList *out)
{
    Reckoning reckoning = {arena, chart, out}, *r = &reckoning;
    if (chart->labels && (chart->kind == CHART_PIE || chart->kind == CHART_DONUT))
        reckon_pie(r);
    else if (chart->labels && chart->kind == CHART_PERCENT)
        reckon_shares(r);
    else if (chart->labels && chart->kind == CHART_STACKED)
        reckon_sums(r);
    else if (chart->kind == CHART_BULLET && chart->labels)
        reckon_reached(r);
    if (chart->average && takes_mean(chart->kind))
        reckon_means(r);
}

/* ---- the period before ---- */

static bool move_back(ChartPoint *point)
{
    const Provenance *figure = point->figure;
    if (!figure || figure->past || !figure->has_previous)
        return false;
    point->missing = false;
    point->value = figure->previous;
    return true;
}

bool reckoned_before(Arena *arena, const DocChart *chart, ReckonedList *out)
{
    DocChart before = *chart;
    size_t points = (size_t)chart->category_count;
    if (chart->targets)
        return false;
    before.series =
        arena_copy(arena, chart->series, (size_t)chart->series_count * sizeof *chart->series);
    for (int s = 0; s < chart->series_count; s++) {
        before.series[s].points =
            arena_copy(arena, chart->series[s].points, points * sizeof(ChartPoint));
        for (int c = 0; c < chart->category_count; c++)
            if (!move_back(&before.series[s].points[c]))
                return false;
    }
    reckoned_find(arena, &before, out);
    return true;
}
