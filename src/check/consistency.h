/* What contradicts itself in a paper: one claim with two values, a sum that its parts do not make,
 * a percentage that is not its fraction, 十佳 over eleven names. Reads the figures (entries.h) and
 * the document; of the data only what CheckFacts says. Adds messages (W76x sure, N76x doubtful),
 * changes nothing. docs/核对与校对.md lists the rules. */
#ifndef CHECK_CONSISTENCY_H
#define CHECK_CONSISTENCY_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "check/entries.h"
#include "document/document.h"

/* How many units the roster has at a level (片 4, 村 17, 组 73). */
typedef struct RosterCount {
    const char *level;
    int64_t count;
} RosterCount;

/* A column of figures whose kind nobody declared. */
typedef struct GuessedKind {
    const char *table, *column;
    FigureManner manner; /* what it was taken for */
    FigureManner looks;  /* what a flow should rather be, by its name; MANNER_NONE */
    bool has_full_marks;
    Decimal full_marks;
} GuessedKind;

typedef struct CheckFacts {
    const RosterCount *levels; /* from the top; the roster's own levels; none: no roster */
    int level_count;
    const GuessedKind *guessed;
    int guessed_count;
    int year, month; /* the report's own month; 0: its period is none */
} CheckFacts;

/* Leaves in facts->guessed the columns that a figure of the paper stands on. */
void consistency_kinds_in_use(Arena *arena, const EntryList *entries, CheckFacts *facts);

void consistency_check(Arena *arena, const Document *document, const EntryList *entries,
    const CheckFacts *facts, Diags *diags);

#endif
