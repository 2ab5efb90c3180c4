/* The value language { … } of templates: parsed once, checked once against the declared tables,
 * compiled to parameterised SQL, worked out per scope. The only door between templates and the
 * store's rows.
 *
 * An Engine holds what all values of one paper share: the store, the report's period, 截至, params
 * and sets, compiled statements. A Scope is a frame of the place where a value is used: the report
 * itself, a group of an <each>/<table>/<chart>, or a single row; scopes are made here (engine_root,
 * groups_list) and only passed around. */
#ifndef TEMPLATE_VALUE_VALUE_H
#define TEMPLATE_VALUE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "data/store.h"
#include "data/targets.h"
#include "document/provenance.h"
#include "markup/xml.h"

typedef struct Engine Engine;
typedef struct Scope Scope;
typedef struct Expr Expr; /* a parsed value, condition or list */
struct Part;              /* template/value/trace.h */
struct Overruled;

typedef struct EngineOptions {
    bool has_period;
    Period period; /* of the report */
    bool has_as_of;
    Date as_of; /* 截至; else the period's last day */
    bool draft; /* a figure that fails prints 【缺：…】 */
    bool check; /* with draft: what is missing is an error and told as such */
    bool has_register; /* every paper has a 流水号 (--register) */
} EngineOptions;

Engine *engine_new(Arena *arena, Store *store, const EngineOptions *options, Diags *diags);
/* What 目标, 完成率 and 进度差 are worked out from. NULL: none. */
void engine_set_targets(Engine *engine, const Targets *targets);
/* How many figures a draft printed as 【缺：…】 so far. */
int engine_holes(const Engine *engine);
/* How many numbers have printed so far: those that engine_traced was called for. */
long engine_figures(const Engine *engine);
/* Of a draft: 【缺：…】 for an expression that could not be worked out, after a warning; NULL: no
 * draft, or the system failed. Whatever the template can get wrong was told by the check: what fails
 * when it is worked out, fails for the data. */
const char *engine_lacks(Engine *engine, const Expr *expr);
/* Of a draft: since it was last asked, a list was made of rows of which some could not be read. */
bool engine_is_short(Engine *engine);
/* A parameter's text: a number where it reads as one, else text. A name may be defined once (error
 * else). */
bool engine_define_param(Engine *engine, const char *name, const char *text, const At *at);
/* The value of a param, NULL: there is none of that name. */
const struct Datum *engine_param(const Engine *engine, const char *name);
/* A set is a formula, worked out anew in the scope where it is used. Cycles are errors. */
bool engine_define_set(Engine *engine, const char *name, const Expr *expr, const At *at);

/* Where the text of a value stands in the template: bytes [offset, offset+length) of a text node
 * (attr NULL) or attribute value. */
typedef struct ValuePlace {
    const XmlNode *node;
    const XmlAttr *attr;
    size_t offset, length;
} ValuePlace;

typedef enum ExprKind {
    EXPR_VALUE, /* value = sum { | step } */
    EXPR_TEST,  /* test, when, where: a condition */
    EXPR_ROWS,  /* of: a table with row steps */
    EXPR_KEYS,  /* by: one or more columns, or 月 季 年 …, with , */
    EXPR_SORT,  /* sort: value [升|降] {, value [升|降]} */
    EXPR_LIST   /* value of a chart: several values with , */
} ExprKind;

/* Parses; NULL after messages. The expression lives in the engine's arena. */
Expr *expr_parse(Engine *engine, ExprKind kind, const ValuePlace *place);

/* What a static check needs to know of the scopes round an expression, outermost last. */
typedef struct CheckScope {
    const struct CheckScope *parent;
    const Expr *rows,
        *keys; /* of= and by= of the enclosing each/table/chart; keys NULL: single rows */
} CheckScope;
/* Resolves all names and steps once, before anything is worked out, so that all mistakes show in
 * one run (also in branches that are not taken). Adds a message for each mistake; returns false if
 * there was any. */
bool expr_check(Engine *engine, Expr *expr, const CheckScope *scope);

/* A result: missing, number, text, date or truth. */
typedef enum DatumKind {
    DATUM_MISSING,
    DATUM_NUMBER,
    DATUM_TEXT,
    DATUM_DATE,
    DATUM_PERIOD,
    DATUM_BOOL
} DatumKind;

