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
    STEP_DEFAULT,
    STEP_LATER /* known to the language, not to this version */
} StepId;

typedef struct Step {
    const char *name, *twin; /* twin: ASCII, or NULL */
    StepId id;
    /* One letter an argument, small: needed, capital: may be left out. n number, c column, t text,
     * v value, w word;
     * * any number of columns, ? a condition. */
    const char *arguments;
} Step;

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
    bool whole;       /* … and none was left out: they hold all of the table's own rows */
    const Expr *keys; /* of a total: by= */
};

typedef struct RankCache RankCache;

struct Engine {
    Arena *arena;
    Store *store;
    Diags *diags;
    EngineOptions options;
    Map *definitions;
    Map *derived;              /* "table.column" → Column: ledger columns (data.md 4) */
    Map *long_rows;            /* table id → marker: has rows dated by a quarter or year */
    Map *gaps;                 /* table and span → marker: its missing months were told */
    Map *undivided;            /* a name's place and a key → marker: W144 was told */
    const ValueNode *set_used; /* the name of the outermost set that is being worked out */
    Period judged; /* of a figure worked out again: the period whose last day is 截至 */
    int holes;     /* figures that a draft prints as 【缺：…】 */
    Scope root;
    RankCache *ranks;
    const Expr
        *checking; /* the set that is being checked by itself: its columns show in its uses only */
    long period_uses; /* row sets limited by the period, to tell whether 环比 can mean anything */
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
    const Column *per;    /* 按 */
    const Binding *extra; /* one more key, while 按 works over its groups */
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
    MISSING_OTHER
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
/* True when a bare word names a figure here: one of those, a set, a param, a column of the row. */
bool value_is_named(const Context *context, const ValueNode *node);
/* The column that an argument names in the table; NULL after a message. */
const Column *value_argument_column(
    const Context *context, const Table *table, const ValueNode *arg);

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
/* Warns of a text which a column never holds. */
void value_check_constant(const Context *context, const RowSet *rows, const Column *column,
    const char *text, const ValueNode *node);
/* Warns of a bare word that a param or set takes away from the column that holds it as text. */
void value_check_capture(
    const Context *context, const RowSet *rows, const Column *column, const ValueNode *node);

/* ---- steps at work ---- */

bool step_rows(const Context *context, const ValueNode *pipe, Value *value);      /* rows.c */
bool step_figure(const Context *context, const ValueNode *pipe, Value *value);    /* figure.c */
bool step_per_group(const Context *context, const ValueNode *pipe, Value *value); /* per.c */
bool step_list(const Context *context, const ValueNode *pipe, Value *value);      /* per.c */
bool step_again(const Context *context, const ValueNode *pipe, Value *value);     /* again.c */
bool step_wording(const Context *context, const ValueNode *pipe, Datum *datum);   /* wording.c */
bool step_period(const Context *context, const ValueNode *pipe, Datum *datum);    /* wording.c */
bool step_misused(const Context *context, const ValueNode *pipe, const Value *value); /* false */
bool step_overflow(const Context *context, const ValueNode *node);                    /* false */
/* 上期 同期 累计 … : what the step does to a move. */
PeriodMove move_by_step(PeriodMove move, const ValueNode *pipe);

/* The default of a column by its kind; figure.c. */
bool figure_default(const ValueNode *node, const RowSet *rows, const Column *column, Datum *out);
bool figure_count(const RowSet *rows, Datum *out);

/* The scope's period, moved; false when there is none. */
bool context_period(const Context *context, Period *out);
bool period_moved(
    const Context *context, PeriodMove move, Period *out, bool *from_start, bool *all);
bool move_is_none(PeriodMove move);

/* ---- SQL (sql.c: texts and row sets; condition.c: conditions) ---- */

typedef enum BoundKind { BOUND_NULL, BOUND_INT, BOUND_TEXT } BoundKind;

typedef struct Bound {
    BoundKind kind;
    int64_t number;
    const char *text;
} Bound;

enum { SQL_FEW = 12 };

typedef struct Sql {
    Engine *engine;
    Buf text;
    Bound few[SQL_FEW], *more; /* most statements bind a few: those cost no memory of the run */
    size_t count, capacity;
    int depth; /* of brackets in the condition under way */
} Sql;

Sql sql_new(Engine *engine);
void sql_add(Sql *sql, const char *text);
void sql_addf(Sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sql_vaddf(Sql *sql, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void sql_bind_int(Sql *sql, int64_t value); /* adds the ? too */
void sql_bind_text(Sql *sql, const char *text);
void sql_bind_datum(Sql *sql, const Datum *datum);
/* Prepares and binds; the text's memory is freed. Read all rows before the next value is worked
 * out. */
StoreQuery *sql_ready(Sql *sql);
bool sql_drop(Sql *sql); /* frees; always false */
/* " FROM t0 WHERE …" of a row set. */
bool sql_from(Sql *sql, const RowSet *rows);
/* 不限 lifts this key of the scope. */
bool rows_lift(const RowSet *rows, const Scope *scope, const char *name);
/* A condition on the row under test: 0 or 1, never NULL. */
bool sql_condition(Sql *sql, const RowSet *rows, const Context *context, const ValueNode *node);
/* What stands in a column of the query at hand. */
/* ---- doubt: doubt.c ---- */

/* The rows are those of a <total>: what cannot be added up is missing there, not an error. */
bool rows_in_total(const RowSet *rows);
/* False after a message where numbers of two units, or of several levels of the roster, meet. One
 * unit of a 单位 column becomes the figure's. */
bool figure_units_agree(
    const ValueNode *node, const RowSet *rows, const Column *column, Datum *out);
bool figure_levels_agree(const ValueNode *node, const RowSet *rows);
/* Warns, once a table and span, of months without a row inside the span of a figure. */
void figure_tell_gaps(const ValueNode *node, const RowSet *rows);
/* Warns, in a check and once a place, of rows inside a group that its keys do not limit: the
 * figure would be that of the whole town in every group. */
void figure_tell_undivided(const RowSet *rows);

Datum column_datum(const Engine *engine, const Column *column, StoreQuery *query, int index);
DatumKind column_datum_kind(const Column *column);

/* ---- printing (print.c) ---- */

/* A number as it prints without a wording step; `in_cell`: with the column's decimals. */
char *datum_plain(Engine *engine, const Datum *datum, bool in_cell);

#endif
