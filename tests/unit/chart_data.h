/* Random charts of any kind, with all that a template can ask of one; data that a kind cannot show
 * comes in now and then. */
#ifndef TESTS_CHART_DATA_H
#define TESTS_CHART_DATA_H

#include "base/buf.h"
#include "chart_drawing.h"

/* ---------------------------------------------------------------- chance */

static uint32_t seed = 20240601;

static inline uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(seed >> 4) * limit) >> 28);
}

static inline bool once_in(uint32_t times)
{
    return random_below(times) == 0;
}

static inline int random_between(int least, int most)
{
    return least + (int)random_below((uint32_t)(most - least + 1));
}

/* Of 1 to `most` characters. */
static inline const char *random_name(Arena *arena, int most)
{
    Buf name = {0};
    for (int count = random_between(1, most); count > 0; count--)
        buf_add(&name, HAN + 3 * random_below((sizeof HAN - 1) / 3), 3);
    char *kept = arena_strdup(arena, name.data);
    buf_free(&name);
    return kept;
}

/* ---------------------------------------------------------------- figures */

typedef enum Mix { PLAIN, GAPS, EQUAL, NEGATIVE, ZEROS, RATIOS, NO_FIGURES, MIX_COUNT } Mix;

/* Below 10^power, with up to two decimals. */
static inline Decimal random_value(int power, bool negative)
{
    int64_t limit = 1;
    for (int i = 0; i < power; i++)
        limit *= 10;
    uint64_t bits = (uint64_t)random_below(1u << 28) << 14 | random_below(1u << 14);
    int64_t mantissa = (int64_t)(bits % ((uint64_t)limit + 1));
    return (Decimal){
        negative && once_in(3) ? -mantissa : mantissa, power > 9 ? 0 : (int)random_below(3)};
}

/* The label of a point says its value. */
static inline void label_point(Arena *arena, ChartPoint *point, bool percent)
{
    char text[DECIMAL_TEXT];
    Decimal figure = {point->value.mantissa, point->value.scale - (percent ? 2 : 0)};
    decimal_format(figure, text);
    point->label = percent ? arena_printf(arena, "%s%%", text) : arena_strdup(arena, text);
}

static inline ChartPoint random_point(Arena *arena, int power, Mix mix)
{
    ChartPoint point = {.missing = mix == NO_FIGURES || (mix == GAPS && once_in(4))};
    point.value = mix == ZEROS && once_in(3) ? (Decimal){0, 0}
                  : mix == RATIOS            ? (Decimal){(int64_t)random_below(2000), 3}
                                             : random_value(power, mix == NEGATIVE);
    label_point(arena, &point, mix == RATIOS);
    return point;
}

static inline ChartPoint *random_points(Arena *arena, int count, int power, Mix mix)
{
    ChartPoint *points = ARENA_ARRAY(arena, ChartPoint, count);
    for (int c = 0; c < count; c++)
        points[c] = mix == EQUAL && c > 0 ? points[0] : random_point(arena, power, mix);
    return points;
}

/* ---------------------------------------------------------------- names */

static inline const char **random_names(Arena *arena, int count, int most)
{
    const char **names = ARENA_ARRAY(arena, const char *, count);
    for (int c = 0; c < count; c++)
        names[c] = random_name(arena, most);
    return names;
}

/* 2022年1月 …, or of one year 1月 …. */
static inline const char **month_names(Arena *arena, int count)
{
    const char **names = ARENA_ARRAY(arena, const char *, count);
    for (int c = 0; c < count; c++)
        names[c] = count > 12 ? arena_printf(arena, "%d年%d月", 2022 + c / 12, c % 12 + 1)
                              : arena_printf(arena, "%d月", c + 1);
    return names;
}

/* This year against those before, whose last months are not there yet. */
static inline void make_years(Arena *arena, DocChart *chart)
{
    int first = random_between(0, chart->category_count);
    for (int s = 0; s < chart->series_count; s++)
        chart->series[s].name = arena_printf(arena, "%d年", 2019 + s);
    for (int c = first; c < chart->category_count; c++)
        chart->series[chart->series_count - 1].points[c].missing = true;
}

/* ---------------------------------------------------------------- charts */

/* What a kind bears; others bear all. */
static const struct Bounds {
    int least, most, series;
} bounds[CHART_KIND_COUNT] = {
    [CHART_PIE] = {1, 24, 1},
    [CHART_DONUT] = {1, 24, 1},
    [CHART_BULLET] = {1, 36, 1},
    [CHART_HEAT] = {1, 40, 30},
    [CHART_RADAR] = {3, 12, 4},
};

