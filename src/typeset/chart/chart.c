#include "typeset/chart/chart.h"
#include "typeset/caption.h"
#include "typeset/chart/kinds.h"
#include "typeset/chart/palette.h"
#include "typeset/chart/plot.h"

enum { MOST_LINES = 20, DEFAULT_LINES = 10, PIE_LINES = 8 };

static const Length PITCH =
    (LENGTH_MM(225) - LENGTH_PT(16)) / 21; /* of the 22 lines, typesetting.md 1.3 */
static const Length LEADING_GAP = (LENGTH_MM(225) - LENGTH_PT(16)) / 21 - LENGTH_PT(16);
static const Length CAPTION_GAP = LENGTH_PT(7);

/* Said in the caption when values had to be left out (language.md 4). */
static const char *const UNLABELLED = "部分数值未标注";

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
    return fine;
}

bool chart_need(FontSet *fonts, const DocChart *chart)
{
    bool fine = fonts_need(fonts, ROLE_SONG, "0123456789.,-—% 单位：，万亿", chart->at);
    fine = fonts_need(fonts, ROLE_HEI, UNLABELLED, chart->at) && fine;
    if (chart->unit)
        fine = fonts_need(fonts, ROLE_SONG, chart->unit, chart->at) && fine;
    fine = caption_need(fonts, "图", chart->number, chart->caption, chart->at) && fine;
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
    if (chart->series_count > SERIES_LIMIT && chart->kind != CHART_PIE)
        return diag_add(diags, DIAG_E319, &chart->at, chart->series_count, (int)SERIES_LIMIT);
    return chart->kind != CHART_PIE || pie_check(chart, diags);
}

/* Lines the chart asks for, within what is sensible. */
static int line_count(const DocChart *chart)
{
    if (chart->height_lines <= 0)
        return chart->kind == CHART_PIE ? PIE_LINES : DEFAULT_LINES;
    int lines = (int)(chart->height_lines + 0.5);
    lines = lines < CHART_LEAST_LINES ? CHART_LEAST_LINES : lines;
    return lines > MOST_LINES ? MOST_LINES : lines;
}

static void warn_of_height(const DocChart *chart, Diags *diags)
{
    int lines = line_count(chart);
    if (chart->height_lines > 0 && lines != (int)(chart->height_lines + 0.5))
        diag_add(diags, DIAG_W311, &chart->at, (int)CHART_LEAST_LINES, (int)MOST_LINES, lines);
}

static Caption caption_of(Typesetter *ts, const DocChart *chart, bool remark, Length measure)
{
    return caption_break(
        ts, "图", chart->number, chart->caption, remark ? UNLABELLED : NULL, measure);
}

/* Height of the drawing: with the caption it stands on a whole number of lines, and grows by lines
 * until names and plot have room. */
static Length drawing_height(Typesetter *ts, const DocChart *chart, Length measure)
{
    Caption caption = caption_of(ts, chart, false, measure);
    Length below = caption.lines ? CAPTION_GAP + caption_style().size : 0;
    Length height = line_count(chart) * PITCH - LEADING_GAP - below;
    if (chart->kind == CHART_PIE)
        return height;
    Canvas canvas = {.ts = ts, .chart = chart, .frame = {0, 0, measure, height}};
    Length least = plot_least_height(&canvas);
    while (height < least)
        height += PITCH;
    return height;
}

/* The caption may get its remark: its room is kept. */
Length chart_height(Typesetter *ts, const DocChart *chart, Length measure)
{
    if (!has_values(chart))
        return 0;
    warn_of_height(chart, ts->diags);
    Caption caption = caption_of(ts, chart, chart->labels, measure);
    return drawing_height(ts, chart, measure) + (caption.lines ? CAPTION_GAP + caption.height : 0);
}

static bool draw(Canvas *canvas)
{
    static bool (*const place[])(Canvas *) = {
        [CHART_BAR] = bar_place, [CHART_LINE] = line_place, [CHART_PIE] = pie_place};
    return place[canvas->chart->kind](canvas);
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
 * axis, if that has room; else some are left out. */
static bool draw_best(Canvas *canvas)
{
    Canvas fresh = *canvas;
    size_t marks = canvas->page->mark_count;
    if (!draw(canvas))
        return report(canvas);
    fresh.tabulated = true;
    Canvas trial = fresh;
    if (!canvas->some_unlabelled || canvas->chart->series_count < 2 || !plot_takes_table(&trial))
        return true;
    canvas->page->mark_count = marks;
    *canvas = fresh;
    return draw(canvas) || report(canvas);
}

bool chart_place(
    Typesetter *ts, Page *page, const DocChart *chart, Length x, Length y, Length measure)
{
    if (!check(chart, ts->diags))
        return false;
    Length height = drawing_height(ts, chart, measure);
    Canvas canvas = {
        .ts = ts, .page = page, .chart = chart, .frame = {x, y, x + measure, y + height}};
    if (!draw_best(&canvas))
        return false;
    canvas_finish(&canvas);
    Caption caption = caption_of(ts, chart, canvas.some_unlabelled, measure);
    caption_place(ts, page, &caption, x, y + height + CAPTION_GAP);
    return true;
}
