/* diag and span: places, the table of messages, both printed forms. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "printed.h"

static Arena *arena;
static Diags *diags;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    diags = diag_new(arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char *printed(DiagFormat form)
{
    return diags_printed(arena, diags, form);
}

static Source *source(const char *text)
{
    return source_new(arena, "汇报.xml", text, strlen(text));
}

/* The place of the first `word` in the source. */
static At at_word(const Source *in, const char *word)
{
    const char *found = strstr(in->text, word);
    assert_non_null(found);
    size_t start = (size_t)(found - in->text);
    return (At){{in, start, start + strlen(word)}, NULL};
}

/* ---- span ---- */

static void test_positions(void **state)
{
    (void)state;
    const Source *text = source("甲乙\r\nc\n\n村d");
    static const struct {
        size_t offset, line, column;
    } cases[] = {
        {0, 1, 1},
        {3, 1, 2},
        {6, 1, 3},
        {8, 2, 1},
        {9, 2, 2},
        {10, 3, 1},
        {11, 4, 1},
        {14, 4, 2},
        {15, 4, 3},
        {99, 4, 3},
    };
    assert_int_equal(text->line_count, 4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t line, column;
        source_position(text, cases[i].offset, &line, &column);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
    }
    size_t line, column;
    source_position(source(""), 0, &line, &column);
    assert_int_equal(line * 10 + column, 11);
}

static void test_cell_names(void **state)
{
    (void)state;
    static const struct {
        long row;
        int column;
        const char *name;
    } cases[] = {
        {8, 2, "C8"},
        {1, 0, "A1"},
        {12, 25, "Z12"},
        {3, 26, "AA3"},
        {3, 51, "AZ3"},
        {3, 52, "BA3"},
        {1, 701, "ZZ1"},
        {1, 702, "AAA1"},
        {9, 16383, "XFD9"},
        {8, -1, ""},
        {0, 2, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DataPlace place = {"x.csv", cases[i].row, cases[i].column, NULL};
        assert_string_equal(data_cell_name(arena, &place), cases[i].name);
    }
}

/* ---- the table ---- */

typedef struct Row {
    const char *code;
    DiagLevel level;
    const char *chinese, *english;
} Row;

static const Row rows[] = {
/* flat table */
#define D(code, level, chinese, english) {#code, level, chinese, english},
#include "base/diag.def"
#undef D
};

/* The conversions of a format one after the other: "%s%zu". Flags and widths do not count, but "*"
 * does. */
static char *conversions(const char *format)
{
    char *list = arena_alloc(arena, strlen(format) + 1), *out = list;
    while ((format = strchr(format, '%'))) {
        format++;
        if (*format == '%') {
            format++;
            continue;
        }
        *out++ = '%';
        for (; *format && !strchr("diouxXcsfgeap", *format); format++)
            if (strchr("*hlzjt", *format))
                *out++ = *format;
        if (*format)
            *out++ = *format++;
    }
    return list;
}

static bool has_han(const char *text)
{
    for (uint32_t c; (c = utf8_next(&text));)
        if (utf8_is_han(c))
            return true;
    return false;
}

static void test_table(void **state)
{
    (void)state;
    assert_string_equal(conversions("%s 100%% %5zu %-3d%02lX"), "%s%zu%d%lX");
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        const Row *row = &rows[i];
        assert_string_equal(diag_code_name((DiagCode)i), row->code);
        if (strcmp(conversions(row->chinese), conversions(row->english)) != 0)
            fail_msg("%s: conversions differ: %s | %s", row->code, row->chinese, row->english);
        if (!has_han(row->chinese) || !*row->english)
            fail_msg("%s: a text is missing", row->code);
        if (has_han(row->chinese) && strchr(row->chinese, '\n'))
            fail_msg("%s: a message is one line", row->code);
        static const char letters[] = "HNWE";
        const char *letter = strchr(letters, row->code[0]);
        bool fits = letter && (letter - letters == (int)row->level ||
                                  (row->code[0] == 'E' && row->level == DIAG_SYSTEM));
        if (!fits || strlen(row->code) != 4)
            fail_msg("%s: the code does not fit the level", row->code);
        for (size_t j = 0; j < i; j++)
            if (strcmp(rows[j].code, row->code) == 0)
                fail_msg("%s: the code is there twice", row->code);
    }
}

