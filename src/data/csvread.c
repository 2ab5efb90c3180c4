#include "data/csvread.h"

#include <csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

/* A full-width delimiter is fed to libcsv, which knows single bytes only, as this control
 * character: text that holds one itself has been refused before. */
enum { STAND_IN = 0x1F, SAMPLE_LINES = 20, CELL_BLOCK = 4096 };

static const char *const DELIMITERS[] = {",", "\t", ";", "；", "，"};
enum { DELIMITER_COUNT = sizeof DELIMITERS / sizeof *DELIMITERS };

typedef struct Reader {
    const char *file;
    const char *delimiter;
    CsvRowFn fn;
    void *user;
    Diags *diags;
    Arena *arena;
    struct csv_parser parser;
    bool stopped; /* after a fault libcsv still delivers the broken row: nothing counts any more */
    bool in_row;
    long line;       /* being fed, as an editor counts */
    long row_line;   /* where the row began */
    long field_line; /* where the field began */
    Buf bytes;       /* cells of the row, each with its NUL */
    size_t *starts, count, capacity;
    const char **cells;
    size_t cell_capacity;
    bool blank;
} Reader;

static bool fail(Reader *reader, DiagCode code, long row, int value)
{
    DataPlace place = {reader->file, row, -1, NULL};
    At at = {.data = &place};
    reader->stopped = true;
    return diag_add(reader->diags, code, &at, value);
}

/* ---- what no CSV may hold ---- */

/* Tab, LF and CR are the only controls that a cell or row has a use for. */
static bool check_controls(Reader *reader, const char *text, size_t length)
{
    long line = 1;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != 0x7F) {
            continue;
        }
        if (c == '\n' || c == '\r') {
            line += c == '\r' || i == 0 || text[i - 1] != '\r';
        } else if (c != '\t') {
            return fail(reader, c ? DIAG_E212 : DIAG_E211, line, c);
        }
    }
    return true;
}

/* ---- delimiter ---- */

const char *csv_delimiter(const char *name)
{
    if (strcmp(name, "制表符") == 0 || strcmp(name, "tab") == 0 || strcmp(name, "\\t") == 0) {
        return "\t";
    }
    for (int i = 0; i < DELIMITER_COUNT; i++) {
        if (strcmp(name, DELIMITERS[i]) == 0) {
            return DELIMITERS[i];
        }
    }
    return NULL;
}

static bool at_mark(const char *text, const char *end, const char *mark)
{
    size_t length = strlen(mark);
    return (size_t)(end - text) >= length && memcmp(text, mark, length) == 0;
}

/* Counts the candidates outside quotes in the first rows; returns how many rows there were. */
static int sample(const char *text, size_t length, int counts[SAMPLE_LINES][DELIMITER_COUNT])
{
    const char *end = text + length;
    bool quoted = false, filled = false;
    int line = 0;
    for (; text < end && line < SAMPLE_LINES; text++) {
        quoted ^= *text == '"';
        if (!quoted && (*text == '\n' || *text == '\r')) {
            line += filled;
            filled = false;
            continue;
        }
        filled = true;
        for (int i = 0; !quoted && i < DELIMITER_COUNT; i++) {
            counts[line][i] += at_mark(text, end, DELIMITERS[i]);
        }
    }
    return line < SAMPLE_LINES ? line + filled : line;
}

/* In how many rows the candidate occurs as often as it does in most. */
static int agreement(
    int counts[SAMPLE_LINES][DELIMITER_COUNT], int lines, int candidate, int *per_row)
{
    int best = 0;
    for (int i = 0; i < lines; i++) {
        int count = counts[i][candidate], same = 0;
        for (int j = 0; count && j < lines; j++) {
            same += counts[j][candidate] == count;
        }
        if (same > best || (same == best && same && count > *per_row)) {
            best = same;
            *per_row = count;
        }
    }
    return best;
}

