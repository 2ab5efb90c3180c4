/* Turned pages, groups that stay together, page numbers, running heads: typesetting.md
 * 4, 6.1, 10.6, 16 against the display list. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "page_fixture.h"

#define TENTH LENGTH_MM(0.1)

/* ---------------------------------------------------------------- turned pages, groups */

/* 6.1: text of a landscape group in 225 × 156 mm at (35, 28) of the turned sheet; the number
 * upright where portrait pages have it; what follows on a new upright page. */
static void test_landscape(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_text(&f, &document, BLOCK_PARAGRAPH, "甲段");
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 40 * 20))->landscape = 1;
    add_text(&f, &document, BLOCK_PARAGRAPH, "乙段");
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 4);
    for (size_t p = 0; p < pages->page_count; p++) {
        const Page *page = &pages->pages[p];
        bool turned = p == 1 || p == 2;
        assert_int_equal(page->landscape, turned);
        for (size_t i = 0; i + 1 < page->mark_count; i++) {
            const GlyphRun *run = &page->marks[i].run;
            assert_int_equal(page->marks[i].turned, turned);
            if (turned) {
                const Glyph *last = &run->glyphs[run->glyph_count - 1];
                assert_true(run->glyphs[0].x >= LENGTH_MM(34.9));
                assert_true(last->x + run->size <= LENGTH_MM(260.1));
                assert_true(run->glyphs[0].y <= LENGTH_MM(184));
            }
        }
        const Mark *number = &page->marks[page->mark_count - 1];
        assert_false(number->turned);
        assert_true(number->run.glyphs[0].y > LENGTH_MM(265));
    }
    int page;
    const GlyphRun *first = run_of(pages, "国务院", &page);
    assert_int_equal(page, 1);
    NEAR(run_left(first), LENGTH_MM(35) + 2 * BODY_CELL, TENTH);
    NEAR(run_top(&f, pages, first, ROLE_BODY), LENGTH_MM(28), TENTH);
    run_of(pages, "乙段", &page);
    assert_int_equal(page, 3);
    fixture_close(&f);
}

/* A heading goes with the turned text it stands over, and back. */
static void test_landscape_headings(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_text(&f, &document, BLOCK_PARAGRAPH, "甲段");
    add_heading(&f, &document, 1, "一、", "镇情");
    add_heading(&f, &document, 2, "（一）", "村情");
    add_text(&f, &document, BLOCK_PARAGRAPH, "乙段")->landscape = 1;
    add_heading(&f, &document, 1, "二、", "整治")->landscape = 1;
    add_text(&f, &document, BLOCK_PARAGRAPH, "丙段");
    Pages *pages = typeset(&f, &document);
    static const char *const TEXTS[] = {"甲段", "镇情", "村情", "乙段", "整治", "丙段"};
    static const int PAGES[] = {0, 1, 1, 1, 2, 2};
    for (int i = 0; i < 6; i++) {
        int page;
        run_of(pages, TEXTS[i], &page);
        assert_int_equal(page, PAGES[i]);
    }
    fixture_close(&f);
}

/* A group stands on one page; one that is too high is parted, with a warning and nothing lost. */
static void test_keep(void **state)
{
    (void)state;
    static const struct {
        int before, group, page;
        bool warned;
    } CASES[] = {{10, 5, 0, false}, {17, 5, 0, false}, {18, 5, 1, false}, {21, 22, 1, false},
        {3, 23, 0, true}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * CASES[i].before - 2));
        for (int k = 0; k < CASES[i].group; k++) {
            add_text(&f, &document, BLOCK_PARAGRAPH, arena_printf(f.arena, "段%d。", k))->keep = 1;
        }
        Pages *pages = typeset(&f, &document);
        int first, last;
        run_of(pages, "段0。", &first);
        run_of(pages, arena_printf(f.arena, "段%d。", CASES[i].group - 1), &last);
        assert_int_equal(first, CASES[i].page);
        assert_int_equal(last, CASES[i].warned ? first + 1 : first);
        assert_int_equal(strstr(printed(&f), "W312") != NULL, CASES[i].warned);
        fixture_close(&f);
    }
}

