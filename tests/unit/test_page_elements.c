/* The elements of official papers on the grid: typesetting.md 3 (B1–B20), 5, 6.1, 8 in millimetres
 * against the display list. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "page_fixture.h"

#define TENTH LENGTH_MM(0.1)

/* Where a text stands: page from 1, line of the grid, left edge in cells from 28 mm. */
typedef struct Place {
    const char *text;
    Role role;
    int page, line;
    double cells; /* < 0: not asked */
} Place;

static void check_places(Fixture *f, Pages *pages, const Place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int page;
        const GlyphRun *run = run_of(pages, places[i].text, &page);
        assert_int_equal(page + 1, places[i].page);
        NEAR(run_top(f, pages, run, places[i].role), grid_top(places[i].line), TENTH);
        if (places[i].cells >= 0) {
            NEAR(run_left(run), LENGTH_MM(28) + (Length)(places[i].cells * BODY_CELL), TENTH);
        }
    }
}

#define CHECK_PLACES(f, pages, places)                                                             \
    check_places(f, pages, places, sizeof(places) / sizeof *(places))

/* 讲话: title, subtitle on the next line, speaker, date, a blank line, the salutation flush left
 * (8). */
static void test_speech_front(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .form = FORM_SPEECH, .style = style_default(FORM_SPEECH)};
    add_text(&f, &document, BLOCK_TITLE, "全面推进人居环境整治");
    add_text(&f, &document, BLOCK_SUBTITLE, "——在全镇工作会议上的讲话");
    add_text(&f, &document, BLOCK_BYLINE, "镇长国务院");
    add_text(&f, &document, BLOCK_DATE, "2024年6月30日");
    add_text(&f, &document, BLOCK_SALUTATION, "同志们：");
    add_text(&f, &document, BLOCK_PARAGRAPH, "今天召开会议。");
    Pages *pages = typeset(&f, &document);
    static const Place PLACES[] = {
        {"同志们", ROLE_BODY, 1, 5, 0}, {"今天召开", ROLE_BODY, 1, 6, 2}};
    CHECK_PLACES(&f, pages, PLACES);
    int page;
    const GlyphRun *title = run_of(pages, "全面推进", &page);
    NEAR(run_top(&f, pages, title, ROLE_TITLE), LENGTH_MM(37), TENTH);
    static const char *const FRONT[] = {"——在全", "镇长", "日）"};
    for (int i = 0; i < 3; i++) {
        Length top = LENGTH_MM(37 + 7.76 + 4.85) + i * PITCH;
        NEAR(run_top(&f, pages, run_of(pages, FRONT[i], &page), ROLE_KAI), top, TENTH);
    }
    fixture_close(&f);
}

/* A 简报 of two pieces: a blank line above the second title and one below it, and none on a page
 * of its own (8). */
static void test_second_title(void **state)
{
    (void)state;
    for (int alone = 0; alone < 2; alone++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_REPORT)};
        add_text(&f, &document, BLOCK_PARAGRAPH, "编者按甲。");
        add_text(&f, &document, BLOCK_TITLE, "全面推进人居环境整治");
        add_text(&f, &document, BLOCK_PARAGRAPH, "今天召开会议。");
        if (alone) {
            add_text(&f, &document, BLOCK_PAGE_BREAK, "");
        }
        add_text(&f, &document, BLOCK_TITLE, "国务院印发通知");
        add_text(&f, &document, BLOCK_PARAGRAPH, "全镇推进。");
        Pages *pages = typeset(&f, &document);
        int page, line = alone ? 0 : 6;
        const GlyphRun *first = run_of(pages, "全面推进", &page);
        NEAR(run_top(&f, pages, first, ROLE_TITLE), grid_top(2), TENTH);
        const GlyphRun *second = run_of(pages, "国务院印", &page);
        assert_int_equal(page, alone);
        NEAR(run_top(&f, pages, second, ROLE_TITLE), grid_top(line), TENTH);
        const Place places[] = {{"编者按甲", ROLE_BODY, 1, 0, 2}, {"今天召开", ROLE_BODY, 1, 4, 2},
            {"全镇推进", ROLE_BODY, alone + 1, line + 2, 2}};
        CHECK_PLACES(&f, pages, places);
        fixture_close(&f);
    }
}

static void add_attachments(Fixture *f, Document *document, const char *const *titles, int count)
{
    DocAttachment **tail = &document_add(f->arena, document, BLOCK_ATTACHMENT_LIST)->attachments;
    for (int i = 0; i < count; i++) {
        *tail = ARENA_NEW(f->arena, DocAttachment);
        (*tail)->number = count > 1 ? i + 1 : 0;
        (*tail)->title = inline_text(f->arena, titles[i], (At){0});
        tail = &(*tail)->next;
    }
}

