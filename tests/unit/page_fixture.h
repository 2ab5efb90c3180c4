/* What tests of the page builder share: documents made by hand, and what stands where on their
 * pages. */
#ifndef TESTS_PAGE_FIXTURE_H
#define TESTS_PAGE_FIXTURE_H

#include "typeset/page/page.h"
#include "typeset_fixture.h"

#define PITCH ((LENGTH_MM(225) - LENGTH_PT(16)) / 21)
#define NEAR(a, b, tolerance)                                                                      \
    assert_in_range((int64_t)(a) - (int64_t)(b) + (tolerance), 0, 2 * (tolerance))

static const char HAN[] = "国务院关于做好数字政府建设工作的通知镇村人居环境整治全面推进乡村振兴";

/* `count` Han characters. */
static inline char *han(Arena *arena, int count)
{
    char *text = arena_alloc(arena, (size_t)count * 3 + 1);
    for (int i = 0; i < count; i++) {
        memcpy(text + i * 3, HAN + i * 3 % (int)(sizeof HAN - 1), 3);
    }
    return text;
}

static inline Block *add_text(Fixture *f, Document *document, BlockKind kind, const char *text)
{
    Block *block = document_add(f->arena, document, kind);
    block->indent_cells = -1;
    block->content = inline_text(f->arena, text, (At){0});
    return block;
}

static inline Block *add_heading(
    Fixture *f, Document *document, int level, const char *number, const char *text)
{
    Block *block = add_text(f, document, BLOCK_HEADING, text);
    block->level = level;
    block->number = number;
    return block;
}

static inline Pages *typeset(Fixture *f, const Document *document)
{
    Pages *pages = typeset_document(f->arena, document, f->fonts, f->diags);
    if (!pages) {
        diag_print(f->diags, stderr, DIAG_TEXT);
    }
    assert_non_null(pages);
    return pages;
}

/* The runs of a page that stand in the type area; the page number is left out. */
typedef struct Line {
    Length y, left, right; /* baseline as drawn; em boxes */
    char text[256];
    int font;
} Line;

static inline int page_lines(const Page *page, Line *lines, int max)
{
    int count = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        if (page->marks[i].kind != MARK_GLYPHS) {
            continue;
        }
        const GlyphRun *run = &page->marks[i].run;
        const Glyph *last = &run->glyphs[run->glyph_count - 1];
        if (run->glyphs[0].y > LENGTH_MM(264)) {
            continue;
        }
        if (count == 0 || last->y - lines[count - 1].y > PITCH / 4) {
            assert_true(count < max);
            lines[count++] =
                (Line){.y = run->glyphs[0].y, .left = run->glyphs[0].x, .font = run->font};
        }
        Line *line = &lines[count - 1];
        line->right = last->x + run->size;
        size_t used = strlen(line->text), room = sizeof line->text - 1 - used;
        size_t bytes = (size_t)run->text_bytes < room ? (size_t)run->text_bytes : room;
        memcpy(line->text + used, run->text, bytes);
    }
    return count;
}

/* How far the glyphs of a role are raised; `text` is in the paper. */
static inline Length role_shift(Fixture *f, Pages *pages, Role role, const char *text)
{
    Typesetter ts = f->ts;
    ts.pages = pages;
    ts.strings = NULL;
    Page *page = pages_add(pages_new(f->arena), 1, 1);
    TextStyle style = fixture_style(role);
    text_put(&ts, page, &style, text, 0, 0, ALIGN_LEFT, TEXT_NEW_LINE);
    return -page->marks[0].run.glyphs[0].y;
}

static inline Inline *add_note(Fixture *f, Inline *after, const char *text)
{
    Inline *note = ARENA_NEW(f->arena, Inline);
    note->kind = INLINE_NOTE;
    note->note_number = 1;
    note->note = inline_text(f->arena, text, (At){0});
    after->next = note;
    return note;
}

static inline void set_cell(Fixture *f, Cell *cell, const char *text)
{
    cell->content = inline_text(f->arena, text, (At){0});
    cell->colspan = cell->rowspan = 1;
}

