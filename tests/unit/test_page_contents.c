/* The contents page: entries, numbers, dots; rounds until the numbers are right. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "page_fixture.h"

#define TENTH LENGTH_MM(0.1)

static Block *add_contents(Fixture *f, Document *document)
{
    return document_add(f->arena, document, BLOCK_CONTENTS);
}

/* Whatever precedes it, an entry names the page on which its heading stands. */
static void check_numbers(Fixture *f, const Pages *pages, int entries)
{
    int found = 0;
    for (size_t p = 0; p < pages->page_count; p++) {
        const Page *page = &pages->pages[p];
        for (size_t i = 0; i + 1 < page->mark_count; i++) {
            const Mark *mark = &page->marks[i], *next = &page->marks[i + 1];
            if (mark->kind != MARK_GLYPHS || next->kind != MARK_SHAPE) {
                continue; /* dots follow an entry's last line */
            }
            const GlyphRun *number = &page->marks[i + 2].run;
            assert_true(found < (int)pages->outline_count);
            const OutlineEntry *heading = &pages->outline[found++];
            char *text = arena_printf(f->arena, "%.*s", number->text_bytes, number->text);
            assert_string_equal(text, arena_printf(f->arena, "%d", heading->page + 1));
            NEAR(number->glyphs[number->glyph_count - 1].x + number->size / 2, LENGTH_MM(184),
                LENGTH_MM(0.3));
        }
    }
    assert_int_equal(found, entries);
}

static void test_entries(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_contents(&f, &document);
    add_heading(&f, &document, 1, "一、", "工作情况");
    add_heading(&f, &document, 2, "（一）", "村庄清洁");
    add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * 30));
    Block *run_in = add_heading(&f, &document, 2, "（二）", "厕所革命。");
    run_in->run_in = true;
    run_in->tail = inline_text(f.arena, "正文。", (At){0});
    add_heading(&f, &document, 3, "1.", "不列");
    add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
    add_text(&f, &document, BLOCK_ATTACHMENT, "全镇清单")->number = "附件1";
    add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
    Pages *pages = typeset(&f, &document);
    assert_int_equal(pages->page_count, 4);
    Line lines[30];
    int count = page_lines(pages->pages, lines, 30);
    assert_int_equal(count, 5);
    static const char *const TEXTS[] = {
        "目　录", "一、工作情况2", "（一）村庄清洁2", "（二）厕所革命3", "附件1　全镇清单4"};
    static const int LINES[] = {0, 2, 3, 4, 5};
    for (int i = 0; i < 5; i++) {
        assert_string_equal(lines[i].text, TEXTS[i]);
        Length y = lines[i].y - lines[1].y;
        NEAR(y, i == 0 ? y : (LINES[i] - 2) * PITCH, LENGTH_MM(0.5));
    }
    NEAR(lines[1].left - (BODY_CELL - LENGTH_PT(16)) / 2, LENGTH_MM(28), TENTH);
    NEAR(lines[0].left + lines[0].right, LENGTH_MM(28 + 184), TENTH);
    check_numbers(&f, pages, 4);
    int page;
    NEAR(run_of(pages, "村庄清洁", &page)->glyphs[0].x,
        run_of(pages, "全镇清单", &page)->glyphs[0].x, LENGTH_MM(200));
    fixture_close(&f);
}

/* The contents push everything over by as many pages as they take: one round more. */
static void test_long_contents(void **state)
{
    (void)state;
    for (int headings = 1; headings <= 90; headings += 11) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
        add_text(&f, &document, BLOCK_TITLE, "全面推进人居环境整治");
        add_contents(&f, &document);
        for (int i = 0; i < headings; i++) {
            add_heading(&f, &document, 1 + i % 2, "一、", han(f.arena, 5 + i * 7 % 40));
            add_text(&f, &document, BLOCK_PARAGRAPH, han(f.arena, 28 * (i * 13 % 17) + 5));
        }
        Pages *pages = typeset(&f, &document);
        check_numbers(&f, pages, headings);
        for (size_t i = 0; i < pages->outline_count; i++) {
            assert_true(pages->outline[i].page >= 1); /* contents, then title and text */
        }
        fixture_close(&f);
    }
}

