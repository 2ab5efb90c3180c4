/* wenyin columns: which tables there are, and what is known of each of their columns. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "data/catalogue.h"
#include "document/wording.h"
#include "run/listing.h"
#include "run/outputs.h"
#include "template/value/explain.h"

enum { SAMPLES = 3, SAMPLE_CHARACTERS = 14, TEXT_CELLS = 6, CSV_CELLS = 13 };

typedef struct Columns {
    Session session;
    Arena *arena;
    DiagLanguage language;
} Columns;

static const char *say(const Columns *c, const char *chinese, const char *english)
{
    return c->language == DIAG_ENGLISH ? english : chinese;
}

/* “a、b”: adds one more to a list. */
static const char *joined(const Columns *c, const char *list, const char *item)
{
    return *list ? arena_printf(c->arena, "%s%s%s", list, say(c, "、", ", "), item) : item;
}

/* ---- a column ---- */

static const char *type_name(const Columns *c, ColumnType type)
{
    static const char *const names[][2] = {[COLUMN_TEXT] = {"文字", "text"},
        [COLUMN_NUMBER] = {"数", "number"},
        [COLUMN_DATE] = {"日期", "date"},
        [COLUMN_MONTH] = {"月份", "month"}};
    return names[type][c->language];
}

/* Years are numbers, but no figures. */
static const char *kind_text(const Columns *c, const Table *table, const Column *column)
{
    if (column->type != COLUMN_NUMBER || table_is_period(table, column))
        return "";
    const char *name = kind_name(column->kind, c->language == DIAG_ENGLISH);
    return column->kind_guessed ? arena_printf(c->arena, say(c, "%s（推断）", "%s (guessed)"), name)
                                : name;
}

static const char *sample_text(const Columns *c, const Column *column, StoreQuery *query)
{
    char day[16];
    if (column->type == COLUMN_TEXT) {
        const char *text = arena_strdup(c->arena, store_text(query, 0)), *end = text;
        for (int i = 0; i < SAMPLE_CHARACTERS && *end; i++)
            utf8_next(&end);
        return *end ? arena_printf(c->arena, "%.*s…", (int)(end - text), text) : text;
    }
    if (column->type == COLUMN_NUMBER) {
        Decimal number = decimal_from_store(store_int(query, 0));
        return column->kind == KIND_RATIO ? wording_percent(c->arena, number, 1)
                                          : wording_plain(c->arena, number);
    }
    date_format_iso(date_from_days((int)store_int(query, 0)), day);
    return arena_strndup(c->arena, day, column->type == COLUMN_MONTH ? 7 : 10);
}

/* The first different values, in the order of the rows. */
static const char *samples(const Columns *c, const Table *table, const Column *column)
{
    const char *list = "";
    char *sql = arena_printf(c->arena,
        "SELECT v FROM (SELECT %s AS v,min(rowid) AS r FROM %s WHERE v IS NOT NULL GROUP BY v) "
        "ORDER BY r LIMIT %d",
        column->sql, table->sql, SAMPLES);
    StoreQuery *query = store_prepare(c->session.store, sql);
    while (store_step(query))
        list = joined(c, list, sample_text(c, column, query));
    store_reset(query);
    return list;
}

static const char *aliases(const Columns *c, const Column *column)
{
    const char *list = "";
    for (int i = 0; column->indicator && i < column->indicator->alias_count; i++)
        list = joined(c, list, column->indicator->aliases[i]);
    return *list ? arena_printf(c->arena, say(c, "又名 %s", "also %s"), list) : "";
}

