#include "data/coverage.h"

#include <string.h>
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "data/filename.h"
#include "data/place_unit.h"
#include "data/store_internal.h"

enum { NAMED_MONTHS = 12, NAMED_UNITS = 30, LEAST_NAMED = 3 };

typedef struct Coverage {
    Store *store;
    Arena *arena;
    Diags *diags;
    const Period *period;
} Coverage;

static int months_of(Date date)
{
    return date.year * 12 + date.month - 1;
}

static Period month_at(int months)
{
    return period_containing(PERIOD_MONTH, (Date){months / 12, months % 12 + 1, 1});
}

/* The period column of a monthly table, or NULL. */
static const Column *month_column(const Table *table)
{
    const Column *column = table->period_column >= 0 ? &table->columns[table->period_column] : NULL;
    return column && column->type == COLUMN_MONTH ? column : NULL;
}

/* ---- months ---- */

/* The days on which the months with rows begin. */
typedef struct RowMonths {
    int *days;
    size_t count;
} RowMonths;

/* The table is gone through once, not for each paper. */
static const RowMonths *row_months(Store *store, const Table *table)
{
    Arena *arena = store_arena(store);
    Roster *roster = store_roster_state(store);
    roster->months = roster->months ? roster->months : map_new(arena);
    RowMonths *months = map_find(roster->months, table->sql);
    if (months) {
        return months;
    }
    size_t capacity = 0;
    months = ARENA_NEW(arena, RowMonths);
    StoreQuery *query = store_prepare(store,
        arena_printf(store_paper_arena(store),
            "SELECT DISTINCT _p0 FROM %s WHERE _p0 NOT NULL ORDER BY 1", table->sql));
    while (store_step(query)) {
        months->days =
            arena_grow(arena, months->days, months->count, &capacity, sizeof *months->days);
        months->days[months->count++] = (int)store_int(query, 0);
    }
    store_reset(query);
    map_put(roster->months, table->sql, months);
    return months;
}

const char *coverage_gaps(Store *store, const Table *table, Date first, Date last, int *count)
{
    *count = 0;
    if (!month_column(table)) {
        return "";
    }
    Buf list = {0};
    Arena *arena = store_paper_arena(store);
    const RowMonths *rows = row_months(store, table);
    size_t next = 0;
    while (next < rows->count && rows->days[next] < date_days(first)) {
        next++;
    }
    for (int month = months_of(first); month <= months_of(last); month++) {
        if (next < rows->count && rows->days[next] <= date_days(last) &&
            months_of(date_from_days(rows->days[next])) == month) {
            next++;
        } else if ((*count)++ < NAMED_MONTHS) {
            buf_addf(&list, "%s%s", list.length ? "、" : "",
                period_name(arena, month_at(month)));
        }
    }
    buf_adds(&list, *count > NAMED_MONTHS ? "…" : "");
    const char *names = arena_strdup(arena, list.data ? list.data : "");
    buf_free(&list);
    return names;
}

/* ---- a file and the month in its name ---- */

/* The month that a file's name says (月报-2024-06.csv, 6月月报.csv of some year), in months; -1:
 * none. */
static int month_in_name(const char *name, int year)
{
    Period period;
    bool found = filename_period(name, year, &period) && period.kind == PERIOD_MONTH;
    return found ? months_of(period.first) : -1;
}

/* One look at the table, however many files it came from. */
static void check_file_names(Coverage *coverage, const Table *table)
{
    const Column *column = month_column(table);
    if (!column) {
        return;
    }
    StoreQuery *query = store_prepare(
        coverage->store, arena_printf(coverage->arena,
                             "SELECT _file, _p0, min(_row), count(*) FROM %s WHERE _p0 IS NOT NULL "
                             "GROUP BY _file, _p0",
                             table->sql));
    while (store_step(query)) {
        int file = (int)store_int(query, 0);
        Date month = date_from_days((int)store_int(query, 1));
        int named = month_in_name(table->files[file], month.year), found = months_of(month);
        if (named < 0 || named == found) {
            continue;
        }
        At at = {
            .data = store_place(coverage->store, table, file, (long)store_int(query, 2), column)};
        diag_add(coverage->diags, DIAG_W233, &at, period_name(coverage->arena, month_at(named)),
            (long)store_int(query, 3), period_name(coverage->arena, month_at(found)));
    }
    store_reset(query);
}

