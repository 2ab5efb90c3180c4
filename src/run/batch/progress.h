/* A line on the terminal that says how far a batch is; none where stderr is no terminal. */
#ifndef RUN_BATCH_PROGRESS_H
#define RUN_BATCH_PROGRESS_H

#include <stdint.h>
#include "base/diag.h"

typedef struct Progress {
    bool possible, shown;
    DiagLanguage language;
    int64_t begun, drawn; /* microseconds */
} Progress;

Progress progress_begin(DiagLanguage language, int64_t now);
/* Draws it anew, a few times a second. */
void progress_show(Progress *progress, size_t done, size_t failed, size_t total, int64_t now);
/* Before anything else is written to the terminal, and at the end. */
void progress_wipe(Progress *progress);

#endif
