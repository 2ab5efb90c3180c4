#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "data/encode.h"
#include "printed.h"

#define BYTES(literal) literal, sizeof(literal) - 1

typedef struct Case {
    const char *bytes;
    size_t length;
    Encoding encoding; /* expected */
    const char *text;
} Case;

static const Case CASES[] = {
    /* flat table */
    {BYTES("a,b\n"), ENCODING_UTF8, "a,b\n"},
    {BYTES(""), ENCODING_UTF8, ""},
    {BYTES("村,月份\n"), ENCODING_UTF8, "村,月份\n"},
    {BYTES("\xEF\xBB\xBF村\n"), ENCODING_UTF8, "村\n"},
    {BYTES("\xEF\xBB\xBF"), ENCODING_UTF8, ""},
    /* 村,吨 in GBK */
    {BYTES("\xB4\xE5,\xB6\xD6\r\n"), ENCODING_GB18030, "村,吨\r\n"},
    /* 联通: the pair that looks like two-byte UTF-8 */
    {BYTES("\xC1\xAA\xCD\xA8\n"), ENCODING_GB18030, "联通\n"},
    /* A1A4 · and A1AA —: wrong in iconv's GB2312 */
    {BYTES("\xA1\xA4\xA1\xAA\n"), ENCODING_GB18030, "·—\n"},
    /* four bytes each */
    {BYTES("\xB4\xE5\x82\x30\xAB\x33\x99\x31\xF9\x30\n"), ENCODING_GB18030, "村㙍𬒔\n"},
    /* 0x80 is the euro sign in Windows' GBK */
    {BYTES("\xB4\xE5\x80"
           "5\n"),
        ENCODING_GB18030, "村€5\n"},
    {BYTES("\xFF\xFE\x51\x67,\0\n\0"), ENCODING_UTF16LE, "村,\n"},
    {BYTES("\xFE\xFF\x67\x51\0,\0\n"), ENCODING_UTF16BE, "村,\n"},
    {BYTES("\x51\x67,\0"
           "1\0\n\0"),
        ENCODING_UTF16LE, "村,1\n"},
    {BYTES("\x67\x51\0,\0"
           "1\0\n"),
        ENCODING_UTF16BE, "村,1\n"},
};

static void test_detect_and_decode(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Diags *diags = diag_new(arena);
        Buf out = {0};
        const Case *c = &CASES[i];
        assert_int_equal(encode_detect(c->bytes, c->length), c->encoding);
        assert_true(encode_to_utf8("a.csv", c->bytes, c->length, ENCODING_UNKNOWN, &out, diags));
        assert_int_equal(out.length, strlen(c->text));
        assert_memory_equal(out.length ? out.data : "", c->text, out.length);
        assert_int_equal(diag_count(diags, DIAG_WARNING), 0);
        buf_free(&out);
    }
    arena_free(arena);
}

