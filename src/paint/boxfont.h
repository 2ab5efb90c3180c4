/* A stand-in for a CFF font while a PDF is painted: the same tables, but with a `glyf` in which
 * every glyph in use is its em box.
 *
 * Why: Cairo 1.16's PDF surface interprets the outline of each glyph three times (extents, outline
 * or bitmap?, advance) and draws none of them; what it embeds it takes from the font's `CFF ` table
 * as it is. Interpreting Han charstrings was 28 % of a paper's time. FreeType reads boxes instead
 * when the file says it is a TrueType font; the CFF table that Cairo asks for is still there. Never
 * for PNG or SVG, which draw outlines. Bytes to bytes: knows neither FreeType nor Cairo. */
#ifndef PAINT_BOXFONT_H
#define PAINT_BOXFONT_H

#include <stdbool.h>
#include "base/arena.h"
#include "typeset/pages.h"

/* Makes the stand-in of pages->fonts[font] for the glyphs that the pages use, in the arena. False
 * where the font is not a single OpenType file with CFF outlines: then the font itself serves. */
bool boxfont_make(Arena *arena, const Pages *pages, int font, PageFont *out);

#endif
