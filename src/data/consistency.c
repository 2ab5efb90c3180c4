#include "data/consistency.h"

#include <string.h>
#include "data/store_internal.h"

typedef struct Look {
    Store *store;
    Arena *arena;
    const Table *table;
    int first, last; /* days of the report's period */
} Look;

/* " AND rowid is of no row that is unsure". */
static const char *sure(const Look *look, const char *alias)
{
    const char *faults = look->table->faults;
    return faults ? arena_printf(
                        look->arena, " AND %srowid NOT IN (SELECT rowid FROM %s)", alias, faults)
                  : "";
}

/* Rows of the period that are sure. */
static const char *rows_looked_at(const Look *look, const char *alias)
{
    const char *dated = look->table->period_column < 0
                            ? "?1 NOT NULL AND ?2 NOT NULL"
                            : arena_printf(look->arena, "%s_p0>=?1 AND %s_p1<=?2", alias, alias);
    return arena_printf(look->arena, "%s%s", dated, sure(look, alias));
}

static StoreQuery *ask(const Look *look, const char *sql)
{
    StoreQuery *query = store_prepare(look->store, sql);
    store_bind_int(query, 1, look->first);
    store_bind_int(query, 2, look->last);
    return query;
}

static const char *number_at(const Look *look, StoreQuery *query, int column)
{
    char text[DECIMAL_TEXT];
    decimal_format(decimal_trim(decimal_from_store(store_int(query, column))), text);
    return arena_strdup(look->arena, text);
}

/* A row that is wrong: its place, how many there are, and three numbers of it. Asked for as
 * _file, _row, count(*), min(rowid), a, b: SQLite gives the other columns of the row with the least
 * rowid. */
typedef struct Wrong {
    At at;
    long count;
    const char *a, *b;
} Wrong;

static bool find_wrong(const Look *look, const char *sql, const Column *column, Wrong *out)
{
    StoreQuery *query = ask(look, sql);
    bool found = store_step(query) && store_int(query, 2) > 0;
    if (found)
        *out = (Wrong){.at = {.data = store_place(look->store, look->table,
                                  (int)store_int(query, 0), (long)store_int(query, 1), column)},
            .count = (long)store_int(query, 2),
            .a = number_at(look, query, 4),
            .b = number_at(look, query, 5)};
    store_reset(query);
    return found;
}

static const Column *number_column(const Table *table, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Column *column = table_column_find(table, names[i]);
        if (column && column->type == COLUMN_NUMBER)
            return column;
    }
    return NULL;
}

/* ---- scores against their parts ---- */

/* "c2+c3+c4" of the columns with full marks; those must make the total's own, or 100. */
static const char *parts_of(const Look *look, const Column *total)
{
    Decimal marks = decimal_from_int(0);
    Decimal whole = total->has_full_marks ? total->full_marks : decimal_from_int(100);
    const char *sum = NULL;
    int count = 0;
    for (int i = 0; i < look->table->column_count; i++) {
        const Column *column = &look->table->columns[i];
        if (column == total || column->type != COLUMN_NUMBER || !column->has_full_marks)
            continue;
        if (!decimal_add(marks, column->full_marks, &marks))
            return NULL;
        sum = sum ? arena_printf(look->arena, "%s+%s", sum, column->sql) : column->sql;
        count++;
    }
    return count >= 2 && decimal_cmp(marks, whole) == 0 ? sum : NULL;
}

static long count_rows(const Look *look, const char *condition)
{
    StoreQuery *query =
        ask(look, arena_printf(look->arena, "SELECT count(*) FROM %s WHERE %s AND %s",
                      look->table->sql, rows_looked_at(look, ""), condition));
    long count = store_step(query) ? (long)store_int(query, 0) : 0;
    store_reset(query);
    return count;
}

