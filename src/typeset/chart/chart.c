#include "typeset/chart/chart.h"
#include "document/chart_text.h"
#include "typeset/chart/extremes.h"
#include "typeset/chart/foot.h"
#include "typeset/chart/kinds.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/plot.h"
#include "typeset/chart/stack.h"

enum { MOST_LINES = 20, DEFAULT_LINES = 10, PIE_LINES = 8, NARROW_PIE_LINES = 6, RADAR_LINES = 12 };

static const ChartClass classes[CHART_KIND_COUNT] = {
    /* flat table */
    [CHART_BAR] = {.place = bar_place,
        .least_height = bar_least_height,
        .lines = DEFAULT_LINES,
        .most_series = SERIES_LIMIT,
        .takes_table = plot_takes_table},
    [CHART_HBAR] = {.place = hbar_place,
        .least_height = hbar_least_height,
        .lines = CHART_LEAST_LINES,
        .most_series = SERIES_LIMIT,
        .takes_table = hbar_takes_table},
    [CHART_STACKED] = {.place = bar_place,
        .check = stack_check,
        .least_height = bar_least_height,
        .lines = DEFAULT_LINES,
        .most_series = SERIES_LIMIT,
        .takes_table = plot_takes_table},
    [CHART_PERCENT] = {.place = bar_place,
        .check = stack_check_shares,
        .least_height = bar_least_height,
        .lines = DEFAULT_LINES,
        .most_series = SERIES_LIMIT,
        .takes_table = plot_takes_table,
        .derive = stack_shares},
    [CHART_LINE] = {.place = line_place,
        .least_height = plot_least_height,
        .lines = DEFAULT_LINES,
        .most_series = SERIES_LIMIT,
        .takes_table = plot_takes_table,
        .words = "（纵轴从到起止）"},
    [CHART_COMBO] = {.place = combo_place,
        .least_height = plot_least_height,
        .lines = DEFAULT_LINES,
        .most_series = SERIES_LIMIT,
        .takes_table = plot_takes_table,
        .derive = combo_ordered,
        .words = "（右轴从到起止）"},
    [CHART_PIE] = {.place = pie_place,
        .check = pie_check,
        .least_height = pie_least_height,
        .lines = PIE_LINES,
        .narrow_lines = NARROW_PIE_LINES,
        .most_series = SLICE_LIMIT},
    [CHART_DONUT] = {.place = pie_place,
        .check = pie_check,
        .least_height = pie_least_height,
        .lines = PIE_LINES,
        .narrow_lines = NARROW_PIE_LINES,
        .most_series = SLICE_LIMIT,
        .words = "合计"},
    [CHART_BULLET] = {.place = bullet_place,
        .check = bullet_check,
        .least_height = bullet_least_height,
        .lines = CHART_LEAST_LINES,
        .most_series = 1,
        .words = "完成目标未下达目标为0缺数／"},
    [CHART_HEAT] = {.place = heat_place,
        .check = heat_check,
        .least_height = heat_least_height,
        .lines = CHART_LEAST_LINES,
        .most_series = INT16_MAX, /* heat_check says how many a page holds */
        .words = "缺数"},
    [CHART_RADAR] = {.place = radar_place,
        .check = radar_check,
        .least_height = radar_least_height,
        .lines = RADAR_LINES,
        .most_series = 4,
        .words = "（）"},
};

const ChartClass *chart_class(ChartKind kind)
{
    return &classes[kind];
}

static const Length PITCH =
    (LENGTH_MM(225) - LENGTH_PT(16)) / 21; /* of the 22 lines, typesetting.md 1.3 */
static const Length LEADING_GAP = (LENGTH_MM(225) - LENGTH_PT(16)) / 21 - LENGTH_PT(16);
static const Length GUTTER = LENGTH_PT(16);  /* between two that stand side by side */
static const Length NARROW = LENGTH_PT(300); /* one of a pair, not the width of a page */

