/* 条形, 堆叠, 百分比堆叠 of random data: bars are as long as their figures, parts stand on one
 * another, shares fill the whole, no text touches another or the edge of a bar, nothing leaves the
 * frame. Then what is refused, warned of, printed and read. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "chart_marks.h"

/* ---------------------------------------------------------------- bars on a page */

static Boxes bar_boxes(Drawing *drawing)
{
    Boxes all = {0};
    for (size_t i = 0; i < drawing->page->mark_count; i++) {
        const Mark *mark = &drawing->page->marks[i];
        if (mark->kind != MARK_SHAPE || !is_bar(&mark->shape))
            continue;
        all.boxes =
            arena_grow(drawing->ts.arena, all.boxes, all.count, &all.capacity, sizeof *all.boxes);
        shape_box(&mark->shape, &all.boxes[all.count++]);
    }
    return all;
}

/* The bar of each point in the order of drawing; NULL where there is none to be drawn. */
static const Box **bars_of_points(Drawing *drawing, const Boxes *bars)
{
    const DocChart *chart = drawing->chart;
    int series = chart->series_count, categories = chart->category_count;
    bool by_category = chart->kind == CHART_HBAR;
    const Box **found = ARENA_ARRAY(drawing->ts.arena, const Box *, series *categories);
    size_t next = 0;
    for (int i = 0; i < series * categories; i++) {
        int s = by_category ? i % series : i / categories;
        int c = by_category ? i / series : i % categories;
        const ChartPoint *point = &chart->series[s].points[c];
        if (point->missing || decimal_sign(point->value) == 0)
            continue;
        assert_true(next < bars->count);
        found[s * categories + c] = &bars->boxes[next++];
    }
    assert_int_equal(next, bars->count);
    return found;
}

static double figure(const ChartPoint *point)
{
    return point->missing ? 0 : decimal_to_double(decimal_abs(point->value));
}

static bool agrees(double is, double should)
{
    return is >= should * 0.999 - 2 && is <= should * 1.001 + 2;
}

/* ---------------------------------------------------------------- random data */

/* Within three powers of ten, so that each figure has a bar that can be measured. */
static void fill(Arena *arena, DocChart *chart, int power, uint32_t mix)
{
    Decimal least = {1, 0}, equal;
    for (int i = 2; i < power; i++)
        least.mantissa *= 10;
    equal = random_value(power, false);
    for (int s = 0; s < chart->series_count; s++) {
        chart->series[s].name = random_name(arena, 12);
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, chart->category_count);
        for (int c = 0; c < chart->category_count; c++) {
            ChartPoint *point = &chart->series[s].points[c];
            point->missing = mix == 1 && random_below(4) == 0;
            point->value =
                mix == 2 ? equal : random_value(power, mix == 3 && chart->kind != CHART_PERCENT);
            point->value.scale = 0;
            if (mix != 2 && decimal_cmp(decimal_abs(point->value), least) < 0)
                point->value = least;
            label_point(arena, point);
        }
    }
}

static DocChart *random_bars(Arena *arena, ChartKind kind)
{
    DocChart *chart = ARENA_NEW(arena, DocChart);
    chart->kind = kind;
    chart->number = 1;
    chart->caption = inline_text(arena, random_name(arena, 20), (At){0});
    chart->unit = random_below(2) ? "吨" : NULL;
    chart->labels = random_below(10) > 0;
    chart->average = random_below(8) == 0;
    chart->extremes = random_below(8) == 0;
    chart->category_count = 1 + (int)random_below(40);
    chart->series_count = 1 + (int)random_below(6);
    chart->categories = ARENA_ARRAY(arena, const char *, chart->category_count);
    int most = 1 + (int)random_below(12);
    for (int c = 0; c < chart->category_count; c++)
        chart->categories[c] = random_name(arena, most);
    chart->series = ARENA_ARRAY(arena, ChartSeries, chart->series_count);
    fill(arena, chart, 2 + (int)random_below(11), random_below(5));
    return chart;
}

/* ---------------------------------------------------------------- properties */

