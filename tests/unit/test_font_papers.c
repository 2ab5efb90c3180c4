/* One font set for many papers: each comes out, byte for byte, as with a set of its own, and is
 * told the same, whatever papers came before; memory stays where it is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <malloc.h>
#include <unistd.h>
#include "base/utf8.h"
#include "output/finish.h"
#include "page_fixture.h"
#include "paint/paint.h"
#include "printed.h"

/* What an office's style can bring, and what goes wrong with fonts. */
typedef struct Paper {
    const char *title, *text;
    Role role;
    const char *own; /* a file of the office's for the role; NULL: none */
    bool fails;
} Paper;

static const Paper PAPERS[] = {
    {"关于限期整改的函", "长塘村：截至6月30日，仍有3个问题没有整改到位。", ROLE_BODY, NULL, false},
    {"通报", "“四好”（〇）——2024年，路东村得分97.5分。", ROLE_BODY, NULL, false},
    {"喆村", "PM2.5 and 5G，玥、珺、祎三人。", ROLE_BODY, NULL, false},
    {"函", "本单位字体：国务院2024", ROLE_BODY, "FandolKai-Regular.otf", false},
    {"函 No.7", "另一种字体：国务院2024", ROLE_TITLE, "LiberationSerif-Bold.ttf", false},
    {"函", "长塘村：字体文件没有。", ROLE_BODY, "没有.otf", false},
    {"函", "长塘村：没有这个字\xEE\x80\x80。", ROLE_BODY, NULL, true},
    {"镕村", "长塘村：犇、镕、垚。", ROLE_BODY, "FandolHei-Regular.otf", false},
};

enum { COUNT = sizeof PAPERS / sizeof *PAPERS };

typedef struct Outcome {
    Buf pdf;
    char *messages;
} Outcome;

static Document document_of(Fixture *f, const Paper *paper)
{
    static const DataPlace place = {"公文.xml", 7, -1, NULL};
    Document document = {.style = style_default(FORM_OFFICIAL), .date = {2024, 6, 30}};
    document_add(f->arena, &document, BLOCK_TITLE)->content =
        inline_text(f->arena, paper->title, (At){0});
    add_text(f, &document, BLOCK_PARAGRAPH, paper->text);
    if (paper->own) {
        FontFace *face = ARENA_NEW(f->arena, FontFace);
        *face = (FontFace){.role = paper->role,
            .path = arena_printf(f->arena, "%s/%s", fixture_fonts_folder(), paper->own),
            .at = {.data = &place}};
        document.style.faces = face;
    }
    return document;
}

/* Sets a paper with f->fonts, as it is. */
static Outcome outcome(Fixture *f, const Paper *paper)
{
    Outcome out = {{0}, NULL};
    Document document = document_of(f, paper);
    Pages *pages = typeset_document(f->arena, &document, f->fonts, f->diags);
    assert_int_equal(pages == NULL, paper->fails);
    if (pages) {
        Buf painted = {0};
        assert_true(paint_pdf(pages, &painted, f->diags));
        assert_true(finish_pdf(&painted, pages, NULL, &out.pdf, f->diags));
        buf_free(&painted);
    }
    out.messages = strdup(diags_printed(f->arena, f->diags, DIAG_TEXT));
    return out;
}

static void outcome_free(Outcome *out)
{
    buf_free(&out->pdf);
    free(out->messages);
}

static void next_paper(Fixture *f)
{
    arena_reset(f->arena);
    f->diags = diag_new(f->arena);
    fonts_next_paper(f->fonts, f->arena, f->diags);
}

static Outcome alone[COUNT];

static int make_alone(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        Fixture f;
        fixture_open(&f);
        alone[i] = outcome(&f, &PAPERS[i]);
        fixture_close(&f);
    }
    return 0;
}

static int free_alone(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        outcome_free(&alone[i]);
    }
    return 0;
}

static void expect_as_alone(Fixture *f, int i)
{
    Outcome out = outcome(f, &PAPERS[i]);
    assert_string_equal(out.messages, alone[i].messages);
    assert_int_equal(out.pdf.length, alone[i].pdf.length);
    if (out.pdf.length > 0) {
        assert_memory_equal(out.pdf.data, alone[i].pdf.data, out.pdf.length);
    }
    outcome_free(&out);
}

