/* Pages that are not ours in a volume. The files are written here, so that each fact stands beside
 * what becomes of it; tests/bundle compares what programs of others make of larger ones. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include "base/limits.h"
#include "pdf_fixture.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Three pages that have all from above but where they say otherwise: the second is cut and turned,
 * the third of another size. The first has links of every kind, and a field that is filled in. */
static const char *const FILE_OF_THREE[] = {
    "<< /Type /Catalog /Pages 2 0 R /Dests << /old [4 0 R /Fit] >> /OpenAction 14 0 R "
    "/Names << /Dests << /Kids [15 0 R] >> /EmbeddedFiles << /Names [] >> >> "
    "/AcroForm << /Fields [12 0 R] /SigFlags 3 >> >>",
    "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 /MediaBox [0 0 200 300] "
    "/Resources << /Marker /Inherited >> >>",
    "<< /Type /Page /Parent 2 0 R /Contents 6 0 R /Annots [7 0 R 8 0 R 9 0 R 10 0 R 11 0 R 12 0 R "
    "16 0 R 17 0 R 18 0 R] /AA << /O 14 0 R >> >>",
    "<< /Type /Page /Parent 2 0 R /Contents 6 0 R /CropBox [10 20 110 220] /Rotate -270 >>",
    "<< /Type /Page /Parent 2 0 R /Contents 6 0 R /MediaBox [0 0 842 1191] /Group << /S "
    "/Transparency /CS /DeviceCMYK >> >>",
    "<< /Length 15 >>\nstream\n0 0 5 5 re f q \nendstream",
    "<< /Subtype /Link /Rect [1 2 30 40] /Border [0 0 1] /Dest [5 0 R /XYZ 7 8 null] >>",
    "<< /Subtype /Link /Rect [1 2 30 40] /F 4 /A << /S /GoTo /D /old >> >>",
    "<< /Subtype /Link /Rect [1 2 30 40] /A << /S /GoTo /D (new) >> >>",
    "<< /Subtype /Link /Rect [1 2 30 40] /A << /S /URI /URI (http://x) >> >>",
    "<< /Subtype /Link /Rect [1 2 30 40] /A << /S /GoToR /F (x.pdf) /D [0 /Fit] >> >>",
    "<< /Subtype /Widget /FT /Tx /T (a) /V (b) /F 4 /Rect [50 50 60 60] /AP << /N 13 0 R >> >>",
    "<< /Subtype /Form /BBox [0 0 1 1] /Length 10 >>\nstream\n0 0 1 1 re\nendstream",
    "<< /S /JavaScript /JS (app.alert(1)) >>",
    "<< /Limits [(a) (z)] /Names [(a) [4 0 R /Fit] (new) << /D [3 0 R /FitH 9] >>] >>",
    "<< /Subtype /Link /Rect [1 2 30 40] /Dest (nowhere) >>",
    "<< /Subtype /Link /Rect [1 2 30 40] /Dest [6 0 R /Fit] >>",
    "<< /Subtype /Link /Dest [5 0 R /Fit] >>",
};

static void outside(Pages *pages, const char *const *objects, size_t count)
{
    Buf file = {0};
    pdf_file(&file, objects, count);
    PageForeign foreign = {
        .path = arena_printf(arena, "外%zu.pdf", pages->foreign_count), /* each is another file */
        .name = "外.pdf",
        .bytes = arena_copy(arena, file.data, file.length),
        .length = file.length};
    pages_foreign(pages, &foreign);
    buf_free(&file);
}

/* A page of ours, then pages of the file. */
static Pages *volume(const int *numbers, int count)
{
    Pages *pages = new_pages(count + 1);
    outside(pages, FILE_OF_THREE, COUNT(FILE_OF_THREE));
    for (int i = 0; i < count; i++) {
        pages->pages[i + 1].foreign = 1;
        pages->pages[i + 1].foreign_page = numbers[i];
    }
    return pages;
}

static const char *page_text(size_t page, const char *name)
{
    return arena_strdup(arena, pdf_text(pdf, page_key(page, name)));
}