/* B11: a blank line below the body, two cells; numbers below the first, turned lines below the
 * name. */
static void test_attachment_list(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document several = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_text(&f, &several, BLOCK_PARAGRAPH, "正文");
    const char *const titles[] = {"甲村清单", han(f.arena, 30), "乙村清单"};
    add_attachments(&f, &several, titles, 3);
    add_sign(&f, &several, SIGN_UNSEALED, "国务院办公室", "2024年6月5日");
    Pages *pages = typeset(&f, &several);
    /* 附件：1. is three cells and a digit, a stop and a blank of half a cell, as glyphs go. */
    int page;
    const GlyphRun *first = run_of(pages, "附件：1.", &page);
    const GlyphRun *name = run_of(pages, "甲村", &page);
    const GlyphRun *second = run_of(pages, "2. ", &page);
    const GlyphRun *turned = run_of(pages, "国务院关于做好数字", &page);
    static const Place PLACES[] = {{"正文", ROLE_BODY, 1, 0, 2}, {"附件：1. ", ROLE_BODY, 1, 2, 2},
        {"甲村", ROLE_BODY, 1, 2, -1}, {"2. ", ROLE_BODY, 1, 3, -1}, {"3. ", ROLE_BODY, 1, 5, -1},
        {"乙村", ROLE_BODY, 1, 5, -1}, {"2024年6月5日", ROLE_BODY, 1, 8, -1}};
    CHECK_PLACES(&f, pages, PLACES);
    NEAR(second->glyphs[0].x, first->glyphs[3].x, TENTH);
    NEAR(turned->glyphs[0].x, name->glyphs[0].x, TENTH);
    Line lines[30];
    assert_int_equal(page_lines(pages->pages, lines, 30), 7);
    NEAR(lines[3].left, name->glyphs[0].x, TENTH); /* the second name's second line */
    assert_true(lines[2].right <= LENGTH_MM(184) + TENTH);
    fixture_close(&f);
    fixture_open(&f);
    Document single = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_text(&f, &single, BLOCK_PARAGRAPH, "正文");
    add_attachments(&f, &single, titles, 1);
    pages = typeset(&f, &single);
    static const Place ONE[] = {{"附件：", ROLE_BODY, 1, 2, 2}, {"甲村", ROLE_BODY, 1, 2, 5}};
    CHECK_PLACES(&f, pages, ONE);
    fixture_close(&f);
}

/* 附件说明 is kept together and with the signature, text with both. */
static void test_attachment_list_kept(void **state)
{
    (void)state;
    static const char *const TITLES[] = {"甲村清单", "乙村清单"};
    for (int before = 13; before <= 22; before++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * before - 2));
        add_attachments(&f, &document, TITLES, 2);
        add_sign(&f, &document, SIGN_UNSEALED, "国务院办公室", "2024年6月5日");
        Pages *pages = typeset(&f, &document);
        int first, second, date;
        run_of(pages, "附件：1.", &first);
        run_of(pages, "2. ", &second);
        run_of(pages, "2024年6月5日", &date);
        /* Blank, two lines, blank, name and date: 16 lines of text fill the page. */
        assert_int_equal(first, before <= 16 ? 0 : 1);
        assert_int_equal(second, first);
        assert_int_equal(date, first);
        Line lines[30];
        assert_true(page_lines(&pages->pages[first], lines, 30) >= 5);
        fixture_close(&f);
    }
}

/* M2, M3: label in 黑体, the first of the run a blank line below the text. */
static void test_attendance(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_MINUTES)};
    add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
    add_text(&f, &document, BLOCK_ATTENDANCE, han(f.arena, 40))->number = "出席";
    add_text(&f, &document, BLOCK_ATTENDANCE, "乙某、丙某")->number = "请假";
    Pages *pages = typeset(&f, &document);
    static const Place PLACES[] = {{"出席：", ROLE_HEI, 1, 2, 2},
        {"国务院关于做好", ROLE_BODY, 1, 2, 5}, {"请假：", ROLE_HEI, 1, 4, 2},
        {"乙某、", ROLE_BODY, 1, 4, 5}};
    CHECK_PLACES(&f, pages, PLACES);
    Line lines[30];
    page_lines(pages->pages, lines, 30);
    NEAR(lines[2].left - (BODY_CELL - LENGTH_PT(16)) / 2, LENGTH_MM(28) + 5 * BODY_CELL, TENTH);
    fixture_close(&f);
}

