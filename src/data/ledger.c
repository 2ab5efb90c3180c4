#include "data/ledger.h"

#include <limits.h>
#include "data/store_internal.h"

#define DONE "整改完成日期"
#define CLOSED "销号日期"

/* What 状态 says, as offices word it. */
#define IS_CLOSED "('已销号','已办结','办结')"
#define IS_DONE "('已整改','整改完成','待销号')"
#define IS_OPEN "('整改中','未整改','待整改','正在整改')"
#define NOT_CLOSED "('整改中','未整改','待整改','正在整改','已整改','整改完成','待销号','未销号')"

typedef struct Ledger {
    Store *store;
    const Table *table;
    int day; /* 截至 */
} Ledger;

static const Column *date_column(const Table *table, const char *name)
{
    const Column *column = table_column_find(table, name);
    return column && column->type == COLUMN_DATE ? column : NULL;
}

/* The first of the rows that meet a condition: its file, row, `what`, and how many there are. With
 * min(rowid), SQLite gives the other columns of that very row. NULL where there is none; else the
 * caller resets. */
static StoreQuery *first_row(const Ledger *ledger, const char *what, const char *condition)
{
    Arena *arena = store_arena(ledger->store);
    const Table *table = ledger->table;
    const char *found = table->period_column >= 0 ? "ifnull(_p1,?1)<=?1" : "?1 NOT NULL";
    /* In a draft a faulty date is missing. */
    const char *sure =
        table->faults
            ? arena_printf(arena, " AND rowid NOT IN (SELECT rowid FROM %s)", table->faults)
            : "";
    StoreQuery *query = store_prepare(ledger->store,
        arena_printf(arena, "SELECT _file,_row,count(*),min(rowid),%s FROM %s WHERE %s AND %s%s",
            what, table->sql, condition, found, sure));
    store_bind_int(query, 1, ledger->day);
    if (store_step(query) && store_int(query, 2) > 0) {
        return query;
    }
    store_reset(query);
    return NULL;
}

static At place_of(const Ledger *ledger, StoreQuery *query, const Column *column)
{
    return (At){.data = store_place(ledger->store, ledger->table, (int)store_int(query, 0),
                    (long)store_int(query, 1), column)};
}

static const char *date_text(const Ledger *ledger, StoreQuery *query, int column)
{
    char text[16];
    date_format_iso(date_from_days((int)store_int(query, column)), text);
    return arena_strdup(store_arena(ledger->store), text);
}

/* ---- 状态 against one date ---- */

static void check_state(
    const Ledger *ledger, const char *states, const Column *date, const char *without, bool filled)
{
    const Column *state = table_column_find(ledger->table, "状态");
    const Column *other = without ? date_column(ledger->table, without) : NULL;
    if (!state || state->type != COLUMN_TEXT) {
        return;
    }
    Arena *arena = store_arena(ledger->store);
    const char *what = arena_printf(arena, "%s,%s", state->sql, date->sql);
    const char *condition = arena_printf(arena, "%s IN %s AND %s%s%s%s", state->sql, states,
        date->sql, filled ? "<=?1" : " IS NULL", other ? " AND ifnull(" : "",
        other ? arena_printf(arena, "%s,?1+1)>?1", other->sql) : "");
    StoreQuery *query = first_row(ledger, what, condition);
    if (!query) {
        return;
    }
    At at = place_of(ledger, query, filled ? state : date);
    const char *said = arena_strdup(arena, store_text(query, 4));
    const char *day = filled ? date_text(ledger, query, 5) : "";
    long count = (long)store_int(query, 2);
    store_reset(query);
    if (filled) {
        diag_add(store_diags(ledger->store), DIAG_W241, &at, said, date->name, day, count);
    } else {
        diag_add(store_diags(ledger->store), DIAG_W240, &at, said, date->name, count);
    }
}

typedef struct StateRule {
    const char *states, *date;
    const char *without; /* a date that another rule has told of */
    bool filled;         /* the date is there, by 截至; else it is missing */
} StateRule;

static const StateRule state_rules[] = {
    {IS_CLOSED, CLOSED, NULL, false},
    {IS_DONE, DONE, CLOSED, false},
    {NOT_CLOSED, CLOSED, NULL, true},
    {IS_OPEN, DONE, CLOSED, true},
};

/* ---- dates against each other ---- */

static const char *const orders[][2] = {
    {DONE, "发现日期"}, {CLOSED, "发现日期"}, {CLOSED, DONE}, {"整改时限", "发现日期"}};

static void check_order(const Ledger *ledger, const Column *late, const Column *early)
{
    Arena *arena = store_arena(ledger->store);
    StoreQuery *query = first_row(ledger, arena_printf(arena, "%s,%s", late->sql, early->sql),
        arena_printf(arena, "%s<%s", late->sql, early->sql));
    if (!query) {
        return;
    }
    At at = place_of(ledger, query, late);
    const char *first = date_text(ledger, query, 4), *second = date_text(ledger, query, 5);
    long count = (long)store_int(query, 2);
    store_reset(query);
    diag_add(
        store_diags(ledger->store), DIAG_W242, &at, late->name, first, early->name, second, count);
}

/* Closed, yet never put right: 销号率 would pass 整改率. */
static void check_gap(const Ledger *ledger, const Column *closed, const Column *done)
{
    Arena *arena = store_arena(ledger->store);
    StoreQuery *query = first_row(
        ledger, closed->sql, arena_printf(arena, "%s<=?1 AND %s IS NULL", closed->sql, done->sql));
    if (!query) {
        return;
    }
    At at = place_of(ledger, query, done);
    const char *day = date_text(ledger, query, 4);
    long count = (long)store_int(query, 2);
    store_reset(query);
    diag_add(store_diags(ledger->store), DIAG_W243, &at, closed->name, day, done->name, count);
}

static void check_table(const Ledger *ledger)
{
    const Column *closed = date_column(ledger->table, CLOSED);
    const Column *done = date_column(ledger->table, DONE);
    for (size_t i = 0; i < sizeof state_rules / sizeof *state_rules; i++) {
        const StateRule *rule = &state_rules[i];
        const Column *date = date_column(ledger->table, rule->date);
        if (date) {
            check_state(ledger, rule->states, date, rule->without, rule->filled);
        }
    }
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const Column *late = date_column(ledger->table, orders[i][0]);
        const Column *early = date_column(ledger->table, orders[i][1]);
        if (late && early) {
            check_order(ledger, late, early);
        }
    }
    if (closed && done) {
        check_gap(ledger, closed, done);
    }
}

void ledger_check(Store *store, const Date *as_of)
{
    for (size_t i = 0; i < store_table_count(store); i++) {
        Ledger ledger = {store, store_table(store, i), as_of ? date_days(*as_of) : INT_MAX - 1};
        check_table(&ledger);
    }
}
