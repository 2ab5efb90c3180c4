/* One paper of a batch, made in a worker (run/batch/batch.h) or in this process, and what is told of it.
 */
#ifndef RUN_BATCH_UNIT_RENDER_H
#define RUN_BATCH_UNIT_RENDER_H

#include <stdint.h>

#include "run/job.h"
#include "run/batch/units.h"

struct RunReport;

typedef enum UnitState {
    UNIT_PLANNED, /* has its row in the report, not begun */
    UNIT_MADE,
    UNIT_KEPT, /* --resume: what lies there is what would be made */
    UNIT_FAILED,
    UNIT_CRASHED,
    UNIT_TIMED_OUT,
    UNIT_OUT_OF_MEMORY
} UnitState;

/* Plain data and one text: a worker sends it through a pipe as it is, the text behind it. */
typedef struct UnitResult {
    size_t index; /* into Units.items */
    UnitState state;
    int pages;
    long figures; /* that were put into the paper */
    int errors, warnings, notes;
    bool holed;                              /* a draft that lacks figures */
    bool system;                             /* stopped by the system: the disk is full */
    int64_t microseconds;                    /* by the wall clock */
    char file_digest[65], source_digest[65]; /* of its file(s), of all it was made of; "" */
    const char *messages;                    /* as they go to stderr, in the form of the run */
} UnitResult;

/* What all units of a run are made with. */
typedef struct UnitWork {
    const RenderJob *job;
    Session *session;
    const Units *units;
    const Attachments *attachments;
    const struct RunReport *earlier; /* --resume; else NULL */
    const char *source_digest;       /* of what all units are made of; NULL: none is wanted */
} UnitWork;

/* Enters units->items[index], works it out, decides whether it is up to date, sets, saves, leaves.
 * `shared` is kept by the worker from unit to unit; `arena` was reset. Nothing is printed: the
 * messages are in *out, which lies in `arena`. */
void unit_render(
    const UnitWork *work, JobShared *shared, size_t index, Arena *arena, UnitResult *out);

#endif