const char *csv_find_delimiter(const char *text, size_t length)
{
    int counts[SAMPLE_LINES][DELIMITER_COUNT] = {{0}};
    int lines = sample(text, length, counts);
    int best = 0, best_rows = 0, best_count = 0;
    for (int i = 0; i < DELIMITER_COUNT; i++) {
        int per_row = 0;
        int rows = agreement(counts, lines, i, &per_row);
        if (rows > best_rows || (rows == best_rows && per_row > best_count)) {
            best = i;
            best_rows = rows;
            best_count = per_row;
        }
    }
    return DELIMITERS[best];
}

/* ---- rows ---- */

static void *capped_realloc(void *memory, size_t size)
{
    /* libcsv itself takes a cell of 1 GiB: the cap is here, so that a hostile one stays small. */
    return size > LIMIT_CSV_FIELD + CELL_BLOCK ? NULL : realloc(memory, size);
}

static bool is_blank(const char *cell)
{
    while (*cell) {
        if (!utf8_is_blank(utf8_next(&cell))) {
            return false;
        }
    }
    return true;
}

/* False after a message when the cell goes beyond a limit. */
static bool within_limits(Reader *reader, size_t length)
{
    if (length > LIMIT_CSV_FIELD) {
        return fail(reader, DIAG_E215, reader->row_line, LIMIT_CSV_FIELD);
    }
    if (reader->count >= LIMIT_CSV_COLUMNS) {
        return fail(reader, DIAG_E217, reader->row_line, LIMIT_CSV_COLUMNS);
    }
    return reader->bytes.length + length <= LIMIT_CSV_ROW ||
           fail(reader, DIAG_E216, reader->row_line, LIMIT_CSV_ROW);
}

static void add_cell(void *data, size_t length, void *user)
{
    Reader *reader = user;
    reader->field_line = reader->line;
    if (reader->stopped || !within_limits(reader, length)) {
        return;
    }
    reader->starts = arena_grow(
        reader->arena, reader->starts, reader->count, &reader->capacity, sizeof *reader->starts);
    reader->starts[reader->count++] = reader->bytes.length;
    reader->blank = reader->blank && is_blank(data);
    buf_add(&reader->bytes, data, length + 1); /* with the NUL of CSV_APPEND_NULL */
}

static void clear_row(Reader *reader)
{
    reader->count = 0;
    reader->blank = true;
    reader->in_row = false;
    buf_clear(&reader->bytes);
}

static void end_row(int character, void *user)
{
    (void)character;
    Reader *reader = user;
    if (reader->stopped) {
        return;
    }
    if (!reader->blank) {
        if (reader->cell_capacity < reader->capacity) {
            reader->cell_capacity = reader->capacity;
            reader->cells = ARENA_ARRAY(reader->arena, const char *, reader->capacity);
        }
        for (size_t i = 0; i < reader->count; i++) {
            reader->cells[i] = reader->bytes.data + reader->starts[i];
        }
        CsvRow row = {reader->row_line, (int)reader->count, reader->cells};
        reader->stopped = !reader->fn(reader->user, &row);
    }
    clear_row(reader);
}

/* ---- feeding libcsv line by line, for it counts none ---- */

static bool parse_failed(Reader *reader)
{
    if (reader->stopped) {
        return false;
    }
    if (csv_error(&reader->parser) != CSV_EPARSE) {
        return fail(reader, DIAG_E215, reader->row_line, LIMIT_CSV_FIELD);
    }
    /* An unclosed quote runs on to the next quoted cell and breaks there: the row where it opened
     * is to be told. */
    bool runaway = reader->field_line < reader->line;
    return fail(reader, runaway ? DIAG_E213 : DIAG_E214, reader->field_line, 0);
}

static bool feed(Reader *reader, const char *bytes, size_t length)
{
    size_t done = csv_parse(&reader->parser, bytes, length, add_cell, end_row, reader);
    return (done == length || parse_failed(reader)) && !reader->stopped;
}

static bool is_full_width(const char *delimiter)
{
    return delimiter[1] != '\0';
}

