#include "data/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/utf8.h"
#include "data/filename.h"
#include "data/files_internal.h"

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

typedef struct Found {
    const char *name;
    const char **captured;
} Found;

typedef struct Matcher {
    Arena *arena;
    int folder;
    const char *root; /* of the folder, for messages */
    const char *period;
    const At *at;
    Diags *diags;
    Found *found;
    size_t count, capacity;
    bool closed; /* a folder could not be looked into */
} Matcher;

/* Where the walk is: what lies behind it, what the braces so far have matched. */
typedef struct Walk {
    const char *prefix;
    const char *const *captured;
    int captured_count;
} Walk;

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
    return name[0] == '.' || strncmp(name, "~$", 2) == 0 || strcmp(name, FILES_RULINGS) == 0;
}

/* What is no folder, or lies outside, is not meant; what is closed to us would be a hole in the
 * data. */
static void tell_closed(Matcher *matcher, const char *folder)
{
    bool meant = errno != ENOENT && errno != ENOTDIR && errno != ELOOP && errno != EXDEV;
    if (meant && matcher->at) {
        matcher->closed = true;
        const char *why = diag_system_text(matcher->diags, errno);
        if (*folder) {
            diag_add(matcher->diags, DIAG_E271, matcher->at, folder, why);
        } else {
            diag_add(matcher->diags, DIAG_E206, matcher->at, matcher->root, why);
        }
    }
}

static void match_below(Matcher *matcher, const Walk *walk, const char *pattern);

/* `name` has matched one part of the pattern: it is a file if that was the last, else a folder to
 * look into. */
static void take(Matcher *matcher, const Walk *walk, const char *name, const char *rest)
{
    char *path = arena_printf(matcher->arena, "%s%s", walk->prefix, name);
    if (rest) {
        Walk below = *walk;
        below.prefix = arena_printf(matcher->arena, "%s/", path);
        match_below(matcher, &below, rest);
        return;
    }
    struct stat info;
    if (fstatat(matcher->folder, path, &info, 0) != 0) {
        tell_closed(matcher, walk->prefix);
        return;
    }
    matcher->found = arena_grow(
        matcher->arena, matcher->found, matcher->count, &matcher->capacity, sizeof(Found));
    const char **captured = ARENA_ARRAY(matcher->arena, const char *, PATTERN_CAPTURES);
    for (int i = 0; i < walk->captured_count; i++) {
        captured[i] = walk->captured[i];
    }
    matcher->found[matcher->count++] = (Found){path, captured};
}

static int braces(const char *part)
{
    int count = 0;
    while ((part = strchr(part, '{'))) {
        count++;
        part++;
    }
    return count;
}

/* A name that matches a part with braces adds what they hold. */
static void take_matching(
    Matcher *matcher, const Walk *walk, const char *part, const char *name, const char *rest)
{
    Capture captures[PATTERN_CAPTURES] = {{0}}; /* braces in a set, [{], hold nothing */
    if (!pattern_match(matcher->arena, part, name, matcher->period, captures)) {
        return;
    }
    const char *captured[PATTERN_CAPTURES] = {NULL};
    Walk here = {walk->prefix, captured, walk->captured_count};
    for (int i = 0; i < walk->captured_count; i++) {
        captured[i] = walk->captured[i];
    }
    for (int i = 0, more = braces(part); i < more; i++) {
        char *text = arena_strndup(matcher->arena, name + captures[i].start, captures[i].length);
        captured[here.captured_count++] = filename_original(matcher->arena, text);
    }
    take(matcher, &here, name, rest);
}

static void scan(Matcher *matcher, const Walk *walk, const char *part, const char *rest)
{
    const char *prefix = walk->prefix;
    int descriptor = open_beneath(matcher->folder, *prefix ? prefix : ".", O_RDONLY | O_DIRECTORY);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (!folder) {
        tell_closed(matcher, prefix);
        if (descriptor >= 0) {
            close(descriptor);
        }
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!passed_over(entry->d_name)) {
            take_matching(matcher, walk, part, entry->d_name, rest);
        }
    }
    closedir(folder);
}

static void match_below(Matcher *matcher, const Walk *walk, const char *pattern)
{
    size_t length = strcspn(pattern, "/");
    char *part = arena_strndup(matcher->arena, pattern, length);
    const char *rest = pattern[length] ? pattern + length + 1 : NULL;
    if (strpbrk(part, "*?[{")) {
        scan(matcher, walk, part, rest);
    } else {
        take(matcher, walk, part, rest);
    }
}

