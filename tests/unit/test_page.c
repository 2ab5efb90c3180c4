/* The page builder: numbers of typesetting.md 17, what stays together, page numbers, footnotes,
 * signature. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "page_fixture.h"

static void test_full_page(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT)};
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 22 * 3 - 2));
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 3);
    NEAR(pages->pages[1].width, LENGTH_PT(595.276), 1);
    NEAR(pages->pages[1].height, LENGTH_PT(841.890), 1);
    Line lines[30];
    assert_int_equal(page_lines(&pages->pages[1], lines, 30), 22);
    Length shift = role_shift(&f, pages, ROLE_BODY, "国");
    Length centring = (LENGTH_PT(16) - BODY_CELL) / 2; /* a glyph stands out of its cell by this */
    for (int i = 0; i < 22; i++) {
        Length top = lines[i].y + shift - text_ascent(LENGTH_PT(16));
        NEAR(top, LENGTH_MM(37) + (int64_t)i * (LENGTH_MM(225) - LENGTH_PT(16)) / 21, 2);
        NEAR(lines[i].left + centring, LENGTH_MM(28), 8);
        NEAR(lines[i].right - centring, LENGTH_MM(184), 8);
        assert_int_equal(utf8_count(lines[i].text, strlen(lines[i].text)), 28);
    }
    NEAR(lines[21].y + shift - text_ascent(LENGTH_PT(16)) + LENGTH_PT(16), LENGTH_MM(262), 4);
    page_lines(&pages->pages[0], lines, 30);
    NEAR(lines[0].left + centring, LENGTH_MM(28) + LENGTH_MM(11.1429), 16);
    fixture_close(&f);
}

static const GlyphRun *folio(const Page *page)
{
    const GlyphRun *run = &page->marks[page->mark_count - 1].run;
    assert_int_equal(run->size, LENGTH_PT(14));
    return run;
}

static void test_page_numbers(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT)};
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 22 * 2 + 100));
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 3);
    assert_string_equal(pages->pages[2].label, "3");
    const GlyphRun *odd = folio(&pages->pages[0]), *even = folio(&pages->pages[1]);
    assert_memory_equal(odd->text, "— 1 —", (size_t)odd->text_bytes);
    assert_memory_equal(even->text, "— 2 —", (size_t)even->text_bytes);
    assert_string_equal(pages->fonts[odd->font].name, "FandolSong-Regular");
    NEAR(odd->glyphs[odd->glyph_count - 1].x + odd->size, LENGTH_MM(178.43), 32);
    NEAR(even->glyphs[0].x, LENGTH_MM(33.57), 32);
    /* Dash, half-width space, digit, half-width space, dash. */
    NEAR(odd->glyphs[2].x - odd->glyphs[0].x, LENGTH_PT(14 * 1.5), 8);
    fixture_close(&f);
}

static void test_front_matter(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT)};
    add_text(&f, &document, BLOCK_TITLE, "××镇关于农村人居环境整治工作情况的汇报");
    add_text(&f, &document, BLOCK_BYLINE, "××镇人民政府");
    add_text(&f, &document, BLOCK_DATE, "2024年6月30日");
    add_heading(&f, &document, 1, "一、", "工作举措");
    add_heading(&f, &document, 2, "（一）", "强化领导");
    Block *run_in = add_heading(&f, &document, 3, "1.", "加强宣传。");
    run_in->run_in = true;
    run_in->tail = inline_text(f.arena, han(f.arena, 60), (At){0});
    Pages *pages = typeset(&f, &document);
    Line lines[30];
    int count = page_lines(&pages->pages[0], lines, 30);
    assert_int_equal(count, 8);
    static const char *const FACES[] = {"FandolSong-Bold", "FandolKai-Regular", "FandolKai-Regular",
        "FandolHei-Regular", "FandolKai-Regular", "FandolFang-Regular"};
    for (int i = 0; i < 6; i++) {
        assert_string_equal(pages->fonts[lines[i].font].name, FACES[i]);
    }
    assert_string_equal(lines[2].text, "（2024年6月30日）");
    assert_string_equal(lines[3].text, "一、工作举措");
    /* Title on line 0, unit on line 2, date below it, a blank line, then the body. */
    static const int GRID[] = {2, 3, 5, 6, 7};
    Length kai = role_shift(&f, pages, ROLE_KAI, "镇");
    Length hei = role_shift(&f, pages, ROLE_HEI, "工");
    Length shifts[] = {kai, kai, hei, kai, role_shift(&f, pages, ROLE_BODY, "加")};
    for (int i = 0; i < 5; i++) {
        Length top = lines[i + 1].y + shifts[i] - text_ascent(LENGTH_PT(16));
        NEAR(top, LENGTH_MM(37) + (int64_t)GRID[i] * PITCH, 24);
    }
    /* Centred. */
    NEAR(lines[1].left + lines[1].right, LENGTH_MM(28 + 184), 64);
    assert_int_equal(pages->outline_count, 2);
    assert_string_equal(pages->outline[1].title, "（一）强化领导");
    fixture_close(&f);
}

