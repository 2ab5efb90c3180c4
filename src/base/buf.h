/* A growing byte string on the heap. `data` is NUL-terminated once something was added; bytes may
 * hold NUL. Zero-initialise ({0}) to start; buf_free ends. Out of memory ends the process (exit 5).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

typedef struct Buf {
    char *data;
    size_t length, capacity;
} Buf;

void buf_add(Buf *buf, const void *bytes, size_t length);
void buf_adds(Buf *buf, const char *text);
void buf_addc(Buf *buf, uint32_t code_point); /* as UTF-8 */
void buf_addf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text between tags of XML that we write: & < > escaped. NULL adds nothing. Where a text may hold
 * what XML refuses, or stands in an attribute, markup/xml.h has xml_escape. */
void buf_add_xml(Buf *buf, const char *text);
/* A string of JSON, with its quotes; the text must be valid UTF-8. */
void buf_add_json(Buf *buf, const char *text);
/* The rest of a file, behind what is there; of a file that has more than `most` bytes one byte more
 * than these, so that too much shows. False: errno says why. */
bool buf_read(Buf *buf, int descriptor, size_t most);
void buf_clear(Buf *buf); /* length 0, memory kept */
void buf_free(Buf *buf);

#endif
