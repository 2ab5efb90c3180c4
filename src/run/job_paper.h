/* One paper, step by step: job_evaluate, job_typeset, job_save; or job_dump, which takes the steps
 * that it needs. Each is false after messages. All of it lies in session->arena, the fonts too
 * where they are opened here. */
#ifndef RUN_JOB_PAPER_H
#define RUN_JOB_PAPER_H

#include "output/digest.h"
#include "run/job.h"

typedef struct JobPaper {
    /* Given: */
    const RenderJob *job;
    Session *session; /* as it is; of one unit too */
    JobShared *shared;
    const char *path; /* of the output */
    bool digested;    /* `digest` is wanted */
    /* Made: */
    Document document;
    const Block *only;        /* the chart that is made alone; NULL: the paper */
    const Pages *pages;       /* NULL: none yet */
    int holes;                /* figures that a draft lacks */
    char digest[DIGEST_TEXT]; /* of the files as they were saved, one behind the other */
} JobPaper;

typedef enum JobFormat { FORMAT_PDF, FORMAT_PNG, FORMAT_SVG, FORMAT_TXT } JobFormat;

/* By the extension; false when it is none of ours. */
bool job_format(const char *path, JobFormat *out);
/* True where each page has a file of its own: 汇报.png is not written then, 汇报-1.png … are. */
bool job_has_pages_apart(const RenderJob *job, const char *path);
/* The file of a page (from 0), or the one file. Lies in `arena`. */
const char *job_file(Arena *arena, const RenderJob *job, const char *path, size_t page);

bool job_evaluate(JobPaper *paper);
bool job_typeset(JobPaper *paper);
bool job_save(JobPaper *paper);
bool job_dump(JobPaper *paper); /* to stdout */

#endif
