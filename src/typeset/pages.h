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
#include "base/imagehead.h"
#include "base/length.h"
#include "base/span.h"

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
    PATTERN_SHADE_1, /* steps from white to black without a tone: one hatching, a sixth of ink … */
    PATTERN_SHADE_2,
    PATTERN_SHADE_3,
    PATTERN_SHADE_4,
    PATTERN_SHADE_5, /* … to five sixths */
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
    int blanks; /* cells of a table without text before this one: tabs in the plain text */
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

/* A picture, upright, drawn into the frame; the painter brings it down to 300 dpi there. */
typedef struct Picture {
    int image; /* index into Pages.images */
    Length x, y, width, height;
} Picture;

typedef enum MarkKind { MARK_GLYPHS, MARK_RECT, MARK_SHAPE, MARK_PICTURE } MarkKind;

/* What a part of the paper is, for those who have it read to them (PDF/UA-1). */
typedef enum TagKind {
    TAG_PAPER, /* the first of all, above the others */
    TAG_HEADING,
    TAG_PARAGRAPH,
    TAG_LIST,
    TAG_ITEM,
    TAG_LABEL, /* of an item, and what it labels */
    TAG_BODY,
    TAG_CONTENTS, /* 目录 */
    TAG_ENTRY,
    TAG_REFERENCE, /* what stands in an entry … */
    TAG_LINK,      /* … and leads to what it names: of a PageLink */
    TAG_TABLE,
    TAG_ROW,
    TAG_COLUMN_HEAD,
    TAG_ROW_HEAD,
    TAG_CELL,
    TAG_GROUP, /* a figure or photographs with what is said of them */
    TAG_FIGURE,
    TAG_CAPTION, /* of a figure or a table */
    TAG_NOTE,    /* a footnote */
    TAG_KIND_COUNT
} TagKind;

/* A tree in the order of reading; the marks of a tag are its text. */
typedef struct Tag {
    TagKind kind;
    int parent;        /* index into Pages.tags */
    int level;         /* of a heading, 1 … 6, none left out */
    int lead;          /* of a paragraph: the run-in heading, of a body: the label before it; 0 */
    int columns, rows; /* that a cell covers */
    const char *alt;   /* of a figure, in words … */
    Rect area;         /* … and where it stands */
} Tag;

/* `turned`: its places are those of the sheet turned a quarter clockwise, so that the mark reads
 * from bottom to top on the upright sheet (GB/T 9704 clause 8). A point (x, y) of the turned sheet
 * lies at (y, height − x) of the page. */
typedef struct Mark {
    MarkKind kind;
    bool turned;
    bool furniture; /* 草稿: said on every page, in the plain text once, at its head */
    int tag;        /* index into Pages.tags; 0: nothing to read (rules, page numbers, 续表 …) */
    union {
        GlyphRun run;
        Rect rect;
        Shape shape;
        Picture picture;
    };
} Mark;

/* Where the 版记 stands: on the last page, behind which only the messages of a draft come. */
typedef enum PageImprint { IMPRINT_NONE, IMPRINT_ALONE, IMPRINT_BELOW_TEXT } PageImprint;

typedef struct Page {
    Length width, height;
    bool turned;    /* marks added from now on are */
    bool landscape; /* the page holds turned text: shown turned on the screen (/Rotate 90) */
    int tag;        /* of marks added from now on */
    Mark *marks;
    size_t mark_count, mark_capacity;
    const char *label; /* printed number, "1", "iii"; NULL: none */
    PageImprint imprint;
    int foreign;      /* index into Pages.foreigns, and 1; 0: the page is ours */
    int foreign_page; /* of that file, from 0; width and height are that page's, as it is shown */
} Page;

typedef struct OutlineEntry {
    int level; /* 1 … */
    const char *title;
    int page; /* 0-based */
    Length y;
} OutlineEntry;

