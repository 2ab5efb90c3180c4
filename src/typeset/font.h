/* Faces by role. A role is a chain of font files; the first of the chain that has the character
 * gives the glyph; no fallback beyond the chain, ever: a character that none has is an error that
 * names it and its place (engine.md 2). Life: fonts_open → fonts_need for every text of the
 * document (notes characters, reports missing ones) → fonts_cut (HarfBuzz cuts each needed file,
 * in memory, to those characters: glyph ids kept, desubroutinized) → shaping. Only then does
 * Pango see a font. Files are mapped, not read; a file that nothing needs is never opened.
 * A set may serve many papers, one after the other (fonts_next_paper): what was opened, measured
 * and cut stays, and no paper is set otherwise, or told otherwise, for those before it. */
#ifndef TYPESET_FONT_H
#define TYPESET_FONT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "base/arena.h"
#include "base/diag.h"
#include "document/style.h"
#include "typeset/pages.h"

typedef struct FontSet FontSet;

/* `dir` holds the font files (fonts/files). Only the names are settled here; a missing file of a
 * chain's head is an error. The set has memory of its own; what is of one paper lies in `arena`. */
FontSet *fonts_open(Arena *arena, const char *dir, Diags *diags);
/* Begins another paper, in its own arena and with its own messages: what is told of fonts is told
 * anew. Pages set before may no longer be painted. */
void fonts_next_paper(FontSet *fonts, Arena *arena, Diags *diags);
/* Puts the office's own files in front of their roles' chains and settles who sets digits. Before
 * the first fonts_need. False after a message for each file that is missing (with strict_fonts;
 * else a warning, and the chain goes on without it) or that is no font. */
bool fonts_style(FontSet *fonts, const DocStyle *style);
void fonts_close(FontSet *fonts); /* null allowed; ends maps, memfds, Pango objects */
/* Papers to come will hold such text: what has to be cut anew is cut for it too, so that it seldom
 * has to be. Notes and says nothing else. */
void fonts_foresee(FontSet *fonts, const char *text);
/* Notes that `role` will set `text`. Returns false after a message (with `at`) for each character
 * no font of the chain has, for private-use characters and variation selectors. */
bool fonts_need(FontSet *fonts, Role role, const char *text, At at);
/* Whether a font of the chain has the character; notes and says nothing. */
bool fonts_have(FontSet *fonts, Role role, uint32_t code);
/* Cuts what is needed, anew what has grown. Makes no Pango object: shaping does, at its first
 * text. */
bool fonts_cut(FontSet *fonts);
/* The cut fonts, in the order that GlyphRun.font counts: a font keeps its number within a paper, or
 * a volume, however often it is cut. */
void fonts_list(const FontSet *fonts, Pages *pages);
/* `wenyin fonts`: which file serves which role, and what it lacks of 通用规范汉字表. */
bool fonts_report(FontSet *fonts, FILE *out, bool english);

#endif
