#include "template/evaluate/tables.h"

#include <string.h>
#include "base/utf8.h"

/* ---- cells ---- */

Inline *text_content(Paper *paper, const char *text, At at)
{
    return text && text[0] ? inlines_settle(paper->arena, inline_text(paper->arena, text, at))
                           : NULL;
}

/* 45.20 or 354,700: how many decimals, and whether in thousands. False of 12%, 5.5万, 增加3个. */
static bool is_numeral(const char *text, int *decimals, bool *grouped)
{
    text += *text == '-';
    size_t whole = strspn(text, "0123456789,");
    const char *rest = text + whole + (text[whole] == '.');
    size_t places = strspn(rest, "0123456789");
    *grouped = memchr(text, ',', whole) != NULL;
    *decimals = (int)places;
    return whole > 0 && text[0] != ',' && !rest[places] && places <= DECIMAL_MAX_SCALE;
}

/* Whether the figures of a column can be added up by a reader with a pencil. */
static void note_sum(ColumnFacts *facts, const Datum *datum, const char *text)
{
    int decimals;
    bool grouped;
    if (datum->kind == DATUM_MISSING)
        return;
    if (datum->kind != DATUM_NUMBER || datum->is_ratio || datum->is_rank ||
        !is_numeral(text, &decimals, &grouped)) {
        facts->odd = true;
        return;
    }
    if (!decimal_add(facts->sum, datum_computed(datum), &facts->sum))
        facts->too_large = true;
    facts->plain = true;
    facts->grouped = facts->grouped || grouped;
    facts->decimals = decimals > facts->decimals ? decimals : facts->decimals;
}

static void note_facts(ColumnFacts *facts, const Datum *datum, const char *text, bool numeric)
{
    size_t length = utf8_count(text, strlen(text));
    facts->numeric = facts->numeric || numeric;
    facts->longest = length > facts->longest ? length : facts->longest;
    if (datum->kind != DATUM_NUMBER && datum->kind != DATUM_MISSING && !facts->words)
        facts->words = text;
    if (datum->kind == DATUM_NUMBER && decimal_sign(datum->number) < 0 && !facts->negative)
        facts->negative = text;
    note_sum(facts, datum, text);
}

/* The facts are those of the rows of the body; NULL in totals. */
static Cell value_cell(TableWork *work, int column, const Scope *scope, ColumnFacts *facts)
{
    Paper *paper = work->paper;
    const Expr *value = node_expr(work->cols[column], "value");
    Cell cell = {.column = column, .colspan = 1, .rowspan = 1};
    Datum datum;
    bool numeric;
    if (!expr_eval(paper->engine, value, scope, &datum)) {
        const char *lack = engine_lacks(paper->engine, value);
        cell.content = text_content(paper, lack, expr_at(value));
        cell.figure = engine_traced(paper->engine, lack);
        paper->failed = paper->failed || !lack;
        if (facts)
            facts->odd = true; /* no sum can be made of the column */
        return cell;
    }
    const char *text = datum_cell(paper->engine, &datum, &numeric);
    cell.content = text_content(paper, text, expr_at(value));
    cell.figure = engine_traced(paper->engine, text);
    if (facts) {
        note_facts(facts, &datum, text, numeric);
        cell.has_value = datum.kind == DATUM_NUMBER;
        cell.value = datum.number;
    }
    return cell;
}

/* What a row is called: the words of its first cell. */
static const char *row_name(TableWork *work, const TableRow *row, int column)
{
    return column > 0 ? inline_plain(work->paper->arena, row->cells[0].content) : "";
}

static void body_row(TableWork *work, const Scope *scope, TableRow *row)
{
    int count = work->table->column_count;
    row->cells = ARENA_ARRAY(work->paper->arena, Cell, count);
    row->cell_count = count;
    for (int c = 0; c < count; c++)
        row->cells[c] = column_is_spark(work->cols[c])
                            ? spark_cell(work, c, scope, row_name(work, row, c))
                            : value_cell(work, c, scope, &work->facts[c]);
}

/* One row tells; a figure that is worded (万, 百分比) may have changed its unit. */
static void check_units(TableWork *work)
{
    Paper *paper = work->paper;
    for (int c = 0; c < work->table->column_count && work->groups.count; c++) {
        const Node *col = work->cols[c];
        const Expr *value = node_expr(col, "value");
        const Scope *row = work->groups.scopes[0];
        Datum datum;
        if (!node_attr(col, "unit") || column_is_place(col) || column_is_spark(col) ||
            !expr_eval(paper->engine, value, row, &datum))
            continue;
        if (datum.kind == DATUM_NUMBER && !datum.text)
            evaluate_unit(paper, col, "unit", evaluate_plain(paper, col, "unit", row), datum.unit);
    }
}

/* ---- totals ---- */

/* Texts and places have no total: their cells stay blank, a figure that is missing prints —. Small
 * bars are measured by those of the other rows, as bar= is; single rows are of this period alone:
 * together they have no course. */
static bool has_total(TableWork *work, int column, const Scope *rows)
{
    const Node *col = work->cols[column];
    if (column_is_spark(col))
        return node_expr(work->node, "by") && node_choice(col, "spark", 0) == CHART_LINE;
    return !column_is_place(col) &&
           expr_is_figure(work->paper->engine, node_expr(col, "value"), rows);
}

/* The label spans the words in front of the first figure. */
static int label_span(TableWork *work, const Scope *rows)
{
    int span = 0, count = work->table->column_count;
    while (span < count && !has_total(work, span, rows))
        span++;
    return span == 0 || span == count ? 1 : span;
}

