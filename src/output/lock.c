#include "output/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name that is neither there nor can be made (a link that leads nowhere) is not asked for ever.
 */
enum { ATTEMPTS = 100 };

static int open_file(Lock *lock, const char *path)
{
    int flags = O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    lock->made = false;
    lock->file = open(path, flags);
    if (lock->file < 0 && errno == ENOENT) {
        lock->file = open(path, flags | O_CREAT | O_EXCL, 0666);
        lock->made = lock->file >= 0;
    }
    return lock->file;
}

/* A network disk may still say which file a name was half a minute ago; to open the folder is to
 * ask. (To open the file would be to close it again, which ends the lock.) */
static void ask_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : NULL;
    int file = open(folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0)
        close(file);
    free(folder);
}

static bool is_named(int file, const char *path)
{
    struct stat held, named;
    ask_folder(path);
    return fstat(file, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

static bool set_lock(int file, bool wait)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int done;
    do
        done = fcntl(file, wait ? F_SETLKW : F_SETLK, &whole);
    while (done != 0 && wait && errno == EINTR);
    return done == 0;
}

/* 0 when the holder has just let go. */
static pid_t holder(int file)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(file, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK ? whole.l_pid : 0;
}

void lock_release(Lock *lock)
{
    if (lock->file >= 0)
        close(lock->file);
    lock->file = -1;
}

LockEnd lock_take(Lock *lock, const char *path, bool wait)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        *lock = (Lock){.file = -1};
        if (open_file(lock, path) < 0) {
            if (errno == EEXIST)
                continue; /* another run has made it in this moment */
            return LOCK_FAULT;
        }
        if (set_lock(lock->file, wait)) {
            if (is_named(lock->file, path))
                return LOCK_HELD;
        } else if (errno == EACCES || errno == EAGAIN) {
            lock->owner = holder(lock->file);
            if (lock->owner) {
                lock_release(lock);
                return LOCK_TAKEN;
            }
        } else {
            int error = errno;
            lock_release(lock);
            errno = error;
            return LOCK_FAULT;
        }
        lock_release(lock);
    }
    errno = EBUSY;
    return LOCK_FAULT;
}
