/* The figures that a chart prints besides its points, worked out of them when it is drawn: the
 * shares of a 饼, the sum in a 环形, the sums above a stack, how much of its target a 进度 has
 * reached, the mean of a series. Each gets a record of its own here, with the sources of the points
 * that it is made of. Pure; everything in the arena. */
#ifndef CHECK_RECKONED_H
#define CHECK_RECKONED_H

#include "base/arena.h"
#include "document/document.h"
#include "document/provenance.h"

typedef struct Reckoned {
    const char *line, *head; /* 乱堆乱放, 占比; head NULL: 合计 of the whole chart */
    Provenance figure;
} Reckoned;

typedef struct ReckonedList {
    Reckoned *items;
    size_t count, capacity;
} ReckonedList;

/* In the order of reading. A chart with a point without a record (typed) has none. */
void reckoned_find(Arena *arena, const DocChart *chart, ReckonedList *out);
/* Of the same points in the period before. False: one of them had none, or the chart goes through
 * periods of its own. */
bool reckoned_before(Arena *arena, const DocChart *chart, ReckonedList *out);

#endif
