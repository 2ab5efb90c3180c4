/* Cutting CFF outlines: the same glyphs come out, and a damaged table does no harm. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <hb.h>
#include <string.h>
#include "typeset/font_internal.h"
#include "typeset_fixture.h"

static const char TEXT[] = "国务院关于加强数字政府建设，。“”（）—…·2024喆玥";

/* Every glyph of a cut font has the extents and the advance that it has in the whole font. */
static void test_same_glyphs(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, TEXT);
    const Pages *pages = f.ts.pages;
    assert_int_equal(pages->font_count, 8);
    for (int i = 0; i < pages->font_count; i++) {
        const Font *font = f.fonts->cut[i];
        hb_blob_t *blob = hb_blob_create((const char *)pages->fonts[i].bytes,
            (unsigned)pages->fonts[i].length, HB_MEMORY_MODE_READONLY, NULL, NULL);
        hb_face_t *face = hb_face_create(blob, 0);
        hb_font_t *cut = hb_font_create(face);
        hb_font_set_scale(cut, FONT_EM, FONT_EM);
        int found = 0;
        const char *text = TEXT;
        for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text)) {
            hb_codepoint_t glyph, whole;
            hb_glyph_extents_t a, b;
            if (!charset_has(&font->needed, code)) {
                continue;
            }
            found++;
            assert_true(hb_font_get_nominal_glyph(cut, code, &glyph));
            assert_true(hb_font_get_nominal_glyph(font->outlines, code, &whole));
            assert_int_equal(glyph, whole);
            assert_true(hb_font_get_glyph_extents(cut, glyph, &a));
            assert_true(hb_font_get_glyph_extents(font->outlines, glyph, &b));
            assert_memory_equal(&a, &b, sizeof a);
            assert_int_equal(hb_font_get_glyph_h_advance(cut, glyph),
                hb_font_get_glyph_h_advance(font->outlines, glyph));
        }
        assert_true(found > 0);
        hb_font_destroy(cut);
        hb_face_destroy(face);
        hb_blob_destroy(blob);
    }
    fixture_close(&f);
}

static uint32_t random_state = 7;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* A face whose only table is the given CFF. */
static hb_face_t *face_of(const char *bytes, unsigned length)
{
    hb_blob_t *table = hb_blob_create(bytes, length, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    hb_face_t *face = hb_face_builder_create();
    hb_face_builder_add_table(face, HB_TAG('C', 'F', 'F', ' '), table);
    hb_blob_destroy(table);
    return face;
}

/* Damage where it matters: header, dicts, the first offsets; and tables cut short. */
static void test_damaged_tables(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    assert_true(font_load(f.fonts, FILE_SONG_RARE));
    hb_blob_t *blob =
        hb_face_reference_table(f.fonts->fonts[FILE_SONG_RARE]->face, HB_TAG('C', 'F', 'F', ' '));
    unsigned length;
    const char *whole = hb_blob_get_data(blob, &length);
    hb_set_t *glyphs = hb_set_create();
    hb_set_add_range(glyphs, 0, 40);
    Arena *arena = arena_new();
    int cut_anyway = 0;
    for (int i = 0; i < 600; i++) {
        unsigned kept = i % 3 == 0 ? random_below(length) : length;
        char *bytes = arena_copy(arena, whole, length);
        for (uint32_t k = 0; k < 1 + random_below(4); k++) {
            bytes[random_below(i % 2 ? 64 : 4096)] = (char)random_below(256);
        }
        hb_face_t *face = face_of(bytes, kept);
        hb_blob_t *cut = font_cut_cff(face, glyphs);
        cut_anyway += cut != NULL;
        hb_blob_destroy(cut);
        hb_face_destroy(face);
        arena_reset(arena);
    }
    /* Damage to the strings or the charset is not seen here; but most of it is. */
    assert_in_range(cut_anyway, 1, 599);
    arena_free(arena);
    hb_set_destroy(glyphs);
    hb_blob_destroy(blob);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_glyphs),
        cmocka_unit_test(test_damaged_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
