#include "check/wording.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "check/consistency_internal.h"
#include "document/provenance.h"
#include "lint/lint.h"

/* A text piece of a line, and the byte of the line where it begins. */
typedef struct Part {
    const Inline *piece;
    size_t start, end;
} Part;

typedef struct Walk {
    Arena *arena;
    Diags *diags;
    Lint *lint;
    PieceMap map;
} Walk;

/* The line that is under test. */
typedef struct Line {
    Buf text;
    Part *parts;
    size_t count, room;
    PieceMap *map; /* the walk's */
} Line;

/* ---- places ---- */

static const Part *part_at(const Line *line, size_t offset)
{
    size_t low = 0, high = line->count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (line->parts[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return &line->parts[low];
}

static At place(const void *asker, size_t offset, size_t length)
{
    const Line *line = asker;
    const Part *first = part_at(line, offset);
    return piece_place(line->map, first->piece, offset - first->start, length);
}

static bool is_figure(const Provenance *figure)
{
    return figure && figure->kind != FIGURE_TEXT && figure->kind != FIGURE_DATE;
}

static bool computed(const void *asker, size_t offset)
{
    return is_figure(part_at(asker, offset)->piece->figure);
}

/* ---- the unit behind a figure ---- */

/* Beside the measures those that count one thing: 个 counts anything, and so are 人, 名, 位 one. */
static const char counters[] = "处 户 人 人次 车次 份 条 座 台 辆 张 场 天 栋 间 盏 棵 株";

static bool names_one_thing(const char *unit)
{
    return unit_is_measure(unit) || text_match(unit, counters) == strlen(unit);
}

/* The unit that `text` begins with, 万元 whole, read as behind a figure: none in 分别, 人居; NULL:
 * there is none. */
static const char *unit_at(Arena *arena, const char *text)
{
    TypedList found = {0};
    Inline behind = {.kind = INLINE_TEXT, .text = arena_printf(arena, "1%s", text)};
    typed_find(arena, &behind, &found);
    bool begins = found.count && found.items[0].start == 0 && found.items[0].unit;
    return begins ? found.items[0].text + strlen("1") : NULL;
}

/* Nothing but a figure: no unit, no % of its own. */
static bool is_bare(const char *printed)
{
    const char *const ends[] = {"余", "多", "万", "亿"};
    size_t length = strlen(printed);
    if (length > 0 && printed[length - 1] >= '0' && printed[length - 1] <= '9')
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (utf8_ends_with(printed, ends[i]))
            return true;
    return false;
}

static void judge_unit(Walk *w, const Inline *piece)
{
    const Provenance *figure = piece->figure;
    const Inline *behind = piece->next;
    if (!figure || figure->kind != FIGURE_NUMBER || figure->missing || !figure->unit ||
        figure->manner == MANNER_COUNT || !behind || behind->kind != INLINE_TEXT ||
        behind->figure || !is_bare(piece->text))
        return;
    const char *own = figure->unit, *written = unit_at(w->arena, behind->text);
    if (written && names_one_thing(own) && names_one_thing(written) &&
        strcmp(unit_standard(written), unit_standard(own)) != 0)
        diag_add(w->diags, DIAG_W755, &piece->at, figure->expression, written, own);
}

/* ---- the walk ---- */

/* A figure that is missing in a draft (【缺：月报.生活垃圾】) is looked at as some figure. */
static void add_part(Walk *w, Line *line, const Inline *piece)
{
    size_t start = line->text.length;
    buf_adds(&line->text, piece->figure && piece->figure->missing ? "0" : piece->text);
    line->parts = arena_grow(w->arena, line->parts, line->count, &line->room, sizeof *line->parts);
    line->parts[line->count++] = (Part){piece, start, line->text.length};
}

static void walk_line(Walk *w, LintKind kind, int level, const Inline *first)
{
    Line line = {.map = &w->map};
    for (const Inline *piece = first; piece; piece = piece->next) {
        if (piece->kind == INLINE_TEXT && piece->text && *piece->text)
            add_part(w, &line, piece);
        judge_unit(w, piece);
    }
    if (line.count > 0) {
        LintPiece whole = {.kind = kind,
            .level = level,
            .text = line.text.data,
            .place = place,
            .computed = computed,
            .asker = &line};
        lint_piece(w->lint, &whole);
    }
    buf_free(&line.text);
    for (const Inline *piece = first; piece; piece = piece->next)
        if (piece->kind == INLINE_NOTE)
            walk_line(w, LINT_LABEL, 0, piece->note);
}

static void walk_label(Walk *w, const Inline *first)
{
    walk_line(w, LINT_LABEL, 0, first);
}

static void walk_table(Walk *w, const DocTable *table)
{
    walk_label(w, table->caption);
    for (int i = 0; i < table->head_cell_count; i++)
        walk_line(w, LINT_CELL, 0, table->head[i].content);
    for (int row = 0; row < table->row_count; row++)
        for (int i = 0; i < table->rows[row].cell_count; i++)
            walk_line(w, LINT_CELL, 0, table->rows[row].cells[i].content);
    walk_label(w, table->notes);
}

static void walk_sign(Walk *w, const DocSign *sign)
{
    for (int i = 0; i < sign->signer_count; i++)
        walk_label(w, sign->signers[i].unit);
    walk_line(w, LINT_DATE, 0, sign->date);
}

static void walk_photos(Walk *w, const DocPhotos *photos)
{
    for (int i = 0; i < photos->entry_count; i++)
        walk_label(w, photos->entries[i].caption);
}

static void walk_block(Walk *w, const Block *block)
{
    if (block->kind == BLOCK_HEADING)
        walk_line(w, LINT_HEADING, block->level, block->content);
    else if (block->kind == BLOCK_DATE)
        walk_line(w, LINT_DATE, 0, block->content);
    else if (block->kind == BLOCK_PARAGRAPH && block->align != ALIGN_CENTRE)
        walk_line(w, LINT_PARAGRAPH, 0, block->content);
    else
        walk_label(w, block->content);
    walk_line(w, LINT_PARAGRAPH, 0, block->tail);
    if (block->table)
        walk_table(w, block->table);
    if (block->chart) {
        walk_label(w, block->chart->caption);
        walk_label(w, block->chart->source);
    }
    if (block->figure)
        walk_label(w, block->figure->picture.caption);
    if (block->photos)
        walk_photos(w, block->photos);
    if (block->sign)
        walk_sign(w, block->sign);
    for (const DocAttachment *one = block->attachments; one; one = one->next)
        walk_label(w, one->title);
}

static void walk_head(Walk *w, const Document *document)
{
    const DocMasthead *masthead = document->masthead;
    const DocIssue *issue = document->issue;
    if (masthead) {
        for (int i = 0; i < masthead->issuer_count; i++)
            walk_label(w, masthead->issuers[i]);
        walk_label(w, masthead->number);
    }
    if (issue) {
        walk_label(w, issue->name);
        walk_label(w, issue->number);
        walk_label(w, issue->editor);
    }
}

static void walk_imprint(Walk *w, const DocImprint *imprint)
{
    walk_label(w, imprint->to);
    walk_label(w, imprint->copy_to);
    walk_label(w, imprint->report_to);
    walk_label(w, imprint->send_to);
    walk_label(w, imprint->issue_to);
    walk_label(w, imprint->issuer);
}

void lint_document(Arena *arena, const Document *document, Diags *diags)
{
    Walk w = {
        .arena = arena, .diags = diags, .lint = lint_new(arena, diags), .map = {.arena = arena}};
    walk_head(&w, document);
    for (const Block *block = document->first; block; block = block->next)
        walk_block(&w, block);
    if (document->imprint)
        walk_imprint(&w, document->imprint);
    lint_finish(w.lint);
}
