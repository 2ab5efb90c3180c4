#include "typeset/chart/values.h"

static const double sizes[] = {9, 8, 7.5}; /* 小五 … 六号: below that a photocopy loses figures */
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

/* More values than this find no room on any chart; trying would cost the square of their number. */
enum { VALUE_LIMIT = 600 };

static const Length BESIDE = LENGTH_PT(1); /* figures side by side stand twice this apart */

static Box spot_box(
    const Value *value, const Spot *spot, Length width, Length size, Length gap, const Box *room)
{
    Length middle = value->anchor.x + round_length(spot->across * (width / 2 + gap));
    Length top = value->anchor.y - size / 2;
    if (spot->up >= 1)
        top = value->anchor.y - gap - round_length(spot->up * size);
    else if (spot->up <= -1)
        top = value->anchor.y + gap - round_length((spot->up + 1) * size);
    else
        top -= round_length(spot->up * size);
    Box box = {middle - width / 2, top, middle - width / 2 + width, top + size};
    /* At the edge of the frame a figure may move inwards, as long as it stays above its own bar. */
    Length shift = box.left < room->left     ? room->left - box.left
                   : box.right > room->right ? room->right - box.right
                                             : 0;
    if (shift > -width / 3 && shift < width / 3) {
        box.left += shift;
        box.right += shift;
    }
    return box;
}

static bool settle(Canvas *canvas, Value *value, Box box, bool on_bar)
{
    value->placed = true;
    value->on_bar = on_bar;
    value->box = box;
    canvas_obstacle(canvas, (Box){box.left - BESIDE, box.top, box.right + BESIDE, box.bottom});
    return true;
}

static bool place_on_bar(Canvas *canvas, Value *value, Length width, Length size)
{
    const Box *bar = value->on;
    static const int quarters[] = {2, 3, 1}; /* of the way up: a target line may cross the middle */
    Length left = (bar->left + bar->right - width) / 2, free = box_height(bar) - size;
    for (size_t i = 0; i < sizeof quarters / sizeof *quarters; i++) {
        Length top = bar->bottom - size - free * quarters[i] / 4;
        Box box = {left, top, left + width, top + size};
        if (canvas_is_free_on_bar(canvas, &box, bar))
            return settle(canvas, value, box, true);
    }
    return false;
}

/* Within the end of its bar, or a line further in where a rule runs there too. */
static bool place_in_end(Canvas *canvas, Value *value, Length width, Length size)
{
    const Box *bar = value->bar;
    bool upward = value->anchor.y == bar->top;
    Length left = (bar->left + bar->right - width) / 2;
    for (int line = 0; line < 2; line++) {
        Length in = CANVAS_BAR_MARGIN + line * (size + CANVAS_BAR_MARGIN);
        Length top = upward ? bar->top + in : bar->bottom - in - size;
        Box box = {left, top, left + width, top + size};
        if (canvas_is_free_on_bar(canvas, &box, bar))
            return settle(canvas, value, box, true);
    }
    return false;
}

static bool place_value(
    Canvas *canvas, Value *value, const TextStyle *style, Length gap, const Box *room)
{
    Length width = text_width(canvas->ts, style, value->text);
    if (value->on)
        return place_on_bar(canvas, value, width, style->size);
    for (int i = 0; i < value->spot_count; i++) {
        Box box = spot_box(value, &value->spots[i], width, style->size, gap, room);
        if (canvas_is_free(canvas, &box, room))
            return settle(canvas, value, box, false);
        if (i == 0 && value->bar && place_in_end(canvas, value, width, style->size))
            return true;
    }
    return false;
}

/* How many values find no place at this size. */
static int place_all(
    Canvas *canvas, Value *values, int count, const TextStyle *style, Length gap, const Box *room)
{
    int dropped = 0;
    for (int i = 0; i < count; i++)
        values[i].placed = false;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < count; i++)
            if (values[i].text && values[i].first == (pass == 0))
                dropped += !place_value(canvas, &values[i], style, gap, room);
    return dropped;
}

TextStyle values_solve(Canvas *canvas, Value *values, int count, Length gap, const Box *room)
{
    TextStyle best = label_style(LENGTH_PT(sizes[0]));
    if (count > VALUE_LIMIT) {
        canvas->some_unlabelled = true;
        return best;
    }
    size_t obstacles = canvas->obstacle_count;
    int fewest = count + 1;
    for (int i = 0; i < SIZE_COUNT && fewest > 0; i++) {
        TextStyle style = label_style(LENGTH_PT(sizes[i]));
        canvas->obstacle_count = obstacles;
        int dropped = place_all(canvas, values, count, &style, gap, room);
        if (dropped < fewest) {
            fewest = dropped;
            best = style;
        }
    }
    if (fewest > 0) { /* a smaller size may have been tried last */
        canvas->obstacle_count = obstacles;
        place_all(canvas, values, count, &best, gap, room);
    }
    canvas->some_unlabelled = canvas->some_unlabelled || fewest > 0;
    return best;
}

void values_add(Canvas *canvas, const Value *values, int count, const TextStyle *style)
{
    for (int i = 0; i < count; i++) {
        canvas->any_labelled = canvas->any_labelled || values[i].placed;
        if (values[i].placed && values[i].on_bar)
            canvas_value_on_bar(canvas, style, values[i].text, values[i].box);
        else if (values[i].placed)
            canvas_value(canvas, style, values[i].text, values[i].box);
    }
}

void values_place(Canvas *canvas, Value *values, int count, Length gap, const Box *room)
{
    TextStyle style = values_solve(canvas, values, count, gap, room);
    values_add(canvas, values, count, &style);
    canvas_end_line(canvas);
}

bool is_extreme(const ChartSeries *series, int count, int index)
{
    bool highest = true, lowest = true;
    for (int i = 0; i < count; i++) {
        if (series->points[i].missing)
            continue;
        int order = decimal_cmp(series->points[i].value, series->points[index].value);
        highest = highest && order <= 0;
        lowest = lowest && order >= 0;
    }
    return highest || lowest;
}
