/* wenyin bundle: a volume from its plan. */
#include "run/bundle/bundle.h"

#include <stdio.h>
#include <string.h>

#include "output/outname.h"
#include "output/sink.h"
#include "run/home.h"
#include "run/outputs.h"

/* ---- what the command line says ---- */

static bool is_one_file(Bundle *bundle)
{
    bundle->job.output = outname_plain(bundle->arena, bundle->job.output, bundle->diags);
    if (!bundle->job.output)
        diag_hint(bundle->diags, DIAG_H537);
    return bundle->job.output;
}

static bool output_fits(Bundle *bundle)
{
    const RenderJob *job = &bundle->job;
    if (job->dump)
        return !job->accessible || strcmp(job->dump, "pages") == 0 ||
               diag_add(bundle->diags, DIAG_E580, NULL, "--accessible", "--dump");
    if (!job->output)
        return diag_add(bundle->diags, DIAG_E506, NULL);
    if (job->reg.path && !output_spares(bundle->diags, job->output, job->reg.path))
        return false;
    if (strcmp(job->output, "-") == 0 || output_ends(job->output, ".pdf"))
        return is_one_file(bundle);
    diag_add(bundle->diags, DIAG_E507, NULL, job->output);
    diag_hint(bundle->diags, DIAG_H570);
    return false;
}

/* ---- what is made ---- */

static bool dump_documents(const Bundle *bundle)
{
    if (bundle->plan->has_cover)
        document_dump(&bundle->cover, stdout);
    for (size_t i = 0; i < bundle->part_count; i++)
        for (size_t k = 0; k < bundle->parts[i].paper_count; k++)
            document_dump(bundle->parts[i].papers[k].document, stdout);
    return true;
}

static bool make(Bundle *bundle)
{
    const RenderJob *job = &bundle->job;
    if (!bundle_read(bundle) || !bundle_evaluate(bundle))
        return false;
    if (job->dump && strcmp(job->dump, "doc") == 0)
        return dump_documents(bundle);
    if (!bundle_typeset(bundle))
        return false;
    if (!job->dump)
        return job_save_pdf(bundle->pages, NULL, job->output, bundle->diags);
    pages_dump(bundle->pages, stdout);
    return true;
}

/* ---- what is told of it ---- */

typedef struct Tally {
    size_t warnings, faults;
    bool system;
} Tally;

static void tell(const Bundle *bundle, Diags *diags, bool hide, Tally *tally)
{
    if (!diags)
        return;
    diag_hide_notes(diags, hide);
    diag_print(diags, stderr, bundle->job.messages);
    tally->warnings += diag_count(diags, DIAG_WARNING);
    tally->faults += diag_count(diags, DIAG_ERROR) + diag_count(diags, DIAG_SYSTEM);
    tally->system = tally->system || diag_count(diags, DIAG_SYSTEM) > 0;
}

/* Those of the run itself are printed behind these. */
static Tally tell_all(const Bundle *bundle, bool hide)
{
    Tally tally = {.warnings = diag_count(bundle->diags, DIAG_WARNING)};
    fflush(stdout);
    tell(bundle, bundle->own, hide, &tally);
    for (size_t i = 0; i < bundle->part_count; i++) {
        const BundlePart *part = &bundle->parts[i];
        tell(bundle, part->diags, hide, &tally);
        for (size_t k = 0; k < part->paper_count; k++) {
            tell(bundle, part->papers[k].told, hide, &tally);
            tell(bundle, part->papers[k].diags, hide, &tally);
        }
    }
    return tally;
}

/* Faults in spite of which a draft was made are holes in it. */
static int exit_status(const Bundle *bundle, const Tally *tally, bool done)
{
    if (tally->system)
        return EXIT_SYSTEM;
    ExitStatus status = session_status(bundle->diags, done);
    if (status != EXIT_DONE)
        return status;
    if (tally->faults > 0 && !bundle_draft(bundle))
        return EXIT_REJECTED;
    bool holed = tally->faults > 0 || bundle->holes > 0;
    bool warned = bundle->job.strict && tally->warnings > 0;
    return holed || warned ? EXIT_WARNED : EXIT_DONE;
}

static void close_all(Bundle *bundle)
{
    fonts_close(bundle->fonts);
    for (size_t i = 0; i < bundle->file_count; i++)
        buf_free(&bundle->files[i]);
    for (size_t i = 0; i < bundle->part_count; i++)
        session_close(&bundle->parts[i].session);
    session_close(&bundle->session);
}

int run_bundle(Arguments *arguments)
{
    const char *const *values = arguments->values;
    Bundle bundle = {.arena = arguments->arena,
        .diags = arguments->diags,
        .job = {.session = session_spec(arguments, arguments->operands[0]),
            .output = values[OPTION_OUTPUT],
            .date = values[OPTION_DATE],
            .strict = values[OPTION_STRICT],
            .dump = values[OPTION_DUMP],
            .accessible = values[OPTION_ACCESSIBLE],
            .reg = {.path = values[OPTION_REGISTER],
                .date = values[OPTION_DATE],
                .known = true},
            .messages = diag_format_of(values[OPTION_DIAGNOSTICS])}};
    bundle.job.session.plan = true;
    bool done = output_fits(&bundle) && make(&bundle);
    Tally tally = tell_all(&bundle, !values[OPTION_VERBOSE]);
    int status = exit_status(&bundle, &tally, done);
    close_all(&bundle);
    return status;
}
