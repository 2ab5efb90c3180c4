/* A report for a period of which there is nothing yet: one cause, one message, not one for each
 * figure of the paper. */
#include "base/buf.h"
#include "template/template_tree.h"

/* Returns of a month or quarter are owed for each; in a ledger of days a quiet month is none. */
static const Column *owed_by_period(const Table *table)
{
    const Column *column = table->period_column >= 0 ? &table->columns[table->period_column] : NULL;
    return column && column->type != COLUMN_DATE ? column : NULL;
}

/* A row of the quarter counts for its months. */
static bool has_row_in(Store *store, Arena *arena, const Table *table, Period period)
{
    StoreQuery *query = store_prepare(store,
        arena_printf(arena, "SELECT 1 FROM %s WHERE _p0 <= ?1 AND _p1 >= ?2 LIMIT 1", table->sql));
    store_bind_int(query, 1, date_days(period.last));
    store_bind_int(query, 2, date_days(period.first));
    bool found = store_step(query);
    store_reset(query);
    return found;
}

typedef struct Extent {
    int first, last; /* days: of the first row's month, of the last one's */
    bool any;
} Extent;

static void extend(Store *store, Arena *arena, const Table *table, Extent *extent)
{
    StoreQuery *query = store_prepare(store,
        arena_printf(arena, "SELECT min(_p0), max(_p1) FROM %s WHERE _p0 NOT NULL", table->sql));
    if (store_step(query) && !store_is_null(query, 0)) {
        int first = (int)store_int(query, 0), last = (int)store_int(query, 1);
        extent->first = extent->any && extent->first < first ? extent->first : first;
        extent->last = extent->any && extent->last > last ? extent->last : last;
        extent->any = true;
    }
    store_reset(query);
}

static const char *month_name(Arena *arena, int days)
{
    return period_name(arena, period_containing(PERIOD_MONTH, date_from_days(days)));
}

bool period_has_rows(const Template *t, Store *store, Period period)
{
    Extent extent = {0};
    Buf names = {0};
    bool found = false;
    for (size_t i = 0; !found && i < store_table_count(store); i++) {
        const Table *table = store_table(store, i);
        if (!owed_by_period(table))
            continue;
        found = has_row_in(store, t->arena, table, period);
        extend(store, t->arena, table, &extent);
        buf_addf(&names, "%s%s", names.length ? "、" : "", table->id);
    }
    if (!found && extent.any)
        diag_add(t->diags, DIAG_E649, NULL, period_name(t->arena, period), names.data,
            month_name(t->arena, extent.first), month_name(t->arena, extent.last));
    buf_free(&names);
    return found || !extent.any;
}
