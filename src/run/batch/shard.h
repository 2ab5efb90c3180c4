/* --shard 2/3: the units of a batch dealt out to several machines by their number, so that each
 * machine knows its own without asking the others. */
#ifndef RUN_BATCH_SHARD_H
#define RUN_BATCH_SHARD_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"

typedef struct Shard {
    int index, count; /* 2, 3; both 0: all units are one machine's */
} Shard;

/* 2/3, or 2之3 as the report has it. False when it is none. */
bool shard_parse(const char *text, Shard *out);
/* Whether the unit with this 序号 (from 1) is one of the shard's: 2, 5, 8 … are those of 2/3. */
bool shard_has(Shard shard, size_t number);
/* 2/3, or "" of all. Lies in `arena`. */
const char *shard_text(Arena *arena, Shard shard);

#endif
