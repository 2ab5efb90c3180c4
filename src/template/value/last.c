/* 最新 and 首个: of each key the last or the first row that has a value. */
#include <string.h>
#include "template/value/sql.h"

/* The columns of the table's key without its period, as a list for PARTITION BY; "" when there are
 * none. */
static const char *key_list(const RowSet *rows)
{
    const Table *table = rows->table;
    const char *list = "";
    for (int i = 0; i < table->key_count; i++) {
        if (table->keys[i] != table->period_column) {
            list = arena_printf(rows->context.engine->arena, "%s%s%s", list, *list ? "," : "",
                table->columns[table->keys[i]].sql);
        }
    }
    return list;
}

typedef struct Last {
    const Column *column;
    bool first;
} Last;

/* The keys of a shared scan, as columns of the inner SELECT and by the names they have outside. */
const char *shared_key_names(const RowSet *rows, bool outside)
{
    const char *names = "";
    for (int i = 0; rows->shared && i < rows->shared->count; i++) {
        const char *inside = outside ? "" : rows->shared->columns[i]->sql;
        names = arena_printf(
            rows->context.engine->arena, "%s%s%sk%d,", names, inside, outside ? "" : " AS ", i);
    }
    return names;
}

/* Of each key the last row that has a value. Rows of a table without a key stand each for itself:
 * then all rows of the last period count. */
static bool add_ranked(Sql *sql, const RowSet *rows, const char *shared, const Last *last)
{
    bool one_row = last->column->type != COLUMN_NUMBER;
    const char *keys = one_row ? "" : key_list(rows);
    const char *way = last->first ? "" : " DESC";
    bool by_period = rows->table->period_column >= 0 || rows->dated_by;
    const char *date = rows->dated_by ? rows->dated_by->sql : by_period ? "_p1" : "0";
    bool rank = !one_row && !*keys && by_period;
    sql_addf(sql, "(SELECT %s%s AS v,_file AS f,_row AS r,rowid AS i,%s OVER (",
        shared_key_names(rows, false), last->column->sql, rank ? "rank()" : "row_number()");
    if (*shared || *keys) { /* the list of shared keys has a comma at its end */
        int length = (int)strlen(shared) - (*keys ? 0 : 1);
        sql_addf(sql, "PARTITION BY %.*s%s", length, shared, keys);
    }
    sql_addf(sql, " ORDER BY %s%s%s%s) AS n", date, way, rank ? "" : ",rowid", rank ? "" : way);
    if (!sql_from(sql, rows)) {
        return false;
    }
    sql_addf(sql, " AND %s IS NOT NULL)", last->column->sql);
    return true;
}

bool sql_last(Sql *sql, const RowSet *rows, const char *keys, const Column *column, bool first)
{
    Last last = {column, first};
    if (!add_ranked(sql, rows, keys, &last)) {
        return false;
    }
    sql_add(sql, " WHERE n=1");
    return true;
}

static bool write_last(Sql *sql, const RowSet *rows, const char *keys, const void *what)
{
    const Last *last = what;
    const char *names = shared_key_names(rows, true);
    bool number = last->column->type == COLUMN_NUMBER;
    sql_addf(sql, "SELECT %scount(*),%s FROM ", names,
        number ? "ifnull(sum(v/1000000),0),ifnull(sum(v%1000000),0),min(f),min(r)" : "v");
    if (!sql_last(sql, rows, keys, last->column, last->first)) {
        return false;
    }
    sql_group_by(sql, names);
    return true;
}

/* Nothing is the last: is there no row, or none with a value? */
static bool no_last(const RowSet *rows, Datum *out)
{
    Datum all;
    if (!figure_count(rows, &all)) {
        return false;
    }
    *out = datum_missing(decimal_sign(all.number) == 0 ? MISSING_NO_ROWS : MISSING_EMPTY);
    return true;
}

bool figure_last(
    const ValueNode *node, const RowSet *rows, const Column *column, bool first, Datum *out)
{
    Last last = {column, first};
    if (column->type == COLUMN_NUMBER && !first) {
        figure_tell_gaps(node, rows, true);
    }
    const Bound *row = figure_select(rows, write_last, &last, NULL);
    if (!row) {
        return false;
    }
    int64_t count = row[0].number;
    if (count == 0) {
        return no_last(rows, out);
    }
    if (column->type != COLUMN_NUMBER) {
        *out = bound_datum(column, &row[1]);
        return true;
    }
    if (count > 1 && column->kind == KIND_RATIO) {
        *out = datum_missing(MISSING_NO_ROWS);
        return figure_ratio_of_many(node, rows);
    }
    out->place = count == 1 ? figure_place(rows, column, row + 3) : NULL;
    if (!decimal_add(decimal_from_int(row[1].number),
            decimal_trim(decimal_from_store(row[2].number)), &out->number)) {
        return step_overflow(&rows->context, node);
    }
    return count == 1 || figure_units_agree(node, rows, column, out);
}
