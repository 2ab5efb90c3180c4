/* Photographs and figures on pages: equal heights, the measure, how many on a page, what is never
 * parted. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "page_fixture.h"

enum { MOST = 64 };

#define MEASURE LENGTH_MM(156)
#define GAP LENGTH_MM(5)

typedef struct Found {
    Picture pictures[MOST];
    int pages[MOST], count;
} Found;

static Found find_pictures(const Pages *pages)
{
    Found found = {.count = 0};
    for (size_t p = 0; p < pages->page_count; p++) {
        for (size_t i = 0; i < pages->pages[p].mark_count; i++) {
            const Mark *mark = &pages->pages[p].marks[i];
            if (mark->kind == MARK_PICTURE) {
                assert_true(found.count < MOST);
                found.pages[found.count] = (int)p;
                found.pictures[found.count++] = mark->picture;
            }
        }
    }
    return found;
}

static DocPicture picture(Fixture *f, int width, int height)
{
    DocPicture made = {.head = {.kind = IMAGE_JPEG,
                           .width = width,
                           .height = height,
                           .orientation = 1,
                           .components = 3}};
    made.path = arena_printf(f->arena, "/nowhere/%d×%d.jpg", width, height);
    made.name = made.path + strlen("/nowhere/");
    return made;
}

/* Entries of two pictures each; a width of 0: none yet. */
static DocPhotos *add_photos(Fixture *f, Document *document, const int (*sizes)[4], int count)
{
    DocPhotos *photos = ARENA_NEW(f->arena, DocPhotos);
    photos->entries = ARENA_ARRAY(f->arena, DocPhoto, count);
    photos->entry_count = count;
    photos->pairs = true;
    photos->labels[0] = "整改前";
    photos->labels[1] = "整改后";
    for (int i = 0; i < count; i++) {
        DocPhoto *entry = &photos->entries[i];
        for (int k = 0; k < 2; k++) {
            if (sizes[i][2 * k] > 0) {
                entry->pictures[k] = picture(f, sizes[i][2 * k], sizes[i][2 * k + 1]);
            }
        }
        entry->caption =
            inline_text(f->arena, arena_printf(f->arena, "村%d：说明", i + 1), (At){0});
    }
    document_add(f->arena, document, BLOCK_PHOTOS)->photos = photos;
    return photos;
}

static void open(Fixture *f, Document *document)
{
    fixture_open(f);
    *document = (Document){.title = "t", .style = style_default(FORM_REPORT)};
}

static Found lay(Fixture *f, const Document *document)
{
    return find_pictures(typeset(f, document));
}

/* Whatever their shapes: one height, together the measure, unless that were too tall. */
static void test_pairs(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{1600, 1200, 1600, 1200}, {1600, 1200, 1200, 1600},
        {1600, 900, 1600, 1200}, {1200, 1600, 1200, 1600}, {1000, 3000, 1000, 3000},
        {4000, 1000, 1000, 1000}};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        Fixture f;
        Document document;
        open(&f, &document);
        add_photos(&f, &document, &SIZES[i], 1);
        Found found = lay(&f, &document);
        const Picture *a = &found.pictures[0], *b = &found.pictures[1];
        assert_int_equal(found.count, 2);
        assert_int_equal(a->y, b->y);
        assert_int_equal(a->height, b->height);
        assert_int_equal(b->x - a->x - a->width, GAP);
        NEAR((int64_t)a->width * SIZES[i][1], (int64_t)a->height * SIZES[i][0], SIZES[i][1] * 2);
        NEAR((int64_t)b->width * SIZES[i][3], (int64_t)b->height * SIZES[i][2], SIZES[i][3] * 2);
        NEAR(a->x - LENGTH_MM(28), LENGTH_MM(184) - b->x - b->width, 2); /* centred */
        assert_true(a->height <= LENGTH_MM(80));
        if (a->height < LENGTH_MM(80)) {
            NEAR(a->width + GAP + b->width, MEASURE, 8);
        }
        fixture_close(&f);
    }
}

static Length x_of(const Page *page, const char *text)
{
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        if (page->marks[i].kind == MARK_GLYPHS && strncmp(run->text, text, strlen(text)) == 0) {
            return run->glyphs[0].x;
        }
    }
    fail_msg("there is no %s", text);
    return 0;
}

