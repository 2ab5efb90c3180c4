/* Follows the architecture's flow once: template → store → document → pages → paint → finish →
 * sink. */
#include "run/job.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "output/sink.h"
#include "paint/paint.h"
#include "run/attach.h"
#include "run/only.h"
#include "run/outputs.h"
#include "run/overrule.h"
#include "run/units.h"
#include "run/units_render.h"
#include "typeset/page/page.h"

typedef enum Format { FORMAT_PDF, FORMAT_PNG, FORMAT_SVG, FORMAT_TXT } Format;

/* One paper under way. */
typedef struct Work {
    const RenderJob *job;
    Diags *diags;
    Arena *arena;
    Format format;
    const char *path; /* of the output; NULL: --dump */
    Session *session;
    Document *document;
    const Block *only; /* the chart that is made alone; NULL: the paper */
    JobShared *shared;
    Pages *pages;
} Work;

/* ---- what the command line says ---- */

static bool output_format(const RenderJob *job, Diags *diags, Format *out)
{
    static const char *const extensions[] = {".pdf", ".png", ".svg", ".txt"};
    const char *path = job->output;
    *out = FORMAT_PDF;
    if (job->dump)
        return true;
    if (!path)
        return diag_add(diags, DIAG_E506, NULL);
    if (strcmp(path, "-") == 0)
        return true;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (output_ends(path, extensions[i])) {
            *out = (Format)i;
            return true;
        }
    }
    diag_add(diags, DIAG_E507, NULL, path);
    diag_hint(diags, DIAG_H501);
    return false;
}

/* --only: what cannot be made of a chart alone is refused before anything is read. */
static bool only_fits(const RenderJob *job, Format format, Diags *diags)
{
    const char *other = job->session.draft                             ? "--draft"
                        : job->dump && strcmp(job->dump, "doc") == 0   ? "--dump doc"
                        : !job->dump && format == FORMAT_TXT           ? job->output
                                                                       : NULL;
    return !job->only || !other || diag_add(diags, DIAG_E535, NULL, other);
}

/* What only a PDF has: the tags can be looked at in the pages, too. */
static bool pdf_fits(const RenderJob *job, Format format, Diags *diags)
{
    const char *other = job->dump               ? "--dump"
                        : format != FORMAT_PDF ? job->output
                                                : NULL;
    bool shown = job->dump && strcmp(job->dump, "pages") == 0;
    if (other && job->attach_data)
        return diag_add(diags, DIAG_E580, NULL, "--attach-data", other);
    return !other || !job->accessible || shown ||
           diag_add(diags, DIAG_E580, NULL, "--accessible", other);
}

static bool long_fits(const RenderJob *job, Format format, Diags *diags)
{
    const char *other = job->dump               ? "--dump"
                        : format != FORMAT_PNG ? job->output
                                                : NULL;
    return !job->whole || !other || diag_add(diags, DIAG_E578, NULL, other);
}

/* What the command line asks for goes together. */
static bool wishes_fit(const RenderJob *job, Diags *diags)
{
    Format format;
    return output_format(job, diags, &format) && only_fits(job, format, diags) &&
           pdf_fits(job, format, diags) && long_fits(job, format, diags);
}

/* ---- the files that are made ---- */

/* 汇报.png is not written itself: 汇报-1.png … are; a chart alone and a long picture are one file. */
static const char *page_path(const Work *w, size_t page)
{
    const char *output = w->path;
    size_t stem = strlen(output) - 4;
    if (w->only || w->job->whole)
        return output;
    return arena_printf(w->arena, "%.*s-%zu%s", (int)stem, output, page + 1, output + stem);
}

static size_t file_count(const Work *w)
{
    bool many = (w->format == FORMAT_PNG || w->format == FORMAT_SVG) && !w->job->whole;
    return many ? w->pages->page_count : 1;
}

static bool outputs_are_free(const Work *w)
{
    bool free = true;
    if (w->format != FORMAT_PNG && w->format != FORMAT_SVG)
        return output_is_free(w->session, w->document, w->path);
    for (size_t i = 0; i < file_count(w); i++)
        free = output_is_free(w->session, w->document, page_path(w, i)) && free;
    return free;
}

/* ---- the flow ---- */

/* What is wrong with it goes into the draft itself; what only the setting of its pages shows is
 * told beside it. */
static void list_messages(Work *w)
{
    DiagLine *lines;
    Document *document = w->document;
    int count = diag_list(w->diags, w->arena, &lines);
    document->messages = ARENA_ARRAY(w->arena, DocMessage, count + 1);
    document->message_count = count;
    for (int i = 0; i < count; i++)
        document->messages[i] = (DocMessage){lines[i].place, lines[i].text, lines[i].hints};
}

static bool make_document(Work *w)
{
    OverruleReport report;
    w->document->draft = w->job->session.draft;
    w->document->tagged = w->job->accessible;
    if (!session_settle_date(w->session, w->job->date, &w->document->date) ||
        !overrule_evaluate(w->session, w->document, &report))
        return false;
    if (w->document->draft)
        list_messages(w);
    return true;
}

static bool pick_only(Work *w)
{
    if (w->job->only)
        w->only = only_find(w->arena, w->document, w->job->only, w->diags);
    return !w->job->only || w->only;
}

