/* Where a figure of the paper came from: a record for each place that prints one, hung on the
 * inline, the cell or the point that prints it. Evaluation makes it when it is asked to
 * (template_trace), check/ reads it; nothing is asked of the data again. All of it belongs to the
 * arena of the document; texts are final, in the language of the messages. */
#ifndef DOCUMENT_PROVENANCE_H
#define DOCUMENT_PROVENANCE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/decimal.h"
#include "base/span.h"

typedef enum FigureKind {
    FIGURE_NUMBER,
    FIGURE_RATIO, /* `value` 0.123 prints 12.3% */
    FIGURE_RANK,  /* a place among others */
    FIGURE_DATE,  /* a day or a period */
    FIGURE_TEXT   /* names, words: no figure, kept for what is counted among them */
} FigureKind;

/* What a column's figures are (data.md 1): how they add up over time. */
typedef enum FigureManner {
    MANNER_NONE, /* of no single column, or an average or a greatest of many rows */
    MANNER_FLOW,
    MANNER_STOCK,
    MANNER_SCORE,
    MANNER_RATIO,
    MANNER_COUNT /* rows were counted */
} FigureManner;

/* The rows of one file that a figure was worked out from. */
typedef struct SourceRows {
    const char *table;  /* its id: 月报 */
    const char *column; /* its official name; NULL: the rows themselves were counted */
    const char *file;   /* below the data folder; NULL: rows that no file holds (缺报) */
    const char *cell;   /* C8 where it was one cell; else NULL */
    const char *letter; /* C: what Excel calls the column in this file; NULL: rows, or none alone */
    int64_t rows;
    long first, last; /* the first and the last of them, as an editor counts */
} SourceRows;

/* A figure that 改定.csv overruled: what it would have been, and who says otherwise. */
typedef struct Overruled {
    const char *computed; /* as `exact` */
    const char *reason, *who;
    const DataPlace *place; /* of the value in 改定.csv */
} Overruled;

typedef struct Provenance {
    const char *expression; /* as the template writes it, without braces */
    At at;
    /* The same for the same figure however it is worded and wherever it stands: the column, the way
     * it was worked out, and the very rows. Two places with one claim must not differ. */
    const char *claim;
    const char *const *parts; /* the claims of what it was worked out of: of 环比 both periods' */
    int part_count;           /* 0: of rows alone */
    int ranked;               /* of a FIGURE_RANK among how many; 0: of 序号, not known */
    FigureKind kind;
    FigureManner manner;
    const char *indicator; /* official name of its column; NULL: of none alone */
    bool missing;          /* prints — or 【缺：…】; no value */
    Decimal value;         /* before any wording; not of FIGURE_DATE and FIGURE_TEXT */
    const char *unit;      /* of `value`, or NULL */
    const char *exact;     /* before wording: 456.2吨, 12.345679% */
    const char *printed;   /* after it, as the paper has it */
    const char *period;    /* 2024年6月, 2024年1—6月; "": no period limits its rows */
    /* A sum or count up to the period's end (累计, 至今) of rows that stay: it falls only where
     * something is wrong. Not of the year's first period, of 超期 and what else the day decides. */
    bool to_date;
    const SourceRows *sources;
    int source_count;
    bool rate_of_change; /* 环比, 同比: it compares two periods itself */
    bool past; /* of a period that ended before the report's began: |上期, a month of a trend */
    bool has_previous; /* … and what it was in the period before: 上月, 上季 */
    Decimal previous;
    const char *previous_exact; /* NULL: it cannot be told (no period) or was missing */
    const Overruled *overruled; /* NULL: the figure is the data's own */
} Provenance;

#endif
