/* The inside of template/value.h: tokens, syntax tree, steps, row sets and the context in which a
 * value is worked out. Only template/value/ includes it. Everything lives in the engine's
 * arena; nothing here prints.
 *
 * A value is checked by the same walk that works it out: with `dry` set no row is read, and each
 * figure stands in for itself with a number of its kind. So whatever can be wrong with a value at
 * all is said before any page. */
#ifndef TEMPLATE_VALUE_VALUE_INTERNAL_H
#define TEMPLATE_VALUE_VALUE_INTERNAL_H

#include "base/buf.h"
#include "base/map.h"
#include "template/value/value.h"

/* ---- tokens (lex.c) ---- */

typedef enum Word {
    WORD_NONE,
    WORD_GREATER,
    WORD_LESS,
    WORD_AT_MOST,
    WORD_AT_LEAST,
    WORD_EQUAL,
    WORD_UNEQUAL,
    WORD_BEFORE,
    WORD_AFTER,
    WORD_CONTAINS,
    WORD_LACKS,
    WORD_IN,
    WORD_EMPTY,
    WORD_FILLED,
    WORD_AND,
    WORD_OR,
    WORD_NOT
} Word;

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_DATE,
    TOKEN_MONTH,
    TOKEN_TEXT,
    TOKEN_NAME,
    TOKEN_WORD,
    TOKEN_PIPE,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,
    TOKEN_OVER,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_DOT
} TokenKind;

typedef struct Token {
    TokenKind kind;
    size_t start, end; /* bytes of the value's text */
    const char *text;  /* NAME, TEXT: folded or unquoted */
    Decimal number;
    Date date;      /* a month: its first day */
    bool bracketed; /* a name in […]: never a word of the language */
    bool percent;   /* written with %: a ratio */
    Word word;
} Token;

/* All tokens of a value, closed by TOKEN_END; NULL after a message. */
Token *value_lex(Engine *engine, const Expr *expr);

/* ---- steps (steps.c) ---- */

typedef enum StepId {
    STEP_WHERE,
    STEP_THIS,
    STEP_PREVIOUS,
    STEP_LAST_YEAR,
    STEP_TO_DATE_OF_YEAR,
    STEP_UNTIL,
    STEP_ALL,
    STEP_RECENT,
    STEP_ABSENT,
    STEP_CARRIED,
    STEP_UNSCOPED,
    STEP_COUNT,
    STEP_DISTINCT,
    STEP_SHARE,
    STEP_PER,
    STEP_SUM,
    STEP_AVERAGE,
    STEP_MAX,
    STEP_MIN,
    STEP_LAST,
    STEP_FIRST,
    STEP_LIST,
    STEP_TARGET,
    STEP_ATTAINED,
    STEP_PACE,
    STEP_RANK,
    STEP_MONTH_ON_MONTH,
    STEP_YEAR_ON_YEAR,
    STEP_DELTA,
    STEP_OF,
    STEP_PERCENT,
    STEP_DIGITS,
    STEP_INTEGER,
    STEP_GROUPED,
    STEP_MYRIAD,
    STEP_HUNDRED_MILLION,
    STEP_APPROX,
    STEP_CHANGE,
    STEP_GRADE,
    STEP_HAN,
    STEP_MONEY,
    STEP_ORDINAL,
    STEP_DATE_LONG,
    STEP_MONTH_DAY,
    STEP_YEAR_MONTH,
    STEP_DATE_HAN,
    STEP_START,
    STEP_END,
    STEP_NAME,
    STEP_SHORT,
    STEP_MONTH,
    STEP_QUARTER,
    STEP_YEAR,
    STEP_NEXT,
    STEP_DEFAULT
} StepId;

typedef struct Step {
    const char *name, *twin; /* twin: ASCII, or NULL */
    StepId id;
    /* One letter an argument, small: needed, capital: may be left out. n number, p decimal places,
     * c column, t text, v value, w word;
     * * any number of columns, # bounds and words in turn, ? a condition. */
    const char *arguments;
} Step;

