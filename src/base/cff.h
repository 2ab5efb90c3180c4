/* CFF tables (Adobe Technical Note 5176), whose outlines are exchanged without being read: HarfBuzz
 * 6.0 takes every charstring apart and puts it together again, 5 µs each; where a font has no
 * subroutines, as Fandol and the complements, they can be copied as they are. The table stays byte
 * for byte, but for the index of charstrings and the offsets behind it. Bytes to bytes; the table
 * read lends. */
#ifndef BASE_CFF_H
#define BASE_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

enum { CFF_OFFSETS = 300 /* 256 font dicts and those of the top dict */ };

/* An INDEX: item i is at base + offset(i) … base + offset(i+1). */
typedef struct CffIndex {
    size_t start, end, offsets, base;
    unsigned count, offset_size;
} CffIndex;

/* An operand of a dict that is an offset in the table. */
typedef struct CffOffset {
    size_t at; /* of its encoding */
    size_t value;
} CffOffset;

typedef struct Cff {
    const uint8_t *bytes;
    size_t length;
    CffIndex names, charstrings;
    size_t selects; /* which glyph has which font dict (FDSelect); 0: not CID-keyed */
    CffOffset offsets[CFF_OFFSETS];
    int offset_count;
} Cff;

typedef struct CffOutline {
    const uint8_t *bytes;
    size_t length;
} CffOutline;

/* False when it is damaged, or has subroutines: charstrings mean nothing without them. */
bool cff_read(Cff *cff, const uint8_t *bytes, size_t length);
/* Empty beyond the last. */
CffOutline cff_outline(const Cff *cff, unsigned glyph);
/* Where the font's PostScript name stands in the table. */
CffOutline cff_name(const Cff *cff);

/* Adds the table with these outlines in the place of its own. False when an offset has no room. */
bool cff_write(const Cff *cff, const CffOutline *outlines, unsigned count, Buf *out);
/* … for these glyphs of the table alone, in rising order, which become 0, 1, 2 …: each keeps its
 * font dict. Only of CID-keyed tables. */
bool cff_write_glyphs(
    const Cff *cff, const uint16_t *glyphs, const CffOutline *outlines, unsigned count, Buf *out);

/* A number in the place of an outline, for another pass to put the outline there: a sound
 * charstring that draws nothing. */
enum { CFF_MARK_BYTES = 7 };
void cff_mark(uint8_t mark[CFF_MARK_BYTES], unsigned font, unsigned glyph);
bool cff_is_mark(CffOutline outline, unsigned *font, unsigned *glyph);

#endif
