#include "data/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/utf8.h"

/* Without openat2: part by part, so that no link is followed on the way. */
static int open_by_parts(int folder, const char *name, int flags)
{
    char part[256];
    int at = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (at >= 0) {
        size_t length = strcspn(name, "/");
        const char *rest = name + length + strspn(name + length, "/");
        if (length >= sizeof part) {
            close(at);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(part, name, length);
        part[length] = '\0';
        int next =
            openat(at, part, (*rest ? O_RDONLY | O_DIRECTORY : flags) | O_CLOEXEC | O_NOFOLLOW);
        int cause = errno;
        close(at);
        errno = cause;
        if (next < 0 || !*rest) {
            return next;
        }
        at = next;
        name = rest;
    }
    return -1;
}

/* Opens beneath the folder; neither .. nor a link leads out (trust.md X7). Kernels before 5.6 lack
 * openat2, and containers with old filters say EPERM for what they do not know. */
static int open_beneath(int folder, const char *name, int flags)
{
    struct open_how how = {
        .flags = (unsigned)flags | O_CLOEXEC,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    long descriptor = syscall(SYS_openat2, folder, name, &how, sizeof how);
    if (descriptor < 0 && (errno == ENOSYS || errno == EPERM)) {
        return open_by_parts(folder, name, flags);
    }
    return (int)descriptor;
}

/* ---- patterns ---- */

typedef struct Matcher {
    Arena *arena;
    int folder;
    Files *files;
    size_t capacity;
    const char *closed; /* the first folder that could not be looked into, NULL: none */
    int error;          /* why */
} Matcher;

static bool leaves_folder(const char *pattern)
{
    if (*pattern == '/') {
        return true;
    }
    for (const char *part = pattern; part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t length = strcspn(part, "/");
        if (length == 2 && part[0] == '.' && part[1] == '.') {
            return true;
        }
    }
    return false;
}

static bool passed_over(const char *name)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

/* What is no folder, or lies outside, is not meant; what is closed to us would be a hole in the
 * data. */
static void note_closed(Matcher *matcher, const char *folder)
{
    bool meant = errno != ENOENT && errno != ENOTDIR && errno != ELOOP && errno != EXDEV;
    if (meant && !matcher->closed) {
        matcher->error = errno;
        matcher->closed = arena_strdup(matcher->arena, folder);
    }
}

static void match_below(Matcher *matcher, const char *prefix, const char *pattern);

/* `name` has matched one part of the pattern: it is a file if that was the last, else a folder to
 * look into. */
static void take(Matcher *matcher, const char *prefix, const char *name, const char *rest)
{
    char *path = arena_printf(matcher->arena, "%s%s", prefix, name);
    if (rest) {
        match_below(matcher, arena_printf(matcher->arena, "%s/", path), rest);
        return;
    }
    Files *files = matcher->files;
    struct stat info;
    if (fstatat(matcher->folder, path, &info, 0) != 0) {
        note_closed(matcher, prefix);
        return;
    }
    files->names = arena_grow(matcher->arena, files->names, (size_t)files->count,
        &matcher->capacity, sizeof *files->names);
    files->names[files->count++] = path;
}

static void scan(Matcher *matcher, const char *prefix, const char *part, const char *rest)
{
    int descriptor = open_beneath(matcher->folder, *prefix ? prefix : ".", O_RDONLY | O_DIRECTORY);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (!folder) {
        note_closed(matcher, prefix);
        if (descriptor >= 0) {
            close(descriptor);
        }
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!passed_over(entry->d_name) && fnmatch(part, entry->d_name, FNM_CASEFOLD) == 0) {
            take(matcher, prefix, entry->d_name, rest);
        }
    }
    closedir(folder);
}

static void match_below(Matcher *matcher, const char *prefix, const char *pattern)
{
    size_t length = strcspn(pattern, "/");
    char *part = arena_strndup(matcher->arena, pattern, length);
    const char *rest = pattern[length] ? pattern + length + 1 : NULL;
    if (strpbrk(part, "*?[")) {
        scan(matcher, prefix, part, rest);
    } else {
        take(matcher, prefix, part, rest);
    }
}

/* 月报.cvs or 月抱/…: the first part of the pattern that is not there, and what is there instead.
 */
static void hint_nearest(Matcher *matcher, const char *pattern, Diags *diags)
{
    Files there = {.folder = matcher->folder};
    Matcher all = {.arena = matcher->arena, .folder = matcher->folder, .files = &there};
    const char *slash = strchr(pattern, '/');
    size_t length = slash ? (size_t)(slash - pattern) : strlen(pattern);
    const char *part = arena_strndup(matcher->arena, pattern, length);
    scan(&all, "", "*", NULL);
    const char *nearest = utf8_nearest(part, there.names, (size_t)there.count);
    if (nearest && strcmp(nearest, part) != 0) {
        diag_hint(diags, DIAG_H001, nearest);
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool files_match(
    Arena *arena, const char *folder, const char *pattern, const At *at, Diags *diags, Files *out)
{
    *out = (Files){.folder = -1};
    if (leaves_folder(pattern)) {
        return diag_add(diags, DIAG_E202, at, pattern);
    }
    out->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out->folder < 0) {
        return diag_add(diags, DIAG_E206, at, folder, diag_system_text(diags, errno));
    }
    Matcher matcher = {.arena = arena, .folder = out->folder, .files = out};
    match_below(&matcher, "", pattern);
    if (matcher.closed) {
        const char *closed = arena_printf(arena, "%s/%s", folder, matcher.closed);
        return diag_add(diags, DIAG_E206, at, closed, diag_system_text(diags, matcher.error));
    }
    if (out->count == 0) {
        diag_add(diags, DIAG_E201, at, pattern);
        hint_nearest(&matcher, pattern, diags);
        return false;
    }
    qsort(out->names, (size_t)out->count, sizeof *out->names, compare_names);
    return true;
}

void files_close(Files *files)
{
    if (files->folder >= 0) {
        close(files->folder);
    }
    files->folder = -1;
}

/* ---- reading ---- */

static bool fail(Diags *diags, DiagCode code, const char *name, const char *cause)
{
    DataPlace place = {name, 0, -1, NULL};
    At at = {.data = &place};
    return diag_add(diags, code, &at, cause);
}

static bool same_state(const struct stat *before, const struct stat *after)
{
    return before->st_size == after->st_size && before->st_mtim.tv_sec == after->st_mtim.tv_sec &&
           before->st_mtim.tv_nsec == after->st_mtim.tv_nsec;
}

static bool read_all(int descriptor, const char *name, Buf *out, Diags *diags)
{
    struct stat before, after;
    if (fstat(descriptor, &before) != 0) {
        return fail(diags, DIAG_E203, name, diag_system_text(diags, errno));
    }
    if (!S_ISREG(before.st_mode)) {
        return fail(diags, DIAG_E204, name, NULL);
    }
    char block[65536];
    size_t start = out->length;
    ssize_t got;
    while ((got = read(descriptor, block, sizeof block)) != 0) {
        if (got < 0 && errno != EINTR) {
            return fail(diags, DIAG_E209, name, diag_system_text(diags, errno));
        }
        buf_add(out, block, got > 0 ? (size_t)got : 0);
    }
    bool whole = out->length - start == (size_t)before.st_size && fstat(descriptor, &after) == 0 &&
                 same_state(&before, &after);
    return whole || fail(diags, DIAG_E205, name, NULL);
}

bool files_read(const Files *files, const char *name, Buf *out, Diags *diags)
{
    /* O_NONBLOCK: a FIFO must not hold the program up before it is refused. */
    int descriptor = open_beneath(files->folder, name, O_RDONLY | O_NONBLOCK);
    if (descriptor < 0) {
        return fail(diags, DIAG_E203, name, diag_system_text(diags, errno));
    }
    bool done = read_all(descriptor, name, out, diags);
    close(descriptor);
    return done;
}
