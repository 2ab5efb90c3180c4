/* The display list: builders, dump, plain text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "typeset/pages.h"

static GlyphRun *add_run(Arena *arena, Page *page, const char *text, TextEnd end)
{
    GlyphRun *run = &page_mark(arena, page, MARK_GLYPHS)->run;
    run->text = text;
    run->text_bytes = (int)strlen(text);
    run->size = LENGTH_PT(16);
    run->end = end;
    return run;
}

static char *written(void (*write)(const Pages *, FILE *), const Pages *pages)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    write(pages, out);
    fclose(out);
    return text;
}

static void test_text(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Pages *pages = pages_new(arena);
    Page *page = pages_add(pages, LENGTH_MM(210), LENGTH_MM(297));
    add_run(arena, page, "村名", TEXT_TAB);
    add_run(arena, page, "得分", TEXT_NEW_LINE);
    add_run(arena, page, "今年", TEXT_GOES_ON);
    page_rect(arena, page, 0, 0, 10, 10, (Color){0, 0, 0});
    add_run(arena, page, "GDP", TEXT_SPACE);
    add_run(arena, page, "增长", TEXT_NEW_LINE);
    page = pages_add(pages, LENGTH_MM(210), LENGTH_MM(297));
    add_run(arena, page, "— 2 —", TEXT_NEW_LINE);
    char *text = written(pages_text, pages);
    assert_string_equal(text, "村名\t得分\n今年GDP 增长\n— 2 —\n");
    free(text);
    arena_free(arena);
}

static void test_dump(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Pages *pages = pages_new(arena);
    pages->title = "汇报";
    pages->date = (Date){2024, 6, 30};
    pages->fonts = ARENA_NEW(arena, PageFont);
    pages->fonts[0].name = "FandolFang-Regular";
    pages->font_count = 1;
    pages_outline(pages, 1, "一、工作举措", 0, LENGTH_PT(100));
    Page *page = pages_add(pages, LENGTH_PT(595), LENGTH_PT(842));
    page->label = "1";
    GlyphRun *run = add_run(arena, page, "甲", TEXT_NEW_LINE);
    run->glyph_count = run->cluster_count = 1;
    run->glyphs = &(Glyph){7, LENGTH_PT(80), LENGTH_PT(-1.5)};
    run->clusters = &(Cluster){3, 1};
    page_rect(arena, page, LENGTH_PT(1), LENGTH_PT(2), LENGTH_PT(3), 1, (Color){255, 0, 16});
    Shape *shape = &page_mark(arena, page, MARK_SHAPE)->shape;
    shape->filled = true;
    shape->pattern = PATTERN_DOTS;
    shape->stroke_width = LENGTH_PT(0.5);
    shape->dash[0] = shape->dash[1] = LENGTH_PT(2);
    path_rect(arena, &shape->path, 0, 0, LENGTH_PT(4), LENGTH_PT(5));
    Point a = {1024, 0}, b = {2048, 0}, end = {3072, 0};
    path_curve(arena, &shape->path, a, b, end);
    char *text = written(pages_dump, pages);
    assert_string_equal(text,
        "title 汇报\nauthor -\ndate 2024-06-30\nfont 0 FandolFang-Regular\n"
        "outline 1 page 1 at 100.000 一、工作举措\npage 1 595.000 842.000 label 1\n"
        "glyphs FandolFang-Regular 16.000 #000000 new-line \"甲\" at 80.000, -1.500 clusters 3:1\n"
        "rect 1.000 2.000 3.000 0.001 #ff0010\n"
        "shape fill dots #000000 stroke 0.500 #000000 dash 2.000 2.000 0.000 0.000"
        " M 0.000 0.000 L 4.000 0.000 L 4.000 5.000 L 0.000 5.000 Z"
        " C 1.000 0.000 2.000 0.000 3.000 0.000\n");
    free(text);
    arena_free(arena);
}

/* Without a wish for tags there are none; with it the dump shows the tree, and whose each mark
 * is. */
