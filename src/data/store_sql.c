/* The sandbox of <query> (trust.md E5). The tables are seen through views made for one SELECT; an
 * authorizer lets it read those, call the functions listed, and do nothing else; steps, memory,
 * rows and lengths are bounded. */
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <strings.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "data/infer.h"
#include "data/query_internal.h"

typedef struct Sandbox {
    Query *query;
    sqlite3 *connection;
    bool *expanded; /* per table of the store: its view is part of the SELECT */
    long steps;
    bool exhausted;
    DiagCode denied; /* E670: none */
    const char *denied_name;
} Sandbox;

enum { PROGRESS_STEPS = 1000, HEAP = 64 << 20 };

/* ---- views ---- */

static bool views_make(Sandbox *sandbox, bool bare)
{
    Query *query = sandbox->query;
    bool made = true;
    for (size_t i = 0; made && i < store_table_count(query->store); i++) {
        const Table *table = store_table(query->store, i);
        Buf sql = {0};
        query_add_views(&sql, query, table, bare);
        int result = sqlite3_exec(sandbox->connection, sql.data, NULL, NULL, NULL);
        if (result != SQLITE_OK && result != SQLITE_ERROR) {
            made = store_fault(query->store, result);
        } else if (strstr(sqlite3_errmsg(sandbox->connection), "already exists")) {
            made = diag_add(query->diags, DIAG_E129, &query->decl->table.at, table->id);
        } /* else SQL keeps the name for itself: no query can read this table */
        buf_free(&sql);
    }
    return made;
}

static void views_drop(Sandbox *sandbox)
{
    Query *query = sandbox->query;
    for (size_t i = 0; i < store_table_count(query->store); i++) {
        const Table *table = store_table(query->store, i);
        Buf sql = {0};
        query_drop_views(&sql, table);
        sqlite3_exec(sandbox->connection, sql.data, NULL, NULL, NULL);
        buf_free(&sql);
    }
}

/* ---- what a SELECT may do ---- */

static int deny(Sandbox *sandbox, DiagCode code, const char *name)
{
    if (sandbox->denied == DIAG_E670) {
        sandbox->denied = code;
        sandbox->denied_name = arena_strdup(sandbox->query->scratch, name ? name : "");
    }
    return SQLITE_DENY;
}