/* Where most rows differ, there is something else in the total (加分, 扣分) that we do not know. */
static void check_scores(const Look *look)
{
    static const char *const names[] = {"总分", "总得分", "合计", "得分合计", "得分", "合计得分"};
    const Column *total = number_column(look->table, names, sizeof names / sizeof *names);
    const char *sum = total ? parts_of(look, total) : NULL;
    Wrong wrong;
    if (!sum)
        return;
    const char *differ = arena_printf(look->arena, "%s<>%s", sum, total->sql);
    long equal = count_rows(look, arena_printf(look->arena, "%s=%s", sum, total->sql));
    if (count_rows(look, differ) > equal)
        return;
    const char *sql = arena_printf(look->arena,
        "SELECT _file,_row,count(*),min(rowid),%s,%s FROM %s WHERE %s AND %s", total->sql, sum,
        look->table->sql, rows_looked_at(look, ""), differ);
    if (find_wrong(look, sql, total, &wrong))
        diag_add(store_diags(look->store), DIAG_W780, &wrong.at, total->name, wrong.a, wrong.b,
            wrong.count);
}

/* ---- a score above its full marks ---- */

/* Where most rows are above it, the number in the head's brackets says something else. */
static void check_full_marks(const Look *look)
{
    for (int i = 0; i < look->table->column_count; i++) {
        const Column *column = &look->table->columns[i];
        int64_t most;
        Wrong wrong;
        if (column->type != COLUMN_NUMBER || !column->has_full_marks ||
            !decimal_to_store(column->full_marks, &most))
            continue;
        const char *above = arena_printf(look->arena, "%s>%lld", column->sql, (long long)most);
        long within =
            count_rows(look, arena_printf(look->arena, "%s<=%lld", column->sql, (long long)most));
        const char *sql = arena_printf(look->arena,
            "SELECT _file,_row,count(*),min(rowid),%s,%lld FROM %s WHERE %s AND %s", column->sql,
            (long long)most, look->table->sql, rows_looked_at(look, ""), above);
        if (count_rows(look, above) <= within && find_wrong(look, sql, column, &wrong))
            diag_add(store_diags(look->store), DIAG_W784, &wrong.at, column->name, wrong.a,
                wrong.b, wrong.count);
    }
}

/* ---- a cumulative column that fell ---- */

/* Equal in all keys but the period: " AND a.c1 IS b.c1". NULL: there are none. */
static const char *same_keys(const Look *look)
{
    const char *same = NULL;
    for (int i = 0; i < look->table->key_count; i++) {
        const char *sql = look->table->columns[look->table->keys[i]].sql;
        if (look->table->keys[i] != look->table->period_column)
            same = arena_printf(look->arena, "%s AND a.%s IS b.%s", same ? same : "", sql, sql);
    }
    return same;
}

static void check_fallen(const Look *look, const Column *column, const char *same)
{
    Wrong wrong;
    Date last = date_from_days(look->last);
    int year = date_days((Date){last.year, 1, 1});
    const char *sql = arena_printf(look->arena,
        "SELECT a._file,a._row,count(DISTINCT a.rowid),min(a.rowid),a.%s,b.%s FROM %s a JOIN %s b"
        " ON b._p0<a._p0 AND b._p0>=%d AND b.%s>a.%s%s%s WHERE %s",
        column->sql, column->sql, look->table->sql, look->table->sql, year, column->sql,
        column->sql, same, sure(look, "b."), rows_looked_at(look, "a."));
    if (find_wrong(look, sql, column, &wrong))
        diag_add(store_diags(look->store), DIAG_W781, &wrong.at, column->name, wrong.a, wrong.b,
            wrong.count);
}

static void check_cumulative(const Look *look)
{
    const Table *table = look->table;
    const char *same = table->period_column >= 0 ? same_keys(look) : NULL;
    for (int i = 0; same && i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        if (column->type == COLUMN_NUMBER && strstr(column->name, "累计") &&
            (column->kind == KIND_FLOW || column->kind == KIND_STOCK))
            check_fallen(look, column, same);
    }
}

/* ---- 上期结转 + 本期新增 − 本期销号 = 期末未销号 ---- */

enum { OPENING, ADDED, CLOSED, REMAINING, BALANCE };

static const char *const balance_names[BALANCE][5] = {
    {"上期结转", "上月结转", "上期结存", "期初未销号", "月初未销号"},
    {"本期新增", "本月新增", "本期发现", "本月发现", "新增"},
    {"本期销号", "本月销号", "本期办结", "本月办结", "销号"},
    {"期末未销号", "月末未销号", "期末结存", "期末未办结", "结转下期"},
};

