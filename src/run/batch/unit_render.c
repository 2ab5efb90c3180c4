#include "run/batch/unit_render.h"

#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run/job_paper.h"
#include "run/outputs.h"
#include "run/batch/run_report.h"
#include "run/batch/source_digest.h"

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* ---- what lies there already ---- */

/* The files of a row, one behind the other, as they are now. */
static bool files_digest(const UnitWork *work, const char *path, int pages, char out[DIGEST_TEXT])
{
    Arena *arena = work->session->arena;
    Digest *digest = digest_new();
    int count = job_has_pages_apart(work->job, path) ? pages : 1;
    bool read = count > 0;
    for (int i = 0; read && i < count; i++)
        read = digest_add_file(digest, job_file(arena, work->job, path, (size_t)i), SIZE_MAX);
    digest_end(digest, out);
    return read;
}

/* The row of a run before, where what it has made is what would be made now. */
static const ReportRow *up_to_date(const UnitWork *work, const Unit *unit, const UnitResult *result)
{
    char found[DIGEST_TEXT];
    const ReportRow *row =
        work->earlier ? report_find(work->earlier, units_file(work->units, unit)) : NULL;
    return row && *row->file_digest && strcmp(row->source_digest, result->source_digest) == 0 &&
                   files_digest(work, unit->path, row->pages, found) &&
                   strcmp(found, row->file_digest) == 0
               ? row
               : NULL;
}

static void keep(const ReportRow *row, Arena *arena, UnitResult *out)
{
    out->state = UNIT_KEPT;
    out->pages = row->pages;
    out->figures = row->figures;
    out->errors = row->errors;
    out->warnings = row->warnings;
    out->notes = row->notes;
    out->holed = row->holed;
    memcpy(out->file_digest, row->file_digest, sizeof out->file_digest);
    out->messages = arena_strdup(arena, row->messages);
}

/* ---- one paper ---- */

static bool make(const UnitWork *work, const Unit *unit, JobPaper *paper, UnitResult *out)
{
    Session *s = work->session;
    if (!job_evaluate(paper))
        return false;
    if (work->source_digest)
        source_digest_unit(work, &paper->document, out->source_digest);
    const ReportRow *row = up_to_date(work, unit, out);
    if (row) {
        keep(row, s->arena, out);
        return true;
    }
    return output_folders(s, unit->path) && job_typeset(paper) && job_save(paper);
}

static void tell(const UnitWork *work, const JobPaper *paper, bool done, UnitResult *out)
{
    const Diags *diags = work->session->diags;
    bool draft = work->job->session.draft;
    out->system = diag_count(diags, DIAG_SYSTEM) > 0;
    out->state = done && (draft || !diag_failed(diags)) ? UNIT_MADE : UNIT_FAILED;
    out->pages = paper->pages ? (int)paper->pages->page_count : 0;
    out->figures = paper->document.figures;
    out->errors = (int)(diag_count(diags, DIAG_ERROR) + diag_count(diags, DIAG_SYSTEM));
    out->warnings = (int)diag_count(diags, DIAG_WARNING);
    out->notes = (int)diag_count(diags, DIAG_NOTE);
    out->holed = done && (paper->holes > 0 || (draft && out->errors > 0));
    memcpy(out->file_digest, paper->digest, sizeof out->file_digest);
    out->messages = diag_text(work->session->diags, work->session->arena, work->job->messages);
    if (out->state == UNIT_FAILED) { /* whatever lies there now, it is not this */
        out->pages = 0;
        out->file_digest[0] = out->source_digest[0] = '\0';
    }
}

/* What sets the papers apart, above all, are the names in them. */
static void foresee_names(const Units *units, FontSet *fonts)
{
    for (size_t i = 0; i < units->count; i++)
        fonts_foresee(fonts, units->items[i].name);
}

void unit_render(
    const UnitWork *work, JobShared *shared, size_t index, Arena *arena, UnitResult *out)
{
    const Unit *unit = &work->units->items[index];
    int64_t begun = now();
    *out = (UnitResult){.index = index, .messages = ""};
    session_enter_unit(work->session, unit, arena);
    JobPaper paper = {.job = work->job,
        .session = work->session,
        .shared = shared,
        .path = unit->path,
        .digested = work->source_digest};
    bool first = !shared->fonts;
    bool done = make(work, unit, &paper, out);
    if (first && shared->fonts)
        foresee_names(work->units, shared->fonts);
    if (out->state != UNIT_KEPT)
        tell(work, &paper, done, out);
    session_leave_unit(work->session);
    out->microseconds = now() - begun;
}
