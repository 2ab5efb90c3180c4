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
} Derived;

#define DONE_BY_AS_OF "(%c IS NOT NULL AND %c<=%d)"
#define YES_OR_NO(condition) "CASE WHEN " condition " THEN '是' ELSE '否' END"

static const Derived derived_columns[] = {
    {"已整改", {"整改完成日期", "整改完成日期"}, YES_OR_NO(DONE_BY_AS_OF), false},
    {"已销号", {"销号日期", "销号日期"}, YES_OR_NO(DONE_BY_AS_OF), false},
    {"超期", {"整改完成日期", "整改时限"}, YES_OR_NO("ifnull(%c,%x)>%d AND %c<%d"), false},
    {"临期", {"整改完成日期", "整改时限"}, YES_OR_NO("ifnull(%c,%x)>%d AND %c BETWEEN %d AND %d+3"),
        false},
    {"整改用时", {"整改完成日期", "整改完成日期", "发现日期"},
        "CASE WHEN %c<=%d THEN (%c-%c)*1000000 END", true},
    {"立行立改", {"整改完成日期", "整改完成日期", "发现日期"}, YES_OR_NO("%c<=%d AND %c=%c"),
        false},
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