/* A table of `rows` rows named 村1, 村2 … in one column. */
static inline DocTable *add_table(Fixture *f, Document *document, int rows)
{
    DocTable *table = ARENA_NEW(f->arena, DocTable);
    table->column_count = table->head_rows = table->head_cell_count = 1;
    table->columns = ARENA_NEW(f->arena, TableColumn);
    table->head = ARENA_NEW(f->arena, Cell);
    set_cell(f, table->head, "镇村");
    table->rows = ARENA_ARRAY(f->arena, TableRow, rows);
    table->row_count = rows;
    for (int r = 0; r < rows; r++) {
        table->rows[r].cells = ARENA_NEW(f->arena, Cell);
        table->rows[r].cell_count = 1;
        set_cell(f, table->rows[r].cells, arena_printf(f->arena, "村%d", r + 1));
    }
    document_add(f->arena, document, BLOCK_TABLE)->table = table;
    return table;
}

/* The page, from 0, and the height on it of the mark that holds `text`. */
static inline int page_of(const Pages *pages, const char *text, Length *y)
{
    *y = 0;
    for (size_t p = 0; p < pages->page_count; p++) {
        for (size_t i = 0; i < pages->pages[p].mark_count; i++) {
            const Mark *mark = &pages->pages[p].marks[i];
            if (mark->kind == MARK_GLYPHS && mark->run.text_bytes >= (int)strlen(text) &&
                memmem(mark->run.text, (size_t)mark->run.text_bytes, text, strlen(text))) {
                *y = mark->run.glyphs[0].y;
                return (int)p;
            }
        }
    }
    return -1;
}

static inline const char *printed(const Fixture *f)
{
    static char text[4096];
    memset(text, 0, sizeof text);
    FILE *out = fmemopen(text, sizeof text - 1, "w");
    diag_print(f->diags, out, DIAG_TEXT);
    fclose(out);
    return text;
}

/* The first run that holds `text`; its page, from 0. */
static inline const GlyphRun *run_of(const Pages *pages, const char *text, int *page)
{
    *page = -1;
    for (size_t p = 0; p < pages->page_count; p++) {
        for (size_t i = 0; i < pages->pages[p].mark_count; i++) {
            const Mark *mark = &pages->pages[p].marks[i];
            if (mark->kind == MARK_GLYPHS &&
                memmem(mark->run.text, (size_t)mark->run.text_bytes, text, strlen(text))) {
                *page = (int)p;
                return &mark->run;
            }
        }
    }
    print_error("“%s” is on no page\n", text);
    assert_true(false);
    return NULL;
}

/* Top of the em box of a run in the faces of a role. */
static inline Length run_top(Fixture *f, Pages *pages, const GlyphRun *run, Role role)
{
    char *text = arena_copy(f->arena, run->text, (size_t)run->text_bytes + 1);
    text[run->text_bytes] = '\0';
    Length shift = role_shift(f, pages, role, text);
    return run->glyphs[0].y + (Length)((int64_t)shift * run->size / LENGTH_PT(16)) -
           text_ascent(run->size);
}

/* The left edge of its first cell, when it begins with a Han character. */
static inline Length run_left(const GlyphRun *run)
{
    return run->glyphs[0].x - (run->size == LENGTH_PT(16) ? (BODY_CELL - run->size) / 2 : 0);
}

static inline Length grid_top(int line)
{
    return LENGTH_MM(37) + (Length)((int64_t)line * (LENGTH_MM(225) - LENGTH_PT(16)) / 21);
}

static inline Block *add_sign(
    Fixture *f, Document *document, SignKind kind, const char *unit, const char *date)
{
    Block *block = document_add(f->arena, document, BLOCK_SIGN);
    block->sign = ARENA_NEW(f->arena, DocSign);
    block->sign->kind = kind;
    block->sign->seal = LENGTH_MM(42);
    block->sign->signers = ARENA_NEW(f->arena, DocSigner);
    block->sign->signer_count = 1;
    block->sign->signers->unit = inline_text(f->arena, unit, (At){0});
    block->sign->date = inline_text(f->arena, date, (At){0});
    return block;
}

#endif
