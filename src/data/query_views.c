/* The views through which a <query> sees the tables. */
#include <string.h>
#include "data/query_internal.h"

static void add_name(Buf *sql, const char *name)
{
    buf_adds(sql, "\"");
    for (const char *at = name; *at; at++) {
        buf_add(sql, "\"\"", *at == '"' ? 2 : 0);
        buf_add(sql, at, *at != '"');
    }
    buf_adds(sql, "\"");
}

/* Bare columns tell which column of which table a result is; shown ones are what is read. */
static void add_column(Buf *sql, const Column *column, bool bare)
{
    static const char *const shown[] = {[COLUMN_TEXT] = "%s",
        [COLUMN_NUMBER] = "%s/1000000.0",
        [COLUMN_DATE] = UNSPEAKABLE "day(%s)",
        [COLUMN_MONTH] = UNSPEAKABLE "month(%s) COLLATE " UNSPEAKABLE "month"};
    const char *form = bare ? "%s" : shown[column->type];
    const char *here = strstr(form, "%s");
    buf_add(sql, form, (size_t)(here - form));
    buf_adds(sql, column->sql);
    buf_adds(sql, here + 2);
    buf_adds(sql, " AS ");
    add_name(sql, column->name);
    buf_adds(sql, ",");
}

const Column *query_more_column(const Query *query, const Table *table, size_t index)
{
    const QueryDecl *decl = query->decl;
    return decl->more_columns ? decl->more_columns(decl->user, table, index) : NULL;
}

/* Two views a table: inside the first, whose name cannot be written, its rows may be read. A WITH
 * that borrows the table's name does not get in. */
void query_add_views(Buf *sql, const Query *query, const Table *table, bool bare)
{
    const Column *more;
    buf_addf(sql, "CREATE TEMP VIEW " UNSPEAKABLE "%s AS SELECT ", table->sql);
    for (int i = 0; i < table->column_count; i++) {
        add_column(sql, &table->columns[i], bare);
    }
    for (size_t i = 0; (more = query_more_column(query, table, i)); i++) {
        add_column(sql, more, bare);
    }
    sql->length--; /* the last comma */
    buf_addf(sql, " FROM main.%s; CREATE TEMP VIEW ", table->sql);
    add_name(sql, table->id);
    buf_addf(sql, " AS SELECT * FROM " UNSPEAKABLE "%s;", table->sql);
}

void query_drop_views(Buf *sql, const Table *table)
{
    buf_adds(sql, "DROP VIEW IF EXISTS temp.");
    add_name(sql, table->id);
    buf_addf(sql, ";DROP VIEW IF EXISTS temp." UNSPEAKABLE "%s", table->sql);
}