/* What is to be known of it besides: its part in the table, its marks, why it is a text. */
static const char *remarks(const Columns *c, const Table *table, const Column *column)
{
    const char *list = "", *level = NULL;
    char marks[DECIMAL_TEXT];
    if (table_is_period(table, column))
        list = joined(c, list, say(c, "期间", "period"));
    if (table_is_key(table, column))
        list = joined(c, list, say(c, "主键", "key"));
    if (column->type == COLUMN_TEXT && !table->is_roster)
        level = store_roster_level(c->session.store, table, column);
    if (level)
        list = joined(
            c, list, arena_printf(c->arena, say(c, "名册的“%s”", "“%s” of the roster"), level));
    if (column->has_full_marks)
        list = joined(c, list,
            arena_printf(c->arena, say(c, "满分 %s", "full marks %s"),
                decimal_format(column->full_marks, marks)));
    if (column->unit_column >= 0)
        list = joined(c, list, say(c, "单位在“单位”列", "its unit is in the column 单位"));
    if (column->odd_cell)
        list = joined(c, list,
            arena_printf(c->arena,
                say(c, "因 %s 第 %ld 行“%s”成了文字", "text because of %s:%ld “%s”"),
                column->odd_place.file, column->odd_place.row, column->odd_cell));
    return *aliases(c, column) ? joined(c, list, aliases(c, column)) : list;
}

/* ---- a table ---- */

static const char *period_text(const Columns *c, const Table *table, int64_t day)
{
    char text[16];
    bool days = table->columns[table->period_column].type == COLUMN_DATE;
    date_format_iso(date_from_days((int)day), text);
    return arena_strndup(c->arena, text, days ? 10 : 7);
}

/* 2023-01 至 2024-06 */
static const char *covered(const Columns *c, const Table *table)
{
    const char *text = "";
    if (table->period_column < 0)
        return text;
    StoreQuery *query = store_prepare(
        c->session.store, arena_printf(c->arena, "SELECT min(_p0),max(_p1) FROM %s", table->sql));
    if (store_step(query) && !store_is_null(query, 0)) {
        const char *first = period_text(c, table, store_int(query, 0));
        const char *last = period_text(c, table, store_int(query, 1));
        text = strcmp(first, last) == 0
                   ? first
                   : arena_printf(c->arena, say(c, "%s 至 %s", "%s to %s"), first, last);
    }
    store_reset(query);
    return text;
}

static const char *key_names(const Columns *c, const Table *table)
{
    const char *list = "";
    for (int i = 0; i < table->key_count; i++)
        list = joined(c, list, table->columns[table->keys[i]].name);
    return list;
}

static const char *derived_names(const Columns *c, const Table *table)
{
    const char *list = "";
    const Column *column;
    for (size_t i = 0; (column = engine_derived(c->session.engine, table, i)); i++)
        list = joined(c, list, column->name);
    return list;
}

static void print_head(const Columns *c, const Table *table)
{
    const char *files = listing_line(c->arena, table->files[0]);
    if (table->file_count > 1)
        files = arena_printf(
            c->arena, say(c, "%s 等 %d 个文件", "%s … (%d files)"), files, table->file_count);
    const char *span = covered(c, table), *keys = key_names(c, table);
    const char *rows = c->session.options.has_period && table->period_column >= 0
                           ? engine_rows(c->session.engine, table)
                           : NULL;
    printf(
        say(c, "表 %s：%s，%ld 行", "table %s: %s, %ld rows"), table->id, files, table->row_count);
    if (rows)
        printf(say(c, "（本期 %s 行）", " (%s in the period)"), rows);
    if (*span)
        printf(say(c, "，%s", ", %s"), span);
    if (*keys)
        printf(say(c, "，主键 %s", ", key %s"), listing_line(c->arena, keys));
    if (table->is_roster)
        fputs(say(c, "，名册", ", the roster"), stdout);
    putchar('\n');
}

static void print_table(const Columns *c, const Table *table)
{
    Listing listing = listing_new(c->arena, TEXT_CELLS);
    const char *const head[] = {say(c, "列", "column"), say(c, "类型", "type"),
        say(c, "性质", "kind"), say(c, "单位", "unit"), say(c, "例", "values"),
        say(c, "说明", "remarks")};
    listing_add(&listing, head);
    for (int i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        const char *const cells[] = {column->name, type_name(c, column->type),
            kind_text(c, table, column), column->unit, samples(c, table, column),
            remarks(c, table, column)};
        listing_add(&listing, cells);
    }
    print_head(c, table);
    listing_print(&listing, 2, stdout);
    const char *derived = derived_names(c, table);
    if (*derived)
        printf(say(c, "  还可以用（由日期推算）：%s\n", "  also, worked out of the dates: %s\n"),
            derived);
}

