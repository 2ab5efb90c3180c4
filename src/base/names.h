/* A list of names for a message: the first few, and how many there are in all. */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stddef.h>
#include "base/arena.h"

typedef struct Names {
    const char *list; /* 甲村、乙村; NULL: none yet (zeroed) */
    size_t count;
} Names;

void names_add(Arena *arena, Names *names, const char *name);
/* What stands behind the list: " …" where there are more than it shows. */
const char *names_more(const Names *names);

#endif
