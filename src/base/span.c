#include "base/span.h"
#include <string.h>
#include "base/arena.h"
#include "base/utf8.h"

Source *source_new(Arena *arena, const char *name, const char *text, size_t length)
{
    Source *source = ARENA_NEW(arena, Source);
    source->name = arena_strdup(arena, name);
    source->text = arena_strndup(arena, text, length);
    source->length = length;
    size_t capacity = 0;
    const char *end = source->text + length, *line = source->text;
    while (line) {
        source->line_starts = arena_grow(
            arena, source->line_starts, source->line_count, &capacity, sizeof *source->line_starts);
        source->line_starts[source->line_count++] = (size_t)(line - source->text);
        line = memchr(line, '\n', (size_t)(end - line));
        line = line ? line + 1 : NULL;
    }
    return source;
}

void source_position(const Source *source, size_t offset, size_t *line, size_t *column)
{
    if (offset > source->length)
        offset = source->length;
    size_t low = 0, high = source->line_count; /* the line lies in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    *line = low + 1;
    size_t start = source->line_starts[low];
    *column = utf8_count(source->text + start, offset - start) + 1;
}

char *data_cell_name(Arena *arena, const DataPlace *place)
{
    if (place->row <= 0 || place->column < 0)
        return arena_strdup(arena, "");
    char letters[8];
    size_t at = sizeof letters;
    letters[--at] = '\0';
    /* Bijective base 26: A … Z, AA … */
    for (int column = place->column + 1; column > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    return arena_printf(arena, "%s%ld", letters + at, place->row);
}
