#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "data/csvread.h"
#include "printed.h"

#define BYTES(literal) literal, sizeof(literal) - 1

/* Rows as text: “1:a|b 2:c|d ”. */
static bool note_row(void *user, const CsvRow *row)
{
    Buf *out = user;
    buf_addf(out, "%ld:", row->row);
    for (int i = 0; i < row->count; i++) {
        buf_addf(out, "%s%s", i ? "|" : "", row->cells[i]);
    }
    buf_adds(out, " ");
    return true;
}

static void test_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
        const char *delimiter, *rows;
    } cases[] = {
        /* flat table */
        {BYTES("a,b\nc,d\n"), NULL, "1:a|b 2:c|d "},
        {BYTES("a,b\r\nc,d\r\n"), NULL, "1:a|b 2:c|d "},
        {BYTES("a,b\rc,d\r"), NULL, "1:a|b 2:c|d "},
        {BYTES("\xEF\xBB\xBF\"a\",b\n"), NULL, "1:a|b "},
        {BYTES("\n\na,b\n\r\n\nc,d\n"), NULL, "3:a|b 6:c|d "},
        {BYTES("a,b\n,\n　,\nc,d\n"), NULL, "1:a|b 4:c|d "},
        {BYTES("a,b\n\"x\ny\",d\ne,f\n"), NULL, "1:a|b 2:x\ny|d 4:e|f "},
        {BYTES("a,b\r\n\"x\r\ny\",d\r\ne,f\r\n"), NULL, "1:a|b 2:x\r\ny|d 4:e|f "},
        {BYTES("a,\"b\"\"c\"\n\"1,234\",d\n"), NULL, "1:a|b\"c 2:1,234|d "},
        {BYTES(" a , b \n"), NULL, "1:a|b "},
        {BYTES("　a,b\n"), NULL, "1:　a|b "},
        {BYTES("a,,\n"), NULL, "1:a|| "},
        {BYTES("a;b\n1,5;2\n"), NULL, "1:a|b 2:1,5|2 "},
        {BYTES("a\tb\n1,234\t2\n"), NULL, "1:a|b 2:1,234|2 "},
        {BYTES("村，数\n长塘村，5\n前江村，6\n"), NULL, "1:村|数 2:长塘村|5 3:前江村|6 "},
        {BYTES("村；数\n\"长；塘\"；5\n"), NULL, "1:村|数 2:长；塘|5 "},
        {BYTES("村,说明\n长塘村,扫，清，运\n前江村,扫，清，运\n"), NULL,
            "1:村|说明 2:长塘村|扫，清，运 3:前江村|扫，清，运 "},
        {BYTES("村\n长塘村\n"), NULL, "1:村 2:长塘村 "},
        {BYTES("a;b,c\n"), ";", "1:a|b,c "},
        {BYTES("编号,x\n=\"001\",2\n3,=\"002\"\n"), NULL, "1:编号|x 2:001|2 3:3|002 "},
        {BYTES("编号，x\n=\"001\"，2\n"), "，", "1:编号|x 2:001|2 "},
        {BYTES("a,b\n\"x,=\"\"y\"\"\",2\n"), NULL, "1:a|b 2:x,=\"y\"|2 "},
        {BYTES("a,b\nx=\n"), NULL, "1:a|b 2:x= "},
        {BYTES("洋江镇5月报表,,\n村,a,b\n长塘村,1,2\n"), NULL,
            "1:洋江镇5月报表|| 2:村|a|b 3:长塘村|1|2 "},
        {BYTES(""), NULL, ""},
        {BYTES("\n\n"), NULL, ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diags *diags = diag_new(arena);
        Buf rows = {0};
        buf_adds(&rows, "");
        assert_true(csv_read(
            "a.csv", cases[i].text, cases[i].length, cases[i].delimiter, note_row, &rows, diags));
        assert_string_equal(rows.data, cases[i].rows);
        assert_int_equal(diag_count(diags, DIAG_WARNING), 0);
        buf_free(&rows);
    }
    arena_free(arena);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
        const char *place, *message;
    } cases[] = {
        /* flat table */
        {BYTES("a,b\n\"c,d\ne,f\n"), "a.csv:2:", "引号从这一行起没有闭合"},
        {BYTES("a,b\n\"c,d\ne,\"f\"\n"), "a.csv:2:", "引号从这一行起没有闭合"},
        {BYTES("a,b\nc,\"d\ne,\"1,234\"\n"), "a.csv:2:", "引号从这一行起没有闭合"},
        {BYTES("a,b\n\"x\ny\",\"d\ne\n"), "a.csv:3:", "引号从这一行起没有闭合"},
        {BYTES("a,b\nc\"d,e\n"), "a.csv:2:", "引号用错"},
        {BYTES("a,b\n\"c\"d,e\n"), "a.csv:2:", "引号用错"},
        {BYTES("a,b\nc\0,d\n"), "a.csv:2:", "NUL"},
        {BYTES("a,b\r\nc,\x1F\n"), "a.csv:2:", "U+001F"},
        {BYTES("a,b\rc,d\x7F\n"), "a.csv:2:", "U+007F"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diags *diags = diag_new(arena);
        Buf rows = {0};
        assert_false(
            csv_read("a.csv", cases[i].text, cases[i].length, NULL, note_row, &rows, diags));
        assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
        const char *text = diags_printed(arena, diags, DIAG_TEXT);
        if (!strstr(text, cases[i].place) || !strstr(text, cases[i].message)) {
            fail_msg("case %zu: %s", i, text);
        }
        buf_free(&rows);
    }
    arena_free(arena);
}

