#include "typeset/chart/legend.h"
#include "typeset/chart/line.h"

static const Length SIZE = LENGTH_PT(9);
static const Length ROW = LENGTH_PT(13);
static const Length KEY_WIDTH = LENGTH_PT(20), KEY_HEIGHT = LENGTH_PT(8), KEY_GAP = LENGTH_PT(4);
static const Length ITEM_GAP = LENGTH_PT(16);
static const Length ASIDE_GAP = LENGTH_PT(10); /* between a plot and the legend beside it */

Length legend_key_box(void)
{
    return KEY_WIDTH;
}

Length legend_key_width(void)
{
    return KEY_WIDTH + KEY_GAP;
}

const char *legend_name(Canvas *canvas, int series)
{
    const char *name = series_name(canvas->chart, series);
    bool second = canvas->chart->series[series].second;
    return second ? arena_printf(canvas->ts->arena, "%s（右轴）", name) : name;
}

static Length item_width(Canvas *canvas, int series)
{
    TextStyle style = label_style(SIZE);
    return legend_key_width() + text_width(canvas->ts, &style, legend_name(canvas, series));
}

/* How many series from `first` on stand in one row of `room`, and how wide they are together. */
static int row_items(Canvas *canvas, int first, Length room, Length *width)
{
    int count = 0;
    *width = 0;
    for (int s = first; s < canvas->chart->series_count; s++, count++) {
        Length more = item_width(canvas, s) + (count ? ITEM_GAP : 0);
        if (count > 0 && *width + more > room)
            break;
        *width += more;
    }
    return count;
}

/* The rows of a table below the axis bear the keys; the columns of one beside it have no room for
 * names. */
static bool has_legend(const Canvas *canvas)
{
    bool keyed = canvas->tabulated && canvas->chart->kind != CHART_HBAR;
    return canvas->chart->series_count > 1 && !keyed && !canvas->legend_aside;
}

static Length unit_width(Canvas *canvas, const char *unit)
{
    TextStyle style = label_style(SIZE);
    return unit ? text_width(canvas->ts, &style, unit) + ITEM_GAP : 0;
}

/* Room the units take on the first row, the same on both sides so that the legend stays centred. */
static Length unit_room(Canvas *canvas, const char *unit)
{
    Length left = unit_width(canvas, unit), right = unit_width(canvas, canvas->right_unit);
    return left > right ? left : right;
}

static bool beside_unit(Canvas *canvas, const char *unit)
{
    Length width, room = box_width(&canvas->frame) - 2 * unit_room(canvas, unit);
    return row_items(canvas, 0, room, &width) == canvas->chart->series_count && width <= room;
}

bool legend_height(Canvas *canvas, const char *unit, Length *height)
{
    Length frame = box_width(&canvas->frame), width;
    *height = unit || canvas->right_unit ? ROW : 0;
    if (unit_width(canvas, unit) + unit_width(canvas, canvas->right_unit) > frame + ITEM_GAP)
        return canvas_fail(canvas, DIAG_E318, unit ? unit : canvas->right_unit);
    if (!has_legend(canvas))
        return true;
    if (beside_unit(canvas, unit)) {
        *height = ROW;
        return true;
    }
    for (int s = 0, count; s < canvas->chart->series_count; s += count) {
        count = row_items(canvas, s, frame, &width);
        if (width > frame)
            return canvas_fail(canvas, DIAG_E318, legend_name(canvas, s));
        *height += ROW;
    }
    return true;
}

void legend_key(Canvas *canvas, int series, Length x, Length middle)
{
    const DocChart *chart = canvas->chart;
    Arena *arena = canvas->ts->arena;
    Shape *shape = canvas_shape(canvas);
    if (line_is(chart, series)) {
        SeriesStyle style = line_style(chart, series);
        line_stroke(chart, series, shape);
        path_move(arena, &shape->path, x, middle);
        path_line(arena, &shape->path, x + KEY_WIDTH, middle);
        palette_marker(canvas, &style, (Point){x + KEY_WIDTH / 2, middle}, LENGTH_PT(5));
    } else {
        palette_fill(palette_series(chart->palette, series, chart->series_count), shape);
        path_rect(arena, &shape->path, x, middle - KEY_HEIGHT / 2, KEY_WIDTH, KEY_HEIGHT);
    }
}

static void place_row(Canvas *canvas, int first, int count, Length width, Length top)
{
    TextStyle style = label_style(SIZE);
    Length x = (canvas->frame.left + canvas->frame.right - width) / 2;
    for (int s = first; s < first + count; s++) {
        legend_key(canvas, s, x, top + SIZE / 2);
        const char *name = legend_name(canvas, s);
        Box box = text_box(canvas->ts, &style, name, x + KEY_WIDTH + KEY_GAP, top, ALIGN_LEFT);
        canvas_label(canvas, &style, name, box, TEXT_TAB);
        x = box.right + ITEM_GAP;
    }
    canvas_end_line(canvas);
}

void legend_place_unit(Canvas *canvas, const char *unit)
{
    TextStyle style = label_style(SIZE);
    const Box *frame = &canvas->frame;
    if (unit)
        canvas_label(canvas, &style, unit,
            text_box(canvas->ts, &style, unit, frame->left, frame->top, ALIGN_LEFT), TEXT_TAB);
    const char *right = canvas->right_unit;
    if (right)
        canvas_label(canvas, &style, right,
            text_box(canvas->ts, &style, right, frame->right, frame->top, ALIGN_RIGHT), TEXT_TAB);
}

void legend_place(Canvas *canvas, const char *unit)
{
    Length top = canvas->frame.top, frame = box_width(&canvas->frame), width;
    legend_place_unit(canvas, unit);
    if (!has_legend(canvas)) {
        canvas_end_line(canvas);
        return;
    }
    if ((unit || canvas->right_unit) && !beside_unit(canvas, unit)) {
        canvas_end_line(canvas);
        top += ROW;
    }
    for (int s = 0, count; s < canvas->chart->series_count; s += count, top += ROW) {
        count = row_items(canvas, s, frame, &width);
        place_row(canvas, s, count, width, top);
    }
}

/* Up to a quarter of the width. */
Length legend_aside_width(Canvas *canvas)
{
    Length widest = 0;
    if (!has_legend(canvas))
        return 0;
    for (int s = 0; s < canvas->chart->series_count; s++) {
        Length width = item_width(canvas, s) + ASIDE_GAP;
        widest = width > widest ? width : widest;
    }
    return widest <= box_width(&canvas->frame) / 4 ? widest : 0;
}

void legend_place_aside(Canvas *canvas, const Box *area)
{
    TextStyle style = label_style(SIZE);
    int count = canvas->chart->series_count;
    Length height = count * ROW, top = (area->top + area->bottom - height) / 2;
    if (top + height > canvas->frame.bottom)
        top = canvas->frame.bottom - height;
    Length x = canvas->frame.right;
    for (int s = 0; s < count; s++) {
        Length left = canvas->frame.right - item_width(canvas, s);
        x = left < x ? left : x;
    }
    for (int s = count - 1; s >= 0; s--, top += ROW) {
        legend_key(canvas, s, x, top + SIZE / 2);
        const char *name = series_name(canvas->chart, s);
        canvas_label(canvas, &style, name,
            text_box(canvas->ts, &style, name, x + legend_key_width(), top, ALIGN_LEFT), TEXT_TAB);
        canvas_end_line(canvas);
    }
}
