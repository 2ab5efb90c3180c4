/* 压行: a line more on every page, to keep text on page 1 and to save pages (GB/T 9704 7.3.3,
 * 7.3.5.5; typesetting.md B18). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "official_paper.h"

static const char *const ONE[] = {"镇人民", NULL};

/* A paper with its head, so many lines of addressees, of body, and room for a seal. */
static void open_paper(Paper *paper, int issuers, int addressees, int lines)
{
    static const char *const NAMES[] = {"国务院", "镇人民", "县人大"};
    paper_open(paper, FORM_OFFICIAL);
    Arena *arena = paper->f.arena;
    DocMasthead *head = paper->document.masthead = ARENA_NEW(arena, DocMasthead);
    head->issuers = ARENA_ARRAY(arena, Inline *, issuers);
    head->issuer_count = issuers;
    for (int i = 0; i < issuers; i++) {
        head->issuers[i] = paper_inline(paper, NAMES[i]);
    }
    head->number = paper_inline(paper, "国〔2024〕3号");
    paper_add(paper, BLOCK_TITLE, "关于做好数字政府建设工作的通知");
    char *units = "";
    for (int i = 0; i < addressees * 28 - 1; i++) {
        units = arena_printf(arena, "%s镇", units);
    }
    paper_add(paper, BLOCK_TO, arena_printf(arena, "%s：", units));
    paper_lines(paper, lines);
    paper_sign(paper, SIGN_SEALED, ONE, "2024年6月30日")->seal = LENGTH_MM(42);
}

static bool says(const Paper *paper, const char *code)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    diag_print(paper->f.diags, out, DIAG_TEXT);
    fclose(out);
    bool found = strstr(text, code) != NULL;
    free(text);
    return found;
}

/* From line to line, by the addressees and the first line of the body below them. */
static double pitch_of(Paper *paper)
{
    Placed to = {0}, body = {0};
    assert_true(paper_find(paper, 1, ROLE_BODY, "镇：", &to));
    assert_true(paper_find(paper, 1, ROLE_BODY, "国务院关于", &body));
    return body.top - to.top;
}

/* One line of body that signature and seal would pull over to page 2: the lines close up of their
 * own accord; where that does not help the text stays and the signature goes over, with a warning;
 * only where there is no room for a line of text the paper is refused. */
static void test_first_page(void **state)
{
    (void)state;
    enum { AS_USUAL, CLOSER, PARTED, REFUSED };
    int seen[4] = {0};
    for (int issuers = 1; issuers <= 3; issuers++) {
        for (int addressees = 1, last = AS_USUAL; addressees <= 10; addressees++) {
            Paper paper;
            open_paper(&paper, issuers, addressees, 1);
            bool refused = paper_typeset(&paper) != NULL;
            int now = refused                ? REFUSED
                      : says(&paper, "W313") ? PARTED
                      : says(&paper, "N350") ? CLOSER
                                             : AS_USUAL;
            assert_true(now >= last);
            last = now;
            seen[now]++;
            if (!refused) {
                bool closer = pitch_of(&paper) < PITCH_MM - 0.1;
                assert_int_equal(closer, now == CLOSER);
                assert_int_equal(paper.pages->page_count, now == PARTED ? 2 : 1);
            }
            paper_close(&paper);
        }
    }
    assert_true(seen[AS_USUAL] > 0 && seen[CLOSER] > 0 && seen[PARTED] > 0 && seen[REFUSED] > 0);
}

/* Too many addressees before a text of some lines: they belong into the 版记, the lines stay. */
static void test_addressees(void **state)
{
    (void)state;
    bool refused = false;
    for (int addressees = 5; addressees <= 12 && !refused; addressees++) {
        Paper paper;
        open_paper(&paper, 1, addressees, 6);
        const char *message = paper_typeset(&paper);
        refused = message && strstr(message, "E350");
        assert_false(says(&paper, "N350"));
        paper_close(&paper);
    }
    assert_true(refused);
}

/* When the office wishes it, wherever it saves a page, and only there. */
static void test_saves_pages(void **state)
{
    (void)state;
    int saved = 0, same = 0;
    for (int lines = 2; lines <= 60; lines += 2) {
        size_t pages[2];
        for (int fit = 0; fit < 2; fit++) {
            Paper paper;
            open_paper(&paper, 1, 1, lines);
            paper.document.style.fit = fit;
            assert_null(paper_typeset(&paper));
            pages[fit] = paper.pages->page_count;
            bool closer = pitch_of(&paper) < PITCH_MM - 0.1;
            assert_int_equal(closer, fit && pages[1] < pages[0]);
            assert_int_equal(says(&paper, "N351"), closer);
            paper_close(&paper);
        }
        assert_true(pages[1] <= pages[0]);
        saved += pages[1] < pages[0];
        same += pages[1] == pages[0];
    }
    assert_true(saved > 0 && same > saved);
}

/* The last line of a closer page ends where the type area does. */
static void test_fills_the_type_area(void **state)
{
    (void)state;
    Paper paper;
    for (int lines = 20;; lines++) {
        open_paper(&paper, 1, 1, lines);
        paper.document.style.fit = true;
        assert_null(paper_typeset(&paper));
        if (says(&paper, "N351")) {
            break;
        }
        paper_close(&paper);
    }
    double lowest = 0;
    const Page *page = &paper.pages->pages[0];
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        if (page->marks[i].kind == MARK_GLYPHS && run->size == LENGTH_PT(16)) {
            Length shift = paper_shift(&paper, ROLE_BODY, "镇", run->size);
            Length foot = run->glyphs[0].y + shift - text_ascent(run->size) + run->size;
            lowest = TO_MM(foot) > lowest ? TO_MM(foot) : lowest;
        }
    }
    assert_float_equal(lowest, 262, 0.05);
    paper_close(&paper);
}

/* A grid that an office has made close is not made closer, though it would save a page. */
static void test_close_grid(void **state)
{
    (void)state;
    for (int lines = 20; lines <= 60; lines += 2) {
        Paper paper;
        open_paper(&paper, 1, 1, lines);
        DocStyle *style = &paper.document.style;
        style->fit = true;
        style->lines = 28;
        style->pitch = 0;
        assert_true(style_settle_grid(style));
        assert_null(paper_typeset(&paper));
        assert_false(says(&paper, "N351"));
        paper_close(&paper);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_page),
        cmocka_unit_test(test_addressees),
        cmocka_unit_test(test_saves_pages),
        cmocka_unit_test(test_fills_the_type_area),
        cmocka_unit_test(test_close_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