/* Which file works a step out (eval.c). */
typedef enum StepClass {
    CLASS_ROWS,
    CLASS_FIGURE,
    CLASS_TARGET,
    CLASS_AGAIN,
    CLASS_WORDING,
    CLASS_PERIOD,
    CLASS_DEFAULT
} StepClass;

StepClass step_class(StepId id);
const Step *step_find(const char *name); /* NULL when absent */
/* The step that is meant by a word of Excel or of habit (求和 → 合计), or the nearest name; NULL
 * when none is. */
const char *step_suggestion(const char *name);
/* The words of habit alone; NULL when it is none. */
const char *step_habit(const char *name);
const char *direction_habit(const char *name); /* 降序 → 降 */
Word word_find(const char *name);              /* a word of conditions, or WORD_NONE */
const char *word_suggestion(const char *name);
/* 大于等于 and 小于等于 in a name, and the word that is meant; NULL where there is none. */
const char *word_or_equal(const char *name, const char **meant);
const char *word_name(Word word);
/* utf8_nearest, but only a name that is like it by half: no hint is better than a silly one. */
const char *name_nearest(const char *name, const char *const *names, size_t count);

/* ---- syntax tree (parse.c) ---- */

typedef enum ValueNodeKind {
    NODE_NUMBER,
    NODE_DATE,
    NODE_MONTH,
    NODE_TEXT,
    NODE_PATH,
    NODE_NEGATE,
    NODE_ARITHMETIC,
    NODE_PIPE,
    NODE_COMPARE,
    NODE_AND,
    NODE_OR,
    NODE_NOT
} ValueNodeKind;

typedef struct ValueNode {
    ValueNodeKind kind;
    const Expr *expr; /* whose text start and end count in: a set's nodes are worked out inside
                         other values */
    size_t start, end;
    Decimal number;
    Date date;
    const char *table; /* path: before the dot, or NULL */
    const char *name;  /* path: the name; text: the text */
    size_t table_end, name_start, name_end;
    bool bracketed, percent;
    TokenKind sign;                 /* arithmetic */
    Word word;                      /* compare */
    const Step *step;               /* pipe */
    struct ValueNode *left, *right; /* pipe: left and the condition of 其中, 占比 */
    struct ValueNode **args;        /* of a step; of 属于 */
    int arg_count;
} ValueNode;

typedef struct ExprItem {
    ValueNode *node;
    bool descending;
    const char *name; /* source text */
} ExprItem;

struct Expr {
    Engine *engine;
    ExprKind kind;
    ValuePlace place;
    const char *source; /* the text of the value, as long as place says */
    ValueNode *root;    /* EXPR_VALUE, EXPR_TEST, EXPR_ROWS */
    ExprItem *items;    /* EXPR_KEYS, EXPR_SORT, EXPR_LIST */
    int item_count;
    bool is_set;
    bool exact; /* in a table: 约数 does nothing */
};

bool node_is_condition(const ValueNode *node);
At value_at(const Expr *expr, size_t start, size_t end);
At value_node_at(const ValueNode *node);
const char *value_node_text(const ValueNode *node); /* source text */

/* ---- engine, scopes (value.c) ---- */

typedef struct Definition {
    const char *name;
    Datum value;       /* of a param */
    const char *typed; /* of a param 50万: as it prints by itself; else NULL */
    const Expr *expr;  /* of a set */
    bool active;       /* being worked out: meeting it again is a cycle */
    bool told;         /* it leads round in a circle or too deep, and there was a message */
    bool opened;       /* a condition on rows looks whether its formula asks the row */
} Definition;

typedef struct Binding {
    const char *name; /* of the key column, or the period word */
    Datum value;      /* of DATUM_PERIOD the text is its label */
    bool is_period;   /* sets the scope's period, filters no column */
} Binding;

