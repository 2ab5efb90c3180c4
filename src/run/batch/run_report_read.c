/* The CSV form read again, also after a kill (a torn last row) and after an office has opened and
 * saved it (another encoding, another delimiter, columns moved). */
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "data/csvread.h"
#include "data/encode.h"
#include "output/csvwrite.h"
#include "output/digest.h"
#include "run/batch/run_report.h"
#include "run/batch/run_report_words.h"

typedef struct Reader {
    Arena *arena;
    Diags *diags;
    RunReport *report;
    int at[REPORT_COLUMNS]; /* -1: there is no such column */
    bool has_head, faulty;
} Reader;

static void refuse(Reader *r, long row, ReportColumn column, const char *what)
{
    DataPlace place = {r->report->path, row, column < REPORT_COLUMNS ? r->at[column] : -1,
        column < REPORT_COLUMNS ? report_columns[column] : NULL};
    At at = {.data = &place};
    diag_add(r->diags, DIAG_E567, &at, what);
    if (!r->faulty)
        diag_hint(r->diags, DIAG_H567);
    r->faulty = true;
}

/* ---- head ---- */

static void take_head(Reader *r, const CsvRow *row)
{
    static const ReportColumn needed[] = {REPORT_UNIT, REPORT_FILE, REPORT_STATE};
    r->has_head = true;
    for (int column = 0; column < REPORT_COLUMNS; column++) {
        r->at[column] = -1;
        for (int i = 0; i < row->count && r->at[column] < 0; i++)
            if (strcmp(row->cells[i], report_columns[column]) == 0)
                r->at[column] = i;
    }
    const char *lacking = "";
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (r->at[needed[i]] < 0)
            lacking = arena_printf(r->arena, "%s%s%s", lacking, *lacking ? "、" : "",
                report_columns[needed[i]]);
    if (*lacking)
        refuse(r, row->row, REPORT_COLUMNS, lacking);
}

/* ---- cells ---- */

static const char *cell(const Reader *r, const CsvRow *row, ReportColumn column)
{
    int at = r->at[column];
    return at >= 0 && at < row->count ? csv_cell_text(r->arena, row->cells[at]) : "";
}

/* A count; an empty cell is 0. */
static int64_t number(Reader *r, const CsvRow *row, ReportColumn column, int64_t most)
{
    const char *text = cell(r, row, column);
    int64_t value = 0;
    bool good = true;
    for (const char *at = text; good && *at; at++) {
        good = *at >= '0' && *at <= '9' && value <= most / 10;
        value = good ? value * 10 + (*at - '0') : 0;
    }
    if (!good || value > most)
        refuse(r, row->row, column, text);
    return good ? value : 0;
}

static int64_t microseconds(Reader *r, const CsvRow *row)
{
    const char *text = cell(r, row, REPORT_SECONDS);
    Decimal seconds;
    if (!*text)
        return 0;
    if (!decimal_parse(text, &seconds) || decimal_sign(seconds) < 0 ||
        decimal_cmp(seconds, decimal_from_int(INT32_MAX)) > 0) {
        refuse(r, row->row, REPORT_SECONDS, text);
        return 0;
    }
    return (int64_t)(decimal_to_double(seconds) * 1e6 + 0.5);
}

/* The index of a word, -1: none of them. `rest` is what stands behind it. */
static int word(const char *text, const char *const *words, int count, const char **rest)
{
    for (int i = 0; i < count; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(text, words[i], length) == 0) {
            *rest = text + length;
            return i;
        }
    }
    return -1;
}

static void take_state(Reader *r, const CsvRow *row, ReportRow *out)
{
    const char *text = cell(r, row, REPORT_STATE), *rest = "";
    int state = word(text, report_states, REPORT_STATES, &rest);
    out->holed = strcmp(rest, "，" REPORT_HOLED) == 0;
    if (state < 0 || (*rest && !out->holed))
        refuse(r, row->row, REPORT_STATE, text);
    out->state = state < 0 ? UNIT_PLANNED : (UnitState)state;
}

/* 64 hexadecimal digits, or nothing. */
static const char *digest(Reader *r, const CsvRow *row, ReportColumn column)
{
    const char *text = cell(r, row, column);
    size_t length = strlen(text);
    if (length > 0 && (length != DIGEST_TEXT - 1 || strspn(text, "0123456789abcdef") != length))
        refuse(r, row->row, column, text);
    return text;
}

/* ---- rows ---- */

