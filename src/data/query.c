#include "data/query.h"

#include <string.h>
#include "base/utf8.h"
#include "data/load_internal.h"
#include "data/query_internal.h"

bool query_declare(Arena *arena, const XmlNode *element, Diags *diags, QueryDecl *out)
{
    *out = (QueryDecl){.element = element};
    return csv_declare(arena, element, diags, &out->table);
}

/* ---- params ---- */

static const QueryParam *find_param(const QueryDecl *decl, const char *name)
{
    for (size_t i = 0; i < decl->param_count; i++) {
        if (strcmp(decl->params[i].name, name) == 0) {
            return &decl->params[i];
        }
    }
    return NULL;
}

static void hint_param(Query *query, const char *name)
{
    const QueryDecl *decl = query->decl;
    const char **names = ARENA_ARRAY(query->scratch, const char *, decl->param_count + 1);
    for (size_t i = 0; i < decl->param_count; i++) {
        names[i] = decl->params[i].name;
    }
    const char *nearest = utf8_nearest(name, names, decl->param_count);
    if (nearest) {
        diag_hint(query->diags, DIAG_H001, nearest);
    }
}

static bool check_params(Query *query)
{
    bool known = true;
    for (size_t i = 0; i < query->text->count; i++) {
        const SqlToken *token = &query->text->tokens[i];
        bool named = query->text->sql[token->start] == ':';
        const QueryParam *param =
            token->kind == SQL_PARAM && named ? find_param(query->decl, token->text) : NULL;
        if (token->kind != SQL_PARAM || (param && (param->is_number || param->text))) {
            continue;
        }
        At at = query_token_at(query->text, token);
        known = diag_add(query->diags, DIAG_E675, &at,
            arena_strndup(
                query->scratch, query->text->sql + token->start, token->end - token->start));
        if (!param) {
            hint_param(query, token->text);
        }
    }
    return known;
}

/* ---- what the columns are ---- */

static bool is_identifier(const char *name)
{
    bool first = true;
    for (const char *at = name; *at; at++, first = false) {
        char c = *at;
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
                      (unsigned char)c >= 0x80;
        if (!letter && (first || !((c >= '0' && c <= '9') || c == '$'))) {
            return false;
        }
    }
    return *name != '\0';
}

/* SQLite names a result without AS by its text. What reads as a name, or stands in quotes, was
 * given or is a column. */
static bool is_named(const Query *query, const ResultColumn *column)
{
    if (column->is_plain || is_identifier(column->name)) {
        return true;
    }
    for (size_t i = 0; i < query->text->count; i++) {
        const SqlToken *token = &query->text->tokens[i];
        bool quoted = token->kind == SQL_NAME || token->kind == SQL_STRING;
        if (quoted && strcmp(token->text, column->name) == 0) {
            return true;
        }
    }
    return false;
}

static bool check_names(Query *query)
{
    bool named = true;
    for (int i = 0; i < query->column_count; i++) {
        const char *name = query->columns[i].name, *sql = query->text->sql;
        if (is_named(query, &query->columns[i])) {
            continue;
        }
        const char *here = strstr(sql, name);
        size_t start = here ? (size_t)(here - sql) : query->text->tokens->start;
        At at = query_text_at(
            query->text, start, here ? start + strlen(name) : query->text->tokens->end);
        named = diag_add(query->diags, DIAG_E677, &at, i + 1);
    }
    return named;
}

/* A column of the result holds numbers or texts, not now this and now that. */
static bool check_values(Query *query)
{
    bool sound = true;
    for (int i = 0; i < query->column_count; i++) {
        const ResultColumn *column = &query->columns[i];
        if (column->odd_row) {
            At at = query->decl->table.at;
            sound = diag_add(
                query->diags, DIAG_E288, &at, column->name, column->odd_row, column->odd_cell);
        }
    }
    return sound;
}

static ColumnType result_type(const ResultColumn *column, const char *name)
{
    if (column->source && (!column->has_texts || column->source->type != COLUMN_NUMBER)) {
        return column->source->type;
    }
    if (!column->has_texts) {
        return COLUMN_NUMBER;
    }
    if (infer_is_code_name(name)) {
        return COLUMN_TEXT;
    }
    return column->all_days ? COLUMN_DATE : column->all_months ? COLUMN_MONTH : COLUMN_TEXT;
}

/* Of a sum the unit and the kind of what is added; of the same name the catalogue tells. What is
 * worked out may be in another unit: 投入资金/10000 AS 投入资金. */
static void describe(Query *query, const ResultColumn *column, const Head *head, ColumnDecl *decl)
{
    Indicator *said = &decl->said;
    const Column *source = column->source;
    const Catalogue *catalogue = store_catalogue(query->store);
    const Indicator *known = catalogue ? catalogue_find(catalogue, head->name) : NULL;
    bool silent = !said->unit && !head->unit && !head->is_ratio;
    if (!decl->has_type) {
        decl->has_type = true;
        decl->type = result_type(column, head->name);
        if (said->has_kind && said->kind == KIND_TEXT) {
            decl->type = COLUMN_TEXT;
        }
    }
    bool same = source && source->type == decl->type;
    if (silent && same) {
        said->unit = source->unit;
    }
    if (!said->has_kind && decl->type == COLUMN_NUMBER &&
        (same ? !source->kind_guessed || source->kind == KIND_RATIO || source->kind == KIND_SCORE
              : known && known->has_kind)) {
        said->has_kind = true;
        said->kind = same ? source->kind : known->kind;
    }
    if (said->decimals < 0 && same && column->is_plain) {
        said->decimals = source->decimals;
    }
    if (silent && !source && known && known->unit && decl->type == COLUMN_NUMBER) {
        diag_add(query->diags, DIAG_W165, &query->decl->table.at, head->name, known->unit);
        diag_hint(query->diags, DIAG_H657);
    }
}

