/* What a volume needs of finish: bookmarks, links, page labels, pages that are not ours. Read back
 * through qpdf; tests/bundle judges finished volumes by programs that share no code with us. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "pdf_fixture.h"

/* ---- labels ---- */

#define MOST 8

static void test_labels(void **state)
{
    (void)state;
    static const struct {
        const char *labels[MOST];
        int count;
        const char *numbers;
    } cases[] = {
        {{"1", "2", "3"}, 3, "[ 0 << /S /D /St 1 >> ]"},
        {{NULL, NULL, "1", "2"}, 4, "[ 0 << >> 2 << /S /D /St 1 >> ]"},
        {{NULL, "i", "ii", NULL, "1", NULL, "2"}, 7,
            "[ 0 << >> 1 << /S /r /St 1 >> 3 << >> 4 << /S /D /St 1 >> 5 << >> "
            "6 << /S /D /St 2 >> ]"},
        {{"1", "2", "1", "2", "1"}, 5,
            "[ 0 << /S /D /St 1 >> 2 << /S /D /St 1 >> 4 << /S /D /St 1 >> ]"},
        {{"1-9", "1-10", "2-1", "2-3"}, 4,
            "[ 0 << /P (1-) /S /D /St 9 >> 2 << /P (2-) /S /D /St 1 >> "
            "3 << /P (2-) /S /D /St 3 >> ]"},
        {{"xcix", "c", "ic", "ic"}, 4, "[ 0 << /S /r /St 99 >> 2 << /P (ic) >> ]"},
        {{"007", "0", "1234567"}, 3, "[ 0 << /P (007) >> 1 << /P (0) >> 2 << /P (1234567) >> ]"},
        {{"cover", "mix", "x1"}, 3,
            "[ 0 << /P (cover) >> 1 << /P (mix) >> 2 << /P (x) /S /D /St 1 >> ]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Pages *pages = new_pages(cases[i].count);
        for (int k = 0; k < cases[i].count; k++)
            pages->pages[k].label = cases[i].labels[k];
        assert_true(make(pages));
        assert_string_equal(
            pdf_text(pdf, pdf_key(pdf, root_key("/PageLabels"), "/Nums")), cases[i].numbers);
        qpdf_cleanup(&pdf);
        buf_clear(&finished);
    }
    pdf = NULL;
}

static void test_label_in_chinese(void **state)
{
    (void)state;
    Pages *pages = new_pages(2);
    pages->pages[0].label = "附1";
    pages->pages[1].label = "附2";
    assert_true(make(pages));
    qpdf_oh numbers = pdf_key(pdf, root_key("/PageLabels"), "/Nums");
    assert_int_equal(qpdf_oh_get_array_n_items(pdf, numbers), 2);
    qpdf_oh entry = qpdf_oh_get_array_item(pdf, numbers, 1);
    assert_string_equal(qpdf_oh_get_utf8_value(pdf, pdf_key(pdf, entry, "/P")), "附");
}

/* ---- bookmarks ---- */

static void add_bookmarks(Buf *out, qpdf_oh above)
{
    qpdf_oh before = 0;
    for (qpdf_oh item = pdf_key(pdf, above, "/First"); qpdf_oh_is_dictionary(pdf, item);
         item = pdf_key(pdf, item, "/Next")) {
        qpdf_oh count = pdf_key(pdf, item, "/Count");
        buf_addf(out, "%s", qpdf_oh_get_utf8_value(pdf, pdf_key(pdf, item, "/Title")));
        if (qpdf_oh_is_integer(pdf, count))
            buf_addf(out, "%+d", qpdf_oh_get_int_value_as_int(pdf, count));
        buf_adds(out, "(");
        add_bookmarks(out, item);
        buf_adds(out, ")");
        assert_int_equal(qpdf_oh_get_object_id(pdf, pdf_key(pdf, item, "/Parent")),
            qpdf_oh_get_object_id(pdf, above));
        if (before)
            assert_int_equal(qpdf_oh_get_object_id(pdf, pdf_key(pdf, item, "/Prev")),
                qpdf_oh_get_object_id(pdf, before));
        before = item;
    }
    if (before)
        assert_int_equal(qpdf_oh_get_object_id(pdf, pdf_key(pdf, above, "/Last")),
            qpdf_oh_get_object_id(pdf, before));
}

static void test_bookmarks(void **state)
{
    (void)state;
    static const struct {
        int levels[MOST], count;
        const char *tree;
        int seen;
    } cases[] = {
        {{1}, 1, "甲()", 1},
        {{1, 2, 2, 1}, 4, "甲+2(乙()丙())丁()", 4},
        {{1, 2, 3, 4, 3, 2, 1, 2}, 8, "甲+2(乙-2(丙-1(丁())戊())己())庚+1(辛())", 5},
        {{1, 3, 2, 1}, 4, "甲+2(乙()丙())丁()", 4},
        {{3, 1, 2}, 3, "甲()乙+1(丙())", 3},
    };
    static const char *const titles[MOST] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Pages *pages = new_pages(1);
        pages->volume = true;
        Buf tree = {0};
        for (int k = 0; k < cases[i].count; k++)
            pages_outline(pages, cases[i].levels[k], titles[k], 0, LENGTH_PT(10));
        assert_true(make(pages));
        qpdf_oh outline = root_key("/Outlines");
        add_bookmarks(&tree, outline);
        assert_string_equal(tree.data, cases[i].tree);
        assert_int_equal(
            qpdf_oh_get_int_value_as_int(pdf, pdf_key(pdf, outline, "/Count")), cases[i].seen);
        assert_string_equal(pdf_text(pdf, root_key("/PageMode")), "/UseOutlines");
        buf_free(&tree);
        qpdf_cleanup(&pdf);
        buf_clear(&finished);
    }
    pdf = NULL;
}

