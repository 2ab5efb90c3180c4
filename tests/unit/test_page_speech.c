/* The copy for reading aloud: larger type, and no page turned inside a sentence. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "page_fixture.h"

static DocStyle spoken_style(void)
{
    DocStyle style = style_default(FORM_SPEECH);
    style.read_aloud = true;
    style.body_size = LENGTH_PT(18);
    style.title_size = LENGTH_PT(24);
    style.chars = 24;
    style.lines = 19;
    style.cell = style.pitch = 0;
    assert_true(style_settle_grid(&style));
    return style;
}

/* A paragraph of sentences of these lengths, their marks included. */
static char *sentences(Arena *arena, const int *lengths, int count)
{
    char *text = "";
    for (int i = 0; i < count; i++) {
        text = arena_printf(arena, "%s%s。", text, han(arena, lengths[i] - 1));
    }
    return text;
}

static char *body_text(Fixture *f, const Pages *pages, size_t p)
{
    Line lines[30];
    char *text = "";
    int count = page_lines(&pages->pages[p], lines, 30);
    for (int i = 0; i < count; i++) {
        text = arena_printf(f->arena, "%s%s", text, lines[i].text);
    }
    return text;
}

static bool ends_with(const char *text, const char *end)
{
    return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

/* Pages end with 。 while sentences are short, and nothing is lost. */
static void test_page_ends(void **state)
{
    (void)state;
    for (int length = 20; length <= 110; length += 9) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
        int lengths[40];
        for (int i = 0; i < 40; i++) {
            lengths[i] = length - i * 5 % 13;
        }
        char *all = "";
        for (int paragraph = 0; paragraph < 3; paragraph++) {
            char *text = sentences(f.arena, lengths, 40);
            add_text(&f, &document, BLOCK_PARAGRAPH, text);
            all = arena_printf(f.arena, "%s%s", all, text);
        }
        Pages *pages = typeset(&f, &document);
        char *set = "";
        for (size_t p = 0; p < pages->page_count; p++) {
            char *page = body_text(&f, pages, p);
            assert_true(ends_with(page, "。"));
            set = arena_printf(f.arena, "%s%s", set, page);
        }
        assert_string_equal(set, all);
        fixture_close(&f);
    }
}

/* A sentence of more than five lines is parted rather than leave them empty; one of a few goes over
 * whole, flush left where the paragraph goes on. */
static void test_long_sentences(void **state)
{
    (void)state;
    static const struct {
        int before, second; /* lines of the first sentence; characters of the second */
        int first_page;     /* lines on page 1 */
    } CASES[] = {{17, 24 * 4, 17}, {14, 24 * 7, 14}, {13, 24 * 9, 19}, {19, 24 * 2, 19}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
        int lengths[] = {24 * CASES[i].before - 2, CASES[i].second};
        add_text(&f, &document, BLOCK_PARAGRAPH, sentences(f.arena, lengths, 2));
        Pages *pages = typeset(&f, &document);
        Line lines[30];
        assert_int_equal(page_lines(pages->pages, lines, 30), CASES[i].first_page);
        page_lines(&pages->pages[1], lines, 30);
        NEAR(lines[0].left, LENGTH_MM(28), LENGTH_MM(0.3));
        fixture_close(&f);
    }
}

/* A sentence longer than a page is parted; the pages after it end with a sentence again. */
static void test_after_long_sentence(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
    int lengths[16] = {24 * 25 - 2};
    for (int i = 1; i < 16; i++) {
        lengths[i] = 24 * 3 - 7;
    }
    add_text(&f, &document, BLOCK_PARAGRAPH, sentences(f.arena, lengths, 16));
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 4);
    assert_false(ends_with(body_text(&f, pages, 0), "。"));
    assert_true(ends_with(body_text(&f, pages, 1), "。"));
    assert_true(ends_with(body_text(&f, pages, 2), "。"));
    fixture_close(&f);
}

/* The paragraph itself goes over when not even its first sentence ends on the page; a heading
 * before it too. */
static void test_whole_paragraph(void **state)
{
    (void)state;
    for (int heading = 0; heading < 2; heading++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
        int one = 24 * 15 - 2, second = 24 * 5 - 2;
        add_text(&f, &document, BLOCK_PARAGRAPH, sentences(f.arena, &one, 1));
        if (heading) {
            add_heading(&f, &document, 1, "一、", "镇情");
        }
        add_text(&f, &document, BLOCK_PARAGRAPH, sentences(f.arena, &second, 1));
        Pages *pages = typeset(&f, &document);
        Line lines[30];
        assert_int_equal(page_lines(pages->pages, lines, 30), 15);
        assert_int_equal(page_lines(&pages->pages[1], lines, 30), 5 + heading);
        fixture_close(&f);
    }
}

