/* Axes and what stands on them: points where their figures are, gaps, the second axis, target and
 * mean rules, the highest and the lowest. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include "base/buf.h"
#include "chart_words.h"
#include "typeset/chart/line.h"
#include "typeset/chart/plot.h"

/* ---------------------------------------------------------------- lines */

/* A straight axis: two known figures say where all others are. */
typedef struct Measure {
    double value[2], at[2];
    int known;
} Measure;

static void measure(Measure *axis, double value, double at)
{
    if (axis->known < 2 && (axis->known == 0 || value != axis->value[0])) {
        axis->value[axis->known] = value;
        axis->at[axis->known++] = at;
    } else if (axis->known == 2 &&
               fabs(value - axis->value[0]) > fabs(axis->value[1] - axis->value[0])) {
        axis->value[1] = value; /* the further apart, the more exact */
        axis->at[1] = at;
    }
}

static void check_at(const Measure *axis, double value, double at)
{
    if (axis->known < 2)
        return;
    double share = (value - axis->value[0]) / (axis->value[1] - axis->value[0]);
    double should = axis->at[0] + share * (axis->at[1] - axis->at[0]);
    assert_true(fabs(at - should) <= 2 + 0.001 * fabs(should - axis->at[0]));
}

/* Stretches of two points and more, in order; each point of theirs is where its figure is. */
static int check_line(const Drawing *drawing, int series, int line)
{
    const DocChart *chart = drawing->chart;
    const ChartPoint *points = chart->series[series].points;
    Measure axis = {.known = 0};
    for (int pass = 0, first = line; pass < 2; pass++) {
        line = first;
        for (int c = 0, end; c < chart->category_count; c = end + 1) {
            for (end = c; end < chart->category_count && !points[end].missing;)
                end++;
            if (end - c < 2)
                continue;
            const Shape *shape = find_shape(drawing, is_line, line++);
            assert_non_null(shape);
            assert_int_equal(shape->path.point_count, end - c);
            for (int i = c; i < end; i++) {
                double value = decimal_to_double(points[i].value);
                if (pass == 0)
                    measure(&axis, value, shape->path.points[i - c].y);
                else
                    check_at(&axis, value, shape->path.points[i - c].y);
            }
        }
    }
    return line;
}

static void test_gaps(void **state)
{
    (void)state;
    static const char *const rows[] = {"量 5 7 - 9 - 4 8 6"};
    Arena *arena = arena_new();
    Drawing drawing = draw(chart_of(arena, CHART_LINE, MONTHS, 1, rows));
    assert_int_equal(count_shapes(&drawing, is_line), 2); /* 1—2月, 6—8月; 4月 is a point */
    assert_int_equal(check_line(&drawing, 0, 0), 2);
    assert_non_null(strstr(printed(&drawing, false), "5 7 9 4 8 6\n"));
    finish(&drawing);
    arena_free(arena);
}

/* Whatever their order: the latest year is bold and unbroken, the year before dashed. */
static void test_years(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "2023年 52.1 53 48.2 51.2 54.4 53.9 57.3 56.1", "2024年 55.3 51.1 50 58.2 57 60.4 61.9 59"};
    static const char *const turned[] = {rows[1], rows[0]};
    Arena *arena = arena_new();
    for (int latest = 0; latest < 2; latest++) {
        DocChart *chart = chart_of(arena, CHART_LINE, MONTHS, 2, latest == 1 ? rows : turned);
        Drawing drawing = draw(chart);
        const Shape *bold = find_shape(&drawing, is_line, latest),
                    *before = find_shape(&drawing, is_line, 1 - latest);
        assert_int_equal(bold->stroke_width, LENGTH_PT(2));
        assert_int_equal(bold->dash[0], 0);
        assert_int_equal(before->stroke_width, LENGTH_PT(1.25));
        assert_true(before->dash[0] > 0);
        finish(&drawing);
    }
    arena_free(arena);
}

