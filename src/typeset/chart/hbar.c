/* 条形: bars that lie, the categories one below the other with their names on the left: for long
 * names and for many of them. The height grows with the categories, up to a page. */
#include <math.h>
#include "typeset/chart/bar.h"
#include "typeset/chart/extremes.h"
#include "typeset/chart/kinds.h"
#include "typeset/chart/legend.h"
#include "typeset/chart/rownames.h"

static const Length TICK_SIZE = LENGTH_PT(9), TICK_GAP = LENGTH_PT(5);
static const Length TICK_APART = LENGTH_PT(9); /* between tick texts */
static const Length BEST_TICK_DISTANCE = LENGTH_PT(56);
static const Length NAME_GAP = LENGTH_PT(5);
static const Length HEAD_GAP = LENGTH_PT(3); /* below unit and legend */
static const Length VALUE_GAP = LENGTH_PT(3);
static const Length VALUE_EDGE = LENGTH_PT(2); /* from a value to the names, or the frame's edge */
static const Length LEAST_AXIS = LENGTH_PT(40);
static const Length VALUE_SIZE = LENGTH_PT(9); /* the largest of values.c */
/* Of a category when nothing presses: a bar as high as a figure; and when much does. */
static const Length FAIR_LONE = LENGTH_PT(20), FAIR_BAR = LENGTH_PT(12.5);
static const Length LEAST_LONE = LENGTH_PT(11), LEAST_BAR = LENGTH_PT(4);
/* 18 of the 22 lines of a page: with caption and source the chart has 20, as many as one may ask
 * for. */
static const Length PAGE_LIMIT = (LENGTH_MM(225) - LENGTH_PT(16)) / 21 * 18;

static const Length KEY_ROW = LENGTH_PT(11), COLUMN_GAP = LENGTH_PT(7); /* of the table */

typedef struct Rows {
    Plot plot; /* its slot is the height of a category */
    RowNames names;
    TextStyle table_style; /* of the values beside the bars … */
    Length column, table;  /* … and how wide one column is, and all of them; 0: there are none */
} Rows;

/* ---------------------------------------------------------------- layout */

static Length larger(Length a, Length b)
{
    return a > b ? a : b;
}

/* The figure at a bar, and whether it is the highest or the lowest; NULL: none is asked for. */
static const char *bar_text(const Plot *plot, int series, int category)
{
    const DocChart *chart = plot->canvas->chart;
    const ChartPoint *point = &chart->series[series].points[category];
    const char *word = extreme_word(chart, series, category);
    if (point->missing || ((!chart->labels || plot->canvas->tabulated) && !word))
        return NULL;
    const char *text = plot_value_text(plot, point);
    return word && text ? arena_printf(plot->canvas->ts->arena, "%s %s", word, text) : text;
}

/* Is there a target or mean within `reach` of a bar's end, both as shares of the axis? */
static bool meets_line(const Plot *plot, double end, double reach)
{
    for (int i = 0; i < plot->marklines.count; i++) {
        double line = scale_share(&plot->scale, decimal_to_double(plot->marklines.lines[i].value));
        if (fabs(line - end) < reach)
            return true;
    }
    return false;
}

/* How far the values at the ends of negative (positive) bars reach beyond an axis that is `length`
 * long; a longer one needs no more. Beside a target line a value may have to stand further out. */
static Length value_room(const Plot *plot, Length length, bool negative)
{
    const DocChart *chart = plot->canvas->chart;
    TextStyle style = label_style(VALUE_SIZE);
    Length most = 0;
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++) {
            const ChartPoint *point = &chart->series[s].points[c];
            const char *text = bar_text(plot, s, c);
            if (!text || (decimal_sign(point->value) < 0) != negative)
                continue;
            double share = scale_share(&plot->scale, decimal_to_double(point->value));
            Length inside = round_length((negative ? share : 1 - share) * length);
            Length width = text_width(plot->canvas->ts, &style, text);
            Length moved =
                meets_line(plot, share, (width + 2 * VALUE_GAP) / (double)length) ? width : 0;
            most = larger(most, width + moved + VALUE_GAP + VALUE_EDGE - inside);
        }
    return most;
}

/* As many ticks as have room for their texts side by side. */
static void fit_ticks(Plot *plot, Length width)
{
    int64_t gaps = width / LENGTH_PT(16);
    do {
        plot_fit(plot, width / BEST_TICK_DISTANCE + 1, (int)gaps);
        gaps = plot->scale.last - plot->scale.first;
    } while (gaps > 2 && gaps * (plot_tick_width(plot) + TICK_APART) > width);
}

static bool fit_names(Canvas *canvas, Length slot, RowNames *names)
{
    int count = canvas->chart->category_count;
    const char **texts = ARENA_ARRAY(canvas->ts->arena, const char *, count);
    for (int c = 0; c < count; c++)
        texts[c] = category_name(canvas->chart, c);
    return row_names_fit(canvas, texts, count, slot, names);
}

/* What ticks and values leave of the frame for the axis. Both depend on its length: it is
 * shortened until they fit. */
