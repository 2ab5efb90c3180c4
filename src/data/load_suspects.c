/* Figures that are wrong though every cell of theirs is right: what the rows of a table, taken
 * together, look like. Nothing is changed, for it may be meant: each is a warning. */
#include <string.h>
#include "data/load_internal.h"

/* ---- merged cells ---- */

typedef struct Merged {
    const char *above; /* the last filled cell of the file */
    bool beside;       /* the row before is filled */
    long rows, blank;
    DataPlace first;
} Merged;

static const char *row_cell(const LoadRow *row, int position)
{
    const char *cell = row->cells;
    for (int i = 0; i < position; i++) {
        cell += strlen(cell) + 1;
    }
    return cell;
}

/* False where the cell cannot be one of a merged column: nothing stands above it, it says 无, or
 * what its neighbour says. */
static bool take_cell(Load *load, const LoadRow *row, int position, Merged *merged)
{
    const char *text = row_cell(row, position);
    bool blank = load_is_blank(text);
    merged->rows++;
    if (blank && merged->above && merged->blank++ == 0) {
        load_at(load, &merged->first, row->file, row->row, position);
    }
    bool fits = blank
                    ? merged->above != NULL
                    : !infer_missing(text) && !(merged->beside && strcmp(merged->above, text) == 0);
    merged->above = blank ? merged->above : text;
    merged->beside = !blank;
    return fits;
}

/* Of each group the first row alone is filled, as Excel saves merged cells. */
static bool looks_merged(Load *load, int column, Merged *merged)
{
    int file = -1;
    *merged = (Merged){.above = NULL};
    for (size_t i = 0; i < load->row_count; i++) {
        const LoadRow *row = load_row(load, i);
        if (row->kind != ROW_DATA) {
            continue;
        }
        if (row->file != file) {
            merged->above = NULL;
            merged->beside = false;
            file = row->file;
        }
        int position = load->info->positions[file][column];
        if (position < 0 || !take_cell(load, row, position, merged)) {
            return false;
        }
    }
    return merged->rows >= 3 && merged->blank * 10 >= merged->rows * 3;
}

/* Groups are merged at the left of what they group: behind the first full column of names, and
 * behind numbers, an empty cell is a remark that was not made. */
static void tell_merged(Load *load)
{
    for (int i = 0; i < load->info->table.column_count; i++) {
        const Column *column = &load->info->table.columns[i];
        const LoadColumn *from = &load->columns[i];
        bool counted = strcmp(column->name, "序号") == 0;
        if (counted || i == load->period_column || column->type == COLUMN_DATE ||
            column->type == COLUMN_MONTH || infer_is_code_name(column->name)) {
            continue;
        }
        Merged merged;
        bool said = from->decl && from->decl->empty != EMPTY_AS_TABLE;
        if (column->type == COLUMN_NUMBER || said || !looks_merged(load, i, &merged)) {
            return;
        }
        At at = {.data = &merged.first};
        diag_add(load->diags, DIAG_W245, &at, column->name, merged.blank);
        diag_hint(load->diags, DIAG_H245, column->name);
    }
}

/* ---- a total under another name ---- */

/* SQL: the rows b beside which a is looked at: its period, else its file, and its other keys. */
static char *fellows(const Load *load, int label)
{
    char *terms = arena_strdup(load->scratch,
        load->period_column >= 0 ? "b._p0 IS a._p0 AND b._p1 IS a._p1" : "b._file=a._file");
    for (int i = 0; i < load->key_count; i++) {
        int key = load->keys[i];
        if (key != label && key != load->period_column) {
            terms = arena_printf(load->scratch, "%s AND b.c%d IS a.c%d", terms, key, key);
        }
    }
    return terms;
}

/* SQL: all flows of a are the sums of those of b, and one is not 0; NULL where there are no flows.
 * Summed in two parts, for a sum beyond 64 bits is an error in SQL. */