/* Lines on the first page when a paragraph of `lines` lines follows `before` lines, and a heading
 * if wanted. */
static int lines_on_first_page(int before, bool heading, int lines)
{
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT)};
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * before - 2));
    if (heading) {
        add_heading(&f, &document, 1, "一、", "工作");
    }
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * lines - 2));
    Pages *pages = typeset(&f, &document);
    Line found[30];
    int count = page_lines(&pages->pages[0], found, 30);
    fixture_close(&f);
    return count;
}

static void test_page_breaks(void **state)
{
    (void)state;
    /* All fits. */
    assert_int_equal(lines_on_first_page(18, false, 4), 22);
    /* 孤行: 2 of 3 lines would fit, the third alone must not begin a page. */
    assert_int_equal(lines_on_first_page(20, false, 3), 21);
    assert_int_equal(lines_on_first_page(20, false, 4), 22);
    /* One of two lines: both go over. */
    assert_int_equal(lines_on_first_page(21, false, 2), 21);
    assert_int_equal(lines_on_first_page(21, false, 5), 22);
    /* A heading takes two lines with it. */
    assert_int_equal(lines_on_first_page(21, true, 5), 21);
    assert_int_equal(lines_on_first_page(20, true, 5), 20);
    assert_int_equal(lines_on_first_page(19, true, 5), 22);
}

static void test_signature(void **state)
{
    (void)state;
    for (int before = 16; before <= 22; before++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_REPORT)};
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * before - 2));
        add_sign(&f, &document, SIGN_UNSEALED, "国务院人民政府办公室", "2024年6月5日");
        Pages *pages = typeset(&f, &document);
        Line lines[30];
        Page *last = &pages->pages[pages->page_count - 1];
        int count = page_lines(last, lines, 30);
        /* 22 lines hold 19 of text, a blank one and two of the signature. */
        assert_int_equal(pages->page_count, before <= 19 ? 1 : 2);
        assert_true(count >= 3);
        NEAR(lines[count - 2].y - lines[count - 3].y, 2 * PITCH, 24);
        NEAR(lines[count - 2].right, LENGTH_MM(172.86), 150);
        NEAR(lines[count - 1].left - lines[count - 2].left, 2 * BODY_CELL, 300);
        fixture_close(&f);
    }
}

static void test_footnote(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT)};
    Block *block = add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 21));
    Inline *note = add_note(&f, block->content, "国务院通知");
    note->next = inline_text(f.arena, han(f.arena, 28 * 5), (At){0});
    Pages *pages = typeset(&f, &document);
    /* The mark stands on the 22nd line, which leaves the page together with its note. */
    Line lines[30];
    int first = page_lines(&pages->pages[0], lines, 30);
    assert_int_equal(first, 21);
    int second = page_lines(&pages->pages[1], lines, 30);
    assert_string_equal(lines[second - 1].text, "①国务院通知");
    assert_true(lines[second - 1].y < LENGTH_MM(262));
    assert_true(lines[second - 1].y > LENGTH_MM(255));
    fixture_close(&f);
}

static void add_chart(Fixture *f, Document *document)
{
    DocChart *chart = ARENA_NEW(f->arena, DocChart);
    chart->number = 1;
    chart->caption = inline_text(f->arena, "工作", (At){0});
    chart->category_count = 3;
    chart->series_count = 1;
    chart->categories = ARENA_ARRAY(f->arena, const char *, 3);
    chart->series = ARENA_NEW(f->arena, ChartSeries);
    chart->series->name = "数";
    chart->series->points = ARENA_ARRAY(f->arena, ChartPoint, 3);
    for (int i = 0; i < 3; i++) {
        chart->categories[i] = "镇村";
        chart->series->points[i].value = decimal_from_int(i + 5);
        chart->series->points[i].label = "5";
    }
    document_add(f->arena, document, BLOCK_CHART)->chart = chart;
}

