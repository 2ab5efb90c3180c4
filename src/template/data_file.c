#include "template/data_file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/utf8.h"
#include "template/template_tree.h"

char *data_file_name(Arena *arena, const char *typed)
{
    char *path = utf8_trim(arena, typed);
    for (char *mark = path; *mark; mark++)
        if (*mark == '\\')
            *mark = '/';
    return path;
}

static bool is_absent(int cause)
{
    return cause == ENOENT || cause == ENOTDIR;
}

DataFileState data_file_find(
    Arena *arena, const char *data_dir, const char *second, const char *name, const char **path)
{
    char folder[PATH_MAX], real[PATH_MAX];
    if (!data_dir || !realpath(data_dir, folder))
        return DATA_FILE_NO_FOLDER;
    if (!path_is_below(name))
        return DATA_FILE_OUTSIDE;
    bool found = realpath(arena_printf(arena, "%s/%s", data_dir, name), real) != NULL;
    if (!found && is_absent(errno) && second)
        found = realpath(arena_printf(arena, "%s/%s/%s", data_dir, second, name), real) != NULL;
    if (!found)
        return is_absent(errno) ? DATA_FILE_ABSENT : DATA_FILE_CLOSED;
    if (!path_lies_in(real, folder))
        return DATA_FILE_OUTSIDE;
    *path = arena_strdup(arena, real);
    return DATA_FILE_FOUND;
}

/* ---- what is there instead ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void data_file_names(
    Arena *arena, const char *data_dir, const char *second, const char *name, FileNames *names)
{
    const char *slash = strrchr(name, '/');
    const char *inside = slash ? arena_strndup(arena, name, (size_t)(slash - name) + 1) : "";
    size_t before = names->count;
    DIR *folder = opendir(arena_printf(
        arena, "%s/%s%s%s", data_dir, second ? second : "", second ? "/" : "", inside));
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        names->items =
            arena_grow(arena, names->items, names->count, &names->room, sizeof *names->items);
        names->items[names->count++] = arena_printf(arena, "%s%s", inside, entry->d_name);
    }
    if (folder)
        closedir(folder);
    if (names->count - before > 1)
        qsort(names->items + before, names->count - before, sizeof *names->items, compare_names);
}

static const char *stem_of(Arena *arena, const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    return dot && dot > (slash ? slash : path) ? arena_strndup(arena, path, (size_t)(dot - path))
                                               : path;
}

const char *data_file_nearest(Arena *arena, const FileNames *names, size_t likely, const char *name)
{
    const char **stems = ARENA_ARRAY(arena, const char *, names->count + 1);
    const char *stem = stem_of(arena, name);
    for (size_t i = 0; i < names->count; i++) {
        stems[i] = stem_of(arena, names->items[i]);
        if (strcasecmp(stems[i], stem) == 0)
            return names->items[i];
    }
    const char *meant = utf8_nearest(stem, stems, likely);
    for (size_t i = 0; i < likely; i++)
        if (stems[i] == meant)
            return names->items[i];
    return NULL;
}