/* However slim a photograph, words stay within their frame and labels apart. */
static void test_slim_pairs(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{60, 1600, 0, 0}, {60, 1600, 60, 1600}, {60, 1600, 9000, 600}};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        Fixture f;
        Document document;
        open(&f, &document);
        add_photos(&f, &document, &SIZES[i], 1);
        const Pages *pages = typeset(&f, &document);
        const Page *page = &pages->pages[0];
        Length label = LENGTH_PT(31.5), before = x_of(page, "整改前"), after = x_of(page, "整改后");
        assert_true(after >= before + label + LENGTH_PT(10));
        Length right = 0, words = SIZES[i][2] ? 0 : x_of(page, "待整改");
        for (size_t k = 0; k < page->mark_count; k++) {
            const Rect *rule = &page->marks[k].rect;
            if (words && page->marks[k].kind == MARK_RECT && rule->width > rule->height) {
                assert_true(rule->x < words && rule->x + rule->width > words + LENGTH_PT(42));
                right = rule->x + rule->width;
            }
            if (page->marks[k].kind == MARK_PICTURE) {
                right = page->marks[k].picture.x + page->marks[k].picture.width;
            }
        }
        assert_in_range(right, LENGTH_MM(100), LENGTH_MM(184) + 8);
        fixture_close(&f);
    }
}

/* 待整改: a frame as large as the photograph beside it. */
static void test_vacant(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{1200, 1600, 0, 0}, {0, 0, 1600, 1200}, {0, 0, 0, 0}};
    Fixture f;
    Document document;
    open(&f, &document);
    add_photos(&f, &document, SIZES, 3);
    Pages *pages = typeset(&f, &document);
    Found found = find_pictures(pages);
    assert_int_equal(found.count, 2);
    int frames = 0;
    for (size_t i = 0; i < pages->pages[0].mark_count; i++) {
        const Mark *mark = &pages->pages[0].marks[i];
        if (mark->kind == MARK_RECT && mark->rect.height == LENGTH_PT(0.5)) {
            const Picture *beside = &found.pictures[frames / 2 < 1 ? 0 : 1];
            if (frames < 4) {
                Length edge = mark->rect.y + (frames % 2 ? mark->rect.height : 0);
                assert_int_equal(mark->rect.width, beside->width);
                assert_int_equal(edge, beside->y + (frames % 2 ? beside->height : 0));
            }
            frames++;
        }
    }
    assert_int_equal(frames, 8); /* above and below of four */
    int page;
    const GlyphRun *word = run_of(pages, "待整改", &page);
    NEAR(word->glyphs[1].x + word->size / 2,
        found.pictures[0].x + found.pictures[0].width * 3 / 2 + GAP, LENGTH_PT(1));
    run_of(pages, "暂无照片", &page);
    fixture_close(&f);
}

/* Photographs, below them 整改前 and 整改后, below these the caption: none on another. */
static void test_labels_above_caption(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{1600, 1200, 1600, 1200}, {1200, 1600, 0, 0}};
    for (int labelled = 0; labelled < 2; labelled++) {
        Fixture f;
        Document document;
        open(&f, &document);
        DocPhotos *photos = add_photos(&f, &document, SIZES + labelled, 1);
        photos->labels[1] = labelled ? photos->labels[1] : NULL;
        Pages *pages = typeset(&f, &document);
        Picture first = find_pictures(pages).pictures[0];
        int page;
        const GlyphRun *label = run_of(pages, "整改前", &page);
        const GlyphRun *caption = run_of(pages, "村1：说明", &page);
        Length foot = first.y + first.height;
        assert_true(label->glyphs[0].y - label->size * 7 / 10 > foot);
        assert_true(caption->glyphs[0].y - caption->size * 7 / 10 > label->glyphs[0].y);
        NEAR(label->glyphs[1].x + label->size / 2, first.x + first.width / 2, LENGTH_PT(1));
        fixture_close(&f);
    }
}

