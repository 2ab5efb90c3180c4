/* Pages that are not ours, in the place of ours that name them: each as a form, with what prints of
 * its annotations, on a page of its own size and turn. Nothing else of its file comes along: no
 * actions, scripts, attachments, tags. Links within the file lead to its pages here; others are
 * dropped. Read by the reader of the imposer. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/finish_internal.h"
#include "output/impose_internal.h"

/* ---- what is in a file ---- */

static bool measure(const Input *input, long number, ForeignPage *out, Diags *diags)
{
    enum { LEAST = 3, MOST = 14400 }; /* points; ISO 32000-1 annex C */
    Shown shown;
    if (!input_shown(input, number, &shown))
        return input_fail(input, diags);
    double least = fmin(shown.width, shown.height), most = fmax(shown.width, shown.height);
    if (!(least >= LEAST && most <= MOST))
        return diag_add(diags, DIAG_E597, &input->at, input->name, number + 1);
    *out = (ForeignPage){LENGTH_PT(shown.width), LENGTH_PT(shown.height)};
    return true;
}

long finish_foreign_pages(Arena *arena, const PageForeign *foreign, ForeignPage **out, Diags *diags)
{
    Input input;
    bool done = input_open(&input, arena, foreign, diags);
    long count = done ? input.page_count : 0;
    *out = ARENA_ARRAY(arena, ForeignPage, count);
    for (long i = 0; done && i < count; i++)
        done = measure(&input, i, &(*out)[i], diags);
    input_close(&input);
    return done ? count : 0;
}

/* ---- a page ---- */

/* A direct object cannot be copied, a node of the page tree is none that could be. */
qpdf_oh finish_copied(Finisher *f, Input *input, qpdf_oh object)
{
    qpdf_oh named = qpdf_make_indirect_object(input->qpdf, object), made = 0;
    if (input_object_excess(input, named) == WITHIN)
        made = qpdf_oh_copy_foreign_object(f->qpdf, input->qpdf, named);
    return made && qpdf_oh_is_initialized(f->qpdf, made) ? made : qpdf_oh_new_null(f->qpdf);
}

static void set_shown(Finisher *f, qpdf_oh sheet, const Shown *shown)
{
    set(f, sheet, "/MediaBox", impose_corners(f->qpdf, &shown->box));
    if (shown->turns > 0)
        set(f, sheet, "/Rotate", qpdf_oh_new_integer(f->qpdf, shown->turns * 90));
    if (shown->unit != 1) /* a whole number stays one */
        set(f, sheet, "/UserUnit", qpdf_oh_new_real_from_double(f->qpdf, shown->unit, 6));
}

/* Colours blend as they do on the page itself. */
static void set_group(Finisher *f, Input *input, long number, qpdf_oh sheet)
{
    qpdf_oh group =
        qpdf_oh_get_key(input->qpdf, qpdf_get_page_n(input->qpdf, (size_t)number), "/Group");
    if (qpdf_oh_is_dictionary(input->qpdf, group))
        set(f, sheet, "/Group", finish_copied(f, input, group));
    else
        qpdf_oh_remove_key(f->qpdf, sheet, "/Group");
}

static bool put_page(Finisher *f, size_t index)
{
    const Page *page = &f->pages->pages[index];
    Input *input = &f->inputs[page->foreign - 1];
    Shown shown;
    bool there = page->foreign_page < input->page_count;
    if (!there || !input_shown(input, page->foreign_page, &shown))
        return input_fail(input, f->diags);
    qpdf_oh form = input_form(input, page->foreign_page, &shown.box, f->qpdf, f->diags);
    if (!form)
        return false;
    qpdf_oh sheet = qpdf_get_page_n(f->qpdf, index);
    qpdf_oh resources = parse(f, "<< /XObject << >> >>");
    set(f, key(f, resources, "/XObject"), "/P", form);
    set(f, sheet, "/Resources", resources);
    set(f, sheet, "/Contents", impose_stream(f->qpdf, "/P Do\n", strlen("/P Do\n")));
    set_shown(f, sheet, &shown);
    set_group(f, input, page->foreign_page, sheet);
    return true;
}

/* ---- all of them ---- */

bool finish_foreign(Finisher *f)
{
    const Pages *pages = f->pages;
    bool done = true;
    f->inputs = ARENA_ARRAY(pages->arena, Input, pages->foreign_count);
    for (size_t i = 0; done && i < pages->foreign_count; i++) {
        done = input_open(&f->inputs[i], pages->arena, &pages->foreigns[i], f->diags);
        f->input_count++;
    }
    for (size_t i = 0; done && i < pages->page_count; i++)
        done = !pages->pages[i].foreign || put_page(f, i);
    if (done)
        finish_foreign_links(f);
    return done;
}

/* ---- what a reader should know of them ---- */

static qpdf_oh below(const Input *input, const char *first, const char *second)
{
    qpdf_oh root = qpdf_get_root(input->qpdf);
    return qpdf_oh_get_key_if_dict(
        input->qpdf, qpdf_oh_get_key_if_dict(input->qpdf, root, first), second);
}

static bool is_signed(const Input *input)
{
    enum { SIGNATURES_EXIST = 1 };
    qpdf_oh flags = below(input, "/AcroForm", "/SigFlags");
    return qpdf_oh_is_integer(input->qpdf, flags) &&
           (qpdf_oh_get_int_value_as_int(input->qpdf, flags) & SIGNATURES_EXIST);
}

static bool has_attachments(const Input *input)
{
    return qpdf_oh_is_dictionary(input->qpdf, below(input, "/Names", "/EmbeddedFiles"));
}

void finish_foreign_warn(const Finisher *f)
{
    for (size_t i = 0; i < f->input_count; i++) {
        const Input *input = &f->inputs[i];
        input_warn(input, f->diags);
        if (is_signed(input))
            diag_add(f->diags, DIAG_W594, &input->at, input->name);
        if (has_attachments(input))
            diag_add(f->diags, DIAG_W595, &input->at, input->name);
    }
    if (f->input_count > 0)
        diag_add(f->diags, DIAG_W593, NULL, f->inputs[0].name, f->input_count);
}

void finish_foreign_close(Finisher *f)
{
    for (size_t i = 0; i < f->input_count; i++)
        input_close(&f->inputs[i]);
}
