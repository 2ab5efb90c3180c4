#include "run/home.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static char *program_folder(Arena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length <= 0 || (size_t)length >= sizeof path)
        return arena_strdup(arena, ".");
    while (length > 1 && path[length - 1] != '/')
        length--;
    return arena_strndup(arena, path, (size_t)length);
}

/* `name` beside the program: build/wenyin, build/asan/wenyin, PREFIX/bin/wenyin. */
static const char *home_folder(Arena *arena, const char *name)
{
    static const char *const beside[] = {"../", "../../", "../share/wenyin/"};
    const char *home = getenv("WENYIN_HOME");
    if (home && *home)
        return arena_printf(arena, "%s/%s", home, name);
    char *folder = program_folder(arena);
    char *path = NULL;
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        path = arena_printf(arena, "%s%s%s", folder, beside[i], name);
        if (is_folder(path))
            return path;
    }
    return path;
}

const char *home_fonts(Arena *arena)
{
    return home_folder(arena, "fonts/files");
}

const char *home_beginning(Arena *arena)
{
    return home_folder(arena, "templates/新建");
}
