#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "base/arena.h"
#include "base/utf8.h"

static bool is_scalar(uint32_t c)
{
    return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF);
}

/* Every Unicode scalar value goes out and comes back; surrogates are refused. */
static void test_round_trip(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char bytes[5] = "";
        int size = utf8_encode(c, bytes);
        size_t bad;
        assert_int_equal(utf8_valid(bytes, (size_t)size, &bad), is_scalar(c));
        if (!is_scalar(c))
            continue;
        const char *at = bytes;
        assert_int_equal(utf8_next(&at), c);
        assert_ptr_equal(at, bytes + size);
        assert_int_equal(utf8_next(&at), 0);
        assert_ptr_equal(at, bytes + size);
    }
}

static void test_valid(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        int bad; /* -1: valid */
    } cases[] = {
        {"", 0, -1}, {"a\0b", 3, -1}, {"村a", 4, -1}, {"村\x80", 4, 3},
        {"村\xC0\xAF", 5, 3},                             /* overlong */
        {"\xE0\x9F\xBF", 3, 0},                           /* overlong */
        {"\xED\xA0\x80", 3, 0},                           /* surrogate */
        {"\xF0\x8F\xBF\xBF", 4, 0},                       /* overlong */
        {"\xF4\x90\x80\x80", 4, 0},                       /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 4, 0}, {"ab\xE6\x9D", 4, 2}, /* cut */
        {"a\xFF", 2, 1}, {"\xB4\xE5", 2, 0},              /* 村 in GBK */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = 99;
        assert_int_equal(utf8_valid(cases[i].bytes, cases[i].length, &bad), cases[i].bad < 0);
        assert_int_equal(bad, cases[i].bad < 0 ? 99 : (size_t)cases[i].bad);
    }
    assert_false(utf8_valid("\xFF", 1, NULL));
}

static void test_count(void **state)
{
    (void)state;
    const char *text = "a村\xF0\xA0\x80\x80";
    assert_int_equal(utf8_count(text, strlen(text)), 3);
    assert_int_equal(utf8_count(text, 1), 1);
    assert_int_equal(utf8_count("", 0), 0);
}

static void test_classes(void **state)
{
    (void)state;
    static const struct {
        uint32_t c;
        bool han, mark, blank, private_use;
    } cases[] = {
        {0x4E00, true, false, false, false},
        {0x9FFF, true, false, false, false},
        {0x3007, true, false, false, false},
        {0x3400, true, false, false, false},
        {0x20000, true, false, false, false},
        {0x323AF, true, false, false, false},
        {0xFA0E, true, false, false, false},
        {0x3005, true, false, false, false},
        {0x3001, false, true, false, false},
        {0x300A, false, true, false, false},
        {0x201C, false, true, false, false},
        {0x2019, false, true, false, false},
        {0x2014, false, true, false, false},
        {0x2026, false, true, false, false},
        {0x00B7, false, true, false, false},
        {0xFF0C, false, true, false, false},
        {0xFF1B, false, true, false, false},
        {0xFFE5, false, true, false, false},
        {' ', false, false, true, false},
        {'\t', false, false, true, false},
        {'\n', false, false, true, false},
        {'\r', false, false, true, false},
        {0x3000, false, false, true, false},
        {0xA0, false, false, true, false},
        {0x2003, false, false, true, false},
        {0x202F, false, false, true, false},
        {0xE000, false, false, false, true},
        {0xF8FF, false, false, false, true},
        {0xF0000, false, false, false, true},
        {0x10FFFD, false, false, false, true},
        {'a', false, false, false, false},
        {'-', false, false, false, false},
        {0xFF11, false, false, false, false},
        {0x2460, false, false, false, false},
        {0x4DC0, false, false, false, false},
        {0xA000, false, false, false, false},
        {0x2010, false, false, false, false},
        {0, false, false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(utf8_is_han(cases[i].c), cases[i].han);
        assert_int_equal(utf8_is_cjk_mark(cases[i].c), cases[i].mark);
        assert_int_equal(utf8_is_blank(cases[i].c), cases[i].blank);
        assert_int_equal(utf8_is_private_use(cases[i].c), cases[i].private_use);
    }
    for (uint32_t c = 0; c < 0x40000; c++) { /* no character is of two classes */
        int classes = utf8_is_han(c) + utf8_is_cjk_mark(c);
        assert_true(classes + utf8_is_blank(c) + utf8_is_private_use(c) <= 1);
    }
}

static void test_fold(void **state)
{
    (void)state;
    static const struct {
        const char *text, *trimmed, *folded;
    } cases[] = {
        {"", "", ""},
        {" \t　", "", ""},
        {"村", "村", "村"},
        {"　王家 村　\r\n", "王家 村", "王家 村"},
        {"生活垃圾（吨）", "生活垃圾（吨）", "生活垃圾(吨)"},
        {"１２３．５％", "１２３．５％", "123.5%"},
        {" a　 \t b ", "a　 \t b", "a b"},
        {"￥５", "￥５", "￥5"},
        {"、。“”", "、。“”", "、。“”"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(utf8_trim(arena, cases[i].text), cases[i].trimmed);
        assert_string_equal(utf8_fold(arena, cases[i].text), cases[i].folded);
        assert_string_equal(utf8_fold(arena, cases[i].folded), cases[i].folded);
    }
    for (uint32_t c = 0x21; c < 0x7F; c++)
        assert_int_equal(utf8_fold_width(c + 0xFEE0), c);
    assert_int_equal(utf8_fold_width(0xFF5F), 0xFF5F);
    assert_int_equal(utf8_fold_width(0x3000), ' ');
    arena_free(arena);
}

static void test_gaps(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"", ""}, {"上 河村", "上河村"}, {"上　 河 村", "上河村"},
        {" 上 河 ", " 上河 "}, {"A 村", "A 村"}, {"A B", "A B"}, {"一 2", "一 2"},
        {"甲 乙 a 丙 丁", "甲乙 a 丙丁"}};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(utf8_without_gaps(arena, cases[i][0]), cases[i][1]);
    arena_free(arena);
}

