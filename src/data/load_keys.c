#include <string.h>
#include "data/filename.h"
#include "data/load_internal.h"
#include "data/store_internal.h"

/* The SQL columns that make a row one of its kind: “c1,_p0,_p1”. */
const char *load_key_columns(Load *load)
{
    char *list = arena_strdup(load->scratch, "");
    bool period = false;
    for (int i = 0; i < load->key_count; i++) {
        if (load->keys[i] == load->period_column) {
            period = true;
        } else {
            list = arena_printf(load->scratch, "%s%sc%d", list, *list ? "," : "", load->keys[i]);
        }
    }
    return period ? arena_printf(load->scratch, "%s%s_p0,_p1", list, *list ? "," : "") : list;
}

static const LoadRow *find_row(Load *load, int file, long row)
{
    size_t low = 0, high = load->row_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const LoadRow *other = load_row(load, middle);
        bool before = other->file < file || (other->file == file && other->row < row);
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return load_row(load, low);
}

/* The key as it is written in a row: “2024-05、长塘村”. */
static const char *key_text(Load *load, const LoadRow *row)
{
    const char *text = "";
    for (int i = 0; i < load->key_count; i++) {
        const char *cell = row->cells;
        int position = load->info->positions[row->file][load->keys[i]];
        const NameCell *name = load_name_cell(&load->files[row->file], load->keys[i]);
        if (name) {
            cell = name->text;
            position = 0;
        }
        for (int j = 0; j < position; j++) {
            cell += strlen(cell) + 1;
        }
        text = arena_printf(
            load->scratch, "%s%s%s", text, i ? "、" : "", infer_text(load->scratch, cell));
    }
    return text;
}

static void refuse_double(Load *load, int64_t rowid, int column)
{
    load_refuse(load);
    if (load->draft) {
        fault_double_row(load, rowid, column);
    }
}

/* A file that repeats the keys of the one whose copy it is. */
typedef struct Copy {
    int file, original;
    long rows;
} Copy;

/* Counts a key of two files of which one is a copy of the other by its name; false: neither is. */
static bool count_copy(Load *load, Map *copies, int a, int b)
{
    const char *first = load->files[a].name, *second = load->files[b].name;
    bool is_first = a != b && strcmp(filename_original(load->scratch, first), second) == 0;
    if (a == b || (!is_first && strcmp(filename_original(load->scratch, second), first) != 0)) {
        return false;
    }
    Copy *copy = map_find(copies, is_first ? first : second);
    if (!copy) {
        copy = ARENA_NEW(load->scratch, Copy);
        *copy = (Copy){is_first ? a : b, is_first ? b : a, 0};
        map_put(copies, is_first ? first : second, copy);
    }
    copy->rows++;
    return true;
}

/* Once a file, for its rows are no village's fault: the copy has to go. */
static void tell_copies(Load *load, const Map *copies)
{
    for (size_t i = 0; i < map_count(copies); i++) {
        const Copy *copy = map_value(copies, i);
        DataPlace place;
        At at = load_at(load, &place, copy->file, 0, -1);
        diag_add(load->diags, DIAG_E284, &at, load->files[copy->original].name, copy->rows);
        diag_hint(load->diags, DIAG_H238);
    }
}

/* One key in two rows is told at the second, naming the first. */
static void tell_duplicates(Load *load, const char *keys)
{
    Map *copies = map_new(load->scratch);
    const char *sql = load->info->table.sql;
    StoreQuery *query = store_prepare(load->store,
        arena_printf(load->scratch,
            "SELECT a._file,a._row,b._file,b._row,n FROM "
            "(SELECT min(rowid) AS m,max(rowid) AS n FROM %s GROUP BY %s HAVING count(*)>1) "
            "JOIN %s a ON a.rowid=m JOIN %s b ON b.rowid=n ORDER BY n",
            sql, keys, sql, sql));
    while (store_step(query)) {
        int first = (int)store_int(query, 0), second = (int)store_int(query, 2);
        long first_row = (long)store_int(query, 1), second_row = (long)store_int(query, 3);
        if (!count_copy(load, copies, first, second)) {
            const LoadRow *row = find_row(load, second, second_row);
            DataPlace place;
            At at = load_at(load, &place, second, second_row, -1);
            diag_add(load->diags, DIAG_E241, &at, key_text(load, row), load->files[first].name,
                first_row);
        }
        refuse_double(load, store_int(query, 4), -1);
    }
    store_reset(query);
    tell_copies(load, copies);
}

/* ---- duplicates= ---- */

