/* What Cairo's SVG of a page lacks: what it shows, in words, and names that do not depend on what
 * was painted before. */
#ifndef PAINT_DESCRIBE_H
#define PAINT_DESCRIBE_H

#include "base/buf.h"
#include "typeset/pages.h"

/* The SVG as Cairo writes it, its surfaces numbered anew, with <title> and <desc> when charts stand
 * on the page. */
void svg_describe(const Pages *pages, size_t page, const Buf *cairo_svg, Buf *out);

#endif
