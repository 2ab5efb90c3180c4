#include "typeset/chart/palette.h"
#include <string.h>

#define GREY(tone)                                                                                 \
    {                                                                                              \
        tone, tone, tone                                                                           \
    }
#define RGB(code)                                                                                  \
    {                                                                                              \
        (code) >> 16 & 255, (code) >> 8 & 255, (code)&255                                          \
    }
#define DASH(a, b, c, d)                                                                           \
    {                                                                                              \
        LENGTH_PT(a), LENGTH_PT(b), LENGTH_PT(c), LENGTH_PT(d)                                     \
    }

/* Markers and dashes tell the lines apart in every palette. */
#define LINE_1(color) MARKER_CIRCLE, true, color, DASH(0, 0, 0, 0)
#define LINE_2(color) MARKER_SQUARE, false, color, DASH(5, 2.5, 5, 2.5)
#define LINE_3(color) MARKER_TRIANGLE, true, color, DASH(1.2, 1.8, 1.2, 1.8)
#define LINE_4(color) MARKER_DIAMOND, false, color, DASH(6, 2, 1.2, 2)
#define LINE_5(color) MARKER_FALLING, true, color, DASH(9, 3, 9, 3)
#define LINE_6(color) MARKER_CIRCLE, false, color, DASH(2.5, 2.5, 2.5, 2.5)
#define LINE_7(color) MARKER_DIAMOND, true, color, DASH(9, 2, 3, 2)
#define LINE_8(color) MARKER_TRIANGLE, false, color, DASH(1.2, 3, 1.2, 3)

/* Neighbours differ most: dark, hatched, light, crossed … */
static const SeriesStyle grey[SERIES_LIMIT] = {
    /* flat table */
    {PATTERN_SOLID, GREY(0x60), LINE_1(GREY(0x00))},
    {PATTERN_DIAGONAL, GREY(0x20), LINE_2(GREY(0x30))},
    {PATTERN_SOLID, GREY(0xC4), LINE_3(GREY(0x58))},
    {PATTERN_CROSS, GREY(0x30), LINE_4(GREY(0x00))},
    {PATTERN_EMPTY, GREY(0xFF), LINE_5(GREY(0x48))},
    {PATTERN_DOTS, GREY(0x20), LINE_6(GREY(0x18))},
    {PATTERN_BACK_DIAGONAL, GREY(0x50), LINE_7(GREY(0x60))},
    {PATTERN_HORIZONTAL, GREY(0x30), LINE_8(GREY(0x28))},
};

/* Eight steps of lightness, 9 and more of L* apart, so that they stay apart when a grey printer or
 * a copier takes the hue away; hues chosen by search, so that each two are 30 of ΔE apart for
 * ordinary sight and the three common colour-blindnesses. Light ones are solid, for their lines
 * would not show on white; as the line of a chart they are darker. */
static const SeriesStyle colour[SERIES_LIMIT] = {
    /* flat table */
    {PATTERN_SOLID, RGB(0x4C4588), LINE_1(RGB(0x4C4588))},
    {PATTERN_DIAGONAL, RGB(0xC15E07), LINE_2(RGB(0xC15E07))},
    {PATTERN_SOLID, RGB(0x2BC2CC), LINE_3(RGB(0x1CA2AD))},
    {PATTERN_CROSS, RGB(0x301C36), LINE_4(RGB(0x301C36))},
    {PATTERN_SOLID, RGB(0xEFD18E), LINE_5(RGB(0x79713F))},
    {PATTERN_DOTS, RGB(0x790300), LINE_6(RGB(0x790300))},
    {PATTERN_BACK_DIAGONAL, RGB(0x00715A), LINE_7(RGB(0x00715A))},
    {PATTERN_HORIZONTAL, RGB(0x987FF1), LINE_8(RGB(0x987FF1))},
};

/* Nothing but black ink, for a stencil or a fax: the patterns alone tell. */
static const SeriesStyle mono[SERIES_LIMIT] = {
    /* flat table */
    {PATTERN_DIAGONAL, GREY(0), LINE_1(GREY(0))},
    {PATTERN_EMPTY, GREY(0xFF), LINE_2(GREY(0))},
    {PATTERN_SOLID, GREY(0), LINE_3(GREY(0))},
    {PATTERN_HORIZONTAL, GREY(0), LINE_4(GREY(0))},
    {PATTERN_CROSS, GREY(0), LINE_5(GREY(0))},
    {PATTERN_DOTS, GREY(0), LINE_6(GREY(0))},
    {PATTERN_BACK_DIAGONAL, GREY(0), LINE_7(GREY(0))},
    {PATTERN_VERTICAL, GREY(0), LINE_8(GREY(0))},
};

typedef struct Palette {
    const SeriesStyle *styles;
    SeriesStyle alone;
} Palette;

static const Palette palettes[] = {
    [PALETTE_GREY] = {grey, {PATTERN_SOLID, GREY(0x90), LINE_1(GREY(0x00))}},
    [PALETTE_COLOUR] = {colour, {PATTERN_SOLID, RGB(0x6F9BD1), LINE_1(RGB(0x1F4E9E))}},
    [PALETTE_MONO] = {mono, {PATTERN_DIAGONAL, GREY(0), LINE_1(GREY(0))}},
};

const SeriesStyle *palette_series(ChartPalette palette, int index, int count)
{
    const Palette *chosen = &palettes[palette];
    return count == 1 ? &chosen->alone : &chosen->styles[index % SERIES_LIMIT];
}

const SeriesStyle *palette_slice(ChartPalette palette, int index, int count)
{
    const SeriesStyle *styles = palettes[palette].styles;
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
    case MARKER_FALLING:
        path_move(arena, path, at.x, at.y + half);
        path_line(arena, path, at.x + half, at.y - half * 3 / 4);
        path_line(arena, path, at.x - half, at.y - half * 3 / 4);
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
