#include "run/batch/register.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/utf8.h"
#include "data/csvread.h"
#include "data/encode.h"
#include "output/csvwrite.h"
#include "output/lock.h"
#include "output/sink.h"
#include "run/input_file.h"

enum { YEAR, NUMBER, TEMPLATE, PERIOD, UNIT, COLUMNS };
enum { FIRST_YEAR = 1900, LAST_YEAR = 2200, MOST_NUMBER = 999999 };

static const char *const column_names[COLUMNS] = {"年份", "流水号", "模板", "期间", "单位"};

/* A number that was given: in which row, as an editor counts. */
typedef struct Entry {
    long number, row;
} Entry;

/* A row that has a number. */
typedef struct Row {
    RegisterKey key;
    Entry entry;
} Row;

struct Register {
    Arena *arena;
    Diags *diags;
    const char *path; /* as it was given, for messages … */
    const char *file; /* … and where it lies, behind symbolic links */
    Lock lock;
    Buf bytes; /* as they are in the file … */
    Encoding encoding;
    const char *delimiter, *line_end; /* … and what is added has to look like */
    int at[COLUMNS], width;           /* of the head; width 0: there is none yet */
    Map *papers;                      /* year, template, period, unit → Entry */
    Map *numbers;                     /* year, number → Entry */
    Map *last;                        /* year → Entry with its highest number */
    Row *rows;                        /* as they stand in the file */
    size_t row_count, row_room;
    Buf added;                        /* rows, UTF-8 */
};

/* ---- what is registered ---- */

static const char *paper_key(Arena *arena, const RegisterKey *key)
{
    return arena_printf(arena, "%d\n%s\n%s\n%s", key->year, key->template, key->period, key->unit);
}

static const char *number_key(Arena *arena, int year, long number)
{
    return arena_printf(arena, "%d\n%ld", year, number);
}

static void note(Register *reg, const RegisterKey *key, long number, long row)
{
    const char *year = arena_printf(reg->arena, "%d", key->year);
    const Entry *last = map_find(reg->last, year);
    Entry *entry = ARENA_NEW(reg->arena, Entry);
    *entry = (Entry){number, row};
    map_put(reg->papers, paper_key(reg->arena, key), entry);
    map_put(reg->numbers, number_key(reg->arena, key->year, number), entry);
    if (!last || last->number < number)
        map_put(reg->last, year, entry);
}

/* ---- reading ---- */

typedef struct Reader {
    Register *reg;
    int found; /* columns of the head; all: it was found */
    long head_row;
    bool faulty;
} Reader;

static At cell_place(const Register *reg, long row, int column, DataPlace *place)
{
    *place = (DataPlace){reg->path, row, reg->at[column], column_names[column]};
    return (At){.data = place};
}

/* All columns that a register has, or those that this one lacks. */
static const char *join_names(const Register *reg, bool absent)
{
    const char *list = "";
    for (int i = 0; i < COLUMNS; i++)
        if (!absent || reg->at[i] < 0)
            list = arena_printf(reg->arena, "%s%s%s", list, *list ? "、" : "", column_names[i]);
    return list;
}

/* Above the head may stand a title; the columns that are missing are those of the row that has most
 * of them. */
static void take_head(Reader *r, const CsvRow *row)
{
    Register *reg = r->reg;
    int at[COLUMNS], found = 0;
    for (int column = 0; column < COLUMNS; column++) {
        at[column] = -1;
        for (int i = 0; i < row->count && at[column] < 0; i++)
            if (strcmp(utf8_fold(reg->arena, row->cells[i]), column_names[column]) == 0)
                at[column] = i;
        found += at[column] >= 0;
    }
    if (found <= r->found)
        return;
    r->found = found;
    r->head_row = row->row;
    reg->width = row->count;
    memcpy(reg->at, at, sizeof at);
}

static bool has_head(Reader *r)
{
    Register *reg = r->reg;
    DataPlace place = {reg->path, r->head_row, -1, NULL};
    At at = {.data = &place};
    if (r->found == COLUMNS)
        return true;
    for (int i = 0; r->found == 0 && i < COLUMNS; i++)
        reg->at[i] = -1;
    diag_add(reg->diags, DIAG_E542, &at, join_names(reg, true));
    diag_hint(reg->diags, DIAG_H542, join_names(reg, false));
    return false;
}