static const Column *find_column(const Query *query, const Table *table, const char *name)
{
    const Column *column;
    for (int i = 0; i < table->column_count; i++) {
        if (strcasecmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    for (size_t i = 0; (column = query_more_column(query, table, i)); i++) {
        if (strcasecmp(column->name, name) == 0) {
            return column;
        }
    }
    return NULL;
}

static bool is_read(const Query *query, const Column *column)
{
    for (size_t i = 0; i < query->read_count; i++) {
        if (query->read[i] == column) {
            return true;
        }
    }
    return false;
}

static void note_read(Query *query, const Table *table, const Column *column)
{
    if (is_read(query, column)) {
        return;
    }
    query->read = arena_grow(
        query->scratch, query->read, query->read_count, &query->read_capacity, sizeof *query->read);
    query->read_tables = arena_grow(query->scratch, query->read_tables, query->read_count,
        &query->tables_capacity, sizeof *query->read_tables);
    query->read_tables[query->read_count] = table;
    query->read[query->read_count++] = column;
}

/* A column of one of the views; what SQLite adds by itself (rowid) is none. */
static int read_view(Sandbox *sandbox, const char *id, const char *name)
{
    Query *query = sandbox->query;
    if (id[0] == UNSPEAKABLE[0]) {
        return SQLITE_OK;
    }
    for (size_t i = 0; i < store_table_count(query->store); i++) {
        const Table *table = store_table(query->store, i);
        if (strcasecmp(table->id, id) != 0) {
            continue;
        }
        const Column *column = find_column(query, table, name);
        if (column) {
            note_read(query, table, column);
        }
        return column || !*name ? SQLITE_OK : deny(sandbox, DIAG_E672, name);
    }
    return deny(sandbox, DIAG_E671, id);
}

/* A table that WITH makes, when it is only counted. */
static bool is_own(const Query *query, const char *table, const char *column, const char *schema)
{
    return !schema && !*column && query_text_defines(query->text, table);
}

/* The rows, from inside our views; of a table that is only counted SQLite does not say from where,
 * so it must have been met inside its view before. */
static int read_rows(Sandbox *sandbox, const char *sql, const char *column, const char *view)
{
    Query *query = sandbox->query;
    bool inside = view && view[0] == UNSPEAKABLE[0];
    for (size_t i = 0; i < store_table_count(query->store); i++) {
        const Table *table = store_table(query->store, i);
        if (strcmp(table->sql, sql) == 0) {
            query->unsure = query->unsure || table->faults; /* counted alone too */
            sandbox->expanded[i] = sandbox->expanded[i] || inside;
            if (inside || (!*column && sandbox->expanded[i])) {
                return SQLITE_OK;
            }
        }
    }
    return deny(sandbox, DIAG_E671, sql);
}

static int authorize(void *user, int action, const char *first, const char *second,
    const char *schema, const char *view)
{
    Sandbox *sandbox = user;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return functions_allow(second) ? SQLITE_OK : deny(sandbox, DIAG_E676, second);
    case SQLITE_READ:
        if (is_own(sandbox->query, first, second, schema)) {
            return SQLITE_OK;
        }
        return schema && strcmp(schema, "temp") == 0 ? read_view(sandbox, first, second)
                                                     : read_rows(sandbox, first, second, view);
    default:
        return deny(sandbox, DIAG_E671, first);
    }
}

static int progress(void *user)
{
    Sandbox *sandbox = user;
    sandbox->steps -= PROGRESS_STEPS;
    sandbox->exhausted = sandbox->exhausted || sandbox->steps <= 0;
    return sandbox->exhausted;
}

/* ---- what went wrong ---- */

static bool tell(Sandbox *sandbox, int result)
{
    Query *query = sandbox->query;
    if (result == SQLITE_NOMEM || result == SQLITE_TOOBIG || result == SQLITE_INTERRUPT) {
        return query_tell_limit(query);
    }
    if (sandbox->denied != DIAG_E670) {
        return query_tell_name(query, sandbox->denied, sandbox->denied_name, -1);
    }
    if (result != SQLITE_ERROR) {
        return store_fault(query->store, result);
    }
    return query_tell(
        query, sqlite3_errmsg(sandbox->connection), sqlite3_error_offset(sandbox->connection));
}

/* ---- compiling ---- */

static int compile(Sandbox *sandbox, const char *sql, sqlite3_stmt **out)
{
    memset(sandbox->expanded, 0, store_table_count(sandbox->query->store) * sizeof(bool));
    sandbox->denied = DIAG_E670;
    int result = sqlite3_prepare_v2(sandbox->connection, sql, -1, out, NULL);
    bool harmless = result != SQLITE_OK || (*out && sqlite3_stmt_readonly(*out));
    return harmless ? result : SQLITE_AUTH;
}

/* The column of the store that a result is, seen through the bare views. */
static const Column *source_of(const Query *query, sqlite3_stmt *statement, int index)
{
    const char *table = sqlite3_column_table_name(statement, index);
    const char *column = sqlite3_column_origin_name(statement, index);
    for (size_t i = 0; table && column && i < store_table_count(query->store); i++) {
        const Table *from = store_table(query->store, i);
        for (int j = 0; strcmp(from->sql, table) == 0 && j < from->column_count; j++) {
            if (strcmp(from->columns[j].sql, column) == 0) {
                return &from->columns[j];
            }
        }
    }
    return NULL;
}

/* sum(x) of x: the same SELECT with x alone. Where that makes none, nothing is known. */
static void find_summed(Sandbox *sandbox)
{
    Query *query = sandbox->query;
    char *bare = query_text_bare(query->scratch, query->text);
    sqlite3_stmt *statement = NULL;
    if (bare && compile(sandbox, bare, &statement) == SQLITE_OK &&
        sqlite3_column_count(statement) == query->column_count) {
        for (int i = 0; i < query->column_count; i++) {
            ResultColumn *column = &query->columns[i];
            column->source = column->source ? column->source : source_of(query, statement, i);
        }
    }
    sqlite3_finalize(statement);
}

static bool find_columns(Sandbox *sandbox)
{
    Query *query = sandbox->query;
    sqlite3_stmt *statement = NULL;
    int result = compile(sandbox, query->text->sql, &statement);
    if (result != SQLITE_OK) {
        sqlite3_finalize(statement);
        return tell(sandbox, result);
    }
    query->column_count = sqlite3_column_count(statement);
    query->columns = ARENA_ARRAY(query->scratch, ResultColumn, query->column_count + 1);
    bool compound = query_text_is_compound(query->text);
    for (int i = 0; i < query->column_count; i++) {
        ResultColumn *column = &query->columns[i];
        const char *name = sqlite3_column_name(statement, i);
        column->name = arena_strdup(store_arena(query->store), name ? name : "");
        column->source = compound ? NULL : source_of(query, statement, i);
        column->is_plain = column->source != NULL;
        column->all_days = column->all_months = true;
    }
    sqlite3_finalize(statement);
    find_summed(sandbox);
    return true;
}

/* ---- running ---- */

static void bind_params(Sandbox *sandbox, sqlite3_stmt *statement)
{
    const QueryDecl *decl = sandbox->query->decl;
    for (size_t i = 0; i < decl->param_count; i++) {
        const QueryParam *param = &decl->params[i];
        int index = sqlite3_bind_parameter_index(
            statement, arena_printf(sandbox->query->scratch, ":%s", param->name));
        if (index == 0) {
            continue;
        }
        if (param->is_number) {
            sqlite3_bind_double(statement, index, decimal_to_double(param->number));
        } else {
            sqlite3_bind_text(statement, index, param->text, -1, SQLITE_TRANSIENT);
        }
    }
}

/* A number as the decimal that it is, to six places. */
static const char *number_text(
    Query *query, sqlite3_stmt *statement, int index, char text[DECIMAL_TEXT])
{
    int64_t stored;
    double real = sqlite3_column_double(statement, index);
    if (sqlite3_column_type(statement, index) == SQLITE_INTEGER) {
        return (const char *)sqlite3_column_text(statement, index);
    }
    if (!stored_from_real(real, &stored)) { /* refused as too large when it is stored */
        return arena_printf(query->scratch, "%.0f", real);
    }
    return decimal_format(decimal_trim(decimal_from_store(stored)), text);
}

static bool is_clean(const char *text, size_t length)
{
    size_t bad;
    if (memchr(text, '\0', length) || !utf8_valid(text, length, &bad)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 && !strchr("\t\r\n", text[i])) {
            return false;
        }
    }
    return true;
}

