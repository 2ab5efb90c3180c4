/* 环形: the ring and what stands in its hole. Slices and their labels are those of the pie. */
#include <math.h>
#include "typeset/caption.h"
#include "typeset/chart/pie.h"
#include "typeset/chart/scale.h"

enum { HOLE_PERCENT = 56, TOTAL_LINES = 3 };
static const Length AIR = LENGTH_PT(2); /* between the sum and the ring */
static const Length LINE_GAP = LENGTH_PT(2);
static const double sizes[] = {12, 10.5, 9, 8, 7.5};
enum { SIZE_COUNT = sizeof sizes / sizeof *sizes };

typedef struct Total {
    const char *lines[TOTAL_LINES];
    int count;
} Total;

Length donut_hole(Length radius)
{
    return radius * HOLE_PERCENT / 100;
}

void donut_slice(
    Arena *arena, Path *path, const Hole *hole, Length radius, double start, double end)
{
    Point first = circle_point(hole->centre, radius, start);
    Point inner = circle_point(hole->centre, hole->radius, end);
    path_move(arena, path, first.x, first.y);
    path_arc(arena, path, hole->centre, radius, start, end);
    if (end - start > 2 * M_PI - 1e-9) { /* alone: two circles, the inner one the other way round */
        path_close(arena, path);
        path_move(arena, path, inner.x, inner.y);
    } else {
        path_line(arena, path, inner.x, inner.y);
    }
    path_arc(arena, path, hole->centre, hole->radius, end, start);
    path_close(arena, path);
}

/* Whether all corners of the lines, set centred, lie within the hole. */
static bool fits(Canvas *canvas, const Hole *hole, const Total *total, const TextStyle *style)
{
    Length height = total->count * style->size + (total->count - 1) * LINE_GAP;
    for (int l = 0; l < total->count; l++) {
        Length top = l * (style->size + LINE_GAP) - height / 2, bottom = top + style->size;
        Length far = -top > bottom ? -top : bottom;
        Length half = text_width(canvas->ts, style, total->lines[l]) / 2;
        if (hypot(half, far) > hole->radius - AIR)
            return false;
    }
    return true;
}

static void place(Canvas *canvas, const Hole *hole, const Total *total, const TextStyle *style)
{
    Length height = total->count * style->size + (total->count - 1) * LINE_GAP;
    Length top = hole->centre.y - height / 2;
    for (int l = 0; l < total->count; l++, top += style->size + LINE_GAP)
        canvas_label(canvas, style, total->lines[l],
            text_box(canvas->ts, style, total->lines[l], hole->centre.x, top, ALIGN_CENTRE),
            TEXT_GOES_ON);
    canvas_end_line(canvas);
}

static bool place_if_fits(Canvas *canvas, const Hole *hole, const Total *total)
{
    for (int i = 0; i < SIZE_COUNT; i++) {
        TextStyle style = label_style(LENGTH_PT(sizes[i]));
        if (!fits(canvas, hole, total, &style))
            continue;
        place(canvas, hole, total, &style);
        return true;
    }
    return false;
}

void donut_total(Canvas *canvas, const Hole *hole)
{
    Arena *arena = canvas->ts->arena;
    const char *unit = canvas->chart->unit ? unit_bare(canvas->chart->unit) : "";
    char text[DECIMAL_TEXT];
    const char *figure =
        arena_strdup(arena, decimal_format(decimal_round(hole->total, hole->places), text));
    Total two = {{"合计", arena_printf(arena, "%s%s", figure, unit)}, 2};
    Total three = {{"合计", figure, unit}, *unit ? 3 : 2};
    if (!place_if_fits(canvas, hole, &two) && !place_if_fits(canvas, hole, &three))
        canvas->some_unlabelled = true;
}
