/* Pictures as they are painted: formats, turns, sizes, what stays behind; damaged files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include "picture_fixture.h"

enum { MANY = 10000 };

static Arena *arena;
static Diags *diags;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    diags = diag_new(arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static bool holds(const Buf *buf, const char *text)
{
    return memmem(buf->data, buf->length, text, strlen(text)) != NULL;
}

static Image load(const Buf *file, int wide, int high, bool encode)
{
    Image image;
    PageImage source = picture_file(arena, "a", file->data, file->length);
    if (!image_load(&source, wide, high, encode, &image, diags)) {
        diag_print(diags, stderr, DIAG_TEXT);
        fail();
    }
    unlink(source.path);
    return image;
}

/* The largest difference between two pictures of the same size. */
static int difference(const Pixels *a, const Pixels *b)
{
    int most = 0;
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->height, b->height);
    assert_int_equal(a->components, b->components);
    for (size_t i = 0; i < (size_t)(a->width * a->height * a->components); i++) {
        int apart = abs(a->bytes[i] - b->bytes[i]);
        most = apart > most ? apart : most;
    }
    return most;
}

/* ---- pixels ---- */

static void test_turns(void **state)
{
    (void)state;
    Pixels upright = scene(7, 5);
    for (int orientation = 1; orientation <= 8; orientation++) {
        Pixels turned = stored(&upright, orientation);
        pixels_turn(&turned, orientation);
        assert_int_equal(difference(&turned, &upright), 0);
        pixels_free(&turned);
    }
    pixels_free(&upright);
}

static void test_reduce(void **state)
{
    (void)state;
    Pixels row = pixels_new(3, 1, 1);
    memcpy(row.bytes, (unsigned char[]){10, 40, 100}, 3);
    pixels_reduce(&row, 2, 1); /* (10 + 40/2) / 1.5, (40/2 + 100) / 1.5 */
    assert_memory_equal(row.bytes, ((unsigned char[]){20, 80}), 2);
    pixels_reduce(&row, 5, 5); /* never enlarged */
    assert_int_equal(row.width, 2);
    pixels_free(&row);
    Pixels square = pixels_new(2, 2, 3);
    memcpy(square.bytes, (unsigned char[]){0, 1, 255, 2, 1, 255, 4, 1, 255, 7, 1, 255}, 12);
    pixels_reduce(&square, 1, 1);
    assert_memory_equal(square.bytes, ((unsigned char[]){3, 1, 255}), 3);
    pixels_free(&square);
    Pixels wide = pixels_new(32767, 3, 3); /* the largest sums */
    memset(wide.bytes, 255, 32767 * 3 * 3);
    pixels_reduce(&wide, 1, 1);
    assert_memory_equal(wide.bytes, ((unsigned char[]){255, 255, 255}), 3);
    pixels_free(&wide);
}

static void test_drawn(void **state)
{
    (void)state;
    Pixels photograph = scene(300, 200);
    assert_false(pixels_are_drawn(&photograph));
    Pixels drawing = pixels_new(300, 200, 3);
    assert_true(pixels_are_drawn(&drawing));
    pixels_free(&photograph);
    pixels_free(&drawing);
}

/* ---- PNG ---- */

typedef struct PngCase {
    int depth, type;
    unsigned char pixel[8], expected[3];
    int components;
} PngCase;

static const PngCase PNG_CASES[] = {
    {8, PNG_COLOR_TYPE_RGB, {10, 20, 30}, {10, 20, 30}, 3},
    {8, PNG_COLOR_TYPE_GRAY, {77}, {77}, 1},
    {8, PNG_COLOR_TYPE_GRAY_ALPHA, {0, 0}, {255}, 1},
    {8, PNG_COLOR_TYPE_GRAY_ALPHA, {0, 51}, {204}, 1},
    {8, PNG_COLOR_TYPE_RGB_ALPHA, {200, 100, 0, 255}, {200, 100, 0}, 3},
    {8, PNG_COLOR_TYPE_RGB_ALPHA, {200, 100, 0, 0}, {255, 255, 255}, 3},
    {8, PNG_COLOR_TYPE_RGB_ALPHA, {0, 100, 255, 102}, {153, 193, 255}, 3},
    {16, PNG_COLOR_TYPE_RGB, {128, 128, 64, 64, 255, 255}, {128, 64, 255}, 3},
    {16, PNG_COLOR_TYPE_GRAY, {128, 128}, {128}, 1},
    {8, PNG_COLOR_TYPE_PALETTE, {2}, {0, 0, 255}, 3},
    {8, PNG_COLOR_TYPE_PALETTE, {1}, {255, 255, 255}, 3}, /* its alpha is 0 */
    {1, PNG_COLOR_TYPE_GRAY, {0}, {0}, 1},
    {4, PNG_COLOR_TYPE_GRAY, {0x55}, {0x55}, 1},
};

