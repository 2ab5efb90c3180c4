/* A stand-in for a CFF font while a PDF is painted: only the glyphs that the pages use, numbered
 * anew, each of them its em box, and a number in the place of its outline (cff_mark).
 *
 * Why: Cairo 1.16's PDF surface interprets the outline of each glyph three times (extents, outline
 * or bitmap?, advance) and draws none of them; reads all charstrings of the font for each PDF;
 * copies and searches the whole cmap for each glyph; and deflates what it embeds with zlib's
 * level 6. FreeType reads boxes when the file says it is a TrueType font; the CFF table that Cairo
 * asks for and embeds is a few hundred bytes, into which output/finish_fonts.c puts the true
 * outlines. Never for PNG or SVG, which draw outlines. Bytes to bytes: knows neither FreeType nor
 * Cairo. */
#ifndef PAINT_BOXFONT_H
#define PAINT_BOXFONT_H

#include <stdbool.h>
#include "base/arena.h"
#include "typeset/pages.h"

typedef struct BoxFont {
    PageFont font;
    const uint16_t *glyphs; /* by the id in the font itself: the id here */
} BoxFont;

/* Makes the stand-in of pages->fonts[font] in the arena. False where the font is not a single
 * OpenType file with CID-keyed CFF outlines without subroutines, or text and glyphs do not pair:
 * then the font itself serves. */
bool boxfont_make(Arena *arena, const Pages *pages, int font, BoxFont *out);

#endif