static inline void random_size(DocChart *chart)
{
    struct Bounds size = bounds[chart->kind];
    if (size.most == 0 || once_in(16))
        size = (struct Bounds){1, 40, 6};
    chart->category_count = random_between(size.least, size.most);
    chart->series_count = random_between(1, size.series);
    if (chart->kind == CHART_HEAT && once_in(2))
        chart->series_count = random_between(1, 6);
}

static inline void random_series(Arena *arena, DocChart *chart, Mix mix)
{
    int power = random_between(1, 12), longest = random_between(1, 12);
    chart->series = ARENA_ARRAY(arena, ChartSeries, chart->series_count);
    ChartPoint *first = NULL;
    for (int s = 0; s < chart->series_count; s++) {
        ChartSeries *series = &chart->series[s];
        series->second = chart->kind == CHART_COMBO && once_in(2);
        int own = series->second ? random_between(1, 12) : power;
        series->name = random_name(arena, longest);
        series->points =
            first && mix == EQUAL ? first : random_points(arena, chart->category_count, own, mix);
        first = series->points;
    }
    chart->percent = chart->second_percent = mix == RATIOS;
}

/* 进度 has a target for nearly each, 雷达 full marks for all. */
static inline void random_targets(Arena *arena, DocChart *chart, Mix mix)
{
    bool wanted = chart->kind == CHART_BULLET ? !once_in(40) : once_in(3);
    if (!wanted || (chart->kind != CHART_BULLET && chart->kind != CHART_RADAR))
        return;
    int power = random_between(1, 12);
    Mix own = chart->kind == CHART_BULLET && mix == GAPS ? GAPS : mix == RATIOS ? RATIOS : PLAIN;
    chart->targets = random_points(arena, chart->category_count, power, own);
}

static inline void random_marks(Arena *arena, DocChart *chart)
{
    chart->average = once_in(4);
    chart->extremes = once_in(4);
    if (!once_in(4))
        return;
    ChartPoint target = chart->series[0].points[0];
    target.missing = false;
    if (chart->kind == CHART_PERCENT) { /* of shares, whatever the figures are */
        target.value = (Decimal){(int64_t)random_below(1300), 3};
        label_point(arena, &target, true);
    }
    chart->target = arena_copy(arena, &target, sizeof target);
    chart->target_name = arena_printf(arena, "目标%s", target.label);
}

static inline void random_words(Arena *arena, DocChart *chart)
{
    static const char *const units[] = {NULL, "吨", "个月", "单位：吨", ""};
    chart->unit = units[random_below(5)];
    chart->second_unit = units[random_below(5)];
    chart->caption = once_in(10) ? NULL : inline_text(arena, random_name(arena, 20), (At){0});
    chart->number = chart->caption ? 1 : 0;
    chart->source = once_in(4) ? inline_text(arena, random_name(arena, 40), (At){0}) : NULL;
    chart->labels = !once_in(10);
    chart->palette = (ChartPalette)random_below(3);
    chart->height_lines = once_in(4) ? random_between(6, 20) : 0;
}

static inline DocChart *random_chart(Arena *arena, ChartKind kind)
{
    DocChart *chart = ARENA_NEW(arena, DocChart);
    *chart = (DocChart){.kind = kind};
    Mix mix = once_in(3) ? (Mix)random_below(MIX_COUNT) : PLAIN;
    bool signless = kind >= CHART_PIE || kind == CHART_PERCENT;
    if (mix == NEGATIVE && signless && kind != CHART_HEAT && !once_in(8))
        mix = PLAIN;
    if (mix == NO_FIGURES && !once_in(4))
        mix = GAPS;
    random_size(chart);
    random_series(arena, chart, mix);
    bool months = once_in(6);
    chart->categories = months ? month_names(arena, chart->category_count)
                               : random_names(arena, chart->category_count, random_between(1, 12));
    if (months && once_in(2))
        make_years(arena, chart);
    random_targets(arena, chart, mix);
    random_marks(arena, chart);
    random_words(arena, chart);
    return chart;
}

/* As wide as the type area, one of a pair, or on a landscape page. */
static inline Length random_measure(void)
{
    uint32_t chance = random_below(8);
    return chance == 0 ? chart_pair_measure(AREA) : chance == 1 ? LENGTH_MM(225) : AREA;
}

#endif
