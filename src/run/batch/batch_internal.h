/* What the parent (batch.c) and its workers (worker.c) have in common. */
#ifndef RUN_BATCH_BATCH_INTERNAL_H
#define RUN_BATCH_BATCH_INTERNAL_H

#include <stdatomic.h>
#include <sys/types.h>

#include "base/limits.h"
#include "run/batch/batch.h"

/* In memory that all of them share. A unit is taken by writing one's id as its owner where none
 * was, so that a worker that is killed at any moment leaves behind which one it had. */
typedef struct BatchBoard {
    atomic_size_t next; /* all units before it have owners, and perhaps more */
    atomic_bool stopped;
    atomic_size_t failed;
    atomic_size_t in_hand[LIMIT_JOBS]; /* of the worker in that place: unit + 1; 0: none yet */
    atomic_int owners[];               /* worker's id; 0: free */
} BatchBoard;

/* What a worker gets. */
typedef struct WorkerTask {
    const BatchSpec *spec;
    const UnitWork *work;
    BatchBoard *board;
    pid_t parent;
    int id;             /* never that of another one */
    int place;          /* among those at work */
    int results, stray; /* a pipe to the parent; a file that takes the place of stderr */
} WorkerTask;

/* A result as it is in the pipe, its text behind it. */
typedef struct BatchPacket {
    UnitResult result;
    size_t length;
} BatchPacket;

/* The next free unit, which is the worker's from now on; false when there is none, which the board
 * says then too, or the batch stops. */
bool batch_take(const WorkerTask *task, size_t *index);
/* Takes one unit after the other, until there are none or it has had enough; never returns. */
_Noreturn void worker_run(const WorkerTask *task);

/* Whether so many failures end the batch. */
bool batch_gives_up(const BatchSpec *spec, size_t failed);
/* Stops the batch when this was the last failure that it bears: in the worker, which would take the
 * next unit before the parent has read of it. */
void batch_count(const BatchSpec *spec, BatchBoard *board, const UnitResult *result);
/* Messages of a unit that are told from outside of it: between batch_tell and batch_told the
 * session's diags are the unit's own and empty. batch_told gives them as they are printed. */
const Diags *batch_tell(const UnitWork *work, size_t index, Arena *arena);
const char *batch_told(const UnitWork *work, const Diags *before, Arena *arena);
/* What was written into `stray`; "" when nothing was. */
const char *batch_stray(int stray, Arena *arena);

#endif
