/* A list of who gets how many copies (--copies-by): a CSV with the columns 单位 and 份数. */
#ifndef RUN_COPIES_H
#define RUN_COPIES_H

#include "data/store.h"
#include "typeset/slip.h"

typedef struct Copies {
    Store *store; /* lends the places of the cells */
    Slip *slips;  /* in the order of the list; units with no copy are left out */
    size_t count;
} Copies;

/* False after messages. End it with store_close(copies->store), whatever happened. */
bool copies_read(Arena *arena, const char *path, Diags *diags, Copies *out);

#endif