static void note_text(ResultColumn *column, const char *text)
{
    DateCell date;
    Date day;
    bool month = strlen(text) == 7 && infer_date(text, 0, false, &date) == DATE_MONTH;
    column->has_texts = true;
    column->all_days = column->all_days && date_parse_iso(text, &day);
    column->all_months = column->all_months && month;
}

/* What is neither number nor text is odd. */
static void take_cell(Query *query, sqlite3_stmt *statement, int index)
{
    ResultColumn *column = &query->columns[index];
    int type = sqlite3_column_type(statement, index);
    bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
    char room[DECIMAL_TEXT];
    const char *text = type == SQLITE_NULL ? ""
                       : number            ? number_text(query, statement, index, room)
                                           : (const char *)sqlite3_column_text(statement, index);
    bool sound = number || type == SQLITE_NULL ||
                 (type == SQLITE_TEXT && text &&
                     is_clean(text, (size_t)sqlite3_column_bytes(statement, index)));
    if (!sound) {
        text = "BLOB";
    } else if (number) {
        column->has_numbers = true;
    } else if (*text) {
        note_text(column, text);
    }
    if (!column->odd_row && (!sound || (column->has_numbers && column->has_texts))) {
        column->odd_row = query->row_count;
        column->odd_cell = arena_strdup(query->scratch, text);
    }
    buf_add(&query->cells, text, strlen(text) + 1);
}

static bool take_rows(Sandbox *sandbox, sqlite3_stmt *statement)
{
    Query *query = sandbox->query;
    const QueryDecl *decl = query->decl;
    long most = decl->rows ? decl->rows : LIMIT_QUERY_ROWS;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        if (++query->row_count > most) {
            return diag_add(query->diags, DIAG_E287, &decl->table.at, decl->table.id, most);
        }
        for (int i = 0; i < query->column_count; i++) {
            take_cell(query, statement, i);
        }
        if (query->cells.length > LIMIT_QUERY_BYTES) {
            return query_tell_limit(query);
        }
    }
    return result == SQLITE_DONE || tell(sandbox, result);
}

/* A number of more than 15 digits would lose the last of them. */
static bool is_told_exactly(Query *query, const Table *table, const Column *column)
{
    StoreQuery *found = store_prepare(query->store,
        arena_printf(store_arena(query->store),
            "SELECT _file,_row FROM main.%s WHERE %s NOT BETWEEN -999999999999999 AND "
            "999999999999999 AND (%s%%10<>0 OR (abs(%s)>=10000000000000000 AND %s%%100<>0) OR "
            "(abs(%s)>=100000000000000000 AND %s%%1000<>0)) LIMIT 1",
            table->sql, column->sql, column->sql, column->sql, column->sql, column->sql,
            column->sql));
    bool exact = !store_step(found);
    if (!exact) {
        At at = query->decl->table.at;
        at.data = store_place(
            query->store, table, (int)store_int(found, 0), (long)store_int(found, 1), column);
        diag_add(query->diags, DIAG_E289, &at, column->name);
    }
    store_reset(found);
    return exact;
}

