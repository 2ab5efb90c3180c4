/* The inside of discover: files put together (discover.c), and what their rows say of period and
 * key (discover_guess.c). */
#ifndef DATA_DISCOVER_INTERNAL_H
#define DATA_DISCOVER_INTERNAL_H

#include "data/files.h"
#include "data/store.h"

/* Files of one pattern. */
typedef struct FileGroup {
    const char *pattern, *first;
    const char *wide; /* the pattern with * for the period, from which the table has its name */
    int files;
    PeriodKind dated; /* of the periods in the files' names */
} FileGroup;

typedef struct Discoverer {
    Arena *arena, *scratch;
    Diags *diags;
    const char *folder;
    Files files;
    Store *store; /* the tables as they are read for a guess, by their pattern; its messages count
                     for nothing */
} Discoverer;

typedef struct Guess {
    const char *period, *key; /* NULL: none */
    bool is_roster, is_targets;
} Guess;

bool discover_is_roster(Discoverer *d, const Table *table);
Guess discover_guess(Discoverer *d, const FileGroup *group, const Table *table);

#endif
