/* What the files of the table module share: measured cells, rows and columns. Nothing outside
 * typeset/table/ includes this. Order of work: table_measure (natural widths) → table_columns
 * (widths solved) → table_break (cells broken into lines, row heights) → table_place (ends of
 * pages: part.c; marks: place.c, rules.c). All texts are shaped once per size tried. */
#ifndef TYPESET_TABLE_INTERNAL_H
#define TYPESET_TABLE_INTERNAL_H

#include "typeset/caption.h"
#include "typeset/chart/spark.h"
#include "typeset/table/table.h"

/* Characters of a text that may well break. */
enum { LONG_TEXT = 8 };

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
    TextLines *lines;  /* set when the cell is broken into lines, and of a number with a note */
    Length indent;     /* of the lines: a balanced head is broken to less than the cell's width */
    Length width;      /* natural, of one line */
    Length stem, unit; /* of a head like 面积（亩）: widths of its two parts; 0: not of that kind */
    Length whole; /* of a number: what stands in front of its decimal point; -1: not a number */
    Role role;
    int tag; /* once its row is on paper */
} CellBox;

typedef struct RowBox {
    CellBox *cells;
    int cell_count;
    Length height;
    Role role;
    int *owner;      /* per column the number of the spanning cell that covers it (in
                        TableLayout.spans), 0: none; NULL: nothing spans here */
    bool glued;      /* never parted from the next row */
    bool tall;       /* may be parted between lines */
    int lines;       /* that it has room for */
    int lines_above; /* sum of those of the rows above */
    int place;       /* of its top: rows above count 1, tall ones their lines */
    int64_t top;     /* sum of the heights above */
} RowBox;

/* A cell over several columns or rows. */
typedef struct Spanning {
    const CellBox *box;
    RowBox *rows;   /* of the head, or of the body */
    int first, end; /* those it covers */
    Length height;  /* of its text, with the space above and below */
    bool upright;   /* over rows of the body */
    bool repeats;   /* printed again in each part */
    bool flows;     /* too high for one part: its lines go from row to row */
} Spanning;

typedef struct ColumnBox {
    Align align;
    Length left, width;
    Length whole, fraction; /* of its numbers: widest part before, and from, the decimal point */
    Length body, head;      /* natural width of its texts (body: and bars), without padding */
    Length stem, unit;      /* natural widths of the parts of its heads that carry a unit */
    Length token;           /* widest unbreakable piece of a text or head */
    Length fair;            /* widest of the texts of at most eight characters … */
    int texts, long_texts;  /* … and how many there are, of all and of longer ones */
    Length spark;           /* width of its sparks; 0: none */
    SparkRange sparks;      /* their figures */
    Length bar;             /* room in `body` for bars right of the figures; 0: none */
    bool numeric;           /* has numbers, which never break */
    bool declared;
} ColumnBox;

/* What stands below the table: a text each. */
typedef struct TableFoot {
    TextLines **texts;
    int count;
    Length size, leading, height; /* height: 0 without */
} TableFoot;

/* The table as it is read. */
typedef struct TableTag {
    int table;
    int first_name, last_name; /* columns with the names of the rows; -1: none */
} TableTag;

struct TableLayout {
    Typesetter *ts;
    const DocTable *table;
    bool landscape;
    Length measure, page_height; /* of the type area */
    Length left, width;          /* of the ruled part within the measure */
    const TypeArea *area;
    TableStyle fixed; /* where the office has settled the size; else of size 0 */
    const TableStyle *style;
    ColumnBox *columns;
    RowBox *head, *rows;
    RowBox *page_total; /* the sum at the foot of each page; NULL: none */
    Spanning *spans;    /* by number, from 1 */
    size_t span_count, span_capacity;
    Caption caption;
    TableFoot foot;
    Length head_height;
    Length room;         /* for rows on a page of their own */
    int places;          /* of all rows */
    TableTag *tag;       /* once it is on paper */
    int first_end;       /* of the places that must stand below the first head, … */
    Length first_height; /* … height with caption, head and the page's sum */
};

/* Bars beside figures, in half ems: the least and the greatest length of the longest, and the gap.
 */
enum { BAR_LEAST = 6, BAR_MOST = 12, BAR_GAP = 1 };

/* A row on a page, or the lines first … end-1 of a tall one. */
typedef struct Strip {
    const RowBox *row;
    int index; /* of the row: in the head, or in the body; -1: the page's sum */
    int first, end;
    Length height;
} Strip;