static void test_what_alone_is_told(void **state)
{
    (void)state;
    static const char *const TOLD[COUNT] = {
        [5] = "没有.otf", [6] = "U+E000", [7] = "FandolHei-Regular.otf"};
    for (int i = 0; i < COUNT; i++) {
        if (TOLD[i]) {
            assert_non_null(strstr(alone[i].messages, TOLD[i]));
        }
    }
}

static void test_any_order(void **state)
{
    (void)state;
    uint32_t random = 5;
    Fixture f;
    fixture_open(&f);
    for (int round = 0; round < 6 * COUNT; round++) {
        random = random * 1664525u + 1013904223u;
        bool forwards = round < COUNT, backwards = round < 2 * COUNT;
        int i = forwards ? round : backwards ? 2 * COUNT - 1 - round : (int)((random >> 8) % COUNT);
        next_paper(&f);
        expect_as_alone(&f, i);
    }
    fixture_close(&f);
}

/* Characters that were foreseen change nothing but when fonts are cut. */
static void test_foreseen(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fonts_foresee(f.fonts, "长塘村路东村那况村喆镕𠅤\xEE\x80\x80");
    for (int i = 0; i < COUNT; i++) {
        next_paper(&f);
        expect_as_alone(&f, i);
    }
    fixture_close(&f);
}

/* A font that is damaged is told of by each paper that needs it. */
static void test_damage_is_told_again(void **state)
{
    (void)state;
    char path[] = "/tmp/wenyin-papers-XXXXXX.otf";
    int descriptor = mkstemps(path, 4);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "this is no font", 15), 15);
    close(descriptor);
    Fixture f;
    fixture_open(&f);
    for (int i = 0; i < 3; i++) {
        next_paper(&f);
        FontFace face = {.role = ROLE_BODY, .path = arena_strdup(f.arena, path)};
        DocStyle style = style_default(FORM_OFFICIAL);
        style.faces = &face;
        assert_false(fonts_style(f.fonts, &style));
        assert_non_null(strstr(diags_printed(f.arena, f.diags, DIAG_TEXT), "E371"));
        next_paper(&f);
        expect_as_alone(&f, i);
    }
    fixture_close(&f);
    remove(path);
}

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 30 };
#else
enum { ROUNDS = 3000 };
#endif

/* Bytes in use, whatever the allocator keeps besides; under the sanitizers nothing is said. */
static size_t in_use(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* 3,000 papers, of which one in eight brings a character that none had before. */
static void test_memory_is_flat(void **state)
{
    (void)state;
    Fixture f;
    size_t after_first = 0;
    fixture_open(&f);
    for (int round = 0; round < ROUNDS; round++) {
        char text[64] = "长塘村：截至6月30日，仍有3个问题", *end = text + strlen(text);
        if (round % 8 == 0) {
            end += utf8_encode((uint32_t)(0x4e00 + round / 8), end);
        }
        *end = '\0';
        Paper paper = {.title = "函", .text = text};
        next_paper(&f);
        Document document = document_of(&f, &paper);
        Pages *pages = typeset_document(f.arena, &document, f.fonts, f.diags);
        if (pages && round % 10 == 0) { /* characters that no font has fail, here and there */
            Buf painted = {0}, finished = {0};
            assert_true(paint_pdf(pages, &painted, f.diags));
            assert_true(finish_pdf(&painted, pages, NULL, &finished, f.diags));
            buf_free(&painted);
            buf_free(&finished);
        }
        after_first = round == ROUNDS / 10 ? in_use() : after_first;
    }
    /* Cairo keeps the last 256 of its scaled fonts; the fonts cut for 375 characters more. */
    assert_in_range(in_use(), 0, after_first + (1u << 20));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_alone_is_told),
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_foreseen),
        cmocka_unit_test(test_damage_is_told_again),
        cmocka_unit_test(test_memory_is_flat),
    };
    return cmocka_run_group_tests(tests, make_alone, free_alone);
}
