/* Painters play the display list on a device: PDF, PNG, SVG through Cairo, or a text trace. They
 * choose nothing. */
#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

#include <stdbool.h>
#include "base/buf.h"
#include "base/diag.h"
#include "typeset/pages.h"

/* The whole paper as PDF 1.5, with metadata and outline, as Cairo writes it
 * (output/finish mends it). */
bool paint_pdf(const Pages *pages, Buf *out, Diags *diags);
/* One page (0-based) as PNG at `dpi`, white paper. */
bool paint_png(const Pages *pages, size_t page, double dpi, Buf *out, Diags *diags);
/* All pages one below the other, as wide as the first, a grey rule between them; turned pages as
 * they are read. */
bool paint_png_long(const Pages *pages, double dpi, Buf *out, Diags *diags);
/* One page as SVG. */
bool paint_svg(const Pages *pages, size_t page, Buf *out, Diags *diags);

#endif
