/* The parameters of an office (typesetting.md 16): what sources and offices do differently, with
 * the defaults of each form. evaluate fills them from <style>, typeset reads them. Lengths in
 * 1/1024 pt. */
#ifndef DOCUMENT_STYLE_H
#define DOCUMENT_STYLE_H

#include <stdbool.h>
#include <stdio.h>
#include "base/length.h"
#include "base/span.h"

/* 版心: GB/T 9704 5.2.1 */
#define AREA_LEFT LENGTH_MM(28)
#define AREA_TOP LENGTH_MM(37)
#define AREA_WIDTH LENGTH_MM(156)
#define AREA_HEIGHT LENGTH_MM(225)
#define AREA_BOTTOM (AREA_TOP + AREA_HEIGHT)

/* Where text, tables and charts stand on the upright page; the turned one has it turned. */
typedef struct TypeArea {
    Length left, top, width, height;
} TypeArea;

/* A grid worked out here has its lines at least so many tenths of the size apart; an office's own
 * may be closer. */
enum { STYLE_LEAST_PITCH = 14 };

/* report form=: 汇报 公文 上行文 信函 命令 纪要 简报 讲话 */
typedef enum DocForm {
    FORM_REPORT,
    FORM_OFFICIAL,
    FORM_UPWARD,
    FORM_LETTER,
    FORM_ORDER,
    FORM_MINUTES,
    FORM_BULLETIN,
    FORM_SPEECH,
    FORM_COUNT
} DocForm;

/* What a face is for. */
typedef enum Role {
    ROLE_BODY,      /* 正文 仿宋 */
    ROLE_TITLE,     /* 标题 小标宋 */
    ROLE_HEI,       /* 一级 黑体, bold, table heads, captions */
    ROLE_KAI,       /* 二级 楷体, byline and date */
    ROLE_SONG,      /* 页码, tables, charts 宋体 */
    ROLE_KAI_BOLD,  /* 楷体粗: bold_level; the office's own face or none */
    ROLE_BODY_BOLD, /* 仿宋粗: bold_level; the office's own face or none */
    ROLE_COUNT
} Role;

typedef enum GapMode { GAP_AUTO, GAP_DISTANCE, GAP_GRID } GapMode; /* typesetting.md 1.4 */
typedef enum FolioPlace { FOLIO_OUTSIDE, FOLIO_CENTRE, FOLIO_NONE } FolioPlace;
typedef enum Kinsoku { KINSOKU_BASIC, KINSOKU_GB, KINSOKU_STRICT } Kinsoku; /* 避头尾 */

/* A font file of the office's own; it goes in front of its role's chain. */
typedef struct FontFace {
    Role role;
    const char *path; /* below the template's folder, joined with it */
    At at;
    struct FontFace *next; /* in the order of the template */
} FontFace;

typedef struct DocStyle {
    TypeArea area;     /* the standard's, but for papers that the program makes for the office's own
                          use; 版头, 版记 and 落款 know no other */
    Length table_size; /* of the texts of tables; 0: 小四, or as narrow columns ask */
    Length body_size;  /* 三号: 16 pt */
    Length title_size; /* 二号: 22 pt */
    Length cell;       /* advance of a full-width character; fills 156 mm with `chars` */
    Length pitch;      /* line to line */
    int lines, chars;  /* of a full page, of a full line */
    GapMode gap_mode;
    Color red;
    Length red_line;  /* thickness of the 版头 rule */
    Length mark_size; /* of the 发文机关标志; 0: fitted */
    Length folio_indent;
    FolioPlace folio_place;
    bool dash_top;     /* the 7 mm of the folio go to the dash's upper edge, not its centre */
    bool imprint_even; /* 版记 always on an even last side */
    bool mirror;       /* even pages have their binding margin on the right */
    int bold_level;    /* headings of this level are bold: 0 none, 2 or 3 */
    bool western_digits;
    Kinsoku kinsoku;
    bool hang;                /* marks may hang in the right margin */
    int orphan_cells;         /* a paragraph's last line holds at least so many characters */
    bool widow;               /* 孤行不成页 */
    bool annotation_gap;      /* one blank line above 附注 */
    bool fit;                 /* 压行: a line more on every page where that saves one */
    bool letter_fill;         /* 信函: page 1 runs down to the second red line */
    bool strict_fonts;        /* a font of the office's own that is missing is an error */
    bool read_aloud;          /* 讲话: the copy for reading aloud */
    const char *running_head; /* above the type area from page 2 on, or NULL */
    const char *running_head_even; /* of a volume: on even pages; NULL: the same */
    At running_head_at, running_head_even_at; /* in its plan */
    FontFace *faces;
} DocStyle;

/* The defaults of a form, grid settled. */
DocStyle style_default(DocForm form);
/* Settles cell and pitch from chars and lines, or these from those: what is 0 is worked out. False
 * when the 156 × 225 mm of the type area cannot hold them. */
bool style_settle_grid(DocStyle *style);
const char *role_name(Role role); /* body, title … for dumps */
/* One line with what differs from the form's defaults; none where nothing does. */
void style_dump(const DocStyle *style, DocForm form, FILE *out);

#endif
