#include "data/filename.h"

#include <string.h>
#include "base/buf.h"
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

/* The longest period that begins at `at`, and its length; a number is taken whole or not at all. 0:
 * none. */
static size_t period_at(const char *at, int year, Period *out)
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
            return length;
        }
    }
    return 0;
}

static bool skip_word(const char **at, const char *const *words)
{
    for (; *words; words++) {
        if (strncmp(*at, *words, strlen(*words)) == 0) {
            *at += strlen(*words);
            return true;
        }
    }
    return false;
}

/* 5 or 05, behind a year (2024年) if there is one. */
static bool skip_month(const char **at, int *year, int *month)
{
    static const char *const behind_year[] = {"年", "-", ".", NULL};
    const char *start = *at;
    size_t digits = strspn(start, "0123456789");
    if (digits == 4) {
        *year = (start[0] - '0') * 1000 + (start[1] - '0') * 100 + (start[2] - '0') * 10 +
                (start[3] - '0');
        *at += digits;
        if (!skip_word(at, behind_year)) {
            return false;
        }
        start = *at;
        digits = strspn(start, "0123456789");
    }
    *month = digits == 1 ? start[0] - '0' : (start[0] - '0') * 10 + (start[1] - '0');
    *at += digits;
    return (digits == 1 || digits == 2) && date_valid(*year, *month, 1);
}

/* 1—6月 is the half of a year, 1—4月 days from the first to the last. */
static Period spanned(Date first, Date last)
{
    static const PeriodKind whole[] = {PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR};
    Period range = {PERIOD_RANGE, first, last};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        Period period = period_containing(whole[i], first);
        if (date_cmp(period.first, first) == 0 && date_cmp(period.last, last) == 0) {
            return period;
        }
    }
    return range;
}

/* The length of a span of months: 2024年1-6月, 1月至6月. 0: none. Read as a month it would be the
 * last of them. */
static size_t span_at(const char *at, int year, Period *out)
{
    static const char *const marks[] = {"-", "—", "–", "~", "～", "至", "到", NULL};
    static const char *const month[] = {"月份", "月", NULL};
    const char *end = at;
    int first, last, last_year;
    if (!skip_month(&end, &year, &first)) {
        return 0;
    }
    last_year = year;
    (void)skip_word(&end, month);
    bool spans = skip_word(&end, marks);
    while (spans && skip_word(&end, marks)) {
    }
    if (!spans || !skip_month(&end, &last_year, &last) || !skip_word(&end, month)) {
        return 0;
    }
    *out = spanned((Date){year, first, 1},
        (Date){last_year, last, date_month_length(last_year, last)});
    return date_cmp(out->first, out->last) < 0 ? (size_t)(end - at) : 0;
}

/* Where in a name the period stands. */
typedef struct Extent {
    size_t start, end;
} Extent;

/* One part of a path; `_` parts numbers as - does. */
static bool period_in(const char *part, size_t length, int year, Period *out, Extent *extent)
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
        size_t taken = (dated && digits == 4) || bare ? span_at(at, year, out) : 0;
        if (taken > 0) {
            *extent = (Extent){(size_t)(at - name), (size_t)(at - name) + taken};
            return true;
        }
        taken = dated || bare ? period_at(at, year, &found) : 0;
        if (taken > 0 && fineness(found.kind) > fineness(out->kind)) {
            *out = found;
            *extent = (Extent){(size_t)(at - name), (size_t)(at - name) + taken};
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
    Extent extent;
    while (length > 0) {
        size_t start = length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        if (period_in(path + start, length - start, 0, &period, &extent)) {
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
    Extent extent;
    *out = (Period){.kind = PERIOD_NONE};
    while (length > 0) {
        size_t start = length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        if (period_in(path + start, length - start, said ? said : year, &found, &extent) &&
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

static void add_literal(Buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        buf_add(out, strchr("*?[{}", text[i]) ? "?" : text + i, 1);
    }
}

/* Each digit of a period as ?: 2024-05 is ????-??. */
static void add_shape(Buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        buf_add(out, is_digit(text[i]) ? "?" : text + i, 1);
    }
}

static char *pattern_of(Arena *arena, const char *path, bool shaped)
{
    Buf out = {0};
    int year = filename_year(path);
    for (const char *part = path; *part;) {
        size_t whole = strcspn(part, "/");
        size_t length = part[whole] ? whole : without_extension(part, whole);
        Period period;
        Extent extent = {0, 0};
        if (period_in(part, length, year, &period, &extent)) {
            add_literal(&out, part, extent.start);
            if (shaped) {
                add_shape(&out, part + extent.start, extent.end - extent.start);
            } else {
                buf_adds(&out, "*");
            }
        }
        add_literal(&out, part + extent.end, whole - extent.end);
        part += whole;
        if (*part) {
            buf_add(&out, part++, 1);
        }
    }
    char *pattern = arena_strndup(arena, out.data ? out.data : "", out.length);
    buf_free(&out);
    return pattern;
}

char *filename_pattern(Arena *arena, const char *path)
{
    return pattern_of(arena, path, false);
}

char *filename_shape(Arena *arena, const char *path)
{
    return pattern_of(arena, path, true);
}

char *filename_literal(Arena *arena, const char *path)
{
    Buf out = {0};
    add_literal(&out, path, strlen(path));
    char *pattern = arena_strndup(arena, out.data ? out.data : "", out.length);
    buf_free(&out);
    return pattern;
}