/* Every column of the result is declared: as the template says, else as the SELECT shows it. */
static CsvDecl declare_columns(Query *query)
{
    CsvDecl csv = query->decl->table;
    Arena *arena = store_arena(query->store);
    int extra = csv.column_count;
    ColumnDecl *columns = ARENA_ARRAY(arena, ColumnDecl, extra + query->column_count + 1);
    if (extra) {
        memcpy(columns, csv.columns, (size_t)extra * sizeof *columns);
    }
    for (int i = 0; i < query->column_count; i++) {
        Head head = infer_head(arena, query->columns[i].name);
        const ColumnDecl *found = column_declared(&query->decl->table, head.name);
        ColumnDecl *column = found ? &columns[found - query->decl->table.columns] : &columns[extra];
        if (!found) {
            *column = (ColumnDecl){.said = {.name = head.name, .decimals = -1}, .at = csv.at};
            extra++;
        }
        describe(query, &query->columns[i], &head, column);
    }
    csv.columns = columns;
    csv.column_count = extra;
    return csv;
}

/* ---- the result as a table ---- */

static void read_head(Load *load, Query *query)
{
    Header header = {.row = {.count = query->column_count}};
    header.row.cells = ARENA_ARRAY(load->scratch, const char *, query->column_count + 1);
    for (int i = 0; i < query->column_count; i++) {
        header.row.cells[i] = query->columns[i].name;
    }
    load_header(load, 0, &header);
}

static void read_rows(Load *load, Query *query)
{
    const char *cell = query->cells.data;
    for (long n = 1; n <= query->row_count; n++) {
        LoadRow row = {.cells = cell, .row = n, .count = query->column_count, .kind = ROW_DATA};
        for (int i = 0; i < query->column_count; i++, cell += strlen(cell) + 1) {
            DataPlace place;
            int column = load->files[0].columns[i];
            if (column >= 0) {
                load_at(load, &place, 0, n, i);
                load_tally(load, &place, 0, &load->columns[column], cell);
            }
        }
        buf_add(&load->rows, &row, sizeof row);
        load->row_count++;
    }
}

/* What no declaration can say: of the very column of a source its full marks and parts; of a sum at
 * least the decimals of what is added. */
static void inherit(Table *table, const Query *query, const Load *load)
{
    for (int i = 0; i < query->column_count; i++) {
        const ResultColumn *from = &query->columns[i];
        int index = load->files[0].columns[i];
        Column *column = index >= 0 ? &table->columns[index] : NULL;
        if (!column || !from->source || column->type != from->source->type) {
            continue;
        }
        if (column->decimals < from->source->decimals && column->kind == from->source->kind) {
            column->decimals = from->source->decimals;
        }
        if (from->is_plain && !column->has_full_marks) {
            column->has_full_marks = from->source->has_full_marks;
            column->full_marks = from->source->full_marks;
        }
    }
}

static const Table *store_result(Query *query)
{
    Arena *arena = store_arena(query->store);
    CsvDecl csv = declare_columns(query);
    LoadFile file = {
        .name = arena_printf(
            arena, diag_language(query->diags) == DIAG_CHINESE ? "查询“%s”" : "query “%s”", csv.id)};
    Load load = {.store = query->store,
        .decl = &csv,
        .arena = arena,
        .scratch = query->scratch,
        .diags = query->diags,
        .files = &file,
        .file_count = 1,
        .period_column = -1,
        .base_file = -1,
        .info = ARENA_NEW(arena, TableInfo)};
    const Table *table = NULL;
    load_read_declaration(&load);
    load.info->table.files = arena_copy(arena, &file.name, sizeof file.name);
    load.info->table.file_count = 1;
    read_head(&load, query);
    if (load.base_file >= 0) {
        read_rows(&load, query);
        load_settle(&load);
        if (load_store_rows(&load)) {
            inherit(&load.info->table, query, &load);
            store_register(query->store, load.info);
            load_tell_ratios(&load);
            table = &load.info->table;
        }
    }
    buf_free(&load.rows);
    return table;
}

/* In a draft: a table of which nothing could be read. */
static bool speaks_of_lost(const Query *query)
{
    for (size_t i = 0; i < query->text->count; i++) {
        const SqlToken *token = &query->text->tokens[i];
        if (token->kind <= SQL_NAME && store_is_lost(query->store, token->text)) {
            return true;
        }
    }
    return false;
}

const Table *store_query(Store *store, const QueryDecl *decl)
{
    Query query = {
        .store = store, .decl = decl, .scratch = arena_new(), .diags = store_diags(store)};
    const Table *table = NULL;
    query.text = query_text_read(query.scratch, decl->element, query.diags);
    if (query.text && speaks_of_lost(&query)) {
        store_lose(store, decl->table.id);
    } else if (query.text && check_params(&query) && query_run(&query) && check_names(&query) &&
               check_values(&query)) {
        if (query.unsure) {
            store_lose(
                store, decl->table.id); /* of a draft: its figures are as unsure as the cells */
        } else {
            table = store_result(&query);
        }
    }
    buf_free(&query.cells);
    arena_free(query.scratch);
    return table;
}
