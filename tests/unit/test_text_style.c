/* What the office's style changes in a text: hanging marks, orphans, Western digits; small figures,
 * tabs, addresses; short texts placed by their ink or spread. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "typeset/linebreak.h"
#include "typeset/text_internal.h"
#include "typeset_fixture.h"

static const char TEN[] = "甲乙丙丁戊己庚辛壬癸";

static TextLines *set_lines(Fixture *f, const char *text, Align align, bool boxed)
{
    TextPiece *piece = ARENA_NEW(f->arena, TextPiece);
    *piece = (TextPiece){.style = fixture_style(ROLE_BODY), .text = text};
    LineSpec spec = {.measure = BODY_CELL * 10, .align = align, .no_orphan = true, .boxed = boxed};
    return text_break(&f->ts, piece, &spec);
}

static int line_boxes(const TextLines *lines, int i)
{
    return lines->lines[i]->end - lines->lines[i]->first;
}

/* The comma after the tenth character stands beyond the measure, which the ten fill. */
static void test_hanging(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲乙丙丁戊己庚辛壬癸，。》！");
    const char *text = arena_printf(f.arena, "%s，%s", TEN, TEN);
    DocStyle style = style_default(FORM_OFFICIAL);
    f.ts.style = &style;
    assert_int_equal(line_boxes(set_lines(&f, text, ALIGN_JUSTIFY, false), 0), 9);
    style.hang = true;
    TextLines *lines = set_lines(&f, text, ALIGN_JUSTIFY, false);
    assert_int_equal(line_boxes(lines, 0), 11);
    assert_int_equal(lines->lines[0]->width, BODY_CELL * 10);
    Page *page = pages_add(f.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    text_put_line(&f.ts, page, lines->lines[0], 0, 0, TEXT_NEW_LINE);
    const GlyphRun *run = &page->marks[0].run;
    assert_in_range(run->glyphs[10].x, BODY_CELL * 10 - BODY_CELL / 50, BODY_CELL * 10);
    /* Not in a table's cell, not in a line that is not justified, not behind another mark. */
    assert_int_equal(line_boxes(set_lines(&f, text, ALIGN_JUSTIFY, true), 0), 9);
    assert_int_equal(line_boxes(set_lines(&f, text, ALIGN_LEFT, false), 0), 9);
    lines = set_lines(&f, "甲乙丙丁戊己庚辛壬》，甲乙丙丁戊己庚辛壬癸", ALIGN_JUSTIFY, false);
    assert_true(lines->lines[0]->width == BODY_CELL * 10);
    page = pages_add(f.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    text_put_line(&f.ts, page, lines->lines[0], 0, 0, TEXT_NEW_LINE);
    run = &page->marks[0].run;
    assert_true(run->glyphs[run->glyph_count - 1].x < BODY_CELL * 10 - BODY_CELL / 3);
    /* Nor does an exclamation mark hang. */
    text = arena_printf(f.arena, "%s！%s", TEN, TEN);
    assert_int_equal(line_boxes(set_lines(&f, text, ALIGN_JUSTIFY, false), 0), 9);
    fixture_close(&f);
}

/* 孤字: the wanted number is that of the style. */
static void test_orphan_cells(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲乙丙丁戊己庚辛壬癸。");
    DocStyle style = style_default(FORM_OFFICIAL);
    f.ts.style = &style;
    const char *text = arena_printf(f.arena, "%s%s甲。", TEN, TEN);
    static const int LEFT[] = {2, 2, 3, 4};
    for (int cells = 0; cells <= 3; cells++) {
        style.orphan_cells = cells;
        TextLines *lines = set_lines(&f, text, ALIGN_JUSTIFY, false);
        assert_int_equal(lines->count, 3);
        assert_int_equal(line_boxes(lines, 2), LEFT[cells]);
    }
    fixture_close(&f);
}

static void test_western_digits(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    DocStyle style = style_default(FORM_OFFICIAL);
    style.western_digits = true;
    assert_true(fonts_style(f.fonts, &style));
    fixture_cut(&f, "国2024年 ");
    static const struct {
        Role role;
        const char *digits;
    } FACES[] = {{ROLE_BODY, "LiberationSerif"}, {ROLE_KAI, "LiberationSerif"},
        {ROLE_HEI, "LiberationSerif"}, {ROLE_TITLE, "LiberationSerif"},
        {ROLE_SONG, "FandolSong-Regular"}};
    for (size_t i = 0; i < sizeof FACES / sizeof *FACES; i++) {
        TextPiece piece = {.style = fixture_style(FACES[i].role), .text = "国2024年 2"};
        const Shaped *shaped = shape_pieces(&f.ts, &piece);
        assert_string_equal(f.ts.pages->fonts[shaped->boxes[1].font].name, FACES[i].digits);
        assert_string_not_equal(f.ts.pages->fonts[shaped->boxes[0].font].name, "LiberationSerif");
        assert_int_equal(shaped->boxes[1].class, CLASS_DIGIT);
        /* Two digits still fill a cell, and the grid is kept. */
        assert_in_range(shaped->boxes[1].width, BODY_CELL / 2 - 1, BODY_CELL / 2 + 1);
        assert_in_range(shaped->boxes[6].width, BODY_CELL / 2 - 1, BODY_CELL / 2 + 1);
    }
    fixture_close(&f);
}

static Inline *add_inline(Fixture *f, Inline *last, InlineKind kind, const char *text)
{
    Inline *item = ARENA_NEW(f->arena, Inline);
    item->kind = kind;
    item->text = text;
    if (last) {
        last->next = item;
    }
    return item;
}

/* m² CO₂: small, raised or lowered, never parted from their base; a tab is a blank of two 字. */
static void test_scripts_and_tabs(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "面积5m2的CO　米");
    Inline *first = add_inline(&f, NULL, INLINE_TEXT, "面积5m"), *last = first;
    last = add_inline(&f, last, INLINE_TEXT, "2");
    last->script = SCRIPT_SUPER;
    last = add_inline(&f, last, INLINE_TEXT, "米");
    last = add_inline(&f, last, INLINE_TEXT, "2");
    last->script = SCRIPT_SUB;
    last = add_inline(&f, last, INLINE_TAB, NULL);
    add_inline(&f, last, INLINE_TEXT, "的");
    TextStyle style = fixture_style(ROLE_BODY);
    const TextPiece *pieces = text_pieces(&f.ts, first, &style);
    assert_true(text_need(&f.ts, pieces) && fonts_cut(f.fonts));
    fonts_list(f.fonts, f.ts.pages);
    const Shaped *shaped = shape_pieces(&f.ts, pieces);
    assert_string_equal(shaped->text, "面积5m2米2　　的");
    const Box *super = &shaped->boxes[4], *sub = &shaped->boxes[6];
    assert_int_equal(super->style->size, style.size * 6 / 10);
    assert_true(super->style->rise > style.size / 4 && sub->style->rise < 0);
    assert_int_equal(super->break_before, BREAK_NEVER);
    assert_int_equal(sub->break_before, BREAK_NEVER);
    assert_string_equal(f.ts.pages->fonts[super->font].name, "LiberationSerif");
    assert_int_equal(shaped->boxes[7].width + shaped->boxes[8].width, BODY_CELL * 2);
    /* Nothing opens before the small figure in a stretched line. */
    TextPiece tail = {.style = style, .text = arena_printf(f.arena, "%s", "面积面积面积面积")};
    TextPiece *end = (TextPiece *)pieces;
    while (end->next) {
        end = end->next;
    }
    end->next = &tail;
    LineSpec spec = {.measure = BODY_CELL * 19 / 2, .align = ALIGN_JUSTIFY};
    TextLines *lines = text_break(&f.ts, pieces, &spec);
    const Box *boxes = lines->lines[0]->shaped->boxes;
    assert_int_equal(boxes[3].width, boxes[3].natural);
    fixture_close(&f);
}

/* A long address is broken after its marks, and fills the lines as well as they allow. */
static void test_addresses(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const char *text =
        "详见https://www.example.gov.cn/zwgk/2024/06/notice.html?id=1024&type=report，"
        "或发邮件至renjuhuanjing@example.gov.cn。";
    assert_true(fonts_need(f.fonts, ROLE_BODY, text, (At){0}) && fonts_cut(f.fonts));
    TextLines *lines = set_lines(&f, text, ALIGN_JUSTIFY, false);
    assert_in_range(lines->count, 5, 7);
    for (int i = 0; i + 1 < lines->count; i++) {
        const TextLine *line = lines->lines[i];
        const Box *last = &line->shaped->boxes[line->end - 1];
        if (shape_in_word(last)) {
            assert_non_null(strchr("/.?&=-@", (int)last->code));
        }
        assert_int_equal(line->width, BODY_CELL * 10);
    }
    fixture_close(&f);
}

/* Both ends of the ink, above the baseline: the Han of a face stand round 0.38 em. */
static void test_ink_extent(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "国一　文件，");
    TextStyle style = {.role = ROLE_TITLE, .size = LENGTH_PT(60)};
    Length top, bottom, high, low;
    text_ink_extent(&f.ts, &style, "国", &top, &bottom);
    assert_in_range(top, LENGTH_PT(60 * 0.7), LENGTH_PT(60 * 0.9));
    assert_in_range(-bottom, 1, LENGTH_PT(60 * 0.2));
    assert_in_range((top + bottom) / 2, LENGTH_PT(60 * 0.35), LENGTH_PT(60 * 0.41));
    assert_in_range((top + bottom) / 2 - text_ink_centre(&f.ts, &style, "国") + 2, 0, 4);
    text_ink_extent(&f.ts, &style, "一", &high, &low);
    assert_true(high < top && low > bottom && high > low);
    text_ink_extent(&f.ts, &style, "一国一", &high, &low);
    assert_int_equal(high, top);
    assert_int_equal(low, bottom);
    text_ink_extent(&f.ts, &style, "　", &high, &low);
    assert_true(high == 0 && low == 0);
    fixture_close(&f);
}

