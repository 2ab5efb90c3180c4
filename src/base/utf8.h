/* UTF-8 and the few facts about Chinese characters that reading needs (typesetting has its own
 * classes in typeset/shape). Everything that takes `const char *` without a length wants valid,
 * NUL-terminated UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct Arena;

/* The code point at *text, which is moved behind it. 0 at the end (not moved). Text must be valid.
 */
uint32_t utf8_next(const char **text);
/* Writes 1–4 bytes, returns how many. */
int utf8_encode(uint32_t code_point, char out[4]);
/* True when all bytes are strict UTF-8 (no overlong, no surrogates); else *bad is the first bad
 * byte. */
bool utf8_valid(const char *bytes, size_t length, size_t *bad);
/* Number of characters in `length` bytes. */
size_t utf8_count(const char *bytes, size_t length);

bool utf8_is_han(uint32_t code_point); /* CJK ideographs incl. 〇 and extensions */
bool utf8_is_cjk_mark(uint32_t code_point); /* full-width punctuation, CJK symbols, “”‘’—…· */
/* Space, tab, CR, LF, NBSP, U+3000 and the U+20xx spaces. */
bool utf8_is_blank(uint32_t code_point);
bool utf8_is_private_use(uint32_t code_point);
/* Full-width ASCII (U+FF01…FF5E, U+3000, ￥ stays) as its ASCII twin, else itself. */
uint32_t utf8_fold_width(uint32_t code_point);
/* What may go to a terminal: data and file names may hold anything, an escape sequence or a change
 * of direction comes as ␛ or U+FFFD. */
uint32_t utf8_printable(uint32_t code_point);
/* Columns on a terminal: East Asian Width W and F take two (UAX 11), marks of width “ambiguous”
 * one, as terminals have them by default. */
int utf8_columns(uint32_t code_point);

bool utf8_ends_with(const char *text, const char *end);
/* A copy without blanks at both ends (U+3000 too). */
char *utf8_trim(struct Arena *arena, const char *text);
/* Trimmed, full-width forms folded to ASCII, inner blank runs as one space. */
char *utf8_fold(struct Arena *arena, const char *text);
/* 上 河村 (a blank sets short names to the width of long ones) without the blanks between its Han
 * characters. The same text when there are none. */
const char *utf8_without_gaps(struct Arena *arena, const char *text);

/* Edit distance in characters, for “是否为…？” hints; two neighbours in the wrong order are one
 * slip.
 */
int utf8_distance(const char *a, const char *b);
/* The candidate nearest to `text`, or NULL when none is near enough (distance ≤ 1 + length/3,
 * and a character in common); of equals the first. */
const char *utf8_nearest(const char *text, const char *const *candidates, size_t count);

#endif
