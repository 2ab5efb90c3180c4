/* A single file of the data folder that a template or a ledger names: a picture, a text. Names lie
 * below the folder, no link leads out. */
#ifndef TEMPLATE_DATA_FILE_H
#define TEMPLATE_DATA_FILE_H

#include "base/arena.h"

typedef enum DataFileState {
    DATA_FILE_FOUND,
    DATA_FILE_NO_FOLDER, /* no -d, or nothing there */
    DATA_FILE_OUTSIDE,
    DATA_FILE_ABSENT,
    DATA_FILE_CLOSED /* errno tells why; so too of ABSENT */
} DataFileState;

/* As typed on Windows, trimmed: / for \. */
char *data_file_name(Arena *arena, const char *typed);
/* Where the file really lies, links followed, into *path. What is not in the folder itself is
 * looked for in its subfolder `second` (NULL: none). */
DataFileState data_file_find(
    Arena *arena, const char *data_dir, const char *second, const char *name, const char **path);

typedef struct FileNames {
    const char **items;
    size_t count, room;
} FileNames;

/* Adds the names in the folder in which `name` should be, sorted, with the folder that the author
 * named before them; `second` as above, NULL: the data folder. */
void data_file_names(
    Arena *arena, const char *data_dir, const char *second, const char *name, FileNames *names);
/* The one whose stem is the same but for case; else the one that is most like it of the first
 * `likely`; NULL. What they end in counts for nothing: all pictures end in .jpg. */
const char *data_file_nearest(
    Arena *arena, const FileNames *names, size_t likely, const char *name);

#endif
