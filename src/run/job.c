/* Follows the architecture's flow once: template → store → document → pages → paint → finish →
 * sink. */
#include "run/job.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "data/infer.h"
#include "output/finish.h"
#include "output/sink.h"
#include "paint/paint.h"
#include "typeset/page/page.h"

typedef enum Format { FORMAT_PDF, FORMAT_PNG, FORMAT_SVG, FORMAT_TXT } Format;

typedef struct Work {
    const RenderJob *job;
    Diags *diags;
    Arena *arena;
    Format format;
    Template *template;
    Store *store;
    EngineOptions options;
    Document document;
    FontSet *fonts;
    Pages *pages;
} Work;

/* ---- what the command line says ---- */

static bool output_format(Work *w)
{
    static const char *const extensions[] = {".pdf", ".png", ".svg", ".txt"};
    const char *path = w->job->output;
    if (w->job->dump)
        return true;
    if (!path)
        return diag_add(w->diags, DIAG_E506, NULL);
    if (strcmp(path, "-") == 0) {
        w->format = FORMAT_PDF;
        return true;
    }
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        size_t length = strlen(path);
        if (length > 4 && strcasecmp(path + length - 4, extensions[i]) == 0) {
            w->format = (Format)i;
            return true;
        }
    }
    diag_add(w->diags, DIAG_E507, NULL, path);
    diag_hint(w->diags, DIAG_H501);
    return false;
}

/* As ISO has it, or as days stand in the data: 2024-7-3, 2024/7/3, 2024年7月3日. */
static bool read_date(Work *w, const char *option, const char *text, Date *out)
{
    DateCell cell;
    if (date_parse_iso(text, out))
        return true;
    if (infer_date(text, 0, true, &cell) == DATE_DAY && !cell.guessed) {
        *out = cell.period.first;
        return true;
    }
    diag_add(w->diags, DIAG_E511, NULL, option, text);
    diag_hint(w->diags, DIAG_H503);
    return false;
}

/* As language.md writes periods; else as they stand in the data: 2024-6, 202406, 2024年第二季度. */
static bool take_period(Work *w, Period *out)
{
    DateCell cell;
    if (period_parse(utf8_fold(w->arena, w->job->period), out))
        return true;
    DateForm form = infer_date(w->job->period, 0, true, &cell);
    if (form != DATE_MONTH && form != DATE_PERIOD)
        return false;
    *out = cell.period;
    return true;
}

static bool read_period(Work *w)
{
    Period fixed;
    EngineOptions *options = &w->options;
    if (w->job->period) {
        if (!take_period(w, &options->period)) {
            diag_add(w->diags, DIAG_E510, NULL, w->job->period);
            diag_hint(w->diags, DIAG_H502);
            return false;
        }
        options->has_period = true;
        return template_accepts_period(w->template, options->period, w->diags);
    }
    PeriodKind kind = template_period_kind(w->template, &fixed);
    if (kind != PERIOD_NONE && fixed.kind != PERIOD_NONE) {
        options->period = fixed;
        options->has_period = true;
    } else if (kind != PERIOD_NONE) {
        return diag_add(w->diags, DIAG_E509, NULL);
    }
    return true;
}

static bool read_as_of(Work *w)
{
    if (!w->job->as_of)
        return true;
    w->options.has_as_of = true;
    return read_date(w, "--as-of", w->job->as_of, &w->options.as_of);
}

/* --date, else SOURCE_DATE_EPOCH (a build script's wish), else the period's last day, else 1
 * January 1970: never the clock, so that the same input gives the same bytes. */
static bool settle_date(Work *w)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (w->job->date)
        return read_date(w, "--date", w->job->date, &w->document.date);
    w->document.date = date_from_days(0);
    if (epoch && *epoch) {
        char *end;
        long long seconds = strtoll(epoch, &end, 10);
        if (*end || seconds < 0 || seconds > 7258118400LL) { /* year 2200 */
            diag_add(w->diags, DIAG_E511, NULL, "SOURCE_DATE_EPOCH", epoch);
            return false;
        }
        w->document.date = date_from_days((int)(seconds / 86400));
    } else if (w->options.has_period) {
        w->document.date = w->options.period.last;
    }
    return true;
}

static bool check_folder(Work *w)
{
    struct stat status;
    if (!template_has_data(w->template))
        return true;
    if (!w->job->data_dir)
        return diag_add(w->diags, DIAG_E508, NULL);
    int fault = stat(w->job->data_dir, &status) != 0         ? errno
                : !S_ISDIR(status.st_mode)                   ? ENOTDIR
                : access(w->job->data_dir, R_OK | X_OK) != 0 ? errno
                                                             : 0;
    return fault == 0 ||
           diag_add(w->diags, DIAG_E515, NULL, w->job->data_dir, diag_system_text(w->diags, fault));
}

/* ---- inputs are never overwritten ---- */

static bool is_same_file(const char *path, const struct stat *output)
{
    struct stat status;
    return stat(path, &status) == 0 && status.st_dev == output->st_dev &&
           status.st_ino == output->st_ino;
}

static bool template_reads(const Work *w, const struct stat *output)
{
    bool read = is_same_file(w->job->template_path, output);
    for (size_t i = 0; !read && template_included(w->template, i); i++)
        read = is_same_file(template_included(w->template, i), output);
    return read;
}

