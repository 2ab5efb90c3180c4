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
#include "base/imagehead.h"
#include "base/span.h"
#include "document/style.h"

struct Provenance; /* document/provenance.h */

typedef enum InlineKind { INLINE_TEXT, INLINE_BREAK, INLINE_NOTE, INLINE_TAB } InlineKind;
typedef enum Script { SCRIPT_NORMAL, SCRIPT_SUPER, SCRIPT_SUB } Script;

typedef struct Inline {
    InlineKind kind;
    const char *text;    /* INLINE_TEXT */
    bool bold;           /* <b>: set in 黑体 */
    Script script;       /* <sup> <sub> */
    int note_number;     /* INLINE_NOTE: counted through the paper from 1 */
    struct Inline *note; /* INLINE_NOTE: its content */
    At at;               /* the template's text or value, and the cell it came from if one */
    const struct Provenance *figure; /* of a traced document: the value that this text is, or NULL */
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
    BLOCK_SIGN,
    BLOCK_SUBTITLE,        /* ——在××会议上的讲话 */
    BLOCK_SALUTATION,      /* 同志们： */
    BLOCK_ATTACHMENT_LIST, /* 附件说明; `attachments` */
    BLOCK_ATTENDANCE,      /* 出席 请假 列席; `number` is the label, without colon */
    BLOCK_ANNOTATION,      /* 附注, without its brackets */
    BLOCK_ATTACHMENT, /* an attachment begins: `number` is 附件 or 附件2 …, `content` its title */
    BLOCK_SLIP,       /* a slip to cut off begins (回执): `content` its title */
    BLOCK_CONTENTS, /* 目录 */
    BLOCK_FIGURE,
    BLOCK_PHOTOS,
    BLOCK_PAGE_BREAK,
    BLOCK_KIND_COUNT
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
    bool repeats; /* spans rows as a group's label: printed again after a page break within them */
    int bar;      /* a small bar behind the figure, in thousandths of the column's largest; -1 or 0:
                     none (zeroed cells have none) */
    const struct DocChart *spark; /* the course of the row, drawn in the place of a text: a line or
                                     bars of one series, without axes; NULL: none */
    bool has_value; /* body cells of columns with `adds` */
    Decimal value;
    const struct Provenance *figure; /* of a traced document, or NULL */
} Cell;

typedef struct TableColumn {
    Align align;        /* never ALIGN_AUTO: evaluate settles it (numbers ALIGN_DECIMAL) */
    double width_cells; /* declared width in 字 (3号 cells of 5.5714 mm), 0 = solve from content */
    bool adds;          /* has a sum at the foot of each page (页内合计) … */
    int decimals;       /* … printed with so many decimals, … */
    bool grouped;       /* … in thousands */
    bool bars;          /* cells with `bar` */
} TableColumn;

typedef enum TableRowKind { ROW_BODY, ROW_SUBTOTAL, ROW_TOTAL, ROW_FILLER } TableRowKind;
typedef enum Orientation { ORIENT_AUTO, ORIENT_PORTRAIT, ORIENT_LANDSCAPE } Orientation;

typedef struct TableRow {
    Cell *cells; /* one per column, or fewer with colspans */
    int cell_count;
    TableRowKind kind;
} TableRow;

typedef struct DocTable {
    int number;       /* 表1 …; 0: without caption, unnumbered */
    Inline *caption;  /* without "表1　"; may be NULL */
    const char *unit; /* of the unit line, with or without 单位：; or NULL */
    Orientation orientation;
    Inline *page_total; /* label of the sum at the foot of each page (本页合计); NULL: none */
    Inline *notes;      /* a line below the table, as typed: 注：… or 数据来源：…; NULL: none */
    int note_count;     /* of the notes in its cells, which are numbered from 1 in each table */
    TableColumn *columns;
    int column_count;
    int head_rows;
    Cell *head;
    int head_cell_count;
    TableRow *rows;
    int row_count;
} DocTable;

