#include "run/batch/units_render.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "base/version.h"
#include "run/batch/batch.h"
#include "run/job_paper.h"
#include "run/outputs.h"
#include "run/batch/register.h"
#include "run/batch/report_template.h"
#include "run/batch/run_journal.h"
#include "run/batch/source_digest.h"
#include "run/batch/units_files.h"

/* A batch under way, and what became of it. */
typedef struct Batch {
    const RenderJob *job;
    Session *session;
    const Attachments *attachments;
    Units units;
    Register *reg;    /* --register; NULL: none */
    Journal *journal; /* NULL: none is kept */
    RunReport *report;
    BatchEnd end;
    int signal;
    struct timespec begun;
} Batch;

/* ---- what the command line says ---- */

static const char *batch_option(const RenderJob *job)
{
    return job->report        ? "--report"
           : job->resume      ? "--resume"
           : job->force       ? "--force"
           : job->shard.count ? "--shard"
                              : NULL;
}

/* What stands in the report and the register has to be text. */
static bool names_are_text(const RenderJob *job, Diags *diags)
{
    const char *const names[] = {job->session.template_path, job->output ? job->output : ""};
    size_t bad;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!utf8_valid(names[i], strlen(names[i]), &bad))
            return diag_add(diags, DIAG_E569, NULL, names[i]);
    return true;
}

bool batch_wishes_fit(const RenderJob *job, const Session *session)
{
    const char *option = batch_option(job);
    ReportForm form;
    bool dealt = option && strcmp(option, "--shard") == 0; /* a dump can be dealt out too */
    if ((job->reg.path || session_has_units(session)) && !names_are_text(job, session->diags))
        return false;
    if (option && (!session_has_units(session) || (job->dump && !dealt)))
        return diag_add(session->diags, DIAG_E540, NULL, option);
    if (!job->report || (report_form(job->report, &form) && strcmp(job->report, "-") != 0))
        return true;
    diag_add(session->diags, DIAG_E541, NULL, job->report);
    diag_hint(session->diags, DIAG_H541);
    return false;
}

/* ---- without a report: a dump, or one paper under a name of its own ---- */

static void dump_unit(Batch *b, const Unit *unit, Arena *arena, bool *failed)
{
    Session *s = b->session;
    JobShared shared = {0};
    arena_reset(arena);
    session_enter_unit(s, unit, arena);
    JobPaper paper = {.job = b->job, .session = s, .shared = &shared};
    bool done = job_dump(&paper);
    fflush(stdout);
    diag_print(s->diags, stderr, b->job->messages);
    fonts_close(shared.fonts);
    ReportRow row = {.unit = unit->name,
        .file = unit->name,
        .number = unit->number,
        .state =
            done && (b->job->session.draft || !diag_failed(s->diags)) ? UNIT_MADE : UNIT_FAILED,
        .holed = done && paper.holes > 0,
        .warnings = (int)diag_count(s->diags, DIAG_WARNING),
        .ours = true};
    *failed = diag_count(s->diags, DIAG_SYSTEM) > 0;
    session_leave_unit(s);
    report_put(s->arena, b->report, &row);
}

static void dump_all(Batch *b)
{
    Arena *arena = arena_new();
    bool failed = false;
    b->report = report_new(b->session->arena, "");
    for (size_t i = 0; i < b->units.count && !failed; i++)
        dump_unit(b, &b->units.items[i], arena, &failed);
    b->end = failed ? BATCH_SYSTEM : BATCH_DONE;
    arena_free(arena);
}

/* ---- as units are done ---- */

static ReportRow row_of(const Batch *b, const UnitResult *result)
{
    const Unit *unit = &b->units.items[result->index];
    Arena *arena = b->session->arena;
    return (ReportRow){.unit = unit->name,
        .file = units_file(&b->units, unit),
        .number = unit->number,
        .serial = unit->serial,
        .state = result->state,
        .holed = result->holed,
        .pages = result->pages,
        .figures = result->figures,
        .errors = result->errors,
        .warnings = result->warnings,
        .notes = result->notes,
        .microseconds = result->microseconds,
        .file_digest = arena_strdup(arena, result->file_digest),
        .source_digest = arena_strdup(arena, result->source_digest),
        .messages = report_messages(arena, result->messages),
        .ours = true};
}

static bool unit_done(void *context, const UnitResult *result)
{
    Batch *b = context;
    fputs(result->messages, stderr);
    ReportRow row = row_of(b, result);
    report_put(b->session->arena, b->report, &row);
    return !b->journal || journal_add(b->journal, &row);
}

static void run_batch(Batch *b, const RunReport *earlier)
{
    const RenderJob *job = b->job;
    char source[DIGEST_TEXT];
    if (b->journal)
        source_digest_run(job, b->session, b->attachments, source);
    const UnitWork work = {.job = job,
        .session = b->session,
        .units = &b->units,
        .attachments = b->attachments,
        .earlier = earlier,
        .source_digest = b->journal ? source : NULL};
    b->end = batch_run(&job->batch, &work, unit_done, b, &b->signal);
}

static void run_without_report(Batch *b)
{
    b->report = report_new(b->session->arena, "");
    units_plan_rows(b->session, &b->units, b->report);
    run_batch(b, NULL);
}

/* ---- with a report ---- */

static bool save_register(Batch *b)
{
    bool done = !b->reg || register_save(b->reg);
    register_close(b->reg);
    b->reg = NULL;
    return done;
}