/* B19: on the line after the date, two cells, in brackets. */
static void test_annotation(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool gap;
        int line;
    } CASES[] = {
        {"此件公开发布", false, 4}, {"（此件公开发布）", false, 4}, {"此件公开发布", true, 5}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        document.style.annotation_gap = CASES[i].gap;
        add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
        add_sign(&f, &document, SIGN_UNSEALED, "国务院办公室", "2024年6月5日");
        add_text(&f, &document, BLOCK_ANNOTATION, CASES[i].text);
        Pages *pages = typeset(&f, &document);
        int page;
        const GlyphRun *run = run_of(pages, "此件公开", &page);
        assert_int_equal(run->text_bytes, strlen("（此件公开发布）"));
        NEAR(run_top(&f, pages, run, ROLE_BODY), grid_top(CASES[i].line), TENTH);
        fixture_close(&f);
    }
}

/* 附注 goes over with the signature, never alone. */
static void test_annotation_kept(void **state)
{
    (void)state;
    for (int before = 15; before <= 21; before++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * before - 2));
        add_sign(&f, &document, SIGN_UNSEALED, "国务院办公室", "2024年6月5日");
        add_text(&f, &document, BLOCK_ANNOTATION, "此件公开发布");
        Pages *pages = typeset(&f, &document);
        int date, annotation;
        run_of(pages, "2024年6月5日", &date);
        run_of(pages, "此件公开", &annotation);
        assert_int_equal(date, annotation);
        assert_int_equal(date, before <= 18 ? 0 : 1);
        fixture_close(&f);
    }
}

static Block *add_attachment(Fixture *f, Document *document, const char *number, const char *title)
{
    Block *block = add_text(f, document, BLOCK_ATTACHMENT, title);
    block->number = number;
    return block;
}

/* Beside a seal 附注 stands on the line below the date, the seal reaching down past it: together
 * they need no more than the higher of the two. */
static void test_annotation_beside_seal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int most; /* lines of text beside it on a page */
    } CASES[] = {{"此件公开发布", 17},
        {"此件公开发布。此件公开发布。此件公开发布。此件公开发布。此件公开发布。", 16}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        for (int before = 14; before <= 20; before++) {
            Fixture f;
            fixture_open(&f);
            Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
            add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * before - 2));
            add_sign(&f, &document, SIGN_SEALED, "国务院办公室", "2024年6月5日");
            add_text(&f, &document, BLOCK_ANNOTATION, CASES[i].text);
            Pages *pages = typeset(&f, &document);
            int date, page;
            Length above = run_top(&f, pages, run_of(pages, "2024年6月5日", &date), ROLE_BODY);
            Length below = run_top(&f, pages, run_of(pages, "此件公开", &page), ROLE_BODY);
            assert_int_equal(date, page);
            assert_int_equal(date, before <= CASES[i].most ? 0 : 1);
            NEAR(below, above + PITCH, TENTH);
            fixture_close(&f);
        }
    }
}

/* B20: new page, label on line 0 flush left, title on line 2, text below; numbers go on. */
static void test_attachment(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
    add_attachment(&f, &document, "附件1", "全镇清单");
    add_text(&f, &document, BLOCK_PARAGRAPH, "甲村");
    add_attachment(&f, &document, "附件2", "村庄清单");
    add_text(&f, &document, BLOCK_PARAGRAPH, "乙村");
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 3);
    static const Place PLACES[] = {
        {"附件1", ROLE_HEI, 2, 0, 0}, {"甲村", ROLE_BODY, 2, 4, 2}, {"附件2", ROLE_HEI, 3, 0, 0}};
    CHECK_PLACES(&f, pages, PLACES);
    int page;
    const GlyphRun *title = run_of(pages, "全镇清单", &page);
    assert_int_equal(title->size, LENGTH_PT(22));
    NEAR(run_top(&f, pages, title, ROLE_TITLE), LENGTH_MM(57.89), TENTH);
    NEAR(title->glyphs[0].x + title->glyphs[3].x + title->size, LENGTH_MM(28 + 184), TENTH);
    assert_string_equal(pages->pages[2].label, "3");
    assert_int_equal(pages->outline_count, 2);
    assert_string_equal(pages->outline[1].title, "附件2　村庄清单");
    assert_int_equal(pages->outline[1].page, 2);
    fixture_close(&f);
}

static int count_shapes(const Page *page)
{
    int count = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        count += page->marks[i].kind == MARK_SHAPE;
    }
    return count;
}

