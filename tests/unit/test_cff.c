/* CFF tables: outlines exchanged, everything else as it was. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cff.h"

enum { BYTES = 8 << 20 };

static uint8_t *file; /* one with several font dicts */
static uint8_t *table;
static size_t length;

static uint32_t take32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int read_font(void **state)
{
    (void)state;
    const char *folder = getenv("WENYIN_FONTS");
    char path[1024];
    snprintf(path, sizeof path, "%s/WenyinSongRare-Regular.otf", folder ? folder : "fonts/files");
    FILE *stream = fopen(path, "rb");
    file = malloc(BYTES);
    if (!stream || !file || fread(file, 1, BYTES, stream) < 1000)
        return -1;
    fclose(stream);
    for (const uint8_t *record = file + 12; !table; record += 16) {
        if (memcmp(record, "CFF ", 4) == 0) {
            table = file + take32(record + 8);
            length = take32(record + 12);
        }
    }
    return 0;
}

static int free_font(void **state)
{
    (void)state;
    free(file);
    return 0;
}

static CffOutline *all_outlines(const Cff *cff)
{
    CffOutline *outlines = calloc(cff->charstrings.count, sizeof *outlines);
    for (unsigned i = 0; i < cff->charstrings.count; i++)
        outlines[i] = cff_outline(cff, i);
    return outlines;
}

static void test_its_own_outlines(void **state)
{
    (void)state;
    Cff cff;
    Buf out = {0};
    assert_true(cff_read(&cff, table, length));
    CffOutline *outlines = all_outlines(&cff);
    assert_true(cff_write(&cff, outlines, cff.charstrings.count, &out));
    assert_int_equal(out.length, length);
    assert_memory_equal(out.data, table, length);
    free(outlines);
    buf_free(&out);
}

/* Without most outlines, then with all of them again: the offsets come back to where they were. */
static void test_there_and_back(void **state)
{
    (void)state;
    Cff cff, thin;
    Buf small = {0}, whole = {0};
    assert_true(cff_read(&cff, table, length));
    unsigned count = cff.charstrings.count;
    CffOutline *outlines = all_outlines(&cff), *few = calloc(count, sizeof *few);
    for (unsigned i = 0; i < count; i += 100)
        few[i] = outlines[i];
    assert_true(cff_write(&cff, few, count, &small));
    assert_in_range(small.length, 1, length / 10);
    assert_true(cff_read(&thin, (const uint8_t *)small.data, small.length));
    for (unsigned i = 0; i < count; i++) {
        CffOutline is = cff_outline(&thin, i);
        assert_int_equal(is.length, few[i].length);
        assert_memory_equal(is.bytes, few[i].bytes, is.length);
    }
    assert_true(cff_write(&thin, outlines, count, &whole));
    assert_int_equal(whole.length, length);
    assert_memory_equal(whole.data, table, length);
    free(outlines);
    free(few);
    buf_free(&small);
    buf_free(&whole);
}

/* The font dict of a glyph, read from FDSelect without the module's help. */
static unsigned font_dict(const Cff *cff, unsigned glyph)
{
    const uint8_t *at = cff->bytes + cff->selects;
    if (at[0] == 0)
        return at[1 + glyph];
    unsigned ranges = at[1] << 8 | at[2], i = 0;
    assert_int_equal(at[0], 3);
    while (i + 1 < ranges && (unsigned)(at[3 + 3 * (i + 1)] << 8 | at[4 + 3 * (i + 1)]) <= glyph)
        i++;
    return at[3 + 3 * i + 2];
}

