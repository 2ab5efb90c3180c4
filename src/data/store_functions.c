/* The functions of SQL that a <query> calls. SQLite's own are kept where they have no memory of the
 * clock and add no binary fractions; ours stand for the rest under names that cannot be written. */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "base/utf8.h"
#include "data/query_internal.h"

/* ---- numbers ---- */

/* A double tells 15 digits: of a large number, the decimals that are left. */
bool stored_from_real(double real, int64_t *out)
{
    double unit = 1e6;
    int64_t left = 1;
    if (!(fabs(real) < 1e12)) {
        return false;
    }
    while (unit > 1 && fabs(real) * unit >= 1e15) {
        unit /= 10;
        left *= 10;
    }
    *out = llround(real * unit) * left;
    return true;
}

/* Neumaier's sum, as SQLite has it from 3.43 on: right to the last digit but one however many are
 * added, so that a sum of decimals comes out as the decimal that it is. */
typedef struct Sum {
    double sum, rest;
    int64_t whole, count;
    bool reals, overflow;
} Sum;

static void add(Sum *sum, double value)
{
    double next = sum->sum + value;
    sum->rest +=
        fabs(sum->sum) >= fabs(value) ? (sum->sum - next) + value : (value - next) + sum->sum;
    sum->sum = next;
}

static void sum_add(sqlite3_context *context, sqlite3_value *value, int sign)
{
    Sum *sum = sqlite3_aggregate_context(context, sizeof *sum);
    int type = sqlite3_value_numeric_type(value);
    if (!sum || type == SQLITE_NULL) {
        return;
    }
    sum->count += sign;
    add(sum, sign * sqlite3_value_double(value));
    if (type != SQLITE_INTEGER) {
        sum->reals = true;
    } else if (__builtin_add_overflow(sum->whole, sign * sqlite3_value_int64(value), &sum->whole)) {
        sum->overflow = true;
    }
}

static void sum_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sum_add(context, values[0], 1);
}

static void sum_inverse(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sum_add(context, values[0], -1);
}

/* Which of the three is in the user data. */
static void sum_value(sqlite3_context *context)
{
    const char *name = sqlite3_user_data(context);
    Sum *sum = sqlite3_aggregate_context(context, 0);
    bool total = strcmp(name, "total") == 0;
    if (!sum || sum->count == 0) {
        if (total) {
            sqlite3_result_double(context, 0);
        }
    } else if (strcmp(name, "avg") == 0) {
        sqlite3_result_double(context, (sum->sum + sum->rest) / (double)sum->count);
    } else if (total || sum->reals || sum->overflow) {
        sqlite3_result_double(context, sum->sum + sum->rest);
    } else {
        sqlite3_result_int64(context, sum->whole);
    }
}

/* Half up on the decimal text (data.md 2): 2.675 is 2.68. */
static void round_decimal(sqlite3_context *context, int count, sqlite3_value **values)
{
    int places = count > 1 ? sqlite3_value_int(values[1]) : 0;
    int64_t stored;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) {
        return;
    }
    double real = sqlite3_value_double(values[0]);
    if (places >= DECIMAL_STORE_SCALE || !stored_from_real(real, &stored)) {
        sqlite3_result_double(context, real);
        return;
    }
    Decimal rounded = decimal_round(decimal_from_store(stored), places < 0 ? 0 : places);
    sqlite3_result_double(context, decimal_to_double(rounded));
}

/* ---- days ---- */

enum { DAY_LENGTH = 10, MONTH_LENGTH = 7 };

static void show_day(sqlite3_context *context, int count, sqlite3_value **values)
{
    char text[16];
    const int *length = sqlite3_user_data(context);
    (void)count;
    if (sqlite3_value_type(values[0]) != SQLITE_NULL) {
        date_format_iso(date_from_days(sqlite3_value_int(values[0])), text);
        sqlite3_result_text(context, text, *length, SQLITE_TRANSIENT);
    }
}

static const struct {
    const char *name;
    int least;
} DATES[] = {{"date", 1}, {"strftime", 2}, {"julianday", 1}};

