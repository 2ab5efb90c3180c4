/* What the head of page 1 says, in words and faces; masthead.c places it, mark.c fits the mark. */
#ifndef TYPESET_PAGE_HEAD_H
#define TYPESET_PAGE_HEAD_H

#include "typeset/page/page_internal.h"

typedef struct HeadText {
    TextStyle style;
    TextPiece *pieces; /* NULL: absent */
    const char *text;  /* all of it */
} HeadText;

enum { HEAD_STACK = 3 };

typedef struct Head {
    HeadText *issuers; /* of the mark, one a line; the only one with its 文件 */
    int issuer_count;
    HeadText suffix;            /* 文件 beside several issuers */
    HeadText stack[HEAD_STACK]; /* 份号, 密级, 紧急程度: those present */
    int stack_count;
    HeadText serial; /* 编号 of a 简报, top right */
    HeadText number; /* 发文字号, 令号, 第×期 */
    HeadText editor, date;
    HeadText label, *signatories; /* 签发人： */
    int signatory_count;
    At at;
} Head;

/* NULL: the paper has none. */
const Head *head_read(PageBuilder *builder);

/* The 发文机关标志, fitted: names of equal size, spread to equal width. */
typedef struct HeadMark {
    TextStyle style, suffix_style;
    Length width, suffix_width, gap; /* of the names, of 文件, between them */
    Length pitch;                    /* of several names */
    Length top, bottom;              /* of the names' ink, above the baseline */
    Length height;                   /* of all ink */
} HeadMark;

/* `top`: where its ink begins; `bottom`: the lowest place where it may end for the text still to
 * begin on page 1. False after a message. */
bool mark_fit(PageBuilder *builder, const Head *head, Length top, Length bottom, HeadMark *mark);
void mark_place(PageBuilder *builder, const Head *head, const HeadMark *mark, Length top);

#endif