/* ---- the text form ---- */

static void test_example(void **state)
{
    (void)state;
    /* The example of language.md 6. */
    const Source *text = source("<report>\n  清理生活垃圾{月报.生活垃圾清里|约数}吨\n</report>\n");
    At at = at_word(text, "生活垃圾清里");
    assert_false(diag_add(diags, DIAG_E142, &at, "月报", "生活垃圾清里"));
    diag_hint(diags, DIAG_H001, "生活垃圾");
    assert_string_equal(printed(DIAG_TEXT),
        "汇报.xml:2:13: 错误 E142: 表“月报”没有列“生活垃圾清里”\n"
        "    2 |  清理生活垃圾{月报.生活垃圾清里|约数}吨\n"
        "      |                    ^^^^^^^^^^^^\n"
        "      = 提示: 是否为“生活垃圾”？\n");
}

static void test_english(void **state)
{
    (void)state;
    diag_set_language(diags, DIAG_ENGLISH);
    assert_int_equal(diag_language(diags), DIAG_ENGLISH);
    const Source *text = source("a b");
    At at = at_word(text, "b");
    DataPlace cell = {"月报/5.csv", 8, 2, "生活垃圾"};
    at.data = &cell;
    diag_add(diags, DIAG_E142, &at, "月报", "x");
    diag_hint(diags, DIAG_H001, "y");
    assert_string_equal(printed(DIAG_TEXT),
        "汇报.xml:1:3: error E142: table “月报” has no column “x”\n"
        "    1 |  a b\n"
        "      |    ^\n"
        "      = data: 月报/5.csv row 8 “生活垃圾” (C8)\n"
        "      = hint: did you mean “y”?\n");
}

static void test_data_places(void **state)
{
    (void)state;
    static const struct {
        DataPlace place;
        const char *prefix;
    } cases[] = {
        {{"a.csv", 0, -1, NULL}, "a.csv: "},
        {{"b.csv", 8, -1, NULL}, "b.csv:8: "},
        {{"c.csv", 8, 2, NULL}, "c.csv:8: C8: "},
        {{"d.csv", 8, 2, "生活垃圾"}, "d.csv:8: C8“生活垃圾”: "},
    };
    char expected[600] = "";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DataPlace place = cases[i].place; /* on the stack: diag keeps a copy */
        At at = {{0}, &place};
        diag_add(diags, DIAG_E142, &at, "t", "c");
        place.file = NULL;
        size_t used = strlen(expected);
        snprintf(expected + used, sizeof expected - used, "%s错误 E142: 表“t”没有列“c”\n",
            cases[i].prefix);
    }
    assert_string_equal(printed(DIAG_TEXT), expected);
}

static void test_both_places(void **state)
{
    (void)state;
    At at = at_word(source("{月报.x}"), "x");
    DataPlace cell = {"月报/5.csv", 1, 3, "y"};
    at.data = &cell;
    diag_add(diags, DIAG_E142, &at, "月报", "x");
    assert_non_null(strstr(printed(DIAG_TEXT), "\n      = 数据: 月报/5.csv 第 1 行“y”(D1)\n"));
}

/* The caret stands in display columns; tabs, CR and control characters do not move it. */
static void test_carets(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word, *lines;
    } cases[] = {
        {"\t\tx=1\r\n", "x", "    1 |  x=1\n      |  ^\n"},
        {"村\t村x", "x", "    1 |  村 村x\n      |       ^\n"},
        {"“a”x", "x", "    1 |  “a”x\n      |     ^\n"},
        {"１x", "x", "    1 |  １x\n      |    ^\n"},
        {"\033[1mx", "x", "    1 |  ␛[1mx\n      |      ^\n"},
        {"a\nb村", "村", "    2 |  b村\n      |   ^^\n"},
        {"ab\ncd", "b\nc", "    1 |  ab\n      |   ^\n"}, /* to the end of the first line */
        {"ab", "", "    1 |  ab\n      |  ^\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        diags = diag_new(arena);
        At at = at_word(source(cases[i].text), cases[i].word);
        diag_add(diags, DIAG_E142, &at, "t", "c");
        assert_string_equal(strchr(printed(DIAG_TEXT), '\n') + 1, cases[i].lines);
    }
}