struct Scope {
    const Scope *parent;
    const Table *table; /* of the rows, NULL at the root */
    const Expr *rows, *where;
    bool has_period, period_bound; /* period_bound: a key of this very scope */
    Period period;
    Binding *bindings;
    int binding_count;
    bool is_row, is_total; /* of a total, what differs between rows is missing, not an error */
    int64_t rowid;
    bool is_run;                  /* of a check: the rows of a <subtotal>, told by their members */
    int index;                    /* 序号 */
    const Scope *const *siblings; /* all groups of the list, before top */
    int sibling_count;
    const Scope *const *members; /* of a total: the groups or rows that are printed … */
    int member_count;
    const Column *indicator; /* of by="指标": whose rows' figures are 值 */
    bool is_unit;            /* the root of one paper of many: bound to its unit … */
    size_t place;            /* … which is this one of the siblings */
    bool whole;              /* … and none was left out: they hold all of the table's own rows */
    bool whole_unit;         /* of a subtotal: they are all of a unit of the roster (片) */
    const Expr *keys;        /* of a total: by= */
};

typedef struct RankCache RankCache;
struct Trace; /* trace.h */

struct Engine {
    Arena *arena;
    Store *store;
    Diags *diags;
    EngineOptions options;
    Map *definitions;
    Map *derived;              /* "table.column" → Column: ledger columns (data.md 4) */
    Map *long_rows;            /* table id → marker: has rows dated by a quarter or year */
    Map *indicators;           /* table id → IndicatorList */
    Map *gaps;                 /* table and span → marker: what it lacks was told */
    Map *undivided;            /* a name's place and a key → marker: W144 was told */
    const ValueNode *set_used; /* the name of the outermost set that is being worked out */
    Period judged;          /* of a figure worked out again: the period whose last day is 截至 */
    int holes;              /* figures that a draft prints as 【缺：…】 */
    long figures;           /* numbers that have printed … */
    bool is_figure;         /* … as the value worked out last does */
    const DataPlace *fault; /* of a draft: what in the data the figure failed for; NULL: nothing */
    bool short_list;        /* of a draft: a list of rows or groups may lack some */
    Scope root;
    RankCache *ranks;       /* the latest first */
    const Targets *targets; /* NULL: none are declared */
    Map *scans;             /* what figures ask of all siblings together (shared.c) */
    const Expr
        *checking; /* the set that is being checked by itself: its columns show in its uses only */
    long period_uses; /* row sets limited by the period, to tell whether 环比 can mean anything */
    struct Trace *trace; /* NULL: nothing is traced */
    bool silent; /* an evaluation beside the paper: what it tells once a paper is not told yet */
    struct Burst *burst; /* one paper a unit: what they have in common (burst.c); NULL: one paper */
    long serial;         /* 流水号 of this paper; 0: none */
};

bool engine_as_of(const Engine *engine, Date *out); /* 截至 */
/* A column of the table, or one derived from a ledger's dates; NULL when absent. */
const Column *engine_column(Engine *engine, const Table *table, const char *name);
const Table *engine_table(Engine *engine, const char *id); /* 网格 is the roster too */

/* ---- context, row sets ---- */

typedef enum Widening { WIDEN_NONE, WIDEN_YEAR, WIDEN_RECENT, WIDEN_UNTIL, WIDEN_ALL } Widening;

/* How a period differs from the scope's. 上期 and 同期 move, the others widen; the order does not
 * matter. */
typedef struct PeriodMove {
    int previous, last_year;
    Widening widening;
    int recent;
} PeriodMove;

typedef struct Context {
    Engine *engine;
    const Scope *scope;
    PeriodMove move;
    bool dry;
    int depth;
} Context;

typedef struct Filter {
    const ValueNode *condition;
    Context context; /* in which what is not of the row is worked out */
    const struct Filter *next;
} Filter;

/* 缺报 and 结转 (absent.c, carried.c). */
typedef struct Absent Absent;
typedef struct Carried Carried;

