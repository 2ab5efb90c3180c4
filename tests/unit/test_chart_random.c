/* Random charts of all kinds: no text touches another, a bar or a line, nothing leaves the frame,
 * what is drawn is what the figures say, figures that found no room are owned up to; and what
 * cannot be drawn is refused with the one message that says why. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include "chart_data.h"
#include "chart_fields.h"
#include "typeset/chart/extremes.h"
#include "typeset/chart/kinds.h"
#include "typeset/chart/scale.h"

enum { TRIALS = 1000 }; /* of each kind: 11,000 charts in all */

/* ---------------------------------------------------------------- what is refused */

static const char *refusal_of_part(const DocChart *chart)
{
    double sum = 0;
    if (chart->series_count > 1)
        return "E316";
    if (chart->category_count > 24)
        return "E317";
    for (int c = 0; c < chart->category_count; c++) {
        const ChartPoint *point = &chart->series[0].points[c];
        if (!point->missing && decimal_sign(point->value) < 0)
            return "E314";
        sum += point->missing ? 0 : value_of(point);
    }
    return sum == 0 ? "E315" : NULL;
}

static bool any_point(const DocChart *chart, bool (*wanted)(const ChartPoint *))
{
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (wanted(&chart->series[s].points[c]))
                return true;
    return false;
}

static bool is_present(const ChartPoint *point)
{
    return !point->missing;
}

static bool is_negative(const ChartPoint *point)
{
    return !point->missing && decimal_sign(point->value) < 0;
}

static const char *refusal_of_bullet(const DocChart *chart)
{
    if (chart->category_count > 36)
        return "E392";
    bool any = false;
    for (int c = 0; c < chart->category_count; c++)
        any = any || (chart->targets && !chart->targets[c].missing);
    return any_point(chart, is_negative) ? "E391" : any ? NULL : "E390";
}

static const char *refusal_of_radar(const DocChart *chart)
{
    if (chart->category_count < 3 || chart->category_count > 12)
        return "E393";
    for (int c = 0; c < chart->category_count; c++) {
        if (chart->targets && !is_there(&chart->targets[c]))
            return "E389";
        for (int s = 0; s < chart->series_count; s++)
            if (is_negative(&chart->series[s].points[c]))
                return "E394";
    }
    return NULL;
}

/* NULL: the data makes such a chart. */
static const char *refusal(const DocChart *chart)
{
    ChartKind kind = chart->kind;
    int most = kind == CHART_BULLET ? 1 : kind == CHART_RADAR ? 4 : kind == CHART_HEAT ? 30 : 8;
    if (!any_point(chart, is_present))
        return "E313";
    if (kind == CHART_PIE || kind == CHART_DONUT)
        return refusal_of_part(chart);
    if (chart->series_count > most)
        return "E319";
    if (kind == CHART_PERCENT && any_point(chart, is_negative))
        return "E380";
    if (kind == CHART_PERCENT && !any_point(chart, is_there))
        return "E382";
    return kind == CHART_BULLET  ? refusal_of_bullet(chart)
           : kind == CHART_RADAR ? refusal_of_radar(chart)
                                 : NULL;
}

/* Names that are too many or too long for the room, found only while the chart is laid out. */
static bool finds_no_room(const char *said)
{
    return strstr(said, "E317") || strstr(said, "E318") || strstr(said, "E387");
}

/* Beside another chart it may be too narrow; alone only for many categories of long names, for the
 * labels of six means above lying bars, and for full marks of twelve digits. */
enum { WIDE_CATEGORIES = 16 };

static void check_refusal(Drawing *drawing)
{
    const char *code = refusal(drawing->chart), *said = printed(drawing, true);
    bool full_marks = drawing->chart->kind == CHART_RADAR && drawing->chart->targets;
    bool narrow = box_width(&drawing->frame) < AREA || full_marks ||
                  drawing->chart->category_count > WIDE_CATEGORIES;
    bool room = code || (finds_no_room(said) && (narrow || strstr(said, "E387")));
    assert_int_equal(diag_count(drawing->ts.diags, DIAG_ERROR), 1);
    if (!room || (code && !strstr(said, code)))
        fail_msg("%s, not %s", said, code ? code : "drawn");
}

/* ---------------------------------------------------------------- room */

/* A text stands clear of a bar, or well within it: in a part of a stack, or below a target or mean
 * that runs above the bar. */
static void check_off_bars(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    bool within = stack_is(chart->kind) || chart->target || chart->average;
    Shapes bars = shapes_of(reading->drawing, is_edged_bar);
    for (size_t k = 0; k < bars.count; k++) {
        Box bar, room;
        shape_box(bars.list[k], &bar);
        room = (Box){bar.left + LENGTH_PT(1.5), bar.top, bar.right - LENGTH_PT(1.5), bar.bottom};
        for (size_t i = 0; i < reading->texts.count; i++) {
            Box text = shrunk(reading->texts.boxes[i]);
            if (boxes_meet(&bar, &text) &&
                !(within && chart->kind != CHART_HBAR && inside(&text, &room, 0)))
                fail_msg("“%s” stands on a bar", reading->texts.texts[i]);
        }
    }
}

