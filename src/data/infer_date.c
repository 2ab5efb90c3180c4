#include <string.h>
#include "base/utf8.h"
#include "data/infer.h"
#include "data/infer_internal.h"

/* A cell is matched against shapes: Y four digits, M and D one or two, S a separator - / or . (the
 * same one in a shape), n the digit 1–4 or 一–四, t 上 中 下, z 上 下, anything else itself. */
typedef enum Need { ANYWHERE, DECLARED } Need;

static const struct {
    const char *shape;
    PeriodKind kind; /* PERIOD_RANGE: a day */
    Need need;
} SHAPES[] = {
    /* flat table */
    {"YSMSD", PERIOD_RANGE, ANYWHERE},
    {"Y年M月D日", PERIOD_RANGE, ANYWHERE},
    {"Y年M月D号", PERIOD_RANGE, ANYWHERE},
    {"M月D日", PERIOD_RANGE, ANYWHERE},
    {"M月D号", PERIOD_RANGE, ANYWHERE},
    {"Y-M", PERIOD_MONTH, ANYWHERE},
    {"Y/M", PERIOD_MONTH, ANYWHERE},
    {"Y年M月", PERIOD_MONTH, ANYWHERE},
    {"Y年M月份", PERIOD_MONTH, ANYWHERE},
    {"M月", PERIOD_MONTH, ANYWHERE},
    {"M月份", PERIOD_MONTH, ANYWHERE},
    {"Y.M", PERIOD_MONTH, DECLARED},
    {"Y-M-t旬", PERIOD_TEN_DAYS, DECLARED},
    {"Y年M月t旬", PERIOD_TEN_DAYS, DECLARED},
    {"M月t旬", PERIOD_TEN_DAYS, DECLARED},
    {"YQn", PERIOD_QUARTER, DECLARED},
    {"Y-Qn", PERIOD_QUARTER, DECLARED},
    {"Y年n季度", PERIOD_QUARTER, DECLARED},
    {"Y年第n季度", PERIOD_QUARTER, DECLARED},
    {"n季度", PERIOD_QUARTER, DECLARED},
    {"第n季度", PERIOD_QUARTER, DECLARED},
    {"YHn", PERIOD_HALF, DECLARED},
    {"Y年z半年", PERIOD_HALF, DECLARED},
    {"z半年", PERIOD_HALF, DECLARED},
    {"Y年", PERIOD_YEAR, DECLARED},
    {"Y年度", PERIOD_YEAR, DECLARED},
    {"Y", PERIOD_YEAR, DECLARED},
    /* day and year swapped: no office means one thing by it, so it is never read */
    {"MSDSY", PERIOD_NONE, ANYWHERE},
};

typedef struct Parts {
    int year, month, day, number; /* -1: not in the shape */
    char separator;
} Parts;

static bool digits(const char **at, int least, int most, int *out)
{
    int count = 0, value = 0;
    for (; count < most && **at >= '0' && **at <= '9'; count++) {
        value = value * 10 + (*(*at)++ - '0');
    }
    *out = value;
    return count >= least;
}

/* The position of the character at *at among those of `words`, from 1; 0 when it is none. */
static int choice(const char **at, const char *words)
{
    const char *after = *at, *word = words;
    uint32_t c = utf8_next(&after);
    for (int i = 1; *word; i++) {
        if (utf8_next(&word) == c) {
            *at = after;
            return i;
        }
    }
    return 0;
}

static bool take_separator(const char **at, Parts *parts)
{
    char c = **at;
    if ((c != '-' && c != '/' && c != '.') || (parts->separator && parts->separator != c)) {
        return false;
    }
    parts->separator = c;
    (*at)++;
    return true;
}

static bool take_number(const char **at, Parts *parts)
{
    parts->number = choice(at, "1234");
    if (!parts->number) {
        parts->number = choice(at, "一二三四");
    }
    return parts->number > 0;
}

static bool take_part(char letter, const char **at, Parts *parts)
{
    switch (letter) {
    case 'Y':
        return digits(at, 4, 4, &parts->year);
    case 'M':
        return digits(at, 1, 2, &parts->month);
    case 'D':
        return digits(at, 1, 2, &parts->day);
    case 'S':
        return take_separator(at, parts);
    case 'n':
        return take_number(at, parts);
    case 't':
        return (parts->number = choice(at, "上中下")) > 0;
    case 'z':
        return (parts->number = choice(at, "上下")) > 0;
    default:
        return *(*at)++ == letter;
    }
}

/* Behind a day: nothing, or the time that Excel adds (0:00, T08:30:00). */
static bool is_time(const char *at)
{
    if (*at != ' ' && *at != 'T') {
        return *at == '\0';
    }
    int colons = 0;
    for (at++; (*at >= '0' && *at <= '9') || *at == ':'; at++) {
        colons += *at == ':';
    }
    return *at == '\0' && colons > 0;
}

