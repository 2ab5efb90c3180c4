/* The element table itself: every element and attribute of language.md 3 as data. schema.c checks
 * against it, parse.c reads attributes by it. Nothing here is ever freed. */
#ifndef TEMPLATE_SCHEMA_TABLE_H
#define TEMPLATE_SCHEMA_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* The elements of the language. */
typedef enum ElementId {
    ELEMENT_TEXT, /* a text node, not an element */
    ELEMENT_REPORT,
    ELEMENT_DATA,
    ELEMENT_CSV,
    ELEMENT_COLUMN, /* of a csv or query */
    ELEMENT_QUERY,
    ELEMENT_PARAM,
    ELEMENT_SET,
    ELEMENT_CHECK,
    ELEMENT_TITLE,
    ELEMENT_BYLINE,
    ELEMENT_DATE,
    ELEMENT_TO,
    ELEMENT_H1,
    ELEMENT_H2,
    ELEMENT_H3,
    ELEMENT_H4,
    ELEMENT_P,
    ELEMENT_TEXT_FILE, /* <text src> */
    ELEMENT_LIST,
    ELEMENT_ITEM,
    ELEMENT_IF,
    ELEMENT_ELSE,
    ELEMENT_EACH,
    ELEMENT_TABLE,
    ELEMENT_COL,
    ELEMENT_COLGROUP,
    ELEMENT_TOTAL,
    ELEMENT_TR,
    ELEMENT_TD,
    ELEMENT_CHART,
    ELEMENT_NOTE,
    ELEMENT_B,
    ELEMENT_BR,
    ELEMENT_SIGN,
    ELEMENT_MASTHEAD,
    ELEMENT_ISSUE,
    ELEMENT_SUBTITLE,
    ELEMENT_SALUTATION,
    ELEMENT_ATTENDANCE,
    ELEMENT_ANNOTATION,
    ELEMENT_IMPRINT,
    ELEMENT_ATTACHMENT,
    ELEMENT_SLIP,
    ELEMENT_SUBTOTAL,
    ELEMENT_FIGURE,
    ELEMENT_PHOTOS,
    ELEMENT_CONTENTS,
    ELEMENT_REF,
    ELEMENT_TAB,
    ELEMENT_SUP,
    ELEMENT_SUB,
    ELEMENT_INCLUDE,
    ELEMENT_LANDSCAPE,
    ELEMENT_PAGEBREAK,
    ELEMENT_KEEP,
    ELEMENT_STYLE,
    ELEMENT_FONT,
    ELEMENT_BUNDLE, /* the plan of a volume: root of a file of its own */
    ELEMENT_COVER,
    ELEMENT_PART,
    ELEMENT_PDF,
    ELEMENT_DIVIDER,
    ELEMENT_UNKNOWN /* a name that is none of them */
} ElementId;

/* What an element counts as, and what it may hold. */
enum {
    GROUP_ROOT = 1 << 0,
    GROUP_DATA = 1 << 1,
    GROUP_DECLARATION = 1 << 2,
    GROUP_BLOCK = 1 << 3,
    GROUP_INLINE = 1 << 4,
    GROUP_ITEM = 1 << 5,
    GROUP_ELSE = 1 << 6,
    GROUP_COLUMN = 1 << 7,     /* col in a table or colgroup */
    GROUP_TABLE_PART = 1 << 8, /* colgroup, total, tr */
    GROUP_CELL = 1 << 9,       /* td */
    GROUP_NOTE = 1 << 10,      /* a note holds inline, but no note */
    GROUP_DETAIL = 1 << 11,    /* children of elements that come later: column, file, photo parts */
    GROUP_MAIN = 1 << 12,      /* at the paper's own level only: title, sign, style … */
    GROUP_ATTACHMENT = 1 << 13,
    GROUP_TURN = 1 << 14,  /* landscape: not in another, nor where one page is wanted */
    GROUP_BREAK = 1 << 15, /* pagebreak: not where one page is wanted */
    GROUP_FONT = 1 << 16,
    GROUP_VOLUME = 1 << 17, /* what a bundle is put together of */
    GROUP_COVER = 1 << 18   /* of those at the paper's own level: what a cover takes, too */
};

typedef enum AttrType {
    ATTR_PROSE,  /* text with {values} */
    ATTR_PLAIN,  /* text as it stands: ids, file patterns */
    ATTR_VALUE,  /* a bare value */
    ATTR_TEST,   /* a condition or 有数 */
    ATTR_VALUES, /* several bare values with , */
    ATTR_ROWS,   /* a table with row steps */
    ATTR_KEYS,   /* columns to group by */
    ATTR_SORT,
    ATTR_CHOICE, /* one of a fixed set of words */
    ATTR_COUNT,  /* a whole number from 1 up */
    ATTR_LENGTH,
    ATTR_LENGTHS, /* lengths or * with , */
    ATTR_TOP,     /* a whole number, or with 并列; may hold values */
    ATTR_PERIODS  /* period kinds, or a fixed period */
} AttrType;

typedef struct Choice {
    const char *name, *twin; /* Chinese; ASCII or NULL */
    int value;
} Choice;

typedef enum AttrStanding { ATTR_OPTIONAL, ATTR_REQUIRED } AttrStanding;

typedef struct AttrDef {
    const char *name;
    AttrType type;
    AttrStanding standing;
    const Choice *choices; /* ATTR_CHOICE: ended by a NULL name */
} AttrDef;

typedef struct ElementDef {
    const char *name;
    ElementId id;
    unsigned counts_as, holds;
    bool text;            /* text may stand in it */
    bool transparent;     /* it holds what the element round it holds */
    const AttrDef *attrs; /* ended by a NULL name; may be NULL */
} ElementDef;

/* Values of the choices. */
enum { CHOICE_NO, CHOICE_YES };
enum { LEVEL_ERROR, LEVEL_WARNING };
typedef enum Numbering {
    NUMBERING_THROUGH, /* 通编: one count of pages through all parts of a volume */
    NUMBERING_PARTS    /* 分编: each part from 1, 3-1 … */
} Numbering;
typedef enum ListKind {
    LIST_FIRST_IS,   /* 一是 */
    LIST_FIRST_MUST, /* 一要 */
    LIST_HAN,        /* 一、 */
    LIST_HAN_BRACKET,
    LIST_DIGIT,
    LIST_DIGIT_BRACKET,
    LIST_CIRCLED,
    LIST_FIRSTLY, /* 首先 */
    LIST_NONE
} ListKind;

/* One cell of the 28-character line and one pitch of the 22 lines (GB/T 9704 5.2.3;
 * typesetting.md 1.3). */
#define CELL_MM (156.0 / 28)
#define LINE_MM ((225 - 5.644) / 21)

/* A length in mm: mm cm pt 字 (5.5714 mm) 行 (10.4455 mm); 字 if bare. False when malformed or
 * negative. */
bool length_parse(const char *text, double *millimetres);
/* The next entry of `*list` (entries stand between , ， or blanks) into `entry`; false at the end
 * or when one is too long. */
bool lengths_next(const char **list, char entry[32]);

/* top=: "3" or "3 并列". */
bool top_parse(const char *text, int *top, bool *ties);

const ElementDef *schema_element_find(const char *name);
const AttrDef *schema_attr_find(const ElementDef *element, const char *name);
/* Matches Chinese name or twin, full-width forms folded. NULL when there is none. */
const Choice *schema_choice_find(const AttrDef *attr, const char *text);
size_t schema_element_count(void);
const ElementDef *schema_element(size_t index);

#endif
