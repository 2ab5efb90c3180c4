/* What a draft (language.md 7) goes without. A table with faults has a second one beside it,
 * t0_faults, with the same columns and three more; store.h says what they mean. A row whose key and
 * period are known stays in the table, its faulty cells empty; any other is in t0_faults alone,
 * under a negative rowid, so that no row has its number. */
#include <string.h>
#include "data/filename.h"
#include "data/load_internal.h"

static const char ROW_UNSURE[] = ",r,";

static bool make_table(Load *load)
{
    Table *table = &load->info->table;
    const char *name = arena_printf(load->arena, "%s_faults", table->sql);
    Buf sql = {0};
    buf_addf(&sql, "CREATE TABLE %s(", name);
    for (int i = 0; i < table->column_count; i++) {
        buf_addf(&sql, "c%d,", i);
    }
    buf_adds(&sql, "_p0,_p1,_file,_row,_unsure,_bad,_loose)");
    bool made = store_execute(load->store, sql.data);
    buf_free(&sql);
    table->faults = made ? name : NULL;
    return made;
}

static bool ready(Load *load)
{
    return load->info->table.faults || make_table(load);
}

/* A row of the table as it stands there: under its own number, or apart. */
static void copy_row(Load *load, int64_t rowid, bool apart, const char *unsure, const char *bad)
{
    const Table *table = &load->info->table;
    if (!ready(load)) {
        return;
    }
    Buf sql = {0};
    buf_addf(&sql, "INSERT INTO %s(rowid,", load->info->table.faults);
    for (int i = 0; i < table->column_count; i++) {
        buf_addf(&sql, "c%d,", i);
    }
    buf_addf(&sql,
        "_p0,_p1,_file,_row,_unsure,_bad,_loose) SELECT ?1,*,"
        "?2||CASE WHEN _p0 IS NULL THEN 'p,' ELSE '' END,?3,0 FROM %s WHERE rowid=?4",
        table->sql);
    StoreQuery *query = store_prepare(load->store, sql.data);
    buf_free(&sql);
    store_bind_int(query, 1, apart ? -++load->fault_count : rowid);
    store_bind_text(query, 2, unsure);
    store_bind_text(query, 3, bad);
    store_bind_int(query, 4, rowid);
    store_step(query);
    store_reset(query);
}

/* ",0,1,2,": all columns but those that are `known`. */
static const char *all_but(Load *load, const bool *known)
{
    Buf list = {0};
    buf_adds(&list, ",");
    for (int i = 0; i < load->info->table.column_count; i++) {
        if (!known || !known[i]) {
            buf_addf(&list, "%d,", i);
        }
    }
    const char *copy = arena_strdup(load->scratch, list.data);
    buf_free(&list);
    return copy;
}

static int64_t last_rowid(Load *load)
{
    StoreQuery *query = store_prepare(load->store,
        arena_printf(load->scratch, "SELECT max(rowid) FROM %s", load->info->table.sql));
    int64_t rowid = store_step(query) ? store_int(query, 0) : 0;
    store_reset(query);
    return rowid;
}

static void drop_row(Load *load, int64_t rowid)
{
    StoreQuery *query = store_prepare(load->store,
        arena_printf(load->scratch, "DELETE FROM %s WHERE rowid=?1", load->info->table.sql));
    store_bind_int(query, 1, rowid);
    store_step(query);
    store_reset(query);
}

bool fault_last_row(Load *load, const bool *bad, bool whole)
{
    const char *list = ",";
    bool placed = whole;
    for (int i = 0; i < load->info->table.column_count; i++) {
        if (bad[i]) {
            list = arena_printf(load->scratch, "%s%d,", list, i);
            placed = placed && !load->columns[i].is_key && i != load->period_column;
        }
    }
    int64_t rowid = last_rowid(load);
    copy_row(load, rowid, !placed, list, placed ? list : ROW_UNSURE);
    if (!placed) {
        drop_row(load, rowid);
    }
    return placed;
}

