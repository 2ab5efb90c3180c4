/* The files of the data folder that a template names. The only door from a template to the file
 * system: names lie below the folder, no link leads out, only regular files are read. */
#ifndef DATA_FILES_H
#define DATA_FILES_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

/* No data, but what was decided about figures (run/overrule/overrule.h): a pattern has to spell it out. */
#define FILES_RULINGS "改定.csv"

typedef struct Files {
    int folder;         /* descriptor of the data folder, -1 when it could not be opened */
    const char **names; /* relative to the folder, sorted bytewise */
    int count;
    const char **columns; /* of {列} in the pattern, in order */
    int column_count;
    bool partial; /* a folder could not be looked into: told, the rest may be read for its faults */
    const char ***captured; /* [file][column]: what stood there, without marks of a copy */
} Files;

/* Files that match `pattern` (月报/<any>.csv, 月报/{月份}/{村}.csv) below `folder`; hidden ones,
 * those of an editor at work (~$…) and FILES_RULINGS are passed over. None, a pattern that leaves
 * the folder, or a folder below that may not be read, is an error at `at`. `period` names the column
 * whose braces hold a period (NULL: none). files_close always ends. */
bool files_match(Arena *arena, const char *folder, const char *pattern, const char *period,
    const At *at, Diags *diags, Files *out);
/* All CSV files of the folder and of the folders below it, three levels deep. False after a
 * message; none is no fault. */
bool files_list(Arena *arena, const char *folder, Diags *diags, Files *out);
void files_close(Files *files);
/* Adds the bytes of a file to `out`. False after a message: unreadable, not regular, changed
 * meanwhile. */
bool files_read(const Files *files, const char *name, Buf *out, Diags *diags);

#endif
