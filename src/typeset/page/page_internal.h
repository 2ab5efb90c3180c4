/* Inside of the page builder: the grid, the items that flow over pages, what stands at fixed
 * places. Internal to typeset/page/.
 *
 * A paper is a list of items, one for a block of the document or for a piece of one; each kind of
 * item has a row in ITEM_CLASSES (items.c) and a file of its own. The flow (flow.c) knows only
 * that row. What is at fixed places – 版头, 版记, page numbers, footnotes – is not an item; flow
 * calls it when a page begins or ends. The whole flow runs anew when a contents page has learnt
 * its numbers: place functions change nothing but the builder's state (flow_restart undoes it) and
 * `drawn` fields of their own item. */
#ifndef TYPESET_PAGE_INTERNAL_H
#define TYPESET_PAGE_INTERNAL_H

#include "typeset/page/page.h"
#include "typeset/table/table.h"

/* GB/T 9704 5.2: A4, type area at (28, 37) (typesetting.md 1.1). */
#define PAPER_WIDTH LENGTH_MM(210)
#define PAPER_HEIGHT LENGTH_MM(297)
#define GAP_LINE LENGTH_MM(10.39) /* 行 as a length, edge to edge (1.2; 1.4 reading A) */
#define LINE_LEADING                                                                               \
    LENGTH_MM(4.85) /* 7/8 of a 三号 character: 行 of any size, less the em (1.2) */
/* 信函: the second red line ends 20 mm above the paper's foot (10.1), thick as both together. */
#define LETTER_FOOT LENGTH_MM(277)
#define LETTER_RULE LENGTH_MM(1)
#define LETTER_GAP                                                                                 \
    LENGTH_MM(4.84) /* 7/8 of a 三号 character, from a double line to text (L4, L7) */
/* What lengths that were worked out in different ways may differ by. */
enum { ROUNDING = 64 };

/* The type area in hand, in the coordinates that marks are made in: upright, or on landscape pages
 * those of the turned sheet (6.1: 225 × 156 mm at (35, 28)). */
typedef struct PageGrid {
    Length left, top, width, height;
    Length size, cell, pitch; /* of body text */
    int lines;
} PageGrid;

typedef enum ItemKind {
    ITEM_TITLE,
    ITEM_LINES, /* every text that flows line by line */
    ITEM_TABLE,
    ITEM_CHART,
    ITEM_SIGN,
    ITEM_ATTACHMENT, /* new page, 附件1 on line 1, title on line 3 */
    ITEM_SLIP,
    ITEM_CONTENTS,
    ITEM_FIGURE,
    ITEM_PHOTOS,
    ITEM_PAGE_BREAK,
    ITEM_KIND_COUNT
} ItemKind;

typedef struct Item {
    ItemKind kind;
    const Block *block;
    const TextPiece *pieces;
    const TextPiece *after_run_in; /* of these, the first behind a run-in heading; or NULL */
    LineSpec spec;
    bool keep_next;   /* headings, 主送机关 */
    bool front;       /* unit and date under the title */
    bool floats_past; /* text that may move before a chart or figure which does not fit */
    bool gap_before;  /* one blank line above: 附件说明, 出席, a title below text */
    bool closing;     /* 附件说明: stays with the signature, and both with the text above */
    int least_lines;  /* of its lines that must stand together where it begins */
    const TextPiece *label; /* 附件：1. 出席：: before its first line; the others hang below … */
    Length label_left;      /* … what follows it. It begins so far from the left … */
    const char *label_below; /* … or below what follows this text: the numbers of 附件说明 */
    Length label_width;      /* as measured */
    int keep;                /* > 0: one page with its neighbours of the same number */
    int landscape;           /* > 0: on turned pages with its neighbours of the same number */
    TextLines *lines;
    TableLayout *table;
    const DocChart *chart;  /* as drawn: maybe lower than wished */
    const DocChart *beside; /* another one at its right side, or NULL */
    Length chart_height;
    void *own; /* what the file of its kind keeps: measured once, read while placing */
    struct Item *next;
} Item;

struct PageBuilder;

/* What flow knows of a kind of item. */
typedef struct ItemClass {
    /* Notes its characters; false after messages. */
    bool (*need)(struct PageBuilder *, const Item *);
    /* Breaks and measures; false after a message. */
    bool (*measure)(struct PageBuilder *, Item *);
    /* Height from the top of its first em box that must be free for it to begin on a page. */
    Length (*least)(const struct PageBuilder *, const Item *);
    /* Whole height, edge to edge, when nothing parts it (for keep); 0: as `least`. */
    Length (*whole)(const struct PageBuilder *, const Item *);
    /* Places it, turning pages as needed; false after a message. */
    bool (*place)(struct PageBuilder *, Item *);
} ItemClass;