typedef struct Datum {
    DatumKind kind;
    Decimal number;
    const char *text; /* DATUM_TEXT, or a number already worded */
    Date date;
    Period period;
    /* Of 期间|累计: 上期 and 下期 still move the period that was widened, which is of this kind and
     * begins on `date`; PERIOD_NONE: not widened. */
    PeriodKind widened;
    bool truth;
    /* how a plain number prints: */
    bool is_ratio;          /* as 百分比 */
    bool is_quotient;       /* quotient or average: 2 decimals at most */
    int decimals;           /* the column's, for table cells; -1 unknown */
    const char *unit;       /* the column's, or NULL */
    const DataPlace *place; /* the one cell it came from, or NULL */
    bool is_change;         /* 环比, 同比: what 升降 words */
    bool is_delta;          /* 增减: the same */
    bool is_rank;           /* 排名: 升降 words its delta in 位 */
    bool is_pace;           /* 进度差: 升降 words it against 序时进度 */
    bool is_approx;         /* 约数 worded it */
    bool is_dated;          /* a date or period gave it (期间|年份): no figure */
    int missing;            /* of DATUM_MISSING: why, a MissingReason of value_internal.h */
    struct Part *part;      /* of a traced value: how it came about; else NULL */
} Datum;

/* The columns that a table has besides its own, worked out of a ledger's dates (已销号 超期 …): the
 * one of this index, NULL behind the last. Without 截至 there are none. */
const Column *engine_derived(Engine *engine, const Table *table, size_t index);

/* Root scope: the report, or what it is for one unit. */
const Scope *engine_root(Engine *engine);

/* ---- one paper a unit (burst.c) ---- */

/* From now on all values are those of one unit of `each`: a column of texts, or a level of the
 * roster. Before anything is checked; also where the tables could not be read, so that what stands
 * in the paper is checked as a unit's. */
void engine_set_each(Engine *engine, const char *each);
/* There is such a column or level. False after a message. */
bool engine_check_each(Engine *engine, const At *at);
/* After the check: the names of the units, of a level in the order of the roster, else of the data of
 * the period. Rows are found by them at once from then on. False after a message. */
bool engine_units(Engine *engine, const char *const **names, size_t *count);
/* The root scope is that of the unit at `place` among the names, which has the 序号 `number` and the
 * 流水号 `serial` (0: none). All is as it was after engine_units, whatever was worked out since; what is
 * made lies in `arena`. */
void engine_enter_unit(
    Engine *engine, Arena *arena, size_t place, size_t number, long serial);
void engine_leave_unit(Engine *engine);
/* The 流水号 of a paper that is no unit's. */
void engine_set_serial(Engine *engine, long serial);
/* The level of the roster with this index that lies above the units, NULL behind the last; and that
 * unit of it to which a unit belongs. */
const char *engine_unit_level(Engine *engine, size_t index);
const char *engine_unit_above(Engine *engine, size_t place, const char *level);
/* The name of a param, NULL behind the last; and its text as it prints by itself. */
const char *engine_param_name(const Engine *engine, size_t index);
const char *engine_param_text(Engine *engine, const char *name);

/* Of a value that is a param alone, whose text was refused: the hint which text that is. */
void expr_hint_param(Engine *engine, const Expr *expr);

/* Works a value out. False after a message (a missing value is not a failure: DATUM_MISSING). */
bool expr_eval(Engine *engine, const Expr *expr, const Scope *scope, Datum *out);
/* Of EXPR_LIST: how many values it has, the source text of one (a series' name), and one worked
 * out. */
int expr_list_count(const Expr *expr);
const char *expr_list_name(const Expr *expr, int index);
bool expr_list_eval(Engine *engine, const Expr *expr, int index, const Scope *scope, Datum *out);
/* A condition. A comparison with a missing value is false. */
bool expr_test(Engine *engine, const Expr *expr, const Scope *scope, bool *out);
/* The printed form in prose; missing is an error (or 【缺：…】 in a draft). */
bool expr_text(Engine *engine, const Expr *expr, const Scope *scope, const char **out,
    const DataPlace **place);
/* The printed form in a table cell: missing prints —, numbers with the column's decimals. `numeric`
 * may be NULL. */
bool expr_cell(
    Engine *engine, const Expr *expr, const Scope *scope, const char **out, bool *numeric);
/* A table prints exact values (language.md 5): of this expression 约数 does nothing, and a warning
 * says so. */