/* Three pairs of a camera's usual shape on a page; so many as were wished. */
static void test_per_page(void **state)
{
    (void)state;
    static const int WISHED[][2] = {{0, 3}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {6, 6}};
    int sizes[12][4];
    for (int i = 0; i < 12; i++) {
        memcpy(sizes[i], (int[]){1600, 1200, 1600, 1200}, sizeof *sizes);
    }
    for (size_t i = 0; i < sizeof WISHED / sizeof *WISHED; i++) {
        Fixture f;
        Document document;
        open(&f, &document);
        add_photos(&f, &document, sizes, 12)->per_page = WISHED[i][0];
        Pages *pages = typeset(&f, &document);
        Found found = find_pictures(pages);
        assert_int_equal(found.count, 24);
        for (int k = 0; k < 24; k++) {
            const Picture *p = &found.pictures[k];
            assert_int_equal(found.pages[k], k / 2 / WISHED[i][1]);
            assert_true(p->y >= LENGTH_MM(37) && p->y + p->height < LENGTH_MM(255));
            Length y;
            const char *caption = arena_printf(f.arena, "村%d：说明", k / 2 + 1);
            assert_int_equal(page_of(pages, caption, &y), found.pages[k]);
            assert_true(y > p->y + p->height && y < LENGTH_MM(262));
        }
        fixture_close(&f);
    }
}

/* A row never parts, wherever on the page it begins, and nothing runs out of the type area. */
static void test_never_parted(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{1600, 1200, 1600, 1200}, {1200, 1600, 1200, 1600},
        {1600, 900, 1600, 900}, {1600, 1200, 0, 0}, {1600, 1200, 1200, 1600}};
    for (int lines = 0; lines < 22; lines++) {
        for (int per_page = 0; per_page <= 4; per_page += 2) {
            Fixture f;
            Document document;
            open(&f, &document);
            for (int i = 0; i < lines; i++) {
                add_text(&f, &document, BLOCK_PARAGRAPH, "国务院");
            }
            add_heading(&f, &document, 1, "一、", "镇村人居环境");
            add_photos(&f, &document, SIZES, 5)->per_page = per_page;
            Pages *pages = typeset(&f, &document);
            Found found = find_pictures(pages);
            assert_int_equal(found.count, 9);
            Length y;
            assert_int_equal(page_of(pages, "镇村人居环境", &y), found.pages[0]);
            for (int k = 0; k < 9; k++) {
                const Picture *p = &found.pictures[k];
                assert_true(p->y >= LENGTH_MM(37) && p->y + p->height < LENGTH_MM(257));
            }
            for (int entry = 1; entry <= 5; entry++) {
                const char *caption = arena_printf(f.arena, "村%d：说明", entry);
                int page = page_of(pages, caption, &y);
                assert_int_equal(page, found.pages[2 * (entry - 1) - (entry == 5)]);
                assert_true(y < LENGTH_MM(262));
            }
            fixture_close(&f);
        }
    }
}

/* Two side by side, each with its caption; few a page stand below one another. */
static void test_singles(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{1600, 1200, 0, 0}, {1200, 1600, 0, 0}, {1600, 1200, 0, 0},
        {1600, 1200, 0, 0}, {1600, 1200, 0, 0}};
    for (int per_page = 0; per_page <= 2; per_page += 2) {
        Fixture f;
        Document document;
        open(&f, &document);
        DocPhotos *photos = add_photos(&f, &document, SIZES, 5);
        photos->pairs = false;
        photos->per_page = per_page;
        Pages *pages = typeset(&f, &document);
        Found found = find_pictures(pages);
        assert_int_equal(found.count, 5);
        for (int k = 0; k < 5; k++) {
            const Picture *p = &found.pictures[k];
            Length y;
            int page = page_of(pages, arena_printf(f.arena, "村%d：说明", k + 1), &y);
            assert_int_equal(page, found.pages[k]);
            assert_true(y > p->y + p->height && y < p->y + p->height + LENGTH_PT(24));
            if (per_page == 2) {
                assert_int_equal(found.pages[k], k / 2);
                NEAR(p->x + p->width / 2, LENGTH_MM(106), 2);
            } else if (k == 4) { /* alone, but no higher than those above */
                NEAR(p->height, found.pictures[3].height, 4);
                NEAR(p->x + p->width / 2, LENGTH_MM(106), 2);
            } else if (k % 2 == 1) {
                assert_int_equal(p->y, found.pictures[k - 1].y);
                assert_int_equal(p->height, found.pictures[k - 1].height);
            }
        }
        fixture_close(&f);
    }
}

