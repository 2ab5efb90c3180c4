/* The wording rules: cases of lint_cases.h, the examples of the rules themselves and of the manual,
 * files, pages, and the time it takes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "lint/lint.h"
#include "lint_cases.h"

typedef struct Found {
    Arena *arena;
    Diags *diags;
} Found;

static Found look(const char *text, const char *off)
{
    Found found = {.arena = arena_new()};
    found.diags = diag_new(found.arena);
    if (off)
        assert_null(diag_switch_off(found.diags, off));
    Lint *lint = lint_new(found.arena, found.diags);
    lint_text(lint, source_new(found.arena, "a.txt", text, strlen(text)));
    lint_finish(lint);
    return found;
}

/* All that was found, as “code line:column ” each. */
static char *listed(const Found *found)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diag_print(found->diags, out, DIAG_JSON);
    fclose(out);
    Buf list = {0};
    for (const char *at = text; (at = strstr(at, "{\"code\":\"")); at++) {
        const char *line = strstr(at, "\"line\":"), *column = strstr(at, "\"column\":");
        buf_addf(&list, "%.4s %ld:%ld ", at + 9, line ? strtol(line + 7, NULL, 10) : 0,
            column ? strtol(column + 9, NULL, 10) : 0);
    }
    char *copy = arena_strdup(found->arena, list.data ? list.data : "");
    buf_free(&list);
    free(text);
    return copy;
}

static bool holds_case(const LintCase *one)
{
    Found found = look(one->text, NULL);
    const char *list = listed(&found);
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%s %d:%d ", one->code, one->line, one->column);
    bool good =
        one->line ? strstr(list, wanted) != NULL : !strstr(list, one->code) && !strchr(list, 'W');
    if (!good)
        print_error("%s %d:%d %s: %s\n", one->code, one->line, one->column, one->text, list);
    arena_free(found.arena);
    return good;
}

static void test_cases(void **state)
{
    int failed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof lint_cases / sizeof *lint_cases; i++)
        failed += !holds_case(&lint_cases[i]);
    assert_int_equal(failed, 0);
}

/* Each rule that a single line can show has three wrong cases and five right ones at least. */
static void test_every_rule_has_cases(void **state)
{
    (void)state;
    for (size_t k = 0; k < lint_example_count; k++) {
        const char *code = lint_examples[k].code;
        int wrong = 0, right = 0;
        for (size_t i = 0; i < sizeof lint_cases / sizeof *lint_cases; i++)
            if (strcmp(lint_cases[i].code, code) == 0)
                *(lint_cases[i].line ? &wrong : &right) += 1;
        bool long_text = strstr("N725 N727 N731 N732", code) != NULL; /* below */
        if (!long_text && (wrong < 3 || right < 5))
            fail_msg("%s: %d wrong, %d right", code, wrong, right);
    }
}

/* The bad example is found, by its rule alone; nothing is found in the good one. Off, it is not. */
static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < lint_example_count; i++) {
        const LintExample *rule = &lint_examples[i];
        Found bad = look(rule->bad, NULL), good = look(rule->good, NULL);
        Found off = look(rule->bad, rule->code);
        const char *list = listed(&bad);
        if (strncmp(list, rule->code, 4) != 0 || strlen(list) > 12)
            fail_msg("%s: %s: %s", rule->code, rule->bad, list);
        if (*listed(&good))
            fail_msg("%s: %s: %s", rule->code, rule->good, listed(&good));
        assert_string_equal(listed(&off), "");
        arena_free(bad.arena);
        arena_free(good.arena);
        arena_free(off.arena);
    }
}

/* ---- the manual ---- */

static const struct {
    const char *code, *text;
} messages[] = {
/* flat table */
#define D(code, level, chinese, english) {#code, chinese},
#include "base/diag.def"
#undef D
};

/* `text` with each `from` replaced. */
static void add_replaced(Buf *out, const char *text, const char *from, const char *to)
{
    for (const char *at; (at = strstr(text, from)); text = at + strlen(from)) {
        buf_add(out, text, (size_t)(at - text));
        buf_adds(out, to);
    }
    buf_adds(out, text);
}

static const char *text_of(const char *code)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (strcmp(messages[i].code, code) == 0)
            return messages[i].text;
    fail_msg("%s is not in diag.def", code);
    return "";
}

static char *read_manual(void)
{
    FILE *in = fopen("docs/核对与校对.md", "rb");
    Buf text = {0};
    assert_non_null(in);
    for (int c; (c = fgetc(in)) != EOF;)
        buf_add(&text, &(char){(char)c}, 1);
    fclose(in);
    return text.data;
}