/* Three years of months: years below, and names thinned out to the same months each year. */
static void test_months(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Buf names = {0}, row = {0};
    buf_addf(&row, "量");
    for (int i = 0; i < 36; i++) {
        buf_addf(&names, "%d年%d月 ", 2022 + i / 12, i % 12 + 1);
        buf_addf(&row, " %d", 300 + i * 37 % 91);
    }
    const char *rows[] = {row.data};
    Drawing drawing = draw(chart_of(arena, CHART_LINE, names.data, 1, rows));
    assert_non_null(strstr(printed(&drawing, false),
        "1月 3月 5月 7月 9月 11月 1月 3月 5月 7月 9月 11月 1月 3月 5月 7月 9月 11月\n"
        "2022年 2023年 2024年\n"));
    finish(&drawing);
    buf_free(&names);
    buf_free(&row);
    arena_free(arena);
}

/* ---------------------------------------------------------------- the second axis */

static const char *const combo_rows[] = {
    "+合格率 92.1% 95.3% - 97.5% 90.0% 85.2%", "清理量 42.5 38.1 31.0 52.2 - 25.4"};

static DocChart *combo_chart(Arena *arena)
{
    DocChart *chart = chart_of(arena, CHART_COMBO, VILLAGES, 2, combo_rows);
    chart->second_percent = true;
    return chart;
}

static void test_combo(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Drawing drawing = draw(combo_chart(arena));
    assert_int_equal(check_line(&drawing, 0, 0), 2);
    Box first, bar;
    shape_box(find_shape(&drawing, is_edged_bar, 0), &first);
    assert_int_equal(count_shapes(&drawing, is_edged_bar), 5);
    shape_box(find_shape(&drawing, is_edged_bar, 3), &bar);
    assert_int_equal(bar.bottom, first.bottom);
    double should = 52.2 / 42.5 * box_height(&first);
    assert_true(fabs(box_height(&bar) - should) <= 2 + 0.001 * should);
    const char *text = printed(&drawing, false);
    assert_non_null(strstr(text, "清理量 合格率（右轴）\n")); /* bars first, whatever their order */
    assert_non_null(strstr(text, "\n42.5 38.1 31.0 52.2 25.4 92.1% 95.3%"));
    assert_null(strstr(text, "未标注"));
    finish(&drawing);
    arena_free(arena);
}

/* A figure of zero has no bar. */
static void test_combo_of_zero(void **state)
{
    (void)state;
    static const char *const rows[] = {"清理量 12 0 5 0 7 -9", "+污水 20 12 17 14 21 30"};
    Arena *arena = arena_new();
    Drawing drawing = draw(chart_of(arena, CHART_COMBO, VILLAGES, 2, rows));
    assert_int_equal(count_shapes(&drawing, is_edged_bar), 4);
    finish(&drawing);
    arena_free(arena);
}

/* Ticks of both axes stand at the same heights, and a zero that both hold at one. */
static void test_pair_of_axes(void **state)
{
    (void)state;
    static const char *const rows[] = {"增减 12 -8 5 -3 7 9", "+累计 -20 12 17 14 21 30"};
    Arena *arena = arena_new();
    Typesetter ts = {.arena = arena, .fonts = fixture.fonts, .diags = fixture.diags};
    DocChart *charts[] = {combo_chart(arena), chart_of(arena, CHART_COMBO, VILLAGES, 2, rows)};
    for (int i = 0; i < 2; i++) {
        Canvas canvas = {
            .ts = &ts, .chart = charts[i], .frame = {0, 0, LENGTH_MM(156), LENGTH_MM(90)}};
        Plot plot;
        assert_true(plot_layout(&canvas, &plot));
        const Scale *left = &plot.scale, *right = &plot.second->scale;
        assert_int_equal(left->last - left->first, right->last - right->first);
        for (int64_t k = 0; k <= left->last - left->first; k++)
            assert_in_range(plot_y(&plot, (double)(left->first + k) * scale_step(left)) + 1 -
                                plot_y(plot.second, (double)(right->first + k) * scale_step(right)),
                0, 2);
        if (i == 1)
            assert_int_equal(plot_y(&plot, 0), plot_y(plot.second, 0));
        else
            assert_true(scale_low(right) > 0); /* rates near one another leave zero out */
    }
    arena_free(arena);
}