/* A slip stands whole; below a cut over the type area, or on a page of its own. */
static void test_slip(void **state)
{
    (void)state;
    for (int before = 12; before <= 20; before++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_LETTER)};
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * before - 2));
        add_text(&f, &document, BLOCK_SLIP, "整改回执")->keep = 1;
        add_text(&f, &document, BLOCK_PARAGRAPH, "甲单位：")->keep = 1;
        add_text(&f, &document, BLOCK_PARAGRAPH, "乙日期：")->keep = 1;
        Pages *pages = typeset(&f, &document);
        int title, end;
        const GlyphRun *run = run_of(pages, "整改回执", &title);
        run_of(pages, "乙日期", &end);
        /* Two lines with the cut, title, blank, two lines. */
        bool fits = before <= 16;
        assert_int_equal(title, fits ? 0 : 1);
        assert_int_equal(end, title);
        assert_int_equal(count_shapes(&pages->pages[title]), fits ? 1 : 0);
        assert_int_equal(count_shapes(pages->pages), fits ? 1 : 0);
        NEAR(run_top(&f, pages, run, ROLE_TITLE), grid_top(fits ? before + 2 : 0), TENTH);
        fixture_close(&f);
    }
}

/* One that no page holds begins a page of its own, so that it is parted once only, and is told. */
static void test_long_slip(void **state)
{
    (void)state;
    for (int rows = 19; rows <= 26; rows++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_LETTER)};
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 3 - 2));
        add_text(&f, &document, BLOCK_SLIP, "整改回执")->keep = 1;
        for (int i = 0; i < rows; i++) {
            add_text(&f, &document, BLOCK_PARAGRAPH, i + 1 == rows ? "乙日期：" : "甲单位：")
                ->keep = 1;
        }
        Pages *pages = typeset(&f, &document);
        int title, end;
        const GlyphRun *run = run_of(pages, "整改回执", &title);
        run_of(pages, "乙日期", &end);
        assert_int_equal(title, 1);
        NEAR(run_top(&f, pages, run, ROLE_TITLE), grid_top(0), TENTH);
        assert_int_equal(end, rows <= 20 ? 1 : 2);
        assert_int_equal(strstr(printed(&f), "W312") != NULL, rows > 20);
        fixture_close(&f);
    }
}

/* ---------------------------------------------------------------- heads and forms */

static DocMasthead *add_masthead(Fixture *f, Document *document, const char *suffix)
{
    DocMasthead *head = document->masthead = ARENA_NEW(f->arena, DocMasthead);
    head->issuers = ARENA_NEW(f->arena, Inline *);
    head->issuers[0] = inline_text(f->arena, "国务院", (At){0});
    head->issuer_count = 1;
    head->suffix = suffix ? inline_text(f->arena, suffix, (At){0}) : NULL;
    head->number = inline_text(f->arena, "国发〔2024〕3号", (At){0});
    return head;
}

/* The lower edge of the lowest red rule in the upper half of page 1. */
static Length red_rule(const Pages *pages)
{
    Length bottom = 0;
    for (size_t i = 0; i < pages->pages->mark_count; i++) {
        const Mark *mark = &pages->pages->marks[i];
        if (mark->kind == MARK_RECT && mark->rect.color.red == 255 &&
            mark->rect.y < LENGTH_MM(200)) {
            Length y = mark->rect.y + mark->rect.height;
            bottom = y > bottom ? y : bottom;
        }
    }
    return bottom;
}

/* B1, B2: the title two lines below the red rule, the addressee one line below the title, on the
 * grid. */
static void test_title_area(void **state)
{
    (void)state;
    static const struct {
        GapMode mode;
        double rule_to_title, title_to_next;
    } CASES[] = {{GAP_AUTO, 20.78, 10.39}, {GAP_DISTANCE, 20.78, 10.39}, {GAP_GRID, 25.69, 15.25}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        fixture_open(&f);
        Document document = {
            .title = "t", .form = FORM_OFFICIAL, .style = style_default(FORM_OFFICIAL)};
        document.style.gap_mode = CASES[i].mode;
        add_masthead(&f, &document, "文件");
        add_text(&f, &document, BLOCK_TITLE, "全面推进人居环境整治通知");
        add_text(&f, &document, BLOCK_TO, "各镇人民政府：");
        add_text(&f, &document, BLOCK_PARAGRAPH, "今天召开会议。");
        Pages *pages = typeset(&f, &document);
        int page;
        Length title = run_top(&f, pages, run_of(pages, "全面推进", &page), ROLE_TITLE);
        Length to = run_top(&f, pages, run_of(pages, "各镇人民", &page), ROLE_BODY);
        Length body = run_top(&f, pages, run_of(pages, "今天召开", &page), ROLE_BODY);
        NEAR(title - red_rule(pages), LENGTH_MM(CASES[i].rule_to_title), TENTH);
        Length computed = title + LENGTH_PT(22) + LENGTH_MM(CASES[i].title_to_next);
        assert_in_range(to - computed + PITCH * 35 / 100 + TENTH, 0, PITCH + TENTH);
        Length line = (to - LENGTH_MM(37) + PITCH / 2) / PITCH;
        NEAR(to, grid_top(line), TENTH);
        NEAR(body, grid_top(line + 1), TENTH);
        NEAR(run_left(run_of(pages, "各镇人民", &page)), LENGTH_MM(28), TENTH);
        fixture_close(&f);
    }
}