/* Lines that libcsv cannot take as they are: a full-width delimiter, and ="0123", Excel's way to
 * keep a text a text, which strict quoting refuses. Both only count outside quotes. */
static bool feed_rewritten(Reader *reader, const char *line, const char *end)
{
    static const char stand_in = STAND_IN;
    bool full_width = is_full_width(reader->delimiter), quoted = reader->parser.quoted != 0;
    bool field_start = !quoted;
    const char *from = line;
    for (const char *at = line; at < end; at++) {
        bool delimits = !quoted && at_mark(at, end, reader->delimiter);
        bool marked = !quoted && field_start && at_mark(at, end, "=\"");
        if (marked || (delimits && full_width)) { /* fed up to here; the mark itself is left out */
            if (!feed(reader, from, (size_t)(at - from)) ||
                (delimits && !feed(reader, &stand_in, 1))) {
                return false;
            }
            at += delimits ? strlen(reader->delimiter) - 1 : 0;
            from = at + 1;
        }
        quoted ^= *at == '"';
        field_start = delimits || marked || (field_start && *at == ' ');
    }
    return feed(reader, from, (size_t)(end - from));
}

static bool feed_line(Reader *reader, const char *line, const char *end)
{
    if (!reader->in_row) {
        reader->row_line = reader->field_line = reader->line;
    }
    size_t length = (size_t)(end - line);
    bool plain = !is_full_width(reader->delimiter) && !memmem(line, length, "=\"", 2);
    if (!(plain ? feed(reader, line, length) : feed_rewritten(reader, line, end))) {
        return false;
    }
    reader->in_row = reader->parser.pstate != 0; /* 0: no row begun */
    return true;
}

static const char *line_end(const char *line, const char *end)
{
    while (line < end && *line != '\n' && *line != '\r') {
        line++;
    }
    if (end - line >= 2 && line[0] == '\r' && line[1] == '\n') {
        line++;
    }
    return line < end ? line + 1 : line;
}

static bool feed_all(Reader *reader, const char *text, const char *end)
{
    while (text < end) {
        const char *next = line_end(text, end);
        if (!feed_line(reader, text, next)) {
            return false;
        }
        text = next;
        reader->line++;
    }
    reader->line--;
    if (csv_fini(&reader->parser, add_cell, end_row, reader) != 0 && !reader->stopped) {
        return fail(reader, DIAG_E213, reader->field_line, 0);
    }
    return !reader->stopped;
}

static void warn_unended(Reader *reader, const char *text, size_t length)
{
    if (length > 0 && text[length - 1] != '\n' && text[length - 1] != '\r') {
        DataPlace place = {reader->file, reader->line, -1, NULL};
        At at = {.data = &place};
        diag_add(reader->diags, DIAG_W202, &at);
    }
}

bool csv_read(const char *file, const char *text, size_t length, const char *delimiter, CsvRowFn fn,
    void *user, Diags *diags)
{
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    Reader reader = {.file = file, .fn = fn, .user = user, .diags = diags, .line = 1};
    if (!check_controls(&reader, text, length)) {
        return false;
    }
    reader.delimiter = delimiter ? delimiter : csv_find_delimiter(text, length);
    if (csv_init(&reader.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        return fail(&reader, DIAG_E215, 0, LIMIT_CSV_FIELD);
    }
    csv_set_delim(&reader.parser,
        is_full_width(reader.delimiter) ? STAND_IN : (unsigned char)*reader.delimiter);
    csv_set_realloc_func(&reader.parser, capped_realloc);
    csv_set_blk_size(&reader.parser, CELL_BLOCK);
    reader.arena = arena_new();
    clear_row(&reader);
    bool done = feed_all(&reader, text, text + length);
    if (done) {
        warn_unended(&reader, text, length);
    }
    csv_free(&reader.parser);
    buf_free(&reader.bytes);
    arena_free(reader.arena);
    return done;
}
