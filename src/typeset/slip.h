/* Cover slips for the printing room: a page before the copies of each unit. */
#ifndef TYPESET_SLIP_H
#define TYPESET_SLIP_H

#include "typeset/text.h"

typedef struct Slip {
    const char *unit; /* who gets the copies */
    long copies;
    At at; /* of the unit's name, for messages */
} Slip;

/* A page each, A4. `title` is that of the paper, "" when it has none. NULL after messages. */
Pages *typeset_slips(
    Arena *arena, const Slip *slips, size_t count, const char *title, FontSet *fonts, Diags *diags);

#endif
