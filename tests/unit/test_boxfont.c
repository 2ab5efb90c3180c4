/* The stand-in font that Cairo sees while a PDF is painted: boxes for the glyphs in use, everything
 * else as it was. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "paint/boxfont.h"

enum { GLYPHS = 5, EM = 1000 };

static Arena *arena;

static void put16(unsigned char *at, unsigned value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

static void put32(unsigned char *at, unsigned value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xffff);
}

static unsigned take16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static unsigned take32(const unsigned char *at)
{
    return take16(at) << 16 | take16(at + 2);
}

static const unsigned char *table(const PageFont *font, const char *tag, unsigned *length)
{
    for (unsigned i = 0; i < take16(font->bytes + 4); i++) {
        const unsigned char *record = font->bytes + 12 + 16 * i;
        if (memcmp(record, tag, 4) == 0) {
            *length = take32(record + 12);
            return font->bytes + take32(record + 8);
        }
    }
    return NULL;
}

/* An OpenType file with three tables: head, maxp 0.5 and a `CFF ` that nobody reads. */
static PageFont sample_font(void)
{
    static const struct {
        const char *tag;
        unsigned offset, length;
    } tables[] = {{"CFF ", 60, 8}, {"head", 68, 54}, {"maxp", 124, 6}};
    unsigned char *bytes = arena_alloc(arena, 132);
    memcpy(bytes, "OTTO", 4);
    put16(bytes + 4, 3);
    for (unsigned i = 0; i < 3; i++) {
        memcpy(bytes + 12 + 16 * i, tables[i].tag, 4);
        put32(bytes + 12 + 16 * i + 8, tables[i].offset);
        put32(bytes + 12 + 16 * i + 12, tables[i].length);
    }
    memcpy(bytes + 60, "charstrg", 8);
    put16(bytes + 68 + 18, EM);
    put32(bytes + 124, 0x00005000);
    put16(bytes + 128, GLYPHS);
    return (PageFont){.name = "Sample", .bytes = bytes, .length = 132};
}

/* Pages that set glyph 3 in font 0, and glyph 2 in another font. */
static Pages *sample_pages(void)
{
    static Glyph three = {3, 0, 0}, two = {2, 0, 0};
    Pages *pages = pages_new(arena);
    pages->fonts = ARENA_ARRAY(arena, PageFont, 2);
    pages->fonts[0] = sample_font();
    pages->font_count = 2;
    Page *page = pages_add(pages, 1024, 1024);
    page_mark(arena, page, MARK_GLYPHS)->run =
        (GlyphRun){.font = 0, .glyphs = &three, .glyph_count = 1};
    page_mark(arena, page, MARK_GLYPHS)->run =
        (GlyphRun){.font = 1, .glyphs = &two, .glyph_count = 1};
    return pages;
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_boxes_for_used_glyphs_only(void **state)
{
    (void)state;
    PageFont box;
    unsigned length, size;
    assert_true(boxfont_make(arena, sample_pages(), 0, &box));
    const unsigned char *loca = table(&box, "loca", &length), *glyf = table(&box, "glyf", &size);
    assert_non_null(loca);
    assert_int_equal(length, (GLYPHS + 1) * 4);
    for (unsigned g = 0; g < GLYPHS; g++) {
        unsigned bytes = take32(loca + 4 * g + 4) - take32(loca + 4 * g);
        assert_int_equal(bytes > 0, g == 0 || g == 3); /* .notdef is always embedded */
    }
    assert_int_equal(take32(loca + 4 * GLYPHS), size);
    const unsigned char *glyph = glyf + take32(loca + 4 * 3);
    assert_int_equal(take16(glyph), 1);      /* contours */
    assert_int_equal(take16(glyph + 6), EM); /* as wide as the em */
    assert_int_equal(take16(glyph + 10), 3); /* four points */
}

static void test_the_rest_is_as_it_was(void **state)
{
    (void)state;
    PageFont box;
    unsigned length;
    Pages *pages = sample_pages();
    assert_true(boxfont_make(arena, pages, 0, &box));
    assert_int_equal(take32(box.bytes), 0x00010000);
    assert_memory_equal(table(&box, "CFF ", &length), "charstrg", 8);
    const unsigned char *head = table(&box, "head", &length);
    assert_int_equal(take16(head + 18), EM);
    assert_int_equal(take16(head + 50), 1);                       /* long loca */
    assert_int_equal(take16(pages->fonts[0].bytes + 68 + 50), 0); /* the font itself is untouched */
    const unsigned char *maxp = table(&box, "maxp", &length);
    assert_int_equal(take32(maxp), 0x00010000);
    assert_int_equal(take16(maxp + 4), GLYPHS);
    assert_string_equal(box.name, "Sample");
}

/* A file cut at any byte, or of another kind, is refused, never read past its end. */
static void test_refuses_what_it_cannot_read(void **state)
{
    (void)state;
    PageFont box;
    Pages *pages = sample_pages();
    PageFont whole = pages->fonts[0];
    for (size_t length = 0; length < 130; length++) {
        unsigned char *exact = arena_copy(arena, whole.bytes, length);
        pages->fonts[0] = (PageFont){.bytes = exact, .length = length};
        assert_false(boxfont_make(arena, pages, 0, &box));
    }
    unsigned char *truetype = arena_copy(arena, whole.bytes, whole.length);
    put32(truetype, 0x00010000);
    pages->fonts[0] = (PageFont){.bytes = truetype, .length = whole.length};
    assert_false(boxfont_make(arena, pages, 0, &box));
    pages->fonts[0] = whole;
    pages->fonts[0].index = 1;
    assert_false(boxfont_make(arena, pages, 0, &box));
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_boxes_for_used_glyphs_only),
        CASE(test_the_rest_is_as_it_was),
        CASE(test_refuses_what_it_cannot_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