/* All that can be refused is refused before the first number is given and the first page made. */
static bool open_journal(Batch *b)
{
    Session *s = b->session;
    const char *path = units_report_path(b->job, s, &b->units);
    bool apart = !b->job->report || output_is_free(s, NULL, b->job->report);
    b->journal = apart && output_is_free(s, NULL, path) ? journal_open(s, path) : NULL;
    if (!b->journal)
        return false;
    b->report = journal_report(b->journal);
    if (!b->job->force && !units_report_is_ours(b->job, s, &b->units, b->report))
        return false;
    units_adopt(b->job, s, &b->units, b->report);
    return (b->job->force || units_files_are_ours(b->job, s, &b->units, b->report)) &&
           save_register(b);
}

static void head_report(Batch *b)
{
    const Session *s = b->session;
    const char *template = b->job->session.template_path;
    b->report->template = units_stem(s->arena, template);
    b->report->template_file = report_template_file(s->arena, b->units.folder, template);
    b->report->period = s->options.has_period ? period_raw(s->arena, s->options.period) : "";
    b->report->version = WENYIN_VERSION;
    b->report->shard = b->job->shard;
    b->report->end = RUN_UNDER_WAY;
    b->report->microseconds = 0;
}

static int64_t elapsed(const Batch *b)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - b->begun.tv_sec) * 1000000 +
           (now.tv_nsec - b->begun.tv_nsec) / 1000;
}

static bool save_report_again(const Batch *b)
{
    ReportForm form;
    if (!b->job->report || !report_form(b->job->report, &form))
        return true;
    return output_folders(b->session, b->job->report) &&
           report_save(b->report, form, b->job->report, b->session->diags);
}

static void finish_report(Batch *b, const RunReport *earlier)
{
    static const RunEnd ends[] = {[BATCH_DONE] = RUN_DONE,
        [BATCH_GAVE_UP] = RUN_GAVE_UP,
        [BATCH_SYSTEM] = RUN_STOPPED,
        [BATCH_INTERRUPTED] = RUN_INTERRUPTED};
    b->report->end = ends[b->end];
    b->report->microseconds = elapsed(b);
    units_sweep(b->session->arena, &b->units);
    units_settle_left(b->job, b->session, &b->units, b->report, earlier);
    units_tell_older(b->job, b->session, &b->units, b->report, earlier);
    report_sort(b->report);
    /* Ours comes last: whoever gets its lock next finds all done. */
    bool again = save_report_again(b), done = journal_finish(b->journal);
    if (!again || !done)
        b->end = b->end == BATCH_INTERRUPTED ? b->end : BATCH_SYSTEM;
}

static bool run_with_report(Batch *b)
{
    if (!open_journal(b))
        return false;
    const RunReport *earlier = report_copy(b->session->arena, b->report);
    head_report(b);
    units_plan_rows(b->session, &b->units, b->report);
    if (!journal_plan(b->journal))
        return false;
    units_sweep(b->session->arena, &b->units);
    run_batch(b, b->job->resume ? earlier : NULL);
    finish_report(b, earlier);
    return true;
}

/* ---- all of them ---- */

static bool plan(Batch *b)
{
    const RenderJob *job = b->job;
    bool done = units_list(b->session, &b->units) &&
                register_units(&job->reg, b->session, &b->units, &b->reg);
    units_shard(b->session, &b->units, job->shard);
    done = done && (job->dump || (units_name(b->session, &b->units, job->output) &&
                                     units_are_apart(job, b->session, &b->units)));
    if (done && !job->dump && !b->units.batch && batch_option(job))
        done = diag_add(b->session->diags, DIAG_E540, NULL, batch_option(job));
    return done;
}

static bool render(Batch *b)
{
    if (!plan(b))
        return false;
    if (b->units.total == 0) {
        b->report = report_new(b->session->arena, "");
        return true; /* W552 said so */
    }
    if (b->units.batch)
        return run_with_report(b);
    if (b->job->dump) {
        dump_all(b);
        return true;
    }
    bool done = save_register(b);
    if (done)
        run_without_report(b);
    return done;
}

static int status_of(const Batch *b, const ReportSums *sums)
{
    Diags *diags = b->session->diags;
    bool warned = sums->warnings > 0 || diag_count(diags, DIAG_WARNING) > 0;
    if (b->end == BATCH_SYSTEM || diag_count(diags, DIAG_SYSTEM) > 0)
        return EXIT_SYSTEM;
    if (sums->failed > 0 || b->end == BATCH_GAVE_UP)
        return EXIT_UNITS_FAILED;
    return sums->holed || (b->job->strict && warned) ? EXIT_WARNED : EXIT_DONE;
}

/* A run that was stopped dies of what stopped it, as the shell expects (trust.md P1). */
static void die_of_signal(const Batch *b)
{
    diag_print(b->session->diags, stderr, b->job->messages);
    fflush(NULL);
    signal(b->signal, SIG_DFL);
    raise(b->signal);
}

static int batch_status(Batch *b)
{
    ReportSums sums = report_sums(b->report);
    report_tell_failed(b->session->arena, b->report, b->session->diags);
    if (b->end == BATCH_SYSTEM) /* else the batch has said so */
        report_tell_planned(b->session->arena, b->report, b->session->diags);
    int status = status_of(b, &sums);
    if (b->units.count > 1 && b->journal)
        report_tell_sums(b->report, b->session->diags);
    if (b->end == BATCH_INTERRUPTED && b->signal)
        die_of_signal(b);
    return status;
}

int units_render(const RenderJob *job, Session *session, const Attachments *attachments)
{
    Batch batch = {.job = job, .session = session, .attachments = attachments};
    clock_gettime(CLOCK_MONOTONIC, &batch.begun);
    bool ready = render(&batch);
    register_close(batch.reg);
    journal_close(batch.journal);
    return ready ? batch_status(&batch) : (int)session_status(session->diags, false);
}
