/* Names of the files of a batch: trust.md O1, O2. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "output/outname.h"

typedef struct Fixture {
    Arena *arena;
    Diags *diags;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = test_calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diag_new(f->arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    arena_free(f->arena);
    test_free(f);
    return 0;
}

static const char *const words[] = {"村", "期间"};

static const char *name_of(Fixture *f, const char *pattern, const char *village)
{
    const char *values[] = {village, "2024-06"};
    const OutName *name = outname_read(f->arena, pattern, words, 2, f->diags);
    assert_non_null(name);
    return outname_make(f->arena, name, values);
}

static void values_are_made_safe(void **state)
{
    Fixture *f = *state;
    static const char *const cases[][3] = {
        {"整改函/{村}-{期间}.pdf", "长塘村", "整改函/长塘村-2024-06.pdf"},
        {"{村}.pdf", "甲/乙", "甲／乙.pdf"},
        {"{村}.pdf", "../../etc/passwd", "．.／..／etc／passwd.pdf"},
        {"{村}/函.pdf", "..", "．．/函.pdf"},
        {"{村}/函.pdf", ".", "．/函.pdf"},
        {"a{村}/函.pdf", "x.", "ax．/函.pdf"},
        {".{村}/x", ".", ".．/x"},
        {"{村}./x", ".", "．./x"},
        {"{村}.pdf", "/etc/passwd", "／etc／passwd.pdf"},
        {"{村}.pdf", "C:\\a*?\"<>|", "C：＼a＊？＂＜＞｜.pdf"},
        {"{村}.pdf", "甲\n乙\t丙\x7f", "甲_乙_丙_.pdf"},
        {"{村}.pdf", "\xc2\x85甲\xe2\x80\xae乙\xef\xbb\xbf", "_甲_乙_.pdf"},
        {"{村}.pdf", "　 长塘 村 ", "长塘 村.pdf"},
        {"{村}.pdf", "", "_.pdf"},
        {"{村}.pdf", " ", "_.pdf"},
        {"{村}.pdf", ".隐", "．隐.pdf"},
        {"{村}.pdf", "-rf", "－rf.pdf"},
        {"{村}.pdf", "~甲", "～甲.pdf"},
        {"x{村}.pdf", "-rf", "x-rf.pdf"},
        {"{村}.pdf", "nul", "_nul.pdf"},
        {"{村}.pdf", "COM1", "_COM1.pdf"},
        {"{村}.pdf", "COM10", "COM10.pdf"},
        {"{村}.pdf", "lpt²", "_lpt².pdf"},
        {"{村}", "con.", "con．"},
        {"{村}.pdf", "aux .x", "_aux .x.pdf"},
        {"{村}.pdf", "CONTENT", "CONTENT.pdf"},
        {"../out/{村}.pdf", "甲", "../out/甲.pdf"},
        {"/tmp/{村}.pdf", "甲", "/tmp/甲.pdf"},
        {"nul/{村}.pdf", "甲", "nul/甲.pdf"},
        {"{{{村}}}.pdf", "甲", "{甲}.pdf"},
        {"｛ 村 ｝.pdf", "甲", "甲.pdf"},
        {"{村}{村}.pdf", "甲", "甲甲.pdf"},
        {"{村}.pdf", "{村}", "{村}.pdf"},
        {"{村}.pdf", "𠮷", "𠮷.pdf"},
        {"{村}.pdf", "\xff甲\xe6", "_甲_.pdf"},
        {"\xff{村}.pdf", "甲", "\xff甲.pdf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(name_of(f, cases[i][0], cases[i][1]), cases[i][2]);
}

static void long_names_are_cut_at_a_character(void **state)
{
    Fixture *f = *state;
    char value[400] = "", other[400];
    size_t bad;
    for (int length = 60; length < 75; length++) {
        value[0] = '\0';
        for (int i = 0; i < length; i++)
            strcat(value, "村");
        const char *name = name_of(f, "{村}.pdf", value);
        assert_true(strlen(name) <= LIMIT_OUTPUT_NAME);
        assert_true(utf8_valid(name, strlen(name), &bad));
        assert_string_equal(name + strlen(name) - 4, ".pdf");
        bool whole = strlen(value) + 4 <= LIMIT_OUTPUT_NAME;
        assert_int_equal(strchr(name, '~') == NULL, whole);
    }
    /* What is cut off still tells them apart. */
    strcpy(other, value);
    strcat(value, "甲");
    strcat(other, "乙");
    assert_string_not_equal(name_of(f, "{村}.pdf", value), name_of(f, "{村}.pdf", other));
    /* Of a folder there is no extension to keep; of 200 bytes nothing is cut. */
    const char *name = name_of(f, "{村}.d/x", value);
    assert_ptr_equal(strchr(name, '/'), name + strcspn(name, "/"));
    assert_true(strcspn(name, "/") <= LIMIT_OUTPUT_NAME);
    memset(value, 'a', 196);
    value[196] = '\0';
    assert_int_equal(strlen(name_of(f, "{村}.pdf", value)), 200);
    assert_null(strchr(name_of(f, "{村}.pdf", value), '~'));
}