/* tag.c: what it is that is put (PDF/UA-1). The table comes on paper: its caption and the unit are
 * tagged from now on. */
void table_tag(const TableLayout *layout, Pages *pages, Page *page);
/* A row comes on paper: it and its cells get their tags. `head`: of the columns. */
void table_tag_row(const TableLayout *layout, Pages *pages, const RowBox *row, bool head);

Role table_role(TableRowKind kind);
/* That of one of its cells: the figures of subtotals look like those of the body. */
Role table_cell_role(TableRowKind kind, const Cell *cell);
TextStyle table_text_style(const TableLayout *layout, Role role);
/* The place for messages: the first text of the table that has one. */
At table_at(const DocTable *table);

/* measure.c: natural widths. False after a message (sums that are too large). */
bool table_measure(TableLayout *layout);
/* Width of its text, and whether it is a number. */
void table_measure_text(const TableLayout *layout, CellBox *box, Role role);
bool table_has_bar(const TableLayout *layout, const Cell *cell);
/* Widths of one cell, and what its column learns of it. */
void table_measure_body(TableLayout *layout, CellBox *box, Role role);
/* Marks the columns that spanning cells cover, so that no rule runs through them. */
void table_mark_spans(TableLayout *layout, RowBox *rows, int row_count, bool body);

/* columns.c. Solves the column widths. `strict`: without breaking short texts. False (no message)
 * if it cannot be done. */
bool table_columns(TableLayout *layout, bool strict);
/* The least width possible, for the message. */
Length table_least_width(const TableLayout *layout);
/* Width of `count` columns from `first` on. */
Length table_span_width(const TableLayout *layout, int first, int count);

/* cells.c: breaks a cell into lines, unless it stands on one. `head`: with lines of like length. */
void table_break_cell(TableLayout *layout, CellBox *box, Role role, bool head);
TextLines *table_cell_lines(
    Typesetter *ts, const CellBox *box, const TextStyle *style, Length measure, Align align);
/* Where the unit of a head like 生活垃圾（吨） begins; NULL: it has none. */
const char *table_unit_start(const char *text);

/* rows.c: heights, and how rows may be parted. */
void table_break_head(TableLayout *layout);
void table_break_body(TableLayout *layout);
int table_line_count(const CellBox *box);
/* Height of lines first … end-1 of a row. */
Length table_part_height(const TableLayout *layout, const RowBox *row, int first, int end);

/* page_total.c: the sum at the foot of each page. */
bool page_total_need(FontSet *fonts, const DocTable *table, At at);
/* Makes layout->page_total, if the table has one, and measures the widest sum that can occur. */
bool page_total_measure(TableLayout *layout);
/* The row for a page with these places of the body. */
const RowBox *page_total_row(const TableLayout *layout, int from, int to);

/* foot.c: notes below the table. Measuring is false after a message: they fill more than a page. */
bool table_need_foot(FontSet *fonts, Arena *arena, const DocTable *table);
bool table_measure_foot(TableLayout *layout);
void table_place_foot(const TableLayout *layout, Page *page, Length x, Length y);

/* part.c: where pages end. */
typedef struct Spot {
    int row, line;
} Spot;
Spot table_spot(const TableLayout *layout, int place);
/* Caption, unit line, 续表. */
Length table_small_line(const TableLayout *layout);
Length table_above_head(const TableLayout *layout, bool first);
#define CAPTION_GAP LENGTH_PT(5)
/* Height of what every page has: the head, and the page's sum. */
Length table_fixed_height(const TableLayout *layout);
/* The strips of the places from … to-1, at least one: returns how many. */
int table_strips(const TableLayout *layout, int from, int to, Strip *strips);
/* Does the cell begin above the place? */
bool table_begun_before(const TableLayout *layout, const Spanning *span, int place);
/* Settles first_end and first_height. */
void table_settle_first(TableLayout *layout);
/* The end of the places from `from` on that go into `room`, `tail` left below the last; `from`:
 * none. */
int table_page_end(const TableLayout *layout, int from, Length room, Length tail);
Length table_strips_height(const Strip *strips, int count);

/* rules.c: the rules of the strips, the first one's top edge at `top`. */
void table_rules(Arena *arena, Page *page, const TableLayout *layout, const Strip *strips,
    int count, Length x, Length top);
#endif