static char *sums_agree(const Load *load)
{
    char *equal = NULL, *nonzero = NULL;
    for (int i = 0; i < load->info->table.column_count; i++) {
        const char *sql = load->info->table.columns[i].sql;
        if (!load_adds_up(&load->info->table.columns[i])) {
            continue;
        }
        equal = arena_printf(load->scratch,
            "%s AND coalesce(sum(b.%s/1000000)*1000000+sum(b.%s%%1000000),0)=coalesce(a.%s,0)",
            equal ? equal : "", sql, sql, sql);
        nonzero = arena_printf(load->scratch, "%s%scoalesce(a.%s,0)<>0", nonzero ? nonzero : "",
            nonzero ? " OR " : "", sql);
    }
    return equal ? arena_printf(load->scratch, "count(*)>1 AND (%s)%s", nonzero, equal) : NULL;
}

/* A name as the file has it, for the table has it by the roster (镇本级 for 全镇). */
static const char *written(Load *load, int file, long number, int column)
{
    int position = load->info->positions[file][column];
    for (size_t i = 0; position >= 0 && i < load->row_count; i++) {
        const LoadRow *row = load_row(load, i);
        if (row->file == file && row->row == number) {
            return infer_text(load->scratch, row_cell(row, position));
        }
    }
    return NULL;
}

/* 全镇, 洋江镇, 镇本级: names that a total may have; 合计 and its like are taken out before. */
static void tell_totals(Load *load, int label, const char *agree)
{
    const Table *table = &load->info->table;
    const char *sql = table->columns[label].sql;
    StoreQuery *query = store_prepare(load->store,
        arena_printf(load->scratch,
            "SELECT a.%s,a._file,a._row,count(*),min(a.rowid) FROM %s a WHERE (a.%s LIKE '全%%' OR "
            "a.%s LIKE '总%%' OR a.%s LIKE '共%%' OR a.%s LIKE '%%镇' OR a.%s LIKE '%%乡' OR a.%s "
            "LIKE '%%街道' OR a.%s LIKE '%%县' OR a.%s LIKE '%%本级') AND (SELECT %s FROM %s b "
            "WHERE %s AND b.rowid<>a.rowid) GROUP BY 1 ORDER BY 5",
            sql, table->sql, sql, sql, sql, sql, sql, sql, sql, sql, agree, table->sql,
            fellows(load, label)));
    while (store_step(query)) {
        int file = (int)store_int(query, 1);
        long row = (long)store_int(query, 2);
        const char *name = written(load, file, row, label);
        At at = {.data = store_place(load->store, table, file, row, &table->columns[label])};
        diag_add(load->diags, DIAG_W246, &at, name ? name : store_text(query, 0),
            (long)store_int(query, 3));
        diag_hint(load->diags, DIAG_H246);
    }
    store_reset(query);
}

/* In 范围 a task, in the roster's 名称 a household is rightly the town's as well as a village's. */
static bool names_rows(const Load *load, int index)
{
    const Column *column = &load->info->table.columns[index];
    return column->type == COLUMN_TEXT && index != load->period_column &&
           (load->columns[index].is_key || strcmp(column->name, "村") == 0) &&
           strcmp(column->name, "范围") != 0 && strcmp(column->name, "名称") != 0;
}

static void tell_other_totals(Load *load)
{
    const char *agree = sums_agree(load);
    for (int i = 0; agree && i < load->info->table.column_count; i++) {
        if (names_rows(load, i)) {
            tell_totals(load, i, agree);
        }
    }
}

/* ---- percents that lost their format ---- */

static void tell_fractions(Load *load)
{
    for (size_t i = 0; i < load->column_count; i++) {
        const LoadColumn *column = &load->columns[i];
        if (column->fraction_cell && column->whole_percents == 0 && column->tally.percents == 0) {
            At at = {.data = &column->fraction_place};
            diag_add(load->diags, DIAG_W247, &at, column->head.name, column->fraction_cell,
                column->fraction_cell);
            diag_hint(load->diags, DIAG_H247);
        }
    }
}

void load_tell_suspects(Load *load)
{
    tell_merged(load);
    tell_other_totals(load);
    tell_fractions(load);
}
