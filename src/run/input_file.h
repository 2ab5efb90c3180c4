/* A file that is read whole, before anything is made of it. */
#ifndef RUN_INPUT_FILE_H
#define RUN_INPUT_FILE_H

#include "base/buf.h"
#include "base/diag.h"

/* Into *out, whose bytes are the caller's. False after a message (with `at`, or NULL) that calls
 * the file `name`: it is not there, cannot be read, is no regular file. */
bool input_file_read(const char *path, const char *name, const At *at, Buf *out, Diags *diags);
/* What an operand of the command line names, - the standard input; more than `most` bytes are a
 * message too. */
bool input_operand_read(const char *operand, size_t most, Buf *out, Diags *diags);

#endif
