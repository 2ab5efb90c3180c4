/* Patterns of file names: * ? [a-z] as shells have them, and {列}, which keeps what it matched. */
#ifndef DATA_FILES_INTERNAL_H
#define DATA_FILES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"

enum { PATTERN_CAPTURES = 8 };

typedef struct Capture {
    size_t start, length; /* bytes of the name */
} Capture;

/* The names in the braces of a whole pattern, in order. False: not paired, empty, one name twice,
 * or more than PATTERN_CAPTURES. */
bool pattern_columns(Arena *arena, const char *pattern, const char ***out, int *count);
/* One part of a pattern against one name (letters of either case). The braces called `period` are
 * matched by a period, if there is a way. */
bool pattern_match(Arena *arena, const char *pattern, const char *name, const char *period,
    Capture captures[PATTERN_CAPTURES]);

#endif
