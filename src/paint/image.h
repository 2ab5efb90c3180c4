/* Pictures as they are painted: decoded within bounds, flattened on white, upright, and brought
 * down to the pixels that the printed size can show. All that a file holds besides its pixels –
 * place and time of a photograph, small pictures, notes, profiles – stays behind. sRGB is assumed.
 * Knows no Cairo; the formats are known in image_png.c and image_jpeg.c. */
#ifndef PAINT_IMAGE_H
#define PAINT_IMAGE_H

#include <stdbool.h>
#include "base/buf.h"
#include "base/diag.h"
#include "typeset/pages.h"

/* Rows from the top, without padding; `components` bytes a pixel: 1 grey, 3 RGB, and while they are
 * decoded 2 or 4 with alpha. On the heap. */
typedef struct Pixels {
    int width, height, components;
    unsigned char *bytes;
} Pixels;

typedef struct Image {
    Pixels pixels;
    Buf jpeg; /* the same as a JPEG file, for devices that embed one; empty: keep it lossless */
} Image;

/* Reads and decodes the picture, at most so many pixels wide and high as it is seen. With `encode`
 * photographs get their `jpeg` too: the file's own bytes where they are small enough and hold
 * nothing else. False after a message. End it with image_free. */
bool image_load(
    const PageImage *source, int most_wide, int most_high, bool encode, Image *out, Diags *diags);
void image_free(Image *image);

/* ---- pixels; pixels.c ---- */

Pixels pixels_new(int width, int height, int components); /* zeroed; never fails */
void pixels_free(Pixels *pixels);
/* Alpha over white. */
void pixels_flatten(Pixels *pixels);
/* Averages areas; never enlarges. */
void pixels_reduce(Pixels *pixels, int width, int height);
/* From the EXIF orientation to upright. */
void pixels_turn(Pixels *pixels, int orientation);
/* Drawings, tables and screens have large areas of one colour; photographs have not. */
bool pixels_are_drawn(const Pixels *pixels);

/* ---- formats: false where the file is damaged ---- */

bool png_decode(const Buf *file, const ImageHead *head, Pixels *out);
/* May give it smaller, though not below the size wanted (as stored). */
bool jpeg_decode(const Buf *file, const ImageHead *head, int wide, int high, Pixels *out);
/* Length of the file up to its end mark, when PDF viewers can take it as it is and nothing but the
 * picture is in it; else 0. */
size_t jpeg_plain_length(const Buf *file, const ImageHead *head);
void jpeg_encode(const Pixels *pixels, Buf *out);

#endif