/* Real numbers as programs read them. */
static void check_box(size_t page, double left, double bottom, double right, double top)
{
    const double wanted[] = {left, bottom, right, top};
    for (int i = 0; i < 4; i++)
        assert_true(qpdf_oh_get_numeric_value(pdf,
                        qpdf_oh_get_array_item(pdf, page_key(page, "/MediaBox"), i)) == wanted[i]);
}

static void test_sizes(void **state)
{
    (void)state;
    Pages *pages = volume(NULL, 0);
    ForeignPage *found;
    assert_int_equal(finish_foreign_pages(arena, &pages->foreigns[0], &found, diags), 3);
    static const int wanted[][2] = {{200, 300}, {200, 100}, {842, 1191}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(found[i].width, LENGTH_PT(wanted[i][0]));
        assert_int_equal(found[i].height, LENGTH_PT(wanted[i][1]));
    }
    assert_string_equal(told(), "");
}

/* Each keeps its size and turn, has what it inherits, and nothing of Cairo's page. */
static void test_pages(void **state)
{
    (void)state;
    assert_true(make(volume((int[]){0, 1, 2}, 3)));
    assert_string_equal(told(), "W594 W595 W593");
    assert_int_equal(qpdf_get_num_pages(pdf), 4);
    check_box(1, 0, 0, 200, 300);
    check_box(2, 10, 20, 110, 220);
    check_box(3, 0, 0, 842, 1191);
    assert_string_equal(page_text(1, "/Rotate"), "null");
    assert_string_equal(page_text(2, "/Rotate"), "90");
    assert_string_equal(page_text(1, "/Group"), "null");
    assert_string_equal(page_text(3, "/Group"), "<< /CS /DeviceCMYK /S /Transparency >>");
    assert_string_equal(page_text(1, "/AA"), "null");
    for (size_t i = 2; i < 4; i++) {
        qpdf_oh form = pdf_key(pdf, pdf_key(pdf, page_key(i, "/Resources"), "/XObject"), "/P");
        qpdf_oh resources = pdf_key(pdf, qpdf_oh_get_dict(pdf, form), "/Resources");
        assert_string_equal(pdf_text(pdf, resources), "<< /Marker /Inherited >>");
    }
}

static bool xmp_says(const char *what)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    qpdf_oh_get_stream_data(pdf, root_key("/Metadata"), qpdf_dl_generalized, NULL, &bytes, &length);
    assert_non_null(bytes);
    bool says = memmem(bytes, length, what, strlen(what));
    free(bytes);
    return says;
}

/* Nothing is claimed of pages that nobody has seen; of ours alone it is. */
static void test_archive(void **state)
{
    (void)state;
    assert_true(make(new_pages(1)));
    assert_true(qpdf_oh_is_array(pdf, root_key("/OutputIntents")));
    assert_true(xmp_says("pdfaid"));
    qpdf_cleanup(&pdf);
    buf_clear(&finished);
    assert_true(make(volume((int[]){0}, 1)));
    assert_false(qpdf_oh_has_key(pdf, qpdf_get_root(pdf), "/OutputIntents"));
    assert_true(xmp_says("dc:title"));
    assert_false(xmp_says("pdfaid"));
}

/* Actions, attachments, fields and names of the file stay behind; what is seen of a field does
 * not. */
static void test_nothing_else(void **state)
{
    (void)state;
    assert_true(make(volume((int[]){0}, 1)));
    static const char *const none[] = {"/AcroForm", "/Names", "/OpenAction", "/Dests"};
    for (size_t i = 0; i < COUNT(none); i++)
        assert_false(qpdf_oh_has_key(pdf, qpdf_get_root(pdf), none[i]));
    int objects = qpdf_oh_get_int_value_as_int(pdf, pdf_key(pdf, qpdf_get_trailer(pdf), "/Size"));
    int fields = 0, looks = 0, scripts = 0;
    for (int id = 1; id < objects; id++) {
        qpdf_oh object = qpdf_get_object_by_id(pdf, id, 0);
        const char *text = pdf_text(pdf, object);
        fields += strstr(text, "/Widget") != NULL;
        scripts += strstr(text, "/JavaScript") != NULL || strstr(text, "/JS") != NULL;
        looks += strstr(text, "/BBox [ 0 0 1 1 ]") != NULL;
    }
    assert_int_equal(fields, 0);
    assert_int_equal(scripts, 0);
    assert_int_equal(looks, 1);
}