/* A row for each rule, word for word; and no row for a rule that there is not. */
static void test_manual(void **state)
{
    char *manual = read_manual();
    size_t rows = 0;
    (void)state;
    for (size_t i = 0; i < lint_example_count; i++) {
        const LintExample *rule = &lint_examples[i];
        Buf row = {0};
        buf_addf(&row, "\n| %s | ", rule->code);
        add_replaced(&row, text_of(rule->code), "%s", "…");
        buf_adds(&row, " | ");
        add_replaced(&row, rule->bad, "\n", "<br>");
        buf_adds(&row, " | ");
        add_replaced(&row, rule->good, "\n", "<br>");
        buf_addf(&row, " | %s |\n", rule->source);
        if (!strstr(manual, row.data))
            fail_msg("docs/核对与校对.md lacks this row:%s", row.data);
        buf_free(&row);
    }
    const char *section = strstr(manual, "## 校对规则");
    const char *end = strstr(section, "\n## ");
    for (const char *at = section; (at = strstr(at, " | ")) && (!end || at < end); at++)
        rows += strncmp(at - 7, "\n| W7", 5) == 0 || strncmp(at - 7, "\n| N7", 5) == 0;
    assert_int_equal(rows, lint_example_count);
    free(manual);
}

static void assert_list(const char *text, const char *wanted)
{
    Found found = look(text, NULL);
    assert_string_equal(listed(&found), wanted);
    arena_free(found.arena);
}

static const char SENTENCE[] = "各村要继续加大整治力度，完善有关的各项制度";

static char *joined(Arena *arena, const char *between, const char *end)
{
    return arena_printf(arena, "%s%s%s%s", SENTENCE, between, SENTENCE, end);
}

static void test_repetitions(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    assert_list(joined(arena, "。再强调一遍：", "。"), ""); /* another sentence */
    assert_list(joined(arena, "。", "。"), "N731 1:23 ");
    assert_list(joined(arena, "。\n", "。"), "N731 2:1 ");
    assert_list(joined(arena, "。好。", "！"), "N731 1:25 ");
    assert_list("今天开会。今天开会。", "");
    assert_list("洋江镇农村人居环境整治提升工作领导小组办公室主任会议参会人员名单表\n"
                "洋江镇农村人居环境整治提升工作领导小组办公室主任会议参会人员名单表",
        "");
    assert_list(
        arena_printf(arena, "%s，全镇上下共同努力。\n%s，全镇上下共同努力。", SENTENCE, SENTENCE),
        "N732 2:1 ");
    assert_list("长塘村 12 3 4 5 6 7 8 9 10 11 12 13\n长塘村 12 3 4 5 6 7 8 9 10 11 12 13", "");
    arena_free(arena);
}

/* What is between the words of a sentence: a blank may be a figure or a mark that was lost. */
static void test_blanks(void **state)
{
    (void)state;
    assert_list("全镇共投入资金   万元，已到位。", "N727 1:7 ");
    assert_list("全镇投入 万元，已到位。", "");
    assert_list("长塘村  户均收入", "");
    assert_list("各村要继续加大整治力度，完善有关的各项制度，打响“好客洋江 好品洋江”的品牌，做到"
                "干部带头、群众参与、常抓不懈。",
        "");
    assert_list("各村要继续加大整治力度，完善有关的各项制度，建立“党支部 党小组 中心户”的组织，做到"
                "干部带头、群众参与、常抓不懈。",
        "N727 1:32 ");
}

/* The hint of the first message; NULL: it has none. */
static char *hint_of(const char *text)
{
    Found found = look(text, NULL);
    char *said = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&said, &size);
    diag_print(found.diags, out, DIAG_TEXT);
    fclose(out);
    arena_free(found.arena);
    char *hint = strstr(said, "应写成");
    char *copy = hint ? strndup(hint, strcspn(hint, "\n")) : NULL;
    free(said);
    return copy;
}

