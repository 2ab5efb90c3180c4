#include "run/units_render.h"

#include <stdio.h>
#include <string.h>

#include "run/outputs.h"
#include "run/units.h"

/* What became of all of them. */
typedef struct Batch {
    const RenderJob *job;
    Session *session;
    const Attachments *attachments;
    Units units;
    const char *failed; /* names, as many as are shown */
    size_t failed_count;
    bool warned, holed, stopped; /* stopped: by the system */
} Batch;

enum { NAMES_SHOWN = 6 };

/* ---- one unit ---- */

static void note_failed(Batch *b, const char *name)
{
    Arena *arena = b->session->arena;
    if (b->failed_count++ < NAMES_SHOWN)
        b->failed = arena_printf(arena, "%s%s%s", b->failed, *b->failed ? "、" : "", name);
}

static bool make_unit(Batch *b, const Unit *unit)
{
    Session *s = b->session;
    /* Each paper has fonts of its own: what was told of them is told to each. */
    JobShared shared = {.attachments = *b->attachments};
    JobPaper paper;
    bool done = output_folders(s, unit->path) && job_make(b->job, s, &shared, unit->path, &paper);
    fonts_close(shared.fonts);
    bool failed = !done || (diag_failed(s->diags) && !b->job->session.draft);
    b->warned = b->warned || diag_count(s->diags, DIAG_WARNING) > 0;
    b->holed = b->holed || (done && paper.holes > 0);
    b->stopped = b->stopped || diag_count(s->diags, DIAG_SYSTEM) > 0;
    return !failed;
}

static void render_unit(Batch *b, const Unit *unit, Arena *arena)
{
    Session *s = b->session;
    arena_reset(arena);
    session_enter_unit(s, unit, arena);
    bool made = make_unit(b, unit);
    fflush(stdout);
    diag_print(s->diags, stderr, b->job->messages);
    session_leave_unit(s);
    if (!made)
        note_failed(b, unit->name);
}

/* ---- all of them ---- */

static bool plan(Batch *b)
{
    const RenderJob *job = b->job;
    return units_list(b->session, &b->units) &&
           (job->dump || units_name(b->session, &b->units, job->output));
}

static void render_all(Batch *b)
{
    Arena *arena = arena_new();
    for (size_t i = 0; i < b->units.count && !b->stopped; i++)
        render_unit(b, &b->units.items[i], arena);
    arena_free(arena);
}

static int batch_status(const Batch *b)
{
    Diags *diags = b->session->diags;
    bool warned = b->warned || diag_count(diags, DIAG_WARNING) > 0;
    if (b->failed_count > 0)
        diag_add(diags, DIAG_E557, NULL, b->units.count, b->failed_count, b->failed,
            b->failed_count > NAMES_SHOWN ? " …" : "");
    if (b->stopped)
        return EXIT_SYSTEM;
    if (b->failed_count > 0)
        return EXIT_UNITS_FAILED;
    return b->holed || (b->job->strict && warned) ? EXIT_WARNED : EXIT_DONE;
}

int units_render(const RenderJob *job, Session *session, const Attachments *attachments)
{
    Batch batch = {.job = job, .session = session, .attachments = attachments, .failed = ""};
    bool ready = plan(&batch);
    if (ready)
        render_all(&batch);
    return ready ? batch_status(&batch) : (int)session_status(session->diags, false);
}