static void take_run(Reader *r, const CsvRow *row)
{
    RunReport *report = r->report;
    const char *text = cell(r, row, REPORT_STATE), *rest = "", *shard = cell(r, row, REPORT_SHARD);
    int end = word(text, report_ends, REPORT_ENDS, &rest);
    if (end < 0 || *rest)
        refuse(r, row->row, REPORT_STATE, text);
    if (*shard && !shard_parse(shard, &report->shard))
        refuse(r, row->row, REPORT_SHARD, shard);
    report->end = end < 0 ? RUN_UNDER_WAY : (RunEnd)end;
    report->template = cell(r, row, REPORT_TEMPLATE);
    report->period = session_period_text(r->arena, cell(r, row, REPORT_PERIOD));
    report->template_file = cell(r, row, REPORT_TEMPLATE_FILE);
    report->version = cell(r, row, REPORT_VERSION);
    report->microseconds = microseconds(r, row);
}

static void take_unit(Reader *r, const CsvRow *row)
{
    ReportRow out = {.unit = cell(r, row, REPORT_UNIT),
        .file = cell(r, row, REPORT_FILE),
        .number = (size_t)number(r, row, REPORT_NUMBER, INT32_MAX),
        .serial = (long)number(r, row, REPORT_SERIAL, INT32_MAX),
        .pages = (int)number(r, row, REPORT_PAGES, INT32_MAX),
        .figures = (long)number(r, row, REPORT_FIGURES, INT32_MAX),
        .errors = (int)number(r, row, REPORT_ERRORS, INT32_MAX),
        .warnings = (int)number(r, row, REPORT_WARNINGS, INT32_MAX),
        .notes = (int)number(r, row, REPORT_NOTES, INT32_MAX),
        .microseconds = microseconds(r, row),
        .file_digest = digest(r, row, REPORT_FILE_DIGEST),
        .source_digest = digest(r, row, REPORT_SOURCE_DIGEST),
        .messages = cell(r, row, REPORT_MESSAGES)};
    out.ours = out.number > 0 || r->at[REPORT_NUMBER] < 0;
    take_state(r, row, &out);
    if (!*out.file)
        refuse(r, row->row, REPORT_FILE, "");
    else if (!r->faulty)
        report_put(r->arena, r->report, &out);
}

static bool take_row(void *user, const CsvRow *row)
{
    Reader *r = user;
    if (!r->has_head)
        take_head(r, row);
    else if (!*cell(r, row, REPORT_NUMBER) && !*cell(r, row, REPORT_FILE) &&
             strcmp(cell(r, row, REPORT_UNIT), REPORT_TOTAL) == 0)
        take_run(r, row);
    else
        take_unit(r, row);
    return !r->faulty;
}

/* ---- the file ---- */

/* How many bytes are whole rows: a quote that was never closed, or a row without its line end, is
 * what a kill has left. */
static size_t whole_rows(const char *text, size_t length)
{
    size_t whole = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        quoted ^= text[i] == '"';
        if (text[i] == '\n' && !quoted)
            whole = i + 1;
    }
    return whole;
}

/* It begins with the head that we write, or is what a kill has left of that. */
static bool is_ours(const char *bytes, size_t length)
{
    Buf head = {0};
    size_t bad;
    report_write_head(&head);
    bool ours = length > 0 &&
                memcmp(bytes, head.data, length < head.length ? length : head.length) == 0 &&
                utf8_valid(bytes, whole_rows(bytes, length), &bad);
    buf_free(&head);
    return ours;
}

/* A file of ours as far as its rows are whole, even if none is; any other as it is. */
static bool decode(Reader *r, const char *bytes, size_t length, size_t *whole, Buf *out)
{
    bool ours = is_ours(bytes, length);
    *whole = ours ? whole_rows(bytes, length) : 0;
    if (ours && *whole == 0)
        return true;
    return encode_to_utf8(r->report->path, bytes, *whole ? *whole : length,
        *whole ? ENCODING_UTF8 : encode_detect(bytes, length), out, r->diags);
}

RunReport *report_read(
    Arena *arena, const char *path, const char *bytes, size_t length, size_t *whole, Diags *diags)
{
    Reader r = {.arena = arena, .diags = diags, .report = report_new(arena, path)};
    Buf text = {0};
    bool read = decode(&r, bytes, length, whole, &text) &&
                csv_read(path, text.data ? text.data : "", text.length, *whole ? "," : NULL,
                    take_row, &r, diags);
    buf_free(&text);
    if (read && !r.has_head && length > 0 && !is_ours(bytes, length))
        refuse(&r, 0, REPORT_COLUMNS, report_columns[REPORT_UNIT]);
    return read && !r.faulty ? r.report : NULL;
}
