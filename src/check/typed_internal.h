/* Shared by typed.c, typed_arabic.c, typed_han.c and typed_words.c: a line as characters, and what
 * a numeral in it says. Memory of the caller's arena. */
#ifndef CHECK_TYPED_INTERNAL_H
#define CHECK_TYPED_INTERNAL_H

#include "check/typed.h"
#include <stdint.h>

typedef struct TypedChar {
    uint32_t code;       /* full-width forms folded, but for ， */
    const Inline *piece; /* it stands in */
    size_t offset, at;   /* in the piece, in the joined text */
    bool closed;         /* of a computed figure, a title, the number of a document: context only */
    bool quoted;         /* inside “ ”: names and slogans count in Han numerals */
} TypedChar;

typedef struct TypedLine {
    Arena *arena;
    const char *text; /* joined */
    TypedChar *chars; /* one more, of code 0, behind the last */
    int count;
} TypedLine;

TypedLine typed_line(Arena *arena, const Inline *first);
/* The character, 0 outside the line. */
uint32_t typed_char(const TypedLine *line, int at);
bool typed_is_digit(uint32_t code);
bool typed_is_latin(uint32_t code);
bool typed_is_dash(uint32_t code);
/* Characters of the longest word of `words` (blanks between) at `at`, or that ends before it; 0:
 * none. */
int typed_match(const TypedLine *line, int at, const char *words);
int typed_match_back(const TypedLine *line, int at, const char *words);
/* `code` is one of the characters of `set`; never of 0. */
bool typed_is_one_of(uint32_t code, const char *set);

/* ---- typed_words.c: what stands round a numeral ---- */

/* Reads 余 万 多 % 吨 from `at`, behind a numeral whose value is in *figure; units are those of
 * `units`. Fills value, kind, rough, unit; returns where it ends. */
int typed_tail(const TypedLine *line, int at, const char *units, TypedFigure *figure);
/* Words of roughness before `start` or at `end`. */
bool typed_is_rough(const TypedLine *line, int start, int end);
/* What ends at `start` and begins at `end` makes a place among others of the number between: 第3名,
 * 排名第三, 居第5位. Its characters in front and behind are counted into *before and *behind. */
bool typed_is_rank(const TypedLine *line, int start, int end, int *before, int *behind);
/* The text from character `start` to `end`. */
const char *typed_text(const TypedLine *line, int start, int end);
/* Adds a figure over these characters; piece, offsets and text are filled in here. */
void typed_add(const TypedLine *line, int start, int end, TypedFigure figure, TypedList *out);

/* ---- numerals: where reading goes on; figures among what was read are added ---- */

int typed_arabic(const TypedLine *line, int at, TypedList *out);
int typed_han(const TypedLine *line, int at, TypedList *out);
bool typed_begins_han(const TypedLine *line, int at);

extern const char typed_units[]; /* behind Arabic figures */
extern const char
    typed_counters[]; /* behind Han numerals: fewer, for 三级 四方 五片 are no counts */

#endif
