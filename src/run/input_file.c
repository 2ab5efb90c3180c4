#include "run/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

/* O_NONBLOCK: opening a FIFO must not wait for a writer; it is refused in a moment. */
bool input_file_read(const char *path, const char *name, const At *at, Buf *out, Diags *diags)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool done = file >= 0;
    if (done && fstat(file, &status) == 0 && !S_ISREG(status.st_mode))
        done = diag_add(diags, DIAG_E109, at, name);
    else if (!done || !buf_read(out, file, SIZE_MAX))
        done = diag_add(diags, DIAG_E108, at, name, diag_system_text(diags, errno));
    if (file >= 0)
        close(file);
    return done;
}