/* A heading before a kept group goes over with it. */
static void test_keep_heading(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 17 - 2));
    add_heading(&f, &document, 1, "一、", "镇情");
    for (int k = 0; k < 5; k++) {
        add_text(&f, &document, BLOCK_PARAGRAPH, arena_printf(f.arena, "段%d。", k))->keep = 1;
    }
    Pages *pages = typeset(&f, &document);
    int heading, first;
    run_of(pages, "镇情", &heading);
    run_of(pages, "段0。", &first);
    assert_int_equal(heading, 1);
    assert_int_equal(first, 1);
    fixture_close(&f);
}

static void test_page_break(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    document_add(f.arena, &document, BLOCK_PAGE_BREAK); /* nothing stands above: no blank page */
    add_text(&f, &document, BLOCK_PARAGRAPH, "甲段");
    document_add(f.arena, &document, BLOCK_PAGE_BREAK);
    document_add(f.arena, &document, BLOCK_PAGE_BREAK);
    add_text(&f, &document, BLOCK_PARAGRAPH, "乙段");
    document_add(f.arena, &document, BLOCK_PAGE_BREAK);
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 2);
    int page;
    run_of(pages, "乙段", &page);
    assert_int_equal(page, 1);
    fixture_close(&f);
}

/* ---------------------------------------------------------------- folios and running heads */

/* N1–N3 and the parameters of 16: edges of the number in millimetres. */
static void test_folio(void **state)
{
    (void)state;
    static const struct {
        FolioPlace place;
        double indent;
        bool mirror;
        double odd_right, even_left; /* 0: centred */
        double even_middle;
    } CASES[] = {
        {FOLIO_OUTSIDE, 5.5714, false, 178.43, 33.57, 0},
        {FOLIO_OUTSIDE, 4.94, false, 179.06, 32.94, 0},
        {FOLIO_OUTSIDE, 5.5714, true, 178.43, 31.57, 0},
        {FOLIO_CENTRE, 5.5714, false, 0, 0, 106},
        {FOLIO_CENTRE, 5.5714, true, 0, 0, 104},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        document.style.folio_place = CASES[i].place;
        document.style.folio_indent = LENGTH_MM(CASES[i].indent);
        document.style.mirror = CASES[i].mirror;
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 30));
        Pages *pages = typeset(&f, &document);
        int page;
        const GlyphRun *odd = run_of(pages, "— 1 —", &page);
        const GlyphRun *even = run_of(pages, "— 2 —", &page);
        Length odd_left = odd->glyphs[0].x, even_left = even->glyphs[0].x;
        Length odd_right = odd->glyphs[odd->glyph_count - 1].x + odd->size;
        Length even_right = even->glyphs[even->glyph_count - 1].x + even->size;
        if (CASES[i].odd_right > 0) {
            NEAR(odd_right, LENGTH_MM(CASES[i].odd_right), TENTH);
            NEAR(even_left, LENGTH_MM(CASES[i].even_left), TENTH);
        } else {
            NEAR((odd_left + odd_right) / 2, LENGTH_MM(106), TENTH);
            NEAR((even_left + even_right) / 2, LENGTH_MM(CASES[i].even_middle), TENTH);
        }
        fixture_close(&f);
    }
}

/* Top of the dash's ink at 269 mm instead of its middle: lower by half its thickness. */
static void test_folio_dash(void **state)
{
    (void)state;
    Length baseline[2];
    for (int top = 0; top < 2; top++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        document.style.dash_top = top;
        add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
        int page;
        baseline[top] = run_of(typeset(&f, &document), "— 1 —", &page)->glyphs[0].y;
        fixture_close(&f);
    }
    assert_in_range(baseline[1] - baseline[0], LENGTH_MM(0.02), LENGTH_MM(0.3));
}

static void test_no_folio(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    document.style.folio_place = FOLIO_NONE;
    add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->pages->mark_count, 1);
    assert_null(pages->pages->label);
    fixture_close(&f);
}

/* Even pages of mirrored papers stand 2 mm further left. */
static void test_mirror(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    document.style.mirror = true;
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 60));
    Pages *pages = typeset(&f, &document);
    static const double LEFT[] = {28, 26, 28};
    for (int p = 0; p < 3; p++) {
        Line lines[30];
        page_lines(&pages->pages[p], lines, 30);
        NEAR(lines[1].left - (BODY_CELL - LENGTH_PT(16)) / 2, LENGTH_MM(LEFT[p]), TENTH);
    }
    fixture_close(&f);
}

