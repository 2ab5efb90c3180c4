/* Columns that no file holds: what a ledger's dates say on the day of 截至, and the levels of the
 * roster to which a row's unit belongs. */
#include <string.h>
#include "template/value/value_internal.h"

/* Columns worked out from a ledger's dates (data.md 4), judged on the day of 截至. A %c stands for
 * the SQL of the next of the columns named; %d for the day. */
typedef struct Derived {
    const char *name;
    const char *columns[3];
    const char *sql;
    bool is_days;
    const char *by_group; /* the same, by the last day of the period of a group; or NULL */
} Derived;

#define DONE_BY_AS_OF "(%c IS NOT NULL AND %c<=%d)"
#define DONE_BY(column) column " 不大于 (期间|期末)"
#define YES_OR_NO(condition) "CASE WHEN " condition " THEN '是' ELSE '否' END"

static const Derived derived_columns[] = {
    {"已整改", {"整改完成日期", "整改完成日期"}, YES_OR_NO(DONE_BY_AS_OF), false,
        DONE_BY("整改完成日期")},
    {"已销号", {"销号日期", "销号日期"}, YES_OR_NO(DONE_BY_AS_OF), false, DONE_BY("销号日期")},
    {"超期", {"整改完成日期", "整改时限"}, YES_OR_NO("ifnull(%c,%x)>%d AND %c<%d"), false,
        "整改时限 早于 (期间|期末) 且 非 " DONE_BY("整改完成日期")},
    {"临期", {"整改完成日期", "整改时限"}, YES_OR_NO("ifnull(%c,%x)>%d AND %c BETWEEN %d AND %d+3"),
        false,
        "整改时限 不小于 (期间|期末) 且 整改时限 不大于 (期间|期末)+3 且 非 " DONE_BY("整改完成日期")},
    {"整改用时", {"整改完成日期", "整改完成日期", "发现日期"},
        "CASE WHEN %c<=%d THEN (%c-%c)*1000000 END", true, NULL},
    {"立行立改", {"整改完成日期", "整改完成日期", "发现日期"}, YES_OR_NO("%c<=%d AND %c=%c"),
        false, NULL},
};

/* False when the table lacks a column that the derived one is made of. */
static bool derived_sql(const Table *table, const Derived *derived, int day, Buf *out)
{
    int next = 0;
    buf_adds(out, "(");
    for (const char *at = derived->sql; *at; at++) {
        if (*at != '%') {
            buf_add(out, at, 1);
            continue;
        }
        at++;
        if (*at == 'c') {
            const Column *column = table_column_find(table, derived->columns[next++]);
            if (!column || column->type != COLUMN_DATE) {
                return false;
            }
            buf_adds(out, column->sql);
        } else {
            buf_addf(out, "%d", *at == 'd' ? day : day + 1); /* %x: a day after 截至 */
        }
    }
    buf_adds(out, ")");
    return true;
}

static const Derived *derived_find(const char *name)
{
    for (size_t i = 0; i < sizeof derived_columns / sizeof *derived_columns; i++) {
        if (strcmp(derived_columns[i].name, name) == 0) {
            return &derived_columns[i];
        }
    }
    return NULL;
}

static Column *derived_column(Engine *engine, const Table *table, const Derived *derived)
{
    Date as_of;
    Buf sql = {0};
    Column *column = NULL;
    if (engine_as_of(engine, &as_of) && derived_sql(table, derived, date_days(as_of), &sql)) {
        column = ARENA_NEW(engine->arena, Column);
        column->name = column->head = derived->name;
        column->sql = arena_strdup(engine->arena, sql.data);
        column->type = derived->is_days ? COLUMN_NUMBER : COLUMN_TEXT;
        column->kind = derived->is_days ? KIND_SCORE : KIND_TEXT;
        column->unit = derived->is_days ? "天" : NULL;
    }
    buf_free(&sql);
    return column;
}

const Column *engine_column(Engine *engine, const Table *table, const char *name)
{
    const Column *column = table_column_find(table, name);
    const Derived *derived = column ? NULL : derived_find(name);
    if (!derived) {
        return column ? column : store_level_column(engine->store, table, name);
    }
    Date as_of;
    int day = engine_as_of(engine, &as_of) ? date_days(as_of) : 0;
    char *key = arena_printf(engine->arena, "%s.%s.%d", table->id, name, day);
    Column *known = map_find(engine->derived, key);
    if (!known) {
        known = derived_column(engine, table, derived);
        map_put(engine->derived, key, known);
    }
    return known;
}

const Column *engine_derived(Engine *engine, const Table *table, size_t index)
{
    for (size_t i = 0; i < sizeof derived_columns / sizeof *derived_columns; i++) {
        const Column *column = engine_column(engine, table, derived_columns[i].name);
        if (column && !column->place.file && index-- == 0) {
            return column;
        }
    }
    return NULL;
}

/* In a table by months 未销号 would stand beside 新增 as it is today, not as it was that month: 0 in
 * all but the last. */
void derived_tell_judged(const RowSet *rows, const Column *column, const ValueNode *path)
{
    Engine *engine = rows->context.engine;
    const Derived *derived =
        table_column_find(rows->table, column->name) ? NULL : derived_find(column->name);
    const Scope *scope = rows->context.scope;
    Period period;
    bool from_start, all;
    Date as_of;
    char day[16];
    while (scope && !scope->has_period) {
        scope = scope->parent;
    }
    if (rows->context.dry || !derived || !derived->by_group || !scope || !scope->period_bound ||
        !period_moved(&rows->context, rows->move, &period, &from_start, &all) || all ||
        !engine_as_of(engine, &as_of) || date_cmp(period.last, as_of) >= 0) {
        return;
    }
    At at = value_node_at(path);
    diag_add(engine->diags, DIAG_W176, &at, column->name, date_format_iso(as_of, day));
    diag_hint(engine->diags, DIAG_H622, derived->by_group);
}