void expr_print_exact(Engine *engine, Expr *expr);
/* The same of a result that is worked out already. */
const char *datum_cell(Engine *engine, const Datum *datum, bool *numeric);
/* True when the value is a figure, whatever its wording and even where it is missing here. */
bool expr_is_figure(Engine *engine, const Expr *expr, const Scope *scope);
/* A chart label of a datum of this expression. */
const char *datum_label(Engine *engine, const Datum *datum);
/* when="有数": true when every figure of the expression is present and not zero. */
bool expr_has_figures(Engine *engine, const Expr *expr, const Scope *scope, bool *out);
/* The source text of the expression, for messages and 核对单. */
const char *expr_source(const Expr *expr);
At expr_at(const Expr *expr);

/* From now on it is noted where each value came from. */
void engine_trace(Engine *engine);
/* The record of the value that expr_eval, expr_list_eval or expr_text worked out last, or failed to
 * (of a draft), and that prints as `printed`. NULL: nothing is traced. */
const Provenance *engine_traced(Engine *engine, const char *printed);
/* How the figures of a column of this kind add up over time. */
FigureManner manner_of_kind(ColumnKind kind);
/* 改定.csv: the figure with this claim (document/provenance.h) is `value`, wherever it prints, worded
 * as it would have been, and what is sorted and ranked by it follows. What is made of it (a sum over
 * more rows, 环比) stays as the data have it.
 * Before evaluation; the engine has to be traced. `said` is kept. */
void engine_overrule(
    Engine *engine, const char *claim, Decimal value, const struct Overruled *said);
/* Since then the figure of the claim has been worked out for print. */
bool engine_ruling_met(const Engine *engine, const char *claim);
/* A condition (test=, when=) that was decided by an overruled figure, as the data have it. */
typedef struct RuledTest {
    const Expr *test;
    const char *claim; /* the figure's */
    bool figures;      /* `test` is the figure itself, of which 有数 was asked */
} RuledTest;
size_t engine_ruled_tests(const Engine *engine, const RuledTest **out);
/* The number of a datum as the data have it, overruled or not. */
Decimal datum_computed(const Datum *datum);

/* Groups or rows of an each, table or chart, ready to be used as scopes. */
typedef struct GroupSpec {
    const Expr *rows;  /* of */
    const Expr *keys;  /* by; NULL: single rows */
    const Expr *where; /* EXPR_TEST on rows, or NULL */
    const Expr *across; /* of a chart: series of its by, by of its series; or NULL */
    const Expr *when;  /* EXPR_TEST on groups, or NULL: groups that fail it drop out */
    /* The same where the condition is no expression (when="有数"), or NULL. */
    bool (*keeps)(void *asker, const Scope *scope);
    void *asker;
    const Expr *sort;  /* or NULL: roster order, else the data's; periods in time order */
    int top;           /* 0 = all */
    bool top_ties;     /* top="3 并列" */
    At at;
} GroupSpec;

typedef struct Groups {
    const Scope **scopes; /* in printing order; 序号 counts them from 1 */
    int count;
    const Scope *total; /* all rows of the groups together, for <total> */
} Groups;

/* Checks of, by, where, when and sort of a group together, as expr_check does each alone, and
 * `where` as the condition on rows that it is. */
bool groups_check(Engine *engine, const GroupSpec *spec, const CheckScope *scope);

bool groups_list(Engine *engine, const GroupSpec *spec, const Scope *scope, Groups *out);
/* Rows of a table that stand together under one value, as a scope to work a subtotal out in. */
typedef struct GroupRun {
    int first, count;
    const Scope *scope;
} GroupRun;

typedef struct GroupRuns {
    GroupRun *items;
    int count;
} GroupRuns;

/* The runs of equal values of `keys` (columns, periods, levels of the roster), within those of
 * `outer` (NULL: none). False after a message, also where a value comes again behind another one.
 */
bool groups_runs(
    Engine *engine, const Groups *groups, const Expr *keys, const GroupRuns *outer, GroupRuns *out);
/* A group with the keys of another group of the same rows as well: a category of one series. NULL
 * where their periods exclude each other. */
const Scope *scope_cross(Arena *arena, const Scope *group, const Scope *other);
/* Groups listed round a table, seen from within a group, a row or a total of it: the same ones in
 * each. Of a group that is itself a period, those that lie in it. */
void groups_within(Arena *arena, const Groups *groups, const Scope *outer, Groups *out);
/* The printed label of a group's key (its first key, or the one with this index): 长塘村, 6月. */
const char *scope_key_label(Engine *engine, const Scope *scope, int index);
/* The month, quarter … that a group is of. False: its keys are no periods. */
bool scope_period(const Scope *scope, Period *out);

#endif
