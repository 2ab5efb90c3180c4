/* The stand-in font that Cairo sees while a PDF is painted, and what finish makes of it: the fonts
 * in the file hold the true outlines of just what the pages set. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <hb.h>
#include <string.h>

#include "base/cff.h"
#include "paint/boxfont.h"
#include "pdf_fixture.h"
#include "typeset/font_internal.h"
#include "typeset_fixture.h"

enum { EM = 1000, WHOLE_GLYPHS = 10365 /* of FandolFang */ };

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

/* A page with the text in 仿宋, among fonts cut for more. */
static int set_text(Fixture *f, const char *text)
{
    fixture_cut(f, "国务院关于，。“”（）2024年");
    Pages *pages = f->ts.pages;
    Page *page = pages_add(pages, LENGTH_MM(210), LENGTH_MM(297));
    TextStyle style = fixture_style(ROLE_BODY);
    text_put(&f->ts, page, &style, text, LENGTH_PT(50), LENGTH_PT(50), ALIGN_LEFT, TEXT_NEW_LINE);
    pages->title = "t";
    pages->date = (Date){2024, 6, 30};
    assert_true(page->mark_count > 0);
    return page->marks[0].run.font;
}

static Cff table_of(const PageFont *font)
{
    unsigned length;
    const unsigned char *bytes = table(font, "CFF ", &length);
    Cff cff;
    assert_non_null(bytes);
    assert_true(cff_read(&cff, bytes, length));
    return cff;
}

/* Each glyph in use once, in the font's order, with its number, advance and box. */
static void test_only_what_is_used(void **state)
{
    (void)state;
    Fixture f;
    BoxFont box;
    unsigned length;
    fixture_open(&f);
    int font = set_text(&f, "国务院国");
    const PageFont *whole = &f.ts.pages->fonts[font];
    assert_true(boxfont_make(f.arena, f.ts.pages, font, &box));
    assert_string_equal(box.font.name, "FandolFang-Regular");
    assert_int_equal(take32(box.font.bytes), 0x00010000);
    assert_int_equal(take16(table(&box.font, "maxp", &length) + 4), 4); /* and .notdef */
    assert_int_equal(take16(table(&box.font, "hhea", &length) + 34), 4);
    assert_int_equal(take16(table(&box.font, "head", &length) + 50), 1);
    Cff marked = table_of(&box.font), outlines = table_of(whole);
    assert_int_equal(marked.charstrings.count, 4);
    assert_int_equal(outlines.charstrings.count, WHOLE_GLYPHS);
    unsigned before = 0;
    for (unsigned i = 0; i < 4; i++) {
        unsigned of, glyph;
        assert_true(cff_is_mark(cff_outline(&marked, i), &of, &glyph));
        assert_int_equal(of, font);
        assert_true(i == 0 ? glyph == 0 : glyph > before);
        assert_true(cff_outline(&outlines, glyph).length > 20);
        assert_int_equal(box.glyphs[glyph], i);
        const unsigned char *advance = table(&box.font, "hmtx", &length) + 4 * i;
        assert_int_equal(length, 16);
        assert_int_equal(take16(advance), EM);
        before = glyph;
    }
    const unsigned char *loca = table(&box.font, "loca", &length);
    assert_int_equal(length, 5 * 4);
    const unsigned char *glyph = table(&box.font, "glyf", &length) + take32(loca + 4);
    assert_int_equal(take32(loca + 16), length);
    assert_int_equal(take16(glyph), 1);      /* contours */
    assert_int_equal(take16(glyph + 6), EM); /* as wide as the em */
    fixture_close(&f);
}

/* Only glyphs that share a cluster have to be looked for: here the closing mark squeezed against
 * the opening one. */
static void test_characters_of_joined_glyphs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool joined;
    } CASES[] = {{"国务院", false}, {"国”（务", true}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        BoxFont box;
        unsigned length;
        fixture_open(&f);
        int font = set_text(&f, CASES[i].text);
        assert_true(boxfont_make(f.arena, f.ts.pages, font, &box));
        const unsigned char *cmap = table(&box.font, "cmap", &length);
        unsigned groups = take32(cmap + 12 + 12);
        assert_int_equal(groups > 0, CASES[i].joined);
        for (unsigned g = 0; g < groups; g++) {
            const unsigned char *group = cmap + 28 + 12 * g;
            uint32_t glyph;
            assert_true(hb_font_get_nominal_glyph(
                f.fonts->fonts[FILE_FANG]->outlines, take32(group), &glyph));
            assert_int_equal(box.glyphs[glyph], take32(group + 8));
        }
        fixture_close(&f);
    }
}

