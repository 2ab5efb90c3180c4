/* Heads of pictures: sizes, orientations, what is refused; nothing hostile costs time. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/imagehead.h"
#include "base/limits.h"

#define BYTES(...)                                                                                 \
    (const unsigned char[]){__VA_ARGS__}, sizeof((const unsigned char[]){__VA_ARGS__})

static void add16(Buf *buf, unsigned value)
{
    buf_add(buf, (unsigned char[]){(unsigned char)(value >> 8), (unsigned char)value}, 2);
}

static void add32(Buf *buf, uint32_t value)
{
    add16(buf, value >> 16);
    add16(buf, value & 0xffff);
}

static ImageFault parse(const Buf *file, ImageHead *head)
{
    return imagehead_parse((const unsigned char *)file->data, file->length, head);
}

/* ---- PNG ---- */

typedef struct PngCase {
    uint32_t width, height;
    unsigned char depth, type, interlace;
    ImageFault fault;
    int components;
} PngCase;

static void make_png(const PngCase *c, Buf *out)
{
    buf_add(out, BYTES(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'));
    add32(out, 13);
    buf_add(out, "IHDR", 4);
    add32(out, c->width);
    add32(out, c->height);
    buf_add(out, BYTES(c->depth, c->type, 0, 0, c->interlace));
    add32(out, 0); /* nobody looks at the checksum here */
}

static void test_png(void **state)
{
    (void)state;
    static const PngCase CASES[] = {
        {640, 480, 8, 2, 0, IMAGE_FINE, 3},
        {1, 1, 1, 0, 0, IMAGE_FINE, 1},
        {640, 480, 16, 6, 1, IMAGE_FINE, 4},
        {640, 480, 4, 3, 0, IMAGE_FINE, 1},
        {640, 480, 8, 4, 0, IMAGE_FINE, 2},
        {640, 480, 16, 3, 0, IMAGE_BROKEN, 0}, /* a palette of 16 bits */
        {640, 480, 3, 0, 0, IMAGE_BROKEN, 0},
        {640, 480, 0, 0, 0, IMAGE_BROKEN, 0},
        {640, 480, 8, 5, 0, IMAGE_BROKEN, 0},
        {640, 480, 8, 2, 2, IMAGE_BROKEN, 0},
        {0, 480, 8, 2, 0, IMAGE_BROKEN, 0},
        {640, 0, 8, 2, 0, IMAGE_BROKEN, 0},
        {0x80000000, 1, 8, 2, 0, IMAGE_BROKEN, 0},
        {32767, 1220, 8, 2, 0, IMAGE_FINE, 3},
        {32768, 1, 8, 2, 0, IMAGE_SIDE, 3},
        {1, 32768, 8, 2, 0, IMAGE_SIDE, 3},
        {8000, 5000, 8, 2, 0, IMAGE_FINE, 3}, /* 40 megapixels */
        {8000, 5001, 8, 2, 0, IMAGE_PIXELS, 3},
        {23000, 23000, 8, 2, 0, IMAGE_PIXELS, 3},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Buf file = {0};
        ImageHead head;
        make_png(&CASES[i], &file);
        assert_int_equal(parse(&file, &head), CASES[i].fault);
        if (CASES[i].fault != IMAGE_BROKEN) {
            assert_int_equal(head.kind, IMAGE_PNG);
            assert_int_equal(head.width, CASES[i].width);
            assert_int_equal(head.height, CASES[i].height);
            assert_int_equal(head.components, CASES[i].components);
            assert_int_equal(head.orientation, 1);
            assert_int_equal(head.bytes, file.length);
            assert_false(head.clean);
        }
        buf_free(&file);
    }
}

/* ---- JPEG ---- */

static void segment(Buf *out, int marker, const void *body, size_t length)
{
    buf_add(out, BYTES(0xff, (unsigned char)marker));
    add16(out, (unsigned)length + 2);
    buf_add(out, body, length);
}

static void frame(Buf *out, int marker, unsigned width, unsigned height, int components)
{
    Buf body = {0};
    buf_add(&body, BYTES(8));
    add16(&body, height);
    add16(&body, width);
    buf_add(&body, BYTES((unsigned char)components));
    for (int i = 0; i < components; i++) {
        buf_add(&body, BYTES((unsigned char)(i + 1), 0x11, 0));
    }
    segment(out, marker, body.data, body.length);
    buf_free(&body);
}

static void scan(Buf *out)
{
    segment(out, 0xda, BYTES(1, 1, 0, 0, 63, 0));
    buf_add(out, BYTES(0x12, 0x34, 0xff, 0xd9));
}

static void start(Buf *out)
{
    buf_clear(out);
    buf_add(out, BYTES(0xff, 0xd8));
}

static void jfif(Buf *out)
{
    segment(out, 0xe0, BYTES('J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0));
}

static void test_jpeg_frames(void **state)
{
    (void)state;
    static const struct {
        int marker;
        unsigned width, height;
        int components;
        ImageFault fault;
        bool clean;
    } CASES[] = {
        {0xc0, 640, 480, 3, IMAGE_FINE, true},
        {0xc1, 640, 480, 1, IMAGE_FINE, true},
        {0xc2, 640, 480, 3, IMAGE_FINE, true},    /* progressive */
        {0xc9, 640, 480, 3, IMAGE_FINE, false},   /* arithmetic: not for PDF */
        {0xc3, 640, 480, 3, IMAGE_BROKEN, false}, /* lossless */
        {0xc5, 640, 480, 3, IMAGE_BROKEN, false},
        {0xc0, 640, 480, 4, IMAGE_CMYK, false},
        {0xc0, 640, 480, 2, IMAGE_BROKEN, false},
        {0xc0, 0, 480, 3, IMAGE_BROKEN, false},
        {0xc0, 640, 0, 3, IMAGE_BROKEN, false},
        {0xc0, 65535, 65535, 3, IMAGE_SIDE, true},
        {0xc0, 32767, 32767, 3, IMAGE_PIXELS, true},
    };
    Buf file = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        ImageHead head;
        start(&file);
        jfif(&file);
        frame(&file, CASES[i].marker, CASES[i].width, CASES[i].height, CASES[i].components);
        scan(&file);
        assert_int_equal(parse(&file, &head), CASES[i].fault);
        assert_int_equal(head.clean, CASES[i].clean);
        if (CASES[i].fault == IMAGE_FINE) {
            assert_int_equal(head.kind, IMAGE_JPEG);
            assert_int_equal(head.width, CASES[i].width);
            assert_int_equal(head.height, CASES[i].height);
            assert_int_equal(head.components, CASES[i].components);
        }
    }
    buf_free(&file);
}

/* Only a bare JFIF head and Adobe's note may stay in a file that passes through. */
static void test_clean(void **state)
{
    (void)state;
    static const struct {
        int marker;
        const char *body;
        size_t length;
        bool clean;
    } CASES[] = {
        {0xe0, "JFIF\0\1\1\0\0\1\0\1\0\0", 14, true},
        {0xe0, "JFIF\0\1\1\0\0\1\0\1\1\1abc", 17, false}, /* with a small picture */
        {0xe0, "JFXX\0\20", 6, false},
        {0xee, "Adobe\0d\0\0\0\0\1", 12, true},
        {0xee, "Adobe\0d\0\0\0\0\1 and more", 21, false},
        {0xe1, "http://ns.adobe.com/xap/1.0/", 28, false},
        {0xe2, "ICC_PROFILE", 11, false},
        {0xfe, "taken at 22.1 N", 15, false},
        {0xed, "Photoshop 3.0", 13, false},
    };
    Buf file = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        ImageHead head;
        start(&file);
        segment(&file, CASES[i].marker, CASES[i].body, CASES[i].length);
        frame(&file, 0xc0, 16, 16, 3);
        scan(&file);
        assert_int_equal(parse(&file, &head), IMAGE_FINE);
        assert_int_equal(head.clean, CASES[i].clean);
    }
    buf_free(&file);
}

static void exif(Buf *file, const unsigned char *tiff, size_t length)
{
    Buf body = {0};
    buf_add(&body, "Exif\0\0", 6);
    buf_add(&body, tiff, length);
    start(file);
    segment(file, 0xe1, body.data, body.length);
    frame(file, 0xc0, 16, 8, 3);
    scan(file);
    buf_free(&body);
}

static void test_orientation(void **state)
{
    (void)state;
    Buf file = {0};
    ImageHead head;
    for (unsigned char value = 0; value < 12; value++) {
        int expected = value >= 1 && value <= 8 ? value : 1;
        exif(&file, BYTES('I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, value, 0,
                        0, 0, 0, 0, 0, 0));
        assert_int_equal(parse(&file, &head), IMAGE_FINE);
        assert_int_equal(head.orientation, expected);
        assert_false(head.clean);
        exif(&file, BYTES('M', 'M', 0, '*', 0, 0, 0, 8, 0, 2, 1, 0xf, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0,
                        1, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0));
        assert_int_equal(parse(&file, &head), IMAGE_FINE);
        assert_int_equal(head.orientation, expected);
        int across, down;
        imagehead_upright(&head, &across, &down);
        assert_int_equal(across, expected >= 5 ? 8 : 16);
        assert_int_equal(down, expected >= 5 ? 16 : 8);
    }
    buf_free(&file);
}

/* Offsets to anywhere, more entries than there are: the picture is upright then. */
static void test_hostile_exif(void **state)
{
    (void)state;
    static const struct {
        unsigned char tiff[26];
        size_t length;
    } CASES[] = {
        {{'I', 'I', '*', 0, 0xff, 0xff, 0xff, 0xff}, 8},
        {{'I', 'I', '*', 0, 0xf0, 0xff, 0, 0}, 8},
        {{'M', 'M', 0, '*', 0, 0, 0, 8, 0xff, 0xff}, 10},
        {{'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0}, 19},
        {{'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 4, 0, 0, 0, 1, 0, 0, 0, 6}, 22},
        {{'X', 'X', 0, '*', 0, 0, 0, 8}, 8},
        {{'I', 'I', '*', 0}, 4},
        {{0}, 0},
    };
    Buf file = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        ImageHead head;
        exif(&file, CASES[i].tiff, CASES[i].length);
        assert_int_equal(parse(&file, &head), IMAGE_FINE);
        assert_int_equal(head.orientation, 1);
    }
    buf_free(&file);
}

/* Fill bytes may stand before a marker; what is out of order is broken. */
static void test_segments(void **state)
{
    (void)state;
    Buf file = {0};
    ImageHead head;
    start(&file);
    buf_add(&file, BYTES(0xff, 0xff, 0xff));
    frame(&file, 0xc0, 16, 16, 3);
    scan(&file);
    assert_int_equal(parse(&file, &head), IMAGE_FINE);
    start(&file);
    scan(&file); /* no frame */
    assert_int_equal(parse(&file, &head), IMAGE_BROKEN);
    start(&file);
    frame(&file, 0xc0, 16, 16, 3);
    frame(&file, 0xc0, 32, 32, 3);
    scan(&file);
    assert_int_equal(parse(&file, &head), IMAGE_BROKEN);
    start(&file);
    frame(&file, 0xc0, 16, 16, 3);
    buf_add(&file, BYTES(0xff, 0xd9));
    assert_int_equal(parse(&file, &head), IMAGE_BROKEN);
    start(&file);
    buf_add(&file, BYTES(0xff, 0xe0, 0, 1)); /* a length that does not hold itself */
    frame(&file, 0xc0, 16, 16, 3);
    scan(&file);
    assert_int_equal(parse(&file, &head), IMAGE_BROKEN);
    buf_free(&file);
}

/* Cut anywhere before its scan, a file is broken, never read beyond its end (ASan looks on). */
static void test_truncated(void **state)
{
    (void)state;
    Buf file = {0};
    ImageHead head;
    exif(&file, BYTES('I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0));
    for (size_t length = 0; length < file.length; length++) {
        unsigned char *cut = malloc(length + !length);
        memcpy(cut, file.data, length);
        ImageFault fault = imagehead_parse(cut, length, &head);
        assert_int_equal(fault, length < 2                  ? IMAGE_UNKNOWN
                                : length < file.length - 10 ? IMAGE_BROKEN
                                                            : IMAGE_FINE);
        free(cut);
    }
    PngCase png = {640, 480, 8, 2, 0, IMAGE_FINE, 3};
    buf_clear(&file);
    make_png(&png, &file);
    for (size_t length = 0; length < file.length; length++) {
        unsigned char *cut = malloc(length + !length);
        memcpy(cut, file.data, length);
        assert_int_equal(
            imagehead_parse(cut, length, &head), length < 8 ? IMAGE_UNKNOWN : IMAGE_BROKEN);
        free(cut);
    }
    buf_free(&file);
}

/* ---- files ---- */

static const char *write_file(const Buf *file)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/wenyin-imagehead-%d", (int)getpid());
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(file->data, 1, file->length, out), file->length);
    assert_int_equal(fclose(out), 0);
    return path;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* trust.md I1, and a file of nothing but the smallest segments: its walk has an end. */
static void test_bombs(void **state)
{
    (void)state;
    Buf file = {0};
    ImageHead head;
    PngCase png = {23000, 23000, 8, 2, 0, IMAGE_PIXELS, 3};
    double begun = seconds();
    make_png(&png, &file);
    while (file.length < 64 << 10) {
        add32(&file, 0);
    }
    assert_int_equal(imagehead_read(write_file(&file), &head), IMAGE_PIXELS);
    start(&file);
    frame(&file, 0xc0, 65535, 65535, 3);
    scan(&file);
    assert_int_equal(imagehead_read(write_file(&file), &head), IMAGE_SIDE);
    assert_int_equal(head.width, 65535);
    start(&file);
    while (file.length < 4 << 20) {
        segment(&file, 0xe5, "", 0);
    }
    const char *path = write_file(&file);
    double written = seconds();
    assert_int_equal(imagehead_read(path, &head), IMAGE_BROKEN);
    assert_true(seconds() - written < 0.1);
    assert_true(seconds() - begun < 1);
    unlink(path);
    buf_free(&file);
}

static void test_files(void **state)
{
    (void)state;
    Buf file = {0};
    ImageHead head;
    start(&file);
    jfif(&file);
    frame(&file, 0xc0, 16, 8, 3);
    scan(&file);
    const char *path = write_file(&file);
    assert_int_equal(imagehead_read(path, &head), IMAGE_FINE);
    assert_int_equal(head.width, 16);
    assert_int_equal(head.bytes, file.length);
    assert_true(head.clean);
    assert_int_equal(truncate(path, LIMIT_IMAGE_BYTES), 0); /* sparse */
    assert_int_equal(imagehead_read(path, &head), IMAGE_FINE);
    assert_int_equal(truncate(path, LIMIT_IMAGE_BYTES + 1), 0);
    assert_int_equal(imagehead_read(path, &head), IMAGE_BYTES);
    assert_int_equal(head.bytes, LIMIT_IMAGE_BYTES + 1);
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(imagehead_read(path, &head), IMAGE_UNKNOWN);
    unlink(path);
    assert_int_equal(imagehead_read(path, &head), IMAGE_ABSENT);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(imagehead_read("/tmp", &head), IMAGE_UNREADABLE);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(mkfifo(path, 0600), 0); /* nobody writes: it must not be waited for */
    assert_int_equal(imagehead_read(path, &head), IMAGE_UNREADABLE);
    unlink(path);
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_png),
        cmocka_unit_test(test_jpeg_frames),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_orientation),
        cmocka_unit_test(test_hostile_exif),
        cmocka_unit_test(test_segments),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
