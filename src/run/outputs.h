/* Where results may go: the extension tells the form, and inputs are never overwritten, whatever
 * the name under which an output would go over them. "-" is stdout. */
#ifndef RUN_OUTPUTS_H
#define RUN_OUTPUTS_H

#include "document/document.h"
#include "run/session.h"

/* The extension in any case, behind a name. */
bool output_ends(const char *path, const char *extension);
/* Makes the folders of a path that are not there (NULL, "-": none). False after a message. */
bool output_folders(const Session *session, const char *path);
/* False after a message: the file at `path` is the template, a file that it includes, one of the
 * data, or a picture or font of the document (NULL: there is none). After the data were read. */
bool output_is_free(const Session *session, const Document *document, const char *path);

/* A file that a run writes, and how a message calls it: --report, 路东村. */
typedef struct OutputName {
    const char *path, *owner; /* path NULL, "-": none */
    bool paper;               /* one of the papers, which are told apart by themselves */
    bool followed;            /* written behind symbolic links */
} OutputName;

/* No two of them are one file; else messages and false. Before anything is written. */
bool outputs_are_apart(const Session *session, const OutputName *names, size_t count);

/* The same for an input that is read before there is a session. */
bool output_spares(Diags *diags, const char *path, const char *input);

#endif
