#include "document/chart_text.h"

#include <string.h>
#include "base/buf.h"

static const char *const names[CHART_KIND_COUNT] = {[CHART_BAR] = "柱状图",
    [CHART_HBAR] = "条形图",
    [CHART_STACKED] = "堆叠柱状图",
    [CHART_PERCENT] = "百分比堆叠柱状图",
    [CHART_LINE] = "折线图",
    [CHART_COMBO] = "组合图",
    [CHART_PIE] = "饼图",
    [CHART_DONUT] = "环形图",
    [CHART_BULLET] = "进度图",
    [CHART_HEAT] = "热力图",
    [CHART_RADAR] = "雷达图"};

enum { NAMED_MOST = 8 }; /* a sentence names so many at most */

typedef struct Telling {
    const DocChart *chart;
    Buf text;
} Telling;

/* 42.5吨, 12.3%. */
static void add_figure(Telling *telling, const ChartPoint *point, bool second)
{
    const DocChart *chart = telling->chart;
    bool percent = second ? chart->second_percent : chart->percent;
    const char *unit = second ? chart->second_unit : chart->unit;
    buf_adds(&telling->text, point->label);
    if (!percent && unit)
        buf_adds(&telling->text, unit);
}

static void add_place(Telling *telling, const ChartSeries *series, int category)
{
    buf_adds(&telling->text, telling->chart->categories[category]);
    add_figure(telling, &series->points[category], series->second);
}

/* 前江村96.5分; of several that are equal 长塘村等3项均96分. */
static void add_extreme(Telling *telling, const ChartSeries *series, int category)
{
    const ChartPoint *points = series->points;
    int equal = 0;
    for (int c = 0; c < telling->chart->category_count; c++)
        equal += !points[c].missing && decimal_cmp(points[c].value, points[category].value) == 0;
    buf_adds(&telling->text, telling->chart->categories[category]);
    if (equal > 1)
        buf_addf(&telling->text, "等%d项均", equal);
    add_figure(telling, &points[category], series->second);
}

static bool has_full_marks(const DocChart *chart)
{
    return chart->kind == CHART_RADAR && chart->targets;
}

/* The first of its kind; -1: there is none. */
static int extreme(const DocChart *chart, const ChartSeries *series, int sign)
{
    int found = -1;
    for (int c = 0; c < chart->category_count; c++)
        if (!series->points[c].missing &&
            (found < 0 ||
                decimal_cmp(series->points[c].value, series->points[found].value) * sign > 0))
            found = c;
    return found;
}

static int end_point(const DocChart *chart, const ChartSeries *series, bool last)
{
    for (int i = 0; i < chart->category_count; i++) {
        int c = last ? chart->category_count - 1 - i : i;
        if (!series->points[c].missing)
            return c;
    }
    return -1;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t length = strlen(text), bytes = strlen(tail);
    return length >= bytes && strcmp(text + length - bytes, tail) == 0;
}

/* Where the months that are not there yet begin: the last ones, two or more; else the end. */
static int future(const DocChart *chart, const ChartSeries *series)
{
    int from = end_point(chart, series, true) + 1;
    const char *name = from < chart->category_count ? chart->categories[from] : NULL;
    bool time = name && (ends_with(name, "月") || ends_with(name, "季度") || ends_with(name, "年"));
    return time && from + 1 < chart->category_count ? from : chart->category_count;
}

/* 3月、5月没有数, or how many of them; 7月起没有数. */
static void tell_gaps(Telling *telling, const ChartSeries *series)
{
    const DocChart *chart = telling->chart;
    int count = 0, end = future(chart, series);
    for (int c = 0; c < end; c++)
        count += series->points[c].missing;
    if (count > NAMED_MOST)
        buf_addf(&telling->text, "，%d项没有数", count);
    const char *between = "，";
    for (int c = 0; count <= NAMED_MOST && c < end; c++) {
        if (!series->points[c].missing)
            continue;
        buf_addf(&telling->text, "%s%s", between, chart->categories[c]);
        between = "、";
    }
    if (count > 0 && count <= NAMED_MOST)
        buf_adds(&telling->text, "没有数");
    if (end < chart->category_count)
        buf_addf(&telling->text, "，%s起没有数", chart->categories[end]);
}

/* A line is a course from its first point to its last. */
static void tell_course(Telling *telling, const ChartSeries *series)
{
    const DocChart *chart = telling->chart;
    int first = end_point(chart, series, false), last = end_point(chart, series, true);
    if ((chart->kind != CHART_LINE && !series->second) || first == last)
        return;
    buf_adds(&telling->text, "，从");
    add_place(telling, series, first);
    buf_adds(&telling->text, "到");
    add_place(telling, series, last);
}