extern const ItemClass *const ITEM_CLASSES[ITEM_KIND_COUNT];

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

/* An entry of the contents page, and where it was found to stand. */
typedef struct ContentsEntry {
    const Item *item;       /* heading or attachment; NULL: … */
    const DocEntry *listed; /* … of a volume, whose pages are known */
    const TextPiece *pieces;
    TextLines *lines;
    int page;  /* in this paper, of the round before; 0: not known yet */
    int found; /* of the round in hand */
} ContentsEntry;

typedef struct PageBuilder {
    Typesetter ts;
    const Document *document;
    const DocStyle *style; /* the document's */
    Item *first;
    Notes notes;
    PageGrid grid; /* of the page in hand */
    int line;      /* next free line of the grid on the page in hand */
    bool fresh;    /* nothing stands on it */
    int landscape; /* number of the landscape group in hand, 0: upright */
    Length front;  /* > 0: top of the next em box, off the grid (title area) */
    Length below;  /* a table, chart or figure ends above: y for another; 0: the grid */
    Length lowest; /* of what stands on the page but footnotes, the room of a seal included: 版记
                      keeps clear */
    int *page_notes; /* numbers of the notes at its foot */
    size_t page_note_count, page_note_capacity;
    Length notes_height; /* what they take, rule included */
    Item **waiting;      /* charts and figures that come at the top of the next page */
    size_t waiting_count, waiting_capacity;
    ContentsEntry *entries;
    size_t entry_count, entry_capacity;
    Length number_width; /* that the contents leave for the numbers */
    size_t entry_next;           /* the one that comes next as pages are filled */
    Item *draft;                 /* 草稿: the messages, behind the paper */
    bool unnumbered;             /* pages in hand bear no number: those of the messages */
    struct ImprintPlan *imprint; /* 版记, broken and measured; NULL: none; imprint.c */
    int round;                   /* of the flow, from 0 */
    int keep;                    /* number of the keep group in hand, 0: none */
    const Item *last;            /* placed last */
    bool has_body;               /* page 1 shows text … */
    bool bodiless;               /* … and when it was full, showed none: GB/T 9704 7.3.3 */
    bool crowded;                /* several issuers' names are as small as can be */
    int tag;                     /* of the text in hand, on whatever pages it comes */
    int list;                    /* tag of the list in hand */
    bool parted;                 /* the signature may go over without the text; set by page.c */
} PageBuilder;

/* ---- grid; grid.c ---- */

PageGrid grid_portrait(const DocStyle *style, int page_number); /* from 1; mirrors even pages */
PageGrid grid_landscape(const DocStyle *style, int page_number);
/* 信函 with letter_fill: its first page runs down to the second red line (typesetting.md L7). */
PageGrid grid_letter(const DocStyle *style);
Length grid_line_top(const PageGrid *grid, int line);
Length grid_bottom(const PageGrid *grid);
/* The first grid line whose top is at or below y. */
int grid_line_from(const PageGrid *grid, Length y);
/* Height of so many lines, from the top of the first em box to the bottom of the last. */
Length grid_lines_height(const PageGrid *grid, int lines);
/* The gap of n blank lines, em box to em box: `above_body` in the title area, else in the body
 * (typesetting.md 1.4, gap_mode). */
Length grid_gap(const PageBuilder *builder, int lines, bool above_body);
TextStyle body_style(const PageBuilder *builder, Role role);
/* Width of the text on the page that the item will stand on. */
Length item_measure(const struct PageBuilder *builder, const Item *item);
Length item_page_height(const struct PageBuilder *builder, const Item *item);
/* Text of the paper, not what stands above it; flow.c. */
bool item_is_body(const Item *item);
/* A number that no landscape group has yet; items.c. */
int item_free_group(const PageBuilder *builder);

/* ---- items.c: blocks as items with their pieces, and the table of classes ---- */

void page_items(PageBuilder *builder);
/* Notes the characters of everything; false after messages. */
bool page_need(PageBuilder *builder);
/* Breaks and measures every item; tables first, which may ask for a turned page. */
bool page_measure(PageBuilder *builder);
/* Labels before lines: 附件说明, 出席; labels.c. The former becomes an item for each line. */
void attendance_item(PageBuilder *builder, Item *item);
void attachment_list_items(PageBuilder *builder, Item *item);
/* Before the lines are broken: settles where they hang. */
void label_measure(PageBuilder *builder, Item *item);
void label_place(PageBuilder *builder, const Item *item);
/* Notes the characters of its pieces and label. */
bool item_need(PageBuilder *builder, const Item *item);
/* Pieces of a text that is made here. */
TextPiece *item_text(PageBuilder *builder, const char *text, const TextStyle *style, At at);
TextPiece *item_join(TextPiece *pieces, TextPiece *more);

