#include "data/period.h"

#include <stdio.h>
#include <string.h>

static const char *const TEN_DAY_NAMES[] = {"上旬", "中旬", "下旬"};
static const char *const QUARTER_NAMES[] = {"一季度", "二季度", "三季度", "四季度"};
static const char *const HALF_NAMES[] = {"上半年", "下半年"};

static const struct {
    PeriodKind kind;
    const char *name;
} KIND_NAMES[] = {
    {PERIOD_TEN_DAYS, "旬"},
    {PERIOD_MONTH, "月"},
    {PERIOD_QUARTER, "季"},
    {PERIOD_HALF, "半年"},
    {PERIOD_YEAR, "年"},
};

enum { KIND_NAME_COUNT = sizeof KIND_NAMES / sizeof *KIND_NAMES };

static Date day_of(int year, int month, int day)
{
    return (Date){year, month, day};
}

static Date month_end(int year, int month)
{
    return day_of(year, month, date_month_length(year, month));
}

static Period months(PeriodKind kind, int year, int month, int count)
{
    return (Period){kind, day_of(year, month, 1), month_end(year, month + count - 1)};
}

static Period ten_days(int year, int month, int part)
{
    Date last = part == 2 ? month_end(year, month) : day_of(year, month, 10 * (part + 1));
    return (Period){PERIOD_TEN_DAYS, day_of(year, month, 10 * part + 1), last};
}

static int ten_day_part(Date day)
{
    return day.day > 20 ? 2 : day.day > 10 ? 1 : 0;
}

Period period_containing(PeriodKind kind, Date day)
{
    switch (kind) {
    case PERIOD_TEN_DAYS:
        return ten_days(day.year, day.month, ten_day_part(day));
    case PERIOD_MONTH:
        return months(kind, day.year, day.month, 1);
    case PERIOD_QUARTER:
        return months(kind, day.year, (day.month - 1) / 3 * 3 + 1, 3);
    case PERIOD_HALF:
        return months(kind, day.year, day.month > 6 ? 7 : 1, 6);
    case PERIOD_YEAR:
        return months(kind, day.year, 1, 12);
    case PERIOD_NONE:
    case PERIOD_RANGE:
        break;
    }
    return (Period){PERIOD_RANGE, day, day};
}

/* ---- parsing ---- */

static bool digits_at(const char **text, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9') {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    *text += count;
    *out = value;
    return true;
}

static bool word_at(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0) {
        return false;
    }
    *text += length;
    return true;
}

static bool parse_range(const char *text, Period *out)
{
    const char *dots = strstr(text, "..");
    char first[16];
    if (!dots || dots - text != 10) {
        return false;
    }
    memcpy(first, text, 10);
    first[10] = '\0';
    Date from, to;
    if (!date_parse_iso(first, &from) || !date_parse_iso(dots + 2, &to) || date_cmp(to, from) < 0) {
        return false;
    }
    *out = (Period){PERIOD_RANGE, from, to};
    return true;
}

/* Behind “2024-06”: nothing, or “-上旬”. */
static bool parse_month_rest(const char *text, int year, int month, Period *out)
{
    if (*text == '\0') {
        *out = months(PERIOD_MONTH, year, month, 1);
        return true;
    }
    for (int part = 0; part < 3; part++) {
        const char *rest = text;
        if (word_at(&rest, "-") && word_at(&rest, TEN_DAY_NAMES[part]) && *rest == '\0') {
            *out = ten_days(year, month, part);
            return true;
        }
    }
    return false;
}

static bool parse_part_of_year(const char *text, int year, Period *out)
{
    char letter = *text++;
    int number;
    if (!digits_at(&text, 1, &number) || *text != '\0' || number < 1) {
        return false;
    }
    if (letter == 'Q' && number <= 4) {
        *out = months(PERIOD_QUARTER, year, number * 3 - 2, 3);
        return true;
    }
    if (letter == 'H' && number <= 2) {
        *out = months(PERIOD_HALF, year, number * 6 - 5, 6);
        return true;
    }
    return false;
}

bool period_parse(const char *text, Period *out)
{
    const char *at = text;
    int year, month;
    if (strstr(text, "..")) {
        return parse_range(text, out);
    }
    if (!digits_at(&at, 4, &year) || !date_valid(year, 1, 1)) {
        return false;
    }
    if (*at == '\0') {
        *out = months(PERIOD_YEAR, year, 1, 12);
        return true;
    }
    if (*at == '-') {
        at++;
        return digits_at(&at, 2, &month) && date_valid(year, month, 1) &&
               parse_month_rest(at, year, month, out);
    }
    return parse_part_of_year(at, year, out);
}

bool period_kind_parse(const char *name, PeriodKind *out)
{
    for (int i = 0; i < KIND_NAME_COUNT; i++) {
        if (strcmp(name, KIND_NAMES[i].name) == 0) {
            *out = KIND_NAMES[i].kind;
            return true;
        }
    }
    return false;
}

const char *period_kind_name(PeriodKind kind)
{
    for (int i = 0; i < KIND_NAME_COUNT; i++)
        if (KIND_NAMES[i].kind == kind)
            return KIND_NAMES[i].name;
    return "";
}

/* ---- neighbours ---- */

static bool whole_months(Period p)
{
    return p.first.day == 1 && p.last.day == date_month_length(p.last.year, p.last.month);
}

static int month_count(Period p)
{
    return (p.last.year - p.first.year) * 12 + p.last.month - p.first.month + 1;
}

