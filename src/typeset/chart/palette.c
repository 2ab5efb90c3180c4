#include "typeset/chart/palette.h"
#include <string.h>

#define GREY(tone)                                                                                 \
    {                                                                                              \
        tone, tone, tone                                                                           \
    }
#define DASH(a, b, c, d)                                                                           \
    {                                                                                              \
        LENGTH_PT(a), LENGTH_PT(b), LENGTH_PT(c), LENGTH_PT(d)                                     \
    }

/* Neighbours differ most: dark, hatched, light, crossed … */
static const SeriesStyle styles[SERIES_LIMIT] = {
    /* flat table */
    {PATTERN_SOLID, GREY(0x60), MARKER_CIRCLE, true, GREY(0x00), DASH(0, 0, 0, 0)},
    {PATTERN_DIAGONAL, GREY(0x20), MARKER_SQUARE, false, GREY(0x30), DASH(5, 2.5, 5, 2.5)},
    {PATTERN_SOLID, GREY(0xC4), MARKER_TRIANGLE, true, GREY(0x58), DASH(1.2, 1.8, 1.2, 1.8)},
    {PATTERN_CROSS, GREY(0x30), MARKER_DIAMOND, false, GREY(0x00), DASH(6, 2, 1.2, 2)},
    {PATTERN_EMPTY, GREY(0xFF), MARKER_SQUARE, true, GREY(0x48), DASH(9, 3, 9, 3)},
    {PATTERN_DOTS, GREY(0x20), MARKER_CIRCLE, false, GREY(0x18), DASH(2.5, 2.5, 2.5, 2.5)},
    {PATTERN_BACK_DIAGONAL, GREY(0x50), MARKER_DIAMOND, true, GREY(0x60), DASH(9, 2, 3, 2)},
    {PATTERN_HORIZONTAL, GREY(0x30), MARKER_TRIANGLE, false, GREY(0x28), DASH(1.2, 3, 1.2, 3)},
};

static const SeriesStyle alone = {
    PATTERN_SOLID, GREY(0x90), MARKER_CIRCLE, true, GREY(0x00), DASH(0, 0, 0, 0)};

const SeriesStyle *palette_series(int index, int count)
{
    return count == 1 ? &alone : &styles[index % SERIES_LIMIT];
}

const SeriesStyle *palette_slice(int index, int count)
{
    if (count > SERIES_LIMIT && index == count - 1 && index % SERIES_LIMIT == 0)
        return &styles[SERIES_LIMIT /
                       2]; /* else the last slice would be as the first one beside it */
    return &styles[index % SERIES_LIMIT];
}

void palette_fill(const SeriesStyle *style, Shape *shape)
{
    shape->filled = true;
    shape->pattern = style->pattern;
    shape->fill = style->fill;
    shape->stroke_width = LENGTH_PT(0.5);
    shape->stroke = BLACK;
}

void palette_stroke(const SeriesStyle *style, Shape *shape)
{
    shape->stroke_width = LENGTH_PT(1.25);
    shape->stroke = style->line;
    memcpy(shape->dash, style->dash, sizeof shape->dash);
}

static void marker_path(Arena *arena, Path *path, Marker marker, Point at, Length half)
{
    switch (marker) {
    case MARKER_CIRCLE:
        path_circle(arena, path, at, half);
        return;
    case MARKER_SQUARE:
        path_rect(
            arena, path, at.x - half * 7 / 8, at.y - half * 7 / 8, half * 7 / 4, half * 7 / 4);
        return;
    case MARKER_TRIANGLE:
        path_move(arena, path, at.x, at.y - half);
        path_line(arena, path, at.x + half, at.y + half * 3 / 4);
        path_line(arena, path, at.x - half, at.y + half * 3 / 4);
        break;
    case MARKER_DIAMOND:
        path_move(arena, path, at.x, at.y - half);
        path_line(arena, path, at.x + half, at.y);
        path_line(arena, path, at.x, at.y + half);
        path_line(arena, path, at.x - half, at.y);
        break;
    }
    path_close(arena, path);
}

void palette_marker(Canvas *canvas, const SeriesStyle *style, Point centre, Length size)
{
    Shape *shape = canvas_shape(canvas);
    shape->filled = true;
    shape->pattern = PATTERN_SOLID;
    shape->fill = style->marker_filled ? style->line : WHITE;
    shape->stroke_width = LENGTH_PT(0.9);
    shape->stroke = style->line;
    marker_path(canvas->ts->arena, &shape->path, style->marker, centre, size / 2);
}