static void test_some_glyphs(void **state)
{
    (void)state;
    enum { COUNT = 500 };
    static uint16_t glyphs[COUNT];
    static CffOutline outlines[COUNT];
    static uint8_t marks[COUNT][CFF_MARK_BYTES];
    Cff cff, made;
    Buf out = {0};
    assert_true(cff_read(&cff, table, length));
    for (unsigned i = 0; i < COUNT; i++) {
        glyphs[i] = (uint16_t)(i < 100 ? i : 100 + (i - 100) * 5);
        cff_mark(marks[i], 7, glyphs[i]);
        outlines[i] = (CffOutline){marks[i], CFF_MARK_BYTES};
    }
    assert_in_range(glyphs[COUNT - 1], 2000, cff.charstrings.count - 1);
    buf_adds(&out, "before"); /* it is added */
    assert_true(cff_write_glyphs(&cff, glyphs, outlines, COUNT, &out));
    assert_true(cff_read(&made, (const uint8_t *)out.data + 6, out.length - 6));
    assert_int_equal(made.charstrings.count, COUNT);
    bool others = false;
    for (unsigned i = 0; i < COUNT; i++) {
        unsigned font = 0, glyph = 0;
        assert_true(cff_is_mark(cff_outline(&made, i), &font, &glyph));
        assert_int_equal(font, 7);
        assert_int_equal(glyph, glyphs[i]);
        assert_int_equal(font_dict(&made, i), font_dict(&cff, glyphs[i]));
        others |= font_dict(&made, i) != font_dict(&made, 0);
    }
    assert_true(others);
    assert_int_equal(cff_outline(&made, COUNT).length, 0);
    unsigned number;
    assert_false(cff_is_mark(cff_outline(&cff, 500), &number, &number));
    buf_free(&out);
}

/* FDSelect in its other form, a byte a glyph. */
static void test_a_byte_a_glyph(void **state)
{
    (void)state;
    enum { COUNT = 60 };
    uint16_t glyphs[COUNT];
    CffOutline outlines[COUNT];
    uint8_t dicts[COUNT];
    Cff cff;
    Buf plain = {0}, out = {0};
    assert_true(cff_read(&cff, table, length));
    for (unsigned i = 0; i < COUNT; i++) {
        glyphs[i] = (uint16_t)i;
        outlines[i] = cff_outline(&cff, i);
        dicts[i] = (uint8_t)font_dict(&cff, i);
    }
    assert_true(cff_write_glyphs(&cff, glyphs, outlines, COUNT, &plain));
    assert_true(cff_read(&cff, (const uint8_t *)plain.data, plain.length));
    plain.data[cff.selects] = 0; /* the ranges of the whole font left that much room */
    memcpy(plain.data + cff.selects + 1, dicts, COUNT);
    for (unsigned i = 0; i < COUNT / 2; i++)
        glyphs[i] = (uint16_t)(2 * i + 1);
    assert_true(cff_write_glyphs(&cff, glyphs, outlines, COUNT / 2, &out));
    assert_true(cff_read(&cff, (const uint8_t *)out.data, out.length));
    for (unsigned i = 0; i < COUNT / 2; i++)
        assert_int_equal(font_dict(&cff, i), dicts[glyphs[i]]);
    buf_free(&plain);
    buf_free(&out);
}

static uint32_t random_state = 11;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* Damage where it matters, in exactly sized copies: what is read and written stays within them
 * (under the sanitizers), and tables cut short are refused. */
static void test_damage(void **state)
{
    (void)state;
    enum { KEPT = 60 };
    static uint16_t glyphs[KEPT];
    static CffOutline outlines[KEPT];
    Cff cff;
    Buf small = {0};
    assert_true(cff_read(&cff, table, length));
    for (unsigned i = 0; i < KEPT; i++) {
        glyphs[i] = (uint16_t)i;
        outlines[i] = cff_outline(&cff, i);
    }
    assert_true(cff_write_glyphs(&cff, glyphs, outlines, KEPT, &small));
    int read = 0;
    for (int round = 0; round < 3000; round++) {
        size_t kept = round % 4 == 0 ? random_below((uint32_t)small.length) : small.length;
        uint8_t *bytes = malloc(kept ? kept : 1);
        memcpy(bytes, small.data, kept);
        for (uint32_t k = 0; kept && k < 1 + random_below(4); k++)
            bytes[random_below((uint32_t)kept)] = (uint8_t)random_below(256);
        if (cff_read(&cff, bytes, kept)) {
            Buf out = {0};
            assert_int_equal(kept, small.length);
            cff_write_glyphs(&cff, glyphs, outlines, KEPT, &out);
            buf_free(&out);
            read++;
        }
        free(bytes);
    }
    assert_in_range(read, 1, 2999);
    buf_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_its_own_outlines),
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_some_glyphs),
        cmocka_unit_test(test_a_byte_a_glyph),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, read_font, free_font);
}