/* ---- as CSV ---- */

/* They may be hundreds. */
static const char *file_names(const Columns *c, const Table *table)
{
    Buf list = {0};
    for (int i = 0; i < table->file_count; i++)
        buf_addf(&list, "%s%s", i ? say(c, "、", ", ") : "", table->files[i]);
    const char *kept = arena_strndup(c->arena, list.data ? list.data : "", list.length);
    buf_free(&list);
    return kept;
}

static void add_csv_rows(const Columns *c, const Table *table, Listing *listing)
{
    const char *rows = arena_printf(c->arena, "%ld", table->row_count);
    const char *files = file_names(c, table);
    for (int i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        bool number = column->type == COLUMN_NUMBER;
        const char *const cells[CSV_CELLS] = {table->id, files, rows, covered(c, table),
            column->name, column->head, type_name(c, column->type),
            number ? kind_name(column->kind, c->language == DIAG_ENGLISH) : "",
            number && column->kind_guessed ? say(c, "推断", "guessed") : "", column->unit,
            number ? arena_printf(c->arena, "%d", column->decimals) : "", samples(c, table, column),
            remarks(c, table, column)};
        listing_add(listing, cells);
    }
}

static bool save_csv(const Columns *c, const char *path)
{
    static const char *const heads[][CSV_CELLS] = {
        {"表", "文件", "行数", "期间", "列", "表头", "类型", "性质", "推断", "单位", "小数", "例",
            "说明"},
        {"table", "files", "rows", "periods", "column", "head", "type", "kind", "guessed", "unit",
            "decimals", "values", "remarks"}};
    if (!output_is_free(&c->session, NULL, path))
        return false;
    Listing listing = listing_new(c->arena, CSV_CELLS);
    listing_add(&listing, heads[c->language]);
    for (size_t i = 0; i < store_table_count(c->session.store); i++)
        add_csv_rows(c, store_table(c->session.store, i), &listing);
    return listing_save(&listing, path, c->session.diags);
}

static bool output_is_csv(const char *path, Diags *diags)
{
    if (!path || strcmp(path, "-") == 0 || output_ends(path, ".csv"))
        return true;
    diag_add(diags, DIAG_E507, NULL, path);
    diag_hint(diags, DIAG_H504, ".csv");
    return false;
}

static bool print_tables(const Columns *c)
{
    if (store_table_count(c->session.store) == 0)
        puts(say(c, "模板没有声明数据表。", "The template declares no tables."));
    for (size_t i = 0; i < store_table_count(c->session.store); i++) {
        if (i > 0)
            putchar('\n');
        print_table(c, store_table(c->session.store, i));
    }
    return true;
}

/* Columns that go by 截至 have names without one, too; no value of theirs is shown. */
static void name_derived(EngineOptions *options)
{
    if (!options->has_period && !options->has_as_of) {
        options->has_as_of = true;
        options->as_of = date_from_days(0);
    }
}

int run_columns(Arguments *arguments)
{
    Columns columns = {.arena = arguments->arena, .language = diag_language(arguments->diags)};
    SessionSpec spec =
        session_spec(arguments, arguments->operand_count > 0 ? arguments->operands[0] : NULL);
    spec.any_period = true;
    const char *output = arguments->values[OPTION_OUTPUT];
    bool done = false;
    if (output_is_csv(output, arguments->diags) &&
        session_begin(&columns.session, &spec, arguments->arena, arguments->diags)) {
        name_derived(&columns.session.options);
        bool whole = session_declare(&columns.session);
        bool some = columns.session.store && store_table_count(columns.session.store) > 0;
        done = (some || whole) && (output ? save_csv(&columns, output) : print_tables(&columns)) &&
               whole;
    }
    session_close(&columns.session);
    return session_status(arguments->diags, done);
}