static bool count_row(void *user, const CsvRow *row)
{
    *(int *)user += row->count;
    return true;
}

/* `head`, then `count` times `unit`, then `tail`: read whole or refused for `message`. */
static void check_limit(const char *unit, size_t count, const char *message)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Buf text = {0};
    for (size_t i = 0; i < count; i++) {
        buf_adds(&text, unit);
    }
    buf_adds(&text, "x\n");
    int cells = 0;
    bool done = csv_read("a.csv", text.data, text.length, ",", count_row, &cells, diags);
    assert_int_equal(done, message == NULL);
    if (message && !strstr(diags_printed(arena, diags, DIAG_TEXT), message)) {
        fail_msg("%s: %s", message, diags_printed(arena, diags, DIAG_TEXT));
    }
    buf_free(&text);
    arena_free(arena);
}

static void test_limits(void **state)
{
    (void)state;
    static char wide[65537];
    memset(wide, 'w', sizeof wide - 2);
    wide[sizeof wide - 2] = ',';
    check_limit("y", LIMIT_CSV_FIELD - 1, NULL);
    check_limit("y", LIMIT_CSV_FIELD, "一格超过 1048576 字节的上限");
    check_limit("y", 8 * LIMIT_CSV_FIELD, "一格超过 1048576 字节的上限");
    check_limit("y,", LIMIT_CSV_COLUMNS - 1, NULL);
    check_limit("y,", LIMIT_CSV_COLUMNS, "一行超过 2000 列的上限");
    check_limit(wide, LIMIT_CSV_ROW / 65536 - 1, NULL);
    check_limit(wide, LIMIT_CSV_ROW / 65536 + 1, "一行超过 16777216 字节的上限");
}

static void test_last_row(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Buf rows = {0};
    assert_true(csv_read("a.csv", "a,b\nc,d", 7, NULL, note_row, &rows, diags));
    assert_string_equal(rows.data, "1:a|b 2:c|d ");
    const char *text = diags_printed(arena, diags, DIAG_TEXT);
    assert_non_null(strstr(text, "文件末尾没有换行"));
    assert_non_null(strstr(text, "a.csv:2:"));
    buf_free(&rows);
    arena_free(arena);
}

static bool stop_row(void *user, const CsvRow *row)
{
    (void)row;
    ++*(int *)user;
    return false;
}

static void test_stop(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    int rows = 0;
    assert_false(csv_read("a.csv", "a\nb\nc\n", 6, NULL, stop_row, &rows, diag_new(arena)));
    assert_int_equal(rows, 1);
    arena_free(arena);
}

static void test_delimiter_names(void **state)
{
    (void)state;
    assert_string_equal(csv_delimiter("；"), "；");
    assert_string_equal(csv_delimiter("制表符"), "\t");
    assert_null(csv_delimiter("|"));
    assert_null(csv_delimiter(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_last_row),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_delimiter_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