/* .csv is no likeness: 积分.csv is nothing like 网格.csv. */
static const char *without_ending(const Matcher *matcher, const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot > name ? arena_strndup(matcher->arena, name, (size_t)(dot - name)) : name;
}

/* 月报.cvs or 月抱/…: the first part of the pattern that is not there, and what is there instead.
 */
static void hint_nearest(const Matcher *matcher, const char *pattern)
{
    Matcher all = {.arena = matcher->arena, .folder = matcher->folder, .diags = matcher->diags};
    const Walk top = {.prefix = ""};
    const char *part = arena_strndup(matcher->arena, pattern, strcspn(pattern, "/"));
    bool file = strchr(part, '.') != NULL;
    scan(&all, &top, "*", NULL);
    const char **there = ARENA_ARRAY(matcher->arena, const char *, all.count + 1);
    for (size_t i = 0; i < all.count; i++) {
        there[i] = file ? without_ending(matcher, all.found[i].name) : all.found[i].name;
    }
    const char *wanted = file ? without_ending(matcher, part) : part;
    const char *nearest = utf8_nearest(wanted, there, all.count);
    for (size_t i = 0; nearest && i < all.count; i++) {
        if (there[i] == nearest && strcmp(all.found[i].name, part) != 0) {
            diag_hint(matcher->diags, DIAG_H001, all.found[i].name);
        }
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const Found *)a)->name, ((const Found *)b)->name);
}

static void list(Matcher *matcher, Files *out)
{
    qsort(matcher->found, matcher->count, sizeof *matcher->found, compare_names);
    out->count = (int)matcher->count;
    out->names = ARENA_ARRAY(matcher->arena, const char *, matcher->count);
    out->captured = ARENA_ARRAY(matcher->arena, const char **, matcher->count);
    for (int i = 0; i < out->count; i++) {
        out->names[i] = matcher->found[i].name;
        out->captured[i] = matcher->found[i].captured;
    }
}

bool files_match(Arena *arena, const char *folder, const char *pattern, const char *period,
    const At *at, Diags *diags, Files *out)
{
    *out = (Files){.folder = -1};
    if (leaves_folder(pattern)) {
        return diag_add(diags, DIAG_E202, at, pattern);
    }
    if (!pattern_columns(arena, pattern, &out->columns, &out->column_count)) {
        diag_add(diags, DIAG_E265, at, pattern);
        diag_hint(diags, DIAG_H237);
        return false;
    }
    out->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out->folder < 0) {
        return diag_add(diags, DIAG_E206, at, folder, diag_system_text(diags, errno));
    }
    Matcher matcher = {.arena = arena,
        .folder = out->folder,
        .root = folder,
        .period = period,
        .at = at,
        .diags = diags};
    const Walk top = {.prefix = ""};
    match_below(&matcher, &top, pattern);
    out->partial = matcher.closed;
    if (matcher.count == 0 && matcher.closed) {
        return false;
    }
    if (matcher.count == 0) {
        diag_add(diags, DIAG_E201, at, pattern);
        hint_nearest(&matcher, pattern);
        return false;
    }
    list(&matcher, out);
    return true;
}

bool files_list(Arena *arena, const char *folder, Diags *diags, Files *out)
{
    static const char *const levels[] = {"*.csv", "*/*.csv", "*/*/*.csv", "*/*/*/*.csv"};
    const At nowhere = {.data = NULL};
    const Walk top = {.prefix = ""};
    *out = (Files){.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (out->folder < 0) {
        return diag_add(diags, DIAG_E206, NULL, folder, diag_system_text(diags, errno));
    }
    Matcher matcher = {
        .arena = arena, .folder = out->folder, .root = folder, .at = &nowhere, .diags = diags};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        match_below(&matcher, &top, levels[i]);
    }
    out->partial = matcher.closed;
    if (matcher.count > 0) {
        list(&matcher, out);
    }
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
    size_t start = out->length;
    if (!buf_read(out, descriptor, SIZE_MAX)) {
        return fail(diags, DIAG_E209, name, diag_system_text(diags, errno));
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
        /* EXDEV: what RESOLVE_BENEATH gives for a link that leads out (openat2). */
        return fail(diags, errno == EXDEV ? DIAG_E277 : DIAG_E203, name,
            diag_system_text(diags, errno));
    }
    bool done = read_all(descriptor, name, out, diags);
    close(descriptor);
    return done;
}
