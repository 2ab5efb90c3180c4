/* What the command line says of the processes of a batch: -j, --unit-seconds, --unit-memory,
 * --fail-fast, --max-failures. */
#ifndef RUN_BATCH_BATCH_SPEC_H
#define RUN_BATCH_BATCH_SPEC_H

#include "run/command.h"

/* How many at once, and what a unit may cost. */
typedef struct BatchSpec {
    int workers;         /* 0: as many as there are processors for this process */
    long unit_seconds;   /* of CPU; LIMIT_UNIT_WAIT times that by the clock */
    long unit_megabytes; /* that it may take beside what was read for all */
    bool fail_fast;
    long max_failures; /* 0: no limit */
} BatchSpec;

/* A whole number in the range of that option; else a message that names the range. */
bool batch_option_fits(Diags *diags, OptionId option, const char *value);
/* What was given (all of it fits), and else what holds by default. */
BatchSpec batch_spec(const Arguments *arguments);

#endif