/* A chart between `before` lines of text and a paragraph or a heading: the pages of its caption
 * and of what follows. */
static void chart_pages(int before, bool heading, int *caption, int *after)
{
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT)};
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * before - 2));
    add_chart(&f, &document);
    if (heading) {
        add_heading(&f, &document, 1, "一、", "末尾");
    }
    add_text(&f, &document, BLOCK_PARAGRAPH, "末尾末尾末尾");
    Pages *pages = typeset(&f, &document);
    Length caption_y, after_y;
    *caption = page_of(pages, "图1", &caption_y);
    *after = page_of(pages, "末尾", &after_y);
    assert_true(*caption != *after || caption_y < after_y);
    assert_true(caption_y < LENGTH_MM(262));
    fixture_close(&f);
}

static void test_charts(void **state)
{
    (void)state;
    int caption, after;
    /* Room for all. */
    chart_pages(5, true, &caption, &after);
    assert_int_equal(caption, 0);
    assert_int_equal(after, 0);
    /* Not quite: it is drawn lower. */
    chart_pages(12, true, &caption, &after);
    assert_int_equal(caption, 0);
    /* Far from it: text moves up before it, a heading does not. */
    chart_pages(15, false, &caption, &after);
    assert_int_equal(caption, 1);
    assert_int_equal(after, 0);
    chart_pages(15, true, &caption, &after);
    assert_int_equal(caption, 1);
    assert_int_equal(after, 1);
    chart_pages(20, false, &caption, &after);
    assert_int_equal(caption, 1);
    assert_int_equal(after, 0);
    /* One line is left: nothing overtakes it. */
    chart_pages(21, false, &caption, &after);
    assert_int_equal(caption, 1);
    assert_int_equal(after, 1);
}

/* Between the last rule of a table and the unit of a chart right below it: half a line. */
static void test_chart_below_table(void **state)
{
    (void)state;
    for (int rows = 3; rows < 9; rows++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_REPORT)};
        add_table(&f, &document, rows);
        add_chart(&f, &document);
        document.last->chart->unit = "数";
        const Pages *pages = typeset(&f, &document);
        const Mark *mark = pages->pages->marks;
        Length rule = 0, unit;
        for (; mark->kind == MARK_RECT; mark++) { /* those of the table come first */
            Length bottom = mark->rect.y + mark->rect.height;
            rule = bottom > rule ? bottom : rule;
        }
        assert_int_equal(page_of(pages, "单位", &unit), 0);
        assert_in_range(unit - text_ascent(LENGTH_PT(9)) - rule, LENGTH_PT(13), LENGTH_PT(17));
        fixture_close(&f);
    }
}

/* The signature after a table takes rows along when it does not fit below them. */
static void test_signature_after_table(void **state)
{
    (void)state;
    bool went_over = false;
    for (int rows = 20; rows < 32; rows++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_REPORT)};
        add_table(&f, &document, rows);
        add_sign(&f, &document, SIGN_UNSEALED, "国务院", "2024年6月5日");
        const Pages *pages = typeset(&f, &document);
        Length y;
        int last_row = page_of(pages, arena_printf(f.arena, "村%d", rows), &y);
        int next_to_last = page_of(pages, arena_printf(f.arena, "村%d", rows - 1), &y);
        assert_int_equal(page_of(pages, "国务院", &y), last_row);
        assert_int_equal(next_to_last, last_row);
        went_over |= last_row == 1;
        fixture_close(&f);
    }
    assert_true(went_over);
}

/* All missing characters of a document are reported, and nothing is typeset. */
static void test_missing_characters(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT)};
    add_text(&f, &document, BLOCK_PARAGRAPH, "甲\U0002ebf0乙");
    add_text(&f, &document, BLOCK_PARAGRAPH, "丙\ue000丁");
    add_text(&f, &document, BLOCK_PARAGRAPH, "葛\U000e0100");
    assert_null(typeset_document(f.arena, &document, f.fonts, f.diags));
    const char *text = printed(&f);
    assert_non_null(strstr(text, "E301"));
    assert_non_null(strstr(text, "U+2EBF0"));
    assert_non_null(strstr(text, "正文（仿宋）"));
    assert_non_null(strstr(text, "E302"));
    assert_non_null(strstr(text, "U+E000"));
    assert_non_null(strstr(text, "E303"));
    fixture_close(&f);
}