/* In a paper without a head the contents come first, wherever above the text they are written, and
 * the title begins the next page with the text below it; in one with a head they stay. */
static void test_contents_first(void **state)
{
    (void)state;
    static const BlockKind ABOVE[] = {BLOCK_TITLE, BLOCK_BYLINE, BLOCK_DATE, BLOCK_TO};
    enum { COUNT = sizeof ABOVE / sizeof *ABOVE };
    for (int place = 0; place <= COUNT + 1; place++) {
        Fixture f;
        fixture_open(&f);
        Document document = {.title = "t", .style = style_default(FORM_REPORT)};
        for (int i = 0; i <= COUNT; i++) {
            if (i == place) {
                add_contents(&f, &document);
            }
            if (i < COUNT) {
                add_text(&f, &document, ABOVE[i], "全面推进");
            }
        }
        add_heading(&f, &document, 1, "一、", "工作情况");
        add_text(&f, &document, BLOCK_PARAGRAPH, "做好通知");
        if (place > COUNT) { /* below text: a list of what follows, where it is written */
            add_contents(&f, &document);
        }
        Pages *pages = typeset(&f, &document);
        Length y;
        int contents = place > COUNT ? 1 : 0;
        assert_int_equal(page_of(pages, "目　录", &y), contents);
        assert_int_equal(page_of(pages, "全面推进", &y), 1 - contents);
        NEAR(y, LENGTH_MM(37) + text_ascent(LENGTH_PT(22)), LENGTH_MM(1));
        assert_int_equal(page_of(pages, "做好通知", &y), 1 - contents);
        assert_int_equal(pages->page_count, 2);
        fixture_close(&f);
    }
}

/* Long entries turn with an indent, clear of the numbers; dots are in step. */
static void test_long_entry(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_contents(&f, &document);
    add_heading(&f, &document, 1, "一、", han(f.arena, 60));
    add_heading(&f, &document, 2, "（一）", "村");
    add_text(&f, &document, BLOCK_PARAGRAPH, "正文");
    Pages *pages = typeset(&f, &document);
    Line lines[30];
    assert_int_equal(page_lines(pages->pages, lines, 30), 5);
    NEAR(lines[2].left - lines[1].left, 2 * BODY_CELL, LENGTH_MM(0.5));
    assert_true(lines[1].right < LENGTH_MM(184) - 2 * BODY_CELL);
    Length ends[2], starts[2];
    int count = 0;
    for (size_t i = 0; i < pages->pages->mark_count; i++) {
        const Mark *mark = &pages->pages->marks[i];
        if (mark->kind == MARK_SHAPE) {
            starts[count] = mark->shape.path.points[0].x;
            ends[count++] = mark->shape.path.points[1].x;
        }
    }
    assert_int_equal(count, 2);
    assert_int_equal(ends[0], ends[1]);
    assert_int_equal((starts[0] - starts[1]) % (BODY_CELL / 3), 0);
    fixture_close(&f);
}

/* A chart that was drawn lower in one round starts anew in the next, notes are set in each. */
static void test_rounds_undo(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    Document document = {.title = "t", .style = style_default(FORM_OFFICIAL)};
    add_contents(&f, &document);
    add_heading(&f, &document, 1, "一、", "工作");
    add_note(&f, add_text(&f, &document, BLOCK_PARAGRAPH, "甲")->content, "国务院通知");
    Pages *pages = typeset(&f, &document);
    int page, notes = 0;
    run_of(pages, "国务院通知", &page);
    assert_int_equal(page, 1);
    for (size_t p = 0; p < pages->page_count; p++) {
        for (size_t i = 0; i < pages->pages[p].mark_count; i++) {
            const Mark *mark = &pages->pages[p].marks[i];
            notes += mark->kind == MARK_GLYPHS && mark->run.size == LENGTH_PT(9);
        }
    }
    assert_true(notes > 0);
    assert_int_equal(pages->page_count, 2);
    assert_int_equal(pages->outline_count, 1);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_long_contents),
        cmocka_unit_test(test_contents_first),
        cmocka_unit_test(test_long_entry),
        cmocka_unit_test(test_rounds_undo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
