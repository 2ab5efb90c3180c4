/* The second pass over Cairo's PDF, through libqpdf's C API: PDF/A-2u (XMP, OutputIntent, /Lang,
 * ID), K-only black (0 g instead of 0 0 0 rg), dates and outline mended (engine.md 3.2, 3.3, 6);
 * with attachments PDF/A-3, of tagged pages level A and PDF/UA-1. Same input, same bytes. */
#ifndef OUTPUT_FINISH_H
#define OUTPUT_FINISH_H

#include <stdbool.h>
#include "base/buf.h"
#include "base/diag.h"
#include "typeset/pages.h"

/* A file that the paper's figures come from. */
typedef struct Attachment {
    const char *name; /* as readers save it; no two alike */
    const char *type; /* text/csv */
    Buf bytes;
} Attachment;

typedef struct Attachments {
    Attachment *items;
    size_t count;
} Attachments;

/* A page of a PDF that is not ours, as viewers show it. */
typedef struct ForeignPage {
    Length width, height;
} ForeignPage;

/* How many pages it has, and which, for Page.foreign; 0 after a message: no PDF, damaged, locked by
 * a password, without pages, a page of an impossible size, deeper than LIMIT_PDF_DEPTH. */
long finish_foreign_pages(
    Arena *arena, const PageForeign *foreign, ForeignPage **out, Diags *diags);

/* Frees `cairo_pdf`. `attachments`: NULL or empty for none. */
bool finish_pdf(
    Buf *cairo_pdf, const Pages *pages, const Attachments *attachments, Buf *out, Diags *diags);

#endif