/* No footnote is lost: one that cannot be set is an error. */
static void test_impossible_notes(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document high = {.title = "t", .style = style_default(FORM_REPORT)};
    add_note(
        &f, add_text(&f, &high, BLOCK_PARAGRAPH, han(f.arena, 40))->content, han(f.arena, 49 * 60));
    assert_null(typeset_document(f.arena, &high, f.fonts, f.diags));
    assert_non_null(strstr(printed(&f), "E323"));
    fixture_close(&f);
    fixture_open(&f);
    Document titled = {.title = "t", .style = style_default(FORM_REPORT)};
    add_note(&f, add_text(&f, &titled, BLOCK_TITLE, "国务院通知")->content, "国务院");
    assert_null(typeset_document(f.arena, &titled, f.fonts, f.diags));
    assert_non_null(strstr(printed(&f), "E322"));
    fixture_close(&f);
}

/* That of a cell stands below the table, on the page of its last row. */
static void test_notes_of_a_table(void **state)
{
    (void)state;
    for (int rows = 3; rows <= 83; rows += 20) {
        Fixture f;
        Length row_y, note_y;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_REPORT)};
        DocTable *table = add_table(&f, &document, rows);
        add_note(&f, table->rows[1].cells->content, "国务院");
        table->note_count = 1;
        table->rows[rows - 1].cells->content = inline_text(f.arena, "末行", (At){0});
        const Pages *pages = typeset(&f, &document);
        int row = page_of(pages, "末行", &row_y);
        assert_int_equal(page_of(pages, "注：①国务院", &note_y), row);
        assert_true(note_y > row_y);
        fixture_close(&f);
    }
}

/* 草稿 on each page; messages behind the paper, without a number, whatever they quote. */
static void test_draft(void **state)
{
    (void)state;
    Fixture f;
    Length y;
    DocMessage message = {"月报.csv 第 3 行", "“\U0002ebf0\xE2\x80\x8B”不是数", "提示"};
    fixture_open(&f);
    Document document = {.title = "t",
        .style = style_default(FORM_REPORT),
        .draft = true,
        .messages = &message,
        .message_count = 1};
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 1000));
    const Pages *pages = typeset(&f, &document);
    int last = (int)pages->page_count - 1;
    char text[8192] = "";
    FILE *out = fmemopen(text, sizeof text - 1, "w");
    pages_text(pages, out);
    fclose(out);
    assert_non_null(strstr(text, "1. 月报.csv 第 3 行　“<U+2EBF0><U+200B>”不是数　提示\n"));
    assert_memory_equal(text, "草稿\n", strlen("草稿\n"));
    Length place_y, hint_y; /* a line each */
    assert_int_equal(page_of(pages, "不是数", &y), last);
    assert_int_equal(page_of(pages, "月报", &place_y), last);
    assert_int_equal(page_of(pages, "提示", &hint_y), last);
    assert_true(place_y < y && y < hint_y);
    assert_null(pages->pages[last].label);
    assert_non_null(pages->pages[last - 1].label);
    for (int p = 0; p <= last; p++) {
        const Mark *first = &pages->pages[p].marks[0];
        assert_true(first->furniture && first->kind == MARK_GLYPHS);
        assert_memory_equal(first->run.text, "草稿", first->run.text_bytes);
    }
    fixture_close(&f);
}

/* A draft in which nothing is wrong does not announce what is. */
static void test_clean_draft(void **state)
{
    (void)state;
    Fixture f;
    char text[4096] = "";
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_REPORT), .draft = true};
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 10));
    FILE *out = fmemopen(text, sizeof text - 1, "w");
    pages_text(typeset(&f, &document), out);
    fclose(out);
    assert_non_null(strstr(text, "\n草稿：没有发现问题\n"));
    assert_null(strstr(text, "尚有"));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_page),
        cmocka_unit_test(test_page_numbers),
        cmocka_unit_test(test_front_matter),
        cmocka_unit_test(test_page_breaks),
        cmocka_unit_test(test_signature),
        cmocka_unit_test(test_footnote),
        cmocka_unit_test(test_charts),
        cmocka_unit_test(test_chart_below_table),
        cmocka_unit_test(test_signature_after_table),
        cmocka_unit_test(test_impossible_notes),
        cmocka_unit_test(test_notes_of_a_table),
        cmocka_unit_test(test_draft),
        cmocka_unit_test(test_clean_draft),
        cmocka_unit_test(test_missing_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
