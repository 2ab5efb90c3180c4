/* The font files: missing, damaged, restricted; the cut fonts; the report. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>
#include "typeset_fixture.h"

static char folder[64];

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)type;
    (void)ftw;
    return remove(path);
}

/* A folder of links to the real files. */
static int make_folder(void **state)
{
    (void)state;
    static const char *const FILES[] = {"FandolFang-Regular.otf", "FandolSong-Bold.otf",
        "FandolHei-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Regular.otf",
        "LiberationSerif-Regular.ttf"};
    snprintf(folder, sizeof folder, "/tmp/wenyin-font-XXXXXX");
    char real[4096], from[4200], to[128];
    if (!mkdtemp(folder) || !realpath(fixture_fonts_folder(), real)) {
        return -1;
    }
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        snprintf(from, sizeof from, "%s/%s", real, FILES[i]);
        snprintf(to, sizeof to, "%s/%s", folder, FILES[i]);
        if (symlink(from, to) != 0) {
            return -1;
        }
    }
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static char *printed(Arena *arena, const Diags *diags)
{
    char *text = arena_alloc(arena, 8192);
    FILE *out = fmemopen(text, 8191, "w");
    diag_print(diags, out, DIAG_TEXT);
    fclose(out);
    return text;
}

/* Puts other bytes in the place of a link. */
static void replace_file(const char *name, const char *bytes, size_t length)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    fclose(out);
}

static char *read_font(Arena *arena, const char *name, size_t *length)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", fixture_fonts_folder(), name);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    char *bytes = arena_alloc(arena, 1 << 20);
    *length = fread(bytes, 1, 1 << 20, in);
    fclose(in);
    return bytes;
}

static void test_missing_file(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/FandolKai-Regular.otf", folder);
    unlink(path);
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    assert_null(fonts_open(arena, folder, diags));
    const char *text = printed(arena, diags);
    assert_non_null(strstr(text, "E304"));
    assert_non_null(strstr(text, "FandolKai-Regular.otf"));
    assert_non_null(strstr(text, "make fonts"));
    arena_free(arena);
}

static void test_damaged_file(void **state)
{
    (void)state;
    replace_file("LiberationSerif-Regular.ttf", "this is no font", 15);
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    FontSet *fonts = fonts_open(arena, folder, diags);
    assert_non_null(fonts);
    fonts_need(fonts, ROLE_BODY, "abc", (At){0});
    assert_true(diag_failed(diags));
    assert_non_null(strstr(printed(arena, diags), "E305"));
    fonts_close(fonts);
    arena_free(arena);
}

/* A broken download: the file begins as it should, and ends too early. */
static void test_cut_off_file(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    size_t length;
    const char *bytes = read_font(arena, "LiberationSerif-Regular.ttf", &length);
    for (size_t part = 0; part < 4; part++) {
        replace_file("LiberationSerif-Regular.ttf", bytes, length - 9 - part * (length / 5));
        Diags *diags = diag_new(arena);
        FontSet *fonts = fonts_open(arena, folder, diags);
        fonts_need(fonts, ROLE_BODY, "abc㐀", (At){0}); /* and what no font has is not told */
        assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
        assert_non_null(strstr(printed(arena, diags), "E305"));
        fonts_close(fonts);
    }
    arena_free(arena);
}

/* OS/2.fsType 2 forbids embedding. */
static void test_restricted_file(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    size_t length;
    unsigned char *bytes =
        (unsigned char *)read_font(arena, "LiberationSerif-Regular.ttf", &length);
    int tables = bytes[4] << 8 | bytes[5];
    for (int i = 0; i < tables; i++) {
        const unsigned char *row = bytes + 12 + i * 16;
        if (memcmp(row, "OS/2", 4) == 0) {
            size_t at =
                (size_t)row[8] << 24 | (size_t)row[9] << 16 | (size_t)row[10] << 8 | row[11];
            bytes[at + 8] = 0;
            bytes[at + 9] = 2;
        }
    }
    replace_file("LiberationSerif-Regular.ttf", (char *)bytes, length);
    Diags *diags = diag_new(arena);
    FontSet *fonts = fonts_open(arena, folder, diags);
    assert_non_null(fonts);
    fonts_need(fonts, ROLE_BODY, "abc", (At){0});
    assert_true(diag_failed(diags));
    assert_non_null(strstr(printed(arena, diags), "E306"));
    fonts_close(fonts);
    arena_free(arena);
}

/* Cut fonts are small, keep their names, and a later cut adds to the earlier. */
static void test_cut(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    assert_true(fonts_need(f.fonts, ROLE_BODY, "国务院", (At){0}));
    assert_true(fonts_cut(f.fonts));
    fonts_list(f.fonts, f.ts.pages);
    assert_int_equal(f.ts.pages->font_count, 1);
    assert_string_equal(f.ts.pages->fonts[0].name, "FandolFang-Regular");
    assert_in_range(f.ts.pages->fonts[0].length, 1000, 100000);
    TextStyle style = fixture_style(ROLE_BODY);
    Length narrow = text_width(&f.ts, &style, "国务院");
    assert_true(fonts_need(f.fonts, ROLE_HEI, "汇报", (At){0}));
    assert_true(fonts_need(f.fonts, ROLE_BODY, "通知", (At){0}));
    assert_true(fonts_cut(f.fonts));
    fonts_list(f.fonts, f.ts.pages);
    assert_int_equal(f.ts.pages->font_count, 2);
    assert_int_equal(text_width(&f.ts, &style, "国院通"), narrow);
    fixture_close(&f);
}

/* What nobody noted cannot be set: that is said aloud, or the character would be lost. */
static void test_set_without_need(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "国");
    TextStyle style = fixture_style(ROLE_BODY);
    text_width(&f.ts, &style, "国务");
    assert_true(diag_failed(f.diags));
    assert_non_null(strstr(printed(f.arena, f.diags), "U+52A1"));
    fixture_close(&f);
}

static void test_report(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    char *text = arena_alloc(f.arena, 8192);
    FILE *out = fmemopen(text, 8191, "w");
    assert_true(fonts_report(f.fonts, out, false));
    fclose(out);
    static const char *const ROLES[] = {
        "正文（仿宋）", "标题（小标宋）", "黑体", "楷体", "宋体", "西文"};
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        assert_non_null(strstr(text, ROLES[i]));
    }
    assert_non_null(strstr(text, "✓ FandolFang-Regular.otf"));
    assert_non_null(strstr(text, "有 8105 字，共 8105 字"));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_missing_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_damaged_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_cut_off_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_restricted_file, make_folder, remove_folder),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_set_without_need),
        cmocka_unit_test(test_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