/* A number without its 单位 beside it would be added to those in other units. */
static bool is_told_in_units(Query *query, const Table *table, const Column *column)
{
    const Column *unit = column->unit_column >= 0 ? &table->columns[column->unit_column] : NULL;
    if (!unit || is_read(query, unit)) {
        return true;
    }
    StoreQuery *found = store_prepare(
        query->store, arena_printf(store_arena(query->store),
                          "SELECT min(%s),max(%s) FROM main.%s WHERE %s NOT NULL", unit->sql,
                          unit->sql, table->sql, column->sql));
    bool some = store_step(found) && !store_is_null(found, 0);
    const char *least = arena_strdup(query->scratch, some ? store_text(found, 0) : "");
    const char *greatest = arena_strdup(query->scratch, some ? store_text(found, 1) : "");
    store_reset(found);
    if (strcmp(least, greatest) == 0) {
        return true;
    }
    const SqlToken *token = query_text_find(query->text, column->name);
    At at = token ? query_token_at(query->text, token) : query->decl->table.at;
    diag_add(query->diags, DIAG_E177, &at,
        arena_printf(query->scratch, "%s.%s", table->id, column->name), least, greatest);
    diag_hint(query->diags, DIAG_H661, unit->name, unit->name, least);
    return false;
}

/* What no SELECT sees by itself of the numbers that it reads. */
static bool are_told_truly(Query *query)
{
    bool truly = true;
    for (size_t i = 0; i < query->read_count; i++) {
        const Column *column = query->read[i];
        const Table *table = query->read_tables[i];
        if (table_owns(table, column) && column->type == COLUMN_NUMBER) {
            truly = is_told_exactly(query, table, column) && truly;
            truly = is_told_in_units(query, table, column) && truly;
        }
    }
    return truly;
}

/* ---- limits ---- */

/* Those of SQLite that a SELECT of a template is held to; the store's own may do more. */
static const struct {
    int id, value;
} LIMITS[] = {{SQLITE_LIMIT_LENGTH, LIMIT_CSV_FIELD}, {SQLITE_LIMIT_SQL_LENGTH, LIMIT_VALUE_BYTES},
    {SQLITE_LIMIT_EXPR_DEPTH, 200}, {SQLITE_LIMIT_COMPOUND_SELECT, 50},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000}, {SQLITE_LIMIT_VARIABLE_NUMBER, 1000},
    {SQLITE_LIMIT_ATTACHED, 0}};

enum { LIMIT_COUNT = sizeof LIMITS / sizeof *LIMITS };

typedef struct Bounds {
    int limits[LIMIT_COUNT];
    sqlite3_int64 heap;
} Bounds;

static void fence(Sandbox *sandbox, Bounds *before)
{
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        before->limits[i] = sqlite3_limit(sandbox->connection, LIMITS[i].id, LIMITS[i].value);
    }
    before->heap = sqlite3_hard_heap_limit64(sqlite3_memory_used() + HEAP);
    sqlite3_set_authorizer(sandbox->connection, authorize, sandbox);
    sqlite3_progress_handler(sandbox->connection, PROGRESS_STEPS, progress, sandbox);
}

static void unfence(Sandbox *sandbox, const Bounds *before)
{
    sqlite3_progress_handler(sandbox->connection, 0, NULL, NULL);
    sqlite3_set_authorizer(sandbox->connection, NULL, NULL);
    sqlite3_hard_heap_limit64(before->heap);
    for (size_t i = 0; i < LIMIT_COUNT; i++) {
        sqlite3_limit(sandbox->connection, LIMITS[i].id, before->limits[i]);
    }
}

static bool look(Sandbox *sandbox)
{
    Bounds before;
    bool found = views_make(sandbox, true);
    if (found) {
        fence(sandbox, &before);
        found = find_columns(sandbox);
        unfence(sandbox, &before);
    }
    views_drop(sandbox);
    return found && are_told_truly(sandbox->query);
}

static bool run(Sandbox *sandbox)
{
    Bounds before;
    sqlite3_stmt *statement = NULL;
    bool done = views_make(sandbox, false);
    if (done) {
        fence(sandbox, &before);
        int result = compile(sandbox, sandbox->query->text->sql, &statement);
        if (result == SQLITE_OK) {
            bind_params(sandbox, statement);
            done = take_rows(sandbox, statement);
        } else {
            done = tell(sandbox, result);
        }
        unfence(sandbox, &before);
        sqlite3_finalize(statement);
    }
    views_drop(sandbox);
    return done;
}

bool query_run(Query *query)
{
    long steps = query->decl->steps ? query->decl->steps : LIMIT_QUERY_STEPS;
    Sandbox sandbox = {.query = query,
        .connection = store_connection(query->store),
        .steps = steps,
        .expanded = ARENA_ARRAY(query->scratch, bool, store_table_count(query->store) + 1)};
    if (!store_functions_ready(query->store)) {
        return false;
    }
    functions_divert(query->text);
    return look(&sandbox) && run(&sandbox);
}
