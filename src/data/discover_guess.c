/* Which column is a table's period, and which are its key: by the types that the loader found, and
 * by what is different in every row. */
#include <string.h>
#include "data/discover_internal.h"
#include "data/infer.h"

static bool has_words(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(name, words[i])) {
            return true;
        }
    }
    return false;
}

static bool has_columns(const Table *table, const char *a, const char *b)
{
    return table_column_find(table, a) && table_column_find(table, b);
}

/* Its 级别 are those of places: a list of dangers has 一般 and 重大. */
bool discover_is_roster(Discoverer *d, const Table *table)
{
    if (!has_columns(table, "级别", "名称")) {
        return false;
    }
    StoreQuery *query = store_prepare(d->store,
        arena_printf(d->scratch,
            "SELECT 1 FROM %s WHERE %s IN ('县','乡镇','镇','乡','街道','片','片区','村','行政村',"
            "'社区','村(社区)','村（社区）','自然村','组','坡','网格') LIMIT 1",
            table->sql, table_column_find(table, "级别")->sql));
    bool found = store_step(query);
    store_reset(query);
    return found;
}

/* ---- the period ---- */

/* 整改时限, 计划完工, 销号日期: days, but not those by which the rows are put into months. */
static bool is_later_day(const char *name)
{
    static const char *const words[] = {"计划", "预计", "实际", "时限", "期限", "限期", "完成",
        "完工", "竣工", "销号", "整改", "出生", "到期", "截止", "验收"};
    return has_words(name, words, sizeof words / sizeof *words);
}

/* Years and quarters look like numbers and texts: by the name of their column. */
static bool is_period_name(const char *name)
{
    static const char *const names[] = {"年度", "年份", "季度", "期间", "报告期", "期次", "月份"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* A year or quarter is a period if the loader can read every cell so. */
static bool reads_as_period(Discoverer *d, const FileGroup *group, const char *name)
{
    CsvDecl decl = {.id = "·", .files = group->pattern, .period = name};
    return store_load(d->store, &decl, d->folder, NULL) != NULL;
}

static const char *period_of_names(const FileGroup *group)
{
    switch (group->dated) {
    case PERIOD_MONTH:
        return "月份";
    case PERIOD_QUARTER:
        return "季度";
    case PERIOD_YEAR:
        return "年度";
    case PERIOD_NONE:
        return NULL;
    default:
        return "期间";
    }
}

static const char *guess_period(Discoverer *d, const FileGroup *group, const Table *table)
{
    for (int days = 0; days < 2; days++) { /* months before days */
        for (int i = 0; i < table->column_count; i++) {
            const Column *column = &table->columns[i];
            ColumnType type = days ? COLUMN_DATE : COLUMN_MONTH;
            if (column->type == type && !is_later_day(column->name)) {
                return column->name;
            }
        }
    }
    for (int i = 0; i < table->column_count; i++) {
        const char *name = table->columns[i].name;
        if (is_period_name(name) && reads_as_period(d, group, name)) {
            return name;
        }
    }
    const char *name = period_of_names(group);
    return name && reads_as_period(d, group, name) ? name : NULL;
}

/* ---- the key ---- */

typedef struct Distinct {
    int64_t rows, different;
} Distinct;

/* How many rows differ in the columns (“c1,c2”). */
static Distinct count_distinct(Discoverer *d, const Table *table, const char *columns)
{
    char *sql = arena_printf(d->scratch,
        "SELECT (SELECT count(*) FROM %s),(SELECT count(*) FROM (SELECT DISTINCT %s FROM %s))",
        table->sql, columns, table->sql);
    StoreQuery *query = store_prepare(d->store, sql);
    Distinct counted = {0, 0};
    if (store_step(query)) {
        counted = (Distinct){store_int(query, 0), store_int(query, 1)};
    }
    store_reset(query);
    return counted;
}

static bool is_full(Discoverer *d, const Table *table, const Column *column)
{
    StoreQuery *query = store_prepare(
        d->store, arena_printf(d->scratch, "SELECT 1 FROM %s WHERE %s IS NULL LIMIT 1", table->sql,
                      column->sql));
    bool empty = store_step(query);
    store_reset(query);
    return !empty;
}

static bool is_unique(Discoverer *d, const Table *table, const Column *column)
{
    Distinct counted = count_distinct(d, table, column->sql);
    return counted.rows > 0 && counted.rows == counted.different && is_full(d, table, column);
}

/* 编号, 凭证号; but no telephone. */
static const Column *code_column(Discoverer *d, const Table *table)
{
    static const char *const others[] = {"电话", "身份证", "手机"};
    for (int i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        if (column->type == COLUMN_TEXT && infer_is_code_name(column->name) &&
            !has_words(column->name, others, sizeof others / sizeof *others) &&
            is_unique(d, table, column)) {
            return column;
        }
    }
    return NULL;
}

/* 社区/村, 单位名称: names of villages without a roster that could say so. */
static const Column *named_unit_column(const Table *table)
{
    static const char *const names[] = {"村", "社区", "行政村", "村名", "社区/村", "村/社区",
        "村(社区)", "村名称", "单位名称", "村居", "村社"};
    const Column *named = NULL;
    for (size_t i = 0; !named && i < sizeof names / sizeof *names; i++) {
        named = table_column_find(table, names[i]);
    }
    return named && named->type == COLUMN_TEXT ? named : NULL;
}

/* The column of villages: most of its names are in the roster, or it is named so. */
static const Column *unit_column(Discoverer *d, const Table *table)
{
    const Column *named = table_column_find(table, "村");
    for (int i = 0; !named && i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        if (column->type == COLUMN_TEXT && store_roster_level(d->store, table, column)) {
            named = column;
        }
    }
    return named ? named : named_unit_column(table);
}

/* A return has one row a period and village. A few rows that come twice are mistakes then, which
 * the loader names; in a list of events nothing of the kind can be told from its rows. */
static const char *return_key(Discoverer *d, const Table *table, const char *period)
{
    const Column *dated = table_column_find(table, period), *unit = unit_column(d, table);
    bool of_period = dated ? dated->type != COLUMN_DATE : true;
    if (!unit || !of_period || !is_full(d, table, unit)) {
        return NULL;
    }
    char *columns = dated ? arena_printf(d->scratch, "%s,%s", dated->sql, unit->sql)
                          : arena_printf(d->scratch, "_file,%s", unit->sql);
    Distinct counted = count_distinct(d, table, columns);
    bool mostly = counted.rows > 0 && counted.different * 10 >= counted.rows * 9;
    return mostly ? arena_printf(d->scratch, "%s,%s", period, unit->name) : NULL;
}

static const char *guess_key(Discoverer *d, const Table *table, const char *period)
{
    const Column *code = code_column(d, table);
    if (code) {
        return code->name;
    }
    if (period) {
        return return_key(d, table, period);
    }
    for (int i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        if (column->type == COLUMN_TEXT && strcmp(column->name, "序号") != 0 &&
            is_unique(d, table, column)) {
            return column->name;
        }
    }
    return NULL;
}

Guess discover_guess(Discoverer *d, const FileGroup *group, const Table *table)
{
    Guess guess = {.is_roster = discover_is_roster(d, table),
        .is_targets = has_columns(table, "指标", "目标值")};
    if (!guess.is_roster) { /* it stands for all time, and its order is that of its rows */
        guess.period = guess_period(d, group, table);
    }
    if (!guess.is_roster && !guess.is_targets) {
        guess.key = guess_key(d, table, guess.period);
    }
    return guess;
}
