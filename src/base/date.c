#include "base/date.h"
#include <stdio.h>
#include <string.h>

enum {
    FIRST_YEAR = 1900,
    LAST_YEAR = 2199,
    DAYS_OF_400_YEARS = 146097,
    EPOCH = 719468 /* days from 0000-03-01 to 1970-01-01 */
};

static bool leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap_year(year) ? 29 : lengths[month - 1];
}

bool date_valid(int year, int month, int day)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
           day <= date_month_length(year, month);
}

/* Years begin in March here, so that 29 February is the last day of its year. Good for the years
 * from 0 on. */
int date_days(Date date)
{
    int year = date.month > 2 ? date.year : date.year - 1;
    int century4 = year / 400, year_of = year % 400;
    int day_of = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int days = century4 * DAYS_OF_400_YEARS + year_of * 365 + year_of / 4 - year_of / 100 + day_of;
    return days - EPOCH;
}

Date date_from_days(int days)
{
    days += EPOCH;
    int century4 = days / DAYS_OF_400_YEARS, rest = days % DAYS_OF_400_YEARS;
    int year_of = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int day_of = rest - (365 * year_of + year_of / 4 - year_of / 100);
    int month_of = (5 * day_of + 2) / 153; /* 0 is March */
    Date date = {century4 * 400 + year_of, month_of < 10 ? month_of + 3 : month_of - 9,
        day_of - (153 * month_of + 2) / 5 + 1};
    date.year += date.month <= 2;
    return date;
}

Date date_add_months(Date date, int months)
{
    int total = date.year * 12 + date.month - 1 + months;
    Date moved = {total / 12, total % 12 + 1, date.day};
    int length = date_month_length(moved.year, moved.month);
    if (moved.day > length)
        moved.day = length;
    return moved;
}

int date_cmp(Date a, Date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* `count` ASCII digits as a number, -1 if there is anything else. */
static int read_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool date_parse_iso(const char *text, Date *out)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    Date date = {read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2)};
    if (!date_valid(date.year, date.month, date.day))
        return false;
    *out = date;
    return true;
}

char *date_format_iso(Date date, char out[16])
{
    /* The remainders tell the compiler what date_valid promised: four, two and two digits. */
    snprintf(out, 16, "%04u-%02u-%02u", (unsigned)date.year % 10000u, (unsigned)date.month % 100u,
        (unsigned)date.day % 100u);
    return out;
}
