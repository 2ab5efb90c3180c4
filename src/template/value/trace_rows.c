/* Which rows of which files a figure was made of. All siblings of a list are asked together
 * (shared.c), and of a table of moderate width for all columns of numbers at once: a figure costs a
 * second look-up, not a second scan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "template/value/sql.h"
#include "template/value/trace.h"

typedef struct RowsQuestion {
    const Column *column; /* NULL: the rows themselves */
    StepId way;
    bool filled; /* only those with a value */
} RowsQuestion;

/* Which rows they are: the sum of their rowids, and of these well mixed. Sums of powers would not
 * do: 1+5+6 is 2+3+7, and so are the squares. The mixed ones stay below 2^39. */
#define MIXED "(%s*2654435761&4294967295)"
#define ROW_SUMS "sum(%s)||','||sum((" MIXED "%%16381)*(" MIXED ">>7))"

static bool takes_last(const RowsQuestion *question)
{
    return question->column && (question->way == STEP_LAST || question->way == STEP_FIRST);
}

static bool counts_together(const RowSet *rows, const RowsQuestion *question)
{
    const Column *column = question->column;
    return column && column->type == COLUMN_NUMBER && !question->filled && !takes_last(question) &&
           totals_together(rows->table, column);
}

static void add_counts(Sql *sql, const RowSet *rows, const RowsQuestion *question)
{
    const Table *table = rows->table;
    bool together = rows->shared && counts_together(rows, question);
    for (int i = 0; together && i < table->column_count; i++) {
        if (table->columns[i].type == COLUMN_NUMBER) {
            sql_addf(sql, "||','||count(%s)", table->columns[i].sql);
        }
    }
    if (!together && question->column && !question->filled) {
        sql_addf(sql, "||','||count(%s)", question->column->sql);
    }
}

static bool write_plain(
    Sql *sql, const RowSet *rows, const char *keys, const RowsQuestion *question)
{
    sql_addf(sql, "SELECT %sifnull(_file,-1)||','||count(*)||','||", shared_key_names(rows, false));
    sql_addf(sql, "ifnull(min(_row),0)||','||ifnull(max(_row),0)||','||" ROW_SUMS, "rowid", "rowid",
        "rowid");
    add_counts(sql, rows, question);
    sql_add(sql, " AS x");
    if (!sql_from(sql, rows)) {
        return false;
    }
    if (question->filled) {
        sql_addf(sql, " AND %s IS NOT NULL", question->column->sql);
    }
    sql_addf(sql, " GROUP BY %s_file", keys);
    return true;
}

static bool write_lasts(
    Sql *sql, const RowSet *rows, const char *keys, const RowsQuestion *question)
{
    const char *names = shared_key_names(rows, true);
    sql_addf(sql, "SELECT %sifnull(f,-1)||','||count(*)||','||ifnull(min(r),0)||','||", names);
    sql_addf(sql, "ifnull(max(r),0)||','||" ROW_SUMS " AS x FROM ", "i", "i", "i");
    if (!sql_last(sql, rows, keys, question->column, question->way == STEP_FIRST)) {
        return false;
    }
    sql_addf(sql, " GROUP BY %sf", names);
    return true;
}

/* One text a group: file,rows,first,last,sum,mixed[,filled…];… */
static bool write_rows(Sql *sql, const RowSet *rows, const char *keys, const void *what)
{
    const RowsQuestion *question = what;
    const char *names = shared_key_names(rows, true);
    sql_addf(sql, "SELECT %sgroup_concat(x,';') FROM (", names);
    if (!(takes_last(question) ? write_lasts : write_plain)(sql, rows, keys, question)) {
        return false;
    }
    sql_add(sql, ")");
    sql_group_by(sql, names);
    return true;
}

/* ---- reading ---- */

static int64_t read_number(const char **text)
{
    char *end;
    long long number = strtoll(*text, &end, 10);
    *text = end + (*end == ',');
    return number;
}

/* Which of the counts is the column's. */
static int count_at(const RowSet *rows, const RowsQuestion *question, bool alone)
{
    int at = 0;
    if (alone || !counts_together(rows, question)) {
        return 0;
    }
    for (const Column *other = rows->table->columns; other < question->column; other++) {
        at += other->type == COLUMN_NUMBER;
    }
    return at;
}

static FileRows read_file_rows(const char **text, int at)
{
    FileRows file = {.file = (int)read_number(text)};
    file.rows = read_number(text);
    file.first = (long)read_number(text);
    file.last = (long)read_number(text);
    file.sum = read_number(text);
    file.mixed = read_number(text);
    file.filled = file.rows;
    for (int i = 0; **text && **text != ';'; i++) {
        int64_t filled = read_number(text);
        file.filled = i == at ? filled : file.filled;
    }
    *text += **text == ';';
    return file;
}

static int compare_files(const void *left, const void *right)
{
    const FileRows *a = left, *b = right;
    return (a->file > b->file) - (a->file < b->file);
}

