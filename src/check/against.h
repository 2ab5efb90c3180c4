/* --against: a 核对单 of before (last month's, or of the very paper when it was issued) against the
 * figures of now. A figure and a row are partners when expression and words are the same: in prose
 * the four characters right before the figure (镇暗访11个、村自查10个 are two figures of one
 * expression), in a table row and column; of several the one at the same place. Pure: the caller
 * reads the CSV. */
#ifndef CHECK_AGAINST_H
#define CHECK_AGAINST_H

#include "base/diag.h"
#include "check/entries.h"

/* A row of the old sheet, as its CSV has it. */
typedef struct OldRow {
    const char *place, *context, *printed, *exact, *value, *expression, *period; /* 2024年5月 */
    /* What an old sheet may lack, then "": */
    const char *computed; /* before it was overruled */
    const char *source, *paper;
} OldRow;

typedef enum AgainstKind {
    AGAINST_RECOMPUTED, /* the old figure, worked out today, is another one */
    AGAINST_CHANGED,    /* the same period: the paper now prints another */
    AGAINST_REWRITTEN,  /* the place has another expression */
    AGAINST_MOVED,      /* stands in another paragraph or table */
    AGAINST_NEW,
    AGAINST_GONE,
    AGAINST_KIND_COUNT
} AgainstKind;

typedef struct AgainstItem {
    AgainstKind kind;
    const Entry *entry; /* NULL: gone */
    const OldRow *old;  /* NULL: new */
    const char *then, *now; /* as printed; of recomputed ones exact. "": there was none, is none */
} AgainstItem;

typedef struct Against {
    const char *file;   /* the old sheet */
    AgainstItem *items; /* by kind, then in the order of reading */
    size_t count, capacity;
    size_t kinds[AGAINST_KIND_COUNT]; /* how many of each */
    size_t once_ruled; /* of the recomputed: overruled then, and the data say still what they did */
    size_t matched;                   /* figures that have a partner */
} Against;

/* How the old sheet's period lies to that of now. */
typedef enum AgainstPeriod { AGAINST_SAME, AGAINST_BEFORE, AGAINST_OTHER } AgainstPeriod;

void against_compare(Arena *arena, const EntryList *entries, const OldRow *rows, size_t row_count,
    AgainstPeriod period, Against *out);
/* 重算后不同 … */
const char *against_kind_name(AgainstKind kind, DiagLanguage language);

#endif
