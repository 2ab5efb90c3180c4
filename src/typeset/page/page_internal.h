/* Inside of the page builder: the grid, the items that flow over pages, footnotes. Internal to
 * typeset/page/. */
#ifndef TYPESET_PAGE_INTERNAL_H
#define TYPESET_PAGE_INTERNAL_H

#include "typeset/page/page.h"
#include "typeset/table/table.h"

/* GB/T 9704 5.2: A4, type area 156 × 225 mm at (28, 37), 22 lines of 28 characters
 * (typesetting.md 1.3). */
#define PAPER_WIDTH LENGTH_MM(210)
#define PAPER_HEIGHT LENGTH_MM(297)
#define AREA_LEFT LENGTH_MM(28)
#define AREA_TOP LENGTH_MM(37)
#define AREA_WIDTH LENGTH_MM(156)
#define AREA_HEIGHT LENGTH_MM(225)
#define BODY_SIZE LENGTH_PT(16)  /* 三号 */
#define TITLE_SIZE LENGTH_PT(22) /* 二号 */
#define BODY_CELL (AREA_WIDTH / CELLS)

enum { CELLS = 28, LINES = 22 };

typedef enum ItemKind { ITEM_TITLE, ITEM_LINES, ITEM_TABLE, ITEM_CHART, ITEM_SIGN } ItemKind;

/* What flows over pages: a block with its text in pieces, then in lines. */
typedef struct Item {
    ItemKind kind;
    const Block *block;
    const TextPiece *pieces;
    LineSpec spec;
    bool keep_next;   /* headings, 主送机关 */
    bool front;       /* unit and date under the title */
    bool floats_past; /* text that may move before a chart which does not fit */
    TextLines *lines;
    TableLayout *table;
    const DocChart *chart; /* as drawn: maybe lower than wished */
    Length chart_height;
    struct Item *next;
} Item;

/* A footnote: its text, broken, and what it needs at the foot. */
typedef struct Note {
    const TextPiece *pieces;
    TextLines *lines;
    Length height;
    At at;
    bool placed;
} Note;

typedef struct Notes {
    Note *items; /* by number, from 1 */
    int count;
} Notes;

typedef struct PageBuilder {
    Typesetter ts;
    const Document *document;
    Item *first;
    Notes notes;
    int line;        /* next free line of the grid on the page in hand */
    bool fresh;      /* nothing stands on it */
    Length below;    /* a table ends above: y for a chart or table that follows; 0: the grid */
    int *page_notes; /* numbers of the notes at its foot */
    size_t page_note_count, page_note_capacity;
    Length notes_height; /* what they take, rule included */
    Item **waiting;      /* charts that come at the top of the next page */
    size_t waiting_count, waiting_capacity;
} PageBuilder;

Length grid_line_top(int line);
/* The first grid line whose top is at or below y. */
int grid_line_from(Length y);

/* Blocks as items with their pieces; items.c. */
void page_items(PageBuilder *builder);
/* Notes the characters of everything; false after messages. */
bool page_need(PageBuilder *builder);
/* Breaks and measures every item. */
bool page_measure(PageBuilder *builder);
/* Places all items; flow.c. */
bool page_flow(PageBuilder *builder);

/* Footnotes; notes.c. */
void notes_gather(PageBuilder *builder);
bool notes_need(PageBuilder *builder);
void notes_measure(PageBuilder *builder);
/* Height at the foot if these notes came to those already there. */
Length notes_height_with(const PageBuilder *builder, const int *numbers, int count);
void notes_add(PageBuilder *builder, const int *numbers, int count);
void notes_place(PageBuilder *builder, Page *page);
/* False after a message for each note that stands where none can be set (a table, a caption). */
bool notes_all_placed(PageBuilder *builder);

/* Page numbers; folio.c. */
bool folio_need(PageBuilder *builder);
void folio_place(PageBuilder *builder, Page *page, int number);

#endif