static RowsRead *read_answer(Engine *engine, const char *text, int at)
{
    RowsRead *read = ARENA_NEW(engine->arena, RowsRead);
    int count = 1;
    for (const char *mark = text; *mark; mark++) {
        count += *mark == ';';
    }
    read->files = ARENA_ARRAY(engine->arena, FileRows, count);
    while (*text) {
        FileRows *file = &read->files[read->count++];
        *file = read_file_rows(&text, at);
        read->rows += file->rows;
        read->sum += file->sum;
        read->mixed += file->mixed;
    }
    if (read->count > 1) {
        qsort(read->files, (size_t)read->count, sizeof *read->files, compare_files);
    }
    return read;
}

static bool has_gaps(const RowsRead *read)
{
    for (int i = 0; i < read->count; i++) {
        if (read->files[i].filled < read->files[i].rows) {
            return true;
        }
    }
    return false;
}

/* Cells that are empty do not count: where there are some, the rows are asked again without them.
 */
static const RowsRead *ask(const Part *part, bool filled)
{
    Engine *engine = part->rows->context.engine;
    RowsQuestion question = {part->column, part->way, filled};
    bool alone;
    const Bound *answer = figure_select(part->rows, write_rows, &question, &alone);
    if (!answer) {
        return ARENA_NEW(engine->arena, RowsRead);
    }
    const char *text = answer[0].kind == BOUND_TEXT ? answer[0].text : "";
    RowsRead *read = read_answer(engine, text, count_at(part->rows, &question, alone));
    return !filled && has_gaps(read) ? ask(part, true) : read;
}

const RowsRead *part_read(Part *part)
{
    Engine *engine = part->rows->context.engine;
    if (!part->read) {
        Hush hush = trace_hush(engine);
        Period judged = engine->judged;
        engine->judged = part->judged;
        part->read = ask(part, false);
        engine->judged = judged;
        trace_unhush(engine, hush);
    }
    return part->read;
}

bool part_is_one_cell(Part *part)
{
    bool number = part->kind == PART_ROWS && part->column && part->column->type == COLUMN_NUMBER &&
                  part->way != STEP_DISTINCT;
    return number && part_read(part)->rows == 1;
}

/* ---- sources ---- */

typedef struct SourceList {
    SourceRows *items;
    size_t count, capacity;
} SourceList;

static bool same_source(const SourceRows *a, const SourceRows *b)
{
    bool same_file = a->file == b->file || (a->file && b->file && strcmp(a->file, b->file) == 0);
    return a->table == b->table && a->column == b->column && same_file && a->rows == b->rows &&
           a->first == b->first && a->last == b->last;
}

/* `others`: how many stand in the list of other parts; the files of one part are each once. */
static void add_source(Engine *engine, SourceList *list, size_t others, SourceRows source)
{
    for (size_t i = 0; i < others; i++) {
        if (same_source(&list->items[i], &source)) {
            return;
        }
    }
    list->items =
        arena_grow(engine->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = source;
}

/* Cell and letter: of the table's own column, of which a part of a ratio bears the name. */
static void name_cells(const Part *part, const FileRows *file, SourceRows *source)
{
    Engine *engine = part->rows->context.engine;
    const Table *table = part->rows->table;
    const Column *own = part->column ? table_column_find(table, part->column->name) : NULL;
    if (!own || file->first == 0) {
        return;
    }
    const DataPlace *place = store_place(engine->store, table, file->file, file->first, own);
    const char *name = data_cell_name(engine->arena, place);
    size_t letters = strcspn(name, "0123456789");
    source->letter = letters ? arena_strndup(engine->arena, name, letters) : NULL;
    source->cell = *name && file->rows == 1 && !table->adds_rows ? name : NULL;
}

static void add_rows_sources(Part *part, SourceList *list)
{
    Engine *engine = part->rows->context.engine;
    const Table *table = part->rows->table;
    const RowsRead *read = part_read(part);
    size_t others = list->count;
    for (int i = 0; i < read->count; i++) {
        const FileRows *file = &read->files[i];
        bool held = !part->rows->absent && file->file >= 0 && file->file < table->file_count;
        SourceRows source = {.table = table->id, .rows = file->rows};
        source.column = part->column ? part->column->name : NULL;
        if (held) {
            source.file = table->files[file->file];
            source.first = file->first;
            source.last = file->last;
            name_cells(part, file, &source);
        }
        add_source(engine, list, others, source);
    }
}

/* A target is one cell of 任务. */
static void add_target_source(Engine *engine, const Target *target, SourceList *list)
{
    const DataPlace *place = target->place;
    SourceRows source = {.table = "任务", .column = target->indicator, .rows = 1};
    if (place) {
        source.file = place->file;
        source.first = source.last = place->row;
        source.cell = data_cell_name(engine->arena, place);
        source.letter =
            arena_strndup(engine->arena, source.cell, strcspn(source.cell, "0123456789"));
    }
    add_source(engine, list, list->count, source);
}

static void add_sources(Engine *engine, Part *part, SourceList *list)
{
    if (!part) {
        return;
    }
    if (part->kind == PART_ROWS) {
        add_rows_sources(part, list);
    } else if (part->kind == PART_TARGET) {
        add_target_source(engine, part->target, list);
    }
    add_sources(engine, part->left, list);
    add_sources(engine, part->right, list);
}

const SourceRows *part_sources(Engine *engine, Part *part, int *count)
{
    SourceList list = {0};
    add_sources(engine, part, &list);
    *count = (int)list.count;
    return list.items;
}