static void check_off_markers(const Reading *reading)
{
    Shapes markers = shapes_of(reading->drawing, is_marker);
    for (size_t k = 0; k < markers.count; k++) {
        Box marker;
        shape_box(markers.list[k], &marker);
        for (size_t i = 0; i < reading->texts.count; i++) {
            Box text = shrunk(reading->texts.boxes[i]);
            if (boxes_meet(&marker, &text))
                fail_msg("“%s” stands on a marker", reading->texts.texts[i]);
        }
    }
}

/* The sum of a donut stands in its hole, all else off the disc. */
static void check_off_disc(const Reading *reading)
{
    Shapes slices = shapes_of(reading->drawing, is_slice);
    Circle disc = circle_of(&slices, reading->chart->kind == CHART_PIE);
    for (size_t i = 0; i < reading->texts.count; i++) {
        const Box *box = &reading->texts.boxes[i];
        double x = fmax(fmax(box->left - disc.x, disc.x - box->right), 0);
        double y = fmax(fmax(box->top - disc.y, disc.y - box->bottom), 0);
        double far_x = fmax(fabs(box->left - disc.x), fabs(box->right - disc.x));
        double far_y = fmax(fabs(box->top - disc.y), fabs(box->bottom - disc.y));
        bool within = hypot(far_x, far_y) < 0.56 * disc.radius;
        if (hypot(x, y) < disc.radius && !(within && reading->chart->kind == CHART_DONUT))
            fail_msg("“%s” stands on the disc", reading->texts.texts[i]);
    }
}

static void check_room(const Reading *reading)
{
    ChartKind kind = reading->chart->kind;
    check_frame(reading->drawing, &reading->texts);
    check_apart(&reading->texts);
    if (kind == CHART_PIE || kind == CHART_DONUT)
        check_off_disc(reading);
    if (kind != CHART_HEAT)
        check_off_bars(reading);
    check_off_markers(reading);
}

/* ---------------------------------------------------------------- geometry */

static bool has_axis(ChartKind kind)
{
    return kind <= CHART_COMBO;
}

static bool has_second(const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++)
        if (chart->series[s].second)
            return true;
    return false;
}

static void read_axes(Reading *reading)
{
    bool second = has_second(reading->chart);
    int left = read_shift(reading->drawing, &reading->texts, false);
    int right = second ? read_shift(reading->drawing, &reading->texts, true) : 0;
    reading->left.shift = left;
    if (!has_axis(reading->chart->kind))
        return;
    Side side = reading->chart->kind == CHART_HBAR ? SIDE_BELOW : SIDE_LEFT;
    reading->left = read_axis(reading->drawing, &reading->texts, side, left, reading->used);
    if (second)
        reading->right =
            read_axis(reading->drawing, &reading->texts, SIDE_RIGHT, right, reading->used);
}

static void check_geometry(const Reading *reading)
{
    switch (reading->chart->kind) {
    case CHART_PIE:
    case CHART_DONUT:
        check_slices(reading);
        return;
    case CHART_BULLET:
        check_bullets(reading);
        return;
    case CHART_HEAT:
        check_cells(reading);
        return;
    case CHART_RADAR:
        check_polygons(reading);
        return;
    default:
        check_bars(reading);
        check_lines(reading);
        check_rules(reading);
    }
}

/* ---------------------------------------------------------------- figures that are printed */

/* 8, or 最高 8; not 平均 8. */
static bool is_figure(const char *text, const char *figure)
{
    bool word = strncmp(text, "最高 ", 7) == 0 || strncmp(text, "最低 ", 7) == 0;
    return strcmp(text + (word ? 7 : 0), figure) == 0;
}

static bool take(const Reading *reading, const char *figure)
{
    for (size_t i = 0; i < reading->texts.count; i++) {
        if (reading->used[i] || !is_figure(reading->texts.texts[i], figure))
            continue;
        reading->used[i] = true;
        return true;
    }
    return false;
}

static int places_of(const Reading *reading, int series)
{
    const DocChart *chart = reading->chart;
    int most = 0, shift = axis_of(reading, series)->shift;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            if (point->missing || chart->series[s].second != chart->series[series].second)
                continue;
            int places = shift > 0 ? scale_places(point->value, shift) : label_places(point->label);
            most = places > most ? places : most;
        }
    return most;
}