static const char *cell(const Register *reg, const CsvRow *row, int column)
{
    int at = reg->at[column];
    return at < row->count ? utf8_trim(reg->arena, csv_cell_text(reg->arena, row->cells[at])) : "";
}

static void keep_row(Register *reg, const RegisterKey *key, long number, long row)
{
    reg->rows =
        arena_grow(reg->arena, reg->rows, reg->row_count, &reg->row_room, sizeof *reg->rows);
    reg->rows[reg->row_count++] = (Row){*key, {number, row}};
}

static const char *range_text(const Register *reg, long least, long most)
{
    return arena_printf(reg->arena, "%ld—%ld", least, most);
}

/* １７, 17, 2024年 too; false after a message. */
static bool whole(Reader *r, const CsvRow *row, int column, long least, long most, long *out)
{
    Register *reg = r->reg;
    const char *given = cell(reg, row, column), *text = utf8_fold(reg->arena, given);
    const char *at = text;
    *out = 0;
    for (; *at >= '0' && *at <= '9' && *out <= most; at++)
        *out = *out * 10 + (*at - '0');
    bool suffixed = strcmp(at, column == YEAR ? "年" : "号") == 0;
    if (at > text && (!*at || suffixed) && *out >= least && *out <= most)
        return true;
    DataPlace place;
    At where = cell_place(reg, row->row, column, &place);
    r->faulty = true;
    return diag_add(
        reg->diags, DIAG_E543, &where, column_names[column], given, range_text(reg, least, most));
}

/* A number is given once, and a paper has one. */
static bool is_new(Reader *r, const CsvRow *row, const RegisterKey *key, long number)
{
    Register *reg = r->reg;
    DataPlace place;
    const Entry *same = map_find(reg->numbers, number_key(reg->arena, key->year, number));
    const Entry *paper = map_find(reg->papers, paper_key(reg->arena, key));
    /* Of papers that the office made by hand nothing may be known but the number. */
    bool known = *key->template || *key->period || *key->unit;
    At at = cell_place(reg, row->row, NUMBER, &place);
    if (same)
        diag_add(reg->diags, DIAG_E544, &at, key->year, number, same->row);
    else if (known && paper)
        diag_add(reg->diags, DIAG_E545, &at, paper->row);
    else
        return true;
    r->faulty = true;
    return false;
}

/* The faults of all rows are told. A row whose number the office has not filled in yet is none. */
static bool take_row(void *user, const CsvRow *row)
{
    Reader *r = user;
    Register *reg = r->reg;
    long year, number;
    if (r->found < COLUMNS) {
        take_head(r, row);
        return true;
    }
    if (!*cell(reg, row, YEAR) && !*cell(reg, row, NUMBER))
        return true;
    if (!whole(r, row, YEAR, FIRST_YEAR, LAST_YEAR, &year) ||
        !whole(r, row, NUMBER, 1, MOST_NUMBER, &number))
        return true;
    RegisterKey key = {.year = (int)year,
        .template = cell(reg, row, TEMPLATE),
        .period = session_period_text(reg->arena, cell(reg, row, PERIOD)),
        .unit = cell(reg, row, UNIT)};
    if (is_new(r, row, &key, number)) {
        note(reg, &key, number, row->row);
        keep_row(reg, &key, number, row->row);
    }
    return true;
}

/* What is added goes on as the file does. */
static void note_form(Register *reg, const char *text, size_t length)
{
    const char *line = memchr(text, '\n', length);
    reg->delimiter = csv_find_delimiter(text, length);
    reg->line_end = line && (line == text || line[-1] != '\r') ? "\n" : "\r\n";
}

static bool read_rows(Register *reg)
{
    Reader reader = {.reg = reg};
    Buf text = {0};
    reg->encoding = encode_detect(reg->bytes.data, reg->bytes.length);
    bool done = encode_to_utf8(
        reg->path, reg->bytes.data, reg->bytes.length, reg->encoding, &text, reg->diags);
    if (done && text.length > 0) {
        note_form(reg, text.data, text.length);
        done = csv_read(reg->path, text.data, text.length, reg->delimiter, take_row, &reader,
                   reg->diags) &&
               has_head(&reader) && !reader.faulty;
    }
    buf_free(&text);
    return done;
}

