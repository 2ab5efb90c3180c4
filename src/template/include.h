/* <include href>: files of the template's folder put in place at the level of the XML tree, before
 * anything judges it. Messages inside them name their own file: every span knows its source. */
#ifndef TEMPLATE_INCLUDE_H
#define TEMPLATE_INCLUDE_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/diag.h"
#include "markup/xml.h"

/* The files that were read, as paths. */
typedef struct IncludedFiles {
    const char **paths;
    size_t count, room;
} IncludedFiles;

void included_add(Arena *arena, IncludedFiles *files, const char *path);

/* Replaces every include below `root` by what its file holds: the root element, or what stands in
 * <include> without href. `folder` ends with /. One that cannot be had, which a message tells,
 * stays in the tree, empty: whoever misses something knows why. False only when a limit is
 * exceeded. */
bool include_expand(Arena *arena, XmlNode *root, const char *path, const char *folder,
    IncludedFiles *files, Diags *diags);

#endif