static bool fit_axis(Rows *rows)
{
    Plot *plot = &rows->plot;
    const Box *frame = &plot->canvas->frame;
    Length names = rows->names.width > 0 ? rows->names.width + NAME_GAP : 0;
    Length right = frame->right - rows->table;
    plot->room = (Box){frame->left + names, plot->area.top, right, plot->area.bottom};
    for (Length length = box_width(&plot->room); length > LEAST_AXIS;) {
        fit_ticks(plot, length);
        Length half = plot_tick_width(plot) / 2;
        plot->area.left = frame->left + larger(names + value_room(plot, length, true), half);
        plot->area.right = right - larger(value_room(plot, length, false), half);
        if (box_width(&plot->area) >= length)
            return true;
        length = box_width(&plot->area);
    }
    return canvas_fail(plot->canvas, DIAG_E318, plot_tick(plot, plot->scale.last));
}

static const char *table_text(const Plot *plot, int series, int category)
{
    const ChartPoint *point = &plot->canvas->chart->series[series].points[category];
    const char *text = point->missing ? NULL : plot_value_text(plot, point);
    return text ? text : "—";
}

/* The values at the right, as large as the rows allow; a column is as wide as the widest of all. */
static void fit_table(Rows *rows)
{
    static const double sizes[] = {9, 8, 7.5};
    const Plot *plot = &rows->plot;
    const DocChart *chart = plot->canvas->chart;
    if (!plot->canvas->tabulated)
        return;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        rows->table_style = label_style(LENGTH_PT(sizes[i]));
        if (rows->table_style.size < plot->slot)
            break;
    }
    rows->column = legend_key_box();
    for (int s = 0; s < chart->series_count; s++)
        for (int c = 0; c < chart->category_count; c++)
            rows->column = larger(rows->column,
                text_width(plot->canvas->ts, &rows->table_style, table_text(plot, s, c)));
    rows->column += COLUMN_GAP;
    rows->table = rows->column * chart->series_count;
}

/* The unit, the legend and the labels of target and means above the rows. */
static bool fit_head(Rows *rows, Length *height)
{
    Plot *plot = &rows->plot;
    Canvas *canvas = plot->canvas;
    Length labels;
    plot->area = canvas->frame;
    fit_ticks(plot, box_width(&canvas->frame));
    marklines_read(plot);
    if (!legend_height(canvas, plot->unit, height) || !marklines_fit(plot, &labels))
        return false;
    *height += HEAD_GAP + labels + (canvas->tabulated ? KEY_ROW : 0);
    return true;
}

static bool layout_rows(Canvas *canvas, Rows *rows)
{
    Plot *plot = &rows->plot;
    const Box *frame = &canvas->frame;
    Length head, labels;
    *rows = (Rows){.plot = {.canvas = canvas}};
    if (!fit_head(rows, &head))
        return false;
    plot->area.top = frame->top + head;
    plot->slot =
        (frame->bottom - TICK_SIZE - TICK_GAP - plot->area.top) / canvas->chart->category_count;
    plot->area.bottom = plot->area.top + plot->slot * canvas->chart->category_count;
    fit_table(rows);
    return fit_names(canvas, plot->slot, &rows->names) && fit_axis(rows) &&
           marklines_fit(plot, &labels);
}

bool hbar_takes_table(Canvas *canvas)
{
    Rows rows;
    return layout_rows(canvas, &rows) && rows.table_style.size < rows.plot.slot &&
           rows.table <= box_width(&canvas->frame) / 2;
}

Length hbar_least_height(Canvas *canvas)
{
    const DocChart *chart = canvas->chart;
    Rows rows = {.plot = {.canvas = canvas}};
    Length head;
    if (!fit_head(&rows, &head))
        return 0;
    bool wished = chart->height_lines > 0, lone = chart->series_count == 1;
    Length slot = lone ? wished ? LEAST_LONE : FAIR_LONE
                       : chart->series_count * (wished ? LEAST_BAR : FAIR_BAR);
    while (slot < PAGE_LIMIT && !fit_names(canvas, slot, &rows.names))
        slot += LENGTH_PT(1);
    int64_t height = (int64_t)chart->category_count * slot + head + TICK_GAP + TICK_SIZE;
    return height < PAGE_LIMIT ? (Length)height : PAGE_LIMIT;
}

/* ---------------------------------------------------------------- drawing */

static Length across(const Plot *plot, double value)
{
    return plot->area.left +
           round_length(scale_share(&plot->scale, value) * box_width(&plot->area));
}

static Length row_middle(const Plot *plot, int category)
{
    return plot->area.top + plot->slot * category + plot->slot / 2;
}

static void place_grid(const Plot *plot)
{
    for (int64_t k = plot->scale.first; k <= plot->scale.last; k++) {
        Length x = across(plot, (double)k * scale_step(&plot->scale));
        Length half = LENGTH_PT(k == 0 ? 0.375 : 0.2);
        Box rule = {x - half, plot->area.top, x + half, plot->area.bottom};
        canvas_rule(plot->canvas, rule, k == 0 ? BLACK : GRID_GREY);
        if (k == 0)
            canvas_obstacle(plot->canvas, rule); /* values are backed white: they would cut it */
    }
}

