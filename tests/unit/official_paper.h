/* Official papers for tests: a document with its text, typeset, and where its texts stand on the
 * pages, in millimetres. */
#ifndef TESTS_OFFICIAL_PAPER_H
#define TESTS_OFFICIAL_PAPER_H

#include "typeset/page/page.h"
#include "typeset_fixture.h"

#define TO_MM(length) ((length)*25.4 / 72.0 / 1024.0)
#define PITCH_MM ((225 - 16 * 25.4 / 72) / 21)
#define SIZE_MM (16 * 25.4 / 72)
#define CELL_MM (156.0 / 28)

typedef struct Paper {
    Fixture f;
    Document document;
    Pages *pages;
} Paper;

/* A text as it stands: its em boxes (cells for the size of the body). */
typedef struct Placed {
    double left, right, top, bottom, baseline;
    Length size;
    Color color;
    int mark; /* its place in the order of reading */
} Placed;

static const char PAPER_HAN[] =
    "国务院关于做好数字政府建设工作的通知镇村人居环境整治全面推进乡村振兴";

static inline void paper_open(Paper *paper, DocForm form)
{
    *paper = (Paper){0};
    fixture_open(&paper->f);
    paper->document = (Document){.form = form, .title = "t", .style = style_default(form)};
}

static inline void paper_close(Paper *paper)
{
    fixture_close(&paper->f);
}

static inline Inline *paper_inline(Paper *paper, const char *text)
{
    return text ? inline_text(paper->f.arena, text, (At){0}) : NULL;
}

static inline Block *paper_add(Paper *paper, BlockKind kind, const char *text)
{
    Block *block = document_add(paper->f.arena, &paper->document, kind);
    block->indent_cells = -1;
    block->content = paper_inline(paper, text);
    return block;
}

/* One paragraph of so many full lines, no words in it twice. */
static inline void paper_lines(Paper *paper, int lines)
{
    int count = lines * 28 - 2;
    char *text = arena_alloc(paper->f.arena, (size_t)count * 3 + 1);
    for (int i = 0; i < count; i++) {
        memcpy(text + i * 3, PAPER_HAN + i * 3 % (int)(sizeof PAPER_HAN - 1), 3);
    }
    paper_add(paper, BLOCK_PARAGRAPH, text);
}

static inline Inline **paper_inlines(Paper *paper, const char *const *texts, int *count)
{
    Inline **made = ARENA_ARRAY(paper->f.arena, Inline *, 16);
    for (*count = 0; texts[*count]; ++*count) {
        made[*count] = paper_inline(paper, texts[*count]);
    }
    return made;
}

static inline DocSign *paper_sign(
    Paper *paper, SignKind kind, const char *const *names, const char *date)
{
    DocSign *sign = ARENA_NEW(paper->f.arena, DocSign);
    Inline **units = paper_inlines(paper, names, &sign->signer_count);
    sign->kind = kind;
    sign->signers = ARENA_ARRAY(paper->f.arena, DocSigner, sign->signer_count + 1);
    for (int i = 0; i < sign->signer_count; i++) {
        sign->signers[i].unit = units[i];
    }
    sign->date = paper_inline(paper, date);
    paper_add(paper, BLOCK_SIGN, NULL)->sign = sign;
    return sign;
}

/* The first message when it is not typeset; else NULL. */
static inline const char *paper_typeset(Paper *paper)
{
    paper->pages =
        typeset_document(paper->f.arena, &paper->document, paper->f.fonts, paper->f.diags);
    if (paper->pages) {
        return NULL;
    }
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    diag_print(paper->f.diags, out, DIAG_TEXT);
    fclose(out);
    const char *copy = arena_strdup(paper->f.arena, text);
    free(text);
    return copy;
}

/* How far the glyphs of a role are raised, for one pt of size ×1024. */
static inline Length paper_shift(Paper *paper, Role role, const char *text, Length size)
{
    Typesetter ts = paper->f.ts;
    ts.pages = paper->pages;
    ts.strings = NULL;
    Page *page = pages_add(pages_new(paper->f.arena), 1, 1);
    TextStyle style = {.role = role, .size = size};
    text_put(&ts, page, &style, text, 0, 0, ALIGN_LEFT, TEXT_NEW_LINE);
    return -page->marks[0].run.glyphs[0].y;
}

/* Length in glyphs of the first `bytes` of a run's text. */
static inline int paper_glyphs(const GlyphRun *run, long bytes)
{
    int glyphs = 0;
    for (int i = 0; i < run->cluster_count && bytes > 0; i++) {
        bytes -= run->clusters[i].bytes;
        glyphs += run->clusters[i].glyphs;
    }
    return glyphs;
}

/* The first run of the page that begins with `text` or, if none does, contains it; it must be on a
 * glyph of its own. */
static inline bool paper_find(Paper *paper, int number, Role role, const char *text, Placed *placed)
{
    const Page *page = &paper->pages->pages[number - 1];
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        if (page->marks[i].kind != MARK_GLYPHS) {
            continue;
        }
        const char *whole = arena_strndup(paper->f.arena, run->text, (size_t)run->text_bytes);
        const char *found = strstr(whole, text);
        if (!found) {
            continue;
        }
        int first = paper_glyphs(run, found - whole);
        int last = paper_glyphs(run, found - whole + (long)strlen(text)) - 1;
        Length cell = run->size == LENGTH_PT(16) ? BODY_CELL : run->size;
        Length out = (run->size - cell) / 2, shift = paper_shift(paper, role, text, run->size);
        Length baseline = run->glyphs[first].y + shift;
        *placed = (Placed){.size = run->size, .color = run->color, .mark = (int)i};
        placed->left = TO_MM(run->glyphs[first].x + out);
        placed->right = TO_MM(run->glyphs[last].x + run->size - out);
        placed->baseline = TO_MM(baseline);
        placed->top = TO_MM(baseline - text_ascent(run->size));
        placed->bottom = placed->top + TO_MM(run->size);
        return true;
    }
    return false;
}

/* Where the ink of a text that stands on `baseline` begins and ends. */
static inline void paper_ink(
    Paper *paper, Role role, const char *text, const Placed *placed, double *top, double *bottom)
{
    Typesetter ts = paper->f.ts;
    ts.pages = paper->pages;
    ts.strings = NULL;
    Length high, low;
    TextStyle style = {.role = role, .size = placed->size};
    text_ink_extent(&ts, &style, text, &high, &low);
    *top = placed->baseline - TO_MM(high);
    *bottom = placed->baseline - TO_MM(low);
}

/* The n-th filled rectangle of a page, from 0. */
static inline bool paper_rect(const Paper *paper, int number, int n, Rect *rect)
{
    const Page *page = &paper->pages->pages[number - 1];
    for (size_t i = 0; i < page->mark_count; i++) {
        if (page->marks[i].kind == MARK_RECT && n-- == 0) {
            *rect = page->marks[i].rect;
            return true;
        }
    }
    return false;
}

/* The place where the text of the page ends: the lowest em box above the 版记 and the number. */
static inline int paper_run_count(const Paper *paper, int number)
{
    const Page *page = &paper->pages->pages[number - 1];
    int count = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        count += page->marks[i].kind == MARK_GLYPHS;
    }
    return count;
}

#define assert_mm(actual, expected)                                                                \
    do {                                                                                           \
        double actual_mm = (actual), expected_mm = (expected);                                     \
        if (actual_mm < expected_mm - 0.05 || actual_mm > expected_mm + 0.05) {                    \
            fail_msg("%s is %.3f mm, not %.3f", #actual, actual_mm, expected_mm);                  \
        }                                                                                          \
    } while (0)

#endif