typedef struct RowSet {
    const Table *table;
    const ValueNode *named; /* the path that names the table */
    const ValueNode *set;   /* the outermost set that this path stands in, by its name; or NULL */
    Context context;        /* keys and period */
    PeriodMove move;
    const Column *dated_by; /* 本期 销号日期 */
    const Scope *frame;     /* rows of this scope, NULL: of the table at large */
    bool frame_moved;       /* no longer the frame's very row */
    bool lifts;             /* 不限: keys of lift_from and the scopes round it do not count … */
    const Scope *lift_from;
    const ValueNode *lifted; /* … all of them, or those named by this step's arguments */
    const Filter *filters;
    const Absent *absent;            /* rows of the roster without a row in … */
    const Carried *carried;          /* rows that were there before the period and still open */
    const Column *per;               /* 按 */
    const Binding *extra;            /* one more key, while 按 works over its groups … */
    int extra_count;                 /* … and how many these are */
    const struct SharedKeys *shared; /* keys that a scan for all siblings leaves open (shared.c) */
} RowSet;

typedef enum ValueKind { VALUE_DATUM, VALUE_ROWS, VALUE_COLUMN } ValueKind;

typedef struct Value {
    ValueKind kind;
    RowSet rows;          /* VALUE_ROWS, VALUE_COLUMN */
    const Column *column; /* VALUE_COLUMN */
    Datum datum;          /* VALUE_DATUM */
} Value;

typedef enum MissingReason {
    MISSING_NO_ROWS,
    MISSING_EMPTY,
    MISSING_BASE,
    MISSING_TARGET,
    MISSING_GRADE
} MissingReason;

Datum datum_missing(MissingReason reason);
Datum datum_number(Decimal number);
Datum datum_text(const char *text);
Datum datum_date(Date date);
Datum datum_period(Period period);
/* The condition's view of a datum standing alone: not zero, empty, missing, 否, 不合格 or ×. */
bool datum_truth(const Datum *datum);
/* <0 0 >0; *known is false when either is missing or the kinds cannot be compared. */
int datum_compare(const Datum *a, const Datum *b, bool *known);
const char *datum_kind_name(const Engine *engine, DatumKind kind);

/* ---- walking (eval.c) ---- */

bool value_eval(const Context *context, const ValueNode *node, Value *out);
bool value_eval_datum(const Context *context, const ValueNode *node, Datum *out);
/* Rows or a column become a figure; node for messages. */
bool value_settle(const ValueNode *node, const Value *value, Datum *out);
Context engine_context(Engine *engine, const Scope *scope);
/* The key of this very scope by its name; NULL when it has none. */
const Binding *scope_binding(const Scope *scope, const char *name);

/* ---- one paper a unit (burst.c) ---- */

/* A level of the roster above the unit's own: 片 of 长塘村. False where it is none. */
bool unit_level(const Context *context, const Scope *scope, const char *name, Datum *out);
/* An evaluation for all units beside the paper of one: begun with `scratch`, as if no paper was under
 * way; what it tells is not told. Gives what burst_return wants. */
struct BurstHold;
struct BurstHold *burst_leave(Engine *engine, Arena *scratch);
void burst_return(Engine *engine, const struct BurstHold *hold);
/* What is the same whatever unit asks (ranks among them, figures of the whole town): kept by the name
 * of what is asked. */
void *burst_kept(const Engine *engine, const char *name);
void burst_keep(Engine *engine, const char *name, const void *bytes, size_t size);

/* What a name stands for (names.c). */
bool value_resolve(const Context *context, const ValueNode *path, Value *out);
/* The rows of a scope: those of its of=, where= and keys. */
bool value_rows_of_scope(const Context *context, const Scope *frame, RowSet *out);
/* True when a bare word names a set or param. */
bool value_is_defined(const Engine *engine, const ValueNode *node);
bool value_is_bare(const ValueNode *node);     /* a path without table */
bool value_is_own_word(const ValueNode *node); /* 期间 截至 序号 流水号 */
/* All sets that are being worked out fail together: met again, they add no second message. */
void definitions_told(Engine *engine);
/* True when a bare word names a column of the row or a key of the group round it. */
bool value_is_of_group(const Context *context, const ValueNode *node);
/* True when a bare word names a figure here: one of those, our own words, a set, a param. */
bool value_is_named(const Context *context, const ValueNode *node);
/* 月 季 年 … of by=, which are no columns; groups_keys.c. */
bool period_word(const char *name, PeriodKind *out);
/* Warns where a condition on the rows of a group by period asks a column that is judged by the
 * 截至 of the whole paper; derived.c. */