/* Of every kind, interlaced or not, with a gamma that would change the colours or without. */
static void test_png_kinds(void **state)
{
    (void)state;
    enum { SIDE = 11 };
    for (size_t i = 0; i < 4 * sizeof PNG_CASES / sizeof *PNG_CASES; i++) {
        const PngCase *c = &PNG_CASES[i / 4];
        unsigned char rows[SIDE * SIDE * 8];
        static const int SAMPLES[7] = {1, 0, 3, 1, 2, 0, 4};
        size_t size = (size_t)(SAMPLES[c->type] * c->depth + 7) / 8;
        for (size_t at = 0; at < sizeof rows; at++)
            rows[at] = c->pixel[at % size];
        Buf file = {0};
        png_file(
            rows, SIDE * size, SIDE, SIDE, c->depth, c->type, i % 2, i % 4 / 2 ? 1.0 : 0, &file);
        Image image = load(&file, MANY, MANY, false);
        assert_int_equal(image.pixels.width, SIDE);
        assert_int_equal(image.pixels.components, c->components);
        for (int at = 0; at < SIDE * SIDE; at++)
            assert_memory_equal(
                image.pixels.bytes + at * c->components, c->expected, (size_t)c->components);
        image_free(&image);
        buf_free(&file);
    }
}

/* Photographs are embedded as JPEG, drawings without loss. */
static void test_png_as_jpeg(void **state)
{
    (void)state;
    Buf file = {0}, drawn = {0};
    scene_png(300, 200, &file);
    Image image = load(&file, MANY, MANY, true);
    assert_true(image.jpeg.length > 0);
    image_free(&image);
    unsigned char white[60 * 40 * 3];
    memset(white, 255, sizeof white);
    png_file(white, 180, 60, 40, 8, PNG_COLOR_TYPE_RGB, false, 0, &drawn);
    image = load(&drawn, MANY, MANY, true);
    assert_int_equal(image.jpeg.length, 0);
    image_free(&image);
    buf_free(&file);
    buf_free(&drawn);
}

/* ---- JPEG ---- */

static void test_jpeg_orientations(void **state)
{
    (void)state;
    Pixels upright = scene(96, 64);
    for (int orientation = 0; orientation <= 8; orientation++) {
        Buf file = {0};
        Pixels turned = stored(&upright, orientation ? orientation : 1);
        jpeg_file(&turned, orientation, &file);
        Image image = load(&file, MANY, MANY, true);
        Pixels blurred = scene(96, 64); /* colours have half the resolution: compare at a quarter */
        pixels_reduce(&blurred, 12, 8);
        pixels_reduce(&image.pixels, 12, 8);
        assert_in_range(difference(&image.pixels, &blurred), 0, 20);
        bool passed = image.jpeg.length == file.length &&
                      memcmp(image.jpeg.data, file.data, file.length) == 0;
        assert_int_equal(passed, orientation == 0);
        assert_false(holds(&image.jpeg, "Exif"));
        assert_false(holds(&image.jpeg, "GPS"));
        image_free(&image);
        pixels_free(&blurred);
        pixels_free(&turned);
        buf_free(&file);
    }
    pixels_free(&upright);
}

static void test_jpeg_reduced(void **state)
{
    (void)state;
    static const struct {
        int wide, high, width, height;
    } CASES[] = {{MANY, MANY, 640, 400}, {640, 400, 640, 400}, {639, 400, 639, 400},
        {320, 200, 320, 200}, {100, 63, 100, 63}, {33, 21, 33, 21}, {1, 1, 1, 1}};
    Buf file = {0};
    Pixels pixels = scene(640, 400);
    jpeg_file(&pixels, 0, &file);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Image image = load(&file, CASES[i].wide, CASES[i].high, true);
        assert_int_equal(image.pixels.width, CASES[i].width);
        assert_int_equal(image.pixels.height, CASES[i].height);
        bool passed = image.jpeg.length == file.length;
        assert_int_equal(passed, CASES[i].width == 640);
        Pixels expected = scene(640, 400);
        pixels_reduce(&expected, CASES[i].width / 4 + 1, CASES[i].height / 4 + 1);
        pixels_reduce(&image.pixels, CASES[i].width / 4 + 1, CASES[i].height / 4 + 1);
        assert_in_range(difference(&image.pixels, &expected), 0, 40);
        image_free(&image);
        pixels_free(&expected);
    }
    pixels_free(&pixels);
    buf_free(&file);
}

