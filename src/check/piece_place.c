#include "check/piece_place.h"

#include <stdbool.h>
#include <string.h>

static bool is_blank_byte(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Runs of blanks in the source may have become fewer. The map ends where the text does not stand in
 * the source as it is printed (a value, &lt;). */
static void map_piece(PieceMap *map, const Inline *piece)
{
    Span span = piece->at.span;
    map->length = strlen(piece->text);
    if (map->room < map->length) {
        map->room = 2 * map->length;
        map->source = ARENA_ARRAY(map->arena, size_t, map->room);
    }
    map->piece = piece;
    map->known = 0;
    for (size_t at = span.start; span.source && at < span.end && map->known < map->length; at++) {
        char c = span.source->text[at];
        if (c == piece->text[map->known])
            map->source[map->known++] = at;
        else if (!is_blank_byte(c))
            return;
    }
}

At piece_place(PieceMap *map, const Inline *piece, size_t offset, size_t length)
{
    At at = piece->at;
    if (piece->figure)
        return at;
    if (map->piece != piece)
        map_piece(map, piece);
    if (offset >= map->known)
        return at;
    size_t end = offset + (length ? length : 1);
    if (end > map->length)
        end = map->length;
    at.span.start = map->source[offset];
    if (end <= map->known)
        at.span.end = map->source[end - 1] + 1;
    return at;
}
