#include "typeset/chart/stack.h"
#include "typeset/chart/scale.h"

bool stack_is(ChartKind kind)
{
    return kind == CHART_STACKED || kind == CHART_PERCENT;
}

static const ChartPoint *point_of(const DocChart *chart, int series, int category)
{
    return &chart->series[series].points[category];
}

void stack_part(const DocChart *chart, int series, int category, double *from, double *to)
{
    int sign = decimal_sign(point_of(chart, series, category)->value);
    double sum = 0;
    for (int s = 0; s < series; s++) {
        const ChartPoint *point = point_of(chart, s, category);
        if (!point->missing && decimal_sign(point->value) == sign)
            sum += decimal_to_double(point->value);
    }
    *from = sum;
    *to = sum + decimal_to_double(point_of(chart, series, category)->value);
}

void stack_range(const DocChart *chart, double *low, double *high)
{
    *low = *high = 0;
    for (int c = 0; c < chart->category_count; c++)
        for (int s = 0; s < chart->series_count; s++) {
            double from, to;
            if (point_of(chart, s, c)->missing)
                continue;
            stack_part(chart, s, c, &from, &to);
            *low = to < *low ? to : *low;
            *high = to > *high ? to : *high;
        }
}

/* ---------------------------------------------------------------- sums */

typedef struct Sum {
    Decimal value;
    int parts, missing;
    bool fits;
} Sum;

/* Of the parts with this sign; zeros belong to the positive ones. */
static Sum sum_parts(const DocChart *chart, int category, bool negative)
{
    Sum sum = {.fits = true};
    for (int s = 0; s < chart->series_count; s++) {
        const ChartPoint *point = point_of(chart, s, category);
        sum.missing += point->missing;
        if (point->missing || (decimal_sign(point->value) < 0) != negative)
            continue;
        sum.parts++;
        sum.fits = sum.fits && decimal_add(sum.value, decimal_trim(point->value), &sum.value);
    }
    return sum;
}

/* A sum is printed as its parts are: of ratios in %. In 万 or 亿 plot_value_text puts it. */
static const char *total_label(Arena *arena, const DocChart *chart, Decimal total)
{
    char text[DECIMAL_TEXT];
    if (!chart->percent)
        return arena_strdup(arena, decimal_format(decimal_trim(total), text));
    return arena_printf(arena, "%s%%", scale_value(arena, total, -2, scale_places(total, -2)));
}

ChartPoint stack_total(Arena *arena, const DocChart *chart, int category, bool negative)
{
    Sum sum = sum_parts(chart, category, negative);
    bool other = sum_parts(chart, category, !negative).parts > 0;
    if (sum.parts == 0 || (decimal_sign(sum.value) == 0 && other))
        return (ChartPoint){.missing = true};
    return (ChartPoint){.value = sum.value, .label = total_label(arena, chart, sum.value)};
}

const DocChart *stack_shares(Arena *arena, const DocChart *chart)
{
    DocChart *shares = arena_copy(arena, chart, sizeof *chart);
    shares->percent = true;
    shares->unit = NULL;
    shares->series =
        arena_copy(arena, chart->series, (size_t)chart->series_count * sizeof *chart->series);
    for (int s = 0; s < chart->series_count; s++)
        shares->series[s].points = ARENA_ARRAY(arena, ChartPoint, chart->category_count);
    for (int c = 0; c < chart->category_count; c++) {
        Decimal total = sum_parts(chart, c, false).value;
        for (int s = 0; s < chart->series_count; s++) {
            const ChartPoint *point = point_of(chart, s, c);
            ChartPoint *share = &shares->series[s].points[c];
            share->missing = point->missing || !decimal_div(point->value, total, &share->value);
            share->label = share->missing ? NULL : share_label(arena, point->value, total);
        }
    }
    return shares;
}

/* ---------------------------------------------------------------- checks */

static const char *name_or_empty(const char *name)
{
    return name ? name : "";
}

/* A sum without one of its parts is none of the whole. */
static void warn_of_gaps(const DocChart *chart, Diags *diags)
{
    int gaps = 0, category = 0, series = 0;
    for (int c = chart->category_count - 1; c >= 0; c--) {
        int missing = sum_parts(chart, c, false).missing;
        if (missing == 0 || missing == chart->series_count)
            continue;
        gaps++;
        category = c;
        for (series = 0; !point_of(chart, series, c)->missing;)
            series++;
    }
    if (gaps > 0)
        diag_add(diags, DIAG_W317, &chart->at, name_or_empty(chart->categories[category]),
            name_or_empty(chart->series[series].name), gaps);
}

bool stack_check(const DocChart *chart, Diags *diags)
{
    for (int c = 0; c < chart->category_count; c++)
        for (int negative = 0; negative < 2; negative++)
            if (!sum_parts(chart, c, negative).fits)
                return diag_add(diags, DIAG_E381, &chart->at, name_or_empty(chart->categories[c]));
    warn_of_gaps(chart, diags);
    return true;
}

static bool check_signs(const DocChart *chart, Diags *diags)
{
    char text[DECIMAL_TEXT];
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = point_of(chart, s, c);
            if (point->missing || decimal_sign(point->value) >= 0)
                continue;
            diag_add(diags, DIAG_E380, &chart->at, name_or_empty(chart->categories[c]),
                name_or_empty(chart->series[s].name), decimal_format(point->value, text));
            diag_hint(diags, DIAG_H317);
            return false;
        }
    return true;
}

bool stack_check_shares(const DocChart *chart, Diags *diags)
{
    if (!check_signs(chart, diags) || !stack_check(chart, diags))
        return false;
    int zeros = 0, wholes = 0, category = 0;
    for (int c = chart->category_count - 1; c >= 0; c--) {
        Sum sum = sum_parts(chart, c, false);
        bool zero = sum.parts > 0 && decimal_sign(sum.value) == 0;
        wholes += sum.parts > 0 && !zero;
        zeros += zero;
        category = zero ? c : category;
    }
    if (wholes == 0)
        return diag_add(diags, DIAG_E382, &chart->at);
    if (zeros > 0)
        diag_add(diags, DIAG_W318, &chart->at, name_or_empty(chart->categories[category]), zeros);
    return true;
}
