/* The 核对单: every figure of a paper with where it came from, for the clerk who answers for it.
 * One model of tables of texts (sheet.c, sheet_grid.c) is printed by a terminal and set on pages;
 * CSV has a row a figure with all its fields (sheet_fields.c), JSON one object with all of
 * Provenance (sheet_json.c). Nothing is worked out here. docs/核对与校对.md describes all of it.
 * Everything belongs to the arena. */
#ifndef CHECK_SHEET_H
#define CHECK_SHEET_H

#include "base/buf.h"
#include "check/against.h"
#include "check/consistency.h"
#include "check/entries.h"

/* A figure worked out from one that was overruled, which says what the data say. */
typedef struct Unmoved {
    const char *ruled; /* the place of the other */
    const char *place, *printed, *exact, *expression;
} Unmoved;

/* What is known of a paper beside its figures. */
typedef struct SheetFacts {
    DiagLanguage language;
    const char *title; /* of the paper */
    const char *template_name;
    const char *period;     /* 2024年6月; "" without one */
    const char *period_raw; /* 2024-06; "" */
    const GuessedKind *guessed;
    int guessed_count;
    const DiagLine *messages; /* of the check, for the typeset sheet and JSON */
    int message_count;
    const Unmoved *unmoved;
    size_t unmoved_count;
    const Against *against; /* NULL: not asked for */
} SheetFacts;

/* ---- the fields of a figure ---- */

typedef enum SheetField {
    FIELD_NUMBER,
    FIELD_WHERE,  /* 正文 表 图 */
    FIELD_ORIGIN, /* 算出 改定 手写 缺 */
    FIELD_PLACE,
    FIELD_CONTEXT,
    FIELD_PRINTED,
    FIELD_EXACT,
    FIELD_VALUE, /* plain: 0.123 of 12.3% */
    FIELD_UNIT,
    FIELD_PREVIOUS,
    FIELD_CHANGE,
    FIELD_FLAG,
    FIELD_EXPRESSION,
    FIELD_SOURCE,
    FIELD_PERIOD,
    FIELD_INDICATOR,
    FIELD_MANNER,
    FIELD_COMPUTED, /* these three of an overruled one */
    FIELD_REASON,
    FIELD_WHO,
    FIELD_TEMPLATE, /* 汇报.xml:24:17 */
    FIELD_REPORT,   /* the report's period, the same in each row: 2024年6月 (Excel makes 2024-06 a
                       day) */
    FIELD_PAPER,    /* and its template */
    FIELD_COUNT
} SheetField;

const char *field_head(SheetField field, DiagLanguage language);
/* "" where there is none. */
const char *field_text(Arena *arena, const Entry *entry, SheetField field, const SheetFacts *facts);
/* 月报/月报-2024-05.csv C8; of more than two files, unless `all`, only the first and how many. */
const char *field_source(Arena *arena, const Provenance *figure, bool all, DiagLanguage language);
/* 流量 存量 评分 比率 计数; "" of none. */
const char *manner_name(FigureManner manner, DiagLanguage language);

/* ---- the model ---- */

/* A terminal has a line a figure, which can be searched; pages are a working paper to be signed:
 * tables and charts stand on them as they do in the paper, a line a row. Every figure is in both.
 */
typedef enum SheetMedium { SHEET_TERMINAL, SHEET_PAGES } SheetMedium;

typedef struct SheetColumn {
    const char *group; /* a head over it and its neighbours of the same group (pointer); or NULL */
    const char *head;
    double width; /* on pages in 字; 0: what the others leave */
    Align align;
} SheetColumn;

typedef struct SheetTable {
    const char *title; /* 正文里的数 */
    const char *notes; /* below it; NULL: none */
    SheetColumn *columns;
    size_t column_count, column_capacity;
    const char **cells; /* row by row; NULL: empty */
    size_t row_count, row_capacity;
} SheetTable;

typedef struct Sheet {
    const char *title;   /* 〈工作汇报〉数据核对单 */
    const char *summary; /* how many figures, and of what kind */
    SheetTable *tables;  /* those without rows left out */
    size_t count, capacity;
} Sheet;

Sheet *sheet_make(
    Arena *arena, const EntryList *entries, const SheetFacts *facts, SheetMedium medium);
/* As a document of the project's own, on turned pages; without a clock: `date` is that of the
 * paper. */
void sheet_document(
    Arena *arena, const Sheet *sheet, DiagLanguage language, Date date, Document *out);
void sheet_json(Arena *arena, const EntryList *entries, const SheetFacts *facts, Buf *out);

#endif