static void place_ticks(const Plot *plot)
{
    Canvas *canvas = plot->canvas;
    TextStyle style = label_style(TICK_SIZE);
    Length need = plot_tick_width(plot) + TICK_APART;
    int64_t gaps = plot->scale.last - plot->scale.first, every = 1;
    while (every < gaps && box_width(&plot->area) * every < need * gaps)
        every++;
    int64_t start = plot->scale.first / every * every; /* zero is among them … */
    start += start < plot->scale.first ? every : 0;
    if (start + every > plot->scale.last) { /* … unless it would be alone */
        start = plot->scale.first;
        every = gaps;
    }
    for (int64_t k = start; k <= plot->scale.last; k += every) {
        const char *text = plot_tick(plot, k);
        Length x = across(plot, (double)k * scale_step(&plot->scale));
        canvas_label(canvas, &style, text,
            text_box(canvas->ts, &style, text, x, plot->area.bottom + TICK_GAP, ALIGN_CENTRE),
            TEXT_TAB);
    }
    canvas_end_line(canvas);
}

/* At the end of the bar; further out where a target line runs. */
static const Spot right_of[] = {{1, 0}, {1.7, 0}, {2.4, 0}, {3.1, 0}};
static const Spot left_of[] = {{-1, 0}, {-1.7, 0}, {-2.4, 0}, {-3.1, 0}};
enum { SPOT_COUNT = sizeof right_of / sizeof *right_of };

/* Draws a bar; the value it bears. */
static Value place_bar(const Plot *plot, const BarRow *row, int series, int category)
{
    const DocChart *chart = plot->canvas->chart;
    const ChartPoint *point = &chart->series[series].points[category];
    Length top = row_middle(plot, category) + bar_offset(row, series);
    Length zero = across(plot, 0), end = across(plot, decimal_to_double(point->value));
    bool negative = decimal_sign(point->value) < 0;
    if (decimal_sign(point->value) != 0)
        bar_draw(plot->canvas, series,
            (Box){negative ? end : zero, top, negative ? zero : end, top + row->width});
    return (Value){
        .text = bar_text(plot, series, category),
        .anchor = {end, top + row->width / 2},
        .spots = negative ? left_of : right_of,
        .spot_count = SPOT_COUNT,
        .first = is_extreme(&chart->series[series], chart->category_count, category),
    };
}

static Length column_right(const Rows *rows, int series)
{
    int after = rows->plot.canvas->chart->series_count - 1 - series;
    return rows->plot.canvas->frame.right - after * rows->column;
}

/* The key of each column; its name stands in the legend. */
static void place_keys(const Rows *rows)
{
    Canvas *canvas = rows->plot.canvas;
    Length labels = marklines_row(&rows->plot);
    for (int s = 0; canvas->tabulated && s < canvas->chart->series_count; s++)
        legend_key(canvas, s, column_right(rows, s) - legend_key_box(),
            rows->plot.area.top - labels - KEY_ROW / 2);
}

static void place_table_row(const Rows *rows, int category)
{
    Canvas *canvas = rows->plot.canvas;
    const TextStyle *style = &rows->table_style;
    for (int s = 0; canvas->tabulated && s < canvas->chart->series_count; s++) {
        const char *text = table_text(&rows->plot, s, category);
        canvas_label(canvas, style, text,
            text_box(canvas->ts, style, text, column_right(rows, s),
                row_middle(&rows->plot, category) - style->size / 2, ALIGN_RIGHT),
            TEXT_TAB);
    }
}

/* Row by row, as one reads: the name, then its values. */
static void place_texts(Canvas *canvas, const Rows *rows, Value *values)
{
    const DocChart *chart = canvas->chart;
    int count = chart->series_count;
    TextStyle style =
        values_solve(canvas, values, chart->category_count * count, VALUE_GAP, &rows->plot.room);
    if (canvas->tabulated)
        canvas->some_unlabelled = false; /* all figures stand in the table */
    Length right = canvas->frame.left + rows->names.width;
    for (int c = 0; c < chart->category_count; c++) {
        row_name_place(canvas, &rows->names, c, right, row_middle(&rows->plot, c));
        values_add(canvas, values + c * count, count, &style);
        place_table_row(rows, c);
        canvas_end_line(canvas);
    }
}

bool hbar_place(Canvas *canvas)
{
    const DocChart *chart = canvas->chart;
    Rows rows;
    if (!layout_rows(canvas, &rows))
        return false;
    legend_place(canvas, rows.plot.unit);
    place_keys(&rows);
    place_grid(&rows.plot);
    BarRow row = bar_row(chart, rows.plot.slot);
    bar_warn_of_thin(canvas, &row);
    int count = chart->series_count;
    Value *values = ARENA_ARRAY(canvas->ts->arena, Value, chart->category_count * count);
    for (int s = 0; s < count; s++)
        for (int c = 0; c < chart->category_count; c++)
            if (!chart->series[s].points[c].missing)
                values[c * count + s] = place_bar(&rows.plot, &row, s, c);
    marklines_place_upright(&rows.plot);
    place_texts(canvas, &rows, values);
    place_ticks(&rows.plot);
    return true;
}
