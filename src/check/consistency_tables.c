/* Tables and charts whose parts do not make their total. */
#include "check/consistency_internal.h"

#include <string.h>
#include "base/utf8.h"
#include "check/place.h"

typedef struct Grid {
    Checker *checker;
    const DocTable *table;
    TableLabels labels;
    int body;    /* the first row that is no head */
    bool nested; /* groups of groups */
} Grid;

static const Cell *cell_at(const DocTable *table, int row, int column)
{
    const TableRow *in = &table->rows[row];
    for (int i = 0; i < in->cell_count; i++)
        if (in->cells[i].column == column && in->cells[i].colspan <= 1)
            return &in->cells[i];
    return NULL;
}

static const char *first_text(const Grid *grid, int row)
{
    const TableRow *in = &grid->table->rows[row];
    return in->cell_count ? cell_plain(grid->checker, &in->cells[0]) : "";
}

static bool says(const char *text, const char *words)
{
    return text_holds(text, 0, strlen(text), words);
}

static bool is_total(const Grid *grid, int row)
{
    return grid->table->rows[row].kind == ROW_TOTAL ||
           (grid->table->rows[row].kind == ROW_BODY &&
               says(first_text(grid, row), "合计 总计 共计"));
}

static bool is_subtotal(const Grid *grid, int row)
{
    return grid->table->rows[row].kind == ROW_SUBTOTAL ||
           (grid->table->rows[row].kind == ROW_BODY && !is_total(grid, row) &&
               says(first_text(grid, row), "小计"));
}

static bool is_part(const Grid *grid, int row)
{
    return grid->table->rows[row].kind == ROW_BODY && !is_total(grid, row) &&
           !is_subtotal(grid, row) && !says(first_text(grid, row), "平均");
}

/* What is no amount: its rows make no sum. */
static const char no_amounts[] =
    "率 比 均 分 名次 排名 排位 单价 占 增长 增减 变化 年份 序号 编号 时限 电话 标准 单位 每 % ％";

static bool holds_amounts(const Grid *grid, int column)
{
    return !says(grid->labels.columns[column], no_amounts);
}

/* ---- a column and its total ---- */

typedef struct Sum {
    Decimal printed, exact;
    int count, decimals;
    bool computed; /* all of them, so that `exact` is one */
    bool sound;    /* nothing but numbers and gaps stood there */
} Sum;

static void add(Sum *sum, const Mark *mark)
{
    sum->sound = sum->sound && mark->kind == TYPED_NUMBER && !mark->rough &&
                 decimal_add(sum->printed, mark->value, &sum->printed) &&
                 decimal_add(sum->exact, mark->exact, &sum->exact);
    sum->computed = sum->computed && mark->figure;
    sum->decimals = mark->value.scale > sum->decimals ? mark->value.scale : sum->decimals;
    sum->count++;
}

static bool is_gap(const char *text)
{
    return !*text || text_match(text, "— － - / 无") > 0;
}

typedef bool IsPart(const Grid *grid, int row);

/* Of the rows [from, to) that are parts. */
static Sum sum_column(const Grid *grid, int column, int from, int to, IsPart *part)
{
    Sum sum = {.computed = true, .sound = true};
    for (int r = from; r < to; r++) {
        const Cell *cell = part(grid, r) ? cell_at(grid->table, r, column) : NULL;
        Mark mark;
        if (cell && mark_cell(grid->checker, cell, &mark))
            add(&sum, &mark);
        else if (cell && !is_gap(cell_plain(grid->checker, cell)))
            sum.sound = false;
    }
    return sum;
}

/* A sum over the rows is what the total's own way of working out would give. */
static bool total_adds(const Provenance *figure)
{
    bool adds = figure->manner == MANNER_FLOW || figure->manner == MANNER_COUNT;
    return adds && !strstr(figure->claim, "|去重");
}

/* So far may rounding of each part carry the sum away. */
static bool within_rounding(const Sum *sum, Decimal total)
{
    Decimal apart, most = {(sum->count + 1) * (int64_t)5, sum->decimals + 1};
    return decimal_sub(sum->printed, total, &apart) && sum->decimals < DECIMAL_MAX_SCALE &&
           decimal_cmp(decimal_abs(apart), most) <= 0;
}

/* The total or subtotal at `row` against the sum of its parts. */
static void check_sum(const Grid *grid, int row, int column, Sum sum)
{
    Checker *checker = grid->checker;
    const Cell *cell = cell_at(grid->table, row, column);
    Mark total;
    if (!cell || !sum.sound || !mark_cell(checker, cell, &total) || total.kind != TYPED_NUMBER ||
        total.rough)
        return;
    bool computed = sum.computed && total.figure;
    bool exact = computed && decimal_cmp(sum.exact, total.exact) == 0;
    const char *name = grid->labels.columns[column], *label = grid->labels.rows[row];
    if (decimal_cmp(sum.printed, total.value) == 0 && (exact || !computed))
        return;
    if (exact) {
        diag_add(checker->diags, DIAG_N764, &total.at, name, number_text(checker, sum.printed),
            label, number_text(checker, total.value));
        return;
    }
    bool sure = computed ? total_adds(total.figure) : holds_amounts(grid, column);
    if (sure && (computed || !within_rounding(&sum, total.value) || sum.decimals == 0))
        diag_add(checker->diags, DIAG_W764, &total.at, name,
            number_text(checker, computed ? sum.exact : sum.printed), label,
            number_text(checker, computed ? total.exact : total.value));
}

static bool rows_overlap(const Grid *grid)
{
    for (int r = 0; r < grid->table->row_count; r++)
        if (says(first_text(grid, r), "其中"))
            return true;
    return false;
}