static void check_link(size_t page, int number, size_t to, const char *place)
{
    qpdf_oh link = qpdf_oh_get_array_item(pdf, page_key(page, "/Annots"), number);
    qpdf_oh target = pdf_key(pdf, link, "/Dest");
    assert_int_equal(qpdf_oh_get_object_id(pdf, qpdf_oh_get_array_item(pdf, target, 0)),
        qpdf_oh_get_object_id(pdf, qpdf_get_page_n(pdf, to)));
    qpdf_oh_erase_item(pdf, target, 0);
    assert_string_equal(pdf_text(pdf, target), place);
}

/* By a page, by a name of old and of new; those that lead elsewhere are gone. The page that stands
 * twice is found where it first stands. */
static void test_links(void **state)
{
    (void)state;
    assert_true(make(volume((int[]){2, 0, 1, 0, 2}, 5)));
    for (size_t page = 2; page <= 4; page += 2) {
        assert_int_equal(qpdf_oh_get_array_n_items(pdf, page_key(page, "/Annots")), 3);
        check_link(page, 0, 1, "[ /XYZ 7 8 null ]");
        check_link(page, 1, 3, "[ /Fit ]");
        check_link(page, 2, 2, "[ /FitH 9 ]");
        qpdf_oh link = qpdf_oh_get_array_item(pdf, page_key(page, "/Annots"), 0);
        assert_string_equal(pdf_text(pdf, pdf_key(pdf, link, "/Border")), "[ 0 0 1 ]");
        assert_string_equal(pdf_text(pdf, pdf_key(pdf, link, "/F")), "null");
    }
    assert_true(qpdf_oh_is_null(pdf, page_key(1, "/Annots")));
}

static void test_links_to_pages_left_out(void **state)
{
    (void)state;
    assert_true(make(volume((int[]){0}, 1)));
    assert_int_equal(qpdf_oh_get_array_n_items(pdf, page_key(1, "/Annots")), 1);
    check_link(1, 0, 1, "[ /FitH 9 ]");
}

/* Ways into outside pages lead to the corner that is shown at the top left. */
static void test_ways_in(void **state)
{
    (void)state;
    Pages *pages = volume((int[]){0, 1}, 2);
    for (int i = 1; i <= 2; i++)
        pages_outline(pages, 1, "外", i, LENGTH_PT(50));
    assert_true(make(pages));
    qpdf_oh item = pdf_key(pdf, root_key("/Outlines"), "/First");
    static const char *const wanted[] = {"[ /XYZ 0 300 0 ]", "[ /XYZ 10 20 0 ]"};
    for (int i = 0; i < 2; i++, item = pdf_key(pdf, item, "/Next")) {
        qpdf_oh place = pdf_key(pdf, item, "/Dest");
        qpdf_oh_erase_item(pdf, place, 0);
        assert_string_equal(pdf_text(pdf, place), wanted[i]);
    }
}

/* What two pages share is there once; a file's every page is made once, however often it stands. */
static void test_shared(void **state)
{
    (void)state;
    size_t lengths[3];
    static const int many[20] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (int i = 0; i < 3; i++) {
        assert_true(make(volume(many, i == 0 ? 1 : i == 1 ? 10 : 19)));
        lengths[i] =
            (size_t)qpdf_oh_get_int_value_as_int(pdf, pdf_key(pdf, qpdf_get_trailer(pdf), "/Size"));
        qpdf_cleanup(&pdf);
        buf_clear(&finished);
    }
    pdf = NULL;
    assert_true(lengths[2] - lengths[1] <= 9 * 2); /* a page and its contents each */
    assert_true(lengths[2] - lengths[1] == lengths[1] - lengths[0]);
}

static void test_same_bytes(void **state)
{
    (void)state;
    assert_true(make(volume((int[]){0, 1, 2}, 3)));
    Buf first = finished;
    finished = (Buf){0};
    qpdf_cleanup(&pdf);
    assert_true(make(volume((int[]){0, 1, 2}, 3)));
    assert_int_equal(finished.length, first.length);
    assert_memory_equal(finished.data, first.data, first.length);
    buf_free(&first);
}

