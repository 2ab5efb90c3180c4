/* --only 图2: one chart of the paper. */
#ifndef RUN_ONLY_H
#define RUN_ONLY_H

#include "base/diag.h"
#include "document/document.h"

/* The chart that is so called; NULL after a message that names those there are. */
const Block *only_find(Arena *arena, const Document *document, const char *name, Diags *diags);

#endif