/* A line of a thousand characters is cut round the caret; the caret stands under its word all the
 * same. */
static void test_long_lines(void **state)
{
    (void)state;
    for (int before = 0; before < 200; before += 7) {
        diags = diag_new(arena);
        char text[4000] = "";
        for (int i = 0; i < 200; i++)
            strncat(text, i == before ? "XX" : i % 3 ? "村" : "a", sizeof text - strlen(text) - 1);
        At at = at_word(source(text), "XX");
        diag_add(diags, DIAG_E142, &at, "t", "c");
        const char *line = strstr(printed(DIAG_TEXT), "|  ") + 3;
        const char *word = strstr(line, "XX"), *carets = strchr(line, '^');
        assert_int_equal(strspn(carets, "^"), 2);
        int lead = 0, width = 0;
        for (const char *c = line; *c && c < strchr(line, '\n');) {
            uint32_t next = utf8_next(&c);
            width += utf8_is_han(next) ? 2 : 1;
            lead = c <= word ? width : lead;
        }
        assert_int_equal(carets - (strstr(strchr(line, '\n'), "|  ") + 3), lead);
        assert_true(width <= 66);
        if (before > 30 || before < 15)
            assert_int_equal(strncmp(line, "…", strlen("…")) == 0, before > 30);
    }
}