/* A tree of names that bites its own tail. */
static void test_endless_names(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R /Names << /Dests 4 0 R >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>",
        "<< /Type /Page /Parent 2 0 R /Annots [<< /Subtype /Link /Rect [1 2 3 4] /Dest (a) >>] >>",
        "<< /Kids [4 0 R 4 0 R] >>",
    };
    Pages *pages = new_pages(1);
    outside(pages, objects, COUNT(objects));
    pages->pages[0].foreign = 1;
    assert_true(make(pages));
    assert_true(qpdf_oh_is_null(pdf, page_key(0, "/Annots")));
}

/* A turn of 90.0 is one; a file that hangs on a picture stays behind. */
static void test_odd_pages(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>",
        "<< /Type /Page /Parent 2 0 R /Rotate 450.0 /Resources << /XObject << /AF 4 0 R >> >> >>",
        "<< /Subtype /Form /BBox [0 0 1 1] /AF [<< /EF << /F 5 0 R >> >>] /Length 1 >>\n"
        "stream\nf\nendstream",
        "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream",
    };
    Pages *pages = new_pages(1);
    ForeignPage *found;
    outside(pages, objects, COUNT(objects));
    assert_int_equal(finish_foreign_pages(arena, &pages->foreigns[0], &found, diags), 1);
    assert_int_equal(found->width, LENGTH_PT(300));
    pages->pages[0].foreign = 1;
    assert_true(make(pages));
    assert_string_equal(page_text(0, "/Rotate"), "90");
    qpdf_oh form = pdf_key(pdf, pdf_key(pdf, page_key(0, "/Resources"), "/XObject"), "/P");
    qpdf_oh resources = pdf_key(pdf, qpdf_oh_get_dict(pdf, form), "/Resources");
    qpdf_oh picture = pdf_key(pdf, pdf_key(pdf, resources, "/XObject"), "/AF");
    assert_true(qpdf_oh_is_stream(pdf, picture));
    assert_false(qpdf_oh_has_key(pdf, qpdf_oh_get_dict(pdf, picture), "/AF"));
}

/* Names in a tree whose nodes stand in it again and again. */
static void test_names_again_and_again(void **state)
{
    (void)state;
    enum { NAMES = 20000, KIDS = 2000 };
    Buf names = {0};
    buf_adds(&names, "<< /Names [");
    for (int i = 0; i < NAMES; i++)
        buf_adds(&names, "(a) 0 ");
    buf_adds(&names, "] /Kids [");
    for (int i = 0; i < KIDS; i++)
        buf_adds(&names, "4 0 R ");
    buf_adds(&names, "] >>");
    const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R /Names << /Dests 4 0 R >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>",
        "<< /Type /Page /Parent 2 0 R /Annots [<< /Subtype /Link /Rect [1 2 3 4] /Dest (b) >>] >>",
        names.data,
    };
    Pages *pages = new_pages(1);
    outside(pages, objects, COUNT(objects));
    buf_free(&names);
    pages->pages[0].foreign = 1;
    assert_true(make(pages));
    assert_true(qpdf_oh_is_null(pdf, page_key(0, "/Annots")));
}

/* ---- files that are too much ---- */

/* Object `number` and those behind it, each in the one before. */
static size_t add_chain(const char **objects, size_t number, int depth, const char *format)
{
    for (int i = 0; i < depth; i++, number++)
        objects[number - 1] = arena_printf(arena, format, number + 1);
    objects[number - 1] = "null";
    return number;
}

static void test_too_deep(void **state)
{
    (void)state;
    static const char *objects[LIMIT_PDF_DEPTH + 10] = {"<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>",
        "<< /Type /Page /Parent 2 0 R /Resources << /Pattern 4 0 R >> >>"};
    enum { ABOVE = 3 }; /* the form, its dictionary, the resources */
    for (int beyond = 0; beyond < 2; beyond++) {
        Pages *pages = new_pages(1);
        int depth = LIMIT_PDF_DEPTH - ABOVE + 1 + beyond;
        outside(pages, objects, add_chain(objects, 4, depth, "[%zu 0 R]"));
        pages->pages[0].foreign = 1;
        assert_int_equal(make(pages), !beyond);
        assert_string_equal(told(), beyond ? "W593 E598" : "W593");
        if (!beyond)
            qpdf_cleanup(&pdf);
        buf_clear(&finished);
    }
}

