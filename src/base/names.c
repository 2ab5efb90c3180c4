#include "base/names.h"

enum { SHOWN = 6 };

void names_add(Arena *arena, Names *names, const char *name)
{
    if (names->count++ < SHOWN)
        names->list = names->list ? arena_printf(arena, "%s、%s", names->list, name) : name;
}

const char *names_more(const Names *names)
{
    return names->count > SHOWN ? " …" : "";
}
