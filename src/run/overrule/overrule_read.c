#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/utf8.h"
#include "data/csvread.h"
#include "data/encode.h"
#include "data/files.h"
#include "data/infer.h"
#include "run/overrule/overrule_internal.h"
#include "template/data_file.h"

const char *const ruling_columns[RULING_COLUMNS] = {
    [RULING_PLACE] = "位置",
    [RULING_VALUE] = "改定值",
    [RULING_REASON] = "理由",
    [RULING_WHO] = "改定人",
    [RULING_TEMPLATE] = "模板",
    [RULING_PERIOD] = "期间",
    [RULING_WAS] = "原值",
    [RULING_UNIT] = "单位",
};

typedef struct Reading {
    Session *session;
    Rulings *out;
    bool has_head;
    int width;               /* cells of the head up to the last that names a column */
    const FileNames *beside; /* what lies beside the template; NULL: not looked up yet */
} Reading;

At ruling_at(const Rulings *rulings, long row, RulingColumn column, DataPlace *place)
{
    *place = (DataPlace){FILES_RULINGS, row, rulings->columns[column], ruling_columns[column]};
    return (At){.data = place};
}

/* ---- the head ---- */

static bool unknown_column(Reading *r, long row, int index, const char *name)
{
    DataPlace place = {FILES_RULINGS, row, index, NULL};
    At at = {.data = &place};
    Diags *diags = r->session->diags;
    diag_add(diags, DIAG_E791, &at, name);
    const char *nearest = utf8_nearest(name, ruling_columns, RULING_COLUMNS);
    if (nearest)
        diag_hint(diags, DIAG_H001, nearest);
    else
        diag_hint(diags, DIAG_H790);
    return false;
}

static bool take_column(Reading *r, const CsvRow *row, int index)
{
    const char *name = utf8_fold(r->session->arena, row->cells[index]);
    for (int i = 0; i < RULING_COLUMNS; i++) {
        if (strcmp(name, ruling_columns[i]) != 0)
            continue;
        bool first = r->out->columns[i] < 0;
        r->out->columns[i] = index;
        return first || unknown_column(r, row->row, index, name);
    }
    return !*name || unknown_column(r, row->row, index, name);
}

/* A column that is not known could be a reason or a period misspelt: nothing is guessed. */
static bool take_head(Reading *r, const CsvRow *row)
{
    bool whole = true;
    for (int i = 0; i < RULING_COLUMNS; i++)
        r->out->columns[i] = -1;
    for (int i = 0; i < row->count; i++)
        whole = take_column(r, row, i) && whole;
    for (int i = 0; i < RULING_COLUMNS; i++)
        r->width = r->out->columns[i] >= r->width ? r->out->columns[i] + 1 : r->width;
    for (int i = 0; i < RULING_TEMPLATE; i++) {
        if (r->out->columns[i] >= 0)
            continue;
        DataPlace place = {FILES_RULINGS, row->row, -1, NULL};
        At at = {.data = &place};
        diag_add(r->session->diags, DIAG_E790, &at, ruling_columns[i]);
        diag_hint(r->session->diags, DIAG_H790);
        whole = false;
    }
    r->has_head = true;
    return whole;
}

/* ---- rows ---- */

/* 工作汇报.xml and 工作汇报. */
static bool is_named(const Session *s, const char *file, const char *name)
{
    size_t length = strlen(name);
    file = utf8_fold(s->arena, file);
    return strncmp(file, name, length) == 0 &&
           (!file[length] || strcmp(file + length, ".xml") == 0);
}

static bool is_this_template(const Session *s, const char *name)
{
    return is_named(s, path_name(s->spec->template_path), name);
}

static const FileNames *names_beside(Reading *r)
{
    const Session *s = r->session;
    if (!r->beside) {
        const char *folder = path_folder(s->arena, s->spec->template_path);
        FileNames *all = ARENA_NEW(s->arena, FileNames), *names = ARENA_NEW(s->arena, FileNames);
        data_file_names(s->arena, folder, NULL, "", all);
        for (size_t i = 0; i < all->count; i++) {
            if (!utf8_ends_with(utf8_fold(s->arena, all->items[i]), ".xml"))
                continue;
            names->items = arena_grow(
                s->arena, names->items, names->count, &names->room, sizeof *names->items);
            names->items[names->count++] = all->items[i];
        }
        r->beside = names;
    }
    return r->beside;
}

/* A name misspelt would leave the leader's word unheard. */
static void look_for_template(Reading *r, const Ruling *ruling)
{
    Diags *diags = r->session->diags;
    const FileNames *names = names_beside(r);
    const char *name = ruling->cells[RULING_TEMPLATE];
    for (size_t i = 0; i < names->count; i++)
        if (is_named(r->session, names->items[i], name))
            return;
    DataPlace place;
    At at = ruling_at(r->out, ruling->row, RULING_TEMPLATE, &place);
    diag_add(diags, DIAG_W791, &at, name);
    const char *nearest = data_file_nearest(r->session->arena, names, names->count, name);
    if (nearest)
        diag_hint(diags, DIAG_H001, nearest);
}

/* The same place is in the paper of every unit: without a name the row would be for all of them. */
static bool is_for_unit(Reading *r, const Ruling *ruling, bool *meant)
{
    const Session *s = r->session;
    const char *name = ruling->cells[RULING_UNIT];
    if (s->unit && !*name && *meant) {
        DataPlace place;
        At at = ruling_at(r->out, ruling->row, RULING_UNIT, &place);
        return diag_add(s->diags, DIAG_E559, &at, ruling->cells[RULING_PLACE]);
    }
    const char *official = *name ? store_roster_name(s->store, name, NULL) : NULL;
    *meant = *meant && (s->unit ? strcmp(official ? official : name, s->unit) == 0 : !*name);
    return true;
}

