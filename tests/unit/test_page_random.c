/* Random papers lose no text, stay in the type area and leave no heading at a page's foot. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "page_fixture.h"

enum { PAPERS = 150, MAX_BLOCKS = 40 };

typedef struct Random {
    uint64_t state;
} Random;

static int below(Random *random, int limit)
{
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (int)((random->state >> 33) % (uint64_t)limit);
}

/* Every text is known by its numbers. */
typedef struct Paper {
    Fixture f;
    Document document;
    Random random;
    const char *texts[MAX_BLOCKS * 2];
    bool heading[MAX_BLOCKS * 2];
    int parts[MAX_BLOCKS * 2];
    int count, notes, keep, landscape;
} Paper;

/* Numbers, which are never parted, between Han: 1012003 is the third of the twelfth text. */
static const char *next_text(Paper *paper, int most)
{
    Arena *arena = paper->f.arena;
    int parts = 1 + below(&paper->random, most) / 12;
    char *text = arena_alloc(arena, (size_t)parts * 64), *end = text;
    for (int i = 0; i < parts; i++) {
        int number = (1000 + paper->count) * 1000 + i;
        end += snprintf(end, 64, "文%d号%s", number, han(arena, 1 + below(&paper->random, 9)));
        end += snprintf(end, 8, "%s", below(&paper->random, 3) ? "" : "。");
    }
    paper->parts[paper->count] = parts;
    paper->texts[paper->count++] = text;
    return text;
}

static Block *add_random_paragraph(Paper *paper)
{
    Block *block = add_text(&paper->f, &paper->document, BLOCK_PARAGRAPH,
        next_text(paper, below(&paper->random, 4) ? 120 : 900));
    if (below(&paper->random, 8) == 0) {
        add_note(&paper->f, block->content, next_text(paper, 60))->note_number = ++paper->notes;
    }
    return block;
}

static Block *add_random_heading(Paper *paper)
{
    paper->heading[paper->count] = true;
    return add_heading(
        &paper->f, &paper->document, 1 + below(&paper->random, 3), "一、", next_text(paper, 30));
}

static Block *add_random_table(Paper *paper)
{
    DocTable *table = add_table(&paper->f, &paper->document, 1 + below(&paper->random, 40));
    set_cell(&paper->f, &table->rows[table->row_count - 1].cells[0], next_text(paper, 5));
    return paper->document.last;
}

static Block *add_random_block(Paper *paper)
{
    switch (below(&paper->random, 12)) {
    case 0:
    case 1:
        return add_random_heading(paper);
    case 2:
        return add_random_table(paper);
    case 3:
        paper->heading[paper->count > 0 ? paper->count - 1 : 0] = false; /* the author's own will */
        if (below(&paper->random, 3) == 0) {
            Block *block =
                add_text(&paper->f, &paper->document, BLOCK_ATTACHMENT, next_text(paper, 20));
            block->number = "附件";
            return block;
        }
        return document_add(paper->f.arena, &paper->document, BLOCK_PAGE_BREAK);
    default:
        return add_random_paragraph(paper);
    }
}

static void make_paper(Paper *paper, uint64_t seed)
{
    *paper = (Paper){.random = {seed * 2654435761u + 1}};
    fixture_open(&paper->f);
    static const DocForm FORMS[] = {FORM_REPORT, FORM_OFFICIAL, FORM_SPEECH};
    DocForm form = FORMS[below(&paper->random, 3)];
    paper->document = (Document){.title = "t", .form = form, .style = style_default(form)};
    paper->document.style.mirror = below(&paper->random, 2);
    paper->document.style.read_aloud = form == FORM_SPEECH && below(&paper->random, 2);
    if (below(&paper->random, 3) == 0) {
        document_add(paper->f.arena, &paper->document, BLOCK_CONTENTS);
    }
    int count = 3 + below(&paper->random, MAX_BLOCKS - 6);
    for (int i = 0; i < count; i++) {
        Block *block = add_random_block(paper);
        block->keep = paper->keep;
        block->landscape = paper->landscape;
        if (below(&paper->random, 6) == 0) {
            paper->keep = paper->keep ? 0 : i + 1;
        }
        if (below(&paper->random, 12) == 0) {
            paper->landscape = paper->landscape ? 0 : i + 1;
        }
    }
    add_random_paragraph(paper);
    if (below(&paper->random, 2)) {
        add_sign(&paper->f, &paper->document,
            below(&paper->random, 2) ? SIGN_SEALED : SIGN_UNSEALED, next_text(paper, 8),
            "2024年6月5日");
    }
    if (below(&paper->random, 2)) {
        paper->document.imprint = ARENA_NEW(paper->f.arena, DocImprint);
        paper->document.imprint->issuer = inline_text(paper->f.arena, next_text(paper, 6), (At){0});
    }
}