static Cell sum_cell(TableWork *work, int column, const Scope *rows, const TableRow *row)
{
    if (!work->groups.count || !has_total(work, column, rows))
        return (Cell){.column = column, .colspan = 1, .rowspan = 1};
    if (column_is_spark(work->cols[column]))
        return spark_cell(work, column, rows, row_name(work, row, column));
    return value_cell(work, column, rows, NULL);
}

/* Every figure is worked out anew over all the rows: sums of ratios do not occur. In a form without
 * rows the cells are left to be filled in. */
static void sum_row(
    TableWork *work, TableRowKind kind, Inline *label, const Scope *rows, TableRow *row)
{
    int count = work->table->column_count, span = label_span(work, rows);
    row->kind = kind;
    row->cells = ARENA_ARRAY(work->paper->arena, Cell, count);
    row->cells[0] = (Cell){.colspan = span, .rowspan = 1, .content = label};
    row->cell_count = 1;
    for (int c = span; c < count; c++)
        row->cells[row->cell_count++] = sum_cell(work, c, rows, row);
}

static Inline *sum_label(
    TableWork *work, const Node *element, const Scope *scope, const char *usual)
{
    const char *label = evaluate_plain(work->paper, element, "label", scope);
    return text_content(work->paper, label ? label : usual, element->at);
}

/* One for all rows, and one at the foot of each page, which the typesetter adds up. */
static void add_totals(TableWork *work)
{
    DocTable *table = work->table;
    for (const Node *child = work->node->first; child; child = child->next) {
        bool total = child->id == ELEMENT_TOTAL;
        bool page = total && node_choice(child, "page", CHOICE_NO) == CHOICE_YES;
        if (page)
            table->page_total = sum_label(work, child, work->scope, "本页合计");
        else if (total)
            sum_row(work, ROW_TOTAL, sum_label(work, child, work->scope, "合计"),
                work->groups.total, &table->rows[table->row_count++]);
    }
}

/* ---- subtotals ---- */

/* One kind of subtotal; those written first stand outside. */
typedef struct Level {
    const Node *node;
    GroupRuns runs;
    int next; /* run that is not closed yet */
} Level;

static int count_levels(const Node *table)
{
    int count = 0;
    for (const Node *child = table->first; child; child = child->next)
        count += child->id == ELEMENT_SUBTOTAL;
    return count;
}

/* False after a message: without its runs the table has no subtotals. */
static bool find_levels(TableWork *work, Level *levels)
{
    int count = 0;
    for (const Node *child = work->node->first; child; child = child->next) {
        if (child->id != ELEMENT_SUBTOTAL)
            continue;
        const GroupRuns *outer = count ? &levels[count - 1].runs : NULL;
        levels[count].node = child;
        if (!groups_runs(work->paper->engine, &work->groups, node_expr(child, "by"), outer,
                &levels[count].runs)) {
            paper_lacks(work->paper, node_expr(child, "by"));
            return false;
        }
        count++;
    }
    return true;
}

/* Inner runs close before the outer ones. */
static void close_runs(TableWork *work, Level *levels, int count, int row)
{
    DocTable *table = work->table;
    for (int i = count - 1; i >= 0; i--) {
        Level *level = &levels[i];
        if (level->next == level->runs.count)
            continue;
        const GroupRun *run = &level->runs.items[level->next];
        if (run->first + run->count != row + 1)
            continue;
        sum_row(work, ROW_SUBTOTAL, sum_label(work, level->node, run->scope, "小计"), run->scope,
            &table->rows[table->row_count++]);
        level->next++;
    }
}

static void add_rows(TableWork *work, Level *levels, int level_count)
{
    DocTable *table = work->table;
    for (int r = 0; r < work->groups.count; r++) {
        body_row(work, work->groups.scopes[r], &table->rows[table->row_count++]);
        close_runs(work, levels, level_count, r);
    }
}

/* ---- all rows ---- */

int rows_wanted(const Node *table)
{
    return node_choice(table, "rows", 0);
}

int fill_rows(TableWork *work, int body, TableRow *rows)
{
    int count = work->table->column_count, added = 0;
    for (; body + added < rows_wanted(work->node); added++) {
        TableRow *row = &rows[added];
        row->kind = ROW_FILLER;
        row->cells = ARENA_ARRAY(work->paper->arena, Cell, count);
        row->cell_count = count;
        for (int c = 0; c < count; c++)
            row->cells[c] = (Cell){.column = c, .colspan = 1, .rowspan = 1};
    }
    return added;
}

static int count_totals(const Node *table)
{
    int count = 0;
    for (const Node *child = table->first; child; child = child->next)
        count += child->id == ELEMENT_TOTAL;
    return count;
}

void evaluate_rows(TableWork *work)
{
    DocTable *table = work->table;
    int body = work->groups.count, level_count = body ? count_levels(work->node) : 0;
    Level *levels = ARENA_ARRAY(work->paper->arena, Level, level_count + 1);
    if (level_count && !find_levels(work, levels))
        level_count = 0;
    check_units(work);
    int room = body * (level_count + 1) + rows_wanted(work->node) + count_totals(work->node);
    table->rows = ARENA_ARRAY(work->paper->arena, TableRow, room + 1);
    add_rows(work, levels, level_count);
    table->row_count += fill_rows(work, body, &table->rows[table->row_count]);
    add_totals(work);
}