void derived_tell_judged(const RowSet *rows, const Column *column, const ValueNode *path);
/* The column that an argument names in the table; NULL after a message. */
const Column *value_argument_column(
    const Context *context, const Table *table, const ValueNode *arg);

/* Messages with hints (unknown.c); always false. */
bool unknown_name(const Context *context, const ValueNode *path);
bool unknown_table(Engine *engine, const ValueNode *path);
bool unknown_column(Engine *engine, const Table *table, const ValueNode *path);

/* 值 单位 指标组 in the group of an indicator (indicators.c). */
bool is_indicator_word(const char *name);
const Scope *indicator_scope(const Scope *scope); /* the innermost at or round it, or NULL */
bool indicator_word(
    const Context *context, const ValueNode *path, const Scope *scope, Value *out, bool *found);
/* 指标, 指标组 or 单位 of the group's indicator: beside it a column's name is text. */
bool indicator_names(const Context *context, const ValueNode *node);
/* Warns of 指标=…, 指标组=… that no indicator of the table bears. */
void indicator_check_constant(
    const Context *context, const ValueNode *left, const ValueNode *right);

/* Conditions worked out in C (test.c). */
bool value_test(const Context *context, const ValueNode *node, bool *out);
/* Both sides made comparable where one is a literal; a message when they cannot be compared so. */
bool value_coerce(const Context *context, Word word, const ValueNode *left, Datum *a,
    const ValueNode *right, Datum *b);
/* Where a number is wanted of a column that one cell made a text: which cell that was.
 * False without a hint. */
bool hint_text_column(const Context *context, const Column *column);
bool hint_text_path(const Context *context, const ValueNode *node);
/* Where it is a param with a text: which text that is. */
bool hint_param(const Context *context, const ValueNode *node);
bool column_holds(Engine *engine, const Table *table, const Column *column, const char *text);
/* Warns of a text which a column never holds. */
void value_check_constant(const Context *context, const RowSet *rows, const Column *column,
    const char *text, const ValueNode *node);
/* Warns of a bare word that a param or set takes away from the column that holds it as text. */
void value_check_capture(
    const Context *context, const RowSet *rows, const Column *column, const ValueNode *node);

/* ---- steps at work ---- */

bool step_rows(const Context *context, const ValueNode *pipe, Value *value); /* rows.c */
/* A period step (上期, 本期 销号日期) or 不限. */
bool rows_step(const Context *context, const ValueNode *pipe, RowSet *rows);
bool step_moves(const Context *context, const ValueNode *pipe, RowSet *rows);   /* a period step */
bool step_absent(const Context *context, const ValueNode *pipe, Value *value);  /* absent.c */
bool step_carried(const Context *context, const ValueNode *pipe, Value *value); /* carried.c */
/* Period steps and 不限 behind 缺报 mean the rows that are absent; a period step behind 结转 moves
 * the day that they were open on. */
bool absent_moves(const Context *context, const ValueNode *pipe, RowSet *rows);
bool carried_moves(const Context *context, const ValueNode *pipe, RowSet *rows);
/* The rows whose units are looked for. */
const RowSet *absent_rows(const Absent *absent);
/* Before which they were found; false when there is none. */
bool carried_period(const Carried *carried, Period *out);
/* The period that limits the rows, those of 缺报 and 结转 too; false: none does. *until: everything
 * up to its end. */
bool rows_period(const RowSet *rows, Period *out, bool *until);
/* 2024年6月, 截至2024年6月底; "" where no period limits the rows. */
const char *rows_period_name(const RowSet *rows);
/* The official name behind an alias, where the column holds units of the roster (units.c). */
void value_settle_unit(const Context *context, const Table *table, const Column *column,
    const ValueNode *node, Datum *datum);
