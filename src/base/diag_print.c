#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/diag_internal.h"
#include "base/utf8.h"

enum {
    GUTTER = 5,        /* columns for the line number */
    LINE_COLUMNS = 64, /* of a source line that are shown … */
    LEAD_COLUMNS = 36, /* … and of them before the caret, when the line must be cut */
    REPLACEMENT = 0xFFFD
};

/* A printing has scratch memory of its own, so that it changes nothing in the messages. */
typedef struct Printer {
    const Diags *diags;
    Arena *scratch;
    Buf out;
} Printer;

typedef struct Words {
    const char *levels[DIAG_SYSTEM + 1];
    const char *data, *row, *column, *cell, *omitted, *share, *join, *unit, *part;
} Words;

static const Words words[] = {
    [DIAG_CHINESE] = {{"提示", "说明", "警告", "错误", "错误"}, "数据", " 第 %ld 行", "“%s”",
        "(%s)", "另有 %zu 条消息没有列出：", "%s %zu 条", "、", "单位", "部分"},
    [DIAG_ENGLISH] = {{"hint", "note", "warning", "error", "error"}, "data", " row %ld", " “%s”",
        " (%s)", "%zu more messages are not shown: ", "%s %zu", ", ", "unit", "part"},
};

static const char *const json_levels[] = {"hint", "note", "warning", "error", "error"};

static const Words *words_of(const Printer *printer)
{
    return &words[printer->diags->language];
}

/* Where in its file: 0 in a template, 1 in the data, 2 nowhere. One name may stand for a template
 * and for a CSV. */
static int place_kind(const Message *message)
{
    return message->span.source ? 0 : message->data ? 1 : 2;
}

