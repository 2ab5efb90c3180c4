/* The office's own font files: in front of their roles' chains, for one style; what is missing or
 * lacking is told. FandolKai under another name stands for an OpenType font of the office's
 * (its digits are too wide), Liberation Serif Bold for a TrueType one (it has no Han). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <hb.h>
#include <sys/stat.h>
#include <unistd.h>
#include "paint/paint.h"
#include "typeset/font_internal.h"
#include "typeset/shape.h"
#include "typeset_fixture.h"

static char folder[64];
static const DataPlace FACE_PLACE = {"公文.xml", 7, -1, NULL},
                       TEXT_PLACE = {"公文.xml", 9, -1, NULL};

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int link_font(const char *file, const char *name)
{
    char real[4096], from[4200], to[128];
    if (!realpath(fixture_fonts_folder(), real)) {
        return -1;
    }
    snprintf(from, sizeof from, "%s/%s", real, file);
    snprintf(to, sizeof to, "%s/%s", folder, name);
    return symlink(from, to);
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/wenyin-style-XXXXXX");
    if (!mkdtemp(folder) || link_font("FandolKai-Regular.otf", "机关.otf") != 0 ||
        link_font("LiberationSerif-Bold.ttf", "office.ttf") != 0 ||
        link_font("NotoSerifCJK-Regular.ttc", "office.ttc") != 0) {
        return -1;
    }
    char path[128];
    snprintf(path, sizeof path, "%s/text.ttf", folder);
    FILE *out = fopen(path, "wb");
    return out && fputs("this is no font", out) >= 0 && fclose(out) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static FontFace *face(Arena *arena, Role role, const char *name, FontFace *next)
{
    FontFace *made = ARENA_NEW(arena, FontFace);
    *made = (FontFace){.role = role,
        .path = arena_printf(arena, "%s/%s", folder, name),
        .at = {.data = &FACE_PLACE},
        .next = next};
    return made;
}

static DocStyle style_of(FontFace *faces)
{
    DocStyle style = style_default(FORM_OFFICIAL);
    style.faces = faces;
    return style;
}

static const char *printed(Arena *arena, const Diags *diags)
{
    char *text = arena_alloc(arena, 8192);
    FILE *out = fmemopen(text, 8191, "w");
    diag_print(diags, out, DIAG_TEXT);
    fclose(out);
    return text;
}

/* PostScript name of the font that sets each character. */
static const char *font_of(Fixture *f, Role role, const char *text, int i)
{
    TextPiece piece = {.style = fixture_style(role), .text = text};
    const Shaped *shaped = shape_pieces(&f->ts, &piece);
    assert_true(i < shaped->count);
    return f->ts.pages->fonts[shaped->boxes[i].font].name;
}

static void cut(Fixture *f, Role role, const char *text)
{
    assert_true(fonts_need(f->fonts, role, text, (At){.data = &TEXT_PLACE}));
    assert_true(fonts_cut(f->fonts));
    fonts_list(f->fonts, f->ts.pages);
}

static void test_own_file_comes_first(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle style = style_of(face(f.arena, ROLE_BODY, "机关.otf", NULL));
    assert_true(fonts_style(f.fonts, &style));
    cut(&f, ROLE_BODY, "国喆8%，a");
    cut(&f, ROLE_HEI, "国");
    static const char TEXT[] = "国喆8%，a";
    assert_string_equal(font_of(&f, ROLE_BODY, TEXT, 0), "FandolKai-Regular");
    /* A character it lacks is set from the chain, and that is told once, with its place. */
    assert_string_equal(font_of(&f, ROLE_BODY, TEXT, 1), "WenyinSongRare-Regular");
    const char *text = printed(f.arena, f.diags);
    assert_non_null(strstr(text, "公文.xml:9"));
    assert_non_null(strstr(text, "W371"));
    assert_non_null(strstr(text, "机关.otf"));
    assert_non_null(strstr(text, "喆"));
    assert_null(strstr(text, "a、"));
    cut(&f, ROLE_BODY, "喆民");
    assert_int_equal(diag_count(f.diags, DIAG_WARNING), 1);
    /* Its digits are 0.555 em wide: the next that has them half an em wide sets them. */
    assert_string_equal(font_of(&f, ROLE_BODY, "国8", 1), "FandolFang-Regular");
    assert_string_equal(font_of(&f, ROLE_HEI, "国", 0), "FandolHei-Regular");
    assert_false(diag_failed(f.diags));
    fixture_close(&f);
}

