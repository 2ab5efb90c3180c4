#include "data/filename.h"

#include <string.h>
#include "data/infer.h"

enum { NAME_BYTES = 256 }; /* of the longest file name of Linux, with its NUL */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Which of two periods in a name is the file's: a year is worth least; a day beside a month is when
 * the file was made. */
static int fineness(PeriodKind kind)
{
    static const PeriodKind order[] = {PERIOD_NONE, PERIOD_YEAR, PERIOD_RANGE, PERIOD_HALF,
        PERIOD_QUARTER, PERIOD_MONTH, PERIOD_TEN_DAYS};
    int rank = 0;
    while (order[rank] != kind) {
        rank++;
    }
    return rank;
}

/* The longest period that begins at `at`; a number is taken whole or not at all. */
static bool period_at(const char *at, int year, Period *out)
{
    char text[40];
    size_t rest = strlen(at);
    for (size_t length = rest < sizeof text ? rest : sizeof text - 1; length > 0; length--) {
        bool inside = is_digit(at[length]) && is_digit(at[length - 1]);
        if (inside || ((unsigned char)at[length] & 0xC0) == 0x80) {
            continue;
        }
        memcpy(text, at, length);
        text[length] = '\0';
        DateCell cell;
        DateForm form = infer_date(text, year, true, &cell);
        if (form == DATE_DAY || form == DATE_MONTH || form == DATE_PERIOD) {
            *out = cell.period;
            return true;
        }
    }
    return false;
}

/* One part of a path; `_` parts numbers as - does. */
static bool period_in(const char *part, size_t length, int year, Period *out)
{
    char name[NAME_BYTES];
    Period found;
    *out = (Period){.kind = PERIOD_NONE};
    if (length >= sizeof name) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        name[i] = part[i] == '_' ? '-' : part[i];
    }
    name[length] = '\0';
    size_t digits;
    for (char *at = name; *at; at += digits ? digits : 1) {
        digits = strspn(at, "0123456789");
        bool dated = strncmp(at, "20", 2) == 0 && (digits == 4 || digits == 6 || digits == 8);
        bool bare = digits == 1 || digits == 2; /* 5月 */
        if ((dated || bare) && period_at(at, year, &found) &&
            fineness(found.kind) > fineness(out->kind)) {
            *out = found;
        }
    }
    return out->kind != PERIOD_NONE;
}

static size_t without_extension(const char *name, size_t length)
{
    return length > 4 && name[length - 4] == '.' ? length - 4 : length;
}

int filename_year(const char *path)
{
    size_t end = strlen(path), length = without_extension(path, end);
    Period period;
    while (length > 0) {
        size_t start = length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        if (period_in(path + start, length - start, 0, &period)) {
            return period.first.year;
        }
        length = start > 0 ? start - 1 : 0;
    }
    return 0;
}

bool filename_period(const char *path, int year, Period *out)
{
    size_t length = without_extension(path, strlen(path));
    int said = filename_year(path);
    Period found;
    *out = (Period){.kind = PERIOD_NONE};
    while (length > 0) {
        size_t start = length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        if (period_in(path + start, length - start, said ? said : year, &found) &&
            fineness(found.kind) > fineness(out->kind)) {
            *out = found;
        }
        length = start > 0 ? start - 1 : 0;
    }
    return out->kind != PERIOD_NONE;
}

/* (1) and （1） as a browser or WPS adds it, “ - 副本”, “ - Copy”; each may carry a number. */
static size_t without_mark(const char *name, size_t length)
{
    static const char *const marks[] = {" - 副本", "-副本", "副本", " - Copy", "_副本"};
    size_t end = length;
    bool numbered = end > 2 && name[end - 1] == ')';
    if (numbered) {
        for (end--; end > 0 && is_digit(name[end - 1]); end--) {
        }
        numbered = end > 1 && name[end - 1] == '(' && end < length - 1;
        end = numbered ? end - 1 : length;
    }
    while (numbered && end > 0 && name[end - 1] == ' ') {
        end--;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t mark = strlen(marks[i]);
        if (end > mark && memcmp(name + end - mark, marks[i], mark) == 0) {
            return end - mark;
        }
    }
    return end > 0 ? end : length;
}

const char *filename_original(Arena *arena, const char *name)
{
    size_t length = strlen(name), stem = without_extension(name, length);
    size_t original = without_mark(name, stem);
    return original == stem ? name
                            : arena_printf(arena, "%.*s%s", (int)original, name, name + stem);
}
