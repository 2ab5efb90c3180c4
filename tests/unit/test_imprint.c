/* 版记 and 报尾: typesetting.md R1–R7, N4–N7, L8, 4.1 and 8. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "official_paper.h"

#define ROW 9.79
#define SIZE4_MM (14 * 25.4 / 72)

static DocImprint *open_imprint(Paper *paper, DocForm form, int lines)
{
    paper_open(paper, form);
    paper_lines(paper, lines);
    return paper->document.imprint = ARENA_NEW(paper->f.arena, DocImprint);
}

/* 抄送 and 印发, as most papers have them. */
static void open_usual(Paper *paper, DocForm form, int lines)
{
    DocImprint *imprint = open_imprint(paper, form, lines);
    imprint->copy_to = paper_inline(paper, "县农业农村局，县人居办");
    imprint->issuer = paper_inline(paper, "洋江镇党政办公室");
    imprint->date = paper_inline(paper, "2024年7月5日");
}

static void typeset(Paper *paper)
{
    const char *message = paper_typeset(paper);
    if (message) {
        fail_msg("%s", message);
    }
}

static Placed find(Paper *paper, int page, const char *text)
{
    Placed placed = {0};
    if (!paper_find(paper, page, ROLE_BODY, text, &placed)) {
        fail_msg("“%s” is not on page %d", text, page);
    }
    return placed;
}

static int rule_count(const Paper *paper, int page)
{
    Rect rule = {0};
    int count = 0;
    while (paper_rect(paper, page, count, &rule)) {
        count++;
    }
    return count;
}

static void check_rule(const Paper *paper, int page, int n, double bottom, double thickness)
{
    Rect rule = {0};
    assert_true(paper_rect(paper, page, n, &rule));
    assert_mm(TO_MM(rule.x), 28);
    assert_mm(TO_MM(rule.width), 156);
    assert_mm(TO_MM(rule.y + rule.height), bottom);
    assert_mm(TO_MM(rule.height), thickness);
    assert_int_equal(rule.color.red + rule.color.green + rule.color.blue, 0);
}

/* ---------------------------------------------------------------- rows and rules */

static void test_usual(void **state)
{
    (void)state;
    Paper paper;
    open_usual(&paper, FORM_OFFICIAL, 30);
    typeset(&paper);
    assert_int_equal(paper.pages->page_count, 2);
    assert_int_equal(rule_count(&paper, 2), 3);
    check_rule(&paper, 2, 2, 262, 0.35);
    check_rule(&paper, 2, 1, 262 - 0.35 - ROW, 0.25);
    check_rule(&paper, 2, 0, 262 - 0.35 - ROW - 0.25 - ROW, 0.35);
    Placed copy = find(&paper, 2, "抄送：");
    assert_int_equal(copy.size, LENGTH_PT(14));
    assert_mm(copy.left, 28 + CELL_MM);
    assert_mm(find(&paper, 2, "县农业农村局，县人居办。").left, copy.right);
    assert_mm(copy.top, 262 - 0.35 - ROW - 0.25 - ROW / 2 - SIZE4_MM / 2);
    Placed issuer = find(&paper, 2, "洋江镇党政办公室");
    assert_mm(issuer.left, 28 + CELL_MM);
    assert_mm((issuer.top + issuer.bottom) / 2, 262 - 0.35 - ROW / 2);
    Placed date = find(&paper, 2, "2024年7月5日印发");
    assert_mm(date.right, 184 - CELL_MM);
    assert_mm(date.top, issuer.top);
    paper_close(&paper);
}

/* The closing 。 is added where it is absent, and only there. */
static void test_stop(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *printed;
    } CASES[] = {{"县人居办", "县人居办。"}, {"县人居办。", "县人居办。"}};
    for (size_t i = 0; i < 2; i++) {
        Paper paper;
        open_imprint(&paper, FORM_OFFICIAL, 30)->copy_to = paper_inline(&paper, CASES[i].typed);
        typeset(&paper);
        find(&paper, 2, CASES[i].printed);
        Placed twice;
        assert_false(paper_find(&paper, 2, ROLE_BODY, "。。", &twice));
        paper_close(&paper);
    }
}

/* Turned lines stand under the first character behind the colon; the row grows; one cell is free on
 * either side (R2). */
