/* The page builder: document tree → pages on the grid of GB/T 9704 (typesetting.md 1, 17): type
 * area 156 × 225 mm at (28, 37), 22 lines of 28 cells, pitch (225 mm − em)/21; headings keep with
 * next, tables run over pages, notes at the foot, page numbers — 1 — outside. */
#ifndef TYPESET_PAGE_H
#define TYPESET_PAGE_H

#include "document/document.h"
#include "typeset/text.h"

/* Typesets a document. NULL after messages; missing characters of the whole document are all
 * reported. */
Pages *typeset_document(Arena *arena, const Document *document, FontSet *fonts, Diags *diags);

/* One chart of it, alone on a page as large as the chart. NULL after messages. */
Pages *typeset_chart(
    Arena *arena, const Document *document, const Block *block, FontSet *fonts, Diags *diags);

#endif
