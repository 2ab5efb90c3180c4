/* Charts of random data: no text touches another, a bar or a line; nothing leaves the frame; bars
 * are as long as their figures. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "chart_marks.h"

/* ---------------------------------------------------------------- making data */

static void fill_series(Arena *arena, DocChart *chart, int power, uint32_t kind)
{
    Decimal equal = random_value(power, false);
    for (int s = 0; s < chart->series_count; s++) {
        chart->series[s].name = random_name(arena, 12);
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, chart->category_count);
        for (int c = 0; c < chart->category_count; c++) {
            ChartPoint *point = &chart->series[s].points[c];
            point->missing = kind == 1 && random_below(4) == 0;
            point->value =
                kind == 2 ? equal : random_value(power, kind == 3 && chart->kind != CHART_PIE);
            label_point(arena, point);
        }
    }
}

static DocChart *random_chart(Arena *arena, ChartKind kind)
{
    DocChart *chart = ARENA_NEW(arena, DocChart);
    chart->kind = kind;
    chart->number = 1;
    chart->caption = inline_text(arena, random_name(arena, 20), (At){0});
    chart->unit = random_below(2) ? "吨" : NULL;
    chart->labels = random_below(10) > 0;
    chart->category_count = 1 + (int)random_below(kind == CHART_PIE ? 12 : 40);
    chart->series_count = kind == CHART_PIE ? 1 : 1 + (int)random_below(4);
    chart->categories = ARENA_ARRAY(arena, const char *, chart->category_count);
    int most = 1 + (int)random_below(12);
    for (int c = 0; c < chart->category_count; c++)
        chart->categories[c] = random_name(arena, most);
    chart->series = ARENA_ARRAY(arena, ChartSeries, chart->series_count);
    fill_series(arena, chart, 1 + (int)random_below(12), random_below(5));
    return chart;
}

/* ---------------------------------------------------------------- properties */

static void check_texts(Drawing *drawing, const Boxes *texts)
{
    Page *page = drawing->page;
    check_apart(texts);
    for (size_t i = 0; i < page->mark_count; i++) {
        Box bar;
        if (page->marks[i].kind != MARK_SHAPE || !is_bar(&page->marks[i].shape))
            continue;
        shape_box(&page->marks[i].shape, &bar);
        for (size_t k = 0; k < texts->count; k++) {
            Box box = shrunk(texts->boxes[k]);
            assert_false(boxes_meet(&bar, &box));
        }
    }
}

/* Each figure that is not zero or missing has its bar, in order; lengths are in proportion. */
static void check_bars(Drawing *drawing)
{
    const DocChart *chart = drawing->chart;
    size_t mark = 0;
    double longest = 0, largest = 0;
    for (int pass = 0; pass < 2; pass++, mark = 0)
        for (int s = 0; s < chart->series_count; s++)
            for (int c = 0; c < chart->category_count; c++) {
                const ChartPoint *point = &chart->series[s].points[c];
                if (point->missing || decimal_sign(point->value) == 0)
                    continue;
                Box box;
                for (;; mark++) {
                    assert_true(mark < drawing->page->mark_count);
                    const Mark *found = &drawing->page->marks[mark];
                    if (found->kind != MARK_SHAPE || !is_bar(&found->shape))
                        continue;
                    shape_box(&found->shape, &box);
                    break;
                }
                mark++;
                double value = decimal_to_double(decimal_abs(point->value)),
                       length = box_height(&box);
                if (pass == 0 && value > largest) {
                    largest = value;
                    longest = length;
                } else if (pass == 1) {
                    double should = longest * value / largest;
                    assert_true(length >= should * 0.999 - 2 && length <= should * 1.001 + 2);
                }
            }
}

static bool sums_to_zero(const DocChart *chart)
{
    for (int c = 0; c < chart->category_count; c++)
        if (!chart->series[0].points[c].missing &&
            decimal_sign(chart->series[0].points[c].value) != 0)
            return false;
    return true;
}

static bool all_missing(const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (!chart->series[s].points[c].missing)
                return false;
    return true;
}

static void check_random(ChartKind kind, int trials)
{
    Arena *arena = arena_new();
    for (int i = 0; i < trials; i++) {
        arena_reset(arena);
        DocChart *chart = random_chart(arena, kind);
        Drawing drawing = draw(chart);
        bool sensible = !all_missing(chart) && (kind != CHART_PIE || !sums_to_zero(chart));
        assert_int_equal(drawing.placed, sensible);
        assert_int_equal(diag_failed(drawing.ts.diags), !sensible);
        Boxes texts = text_boxes(&drawing);
        if (sensible) {
            check_frame(&drawing, &texts);
            check_texts(&drawing, &texts);
        }
        if (sensible && kind != CHART_PIE)
            check_off_strokes(&drawing, &texts);
        if (sensible && kind == CHART_BAR)
            check_bars(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

static void test_bars(void **state)
{
    (void)state;
    check_random(CHART_BAR, 2000);
}

static void test_lines(void **state)
{
    (void)state;
    check_random(CHART_LINE, 1000);
}

static void test_pies(void **state)
{
    (void)state;
    check_random(CHART_PIE, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pies),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
