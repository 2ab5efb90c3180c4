/* From styled text to boxes: one box per cluster of Pango's shaping, with its class in Chinese
 * typesetting, its natural place in a cell and the blank beside its ink (engine.md 1.3, 1.4).
 * Breaking and justifying work on boxes only; they know neither fonts nor Pango. */
#ifndef TYPESET_SHAPE_H
#define TYPESET_SHAPE_H

#include "typeset/text.h"

/* typesetting.md 10.2 */
typedef enum CharClass {
    CLASS_HAN,
    CLASS_OPEN,      /* （《“ */
    CLASS_CLOSE,     /* ）》” */
    CLASS_PAUSE,     /* ，、；： */
    CLASS_STOP,      /* 。？！ */
    CLASS_CONNECTOR, /* ～ – single — */
    CLASS_MIDDLE,    /* · */
    CLASS_SOLIDUS,   /* / ／ */
    CLASS_DASH,      /* —— */
    CLASS_ELLIPSIS,  /* …… */
    CLASS_PREFIX,    /* ￥ § № */
    CLASS_SUFFIX,    /* ％ ℃ */
    CLASS_DIGIT,
    CLASS_WESTERN,
    CLASS_SPACE,      /* between Latin words */
    CLASS_WIDE_SPACE, /* U+3000 */
    CLASS_NOTE,       /* the mark of a footnote */
    CLASS_COUNT
} CharClass;

enum { BREAK_NEVER = -1, BREAK_FREE = 0 };

typedef struct BoxStyle {
    Role role;
    Length size, cell;
    Length rise; /* superscript */
    Color color;
    bool leads; /* as in TextStyle */
} BoxStyle;

typedef struct Box {
    uint32_t code; /* its first character */
    int start, bytes;
    const BoxStyle *style;
    int16_t font;  /* as GlyphRun.font counts */
    uint8_t class; /* CharClass */
    bool wide;     /* sits in a cell: Han and marks */
    bool line_break_before;
    int note_number;
    int break_before; /* BREAK_NEVER, or the cost of breaking here in 1/100 cell */
    int first_glyph, glyph_count;
    Length shift;                   /* upwards, the font's calibration and the style's rise */
    Length natural;                 /* advance of the glyphs */
    Length width;                   /* on the line */
    Length offset;                  /* of the glyphs' origin within the width */
    Length blank_left, blank_right; /* that may still be taken away */
} Box;

typedef struct BoxGlyph {
    uint32_t id;
    Length x, y, advance; /* offsets as shaped, y downwards */
} BoxGlyph;

typedef struct Shaped {
    const char *text;
    int text_bytes;
    Box *boxes;
    int count;
    BoxGlyph *glyphs;
    int glyph_count;
} Shaped;

/* Notes what the pieces need (fonts_need for a whole paragraph, so that context is that of
 * shaping). */
bool shape_need(FontSet *fonts, Arena *scratch, const TextPiece *pieces);
/* Shapes pieces as one text: classes, cells, blanks; break costs and squeezed pairs are settled
 * too. */
Shaped *shape_pieces(Typesetter *ts, const TextPiece *pieces);
/* The class of a character between its neighbours (0: none). */
CharClass shape_class(uint32_t before, uint32_t code, uint32_t after);
/* Letters of Latin, Greek and Cyrillic, and the superscripts that stand with units. */
bool shape_is_letter(uint32_t code);
/* Part of a Latin word or of a number. */
bool shape_in_word(const Box *box);
/* ）》” ，、；： 。？！ */
bool shape_is_closing(const Box *box);
/* Do both boxes go into one glyph run? */
bool shape_same_run(const Box *a, const Box *b);
/* Height of the middle of the ink of the first box above the baseline; for placing page numbers. */
Length shape_ink_centre(Typesetter *ts, const Shaped *shaped);
/* Where the ink of box i ends above and below, both measured upwards from the baseline. False when
 * it has none. */
bool shape_ink_extent(Typesetter *ts, const Shaped *shaped, int i, Length *top, Length *bottom);

#endif