/* A legend of a chart is one cluster, in which some blanks are glyphs and some are gaps. */
static void test_gaps(void **state)
{
    (void)state;
    Fixture f;
    BoxFont box;
    unsigned length;
    fixture_open(&f);
    int font = set_text(&f, "国务院");
    GlyphRun *run = &f.ts.pages->pages[0].marks[0].run;
    const Glyph *set = run->glyphs;
    Glyph blank = {.id = f.ts.pages->fonts[font].blank};
    assert_true(blank.id > 0);
    Glyph glyphs[] = {set[0], blank, set[1], set[2]};
    Cluster whole = {.bytes = 11, .glyphs = 4};
    run->text = "国 务 院";
    run->glyphs = glyphs;
    run->glyph_count = 4;
    run->clusters = &whole;
    run->cluster_count = 1;
    assert_true(boxfont_make(f.arena, f.ts.pages, font, &box));
    const unsigned char *cmap = table(&box.font, "cmap", &length);
    static const uint32_t codes[] = {' ', 0x52a1, 0x56fd, 0x9662};
    const unsigned ids[] = {blank.id, set[1].id, set[0].id, set[2].id};
    assert_int_equal(take32(cmap + 12 + 12), 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(take32(cmap + 28 + 12 * i), codes[i]);
        assert_int_equal(take32(cmap + 28 + 12 * i + 8), box.glyphs[ids[i]]);
    }
    run->glyph_count = whole.glyphs = 3; /* a character without a glyph */
    assert_false(boxfont_make(f.arena, f.ts.pages, font, &box));
    fixture_close(&f);
}

/* A file cut at any byte, of another kind, or whose glyphs and text do not pair, is refused, never
 * read past its end. */
static void test_refuses_what_it_cannot_read(void **state)
{
    (void)state;
    Fixture f;
    BoxFont box;
    fixture_open(&f);
    int font = set_text(&f, "国务院");
    Pages *pages = f.ts.pages;
    PageFont whole = pages->fonts[font];
    for (size_t length = 0; length < whole.length; length += length < 300 ? 1 : 997) {
        unsigned char *exact = malloc(length ? length : 1);
        memcpy(exact, whole.bytes, length);
        pages->fonts[font] = (PageFont){.bytes = exact, .length = length};
        assert_false(boxfont_make(f.arena, pages, font, &box));
        free(exact);
    }
    pages->fonts[font] = whole;
    pages->fonts[font].index = 1;
    assert_false(boxfont_make(f.arena, pages, font, &box));
    pages->fonts[font] = whole;
    GlyphRun *run = &pages->pages[0].marks[0].run;
    run->glyph_count--;
    assert_false(boxfont_make(f.arena, pages, font, &box));
    run->glyph_count++;
    run->glyphs[0].id = WHOLE_GLYPHS;
    assert_false(boxfont_make(f.arena, pages, font, &box));
    for (int i = 0; i < pages->font_count; i++) {
        if (strcmp(pages->fonts[i].name, "LiberationSerif-Regular") == 0)
            assert_false(boxfont_make(f.arena, pages, i, &box));
    }
    fixture_close(&f);
}

/* A table whose glyphs have names (no FDSelect) has no font dicts to share out: the font itself
 * serves. */
static void test_refuses_named_glyphs(void **state)
{
    (void)state;
    Fixture f;
    BoxFont box;
    fixture_open(&f);
    int font = set_text(&f, "国务院");
    PageFont *whole = &f.ts.pages->fonts[font];
    Cff cff = table_of(whole);
    unsigned char *bytes = arena_copy(f.arena, whole->bytes, whole->length);
    unsigned char *at = bytes + (cff.bytes - whole->bytes), *end = at + cff.names.end + 200;
    while (at < end && !(at[0] == 12 && at[1] == 37))
        at++;
    assert_true(at < end);
    at[1] = 99; /* an operator that says nothing */
    whole->bytes = bytes;
    assert_false(boxfont_make(f.arena, f.ts.pages, font, &box));
    fixture_close(&f);
}

/* ---- in the file ---- */