static void check_balance(const Look *look)
{
    const Column *of[BALANCE];
    Wrong wrong;
    for (int i = 0; i < BALANCE; i++) {
        of[i] = number_column(look->table, balance_names[i], 5);
        if (!of[i])
            return;
    }
    const char *due =
        arena_printf(look->arena, "%s+%s-%s", of[OPENING]->sql, of[ADDED]->sql, of[CLOSED]->sql);
    const char *sql = arena_printf(look->arena,
        "SELECT _file,_row,count(*),min(rowid),%s,%s FROM %s WHERE %s AND %s<>%s",
        of[REMAINING]->sql, due, look->table->sql, rows_looked_at(look, ""), due,
        of[REMAINING]->sql);
    if (find_wrong(look, sql, of[REMAINING], &wrong))
        diag_add(store_diags(look->store), DIAG_W782, &wrong.at, of[REMAINING]->name, wrong.a,
            of[OPENING]->name, of[ADDED]->name, of[CLOSED]->name, wrong.b, wrong.count);
}

/* ---- the monthly report against the ledger ---- */

/* What a month's return says was found and closed, and the day in the ledger that says so. */
static const struct {
    const char *names[4];
    const char *date;
} returned[] = {
    {{"发现问题", "排查问题", "新增问题", "发现问题数"}, "发现日期"},
    {{"销号问题", "问题销号", "销号问题数", "已销号问题"}, "销号日期"},
};

static const Table *find_ledger(const Look *look)
{
    for (size_t i = 0; i < store_table_count(look->store); i++) {
        const Table *table = store_table(look->store, i);
        const Column *found = table_column_find(table, "发现日期");
        const Column *closed = table_column_find(table, "销号日期");
        if (found && closed && found->type == COLUMN_DATE && closed->type == COLUMN_DATE)
            return table;
    }
    return NULL;
}

static bool is_monthly(const Table *table)
{
    return table->period_column >= 0 && table->key_count > 1 &&
           table->columns[table->period_column].type == COLUMN_MONTH;
}

static void compare_return(
    const Look *look, const Column *column, const Table *ledger, const Column *date)
{
    const char *sum = arena_printf(look->arena, "SELECT ifnull(sum(%s),-1) FROM %s WHERE %s",
        column->sql, look->table->sql, rows_looked_at(look, ""));
    const char *count = arena_printf(
        look->arena, "SELECT count(*) FROM %s WHERE %s BETWEEN ?1 AND ?2", ledger->sql, date->sql);
    StoreQuery *query = ask(look, sum);
    int64_t said = store_step(query) ? store_int(query, 0) : -1;
    const char *text = said < 0 ? "" : number_at(look, query, 0);
    store_reset(query);
    query = ask(look, count);
    long there = store_step(query) ? (long)store_int(query, 0) : 0;
    store_reset(query);
    At at = {.data = &column->place};
    if (said >= 0 && decimal_cmp(decimal_from_store(said), decimal_from_int(there)) != 0)
        diag_add(store_diags(look->store), DIAG_W783, &at, column->name, text, ledger->id,
            date->name, there);
}

static void check_returns(const Look *look)
{
    const Table *ledger = is_monthly(look->table) ? find_ledger(look) : NULL;
    for (size_t i = 0; ledger && !ledger->faults && i < sizeof returned / sizeof *returned; i++) {
        const Column *column = number_column(look->table, returned[i].names, 4);
        if (column)
            compare_return(look, column, ledger, table_column_find(ledger, returned[i].date));
    }
}

void store_consistency(Store *store, const Period *period)
{
    for (size_t i = 0; i < store_table_count(store); i++) {
        Look look = {.store = store,
            .arena = store_arena(store),
            .table = store_table(store, i),
            .first = period ? date_days(period->first) : 0,
            .last = period ? date_days(period->last) : INT32_MAX};
        if (look.table->file_count == 0)
            continue;
        check_scores(&look);
        check_full_marks(&look);
        check_balance(&look);
        if (period) {
            check_cumulative(&look);
            check_returns(&look);
        }
    }
}
