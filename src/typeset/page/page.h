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

/* The same in two steps, for the papers of a volume, whose fonts are cut once: typeset_begin notes
 * what a document needs (NULL after messages); when all have, fonts_cut; then typeset_end, which
 * reads pages_before and number_prefix of the document only now. */
struct PageBuilder *typeset_begin(
    Arena *arena, const Document *document, FontSet *fonts, Diags *diags);
Pages *typeset_end(struct PageBuilder *builder);
/* The number of its page, from 1, as it is printed on it and in contents. */
const char *page_number_text(Arena *arena, const Document *document, int number);
/* Notes what a line of the contents of a volume needs; false after messages. */
bool typeset_need_entry(FontSet *fonts, const char *title, At at);
/* The same for the headings and attachments of a paper, down to this level. */
bool typeset_need_headings(FontSet *fonts, const Document *document, int levels);

/* One chart of it, alone on a page as large as the chart. NULL after messages. */
Pages *typeset_chart(
    Arena *arena, const Document *document, const Block *block, FontSet *fonts, Diags *diags);

#endif
