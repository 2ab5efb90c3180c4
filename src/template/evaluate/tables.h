/* The parts of a table: columns and head, rows with their totals, and what is settled over whole
 * columns when all rows are there. */
#ifndef TEMPLATE_EVALUATE_TABLES_H
#define TEMPLATE_EVALUATE_TABLES_H

#include "template/evaluate/evaluate.h"

/* What the cells of a column are like. */
typedef struct ColumnFacts {
    bool numeric;
    size_t longest;       /* characters */
    const char *words;    /* a cell that is no figure, or NULL */
    const char *negative; /* a cell below zero, or NULL */
    bool plain;           /* figures that may be added up as they are printed … */
    bool odd;             /* … but for one that may not (12%, 5.5万, a text) */
    bool too_large;       /* … but their sum has too many digits */
    bool grouped;         /* in thousands */
    int decimals;         /* the most that are printed */
    Decimal sum;
} ColumnFacts;

/* A table under way. */
typedef struct TableWork {
    Paper *paper;
    const Node *node;
    const Scope *scope; /* round the table */
    const Node **cols;  /* in order; NULL: a static table without col */
    ColumnFacts *facts; /* one a column */
    Groups *times;      /* one a column: the periods of its spark, the same ones for each row */
    Groups groups;      /* of a table of data */
    DocTable *table;
} TableWork;

/* The col elements of a table in order, those of colgroups too, however deep. Returns how many. */
int collect_columns(Paper *paper, const Node *table, const Node ***cols);
/* What a cell holds; NULL of a blank text. */
Inline *text_content(Paper *paper, const char *text, At at);
/* A count of rows or a place among them (序号, 排名) is no figure to be added up. */
bool column_is_place(const Node *col);
/* What a column is called in messages: its head, else the words of its value. */
const char *column_name(TableWork *work, int column);
/* Head cells of the columns, a row more for each level of colgroups. */
void evaluate_head(TableWork *work);
/* Alignment, where the template is silent as the facts have it, and widths. */
void settle_columns(TableWork *work);

/* spark= of a column: the periods, asked once; then the cell of a row, subtotal or total, named after
 * the row. */
bool column_is_spark(const Node *col);
void list_times(TableWork *work);
Cell spark_cell(TableWork *work, int column, const Scope *scope, const char *row);

/* Rows of data, subtotals, fillers, totals. */
void evaluate_rows(TableWork *work);
/* Blank rows up to rows=. `body` rows are there; returns how many were added at `rows`. */
int fill_rows(TableWork *work, int body, TableRow *rows);
/* How many rows rows= asks for, 0: no matter. */
int rows_wanted(const Node *table);
/* A table written row by row. False after a message. */
bool evaluate_grid(TableWork *work);

/* col merge=: equal neighbours become one cell. */
void merge_columns(TableWork *work);
/* col bar=. */
void draw_bars(TableWork *work);
/* total page=: which columns have a sum at the foot of each page. */
void sum_pages(TableWork *work);

#endif
