/* What a page shows, in words, inside its SVG. */
#ifndef PAINT_DESCRIBE_H
#define PAINT_DESCRIBE_H

#include "base/buf.h"
#include "typeset/pages.h"

/* The SVG as Cairo writes it, with <title> and <desc> when charts stand on the page. */
void svg_describe(const Pages *pages, size_t page, const Buf *svg, Buf *out);

#endif