enum { DATE_COUNT = sizeof DATES / sizeof *DATES, DATE_ARGUMENTS = 6 };

/* SQLite's own functions, on a connection of their own: that of the store is fenced off just then.
 */
typedef struct Calendar {
    sqlite3 *connection;
    sqlite3_stmt *statements[DATE_COUNT][DATE_ARGUMENTS + 1];
} Calendar;

typedef struct DateFunction {
    Calendar *calendar;
    size_t which;
} DateFunction;

static void calendar_close(void *user)
{
    Calendar *calendar = user;
    for (size_t i = 0; i < DATE_COUNT; i++) {
        for (int n = 0; n <= DATE_ARGUMENTS; n++) {
            sqlite3_finalize(calendar->statements[i][n]);
        }
    }
    sqlite3_close(calendar->connection);
}

static int calendar_open(Calendar *calendar)
{
    int result = sqlite3_open_v2(":memory:", &calendar->connection,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL);
    for (size_t i = 0; i < DATE_COUNT; i++) {
        for (int n = DATES[i].least; n <= DATE_ARGUMENTS && result == SQLITE_OK; n++) {
            char sql[64];
            snprintf(sql, sizeof sql, "SELECT %s(%.*s)", DATES[i].name, n * 2 - 1, "?,?,?,?,?,?");
            result = sqlite3_prepare_v2(
                calendar->connection, sql, -1, &calendar->statements[i][n], NULL);
        }
    }
    return result;
}

/* A month is its first day. */
static void bind_day(sqlite3_stmt *statement, int index, sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    if (text && strlen(text) == MONTH_LENGTH && text[4] == '-') {
        char day[16];
        memcpy(day, text, MONTH_LENGTH);
        memcpy(day + MONTH_LENGTH, "-01", 4);
        sqlite3_bind_text(statement, index, day, -1, SQLITE_TRANSIENT);
    } else {
        sqlite3_bind_value(statement, index, value);
    }
}