/* ---- links ---- */

static qpdf_oh annotation(size_t page, int number)
{
    return qpdf_oh_get_array_item(pdf, page_key(page, "/Annots"), number);
}

static void check_place(qpdf_oh place, size_t page, const char *rest)
{
    assert_int_equal(qpdf_oh_get_object_id(pdf, qpdf_oh_get_array_item(pdf, place, 0)),
        qpdf_oh_get_object_id(pdf, qpdf_get_page_n(pdf, page)));
    qpdf_oh_erase_item(pdf, place, 0);
    assert_string_equal(pdf_text(pdf, place), rest);
}

static void test_links(void **state)
{
    (void)state;
    Pages *pages = new_pages(3);
    pages->pages[1].landscape = true;
    PageLink first = {0,
        {.x = LENGTH_PT(20), .y = LENGTH_PT(30), .width = LENGTH_PT(100), .height = LENGTH_PT(10)},
        1, LENGTH_PT(50), 0, "甲"};
    PageLink turned = first, last = first;
    turned.page = 1;
    last.target = 2;
    pages_link(pages, &first);
    pages_link(pages, &turned);
    pages_link(pages, &last);
    assert_true(make(pages));
    assert_int_equal(qpdf_oh_get_array_n_items(pdf, page_key(0, "/Annots")), 2);
    qpdf_oh one = annotation(0, 0);
    assert_string_equal(
        pdf_text(pdf, pdf_key(pdf, one, "/Rect")), "[ 20.000 260.000 120.000 270.000 ]");
    assert_string_equal(pdf_text(pdf, pdf_key(pdf, one, "/Border")), "[ 0 0 0 ]");
    assert_string_equal(pdf_text(pdf, pdf_key(pdf, one, "/F")), "4");
    assert_string_equal(qpdf_oh_get_utf8_value(pdf, pdf_key(pdf, one, "/Contents")), "甲");
    check_place(pdf_key(pdf, one, "/Dest"), 1, "[ /XYZ 50.000 0.000 0 ]");
    check_place(pdf_key(pdf, annotation(0, 1), "/Dest"), 2, "[ /XYZ 0.000 250.000 0 ]");
    one = annotation(1, 0);
    assert_string_equal(
        pdf_text(pdf, pdf_key(pdf, one, "/Rect")), "[ 30.000 20.000 40.000 120.000 ]");
    assert_true(qpdf_oh_is_null(pdf, root_key("/PageMode")));
}

/* The annotation is a part of the Link, behind its words, and knows it. */
static void test_tagged_link(void **state)
{
    (void)state;
    Pages *pages = new_pages(2);
    pages_tagged(pages);
    int entry = pages_tag(pages, pages_tag(pages, 0, TAG_CONTENTS), TAG_ENTRY);
    int link = pages_tag(pages, pages_tag(pages, entry, TAG_REFERENCE), TAG_LINK);
    pages->pages[0].tag = link;
    page_rect(arena, &pages->pages[0], 0, 0, LENGTH_PT(5), LENGTH_PT(5), (Color){0, 0, 0});
    pages_link(
        pages, &(PageLink){0, {.width = LENGTH_PT(9), .height = LENGTH_PT(9)}, 1, 0, link, "甲"});
    assert_true(make(pages));
    qpdf_oh one = annotation(0, 0),
            parents =
                pdf_key(pdf, pdf_key(pdf, root_key("/StructTreeRoot"), "/ParentTree"), "/Nums");
    assert_string_equal(pdf_text(pdf, pdf_key(pdf, one, "/StructParent")), "2");
    assert_int_equal(qpdf_oh_get_array_n_items(pdf, parents), 6);
    assert_string_equal(pdf_text(pdf, qpdf_oh_get_array_item(pdf, parents, 4)), "2");
    qpdf_oh element = qpdf_oh_get_array_item(pdf, parents, 5), parts = pdf_key(pdf, element, "/K");
    assert_string_equal(pdf_text(pdf, pdf_key(pdf, element, "/S")), "/Link");
    assert_string_equal(
        pdf_text(pdf, pdf_key(pdf, pdf_key(pdf, element, "/P"), "/S")), "/Reference");
    assert_int_equal(qpdf_oh_get_array_n_items(pdf, parts), 2);
    assert_string_equal(pdf_text(pdf, qpdf_oh_get_array_item(pdf, parts, 0)), "0");
    qpdf_oh part = qpdf_oh_get_array_item(pdf, parts, 1);
    assert_int_equal(
        qpdf_oh_get_object_id(pdf, pdf_key(pdf, part, "/Obj")), qpdf_oh_get_object_id(pdf, one));
}

/* A link that nothing of the tree speaks of is a fault of ours. */
static void test_link_without_tag(void **state)
{
    (void)state;
    Pages *pages = new_pages(1);
    pages_tagged(pages);
    pages_link(pages, &(PageLink){.title = "甲"});
    assert_false(make(pages));
    assert_string_equal(told(), "E405");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_labels),
        TEST(test_label_in_chinese),
        TEST(test_bookmarks),
        TEST(test_links),
        TEST(test_tagged_link),
        TEST(test_link_without_tag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
