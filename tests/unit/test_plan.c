/* The periods of a part of a volume, and how the pages of a volume count. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "template/plan.h"
#include "typeset/volume.h"

/* ---- periods ---- */

/* The one part of a plan with this period=, NULL where it has none. */
static const PlanEntry *part_of(Arena *arena, Diags *diags, const char *period)
{
    char path[] = "/tmp/wenyin-plan-XXXXXX"; /* names itself as the template: one must be there */
    Buf text = {0};
    int file = mkstemp(path);
    buf_addf(&text, "<bundle title=\"册\"><part template=\"%s\"%s%s%s/></bundle>",
        strrchr(path, '/') + 1, period ? " period=\"" : "", period ? period : "",
        period ? "\"" : "");
    assert_true(file >= 0);
    assert_int_equal(write(file, text.data, text.length), (ssize_t)text.length);
    close(file);
    const Template *t = plan_load(arena, path, diags);
    unlink(path);
    buf_free(&text);
    assert_non_null(t);
    return template_plan(t)->entries;
}

static void assert_periods(const char *part, const char *volume, const char *expected)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Period whole, *periods;
    size_t count;
    Buf found = {0};
    assert_true(!volume || period_parse(volume, &whole));
    bool fine = plan_periods(
        arena, part_of(arena, diags, part), volume ? &whole : NULL, diags, &periods, &count);
    for (size_t i = 0; i < count; i++)
        buf_addf(&found, "%s%s", i > 0 ? " " : "", period_raw(arena, periods[i]));
    if (!fine)
        buf_adds(&found, "fault");
    assert_string_equal(found.data ? found.data : "", expected);
    assert_int_equal(diag_failed(diags), !fine);
    buf_free(&found);
    arena_free(arena);
}

static void test_periods(void **state)
{
    (void)state;
    static const struct {
        const char *part, *volume, *expected;
    } rows[] = {
        {NULL, "2024Q2", "2024Q2"},
        {"本期", "2024Q2", "2024Q2"},
        {"上期", "2024Q1", "2023Q4"},
        {"每月", "2024Q2", "2024-04 2024-05 2024-06"},
        {"每月", "2024-06", "2024-06"},
        {"每季", "2024H1", "2024Q1 2024Q2"},
        {"每月", "2023-12-01..2024-01-31", "2023-12 2024-01"},
        {"每月", "2024-05-02..2024-06-30", "2024-06"}, /* whole ones only */
        {"每月", "2024-06-上旬", "fault"},
        {"每季", "2024-06", "fault"},
        {"末月", "2024Q2", "2024-06"},
        {"末季", "2024", "2024Q4"},
        {" ２０２４-０３ ", "2024Q2", "2024-03"},
        {"2024-03", NULL, "2024-03"},
        {"每月", NULL, "fault"},
        {"本期", NULL, "fault"},
        {NULL, NULL, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_periods(rows[i].part, rows[i].volume, rows[i].expected);
}

/* ---- counting ---- */

typedef struct Volume {
    Arena *arena;
    Pages *body;
    VolumeCount count;
} Volume;

static void append(Volume *v, int pages)
{
    Pages *paper = pages_new(v->arena);
    for (int i = 0; i < pages; i++)
        pages_add(paper, 1, 1)->tag = 1; /* tells a page of a paper from a blank one */
    volume_append(v->body, &v->count, paper, 0);
}

/* p3: a part of three pages, u2: another paper of it, d1: a divider. */
static void assert_labels(bool by_parts, const char *plan, const char *expected)
{
    Arena *arena = arena_new();
    Volume v = {.arena = arena, .body = pages_new(arena), .count = {.by_parts = by_parts}};
    Buf found = {0};
    for (; *plan; plan += plan[2] ? 3 : 2) {
        if (plan[0] == 'p')
            volume_begin_part(v.body, &v.count);
        else if (plan[0] == 'u')
            volume_begin_paper(v.body, &v.count);
        else
            volume_begin_divider(v.body, &v.count);
        append(&v, plan[1] - '0');
    }
    for (size_t i = 0; i < v.body->page_count; i++)
        buf_addf(&found, "%s%s%s", i > 0 ? " " : "",
            v.body->pages[i].label ? v.body->pages[i].label : "·",
            v.body->pages[i].tag ? "" : "*"); /* * stands for a blank one */
    assert_string_equal(found.data, expected);
    buf_free(&found);
    arena_free(arena);
}

static void test_labels(void **state)
{
    (void)state;
    assert_labels(false, "p3 p2", "1 2 3 4* 5 6");
    assert_labels(false, "d1 p1 p2", "1 2* 3 4* 5 6");
    assert_labels(false, "p1 u1 u2 p1", "1 2* 3 4* 5 6 7");
    assert_labels(true, "p3 p2", "1-1 1-2 1-3 1-4* 2-1 2-2");
    assert_labels(true, "d1 p1 d1 p2", "· ·* 1-1 1-2* · ·* 2-1 2-2");
    assert_labels(true, "p1 u2 p1", "1-1 1-2* 1-3 1-4 2-1");
}

/* ---- joining ---- */

static void test_join(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Pages *paper = pages_new(arena), *volume = pages_new(arena);
    pages_tagged(paper);
    Page *page = pages_add(paper, 1, 1);
    page->tag = pages_tag(paper, pages_tag(paper, 0, TAG_LIST), TAG_ITEM);
    Mark *mark = page_mark(arena, page, MARK_PICTURE);
    mark->picture.image = pages_image(paper, &(PageImage){.path = "b.png"});
    pages_outline(paper, 1, "一", 0, 7);
    pages_link(paper, &(PageLink){.page = 0, .target = 5, .tag = 2});
    page->foreign = pages_foreign(paper, &(PageForeign){.path = "a.pdf"});

    Pages *first = pages_new(arena);
    pages_tagged(first);
    pages_tag(first, 0, TAG_PARAGRAPH);
    pages_add(first, 1, 1);
    pages_image(volume, &(PageImage){.path = "a.png"});
    volume_join(volume, first, 0);
    volume_join(volume, paper, 2);
    volume_pad(volume);

    assert_int_equal(volume->page_count, 2);
    assert_int_equal(volume->tag_count, 4);
    assert_int_equal(volume->tags[3].parent, 2);
    assert_int_equal(volume->pages[1].marks[0].tag, 3);
    assert_int_equal(volume->pages[1].marks[0].picture.image, 1);
    assert_int_equal(volume->outline[0].level, 3);
    assert_int_equal(volume->outline[0].page, 1);
    assert_int_equal(volume->outline[0].y, 7);
    assert_int_equal(volume->links[0].page, 1);
    assert_int_equal(volume->links[0].target, 5);
    assert_int_equal(volume->links[0].tag, 3);
    assert_int_equal(volume->pages[1].foreign, 1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periods), cmocka_unit_test(test_labels), cmocka_unit_test(test_join)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
