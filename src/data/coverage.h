/* What is not there: months without a row, villages that did not report, names that the roster does
 * not know, rows that belong to another month than their file. None of it can be seen in a sum, and
 * each makes one wrong, so each is a warning that names it (data.md 3). Months are asked for by the
 * figure that spans them: a folder with this month and last year's only is no fault by itself. */
#ifndef DATA_COVERAGE_H
#define DATA_COVERAGE_H

#include "data/store.h"

/* Looks through all tables of the store for the report's period (NULL: none). Adds warnings only.
 */
void coverage_check(Store *store, const Period *period);
/* The months of [first, last] in which a monthly table has no row: their names (at most twelve) and
 * count. "" and 0 when none is missing, or when the table's period is not a month. */
const char *coverage_gaps(Store *store, const Table *table, Date first, Date last, int *count);
/* The months of [first, last] of which a monthly table has rows, but not of all units that owe it
 * one: "2024年5月缺 2 个（长塘村、前江村）；…", bounded; *units: how many different units. Months
 * inside `told` (NULL: none) are passed over. "" and 0 when there is none. `only` (NULL: all): what
 * lies in this unit of a level. */
typedef struct CoverageUnit {
    const char *level, *name;
} CoverageUnit;
const char *coverage_thin(Store *store, const Table *table, Date first, Date last,
    const Period *told, const CoverageUnit *only, int *units);

#endif
