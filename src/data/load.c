#include <string.h>
#include "base/utf8.h"
#include "data/encode.h"
#include "data/filename.h"
#include "data/load_internal.h"

At load_at(Load *load, DataPlace *place, int file, long row, int cell)
{
    *place = (DataPlace){load->files[file].name, row, cell, NULL};
    if (cell >= 0 && cell < load->files[file].cell_count && load->files[file].columns[cell] >= 0) {
        place->column_name = load->columns[load->files[file].columns[cell]].text;
    }
    return (At){.data = place};
}

LoadRow *load_row(Load *load, size_t index)
{
    return (LoadRow *)(void *)load->rows.data + index;
}

/* ---- rows that are no data ---- */

/* 合 计 is written as often as 合计. */
static void squeeze(const char *cell, char *out, size_t size)
{
    size_t length = 0;
    for (uint32_t c; (c = utf8_next(&cell)) && length + 5 < size;) {
        if (!utf8_is_blank(c)) {
            length += (size_t)utf8_encode(utf8_fold_width(c), out + length);
        }
    }
    out[length] = '\0';
}

bool load_is_total(const char *cell, RowKind *kind)
{
    static const struct {
        const char *word;
        RowKind kind;
    } words[] = {{"合计", ROW_TOTAL}, {"总计", ROW_TOTAL}, {"小计", ROW_SUBTOTAL}};
    char text[48];
    unsigned char lead = (unsigned char)*cell;
    if (lead > ' ' && lead < 0x80) {
        return false; /* most cells */
    }
    squeeze(cell, text, sizeof text);
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] == ':') {
        text[--length] = '\0';
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = strlen(words[i].word);
        if (length >= end && strcmp(text + length - end, words[i].word) == 0) {
            bool named = length > end && words[i].kind == ROW_TOTAL;
            *kind = named ? ROW_NAMED_TOTAL : words[i].kind;
            return true;
        }
    }
    return false;
}

typedef struct FileLoad {
    Load *load;
    int file;
    bool settled; /* the header is found */
    bool footed;  /* a line under the table was met */
    HeldRow *held;
    int held_count;
    size_t held_capacity;
    long *unnamed; /* rows in which a column without a name holds data are told once a column */
} FileLoad;

/* 合计 may stand in the first cell that is filled, in the 村 column and in the keys. */
static bool labels_rows(const Load *load, int column)
{
    return column >= 0 &&
           (load->columns[column].is_key || strcmp(load->columns[column].head.name, "村") == 0);
}

static RowKind row_kind(FileLoad *state, const HeldRow *row)
{
    const LoadFile *here = &state->load->files[state->file];
    RowKind kind = ROW_DATA;
    bool first = true;
    for (int i = 0; i < row->count && i < here->cell_count; i++) {
        bool candidate = first || labels_rows(state->load, here->columns[i]);
        if (candidate && load_is_total(row->cells[i], &kind)) {
            return kind;
        }
        first = first && infer_missing(row->cells[i]);
    }
    return ROW_DATA;
}

static bool has_colon(const char *cell)
{
    return strchr(cell, ':') || strstr(cell, "：");
}

