#include "output/deflate.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/arena.h"

enum { LEVEL = 4, MEMORY = 9 };

static void add(const void *bytes, size_t length, int strategy, Buf *out)
{
    z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = (uInt)length};
    if (length > UINT_MAX ||
        deflateInit2(&stream, LEVEL, Z_DEFLATED, MAX_WBITS, MEMORY, strategy) != Z_OK)
        arena_exhausted();
    uLong room = deflateBound(&stream, (uLong)length);
    Bytef *packed = malloc(room);
    if (!packed)
        arena_exhausted();
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    deflate(&stream, Z_FINISH);
    buf_add(out, packed, stream.total_out);
    deflateEnd(&stream);
    free(packed);
}

void deflate_add(const void *bytes, size_t length, Buf *out)
{
    add(bytes, length, Z_DEFAULT_STRATEGY, out);
}

void deflate_add_outlines(const void *bytes, size_t length, Buf *out)
{
    add(bytes, length, Z_HUFFMAN_ONLY, out);
}

size_t deflate_count(const void *packed, size_t length, size_t limit)
{
    enum { CHUNK = 1 << 16 };
    Bytef chunk[CHUNK];
    z_stream stream = {.next_in = (Bytef *)packed, .avail_in = (uInt)length};
    size_t count = 0;
    if (length > UINT_MAX)
        return limit + 1;
    if (inflateInit(&stream) != Z_OK)
        arena_exhausted();
    for (int code = Z_OK; code == Z_OK && count <= limit;) {
        stream.next_out = chunk;
        stream.avail_out = CHUNK;
        code = inflate(&stream, Z_NO_FLUSH);
        count += CHUNK - stream.avail_out;
    }
    inflateEnd(&stream);
    return count <= limit ? count : limit + 1;
}
