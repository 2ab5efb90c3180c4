#include "run/batch/report_template.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/utf8.h"

/* Both absolute and without links: ../ for each folder of `from` that does not lead to `to`. */
static const char *way(Arena *arena, const char *from, const char *to)
{
    size_t same = 0;
    const char *up = "";
    for (size_t i = 0; from[i] == to[i] || (!from[i] && to[i] == '/'); i++) {
        if (to[i] == '/')
            same = i + 1;
        if (!from[i] || !to[i])
            break;
    }
    if (same <= strlen(from) && from[same])
        up = "../";
    for (size_t i = same; i < strlen(from); i++)
        if (from[i] == '/')
            up = arena_printf(arena, "%s../", up);
    return arena_printf(arena, "%s%s", up, to + same);
}

const char *report_template_file(Arena *arena, const char *folder, const char *path)
{
    char *from = realpath(folder, NULL), *to = realpath(path, NULL);
    const char *seen = from && to ? way(arena, from, to) : "";
    size_t bad;
    free(from);
    free(to);
    return utf8_valid(seen, strlen(seen), &bad) ? seen : "";
}

bool report_is_of(
    Arena *arena, const RunReport *report, const char *folder, const char *path)
{
    struct stat theirs, ours;
    const char *file = arena_printf(arena, "%s/%s", folder, report->template_file);
    return !*report->template_file || stat(file, &theirs) != 0 || stat(path, &ours) != 0 ||
           (theirs.st_dev == ours.st_dev && theirs.st_ino == ours.st_ino);
}