static void test_turned_lines(void **state)
{
    (void)state;
    Paper paper;
    DocImprint *imprint = open_imprint(&paper, FORM_OFFICIAL, 30);
    imprint->copy_to = paper_inline(&paper, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇"
                                            "宙洪荒日月盈昃");
    imprint->issuer = paper_inline(&paper, "洋江镇党政办公室");
    typeset(&paper);
    /* 144.86 mm hold 29 cells of 4.94 mm, the label takes three. */
    Placed first = find(&paper, 2, "甲乙"), turned = find(&paper, 2, "宇宙");
    assert_mm(turned.top, first.top + ROW);
    assert_mm(turned.left, 28 + CELL_MM + 3 * SIZE4_MM);
    assert_mm(first.left, turned.left);
    check_rule(&paper, 2, 0, 262 - 0.35 - ROW - 0.25 - 2 * ROW, 0.35);
    paper_close(&paper);
}

/* 主送 above 抄送 with no line between (R3); other elements are parted from 印发 by a thin one
 * (R5). */
static void test_all_rows(void **state)
{
    (void)state;
    Paper paper;
    open_usual(&paper, FORM_OFFICIAL, 30);
    DocImprint *imprint = paper.document.imprint;
    imprint->to = paper_inline(&paper, "各村");
    imprint->disclosure = paper_inline(&paper, "主动公开");
    imprint->copies = paper_inline(&paper, "共印30份");
    typeset(&paper);
    assert_int_equal(rule_count(&paper, 2), 4);
    check_rule(&paper, 2, 2, 262 - 0.35 - ROW, 0.25);
    check_rule(&paper, 2, 1, 262 - 0.35 - 2 * ROW - 0.25, 0.25);
    check_rule(&paper, 2, 0, 262 - 0.35 - 4 * ROW - 0.5, 0.35);
    Placed to = find(&paper, 2, "各村。"), copy = find(&paper, 2, "抄送：");
    assert_mm(copy.top, to.top + ROW);
    Placed open = find(&paper, 2, "公开方式：主动公开"), copies = find(&paper, 2, "共印30份");
    assert_mm(copies.top, open.top);
    assert_mm(copies.right, 184 - CELL_MM);
    paper_close(&paper);
}

/* L8: no rules, no 印发; 抄送 is the lowest thing in the type area. */
static void test_letter(void **state)
{
    (void)state;
    Paper paper;
    open_usual(&paper, FORM_LETTER, 30);
    typeset(&paper);
    assert_int_equal(rule_count(&paper, 2), 0);
    assert_mm(find(&paper, 2, "抄送：").bottom, 262);
    Placed none;
    assert_false(paper_find(&paper, 2, ROLE_BODY, "印发", &none));
    paper_close(&paper);
}

static void test_bulletin(void **state)
{
    (void)state;
    Paper paper;
    DocImprint *imprint = open_imprint(&paper, FORM_BULLETIN, 5);
    imprint->report_to = paper_inline(&paper, "县人居办");
    imprint->send_to = paper_inline(&paper, "镇党政班子成员");
    imprint->issue_to = paper_inline(&paper, "各村（社区）");
    imprint->copies = paper_inline(&paper, "共印60份");
    typeset(&paper);
    assert_int_equal(paper.pages->page_count, 1); /* not a 版记: no even page is asked for */
    assert_int_equal(rule_count(&paper, 1), 3);
    Placed report = find(&paper, 1, "县人居办。"), send = find(&paper, 1, "镇党政");
    assert_mm(send.top, report.top + ROW);
    assert_mm(find(&paper, 1, "各村（社区）。").top, report.top + 2 * ROW);
    assert_mm(find(&paper, 1, "共印60份").right, 184 - CELL_MM);
    check_rule(&paper, 1, 2, 262, 0.35);
    check_rule(&paper, 1, 0, 262 - 0.35 - ROW - 0.25 - 3 * ROW, 0.35);
    paper_close(&paper);
}

static void test_too_high(void **state)
{
    (void)state;
    Paper paper;
    DocImprint *imprint = open_imprint(&paper, FORM_OFFICIAL, 3);
    char *text = arena_alloc(paper.f.arena, 3 * 700 + 1);
    for (int i = 0; i < 700; i++) {
        memcpy(text + i * 3, "村", 3);
    }
    imprint->copy_to = paper_inline(&paper, text);
    const char *message = paper_typeset(&paper);
    assert_non_null(message);
    assert_non_null(strstr(message, "E344"));
    paper_close(&paper);
}

