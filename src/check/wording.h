/* The wording rules of lint/ on a finished paper, and the one that only its figures allow: the unit
 * written behind a figure is that of its column. Messages only. */
#ifndef CHECK_WORDING_H
#define CHECK_WORDING_H

#include "base/arena.h"
#include "base/diag.h"
#include "document/document.h"

/* Looks through all that the paper prints in words: head, titles, paragraphs, cells, captions,
 * notes, signature. Messages point to the template's text, or to the cell of the data. */
void lint_document(Arena *arena, const Document *document, Diags *diags);

#endif
