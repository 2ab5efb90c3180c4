/* The figures of one row. A table of rows asks each of its columns in each row: the cells of a row
 * are read by one statement, where an aggregate over it would be one for each cell. */
#include <stdio.h>
#include <string.h>
#include "template/value/sql.h"

enum { CELLS_BEFORE = 2 /* _file, _row */, ANSWER_CELLS = 8 };

/* The row of a table that was asked last. */
typedef struct RowCells {
    const char *select;
    bool read;
    int64_t rowid;
    Bound *cells;
    char *texts; /* of the cells */
    size_t room;
    Bound answer[ANSWER_CELLS];
} RowCells;

bool row_is_asked(const RowSet *rows, const Column *column)
{
    return rows->frame && rows->frame->is_row && !rows->frame_moved && !rows->filters &&
           !rows->table->faults && table_owns(rows->table, column);
}

static RowCells *cells_new(Engine *engine, const Table *table)
{
    Buf text = {0};
    RowCells *row = ARENA_NEW(engine->arena, RowCells);
    row->cells = ARENA_ARRAY(engine->arena, Bound, CELLS_BEFORE + table->column_count);
    buf_adds(&text, "SELECT _file,_row");
    for (int i = 0; i < table->column_count; i++) {
        buf_addf(&text, ",%s", table->columns[i].sql);
    }
    buf_addf(&text, " FROM %s WHERE rowid=?", table->sql);
    row->select = arena_strdup(engine->arena, text.data);
    buf_free(&text);
    return row;
}

static RowCells *cells_of(Engine *engine, const Table *table)
{
    char name[64];
    snprintf(name, sizeof name, "row of %s", table->sql);
    RowCells *row = map_find(engine->scans, name);
    if (!row) {
        row = cells_new(engine, table);
        map_put(engine->scans, name, row);
    }
    return row;
}

/* Room for the texts of all cells: that of the row before serves again. */
static char *room_for_texts(Engine *engine, RowCells *row, StoreQuery *query, int width)
{
    size_t length = 0;
    for (int i = 0; i < width; i++) {
        length += store_is_text(query, i) ? strlen(store_text(query, i)) + 1 : 0;
    }
    if (length > row->room) {
        row->room = 2 * length;
        row->texts = arena_alloc(engine->arena, row->room);
    }
    return row->texts;
}

static void read_cells(Engine *engine, RowCells *row, int64_t rowid)
{
    StoreQuery *query = store_prepare(engine->store, row->select);
    store_bind_int(query, 1, rowid);
    (void)store_step(query); /* a row that was listed is there */
    int width = store_width(query);
    char *text = room_for_texts(engine, row, query, width);
    for (int i = 0; i < width; i++) {
        row->cells[i] = (Bound){.kind = BOUND_NULL};
        if (store_is_text(query, i)) {
            size_t size = strlen(store_text(query, i)) + 1;
            row->cells[i] = (Bound){.kind = BOUND_TEXT, .text = text};
            text = (char *)memcpy(text, store_text(query, i), size) + size;
        } else if (!store_is_null(query, i)) {
            row->cells[i] = (Bound){.kind = BOUND_INT, .number = store_int(query, i)};
        }
    }
    store_reset(query);
    row->read = true;
    row->rowid = rowid;
}

/* As sql_from does for the rows of a statement. */
static void tell(const RowSet *rows)
{
    figure_tell_sifted(rows);
    rows->context.engine->period_uses += rows->table->period_column >= 0;
}

static RowCells *ask(const RowSet *rows)
{
    Engine *engine = rows->context.engine;
    RowCells *row = cells_of(engine, rows->table);
    tell(rows);
    if (!row->read || row->rowid != rows->frame->rowid) {
        read_cells(engine, row, rows->frame->rowid);
    }
    row->answer[0] = (Bound){.kind = BOUND_INT, .number = 1}; /* count(*) */
    return row;
}

static const Bound *cell_of(const RowCells *row, const RowSet *rows, const Column *column)
{
    return &row->cells[CELLS_BEFORE + (column - rows->table->columns)];
}

const Bound *row_totals(const RowSet *rows, const Column *column)
{
    RowCells *row = ask(rows);
    const Bound *cell = cell_of(row, rows, column);
    const int64_t parts[] = {
        cell->kind != BOUND_NULL, cell->number / 1000000, cell->number % 1000000};
    row->answer[1] = row->cells[0];
    row->answer[2] = row->cells[1];
    for (int i = 0; i < 3; i++) {
        row->answer[3 + i] = (Bound){.kind = BOUND_INT, .number = parts[i]};
    }
    row->answer[6] = row->answer[7] = *cell;
    return row->answer;
}

const Bound *row_agreed(const RowSet *rows, const Column *column)
{
    RowCells *row = ask(rows);
    Bound cell = *cell_of(row, rows, column);
    if (cell.kind == BOUND_TEXT) {
        cell.text = arena_strdup(rows->context.engine->arena, cell.text);
    }
    row->answer[1] = row->answer[2] = cell;
    row->answer[3] = row->cells[0];
    row->answer[4] = row->cells[1];
    return row->answer;
}
