#include "run/job_paper.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "output/sink.h"
#include "paint/paint.h"
#include "run/only.h"
#include "run/outputs.h"
#include "run/overrule/overrule.h"
#include "typeset/page/page.h"

/* ---- the files that are made ---- */

bool job_format(const char *path, JobFormat *out)
{
    static const char *const extensions[] = {".pdf", ".png", ".svg", ".txt"};
    *out = FORMAT_PDF;
    if (strcmp(path, "-") == 0)
        return true;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (output_ends(path, extensions[i])) {
            *out = (JobFormat)i;
            return true;
        }
    }
    return false;
}

/* A chart alone and a long picture are one file. */
bool job_has_pages_apart(const RenderJob *job, const char *path)
{
    JobFormat format;
    return job_format(path, &format) && (format == FORMAT_PNG || format == FORMAT_SVG) &&
           !job->whole && !job->only;
}

const char *job_file(Arena *arena, const RenderJob *job, const char *path, size_t page)
{
    size_t stem = strlen(path) - 4;
    if (!job_has_pages_apart(job, path))
        return path;
    return arena_printf(arena, "%.*s-%zu%s", (int)stem, path, page + 1, path + stem);
}

static const char *page_file(const JobPaper *paper, size_t page)
{
    return job_file(paper->session->arena, paper->job, paper->path, page);
}

static size_t file_count(const JobPaper *paper)
{
    return job_has_pages_apart(paper->job, paper->path) ? paper->pages->page_count : 1;
}

static bool outputs_are_free(const JobPaper *paper)
{
    bool free = true;
    for (size_t i = 0; i < file_count(paper); i++)
        free = output_is_free(paper->session, &paper->document, page_file(paper, i)) && free;
    return free;
}

/* ---- the document ---- */

/* What is wrong with it goes into the draft itself; what only the setting of its pages shows is
 * told beside it. */
static void list_messages(JobPaper *paper)
{
    DiagLine *lines;
    Session *s = paper->session;
    Document *document = &paper->document;
    int count = diag_list(s->diags, s->arena, &lines);
    document->messages = ARENA_ARRAY(s->arena, DocMessage, count + 1);
    document->message_count = count;
    for (int i = 0; i < count; i++)
        document->messages[i] = (DocMessage){lines[i].place, lines[i].text, lines[i].hints};
}

static bool make_document(JobPaper *paper)
{
    const RenderJob *job = paper->job;
    OverruleReport report;
    paper->document.draft = job->session.draft;
    paper->document.tagged = job->accessible;
    if (!session_settle_date(paper->session, job->date, &paper->document.date) ||
        !overrule_evaluate(paper->session, &paper->document, &report))
        return false;
    if (paper->document.draft)
        list_messages(paper);
    return true;
}

static bool pick_only(JobPaper *paper)
{
    const char *name = paper->job->only;
    Session *s = paper->session;
    if (name)
        paper->only = only_find(s->arena, &paper->document, name, s->diags);
    return !name || paper->only;
}

bool job_evaluate(JobPaper *paper)
{
    bool done = make_document(paper) && pick_only(paper);
    paper->holes = template_holes(paper->session->template);
    return done;
}

/* ---- its pages ---- */

bool job_typeset(JobPaper *paper)
{
    FontSet **fonts = &paper->shared->fonts;
    Arena *arena = paper->session->arena;
    Diags *diags = paper->session->diags;
    if (!*fonts)
        *fonts = fonts_open(arena, paper->job->fonts_dir, diags);
    else
        fonts_next_paper(*fonts, arena, diags);
    if (*fonts && paper->only)
        paper->pages = typeset_chart(arena, &paper->document, paper->only, *fonts, diags);
    else if (*fonts)
        paper->pages = typeset_document(arena, &paper->document, *fonts, diags);
    if (paper->pages && paper->job->accessible && !(paper->pages->title && *paper->pages->title))
        diag_add(diags, DIAG_W580, NULL);
    return paper->pages != NULL;
}

bool job_dump(JobPaper *paper)
{
    if (!job_evaluate(paper))
        return false;
    if (strcmp(paper->job->dump, "doc") == 0) {
        document_dump(&paper->document, stdout);
        return true;
    }
    if (!job_typeset(paper))
        return false;
    pages_dump(paper->pages, stdout);
    return true;
}

/* ---- its files ---- */

static bool save_bytes(const JobPaper *paper, Digest *digest, const Buf *bytes)
{
    if (digest)
        digest_add(digest, bytes->data, bytes->length);
    return sink_save(paper->path, bytes->data, bytes->length, paper->session->diags);
}

static bool save_pdf(const JobPaper *paper, Digest *digest)
{
    Buf finished = {0};
    Diags *diags = paper->session->diags;
    bool done = job_make_pdf(paper->pages, &paper->shared->attachments, &finished, diags) &&
                save_bytes(paper, digest, &finished);
    buf_free(&finished);
    return done;
}

static bool save_text(const JobPaper *paper, Digest *digest)
{
    Diags *diags = paper->session->diags;
    Buf text = {0};
    FILE *stream = open_memstream(&text.data, &text.length);
    if (!stream)
        return diag_add(diags, DIAG_E401, NULL, paper->path, diag_system_text(diags, errno));
    pages_text(paper->pages, stream);
    fclose(stream);
    bool done = save_bytes(paper, digest, &text);
    free(text.data);
    return done;
}

/* All files are written whole before the first gets its name, so that a full disk leaves none. */
static bool publish_pictures(const JobPaper *paper, const Buf *pictures, size_t count)
{
    Sink **sinks = ARENA_ARRAY(paper->session->arena, Sink *, count);
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        sinks[i] = sink_open(page_file(paper, i), paper->session->diags);
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

static bool paint_picture(const JobPaper *paper, JobFormat format, size_t page, Buf *out)
{
    double dpi = paper->job->dpi;
    Diags *diags = paper->session->diags;
    if (format == FORMAT_SVG)
        return paint_svg(paper->pages, page, out, diags);
    return paper->job->whole ? paint_png_long(paper->pages, dpi, out, diags)
                             : paint_png(paper->pages, page, dpi, out, diags);
}

/* All pages are painted before the first file appears, so that a fault leaves none. */
static bool save_pictures(const JobPaper *paper, JobFormat format, Digest *digest)
{
    size_t count = file_count(paper);
    Buf *pictures = ARENA_ARRAY(paper->session->arena, Buf, count);
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = paint_picture(paper, format, i, &pictures[i]);
    for (size_t i = 0; done && digest && i < count; i++)
        digest_add(digest, pictures[i].data, pictures[i].length);
    done = done && publish_pictures(paper, pictures, count);
    for (size_t i = 0; i < count; i++)
        buf_free(&pictures[i]);
    return done;
}

static bool save_as(const JobPaper *paper, JobFormat format, Digest *digest)
{
    switch (format) {
    case FORMAT_PDF:
        return save_pdf(paper, digest);
    case FORMAT_TXT:
        return save_text(paper, digest);
    case FORMAT_PNG:
    case FORMAT_SVG:
        return save_pictures(paper, format, digest);
    }
    return false;
}

bool job_save(JobPaper *paper)
{
    JobFormat format;
    if (!job_format(paper->path, &format) || !outputs_are_free(paper))
        return false;
    Digest *digest = paper->digested ? digest_new() : NULL;
    bool done = save_as(paper, format, digest);
    if (digest)
        digest_end(digest, paper->digest);
    return done;
}