/* What asks for the clock or the time zone is an error: the same data must give the same paper. */
static bool asks_for_clock(sqlite3_value *value)
{
    static const char *const words[] = {"now", "localtime", "utc"};
    const char *text = (const char *)sqlite3_value_text(value);
    for (size_t i = 0; text && i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void date_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    const DateFunction *function = sqlite3_user_data(context);
    sqlite3_stmt *statement = function->calendar->statements[function->which][count];
    for (int i = 0; i < count; i++) {
        if (asks_for_clock(values[i])) {
            sqlite3_result_error(context, CLOCK_REFUSED, -1);
            return;
        }
        bind_day(statement, i + 1, values[i]);
    }
    if (sqlite3_step(statement) == SQLITE_ROW) {
        sqlite3_result_value(context, sqlite3_column_value(statement, 0));
    }
    sqlite3_reset(statement);
}

/* Beside a day a month is as long as itself: 2024-06 equals every day of June. */
static int month_length(int length, const char *text)
{
    bool day = length == DAY_LENGTH && text[4] == '-' && text[MONTH_LENGTH] == '-';
    return day ? MONTH_LENGTH : length;
}

static int compare_months(void *user, int a_length, const void *a, int b_length, const void *b)
{
    int left = month_length(a_length, a), right = month_length(b_length, b);
    int order = memcmp(a, b, (size_t)(left < right ? left : right));
    (void)user;
    return order ? order : left - right;
}

/* ---- what is defined ---- */

static const int FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

static int define(sqlite3 *connection, const char *name, int arguments, const void *user,
    void (*function)(sqlite3_context *, int, sqlite3_value **), void (*close)(void *))
{
    return sqlite3_create_function_v2(
        connection, name, arguments, FLAGS, (void *)(uintptr_t)user, function, NULL, NULL, close);
}

static int define_dates(Store *store, sqlite3 *connection)
{
    Calendar *calendar = ARENA_NEW(store_arena(store), Calendar);
    int result = calendar_open(calendar);
    for (size_t i = 0; i < DATE_COUNT; i++) {
        DateFunction *function = ARENA_NEW(store_arena(store), DateFunction);
        char *name = arena_printf(store_arena(store), UNSPEAKABLE "%s", DATES[i].name + 1);
        *function = (DateFunction){calendar, i};
        for (int n = DATES[i].least; n <= DATE_ARGUMENTS && result == SQLITE_OK; n++) {
            result = define(connection, name, n, function, date_function, NULL);
        }
    }
    /* closed with the connection that holds this name */
    int kept = sqlite3_create_collation_v2(
        connection, UNSPEAKABLE "month", SQLITE_UTF8, calendar, compare_months, calendar_close);
    return result == SQLITE_OK ? kept : result;
}

static const struct {
    const char *name, *ours;
} SUMS[] = {{"sum", UNSPEAKABLE "um"}, {"avg", UNSPEAKABLE "vg"}, {"total", UNSPEAKABLE "otal"}};

static int define_sums(sqlite3 *connection)
{
    int result = SQLITE_OK;
    for (size_t i = 0; i < sizeof SUMS / sizeof *SUMS && result == SQLITE_OK; i++) {
        result = sqlite3_create_window_function(connection, SUMS[i].ours, 1, FLAGS,
            (void *)(uintptr_t)SUMS[i].name, sum_step, sum_value, sum_value, sum_inverse, NULL);
    }
    return result;
}

bool functions_define(Store *store, sqlite3 *connection)
{
    static const int day = DAY_LENGTH, month = MONTH_LENGTH;
    int result = define_dates(store, connection);
    if (result == SQLITE_OK) {
        result = define_sums(connection);
    }
    for (int i = 1; i <= 2 && result == SQLITE_OK; i++) {
        result = define(connection, UNSPEAKABLE "ound", i, NULL, round_decimal, NULL);
    }
    if (result == SQLITE_OK) {
        result = define(connection, UNSPEAKABLE "day", 1, &day, show_day, NULL);
    }
    if (result == SQLITE_OK) {
        result = define(connection, UNSPEAKABLE "month", 1, &month, show_day, NULL);
    }
    return result == SQLITE_OK || store_fault(store, result);
}

/* ---- what may be called ---- */

static const char *const DIVERTED[] = {
    "sum", "avg", "total", "round", "date", "strftime", "julianday"};

/* No clock, no chance, no file, no memory but that of the cells. */
static const char *const ALLOWED[] = {"count", "min", "max", "group_concat", "abs", "sign", "ceil",
    "ceiling", "floor", "trunc", "sqrt", "pow", "power", "exp", "ln", "log", "log10", "log2", "mod",
    "length", "substr", "substring", "instr", "replace", "trim", "ltrim", "rtrim", "upper", "lower",
    "like", "glob", "coalesce", "ifnull", "nullif", "iif", "typeof", "row_number", "rank",
    "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value",
    "nth_value"};

static bool is_listed(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

#define LISTED(name, names) is_listed(name, names, sizeof names / sizeof *names)

bool functions_allow(const char *name)
{
    return name[0] == UNSPEAKABLE[0] || LISTED(name, ALLOWED);
}

const char *functions_nearest(const char *name)
{
    enum { OURS = sizeof DIVERTED / sizeof *DIVERTED, THEIRS = sizeof ALLOWED / sizeof *ALLOWED };
    const char *names[OURS + THEIRS];
    memcpy(names, DIVERTED, sizeof DIVERTED);
    memcpy(names + OURS, ALLOWED, sizeof ALLOWED);
    return utf8_nearest(name, names, OURS + THEIRS);
}

void functions_divert(QueryText *text)
{
    for (size_t i = 0; i + 1 < text->count; i++) {
        const SqlToken *token = &text->tokens[i];
        bool name = token->kind <= SQL_STRING && sql_is(&text->tokens[i + 1], "(");
        if (name && LISTED(token->text, DIVERTED)) {
            text->sql[token->start + (token->kind != SQL_WORD)] = UNSPEAKABLE[0];
        }
    }
}
