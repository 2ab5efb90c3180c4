/* The figures of a paper in the order of reading, each with the place where it stands: what the
 * 核对单 lists and what the checks of consistency compare. Made from a traced document
 * (document/provenance.h); belongs to the arena it was made in. */
#ifndef CHECK_ENTRIES_H
#define CHECK_ENTRIES_H

#include "base/arena.h"
#include "base/diag.h"
#include "document/document.h"
#include "document/provenance.h"

typedef enum EntryOrigin {
    ENTRY_COMPUTED, /* has a provenance */
    ENTRY_TYPED,    /* stands in the prose by hand, without a source */
    ENTRY_RECKONED  /* a chart works it out of its points: a share (reckoned.h); claims nothing */
} EntryOrigin;

typedef enum EntryWhere { WHERE_TEXT, WHERE_TABLE, WHERE_CHART } EntryWhere;

typedef struct Entry {
    int number; /* from 1, in the order of reading */
    EntryOrigin origin;
    EntryWhere where;
    /* Unique in the paper, and the same in next month's paper of the same template as far as can
     * be: 标题, 一（一）第2段第3数, 表1 长塘村·生活垃圾, 表1 合计·生活垃圾, 图1 长塘村·生活垃圾. It is what
     * 改定.csv names. */
    const char *place;
    /* Of a cell or a point what the place is made of: 表1, 长塘村, 生活垃圾; `holder` NULL: words. */
    const char *holder, *line, *head;
    const char *context; /* the clause round it, the figure itself in ［］; of cells "" */
    const char *printed;
    const Provenance *figure; /* ENTRY_COMPUTED; never of FIGURE_TEXT or FIGURE_DATE */
    /* ENTRY_TYPED: */
    Decimal typed;
    const char *typed_unit; /* or NULL */
    const char *flag;       /* why one should look at it: 比上期升1.6倍; NULL: nothing */
    At at;
    const Block *block;
    const Inline *piece; /* of WHERE_TEXT */
    size_t offset;       /* ENTRY_TYPED: of the number in the piece's text */
    int row, column;     /* of a table's body from 0; of a chart series and category */
} Entry;

typedef struct EntryList {
    Entry *items;
    int count, capacity;
} EntryList;

/* Walks the document: blocks in order, notes where they are called, tables row by row, charts series
 * by series. */
void entries_collect(Arena *arena, const Document *document, EntryList *out);

#endif