static void check_lengths(Drawing *drawing, const Box *const *bars, bool lying)
{
    const DocChart *chart = drawing->chart;
    double largest = 0, longest = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < chart->series_count * chart->category_count; i++) {
            double value =
                figure(&chart->series[i / chart->category_count].points[i % chart->category_count]);
            if (value == 0)
                continue;
            double length = lying ? box_width(bars[i]) : box_height(bars[i]);
            if (pass == 0 && value > largest) {
                largest = value;
                longest = length;
            } else if (pass == 1) {
                assert_true(agrees(length, longest * value / largest));
            }
        }
}

/* Parts begin where the one below ends; all stacks stand on one line. */
static void check_stacks(Drawing *drawing, const Box *const *bars)
{
    const DocChart *chart = drawing->chart;
    Length zero = 0;
    for (int c = 0; c < chart->category_count; c++) {
        Length top = 0, bottom = 0;
        for (int s = 0; s < chart->series_count; s++) {
            const Box *bar = bars[s * chart->category_count + c];
            if (!bar)
                continue;
            bool negative = decimal_sign(chart->series[s].points[c].value) < 0;
            Length start = negative ? bar->top : bar->bottom;
            zero = zero ? zero : start;
            assert_int_equal(start, negative && bottom ? bottom : !negative && top ? top : zero);
            *(negative ? &bottom : &top) = negative ? bar->bottom : bar->top;
        }
    }
}

static double stack_sum(const DocChart *chart, int category)
{
    double sum = 0;
    for (int s = 0; s < chart->series_count; s++)
        sum += figure(&chart->series[s].points[category]);
    return sum;
}

/* Each stack is as high as the others, each part as its share of it. */
static void check_shares(Drawing *drawing, const Box *const *bars)
{
    const DocChart *chart = drawing->chart;
    double whole = 0;
    for (int c = 0; c < chart->category_count; c++) {
        double height = 0;
        for (int s = 0; s < chart->series_count; s++) {
            const Box *bar = bars[s * chart->category_count + c];
            height += bar ? box_height(bar) : 0;
        }
        if (height == 0)
            continue;
        whole = whole > 0 ? whole : height;
        assert_true(agrees(height, whole));
        for (int s = 0; s < chart->series_count; s++) {
            const Box *bar = bars[s * chart->category_count + c];
            double share = figure(&chart->series[s].points[c]) / stack_sum(chart, c);
            assert_true(!bar || agrees(box_height(bar), share * whole));
        }
    }
}

/* A text stands clear of a bar, or well within one. */
static void check_edges(const Boxes *texts, const Boxes *bars, bool stacked)
{
    for (size_t i = 0; i < texts->count; i++) {
        Box text = shrunk(texts->boxes[i]);
        for (size_t k = 0; k < bars->count; k++) {
            Box room = bars->boxes[k];
            if (!boxes_meet(&text, &room))
                continue;
            assert_true(stacked);
            room.left += LENGTH_PT(1.5);
            room.right -= LENGTH_PT(1.5);
            assert_true(inside(&text, &room, 0));
        }
    }
}

static bool has_figures(const DocChart *chart)
{
    double sum = 0;
    int there = 0;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            sum += figure(&chart->series[s].points[c]);
            there += !chart->series[s].points[c].missing;
        }
    return there > 0 && (sum > 0 || chart->kind != CHART_PERCENT);
}

static void check_drawing(Drawing *drawing)
{
    ChartKind kind = drawing->chart->kind;
    Boxes texts = text_boxes(drawing), bars = bar_boxes(drawing);
    const Box **of = bars_of_points(drawing, &bars);
    check_frame(drawing, &texts);
    check_apart(&texts);
    check_edges(&texts, &bars, kind != CHART_HBAR);
    if (kind != CHART_PERCENT)
        check_lengths(drawing, of, kind == CHART_HBAR);
    if (kind != CHART_HBAR)
        check_stacks(drawing, of);
    if (kind == CHART_PERCENT)
        check_shares(drawing, of);
}