void fault_double_row(Load *load, int64_t rowid, int column)
{
    bool *known = ARENA_ARRAY(load->scratch, bool, load->info->table.column_count + 1);
    for (int i = 0; i < load->key_count; i++) {
        known[load->keys[i]] = true;
    }
    if (load->period_column >= 0) {
        known[load->period_column] = true;
    }
    const char *one = column < 0 ? NULL : arena_printf(load->scratch, ",%d,", column);
    copy_row(load, rowid, true, one ? one : all_but(load, known), one ? one : ",d,");
}

/* ---- what is known of a file alone ---- */

/* The period that all rows read of a file have, else the one that its name tells. A file that could
 * not be read at all is believed its name: 月报-2024-05.csv holds that month. */
static bool find_period(Load *load, int file, int *first, int *last)
{
    Period named;
    StoreQuery *query = store_prepare(
        load->store, arena_printf(load->scratch,
                         "SELECT count(*),min(_p0),max(_p0),min(_p1),max(_p1) FROM %s "
                         "WHERE _file=?1",
                         load->info->table.sql));
    store_bind_int(query, 1, file);
    bool rows = store_step(query) && store_int(query, 0) > 0;
    bool one = rows && !store_is_null(query, 1) && store_int(query, 1) == store_int(query, 2) &&
               store_int(query, 3) == store_int(query, 4);
    *first = (int)store_int(query, 1);
    *last = (int)store_int(query, 3);
    store_reset(query);
    if (!rows && load->period_column >= 0 &&
        filename_period(load->files[file].name, load->files[file].year, &named)) {
        *first = date_days(named.first);
        *last = date_days(named.last);
        one = true;
    }
    return one;
}

bool fault_period_of_file(Load *load, int file, int *first, int *last)
{
    LoadFile *here = &load->files[file];
    if (!here->dated) {
        here->one_period = find_period(load, file, &here->first_day, &here->last_day);
        here->dated = true;
    }
    *first = here->first_day;
    *last = here->last_day;
    return here->one_period;
}

static void add_bare(Load *load, int file, long row, const char *bad, bool loose)
{
    int first, last;
    bool period = fault_period_of_file(load, file, &first, &last);
    if (!ready(load)) {
        return;
    }
    StoreQuery *query = store_prepare(load->store,
        arena_printf(load->scratch,
            "INSERT INTO %s(rowid,_p0,_p1,_file,_row,_unsure,_bad,_loose) "
            "VALUES(?1,?2,?3,?4,?5,?6||CASE WHEN ?2 IS NULL THEN 'p,' ELSE '' END,?7,?8)",
            load->info->table.faults));
    store_bind_int(query, 1, -++load->fault_count);
    if (period) {
        store_bind_int(query, 2, first);
        store_bind_int(query, 3, last);
    }
    store_bind_int(query, 4, file);
    store_bind_int(query, 5, row);
    store_bind_text(query, 6, all_but(load, NULL));
    store_bind_text(query, 7, bad);
    store_bind_int(query, 8, loose);
    store_step(query);
    store_reset(query);
}

void fault_rows(Load *load, int file, long row)
{
    add_bare(load, file, row, ROW_UNSURE, false);
}

void fault_total(Load *load, int file, long row, int column)
{
    add_bare(load, file, row, arena_printf(load->scratch, ",%d,", column), true);
}

void fault_lost_files(Load *load)
{
    for (int i = 0; load->draft && i < load->file_count; i++) {
        if (load->files[i].lost) {
            fault_rows(load, i, 0);
        }
    }
}

/* ---- a row of too few or too many cells ---- */

bool fault_is_known(const Cell *cell)
{
    Load *load = cell->load;
    DateCell date;
    if (cell->column == load->period_column) {
        DateForm form = infer_date(cell->text, load->files[cell->row->file].year, true, &date);
        return form == DATE_DAY || form == DATE_MONTH || form == DATE_PERIOD;
    }
    return load->columns[cell->column].is_key &&
           store_roster_order(load->store, infer_text(load->scratch, cell->text)) >= 0;
}