/* A half-width full stop within a sentence may stand for any mark. */
static void test_hints(void **state)
{
    static const struct {
        const char *text, *hint;
    } cases[] = {{"参加的有张三.李四、王五。", NULL}, {"完成任务.", "应写成“。”"},
        {"他说：“完成任务.”", "应写成“。”"}, {"加强领导,落实责任。", "应写成“，”"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *hint = hint_of(cases[i].text);
        if (cases[i].hint)
            assert_string_equal(hint, cases[i].hint);
        else
            assert_null(hint);
        free(hint);
    }
}

/* The brackets of 发(2024)7号 are one finding, not two. */
static void test_paper_number(void **state)
{
    (void)state;
    assert_list("见洋政发(2024)7号。", "W736 1:5 ");
    assert_list("见洋政发(2024)7号(附后)。", "W736 1:5 W731 1:13 ");
    assert_list("见洋政发(含附件)。", "W731 1:5 ");
}

/* ---- files ---- */

static void test_lines(void **state)
{
    (void)state;
    assert_list("", "");
    assert_list("\n\r\n \n", "");
    assert_list("好。\r\n建立台帐。\r\n", "W752 2:3 ");
    assert_list("  \xE3\x80\x80建立台帐", "W752 1:6 ");
}

/* “— 3 —” within a paragraph: what stands before and behind is one. */
static void test_pages(void **state)
{
    (void)state;
    assert_list("全镇共清理垃圾。开展“三清行\n— 3 —\n动”，建立台帐。", "W752 3:6 ");
    assert_list("全镇共清理垃圾。各村都完成了整治任务，群众很\n— 3 —\n满意，再接再厉。", "");
    assert_list("全镇共清理垃圾。各村都完成了整治任务，群众很\n— 3 —", "W735 1:22 ");
    assert_list("一、概况\n— 3 —\n二、打算", "");
    /* a chart at the head of the page is no end of the paragraph, and is looked at too */
    assert_list(
        "全镇共清理垃圾。各村都完成了整治任务，群众很\n— 3 —\n单位：吨\n1月 2月\n图1　各村台帐\n"
        "满意，再接再厉。",
        "W752 5:6 ");
    assert_list("全镇共清理垃圾。各村都完成了整治任务，群众很\n— 3 —\n单位：吨\n好。", "W735 3:4 ");
}

/* A quotation of several paragraphs opens each and closes the last (GB/T 15834 4.8). */
static void test_quotations(void **state)
{
    (void)state;
    assert_list("“甲。\n“乙。\n“丙。”", "");
    assert_list("“甲。\n乙。", "W728 1:1 ");
    assert_list("“甲。\n“乙。\n丙。", "W728 1:1 W728 2:1 ");
}

static At nowhere(const void *asker, size_t offset, size_t length)
{
    (void)asker;
    (void)offset;
    (void)length;
    return (At){0};
}

static bool all_computed(const void *asker, size_t offset)
{
    (void)asker;
    (void)offset;
    return true;
}

/* Figures that were worked out are not wrecked, whatever they look like. */
static void test_computed(void **state)
{
    Arena *arena = arena_new();
    (void)state;
    for (int round = 0; round < 2; round++) {
        Diags *diags = diag_new(arena);
        Lint *lint = lint_new(arena, diags);
        LintPiece piece = {.kind = LINT_PARAGRAPH,
            .text = "清理垃圾12023余吨。",
            .place = nowhere,
            .computed = round ? all_computed : NULL};
        lint_piece(lint, &piece);
        lint_finish(lint);
        assert_int_equal(diag_count(diags, DIAG_WARNING), round ? 0 : 1);
    }
    arena_free(arena);
}

static void test_levels(void **state)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Lint *lint = lint_new(arena, diags);
    const int levels[] = {1, 2, 3, 2, 1, 3};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        LintPiece piece = {
            .kind = LINT_HEADING, .level = levels[i], .text = "工作", .place = nowhere};
        assert_int_equal(diag_count(diags, DIAG_NOTE), 0);
        lint_piece(lint, &piece);
    }
    assert_int_equal(diag_count(diags, DIAG_NOTE), 1);
    arena_free(arena);
}

/* ---- time ---- */

static double seconds(const char *unit, size_t bytes)
{
    Buf text = {0};
    struct timespec from, to;
    double best = 1e9;
    while (text.length < bytes)
        buf_adds(&text, unit);
    for (int round = 0; round < 5; round++) {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        Found found = look(text.data, NULL);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        arena_free(found.arena);
        double time = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        best = time < best ? time : best;
    }
    buf_free(&text);
    return best;
}

/* 2,000 characters are 6,000 bytes. */
static void test_speed(void **state)
{
    (void)state;
    double time =
        seconds("截至目前，全镇共清理生活垃圾1000余吨、乱堆乱放130处，人居环境大大改善。", 6000);
    print_message("2,000 characters: %.2f ms\n", time * 1000);
    assert_true(time < 0.020);
}

/* Twice the text takes less than three times as long, also where each character begins something.
 */
static void test_linear(void **state)
{
    static const char *const units[] = {"全镇共清理生活垃圾1000余吨，人居环境大大改善。\n", "“",
        "1", "（", "汉__", "约十", "1-", "1１", "汉 ", "。，", "... ", "研究", "X", "截止", "近",
        "*", "年 ", "3.", "？", "”、“"};
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double once = seconds(units[i], 150000), twice = seconds(units[i], 300000);
        if (twice > 3 * once + 0.005)
            fail_msg("%s: %.1f ms, twice as much %.1f ms", units[i], once * 1e3, twice * 1e3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_every_rule_has_cases),
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_manual),
        cmocka_unit_test(test_repetitions),
        cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_hints),
        cmocka_unit_test(test_paper_number),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_quotations),
        cmocka_unit_test(test_computed),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_speed),
        cmocka_unit_test(test_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