static const GlyphRun *put_spread(Fixture *f, const char *text, Length width)
{
    Page *page = pages_add(f->ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    TextStyle style = {.role = ROLE_BODY, .size = LENGTH_PT(16), .cell = LENGTH_PT(40)};
    text_put_spread(&f->ts, page, &style, text, LENGTH_PT(100), width, 0, TEXT_NEW_LINE);
    return &page->marks[0].run;
}

/* 均排: first and last flush with the ends, equal gaps, one cluster (engine.md 1.5). */
static void test_spread(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "县农业局");
    const GlyphRun *run = put_spread(&f, "县农业局", LENGTH_PT(124));
    static const double PLACES[] = {100, 136, 172, 208};
    assert_int_equal(run->glyph_count, 4);
    assert_int_equal(run->cluster_count, 1);
    for (int i = 0; i < 4; i++) {
        assert_in_range(run->glyphs[i].x - LENGTH_PT(PLACES[i]) + 2, 0, 4);
    }
    run = put_spread(&f, "局", LENGTH_PT(124));
    assert_int_equal(run->glyphs[0].x, LENGTH_PT(100 + 54));
    run = put_spread(&f, "县农业局", LENGTH_PT(50));
    assert_in_range(run->glyphs[3].x - LENGTH_PT(148) + 2, 0, 4);
    /* The kept line of the same text is left as it was. */
    TextStyle style = {.role = ROLE_BODY, .size = LENGTH_PT(16)};
    assert_in_range(text_width(&f.ts, &style, "县农业局") - LENGTH_PT(64) + 2, 0, 4);
    fixture_close(&f);
}

/* A cell larger than the glyphs: they stand in its middle. */
static void test_wide_cells(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "通知");
    TextStyle style = {.role = ROLE_TITLE, .size = LENGTH_PT(20), .cell = LENGTH_PT(30)};
    assert_int_equal(text_width(&f.ts, &style, "通知"), LENGTH_PT(60));
    Page *page = pages_add(f.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    text_put(&f.ts, page, &style, "通知", 0, 0, ALIGN_LEFT, TEXT_NEW_LINE);
    const GlyphRun *run = &page->marks[0].run;
    assert_int_equal(run->glyphs[0].x, LENGTH_PT(5));
    assert_int_equal(run->glyphs[1].x, LENGTH_PT(35));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hanging),
        cmocka_unit_test(test_orphan_cells),
        cmocka_unit_test(test_western_digits),
        cmocka_unit_test(test_scripts_and_tabs),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_ink_extent),
        cmocka_unit_test(test_spread),
        cmocka_unit_test(test_wide_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