/* C3: a 命令 has no title, its text begins two lines below the number, on the grid. */
static void test_order(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .form = FORM_ORDER, .style = style_default(FORM_ORDER)};
    add_masthead(&f, &document, "命令")->number = inline_text(f.arena, "第3号", (At){0});
    add_text(&f, &document, BLOCK_PARAGRAPH, "今天召开会议。");
    Pages *pages = typeset(&f, &document);
    int page;
    Length number = run_top(&f, pages, run_of(pages, "第3号", &page), ROLE_BODY);
    Length body = run_top(&f, pages, run_of(pages, "今天", &page), ROLE_BODY);
    Length computed = number + LENGTH_PT(16) + LENGTH_MM(20.78);
    assert_in_range(body - computed + PITCH * 35 / 100 + TENTH, 0, PITCH + TENTH);
    NEAR(body, grid_top((body - LENGTH_MM(37) + PITCH / 2) / PITCH), TENTH);
    fixture_close(&f);
}

/* 7.3.3: page 1 shows body text, or there is a message. */
static void test_first_page_body(void **state)
{
    (void)state;
    bool refused = false;
    for (int units = 20; units <= 400; units += 20) {
        Fixture f;
        fixture_open(&f);
        Document document = {
            .title = "t", .form = FORM_OFFICIAL, .style = style_default(FORM_OFFICIAL)};
        add_masthead(&f, &document, "文件");
        add_text(&f, &document, BLOCK_TITLE, "全面推进人居环境整治通知");
        add_text(&f, &document, BLOCK_TO, han(f.arena, units));
        add_text(&f, &document, BLOCK_PARAGRAPH, "今天召开会议。");
        Pages *pages = typeset_document(f.arena, &document, f.fonts, f.diags);
        if (pages) {
            int page;
            assert_false(refused);
            run_of(pages, "今天", &page);
            assert_int_equal(page, 0);
        } else {
            refused = true;
        }
        fixture_close(&f);
    }
    assert_true(refused);
}

/* L7, N6: the text of page 1 ends 4.84 mm above the second line; that page shows no number. */
static void test_letter(void **state)
{
    (void)state;
    for (int fill = 0; fill < 2; fill++) {
        Fixture f;
        fixture_open(&f);
        Document document = {
            .title = "t", .form = FORM_LETTER, .style = style_default(FORM_LETTER)};
        document.style.letter_fill = fill;
        add_masthead(&f, &document, NULL);
        add_text(&f, &document, BLOCK_TITLE, "全面推进人居环境整治函");
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 30));
        Pages *pages = typeset(&f, &document);
        assert_int_equal(pages->page_count, 2);
        assert_null(pages->pages[0].label);
        assert_string_equal(pages->pages[1].label, "2");
        const GlyphRun *last = &pages->pages->marks[pages->pages->mark_count - 1].run;
        Length bottom = run_top(&f, pages, last, ROLE_BODY) + LENGTH_PT(16);
        NEAR(bottom, LENGTH_MM(fill ? 277 - 1 - 4.84 : 262), TENTH);
        fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_speech_front),
        cmocka_unit_test(test_second_title),
        cmocka_unit_test(test_attachment_list),
        cmocka_unit_test(test_attachment_list_kept),
        cmocka_unit_test(test_attendance),
        cmocka_unit_test(test_annotation),
        cmocka_unit_test(test_annotation_kept),
        cmocka_unit_test(test_annotation_beside_seal),
        cmocka_unit_test(test_attachment),
        cmocka_unit_test(test_slip),
        cmocka_unit_test(test_long_slip),
        cmocka_unit_test(test_title_area),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_first_page_body),
        cmocka_unit_test(test_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