/* TrueType: cut, placed by ink, its half-width digits taken for its own role and for the 楷体,
 * which borrows those of the body. */
static void test_truetype(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle style = style_of(face(f.arena, ROLE_BODY, "office.ttf", NULL));
    assert_true(fonts_style(f.fonts, &style));
    cut(&f, ROLE_BODY, "国8");
    cut(&f, ROLE_KAI, "国8");
    assert_string_equal(font_of(&f, ROLE_BODY, "国8", 1), "LiberationSerif-Bold");
    assert_string_equal(font_of(&f, ROLE_BODY, "国8", 0), "FandolFang-Regular");
    assert_string_equal(font_of(&f, ROLE_KAI, "国8", 1), "LiberationSerif-Bold");
    TextPiece piece = {.style = fixture_style(ROLE_BODY), .text = "8"};
    const Shaped *shaped = shape_pieces(&f.ts, &piece);
    assert_in_range(shaped->boxes[0].width, BODY_CELL / 2 - 1, BODY_CELL / 2 + 1);
    /* As high as the digits of the Han faces, which stand 0.08 em above the baseline. */
    Length top, bottom;
    assert_true(shape_ink_extent(&f.ts, shaped, 0, &top, &bottom));
    assert_in_range((top + bottom) / 2, LENGTH_PT(16 * 0.36), LENGTH_PT(16 * 0.46));
    fixture_close(&f);
}

/* The first face of a collection; a cut of it is small and keeps the outlines. */
static void test_collection(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle style = style_of(face(f.arena, ROLE_TITLE, "office.ttc", NULL));
    assert_true(fonts_style(f.fonts, &style));
    cut(&f, ROLE_TITLE, "国务院喆");
    assert_int_equal(f.ts.pages->font_count, 1);
    assert_in_range(f.ts.pages->fonts[0].length, 1000, 600000);
    assert_non_null(strstr(f.ts.pages->fonts[0].name, "NotoSerif"));
    Length top, bottom;
    TextStyle text = fixture_style(ROLE_TITLE);
    text_ink_extent(&f.ts, &text, "国", &top, &bottom);
    assert_in_range((top + bottom) / 2, LENGTH_PT(16 * 0.35), LENGTH_PT(16 * 0.41));
    fixture_close(&f);
}

static bool holds(const Buf *bytes, const char *text)
{
    return memmem(bytes->data, bytes->length, text, strlen(text)) != NULL;
}

/* Both kinds of outlines reach the PDF: TrueType as FontFile2, CFF as FontFile3. */
static void test_pdf(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle style = style_of(
        face(f.arena, ROLE_BODY, "office.ttf", face(f.arena, ROLE_TITLE, "机关.otf", NULL)));
    assert_true(fonts_style(f.fonts, &style));
    cut(&f, ROLE_BODY, "2024");
    cut(&f, ROLE_TITLE, "国务院");
    Page *page = pages_add(f.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    TextStyle body = fixture_style(ROLE_BODY), title = fixture_style(ROLE_TITLE);
    text_put(&f.ts, page, &body, "2024", 0, LENGTH_PT(50), ALIGN_LEFT, TEXT_NEW_LINE);
    text_put(&f.ts, page, &title, "国务院", 0, LENGTH_PT(90), ALIGN_LEFT, TEXT_NEW_LINE);
    Buf pdf = {0};
    assert_true(paint_pdf(f.ts.pages, &pdf, f.diags));
    assert_true(holds(&pdf, "+LiberationSerif-Bold") && holds(&pdf, "/FontFile2"));
    assert_true(holds(&pdf, "+FandolKai-Regular") && holds(&pdf, "/FontFile3"));
    assert_false(holds(&pdf, "FandolSong"));
    buf_free(&pdf);
    fixture_close(&f);
}

static void test_missing_file(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle style = style_of(face(f.arena, ROLE_TITLE, "没有.ttf", NULL));
    assert_true(fonts_style(f.fonts, &style));
    const char *text = printed(f.arena, f.diags);
    assert_non_null(strstr(text, "公文.xml:7"));
    assert_non_null(strstr(text, "W370"));
    assert_non_null(strstr(text, "没有.ttf"));
    assert_non_null(strstr(text, "标题（小标宋）"));
    assert_non_null(strstr(text, "FandolSong-Bold.otf"));
    cut(&f, ROLE_TITLE, "国");
    assert_string_equal(font_of(&f, ROLE_TITLE, "国", 0), "FandolSong-Bold");
    style.strict_fonts = true;
    assert_false(fonts_style(f.fonts, &style));
    assert_non_null(strstr(printed(f.arena, f.diags), "E370"));
    fixture_close(&f);
}

/* What is no font is an error whatever the style says. */
static void test_no_font(void **state)
{
    (void)state;
    static const char *const FILES[] = {"text.ttf", "."};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        Fixture f;
        fixture_open(&f);
        DocStyle style = style_of(face(f.arena, ROLE_SONG, FILES[i], NULL));
        assert_false(fonts_style(f.fonts, &style));
        const char *text = printed(f.arena, f.diags);
        assert_non_null(strstr(text, "E371"));
        assert_non_null(strstr(text, "公文.xml:7"));
        assert_int_equal(diag_count(f.diags, DIAG_ERROR), 1);
        fixture_close(&f);
    }
}

