/* Setting text: the one door through which paragraphs, table cells and chart labels become glyph
 * runs. Shaping is Pango's; breaking, squeezing and justifying are ours (engine.md 1,
 * typesetting.md 10). */
#ifndef TYPESET_TEXT_H
#define TYPESET_TEXT_H

#include <stdbool.h>
#include "base/arena.h"
#include "document/document.h"
#include "typeset/font.h"
#include "typeset/pages.h"

/* What all of typesetting shares for one paper. */
typedef struct Typesetter {
    Arena *arena;
    FontSet *fonts;
    Diags *diags;
    Pages *pages;
    struct Map *strings;   /* short texts shaped so far; start with NULL */
    const DocStyle *style; /* kinsoku, hang, orphan_cells; NULL: the defaults */
} Typesetter;

typedef struct TextStyle {
    Role role;   /* Han, marks, digits; Latin letters go to the Latin face */
    Length size; /* em of the glyphs */
    Length cell; /* advance of a full-width character; 0 = size */
    Color color;
    bool leads; /* a run-in heading, the label of an item: for tags only */
} TextStyle;

/* One styled stretch of a paragraph's text. */
typedef struct TextPiece {
    TextStyle style;
    const char *text;
    At at;
    bool line_break; /* a forced break after this piece */
    int note_number; /* > 0: the mark of this footnote follows the text, as superscript ①… */
    Script script;   /* set small, raised or lowered; never parted from what stands before it */
    struct TextPiece *next;
} TextPiece;

typedef struct TextLine TextLine; /* a broken, justified line */

typedef struct TextLines {
    TextLine **lines;
    int count, capacity;
    Length width; /* the furthest right edge that a line reaches */
} TextLines;

typedef struct LineSpec {
    Length measure;      /* full line length */
    Length first_indent; /* of the first line */
    Length hang_indent;  /* of the others */
    Align align;         /* ALIGN_JUSTIFY, _LEFT, _CENTRE, _RIGHT */
    bool no_orphan; /* 孤字不成行: the last line holds so many characters as the style says */
    bool boxed;     /* in a table's cell: no mark hangs over the edge */
} LineSpec;

/* Notes what a paragraph needs, as fonts_need does for one string; reports missing characters at
 * their pieces. */
bool text_need(Typesetter *ts, const TextPiece *pieces);
/* Breaks a paragraph into lines. */
TextLines *text_break(Typesetter *ts, const TextPiece *pieces, const LineSpec *spec);
/* Places one line: x is the left edge of the measure, `baseline` the baseline of the Han em box.
 * `end` says what follows the line's text in the plain text (within a paragraph TEXT_GOES_ON). */
void text_put_line(
    Typesetter *ts, Page *page, const TextLine *line, Length x, Length baseline, TextEnd end);
/* From the left edge of the measure to where its text ends. */
Length text_line_right(const TextLine *line);
/* Do two lines of texts that begin alike end at the same character? */
bool text_lines_end_alike(const TextLine *a, const TextLine *b);
/* The footnote numbers that stand in a line (for the page builder); returns how many, at most
 * max. */
int text_line_notes(const TextLine *line, int *numbers, int max);

/* Short single-line texts: labels, cells, page numbers. */
Length text_width(Typesetter *ts, const TextStyle *style, const char *text);
/* align: ALIGN_LEFT puts the left edge at x, ALIGN_CENTRE the middle, ALIGN_RIGHT the right
 * edge. */
void text_put(Typesetter *ts, Page *page, const TextStyle *style, const char *text, Length x,
    Length baseline, Align align, TextEnd end);
/* Labels that are read one after the other though they stand apart: the values of a chart, the
 * names below its axis. They become one glyph run of one cluster, whose text keeps their order:
 * from places alone Poppler would guess another one (it reads values by height). Where faces differ
 * they are put one by one. */
typedef struct TextLabel {
    const char *text;
    Length x, baseline; /* of its left edge */
    TextEnd end;        /* TEXT_GOES_ON: the next continues it, else a blank stands between */
} TextLabel;
void text_put_row(Typesetter *ts, Page *page, const TextStyle *style, const TextLabel *labels,
    int count, TextEnd end);
/* Distance from the top of an em box of this size to its baseline, so that Han sit centred in it:
 * the same for all roles. */
Length text_ascent(Length size);
/* Height of the middle of the first character's ink above the baseline. */
Length text_ink_centre(Typesetter *ts, const TextStyle *style, const char *text);
/* The highest and the lowest ink of a text, as distances above the baseline: positive above it,
 * negative below it. The ink's height is *top - *bottom; to have it begin at y, the baseline goes
 * to y + *top. Both 0 when there is no ink. */
void text_ink_extent(
    Typesetter *ts, const TextStyle *style, const char *text, Length *top, Length *bottom);
/* Spreads a text over `width` (均排): the em box of its first character begins at x, that of its
 * last ends at x + width, the gaps between are equal; a single character stands in the middle. A
 * text wider than `width` is not squeezed: it runs over on the right. (A style whose cell is larger
 * than its size spreads Han too; of n of them n·cell − (cell − size) is seen, and half of cell −
 * size is blank at either side.) */
void text_put_spread(Typesetter *ts, Page *page, const TextStyle *style, const char *text, Length x,
    Length width, Length baseline, TextEnd end);
/* Pieces of an inline list in one style; bold pieces go to ROLE_HEI; a tab is a blank of two 字. */
TextPiece *text_pieces(Typesetter *ts, const Inline *first, const TextStyle *style);

#endif
