#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "output/outname.h"
#include "run/outputs.h"

/* Where a folder is, whether it is there yet or not. */
static const char *folder_place(Arena *arena, Map *known, const char *folder)
{
    const char *place = map_find(known, folder), *slash = strrchr(folder, '/');
    if (place)
        return place;
    char *real = realpath(folder, NULL);
    if (real)
        place = arena_strdup(arena, real);
    else if (slash && slash > folder)
        place = arena_printf(arena, "%s%s",
            folder_place(arena, known, arena_strndup(arena, folder, (size_t)(slash - folder))),
            slash);
    else
        place = slash ? folder
                      : arena_printf(arena, "%s/%s", folder_place(arena, known, "."), folder);
    free(real);
    map_put(known, folder, (void *)place);
    return place;
}

/* A file that is written appears under its name in its folder: a link of that name is replaced. */
static const char *file_place(Arena *arena, Map *known, const OutputName *name)
{
    const char *slash = strrchr(name->path, '/'), *place;
    char *real = name->followed ? realpath(name->path, NULL) : NULL;
    if (real)
        place = arena_strdup(arena, real);
    else if (!slash)
        place = arena_printf(arena, "%s/%s", folder_place(arena, known, "."), name->path);
    else if (slash == name->path)
        place = name->path;
    else
        place = arena_printf(arena, "%s%s",
            folder_place(arena, known,
                arena_strndup(arena, name->path, (size_t)(slash - name->path))),
            slash);
    free(real);
    return outname_fold(arena, place);
}

bool outputs_are_apart(const Session *session, const OutputName *names, size_t count)
{
    Arena *arena = session->arena;
    Map *folders = map_new(arena), *seen = map_new(arena);
    bool apart = true;
    for (size_t i = 0; i < count; i++) {
        if (!names[i].path || strcmp(names[i].path, "-") == 0)
            continue;
        const char *place = file_place(arena, folders, &names[i]);
        const OutputName *other = map_find(seen, place);
        if (other && !(other->paper && names[i].paper))
            apart = diag_add(session->diags, DIAG_E556, NULL, other->owner, names[i].owner,
                names[i].path);
        map_put(seen, place, (void *)&names[i]);
    }
    return apart;
}