/* SQL: the row b has the key of the row that is changed. */
static const char *same_key(Load *load)
{
    const char *sql = load->info->table.sql, *terms = "";
    bool period = false;
    for (int i = 0; i < load->key_count; i++) {
        int key = load->keys[i];
        period = period || key == load->period_column;
        if (key != load->period_column) {
            terms = arena_printf(
                load->scratch, "%s%sb.c%d IS %s.c%d", terms, *terms ? " AND " : "", key, sql, key);
        }
    }
    return period ? arena_printf(load->scratch, "%s%sb._p0 IS %s._p0 AND b._p1 IS %s._p1", terms,
                        *terms ? " AND " : "", sql, sql)
                  : terms;
}

/* SQL: one row of each key, in the words of the declaration: its first or its last. */
static const char *kept(const Load *load)
{
    return load->decl->duplicates == DUPLICATES_LAST ? "max(rowid)" : "min(rowid)";
}

/* Of rows that are to be added, what is no flow must be the same, or missing, in all. */
static void check_same(Load *load, const char *keys, int index)
{
    const Column *column = &load->info->table.columns[index];
    const char *sql = load->info->table.sql;
    StoreQuery *query = store_prepare(load->store,
        arena_printf(load->scratch,
            "SELECT a._file,a._row,b._file,b._row,n FROM (SELECT min(rowid) AS m,max(rowid) AS n "
            "FROM %s GROUP BY %s HAVING count(*)>1 AND min(%s)<>max(%s)) "
            "JOIN %s a ON a.rowid=m JOIN %s b ON b.rowid=n ORDER BY n",
            sql, keys, column->sql, column->sql, sql, sql));
    while (store_step(query)) {
        int first = (int)store_int(query, 0), second = (int)store_int(query, 2);
        DataPlace place;
        At at = load_at(
            load, &place, second, (long)store_int(query, 3), load->info->positions[second][index]);
        diag_add(load->diags, DIAG_E272, &at, column->name, load->files[first].name,
            (long)store_int(query, 1), load->files[second].name, (long)store_int(query, 3));
        refuse_double(load, store_int(query, 4), index);
    }
    store_reset(query);
}

/* Numbers of a kind that has a sum. */
static bool is_added(const Load *load, int index)
{
    const Column *column = &load->info->table.columns[index];
    bool counts = column->type == COLUMN_NUMBER && index != load->period_column &&
                  !load->columns[index].is_key;
    return counts && (column->kind == KIND_FLOW || column->kind == KIND_TARGET);
}

static bool add_up(Load *load, const char *keys)
{
    const Table *table = &load->info->table;
    const char *sums = "";
    for (int i = 0; i < table->column_count; i++) {
        const Column *column = &table->columns[i];
        if (is_added(load, i)) {
            sums = arena_printf(load->scratch, "%s%s%s=(SELECT sum(b.%s) FROM %s b WHERE %s)", sums,
                *sums ? "," : "", column->sql, column->sql, table->sql, same_key(load));
        } else if (column->type == COLUMN_NUMBER && !load->columns[i].is_key) {
            check_same(load, keys, i);
        }
    }
    return !*sums ||
           store_execute(load->store,
               arena_printf(load->scratch,
                   "UPDATE %s SET %s WHERE rowid IN (SELECT min(rowid) FROM %s GROUP BY %s "
                   "HAVING count(*)>1)",
                   table->sql, sums, table->sql, keys));
}

static void note_dropped(Load *load, const char *keys)
{
    static const char *const words[] = {"报错", "首条", "末条", "相加"};
    const char *sql = load->info->table.sql;
    StoreQuery *query = store_prepare(
        load->store, arena_printf(load->scratch,
                         "SELECT count(*),_file,_row,min(rowid) FROM %s WHERE rowid NOT IN "
                         "(SELECT %s FROM %s GROUP BY %s)",
                         sql, kept(load), sql, keys));
    if (store_step(query) && store_int(query, 0) > 0) {
        long dropped = (long)store_int(query, 0);
        DataPlace place;
        At at = load_at(load, &place, (int)store_int(query, 1), (long)store_int(query, 2), -1);
        diag_add(load->diags, DIAG_N212, &at, dropped, words[load->decl->duplicates]);
        load->info->table.row_count -= dropped;
        load->info->table.adds_rows = load->decl->duplicates == DUPLICATES_ADDED;
    }
    store_reset(query);
}

bool load_settle_keys(Load *load, const char *keys)
{
    const char *sql = load->info->table.sql;
    if (load->decl->duplicates == DUPLICATES_REFUSED) {
        tell_duplicates(load, keys);
        return !store_broken(load->store);
    }
    if (load->decl->duplicates == DUPLICATES_ADDED && !add_up(load, keys)) {
        return false;
    }
    note_dropped(load, keys);
    return store_execute(
        load->store, arena_printf(load->scratch,
                         "DELETE FROM %s WHERE rowid NOT IN (SELECT %s FROM %s GROUP BY %s)", sql,
                         kept(load), sql, keys));
}
