/* The messages as they are printed, for tests that look at them. */
#ifndef TESTS_PRINTED_H
#define TESTS_PRINTED_H

#include <stdlib.h>
#include "base/arena.h"
#include "base/diag.h"

static inline const char *diags_printed(Arena *arena, const Diags *diags, DiagFormat form)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    diag_print(diags, out, form);
    fclose(out);
    char *copy = arena_strndup(arena, text, length);
    free(text);
    return copy;
}

#endif
