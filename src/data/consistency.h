/* What the data themselves contradict, beyond what loading tells (load_suspects.c, ledger.c):
 * scores that are not the sum of their parts, a ledger whose balance differs from what the monthly
 * report says of the same things. Asked only in `wenyin check`. */
#ifndef DATA_CONSISTENCY_H
#define DATA_CONSISTENCY_H

#include "data/period.h"
#include "data/store.h"

/* Adds warnings only. `period`: the report's, or NULL. */
void store_consistency(Store *store, const Period *period);

#endif
