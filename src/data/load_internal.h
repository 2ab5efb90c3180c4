/* Loading one declared table, in three passes: load.c reads files and rows, load_head.c finds the
 * header, load_columns.c maps its cells (and what the file's name tells) to columns, load_heads.c
 * compares the files' headers; load_types.c
 * settles each column's type from all cells; load_rows.c converts and stores with load_cells.c, and
 * load_keys.c looks for rows of one key. All that lies here is scratch of one load except
 * TableInfo. */
#ifndef DATA_LOAD_INTERNAL_H
#define DATA_LOAD_INTERNAL_H

#include "base/buf.h"
#include "base/map.h"
#include "data/csvread.h"
#include "data/declare.h"
#include "data/files.h"
#include "data/infer.h"
#include "data/store_internal.h"

/* What the cells of a column looked like, over all files. */
typedef struct Tally {
    long filled, numbers, percents, codes, with_units;
    long days, first_days, months, periods, impossible;
    const char *odd_cell; /* the first that is no number, or has the look of a code */
    const char *bare_cell; /* the first number without % */
    DataPlace odd_place, bare_place;
} Tally;

/* A column's name as one of the files has it. */
typedef struct HeadCell {
    const struct HeadCell *next;
    Head head;
    DataPlace place;
    int file;
} HeadCell;

typedef struct LoadColumn {
    Head head;
    HeadCell *heads, *last_head; /* in the order of the files; those taken from names are none */
    const char *text;            /* head as written */
    const char *lower;           /* of a head of two rows: its lower part, else NULL */
    const Indicator *indicator;  /* declared and catalogue in one, NULL: neither */
    const ColumnDecl *decl;      /* NULL: not declared */
    const Indicator *catalogued; /* what the catalogue says, whose limits warn only */
    const char *cell_unit;       /* a unit met in the cells of a column that names none */
    bool mixed_units;
    DataPlace place;
    Tally tally;
    int first_file; /* the file that brought it */
    bool is_ratio, is_key;
    /* counted while storing: */
    int decimals;
    long missing, zeros, unusual, no_year, guessed, dittos, closed, whole_percents;
    DataPlace missing_place, unusual_place, no_year_place, guessed_place, ditto_place, closed_place;
    DataPlace fraction_place;
    const char *unusual_cell, *no_year_cell, *guessed_cell, *no_year_reading, *guessed_reading;
    const char *ditto_cell, *closed_cell, *closed_reading;
    const char *fraction_cell; /* the first 0.95 under (%), while whole_percents (95) is 0 */
} LoadColumn;

/* A named total (东片合计, 全镇合计) may be of the rows since the last one or of all. */
typedef enum RowKind {
    ROW_DATA,
    ROW_SUBTOTAL,
    ROW_TOTAL,
    ROW_NAMED_TOTAL,
    ROW_RAGGED /* of too few or too many cells: kept in a draft alone */
} RowKind;

typedef struct LoadRow {
    const char *cells; /* one behind another, NULs between */
    long row;
    int file, count; /* of its cells */
    RowKind kind;
} LoadRow;

/* What the file's name tells for a column. */
typedef struct NameCell {
    int column;
    const char *text;
    bool beside; /* the file has the column too: its cells must agree */
} NameCell;

typedef struct LoadFile {
    const char *name;
    const char **captured; /* of the {…} in files=, in the order of Files.columns */
    NameCell *name_cells;
    int name_cell_count;
    int *columns;   /* cell → column, -1: a column without a name */
    int cell_count; /* of its header */
    long head_row;  /* 0: none was found */
    bool faulty;    /* a row is at fault: totals are not compared */
    bool headless;  /* no header was found: its rows are not read */
    bool lost;      /* all or the rest of it could not be read */
    bool dated, one_period; /* load_faults.c: whether, and that, its rows share a period … */
    int first_day, last_day; /* … of these days */
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
    Map *rules;                  /* name or alias → ColumnDecl */
    const char *const *captured; /* names of the columns that files= takes from file names */
    int captured_count;
    int period_column, *keys, key_count;
    int base_file; /* the first with a header, -1 none yet */
    Buf rows;      /* of LoadRow */
    size_t row_count;
    bool failed;
    bool draft;          /* what is at fault is noted (load_faults.c) and does not fail the load */
    bool misdeclared;    /* the template is wrong, not the data */
    int64_t fault_count; /* rows that are in the table of faults alone */
    bool period_is_text; /* quarters, years: the period column keeps its own type */
} Load;

enum { HEADER_ROWS = 10 }; /* among which the header is looked for */

/* A row kept while the header is not settled. */
typedef struct HeldRow {
    long row;
    int count;
    const char **cells;
} HeldRow;

