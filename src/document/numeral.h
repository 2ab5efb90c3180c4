/* Chinese numerals: 一二三, heading numbers, dates in Hanzi, money. Pure functions; texts in the
 * arena. */
#ifndef DOCUMENT_NUMERAL_H
#define DOCUMENT_NUMERAL_H

#include <stdint.h>
#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"

int numeral_han_digit(uint32_t code_point); /* 一 … 十 are 1 … 10; 0: none of them */
char *numeral_han(Arena *arena, int64_t number); /* 一百二十三; 十 not 一十 at the head */
char *numeral_han_decimal(Arena *arena, Decimal number); /* 一点五; 零点五 */
char *numeral_ordinal(Arena *arena, int64_t number); /* 第三 */
char *numeral_money(Arena *arena, Decimal yuan);     /* 壹佰贰拾叁元整; rounded to 分 */
char *numeral_circled(Arena *arena, int number);     /* ① … ㊿ , beyond: (51) */
/* The number before a heading of level 1–4: 一、 （一） 1. （1） (GB/T 9704 7.3.3). */
char *numeral_heading(Arena *arena, int level, int number);

char *date_long(Arena *arena, Date date);       /* 2024年6月30日 (7.3.5.4: no zero padding) */
char *date_month_day(Arena *arena, Date date);  /* 6月30日 */
char *date_year_month(Arena *arena, Date date); /* 2024年6月 */
char *date_han(Arena *arena, Date date);        /* 二〇二四年六月三十日 */

#endif
