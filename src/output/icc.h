/* The sRGB profile of the PDF's output intent, made by lcms2: ICC v2, header date and ID fixed, so
 * always the same bytes. */
#ifndef OUTPUT_ICC_H
#define OUTPUT_ICC_H

#include <stdbool.h>
#include "base/buf.h"

bool icc_srgb(Buf *out);

#endif
