/* What the checks of consistency need to know of the data (check/consistency.h). Of the arena. */
#ifndef RUN_FACTS_H
#define RUN_FACTS_H

#include "check/consistency.h"
#include "data/period.h"
#include "data/store.h"

/* `period`: the report's, or NULL. */
void check_facts(Arena *arena, Store *store, const Period *period, CheckFacts *out);

#endif