/* A place on a page that leads to another: an entry of the contents page of a volume. */
typedef struct PageLink {
    int page;    /* 0-based */
    Rect area;   /* no colour */
    int target;  /* 0-based page … */
    Length y;    /* … shown from here on */
    int tag;     /* index into Pages.tags of the TAG_LINK that is read there; 0: not tagged */
    const char *title;
} PageLink;

/* A PDF that is not ours: finish puts its pages in the place of ours that name it. Read once, by
 * those who lay out the volume; bytes live as long as the pages. */
typedef struct PageForeign {
    const char *path, *name; /* name: in messages … */
    At at;                   /* … and where the plan has it */
    const char *bytes;
    size_t length;
} PageForeign;

/* A chart on its page, in words, for those who cannot see it. */
typedef struct PageFigure {
    const char *title; /* 图2　各村清理量; "" without a caption */
    const char *alt;
    int page;          /* 0-based */
    size_t first, end; /* its marks: from first to before end */
    Rect area;         /* as its marks count, caption included; no colour */
} PageFigure;

/* A cut ("slim") font as it lies in memory; glyph ids are those of the whole font. */
typedef struct PageFont {
    const char *name; /* PostScript name, e.g. FandolFang-Regular */
    const unsigned char *bytes;
    size_t length;
    int index;      /* face in a collection: 0 once cut */
    unsigned blank; /* the glyph of a space; 0: none */
} PageFont;

/* A picture's file; the painter decodes it, once for each size it is drawn at. */
typedef struct PageImage {
    const char *path, *name;
    ImageHead head;
    At at;
} PageImage;

typedef struct Pages {
    Arena *arena;
    Page *pages;
    size_t page_count, page_capacity;
    PageFont *fonts;
    int font_count;
    PageImage *images;
    size_t image_count, image_capacity;
    OutlineEntry *outline;
    size_t outline_count, outline_capacity;
    PageFigure *figures;
    size_t figure_count, figure_capacity;
    PageLink *links;
    size_t link_count, link_capacity;
    PageForeign *foreigns;
    size_t foreign_count, foreign_capacity;
    Tag *tags; /* of papers that are to be tagged; else none */
    size_t tag_count, tag_capacity;
    const char *title, *author, *subject;
    Date date;
    bool volume; /* a bundle: viewers open it with its bookmarks */
} Pages;

Pages *pages_new(Arena *arena);
Page *pages_add(
    Pages *pages, Length width, Length height); /* the pointer holds until the next pages_add */
Mark *page_mark(Arena *arena, Page *page, MarkKind kind); /* zeroed; holds until the next one */
void page_rect(
    Arena *arena, Page *page, Length x, Length y, Length width, Length height, Color color);
/* Index of the picture's file among Pages.images; one entry a path. */
int pages_image(Pages *pages, const PageImage *image);
void pages_figure(Pages *pages, const PageFigure *figure);
void pages_outline(Pages *pages, int level, const char *title, int page, Length y);
void pages_link(Pages *pages, const PageLink *link);
/* What Page.foreign of its pages is to be; one entry a path. */
int pages_foreign(Pages *pages, const PageForeign *foreign);

/* tags.c. From now on the pages are tagged. */
void pages_tagged(Pages *pages);
/* The tag that is read next. 0, to be given to marks as any other, where nothing is tagged. */
int pages_tag(Pages *pages, int parent, TagKind kind);
/* A heading; one that would leave out a level is raised (PDF/UA-1 7.4.2). */
int pages_tag_heading(Pages *pages, int level);
int pages_tag_figure(Pages *pages, int parent, const char *alt, const Rect *area);
/* The texts among the marks from `first` on as paragraphs: each to its TEXT_NEW_LINE or TEXT_TAB. */
void pages_tag_texts(Pages *pages, Page *page, size_t first);
/* The name in PDF (ISO 32000-1 14.8.4). */
const char *tag_name(const Tag *tag);

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