static bool matches(const char *text, const char *shape, PeriodKind kind, Parts *parts)
{
    *parts = (Parts){-1, -1, -1, -1, 0};
    for (; *shape; shape++) {
        if (!*text || !take_part(*shape, &text, parts)) {
            return false;
        }
    }
    return kind == PERIOD_RANGE || kind == PERIOD_NONE ? is_time(text) : *text == '\0';
}

/* The first day of what the parts name, false when there is no such day. */
static bool first_day(const Parts *parts, PeriodKind kind, int year, Date *out)
{
    int month = parts->month < 0 ? 1 : parts->month, day = parts->day < 0 ? 1 : parts->day;
    if (kind == PERIOD_TEN_DAYS) {
        day = parts->number * 10 - 9;
    } else if (kind == PERIOD_QUARTER) {
        month = parts->number * 3 - 2;
    } else if (kind == PERIOD_HALF) {
        month = parts->number * 6 - 5;
    }
    *out = (Date){year, month, day};
    return date_valid(year, month, day);
}

static DateForm form_of(PeriodKind kind)
{
    return kind == PERIOD_RANGE ? DATE_DAY : kind == PERIOD_MONTH ? DATE_MONTH : DATE_PERIOD;
}

static DateForm complete(const Parts *parts, PeriodKind kind, int year, DateCell *out)
{
    Date day;
    if (kind == PERIOD_NONE) {
        return DATE_IMPOSSIBLE;
    }
    out->no_year = parts->year < 0;
    if (out->no_year && year == 0) {
        return DATE_NONE;
    }
    if (!first_day(parts, kind, out->no_year ? year : parts->year, &day)) {
        return DATE_IMPOSSIBLE;
    }
    out->period = period_containing(kind, day);
    return form_of(kind);
}

/* ---- forms of a declared column that could as well be numbers ---- */

static DateForm day_form(Date day, PeriodKind kind, DateCell *out)
{
    out->guessed = true;
    out->period = period_containing(kind, day);
    return form_of(kind);
}

/* 20240506, 202405, and 45418: Excel's days since 1899-12-30 (its 1900 has a 29 February that never
 * was). */
static DateForm infer_digits(const char *text, DateCell *out)
{
    size_t length = strlen(text);
    int value = 0;
    const char *at = text;
    if (length < 5 || length > 8 || length == 7 || !digits(&at, (int)length, (int)length, &value)) {
        return DATE_NONE;
    }
    if (length == 5) {
        Date day = date_from_days(value - 25569);
        return day.year >= 1990 && day.year < 2100 ? day_form(day, PERIOD_RANGE, out) : DATE_NONE;
    }
    Date day = length == 8 ? (Date){value / 10000, value / 100 % 100, value % 100}
                           : (Date){value / 100, value % 100, 1};
    if (!date_valid(day.year, day.month, day.day)) {
        return DATE_IMPOSSIBLE;
    }
    return day_form(day, length == 8 ? PERIOD_RANGE : PERIOD_MONTH, out);
}

/* May-24: what Excel makes of 2024-05 when the file is saved again. */
static DateForm infer_excel_month(const char *text, DateCell *out)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int year;
    const char *at = text + 4;
    if (strlen(text) != 6 || text[3] != '-' || !digits(&at, 2, 2, &year)) {
        return DATE_NONE;
    }
    for (int month = 1; month <= 12; month++) {
        if (strncmp(text, names + (month - 1) * 3, 3) == 0) {
            return day_form((Date){2000 + year, month, 1}, PERIOD_MONTH, out);
        }
    }
    return DATE_NONE;
}

/* `2024 年 5 月` is as common as without the blanks; the blank before a time stays. */
static void close_gaps(char *text)
{
    if (!strchr(text, ' ') || (!strstr(text, "年") && !strstr(text, "月"))) {
        return;
    }
    char *to = text;
    for (char *from = text; *from; from++) {
        if (*from != ' ') {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* Most texts are known not to be dates by their first character. */
static bool may_be_date(const char *cell, bool declared)
{
    unsigned char first = (unsigned char)*cell;
    return declared || (first >= '0' && first <= '9') || first <= ' ' || first == 0xC2 ||
           first == 0xE2 || first == 0xE3 || first == 0xEF;
}

DateForm infer_date(const char *cell, int year, bool declared, DateCell *out)
{
    char text[INFER_BYTES];
    Parts parts;
    *out = (DateCell){.form = DATE_NONE};
    if (!may_be_date(cell, declared) || infer_fold(cell, text) == 0) {
        return DATE_NONE;
    }
    close_gaps(text);
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) {
        if ((declared || SHAPES[i].need == ANYWHERE) &&
            matches(text, SHAPES[i].shape, SHAPES[i].kind, &parts)) {
            return out->form = complete(&parts, SHAPES[i].kind, year, out);
        }
    }
    if (declared) {
        out->form = infer_digits(text, out);
        if (out->form == DATE_NONE) {
            out->form = infer_excel_month(text, out);
        }
    }
    return out->form;
}
