/* One render job: template + data + period → one output. */
#ifndef RUN_JOB_H
#define RUN_JOB_H

#include "output/finish.h"
#include "run/batch/batch_spec.h"
#include "run/batch/register.h"
#include "run/session.h"
#include "run/batch/shard.h"
#include "typeset/font.h"
#include "typeset/pages.h"

typedef struct RenderJob {
    SessionSpec session;
    const char *output; /* NULL: none given */
    const char *date;   /* --date, or NULL */
    RegisterSpec reg;   /* --register */
    bool strict;
    /* "doc", "pages", or NULL: --dump writes that to stdout instead of an output */
    const char *dump;
    const char *only; /* 图2: that chart alone; NULL: the paper */
    bool attach_data, accessible; /* of PDF */
    bool whole;   /* of PNG: all pages in one picture (--long) */
    double dpi; /* of PNG */
    const char *fonts_dir;
    DiagFormat messages; /* form of those that are told paper by paper */
    /* Of a batch (run/batch/units_render.h): */
    BatchSpec batch;           /* -j, limits of a unit, --fail-fast */
    const char *report;        /* --report, or NULL */
    Shard shard;               /* --shard; {0, 0}: all */
    bool resume;               /* --resume, --changed */
    bool force;                /* --force */
} RenderJob;

/* What the papers of a run share. Zeroed; its maker ends it. */
typedef struct JobShared {
    FontSet *fonts; /* opened when first needed */
    Attachments attachments;
} JobShared;

/* Runs it; returns an ExitStatus. Messages are in diags; the caller prints them, while the arena
 * (of the run) still lives: messages point into the sources read into it. */
int job_render(const RenderJob *job, Arena *arena, Diags *diags);

/* Paints pages and finishes them, with `attachments` (NULL: none). False after a message. */
bool job_make_pdf(const Pages *pages, const Attachments *attachments, Buf *out, Diags *diags);
/* The same, saved whole. */
bool job_save_pdf(
    const Pages *pages, const Attachments *attachments, const char *path, Diags *diags);

#endif
