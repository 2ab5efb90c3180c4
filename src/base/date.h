/* Calendar dates (proleptic Gregorian), without time zones. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>

typedef struct Date {
    int year, month, day;
} Date;

bool date_valid(int year, int month, int day); /* years 1900 … 2199 */
int date_days(Date date);                      /* days since 1970-01-01 */
Date date_from_days(int days);
Date date_add_months(Date date, int months); /* the day is clamped to the month's length */
int date_month_length(int year, int month);
int date_cmp(Date a, Date b);
bool date_parse_iso(const char *text, Date *out); /* 2024-06-15, exactly */
char *date_format_iso(Date date, char out[16]);

#endif
