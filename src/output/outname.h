/* Names of the files of a batch, from a pattern with words in braces: '整改函/{村}-{期间}.pdf'.
 * What stands between the braces comes from data, and the name is safe whatever that is (trust.md
 * O1, O2):
 *
 *   - a value never makes a folder or leaves one: / \ : * ? " < > | are written full width (／ …);
 *   - control characters, line breaks and marks that cannot be seen become _, blanks at both ends
 * go;
 *   - a value that is empty is _; a component (what stands between two /) does not begin with a
 * dot, a - or a ~ that came out of a value, and does not end with a dot or blank: they are written
 *     full width too;
 *   - names that Windows keeps for itself (CON, NUL, COM1 …) get a _ in front;
 *   - a component of more than 200 bytes is cut at a character, before its extension, and closed
 *     with ~ and eight digits of a hash of the whole.
 *
 * What the pattern itself says between its words is the user's own and stays as it is: folders, ..
 * and a path from / too. {{ and }} are literal braces. */
#ifndef OUTPUT_OUTNAME_H
#define OUTPUT_OUTNAME_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/diag.h"

typedef struct OutName OutName;

/* Reads a pattern; `words` are those that may stand in braces. NULL after messages (a word that is
 * none of them, a brace without its partner). */
const OutName *outname_read(
    Arena *arena, const char *pattern, const char *const *words, size_t word_count, Diags *diags);
/* The path for these values, one a word, in the order of outname_read. Lies in `arena`. */
const char *outname_make(Arena *arena, const OutName *name, const char *const *values);
/* The folder that all the paths lie in, as the pattern says without values: "整改函", "." . */
const char *outname_folder(Arena *arena, const OutName *name);
/* True when the pattern has this word. */
bool outname_has(const OutName *name, size_t word);

/* The name of one file only: {{ and }} are literal braces, a brace alone is one too. NULL after a
 * message where it has a word in braces. */
const char *outname_plain(Arena *arena, const char *pattern, Diags *diags);

/* The path in small letters: names that are one file on a disk that does not tell them apart from
 * capitals have the same. */
const char *outname_fold(Arena *arena, const char *path);
/* Two paths that are one file, or would be on a disk that does not tell capitals from small
 * letters: a message for each, which names what they are of. False after messages. */
bool outname_distinct(
    Arena *arena, const char *const *paths, const char *const *owners, size_t count, Diags *diags);

#endif