/* ---------------------------------------------------------------- on which page */

static const char *label(const Paper *paper, size_t page)
{
    const char *text = paper->pages->pages[page - 1].label;
    return text ? text : "";
}

/* Text of one line to four pages, in steps of one line: the 版记 is always on the last page, which
 * is even; it keeps a line from the text; a page is blank only before an even page that was full,
 * and then neither it nor the page of the 版记 has a number. */
static void test_every_length(void **state)
{
    (void)state;
    static const double HEIGHT = 0.7 + 0.25 + 2 * ROW;
    for (int lines = 1; lines <= 88; lines++) {
        Paper paper;
        open_usual(&paper, FORM_OFFICIAL, lines);
        typeset(&paper);
        int count = (int)paper.pages->page_count, text_pages = (lines + 21) / 22;
        int on_last = lines - (text_pages - 1) * 22;
        if (on_last == 1 && lines > 22) {
            on_last = 2; /* 孤行 */
        }
        double foot = 37 + (on_last - 1) * PITCH_MM + SIZE_MM;
        bool even = text_pages % 2 == 0, fits = foot + PITCH_MM + HEIGHT <= 262.01;
        int expected = !even ? text_pages + 1 : fits ? text_pages : text_pages + 2;
        assert_int_equal(count, expected);
        assert_int_equal(count % 2, 0);
        check_rule(&paper, count, rule_count(&paper, count) - 1, 262, 0.35);
        bool blank = count == text_pages + 2;
        for (int page = 1; page <= count; page++) {
            bool numbered = !blank || page <= text_pages;
            char number[12];
            snprintf(number, sizeof number, "%d", page);
            assert_string_equal(label(&paper, (size_t)page), numbered ? number : "");
            if (blank && page == text_pages + 1) {
                assert_int_equal(paper.pages->pages[page - 1].mark_count, 0);
            }
            Placed folio;
            bool printed = paper_find(&paper, page, ROLE_SONG, "—", &folio);
            assert_int_equal(printed, numbered);
        }
        paper_close(&paper);
    }
}

/* Printed on one side only, the 版记 stands on the last page or the next. */
static void test_one_sided(void **state)
{
    (void)state;
    static const struct {
        int lines, pages;
    } CASES[] = {{5, 1}, {18, 1}, {20, 2}, {30, 2}, {44, 3}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Paper paper;
        open_usual(&paper, FORM_OFFICIAL, CASES[i].lines);
        paper.document.style.imprint_even = false;
        typeset(&paper);
        assert_int_equal(paper.pages->page_count, CASES[i].pages);
        assert_string_equal(label(&paper, (size_t)CASES[i].pages),
            arena_printf(paper.f.arena, "%d", CASES[i].pages));
        paper_close(&paper);
    }
}

/* A seal keeps the 版记 one line away, though it hangs below the date. */
static void test_seal_above(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"洋江镇人民政府", NULL};
    static const double HEIGHT = 0.7 + 0.25 + 2 * ROW;
    int with = 0, without = 0;
    for (int lines = 23; lines <= 38; lines++) {
        Paper paper;
        open_usual(&paper, FORM_OFFICIAL, lines);
        paper_sign(&paper, SIGN_SEALED, NAMES, "2024年3月5日")->seal = LENGTH_MM(42);
        typeset(&paper);
        Placed name = find(&paper, 2, "洋江镇人民政府");
        double seal = name.top + 4 + 21;
        bool fits = seal + PITCH_MM + HEIGHT <= 262;
        assert_int_equal(paper.pages->page_count, fits ? 2 : 4);
        with += fits;
        without += !fits;
        paper_close(&paper);
    }
    assert_true(with > 0 && without > 0);
}

/* Footnotes stand above the 版记, a line from it. */
static void test_footnote_above(void **state)
{
    (void)state;
    Paper paper;
    open_usual(&paper, FORM_OFFICIAL, 30);
    Inline *note = ARENA_NEW(paper.f.arena, Inline);
    *note = (Inline){.kind = INLINE_NOTE, .note_number = 1};
    note->note = paper_inline(&paper, "脚注。");
    paper.document.first->content->next = note;
    typeset(&paper);
    assert_int_equal(paper.pages->page_count, 2);
    Placed placed;
    assert_true(paper_find(&paper, 2, ROLE_SONG, "脚注", &placed));
    Rect first = {0};
    assert_true(paper_rect(&paper, 2, 1, &first));
    assert_true(placed.bottom < TO_MM(first.y) - PITCH_MM + 1);
    assert_true(placed.bottom > TO_MM(first.y) - PITCH_MM - 4);
    paper_close(&paper);
}

