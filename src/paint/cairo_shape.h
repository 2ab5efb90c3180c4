/* Shapes on Cairo: paths filled with a colour or a pattern, and stroked. */
#ifndef PAINT_CAIRO_SHAPE_H
#define PAINT_CAIRO_SHAPE_H

#include <cairo.h>
#include "typeset/pages.h"

typedef struct Tile {
    Pattern pattern;
    Color color;
    cairo_surface_t *surface; /* one cell, the colour on nothing */
} Tile;

typedef struct ShapePainter {
    Arena *arena;
    Tile *tiles;
    size_t tile_count, tile_capacity;
    /* patterns are drawn line by line: Cairo 1.16's SVG surface never frees its tiles */
    bool lines;
} ShapePainter;

void color_set(cairo_t *cr, Color color);
/* Paints the shape that the mark is; and with it those right after it that bear the same pattern
 * and stand apart from it, as the bars of a series do: each fill with a pattern is an object of its
 * own in a PDF. Returns how many. */
size_t shapes_paint(ShapePainter *p, cairo_t *cr, const Mark *marks, size_t count);
void shapes_close(ShapePainter *p);

#endif
