/* Bytes of a file as an office saves it → UTF-8 (data.md 1). Order: BOM → strict UTF-8 → UTF-16 →
 * GB18030, strict. */
#ifndef DATA_ENCODE_H
#define DATA_ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"
#include "base/diag.h"

typedef enum Encoding {
    ENCODING_UNKNOWN,
    ENCODING_UTF8,
    ENCODING_GB18030,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE
} Encoding;

Encoding encode_detect(const char *bytes, size_t length);
/* utf-8 gbk gb18030 gb2312 utf-16 …, any case */
bool encode_parse(const char *name, Encoding *out);
/* Decodes into `out` (BOM removed). A byte that does not decode adds an error with row and offset.
 */
bool encode_to_utf8(
    const char *file, const char *bytes, size_t length, Encoding encoding, Buf *out, Diags *diags);
/* Of data: where an earlier conversion has put U+FFFD for what it could not read. In a text that is
 * printed that is an error, which its reader tells. */
void encode_warn_lost(const char *file, const char *text, size_t length, Diags *diags);

#endif