static void test_tree_too_deep(void **state)
{
    (void)state;
    static const char *objects[LIMIT_PDF_DEPTH + 10] = {"<< /Type /Catalog /Pages 2 0 R >>"};
    size_t count =
        add_chain(objects, 2, LIMIT_PDF_DEPTH + 1, "<< /Type /Pages /Kids [%zu 0 R] /Count 1 >>");
    Pages *pages = new_pages(1);
    ForeignPage *found;
    outside(pages, objects, count);
    assert_int_equal(finish_foreign_pages(arena, &pages->foreigns[0], &found, diags), 0);
    assert_string_equal(told(), "E598");
}

/* What is packed twice, or could become too large, is not unpacked to see. */
static void test_too_large(void **state)
{
    (void)state;
    static const struct {
        const char *filter;
        size_t length;
    } cases[] = {
        {"[/RunLengthDecode /FlateDecode]", 1},
        {"/LZW", ((size_t)LIMIT_PDF_CONTENTS << 20) / 2730 + 1},
        {"[/ASCIIHexDecode /Fl]", ((size_t)LIMIT_PDF_CONTENTS << 20) / 1032 + 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *bytes = arena_alloc(arena, cases[i].length + 1);
        memset(bytes, '8', cases[i].length);
        bytes[cases[i].length] = '\0';
        const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>",
            "<< /Type /Page /Parent 2 0 R /Contents [4 0 R] >>",
            arena_printf(arena, "<< /Length %zu /Filter %s >>\nstream\n%s\nendstream",
                cases[i].length, cases[i].filter, bytes)};
        Pages *pages = new_pages(1);
        outside(pages, objects, COUNT(objects));
        pages->pages[0].foreign = 1;
        assert_false(make(pages));
        assert_string_equal(told(), "E599"); /* the same again is told once */
    }
}

/* ---- files that are none ---- */

static void test_refused(void **state)
{
    (void)state;
    static const char *const empty[] = {
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"};
    static const char *const large[] = {"<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100000000 100] >>"};
    static const char *const boxless[] = {"<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R >>"};
    static const struct {
        const char *const *objects;
        size_t count;
        const char *code;
    } cases[] = {{empty, COUNT(empty), "E574"}, {large, COUNT(large), "E574 E597"},
        {boxless, COUNT(boxless), "E574 E597 E573"}};
    Pages *pages = new_pages(1);
    ForeignPage *found;
    for (size_t i = 0; i < COUNT(cases); i++) {
        outside(pages, cases[i].objects, cases[i].count);
        assert_int_equal(finish_foreign_pages(arena, &pages->foreigns[i], &found, diags), 0);
        assert_string_equal(told(), cases[i].code);
    }
    PageForeign text = {.path = "文.pdf", .name = "文.pdf", .bytes = "no", .length = 2};
    assert_int_equal(finish_foreign_pages(arena, &text, &found, diags), 0);
    assert_string_equal(told(), "E574 E597 E573 E571");
}

/* One message says why, though it was found while finishing. */
static void test_told_once(void **state)
{
    (void)state;
    Pages *pages = volume((int[]){0}, 1);
    pages->foreigns[0].length /= 2;
    assert_false(make(pages));
    assert_string_equal(told(), "E573");
}

/* The plan refuses it. */
static void test_tagged(void **state)
{
    (void)state;
    Pages *pages = volume((int[]){0}, 1);
    pages_tagged(pages);
    assert_false(make(pages));
    assert_string_equal(told(), "E405");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_sizes),
        TEST(test_pages),
        TEST(test_archive),
        TEST(test_nothing_else),
        TEST(test_links),
        TEST(test_links_to_pages_left_out),
        TEST(test_ways_in),
        TEST(test_shared),
        TEST(test_same_bytes),
        TEST(test_endless_names),
        TEST(test_odd_pages),
        TEST(test_names_again_and_again),
        TEST(test_too_deep),
        TEST(test_tree_too_deep),
        TEST(test_too_large),
        TEST(test_refused),
        TEST(test_told_once),
        TEST(test_tagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