/* ---- villages in months ---- */

/* A month of which some report and others do not. */
typedef struct ThinMonth {
    Period month;
    const char *const *names;
    int count;
} ThinMonth;

static void add_names(Buf *list, const char *const *names, int count, int most)
{
    for (int i = 0; i < count && i < most; i++) {
        buf_addf(list, "%s%s", i ? "、" : "", names[i]);
    }
    buf_adds(list, count > most ? "…" : "");
}

/* Leaves those of the month that lie in the unit. */
static void keep_unit(Store *store, ThinMonth *month, const CoverageUnit *only)
{
    const char **kept = ARENA_ARRAY(store_paper_arena(store), const char *, month->count + 1);
    int count = 0;
    for (int i = 0; i < month->count; i++) {
        const char *name = month->names[i];
        if (strcmp(name, only->name) == 0 ||
            strcmp(store_unit_at(store, name, only->level), only->name) == 0) {
            kept[count++] = name;
        }
    }
    month->names = kept;
    month->count = count;
}

/* The months with rows, of which somebody's is not there. A month that has none is told by
 * coverage_gaps, one inside `told` by the report itself. */
static ThinMonth *thin_months(Store *store, const Table *table, Date first, Date last,
    const Period *told, const CoverageUnit *only, int *count)
{
    Arena *arena = store_paper_arena(store);
    ThinMonth *months = NULL;
    size_t capacity = 0, found = 0;
    const RowMonths *rows = row_months(store, table);
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->days[i] < date_days(first) || rows->days[i] > date_days(last)) {
            continue;
        }
        Date day = date_from_days(rows->days[i]);
        ThinMonth month = {.month = period_containing(PERIOD_MONTH, day)};
        int owed;
        bool inside = told && date_cmp(told->first, month.month.first) <= 0 &&
                      date_cmp(month.month.last, told->last) <= 0;
        month.count = inside ? 0 : place_absent(store, table, &month.month, &month.names, &owed);
        if (month.count > 0 && only) {
            keep_unit(store, &month, only);
        }
        if (month.count > 0 && !place_absent_unsure(store, table, &month.month)) {
            months = arena_grow(arena, months, found, &capacity, sizeof *months);
            months[found++] = month;
        }
    }
    *count = (int)found;
    return months;
}

static int different_units(Arena *arena, const ThinMonth *months, int count)
{
    Map *units = map_new(arena);
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < months[i].count; k++) {
            map_put(units, months[i].names[k], units);
        }
    }
    return (int)map_count(units);
}

const char *coverage_thin(Store *store, const Table *table, Date first, Date last,
    const Period *told, const CoverageUnit *only, int *units)
{
    Arena *arena = store_paper_arena(store);
    bool english = diag_language(store_diags(store)) == DIAG_ENGLISH;
    int count = 0;
    *units = 0;
    if (!month_column(table) || !place_owing_column(store, table) ||
        !store_owed_units(store, table)) {
        return "";
    }
    ThinMonth *months = thin_months(store, table, first, last, told, only, &count);
    int shown = count < NAMED_MONTHS ? count : NAMED_MONTHS;
    int most = shown > NAMED_UNITS / LEAST_NAMED ? LEAST_NAMED : NAMED_UNITS / (shown + !shown);
    Buf list = {0};
    for (int i = 0; i < shown; i++) {
        buf_addf(&list, english ? "%s%s: %d (" : "%s%s缺 %d 个（",
            i == 0    ? ""
            : english ? "; "
                      : "；",
            period_name(arena, months[i].month), months[i].count);
        add_names(&list, months[i].names, months[i].count, most);
        buf_adds(&list, english ? ")" : "）");
    }
    buf_adds(&list, count > shown ? "…" : "");
    *units = different_units(arena, months, count);
    const char *text = arena_strdup(arena, list.data ? list.data : "");
    buf_free(&list);
    return text;
}

/* ---- villages of the period ---- */

