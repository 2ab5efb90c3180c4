/* A file that one run at a time has: fcntl's lock on the file itself, which ends with the process
 * that holds it, however that ends (trust.md P3). */
#ifndef OUTPUT_LOCK_H
#define OUTPUT_LOCK_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct Lock {
    int file;    /* open for reading and writing; -1: none */
    bool made;   /* the file was not there before */
    pid_t owner; /* of a lock that another process has: its id */
} Lock;

typedef enum LockEnd { LOCK_HELD, LOCK_TAKEN, LOCK_FAULT } LockEnd;

/* Opens (makes) the file at `path` and locks it; `wait`: until nobody else has it, else LOCK_TAKEN
 * says who has. The file that is locked is the one that `path` names then, even if it was renamed
 * over meanwhile. LOCK_FAULT: errno says why. While the lock is held no other descriptor of the
 * file may be closed in this process: that would end it. */
LockEnd lock_take(Lock *lock, const char *path, bool wait);
void lock_release(Lock *lock); /* one that was never taken too */

#endif