static bool is_folio(const Mark *mark)
{
    return mark->kind == MARK_GLYPHS && !mark->turned && mark->run.glyph_count > 0 &&
           mark->run.glyphs[0].y > LENGTH_MM(264);
}

static char *page_text(Fixture *f, const Page *page)
{
    size_t bytes = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        bytes += page->marks[i].kind == MARK_GLYPHS ? (size_t)page->marks[i].run.text_bytes : 0;
    }
    char *text = arena_alloc(f->arena, bytes + 1), *end = text;
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        if (page->marks[i].kind == MARK_GLYPHS && !is_folio(&page->marks[i])) {
            memcpy(end, run->text, (size_t)run->text_bytes);
            end += run->text_bytes;
        }
    }
    *end = '\0';
    return text;
}

typedef struct Found {
    bool parts[MAX_BLOCKS * 2][128];
    int page[MAX_BLOCKS * 2]; /* of its last part; entries of the contents come before */
} Found;

/* Marks the numbers of a page. */
static void find_numbers(const char *text, int page, Found *found)
{
    for (const char *end = text; *text; text = end) {
        long number = strtol(text, (char **)&end, 10);
        if (end == text) {
            end = text + 1;
        } else if (end - text == 7) {
            int index = (int)(number / 1000 - 1000), part = (int)(number % 1000);
            assert_in_range(index, 0, MAX_BLOCKS * 2 - 1);
            assert_in_range(part, 0, 127);
            found->parts[index][part] = true;
            found->page[index] = page;
        }
    }
}

/* Does the text of the page end with it? */
static bool stands_last(Fixture *f, const Page *page, const char *text)
{
    const char *all = page_text(f, page);
    size_t length = strlen(all), own = strlen(text);
    return length >= own && strcmp(all + length - own, text) == 0;
}

static void check_text(Paper *paper, const Pages *pages)
{
    Found *found = ARENA_NEW(paper->f.arena, Found);
    for (size_t p = 0; p < pages->page_count; p++) {
        find_numbers(page_text(&paper->f, &pages->pages[p]), (int)p, found);
    }
    for (int i = 0; i < paper->count; i++) {
        for (int part = 0; part < paper->parts[i]; part++) {
            if (!found->parts[i][part]) {
                fail_msg("part %d of %s is lost", part, paper->texts[i]);
            }
        }
        const Page *page = &pages->pages[found->page[i]];
        if (paper->heading[i] && stands_last(&paper->f, page, paper->texts[i])) {
            fail_msg("%s stands at the foot of page %d", paper->texts[i], found->page[i] + 1);
        }
    }
}

/* Everything but page numbers lies in the type area, of the upright or the turned page. */
static void check_area(const Pages *pages)
{
    const Length slack = LENGTH_MM(0.6); /* ink beside a cell, squeezed marks */
    for (size_t p = 0; p < pages->page_count; p++) {
        const Page *page = &pages->pages[p];
        for (size_t i = 0; i < page->mark_count; i++) {
            const Mark *mark = &page->marks[i];
            const GlyphRun *run = &mark->run;
            if (mark->kind != MARK_GLYPHS || run->glyph_count == 0 || is_folio(mark)) {
                continue;
            }
            Length left = mark->turned ? LENGTH_MM(35) : LENGTH_MM(26);
            Length right = mark->turned ? LENGTH_MM(260) : LENGTH_MM(184);
            Length top = mark->turned ? LENGTH_MM(26) : LENGTH_MM(37);
            Length foot = mark->turned ? LENGTH_MM(184) : LENGTH_MM(262);
            const Glyph *last = &run->glyphs[run->glyph_count - 1];
            assert_true(run->glyphs[0].x >= left - slack);
            assert_true(last->x + run->size / 2 <= right + slack);
            assert_true(run->glyphs[0].y - run->size * 3 / 4 >= top - slack);
            assert_true(run->glyphs[0].y <= foot + slack);
        }
    }
}

static void test_random_papers(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= PAPERS; seed++) {
        Paper paper;
        make_paper(&paper, seed);
        Pages *pages = typeset(&paper.f, &paper.document);
        check_text(&paper, pages);
        check_area(pages);
        fixture_close(&paper.f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_papers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