/* An axis without negative figures has no ticks below zero; one that leaves zero out says so. */
static void test_signs_of_axes(void **state)
{
    (void)state;
    static const char *const rows[] = {"清理量 700 650 620 688 637 675",
        "+环比 12% -6% -7% 10% -7% 5%", "+合格率 92% 95% 96% 97% 90% 95%"};
    static const char *const turned[] = {"增减 12 -8 5 -3 7 9", "+累计 10 20 30 20 10 20"};
    Arena *arena = arena_new();
    DocChart *chart = chart_of(arena, CHART_COMBO, VILLAGES, 2, rows);
    chart->second_percent = true;
    Drawing drawing = draw(chart);
    const char *text = printed(&drawing, false);
    assert_true(strstr(text, " 200 0\n") && strstr(text, " 0% -5% -10%\n"));
    finish(&drawing);
    drawing = draw(chart_of(arena, CHART_COMBO, VILLAGES, 2, turned));
    text = printed(&drawing, false);
    if (!strstr(text, "\t0\t-5\t-10\n") || !strstr(text, "\n30 20 10 0\n"))
        fail_msg("%s", text);
    finish(&drawing);
    chart = chart_of(arena, CHART_COMBO, VILLAGES, 2, (const char *const[]){rows[0], rows[2]});
    chart->second_percent = true;
    drawing = draw(chart);
    assert_non_null(strstr(printed(&drawing, false), "单位：吨 右轴从"));
    finish(&drawing);
    arena_free(arena);
}

/* The second unit stands at the right end of the head. */
static void test_second_unit(void **state)
{
    (void)state;
    static const char *const rows[] = {"清理量 12 8 5 3 7 9", "+污水 20 12 17 14 21 30"};
    Arena *arena = arena_new();
    DocChart *chart = chart_of(arena, CHART_COMBO, VILLAGES, 2, rows);
    chart->second_unit = "个";
    Drawing drawing = draw(chart);
    assert_non_null(strstr(printed(&drawing, false), "单位：吨 单位：个 清理量 污水（右轴）\n"));
    finish(&drawing);
    arena_free(arena);
}

/* ---------------------------------------------------------------- rules */

static const char *const score_rows[] = {"得分 86.4 91.2 78.5 95.0 88.8 90.1"};

static void add_rules(Arena *arena, DocChart *chart)
{
    ChartPoint target = point_of("90");
    chart->target = arena_copy(arena, &target, sizeof target);
    chart->target_name = "目标90";
    chart->average = true;
}

/* Figures and where they end: of bars, or the points of a line. */
static Measure measure_points(const Drawing *drawing)
{
    const DocChart *chart = drawing->chart;
    Measure axis = {.known = 0};
    for (int c = 0; c < chart->category_count; c++) {
        double value = decimal_to_double(chart->series[0].points[c].value);
        const Shape *line = find_shape(drawing, is_line, 0),
                    *bar = find_shape(drawing, is_edged_bar, c);
        Box box;
        if (line) {
            measure(&axis, value, line->path.points[c].y);
            continue;
        }
        shape_box(bar, &box);
        bool lies = chart->kind == CHART_HBAR;
        measure(&axis, 0, lies ? box.left : box.bottom);
        measure(&axis, value, lies ? box.right : box.top);
    }
    return axis;
}

