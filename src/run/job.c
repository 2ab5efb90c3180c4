/* Follows the architecture's flow once: template → store → document → pages → paint → finish →
 * sink. */
#include "run/job.h"

#include <string.h>

#include "base/buf.h"
#include "output/sink.h"
#include "paint/paint.h"
#include "run/attach.h"
#include "run/job_paper.h"
#include "run/outputs.h"
#include "run/batch/register.h"
#include "run/batch/units.h"
#include "run/batch/units_render.h"

/* ---- what the command line says ---- */

static bool output_format(const RenderJob *job, Diags *diags, JobFormat *out)
{
    *out = FORMAT_PDF;
    if (job->dump)
        return true;
    if (!job->output)
        return diag_add(diags, DIAG_E506, NULL);
    if (job_format(job->output, out))
        return true;
    diag_add(diags, DIAG_E507, NULL, job->output);
    diag_hint(diags, DIAG_H501);
    return false;
}

/* --only: what cannot be made of a chart alone is refused before anything is read. */
static bool only_fits(const RenderJob *job, JobFormat format, Diags *diags)
{
    const char *other = job->session.draft                             ? "--draft"
                        : job->dump && strcmp(job->dump, "doc") == 0   ? "--dump doc"
                        : !job->dump && format == FORMAT_TXT           ? job->output
                                                                       : NULL;
    return !job->only || !other || diag_add(diags, DIAG_E535, NULL, other);
}

/* What only a PDF has: the tags can be looked at in the pages, too. */
static bool pdf_fits(const RenderJob *job, JobFormat format, Diags *diags)
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

static bool long_fits(const RenderJob *job, JobFormat format, Diags *diags)
{
    const char *other = job->dump               ? "--dump"
                        : format != FORMAT_PNG ? job->output
                                                : NULL;
    return !job->whole || !other || diag_add(diags, DIAG_E578, NULL, other);
}

/* What the command line asks for goes together. */
static bool wishes_fit(const RenderJob *job, Diags *diags)
{
    JobFormat format;
    return output_format(job, diags, &format) && only_fits(job, format, diags) &&
           pdf_fits(job, format, diags) && long_fits(job, format, diags);
}

/* ---- one paper ---- */

bool job_make_pdf(const Pages *pages, const Attachments *attachments, Buf *out, Diags *diags)
{
    Buf painted = {0};
    bool done =
        paint_pdf(pages, &painted, diags) && finish_pdf(&painted, pages, attachments, out, diags);
    buf_free(&painted);
    return done;
}

bool job_save_pdf(
    const Pages *pages, const Attachments *attachments, const char *path, Diags *diags)
{
    Buf finished = {0};
    bool done = job_make_pdf(pages, attachments, &finished, diags) &&
                sink_save(path, finished.data, finished.length, diags);
    buf_free(&finished);
    return done;
}

static int exit_status(const JobPaper *paper, const Diags *diags, bool done)
{
    ExitStatus status = session_status(diags, done);
    /* Errors that a draft was made in spite of are holes in it. */
    bool holed = done && paper->document.draft && status == EXIT_REJECTED;
    if (status != EXIT_DONE)
        return holed ? EXIT_WARNED : status;
    bool warned = paper->job->strict && diag_count(diags, DIAG_WARNING) > 0;
    return warned || paper->holes > 0 ? EXIT_WARNED : EXIT_DONE;
}

static int render_one(
    const RenderJob *job, Session *session, JobShared *shared, const char *path)
{
    JobPaper paper = {.job = job, .session = session, .shared = shared, .path = path};
    Register *reg = NULL;
    const OutputName names[] = {
        {.path = job->dump ? NULL : path, .owner = "-o"},
        {.path = job->reg.path, .owner = "--register", .followed = true}};
    bool done = outputs_are_apart(session, names, sizeof names / sizeof *names) &&
                register_one(&job->reg, session, &reg) && (!reg || register_save(reg));
    register_close(reg);
    if (done && job->dump)
        done = job_dump(&paper);
    else
        done = done && job_evaluate(&paper) && job_typeset(&paper) && job_save(&paper);
    return exit_status(&paper, session->diags, done);
}

int job_render(const RenderJob *job, Arena *arena, Diags *diags)
{
    Session session = {0};
    JobShared shared = {0};
    const char *path = job->output;
    Date date;
    int status;
    bool done = wishes_fit(job, diags) && session_begin(&session, &job->session, arena, diags) &&
                session_is_of_one(&session, &path, NULL) && batch_wishes_fit(job, &session) &&
                session_settle_date(&session, job->date, &date) && session_bind(&session);
    /* Right after they were read: what is attached is what the figures come from. */
    done = done && (!job->attach_data || attachments_read(&session, &shared.attachments));
    if (!done)
        status = session_status(diags, false);
    else if (session_has_units(&session))
        status = units_render(job, &session, &shared.attachments);
    else
        status = render_one(job, &session, &shared, path);
    attachments_free(&shared.attachments);
    fonts_close(shared.fonts);
    session_close(&session);
    return status;
}
