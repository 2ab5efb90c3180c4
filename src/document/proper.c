#include "document/proper.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "document/numeral.h"

enum { OPENING = 0x3014, CLOSING = 0x3015 };

static bool is_digit(uint32_t code_point)
{
    return code_point >= '0' && code_point <= '9';
}

/* The digits of both widths at *text as ASCII into `digits` (at most 11; more do not count as a
 * number); *text moves behind them. */
static size_t read_digits(const char **text, char digits[12])
{
    size_t count = 0;
    for (const char *next = *text; is_digit(utf8_fold_width(utf8_next(&next))); *text = next) {
        const char *here = *text;
        if (count < 11)
            digits[count] = (char)utf8_fold_width(utf8_next(&here));
        count++;
    }
    digits[count < 11 ? count : 11] = '\0';
    return count;
}

static const char *without_padding(const char *digits)
{
    while (digits[0] == '0' && digits[1])
        digits++;
    return digits;
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static const char *skip_blanks(const char *text)
{
    for (const char *next = text; utf8_is_blank(utf8_next(&next));)
        text = next;
    return text;
}

/* The buffer's text in the arena; the buffer ends. */
static const char *take(Arena *arena, Buf *buf)
{
    const char *text = arena_strndup(arena, buf->data ? buf->data : "", buf->length);
    buf_free(buf);
    return text;
}

/* ---- 发文字号 ---- */

static bool is_one_of(uint32_t code_point, const char *list)
{
    for (const char *next = list; *next;)
        if (utf8_next(&next) == code_point)
            return true;
    return false;
}

/* A year in brackets of any kind; digits and the end of the text behind it. */
typedef struct BracketedYear {
    const char *start, *end;
    char digits[12];
} BracketedYear;

static bool read_year(const char *at, BracketedYear *year)
{
    year->start = at;
    if (!is_one_of(utf8_next(&at), "〔[［【（(〖﹝"))
        return false;
    at = skip_blanks(at);
    size_t count = read_digits(&at, year->digits);
    if (starts(at, "年"))
        at += strlen("年");
    at = skip_blanks(at);
    if ((count != 2 && count != 4) || !is_one_of(utf8_next(&at), "〕]］】）)〗﹞"))
        return false;
    year->end = at;
    return true;
}

static bool find_year(const char *text, BracketedYear *found)
{
    BracketedYear year;
    bool any = false;
    for (const char *at = text; *at; utf8_next(&at))
        if (read_year(at, &year)) {
            *found = year;
            any = true;
        }
    return any;
}

/* 号 to be filled in by hand: 　号, ×号. */
static bool is_open(const char *at)
{
    while (is_one_of(utf8_fold_width(utf8_next(&at)), " \t　_×xX○〇"))
        if (starts(at, "号"))
            return true;
    return false;
}

/* What stands behind the year: 3号. False where it is neither that nor open. */
static bool add_serial(Buf *out, const char *rest)
{
    const char *at = skip_blanks(rest);
    char digits[12];
    if (starts(at, "第"))
        at = skip_blanks(at + strlen("第"));
    size_t count = read_digits(&at, digits);
    if (count == 0 || count > 11) {
        buf_adds(out, rest);
        return count == 0 && (starts(at, "号") || is_open(rest));
    }
    buf_adds(out, without_padding(digits));
    at = skip_blanks(at);
    buf_adds(out, *at ? at : "号");
    return !*at || starts(at, "号");
}

const char *proper_number(Arena *arena, const char *typed, bool *mended)
{
    BracketedYear year;
    Buf out = {0};
    const char *text = utf8_trim(arena, typed);
    *mended = false;
    if (!find_year(text, &year))
        return NULL;
    const char *issuer = arena_strndup(arena, text, (size_t)(year.start - text));
    buf_adds(&out, utf8_trim(arena, issuer));
    buf_addc(&out, OPENING);
    if (strlen(year.digits) == 2)
        buf_adds(&out, "20");
    buf_adds(&out, year.digits);
    buf_addc(&out, CLOSING);
    bool whole = add_serial(&out, year.end);
    const char *proper = take(arena, &out);
    *mended = whole && strcmp(proper, text) != 0;
    return whole ? proper : NULL;
}

/* 七 十九 二十; the text moves behind it. 0: there is none. */
static int read_han_number(const char **text)
{
    int number = 0, digit = 0;
    for (const char *next = *text; *next; *text = next) {
        int value = numeral_han_digit(utf8_next(&next));
        if (value == 10 && number == 0) {
            number = (digit ? digit : 1) * 10;
            digit = 0;
        } else if (value > 0 && value < 10 && digit == 0) {
            digit = value;
        } else {
            break;
        }
    }
    return number + digit;
}

/* 第七期 is printed 第7期; a 命令 may be 第七号. */
static const char *han_issue(Arena *arena, const char *at, bool *mended)
{
    int number = read_han_number(&at);
    at = skip_blanks(at);
    *mended = number > 0 && (!*at || (starts(at, "期") && !at[strlen("期")]));
    return *mended ? arena_printf(arena, "第%d期", number) : NULL;
}

const char *proper_serial(Arena *arena, const char *typed, const char *unit, bool *mended)
{
    const char *text = utf8_trim(arena, typed), *at = text;
    char digits[12];
    bool bare = is_digit(utf8_fold_width(utf8_next(&at)));
    *mended = false;
    at = text;
    if (starts(at, "第"))
        at = skip_blanks(at + strlen("第"));
    size_t count = read_digits(&at, digits);
    const char *end = skip_blanks(at);
    bool whole = starts(end, unit) && !*skip_blanks(end + strlen(unit));
    if (count == 0 && starts(unit, "期")) {
        const char *issue = han_issue(arena, at, mended);
        return issue ? issue : text;
    }
    if (count == 0 || count > 11 || (!whole && !(bare && !*end)))
        return text;
    const char *proper = arena_printf(arena, "第%s%s", without_padding(digits), unit);
    *mended = whole && strcmp(proper, text) != 0;
    return proper;
}

/* ---- 密级, 份号 ---- */

/* 一年 is written 1年. */
static const char *arabic_term(Arena *arena, const char *term)
{
    const char *rest = term;
    int value = numeral_han_digit(utf8_next(&rest));
    return value ? arena_printf(arena, "%d%s", value, rest) : term;
}

const char *proper_secrecy(Arena *arena, const char *typed, bool *mended)
{
    static const char *const degrees[] = {"绝", "机", "秘"};
    const char *text = utf8_trim(arena, typed), *degree = NULL;
    *mended = false;
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++)
        if (starts(text, degrees[i]))
            degree = degrees[i];
    const char *at = degree ? skip_blanks(text + strlen(degree)) : text;
    if (!degree || !starts(at, "密"))
        return NULL;
    at = skip_blanks(at + strlen("密"));
    if (!*at) /* 一个汉字的空: habit, GB/T 33476.2 */
        return arena_printf(arena, "%s　密", degree);
    const char *behind = at;
    if (is_one_of(utf8_next(&behind), "★*☆＊✩⭐"))
        at = skip_blanks(behind);
    const char *proper = arena_printf(arena, "%s密★%s", degree, arabic_term(arena, at));
    *mended = strcmp(proper, text) != 0;
    return *at ? proper : NULL;
}

