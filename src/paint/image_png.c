/* libpng's simplified interface: it needs no setjmp, and keeps nothing but the pixels. */
#include <png.h>
#include <stdint.h>
#include <string.h>
#include "paint/image.h"

enum { SIGNATURE = 8, CHUNK = 12 }; /* length, type, checksum */

static uint32_t big(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Only what draws goes to libpng: no compressed texts and profiles to unfold, no gamma that would
 * change the colours (cameras and office programs write it without meaning it). */
static bool copy_drawing_chunks(const Buf *file, Buf *out)
{
    static const char DRAWING[][5] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    buf_add(out, file->data, SIGNATURE);
    for (size_t at = SIGNATURE; file->length - at >= CHUNK;) {
        const char *chunk = file->data + at;
        size_t length = big(chunk);
        if (length > file->length - at - CHUNK) {
            return false;
        }
        for (size_t i = 0; i < sizeof DRAWING / sizeof *DRAWING; i++) {
            if (memcmp(chunk + 4, DRAWING[i], 4) == 0) {
                buf_add(out, chunk, CHUNK + length);
            }
        }
        if (memcmp(chunk + 4, "IEND", 4) == 0) {
            return true;
        }
        at += CHUNK + length;
    }
    return false;
}

static bool decode(png_image *image, const ImageHead *head, Pixels *out)
{
    if (image->width != (png_uint_32)head->width || image->height != (png_uint_32)head->height) {
        return false;
    }
    /* 16 bits are sRGB as 8 are; libpng would take them for linear light. */
    image->flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    image->format &= PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA;
    *out = pixels_new(head->width, head->height, (int)PNG_IMAGE_SAMPLE_CHANNELS(image->format));
    if (!png_image_finish_read(image, NULL, out->bytes, 0, NULL)) {
        pixels_free(out);
        return false;
    }
    pixels_flatten(out);
    return true;
}

bool png_decode(const Buf *file, const ImageHead *head, Pixels *out)
{
    Buf drawing = {0};
    png_image image = {.version = PNG_IMAGE_VERSION};
    bool done = copy_drawing_chunks(file, &drawing) &&
                png_image_begin_read_from_memory(&image, drawing.data, drawing.length) &&
                decode(&image, head, out);
    png_image_free(&image);
    buf_free(&drawing);
    return done;
}