static bool need_texts(FontSet *fonts, const DocChart *chart)
{
    bool fine = true;
    for (int c = 0; c < chart->category_count; c++)
        if (chart->categories[c])
            fine = fonts_need(fonts, ROLE_SONG, chart->categories[c], chart->at) && fine;
    for (int s = 0; s < chart->series_count; s++) {
        const ChartSeries *series = &chart->series[s];
        if (series->name)
            fine = fonts_need(fonts, ROLE_SONG, series->name, chart->at) && fine;
        for (int c = 0; c < chart->category_count; c++)
            if (series->points[c].label)
                fine = fonts_need(fonts, ROLE_SONG, series->points[c].label, chart->at) && fine;
    }
    for (int c = 0; chart->targets && c < chart->category_count; c++)
        if (chart->targets[c].label)
            fine = fonts_need(fonts, ROLE_SONG, chart->targets[c].label, chart->at) && fine;
    return fine;
}

bool chart_need(FontSet *fonts, const DocChart *chart)
{
    bool fine = fonts_need(fonts, ROLE_SONG, "0123456789.,-—% 单位：，万亿", chart->at);
    if (chart->average || chart->extremes || chart->target)
        fine = fonts_need(fonts, ROLE_SONG, "平均最高最低目标", chart->at) && fine;
    const char *const texts[] = {chart->unit, chart->second_unit, chart->target_name};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i])
            fine = fonts_need(fonts, ROLE_SONG, texts[i], chart->at) && fine;
    const char *words = chart_class(chart->kind)->words;
    if (words)
        fine = fonts_need(fonts, ROLE_SONG, words, chart->at) && fine;
    fine = foot_need(fonts, chart) && fine;
    return need_texts(fonts, chart) && fine;
}

static bool has_values(const DocChart *chart)
{
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (!chart->series[s].points[c].missing)
                return true;
    return false;
}

static bool check(const DocChart *chart, Diags *diags)
{
    if (!has_values(chart)) {
        diag_add(diags, DIAG_E313, &chart->at);
        diag_hint(diags, DIAG_H312);
        return false;
    }
    const ChartClass *class = chart_class(chart->kind);
    if (chart->series_count > class->most_series)
        return diag_add(diags, DIAG_E319, &chart->at, chart->series_count, class->most_series);
    if (class->check && !class->check(chart, diags))
        return false;
    extremes_warn(chart, diags);
    return marklines_check(chart, diags);
}

/* Lines the chart asks for, within what is sensible. */
static int line_count(const DocChart *chart, Length measure)
{
    const ChartClass *class = chart_class(chart->kind);
    bool narrow = class->narrow_lines > 0 && measure < NARROW;
    if (chart->height_lines <= 0)
        return narrow ? class->narrow_lines : class->lines;
    int lines = (int)(chart->height_lines + 0.5);
    lines = lines < CHART_LEAST_LINES ? CHART_LEAST_LINES : lines;
    return lines > MOST_LINES ? MOST_LINES : lines;
}

static void warn_of_height(const DocChart *chart, Diags *diags)
{
    int lines = line_count(chart, 0);
    if (chart->height_lines > 0 && lines != (int)(chart->height_lines + 0.5))
        diag_add(diags, DIAG_W311, &chart->at, (int)CHART_LEAST_LINES, (int)MOST_LINES, lines);
}

static const DocChart *drawn_chart(Typesetter *ts, const DocChart *chart)
{
    const ChartClass *class = chart_class(chart->kind);
    return class->derive ? class->derive(ts->arena, chart) : chart;
}

/* Height of the drawing: with the caption it stands on a whole number of lines, and grows by lines
 * until names and plot have room. */
static Length drawing_height(Typesetter *ts, const DocChart *chart, Length measure)
{
    ChartFoot foot = foot_break(ts, chart, REMARK_NONE, measure);
    Length height = line_count(chart, measure) * PITCH - LEADING_GAP - foot.least;
    const ChartClass *class = chart_class(chart->kind);
    if (!class->least_height)
        return height;
    Canvas canvas = {.ts = ts, .chart = drawn_chart(ts, chart), .frame = {0, 0, measure, height}};
    Length least = class->least_height(&canvas);
    while (height < least)
        height += PITCH;
    return height;
}

/* The caption may get its remark: its room is kept. */
static Remark may_drop(const DocChart *chart)
{
    return chart->labels || chart->extremes ? REMARK_SOME : REMARK_NONE;
}

static Remark remark_of(const Canvas *canvas)
{
    Remark dropped = canvas->any_labelled ? REMARK_SOME : REMARK_ALL;
    return canvas->some_unlabelled ? dropped : REMARK_NONE;
}

