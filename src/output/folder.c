#include "output/folder.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/sink.h"

enum { MOST_ENTRIES = 32 }; /* of ours, at the top of the folder */

struct Folder {
    Arena *arena;
    Diags *diags;
    const char *path, *stage;
    bool existed;
};

static bool fail(const Folder *folder, int error)
{
    return diag_add(
        folder->diags, DIAG_E532, NULL, folder->path, diag_system_text(folder->diags, error));
}

static bool is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* A folder that may not be read has none: making files in it tells. */
static bool has_entry(const char *path)
{
    DIR *there = opendir(path);
    bool found = false;
    if (!there)
        return false;
    for (struct dirent *entry; !found && (entry = readdir(there));)
        found = is_entry(entry);
    closedir(there);
    return found;
}

/* DIR/ is DIR. */
static const char *without_slashes(Arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_strndup(arena, path, length);
}

static const char *stage_path(const Folder *folder)
{
    const char *slash = strrchr(folder->path, '/');
    long id = (long)getpid();
    if (folder->existed)
        return arena_printf(folder->arena, "%s/.wenyin.%ld.tmp", folder->path, id);
    return arena_printf(folder->arena, "%.*s.wenyin.%ld.tmp",
        slash ? (int)(slash - folder->path) + 1 : 0, folder->path, id);
}

Folder *folder_open(Arena *arena, const char *path, Diags *diags)
{
    struct stat status;
    Folder *folder = ARENA_NEW(arena, Folder);
    *folder = (Folder){.arena = arena, .diags = diags, .path = without_slashes(arena, path)};
    folder->existed = stat(folder->path, &status) == 0;
    if (folder->existed && !S_ISDIR(status.st_mode)) {
        diag_add(diags, DIAG_E529, NULL, path);
        return NULL;
    }
    if (folder->existed && has_entry(folder->path)) {
        diag_add(diags, DIAG_E530, NULL, path);
        return NULL;
    }
    folder->stage = stage_path(folder);
    if (mkdir(folder->stage, 0777) != 0) {
        fail(folder, errno);
        return NULL;
    }
    return folder;
}

static bool make_parents(const Folder *folder, char *path)
{
    for (char *at = path + strlen(folder->stage) + 1; (at = strchr(at, '/')); *at++ = '/') {
        *at = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return fail(folder, errno);
    }
    return true;
}

bool folder_put(Folder *folder, const char *name, const void *bytes, size_t length)
{
    char *path = arena_printf(folder->arena, "%s/%s", folder->stage, name);
    return make_parents(folder, path) && sink_save(path, bytes, length, folder->diags);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

void folder_discard(Folder *folder)
{
    if (folder)
        remove_tree(folder->stage);
}

/* Into a folder that was there, entry by entry. The names are free: it was empty. What got its
 * place before one could not is taken away again. */
static bool move_entries(const Folder *folder)
{
    const char *moved[MOST_ENTRIES];
    int count = 0, error = 0;
    DIR *there = opendir(folder->stage);
    for (struct dirent *entry; there && error == 0 && (entry = readdir(there));) {
        if (!is_entry(entry))
            continue;
        const char *from = arena_printf(folder->arena, "%s/%s", folder->stage, entry->d_name);
        const char *to = arena_printf(folder->arena, "%s/%s", folder->path, entry->d_name);
        if (count == MOST_ENTRIES || rename(from, to) != 0)
            error = count == MOST_ENTRIES ? EMLINK : errno;
        else
            moved[count++] = to;
    }
    if (there)
        closedir(there);
    while (error != 0 && count > 0)
        remove_tree(moved[--count]);
    errno = error;
    return there && error == 0;
}

bool folder_commit(Folder *folder)
{
    bool done = folder->existed ? move_entries(folder) : rename(folder->stage, folder->path) == 0;
    int error = errno;
    if (done && !folder->existed)
        return true;
    remove_tree(folder->stage);
    return done || fail(folder, error);
}
