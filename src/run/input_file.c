#include "run/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Input {
    const char *name; /* in messages … */
    const At *at;     /* … and where it is named */
    size_t most;
    Buf *out;
    Diags *diags;
} Input;

static bool is_small_enough(const Input *in, size_t length)
{
    return length <= in->most ||
           diag_add(in->diags, DIAG_E104, in->at, in->name, length, (int)in->most);
}

static bool read_descriptor(const Input *in, int file)
{
    if (!buf_read(in->out, file, in->most))
        return diag_add(
            in->diags, DIAG_E108, in->at, in->name, diag_system_text(in->diags, errno));
    return is_small_enough(in, in->out->length);
}

/* O_NONBLOCK: opening a FIFO must not wait for a writer; it is refused in a moment. */
static bool read_path(const Input *in, const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool done = file >= 0 && fstat(file, &status) == 0;
    if (!done)
        diag_add(in->diags, DIAG_E108, in->at, in->name, diag_system_text(in->diags, errno));
    else if (!S_ISREG(status.st_mode))
        done = diag_add(in->diags, DIAG_E109, in->at, in->name);
    else /* the size first: a huge file is not read in vain */
        done = is_small_enough(in, (size_t)status.st_size) && read_descriptor(in, file);
    if (file >= 0)
        close(file);
    return done;
}

bool input_file_read(const char *path, const char *name, const At *at, Buf *out, Diags *diags)
{
    const Input in = {name, at, SIZE_MAX, out, diags};
    return read_path(&in, path);
}

bool input_operand_read(const char *operand, size_t most, Buf *out, Diags *diags)
{
    const Input in = {operand, NULL, most, out, diags};
    return strcmp(operand, "-") == 0 ? read_descriptor(&in, STDIN_FILENO)
                                     : read_path(&in, operand);
}
