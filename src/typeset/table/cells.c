/* Cells of a table as lines: heads break before their unit, and into lines of like length. */
#include <string.h>
#include "base/utf8.h"
#include "typeset/table/table_internal.h"

TextLines *table_cell_lines(
    Typesetter *ts, const CellBox *box, const TextStyle *style, Length measure, Align align)
{
    LineSpec spec = {.measure = measure, .align = align, .no_orphan = true, .boxed = true};
    if (box->pieces)
        return text_break(ts, box->pieces, &spec);
    const Inline *first = box->cell->content;
    TextPiece whole = {.style = *style, .text = box->text, .at = first->at};
    return text_break(ts, &whole, &spec);
}

const char *table_unit_start(const char *text)
{
    static const char open[] = "（", close[] = "）";
    const char *start = NULL;
    size_t length = text ? strlen(text) : 0;
    for (const char *at = text; at && (at = strstr(at, open)); at += strlen(open))
        start = at;
    bool closed = length > strlen(close) && strcmp(text + length - strlen(close), close) == 0;
    return start && start > text && closed ? start : NULL;
}

static TextPiece **add_piece(Typesetter *ts, TextPiece **tail, const CellBox *box,
    const TextStyle *style, const char *text, size_t bytes)
{
    *tail = ARENA_NEW(ts->arena, TextPiece);
    **tail = (TextPiece){.style = *style, .at = box->cell->content->at, .line_break = true};
    (*tail)->text = arena_strndup(ts->arena, text, bytes);
    return &(*tail)->next;
}

/* The words of a head in as few even lines as fit into `inner`, and its unit on a line of its own.
 * Only Han can be parted anywhere; other words are left to text_break. */
static TextPiece *unit_pieces(
    Typesetter *ts, const CellBox *box, const TextStyle *style, Length inner)
{
    TextPiece *first = NULL, **tail = &first;
    const char *at = box->text, *unit = table_unit_start(box->text);
    int characters = (int)utf8_count(at, (size_t)(unit - at));
    bool all_han = box->stem == characters * style->size;
    int lines = all_han ? (box->stem + inner - 1) / inner : 1;
    for (; lines > 0; lines--) {
        const char *end = at;
        int count = (characters + lines - 1) / lines;
        for (int i = 0; i < count; i++)
            utf8_next(&end);
        tail = add_piece(ts, tail, box, style, at, (size_t)(end - at));
        characters -= count;
        at = end;
    }
    add_piece(ts, tail, box, style, unit, strlen(unit));
    return first;
}

/* A head of several lines looks best with lines of like length: the narrowest measure that needs no
 * more of them. */
static void balance_head(Typesetter *ts, CellBox *box, const TextStyle *style, Length inner)
{
    box->lines = table_cell_lines(ts, box, style, inner, ALIGN_CENTRE);
    if (box->unit > 0 && box->unit <= inner) {
        CellBox split = *box;
        split.pieces = unit_pieces(ts, box, style, inner);
        TextLines *lines = table_cell_lines(ts, &split, style, inner, ALIGN_CENTRE);
        if (lines->count <= box->lines->count || lines->count <= 3) {
            box->pieces = split.pieces;
            box->lines = lines;
        }
    }
    Length even = box->width / box->lines->count / style->size * style->size;
    for (Length narrow = even; box->lines->count > 1 && narrow < inner; narrow += style->size / 2) {
        if (narrow < 2 * style->size || narrow < box->unit)
            continue;
        TextLines *lines = table_cell_lines(ts, box, style, narrow, ALIGN_CENTRE);
        if (lines->count == box->lines->count && lines->width <= narrow) {
            box->lines = lines;
            box->indent = (inner - narrow) / 2;
            return;
        }
    }
}

void table_break_cell(TableLayout *layout, CellBox *box, Role role, bool head)
{
    TextStyle style = table_text_style(layout, role);
    Length inner = table_span_width(layout, box->cell->column, box->cell->colspan) -
                   2 * layout->style->padding;
    box->lines = NULL;
    if ((!box->text && !box->pieces) || (box->text && box->width <= inner))
        return;
    Align align = layout->columns[box->cell->column].align;
    if (box->whole >= 0 && box->pieces) {
        box->lines = table_cell_lines(layout->ts, box, &style, LENGTH_MM(2000), ALIGN_LEFT);
        return;
    }
    if (head)
        balance_head(layout->ts, box, &style, inner);
    else
        box->lines = table_cell_lines(layout->ts, box, &style, inner,
            align == ALIGN_DECIMAL || box->cell->colspan > 1 ? ALIGN_CENTRE : align);
}
