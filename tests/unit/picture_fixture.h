/* What tests of pictures share: files made on the spot. */
#ifndef TESTS_PICTURE_FIXTURE_H
#define TESTS_PICTURE_FIXTURE_H

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "paint/image.h"

/* A scene in which every place has a colour of its own: red grows to the right, green downwards. */
static inline void scene_color(int x, int y, int width, int height, unsigned char *rgb)
{
    rgb[0] = (unsigned char)(255 * x / width);
    rgb[1] = (unsigned char)(255 * y / height);
    rgb[2] = (unsigned char)(x < width / 2 && y < height / 2 ? 255 : 0);
}

static inline Pixels scene(int width, int height)
{
    Pixels made = pixels_new(width, height, 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            scene_color(x, y, width, height, made.bytes + (size_t)(y * width + x) * 3);
    return made;
}

/* As a camera stores it that was held in one of the eight ways; EXIF 2.3: which side of the scene
 * row 0 and column 0 are. */
static inline Pixels stored(const Pixels *upright, int orientation)
{
    static const struct {
        bool lies, right, foot;
    } sides[9] = {{0}, {false, false, false}, {false, true, false}, {false, true, true},
        {false, false, true}, {true, false, false}, {true, true, false}, {true, true, true},
        {true, false, true}};
    bool lies = sides[orientation].lies;
    int width = lies ? upright->height : upright->width;
    int height = lies ? upright->width : upright->height;
    Pixels made = pixels_new(width, height, 3);
    for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
            int x = lies ? row : column, y = lies ? column : row;
            x = sides[orientation].right ? upright->width - 1 - x : x;
            y = sides[orientation].foot ? upright->height - 1 - y : y;
            memcpy(made.bytes + (size_t)(row * width + column) * 3,
                upright->bytes + (size_t)(y * upright->width + x) * 3, 3);
        }
    }
    return made;
}

/* A JPEG file; orientation 0: without EXIF, else with it and with a place that must not get out. */
static inline void jpeg_file(const Pixels *pixels, int orientation, Buf *out)
{
    Buf plain = {0};
    jpeg_encode(pixels, &plain);
    buf_add(out, plain.data, 2);
    if (orientation > 0) {
        const unsigned char exif[] = {0xff, 0xe1, 0, 44, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', '*', 0,
            8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (unsigned char)orientation, 0, 0, 0, 0, 0,
            0, 0, 'G', 'P', 'S', '2', '2', '.', '5', 'N', 0, 0};
        buf_add(out, exif, sizeof exif);
    }
    buf_add(out, plain.data + 2, plain.length - 2);
    buf_free(&plain);
}

static inline void png_bytes(png_structp png, png_bytep bytes, png_size_t length)
{
    buf_add(png_get_io_ptr(png), bytes, length);
}

/* A PNG file of any kind; `rows` holds what its depth and type want. */
static inline void png_file(const unsigned char *rows, size_t stride, int width, int height,
    int depth, int type, bool interlaced, double gamma, Buf *out)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, out, png_bytes, NULL);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, depth, type,
        interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
        PNG_FILTER_TYPE_DEFAULT);
    if (type == PNG_COLOR_TYPE_PALETTE) {
        const png_color palette[] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {9, 9, 9}};
        const png_byte alpha[] = {255, 0};
        png_set_PLTE(png, info, palette, 4);
        png_set_tRNS(png, info, alpha, 2, NULL);
    }
    if (gamma > 0)
        png_set_gAMA(png, info, gamma);
    png_write_info(png, info);
    for (int pass = png_set_interlace_handling(png); pass > 0; pass--)
        for (int y = 0; y < height; y++)
            png_write_row(png, rows + (size_t)y * stride);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
}

static inline void scene_png(int width, int height, Buf *out)
{
    Pixels pixels = scene(width, height);
    png_file(pixels.bytes, (size_t)width * 3, width, height, 8, PNG_COLOR_TYPE_RGB, false, 0, out);
    pixels_free(&pixels);
}

static inline const char *picture_path(Arena *arena, const char *name)
{
    return arena_printf(arena, "/tmp/wenyin-picture-%d-%s", (int)getpid(), name);
}

/* Writes the file and says what a page knows of it. */
static inline PageImage picture_file(
    Arena *arena, const char *name, const void *bytes, size_t length)
{
    PageImage image = {.path = picture_path(arena, name), .name = name};
    FILE *file = fopen(image.path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        abort();
    imagehead_read(image.path, &image.head);
    return image;
}

#endif