/* Which of several figures with full marks of their own is the highest says nothing. */
static void tell_marks(Telling *telling, const ChartSeries *series)
{
    for (int c = 0; c < telling->chart->category_count; c++) {
        if (series->points[c].missing)
            continue;
        buf_adds(&telling->text, "，");
        add_place(telling, series, c);
    }
    tell_gaps(telling, series);
}

static void tell_series(Telling *telling, const ChartSeries *series)
{
    const DocChart *chart = telling->chart;
    if (has_full_marks(chart)) {
        tell_marks(telling, series);
        return;
    }
    int high = extreme(chart, series, 1), low = extreme(chart, series, -1);
    if (high < 0) {
        buf_adds(&telling->text, "，没有数");
        return;
    }
    tell_course(telling, series);
    if (end_point(chart, series, false) == end_point(chart, series, true)) {
        buf_adds(&telling->text, chart->category_count > 1 ? "，只有" : "，");
        add_place(telling, series, high);
    } else if (decimal_cmp(series->points[high].value, series->points[low].value) == 0) {
        buf_adds(&telling->text, "，都是");
        add_figure(telling, &series->points[high], series->second);
    } else {
        buf_adds(&telling->text, "，最高");
        add_extreme(telling, series, high);
        buf_adds(&telling->text, "，最低");
        add_extreme(telling, series, low);
    }
    tell_gaps(telling, series);
}

static void tell_all_series(Telling *telling)
{
    const DocChart *chart = telling->chart;
    if (chart->series_count == 1) {
        tell_series(telling, &chart->series[0]);
        return;
    }
    buf_addf(&telling->text, "，%d组", chart->series_count);
    for (int s = 0; s < chart->series_count; s++) {
        if (s == NAMED_MOST) {
            buf_adds(&telling->text, "；……");
            return;
        }
        buf_addf(&telling->text, "；%s", chart->series[s].name);
        tell_series(telling, &chart->series[s]);
    }
}

static void tell_full_marks(Telling *telling)
{
    const DocChart *chart = telling->chart;
    const char *between = "；满分：";
    for (int c = 0; c < chart->category_count; c++) {
        if (chart->targets[c].missing)
            continue; /* refused when it is drawn */
        buf_addf(&telling->text, "%s%s", between, chart->categories[c]);
        add_figure(telling, &chart->targets[c], false);
        between = "、";
    }
}

/* One figure for all, or how many reach their own. */
static void tell_targets(Telling *telling)
{
    const DocChart *chart = telling->chart;
    if (has_full_marks(chart)) {
        tell_full_marks(telling);
        return;
    }
    if (chart->target) {
        buf_adds(&telling->text, "；目标");
        if (chart->kind == CHART_PERCENT)
            buf_adds(&telling->text, chart->target->label); /* a share, not as the figures */
        else
            add_figure(telling, chart->target, false);
    }
    if (!chart->targets || chart->series_count == 0)
        return;
    int set = 0, reached = 0;
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *done = &chart->series[0].points[c], *target = &chart->targets[c];
        set += !target->missing;
        reached +=
            !target->missing && !done->missing && decimal_cmp(done->value, target->value) >= 0;
    }
    buf_addf(&telling->text, "；%d项有目标，其中%d项不低于目标", set, reached);
}

/* The parts of a whole add up; whether other figures may be added a chart does not know. */
static void tell_sum(Telling *telling)
{
    const DocChart *chart = telling->chart;
    Decimal sum = decimal_from_int(0);
    char text[DECIMAL_TEXT];
    bool whole = chart->kind == CHART_PIE || chart->kind == CHART_DONUT;
    for (int c = 0; whole && chart->series_count == 1 && c < chart->category_count; c++)
        if (!chart->series[0].points[c].missing)
            whole = decimal_add(sum, chart->series[0].points[c].value, &sum);
    if (whole && chart->series_count == 1 && !chart->percent)
        buf_addf(&telling->text, "；合计%s%s", decimal_format(decimal_trim(sum), text),
            chart->unit ? chart->unit : "");
}

const char *chart_alt(Arena *arena, const DocChart *chart, const char *noun)
{
    Telling telling = {.chart = chart};
    buf_adds(&telling.text, names[chart->kind]);
    if (chart->caption)
        buf_addf(&telling.text, "：%s", inline_plain(arena, chart->caption));
    buf_addf(&telling.text, "，%d%s", chart->category_count, noun);
    tell_all_series(&telling);
    tell_targets(&telling);
    tell_sum(&telling);
    buf_adds(&telling.text, "。");
    char *text = arena_strndup(arena, telling.text.data, telling.text.length);
    buf_free(&telling.text);
    return text;
}

const char *chart_title(Arena *arena, const DocChart *chart)
{
    const char *caption = chart->caption ? inline_plain(arena, chart->caption) : "";
    if (chart->number == 0)
        return caption;
    return arena_printf(arena, "图%d%s%s", chart->number, *caption ? "　" : "", caption);
}
