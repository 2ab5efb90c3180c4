/* The two halves of a path. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/arena.h"

/* What stands behind the last /: a part of `path`. */
const char *path_name(const char *path);
/* What stands before it: "." where there is none, "/" for what lies there. */
const char *path_folder(Arena *arena, const char *path);

#endif