/* A range of whole months stays one (January and February a year after 2024 end on the 28th). */
static Period move_months(Period p, int count)
{
    bool whole = whole_months(p);
    Period moved = {p.kind, date_add_months(p.first, count), date_add_months(p.last, count)};
    if (whole) {
        moved.last = month_end(moved.last.year, moved.last.month);
    }
    return moved;
}

static Period move_range(Period p, int direction)
{
    if (whole_months(p)) {
        return move_months(p, direction * month_count(p));
    }
    int first = date_days(p.first), last = date_days(p.last);
    int length = direction * (last - first + 1);
    return (Period){p.kind, date_from_days(first + length), date_from_days(last + length)};
}

Period period_previous(Period p)
{
    if (p.kind == PERIOD_NONE) {
        return p;
    }
    if (p.kind == PERIOD_RANGE) {
        return move_range(p, -1);
    }
    return period_containing(p.kind, date_from_days(date_days(p.first) - 1));
}

Period period_next(Period p)
{
    if (p.kind == PERIOD_NONE) {
        return p;
    }
    if (p.kind == PERIOD_RANGE) {
        return move_range(p, 1);
    }
    return period_containing(p.kind, date_from_days(date_days(p.last) + 1));
}

Period period_last_year(Period p)
{
    if (p.kind == PERIOD_NONE) {
        return p;
    }
    if (p.kind == PERIOD_RANGE) {
        return move_months(p, -12);
    }
    return period_containing(p.kind, date_add_months(p.first, -12));
}

Period period_year_to_date(Period p)
{
    if (p.kind == PERIOD_NONE) {
        return p;
    }
    return (Period){PERIOD_RANGE, day_of(p.last.year, 1, 1), p.last};
}

bool period_equal(Period a, Period b)
{
    return a.kind == b.kind && date_cmp(a.first, b.first) == 0 && date_cmp(a.last, b.last) == 0;
}

/* ---- names ---- */

char *period_raw(Arena *arena, Period p)
{
    int year = p.first.year, month = p.first.month;
    char first[16], last[16];
    switch (p.kind) {
    case PERIOD_TEN_DAYS:
        return arena_printf(
            arena, "%04d-%02d-%s", year, month, TEN_DAY_NAMES[ten_day_part(p.first)]);
    case PERIOD_MONTH:
        return arena_printf(arena, "%04d-%02d", year, month);
    case PERIOD_QUARTER:
        return arena_printf(arena, "%04dQ%d", year, (month + 2) / 3);
    case PERIOD_HALF:
        return arena_printf(arena, "%04dH%d", year, month > 6 ? 2 : 1);
    case PERIOD_YEAR:
        return arena_printf(arena, "%04d", year);
    case PERIOD_RANGE:
        return arena_printf(
            arena, "%s..%s", date_format_iso(p.first, first), date_format_iso(p.last, last));
    case PERIOD_NONE:
        break;
    }
    return arena_strdup(arena, "");
}

/* GB/T 15835 writes a span of numbers with “—”; what both ends share is written once. */
static char *range_name(Arena *arena, Period p, const char *year)
{
    Date a = p.first, b = p.last;
    bool same_year = a.year == b.year, same_month = same_year && a.month == b.month;
    if (whole_months(p)) {
        if (!same_year) {
            return arena_printf(arena, "%d年%d月—%d年%d月", a.year, a.month, b.year, b.month);
        }
        return same_month ? arena_printf(arena, "%s%d月", year, a.month)
                          : arena_printf(arena, "%s%d—%d月", year, a.month, b.month);
    }
    if (!same_year) {
        return arena_printf(
            arena, "%d年%d月%d日—%d年%d月%d日", a.year, a.month, a.day, b.year, b.month, b.day);
    }
    if (!same_month) {
        return arena_printf(arena, "%s%d月%d日—%d月%d日", year, a.month, a.day, b.month, b.day);
    }
    return a.day == b.day ? arena_printf(arena, "%s%d月%d日", year, a.month, a.day)
                          : arena_printf(arena, "%s%d月%d—%d日", year, a.month, a.day, b.day);
}

/* `year` is “2024年”, or empty for the short name. */
static char *named(Arena *arena, Period p, const char *year)
{
    int month = p.first.month;
    switch (p.kind) {
    case PERIOD_TEN_DAYS:
        return arena_printf(arena, "%s%d月%s", year, month, TEN_DAY_NAMES[ten_day_part(p.first)]);
    case PERIOD_MONTH:
        return arena_printf(arena, "%s%d月", year, month);
    case PERIOD_QUARTER:
        return arena_printf(
            arena, "%s%s%s", year, *year ? "第" : "", QUARTER_NAMES[(month - 1) / 3]);
    case PERIOD_HALF:
        return arena_printf(arena, "%s%s", year, HALF_NAMES[month > 6]);
    case PERIOD_YEAR: /* a chart by year needs the year in its labels, so the short name keeps it */
        return arena_printf(arena, "%d年", p.first.year);
    case PERIOD_RANGE:
        return range_name(arena, p, year);
    case PERIOD_NONE:
        break;
    }
    return arena_strdup(arena, "");
}

char *period_name(Arena *arena, Period p)
{
    char year[24];
    snprintf(year, sizeof year, "%d年", p.first.year);
    return named(arena, p, year);
}

char *period_short(Arena *arena, Period p)
{
    return named(arena, p, "");
}
