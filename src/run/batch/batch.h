/* The processes of a batch (trust.md P1, P4–P6; engine.md 5): forked workers that each take the
 * next unit from a shared counter, and a parent that gives out what they send in the units' order.
 */
#ifndef RUN_BATCH_BATCH_H
#define RUN_BATCH_BATCH_H

#include "run/batch/batch_spec.h"
#include "run/batch/unit_render.h"

/* In the order of their weight. */
typedef enum BatchEnd {
    BATCH_DONE,
    BATCH_GAVE_UP, /* --fail-fast, --max-failures */
    BATCH_SYSTEM,  /* disk full …, or done() said no */
    BATCH_INTERRUPTED
} BatchEnd;

/* Renders units[0 … count) in forked workers (one too) and calls done() in this process, in the
 * order of the units, for each that came to an end; false from it stops the batch as BATCH_SYSTEM.
 * Where the batch ends early, units were not begun and done() was not called for them; those that
 * workers had in hand were finished. *signal: what interrupted it, else 0; the caller ends what is
 * its own and raises it. A second signal while the batch ends kills workers and program at once.
 *
 * A unit that crashed, ran too long or took too much memory is a result like any other, its message
 * (E560–E562) in `messages`. The worker's death costs that unit alone. */
BatchEnd batch_run(const BatchSpec *spec, const UnitWork *work,
    bool (*done)(void *context, const UnitResult *result), void *context, int *signal);

#endif