const char *proper_copy(Arena *arena, const char *typed)
{
    const char *text = utf8_trim(arena, typed), *at = text;
    char digits[12];
    size_t count = read_digits(&at, digits);
    if (count == 0 || count > 6 || *at)
        return text;
    return arena_printf(arena, "%.*s%s", (int)(6 - count), "000000", digits);
}

/* ---- dates ---- */

typedef struct DateText {
    char part[3][12];
    int parts; /* year, month, day */
    const char *end;
} DateText;

/* 2024年06月05日, also without its day or month. */
static bool read_han_date(const char *at, DateText *date)
{
    static const char *const units[] = {"年", "月", "日"};
    for (date->parts = 0; date->parts < 3; date->parts++) {
        const char *next = at;
        size_t count = read_digits(&next, date->part[date->parts]);
        bool year = date->parts == 0;
        if (!starts(next, units[date->parts]) ||
            (year ? count != 2 && count != 4 : count < 1 || count > 2))
            break;
        date->end = at = next + strlen(units[date->parts]);
    }
    return date->parts > 0;
}

/* 2024-06-05 2024/6/5 2024.6.5 */
static bool read_plain_date(const char *at, DateText *date)
{
    for (date->parts = 0; date->parts < 3; date->parts++) {
        size_t count = read_digits(&at, date->part[date->parts]);
        if (date->parts == 0 ? count != 4 : count < 1 || count > 2)
            return false;
        date->end = at;
        if (date->parts < 2 && !is_one_of(utf8_fold_width(utf8_next(&at)), "-/."))
            return false;
    }
    return true;
}

static void add_date(Buf *out, const DateText *date)
{
    static const char *const units[] = {"年", "月", "日"};
    if (strlen(date->part[0]) == 2)
        buf_adds(out, "20");
    for (int i = 0; i < date->parts; i++) {
        buf_adds(out, i ? without_padding(date->part[i]) : date->part[i]);
        buf_adds(out, units[i]);
    }
}

static bool is_possible(const DateText *date)
{
    int part[3] = {0, 1, 1};
    for (int i = 0; i < date->parts; i++)
        part[i] = (int)strtol(date->part[i], NULL, 10);
    if (strlen(date->part[0]) == 2)
        part[0] += 2000;
    return date_valid(part[0], part[1], part[2]);
}

const char *impossible_date(Arena *arena, const char *text)
{
    char digits[12];
    for (const char *at = text; *at;) {
        DateText date;
        const char *next = at;
        if (read_digits(&next, digits) == 0)
            utf8_next(&next);
        else if ((read_han_date(at, &date) || read_plain_date(at, &date)) && !is_possible(&date))
            return arena_strndup(arena, at, (size_t)(date.end - at));
        at = next;
    }
    return NULL;
}

const char *proper_date(Arena *arena, const char *typed, bool *mended)
{
    Buf out = {0};
    for (const char *at = typed; *at;) {
        DateText date;
        const char *next = at;
        char digits[12];
        if (read_digits(&next, digits) == 0) {
            buf_addc(&out, utf8_next(&at));
        } else if (read_han_date(at, &date) || read_plain_date(at, &date)) {
            add_date(&out, &date);
            at = date.end;
        } else {
            buf_add(&out, at, (size_t)(next - at));
            at = next;
        }
    }
    const char *proper = take(arena, &out);
    *mended = strcmp(proper, typed) != 0;
    return *mended ? proper : typed;
}
