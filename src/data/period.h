/* Reporting periods: their parsing, neighbours and names (language.md 2, 7). Pure functions. */
#ifndef DATA_PERIOD_H
#define DATA_PERIOD_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/date.h"

typedef enum PeriodKind {
    PERIOD_NONE,
    PERIOD_RANGE,    /* any days, also 累计 */
    PERIOD_TEN_DAYS, /* 旬 */
    PERIOD_MONTH,
    PERIOD_QUARTER,
    PERIOD_HALF,
    PERIOD_YEAR
} PeriodKind;

typedef struct Period {
    PeriodKind kind;
    Date first, last;
} Period;

/* 2024-06 2024Q2 2024H1 2024 2024-06-上旬 2024-05-01..2024-06-30; full-width digits folded by the
 * caller. */
bool period_parse(const char *text, Period *out);
bool period_kind_parse(const char *name, PeriodKind *out); /* 旬 月 季 半年 年 */
const char *period_kind_name(PeriodKind kind);             /* the same; not of NONE and RANGE */
Period period_containing(PeriodKind kind, Date day); /* month, quarter … that holds the day */
Period period_previous(Period p);                    /* 上期; a range moves by its own length */
Period period_next(Period p);                        /* 下期 */
Period period_last_year(Period p);                   /* 同期 */
Period period_year_to_date(Period p);                /* 累计: 1 January to the last day */
bool period_equal(Period a, Period b);
char *period_raw(Arena *arena, Period p); /* as -p writes it */
char *period_name(Arena *arena, Period p); /* 名称 2024年6月 · 2024年第二季度 · 2024年1—6月 */
char *period_short(Arena *arena, Period p); /* 简称 6月 · 二季度 · 1—6月 */

#endif
