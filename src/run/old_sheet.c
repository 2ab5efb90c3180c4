#include "run/old_sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/sheet.h"
#include "data/csvread.h"
#include "data/encode.h"
#include "data/files.h"
#include "run/session.h"

/* The columns that are read, the first of them needed; the others are for people. */
enum {
    COLUMN_PLACE,
    COLUMN_CONTEXT,
    COLUMN_PRINTED,
    COLUMN_EXACT,
    COLUMN_VALUE,
    COLUMN_EXPRESSION,
    COLUMN_PERIOD,
    COLUMN_REPORT,
    NEEDED,
    COLUMN_COMPUTED = NEEDED,
    COLUMN_SOURCE,
    COLUMN_PAPER,
    COLUMNS
};
static const SheetField fields[COLUMNS] = {FIELD_PLACE, FIELD_CONTEXT, FIELD_PRINTED, FIELD_EXACT,
    FIELD_VALUE, FIELD_EXPRESSION, FIELD_PERIOD, FIELD_REPORT, FIELD_COMPUTED, FIELD_SOURCE,
    FIELD_PAPER};

typedef struct Reading {
    Arena *arena;
    Diags *diags;
    const char *path;
    int columns[COLUMNS]; /* where they are, -1: nowhere; read from the head */
    int width;            /* cells of the head; 0: not read yet */
    OldSheet *out;
} Reading;

static bool is_no_sheet(Reading *r, const char *column)
{
    DataPlace place = {.file = r->path, .column = -1};
    At at = {.data = &place};
    diag_add(r->diags, DIAG_E710, &at, column);
    diag_hint(r->diags, DIAG_H710);
    return false;
}

static int find_column(const CsvRow *row, SheetField field)
{
    for (int i = 0; i < row->count; i++)
        if (strcmp(row->cells[i], field_head(field, DIAG_CHINESE)) == 0 ||
            strcmp(row->cells[i], field_head(field, DIAG_ENGLISH)) == 0)
            return i;
    return -1;
}

static int filled_cells(const CsvRow *row)
{
    int count = row->count;
    while (count > 0 && !*row->cells[count - 1])
        count--;
    return count;
}

static bool read_head(Reading *r, const CsvRow *row)
{
    r->width = filled_cells(row);
    for (int i = 0; i < COLUMNS; i++) {
        r->columns[i] = find_column(row, fields[i]);
        if (r->columns[i] < 0 && i < NEEDED)
            return is_no_sheet(r, field_head(fields[i], diag_language(r->diags)));
    }
    return true;
}

/* What csvwrite put before a formula is left out again. */
static const char *cell(Reading *r, const CsvRow *row, int column)
{
    const char *text = column >= 0 && column < row->count ? row->cells[column] : "";
    bool guarded = text[0] == '\'' && text[1] && strchr("=+-@\t\r", text[1]);
    return arena_strdup(r->arena, guarded ? text + 1 : text);
}

/* In whichever language it was written: 2024-05 is 2024年5月. */
static const char *period_cell(Reading *r, const char *text)
{
    static const char english[] = "up to the end of ";
    bool until = strncmp(text, english, strlen(english)) == 0;
    Period period;
    text += until ? strlen(english) : 0;
    if (*text && session_take_period(r->arena, text, &period))
        text = period_name(r->arena, period);
    return until ? arena_printf(r->arena, "截至%s底", text) : text;
}

/* A file that was cut off, or rows that were put together by hand: what is not there would be told
 * as gone. The paper's name ends every row of ours. */
static bool is_whole(Reading *r, const CsvRow *row, const char *paper)
{
    DataPlace place = {.file = r->path, .row = row->row, .column = -1};
    At at = {.data = &place};
    const OldSheet *out = r->out;
    int count = row->count > r->width && filled_cells(row) <= r->width ? r->width : row->count;
    const char *other = out->count ? out->rows[0].paper : paper;
    if (count == r->width && strcmp(paper, other) == 0)
        return true;
    if (count != r->width)
        diag_add(r->diags, DIAG_E714, &at, count, r->width);
    else
        diag_add(r->diags, DIAG_E715, &at, paper, other);
    diag_hint(r->diags, DIAG_H712);
    return false;
}

static bool take_row(void *user, const CsvRow *row)
{
    Reading *r = user;
    OldSheet *out = r->out;
    const char *cells[COLUMNS];
    if (r->width == 0)
        return read_head(r, row);
    for (int i = 0; i < COLUMNS; i++)
        cells[i] = cell(r, row, r->columns[i]);
    if (!is_whole(r, row, cells[COLUMN_PAPER]))
        return false;
    if (!*cells[COLUMN_PLACE])
        return true;
    out->rows = arena_grow(r->arena, out->rows, out->count, &out->capacity, sizeof *out->rows);
    out->rows[out->count++] = (OldRow){cells[COLUMN_PLACE], cells[COLUMN_CONTEXT],
        cells[COLUMN_PRINTED], cells[COLUMN_EXACT], cells[COLUMN_VALUE], cells[COLUMN_EXPRESSION],
        period_cell(r, cells[COLUMN_PERIOD]), cells[COLUMN_COMPUTED], cells[COLUMN_SOURCE],
        cells[COLUMN_PAPER]};
    out->period = period_cell(r, cells[COLUMN_REPORT]);
    out->paper = cells[COLUMN_PAPER];
    return true;
}

/* Of the file itself, wherever links lead. */
static bool read_bytes(Reading *r, Buf *out)
{
    char *real = realpath(r->path, NULL);
    if (!real)
        return diag_add(r->diags, DIAG_E711, NULL, r->path, diag_system_text(r->diags, errno));
    char *name = strrchr(real, '/');
    *name++ = '\0';
    Files files = {.folder = open(*real ? real : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    bool done = files.folder >= 0 ? files_read(&files, name, out, r->diags)
                                  : diag_add(r->diags, DIAG_E711, NULL, r->path,
                                        diag_system_text(r->diags, errno));
    files_close(&files);
    free(real);
    return done;
}

bool old_sheet_read(Arena *arena, const char *path, Diags *diags, OldSheet *out)
{
    Reading reading = {.arena = arena, .diags = diags, .path = path, .out = out};
    Buf bytes = {0}, text = {0};
    *out = (OldSheet){.period = "", .paper = ""};
    bool done = read_bytes(&reading, &bytes);
    if (done && bytes.length > 0)
        done = encode_to_utf8(path, bytes.data, bytes.length,
                   encode_detect(bytes.data, bytes.length), &text, diags) &&
               csv_read(path, text.data, text.length, NULL, take_row, &reading, diags);
    if (done && reading.width == 0)
        done = is_no_sheet(&reading, field_head(FIELD_PLACE, diag_language(diags)));
    buf_free(&bytes);
    buf_free(&text);
    return done;
}