typedef struct Header {
    HeldRow row;        /* names as written; two rows joined, the units of a third in brackets */
    const char **lower; /* per cell: the lower of two joined names, else NULL */
    int titles;         /* held rows above it */
    int next;           /* the first held row behind it */
    long second, units; /* rows: of the second row of names, of the units; 0: none */
    const char *title_unit; /* 单位：万元 above the head, NULL: none */
} Header;

/* load_head.c */
/* False after a message: header= names a row that is not there. */
bool load_choose_header(Load *load, int file, const HeldRow *rows, int count, Header *out);
bool load_is_blank(const char *cell);

/* load_declared.c: names of period= and key=, <column> and catalogue made one set of rules */
void load_read_declaration(Load *load);

/* load_columns.c */
/* Whether a name is one that is looked for: declared, in the catalogue, period or key (*asked), or
 * a column of an earlier file. */
bool load_is_known(Load *load, const char *name, bool *asked);
Head load_canonical(Load *load, Arena *arena, const char *cell, const ColumnDecl **decl);
/* False after a message when the row is data: the file has no header. */
bool load_header(Load *load, int file, const Header *header);
bool load_file_has(const LoadFile *file, int column);
/* The name of the file's columns that is nearest to this one; NULL: none is near. */
const char *load_nearest_head(Load *load, const LoadFile *file, const char *name);
/* What the file's name tells for a column, NULL: nothing. */
const NameCell *load_name_cell(const LoadFile *file, int column);

/* load_heads.c */
/* When all headers are read: tells which files have other columns or units than most. */
void load_compare_heads(Load *load);

/* load_types.c */
void load_tally(Load *load, const DataPlace *place, int file, LoadColumn *column, const char *cell);
void load_settle(Load *load);

/* load_cells.c */

/* The cell in hand. */
typedef struct Cell {
    Load *load;
    const LoadRow *row;
    int index, column; /* in the row (-1: from the file's name), in the table */
    const char *text;
} Cell;

LoadColumn *cell_column(const Cell *cell);
At cell_at(const Cell *cell, DataPlace *place);
/* The text of a cell in a message. */
const char *cell_shown(const Cell *cell);
/* False after a message when the cell is not what its column holds. */
bool cell_number(const Cell *cell, int64_t *out);
bool cell_date(const Cell *cell, DateCell *date);
bool cell_text(const Cell *cell, const char **out);
/* The cell says what the file's name says. */
bool cell_agrees(const Cell *cell, const NameCell *name);

/* load_rows.c */
bool load_store_rows(Load *load);

/* load_rows.c */
/* A flow, by its name too: what a row 合计 is compared in. */
bool load_adds_up(const Column *column);

/* load_suspects.c */
/* Warns of what each cell for itself does not show: merged cells, a total under another name. */
void load_tell_suspects(Load *load);

/* load_ratio.c */
/* The parts of each ratio that the catalogue names. A missing one is a message. */
void load_settle_ratios(Load *load);
/* Warns of rows that have only one of the two parts. */
void load_tell_ratios(Load *load);

/* load_keys.c */
/* The SQL columns that make a row one of its kind: “c1,_p0,_p1”; "" for none. */
const char *load_key_columns(Load *load);
/* Rows of one key: told, or made one as duplicates= says. False when the medium failed. */
bool load_settle_keys(Load *load, const char *keys);

/* load_faults.c: what a draft goes without. Of the row stored last these columns are faulty; `whole`:
 * the row itself is none. False where it left the table: its key or period is not known. */
bool fault_last_row(Load *load, const bool *bad, bool whole);
/* One key in several rows: nothing else of it is sure; of rows added up, this column (-1: none). */
void fault_double_row(Load *load, int64_t rowid, int column);
/* A row, or all rows (row 0), of which nothing is known. */
void fault_rows(Load *load, int file, long row);
/* The file's own total of a column is another one. Like fault_rows and fault_period_of_file, when
 * all sound rows are stored. */
void fault_total(Load *load, int file, long row, int column);
void fault_lost_files(Load *load);
/* A cell of a ragged row that says what it is: a period, a unit of the roster. */
bool fault_is_known(const Cell *cell);
/* The one period (first and last day) that all rows read of a file have, or that its name tells. */
bool fault_period_of_file(Load *load, int file, int *first, int *last);

/* The load fails for a fault that a draft notes. */
static inline void load_refuse(Load *load)
{
    load->failed = load->failed || !load->draft;
}

/* Message at a cell; `column` -1: the row, `row` 0: the file. Marks the load as failed. */
At load_at(Load *load, DataPlace *place, int file, long row, int cell);
LoadRow *load_row(Load *load, size_t index);
/* 合计 总计 小计, with blanks inside too, and what ends so: 东片小计. */
bool load_is_total(const char *cell, RowKind *kind);

#endif
