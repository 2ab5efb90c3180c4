/* One render job: template + data + period → one output. */
#ifndef RUN_JOB_H
#define RUN_JOB_H

#include "output/finish.h"
#include "run/session.h"
#include "typeset/font.h"
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
    DiagFormat messages; /* form of those that are told paper by paper */
} RenderJob;

/* What became of one paper. */
typedef struct JobPaper {
    Document document;
    const Pages *pages; /* NULL: a dump of the document */
    int holes;          /* figures that a draft lacks */
} JobPaper;

/* What the papers of a run share. Zeroed; its maker ends it. */
typedef struct JobShared {
    FontSet *fonts; /* opened when first needed */
    Attachments attachments;
} JobShared;

/* Works out, sets and saves the paper of the session as it is, of one unit too, under `path` (NULL:
 * --dump, to stdout). All of it lies in session->arena, the fonts too where they are opened here.
 * False after messages. */
bool job_make(
    const RenderJob *job, Session *session, JobShared *shared, const char *path, JobPaper *out);

/* Runs it; returns an ExitStatus. Messages are in diags; the caller prints them, while the arena
 * (of the run) still lives: messages point into the sources read into it. */
int job_render(const RenderJob *job, Arena *arena, Diags *diags);

/* Paints pages, finishes them, with `attachments` (NULL: none), and saves them whole. False after a
 * message. */
bool job_save_pdf(
    const Pages *pages, const Attachments *attachments, const char *path, Diags *diags);

#endif
