#include "run/batch/shard.h"

#include <string.h>

enum { MOST_SHARDS = 9999 };

/* A number from 1 on, without signs or leading zeros; NULL when there is none. */
static const char *read_number(const char *text, int *out)
{
    *out = 0;
    if (*text == '0')
        return NULL;
    while (*text >= '0' && *text <= '9' && *out <= MOST_SHARDS)
        *out = *out * 10 + (*text++ - '0');
    return *out > 0 && *out <= MOST_SHARDS ? text : NULL;
}

bool shard_parse(const char *text, Shard *out)
{
    static const char of[] = "之";
    const char *at = read_number(text, &out->index);
    size_t step = !at ? 0 : *at == '/' ? 1 : strncmp(at, of, strlen(of)) == 0 ? strlen(of) : 0;
    if (step == 0)
        return false;
    at = read_number(at + step, &out->count);
    return at && !*at && out->index <= out->count;
}

bool shard_has(Shard shard, size_t number)
{
    return shard.count == 0 || (number - 1) % (size_t)shard.count == (size_t)shard.index - 1;
}

const char *shard_text(Arena *arena, Shard shard)
{
    return shard.count == 0 ? "" : arena_printf(arena, "%d/%d", shard.index, shard.count);
}
