/* Figures that one should look at twice: those that jumped against the period before. The rule is a
 * table in jump.c, described in docs/核对与校对.md; a flag is no mistake, and no message. Pure. */
#ifndef CHECK_JUMP_H
#define CHECK_JUMP_H

#include "base/arena.h"
#include "base/diag.h"
#include "check/entries.h"

/* 总分, 平均得分: points, whatever kind the column was taken for. */
bool is_score_name(const char *column);
/* 是上期的2.6倍; NULL: nothing about it. */
const char *jump_flag(Arena *arena, const Provenance *figure, DiagLanguage language);
/* +12.3%, +1.5个百分点, -3; "" where nothing can be compared. */
const char *jump_change(Arena *arena, const Provenance *figure, DiagLanguage language);
/* Sets the flag of each entry. */
void jump_mark(Arena *arena, EntryList *entries, DiagLanguage language);

#endif
