/* One render job: template + data + period → one output. Exit statuses as in trust.md B5. */
#ifndef RUN_JOB_H
#define RUN_JOB_H

#include <stdbool.h>
#include "base/diag.h"
#include "template/template.h"

enum { EXIT_DONE = 0, EXIT_REJECTED = 2, EXIT_UNITS_FAILED = 3, EXIT_WARNED = 4, EXIT_SYSTEM = 5 };

typedef struct RenderJob {
    const char *template_path, *data_dir, *period, *output; /* data_dir and period may be NULL */
    const char *date;                                       /* --date, or NULL */
    const char *as_of;                                      /* --as-of, or NULL */
    const TemplateParam *params;
    int param_count;
    bool draft, strict;
    /* "doc", "pages", or NULL: --dump writes that to stdout instead of an output */
    const char *dump;
    double dpi; /* of PNG, 0 = 150 */
    const char *fonts_dir;
} RenderJob;

/* Runs it; returns an exit status. Messages are in diags; the caller prints them, while the arena
 * (of the run) still lives: messages point into the sources read into it. */
int job_render(const RenderJob *job, Arena *arena, Diags *diags);

#endif
