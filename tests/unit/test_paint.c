/* The painters on pages made by hand: a rectangle, a shape of each pattern, a run of two fonts. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/limits.h"
#include "paint/paint.h"
#include "printed.h"

enum { GLYPH_A = 36 }; /* of “A” in both Liberation fonts */

static const Color black = {0, 0, 0}, red = {255, 0, 0};

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

static PageFont font_file(const char *name)
{
    const char *folder = getenv("WENYIN_FONTS");
    char *path = arena_printf(arena, "%s/%s", folder ? folder : "fonts/files", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t length = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = arena_alloc(arena, length);
    assert_int_equal(fread(bytes, 1, length, file), length);
    fclose(file);
    return (PageFont){.name = name, .bytes = bytes, .length = length};
}

static Pages *one_page(const char *font)
{
    Pages *pages = pages_new(arena);
    pages->title = "标题 <&>";
    pages->date = (Date){2024, 6, 30};
    pages->fonts = ARENA_ARRAY(arena, PageFont, 1);
    pages->font_count = 1;
    pages->fonts[0] = font_file(font);
    Page *page = pages_add(pages, LENGTH_PT(300), LENGTH_PT(100));
    page->label = "1";
    pages_outline(pages, 1, "一、总体情况", 0, LENGTH_PT(20));
    return pages;
}

static void add_run(Pages *pages, Length x, Length y)
{
    GlyphRun *run = &page_mark(arena, &pages->pages[0], MARK_GLYPHS)->run;
    run->size = LENGTH_PT(16);
    run->glyphs = ARENA_ARRAY(arena, Glyph, 1);
    run->glyphs[0] = (Glyph){GLYPH_A, x, y};
    run->clusters = ARENA_ARRAY(arena, Cluster, 1);
    run->clusters[0] = (Cluster){1, 1};
    run->glyph_count = run->cluster_count = run->text_bytes = 1;
    run->text = "A";
}

static void add_shape(Pages *pages, Pattern pattern, Length x)
{
    Shape shape = {.filled = true,
        .pattern = pattern,
        .fill = pattern % 2 ? red : black,
        .stroke_width = LENGTH_PT(0.5),
        .dash = {LENGTH_PT(2), LENGTH_PT(1)}};
    path_rect(arena, &shape.path, x, LENGTH_PT(60), LENGTH_PT(18), LENGTH_PT(18));
    path_move(arena, &shape.path, x, LENGTH_PT(80));
    path_curve(arena, &shape.path, (Point){x, LENGTH_PT(90)}, (Point){x + 9000, LENGTH_PT(90)},
        (Point){x + 9000, LENGTH_PT(80)});
    page_mark(arena, &pages->pages[0], MARK_SHAPE)->shape = shape;
}

/* A rectangle at (20, 10) of 40 × 20 pt, all patterns in a row from (20, 60), an “A” at (100, 30).
 */
static Pages *full_page(void)
{
    Pages *pages = one_page("LiberationSerif-Regular.ttf");
    page_rect(
        arena, &pages->pages[0], LENGTH_PT(20), LENGTH_PT(10), LENGTH_PT(40), LENGTH_PT(20), black);
    for (int pattern = 0; pattern < PATTERN_COUNT; pattern++)
        add_shape(pages, (Pattern)pattern, LENGTH_PT(20 * (pattern + 1)));
    add_run(pages, LENGTH_PT(100), LENGTH_PT(30));
    return pages;
}

static bool paint(const Pages *pages, const char *device, Buf *out)
{
    if (strcmp(device, "pdf") == 0)
        return paint_pdf(pages, out, diags);
    if (strcmp(device, "svg") == 0)
        return paint_svg(pages, 0, out, diags);
    return paint_png(pages, 0, 72, out, diags);
}

static void expect_same(const Buf *a, const Buf *b)
{
    assert_int_equal(a->length, b->length);
    assert_memory_equal(a->data, b->data, a->length);
}

/* ---- the test that must come first: Cairo's caches are empty ---- */

/* What a process that has painted nothing yet makes of the page. */
static void paint_in_child(const Pages *pages, Buf *out)
{
    int pipe_ends[2];
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        Buf png = {0};
        bool done = paint_png(pages, 0, 144, &png, diags) &&
                    write(pipe_ends[1], png.data, png.length) == (ssize_t)png.length;
        _exit(done ? 0 : 1);
    }
    close(pipe_ends[1]);
    char block[4096];
    for (ssize_t got; (got = read(pipe_ends[0], block, sizeof block)) > 0;)
        buf_add(out, block, (size_t)got);
    close(pipe_ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* Cairo keeps scaled fonts and knows them by the address of their face: a later face at the address
 * of an ended one must not be drawn with its glyphs. */
static void test_fonts_are_not_mixed_up(void **state)
{
    (void)state;
    static const char *const names[] = {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"};
    Pages *pages[2];
    Buf alone[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        pages[i] = one_page(names[i]);
        add_run(pages[i], LENGTH_PT(20), LENGTH_PT(30));
        paint_in_child(pages[i], &alone[i]);
    }
    assert_true(alone[0].length != alone[1].length ||
                memcmp(alone[0].data, alone[1].data, alone[0].length) != 0);
    for (int round = 0; round < 6; round++) {
        Buf png = {0};
        assert_true(paint_png(pages[round % 2], 0, 144, &png, diags));
        expect_same(&png, &alone[round % 2]);
        buf_free(&png);
    }
    buf_free(&alone[0]);
    buf_free(&alone[1]);
}

/* ---- devices ---- */

static void test_same_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *device, *start;
    } cases[] = {{"pdf", "%PDF-1.5"}, {"svg", "<?xml"}, {"png", "\x89PNG"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf first = {0}, second = {0};
        assert_true(paint(full_page(), cases[i].device, &first));
        assert_true(paint(full_page(), cases[i].device, &second));
        assert_memory_equal(first.data, cases[i].start, strlen(cases[i].start));
        expect_same(&first, &second);
        buf_free(&first);
        buf_free(&second);
    }
}

typedef struct Reading {
    const char *at;
    size_t left;
} Reading;

static cairo_status_t read_png(void *user, unsigned char *bytes, unsigned int length)
{
    Reading *reading = user;
    if (reading->left < length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, reading->at, length);
    reading->at += length;
    reading->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

static uint32_t pixel(cairo_surface_t *png, int x, int y)
{
    const unsigned char *row =
        cairo_image_surface_get_data(png) + (ptrdiff_t)y * cairo_image_surface_get_stride(png);
    uint32_t value;
    memcpy(&value, row + (ptrdiff_t)x * 4, 4);
    return value & 0xFFFFFF;
}

/* How many pixels of a square are not white. */
static int inked(cairo_surface_t *png, int x, int y, int size)
{
    int count = 0;
    for (int i = 0; i < size * size; i++)
        count += pixel(png, x + i % size, y + i / size) != 0xFFFFFF;
    return count;
}

/* Of a square in red or black, its ink in percent. */
static int ink_percent(cairo_surface_t *png, int x, int y, int size)
{
    int ink = 0;
    for (int i = 0; i < size * size; i++)
        ink += 255 - (int)(pixel(png, x + i % size, y + i / size) >> 8 & 255);
    return ink * 100 / 255 / (size * size);
}

static void test_pixels(void **state)
{
    (void)state;
    Buf bytes = {0};
    assert_true(paint_png(full_page(), 0, 72, &bytes, diags)); /* a pixel a point */
    Reading reading = {bytes.data, bytes.length};
    cairo_surface_t *png = cairo_image_surface_create_from_png_stream(read_png, &reading);
    assert_int_equal(cairo_image_surface_get_width(png), 300);
    assert_int_equal(cairo_image_surface_get_height(png), 100);
    assert_int_equal(inked(png, 20, 10, 20), 400); /* the rectangle's left half */
    assert_int_equal(pixel(png, 59, 29), 0);
    assert_int_equal(pixel(png, 60, 29), 0xFFFFFF);
    assert_int_equal(pixel(png, 19, 10), 0xFFFFFF);
    assert_in_range(inked(png, 100, 15, 16), 10, 200); /* the letter */
    for (int pattern = 0; pattern < PATTERN_COUNT; pattern++) {
        int count = inked(png, 20 * (pattern + 1) + 3, 63, 12); /* inside the stroke */
        if (pattern == PATTERN_SOLID)
            assert_int_equal(count, 144);
        else if (pattern == PATTERN_EMPTY)
            assert_int_equal(count, 0);
        else
            assert_in_range(count, 12, pattern < PATTERN_SHADE_1 ? 143 : 144);
    }
    int before = 0; /* shades darken evenly */
    for (int shade = PATTERN_SHADE_1; shade <= PATTERN_SHADE_5; shade++) {
        int dark = ink_percent(png, 20 * (shade + 1) + 3, 63, 12);
        assert_in_range(dark - before, 12, 21);
        before = dark;
    }
    cairo_surface_destroy(png);
    buf_free(&bytes);
}

static void test_limits(void **state)
{
    (void)state;
    Pages *pages = one_page("LiberationSerif-Regular.ttf");
    Buf out = {0};
    pages->pages[0].width = LENGTH_PT(LIMIT_PNG_SIDE);
    pages->pages[0].height = LENGTH_PT(1);
    assert_true(paint_png(pages, 0, 72, &out, diags));
    buf_clear(&out);
    pages->pages[0].width = LENGTH_PT(LIMIT_PNG_SIDE + 1);
    assert_false(paint_png(pages, 0, 72, &out, diags));
    assert_int_equal(out.length, 0);
    assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
    assert_non_null(strstr(
        diags_printed(arena, diags, DIAG_TEXT), "E406: 图片边长 32768 像素，超过上限 32767 像素"));
    buf_free(&out);
}

/* A font that cannot be read is one message, on each device, and nothing leaks. */
static void test_bad_font(void **state)
{
    (void)state;
    static const char *const devices[] = {"pdf", "svg", "png"};
    Pages *pages = full_page();
    pages->fonts[0].bytes = (const unsigned char *)"no font";
    pages->fonts[0].length = 7;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        Buf out = {0};
        diags = diag_new(arena);
        assert_false(paint(pages, devices[i], &out));
        assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
        buf_free(&out);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_fonts_are_not_mixed_up),
        TEST(test_same_bytes),
        TEST(test_pixels),
        TEST(test_limits),
        TEST(test_bad_font),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
