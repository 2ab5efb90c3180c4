#include <string.h>
#include "template/value/explain_internal.h"
#include "template/value/sql.h"

enum { SHOWN_CELLS = 3, SHOWN_FILES = 3 };

/* ---- which rows ---- */

/* Of “月报”2024年6月 17 行 the 2024年6月; "" of a table without periods. */
static const char *period_words(Explainer *x, const RowSet *rows)
{
    Period period;
    bool until;
    if (rows->table->period_column < 0 && !rows->dated_by) {
        return "";
    }
    if (!rows_period(rows, &period, &until)) {
        return say(x, "全部期间", " of all periods");
    }
    const char *name = rows_period_name(rows);
    return x->english ? arena_printf(x->arena, until ? " %s" : " of %s", name) : name;
}

bool rows_words(Explainer *x, const RowSet *rows, const char **out)
{
    Datum count;
    RowSet plain = *rows;
    plain.per = NULL;
    if (!figure_count(&plain, &count)) {
        return false;
    }
    if (rows->absent) {
        *out = arena_printf(x->arena,
            say(x, "没有上报的 %s 个单位", "%s units that did not report"), datum_words(x, &count));
        return true;
    }
    *out = arena_printf(x->arena, say(x, "“%s”%s %s 行", "“%s”%s: %s rows"), rows->table->id,
        period_words(x, rows), datum_words(x, &count));
    return true;
}

const char *engine_rows(Engine *engine, const Table *table)
{
    Datum count;
    RowSet rows = {.table = table, .context = engine_context(engine, engine_root(engine))};
    return figure_count(&rows, &count) ? datum_plain(engine, &count, false) : NULL;
}

/* ---- the cells behind a figure ---- */

/* " FROM t0 WHERE …", of a column its filled cells only. */
static bool add_rows(Sql *sql, const RowSet *rows, const Column *column)
{
    RowSet plain = *rows;
    plain.per = NULL;
    if (!sql_from(sql, &plain)) {
        return sql_drop(sql);
    }
    if (column) {
        sql_addf(sql, " AND %s IS NOT NULL", column->sql);
    }
    return true;
}

bool count_filled(Explainer *x, const RowSet *rows, const Column *column, int64_t *out)
{
    Sql sql = sql_new(x->engine);
    sql_add(&sql, "SELECT count(*)");
    if (!add_rows(&sql, rows, column)) {
        return false;
    }
    StoreQuery *query = sql_ready(&sql);
    *out = store_step(query) ? store_int(query, 0) : 0;
    store_reset(query);
    return true;
}

/* C2 of a cell, 第 2 行 of a row. */
static const char *place_words(
    Explainer *x, const RowSet *rows, const Column *column, int file, long row)
{
    const Table *table = rows->table; /* whose column a part of a ratio bears the name of */
    const Column *own = column ? table_column_find(table, column->name) : NULL;
    if (!own) {
        return arena_printf(x->arena, say(x, "第%ld行", "row %ld"), row);
    }
    const DataPlace *place = store_place(x->engine->store, table, file, row, own);
    const char *cell = data_cell_name(x->arena, place);
    return *cell ? cell : arena_printf(x->arena, say(x, "第%ld行", "row %ld"), row);
}

/* 月报/月报-2024-06.csv（C2、C3、C4 等 17 格） */
static bool file_words(
    Explainer *x, const RowSet *rows, const Column *column, int file, int64_t count, Buf *out)
{
    const char *list = "";
    int64_t shown = 0;
    Sql sql = sql_new(x->engine);
    sql_add(&sql, "SELECT _row");
    if (!add_rows(&sql, rows, column)) {
        return false;
    }
    sql_addf(&sql, " AND _file=%d ORDER BY rowid LIMIT %d", file, SHOWN_CELLS);
    StoreQuery *query = sql_ready(&sql);
    while (store_step(query)) {
        const char *cell = place_words(x, rows, column, file, (long)store_int(query, 0));
        list = arena_printf(x->arena, "%s%s%s", list, shown++ ? say(x, "、", ", ") : "", cell);
    }
    store_reset(query);
    buf_addf(out, say(x, "%s（%s", "%s (%s"), rows->table->files[file], list);
    if (count > shown) {
        const char *what = column ? say(x, "格", "cells") : say(x, "行", "rows");
        buf_addf(out, say(x, " 等 %lld %s", " … %lld %s"), (long long)count, what);
    }
    buf_adds(out, say(x, "）", ")"));
    return true;
}

typedef struct FileCount {
    int file;
    int64_t count;
} FileCount;

/* The files with rows, the first few kept; how many there are, -1 after a message. */
static int files_used(
    Explainer *x, const RowSet *rows, const Column *column, FileCount files[SHOWN_FILES])
{
    int count = 0;
    Sql sql = sql_new(x->engine);
    sql_add(&sql, "SELECT _file,count(*)");
    if (!add_rows(&sql, rows, column)) {
        return -1;
    }
    sql_add(&sql, " GROUP BY _file ORDER BY _file");
    StoreQuery *query = sql_ready(&sql);
    for (; store_step(query); count++) {
        if (count < SHOWN_FILES) {
            files[count] = (FileCount){(int)store_int(query, 0), store_int(query, 1)};
        }
    }
    store_reset(query);
    return count;
}

/* Rows that no file holds, 缺报's among them, have no place. */
static bool lies_in_files(const RowSet *rows)
{
    return rows->table->file_count > 0 && !rows->absent;
}

bool explain_used(Explainer *x, const RowSet *rows, const Column *column)
{
    FileCount files[SHOWN_FILES];
    Buf text = {0};
    int64_t filled = 0, all = 0;
    if (!lies_in_files(rows)) {
        return true;
    }
    int count = files_used(x, rows, column, files);
    bool good =
        count >= 0 && count_filled(x, rows, NULL, &all) && count_filled(x, rows, column, &filled);
    buf_adds(&text, say(x, "用到 ", "used: "));
    for (int i = 0; good && i < count && i < SHOWN_FILES; i++) {
        buf_adds(&text, i ? say(x, "；", "; ") : "");
        good = file_words(x, rows, column, files[i].file, files[i].count, &text);
    }
    if (count > SHOWN_FILES) {
        buf_addf(&text, say(x, " 等 %d 个文件", " … %d files"), count);
    }
    if (all > filled) {
        buf_addf(&text,
            say(x, "；%lld 格是空的，没有算", "; %lld cells are empty and do not count"),
            (long long)(all - filled));
    }
    if (good && count > 0) {
        explain_line(x, arena_strndup(x->arena, text.data, text.length));
    }
    buf_free(&text);
    return good;
}
