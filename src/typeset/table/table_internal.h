/* What the files of the table module share: measured cells, rows and columns. Nothing outside
 * typeset/table/ includes this. Order of work: table_measure (natural widths) → table_columns
 * (widths solved) → table_break (cells broken into lines, row heights) → table_place. All texts are
 * shaped once per size tried. */
#ifndef TYPESET_TABLE_INTERNAL_H
#define TYPESET_TABLE_INTERNAL_H

#include "typeset/caption.h"
#include "typeset/table/table.h"

/* One setting of a table: tried from the roomiest on. */
typedef struct TableStyle {
    Length size, leading;
    Length padding; /* left and right of a cell's text */
    Length space;   /* above and below, together */
    int head_lines; /* at most */
} TableStyle;

typedef struct CellBox {
    const Cell *cell;
    const char *text;  /* one plain line; NULL when `pieces` or empty */
    TextPiece *pieces; /* styled text, or text with forced breaks */
    TextLines *lines;  /* set when the cell is broken into lines */
    Length indent;     /* of the lines: a balanced head is broken to less than the cell's width */
    Length width;      /* natural, of one line */
    Length stem, unit; /* of a head like 面积（亩）: widths of its two parts; 0: not of that kind */
    Length whole; /* of a number: what stands in front of its decimal point; -1: not a number */
} CellBox;

typedef struct RowBox {
    CellBox *cells;
    int cell_count;
    Length height;
    Role role;
    int *owner; /* per column the number of the spanning cell that covers it, 0: none; NULL: nothing
                   spans here */
    bool glued; /* a cell reaches into the next row: never parted from it */
} RowBox;

typedef struct ColumnBox {
    Align align;
    Length left, width;
    Length whole, fraction; /* of its numbers: widest part before, and from, the decimal point */
    Length body, head;      /* natural width of its texts, without padding */
    Length stem, unit;      /* natural widths of the parts of its heads that carry a unit */
    Length token;           /* widest unbreakable piece of a text or head */
    bool numeric;           /* has numbers, which never break */
    bool declared;
} ColumnBox;

struct TableLayout {
    Typesetter *ts;
    const DocTable *table;
    Length measure;
    Length left, width; /* of the ruled part within the measure */
    const TableStyle *style;
    ColumnBox *columns;
    RowBox *head, *rows;
    Caption caption;
    Length head_height;
};

TextStyle table_text_style(const TableLayout *layout, Role role);

void table_measure(TableLayout *layout);
/* Solves the column widths. `strict`: without breaking short texts. False (no message) if it cannot
 * be done. */
bool table_columns(TableLayout *layout, bool strict);
/* The least width possible, for the message. */
Length table_least_width(const TableLayout *layout);
void table_break(TableLayout *layout);
/* Width of `count` columns from `first` on. */
Length table_span_width(const TableLayout *layout, int first, int count);

/* The rules of the rows head[0 … head_rows) and rows[from … to), the first one's top edge at `top`.
 */
void table_rules(
    Arena *arena, Page *page, const TableLayout *layout, int from, int to, Length x, Length top);
#endif
