/* Between overrule_read.c and overrule.c. */
#ifndef RUN_OVERRULE_OVERRULE_INTERNAL_H
#define RUN_OVERRULE_OVERRULE_INTERNAL_H

#include "base/map.h"
#include "check/entries.h"
#include "data/files.h"
#include "run/overrule/overrule.h"

typedef enum RulingColumn {
    RULING_PLACE,
    RULING_VALUE,
    RULING_REASON,
    RULING_WHO,
    RULING_TEMPLATE, /* from here on a file may lack it, and a cell be empty */
    RULING_PERIOD,
    RULING_WAS,
    RULING_UNIT, /* of one paper a unit: whose */
    RULING_COLUMNS
} RulingColumn;

/* A row for this paper, in full. */
typedef struct Ruling {
    long row;
    const char *cells[RULING_COLUMNS]; /* without blanks at the ends; "" where empty or absent */
} Ruling;

typedef struct Rulings {
    Ruling *items;
    size_t count, capacity;
    int columns[RULING_COLUMNS]; /* where it stands in the file, -1: nowhere */
    bool faulty;                 /* a row was refused */
    int others;                  /* rows for other papers or periods */
} Rulings;

/* A claim that has been overruled, and by which row. */
typedef struct Decided {
    Decimal value;
    const Ruling *ruling;
    const Provenance *figure; /* by the data */
} Decided;

typedef struct Resolver {
    Session *session;
    const Rulings *rulings;
    EntryList entries; /* by the data */
    EntryList second;  /* with the rulings */
    Map *places;       /* folded → Entry */
    Map *claims;       /* claim → Decided */
    Map *named;        /* folded place → Decided */
    int decided;
} Resolver;

extern const char *const ruling_columns[RULING_COLUMNS];

/* Of a row, a cell of it: for messages. `place` takes what the At points to. */
At ruling_at(const Rulings *rulings, long row, RulingColumn column, DataPlace *place);
/* Reads the rows that are for this paper. False after a message where the file cannot be read or is
 * no such table; without the file there are none. */
bool rulings_read(Session *session, Rulings *out);

/* A message of one or two texts at a cell; false. */
bool ruling_refuse(Resolver *resolver, const Ruling *ruling, RulingColumn column, DiagCode code,
    const char *first, const char *second);

/* ---- overrule_value.c ---- */

/* 改定值 as it is meant for this figure. */
bool ruling_value(Resolver *resolver, const Ruling *ruling, const Provenance *figure, Decimal *out);
void ruling_warn_change(
    Resolver *resolver, const Ruling *ruling, const Provenance *figure, Decimal value);
/* 原值, where it was given, is what the data say. */
bool ruling_is_still(Resolver *resolver, const Ruling *ruling, const Provenance *figure);
/* 原值 is word for word what the 核对单 has for 准确值. */
bool ruling_copies_value(Resolver *resolver, const Ruling *ruling, const char *exact);

/* ---- overrule_tell.c ---- */

/* In the paper worked out with them every ruling stands, as it was meant; else messages. */
bool rulings_hold(Resolver *resolver);
void rulings_tell(Resolver *resolver, OverruleReport *report);

#endif
