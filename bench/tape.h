/* A tape: all that is drawn of one paper, with nothing left to decide, in the shape in which Cairo
 * takes it. record.c writes it, floor.c plays it on the same machine. Items lie one behind the
 * other, each aligned to 8 bytes. */
#ifndef BENCH_TAPE_H
#define BENCH_TAPE_H

#include <cairo.h>
#include <stdint.h>

typedef enum TapeKind {
    TAPE_END,
    TAPE_FONT,
    TAPE_PAGE,
    TAPE_GLYPHS,
    TAPE_RECT,
    TAPE_SHAPE
} TapeKind;

enum { TAPE_FONTS = 64 }; /* faces at a size */

/* A face at a size. `length` bytes of a font file follow; 0: those of the item that `same` counts
 * to. */
typedef struct TapeFont {
    int64_t kind, same, length;
    double size;
} TapeFont;

typedef struct TapePage {
    int64_t kind;
    double width, height;
} TapePage;

/* Glyphs (cairo_glyph_t), clusters (cairo_text_cluster_t) and the text follow. */
typedef struct TapeGlyphs {
    int64_t kind;
    int32_t font, glyphs, clusters, bytes;
    double color[3];
} TapeGlyphs;

typedef struct TapeRect {
    int64_t kind;
    double x, y, width, height, color[3];
} TapeRect;

/* `points` pairs of doubles and `ops` bytes (PathOp) follow. */
typedef struct TapeShape {
    int64_t kind;
    int32_t points, ops, filled;
    double fill[3], stroke[3], stroke_width, dash[4];
} TapeShape;

/* What a stretch of bytes takes on the tape. */
static inline size_t tape_room(size_t bytes)
{
    return (bytes + 7) & ~(size_t)7;
}

#endif