/* 楷体粗 is the office's own file or none: the plain face stands in, and that is told; strictly it
 * may not. */
static void test_bold_roles(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle style = style_of(NULL);
    assert_true(fonts_style(f.fonts, &style));
    cut(&f, ROLE_KAI_BOLD, "国8");
    cut(&f, ROLE_KAI_BOLD, "民");
    assert_int_equal(diag_count(f.diags, DIAG_WARNING), 1);
    const char *text = printed(f.arena, f.diags);
    assert_non_null(strstr(text, "W372"));
    assert_non_null(strstr(text, "楷体粗"));
    assert_string_equal(font_of(&f, ROLE_KAI_BOLD, "国8", 0), "FandolKai-Regular");
    assert_string_equal(font_of(&f, ROLE_KAI_BOLD, "国8", 1), "FandolFang-Regular");
    style.strict_fonts = true;
    assert_true(fonts_style(f.fonts, &style));
    assert_false(fonts_need(f.fonts, ROLE_BODY_BOLD, "国", (At){0}));
    assert_non_null(strstr(printed(f.arena, f.diags), "E372"));
    fixture_close(&f);

    fixture_open(&f);
    style = style_of(face(f.arena, ROLE_KAI_BOLD, "机关.otf", NULL));
    assert_true(fonts_style(f.fonts, &style));
    cut(&f, ROLE_KAI_BOLD, "国");
    assert_int_equal(diag_count(f.diags, DIAG_WARNING), 0);
    cut(&f, ROLE_KAI_BOLD, "喆");
    assert_non_null(strstr(printed(f.arena, f.diags), "喆"));
    fixture_close(&f);
}

/* The next paper of a run has its own style; the same file is opened once. */
static void test_next_style(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle own = style_of(face(f.arena, ROLE_BODY, "机关.otf", NULL));
    DocStyle plain = style_of(NULL);
    for (int round = 0; round < 20; round++) {
        assert_true(fonts_style(f.fonts, round % 2 ? &plain : &own));
        cut(&f, ROLE_BODY, "国");
        assert_string_equal(font_of(&f, ROLE_BODY, "国", 0),
            round % 2 ? "FandolFang-Regular" : "FandolKai-Regular");
    }
    assert_int_equal(f.fonts->font_count, FILE_COUNT + 1);
    fixture_close(&f);
}

static void test_too_many(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    FontFace *faces = NULL;
    for (int i = 0; i < OFFICE_FONTS + 1; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d.otf", i);
        assert_int_equal(link_font("FandolKai-Regular.otf", name), 0);
        faces = face(f.arena, i % 2 ? ROLE_BODY : ROLE_BODY_BOLD, name, faces);
    }
    DocStyle style = style_of(faces->next);
    assert_true(fonts_style(f.fonts, &style));
    style.faces = faces;
    assert_false(fonts_style(f.fonts, &style));
    assert_non_null(strstr(printed(f.arena, f.diags), "E373"));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_file_comes_first),
        cmocka_unit_test(test_truetype),
        cmocka_unit_test(test_collection),
        cmocka_unit_test(test_pdf),
        cmocka_unit_test(test_missing_file),
        cmocka_unit_test(test_no_font),
        cmocka_unit_test(test_bold_roles),
        cmocka_unit_test(test_next_style),
        cmocka_unit_test(test_too_many),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