static int compare(const void *left, const void *right)
{
    const Message *a = *(const Message *const *)left, *b = *(const Message *const *)right;
    int kind = place_kind(a);
    if (a->file_rank != b->file_rank)
        return a->file_rank < b->file_rank ? -1 : 1;
    if (kind != place_kind(b))
        return kind - place_kind(b);
    if (kind == 0 && a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    if (kind == 1 && a->data->row != b->data->row)
        return a->data->row < b->data->row ? -1 : 1;
    if (kind == 1 && a->data->column != b->data->column)
        return a->data->column < b->data->column ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* ---- text as a terminal may have it ---- */

/* The next character of text that need not be valid; a byte that belongs to none comes out as
 * U+FFFD. */
static uint32_t next_character(const char **text, const char *end)
{
    const char *at = *text;
    size_t size = 1, bad = 0;
    while (at + size < end && size < 4 && ((unsigned char)at[size] & 0xC0) == 0x80)
        size++;
    if (!utf8_valid(at, size, &bad)) {
        *text = at + (bad ? bad : 1);
        return REPLACEMENT;
    }
    uint32_t c = (unsigned char)*at ? utf8_next(text) : 0;
    *text = at + size;
    return c;
}

static int text_columns(const char *text, const char *end)
{
    int sum = 0;
    while (text < end)
        sum += utf8_columns(utf8_printable(next_character(&text, end)));
    return sum;
}

static void add_clean(Buf *out, const char *text, const char *end)
{
    while (text < end)
        buf_addc(out, utf8_printable(next_character(&text, end)));
}

static void add_text(Buf *out, const char *text)
{
    add_clean(out, text, text + strlen(text));
}

/* ---- the source line with its carets ---- */

/* The part of a line that is shown. A template may be one line of megabytes: only the neighbourhood
 * is looked at. */
typedef struct Excerpt {
    const char *start, *end; /* shown */
    const char *caret, *caret_end;
    bool cut_left, cut_right;
} Excerpt;

/* Whether a character goes on here. The text need not be valid: just that may be the message. */
static bool continues(const char *at)
{
    return ((unsigned char)*at & 0xC0) == 0x80;
}

static Excerpt find_excerpt(Span span, size_t line)
{
    const Source *source = span.source;
    const char *text = source->text, *line_start = text + source->line_starts[line - 1];
    const char *line_end = text + source->length;
    if (line < source->line_count)
        line_end = text + source->line_starts[line] - 1;
    if (line_end > line_start && line_end[-1] == '\r')
        line_end--;
    Excerpt excerpt = {line_start, line_end, text + span.start, text + span.end, false, false};
    if (excerpt.caret > line_end)
        excerpt.caret = line_end;
    if (excerpt.caret_end > line_end || excerpt.caret_end < excerpt.caret)
        excerpt.caret_end = line_end;
    enum { REACH = 4 * LINE_COLUMNS };
    if (excerpt.caret - excerpt.start > REACH) {
        excerpt.start = excerpt.caret - REACH;
        while (excerpt.start < excerpt.caret && continues(excerpt.start))
            excerpt.start++;
        excerpt.cut_left = true;
    }
    if (excerpt.end - excerpt.caret > REACH) {
        excerpt.end = excerpt.caret + REACH;
        while (excerpt.end > excerpt.caret && continues(excerpt.end))
            excerpt.end--;
        excerpt.cut_right = true;
    }
    return excerpt;
}

/* Cuts to the columns of the screen, more on the left than on the right: what stands before
 * explains. */
static void fit_excerpt(Excerpt *excerpt)
{
    while (!excerpt->cut_left && excerpt->start < excerpt->caret && strchr(" \t", *excerpt->start))
        excerpt->start++; /* indentation says nothing */
    int lead = text_columns(excerpt->start, excerpt->caret);
    int rest = text_columns(excerpt->caret, excerpt->end);
    int spare = rest < LINE_COLUMNS - LEAD_COLUMNS ? LINE_COLUMNS - rest : LEAD_COLUMNS;
    while (lead > spare) {
        lead -= utf8_columns(utf8_printable(next_character(&excerpt->start, excerpt->caret)));
        excerpt->cut_left = true;
    }
    const char *at = excerpt->caret;
    for (int shown = lead; at < excerpt->end;) {
        const char *before = at;
        shown += utf8_columns(utf8_printable(next_character(&at, excerpt->end)));
        if (shown <= LINE_COLUMNS)
            continue;
        excerpt->end = before;
        excerpt->cut_right = true;
        break;
    }
    if (excerpt->caret_end > excerpt->end)
        excerpt->caret_end = excerpt->end;
}

static void add_source_line(Buf *out, Span span, size_t line)
{
    Excerpt excerpt = find_excerpt(span, line);
    fit_excerpt(&excerpt);
    int gutter = snprintf(NULL, 0, "%zu", line);
    gutter = gutter < GUTTER ? GUTTER : gutter;
    buf_addf(out, "%*zu |  %s", gutter, line, excerpt.cut_left ? "…" : "");
    add_clean(out, excerpt.start, excerpt.end);
    int lead = excerpt.cut_left + text_columns(excerpt.start, excerpt.caret);
    int carets = text_columns(excerpt.caret, excerpt.caret_end);
    buf_addf(out, "%s\n%*s |  %*s", excerpt.cut_right ? "…" : "", gutter, "", lead, "");
    for (int i = 0; i < (carets > 0 ? carets : 1); i++)
        buf_adds(out, "^");
    buf_adds(out, "\n");
}

/* ---- one message as text ---- */

static void add_data_place(Printer *printer, const Words *in, const DataPlace *place)
{
    add_text(&printer->out, place->file);
    if (place->row <= 0)
        return;
    buf_addf(&printer->out, in->row, place->row);
    if (place->column < 0)
        return;
    if (place->column_name) {
        char *name = arena_printf(printer->scratch, in->column, place->column_name);
        add_text(&printer->out, name);
    }
    buf_addf(&printer->out, in->cell, data_cell_name(printer->scratch, place));
}

static void add_data_prefix(Printer *printer, const DataPlace *place)
{
    add_text(&printer->out, place->file);
    if (place->row > 0)
        buf_addf(&printer->out, ":%ld", place->row);
    if (place->row > 0 && place->column >= 0) {
        buf_addf(&printer->out, ": %s", data_cell_name(printer->scratch, place));
        if (place->column_name)
            add_text(&printer->out, arena_printf(printer->scratch, "“%s”", place->column_name));
    }
    buf_adds(&printer->out, ": ");
}

/* Whose message it is, where that is told. */
static void add_owner(Buf *out, const char *word, const char *name)
{
    if (!name)
        return;
    buf_addf(out, "%*s = %s: ", GUTTER, "", word);
    add_text(out, name);
    buf_adds(out, "\n");
}

static void add_message(Printer *printer, const Message *message)
{
    const Words *in = words_of(printer);
    Buf *out = &printer->out;
    size_t line = 0, column = 0;
    if (message->span.source) {
        source_position(message->span.source, message->span.start, &line, &column);
        add_text(out, message->span.source->name);
        buf_addf(out, ":%zu:%zu: ", line, column);
    } else if (message->data) {
        add_data_prefix(printer, message->data);
    } else {
        buf_adds(out, "wenyin: ");
    }
    buf_addf(
        out, "%s %s: ", in->levels[diag_code_level(message->code)], diag_code_name(message->code));
    add_text(out, message->text);
    buf_adds(out, "\n");
    if (message->span.source)
        add_source_line(out, message->span, line);
    if (message->span.source && message->data) {
        buf_addf(out, "%*s = %s: ", GUTTER, "", in->data);
        add_data_place(printer, in, message->data);
        buf_adds(out, "\n");
    }
    for (const DiagHint *hint = message->hints; hint; hint = hint->next) {
        buf_addf(out, "%*s = %s: ", GUTTER, "", in->levels[diag_code_level(hint->code)]);
        add_text(out, hint->text);
        buf_adds(out, "\n");
    }
    add_owner(out, in->part, printer->diags->part);
    add_owner(out, in->unit, printer->diags->unit);
}

/* ---- one message as JSON ---- */

static void add_string(Buf *out, const char *text)
{
    Buf sound = {0};
    for (const char *end = text + strlen(text); text < end;)
        buf_addc(&sound, next_character(&text, end));
    buf_add_json(out, sound.data ? sound.data : "");
    buf_free(&sound);
}

static void add_member(Buf *out, const char *name, const char *value)
{
    buf_addf(out, ",\"%s\":", name);
    add_string(out, value);
}

static void add_json_data(Printer *printer, const DataPlace *place, const char *file_member)
{
    add_member(&printer->out, file_member, place->file);
    if (place->row <= 0)
        return;
    buf_addf(&printer->out, ",\"row\":%ld", place->row);
    if (place->column < 0)
        return;
    if (place->column_name)
        add_member(&printer->out, "column_name", place->column_name);
    add_member(&printer->out, "cell", data_cell_name(printer->scratch, place));
}

static void add_json_message(Printer *printer, const Message *message)
{
    Buf *out = &printer->out;
    Span span = message->span;
    buf_addf(out, "{\"code\":\"%s\",\"level\":\"%s\"", diag_code_name(message->code),
        json_levels[diag_code_level(message->code)]);
    add_member(out, "message", message->text);
    if (printer->diags->part)
        add_member(out, "part", printer->diags->part);
    if (printer->diags->unit)
        add_member(out, "unit", printer->diags->unit);
    if (span.source) {
        size_t line, column, end_line, end_column;
        source_position(span.source, span.start, &line, &column);
        source_position(span.source, span.end, &end_line, &end_column);
        add_member(out, "file", span.source->name);
        buf_addf(out, ",\"line\":%zu,\"column\":%zu,\"end_line\":%zu,\"end_column\":%zu", line,
            column, end_line, end_column);
    }
    if (message->data)
        add_json_data(printer, message->data, span.source ? "data_file" : "file");
    buf_adds(out, ",\"hints\":[");
    for (const DiagHint *hint = message->hints; hint; hint = hint->next) {
        add_string(out, hint->text);
        buf_adds(out, hint->next ? "," : "");
    }
    buf_adds(out, "]}\n");
}

/* ---- all of them ---- */

/* That somebody overruled a figure is for everybody to see, and what became of a batch. */
static bool is_open_note(DiagCode code)
{
    return code == DIAG_N562 || code == DIAG_N790 || code == DIAG_N791 || code == DIAG_N792 ||
           code == DIAG_N793;
}

static bool is_hidden(const Diags *diags, DiagCode code)
{
    return diags->notes_hidden && diag_code_level(code) == DIAG_NOTE && !is_open_note(code);
}

/* The closing line: how many messages the limits left out, by code. `all`: those of earlier parts too. */
static size_t add_omitted(Printer *printer, DiagFormat form, bool all)
{
    const Words *in = words_of(printer);
    size_t total = 0;
    Buf list = {0};
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        size_t count = printer->diags->dropped[code] - (all ? 0 : printer->diags->repeated[code]);
        if (!count || is_hidden(printer->diags, (DiagCode)code))
            continue;
        buf_adds(&list, total ? in->join : "");
        buf_addf(&list, in->share, diag_code_name((DiagCode)code), count);
        total += count;
    }
    if (total) {
        char *head = arena_printf(printer->scratch, in->omitted, total);
        char *line = arena_printf(printer->scratch, "%s%s", head, list.data);
        if (form == DIAG_JSON) {
            buf_addf(&printer->out, "{\"level\":\"note\",\"omitted\":%zu", total);
            add_member(&printer->out, "message", line);
            buf_adds(&printer->out, ",\"hints\":[]}\n");
        } else {
            buf_addf(&printer->out, "wenyin: %s: %s\n", in->levels[DIAG_NOTE], line);
        }
    }
    buf_free(&list);
    return total;
}

void diag_hide_notes(Diags *diags, bool hide)
{
    diags->notes_hidden = hide;
}

static Message **sort_messages(const Diags *diags, Arena *arena)
{
    Message **sorted = arena_copy(arena, diags->messages, diags->count * sizeof *sorted);
    qsort(sorted, diags->count, sizeof *sorted, compare);
    return sorted;
}

/* ---- as a list ---- */

/* What was added since the last time, as a text of the arena. */
static const char *taken(Printer *printer, Arena *arena)
{
    const char *text = arena_strndup(
        arena, printer->out.data ? printer->out.data : "", printer->out.length);
    printer->out.length = 0;
    return text;
}

static DiagLine list_message(Printer *printer, Arena *arena, const Message *message)
{
    const Words *in = words_of(printer);
    bool english = printer->diags->language == DIAG_ENGLISH;
    const char *colon = english ? ": " : "：";
    DiagLine line;
    if (message->data) {
        add_data_place(printer, in, message->data);
    } else if (message->span.source) {
        size_t row, column;
        source_position(message->span.source, message->span.start, &row, &column);
        add_text(&printer->out, message->span.source->name);
        buf_addf(&printer->out, in->row, (long)row);
    }
    line.place = taken(printer, arena);
    buf_addf(&printer->out, "%s %s%s", in->levels[diag_code_level(message->code)],
        diag_code_name(message->code), colon);
    add_text(&printer->out, message->text);
    line.text = taken(printer, arena);
    for (const DiagHint *hint = message->hints; hint; hint = hint->next) {
        buf_addf(&printer->out, "%s%s%s", hint == message->hints ? "" : " ",
            in->levels[diag_code_level(hint->code)], colon);
        add_text(&printer->out, hint->text);
    }
    line.hints = taken(printer, arena);
    return line;
}

int diag_list(const Diags *diags, Arena *arena, DiagLine **out)
{
    Printer printer = {diags, arena_new(), {0}};
    Message **sorted = sort_messages(diags, printer.scratch);
    int count = 0;
    *out = ARENA_ARRAY(arena, DiagLine, diags->count + 1);
    for (size_t i = 0; i < diags->count; i++)
        if ((diag_code_level(sorted[i]->code) >= DIAG_WARNING || is_open_note(sorted[i]->code)) &&
            !sorted[i]->withdrawn)
            (*out)[count++] = list_message(&printer, arena, sorted[i]);
    if (add_omitted(&printer, DIAG_TEXT, true) > 0) {
        static const char ours[] = "wenyin: ";
        printer.out.length--; /* the line's end */
        (*out)[count++] = (DiagLine){"", taken(&printer, arena) + strlen(ours), ""};
    }
    buf_free(&printer.out);
    arena_free(printer.scratch);
    return count;
}

DiagFormat diag_format_of(const char *name)
{
    return name && name[0] == 'j' ? DIAG_JSON : DIAG_TEXT;
}

void diag_print(const Diags *diags, FILE *out, DiagFormat form)
{
    Printer printer = {diags, arena_new(), {0}};
    Message **sorted = sort_messages(diags, printer.scratch);
    for (size_t i = 0; i < diags->count; i++) {
        if (is_hidden(diags, sorted[i]->code) || sorted[i]->withdrawn || sorted[i]->repeated)
            continue;
        if (form == DIAG_JSON)
            add_json_message(&printer, sorted[i]);
        else
            add_message(&printer, sorted[i]);
    }
    add_omitted(&printer, form, false);
    if (printer.out.length)
        fwrite(printer.out.data, 1, printer.out.length, out);
    buf_free(&printer.out);
    arena_free(printer.scratch);
}

const char *diag_text(const Diags *diags, struct Arena *arena, DiagFormat format)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        arena_exhausted();
    diag_print(diags, stream, format);
    fclose(stream);
    const char *kept = arena_strndup(arena, text, length);
    free(text);
    return kept;
}
