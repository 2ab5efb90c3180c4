#include "lint/lint_internal.h"

#include <string.h>

enum { SHOWN = 24 }; /* characters of a finding that a message shows */

const char32_t HAN_DIGITS[] = U"一二三四五六七八九十百千万亿两几";

/* flat table: in the order in which findings of one place are told */
static void (*const scanners[])(Lint *, const Line *) = {scan_placeholders, scan_figures,
    scan_rough, scan_numbers, scan_years, scan_pairs, scan_width, scan_marks, scan_ends,
    scan_headings, scan_dates, scan_words, scan_units, scan_repeats};

/* The rules; lint_examples shows them. */
#define R(code, bad, good, source) {#code, bad, good, source},
const LintExample lint_examples[] = {
/* flat table */
#include "lint/rules.def"
};
#undef R
const size_t lint_example_count = sizeof lint_examples / sizeof *lint_examples;

Lint *lint_new(Arena *arena, Diags *diags)
{
    Lint *lint = ARENA_NEW(arena, Lint);
    lint->arena = arena;
    lint->diags = diags;
    lint->sentences = map_new(arena);
    lint->paragraphs = map_new(arena);
    return lint;
}

/* ---- telling ---- */

char *line_text(const Lint *lint, const Line *line, size_t from, size_t to)
{
    const char *text = line->piece->text;
    const size_t *offset = line->offset;
    if (to - from <= SHOWN)
        return arena_strndup(lint->arena, text + offset[from], offset[to] - offset[from]);
    return arena_printf(
        lint->arena, "%.*s…", (int)(offset[from + SHOWN] - offset[from]), text + offset[from]);
}

At line_at(const Line *line, size_t from, size_t to)
{
    size_t start = line->offset[from];
    return line->piece->place(line->piece->asker, start, line->offset[to] - start);
}

void lint_tell(Lint *lint, const Line *line, DiagCode code, size_t from, size_t to,
    const char *other, const char *mend)
{
    At at = line_at(line, from, to);
    diag_add(lint->diags, code, &at, line_text(lint, line, from, to), other ? other : "");
    if (mend)
        diag_hint(lint->diags, DIAG_H609, mend);
}

void pendings_add(
    Lint *lint, Pendings *list, const Line *line, DiagCode code, size_t from, size_t to, int year)
{
    list->items =
        arena_grow(lint->arena, list->items, list->count, &list->room, sizeof *list->items);
    list->items[list->count++] =
        (Pending){code, line_at(line, from, to), line_text(lint, line, from, to), year};
}

/* ---- a line ---- */

static void make_room(Lint *lint, size_t bytes)
{
    size_t wanted = bytes + 2 * MARGIN + 1;
    if (wanted <= lint->room)
        return;
    lint->room = 2 * wanted;
    lint->characters = ARENA_ARRAY(lint->arena, uint32_t, lint->room);
    lint->offsets = ARENA_ARRAY(lint->arena, size_t, lint->room);
}

static Line decode(Lint *lint, const LintPiece *piece)
{
    make_room(lint, strlen(piece->text));
    Line line = {.piece = piece, .c = lint->characters + MARGIN, .offset = lint->offsets};
    uint32_t *out = lint->characters + MARGIN;
    for (const char *at = piece->text; *at;) {
        lint->offsets[line.count] = (size_t)(at - piece->text);
        out[line.count] = utf8_next(&at);
        line.sentence = line.sentence || has(U"，。", out[line.count]);
        line.count++;
    }
    lint->offsets[line.count] = strlen(piece->text);
    memset(out + line.count, 0, MARGIN * sizeof *out);
    while (line.first < line.count && is_space(line.c[line.first]))
        line.first++;
    line.end = line.count;
    while (line.end > line.first && is_space(line.c[line.end - 1]))
        line.end--;
    return line;
}

void lint_piece(Lint *lint, const LintPiece *piece)
{
    Line line = decode(lint, piece);
    if (line.first == line.end)
        return;
    for (size_t i = 0; i < sizeof scanners / sizeof *scanners; i++)
        scanners[i](lint, &line);
}

void lint_finish(Lint *lint)
{
    finish_figures(lint);
    finish_pairs(lint);
    finish_headings(lint);
    finish_units(lint);
}