bool step_figure(const Context *context, const ValueNode *pipe, Value *value);    /* figure.c */
bool step_per_group(const Context *context, const ValueNode *pipe, Value *value); /* per.c */
bool step_list(const Context *context, const ValueNode *pipe, Value *value);      /* per.c */
bool step_target(const Context *context, const ValueNode *pipe, Value *value);    /* target.c */
bool step_again(const Context *context, const ValueNode *pipe, Value *value);     /* again.c */
bool step_grade(const Context *context, const ValueNode *pipe, Datum *datum);     /* grade.c */
bool step_wording(const Context *context, const ValueNode *pipe, Datum *datum);   /* wording.c */
bool step_period(const Context *context, const ValueNode *pipe, Datum *datum);    /* wording.c */
bool step_misused(const Context *context, const ValueNode *pipe, const Value *value); /* false */
bool step_overflow(const Context *context, const ValueNode *node);                    /* false */
/* 上期 同期 累计 … : what the step does to a move. */
PeriodMove move_by_step(PeriodMove move, const ValueNode *pipe);

/* The default of a column by its kind; figure.c. */
bool figure_default(const ValueNode *node, const RowSet *rows, const Column *column, Datum *out);
/* The same of a column of numbers, also where one row alone would give its own. */
bool figure_by_kind(const ValueNode *node, const RowSet *rows, const Column *column, Datum *out);
/* Of a ratio with parts, over many rows; ratio.c. */
bool figure_ratio(const ValueNode *node, const RowSet *rows, const Column *ratio, Datum *out);
bool figure_count(const RowSet *rows, Datum *out);
bool figure_distinct_count(
    const Context *context, const ValueNode *pipe, const Value *value, Datum *out);
bool figure_share(const Context *context, const ValueNode *pipe, const Value *value, Datum *out);
/* 最新, 首个; last.c. */
bool figure_last(
    const ValueNode *node, const RowSet *rows, const Column *column, bool first, Datum *out);

/* The period whose last day is 截至 of what is worked out in a moved context; again.c. */
Period context_judged(const Context *moved);
/* The scope's period, moved; false when there is none. */
bool context_period(const Context *context, Period *out);
bool period_moved(
    const Context *context, PeriodMove move, Period *out, bool *from_start, bool *all);
bool move_is_none(PeriodMove move);

/* What 目标, 完成率 and 进度差 of this pipe work with, for the explanation; target.c. False after a
 * message. */
typedef struct TargetWork {
    const Target *target; /* NULL: none is set */
    bool asks_due;        /* not the year's target alone */
    int months;           /* that are over */
    Datum year, due;      /* in the unit of the figure */
} TargetWork;
bool target_work(const Context *context, const ValueNode *pipe, const Value *value,
    const char *unit, TargetWork *out);

/* ---- doubt: doubt.c ---- */

/* The rows are those of a <total>: what cannot be added up is missing there, not an error. */
bool rows_in_total(const RowSet *rows);
/* False after a message where numbers of two units, or of several levels of the roster, meet. One
 * unit of a 单位 column becomes the figure's. */
bool figure_units_agree(
    const ValueNode *node, const RowSet *rows, const Column *column, Datum *out);
bool figure_levels_agree(const ValueNode *node, const RowSet *rows);
/* Warns, once a table and span, of months without a row inside the span of a figure, and of those in
 * which some units of the roster lack theirs. `latest`: each unit's last row alone counts (a stock). */
void figure_tell_gaps(const ValueNode *node, const RowSet *rows, bool latest);
/* Warns, in a check and once a place, of rows inside a group that its keys do not limit: the
 * figure would be that of the whole town in every group. */
void figure_tell_undivided(const RowSet *rows);
/* Warns, once a condition, where where= on a number limits the rows of other periods too. */
void figure_tell_sifted(const RowSet *rows);

/* ---- printing (print.c) ---- */

/* A number as it prints without a wording step; `in_cell`: with the column's decimals. */
char *datum_plain(Engine *engine, const Datum *datum, bool in_cell);

#endif