/* A run-in heading is no sentence: it stays with the one behind it, and both are two lines at
 * least at the foot of a page. */
static void test_run_in(void **state)
{
    (void)state;
    static const struct {
        int before, first, second; /* lines; characters of the two sentences behind the heading */
        int first_page;            /* lines on page 1 */
    } CASES[] = {{15, 24 * 4, 24, 15}, {12, 24 * 8, 24, 19}, {15, 24 * 2, 24 * 4, 18},
        {18, 4, 24 * 4, 18}, {17, 24, 24 * 4, 19}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
        int before = 24 * CASES[i].before - 2, text[] = {CASES[i].first, CASES[i].second};
        add_text(&f, &document, BLOCK_PARAGRAPH, sentences(f.arena, &before, 1));
        Block *heading = add_heading(&f, &document, 2, "（一）", "镇情。");
        heading->run_in = true;
        heading->tail = inline_text(f.arena, sentences(f.arena, text, 2), (At){0});
        Pages *pages = typeset(&f, &document);
        Line lines[30];
        assert_int_equal(page_lines(pages->pages, lines, 30), CASES[i].first_page);
        fixture_close(&f);
    }
}

/* Closing quotes stay with their sentence; notes are kept where a paragraph is parted. */
static void test_quotes_and_notes(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
    Inline *first =
        inline_text(f.arena, arena_printf(f.arena, "“%s！”", han(f.arena, 24 * 12)), (At){0});
    add_text(&f, &document, BLOCK_PARAGRAPH, "")->content = first;
    Inline *note = add_note(&f, first, "国务院通知");
    note->next =
        inline_text(f.arena, arena_printf(f.arena, "%s。末句。", han(f.arena, 24 * 8)), (At){0});
    Pages *pages = typeset(&f, &document);
    int page;
    run_of(pages, "国务院通知", &page);
    run_of(pages, "末句", &page);
    assert_int_equal(page, 1);
    char *text = body_text(&f, pages, 0);
    assert_non_null(strstr(text, "！”"));
    fixture_close(&f);
}

/* The body is set in bold 宋体, nineteen lines a page. */
static void test_face(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
    add_text(&f, &document, BLOCK_PARAGRAPH, "今天。");
    Pages *pages = typeset(&f, &document);
    int page;
    const GlyphRun *run = run_of(pages, "今天", &page);
    assert_string_equal(pages->fonts[run->font].name, "FandolSong-Bold");
    assert_int_equal(run->size, LENGTH_PT(18));
    fixture_close(&f);
}

/* Headings of both levels are set in 黑体, which shows beside the bold text. */
static void test_headings(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
    add_heading(&f, &document, 1, "一、", "镇情");
    add_heading(&f, &document, 2, "（一）", "工作");
    Pages *pages = typeset(&f, &document);
    int page;
    const GlyphRun *first = run_of(pages, "镇情", &page), *second = run_of(pages, "工作", &page);
    const char *name = pages->fonts[first->font].name;
    assert_string_not_equal(name, "FandolSong-Bold");
    assert_string_equal(pages->fonts[second->font].name, name);
    fixture_close(&f);
}

/* The subtitle is as far from the title as the speaker from the subtitle. */
static void test_subtitle(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .form = FORM_SPEECH, .style = spoken_style()};
    add_text(&f, &document, BLOCK_TITLE, "全面推进");
    add_text(&f, &document, BLOCK_SUBTITLE, "在会议上");
    add_text(&f, &document, BLOCK_BYLINE, "镇长");
    add_text(&f, &document, BLOCK_PARAGRAPH, "今天。");
    Pages *pages = typeset(&f, &document);
    int page;
    Length title = run_top(&f, pages, run_of(pages, "全面推进", &page), ROLE_TITLE),
           subtitle = run_top(&f, pages, run_of(pages, "在会议上", &page), ROLE_KAI),
           byline = run_top(&f, pages, run_of(pages, "镇长", &page), ROLE_KAI);
    Length leading = document.style.pitch - document.style.body_size;
    NEAR(subtitle - title - document.style.title_size, leading, LENGTH_MM(0.1));
    NEAR(byline - subtitle - document.style.body_size, leading, LENGTH_MM(0.1));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_ends),
        cmocka_unit_test(test_long_sentences),
        cmocka_unit_test(test_after_long_sentence),
        cmocka_unit_test(test_whole_paragraph),
        cmocka_unit_test(test_run_in),
        cmocka_unit_test(test_quotes_and_notes),
        cmocka_unit_test(test_face),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_subtitle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
