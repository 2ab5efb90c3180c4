/* PDFs written by hand, and finished ones read back, for tests of what finish makes of them. */
#ifndef TESTS_PDF_FIXTURE_H
#define TESTS_PDF_FIXTURE_H

#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "output/finish.h"
#include "paint/paint.h"

/* Objects 1, 2 … (the first is the catalogue), with a table of where they lie. */
static inline void pdf_file(Buf *out, const char *const *objects, size_t count)
{
    size_t *at = calloc(count + 1, sizeof *at);
    assert_non_null(at);
    buf_adds(out, "%PDF-1.7\n");
    for (size_t i = 0; i < count; i++) {
        at[i] = out->length;
        buf_addf(out, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    size_t table = out->length;
    buf_addf(out, "xref\n0 %zu\n0000000000 65535 f \n", count + 1);
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%010zu 00000 n \n", at[i]);
    buf_addf(
        out, "trailer << /Size %zu /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", count + 1, table);
    free(at);
}

/* An object as text, its indirect parts as R; of a stream its dictionary. */
static inline const char *pdf_text(qpdf_data pdf, qpdf_oh object)
{
    if (qpdf_oh_is_stream(pdf, object))
        object = qpdf_oh_get_dict(pdf, object);
    return qpdf_oh_unparse_resolved(pdf, object);
}

static inline qpdf_oh pdf_key(qpdf_data pdf, qpdf_oh dictionary, const char *name)
{
    return qpdf_oh_get_key_if_dict(pdf, dictionary, name);
}

/* ---- a test ---- */

static Arena *arena;
static Diags *diags;
static Buf finished;
static qpdf_data pdf;

static inline int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    diags = diag_new(arena);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    if (pdf)
        qpdf_cleanup(&pdf);
    buf_free(&finished);
    arena_free(arena);
    return 0;
}

static inline Pages *new_pages(int count)
{
    Pages *pages = pages_new(arena);
    pages->title = "t";
    pages->date = (Date){2024, 6, 30};
    for (int i = 0; i < count; i++)
        pages_add(pages, LENGTH_PT(200), LENGTH_PT(300));
    return pages;
}

static inline bool make(const Pages *pages)
{
    Buf cairo = {0};
    assert_true(paint_pdf(pages, &cairo, diags));
    bool done = finish_pdf(&cairo, pages, NULL, &finished, diags);
    buf_free(&cairo);
    if (done) {
        pdf = qpdf_init();
        qpdf_silence_errors(pdf);
        assert_int_equal(qpdf_read_memory(pdf, "t", finished.data, finished.length, NULL), 0);
    }
    return done;
}

static inline qpdf_oh root_key(const char *name)
{
    return pdf_key(pdf, qpdf_get_root(pdf), name);
}

static inline qpdf_oh page_key(size_t page, const char *name)
{
    return pdf_key(pdf, qpdf_get_page_n(pdf, page), name);
}

/* The codes of all messages: "E596 W593". */
static inline const char *told(void)
{
    Buf all = {0};
    for (size_t i = 0; i < diag_entry_count(diags); i++)
        buf_addf(&all, "%s%s", i > 0 ? " " : "", diag_code_name(diag_entry(diags, i, arena).code));
    char *text = arena_strdup(arena, all.data ? all.data : "");
    buf_free(&all);
    return text;
}

#endif
