/* What the chart tests share: the fonts, cut once for all, and a chart drawn alone on a page. */
#ifndef TESTS_CHART_DRAWING_H
#define TESTS_CHART_DRAWING_H

#include <stdio.h>
#include <stdlib.h>
#include "typeset/chart/canvas.h"
#include "typeset/chart/chart.h"

static const char HAN[] = "长塘大湾石桥新屋洋江龙潭白马红旗双溪枫树坪上柳林金鸡岭南山太平寺村";
static const char WORDS[] = "生活垃圾清理量乱堆放污水其他本年去年月个吨各村（）一二三四";

typedef struct Fixture {
    Arena *arena;
    FontSet *fonts;
    PageFont *list;
    int list_count;
    Diags *diags;
} Fixture;

static Fixture fixture;

static inline int open_fonts(void **state)
{
    (void)state;
    const char *folder = getenv("WENYIN_FONTS");
    fixture.arena = arena_new();
    fixture.diags = diag_new(fixture.arena);
    fixture.fonts = fonts_open(fixture.arena, folder ? folder : "fonts/files", fixture.diags);
    if (!fixture.fonts)
        return -1;
    for (ChartKind kind = 0; kind < CHART_KIND_COUNT; kind++)
        chart_need(fixture.fonts, &(DocChart){.number = 1, .kind = kind, .average = true});
    for (Role role = ROLE_HEI; role <= ROLE_SONG; role += ROLE_SONG - ROLE_HEI) {
        fonts_need(fixture.fonts, role, HAN, (At){0});
        fonts_need(fixture.fonts, role, WORDS, (At){0});
    }
    return fonts_cut(fixture.fonts) ? 0 : -1;
}

static inline int close_fonts(void **state)
{
    (void)state;
    fonts_close(fixture.fonts);
    arena_free(fixture.arena);
    return 0;
}

/* ---------------------------------------------------------------- one drawing */

typedef struct Drawing {
    Typesetter ts;
    const DocChart *chart;
    Page *page;
    Box frame;
    bool placed;
} Drawing;

static const Length AREA = LENGTH_MM(156); /* as wide as the type area */

static inline Drawing draw_at(const DocChart *chart, Length measure)
{
    Arena *arena = arena_new();
    Drawing drawing = {.chart = chart};
    drawing.ts = (Typesetter){.arena = arena, .fonts = fixture.fonts, .diags = diag_new(arena)};
    drawing.ts.pages = pages_new(arena);
    drawing.page = pages_add(drawing.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    Length x = LENGTH_MM(28), y = LENGTH_MM(37);
    Length height = chart_height(&drawing.ts, chart, measure);
    drawing.frame = (Box){x, y, x + measure, y + height};
    drawing.placed = chart_place(&drawing.ts, drawing.page, chart, x, y, measure);
    fonts_list(fixture.fonts, drawing.ts.pages);
    return drawing;
}

static inline Drawing draw(const DocChart *chart)
{
    return draw_at(chart, AREA);
}

static inline void finish(Drawing *drawing)
{
    arena_free(drawing->ts.arena);
}

/* What is printed, read from top to bottom; or the messages. */
static inline char *printed(Drawing *drawing, bool messages)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (messages)
        diag_print(drawing->ts.diags, out, DIAG_TEXT);
    else
        pages_text(drawing->ts.pages, out);
    fclose(out);
    char *copy = arena_strdup(drawing->ts.arena, text);
    free(text);
    return copy;
}

/* ---------------------------------------------------------------- made data */

static inline void set_point(ChartPoint *point, const char *value)
{
    *point = (ChartPoint){.missing = !value, .label = value};
    assert_true(!value || decimal_parse(value, &point->value));
}

/* NULL among `values`: missing. */
static inline ChartPoint *points_of(Arena *arena, int count, const char *const *values)
{
    ChartPoint *points = ARENA_ARRAY(arena, ChartPoint, count);
    for (int i = 0; i < count; i++)
        set_point(&points[i], values[i]);
    return points;
}

/* `values`: series by series; NULL: all are 1. */
static inline DocChart *made_chart(
    Arena *arena, ChartKind kind, int categories, int series, const char *const *values)
{
    static const char *const names[] = {"长塘村", "大湾村", "石桥村", "新屋村", "洋江村", "龙潭村"};
    static const char *const series_names[] = {"本年", "去年", "其他", "三", "四", "一", "二"};
    enum { NAMES = sizeof names / sizeof *names, SERIES = sizeof series_names / sizeof(char *) };
    DocChart *chart = ARENA_NEW(arena, DocChart);
    *chart = (DocChart){.kind = kind, .unit = "吨", .labels = true};
    chart->category_count = categories;
    chart->categories = ARENA_ARRAY(arena, const char *, categories);
    for (int c = 0; c < categories; c++)
        chart->categories[c] = names[c % NAMES];
    chart->series_count = series;
    chart->series = ARENA_ARRAY(arena, ChartSeries, series);
    for (int s = 0; s < series; s++) {
        chart->series[s].name = series_names[s % SERIES];
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, categories);
        for (int c = 0; c < categories; c++)
            set_point(&chart->series[s].points[c], values ? values[s * categories + c] : "1");
    }
    return chart;
}

/* With the caption 图2　各村生活垃圾清理量. */
static inline DocChart *captioned_chart(
    Arena *arena, ChartKind kind, int categories, int series, const char *const *values)
{
    DocChart *chart = made_chart(arena, kind, categories, series, values);
    chart->number = 2;
    chart->caption = inline_text(arena, "各村生活垃圾清理量", (At){0});
    return chart;
}

#endif