static void test_distance(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"", "", 0},
        {"", "生活", 2},
        {"生活垃圾", "生活垃圾", 0},
        {"生活垃圾清里", "生活垃圾", 2},
        {"生活拉圾", "生活垃圾", 1},
        {"垃圾生活", "生活垃圾", 4},
        {"乱堆放乱", "乱堆乱放", 1}, /* neighbours swapped */
        {"kitten", "sitting", 3},
        {"ca", "abc", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(utf8_distance(cases[i].a, cases[i].b), cases[i].distance);
        assert_int_equal(utf8_distance(cases[i].b, cases[i].a), cases[i].distance);
    }
    char a[400], b[200]; /* longer than what is compared letter by letter */
    memset(a, 'x', sizeof a - 1);
    memset(b, 'x', sizeof b - 1);
    a[sizeof a - 1] = b[sizeof b - 1] = '\0';
    assert_true(utf8_distance(a, b) >= 200);
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"生活垃圾", "乱堆乱放", "乱搭乱建", "村", "计数"};
    static const struct {
        const char *text, *nearest;
    } cases[] = {
        {"生活垃圾清里", "生活垃圾"},
        {"生活拉圾", "生活垃圾"},
        {"乱堆放乱", "乱堆乱放"},
        {"乱搭乱堆", "乱搭乱建"},
        {"计", "计数"},
        {"镇", NULL},
        {"满意度", NULL},
        {"", NULL},
        {"村", "村"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *nearest = utf8_nearest(cases[i].text, names, sizeof names / sizeof *names);
        if (cases[i].nearest)
            assert_string_equal(nearest, cases[i].nearest);
        else
            assert_null(nearest);
    }
    assert_null(utf8_nearest("村", NULL, 0));
}

static void test_columns(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns('a'), 1);
    assert_int_equal(utf8_columns(0x6751), 2);  /* 村 */
    assert_int_equal(utf8_columns(0xFF08), 2);  /* （ */
    assert_int_equal(utf8_columns(0x201C), 1);  /* “ */
    assert_int_equal(utf8_columns(0x20000), 2); /* 𠀀 */
    assert_int_equal(utf8_columns(0x0301), 0);
    assert_int_equal(utf8_columns(0xFEFF), 0);
}

/* Nothing that a terminal would obey. */
static void test_printable(void **state)
{
    (void)state;
    assert_int_equal(utf8_printable(0x6751), 0x6751);
    assert_int_equal(utf8_printable('\t'), ' ');
    assert_int_equal(utf8_printable(0x1B), 0x241B);
    assert_int_equal(utf8_printable(0x7F), 0xFFFD);
    assert_int_equal(utf8_printable(0x9B), 0xFFFD);
    assert_int_equal(utf8_printable(0x202E), 0xFFFD);
}

static void test_ends_with(void **state)
{
    (void)state;
    assert_true(utf8_ends_with("领导。", "。"));
    assert_true(utf8_ends_with("。", "。"));
    assert_true(utf8_ends_with("", ""));
    assert_false(utf8_ends_with("", "。"));
    assert_false(utf8_ends_with("领导。 ", "。"));
    assert_false(utf8_ends_with("件", "文件"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_count),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_printable),
        cmocka_unit_test(test_ends_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
