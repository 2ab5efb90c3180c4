/* Drafts (language.md 7): whether a figure needs what is at fault in the data. The query at hand is
 * asked again of the faults of its table (store.h), with every condition taken as met where it asks
 * for a column whose value is not known. A row that may be meant, and is not sure, or lacks a
 * column that the query reads: then the figure fails, and its place on the paper says so. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "template/value/sql.h"

/* ---- the columns that a piece of our own SQL names ---- */

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* ",3," of c3 and ",p," of _p0 and _p1; false where the word is no column. */
static bool column_mark(const char *word, size_t length, char out[16])
{
    if (length == 3 && (strncmp(word, "_p0", 3) == 0 || strncmp(word, "_p1", 3) == 0)) {
        snprintf(out, 16, ",p,");
        return true;
    }
    if (length < 2 || length > 6 || word[0] != 'c' || strspn(word + 1, "0123456789") < length - 1) {
        return false;
    }
    snprintf(out, 16, ",%.*s,", (int)length - 1, word + 1);
    return true;
}

/* Adds " OR instr(`where`,',3,')" for each column named in the text. */
static void add_marks(Buf *out, const char *text, size_t length, const char *where)
{
    char mark[16];
    for (size_t i = 0; i < length;) {
        size_t end = i;
        while (end < length && is_name(text[end])) {
            end++;
        }
        if (end > i && column_mark(text + i, end - i, mark)) {
            buf_addf(out, " OR instr(%s,'%s')", where, mark);
        }
        i = end > i ? end : i + 1;
    }
}

/* ---- conditions ---- */

/* Length of the condition that begins at `text`, up to the next AND outside brackets. */
static size_t condition_length(const char *text)
{
    int depth = 0;
    for (const char *at = text; *at; at++) {
        depth += (*at == '(') - (*at == ')');
        if (depth == 0 && strncmp(at, " AND ", 5) == 0) {
            return (size_t)(at - text);
        }
    }
    return strlen(text);
}

/* `where`: "1 AND c0=? AND (…)". What is asked of a row, and the doubts about whether it is met. */
static void add_conditions(Buf *query, Buf *doubts, const char *where)
{
    while (*where) {
        size_t length = condition_length(where);
        buf_addf(query, " AND (%.*s", (int)length, where);
        add_marks(query, where, length, "_unsure");
        buf_adds(query, ")");
        add_marks(doubts, where, length, "_unsure");
        where += length;
        where += strncmp(where, " AND ", 5) == 0 ? 5 : 0;
    }
}

/* The parameters of the query's head stand before those of its conditions. */
static size_t parameters_in(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == '?';
    }
    return count;
}

static char *doubt_query(const RowSet *rows, const char *head, size_t length, bool listing)
{
    const char *where = strstr(head + length, " WHERE ") + strlen(" WHERE ");
    Buf query = {0}, doubts = {0};
    buf_addf(&query, "SELECT _file,_row,_bad FROM %s WHERE 1", rows->table->faults);
    add_conditions(&query, &doubts, where);
    buf_adds(&query,
        listing ? " AND (instr(_bad,',r,')" : " AND (instr(_bad,',r,') OR instr(_bad,',d,')");
    add_marks(&query, head, length, "_bad");
    buf_addf(&query, " OR (NOT _loose AND (0%s))) ORDER BY _file,_row LIMIT 1",
        doubts.data ? doubts.data : "");
    char *text = arena_strdup(rows->context.engine->arena, query.data);
    buf_free(&query);
    buf_free(&doubts);
    return text;
}

/* The cell, where the fault is one. */
static const DataPlace *fault_place(const RowSet *rows, StoreQuery *query)
{
    const Table *table = rows->table;
    const char *bad = store_text(query, 2);
    const Column *column = NULL;
    int index = 0;
    if (sscanf(bad, ",%d,", &index) == 1 && index < table->column_count) {
        column = &table->columns[index];
    }
    return store_place(rows->context.engine->store, table, (int)store_int(query, 0),
        (long)store_int(query, 1), column);
}

bool sql_is_sure(Sql *sql, const RowSet *rows, size_t head, bool listing)
{
    Engine *engine = rows->context.engine;
    if (!rows->table->faults || rows->context.dry) {
        return true;
    }
    size_t skipped = parameters_in(sql->text.data, head);
    Sql doubt = sql_new(engine);
    sql_add(&doubt, doubt_query(rows, sql->text.data, head, listing));
    doubt.count = sql->count - skipped;
    doubt.more = ARENA_ARRAY(engine->arena, Bound, doubt.count + 1);
    for (size_t i = skipped; i < sql->count; i++) {
        Bound bound = *sql_bound(sql, i);
        size_t at = i - skipped;
        if (at < SQL_FEW) {
            doubt.few[at] = bound;
        } else {
            doubt.more[at - SQL_FEW] = bound;
        }
    }
    StoreQuery *query = sql_ready(&doubt);
    bool sure = !store_step(query);
    engine->fault = sure ? engine->fault : fault_place(rows, query);
    store_reset(query);
    return sure;
}

/* ---- what the paper says instead ---- */

bool engine_is_short(Engine *engine)
{
    bool is_short = engine->short_list;
    engine->short_list = false;
    return is_short;
}

const char *engine_lacks(Engine *engine, const Expr *expr)
{
    if (!engine->options.draft || diag_count(engine->diags, DIAG_SYSTEM) > 0) {
        return NULL;
    }
    const char *source = expr_source(expr);
    At at = expr_at(expr);
    at.data = engine->fault;
    engine->fault = NULL;
    engine->holes++;
    if (!engine->options.check)
        diag_add(engine->diags, DIAG_W142, &at, source);
    return arena_printf(engine->arena, "【缺：%s】", source);
}