static bool store_reads(const Work *w, const struct stat *output)
{
    for (size_t t = 0; t < store_table_count(w->store); t++) {
        const Table *table = store_table(w->store, t);
        for (int i = 0; i < table->file_count; i++) {
            const char *path = arena_printf(w->arena, "%s/%s", w->job->data_dir, table->files[i]);
            if (is_same_file(path, output))
                return true;
        }
    }
    return false;
}

static bool is_picture(const DocPicture *picture, const struct stat *output)
{
    return picture->path && is_same_file(picture->path, output);
}

/* Pictures and fonts of the office's own. */
static bool document_reads(const Document *document, const struct stat *output)
{
    for (const FontFace *face = document->style.faces; face; face = face->next)
        if (is_same_file(face->path, output))
            return true;
    for (const Block *block = document->first; block; block = block->next) {
        const DocPhotos *photos = block->photos;
        if (block->figure && is_picture(&block->figure->picture, output))
            return true;
        for (int i = 0; photos && i < photos->entry_count; i++)
            for (int side = 0; side < 2; side++)
                if (is_picture(&photos->entries[i].pictures[side], output))
                    return true;
    }
    return false;
}

static bool output_is_free(const Work *w, const char *path)
{
    struct stat output;
    if (stat(path, &output) != 0)
        return true;
    bool read = template_reads(w, &output) || store_reads(w, &output) ||
                document_reads(&w->document, &output);
    return !read || diag_add(w->diags, DIAG_E403, NULL, path);
}

/* 汇报.png is not written itself: 汇报-1.png … are. */
static const char *page_path(const Work *w, size_t page)
{
    const char *output = w->job->output;
    size_t stem = strlen(output) - 4;
    return arena_printf(w->arena, "%.*s-%zu%s", (int)stem, output, page + 1, output + stem);
}

static bool outputs_are_free(const Work *w)
{
    bool free = true;
    if (w->format != FORMAT_PNG && w->format != FORMAT_SVG)
        return output_is_free(w, w->job->output);
    for (size_t i = 0; i < w->pages->page_count; i++)
        free = output_is_free(w, page_path(w, i)) && free;
    return free;
}

/* ---- the flow ---- */

static bool make_document(Work *w)
{
    const RenderJob *job = w->job;
    w->template = template_load(w->arena, job->template_path, w->diags);
    if (!w->template || !check_folder(w) || !read_period(w) || !read_as_of(w) || !settle_date(w))
        return false;
    w->options.draft = job->draft;
    w->store = store_open(w->arena, w->diags);
    return w->store &&
           template_bind(
               w->template, w->store, job->data_dir, &w->options, job->params, job->param_count) &&
           template_evaluate(w->template, w->arena, &w->document);
}

static bool make_pages(Work *w)
{
    w->fonts = fonts_open(w->arena, w->job->fonts_dir, w->diags);
    w->pages = w->fonts ? typeset_document(w->arena, &w->document, w->fonts, w->diags) : NULL;
    return w->pages != NULL;
}

static bool dump(Work *w)
{
    if (strcmp(w->job->dump, "doc") == 0) {
        document_dump(&w->document, stdout);
        return true;
    }
    if (!make_pages(w))
        return false;
    pages_dump(w->pages, stdout);
    return true;
}

static bool save_pdf(Work *w)
{
    Buf painted = {0}, finished = {0};
    bool done = paint_pdf(w->pages, &painted, w->diags) &&
                finish_pdf(&painted, w->pages, &finished, w->diags) &&
                sink_save(w->job->output, finished.data, finished.length, w->diags);
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
            w->diags, DIAG_E401, NULL, w->job->output, diag_system_text(w->diags, errno));
    pages_text(w->pages, stream);
    fclose(stream);
    bool done = sink_save(w->job->output, text, length, w->diags);
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

/* All pages are painted before the first file appears, so that a fault leaves none. */
static bool save_pictures(Work *w)
{
    size_t count = w->pages->page_count;
    Buf *pictures = ARENA_ARRAY(w->arena, Buf, count);
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = w->format == FORMAT_PNG ? paint_png(w->pages, i, w->job->dpi, &pictures[i], w->diags)
                                       : paint_svg(w->pages, i, &pictures[i], w->diags);
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
        return save_pdf(w);
    case FORMAT_TXT:
        return save_text(w);
    case FORMAT_PNG:
    case FORMAT_SVG:
        return save_pictures(w);
    }
    return false;
}

static int exit_status(const Work *w, bool done)
{
    const Diags *diags = w->diags;
    if (diag_count(diags, DIAG_SYSTEM) > 0)
        return EXIT_SYSTEM;
    if (!done || diag_failed(diags))
        return EXIT_REJECTED;
    bool warned = w->job->strict && diag_count(diags, DIAG_WARNING) > 0;
    return warned || template_holes(w->template) > 0 ? EXIT_WARNED : EXIT_DONE;
}

int job_render(const RenderJob *job, Arena *arena, Diags *diags)
{
    Work work = {.job = job, .diags = diags, .arena = arena};
    bool done = output_format(&work) && make_document(&work);
    if (done)
        done = job->dump ? dump(&work) : make_pages(&work) && save(&work);
    fonts_close(work.fonts);
    store_close(work.store);
    return exit_status(&work, done);
}
