/* The forms in which GB/T 9704 wants small texts written: 发文字号, 密级, 份号, dates. Each
 * function takes what was typed and gives what is printed, in the arena or `typed` itself; *mended
 * tells that what was typed is wrong, not only short. NULL where it cannot be understood. */
#ifndef DOCUMENT_PROPER_H
#define DOCUMENT_PROPER_H

#include <stdbool.h>
#include "base/arena.h"

/* 7.2.5: X政发〔2024〕3号, with its brackets, the whole year, no 第, no padding. NULL: without a
 * year, or without a number that is written in digits or left open (　号, ×号). */
const char *proper_number(Arena *arena, const char *typed, bool *mended);
/* 第3号 of a 命令, 第3期: `unit` is 号 or 期. A bare figure is short for it; of a 期 Han digits are
 * mended. What is not of this form stays as it is. */
const char *proper_serial(Arena *arena, const char *typed, const char *unit, bool *mended);
/* 7.2.2: 秘密★1年; without a term 秘　密. NULL: none of the three degrees. */
const char *proper_secrecy(Arena *arena, const char *typed, bool *mended);
/* 7.2.1: a bare figure as six digits. */
const char *proper_copy(Arena *arena, const char *typed);
/* 7.3.5.4: 2024年6月5日, the year whole and nothing padded; the text round it stays. */
const char *proper_date(Arena *arena, const char *typed, bool *mended);
/* The first date of a text that is in no calendar (2024年6月31日), as typed; NULL: none. */
const char *impossible_date(Arena *arena, const char *text);

#endif