/* Above the type area from page 2 on, never on a blank page. */
static void test_running_head(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    document.style.running_head = "年度材料";
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 44 - 2));
    document.imprint = ARENA_NEW(f.arena, DocImprint);
    document.imprint->issuer = inline_text(f.arena, "国务院", (At){0});
    document.imprint->date = inline_text(f.arena, "2024年6月5日", (At){0});
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 4);
    int page;
    const GlyphRun *run = run_of(pages, "年度材料", &page);
    assert_int_equal(page, 1);
    assert_true(run->glyphs[0].y < LENGTH_MM(36));
    assert_true(run->glyphs[0].y > LENGTH_MM(15));
    NEAR(run->glyphs[0].x + run->glyphs[3].x + run->size, LENGTH_MM(28 + 184), TENTH);
    assert_int_equal(pages->pages[2].mark_count, 0);
    fixture_close(&f);
}

/* One that would leave the type area is refused: nothing of it is lost in silence. */
static void test_long_running_head(void **state)
{
    (void)state;
    for (int count = 41; count <= 44; count++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_REPORT)};
        document.style.running_head = han(f.arena, count);
        add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
        bool fits = count * LENGTH_PT(10.5) <= LENGTH_MM(156);
        assert_int_equal(typeset_document(f.arena, &document, f.fonts, f.diags) != NULL, fits);
        assert_int_equal(strstr(printed(&f), "E345") != NULL, !fits);
        fixture_close(&f);
    }
}

/* ---------------------------------------------------------------- widows, bold */

static void test_widow_off(void **state)
{
    (void)state;
    for (int widow = 0; widow < 2; widow++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        document.style.widow = widow;
        add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 23 - 2));
        Pages *pages = typeset(&f, &document);
        Line lines[30];
        assert_int_equal(page_lines(pages->pages, lines, 30), widow ? 21 : 22);
        fixture_close(&f);
    }
}

/* bold_level 2: level 2 in the office's bold 楷体; 3: level 3, and it alone, in its bold 仿宋. */
static void test_bold_levels(void **state)
{
    (void)state;
    static const struct {
        int level;
        const char *faces[2]; /* of levels 2 and 3 */
    } CASES[] = {{0, {"FandolKai-Regular", "FandolFang-Regular"}},
        {2, {"FandolHei-Regular", "FandolFang-Regular"}},
        {3, {"FandolKai-Regular", "FandolSong-Regular"}}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        fixture_open(&f);
        const char *folder = fixture_fonts_folder();
        FontFace body = {.role = ROLE_BODY_BOLD,
            .path = arena_printf(f.arena, "%s/FandolSong-Regular.otf", folder)};
        FontFace kai = {.role = ROLE_KAI_BOLD,
            .path = arena_printf(f.arena, "%s/FandolHei-Regular.otf", folder),
            .next = &body};
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        document.style.bold_level = CASES[i].level;
        document.style.faces = &kai;
        add_heading(&f, &document, 2, "（一）", "镇情");
        add_heading(&f, &document, 3, "1.", "村情");
        add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
        Pages *pages = typeset(&f, &document);
        static const char *const TEXTS[] = {"镇情", "村情"};
        for (int k = 0; k < 2; k++) {
            int page;
            const GlyphRun *run = run_of(pages, TEXTS[k], &page);
            assert_string_equal(pages->fonts[run->font].name, CASES[i].faces[k]);
        }
        fixture_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_landscape),
        cmocka_unit_test(test_landscape_headings),
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_keep_heading),
        cmocka_unit_test(test_page_break),
        cmocka_unit_test(test_folio),
        cmocka_unit_test(test_folio_dash),
        cmocka_unit_test(test_no_folio),
        cmocka_unit_test(test_mirror),
        cmocka_unit_test(test_running_head),
        cmocka_unit_test(test_long_running_head),
        cmocka_unit_test(test_widow_off),
        cmocka_unit_test(test_bold_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
