/* A ledger (问题台账) that contradicts itself: a 状态 that its dates deny, dates in the wrong
 * order. Figures go by the dates (data.md 4), readers by the 状态: each kind is one warning that
 * counts the rows and names the first. */
#ifndef DATA_LEDGER_H
#define DATA_LEDGER_H

#include "base/date.h"
#include "data/store.h"

/* Looks through all tables that have such columns; rows found, and dates that lie, after `as_of`
 * (截至; NULL: none) do not count. Adds warnings only. */
void ledger_check(Store *store, const Date *as_of);

#endif