/* ---- figures ---- */

typedef struct FigureCase {
    int width, height, orientation;
    double wished, expected; /* mm of width */
    const char *message;
} FigureCase;

/* As wide as the text, never below 150 dpi, never above two thirds of a page of its own accord. */
static void test_figures(void **state)
{
    (void)state;
    static const FigureCase CASES[] = {
        {3000, 1500, 1, 0, 156, NULL},
        {1500, 3000, 6, 0, 156, NULL}, /* as it is seen */
        {600, 300, 1, 0, 101.6, NULL}, /* 600 / 150 inch */
        {3000, 3000, 1, 0, 150, NULL}, /* 225 · 2/3 */
        {1000, 4000, 1, 0, 37.5, NULL},
        {3000, 1500, 1, 80, 80, NULL},
        {3000, 1500, 1, 300, 156, "W360"},
        {3000, 1500, 1, 300, 156, "按 300 毫米宽放不下，已缩到 156 毫米"},
        {3000, 1500, 1, 799.7, 156, "按 800 毫米宽放不下"},
        {300, 150, 1, 120, 120, "W361"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        Document document;
        open(&f, &document);
        add_text(&f, &document, BLOCK_PARAGRAPH, "国务院");
        DocFigure *figure = ARENA_NEW(f.arena, DocFigure);
        figure->number = 1;
        figure->picture = picture(&f, CASES[i].width, CASES[i].height);
        figure->picture.head.orientation = CASES[i].orientation;
        figure->picture.caption = inline_text(f.arena, "镇村", (At){0});
        figure->width = LENGTH_MM(CASES[i].wished);
        document_add(f.arena, &document, BLOCK_FIGURE)->figure = figure;
        Pages *pages = typeset(&f, &document);
        Found found = find_pictures(pages);
        assert_int_equal(found.count, 1);
        const Picture *p = &found.pictures[0];
        NEAR(p->width, LENGTH_MM(CASES[i].expected), 8);
        NEAR(p->x + p->width / 2, LENGTH_MM(106), 4);
        Length y;
        assert_int_equal(page_of(pages, "镇村", &y), found.pages[0]);
        assert_true(y > p->y + p->height && y < p->y + p->height + LENGTH_PT(20));
        if (CASES[i].message) {
            assert_non_null(strstr(printed(&f), CASES[i].message));
        } else {
            assert_string_equal(printed(&f), "");
        }
        fixture_close(&f);
    }
}

static void add_figure(Fixture *f, Document *document, int width, int height)
{
    DocFigure *figure = ARENA_NEW(f->arena, DocFigure);
    figure->picture = picture(f, width, height);
    document_add(f->arena, document, BLOCK_FIGURE)->figure = figure;
}

/* One that does not fit lets the text after it move up before it, and comes on top of the next
 * page; before other things it stays. */
static void test_waits(void **state)
{
    (void)state;
    static const struct {
        int lines, height; /* above it; the width is 1,000 */
        BlockKind after;
        int page;
        bool passed;
    } CASES[] = {{10, 500, BLOCK_PARAGRAPH, 0, false}, {17, 500, BLOCK_PARAGRAPH, 1, true},
        {19, 500, BLOCK_PARAGRAPH, 1, true}, {17, 500, BLOCK_PHOTOS, 1, false}};
    static const int SIZES[][4] = {{1600, 1200, 1600, 1200}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Fixture f;
        Document document;
        open(&f, &document);
        for (int k = 0; k < CASES[i].lines; k++) {
            add_text(&f, &document, BLOCK_PARAGRAPH, "国务院");
        }
        add_figure(&f, &document, 1000, CASES[i].height);
        if (CASES[i].after == BLOCK_PHOTOS) {
            add_photos(&f, &document, SIZES, 1);
        }
        add_text(&f, &document, BLOCK_PARAGRAPH, "镇村人居环境");
        Pages *pages = typeset(&f, &document);
        Found found = find_pictures(pages);
        Length y;
        assert_int_equal(found.pages[0], CASES[i].page);
        int text = page_of(pages, "镇村人居环境", &y);
        assert_int_equal(text < found.pages[0], CASES[i].passed);
        if (found.pages[0] > 0) {
            assert_int_equal(found.pictures[0].y, LENGTH_MM(37));
        }
        fixture_close(&f);
    }
}

/* Text stands at least half a line's leading below, and at most as far as above when both share
 * what the grid leaves. */
static void test_gaps(void **state)
{
    (void)state;
    for (int height = 300; height < 380; height++) {
        Fixture f;
        Document document;
        open(&f, &document);
        add_text(&f, &document, BLOCK_PARAGRAPH, "国务院");
        add_figure(&f, &document, 1000, height);
        add_text(&f, &document, BLOCK_PARAGRAPH, "镇村人居环境");
        Pages *pages = typeset(&f, &document);
        Picture p = find_pictures(pages).pictures[0];
        int page;
        Length next = run_top(&f, pages, run_of(pages, "镇村人居环境", &page), ROLE_BODY);
        Length above = p.y - grid_top(0) - LENGTH_PT(16), below = next - p.y - p.height;
        assert_in_range(above, LENGTH_MM(4.5), LENGTH_MM(10.5));
        assert_in_range(below, LENGTH_MM(4), LENGTH_MM(10));
        NEAR(above, below, LENGTH_MM(1));
        fixture_close(&f);
    }
}

/* A kept group with photographs of two rows goes over as a whole. */
static void test_kept(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{1600, 1200, 1600, 1200}, {1600, 1200, 1600, 1200}};
    for (int lines = 0; lines < 22; lines++) {
        Fixture f;
        Document document;
        open(&f, &document);
        for (int k = 0; k < lines; k++) {
            add_text(&f, &document, BLOCK_PARAGRAPH, "国务院");
        }
        add_text(&f, &document, BLOCK_PARAGRAPH, "整改情况如下：")->keep = 1;
        add_photos(&f, &document, SIZES, 2);
        document.last->keep = 1;
        add_text(&f, &document, BLOCK_PARAGRAPH, "镇村人居环境")->keep = 1;
        Pages *pages = typeset(&f, &document);
        Found found = find_pictures(pages);
        Length y;
        int first = page_of(pages, "整改情况如下：", &y);
        assert_int_equal(page_of(pages, "镇村人居环境", &y), first);
        for (int k = 0; k < found.count; k++) {
            assert_int_equal(found.pages[k], first);
        }
        assert_string_equal(printed(&f), "");
        fixture_close(&f);
    }
}

