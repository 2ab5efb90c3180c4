/* Rewrites a PDF content stream in Cairo's grammar: grey written as RGB becomes DeviceGray, so that
 * black text prints with the black ink alone (engine.md 6). Pure bytes to bytes. */
#ifndef OUTPUT_CONTENT_H
#define OUTPUT_CONTENT_H

#include <stddef.h>
#include "base/buf.h"

/* Appends the rewritten stream to `out`; returns how many colours were rewritten. */
size_t content_to_gray(const char *bytes, size_t length, Buf *out);

#endif
