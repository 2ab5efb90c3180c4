/* What the first bytes of a picture say: kind, size, turn. Nothing is decoded; a few KiB are read
 * (JPEG: segment heads only, by seeking). Bounds of trust.md: 20 MB, 40 megapixels, 32,767 a side.
 */
#ifndef BASE_IMAGEHEAD_H
#define BASE_IMAGEHEAD_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ImageKind { IMAGE_PNG, IMAGE_JPEG } ImageKind;

typedef struct ImageHead {
    ImageKind kind;
    int width, height; /* pixels as stored, before the turn */
    int orientation;   /* EXIF 1 … 8; 1: upright */
    int components;    /* JPEG: 1 grey, 3 colour; 4 (CMYK) is refused. PNG: 1 … 4 */
    size_t bytes;      /* of the file */
    bool clean;        /* JPEG: upright, without EXIF, comments and other application data */
} ImageHead;

typedef enum ImageFault {
    IMAGE_FINE,
    IMAGE_ABSENT,     /* errno says why */
    IMAGE_UNREADABLE, /* errno says why */
    IMAGE_UNKNOWN,    /* neither PNG nor JPEG */
    IMAGE_BROKEN,
    IMAGE_BYTES, /* file too large; `bytes` is set */
    IMAGE_SIDE,  /* a side too long; width and height are set */
    IMAGE_PIXELS,
    IMAGE_CMYK
} ImageFault;

ImageFault imagehead_read(const char *path, ImageHead *out);
/* The same from memory, for tests and fuzzing. */
ImageFault imagehead_parse(const unsigned char *bytes, size_t length, ImageHead *out);
/* Size as seen: orientations 5 … 8 lie on their side. */
void imagehead_upright(const ImageHead *head, int *width, int *height);

#endif
