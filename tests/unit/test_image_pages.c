/* Pictures on pages: PDF, PNG and SVG, upright and turned. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "output/finish.h"
#include "paint/paint.h"
#include "picture_fixture.h"

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

/* A JPEG at (20, 30), 48 × 32 pt: a page of 200 × 100. */
static Pages *page_with(const PageImage *image, bool turned)
{
    Pages *pages = pages_new(arena);
    pages->title = "t";
    pages->date = (Date){2024, 6, 30};
    Page *page = pages_add(pages, LENGTH_PT(200), LENGTH_PT(100));
    page->turned = page->landscape = turned;
    page_mark(arena, page, MARK_PICTURE)->picture = (Picture){
        pages_image(pages, image), LENGTH_PT(20), LENGTH_PT(30), LENGTH_PT(48), LENGTH_PT(32)};
    page_rect(
        arena, page, LENGTH_PT(80), LENGTH_PT(40), LENGTH_PT(10), LENGTH_PT(4), (Color){255, 0, 0});
    return pages;
}

static void finished(const Pages *pages, Buf *out)
{
    Buf cairo = {0};
    assert_true(paint_pdf(pages, &cairo, diags));
    assert_true(finish_pdf(&cairo, pages, NULL, out, diags));
    buf_free(&cairo);
}

/* What a small clean file holds is in the PDF as it is; of others only the picture. */
static void test_pdf(void **state)
{
    (void)state;
    Pixels pixels = scene(96, 64);
    for (int orientation = 0; orientation <= 1; orientation++) {
        Buf file = {0}, pdf = {0}, again = {0};
        jpeg_file(&pixels, orientation, &file);
        PageImage source = picture_file(arena, "a", file.data, file.length);
        Pages *pages = page_with(&source, false);
        finished(pages, &pdf);
        finished(pages, &again);
        assert_int_equal(pdf.length, again.length);
        assert_memory_equal(pdf.data, again.data, pdf.length);
        bool whole = memmem(pdf.data, pdf.length, file.data, file.length) != NULL;
        assert_int_equal(whole, orientation == 0);
        assert_true(holds(&pdf, "/DCTDecode"));
        assert_true(holds(&pdf, "/Width 96"));
        assert_false(holds(&pdf, "/Interpolate true"));
        assert_false(holds(&pdf, "/SMask"));
        assert_false(holds(&pdf, "Exif"));
        assert_false(holds(&pdf, "GPS"));
        unlink(source.path);
        buf_free(&file);
        buf_free(&pdf);
        buf_free(&again);
    }
    pixels_free(&pixels);
}

/* 48 pt are 200 pixels at 300 dpi. */
static void test_pdf_resolution(void **state)
{
    (void)state;
    Buf file = {0}, pdf = {0};
    Pixels pixels = scene(960, 640);
    jpeg_file(&pixels, 0, &file);
    PageImage source = picture_file(arena, "a", file.data, file.length);
    finished(page_with(&source, false), &pdf);
    assert_true(holds(&pdf, "/Width 200"));
    assert_true(holds(&pdf, "/Height 133"));
    unlink(source.path);
    pixels_free(&pixels);
    buf_free(&file);
    buf_free(&pdf);
}

/* A picture on many pages is in the file once, even when others came between. */
static void test_pdf_shares(void **state)
{
    (void)state;
    Pages *pages = pages_new(arena);
    pages->title = "t";
    pages->date = (Date){2024, 6, 30};
    PageImage sources[12];
    for (int i = 0; i < 12; i++) {
        Buf file = {0};
        Pixels pixels = scene(16 + i, 16);
        jpeg_file(&pixels, 0, &file);
        sources[i] = picture_file(arena, arena_printf(arena, "%d", i), file.data, file.length);
        pixels_free(&pixels);
        buf_free(&file);
    }
    for (int i = 0; i < 36; i++) {
        Page *page = pages_add(pages, LENGTH_PT(200), LENGTH_PT(100));
        page_mark(arena, page, MARK_PICTURE)->picture =
            (Picture){pages_image(pages, &sources[i % 12]), 0, 0, LENGTH_PT(48), LENGTH_PT(32)};
    }
    Buf pdf = {0};
    finished(pages, &pdf);
    int images = 0;
    for (const char *at = pdf.data;
         (at = memmem(at, (size_t)(pdf.data + pdf.length - at), "/DCTDecode", 10)); at++)
        images++;
    assert_int_equal(images, 12);
    for (int i = 0; i < 12; i++)
        unlink(sources[i].path);
    buf_free(&pdf);
}

