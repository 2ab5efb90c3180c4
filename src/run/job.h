/* One render job: template + data + period → one output. */
#ifndef RUN_JOB_H
#define RUN_JOB_H

#include "output/finish.h"
#include "run/session.h"
#include "typeset/pages.h"

typedef struct RenderJob {
    SessionSpec session;
    const char *output; /* NULL: none given */
    const char *date;   /* --date, or NULL */
    bool strict;
    /* "doc", "pages", or NULL: --dump writes that to stdout instead of an output */
    const char *dump;
    const char *only; /* 图2: that chart alone; NULL: the paper */
    bool attach_data, accessible; /* of PDF */
    bool whole;   /* of PNG: all pages in one picture (--long) */
    double dpi; /* of PNG */
    const char *fonts_dir;
} RenderJob;

/* Runs it; returns an ExitStatus. Messages are in diags; the caller prints them, while the arena
 * (of the run) still lives: messages point into the sources read into it. */
int job_render(const RenderJob *job, Arena *arena, Diags *diags);

/* Paints pages, finishes them, with `attachments` (NULL: none), and saves them whole. False after a
 * message. */
bool job_save_pdf(
    const Pages *pages, const Attachments *attachments, const char *path, Diags *diags);

#endif
