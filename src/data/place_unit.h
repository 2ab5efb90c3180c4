/* Which unit (village) a place in the data belongs to, also where its row is at fault: for telling
 * each village its own. In a draft (store.h) faulty rows are known too. */
#ifndef DATA_PLACE_UNIT_H
#define DATA_PLACE_UNIT_H

#include "data/store.h"

/* The table that was read from a file; NULL when it is none of the store's. */
const Table *place_table(const Store *store, const char *file, int *index);
/* The official name: of the row, else of the unit that the file is named after (月报/长塘村.csv).
 * Without a roster what stands in the column 村. NULL when there is none, or it is the town. */
const char *place_unit(Store *store, const DataPlace *place);
/* The unit that a file is named after; NULL when it is none below the town. */
const char *place_file_unit(Store *store, const char *file);
/* The column of the units each of which owes the table a row a period: where it is a key together
 * with months or quarters (月报, 考核); not in a ledger or list of days, and no targets. NULL: none. */
const Column *place_owing_column(Store *store, const Table *table);
/* Units that owe the table a row of the period but have none, in the roster's order; *owed is how
 * many units there are. 0 also where the table does not owe a row for each. Looked for once a table
 * and period. */
int place_absent(
    Store *store, const Table *table, const Period *period, const char *const **out, int *owed);
/* Rows of the table whose unit could not be read may be those of the period: nobody can be said to
 * be absent. */
bool place_absent_unsure(Store *store, const Table *table, const Period *period);

#endif
