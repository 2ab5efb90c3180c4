/* How a value came about, kept beside it while it is worked out: what was made of which rows hangs
 * on the datum (Datum.part) and goes where the datum goes, through sets, sums and steps, so nothing
 * is worked out a second way. Rows are counted and claims written only when a value has printed
 * (engine_traced). All of this rests until engine_trace. Inside of template/value/ only. */
#ifndef TEMPLATE_VALUE_TRACE_H
#define TEMPLATE_VALUE_TRACE_H

#include "document/provenance.h"
#include "template/value/value_internal.h"

typedef enum PartKind {
    PART_CONSTANT, /* a literal, a param, a key of the group */
    PART_PLACE,    /* 序号 */
    PART_DATED,    /* what a period or date gives: 期间|年份 is no figure */
    PART_ROWS,     /* one figure of rows */
    PART_TARGET,   /* the cell of a target */
    PART_JOIN,     /* of other parts */
    PART_WORDED,   /* a number went into a text: 分档, 列举 3 '个村' */
    PART_RULED     /* 改定.csv says otherwise */
} PartKind;

/* The rows of one file, or of none (file -1), behind a part. */
typedef struct FileRows {
    int file;
    int64_t rows, filled;
    long first, last;
    int64_t sum, mixed; /* of the rows' numbers in the store: which rows they are */
} FileRows;

typedef struct RowsRead {
    FileRows *files;
    int count;
    int64_t rows, sum, mixed;
} RowsRead;

typedef struct Ruling {
    Decimal value;
    const Overruled *said;
    bool met; /* the figure has been worked out since */
} Ruling;

typedef struct Part Part;
struct Part {
    PartKind kind;
    const char *how; /* 合计, 计数 …; of a join the operation; of what stands for itself its text */
    const RowSet *rows;   /* of PART_ROWS … */
    const Column *column; /* … NULL: they were counted … */
    StepId way;           /* … as this step has it … */
    Period judged;        /* … by the day of 截至 that was in force */
    const Target *target;
    Part *left, *right; /* right NULL: an operation on one */
    int ranked;         /* of a rank: among how many */
    const Datum *of;    /* PART_WORDED: the number; PART_RULED: what the data say */
    const Ruling *ruling;
    const char *claim; /* these two: once they were asked for */
    const RowsRead *read;
};

typedef struct Trace {
    bool active;    /* a value that may print is being worked out */
    Map *rulings;   /* claim → Ruling */
    Diags *unheard; /* takes what an evaluation tells that nobody asked for */
    const Expr *test; /* the condition that is being decided, where figures were overruled */
    bool figures;     /* it is 有数 */
    RuledTest *tests; /* those that were decided by one of these */
    size_t test_count, test_capacity;
    /* The value worked out last: */
    const Expr *expr;
    const ValueNode *node;
    const Scope *scope;
    bool failed;
    Datum datum;
} Trace;

/* ---- notes of the walk; they do nothing while nothing is traced ---- */

/* `out` was made of these rows, unless it says already where it came from. */
void trace_rows(const RowSet *rows, const Column *column, StepId way, Datum *out);
/* 按 村|平均 */
void trace_groups(const RowSet *rows, const Column *column, const ValueNode *pipe, Datum *out);
/* The share of the rows that meet the condition. */
void trace_share(
    const RowSet *rows, const Context *context, const ValueNode *condition, Datum *out);
/* `out` was made of the figures a and b (NULL: of a alone). */
void trace_join(
    const Context *context, const char *how, const Datum *a, const Datum *b, Datum *out);
/* `out` is a rank among `ranked` of the figures in the list. */
void trace_rank(
    const Context *context, const char *list, const Datum *figure, int ranked, Datum *out);
void trace_self(const Context *context, PartKind kind, const char *how, Datum *out);
/* `months`: those after which it is due; -1: that of the year. */
void trace_target(const Context *context, const Target *target, int months, Datum *out);
void trace_worded(const Context *context, const Datum *number, Datum *out);
/* What is worked out now prints, and some figures of the paper were overruled. */
bool trace_is_ruled(const Engine *engine);
/* Before wording: a figure that was overruled takes its new value. */
void trace_rule(Engine *engine, Datum *datum);
bool datum_is_ruled(const Datum *datum);
/* A condition is being decided; NULL: it has been. */
void trace_test(Engine *engine, const Expr *test);
/* One side of a comparison in it. */
void trace_side(const Context *context, const Datum *datum);
/* 有数 asked for the figure and was answered by the data, where the ruling says otherwise. */
void trace_figures(const Context *context, const Expr *expr, const Datum *datum);

void trace_begin(Engine *engine);
/* What this was worked out to; false: nothing. */
void trace_end(Engine *engine, const Expr *expr, const ValueNode *node, const Scope *scope,
    const Datum *datum);

/* An evaluation that nobody asked for says nothing and is not traced itself. */
typedef struct Hush {
    Diags *diags;
    const DataPlace *fault;
    const Expr *test;
    bool active, short_list, silent;
} Hush;
Hush trace_hush(Engine *engine);
void trace_unhush(Engine *engine, Hush hush);

/* ---- trace_rows.c ---- */

/* Of a PART_ROWS; of rows that are not sure in a draft there are none. */
const RowsRead *part_read(Part *part);
/* The sources of all parts, the value's own first. */
const SourceRows *part_sources(Engine *engine, Part *part, int *count);
/* The figure is the value of one cell, whichever way it was asked for. */
bool part_is_one_cell(Part *part);

/* ---- trace_claim.c ---- */

const char *part_claim(Engine *engine, Part *part);
/* Up to the period's end (累计, 至今), and all that was among them a period ago is still: of a year
 * that has begun anew it is not. */
bool rows_only_grow(const RowSet *rows);

#endif