static Pixels painted(const Pages *pages, double dpi)
{
    Buf png = {0};
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(paint_png(pages, 0, dpi, &png, diags));
    assert_true(png_image_begin_read_from_memory(&image, png.data, png.length));
    image.format = PNG_FORMAT_RGB;
    Pixels made = pixels_new((int)image.width, (int)image.height, 3);
    assert_true(png_image_finish_read(&image, NULL, made.bytes, 0, NULL));
    buf_free(&png);
    return made;
}

static const unsigned char *pixel(const Pixels *pixels, int x, int y)
{
    return pixels->bytes + (size_t)(y * pixels->width + x) * 3;
}

static void expect_color(const unsigned char *rgb, int red, int green, int blue)
{
    assert_in_range(rgb[0] + 300, red + 276, red + 324);
    assert_in_range(rgb[1] + 300, green + 276, green + 324);
    assert_in_range(rgb[2] + 300, blue + 276, blue + 324);
}

/* Upright and turned: a point (x, y) of the turned sheet lies at (y, height - x) of the page. */
static void test_raster(void **state)
{
    (void)state;
    Buf file = {0};
    Pixels upright = scene(960, 640), lying = stored(&upright, 6);
    jpeg_file(&lying, 6, &file);
    PageImage source = picture_file(arena, "a", file.data, file.length);
    for (int turned = 0; turned <= 1; turned++) {
        Pixels page = painted(page_with(&source, turned), 144);
        for (int y = 4; y < 32; y += 4) {
            for (int x = 4; x < 48; x += 4) {
                unsigned char expected[3];
                if (x == 24 || y == 16)
                    continue; /* the edge of the blue quarter */
                scene_color(x, y, 48, 32, expected);
                int across = turned ? 30 + y : 20 + x, down = turned ? 100 - 20 - x : 30 + y;
                expect_color(
                    pixel(&page, across * 2, down * 2), expected[0], expected[1], expected[2]);
            }
        }
        expect_color(pixel(&page, turned ? 84 : 170, turned ? 30 : 84), 255, 0, 0);
        expect_color(pixel(&page, turned ? 70 : 150, turned ? 30 : 84), 255, 255, 255);
        pixels_free(&page);
    }
    unlink(source.path);
    pixels_free(&upright);
    pixels_free(&lying);
    buf_free(&file);
}

static void test_svg(void **state)
{
    (void)state;
    Buf file = {0}, svg = {0}, again = {0};
    Pixels pixels = scene(96, 64);
    jpeg_file(&pixels, 0, &file);
    PageImage source = picture_file(arena, "a", file.data, file.length);
    Pages *pages = page_with(&source, true);
    assert_true(paint_svg(pages, 0, &svg, diags));
    assert_true(paint_svg(pages, 0, &again, diags));
    assert_true(holds(&svg, "data:image/jpeg;base64,"));
    assert_int_equal(svg.length, again.length);
    assert_memory_equal(svg.data, again.data, svg.length);
    unlink(source.path);
    pixels_free(&pixels);
    buf_free(&file);
    buf_free(&svg);
    buf_free(&again);
}

/* Pages that hold turned text are shown turned; the sheet stays upright. */
static void test_rotate(void **state)
{
    (void)state;
    Buf file = {0};
    scene_png(60, 40, &file);
    PageImage source = picture_file(arena, "a", file.data, file.length);
    for (int turned = 0; turned <= 1; turned++) {
        Buf pdf = {0};
        char *text = NULL;
        size_t length = 0;
        finished(page_with(&source, turned), &pdf);
        PageImage paper = picture_file(arena, "pdf", pdf.data, pdf.length);
        FILE *pipe = popen(arena_printf(arena, "pdfinfo %s", paper.path), "r");
        assert_non_null(pipe);
        assert_true(getdelim(&text, &length, EOF, pipe) > 0);
        pclose(pipe);
        assert_non_null(strstr(text, "200 x 100 pts"));
        const char *rotation = strstr(text, "rot:");
        assert_non_null(rotation);
        assert_int_equal(strtol(rotation + 4, NULL, 10), turned ? 90 : 0);
        free(text);
        unlink(paper.path);
        buf_free(&pdf);
    }
    unlink(source.path);
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf),
        cmocka_unit_test(test_pdf_resolution),
        cmocka_unit_test(test_pdf_shares),
        cmocka_unit_test(test_raster),
        cmocka_unit_test(test_svg),
        cmocka_unit_test(test_rotate),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