/* ---- flow.c: pages one after the other ---- */

/* Places all items, 版头 first, 版记 last; again until the contents page is right. That page 1
 * shows no text is no fault yet, but `bodiless`. */
bool page_flow(PageBuilder *builder);
Page *flow_page(PageBuilder *builder);
int flow_page_number(const PageBuilder *builder); /* from 1, in this paper */
/* As printed: 7, of a volume 3-7, of its contents ii. */
const char *flow_printed_number(const PageBuilder *builder);
/* Top of the next em box: `front` in the title area, else the next grid line. */
Length flow_top(const PageBuilder *builder);
/* From flow_top to the foot, the footnotes of the page deducted. */
Length flow_room(const PageBuilder *builder);
/* Ends the page in hand and begins another. */
bool flow_next_page(PageBuilder *builder);
/* Next page unless the page in hand is fresh or has so much room. */
bool flow_make_room(PageBuilder *builder, Length height);
/* What stands on the page reaches down to y: text goes on at the first grid line at or below. */
void flow_below(PageBuilder *builder, Length y);
/* What stands on the page reaches down to y and the line in hand stays. */
void flow_occupy(PageBuilder *builder, Length y);

/* ---- tag.c: what it is that stands there ---- */

/* Marks are of this tag from now on, also on pages that begin meanwhile. */
void tag_hold(PageBuilder *builder, int tag);
/* The item begins on the page in hand: what is put next is of it. Tables, charts and figures tag
 * themselves. */
void tag_item(PageBuilder *builder, const Item *item);
/* The tag of what stands before the text in hand: its label's, if that is told apart. */
int tag_of_label(const PageBuilder *builder);

/* ---- keep.c: what must stand together ---- */

/* Height that must be free for `item` to begin: with what it must not be parted from. */
Length flow_least_height(const PageBuilder *builder, const Item *item);
/* Room below the last line of an item that the signature after it needs, from the bottom of its em
 * box; 0 when none follows. */
Length flow_sign_room(const PageBuilder *builder, const Item *item);
/* Height of the keep group that begins with the item. */
Length keep_height(const PageBuilder *builder, const Item *first);
/* What the cut above a slip takes; slip.c. */
Length slip_cut_height(const PageBuilder *builder);
/* Does it fit on one page? */
bool keep_fits(const PageBuilder *builder, const Item *first);
/* The item comes next: a group that begins with it gets a page with room for it all. */
bool keep_begin(PageBuilder *builder, const Item *item);

/* ---- what stands at fixed places ---- */

/* 版头 and 报头 of page 1; masthead.c. Without one, *top is left alone. */
bool masthead_need(PageBuilder *builder);
/* Places it on the page in hand; *top: the top of the next element's first em box (title, or the
 * text of a 命令). 信函: the second red line too. False after a message (a name that does not
 * fit). */
bool masthead_place(PageBuilder *builder, Length *top);

/* 版记 and 报尾; imprint.c. */
bool imprint_need(PageBuilder *builder);
bool imprint_measure(PageBuilder *builder);
/* Ends the paper: settles on which page the 版记 comes (typesetting.md 4.1), places it and the
 * page numbers that are due, adds blank pages. Called instead of finishing the last page. */
bool imprint_end(PageBuilder *builder);
/* Ends the page in hand: notes, running head, page number if `numbered`; flow.c. */
void flow_finish_page(PageBuilder *builder, bool numbered);
/* Turned when builder->landscape is set: 版记 needs it 0. */
bool flow_start_page(PageBuilder *builder);

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

/* Page numbers and running heads; folio.c. */
bool folio_need(PageBuilder *builder);
void folio_place(PageBuilder *builder, Page *page);
/* False after a message: the running head does not fit on a line. */
bool running_head_fits(PageBuilder *builder);
void running_head_place(PageBuilder *builder, Page *page);

/* Covers and dividers of a volume; cover.c. The style of a document: for these with a larger title.
 */
const DocStyle *cover_style(Arena *arena, const Document *document);
/* Top of the title's first em box; 0: the document is none of these, or has no title. */
Length cover_top(const PageBuilder *builder);
/* Who made the volume and when stand at the foot of the cover: `item` is the first of these. */
void cover_foot(PageBuilder *builder, const Item *item);