/* Whether the row is for this paper; a period that cannot be read is refused. */
static bool is_meant(Reading *r, const Ruling *ruling, bool *meant)
{
    const Session *s = r->session;
    const char *period_text = ruling->cells[RULING_PERIOD];
    const char *template = ruling->cells[RULING_TEMPLATE];
    Period period;
    *meant = !*template || is_this_template(s, template);
    if (!*meant)
        look_for_template(r, ruling);
    if (!*period_text)
        return is_for_unit(r, ruling, meant);
    if (!session_take_period(s->arena, period_text, &period)) {
        DataPlace place;
        At at = ruling_at(r->out, ruling->row, RULING_PERIOD, &place);
        diag_add(s->diags, DIAG_E510, &at, period_text);
        diag_hint(s->diags, DIAG_H502);
        return false;
    }
    *meant = *meant && s->options.has_period && period_equal(period, s->options.period);
    return is_for_unit(r, ruling, meant);
}

/* A word without a reason or a name is nobody's. */
static bool is_whole(Reading *r, const Ruling *ruling)
{
    bool whole = true;
    for (int i = 0; i < RULING_TEMPLATE; i++) {
        DataPlace place;
        At at = ruling_at(r->out, ruling->row, (RulingColumn)i, &place);
        if (!*ruling->cells[i])
            whole = diag_add(r->session->diags, DIAG_E792, &at, ruling_columns[i]);
    }
    return whole;
}

/* A reason with a half-width comma in it would be cut there, and the rest be the name. */
static bool fits_head(Reading *r, const CsvRow *row)
{
    int count = row->count;
    while (count > r->width && !*utf8_trim(r->session->arena, row->cells[count - 1]))
        count--;
    if (count <= r->width)
        return true;
    DataPlace place = {FILES_RULINGS, row->row, -1, NULL};
    At at = {.data = &place};
    diag_add(r->session->diags, DIAG_E223, &at, count, r->width);
    diag_hint(r->session->diags, DIAG_H799);
    return false;
}

static void take_row(Reading *r, const CsvRow *row)
{
    Arena *arena = r->session->arena;
    Rulings *out = r->out;
    Ruling ruling = {.row = row->row};
    bool meant;
    if (!fits_head(r, row)) {
        out->faulty = true;
        return;
    }
    for (int i = 0; i < RULING_COLUMNS; i++) {
        int index = out->columns[i];
        const char *cell = index >= 0 && index < row->count ? row->cells[index] : "";
        ruling.cells[i] = utf8_trim(arena, infer_text(arena, cell));
    }
    ruling.cells[RULING_TEMPLATE] = utf8_fold(arena, ruling.cells[RULING_TEMPLATE]);
    if (!is_meant(r, &ruling, &meant) || (meant && !is_whole(r, &ruling))) {
        out->faulty = true;
        return;
    }
    if (!meant) {
        out->others++;
        return;
    }
    out->items = arena_grow(arena, out->items, out->count, &out->capacity, sizeof *out->items);
    out->items[out->count++] = ruling;
}

static bool on_row(void *user, const CsvRow *row)
{
    Reading *r = user;
    if (!r->has_head)
        return take_head(r, row);
    take_row(r, row);
    return true;
}

/* ---- the file ---- */

static bool read_rows(Session *s, const Files *files, Rulings *out)
{
    Reading reading = {.session = s, .out = out};
    Buf bytes = {0}, text = {0};
    const char *name = FILES_RULINGS;
    bool whole =
        files_read(files, name, &bytes, s->diags) &&
        encode_to_utf8(
            name, bytes.data ? bytes.data : "", bytes.length, ENCODING_UNKNOWN, &text, s->diags) &&
        csv_read(name, text.data ? text.data : "", text.length, NULL, on_row, &reading, s->diags);
    if (whole && !reading.has_head) {
        DataPlace place = {name, 0, -1, NULL};
        At at = {.data = &place};
        whole = diag_add(s->diags, DIAG_E220, &at);
    }
    buf_free(&bytes);
    buf_free(&text);
    return whole;
}

/* Also a link that leads nowhere: a word that is lost is told. */
static bool is_there(Session *s, const char *name)
{
    struct stat status;
    return lstat(arena_printf(s->arena, "%s/%s", s->spec->data_dir, name), &status) == 0;
}

/* Saved as a workbook the word would not be heard. */
static bool refuse_workbook(Session *s)
{
    static const char *const names[] = {"改定.xlsx", "改定.xls", "改定.et"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        DataPlace place = {names[i], 0, -1, NULL};
        At at = {.data = &place};
        if (!is_there(s, names[i]))
            continue;
        diag_add(s->diags, DIAG_E276, &at);
        diag_hint(s->diags, DIAG_H240);
        return false;
    }
    return true;
}

bool rulings_read(Session *s, Rulings *out)
{
    Files files;
    At nowhere = {.data = NULL};
    *out = (Rulings){0};
    if (!s->spec->data_dir)
        return true;
    if (!is_there(s, FILES_RULINGS))
        return refuse_workbook(s);
    files_match(
        s->arena, s->spec->data_dir, FILES_RULINGS, NULL, &nowhere, diag_new(s->arena), &files);
    bool whole = read_rows(s, &files, out);
    files_close(&files);
    if (out->others > 0) {
        DataPlace place = {FILES_RULINGS, 0, -1, NULL};
        At at = {.data = &place};
        diag_add(s->diags, DIAG_N793, &at, out->others);
    }
    return whole;
}
