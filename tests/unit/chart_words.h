/* Charts for tests, written as a clerk writes them, and what is printed of them. */
#ifndef TESTS_CHART_WORDS_H
#define TESTS_CHART_WORDS_H

#include <stdlib.h>
#include "chart_marks.h"

/* A figure as a clerk writes it: 42.5, 97.5%; "-" is none. */
static inline ChartPoint point_of(const char *text)
{
    ChartPoint point = {.missing = strcmp(text, "-") == 0, .label = text};
    size_t digits = strcspn(text, "%");
    char number[DECIMAL_TEXT];
    snprintf(number, sizeof number, "%.*s", (int)digits, text);
    assert_true(point.missing || decimal_parse(number, &point.value));
    point.value.scale += text[digits] == '%' ? 2 : 0;
    return point;
}

static inline char *next_word(Arena *arena, const char **at)
{
    *at += strspn(*at, " ");
    size_t bytes = strcspn(*at, " ");
    char *word = arena_strndup(arena, *at, bytes);
    *at += bytes;
    return word;
}

static inline int count_words(const char *text)
{
    int count = 0;
    for (text += strspn(text, " "); *text; text += strspn(text, " "), count++)
        text += strcspn(text, " ");
    return count;
}

/* Rows of words, the first of each its name ("+" before it: against the second axis); `names` are
 * the categories. */
static inline DocChart *chart_of(
    Arena *arena, ChartKind kind, const char *names, int series, const char *const *rows)
{
    DocChart *chart = ARENA_NEW(arena, DocChart);
    *chart = (DocChart){.kind = kind, .labels = true, .unit = "吨", .series_count = series};
    chart->category_count = count_words(names);
    chart->categories = ARENA_ARRAY(arena, const char *, chart->category_count);
    for (int c = 0; c < chart->category_count; c++)
        chart->categories[c] = next_word(arena, &names);
    chart->series = ARENA_ARRAY(arena, ChartSeries, series);
    for (int s = 0; s < series; s++) {
        const char *at = rows[s], *name = next_word(arena, &at);
        chart->series[s].second = *name == '+';
        chart->series[s].name = name + (*name == '+');
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, chart->category_count);
        for (int c = 0; c < chart->category_count; c++)
            chart->series[s].points[c] = point_of(next_word(arena, &at));
    }
    return chart;
}

static const char VILLAGES[] = "长塘村 大湾村 石桥村 新屋村 洋江村 龙潭村";
static const char MONTHS[] = "1月 2月 3月 4月 5月 6月 7月 8月";

#endif
