/* The second pass over Cairo's PDF, through libqpdf's C API: PDF/A-2u (XMP, OutputIntent, /Lang,
 * ID), K-only black (0 g instead of 0 0 0 rg), dates and outline mended (engine.md 3.2, 3.3, 6).
 * Same input, same bytes. */
#ifndef OUTPUT_FINISH_H
#define OUTPUT_FINISH_H

#include <stdbool.h>
#include "base/buf.h"
#include "base/diag.h"
#include "typeset/pages.h"

bool finish_pdf(const Buf *cairo_pdf, const Pages *pages, Buf *out, Diags *diags);

#endif