static void check_absent(Coverage *coverage, const Table *table, const char *level)
{
    Store *store = coverage->store;
    const char *const *names;
    int owed, absent = place_absent(store, table, coverage->period, &names, &owed);
    if (absent == 0 || place_absent_unsure(store, table, coverage->period)) {
        return;
    }
    Buf list = {0};
    add_names(&list, names, absent, NAMED_UNITS);
    diag_add(coverage->diags, DIAG_W231, NULL, period_name(coverage->arena, *coverage->period),
        absent, level, table->id, list.data);
    buf_free(&list);
}

/* Of a quarter each month is owed: a village with one row of the three is short of two. False where
 * no month has a row. */
static bool check_months(Coverage *coverage, const Table *table, const char *level)
{
    const Period *period = coverage->period;
    int empty, units;
    int months = months_of(period->last) - months_of(period->first) + 1;
    (void)coverage_gaps(coverage->store, table, period->first, period->last, &empty);
    if (months == 1 || !month_column(table) || empty == months) {
        return false;
    }
    const char *list =
        coverage_thin(coverage->store, table, period->first, period->last, NULL, NULL, &units);
    if (units > 0) {
        diag_add(coverage->diags, DIAG_W231, NULL, period_name(coverage->arena, *period), units,
            level, table->id, list);
    }
    return true;
}

/* The names of the roster, for hints; *count says how many. */
static const char **roster_names(Coverage *coverage, size_t *count)
{
    const Table *roster = store_roster(coverage->store);
    const Column *name = table_column_find(roster, "名称");
    const char **names = ARENA_ARRAY(coverage->arena, const char *, roster->row_count + 1);
    StoreQuery *query = store_prepare(coverage->store,
        arena_printf(coverage->arena, "SELECT DISTINCT %s FROM %s WHERE %s NOT NULL ORDER BY rowid",
            name->sql, roster->sql, name->sql));
    *count = 0;
    while (store_step(query) && *count < (size_t)roster->row_count) {
        names[(*count)++] = arena_strdup(coverage->arena, store_text(query, 0));
    }
    store_reset(query);
    return names;
}

/* A name that no roster has makes a village of its own and takes its rows from the right one. With
 * min(rowid), SQLite gives _file and _row of that very row. */
static void check_unknown(Coverage *coverage, const Table *table, const Column *column)
{
    const Table *roster = store_roster(coverage->store);
    const Column *name = table_column_find(roster, "名称");
    size_t count;
    const char **names = roster_names(coverage, &count);
    StoreQuery *query = store_prepare(coverage->store,
        arena_printf(coverage->arena,
            "SELECT %s, _file, _row, count(*), min(rowid) FROM %s WHERE %s NOT IN "
            "(SELECT %s FROM %s WHERE %s NOT NULL) GROUP BY 1 ORDER BY 5",
            column->sql, table->sql, column->sql, name->sql, roster->sql, name->sql));
    while (store_step(query)) {
        const char *unit = store_text(query, 0);
        if (store_is_of_the_town(unit)) { /* no village, and no slip */
            continue;
        }
        At at = {.data = store_place(coverage->store, table, (int)store_int(query, 1),
                     (long)store_int(query, 2), column)};
        diag_add(coverage->diags, DIAG_W232, &at, unit, (long)store_int(query, 3));
        const char *nearest = utf8_nearest(unit, names, count);
        if (nearest) {
            diag_hint(coverage->diags, DIAG_H001, nearest);
        }
    }
    store_reset(query);
}

static void check_units(Coverage *coverage, const Table *table)
{
    const Column *column = store_reporter_column(coverage->store, table);
    if (!column) {
        return;
    }
    /* Among guests (会议签到, 单位) others stand rightly, in a return they do not. */
    if (strcmp(column->name, "村") == 0 || place_owing_column(coverage->store, table)) {
        check_unknown(coverage, table, column);
    }
    const char *level = store_level_name(coverage->store, table, column);
    if (coverage->period && !check_months(coverage, table, level)) {
        check_absent(coverage, table, level);
    }
}

void coverage_check(Store *store, const Period *period)
{
    Coverage coverage = {store, store_arena(store), store_diags(store), period};
    for (size_t i = 0; i < store_table_count(store); i++) {
        const Table *table = store_table(store, i);
        check_file_names(&coverage, table);
        check_units(&coverage, table);
    }
}
