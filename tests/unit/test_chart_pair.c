/* What stands round the drawing of a chart: two side by side, the line of the source, the words for
 * those who cannot see it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "chart_drawing.h"

static ChartPoint points[] = {
    {.value = {.mantissa = 4}, .label = "4"}, {.value = {.mantissa = 3}, .label = "3"}};
static const char *categories[] = {"长塘村", "大湾村"};
static ChartSeries series[] = {{.name = "生活垃圾", .points = points}};

static DocChart chart_of(Arena *arena, int number, const char *caption)
{
    return (DocChart){.kind = CHART_BAR,
        .number = number,
        .caption = inline_text(arena, caption, (At){.data = NULL}),
        .labels = true,
        .alt = "图意",
        .categories = categories,
        .category_count = 2,
        .series = series,
        .series_count = 1};
}

static const GlyphRun *run_find(const Page *page, const char *text)
{
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == MARK_GLYPHS &&
            strncmp(page->marks[i].run.text, text, strlen(text)) == 0)
            return &page->marks[i].run;
    return NULL;
}

/* Captions stand in one line, whatever the heights; no mark of one lies in the other's half. */
static void test_pair(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocChart left = chart_of(arena, 1, "生活垃圾"), right = chart_of(arena, 2, "污水");
    right.height_lines = 14;
    Drawing drawing = {.ts = {.arena = arena, .fonts = fixture.fonts, .diags = diag_new(arena)}};
    drawing.ts.pages = pages_new(arena);
    Page *page = pages_add(drawing.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    ChartPair pair = {&left, &right};
    Length measure = LENGTH_MM(156), x = LENGTH_MM(28), y = LENGTH_MM(37);
    Length half = chart_pair_measure(measure);
    assert_int_equal(
        chart_pair_height(&drawing.ts, &pair, measure), chart_height(&drawing.ts, &right, half));
    assert_true(chart_pair_place(&drawing.ts, page, &pair, x, y, measure));
    assert_int_equal(run_find(page, "图1")->glyphs[0].y, run_find(page, "图2")->glyphs[0].y);
    const Pages *pages = drawing.ts.pages;
    assert_int_equal(pages->figure_count, 2);
    assert_string_equal(pages->figures[0].title, "图1　生活垃圾");
    assert_int_equal(pages->figures[0].end, pages->figures[1].first);
    assert_int_equal(pages->figures[1].end, page->mark_count);
    for (size_t i = 0; i < page->mark_count; i++) {
        const Mark *mark = &page->marks[i];
        bool first = i < pages->figures[0].end;
        Length at = mark->kind == MARK_GLYPHS ? mark->run.glyphs[0].x
                    : mark->kind == MARK_RECT ? mark->rect.x
                                              : mark->shape.path.points[0].x;
        assert_true(first ? at <= x + half : at >= x + measure - half);
    }
    arena_free(arena);
}

/* Labels take the width from a circle of a pair: it takes no more height than it fills. */
static void test_round_pair(void **state)
{
    (void)state;
    static const char *const values[] = {"25", "50", "20"};
    Arena *arena = arena_new();
    for (ChartKind kind = CHART_PIE; kind <= CHART_DONUT; kind++) {
        DocChart *chart = made_chart(arena, kind, 3, 1, values);
        Drawing wide = draw(chart), half = draw_at(chart, chart_pair_measure(AREA));
        assert_true(box_height(&half.frame) < box_height(&wide.frame));
        finish(&wide);
        finish(&half);
    }
    arena_free(arena);
}

/* Below the caption, smaller, and its room counted. */
static void test_source(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    DocChart chart = chart_of(arena, 1, "生活垃圾");
    Drawing plain = draw(&chart);
    Length without = box_height(&plain.frame);
    chart.source = inline_text(arena, "生活垃圾月", (At){.data = NULL});
    Drawing drawing = draw(&chart);
    const GlyphRun *caption = run_find(drawing.page, "图1"),
                   *source = run_find(drawing.page, "生活垃圾月");
    assert_true(drawing.placed);
    assert_int_equal(box_height(&drawing.frame), without); /* on whole lines as before */
    assert_true(source->glyphs[0].y > caption->glyphs[0].y);
    assert_true(source->glyphs[0].y <= drawing.frame.bottom);
    assert_int_equal(source->size, LENGTH_PT(9));
    finish(&plain);
    finish(&drawing);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pair),
        cmocka_unit_test(test_round_pair), cmocka_unit_test(test_source)};
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