static void test_order(void **state)
{
    (void)state;
    const Source *one = source("ab\ncd"), *two = source_new(arena, "b.xml", "xy", 2);
    DataPlace low = {"x.csv", 9, 1, NULL}, high = {"x.csv", 2, 5, NULL};
    At places[] = {
        at_word(one, "d"),
        at_word(two, "y"),
        {{0}, &low},
        at_word(one, "a"),
        at_word(two, "x"),
        {{0}, &high},
        at_word(one, "a"),
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        diag_add(diags, DIAG_E142, &places[i], "t", arena_printf(arena, "%zu", i));
    const char *at = printed(DIAG_TEXT);
    for (size_t i = 0; i < 7; i++) {
        at = strstr(at, "没有列“") + strlen("没有列“");
        /* 汇报.xml by place (3 and 6 as added, then 0), b.xml (4, 1), x.csv by row (5, 2) */
        assert_int_equal(*at, "3604152"[i]);
    }
}

/* A template that is named as data too, and messages without a place beside a file without a name.
 */
static void test_order_of_one_name(void **state)
{
    (void)state;
    const Source *text = source_new(arena, "a.csv", "<p>", 3);
    static const DataPlace row = {"a.csv", 2, 0, NULL}, nameless = {"", 1, 0, NULL};
    At both[] = {{.data = &row}, at_word(text, "p"), {.data = &nameless}, {.data = NULL}};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        diag_add(diags, DIAG_E142, &both[i], "t", i ? "x" : "y");
    const char *all = printed(DIAG_TEXT);
    assert_true(strstr(all, "a.csv:1:2: ") < strstr(all, "a.csv:2: A2: "));
    assert_true(strstr(all, ":1: A1: ") < strstr(all, "wenyin: "));
}

static void test_once(void **state)
{
    (void)state;
    At at = at_word(source("ab"), "a"), other = at_word(source("ab"), "b");
    for (int i = 0; i < 5; i++) {
        diag_add(diags, DIAG_E142, &at, "t", "c");
        diag_hint(diags, DIAG_H001, "d");
    }
    assert_int_equal(diag_count(diags, DIAG_ERROR), 1);
    diag_add(diags, DIAG_E142, &other, "t", "c");
    diag_add(diags, DIAG_E142, &at, "t", "e");
    assert_int_equal(diag_count(diags, DIAG_ERROR), 3);
    /* The hint of a repetition goes with it. */
    assert_null(strstr(strstr(printed(DIAG_TEXT), "提示") + 1, "提示"));
}

static void test_limits(void **state)
{
    (void)state;
    enum { ADDED = 30000 };
    for (int i = 0; i < ADDED; i++)
        diag_add(diags, DIAG_E142, NULL, "t", arena_printf(arena, "%d", i));
    diag_hint(diags, DIAG_H001, "left out too");
    assert_int_equal(diag_count(diags, DIAG_ERROR), ADDED);
    assert_true(diag_failed(diags));
    const char *text = printed(DIAG_TEXT);
    int lines = 0;
    for (const char *c = text; (c = strchr(c, '\n')); c++)
        lines++;
    assert_int_equal(lines, LIMIT_DIAGS_PER_CODE + 1);
    assert_non_null(strstr(text, "\nwenyin: 说明: 另有 29980 条消息没有列出：E142 29980 条\n"));
    assert_non_null(strstr(printed(DIAG_JSON), "\"omitted\":29980"));
}

/* What a part of a volume has again is printed once, and listed in the draft of each. */
static void test_parts(void **state)
{
    (void)state;
    Diags *first = diag_of_part(diags, arena, "1. 甲", NULL);
    Diags *between = diag_of_part(diags, arena, "2. 乙", first);
    Diags *part = diag_of_part(diags, arena, "3. 丙", between);
    DiagLine *lines;
    for (int i = 0; i < LIMIT_DIAGS_PER_CODE + 5; i++) {
        diag_add(first, DIAG_E142, NULL, "t", arena_printf(arena, "%d", i));
        diag_add(part, DIAG_E142, NULL, "t", arena_printf(arena, "%d", i));
    }
    diag_add(part, DIAG_E509, NULL);
    Diags *before = diag_apart(part, arena, "丁村");
    diag_add(part, DIAG_E142, NULL, "t", "3");
    diag_add(part, DIAG_E509, NULL);
    diag_add(part, DIAG_E508, NULL);
    Diags *unit = diag_copy(part, arena);
    diag_rejoin(part, before);

    assert_int_equal(diag_list(part, arena, &lines), LIMIT_DIAGS_PER_CODE + 2);
    assert_non_null(strstr(lines[LIMIT_DIAGS_PER_CODE + 1].text, "E142 5 条"));
    assert_int_equal(diag_count(part, DIAG_ERROR), LIMIT_DIAGS_PER_CODE + 6);
    const char *text = diags_printed(arena, part, DIAG_TEXT);
    assert_null(strstr(text, "E142"));
    assert_non_null(strstr(text, "E509"));
    assert_int_equal(diag_count(unit, DIAG_ERROR), 1); /* the part's own are the unit's no more */
    assert_non_null(strstr(diags_printed(arena, unit, DIAG_TEXT), "E508"));
}

static void test_levels(void **state)
{
    (void)state;
    assert_false(diag_failed(diags));
    assert_string_equal(printed(DIAG_TEXT), "");
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        if (strcmp(conversions(rows[i].chinese), "") != 0 || rows[i].level == DIAG_HINT)
            continue;
        Diags *one = diags = diag_new(arena);
        diag_add(one, (DiagCode)i, NULL);
        assert_int_equal(diag_failed(one), rows[i].level >= DIAG_ERROR);
        for (int level = DIAG_HINT; level <= DIAG_SYSTEM; level++)
            assert_int_equal(diag_count(one, (DiagLevel)level), level == (int)rows[i].level);
        static const char *const words[] = {"提示", "说明", "警告", "错误", "错误"};
        assert_non_null(strstr(printed(DIAG_TEXT), words[rows[i].level]));
    }
}

/* Notes can be hidden; everything else still shows, and they are counted all the same. */
static void test_hidden_notes(void **state)
{
    (void)state;
    diag_add(diags, DIAG_N203, NULL, "合计");
    diag_add(diags, DIAG_E142, NULL, "月报", "垃圾");
    diag_hide_notes(diags, true);
    assert_null(strstr(printed(DIAG_TEXT), "N203"));
    assert_non_null(strstr(printed(DIAG_TEXT), "E142"));
    assert_int_equal(diag_count(diags, DIAG_NOTE), 1);
    diag_hide_notes(diags, false);
    assert_non_null(strstr(printed(DIAG_TEXT), "N203"));
}