static bool make_pages(Work *w)
{
    FontSet **fonts = &w->shared->fonts;
    if (!*fonts)
        *fonts = fonts_open(w->arena, w->job->fonts_dir, w->diags);
    if (*fonts && w->only)
        w->pages = typeset_chart(w->arena, w->document, w->only, *fonts, w->diags);
    else if (*fonts)
        w->pages = typeset_document(w->arena, w->document, *fonts, w->diags);
    if (w->pages && w->job->accessible && !(w->pages->title && *w->pages->title))
        diag_add(w->diags, DIAG_W580, NULL);
    return w->pages != NULL;
}

static bool dump(Work *w)
{
    if (strcmp(w->job->dump, "doc") == 0) {
        document_dump(w->document, stdout);
        return true;
    }
    if (!make_pages(w))
        return false;
    pages_dump(w->pages, stdout);
    return true;
}

bool job_save_pdf(
    const Pages *pages, const Attachments *attachments, const char *path, Diags *diags)
{
    Buf painted = {0}, finished = {0};
    bool done = paint_pdf(pages, &painted, diags) &&
                finish_pdf(&painted, pages, attachments, &finished, diags) &&
                sink_save(path, finished.data, finished.length, diags);
    buf_free(&painted);
    buf_free(&finished);
    return done;
}

static bool save_text(Work *w)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        return diag_add(
            w->diags, DIAG_E401, NULL, w->path, diag_system_text(w->diags, errno));
    pages_text(w->pages, stream);
    fclose(stream);
    bool done = sink_save(w->path, text, length, w->diags);
    free(text);
    return done;
}

/* All files are written whole before the first gets its name, so that a full disk leaves none. */
static bool publish_pictures(Work *w, const Buf *pictures, size_t count)
{
    Sink **sinks = ARENA_ARRAY(w->arena, Sink *, count);
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        sinks[i] = sink_open(page_path(w, i), w->diags);
        done = sinks[i] != NULL;
        if (done) {
            sink_write(sinks[i], pictures[i].data, pictures[i].length);
            done = sink_settle(sinks[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (done)
            done = sink_commit(sinks[i]);
        else
            sink_discard(sinks[i]);
    }
    return done;
}

static bool paint_picture(Work *w, size_t page, Buf *out)
{
    double dpi = w->job->dpi;
    if (w->format == FORMAT_SVG)
        return paint_svg(w->pages, page, out, w->diags);
    return w->job->whole ? paint_png_long(w->pages, dpi, out, w->diags)
                         : paint_png(w->pages, page, dpi, out, w->diags);
}

/* All pages are painted before the first file appears, so that a fault leaves none. */
static bool save_pictures(Work *w)
{
    size_t count = file_count(w);
    Buf *pictures = ARENA_ARRAY(w->arena, Buf, count);
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = paint_picture(w, i, &pictures[i]);
    done = done && publish_pictures(w, pictures, count);
    for (size_t i = 0; i < count; i++)
        buf_free(&pictures[i]);
    return done;
}

static bool save(Work *w)
{
    if (!outputs_are_free(w))
        return false;
    switch (w->format) {
    case FORMAT_PDF:
        return job_save_pdf(w->pages, &w->shared->attachments, w->path, w->diags);
    case FORMAT_TXT:
        return save_text(w);
    case FORMAT_PNG:
    case FORMAT_SVG:
        return save_pictures(w);
    }
    return false;
}

bool job_make(
    const RenderJob *job, Session *session, JobShared *shared, const char *path, JobPaper *out)
{
    *out = (JobPaper){0};
    Work work = {.job = job,
        .diags = session->diags,
        .arena = session->arena,
        .path = path,
        .session = session,
        .document = &out->document,
        .shared = shared};
    bool done = output_format(job, work.diags, &work.format) && make_document(&work) &&
                pick_only(&work) && (path ? make_pages(&work) && save(&work) : dump(&work));
    out->pages = work.pages;
    out->holes = template_holes(session->template);
    return done;
}

static int exit_status(const RenderJob *job, const JobPaper *paper, const Diags *diags, bool done)
{
    ExitStatus status = session_status(diags, done);
    /* Errors that a draft was made in spite of are holes in it. */
    bool holed = done && paper->document.draft && status == EXIT_REJECTED;
    if (status != EXIT_DONE)
        return holed ? EXIT_WARNED : status;
    bool warned = job->strict && diag_count(diags, DIAG_WARNING) > 0;
    return warned || paper->holes > 0 ? EXIT_WARNED : EXIT_DONE;
}

int job_render(const RenderJob *job, Arena *arena, Diags *diags)
{
    Session session = {0};
    JobShared shared = {0};
    JobPaper paper = {0};
    Date date;
    int status;
    bool done = wishes_fit(job, diags) && session_begin(&session, &job->session, arena, diags) &&
                session_settle_date(&session, job->date, &date) && session_bind(&session);
    /* Right after they were read: what is attached is what the figures come from. */
    done = done && (!job->attach_data || attachments_read(&session, &shared.attachments));
    if (done && session_has_units(&session)) {
        status = units_render(job, &session, &shared.attachments);
    } else {
        done = done && job_make(job, &session, &shared, job->dump ? NULL : job->output, &paper);
        status = exit_status(job, &paper, diags, done);
    }
    attachments_free(&shared.attachments);
    fonts_close(shared.fonts);
    session_close(&session);
    return status;
}