/* What diag_print says, for the place and the byte. */
static void test_bad_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        Encoding encoding;
        const char *message, *place;
    } cases[] = {
        /* flat table */
        {BYTES("a\nb\xB4\xE5\n"), ENCODING_UTF8, "第 4 个字节 B4 不合 UTF-8 编码", "a.csv:2"},
        {BYTES("\xEF\xBB\xBFx\xFF"), ENCODING_UNKNOWN, "第 5 个字节 FF 不合 UTF-8 编码", "a.csv:1"},
        {BYTES("a\xED\xA0\x80"), ENCODING_UTF8, "第 2 个字节 ED 不合 UTF-8 编码", "a.csv:1"},
        {BYTES("a\xC0\xAF"), ENCODING_UTF8, "第 2 个字节 C0 不合 UTF-8 编码", "a.csv:1"},
        {BYTES("\xB4\xE5\r\n\xB4\xE5,\xFF\n"), ENCODING_UNKNOWN, "第 8 个字节 FF 不合 GB18030 编码",
            "a.csv:2"},
        {BYTES("\xB4\xE5\r\xB4"), ENCODING_UNKNOWN, "第 4 个字节 B4 不合 GB18030 编码", "a.csv:2"},
        {BYTES("\xB4\xE5\x82\x30\x9A"), ENCODING_UNKNOWN, "第 3 个字节 82 不合 GB18030 编码",
            "a.csv:1"},
        /* a file put together of two: the GBK half is not UTF-8, the UTF-8 half not GBK */
        {BYTES("\xB4\xE5\n\xE6\x9D\x91\n"), ENCODING_UNKNOWN, "GB18030 编码", "a.csv:2"},
        {BYTES("村,月份\n村\xFF\n"), ENCODING_UNKNOWN, "第 15 个字节 FF 不合 UTF-8 编码",
            "a.csv:2"},
        {BYTES("\xFF\xFE\x51\x67\n\0\x00\xD8,\0"), ENCODING_UNKNOWN, "UTF-16 编码", "a.csv:2"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diags *diags = diag_new(arena);
        Buf out = {0};
        assert_false(encode_to_utf8(
            "a.csv", cases[i].bytes, cases[i].length, cases[i].encoding, &out, diags));
        assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
        const char *text = diags_printed(arena, diags, DIAG_TEXT);
        if (!strstr(text, cases[i].message) || !strstr(text, cases[i].place)) {
            fail_msg("case %zu: %s", i, text);
        }
        buf_free(&out);
    }
    arena_free(arena);
}

/* Every byte of a GBK text replaced by 0xFF is found, and no prefix crashes. */
static void test_every_byte(void **state)
{
    (void)state;
    static const char text[] = "\xB4\xE5,\xB6\xD6\r\n\xB4\xE5,12\r\n";
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof text - 1; i++) {
        char copy[sizeof text];
        Buf out = {0};
        memcpy(copy, text, sizeof text);
        copy[i] = (char)0xFF;
        assert_false(encode_to_utf8(
            "a.csv", copy, sizeof text - 1, ENCODING_GB18030, &out, diag_new(arena)));
        buf_clear(&out);
        bool whole = encode_to_utf8("a.csv", text, i, ENCODING_GB18030, &out, diag_new(arena));
        bool cut = i == 1 || i == 4 || i == 8; /* inside 村 or 吨 */
        assert_int_equal(whole, !cut);
        buf_free(&out);
    }
    arena_free(arena);
}

static void test_suspects(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message, *place;
    } cases[] = {
        {"村\n\xEE\x80\x80\xEF\xA3\xBF\n", "2 个私用区字符（首个 U+E000）", "a.csv:2"},
        {"村\r\n甲\r\n\xE2\x80\xAE乙\n", "U+202E", "a.csv:3"},
        {"村\n甲\xEF\xBF\xBD\n\xEF\xBF\xBD乙\n", "有 2 个“\xEF\xBF\xBD”", "a.csv:2"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diags *diags = diag_new(arena);
        Buf out = {0};
        assert_true(encode_to_utf8(
            "a.csv", cases[i].text, strlen(cases[i].text), ENCODING_UNKNOWN, &out, diags));
        encode_warn_lost("a.csv", out.data, out.length, diags);
        assert_int_equal(diag_count(diags, DIAG_WARNING), 1);
        const char *text = diags_printed(arena, diags, DIAG_TEXT);
        if (!strstr(text, cases[i].message) || !strstr(text, cases[i].place)) {
            fail_msg("case %zu: %s", i, text);
        }
        buf_free(&out);
    }
    arena_free(arena);
}

static void test_names(void **state)
{
    (void)state;
    Encoding encoding;
    assert_true(encode_parse("GBK", &encoding));
    assert_int_equal(encoding, ENCODING_GB18030);
    assert_true(encode_parse("utf-8", &encoding));
    assert_int_equal(encoding, ENCODING_UTF8);
    assert_true(encode_parse("UTF-16BE", &encoding));
    assert_int_equal(encoding, ENCODING_UTF16BE);
    assert_false(encode_parse("latin1", &encoding));
    assert_false(encode_parse("", &encoding));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_detect_and_decode),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_suspects),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