/* The font programs of the finished file, and the names they go by. */
typedef struct Embedded {
    unsigned char *program;
    size_t length;
    const char *names[3];
} Embedded;

static Embedded embedded(const char *text)
{
    Fixture f;
    Embedded out = {0};
    fixture_open(&f);
    int font = set_text(&f, text);
    assert_true(make(f.ts.pages));
    qpdf_oh fonts = pdf_key(pdf, page_key(0, "/Resources"), "/Font");
    qpdf_oh_begin_dict_key_iter(pdf, fonts);
    assert_true(qpdf_oh_dict_more_keys(pdf));
    qpdf_oh type0 = pdf_key(pdf, fonts, qpdf_oh_dict_next_key(pdf));
    assert_false(qpdf_oh_dict_more_keys(pdf));
    qpdf_oh below = qpdf_oh_get_array_item(pdf, pdf_key(pdf, type0, "/DescendantFonts"), 0);
    qpdf_oh descriptor = pdf_key(pdf, below, "/FontDescriptor");
    out.names[0] = strdup(qpdf_oh_get_name(pdf, pdf_key(pdf, type0, "/BaseFont")));
    out.names[1] = strdup(qpdf_oh_get_name(pdf, pdf_key(pdf, below, "/BaseFont")));
    out.names[2] = strdup(qpdf_oh_get_name(pdf, pdf_key(pdf, descriptor, "/FontName")));
    QPDF_BOOL filtered;
    assert_int_equal(qpdf_oh_get_stream_data(pdf, pdf_key(pdf, descriptor, "/FontFile3"),
                         qpdf_dl_generalized, &filtered, &out.program, &out.length),
        0);
    Cff cff, whole = table_of(&f.ts.pages->fonts[font]);
    assert_true(cff_read(&cff, out.program, out.length));
    const Mark *mark = &f.ts.pages->pages[0].marks[0];
    assert_int_equal(cff.charstrings.count, 1 + mark->run.glyph_count);
    for (int i = 0; i < mark->run.glyph_count; i++) { /* Cairo numbers them as they come */
        CffOutline is = cff_outline(&cff, (unsigned)i + 1);
        CffOutline meant = cff_outline(&whole, mark->run.glyphs[i].id);
        assert_int_equal(is.length, meant.length);
        assert_memory_equal(is.bytes, meant.bytes, is.length);
    }
    qpdf_cleanup(&pdf);
    buf_free(&finished);
    fixture_close(&f);
    return out;
}

static void embedded_free(Embedded *font)
{
    free(font->program);
    for (int i = 0; i < 3; i++)
        free((char *)font->names[i]);
}

/* Subsets that differ have names that differ: printers keep fonts by their names. */
static void test_outlines_in_the_file(void **state)
{
    (void)state;
    Embedded one = embedded("国务院"), other = embedded("国务于"), again = embedded("国务院");
    assert_string_equal(one.names[0] + 7, "+FandolFang-Regular");
    for (int i = 0; i < 3; i++) {
        assert_string_equal(one.names[i], one.names[0]);
        assert_string_equal(one.names[i], again.names[i]);
        assert_string_not_equal(one.names[i], other.names[i]);
    }
    assert_int_equal(one.length, again.length);
    assert_memory_equal(one.program, again.program, one.length);
    embedded_free(&one);
    embedded_free(&other);
    embedded_free(&again);
}

/* A number that leads to no outline would be text that nobody sees. */
static void test_marks_that_lead_nowhere(void **state)
{
    (void)state;
    static const unsigned char bare[12] = {0, 1, 0, 0}; /* a font without tables */
    Fixture f;
    Buf painted = {0};
    fixture_open(&f);
    int font = set_text(&f, "国务院");
    assert_true(paint_pdf(f.ts.pages, &painted, f.diags));
    assert_false(diag_failed(f.diags));
    f.ts.pages->fonts[font].bytes = bare;
    assert_false(finish_pdf(&painted, f.ts.pages, NULL, &finished, f.diags));
    assert_true(diag_failed(f.diags));
    buf_free(&painted);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_what_is_used),
        cmocka_unit_test(test_characters_of_joined_glyphs),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_refuses_what_it_cannot_read),
        cmocka_unit_test(test_refuses_named_glyphs),
        cmocka_unit_test(test_marks_that_lead_nowhere),
        cmocka_unit_test_setup_teardown(test_outlines_in_the_file, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
