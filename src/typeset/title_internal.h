/* The sense of titles: where a line should not end. Internal to title*.c and tests. */
#ifndef TYPESET_TITLE_INTERNAL_H
#define TYPESET_TITLE_INTERNAL_H

#include "typeset/text_internal.h"

/* Sorted by bytes; Han only, two characters at least. */
extern const char *const TITLE_WORDS[];
extern const int TITLE_WORD_COUNT;

/* A break of this penalty or more is taken only when the lines could not hold the title
 * otherwise. */
enum { TITLE_HARD = 20000 };

/* penalties[i]: of ending a line before box first + i (typesetting.md 3.1); BREAK_NEVER where no
 * line may end at all. */
int *title_penalties(Arena *arena, const Shaped *shaped, int first, int end);

#endif
