/* Groups of an each, table or chart: keys, the tuples of values they take, and the order of these.
 * Shared by groups.c, groups_keys.c and check.c. */
#ifndef TEMPLATE_VALUE_GROUPS_INTERNAL_H
#define TEMPLATE_VALUE_GROUPS_INTERNAL_H

#include "template/value/value_internal.h"

/* One key of by=: a column, a period column, or a period word. */
typedef struct GroupKey {
    const char *name;
    const Column *column; /* NULL: a period word */
    bool is_period;
    bool is_indicator, is_indicator_group; /* by="指标", by="指标组" */
    bool is_level;          /* a level of the roster that is no column (片); only of runs */
    PeriodKind period_kind; /* of a word; PERIOD_NONE: whatever period the row has */
} GroupKey;

/* The values of all keys in one group. */
typedef struct GroupTuple {
    Datum *values;
    const char *name; /* distinct for distinct values */
    int64_t *ranks;   /* one a key */
    int rank_count;
    size_t position;
} GroupTuple;

typedef struct GroupTuples {
    GroupTuple *items;
    size_t count, capacity;
} GroupTuples;

/* The numeric columns of a table, in the order of the catalogue, then of the table. */
typedef struct IndicatorList {
    const Column **columns;
    int count;
} IndicatorList;
IndicatorList table_indicators(Engine *engine, const Table *table);
const char *indicator_group(Engine *engine, const Column *column); /* the catalogue's, else UNIT_ELSEWHERE */
/* by="指标", by="指标组": their where= may ask the indicator (指标组=五治). `keys` may be NULL. */
bool keys_of_indicators(Engine *engine, const Table *table, const Expr *keys);
/* False after a message. */
bool indicators_check_key(
    Engine *engine, const RowSet *rows, const Expr *keys, const ValueNode *node, bool of_groups);
/* False where a condition asks nothing but the indicator of the context. */
bool where_asks_rows(const Context *context, const ValueNode *node);
bool indicators_check_where(Engine *engine, const ValueNode *node);
bool indicators_check_totals(Engine *engine, const Expr *keys);

/* The keys of by= over the rows; a message for each that is wrong. */
bool groups_keys(const Context *context, const Expr *keys, const RowSet *rows, GroupKey **out);
/* The same for runs, which may be by a level of the roster as well. */
bool groups_run_keys(const Context *context, const Expr *keys, const RowSet *rows, GroupKey **out);
/* Distinct for distinct values; what is missing has a name of its own. */
const char *groups_value_name(Engine *engine, const Datum *datum);
/* The rows of `of` and `where` in a scope. */
bool groups_rows(const Context *context, const GroupSpec *spec, RowSet *out);
/* The tuples that have rows, in the order of their first row. */
bool groups_tuples(const RowSet *rows, const GroupKey *keys, int count, GroupTuples *out);
void groups_order(Engine *engine, GroupTuples *tuples, int count);
void groups_fill_periods(
    const RowSet *rows, const GroupKey *keys, int count, GroupTuples *tuples);
void groups_add_units(const RowSet *rows, const GroupKey *keys, int count, GroupTuples *tuples);
/* The period of a total: from the first to the last of its members'. */
void groups_span_periods(
    Engine *engine, Scope *total, const Scope *const *members, size_t count);
/* The period that a pair of days is: a month, quarter … where it is one, else PERIOD_RANGE. */
Period groups_period_of_days(int first_day, int last_day);
/* The two columns from `index` on as a row's period; groups_add_days adds them to a query. */
Period groups_row_period(const GroupKey *key, StoreQuery *query, int index);

#endif
