/* Days that are none, and days of the week that they are not. */
#include "base/date.h"
#include "lint/lint_internal.h"

typedef struct Day {
    int year, month, day; /* 0: not said */
    size_t month_at, day_at, end;
} Day;

/* A number of one or two digits before `unit`; where it ends, or 0. */
static size_t part(const uint32_t *c, size_t i, uint32_t unit, int *out)
{
    size_t end = digits_end(c, i);
    if (end == i || end - i > 2 || c[end] != unit)
        return 0;
    *out = digits_value(c, i, end);
    return end + 1;
}

/* 2024年2月30日 or 2月30日 at i. */
static Day read_day(const uint32_t *c, size_t i)
{
    Day day = {.month_at = i};
    size_t end = digits_end(c, i), at;
    if (end - i == 4 && c[end] == U'年') {
        day.year = digits_value(c, i, end);
        day.month_at = end + 1;
    }
    at = part(c, day.month_at, U'月', &day.month);
    day.end = at ? at : end;
    day.day_at = at;
    size_t last = at ? part(c, at, U'日', &day.day) : 0;
    if (last)
        day.end = last;
    return day;
}

static void judge_day(Lint *lint, const Line *line, size_t i, const Day *day)
{
    bool dated = day->year || (day->day_at && day->end > day->day_at);
    if (!day->day_at || !dated || has(U"-/.", line->c[i - 1]))
        return;
    bool month = day->month >= 1 && day->month <= 12;
    int length = month ? date_month_length(day->year ? day->year : 2000, day->month) : 0;
    bool has_day = day->end > day->day_at;
    if (!month || (has_day && (day->day < 1 || day->day > length)))
        lint_tell(lint, line, DIAG_W750, i, day->end, NULL, NULL);
}

/* 星期五 behind a date, in brackets or not; 0 is Sunday, -1: none. */
static int weekday_at(const uint32_t *c, size_t *i)
{
    static const char32_t days[] = U"日一二三四五六";
    size_t at = *i;
    while (has(U"（(，, ", c[at]) && at < *i + 2)
        at++;
    size_t word = word_at(c + at, U"星期") + word_at(c + at, U"礼拜") + word_at(c + at, U"周");
    uint32_t name = c[at + word] == U'天' ? U'日' : c[at + word];
    for (int k = 0; word && days[k]; k++)
        if (days[k] == name) {
            *i = at + word + 1;
            return k;
        }
    return -1;
}

static void judge_weekday(Lint *lint, const Line *line, size_t i, const Day *day)
{
    static const char *const names[] = {"日", "一", "二", "三", "四", "五", "六"};
    size_t end = day->end;
    if (!day->day || !date_valid(day->year, day->month, day->day))
        return;
    int said = weekday_at(line->c, &end);
    int days = date_days((Date){day->year, day->month, day->day});
    int is = ((days + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    if (said >= 0 && said != is)
        lint_tell(lint, line, DIAG_W751, i, end, NULL,
            arena_printf(lint->arena, "%s星期%s", line_text(lint, line, i, day->end), names[is]));
}

/* 9时75分, 下午25时, 上午9：75. Whatever else has points and colons is a time of the day only
 * behind its part. */
static void judge_time(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    size_t stop = digits_end(c, end + 1);
    bool part = has(U"午晨晚", c[i - 1]), minutes = stop > end + 1 && c[stop] == U'分';
    bool clock = c[end] == U'时' ? minutes || part : part && c[end] == U'点' && minutes;
    if (part && has(U":：", c[end]) && stop == end + 3)
        clock = minutes = true;
    bool wrong = digits_value(c, i, end) > 24 || (minutes && digits_value(c, end + 1, stop) > 59);
    if (end - i <= 2 && clock && wrong && !has(U"时历用耗", c[i - 1]))
        lint_tell(
            lint, line, DIAG_W750, i, minutes ? stop + (c[stop] == U'分') : end + 1, NULL, NULL);
}

/* 9：30 */
static void judge_colon(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    size_t stop = digits_end(c, end + 1);
    if (end - i <= 2 && c[end] == U'：' && stop - end == 3 && digits_value(c, i, end) < 24 &&
        digits_value(c, end + 1, stop) < 60 && !is_latin(c[stop]) && c[stop] != '%')
        lint_tell(lint, line, DIAG_N735, i, stop, NULL,
            arena_printf(lint->arena, "%s:%s", line_text(lint, line, i, end),
                line_text(lint, line, end + 1, stop)));
}

void scan_dates(Lint *lint, const Line *line)
{
    for (size_t i = line->first; i < line->end;) {
        if (!is_digit(line->c[i])) {
            i++;
            continue;
        }
        Day day = read_day(line->c, i);
        if (line->piece->kind != LINT_DATE)
            judge_day(lint, line, i, &day);
        judge_weekday(lint, line, i, &day);
        judge_time(lint, line, i, digits_end(line->c, i));
        judge_colon(lint, line, i, digits_end(line->c, i));
        i = day.end > i ? day.end : i + 1;
    }
}