static void test_tags(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Pages *pages = pages_new(arena);
    Page *page = pages_add(pages, LENGTH_MM(210), LENGTH_MM(297));
    assert_int_equal(pages_tag(pages, 0, TAG_PARAGRAPH), 0);
    assert_int_equal(pages_tag_heading(pages, 1), 0);
    assert_int_equal(pages_tag_figure(pages, 0, "图", &(Rect){0}), 0);
    add_run(arena, page, "甲", TEXT_NEW_LINE);
    pages_tag_texts(pages, page, 0);
    assert_int_equal(pages->tag_count, 0);
    pages_tagged(pages);
    page->tag = pages_tag_heading(pages, 3); /* there was none of level 1 yet */
    add_run(arena, page, "题", TEXT_NEW_LINE);
    page->tag = 0;
    size_t first = page->mark_count;
    add_run(arena, page, "一", TEXT_GOES_ON);
    page_rect(arena, page, 0, 0, 1024, 1024, (Color){0, 0, 0});
    add_run(arena, page, "段", TEXT_TAB);
    add_run(arena, page, "又一段", TEXT_NEW_LINE);
    pages_tag_texts(pages, page, first);
    int row = pages_tag(pages, pages_tag(pages, 0, TAG_TABLE), TAG_ROW);
    int cell = pages_tag(pages, row, TAG_ROW_HEAD);
    pages->tags[cell].columns = 2;
    pages->tags[cell].rows = 1;
    pages_tag_figure(pages, 0, "柱状图", &(Rect){0});
    pages_tag_heading(pages, 5);
    char *text = written(pages_dump, pages);
    const char *tags = strstr(text, "tag 0");
    assert_non_null(tags);
    assert_string_equal(tags,
        "tag 0 Document in 0\ntag 1 H1 in 0\ntag 2 P in 0\ntag 3 P in 0\ntag 4 Table in 0\n"
        "tag 5 TR in 4\ntag 6 TH in 5 columns 2 rows 1 of the row\ntag 7 Figure in 0 柱状图\n"
        "tag 8 H2 in 0\npage 1 595.275 841.890 label -\n"
        "glyphs (no font) 16.000 #000000 new-line \"甲\" at clusters\n"
        "tag 1 glyphs (no font) 16.000 #000000 new-line \"题\" at clusters\n"
        "tag 2 glyphs (no font) 16.000 #000000 goes-on \"一\" at clusters\n"
        "rect 0.000 0.000 1.000 1.000 #000000\n"
        "tag 2 glyphs (no font) 16.000 #000000 tab \"段\" at clusters\n"
        "tag 3 glyphs (no font) 16.000 #000000 new-line \"又一段\" at clusters\n");
    free(text);
    arena_free(arena);
}

/* Marks keep their order and contents while the list grows; paths too. */
static void test_growth(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Pages *pages = pages_new(arena);
    Page *page = pages_add(pages, 1, 1);
    Path path = {0};
    path_move(arena, &path, 0, 0);
    for (int i = 0; i < 1000; i++) {
        page_rect(arena, page, i, 0, 1, 1, (Color){0, 0, 0});
        if (i % 3 == 0) {
            path_curve(arena, &path, (Point){i, 1}, (Point){i, 2}, (Point){i, 3});
        } else {
            path_line(arena, &path, i, 0);
        }
    }
    assert_int_equal(page->mark_count, 1000);
    assert_int_equal(path.op_count, 1001);
    const Point *point = path.points + 1;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(page->marks[i].rect.x, i);
        assert_int_equal(path.ops[i + 1], i % 3 == 0 ? PATH_CURVE : PATH_LINE);
        assert_int_equal(point->x, i);
        point += i % 3 == 0 ? 3 : 1;
    }
    assert_ptr_equal(point, path.points + path.point_count);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_dump),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_growth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