/* Of rows; where a table shows its groups alone, of their subtotals. */
static void check_column(const Grid *grid, int row, int column)
{
    int end = grid->table->row_count;
    Sum sum = sum_column(grid, column, grid->body, end, is_part);
    if (sum.count == 0 && !grid->nested)
        sum = sum_column(grid, column, grid->body, end, is_subtotal);
    if (sum.count >= 2)
        check_sum(grid, row, column, sum);
}

/* 小计 below the rows of its group, or, where the first row of the table is one, above them. */
static void check_subtotals(const Grid *grid, int column)
{
    int count = grid->table->row_count, from = grid->body;
    bool above = from < count && is_subtotal(grid, from);
    for (int r = from; r < count; r++) {
        int to = r;
        if (!is_subtotal(grid, r))
            continue;
        for (from = above ? r + 1 : from; above && to + 1 < count && is_part(grid, to + 1);)
            to++;
        Sum sum = sum_column(grid, column, from, above ? to + 1 : r, is_part);
        if (sum.count > 0)
            check_sum(grid, r, column, sum);
        from = r + 1;
    }
}

/* Two subtotals one right below the other: groups of groups. */
static bool has_nested(const Grid *grid)
{
    bool parts = false, nested = false;
    for (int r = grid->body; r < grid->table->row_count; r++)
        parts |= is_part(grid, r);
    for (int r = grid->body + 1; parts && r < grid->table->row_count; r++)
        nested |= is_subtotal(grid, r) && is_subtotal(grid, r - 1);
    return nested;
}

static void check_columns(const Grid *grid)
{
    int totals = 0, row = 0;
    for (int r = grid->body; r < grid->table->row_count; r++)
        if (is_total(grid, r)) {
            totals++;
            row = r;
        }
    bool sound = !rows_overlap(grid);
    for (int c = 0; sound && c < grid->table->column_count; c++) {
        if (totals == 1)
            check_column(grid, row, c);
        if (!grid->nested)
            check_subtotals(grid, c);
    }
}

/* ---- a row and its total ---- */

/* The sum of the numbers left of the total, up to the first column without. */
static Sum sum_row(const Grid *grid, int row, int total)
{
    Sum sum = {.computed = true, .sound = true};
    for (int c = total - 1; c >= 0; c--) {
        const Cell *cell = cell_at(grid->table, row, c);
        Mark mark;
        if (!cell || !mark_cell(grid->checker, cell, &mark) ||
            says(grid->labels.columns[c], "名次 序号 排名"))
            break;
        add(&sum, &mark);
    }
    return sum;
}

static bool row_differs(const Grid *grid, int row, int column, Sum *sum, Mark *total, bool *sound)
{
    const Cell *cell = cell_at(grid->table, row, column);
    *sound = cell && mark_cell(grid->checker, cell, total) && total->kind == TYPED_NUMBER;
    *sum = *sound ? sum_row(grid, row, column) : (Sum){0};
    *sound = *sound && sum->sound && sum->count >= 2;
    return *sound && decimal_cmp(sum->printed, total->value) != 0 &&
           !(sum->decimals > 0 && sum->computed && within_rounding(sum, total->value));
}

/* That the columns before a total are its parts shows where nearly all rows say so. */
static void check_rows(const Grid *grid, int column)
{
    int rows = 0, wrong = 0;
    Sum sum;
    Mark total;
    bool sound;
    for (int r = grid->body; r < grid->table->row_count; r++) {
        wrong += row_differs(grid, r, column, &sum, &total, &sound);
        rows += sound;
    }
    for (int r = grid->body; rows >= 4 && wrong * 4 <= rows && r < grid->table->row_count; r++)
        if (row_differs(grid, r, column, &sum, &total, &sound))
            diag_add(grid->checker->diags, DIAG_W765, &total.at, grid->labels.rows[r],
                number_text(grid->checker, sum.printed), grid->labels.columns[column],
                number_text(grid->checker, total.value));
}

/* ---- charts ---- */

static void check_shares(Checker *checker, const DocChart *chart)
{
    Decimal sum = {0, 0}, apart;
    const ChartSeries *series = chart->series;
    bool pie = chart->kind == CHART_PIE || chart->kind == CHART_DONUT;
    if (!pie || !chart->percent || chart->series_count != 1 || chart->category_count < 2)
        return;
    for (int i = 0; i < chart->category_count; i++)
        if (series->points[i].missing || !decimal_add(sum, series->points[i].value, &sum))
            return;
    /* each share may be rounded by half a percent */
    Decimal most = {chart->category_count * (int64_t)5, 3};
    if (!decimal_sub(sum, decimal_from_int(1), &apart) ||
        decimal_cmp(decimal_abs(apart), most) <= 0)
        return;
    Decimal hundredfold = sum;
    decimal_mul(sum, decimal_from_int(100), &hundredfold);
    diag_add(checker->diags, DIAG_W766, &chart->at,
        arena_printf(checker->arena, "%s%%", number_text(checker, decimal_round(hundredfold, 2))));
}

void check_tables(Checker *checker)
{
    for (const Block *block = checker->document->first; block; block = block->next) {
        if (block->kind == BLOCK_CHART)
            check_shares(checker, block->chart);
        if (block->kind != BLOCK_TABLE)
            continue;
        Grid grid = {.checker = checker, .table = block->table};
        place_labels(checker->arena, block->table, &grid.labels);
        grid.body = block->table->head_rows == 0 && block->table->row_count > 1;
        grid.nested = has_nested(&grid);
        check_columns(&grid);
        for (int c = 2; c < block->table->column_count; c++)
            if (says(grid.labels.columns[c], "合计 总计 总分 总得分 小计"))
                check_rows(&grid, c);
    }
}