static void wrong_patterns_are_refused(void **state)
{
    Fixture *f = *state;
    static const char *const cases[] = {
        "{镇}.pdf", "{}.pdf", "{村.pdf", "村}.pdf", "{村{期间}}.pdf", "{村}}.pdf", "{村|名称}.pdf"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t before = diag_count(f->diags, DIAG_ERROR);
        assert_null(outname_read(f->arena, cases[i], words, 2, f->diags));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), before + 1);
    }
}

static void the_folder_is_what_comes_before_values(void **state)
{
    Fixture *f = *state;
    static const char *const cases[][2] = {{"整改函/{村}.pdf", "整改函"}, {"{村}/a.pdf", "."},
        {"a/b{村}/c.pdf", "a"}, {"/{村}.pdf", "/"}, {"a/b/c.pdf", "a/b"}, {"{村}.pdf", "."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const OutName *name = outname_read(f->arena, cases[i][0], words, 2, f->diags);
        assert_string_equal(outname_folder(f->arena, name), cases[i][1]);
    }
    const OutName *name = outname_read(f->arena, "{村}.pdf", words, 2, f->diags);
    assert_true(outname_has(name, 0));
    assert_false(outname_has(name, 1));
}

static void one_file_has_no_words(void **state)
{
    Fixture *f = *state;
    static const char *const cases[][2] = {{"a/汇报.pdf", "a/汇报.pdf"}, {"{{村}}.pdf", "{村}.pdf"},
        {"a}b{.pdf", "a}b{.pdf"}, {"{}.pdf", "{}.pdf"}, {"", ""}, {"a\xFF.pdf", "a\xFF.pdf"},
        {"{村}.pdf", NULL}, {"a/｛片｝.pdf", NULL}, {"{{{期间}}}.pdf", NULL}, {"{\xFF}", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *plain = outname_plain(f->arena, cases[i][0], f->diags);
        if (cases[i][1])
            assert_string_equal(plain, cases[i][1]);
        else
            assert_null(plain);
    }
    assert_int_equal(diag_count(f->diags, DIAG_ERROR), 4);
}

static bool are_distinct(Fixture *f, const char *a, const char *b)
{
    const char *paths[] = {a, b}, *owners[] = {"甲", "乙"};
    return outname_distinct(f->arena, paths, owners, 2, f->diags);
}

static void collisions_are_found(void **state)
{
    Fixture *f = *state;
    assert_true(are_distinct(f, "甲.pdf", "乙.pdf"));
    assert_false(are_distinct(f, "甲.pdf", "甲.pdf"));
    assert_false(are_distinct(f, "Abc.pdf", "aBC.pdf"));
    assert_false(are_distinct(f, "Ａ.pdf", "ａ.pdf"));
    assert_false(are_distinct(f, "É.pdf", "é.pdf"));
    assert_false(are_distinct(f, "Ā.pdf", "ā.pdf"));
    assert_false(are_distinct(f, "Ж.pdf", "ж.pdf"));
    assert_true(are_distinct(f, "×.pdf", "÷.pdf"));
    assert_true(are_distinct(f, "Ａ.pdf", "A.pdf"));
    assert_false(are_distinct(f, "\xff.pdf", "\xff.pdf"));
    /* after replacement */
    assert_false(are_distinct(f, name_of(f, "{村}", "甲/乙"), name_of(f, "{村}", "甲／乙")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_are_made_safe, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_names_are_cut_at_a_character, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_patterns_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_folder_is_what_comes_before_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_file_has_no_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(collisions_are_found, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