static bool take_figure(const Reading *reading, const ChartPoint *point, int series, int places)
{
    Arena *arena = reading->drawing->ts.arena;
    int shift = axis_of(reading, series)->shift;
    return take(reading, shift > 0 ? scale_value(arena, point->value, shift, places)
                                   : label_padded(arena, point->label, places));
}

/* What the figures of a stack come to. */
static int missing_totals(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    int missing = 0, places = places_of(reading, 0);
    for (int c = 0; c < chart->category_count; c++)
        for (int negative = 0; negative < 2; negative++) {
            ChartPoint total = stack_total(reading->drawing->ts.arena, chart, c, negative == 1);
            missing += !total.missing && !take_figure(reading, &total, 0, places);
        }
    return missing;
}

/* How many of them; *found is how many of the others there are, beside totals. */
static int missing_figures(const Reading *reading, int *found)
{
    const DocChart *chart = reading->chart;
    bool totals = chart->kind == CHART_STACKED && chart->labels;
    bool nought = false; /* 雷达: all of them in one place, said once */
    int missing = totals ? missing_totals(reading) : 0;
    for (int s = 0; s < chart->series_count; s++) {
        int places = places_of(reading, s);
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            if (point->missing || (!chart->labels && !extreme_word(chart, s, c)))
                continue;
            if (stack_is(chart->kind) &&
                (decimal_sign(point->value) == 0 || (totals && chart->series_count == 1)))
                continue;
            bool said = nought && decimal_sign(point->value) == 0;
            nought = chart->kind == CHART_RADAR && (nought || decimal_sign(point->value) == 0);
            bool there = said || take_figure(reading, point, s, places);
            missing += !there;
            *found += there && !said;
        }
    }
    return missing;
}

static bool says(const Reading *reading, const char *words)
{
    return strstr(printed(reading->drawing, false), words) != NULL;
}

/* The caption says that figures are missing when some are, and only then; a 最高 that found no room
 * is one as well, unless a table below has all figures. */
static void check_figures(const Reading *reading)
{
    bool said = says(reading, "数值未标注");
    int found = 0, missing = missing_figures(reading, &found);
    if (missing > 0 && !said)
        fail_msg("%d figures are missing without a word", missing);
    if (missing == 0 && said && !reading->chart->extremes)
        fail_msg("nothing is missing, yet the caption says so");
    if (said && found > 0 && !says(reading, "部分数值未标注"))
        fail_msg("%d figures are there, yet the caption says that there are none", found);
}

static void check_figures_of(const Reading *reading)
{
    const DocChart *chart = reading->chart;
    ChartKind kind = chart->kind;
    bool sum = kind == CHART_DONUT && chart->labels && !chart->percent;
    if (has_axis(kind) || ((kind == CHART_HEAT || kind == CHART_RADAR) && chart->labels))
        check_figures(reading);
    else
        assert_int_equal(says(reading, "数值未标注"), sum && !says(reading, "合计"));
}

/* ---------------------------------------------------------------- all of it */

/* What is drawn for the chart: shares for figures, bars before lines. */
static const DocChart *drawn_chart(Arena *arena, const DocChart *chart)
{
    return chart->kind == CHART_PERCENT ? stack_shares(arena, chart)
           : chart->kind == CHART_COMBO ? combo_ordered(arena, chart)
                                        : chart;
}

static void check_drawing(Drawing *drawing)
{
    Arena *arena = drawing->ts.arena;
    Reading reading = {.drawing = drawing,
        .chart = drawn_chart(arena, drawing->chart),
        .texts = text_boxes(drawing)};
    reading.used = ARENA_ARRAY(arena, bool, reading.texts.count);
    assert_int_equal(diag_count(drawing->ts.diags, DIAG_ERROR), 0);
    assert_null(refusal(drawing->chart));
    check_room(&reading);
    check_off_strokes(drawing, &reading.texts);
    read_axes(&reading);
    check_geometry(&reading);
    check_figures_of(&reading);
}

static void test_kind(void **state)
{
    ChartKind kind = (ChartKind)(intptr_t)*state;
    Arena *arena = arena_new();
    for (int i = 0; i < TRIALS; i++, arena_reset(arena)) {
        DocChart *chart = random_chart(arena, kind);
        Drawing drawing = draw_at(chart, random_measure());
        if (drawing.placed)
            check_drawing(&drawing);
        else
            check_refusal(&drawing);
        finish(&drawing);
    }
    arena_free(arena);
}

int main(void)
{
    static const char *const names[CHART_KIND_COUNT] = {"bars", "lying bars", "stacks", "shares",
        "lines", "combinations", "pies", "donuts", "bullets", "heat maps", "radars"};
    struct CMUnitTest tests[CHART_KIND_COUNT];
    for (int kind = 0; kind < CHART_KIND_COUNT; kind++)
        tests[kind] = (struct CMUnitTest){
            .name = names[kind], .test_func = test_kind, .initial_state = (void *)(intptr_t)kind};
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
