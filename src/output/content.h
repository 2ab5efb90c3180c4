/* Rewrites a PDF content stream in Cairo's grammar: grey written as RGB becomes DeviceGray, so that
 * black text prints with the black ink alone (engine.md 6); marked contents get other names. Pure
 * bytes to bytes. */
#ifndef OUTPUT_CONTENT_H
#define OUTPUT_CONTENT_H

#include <stddef.h>
#include "base/buf.h"

/* Appends the rewritten stream to `out`; returns how many colours were rewritten. */
size_t content_to_gray(const char *bytes, size_t length, Buf *out);

/* Gives the marked contents that Cairo numbers (/P << /MCID 3 >> BDC) new openings, in their order:
 * each is `openings[i]`, as /Artifact BMC. Returns how many there are, none of those beyond `count`
 * rewritten. */
size_t content_mark(
    const char *bytes, size_t length, const char *const *openings, size_t count, Buf *out);

#endif
