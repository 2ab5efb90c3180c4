/* A new folder that is whole or not there: its files are written into a folder beside it (of one
 * that is there and empty: inside it) and get their places together. */
#ifndef OUTPUT_FOLDER_H
#define OUTPUT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/diag.h"

typedef struct Folder Folder;

/* NULL after a message: there is something in it, or it cannot be made. */
Folder *folder_open(Arena *arena, const char *path, Diags *diags);
/* A file of the folder; `name` may have folders of its own. False after a message. */
bool folder_put(Folder *folder, const char *name, const void *bytes, size_t length);
/* False after a message; nothing is left then. */
bool folder_commit(Folder *folder);
void folder_discard(Folder *folder); /* null allowed; leaves nothing */

#endif