/* On turned pages a figure has the measure of the turned sheet. */
static void test_landscape(void **state)
{
    (void)state;
    Fixture f;
    Document document;
    open(&f, &document);
    DocFigure *figure = ARENA_NEW(f.arena, DocFigure);
    figure->picture = picture(&f, 4000, 1000);
    Block *block = document_add(f.arena, &document, BLOCK_FIGURE);
    block->figure = figure;
    block->landscape = 1;
    Pages *pages = typeset(&f, &document);
    Found found = find_pictures(pages);
    assert_int_equal(found.count, 1);
    NEAR(found.pictures[0].width, LENGTH_MM(225), 8);
    NEAR(found.pictures[0].x, LENGTH_MM(35), 8);
    assert_true(pages->pages[found.pages[0]].landscape);
    fixture_close(&f);
}

static void test_caption_too_long(void **state)
{
    (void)state;
    static const int SIZES[][4] = {{1600, 1200, 1600, 1200}};
    Fixture f;
    Document document;
    open(&f, &document);
    add_photos(&f, &document, SIZES, 1)->entries->caption =
        inline_text(f.arena, han(f.arena, 2000), (At){0});
    assert_null(typeset_document(f.arena, &document, f.fonts, f.diags));
    assert_int_equal(diag_count(f.diags, DIAG_ERROR), 1);
    assert_non_null(strstr(printed(&f), "E363"));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_slim_pairs),
        cmocka_unit_test(test_vacant),
        cmocka_unit_test(test_labels_above_caption),
        cmocka_unit_test(test_per_page),
        cmocka_unit_test(test_never_parted),
        cmocka_unit_test(test_singles),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_waits),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_landscape),
        cmocka_unit_test(test_caption_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
