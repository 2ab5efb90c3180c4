/* One cell of a CSV → number, day, month or period, as offices write them (data.md 2); one head →
 * name, unit, full marks. Pure functions: they know nothing of files, tables or messages, only say
 * what they met. */
#ifndef DATA_INFER_H
#define DATA_INFER_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/decimal.h"
#include "data/period.h"

/* Empty, / — － - 无: nothing was reported. */
bool infer_missing(const char *cell);

/* What was odd in a number that was read all the same. */
enum {
    NUMBER_UNUSUAL = 1 << 0,     /* separators, full-width digits, a unit, 万: read without loss */
    NUMBER_PERCENT = 1 << 1,     /* written with %: the value is divided by 100 already */
    NUMBER_SCIENTIFIC = 1 << 2,  /* 1.23E+05: Excel has dropped digits */
    NUMBER_STOP = 1 << 3,        /* 1。5 */
    NUMBER_APPROXIMATE = 1 << 4, /* 约3 130余 近7万 */
    NUMBER_SUSPICIOUS = 1 << 5,  /* 12023余吨: “200” replaced by “2023” */
    NUMBER_CODE = 1 << 6,        /* a leading zero or more than 12 digits: the column is text */
    NUMBER_TOO_LARGE = 1 << 7    /* does not fit: value is not set */
};

typedef struct NumberCell {
    Decimal value; /* scale: decimals as written */
    unsigned flags;
} NumberCell;

/* `unit` is the column's (吨) or NULL; a cell may repeat it. False: not a number. */
bool infer_number(const char *cell, const char *unit, NumberCell *out);

typedef enum DateForm {
    DATE_NONE,
    DATE_DAY,
    DATE_MONTH,
    DATE_PERIOD,    /* ten days, quarter, half or whole year: only where a period is declared */
    DATE_IMPOSSIBLE /* looks like a date, but there is no such day, or it is written 8/3/2023 */
} DateForm;

typedef struct DateCell {
    DateForm form;
    Period period; /* of a day: that day */
    bool guessed;  /* 45418, May-24: read only because a date is declared */
    bool no_year;  /* 5月6日: the year is `year` */
} DateCell;

/* `year` completes 5月6日; 0: such cells are no dates. `declared`: the column is known to hold
 * dates, so that forms that could be something else (202405, 45418, 2024, 2024Q2) count too. */
DateForm infer_date(const char *cell, int year, bool declared, DateCell *out);

/* A text cell without blanks at its ends and without Excel's text marks ('0123, ="0123"). */
const char *infer_text(Arena *arena, const char *cell);

typedef struct Head {
    const char *name; /* folded, without what stands in brackets at its end */
    const char *unit; /* or NULL */
    bool is_ratio;    /* (%): 85 is 0.85 */
    bool has_full_marks;
    Decimal full_marks; /* (15) */
} Head;

/* ---- units ---- */

/* One of the units that offices write: 吨 公斤 处 户 万元 … */
bool infer_is_unit(const char *text);
/* 公斤 and 千克, ㎡ and 平方米; of unknown units only the same text. */
bool infer_same_unit(const char *a, const char *b);
/* 吨 and 公斤, 元 and 万元: the same thing measured, wrong by a factor when added up. */
bool infer_convertible_units(const char *a, const char *b);
/* How many of `b` one `a` is: times ÷ over. False where that is not certain (亩 and 平方米). */
bool infer_unit_ratio(const char *a, const char *b, int64_t *times, int64_t *over);
/* The unit at the end of a number (12.5吨 in a column that names none); NULL when there is none. */
const char *infer_trailing_unit(const char *cell, NumberCell *out);

/* #REF!, #DIV/0!, #####: what Excel shows where a formula failed or a column is too narrow. */
bool infer_excel_error(const char *cell);

Head infer_head(Arena *arena, const char *text);
/* …日期 …时限 …完工: a column of days, also before its first cell is filled. */
bool infer_is_day_name(const char *name);
/* Columns that hold numbers for names: …编号 …号 电话 身份证 代码. */
bool infer_is_code_name(const char *name);

#endif
