/* Titles break where the sense allows, into lines of suitable length (GB/T 9704 7.3.1;
 * typesetting.md 3.1). */
#ifndef TYPESET_TITLE_H
#define TYPESET_TITLE_H

#include "typeset/text.h"

/* Forced breaks are kept; otherwise a title that fits stays on one line, and a longer one makes a
 * trapezium or a diamond of lines that end between words. Centred. */
TextLines *title_break(Typesetter *ts, const TextPiece *pieces, Length measure);

#endif