static void test_rules(void **state)
{
    (void)state;
    static const ChartKind kinds[] = {CHART_BAR, CHART_LINE, CHART_HBAR};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        DocChart *chart = chart_of(arena, kinds[i], VILLAGES, 1, score_rows);
        add_rules(arena, chart);
        Drawing drawing = draw(chart);
        Measure axis = measure_points(&drawing);
        assert_int_equal(count_shapes(&drawing, is_rule), 2);
        for (int rule = 0; rule < 2; rule++) {
            const Point *at = find_shape(&drawing, is_rule, rule)->path.points;
            check_at(&axis, rule == 0 ? 90 : 530.0 / 6, kinds[i] == CHART_HBAR ? at->x : at->y);
        }
        const char *text = printed(&drawing, false);
        assert_true(strstr(text, "目标90") && strstr(text, "平均 88.3\n"));
        finish(&drawing);
    }
    arena_free(arena);
}

/* The target is unbroken, the mean dash-dotted. A value that a rule leaves no room above its bar
 * stands within the bar; then no rule is interrupted. */
static void test_rules_over_bars(void **state)
{
    (void)state;
    static const char *const rows[] = {"得分 95 96 97 95 89 88"};
    Arena *arena = arena_new();
    DocChart *chart = chart_of(arena, CHART_BAR, VILLAGES, 1, rows);
    add_rules(arena, chart);
    Drawing drawing = draw(chart);
    assert_true(is_target(find_shape(&drawing, is_rule, 0)));
    assert_false(is_target(find_shape(&drawing, is_rule, 1)));
    for (int rule = 0; rule < 2; rule++)
        assert_int_equal(find_shape(&drawing, is_rule, rule)->path.point_count, 2);
    Boxes texts = text_boxes(&drawing);
    check_apart(&texts);
    check_off_strokes(&drawing, &texts);
    int within = 0;
    for (int c = 0; c < chart->category_count; c++) {
        Box bar;
        shape_box(find_shape(&drawing, is_edged_bar, c), &bar);
        for (size_t i = 0; i < texts.count; i++)
            within += inside(&texts.boxes[i], &bar, 0) &&
                      strcmp(texts.texts[i], chart->series[0].points[c].label) == 0;
    }
    assert_int_equal(within, 2);
    assert_null(strstr(printed(&drawing, false), "未标注"));
    finish(&drawing);
    arena_free(arena);
}

static const struct Mean {
    const char *row, *text;
    bool percent;
} means[] = {
    {"数 1 2 2 1 1 1", "平均 1.3\n", false},          /* whole numbers: one decimal */
    {"数 1 3 2 2 1 3", "平均 2\n", false},            /* … unless it is whole */
    {"数 1.25 3 2 2 1 3", "平均 2.04\n", false},      /* as many as the figures */
    {"数 50% 75% 80% 90% 60% -", "平均 71%\n", true}, /* of what is there */
    {"数 50.5% 75% 80% 90% 60% -", "平均 71.1%\n", true},
    {"数 120000 340000 560000 90000 0 0", "平均 18.5\n", false}, /* 万 */
};

static void test_means(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        DocChart *chart = chart_of(arena, CHART_BAR, VILLAGES, 1, &means[i].row);
        chart->average = true;
        chart->percent = means[i].percent;
        Drawing drawing = draw(chart);
        assert_non_null(strstr(printed(&drawing, false), means[i].text));
        finish(&drawing);
    }
    arena_free(arena);
}

/* A target beyond all figures is within the scale; stacks have one, but no means. */
static void test_target_of_stacks(void **state)
{
    (void)state;
    static const char *const rows[] = {"一 4 8 3 5 6 7", "二 5 6 7 4 8 3"};
    Arena *arena = arena_new();
    DocChart *chart = chart_of(arena, CHART_STACKED, VILLAGES, 2, rows);
    add_rules(arena, chart);
    Drawing drawing = draw(chart);
    assert_int_equal(count_shapes(&drawing, is_rule), 1);
    assert_int_equal(find_shape(&drawing, is_rule, 0)->path.point_count, 2);
    assert_true(find_shape(&drawing, is_rule, 0)->path.points[0].y > drawing.frame.top);
    finish(&drawing);
    arena_free(arena);
}