/* What stands in data reaches neither the terminal nor JSON as it is. */
static void test_hostile_text(void **state)
{
    (void)state;
    diag_add(diags, DIAG_E142, NULL, "\033[31m\r\n\x7F", "\xFF村\xE6\x9D\xE2\x80\xAE\"\\");
    assert_string_equal(printed(DIAG_TEXT),
        "wenyin: 错误 E142: 表“␛[31m␍␊\xEF\xBF\xBD”没有列“\xEF\xBF\xBD村"
        "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"\\”\n");
    assert_string_equal(printed(DIAG_JSON),
        "{\"code\":\"E142\",\"level\":\"error\",\"message\":"
        "\"表“\\u001b[31m\\u000d\\u000a\\u007f”没有列“\xEF\xBF\xBD村"
        "\xEF\xBF\xBD\xEF\xBF\xBD\xE2\x80\xAE\\\"\\\\”\",\"hints\":[]}\n");
    diags = diag_new(arena);
    char *cell = arena_alloc(arena, 100001);
    memset(cell, 'x', 100000);
    diag_add(diags, DIAG_E142, NULL, cell, "c");
    const char *text = printed(DIAG_TEXT);
    assert_true(strlen(text) < 1100);
    assert_non_null(strstr(text, "xx…\n"));
}

static void test_json(void **state)
{
    (void)state;
    At at = at_word(source("<p>\n村x</p>"), "x");
    DataPlace cell = {"月报/5.csv", 8, 2, "生活垃圾"};
    at.data = &cell;
    diag_add(diags, DIAG_E142, &at, "t", "c");
    diag_hint(diags, DIAG_H001, "d");
    diag_hint(diags, DIAG_H001, "e");
    At data = {{0}, &cell};
    diag_add(diags, DIAG_E142, &data, "t", "c");
    diag_add(diags, DIAG_E142, NULL, "t", "c");
    assert_string_equal(printed(DIAG_JSON),
        "{\"code\":\"E142\",\"level\":\"error\",\"message\":\"表“t”没有列“c”\","
        "\"file\":\"汇报.xml\",\"line\":2,"
        "\"column\":2,\"end_line\":2,\"end_column\":3,\"data_file\":\"月报/5.csv\",\"row\":8,"
        "\"column_name\":\"生活垃圾\",\"cell\":\"C8\",\"hints\":[\"是否为“d”？\",\"是否为“e”？\"]}"
        "\n"
        "{\"code\":\"E142\",\"level\":\"error\",\"message\":\"表“t”没有列“c”\","
        "\"file\":\"月报/5.csv\",\"row\":8,"
        "\"column_name\":\"生活垃圾\",\"cell\":\"C8\",\"hints\":[]}\n"
        "{\"code\":\"E142\",\"level\":\"error\",\"message\":\"表“t”没有列“c”\",\"hints\":[]}\n");
}

static void test_system_texts(void **state)
{
    (void)state;
    assert_string_equal(diag_system_text(diags, ENOENT), "没有这个文件或文件夹");
    assert_string_equal(diag_system_text(diags, ENOSPC), "磁盘已满");
    assert_string_equal(diag_system_text(diags, EDOM), strerror(EDOM));
    diag_set_language(diags, DIAG_ENGLISH);
    assert_string_equal(diag_system_text(diags, ENOENT), strerror(ENOENT));
}

/* Rules of the checks may be switched off by their codes; what makes a paper wrong may not. */
static void test_switched_off(void **state)
{
    (void)state;
    assert_null(diag_switch_off(diags, " W760，N760、W761 "));
    assert_string_equal(diag_switch_off(diags, "W761,E142"), "E142");
    assert_string_equal(diag_switch_off(diags, "W999"), "W999");
    assert_string_equal(diag_switch_off(diags, "N790"), "N790");
    assert_null(diag_switch_off(diags, ""));
    assert_false(diag_add(diags, DIAG_W760, NULL, "a", "b", "c", "d"));
    diag_hint(diags, DIAG_H761);
    diag_add(diags, DIAG_W761, NULL, "a", "b", "c");
    assert_false(diag_failed(diags));
    assert_int_equal(diag_entry_count(diags), 0);
    diag_add(diags, DIAG_W766, NULL, "105%");
    assert_int_equal(diag_entry_count(diags), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_positions),
        TEST(test_cell_names),
        TEST(test_table),
        TEST(test_example),
        TEST(test_english),
        TEST(test_data_places),
        TEST(test_both_places),
        TEST(test_carets),
        TEST(test_long_lines),
        TEST(test_order),
        TEST(test_once),
        TEST(test_limits),
        TEST(test_parts),
        TEST(test_levels),
        TEST(test_hidden_notes),
        TEST(test_hostile_text),
        TEST(test_json),
        TEST(test_system_texts),
        TEST(test_order_of_one_name),
        TEST(test_switched_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
