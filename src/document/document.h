/* The document tree: what one paper says, in order, with all figures worked out and worded. No
 * placeholders, no conditions, no styles beyond the names of elements; texts are final UTF-8.
 * evaluate builds it, typeset reads it. Everything belongs to the arena it was made in. Each piece
 * keeps its place for messages. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stdio.h>
#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/span.h"

typedef enum InlineKind { INLINE_TEXT, INLINE_BREAK, INLINE_NOTE } InlineKind;

typedef struct Inline {
    InlineKind kind;
    const char *text;    /* INLINE_TEXT */
    bool bold;           /* <b>: set in 黑体 */
    int note_number;     /* INLINE_NOTE: counted through the paper from 1 */
    struct Inline *note; /* INLINE_NOTE: its content */
    At at;               /* the template's text or value, and the cell it came from if one */
    struct Inline *next;
} Inline;

typedef enum BlockKind {
    BLOCK_TITLE,
    BLOCK_BYLINE,
    BLOCK_DATE,
    BLOCK_TO,
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_TABLE,
    BLOCK_CHART,
    BLOCK_SIGN
} BlockKind;

typedef enum Align {
    ALIGN_AUTO,
    ALIGN_LEFT,
    ALIGN_CENTRE,
    ALIGN_RIGHT,
    ALIGN_DECIMAL,
    ALIGN_JUSTIFY
} Align;

typedef struct Cell {
    Inline *content;      /* NULL: empty */
    int column, row;      /* head cells: position in the head; body cells: column only */
    int colspan, rowspan; /* ≥ 1 */
} Cell;

typedef struct TableColumn {
    Align align;        /* never ALIGN_AUTO: evaluate settles it (numbers ALIGN_DECIMAL) */
    double width_cells; /* declared width in 字 (3号 cells of 5.5714 mm), 0 = solve from content */
} TableColumn;

typedef struct TableRow {
    Cell *cells; /* one per column, or fewer with colspans */
    int cell_count;
    bool is_total;
} TableRow;

typedef struct DocTable {
    int number;       /* 表1 …; 0: without caption, unnumbered */
    Inline *caption;  /* without "表1　"; may be NULL */
    const char *unit; /* of the unit line, with or without 单位：; or NULL */
    TableColumn *columns;
    int column_count;
    int head_rows;
    Cell *head;
    int head_cell_count;
    TableRow *rows;
    int row_count;
} DocTable;

typedef enum ChartKind {
    CHART_BAR,
    CHART_LINE,
    CHART_PIE
} ChartKind; /* 柱 折线 饼; more with a later issue */

typedef struct ChartPoint {
    bool missing; /* a gap, not zero */
    Decimal value;
    const char *label; /* as printed, e.g. 42.5 or 12.3% */
} ChartPoint;

typedef struct ChartSeries {
    const char *name;
    ChartPoint *points; /* one per category */
} ChartSeries;

typedef struct DocChart {
    ChartKind kind;
    int number; /* 图1 … */
    Inline *caption;
    const char *unit; /* at the axis, or NULL */
    bool percent;     /* values are ratios, the axis is labelled in % */
    bool labels;      /* value labels on */
    const char **categories;
    int category_count;
    ChartSeries *series;
    int series_count;
    double height_lines; /* wished height in 行, 0 = default */
    At at;
} DocChart;

typedef struct DocSign {
    Inline *unit, *date;
} DocSign;

typedef struct Block {
    BlockKind kind;
    int level;          /* heading 1–4 */
    const char *number; /* heading or list label, e.g. "一、" "（一）" "1." ; printed before the
                           content; may be NULL */
    bool run_in; /* heading that ends in 。: the paragraph follows on the same line in its `content`
                    tail */
    Inline *content;     /* title, byline, date, to, heading, paragraph */
    Inline *tail;        /* run-in heading: the following paragraph's content, in the body face */
    Align align;         /* paragraph: ALIGN_AUTO = justified */
    double indent_cells; /* first-line indent in 字, -1 = the form's default (2) */
    DocTable *table;
    DocChart *chart;
    DocSign *sign;
    At at;
    struct Block *next;
} Block;

typedef enum DocForm { FORM_REPORT /* 汇报 */ } DocForm;

typedef struct Document {
    DocForm form;
    Block *first, *last;
    const char *title, *author; /* plain text, for the metadata */
    Date date; /* of the paper: --date, SOURCE_DATE_EPOCH or the period's last day */
} Document;

/* Appends; returns the new, zeroed element. */
Block *document_add(Arena *arena, Document *document, BlockKind kind);
Inline *inline_text(Arena *arena, const char *text, At at);
/* All text of an inline list joined, breaks as nothing, notes left out. */
char *inline_plain(Arena *arena, const Inline *first);
/* A dump with one element a line, for tests and --dump doc. */
void document_dump(const Document *document, FILE *out);

#endif
