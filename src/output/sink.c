/* O_TMPFILE where the file system has it: a kill at any moment leaves no litter. Some network disks
 * lack it; there a named temporary beside the target serves, removed on every failure that we live
 * to see. */
#include "output/sink.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

struct Sink {
    Diags *diags;
    char *path, *folder, *temporary; /* temporary: NULL while the file has no name */
    int fd;
    bool standard; /* stdout: no name, no commit */
    bool settled;  /* all is written and synced */
    int error;     /* the first errno; sticks */
    size_t written;
};

static void *owned(void *memory)
{
    if (!memory)
        arena_exhausted();
    return memory;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return owned(strdup("."));
    return owned(strndup(path, slash == path ? 1 : (size_t)(slash - path)));
}

static void sink_free(Sink *sink)
{
    if (sink->temporary)
        unlink(sink->temporary);
    if (sink->fd >= 0 && !sink->standard)
        close(sink->fd);
    free(sink->temporary);
    free(sink->folder);
    free(sink->path);
    free(sink);
}

void sink_hint_space(const char *path, int error, Diags *diags)
{
    struct statvfs disk;
    char *folder = folder_of(path);
    if (error == ENOSPC && statvfs(folder, &disk) == 0)
        diag_hint(
            diags, DIAG_H402, folder, (unsigned long long)disk.f_bavail * disk.f_frsize / 1024);
    free(folder);
}

static bool sink_report(const Sink *sink, int error)
{
    const char *why = diag_system_text(sink->diags, error);
    if (strcmp(sink->path, "-") == 0)
        return diag_add(sink->diags, DIAG_E408, NULL, why);
    if (error != ENOSPC && error != EDQUOT && error != EFBIG)
        return diag_add(sink->diags, DIAG_E401, NULL, sink->path, why);
    diag_add(sink->diags, DIAG_E402, NULL, sink->path, sink->written, why);
    sink_hint_space(sink->path, error, sink->diags);
    return false;
}

/* This machine among those that write into one folder of a network; of two containers that have its
 * name each is one, as their processes have numbers of their own. */
static unsigned machine_id(void)
{
    struct stat numbers;
    char name[256] = "";
    unsigned hash = 2166136261u; /* FNV-1a */
    gethostname(name, sizeof name - 1);
    for (const char *at = name; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    return stat("/proc/self/ns/pid", &numbers) == 0 ? hash ^ (unsigned)numbers.st_ino : hash;
}

/* Not made of the target's name, which may be as long as a name can be. */
static char *temporary_name(const Sink *sink)
{
    Buf name = {0};
    buf_addf(&name, "%s/.wenyin.%08x-%ld.tmp", sink->folder, machine_id(), (long)getpid());
    return name.data;
}

/* The process of this machine whose temporary file it is; 0: it is none. */
static long temporary_owner(const char *name)
{
    char head[32];
    snprintf(head, sizeof head, ".wenyin.%08x-", machine_id());
    if (strncmp(name, head, strlen(head)) != 0)
        return 0;
    char *end;
    long owner = strtol(name + strlen(head), &end, 10);
    return owner > 0 && strcmp(end, ".tmp") == 0 ? owner : 0;
}

void sink_sweep(const char *path)
{
    char *folder = folder_of(path);
    DIR *there = opendir(folder);
    free(folder);
    if (!there)
        return;
    for (struct dirent *entry; (entry = readdir(there));) {
        long owner = temporary_owner(entry->d_name);
        if (owner && kill((pid_t)owner, 0) != 0 && errno == ESRCH)
            unlinkat(dirfd(there), entry->d_name, 0);
    }
    closedir(there);
}

/* A device (/dev/full, a named pipe) is written in place: renaming over it would replace the
 * device. */
static bool is_device(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

static void open_file(Sink *sink)
{
    struct stat status;
    if (is_device(sink->path)) {
        sink->standard = true;
        sink->fd = open(sink->path, O_WRONLY | O_CLOEXEC);
    } else if (stat(sink->path, &status) == 0 && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
    } else {
        sink->fd = open(sink->folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
        if (sink->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
            sink->temporary = temporary_name(sink);
            sink->fd = open(sink->temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
        }
    }
}

Sink *sink_open(const char *path, Diags *diags)
{
    Sink *sink = owned(calloc(1, sizeof *sink));
    sink->diags = diags;
    sink->path = owned(strdup(path));
    sink->folder = folder_of(path);
    sink->fd = -1;
    if (strcmp(path, "-") == 0) {
        sink->standard = true;
        sink->fd = STDOUT_FILENO;
    } else {
        open_file(sink);
    }
    if (sink->fd < 0) {
        sink_report(sink, errno);
        sink_free(sink);
        return NULL;
    }
    return sink;
}

void sink_write(Sink *sink, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0 && !sink->error) {
        ssize_t n = write(sink->fd, at, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            sink->error = errno;
            return;
        }
        at += n;
        length -= (size_t)n;
        sink->written += (size_t)n;
    }
}

/* Gives the unnamed file a name: at once where the target is free, else beside it and then over it.
 */
static int publish(Sink *sink)
{
    if (!sink->temporary) {
        char self[64];
        snprintf(self, sizeof self, "/proc/self/fd/%d", sink->fd);
        if (linkat(AT_FDCWD, self, AT_FDCWD, sink->path, AT_SYMLINK_FOLLOW) == 0)
            return 0;
        if (errno != EEXIST)
            return errno;
        sink->temporary = temporary_name(sink);
        unlink(sink->temporary);
        if (linkat(AT_FDCWD, self, AT_FDCWD, sink->temporary, AT_SYMLINK_FOLLOW) != 0)
            return errno;
    }
    if (rename(sink->temporary, sink->path) != 0)
        return errno;
    free(sink->temporary);
    sink->temporary = NULL;
    return 0;
}

static int sync_folder(const Sink *sink)
{
    int fd = open(sink->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return 0; /* a folder that may be written but not read: the file itself is synced */
    int error = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
    close(fd);
    return error;
}

bool sink_settle(Sink *sink)
{
    if (!sink->error && !sink->standard && !sink->settled && fsync(sink->fd) != 0 &&
        errno != EINVAL)
        sink->error = errno;
    sink->settled = !sink->error;
    return sink->settled || sink_report(sink, sink->error);
}

void sink_discard(Sink *sink)
{
    if (sink)
        sink_free(sink);
}

bool sink_commit(Sink *sink)
{
    bool done = sink_settle(sink);
    if (done && !sink->standard) {
        int error = publish(sink);
        if (!error)
            error = sync_folder(sink);
        done = !error || sink_report(sink, error);
    }
    sink_free(sink);
    return done;
}

bool sink_save(const char *path, const void *bytes, size_t length, Diags *diags)
{
    Sink *sink = sink_open(path, diags);
    if (!sink)
        return false;
    sink_write(sink, bytes, length);
    return sink_commit(sink);
}
