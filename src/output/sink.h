/* Output files that are whole or not there: an unnamed temporary (O_TMPFILE, else a named .tmp), a
 * sticky error, fsync, link, rename, fsync of the folder. Cairo loses write errors at finish, so
 * nothing else writes files. */
#ifndef OUTPUT_SINK_H
#define OUTPUT_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include "base/diag.h"

typedef struct Sink Sink;

/* Opens an output; "-" is stdout. NULL after a message. */
Sink *sink_open(const char *path, Diags *diags);
void sink_write(Sink *sink, const void *bytes, size_t length); /* errors stick */
/* Writes are done: makes them durable. False after a message; the sink is then to be discarded. For
 * outputs of several files, of which none is to appear before all are whole. */
bool sink_settle(Sink *sink);
void sink_discard(Sink *sink); /* null allowed; leaves nothing */
/* Makes the file appear under its name. On failure adds a message, leaves nothing (an older file
 * stays); only when the folder cannot be synced is the whole new file there already. Frees the
 * sink. */
bool sink_commit(Sink *sink);
/* Removes what processes of this machine that are no more have left in the folder of `path`: a kill
 * between a new file and its name over an older one. */
void sink_sweep(const char *path);
/* Behind a message on `path` with the errno `error`: how much room the disk has, if that is why. */
void sink_hint_space(const char *path, int error, Diags *diags);
/* All at once. */
bool sink_save(const char *path, const void *bytes, size_t length, Diags *diags);

#endif
