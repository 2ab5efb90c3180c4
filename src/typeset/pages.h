/* Pages: a display list with everything decided: positions, glyphs, fonts. Painters only play it;
 * nothing after typesetting asks a question of what came before. Lengths are integers in 1/1024
 * pt (1 pt = 1/72 inch), from the top left corner of the paper, y downwards. All belongs to the
 * arena of the document. The order of marks is the order of reading. */
#ifndef TYPESET_PAGES_H
#define TYPESET_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "base/arena.h"
#include "base/date.h"

typedef int32_t Length; /* 1/1024 pt */

#define LENGTH_PT(pt) ((Length)((pt)*1024.0 + ((pt) < 0 ? -0.5 : 0.5)))
#define LENGTH_MM(mm) LENGTH_PT((mm)*72.0 / 25.4)
#define LENGTH_TO_PT(length) ((length) / 1024.0)

typedef struct Color {
    uint8_t red, green, blue;
} Color;

/* Tiling fills that stay apart on a black-and-white print. */
typedef enum Pattern {
    PATTERN_SOLID,
    PATTERN_DIAGONAL,
    PATTERN_BACK_DIAGONAL,
    PATTERN_CROSS,
    PATTERN_DOTS,
    PATTERN_HORIZONTAL,
    PATTERN_VERTICAL,
    PATTERN_EMPTY,
    PATTERN_COUNT
} Pattern;

typedef struct Glyph {
    uint32_t id;
    Length x, y; /* origin on the page */
} Glyph;

/* Glyphs that stand for a run of text bytes; in order, they cover the text and the glyphs
 * exactly. */
typedef struct Cluster {
    uint16_t bytes, glyphs;
} Cluster;

/* What follows a run in the plain text of the paper. */
typedef enum TextEnd { TEXT_GOES_ON, TEXT_SPACE, TEXT_TAB, TEXT_NEW_LINE } TextEnd;

typedef struct GlyphRun {
    int font; /* index into Pages.fonts */
    Length size;
    Color color;
    Glyph *glyphs;
    int glyph_count;
    const char *text; /* UTF-8 as typeset, text_bytes long */
    int text_bytes;
    Cluster *clusters;
    int cluster_count;
    TextEnd end;
} GlyphRun;

typedef enum PathOp { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE } PathOp; /* 1, 1, 3, 0 points */

typedef struct Point {
    Length x, y;
} Point;

typedef struct Path {
    uint8_t *ops;
    int op_count;
    Point *points;
    int point_count;
} Path;

typedef struct Shape {
    Path path;
    bool filled;
    Pattern pattern; /* of the fill; SOLID: plain `fill` */
    Color fill;      /* background under a pattern is white; the pattern's lines have this colour */
    Length stroke_width; /* 0: no stroke */
    Color stroke;
    Length dash[4]; /* on, off, on, off; all 0: unbroken */
} Shape;

typedef struct Rect {
    Length x, y, width, height;
    Color color;
} Rect; /* rules are filled rectangles, never hairline strokes */

typedef enum MarkKind { MARK_GLYPHS, MARK_RECT, MARK_SHAPE } MarkKind;

typedef struct Mark {
    MarkKind kind;
    union {
        GlyphRun run;
        Rect rect;
        Shape shape;
    };
} Mark;

typedef struct Page {
    Length width, height;
    Mark *marks;
    size_t mark_count, mark_capacity;
    const char *label; /* printed number, "1"; NULL: none */
} Page;

typedef struct OutlineEntry {
    int level; /* 1 … */
    const char *title;
    int page; /* 0-based */
    Length y;
} OutlineEntry;

/* A cut ("slim") font as it lies in memory; glyph ids are those of the whole font. */
typedef struct PageFont {
    const char *name; /* PostScript name, e.g. FandolFang-Regular */
    const unsigned char *bytes;
    size_t length;
    int index; /* face in a collection: 0 once cut */
} PageFont;

typedef struct Pages {
    Arena *arena;
    Page *pages;
    size_t page_count, page_capacity;
    PageFont *fonts;
    int font_count;
    OutlineEntry *outline;
    size_t outline_count, outline_capacity;
    const char *title, *author;
    Date date;
} Pages;

Pages *pages_new(Arena *arena);
Page *pages_add(
    Pages *pages, Length width, Length height); /* the pointer holds until the next pages_add */
Mark *page_mark(Arena *arena, Page *page, MarkKind kind); /* zeroed; holds until the next one */
void page_rect(
    Arena *arena, Page *page, Length x, Length y, Length width, Length height, Color color);
void pages_outline(Pages *pages, int level, const char *title, int page, Length y);

/* Builders for shapes: start with {0}. */
void path_move(Arena *arena, Path *path, Length x, Length y);
void path_line(Arena *arena, Path *path, Length x, Length y);
void path_curve(Arena *arena, Path *path, Point a, Point b, Point end);
void path_close(Arena *arena, Path *path);
void path_rect(Arena *arena, Path *path, Length x, Length y, Length width, Length height);

/* One mark a line, stable across machines: the goldens of typesetting. */
void pages_dump(const Pages *pages, FILE *out);
/* The paper's plain text: a line a paragraph (or table row), as typeset, page numbers included. */
void pages_text(const Pages *pages, FILE *out);

#endif