static bool starts_note(const char *cell)
{
    static const char *const words[] = {"填报", "填表", "制表", "审核", "复核", "单位负责人",
        "负责人", "联系", "统计", "经办", "报送", "数据来源", "说明", "备注", "附注", "注"};
    char text[48];
    squeeze(cell, text, sizeof text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* 填报人： with the name in the next cell. */
static bool ends_with_colon(const char *cell)
{
    char text[48];
    squeeze(cell, text, sizeof text);
    size_t length = strlen(text);
    return length > 0 && text[length - 1] == ':';
}

/* 填报人：…　审核人：… or 注：…; below such a line, any line with one cell only. */
static const char *footer(FileLoad *state, const HeldRow *row)
{
    const char *first = NULL;
    int filled = 0;
    bool colons = true;
    for (int i = 0; i < row->count; i++) {
        if (!infer_missing(row->cells[i])) {
            first = first ? first : row->cells[i];
            colons = colons && has_colon(row->cells[i]);
            filled++;
        }
    }
    bool wide = state->load->files[state->file].cell_count > 1;
    bool labelled = first && starts_note(first) && (colons || ends_with_colon(first));
    bool note = first && wide && (labelled || (filled == 1 && state->footed));
    return note ? first : NULL;
}

/* ---- rows that are data ---- */

static bool fail_row(FileLoad *state, DiagCode code, long row, int a, int b)
{
    DataPlace place;
    At at = load_at(state->load, &place, state->file, row, -1);
    state->load->files[state->file].faulty = true;
    load_refuse(state->load);
    return diag_add(state->load->diags, code, &at, a, b);
}

static bool right_count(FileLoad *state, const HeldRow *row)
{
    int expected = state->load->files[state->file].cell_count, count = row->count;
    while (count > expected && infer_missing(row->cells[count - 1])) {
        count--;
    }
    if (count > expected) {
        return fail_row(state, DIAG_E223, row->row, count, expected);
    }
    return count == expected || fail_row(state, DIAG_E224, row->row, count, expected);
}

static void tell_unnamed(FileLoad *state, long row, int cell)
{
    if (state->unnamed[cell]++ == 0) {
        DataPlace place;
        At at = load_at(state->load, &place, state->file, row, cell);
        diag_add(state->load->diags, DIAG_E221, &at, cell + 1);
        load_refuse(state->load); /* no figure can name it */
    }
}

static void tally_row(FileLoad *state, const HeldRow *row)
{
    Load *load = state->load;
    const LoadFile *here = &load->files[state->file];
    for (int i = 0; i < here->cell_count; i++) {
        if (here->columns[i] >= 0) {
            DataPlace place;
            load_at(load, &place, state->file, row->row, i);
            load_tally(load, &place, state->file, &load->columns[here->columns[i]], row->cells[i]);
        } else if (*infer_text(load->scratch, row->cells[i])) {
            tell_unnamed(state, row->row, i);
        }
    }
    for (int i = 0; i < here->name_cell_count; i++) {
        const NameCell *cell = &here->name_cells[i];
        DataPlace place = {here->name, row->row, -1, NULL};
        if (!cell->beside) {
            load_tally(load, &place, state->file, &load->columns[cell->column], cell->text);
        }
    }
}

static void keep_row(FileLoad *state, const HeldRow *row, RowKind kind)
{
    Load *load = state->load;
    const char *last = row->cells[row->count - 1];
    LoadRow kept = {.row = row->row, .file = state->file, .count = row->count, .kind = kind};
    kept.cells =
        arena_copy(load->scratch, row->cells[0], (size_t)(last - row->cells[0]) + strlen(last) + 1);
    buf_add(&load->rows, &kept, sizeof kept);
    load->row_count++;
}

static void take_row(FileLoad *state, const HeldRow *row)
{
    if (state->load->files[state->file].headless) {
        return;
    }
    const char *note = footer(state, row);
    if (note) {
        DataPlace place;
        At at = load_at(state->load, &place, state->file, row->row, -1);
        diag_add(state->load->diags, DIAG_N202, &at, note);
        state->footed = true;
        return;
    }
    if (!right_count(state, row)) {
        if (state->load->draft) {
            keep_row(state, row, ROW_RAGGED);
        }
        return;
    }
    RowKind kind = row_kind(state, row);
    if (kind == ROW_DATA) {
        tally_row(state, row);
    }
    keep_row(state, row, kind);
}

/* ---- header first ---- */

static void settle_header(FileLoad *state)
{
    Load *load = state->load;
    LoadFile *here = &load->files[state->file];
    Header header;
    if (!load_choose_header(load, state->file, state->held, state->held_count, &header)) {
        here->headless = true;
    } else {
        load_header(load, state->file, &header);
    }
    here->lost = here->lost || here->headless;
    state->unnamed = ARENA_ARRAY(load->scratch, long, here->cell_count + 1);
    state->settled = true;
    for (int i = header.next; i < state->held_count; i++) {
        take_row(state, &state->held[i]);
    }
}

/* The cells of a row lie one behind another: copied in one piece. */
static void hold_row(FileLoad *state, const CsvRow *row)
{
    Arena *scratch = state->load->scratch;
    state->held = arena_grow(scratch, state->held, (size_t)state->held_count, &state->held_capacity,
        sizeof *state->held);
    HeldRow *held = &state->held[state->held_count++];
    const char *last = row->cells[row->count - 1];
    char *copy =
        arena_copy(scratch, row->cells[0], (size_t)(last - row->cells[0]) + strlen(last) + 1);
    *held = (HeldRow){row->row, row->count, ARENA_ARRAY(scratch, const char *, row->count)};
    for (int i = 0; i < row->count; i++) {
        held->cells[i] = copy + (row->cells[i] - row->cells[0]);
    }
}

/* Below a head that is named, one row more may hold the units. */
static bool holds_enough(const FileLoad *state, const CsvRow *row)
{
    long last = state->load->decl->header_last;
    return last > 0 ? row->row > last : state->held_count == HEADER_ROWS;
}

static bool on_row(void *user, const CsvRow *row)
{
    FileLoad *state = user;
    if (state->settled) {
        HeldRow lent = {row->row, row->count, row->cells};
        take_row(state, &lent);
        return true;
    }
    hold_row(state, row);
    if (holds_enough(state, row)) {
        settle_header(state);
    }
    return true;
}

/* ---- files ---- */

/* 月报-2024-05.csv says which year a bare 5月 in it belongs to; else the report's period does. */
static int year_of(const char *name, const Period *period)
{
    int year = filename_year(name);
    return year ? year : period && period->kind != PERIOD_NONE ? period->last.year : 0;
}

/* .xlsx is a ZIP file, .xls an OLE one; renamed they are still what they were. */
static bool is_workbook(const Buf *bytes)
{
    return bytes->length >= 4 && (memcmp(bytes->data, "PK\x03\x04", 4) == 0 ||
                                     memcmp(bytes->data, "\xD0\xCF\x11\xE0", 4) == 0);
}

static bool refuse_workbook(Load *load, int file)
{
    DataPlace place;
    At at = load_at(load, &place, file, 0, -1);
    diag_add(load->diags, DIAG_E276, &at);
    diag_hint(load->diags, DIAG_H240);
    return false;
}

static bool read_text(Load *load, const Files *files, int file, Encoding encoding, Buf *text)
{
    Buf bytes = {0};
    const char *name = load->files[file].name;
    bool done = files_read(files, name, &bytes, load->diags) &&
                (!is_workbook(&bytes) || refuse_workbook(load, file)) &&
                encode_to_utf8(
                    name, bytes.data ? bytes.data : "", bytes.length, encoding, text, load->diags);
    buf_free(&bytes);
    if (done && text->length) {
        encode_warn_lost(name, text->data, text->length, load->diags);
    }
    return done;
}

/* A draft holds what was read of the file; what was not is noted. */
static void lose_file(Load *load, int file)
{
    load->files[file].faulty = load->files[file].lost = true;
    load_refuse(load);
}

static void read_file(
    Load *load, const Files *files, int file, Encoding encoding, const char *delimiter)
{
    FileLoad state = {.load = load, .file = file};
    Buf text = {0};
    if (!read_text(load, files, file, encoding, &text)) {
        lose_file(load, file);
        buf_free(&text);
        return;
    }
    bool whole = csv_read(load->files[file].name, text.data ? text.data : "", text.length,
        delimiter, on_row, &state, load->diags);
    if (!whole) {
        lose_file(load, file);
    }
    if (!state.settled && state.held_count > 0) {
        settle_header(&state); /* what lies before a fault is looked at for faults of its own */
    } else if (!state.settled && whole) {
        DataPlace place;
        At at = load_at(load, &place, file, 0, -1);
        diag_add(load->diags, DIAG_E220, &at);
        lose_file(load, file);
    }
    buf_free(&text);
}

static bool read_options(Load *load, Encoding *encoding, const char **delimiter)
{
    const CsvDecl *decl = load->decl;
    *encoding = ENCODING_UNKNOWN;
    *delimiter = NULL;
    if (decl->encoding && !encode_parse(decl->encoding, encoding)) {
        return diag_add(load->diags, DIAG_E207, &decl->encoding_at, decl->encoding);
    }
    if (decl->delimiter && !(*delimiter = csv_delimiter(decl->delimiter))) {
        return diag_add(load->diags, DIAG_E208, &decl->delimiter_at, decl->delimiter);
    }
    return true;
}

/* Without a key nobody sees that all rows of a copy are there twice. */
static void tell_copies(Load *load)
{
    Map *names = map_new(load->scratch);
    for (int i = 0; load->decl->key == NULL && i < load->file_count; i++) {
        map_put(names, load->files[i].name, &load->files[i]);
    }
    for (size_t i = 0; i < map_count(names); i++) {
        const char *name = map_key(names, i);
        const char *original = filename_original(load->scratch, name);
        if (original != name && map_find(names, original)) {
            DataPlace place = {name, 0, -1, NULL};
            At at = {.data = &place};
            diag_add(load->diags, DIAG_W221, &at, original);
            diag_hint(load->diags, DIAG_H238);
        }
    }
}

static bool read_files(Load *load, const char *data_dir)
{
    Files files = {.folder = -1};
    Encoding encoding;
    const char *delimiter;
    load->misdeclared = !read_options(load, &encoding, &delimiter);
    bool found = !load->misdeclared &&
                 files_match(load->arena, data_dir, load->decl->files,
                     load->has_period ? load->declared[0] : NULL, &load->decl->files_at,
                     load->diags, &files);
    if (!found) {
        files_close(&files);
        return false;
    }
    load->failed = load->failed || files.partial;
    load->captured = files.columns;
    load->captured_count = files.column_count;
    load->file_count = files.count;
    load->files = ARENA_ARRAY(load->scratch, LoadFile, files.count);
    for (int i = 0; i < files.count; i++) {
        load->files[i].name = files.names[i];
        load->files[i].captured = files.captured[i];
        load->files[i].year = year_of(files.names[i], load->period);
        store_add_input(
            load->store, arena_printf(load->scratch, "%s/%s", data_dir, files.names[i]));
    }
    tell_copies(load);
    for (int i = 0; i < files.count; i++) {
        read_file(load, &files, i, encoding, delimiter);
    }
    load_compare_heads(load);
    files_close(&files);
    load->info->table.files = files.names;
    load->info->table.file_count = files.count;
    return load->base_file >= 0;
}

const Table *store_load(
    Store *store, const CsvDecl *decl, const char *data_dir, const Period *period)
{
    const Table *read = store_take(store, decl->likeness);
    if (read) {
        return read;
    }
    Load load = {
        .store = store,
        .decl = decl,
        .period = period,
        .arena = store_arena(store),
        .scratch = arena_new(),
        .diags = store_diags(store),
        .period_column = -1,
        .base_file = -1,
        .draft = store_is_draft(store),
    };
    load.info = ARENA_NEW(load.arena, TableInfo);
    load_read_declaration(&load);
    const Table *table = NULL;
    if (read_files(&load, data_dir)) {
        load_settle(&load);
        if (load_store_rows(&load)) {
            store_register(store, load.info);
            store_offer(store, decl->likeness, load.info);
            load_tell_ratios(&load);
            load_tell_suspects(&load);
            table = &load.info->table;
        }
    }
    if (!table && load.draft && !load.misdeclared && !store_broken(store)) {
        store_lose(store, decl->id);
    }
    buf_free(&load.rows);
    arena_free(load.scratch);
    return table;
}