/* What makes a paper a draft; draft.c. Without Document.draft they do nothing. */
void draft_items(PageBuilder *builder);
bool draft_need(PageBuilder *builder);
bool draft_measure(PageBuilder *builder);
void draft_mark(PageBuilder *builder); /* on the page in hand, first of all */
bool draft_end(PageBuilder *builder);  /* the messages, behind the paper that is ended */

/* ---- the files of single kinds; see ItemClass ---- */

extern const ItemClass TITLE_CLASS;      /* front.c */
extern const ItemClass LINES_CLASS;      /* lines.c */
extern const ItemClass TABLE_CLASS;      /* float.c */
extern const ItemClass CHART_CLASS;      /* float.c */
extern const ItemClass SIGN_CLASS;       /* sign.c */
extern const ItemClass ATTACHMENT_CLASS; /* attachment.c */
extern const ItemClass SLIP_CLASS;       /* slip.c */
extern const ItemClass CONTENTS_CLASS;   /* contents.c */
extern const ItemClass FIGURE_CLASS;     /* figure.c */
extern const ItemClass PHOTOS_CLASS;     /* photos.c */
extern const ItemClass BREAK_CLASS;      /* flow.c */

/* Lines of a text that must stand together where it begins on a page; lines.c. */
int lines_least(const PageBuilder *builder, const TextLines *lines);
/* A line on the line in hand of the grid, its footnotes at the foot. */
void lines_put(PageBuilder *builder, const TextLine *line, TextEnd end);
/* Lines of a title, centred, from y on; returns the bottom of the last; front.c. */
Length title_put(PageBuilder *builder, const TextLines *lines, Length y);
Length title_height(const PageBuilder *builder, const TextLines *lines);
/* Breaks the item's pieces as a title. */
bool title_measure(PageBuilder *builder, Item *item);
/* Text goes on so many blank lines below what ends at y, back on the grid. */
void title_below(PageBuilder *builder, Length bottom, Length gap);

/* The copy for reading aloud: pages end with a sentence; read_aloud.c. */
typedef struct SpokenCut {
    TextLines *lines;      /* up to the sentence's end … */
    const TextPiece *rest; /* … and what the next page begins with */
} SpokenCut;
/* Of the paragraph, of whose lines `room` fit, the sentences that end on the page. False when
 * none does, or too much would stay empty. */
bool read_aloud_cut(PageBuilder *builder, const Item *item, int room, SpokenCut *cut);
/* Lines that its first sentence takes, a run-in heading included. */
int read_aloud_first(PageBuilder *builder, const Item *item);
/* More lines than these are not left empty for the sake of a sentence. */
enum { READ_ALOUD_EMPTY = 5 };

/* Tables, charts and figures: what has no lines on the grid of its own; float.c. At least so much
 * stands between one and text that follows; above it is the leading of the text. */
#define FLOAT_GAP LENGTH_MM(4.2)
/* What it leaves below; half a line before another. */
Length float_gap(const PageBuilder *builder, const Item *item);
/* Where one that is so high begins. */
Length float_top(const PageBuilder *builder, const Item *item, Length height);
/* It ends at `bottom`: what follows goes on below. */
void float_end(PageBuilder *builder, const Item *item, Length bottom);
/* Room below it that the signature after it needs; 0 when none follows. */
Length float_sign_room(const PageBuilder *builder, const Item *item);
/* A chart or figure that does not fit waits for the next page, where text may move up before it so
 * that the page is full; false: it may not. */
bool float_defer(PageBuilder *builder, Item *item);
/* Those that wait come before what may not move past them. */
bool float_place_waiting(PageBuilder *builder); /* at the top of a new page, as many as fit */
bool float_flush(PageBuilder *builder);         /* all, on new pages */
/* A figure on the page in hand; figure.c. */
bool figure_put(PageBuilder *builder, const Item *item);

/* Level of a block among the entries of outline and contents page: headings of two levels and
 * attachments; 0: none. Its words there: the number and the title. contents.c */
int entry_level(const Block *block);
const char *entry_text(Arena *arena, const Block *block);
/* Lists headings and attachments for the contents page; contents.c. */
void contents_gather(PageBuilder *builder);
/* The item stands at the next line of the page in hand: for outline and contents; flow.c. */
void flow_note_place(PageBuilder *builder, const Item *item);
/* Notes that the item stands on the page in hand. */
void contents_note(PageBuilder *builder, const Item *item);
/* Have all numbers been right in this round? Takes those found for the next. */
bool contents_settled(PageBuilder *builder);

#endif