static bool fail(Register *reg)
{
    return diag_add(reg->diags, DIAG_E568, NULL, reg->path, diag_system_text(reg->diags, errno));
}

/* Whoever saves it puts a whole new file in its place: no lock is needed to look at it. */
static bool look(Register *reg)
{
    return access(reg->file, F_OK) != 0 ||
           input_file_read(reg->file, reg->path, NULL, &reg->bytes, reg->diags);
}

static bool take(Register *reg)
{
    if (lock_take(&reg->lock, reg->file, true) != LOCK_HELD ||
        !buf_read(&reg->bytes, reg->lock.file, SIZE_MAX))
        return fail(reg);
    sink_sweep(reg->file);
    return true;
}

/* A new file under the name of a link would part those who share the register. */
static const char *behind_links(Arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = real ? arena_strdup(arena, real) : path;
    free(real);
    return kept;
}

Register *register_open(Arena *arena, const char *path, bool looked_at, Diags *diags)
{
    Register *reg = ARENA_NEW(arena, Register);
    *reg = (Register){.arena = arena,
        .diags = diags,
        .path = path,
        .file = behind_links(arena, path),
        .lock = {.file = -1},
        .encoding = ENCODING_UTF8,
        .delimiter = ",",
        .line_end = "\r\n",
        .papers = map_new(arena),
        .numbers = map_new(arena),
        .last = map_new(arena)};
    bool done = looked_at ? look(reg) : take(reg);
    if (done && (reg->bytes.length == 0 || read_rows(reg)))
        return reg;
    register_close(reg);
    return NULL;
}

/* ---- whose the numbers are ---- */

static bool row_refused(const Register *reg, const Row *row, int column, const char *text,
    const RegisterKey *key)
{
    DataPlace place;
    At at = cell_place(reg, row->entry.row, column, &place);
    diag_add(reg->diags, DIAG_E582, &at, column_names[column], text);
    diag_hint(reg->diags, DIAG_H582, *key->period ? key->period : "2024-06");
    return false;
}

/* The number of the row is that of the unit by its official name. */
static bool rename_row(Register *reg, const Row *row, const char *unit)
{
    RegisterKey key = row->key;
    key.unit = unit;
    const Entry *other = map_find(reg->papers, paper_key(reg->arena, &key));
    DataPlace place;
    At at = cell_place(reg, row->entry.row, NUMBER, &place);
    if (other && other->row != row->entry.row)
        return diag_add(reg->diags, DIAG_E545, &at, other->row);
    note(reg, &key, row->entry.number, row->entry.row);
    return true;
}

static bool settle_unit(
    Register *reg, const Row *row, const RegisterKey *key, RegisterUnit meant, void *context)
{
    const char *given = row->key.unit, *unit = meant(context, given);
    DataPlace place;
    At at = cell_place(reg, row->entry.row, UNIT, &place);
    if (!unit && !*given)
        return row_refused(reg, row, UNIT, given, key);
    if (unit)
        return rename_row(reg, row, unit);
    diag_add(reg->diags, DIAG_W564, &at, given);
    return true;
}

bool register_settle(
    Register *reg, const RegisterKey *key, RegisterUnit meant, void *context)
{
    bool settled = true;
    for (size_t i = 0; i < reg->row_count; i++) {
        const Row *row = &reg->rows[i];
        Period period;
        if (row->key.year != key->year || strcmp(row->key.template, key->template) != 0)
            continue;
        if (strcmp(row->key.period, key->period) == 0)
            settled = settle_unit(reg, row, key, meant, context) && settled;
        else if (*key->period && !session_take_period(reg->arena, row->key.period, &period))
            settled = row_refused(reg, row, PERIOD, row->key.period, key);
    }
    return settled;
}

/* ---- numbers ---- */

/* The cells of the file's own columns; the office fills in the rest. */
static void add_row(Register *reg, const char *const cells[COLUMNS])
{
    int width = reg->width ? reg->width : COLUMNS;
    const char **line = ARENA_ARRAY(reg->arena, const char *, width);
    for (int i = 0; i < COLUMNS; i++)
        line[reg->width ? reg->at[i] : i] = cells[i];
    csv_add_row(&reg->added, line, width, reg->delimiter, reg->line_end);
}

