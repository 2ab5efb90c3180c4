#include "base/buf.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/utf8.h"

/* Room for `extra` more bytes and the NUL. */
static void buf_reserve(Buf *buf, size_t extra)
{
    if (extra >= SIZE_MAX / 4 - buf->length)
        arena_exhausted();
    size_t need = buf->length + extra + 1;
    if (need <= buf->capacity)
        return;
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity < need)
        capacity *= 2;
    char *data = realloc(buf->data, capacity);
    if (!data)
        arena_exhausted();
    buf->data = data;
    buf->capacity = capacity;
}

void buf_add(Buf *buf, const void *bytes, size_t length)
{
    buf_reserve(buf, length);
    if (length)
        memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void buf_adds(Buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_addc(Buf *buf, uint32_t code_point)
{
    char bytes[4];
    buf_add(buf, bytes, (size_t)utf8_encode(code_point, bytes));
}

void buf_addf(Buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    buf_reserve(buf, 64);
    size_t room = buf->capacity - buf->length;
    int length = vsnprintf(buf->data + buf->length, room, format, args);
    va_end(args);
    if (length < 0)
        arena_exhausted(); /* in the C locale vsnprintf fails for no other reason than memory */
    if ((size_t)length >= room) {
        buf_reserve(buf, (size_t)length);
        vsnprintf(buf->data + buf->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    buf->length += (size_t)length;
}

void buf_add_xml(Buf *buf, const char *text)
{
    for (; text && *text; text++) {
        switch (*text) {
        case '&':
            buf_adds(buf, "&amp;");
            break;
        case '<':
            buf_adds(buf, "&lt;");
            break;
        case '>':
            buf_adds(buf, "&gt;");
            break;
        default:
            buf_add(buf, text, 1);
        }
    }
}

void buf_add_json(Buf *buf, const char *text)
{
    buf_adds(buf, "\"");
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            buf_adds(buf, "\\");
        if (c < 0x20 || c == 0x7F)
            buf_addf(buf, "\\u%04x", c);
        else
            buf_add(buf, text, 1);
    }
    buf_adds(buf, "\"");
}

bool buf_read(Buf *buf, int descriptor, size_t most)
{
    char block[1 << 16];
    for (size_t all = 0; all <= most;) {
        size_t wanted = most - all < sizeof block ? most - all + 1 : sizeof block;
        ssize_t got = read(descriptor, block, wanted);
        if (got < 0 && errno != EINTR)
            return false;
        if (got == 0)
            return true;
        buf_add(buf, block, got > 0 ? (size_t)got : 0);
        all += got > 0 ? (size_t)got : 0;
    }
    return true;
}

void buf_clear(Buf *buf)
{
    buf->length = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_free(Buf *buf)
{
    free(buf->data);
    *buf = (Buf){0};
}