static void test_jpeg_gray(void **state)
{
    (void)state;
    Buf file = {0};
    Pixels pixels = pixels_new(40, 30, 1);
    memset(pixels.bytes, 90, 40 * 30);
    jpeg_file(&pixels, 6, &file);
    Image image = load(&file, MANY, MANY, true);
    assert_int_equal(image.pixels.components, 1);
    assert_int_equal(image.pixels.width, 30);
    assert_in_range(image.pixels.bytes[0], 89, 91);
    assert_true(image.jpeg.length > 0);
    image_free(&image);
    pixels_free(&pixels);
    buf_free(&file);
}

/* Behind the end mark telephones keep whatever they like: it stays behind. */
static void test_jpeg_tail(void **state)
{
    (void)state;
    Buf file = {0};
    Pixels pixels = scene(64, 48);
    jpeg_file(&pixels, 0, &file);
    size_t length = file.length;
    buf_adds(&file, "GPS 22.5 N, a film, and \xff\xd9 once more");
    Image image = load(&file, MANY, MANY, true);
    assert_int_equal(image.jpeg.length, length);
    assert_memory_equal(image.jpeg.data, file.data, length);
    image_free(&image);
    pixels_free(&pixels);
    buf_free(&file);
}

/* ---- damage ---- */

/* Cut at every `step`th byte: an error of the head or of the contents, never a picture. */
static void cut_everywhere(const Buf *file, size_t step)
{
    for (size_t length = 0; length < file->length; length += step) {
        Image image;
        Diags *own = diag_new(arena);
        PageImage source = picture_file(arena, "cut", file->data, length);
        ImageHead head;
        bool sound = imagehead_read(source.path, &head) == IMAGE_FINE;
        assert_false(image_load(&source, 50, 50, true, &image, own));
        assert_int_equal(diag_count(own, DIAG_ERROR), 1);
        assert_true(sound || length < 700);
        image_free(&image);
        unlink(source.path);
    }
}

static void test_truncated(void **state)
{
    (void)state;
    Buf jpeg = {0}, png = {0};
    Pixels pixels = scene(200, 120);
    jpeg_file(&pixels, 6, &jpeg);
    scene_png(200, 120, &png);
    cut_everywhere(&jpeg, 100);
    cut_everywhere(&png, 100);
    pixels_free(&pixels);
    buf_free(&jpeg);
    buf_free(&png);
}

/* Bytes changed at random: no crash; what is decoded has the size of the head. */
static void test_garbled(void **state)
{
    (void)state;
    Buf files[2] = {{0}, {0}};
    Pixels pixels = scene(120, 80);
    jpeg_file(&pixels, 3, &files[0]);
    scene_png(120, 80, &files[1]);
    uint32_t seed = 1;
    for (int round = 0; round < 400; round++) {
        Buf *file = &files[round % 2];
        seed = seed * 1664525 + 1013904223;
        size_t at = seed % file->length;
        char before = file->data[at];
        file->data[at] = (char)(seed >> 24);
        Image image;
        PageImage source = picture_file(arena, "bad", file->data, file->length);
        int across, down;
        imagehead_upright(&source.head, &across, &down);
        if (source.head.width > 0 && image_load(&source, MANY, MANY, true, &image, diags)) {
            assert_int_equal(image.pixels.width, across);
            assert_int_equal(image.pixels.height, down);
            image_free(&image);
        }
        unlink(source.path);
        file->data[at] = before;
    }
    pixels_free(&pixels);
    buf_free(&files[0]);
    buf_free(&files[1]);
}

static void add_bytes(Buf *out, const char *bytes, size_t length)
{
    buf_add(out, bytes, length);
}

#define ADD(out, literal) add_bytes((out), literal, sizeof literal - 1)

