#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "paint/image.h"

Pixels pixels_new(int width, int height, int components)
{
    Pixels made = {width, height, components, NULL};
    made.bytes = calloc((size_t)width * (size_t)height, (size_t)components);
    if (!made.bytes) {
        arena_exhausted();
    }
    return made;
}

void pixels_free(Pixels *pixels)
{
    free(pixels->bytes);
    *pixels = (Pixels){0};
}

/* In place: what is written never overtakes what is read. In the values as stored, as browsers and
 * office programs do it. */
void pixels_flatten(Pixels *pixels)
{
    int colours = pixels->components - 1;
    if (pixels->components != 2 && pixels->components != 4) {
        return;
    }
    const unsigned char *from = pixels->bytes;
    unsigned char *to = pixels->bytes;
    for (size_t i = (size_t)pixels->width * (size_t)pixels->height; i > 0; i--) {
        unsigned alpha = from[colours];
        for (int c = 0; c < colours; c++) {
            *to++ = (unsigned char)((from[c] * alpha + 255 * (255 - alpha) + 127) / 255);
        }
        from += pixels->components;
    }
    pixels->components = colours;
}

/* One row brought to `width`: sums over the row's pixels, each weighted by how much of it lies
 * under the new pixel. In units of 1/width of an old pixel, an old one is `width` wide, a new one
 * as wide as there are old ones; so all weights are whole numbers. */
static void reduce_row(const unsigned char *row, const Pixels *pixels, int width, uint32_t *sums)
{
    int components = pixels->components;
    memset(sums, 0, (size_t)width * (size_t)components * sizeof *sums);
    int column = 0, open = pixels->width; /* what the new pixel in hand still lacks */
    for (int x = 0; x < pixels->width; x++, row += components) {
        for (int left = width; left > 0;) {
            int part = left < open ? left : open;
            for (int c = 0; c < components; c++) {
                sums[column * components + c] += (uint32_t)part * row[c];
            }
            left -= part;
            open -= part;
            if (open == 0) {
                column++;
                open = pixels->width;
            }
        }
    }
}

/* The sums of a finished row as averages; they are cleared for the next. */
static unsigned char *write_row(uint64_t *totals, size_t count, uint64_t area, unsigned char *to)
{
    for (size_t i = 0; i < count; i++) {
        *to++ = (unsigned char)((totals[i] + area / 2) / area);
        totals[i] = 0;
    }
    return to;
}

static void *new_sums(size_t count, size_t size)
{
    void *made = calloc(count, size);
    if (!made) {
        arena_exhausted();
    }
    return made;
}

void pixels_reduce(Pixels *pixels, int width, int height)
{
    width = width < pixels->width ? width : pixels->width;
    height = height < pixels->height ? height : pixels->height;
    if (width == pixels->width && height == pixels->height) {
        return;
    }
    Pixels small = pixels_new(width, height, pixels->components);
    size_t count = (size_t)width * (size_t)pixels->components;
    uint32_t *sums = new_sums(count, sizeof *sums);
    uint64_t *totals = new_sums(count, sizeof *totals);
    uint64_t area = (uint64_t)pixels->width * (uint64_t)pixels->height;
    const unsigned char *row = pixels->bytes;
    unsigned char *to = small.bytes;
    int open = pixels->height;
    for (int y = 0; y < pixels->height; y++) {
        reduce_row(row, pixels, width, sums);
        row += (size_t)pixels->width * (size_t)pixels->components;
        for (int left = height; left > 0;) {
            int part = left < open ? left : open;
            for (size_t i = 0; i < count; i++) {
                totals[i] += (uint64_t)part * sums[i];
            }
            left -= part;
            open -= part;
            if (open == 0) {
                to = write_row(totals, count, area, to);
                open = pixels->height;
            }
        }
    }
    free(sums);
    free(totals);
    pixels_free(pixels);
    *pixels = small;
}

void pixels_turn(Pixels *pixels, int orientation)
{
    /* Bits of the orientations (EXIF 2.3, tag 274): is the stored picture read from its right edge,
     * from its foot, by columns? */
    enum {
        FROM_RIGHT = 1 << 2 | 1 << 3 | 1 << 7 | 1 << 8,
        FROM_FOOT = 1 << 3 | 1 << 4 | 1 << 6 | 1 << 7
    };
    if (orientation < 2 || orientation > 8) {
        return;
    }
    bool lies = orientation >= 5;
    bool right = FROM_RIGHT >> orientation & 1, foot = FROM_FOOT >> orientation & 1;
    int width = lies ? pixels->height : pixels->width,
        height = lies ? pixels->width : pixels->height;
    size_t components = (size_t)pixels->components;
    Pixels turned = pixels_new(width, height, pixels->components);
    unsigned char *to = turned.bytes;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, to += components) {
            int column = lies ? y : x, row = lies ? x : y;
            column = right ? pixels->width - 1 - column : column;
            row = foot ? pixels->height - 1 - row : row;
            size_t index = (size_t)row * (size_t)pixels->width + (size_t)column;
            memcpy(to, pixels->bytes + index * components, components);
        }
    }
    pixels_free(pixels);
    *pixels = turned;
}

bool pixels_are_drawn(const Pixels *pixels)
{
    size_t components = (size_t)pixels->components, same = 0;
    size_t pairs = (size_t)pixels->height * (size_t)(pixels->width - 1);
    const unsigned char *at = pixels->bytes;
    for (int y = 0; y < pixels->height; y++, at += components) {
        for (int x = 1; x < pixels->width; x++, at += components) {
            same += memcmp(at, at + components, components) == 0;
        }
    }
    return same >= pairs / 2;
}