/* ---------------------------------------------------------------- the highest and the lowest */

static const struct Extremes {
    ChartKind kind;
    bool labels;
    const char *row, *text;
    int rings, warnings;
} extremes[] = {
    {CHART_BAR, false, "数 4 8 3 5 6 7", "\n最高 8 最低 3\n", 0, 0},
    {CHART_BAR, true, "数 4 8 3 5 6 7", "\n4 最高 8 最低 3 5 6 7\n", 0, 0},
    {CHART_LINE, false, "数 4 8 3 5 6 7", "\n最高 8 最低 3\n", 2, 0},
    {CHART_LINE, true, "数 4 8 - 5 6 7", "\n最低 4 最高 8 5 6 7\n", 2, 0},
    {CHART_LINE, false, "数 8 8 3 5 6 7", "\n最高 8 最高 8 最低 3\n", 3, 0},
    {CHART_BAR, false, "数 0 0 3 0 6 0", "\n最高 6\n", 0, 1},  /* four share the last place */
    {CHART_LINE, false, "数 5 5 5 5 5 5", " 0\n长塘村", 0, 0}, /* no highest, no lowest */
};

static void test_extremes(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof extremes / sizeof *extremes; i++) {
        const struct Extremes *e = &extremes[i];
        DocChart *chart = chart_of(arena, e->kind, VILLAGES, 1, &e->row);
        chart->labels = e->labels;
        chart->extremes = true;
        Drawing drawing = draw(chart);
        assert_int_equal(count_shapes(&drawing, is_ring), e->rings);
        if (!strstr(printed(&drawing, false), e->text))
            fail_msg("%zu: %s", i, printed(&drawing, false));
        assert_int_equal(diag_count(drawing.ts.diags, DIAG_WARNING), e->warnings);
        finish(&drawing);
    }
    arena_free(arena);
}

/* ---------------------------------------------------------------- what is refused */

static const struct Wrong {
    ChartKind kind;
    int series;
    const char *row;
    const char *code;
    bool placed;
} wrongs[] = {
    {CHART_COMBO, 2, "一 40 80 30 50 60 70", "", true}, /* bars alone, lines alone */
    {CHART_COMBO, 2, "+一 40 80 30 50 60 70", "", true},
    {CHART_BAR, 1, "一 9000000000000000000 9000000000000000000 1 1 1 1", "E386", false},
    {CHART_HBAR, 8, "一 4 8 3 5 6 7", "E387", false},
    {CHART_BAR, 1, "一 4 8 3 5 6 7.5", "W320", true},
    {CHART_BAR, 1, "一 40 80 30 50 60 70", "", true},
};

static void test_wrong(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const char *rows[SERIES_LIMIT];
        for (int s = 0; s < SERIES_LIMIT; s++)
            rows[s] = wrongs[i].row;
        DocChart *chart = chart_of(arena, wrongs[i].kind, VILLAGES, wrongs[i].series, rows);
        add_rules(arena, chart);
        Drawing drawing = draw(chart);
        assert_int_equal(drawing.placed, wrongs[i].placed);
        const char *said = printed(&drawing, true);
        assert_true(*wrongs[i].code ? strstr(said, wrongs[i].code) != NULL : !*said);
        finish(&drawing);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_combo),
        cmocka_unit_test(test_combo_of_zero),
        cmocka_unit_test(test_pair_of_axes),
        cmocka_unit_test(test_signs_of_axes),
        cmocka_unit_test(test_second_unit),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_rules_over_bars),
        cmocka_unit_test(test_means),
        cmocka_unit_test(test_target_of_stacks),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_wrong),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
