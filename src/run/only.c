#include "run/only.h"

#include <string.h>
#include "base/utf8.h"

/* 图2, 表1: what the block is called in the paper; NULL: it has no number. */
static const char *block_name(Arena *arena, const Block *block)
{
    int figure = block->chart ? block->chart->number : block->figure ? block->figure->number : 0;
    if (figure)
        return arena_printf(arena, "图%d", figure);
    return block->table && block->table->number ? arena_printf(arena, "表%d", block->table->number)
                                                : NULL;
}

static const char *chart_names(Arena *arena, const Document *document)
{
    const char *names = NULL;
    for (const Block *block = document->first; block; block = block->next) {
        const char *name = block->chart ? block_name(arena, block) : NULL;
        if (name)
            names = names ? arena_printf(arena, "%s、%s", names, name) : name;
    }
    return names;
}

/* Typed 图 2 or 图２ as well. */
static const char *plain_name(Arena *arena, const char *name)
{
    char *folded = utf8_fold(arena, name), *to = folded;
    for (const char *from = folded; *from; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return folded;
}

const Block *only_find(Arena *arena, const Document *document, const char *name, Diags *diags)
{
    const char *wanted = plain_name(arena, name);
    const Block *block = document->first;
    for (; block; block = block->next) {
        const char *own = block_name(arena, block);
        if (own && strcmp(own, wanted) == 0)
            break;
    }
    if (block && block->chart)
        return block;
    const char *names = chart_names(arena, document);
    diag_add(diags, block ? DIAG_E534 : DIAG_E533, NULL, name);
    diag_hint(diags, names ? DIAG_H665 : DIAG_H666, names);
    return NULL;
}