/* A progressive file of one grey block in so many scans: of the first the DC, of the others one
 * coefficient each, a bit finer every 63 scans. */
static void many_scans(int scans, Buf *out)
{
    char ones[64];
    memset(ones, 1, sizeof ones);
    ADD(out, "\xff\xd8\xff\xdb\0\x43\0");
    buf_add(out, ones, sizeof ones);
    ADD(out, "\xff\xc2\0\x0b\x08\0\x08\0\x08\x01\x01\x11\0");
    ADD(out, "\xff\xc4\0\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    ADD(out, "\xff\xc4\0\x14\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    ADD(out, "\xff\xda\0\x08\x01\x01\0\0\0\0\x7f");
    for (int scan = 0; scan < scans - 1; scan++) {
        char band = (char)(1 + scan % 63), round = (char)(scan / 63);
        char bits = (char)(round == 0 ? 10 : (11 - round) << 4 | (10 - round));
        ADD(out, "\xff\xda\0\x08\x01\x01\0");
        buf_add(out, (char[]){band, band, bits, 0x7f}, 4);
    }
    ADD(out, "\xff\xd9");
}

static void expect_message(const PageImage *source, const char *code)
{
    Image image;
    Diags *own = diag_new(arena);
    char *text = NULL;
    size_t length = 0;
    assert_false(image_load(source, 50, 50, true, &image, own));
    FILE *out = open_memstream(&text, &length);
    diag_print(own, out, DIAG_TEXT);
    fclose(out);
    assert_non_null(strstr(text, code));
    assert_non_null(strstr(text, source->name));
    free(text);
}

static void test_messages(void **state)
{
    (void)state;
    Buf file = {0};
    scene_png(60, 40, &file);
    file.data[file.length - 20] ^= 1; /* within the compressed pixels: its checksum is wrong */
    PageImage source = picture_file(arena, "照片", file.data, file.length);
    expect_message(&source, "E360");
    source.head.width++;
    expect_message(&source, "E362");
    unlink(source.path);
    expect_message(&source, "E361");
    buf_free(&file);
}

/* Each scan costs a walk over the whole picture. */
static void test_scans(void **state)
{
    (void)state;
    Buf few = {0}, many = {0};
    many_scans(100, &few);
    Image image = load(&few, MANY, MANY, true);
    assert_int_equal(image.pixels.width, 8);
    assert_in_range(image.pixels.bytes[0], 127, 129);
    image_free(&image);
    many_scans(101, &many);
    PageImage source = picture_file(arena, "scans", many.data, many.length);
    expect_message(&source, "E360");
    unlink(source.path);
    buf_free(&few);
    buf_free(&many);
}

/* ---- memory ---- */

/* 40 megapixels decoded at an eighth: far from the 120 MB of all its pixels. */
static void test_memory(void **state)
{
    (void)state;
    const char *path = picture_path(arena, "large");
    pid_t child = fork();
    if (child == 0) {
        Buf file = {0};
        Pixels pixels = pixels_new(8000, 5000, 3);
        jpeg_file(&pixels, 0, &file);
        picture_file(arena, "large", file.data, file.length);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    char name[128];
    snprintf(name, sizeof name, "/tmp/wenyin-picture-%d-large", (int)child);
    assert_int_equal(rename(name, path), 0);
    child = fork();
    if (child == 0) {
        Image image;
        struct rusage usage;
        PageImage source = {.path = path, .name = "large"};
        bool done = imagehead_read(path, &source.head) == IMAGE_FINE &&
                    image_load(&source, 920, 575, true, &image, diags) && image.pixels.width == 920;
        getrusage(RUSAGE_SELF, &usage);
#ifdef __SANITIZE_ADDRESS__
        usage.ru_maxrss = 0;
#endif
        _exit(done && usage.ru_maxrss < 64 << 10 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory), /* before this process has grown */
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_reduce),
        cmocka_unit_test(test_drawn),
        cmocka_unit_test(test_png_kinds),
        cmocka_unit_test(test_png_as_jpeg),
        cmocka_unit_test(test_jpeg_orientations),
        cmocka_unit_test(test_jpeg_reduced),
        cmocka_unit_test(test_jpeg_gray),
        cmocka_unit_test(test_jpeg_tail),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_garbled),
        cmocka_unit_test(test_scans),
        cmocka_unit_test(test_messages),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