Length chart_height(Typesetter *ts, const DocChart *chart, Length measure)
{
    if (!has_values(chart))
        return 0;
    warn_of_height(chart, ts->diags);
    return drawing_height(ts, chart, measure) +
           foot_break(ts, chart, may_drop(chart), measure).height;
}

static bool draw(Canvas *canvas)
{
    return chart_class(canvas->chart->kind)->place(canvas);
}

static bool report(const Canvas *canvas)
{
    Diags *diags = canvas->ts->diags;
    const DocChart *chart = canvas->chart;
    if (canvas->fault == DIAG_E317) {
        diag_add(diags, DIAG_E317, &chart->at, chart->category_count);
        diag_hint(diags, DIAG_H311);
        return false;
    }
    return diag_add(diags, canvas->fault, &chart->at, canvas->fault_text);
}

/* When values of several series get into each other's way, all of them go into a table below the
 * axis (right of lying bars), if that has room; else some are left out. */
static bool draw_best(Canvas *canvas)
{
    Canvas fresh = *canvas;
    size_t marks = canvas->page->mark_count;
    if (!draw(canvas))
        return report(canvas);
    fresh.tabulated = true;
    Canvas trial = fresh;
    const ChartClass *class = chart_class(canvas->chart->kind);
    if (!canvas->some_unlabelled || canvas->chart->series_count < 2 || !class->takes_table ||
        !class->takes_table(&trial))
        return true;
    canvas->page->mark_count = marks;
    *canvas = fresh;
    return draw(canvas) || report(canvas);
}

/* The drawing is `height` high, the foot hangs below it. */
static bool place_at(
    Typesetter *ts, Page *page, const DocChart *chart, Point at, Length measure, Length height)
{
    size_t first = page->mark_count;
    if (!check(chart, ts->diags))
        return false;
    Canvas canvas = {.ts = ts,
        .page = page,
        .chart = drawn_chart(ts, chart),
        .frame = {at.x, at.y, at.x + measure, at.y + height}};
    Rect frame = {.x = at.x, .y = at.y, .width = measure, .height = height};
    int group = pages_tag(ts->pages, 0, TAG_GROUP);
    const char *alt = chart->alt ? chart->alt : chart_title(ts->arena, chart);
    page->tag = pages_tag_figure(ts->pages, group, alt, &frame);
    if (!draw_best(&canvas))
        return false;
    canvas_finish(&canvas);
    ChartFoot foot = foot_break(ts, chart, remark_of(&canvas), measure);
    foot_place(ts, page, &foot, group, at.x, at.y + height);
    canvas_note_figure(&canvas, chart, first, at.y + height + foot.height);
    return true;
}

bool chart_place(
    Typesetter *ts, Page *page, const DocChart *chart, Length x, Length y, Length measure)
{
    Length height = has_values(chart) ? drawing_height(ts, chart, measure) : 0;
    return place_at(ts, page, chart, (Point){x, y}, measure, height);
}

/* ---------------------------------------------------------------- side by side */

Length chart_pair_measure(Length measure)
{
    return (measure - GUTTER) / 2;
}

/* The lower one is drawn as high as the other, so that their captions stand in one line. */
static Length pair_drawing(Typesetter *ts, const ChartPair *pair, Length half)
{
    Length left = drawing_height(ts, pair->left, half);
    Length right = drawing_height(ts, pair->right, half);
    return left > right ? left : right;
}

Length chart_pair_height(Typesetter *ts, const ChartPair *pair, Length measure)
{
    Length half = chart_pair_measure(measure);
    Length left = foot_break(ts, pair->left, may_drop(pair->left), half).height;
    Length right = foot_break(ts, pair->right, may_drop(pair->right), half).height;
    warn_of_height(pair->left, ts->diags);
    warn_of_height(pair->right, ts->diags);
    return pair_drawing(ts, pair, half) + (left > right ? left : right);
}

bool chart_pair_place(
    Typesetter *ts, Page *page, const ChartPair *pair, Length x, Length y, Length measure)
{
    Length half = chart_pair_measure(measure), height = pair_drawing(ts, pair, half);
    Point left = {x, y}, right = {x + measure - half, y};
    return place_at(ts, page, pair->left, left, half, height) &&
           place_at(ts, page, pair->right, right, half, height);
}