static void check_random(ChartKind kind, int trials)
{
    Arena *arena = arena_new();
    for (int i = 0; i < trials; i++) {
        arena_reset(arena);
        DocChart *chart = random_bars(arena, kind);
        Drawing drawing = draw(chart);
        /* The labels of many means find no room in a row: said exactly. */
        bool crowded = chart->average && strstr(printed(&drawing, true), "E387");
        assert_int_equal(drawing.placed, has_figures(chart) && !crowded);
        if (drawing.placed)
            check_drawing(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

static void test_lying(void **state)
{
    (void)state;
    check_random(CHART_HBAR, 1500);
}

static void test_stacked(void **state)
{
    (void)state;
    check_random(CHART_STACKED, 1500);
}

static void test_shares(void **state)
{
    (void)state;
    check_random(CHART_PERCENT, 1500);
}

/* ---------------------------------------------------------------- cases */

/* `values`: series by series; NULL: missing. */
static DocChart *case_chart(
    Arena *arena, ChartKind kind, int categories, int series, const char *const *values)
{
    static const char *const names[] = {"长塘村", "大湾村", "石桥村"};
    static const char *const series_names[] = {"本年", "去年", "其他"};
    DocChart *chart = ARENA_NEW(arena, DocChart);
    *chart = (DocChart){.kind = kind, .unit = "吨", .labels = true};
    chart->category_count = categories;
    chart->categories = arena_copy(arena, names, sizeof names);
    chart->series_count = series;
    chart->series = ARENA_ARRAY(arena, ChartSeries, series);
    for (int s = 0; s < series; s++) {
        chart->series[s].name = series_names[s];
        chart->series[s].points = points_of(arena, categories, values + s * categories);
    }
    return chart;
}

/* What is printed, read from top to bottom; or the messages. */
static const struct Case {
    ChartKind kind;
    int categories, series;
    const char *values[9];
    bool placed;
    const char *text, *message;
} cases[] = {
    /* flat table */
    {CHART_HBAR, 2, 1, {"4", "8"}, true, "单位：吨\n长塘村\t4\n大湾村\t8\n0 1 2 3 4 5 6 7 8\n",
        NULL},
    {CHART_HBAR, 2, 2, {"4", "-8.5", NULL, "0"}, true, "\n长塘村\t4.0\n大湾村\t-8.5 0.0\n", NULL},
    {CHART_HBAR, 2, 1, {"0", "0"}, true, "长塘村\t0\n大湾村\t0\n", NULL},
    {CHART_HBAR, 2, 1, {NULL, NULL}, false, "", "E313"},
    /* legend, ticks, totals, parts from the top */
    {CHART_STACKED, 2, 2, {"40", "50", "30", "20.5"}, true,
        "20 10 0\n去年\n本年\n70.0 70.5\n30.0 20.5\n40.0 50.0\n长塘村 大湾村\n", NULL},
    {CHART_STACKED, 2, 2, {"40", "50", "-30", "20"}, true, "\n40 70\n-30\n-30 20\n40 50\n", NULL},
    {CHART_STACKED, 2, 2, {"0", "5", "0", "5"}, true, "\n0 10\n5\n5\n", NULL},
    {CHART_STACKED, 2, 2, {"40", "50", NULL, "20"}, true, "\n40 70\n20\n40 50\n",
        "图中“长塘村”缺“去年”，合计或占比只算已有的部分（共 1 项有缺）"},
    {CHART_STACKED, 2, 2, {"40", NULL, "60", NULL}, true, "\n100\n60\n40\n", NULL},
    {CHART_STACKED, 1, 2, {"9000000000000000000", "9000000000000000000"}, false, "", "E381"},
    {CHART_PERCENT, 2, 2, {"1", "50", "2", "50"}, true,
        " 20% 10% 0%\n去年\n本年\n66.7% 50.0%\n33.3% 50.0%\n长塘村 大湾村\n", NULL},
    {CHART_PERCENT, 2, 2, {"1", "0", "2", "0"}, true, "\n66.7%\n33.3%\n",
        "图中“大湾村”合计为 0，没有占比，该处空着（共 1 项）"},
    {CHART_PERCENT, 2, 2, {"1", "3", "2", "-4"}, false, "", "“大湾村”的“去年”为 -4"},
    {CHART_PERCENT, 2, 2, {"0", "0", "0", NULL}, false, "", "E382"},
};

static void test_cases(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct Case *one = &cases[i];
        Drawing drawing =
            draw(case_chart(arena, one->kind, one->categories, one->series, one->values));
        const char *text = printed(&drawing, false), *messages = printed(&drawing, true);
        assert_int_equal(drawing.placed, one->placed);
        if (!strstr(text, one->text))
            fail_msg("case %zu: %s\nis no part of\n%s", i, one->text, text);
        if (one->message ? !strstr(messages, one->message) : *messages)
            fail_msg("case %zu: %s", i, messages);
        finish(&drawing);
    }
    arena_free(arena);
}

/* A chart of so many categories, all alike, with names of `characters`. */
static DocChart *long_chart(Arena *arena, int categories, int series, int characters)
{
    DocChart *chart = ARENA_NEW(arena, DocChart);
    *chart = (DocChart){.kind = CHART_HBAR, .number = 1, .labels = true};
    chart->caption = inline_text(arena, "各村", (At){0});
    chart->category_count = categories;
    chart->categories = ARENA_ARRAY(arena, const char *, categories);
    chart->series_count = series;
    chart->series = ARENA_ARRAY(arena, ChartSeries, series);
    for (int c = 0; c < categories; c++)
        chart->categories[c] = arena_strndup(arena, HAN, 3 * (size_t)characters);
    for (int s = 0; s < series; s++) {
        chart->series[s].name = "本年";
        chart->series[s].points = ARENA_ARRAY(arena, ChartPoint, categories);
        for (int c = 0; c < categories; c++)
            chart->series[s].points[c] = (ChartPoint){.value = {c + 1, 0}, .label = "7"};
    }
    return chart;
}

/* Lying bars grow with their categories up to a page, and names are whole at any length. */
static void test_growth(void **state)
{
    (void)state;
    static const struct Growth {
        int categories, series, characters, lines;
    } growths[] = {{1, 1, 3, 6}, {5, 1, 3, 6}, {17, 1, 3, 14}, {17, 1, 33, 14}, {40, 1, 12, 20},
        {40, 6, 12, 20}, {12, 2, 3, 13}};
    Arena *arena = arena_new();
    Length pitch = (LENGTH_MM(225) - LENGTH_PT(16)) / 21;
    for (size_t i = 0; i < sizeof growths / sizeof *growths; i++) {
        const struct Growth *growth = &growths[i];
        DocChart *chart = long_chart(arena, growth->categories, growth->series, growth->characters);
        Drawing drawing = draw(chart);
        assert_true(drawing.placed);
        int lines = (int)((box_height(&drawing.frame) + pitch - 1) / pitch);
        if (lines != growth->lines)
            fail_msg("growth %zu: %d lines", i, lines);
        assert_non_null(strstr(printed(&drawing, false), chart->categories[0]));
        finish(&drawing);
    }
    arena_free(arena);
}

/* More rows than a page has room for. */
static void test_too_many(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Drawing drawing = draw(long_chart(arena, 90, 1, 3));
    assert_false(drawing.placed);
    assert_non_null(strstr(printed(&drawing, true), "E317"));
    finish(&drawing);
    arena_free(arena);
}

/* Bars whose patterns cannot be seen are warned of, standing and lying. */
static void test_thin(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (ChartKind kind = CHART_BAR; kind <= CHART_HBAR; kind++) {
        DocChart *chart = long_chart(arena, 40, 6, 3);
        chart->kind = kind;
        Drawing drawing = draw(chart);
        assert_true(drawing.placed);
        assert_non_null(strstr(printed(&drawing, true), "W316: 图中 40 项各 6 组"));
        finish(&drawing);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lying),
        cmocka_unit_test(test_stacked),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_thin),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
