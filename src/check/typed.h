/* Figures that stand in the prose by hand: 12个, 三百余吨, 百分之五, “2+4+17+73”. Found by their
 * form alone; what only looks like one (dates and times, numbers of documents, articles and
 * standards, labels, 第三季度, 十四五, 一方面, titles inside 《》) is none. Pure; everything in the
 * arena. */
#ifndef CHECK_TYPED_H
#define CHECK_TYPED_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/decimal.h"
#include "document/document.h"

typedef enum TypedKind {
    TYPED_NUMBER,
    TYPED_RATIO, /* 95%, 百分之五, 九成: `value` is 0.95 */
    TYPED_GROUP, /* 2+4+17+73: `parts`; `value` is their sum */
    TYPED_RANK   /* 第3, 第一名: a place among others */
} TypedKind;

typedef struct TypedFigure {
    TypedKind kind;
    const Inline *piece; /* where it begins */
    size_t offset;       /* bytes in the piece's text, of the number itself */
    size_t start, end;   /* bytes in the joined text (inline_plain), with its marks and its unit */
    Decimal value;       /* 3.5万 is 35000 */
    bool rough;          /* 约 近 余 多 上 以上: not an exact count */
    const char *unit;    /* 吨 个 余吨 is 吨; NULL: none follows */
    const char *text;    /* as the paper has it, with its unit: 三百余吨 */
    const Decimal *parts;
    int part_count;
} TypedFigure;

typedef struct TypedList {
    TypedFigure *items;
    size_t count, capacity;
} TypedList;

/* The figures typed in one line of inlines (a paragraph, a heading, a cell), appended in order.
 * Text of a computed figure is read as what stands beside them, never as one of them. Notes
 * (INLINE_NOTE) are lists of their own: the caller asks for them. */
void typed_find(Arena *arena, const Inline *first, TypedList *out);

#endif