static const char *note_text(Paper *paper, int characters)
{
    char *text = arena_alloc(paper->f.arena, (size_t)characters * 3 + 1);
    for (int i = 0; i < characters; i++) {
        memcpy(text + i * 3, PAPER_HAN + i * 3 % (int)(sizeof PAPER_HAN - 1), 3);
    }
    text[characters * 3] = '\0';
    return text;
}

/* Text, footnote and 版记 on one page, or the 版记 on another: with a note the text must end higher
 * by what the note takes. Returns the lines of the longest text before the last, or 0. */
static int last_with_imprint(int note_characters)
{
    int last = 0;
    for (int lines = 24; lines <= 44; lines++) {
        Paper paper;
        open_usual(&paper, FORM_OFFICIAL, lines);
        if (note_characters > 0) {
            Block *end = paper_add(&paper, BLOCK_PARAGRAPH, "注");
            Inline *note = ARENA_NEW(paper.f.arena, Inline);
            *note = (Inline){.kind = INLINE_NOTE, .note_number = 1};
            note->note = paper_inline(
                &paper, arena_printf(paper.f.arena, "脚注%s", note_text(&paper, note_characters)));
            end->content->next = note;
        } else {
            paper_add(&paper, BLOCK_PARAGRAPH, "注");
        }
        typeset(&paper);
        Placed copy = find(&paper, (int)paper.pages->page_count, "抄送："), foot;
        if (paper.pages->page_count == 2) {
            last = lines;
            assert_true(find(&paper, 2, "注").bottom < copy.top - PITCH_MM);
            if (note_characters > 0) {
                assert_true(paper_find(&paper, 2, ROLE_SONG, "脚注", &foot));
                assert_true(foot.bottom < copy.top - PITCH_MM);
                assert_true(foot.top > find(&paper, 2, "注").bottom);
            }
        }
        paper_close(&paper);
    }
    return last;
}

static void test_footnote_room(void **state)
{
    (void)state;
    static const double HEIGHT = 0.7 + 0.25 + 2 * ROW;
    int without = last_with_imprint(0);
    assert_int_equal(
        without, 21 + 1 + (int)((262.01 - HEIGHT - PITCH_MM - SIZE_MM - 37) / PITCH_MM));
    assert_int_equal(last_with_imprint(30), without - 1);
    assert_int_equal(last_with_imprint(30 + 3 * 49), without - 3);
}

/* On the first page of a 信函 that runs below the type area too, the 版记 ends with the type area
 * (L7, L8) and keeps a line away from text and footnotes. */
static void test_filled_letter(void **state)
{
    (void)state;
    int with = 0, without = 0;
    for (int lines = 8; lines <= 22; lines++) {
        Paper paper;
        DocImprint *imprint = open_imprint(&paper, FORM_LETTER, lines);
        imprint->copy_to = paper_inline(&paper, "县农业农村局");
        paper.document.style.letter_fill = true;
        paper.document.style.imprint_even = false;
        Inline *note = ARENA_NEW(paper.f.arena, Inline);
        *note = (Inline){.kind = INLINE_NOTE, .note_number = 1};
        note->note = paper_inline(&paper, "脚注。");
        paper.document.first->content->next = note;
        typeset(&paper);
        Placed copy = find(&paper, (int)paper.pages->page_count, "抄送：");
        assert_mm(copy.bottom, 262);
        if (paper.pages->page_count == 1) {
            Placed foot;
            assert_true(paper_find(&paper, 1, ROLE_SONG, "脚注", &foot));
            assert_true(foot.bottom < copy.top - PITCH_MM + SIZE4_MM);
            with++;
        } else {
            without++;
        }
        paper_close(&paper);
    }
    assert_true(with > 0 && without > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_turned_lines),
        cmocka_unit_test(test_all_rows),
        cmocka_unit_test(test_letter),
        cmocka_unit_test(test_bulletin),
        cmocka_unit_test(test_too_high),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_one_sided),
        cmocka_unit_test(test_seal_above),
        cmocka_unit_test(test_footnote_above),
        cmocka_unit_test(test_footnote_room),
        cmocka_unit_test(test_filled_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