/* The last row is to be looked at: it is nearly always a slip. */
static long number_refused(const Register *reg, const Entry *last, long number)
{
    DataPlace place = {reg->path, last->row, reg->at[NUMBER], column_names[NUMBER]};
    At at = {.data = &place};
    diag_add(reg->diags, DIAG_E543, &at, column_names[NUMBER],
        arena_printf(reg->arena, "%ld", number), range_text(reg, 1, MOST_NUMBER));
    return 0;
}

long register_find(const Register *reg, const RegisterKey *key)
{
    const Entry *entry = map_find(reg->papers, paper_key(reg->arena, key));
    return entry ? entry->number : 0;
}

long register_number(Register *reg, const RegisterKey *key)
{
    long known = register_find(reg, key);
    if (known)
        return known;
    const Entry *last = map_find(reg->last, arena_printf(reg->arena, "%d", key->year));
    long number = last ? last->number + 1 : 1;
    if (number > MOST_NUMBER)
        return number_refused(reg, last, number);
    if (reg->width == 0 && reg->added.length == 0)
        add_row(reg, column_names);
    const char *const cells[COLUMNS] = {[YEAR] = arena_printf(reg->arena, "%d", key->year),
        [NUMBER] = arena_printf(reg->arena, "%ld", number),
        [TEMPLATE] = key->template,
        [PERIOD] = key->period,
        [UNIT] = key->unit};
    add_row(reg, cells);
    note(reg, key, number, 0);
    return number;
}

/* ---- writing ---- */

static const char *encoding_name(Encoding encoding)
{
    switch (encoding) {
    case ENCODING_GB18030:
        return "GB18030";
    case ENCODING_UTF16LE:
        return "UTF-16LE";
    case ENCODING_UTF16BE:
        return "UTF-16BE";
    default:
        return "UTF-8";
    }
}

/* All of it, or nothing and false. */
static bool convert(const Register *reg, Buf *out)
{
    iconv_t converter = iconv_open(encoding_name(reg->encoding), "UTF-8");
    if (converter == (iconv_t)-1)
        return false;
    char *from = reg->added.data, block[4096];
    size_t left = reg->added.length;
    bool done = true;
    while (done && left > 0) {
        char *to = block;
        size_t room = sizeof block;
        done = iconv(converter, &from, &left, &to, &room) != (size_t)-1 || errno == E2BIG;
        buf_add(out, block, sizeof block - room);
    }
    iconv_close(converter);
    return done;
}

/* Whether the last row has its line end; a row that is added must not go on with it. */
static bool ends_line(const Register *reg)
{
    const Buf *bytes = &reg->bytes;
    size_t unit = reg->encoding == ENCODING_UTF16LE || reg->encoding == ENCODING_UTF16BE ? 2 : 1;
    if (bytes->length < unit)
        return true;
    const char *last = bytes->data + bytes->length - unit;
    return reg->encoding == ENCODING_UTF16BE ? last[1] == '\n' : last[0] == '\n';
}

static void end_last_line(Register *reg)
{
    if (reg->bytes.length == 0 || ends_line(reg))
        return;
    Buf added = {0};
    buf_adds(&added, reg->line_end);
    buf_add(&added, reg->added.data, reg->added.length);
    buf_free(&reg->added);
    reg->added = added;
}

bool register_save(Register *reg)
{
    if (reg->added.length == 0 || reg->lock.file < 0) /* nothing to add, or looked at only */
        return true;
    Buf whole = {0};
    end_last_line(reg);
    if (reg->bytes.length == 0)
        buf_adds(&whole, "\xEF\xBB\xBF");
    buf_add(&whole, reg->bytes.data, reg->bytes.length);
    bool done = convert(reg, &whole) || fail(reg);
    done = done && sink_save(reg->file, whole.data, whole.length, reg->diags);
    buf_free(&whole);
    if (done)
        reg->lock.made = false;
    return done;
}

void register_close(Register *reg)
{
    if (!reg)
        return;
    /* Made for the lock, and nothing was written: there is no register yet. */
    if (reg->lock.file >= 0 && reg->lock.made)
        unlink(reg->file);
    lock_release(&reg->lock);
    buf_free(&reg->bytes);
    buf_free(&reg->added);
}