typedef enum ChartKind {
    CHART_BAR,     /* 柱 */
    CHART_HBAR,    /* 条形: bars that lie, the categories one below the other */
    CHART_STACKED, /* 堆叠 */
    CHART_PERCENT, /* 百分比堆叠: each category is 100 % */
    CHART_LINE,    /* 折线 */
    CHART_COMBO,   /* 组合: bars, and lines against a second axis */
    CHART_PIE,     /* 饼 */
    CHART_DONUT,   /* 环形 */
    CHART_BULLET,  /* 进度: what is done against its target */
    CHART_HEAT,    /* 热力: categories across, series down, a tone for each figure */
    CHART_RADAR,   /* 雷达 */
    CHART_KIND_COUNT
} ChartKind;

/* How series are told apart: tones and patterns; colours whose luminance and patterns survive grey;
 * patterns in black only. */
typedef enum ChartPalette { PALETTE_GREY, PALETTE_COLOUR, PALETTE_MONO } ChartPalette;

typedef struct ChartPoint {
    bool missing; /* a gap, not zero */
    Decimal value;
    const char *label; /* as printed, e.g. 42.5 or 12.3% */
    const struct Provenance *figure; /* of a traced document, or NULL */
} ChartPoint;

typedef struct ChartSeries {
    const char *name;
    ChartPoint *points; /* one per category */
    bool second;        /* 组合: a line against the second axis */
} ChartSeries;

typedef struct DocChart {
    ChartKind kind;
    int number; /* 图1 … */
    Inline *caption;
    const char *unit; /* at the axis, or NULL */
    bool percent;     /* values are ratios, the axis is labelled in % */
    bool labels;      /* value labels on */
    const char *second_unit; /* of the second axis, or NULL */
    bool second_percent;
    ChartPalette palette;
    const ChartPoint *target; /* a line across the plot, or NULL */
    const char *target_name; /* 目标90, as it stands at the line */
    ChartPoint *targets;     /* 进度, 雷达 (full marks): one per category; NULL: none */
    bool average;            /* a line at the mean of each series */
    bool extremes;           /* the highest and the lowest are pointed out */
    Inline *source;          /* 数据来源：… below the caption, or NULL */
    int pair;                /* two charts that follow one another with one number stand side by
                                side; 0: alone */
    const char *alt;         /* what it shows, in a sentence: for those who cannot see it */
    const char **categories;
    int category_count;
    ChartSeries *series;
    int series_count;
    double height_lines; /* wished height in 行, 0 = default */
    At at;
} DocChart;

/* One who signs: an issuer, or with a signature stamp (签名章) a post. */
typedef struct DocSigner {
    Inline *unit; /* name of the issuer, or of the post */
} DocSigner;

typedef enum SignKind { SIGN_UNSEALED, SIGN_SEALED, SIGN_STAMPED } SignKind;

typedef struct DocSign {
    SignKind kind;
    DocSigner *signers; /* in the issuers' order, host first */
    int signer_count;
    Inline *date;
    Length seal;                      /* SIGN_SEALED: diameter to leave room for */
    Length stamp_width, stamp_height; /* SIGN_STAMPED: room for each stamp */
    At at;
} DocSign;

/* 版头 of 公文 上行文 信函 命令 纪要. Absent parts are NULL. */
typedef struct DocMasthead {
    Inline **issuers; /* host first */
    int issuer_count;
    Inline *suffix;            /* 文件, 命令, 纪要 …; NULL: the names alone */
    Inline *number;            /* 发文字号, 令号, 第×期 */
    Inline *copy;              /* 份号 */
    Inline *secrecy, *urgency; /* 密级和保密期限, 紧急程度 */
    Inline **signatories;      /* 签发人 */
    int signatory_count;
    At at;
} DocMasthead;

