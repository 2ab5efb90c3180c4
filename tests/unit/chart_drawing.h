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

static inline Drawing draw(const DocChart *chart)
{
    Arena *arena = arena_new();
    Drawing drawing = {.chart = chart};
    drawing.ts = (Typesetter){.arena = arena, .fonts = fixture.fonts, .diags = diag_new(arena)};
    drawing.ts.pages = pages_new(arena);
    drawing.page = pages_add(drawing.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    Length x = LENGTH_MM(28), y = LENGTH_MM(37), measure = LENGTH_MM(156);
    Length height = chart_height(&drawing.ts, chart, measure);
    drawing.frame = (Box){x, y, x + measure, y + height};
    drawing.placed = chart_place(&drawing.ts, drawing.page, chart, x, y, measure);
    fonts_list(fixture.fonts, drawing.ts.pages);
    return drawing;
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

#endif
