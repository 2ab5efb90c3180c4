/* Where words of the paper stand in the template's text, for messages that point at them. Pure. */
#ifndef CHECK_PIECE_PLACE_H
#define CHECK_PIECE_PLACE_H

#include <stddef.h>
#include "base/arena.h"
#include "document/document.h"

/* The bytes of the source of the piece that was asked for last: a thousand findings in one
 * paragraph cost little more than one. Begin with {.arena = …}. */
typedef struct PieceMap {
    Arena *arena;
    const Inline *piece;
    size_t *source; /* of each printed byte */
    size_t known;   /* how many stand there as they are printed */
    size_t length, room;
} PieceMap;

/* The `length` bytes (at least one, at most to the piece's end) of a piece's text from `offset` on.
 * The whole piece where it does not stand in the source as it is printed: a value, &lt;. */
At piece_place(PieceMap *map, const Inline *piece, size_t offset, size_t length);

#endif