/* 报头 of 简报, and of 纪要 in that style. */
typedef struct DocIssue {
    Inline *name, *number, *total, *editor, *date; /* total: （总第×期） */
    Inline *secrecy, *copy;                        /* top left, top right */
    At at;
} DocIssue;

/* 版记, and 报尾 of 简报. */
typedef struct DocImprint {
    Inline *to;                             /* 主送, moved here */
    Inline *copy_to;                        /* 抄送 */
    Inline *report_to, *send_to, *issue_to; /* 报： 送： 发： */
    Inline *issuer, *date;                  /* 印发机关, 印发日期 without 印发 */
    Inline *disclosure, *copies;            /* 公开方式, 印数 */
    At at;
} DocImprint;

/* A picture as its file says; it is decoded when it is painted. */
typedef struct DocPicture {
    const char *path; /* NULL: none yet (待整改) */
    const char *name; /* as the template or the data name it */
    ImageHead head;
    Inline *caption;
    At at;
} DocPicture;

typedef struct DocFigure {
    int number; /* 图1 …, counted with charts; 0 without caption */
    DocPicture picture;
    bool fills;   /* a page of its own: as high as the page allows */
    Length width; /* 0: as wide as the text, but no larger than 300 dpi … 150 dpi allow */
} DocFigure;

/* Photographs, one or a pair (before, after) an entry. */
typedef struct DocPhoto {
    DocPicture pictures[2];
    Inline *caption; /* of the entry */
    At at;
} DocPhoto;

typedef struct DocPhotos {
    DocPhoto *entries;
    int entry_count;
    bool pairs;
    const char *labels[2]; /* under the two of a pair: 整改前, 整改后 */
    int per_page;          /* entries a page, 0: as many as fit */
} DocPhotos;

/* A line of the 附件说明. */
typedef struct DocAttachment {
    int number; /* 0: the only one */
    Inline *title;
    struct DocAttachment *next;
} DocAttachment;

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
    bool has_face;       /* paragraph: set in `face` */
    Role face;
    int keep;      /* > 0: stays on one page with the neighbours of the same number */
    int landscape; /* > 0: on turned pages, with the neighbours of the same number */
    DocTable *table;
    DocChart *chart;
    DocSign *sign;
    DocFigure *figure;
    DocPhotos *photos;
    DocAttachment *attachments;
    At at;
    struct Block *next;
} Block;

/* What is wrong with a draft: where, what, and how it is mended; "" where there is none. */
typedef struct DocMessage {
    const char *place, *text, *hints;
} DocMessage;

/* What a document is laid out as: a paper, or a page of a volume (language.md 8). */
typedef enum DocLayout {
    LAYOUT_PAPER,
    LAYOUT_COVER,
    LAYOUT_CONTENTS, /* of the volume: its only block is BLOCK_CONTENTS, its pages count i, ii */
    LAYOUT_DIVIDER,
    LAYOUT_PICTURE
} DocLayout;

/* A line of the contents of a volume. */
typedef struct DocEntry {
    int level; /* 1 … */
    const char *title;
    const char *number; /* as printed; NULL: none */
    int page;           /* 0-based, behind the pages of cover and contents … */
    Length y;           /* … and where there */
} DocEntry;

typedef struct Document {
    DocForm form;
    bool draft;           /* 草稿: marked so on every page … */
    DocMessage *messages; /* … with these behind the paper */
    int message_count;
    bool tagged; /* its pages say what each mark is (--accessible) */
    DocLayout layout;
    int pages_before;          /* of the volume that it is a part of, in its count; 0 … */
    const char *number_prefix; /* … and what stands before its numbers (3-), or NULL */
    DocEntry *entries;         /* LAYOUT_CONTENTS */
    int entry_count;
    DocStyle style;
    DocMasthead *masthead;
    DocIssue *issue;
    DocImprint *imprint;
    Block *first, *last;
    long figures; /* numbers of the data in it, in words and in tables and charts */
    const char *title, *author, *subject; /* plain text, for the metadata; subject: 发文字号 */
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
