/* Loading one declared table, in three passes: load.c reads files and rows, load_head.c finds the
 * header and maps columns, load_types.c settles each column's type from all cells, load_rows.c
 * converts and stores. All that lies here is scratch of one load except TableInfo. */
#ifndef DATA_LOAD_INTERNAL_H
#define DATA_LOAD_INTERNAL_H

#include "base/buf.h"
#include "data/csvread.h"
#include "data/files.h"
#include "data/infer.h"
#include "data/store_internal.h"

/* What the cells of a column looked like, over all files. */
typedef struct Tally {
    long filled, numbers, percents, codes;
    long days, first_days, months, periods, impossible;
    const char *odd_cell; /* the first that is no number, or has the look of a code */
    DataPlace odd_place;
} Tally;

typedef struct LoadColumn {
    Head head;
    const char *text; /* head as written */
    const Indicator *indicator;
    DataPlace place;
    Tally tally;
    int first_file; /* the file that brought it */
    bool is_ratio, is_key;
    /* counted while storing: */
    int decimals;
    long missing, unusual, no_year, guessed;
    DataPlace missing_place, unusual_place, no_year_place, guessed_place;
    const char *unusual_cell, *no_year_cell, *guessed_cell, *no_year_reading, *guessed_reading;
} LoadColumn;

/* A named total (东片合计, 全镇合计) may be of the rows since the last one or of all. */
typedef enum RowKind { ROW_DATA, ROW_SUBTOTAL, ROW_TOTAL, ROW_NAMED_TOTAL } RowKind;

typedef struct LoadRow {
    const char *cells; /* one behind another, NULs between */
    long row;
    int file;
    RowKind kind;
} LoadRow;

typedef struct LoadFile {
    const char *name;
    int *columns;   /* cell → column, -1: a column without a name */
    int cell_count; /* of its header */
    bool faulty;    /* a row is at fault: totals are not compared */
    bool headless;  /* no header was found: its rows are not read */
    int year;       /* of bare months and days: in the file's name, else the period's; 0 none */
} LoadFile;

typedef struct Load {
    Store *store;
    const CsvDecl *decl;
    const Period *period;
    Arena *arena; /* of the store */
    Arena *scratch;
    Diags *diags;
    TableInfo *info;
    LoadFile *files;
    int file_count;
    LoadColumn *columns;
    size_t column_count, column_capacity;
    const char **declared; /* names of the period (first, if has_period) and the keys */
    int declared_count, distinct_count; /* the period is often a key too */
    bool has_period;
    int period_column, *keys, key_count;
    int base_file; /* the first with a header, -1 none yet */
    Buf rows;      /* of LoadRow */
    size_t row_count;
    bool failed;
    bool period_is_text; /* quarters, years: the period column keeps its own type */
} Load;

enum { HEADER_ROWS = 10 }; /* among which the header is looked for */

/* A row kept while the header is not settled. */
typedef struct HeldRow {
    long row;
    int count;
    const char **cells;
} HeldRow;

/* load_head.c */
void load_read_declaration(Load *load);
int load_choose_header(Load *load, const HeldRow *rows, int count);
/* False after a message when the row is data: the file has no header. */
bool load_header(Load *load, int file, const HeldRow *row);

/* load_types.c */
void load_tally(Load *load, const DataPlace *place, int file, LoadColumn *column, const char *cell);
void load_settle(Load *load);

/* load_rows.c */
bool load_store_rows(Load *load);

/* Message at a cell; `column` -1: the row, `row` 0: the file. Marks the load as failed. */
At load_at(Load *load, DataPlace *place, int file, long row, int cell);
LoadRow *load_row(Load *load, size_t index);
/* 合计 总计 小计, with blanks inside too, and what ends so: 东片小计. */
bool load_is_total(const char *cell, RowKind *kind);

#endif
