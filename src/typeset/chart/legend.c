#include "typeset/chart/legend.h"
#include "typeset/chart/palette.h"

static const Length SIZE = LENGTH_PT(9);
static const Length ROW = LENGTH_PT(13);
static const Length KEY_WIDTH = LENGTH_PT(20), KEY_HEIGHT = LENGTH_PT(8), KEY_GAP = LENGTH_PT(4);
static const Length ITEM_GAP = LENGTH_PT(16);

Length legend_key_width(void)
{
    return KEY_WIDTH + KEY_GAP;
}

static Length item_width(Canvas *canvas, int series)
{
    TextStyle style = label_style(SIZE);
    return legend_key_width() + text_width(canvas->ts, &style, series_name(canvas->chart, series));
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

static bool has_legend(const Canvas *canvas)
{
    return canvas->chart->series_count > 1 && !canvas->tabulated;
}

/* Room the unit takes on the first row, the same on both sides so that the legend stays centred. */
static Length unit_room(Canvas *canvas, const char *unit)
{
    TextStyle style = label_style(SIZE);
    return unit ? text_width(canvas->ts, &style, unit) + ITEM_GAP : 0;
}

static bool beside_unit(Canvas *canvas, const char *unit)
{
    Length width, room = box_width(&canvas->frame) - 2 * unit_room(canvas, unit);
    return row_items(canvas, 0, room, &width) == canvas->chart->series_count && width <= room;
}

bool legend_height(Canvas *canvas, const char *unit, Length *height)
{
    Length frame = box_width(&canvas->frame), width;
    *height = unit ? ROW : 0;
    if (unit_room(canvas, unit) > frame)
        return canvas_fail(canvas, DIAG_E318, unit);
    if (!has_legend(canvas))
        return true;
    if (beside_unit(canvas, unit)) {
        *height = ROW;
        return true;
    }
    for (int s = 0, count; s < canvas->chart->series_count; s += count) {
        count = row_items(canvas, s, frame, &width);
        if (width > frame)
            return canvas_fail(canvas, DIAG_E318, series_name(canvas->chart, s));
        *height += ROW;
    }
    return true;
}

void legend_key(Canvas *canvas, int series, Length x, Length middle)
{
    const SeriesStyle *style = palette_series(series, canvas->chart->series_count);
    Arena *arena = canvas->ts->arena;
    Shape *shape = canvas_shape(canvas);
    if (canvas->chart->kind == CHART_LINE) {
        palette_stroke(style, shape);
        path_move(arena, &shape->path, x, middle);
        path_line(arena, &shape->path, x + KEY_WIDTH, middle);
        palette_marker(canvas, style, (Point){x + KEY_WIDTH / 2, middle}, LENGTH_PT(5));
    } else {
        palette_fill(style, shape);
        path_rect(arena, &shape->path, x, middle - KEY_HEIGHT / 2, KEY_WIDTH, KEY_HEIGHT);
    }
}

static void place_row(Canvas *canvas, int first, int count, Length width, Length top)
{
    TextStyle style = label_style(SIZE);
    Length x = (canvas->frame.left + canvas->frame.right - width) / 2;
    for (int s = first; s < first + count; s++) {
        legend_key(canvas, s, x, top + SIZE / 2);
        const char *name = series_name(canvas->chart, s);
        Box box = text_box(canvas->ts, &style, name, x + KEY_WIDTH + KEY_GAP, top, ALIGN_LEFT);
        canvas_label(canvas, &style, name, box, TEXT_TAB);
        x = box.right + ITEM_GAP;
    }
    canvas_end_line(canvas);
}

void legend_place(Canvas *canvas, const char *unit)
{
    TextStyle style = label_style(SIZE);
    Length top = canvas->frame.top, frame = box_width(&canvas->frame), width;
    if (unit) {
        Box box = text_box(canvas->ts, &style, unit, canvas->frame.left, top, ALIGN_LEFT);
        canvas_label(canvas, &style, unit, box, TEXT_TAB);
    }
    if (!has_legend(canvas)) {
        canvas_end_line(canvas);
        return;
    }
    if (unit && !beside_unit(canvas, unit)) {
        canvas_end_line(canvas);
        top += ROW;
    }
    for (int s = 0, count; s < canvas->chart->series_count; s += count, top += ROW) {
        count = row_items(canvas, s, frame, &width);
        place_row(canvas, s, count, width, top);
    }
}
