/* Cells of a table: their texts, natural widths, lines and heights. */
#include <string.h>
#include "base/utf8.h"
#include "typeset/table/table_internal.h"

TextStyle table_text_style(const TableLayout *layout, Role role)
{
    return (TextStyle){.role = role, .size = layout->style->size};
}

static bool is_plain(const Inline *first)
{
    for (const Inline *item = first; item; item = item->next)
        if (item->kind != INLINE_TEXT || item->bold)
            return false;
    return true;
}

/* Bytes in front of the decimal point of a number (or of what follows its digits: %, 万); -1: not a
 * number. */
static int whole_bytes(const char *text)
{
    const char *at = text;
    if (strncmp(at, "−", strlen("−")) == 0)
        at += strlen("−");
    else if (*at == '-' || *at == '+')
        at++;
    const char *digits = at;
    while ((*at >= '0' && *at <= '9') || (*at == ',' && at > digits))
        at++;
    return at > digits ? (int)(at - text) : -1;
}

static void measure_number(const TableLayout *layout, CellBox *box, const TextStyle *style)
{
    int bytes = box->text ? whole_bytes(box->text) : -1;
    if (bytes < 0)
        return;
    box->whole = box->width;
    if (box->text[bytes]) {
        Arena *arena = layout->ts->arena;
        box->whole = text_width(layout->ts, style, arena_strndup(arena, box->text, (size_t)bytes));
    }
}

static TextLines *break_cell(
    Typesetter *ts, const CellBox *box, const TextStyle *style, Length measure, Align align)
{
    LineSpec spec = {.measure = measure, .align = align, .no_orphan = true};
    if (box->pieces)
        return text_break(ts, box->pieces, &spec);
    const Inline *first = box->cell->content;
    TextPiece whole = {.style = *style, .text = box->text, .at = first->at};
    return text_break(ts, &whole, &spec);
}

static void measure_cell(TableLayout *layout, CellBox *box, Role role, bool numeric)
{
    TextStyle style = table_text_style(layout, role);
    const Inline *first = box->cell->content;
    box->whole = -1;
    if (!first)
        return;
    if (is_plain(first)) {
        box->text = first->next ? inline_plain(layout->ts->arena, first) : first->text;
        if (!*box->text) {
            box->text = NULL;
            return;
        }
        box->width = text_width(layout->ts, &style, box->text);
        if (numeric)
            measure_number(layout, box, &style);
    } else {
        box->pieces = text_pieces(layout->ts, first, &style);
        box->width = break_cell(layout->ts, box, &style, LENGTH_MM(2000), ALIGN_LEFT)->width;
    }
}

static bool is_one_of(uint32_t c, const char *marks)
{
    while (*marks)
        if (utf8_next(&marks) == c)
            return true;
    return false;
}

static bool is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Whether a line may surely break between two characters: at blanks, between Han, before an opening
 * and behind a closing mark, between Han and words or numbers, but not within a date or before a
 * measure word (typesetting.md 10.3). */
static bool may_part(uint32_t before, uint32_t after)
{
    bool han = utf8_is_han(before), date = is_one_of(before, "年月第");
    bool word = is_letter(after) || (after >= '0' && after <= '9');
    bool ends = han || is_letter(before) || is_one_of(before, "%）》”’〕】，。、；：");
    bool begins = utf8_is_han(after) || is_one_of(after, "（《“‘〔【");
    return utf8_is_blank(after) || (ends && begins) || (han && word && !date);
}

/* The widest run that a line break may not part. */
static Length widest_token(TableLayout *layout, const CellBox *box, Role role)
{
    TextStyle style = table_text_style(layout, role);
    const char *at = inline_plain(layout->ts->arena, box->cell->content), *start = at;
    Length widest = style.size;
    uint32_t before = 0;
    for (;;) {
        const char *here = at;
        uint32_t c = utf8_next(&at);
        bool parted = c == 0 || may_part(before, c);
        bool lone = utf8_is_han(before) && here - start <= 4; /* UTF-8 bytes of one Han */
        if (parted && here > start && !lone) {
            char *token = arena_strndup(layout->ts->arena, start, (size_t)(here - start));
            Length width = text_width(layout->ts, &style, token);
            widest = width > widest ? width : widest;
        }
        if (c == 0)
            return widest;
        start = parted ? here : start;
        before = c;
    }
}

static void raise(Length *value, Length by)
{
    if (*value < by)
        *value = by;
}

/* Where the unit of a head like 生活垃圾（吨） begins; NULL: it has none. */
static const char *unit_start(const char *text)
{
    static const char open[] = "（", close[] = "）";
    const char *start = NULL;
    size_t length = text ? strlen(text) : 0;
    for (const char *at = text; at && (at = strstr(at, open)); at += strlen(open))
        start = at;
    bool closed = length > strlen(close) && strcmp(text + length - strlen(close), close) == 0;
    return start && start > text && closed ? start : NULL;
}

/* Such a head breaks before its unit rather than inside a word. */
static void measure_unit(TableLayout *layout, CellBox *box)
{
    const char *start = unit_start(box->text);
    if (!start)
        return;
    TextStyle style = table_text_style(layout, ROLE_HEI);
    char *stem = arena_strndup(layout->ts->arena, box->text, (size_t)(start - box->text));
    box->unit = text_width(layout->ts, &style, start);
    box->stem = text_width(layout->ts, &style, stem);
}

static void note_head(TableLayout *layout, const CellBox *box)
{
    if (box->cell->colspan > 1 || box->cell->column >= layout->table->column_count)
        return;
    ColumnBox *column = &layout->columns[box->cell->column];
    raise(&column->head, box->width);
    raise(&column->stem, box->stem);
    raise(&column->unit, box->unit);
    if (box->text || box->pieces)
        raise(&column->token, widest_token(layout, box, ROLE_HEI));
}

static void note_body(TableLayout *layout, const CellBox *box, Role role)
{
    if (box->cell->colspan > 1 || box->cell->column >= layout->table->column_count)
        return;
    ColumnBox *column = &layout->columns[box->cell->column];
    if (box->whole >= 0) {
        column->numeric = true;
        raise(&column->whole, box->whole);
        raise(&column->fraction, box->width - box->whole);
        raise(&column->token, box->width);
    } else if (box->width > 4 * layout->style->size) {
        raise(&column->token, widest_token(layout, box, role));
    }
    raise(&column->body, box->width);
}

static void measure_row(TableLayout *layout, RowBox *row, const TableRow *source, int column_count)
{
    row->role = source->is_total ? ROLE_HEI : ROLE_SONG;
    row->cell_count = source->cell_count;
    row->cells = ARENA_ARRAY(layout->ts->arena, CellBox, source->cell_count);
    for (int i = 0; i < source->cell_count; i++) {
        CellBox *box = &row->cells[i];
        box->cell = &source->cells[i];
        int column = box->cell->column;
        bool numeric = column < column_count && layout->columns[column].align == ALIGN_DECIMAL;
        measure_cell(layout, box, row->role, numeric);
        note_body(layout, box, row->role);
    }
}

static void measure_head(TableLayout *layout)
{
    const DocTable *table = layout->table;
    for (int r = 0; r < table->head_rows; r++) {
        RowBox *row = &layout->head[r];
        row->role = ROLE_HEI;
        row->cells = ARENA_ARRAY(layout->ts->arena, CellBox, table->head_cell_count);
        row->cell_count = 0;
        for (int i = 0; i < table->head_cell_count; i++) {
            if (table->head[i].row != r)
                continue;
            CellBox *box = &row->cells[row->cell_count++];
            box->cell = &table->head[i];
            measure_cell(layout, box, ROLE_HEI, false);
            measure_unit(layout, box);
            note_head(layout, box);
        }
    }
}

/* 长文左、短文中: a column left to us is set left when one of its texts is longer than six
 * characters (typesetting.md 6.2). Numbers that share a decimal point need the width of both parts.
 */
static void settle_column(const TableLayout *layout, ColumnBox *column)
{
    if (column->align == ALIGN_AUTO || column->align == ALIGN_JUSTIFY)
        column->align = column->body > 6 * layout->style->size ? ALIGN_LEFT : ALIGN_CENTRE;
    if (column->numeric) {
        raise(&column->body, column->whole + column->fraction);
        raise(&column->token, column->whole + column->fraction);
    }
}

/* Marks the columns that spanning cells cover, so that no rule runs through them. */
static void mark_spans(TableLayout *layout, RowBox *rows, int row_count, int *number)
{
    int columns = layout->table->column_count;
    for (int r = 0; r < row_count; r++)
        for (int i = 0; i < rows[r].cell_count; i++) {
            const Cell *cell = rows[r].cells[i].cell;
            if (cell->colspan <= 1 && cell->rowspan <= 1)
                continue;
            ++*number;
            for (int y = r; y < r + cell->rowspan && y < row_count; y++) {
                if (!rows[y].owner)
                    rows[y].owner = ARENA_ARRAY(layout->ts->arena, int, columns);
                for (int x = cell->column; x < cell->column + cell->colspan && x < columns; x++)
                    rows[y].owner[x] = *number;
                rows[y].glued = rows[y].glued || (y + 1 < r + cell->rowspan && y + 1 < row_count);
            }
        }
}

void table_measure(TableLayout *layout)
{
    Arena *arena = layout->ts->arena;
    const DocTable *table = layout->table;
    layout->columns = ARENA_ARRAY(arena, ColumnBox, table->column_count);
    layout->head = ARENA_ARRAY(arena, RowBox, table->head_rows);
    layout->rows = ARENA_ARRAY(arena, RowBox, table->row_count);
    for (int c = 0; c < table->column_count; c++)
        layout->columns[c].align = table->columns[c].align;
    measure_head(layout);
    for (int r = 0; r < table->row_count; r++)
        measure_row(layout, &layout->rows[r], &table->rows[r], table->column_count);
    for (int c = 0; c < table->column_count; c++)
        settle_column(layout, &layout->columns[c]);
    int number = 0;
    mark_spans(layout, layout->head, table->head_rows, &number);
    mark_spans(layout, layout->rows, table->row_count, &number);
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
    const char *at = box->text, *unit = unit_start(box->text);
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
    box->lines = break_cell(ts, box, style, inner, ALIGN_CENTRE);
    if (box->unit > 0 && box->unit <= inner) {
        CellBox split = *box;
        split.pieces = unit_pieces(ts, box, style, inner);
        TextLines *lines = break_cell(ts, &split, style, inner, ALIGN_CENTRE);
        if (lines->count <= box->lines->count || lines->count <= 3) {
            box->pieces = split.pieces;
            box->lines = lines;
        }
    }
    Length even = box->width / box->lines->count / style->size * style->size;
    for (Length narrow = even; box->lines->count > 1 && narrow < inner; narrow += style->size / 2) {
        if (narrow < 2 * style->size || narrow < box->unit)
            continue;
        TextLines *lines = break_cell(ts, box, style, narrow, ALIGN_CENTRE);
        if (lines->count == box->lines->count && lines->width <= narrow) {
            box->lines = lines;
            box->indent = (inner - narrow) / 2;
            return;
        }
    }
}

static Length break_box(TableLayout *layout, CellBox *box, Role role, bool head)
{
    const TableStyle *table_style = layout->style;
    TextStyle style = table_text_style(layout, role);
    Length inner =
        table_span_width(layout, box->cell->column, box->cell->colspan) - 2 * table_style->padding;
    if (!box->text && !box->pieces)
        return 0;
    if (box->text && box->width <= inner)
        return table_style->leading;
    Align align = layout->columns[box->cell->column].align;
    if (head)
        balance_head(layout->ts, box, &style, inner);
    else
        box->lines = break_cell(layout->ts, box, &style, inner,
            align == ALIGN_DECIMAL || box->cell->colspan > 1 ? ALIGN_CENTRE : align);
    return box->lines->count * table_style->leading;
}

/* A cell that spans rows and is higher than they are together raises the last of them. */
static void raise_spanned(const TableLayout *layout, RowBox *rows, int row_count, int r,
    const CellBox *box, Length height)
{
    int last = r + box->cell->rowspan - 1;
    last = last < row_count ? last : row_count - 1;
    Length have = 0;
    for (int y = r; y <= last; y++)
        have += rows[y].height;
    if (height + layout->style->space > have)
        rows[last].height += height + layout->style->space - have;
}

static Length break_rows(TableLayout *layout, RowBox *rows, int row_count, bool head)
{
    for (int r = 0; r < row_count; r++) {
        Length height = layout->style->leading;
        for (int i = 0; i < rows[r].cell_count; i++) {
            Length needed = break_box(layout, &rows[r].cells[i], rows[r].role, head);
            if (rows[r].cells[i].cell->rowspan <= 1)
                raise(&height, needed);
        }
        rows[r].height = height + layout->style->space;
    }
    Length sum = 0;
    for (int r = 0; r < row_count; r++) {
        for (int i = 0; i < rows[r].cell_count; i++) {
            const CellBox *box = &rows[r].cells[i];
            int lines = box->lines ? box->lines->count : 1;
            if (box->cell->rowspan > 1)
                raise_spanned(layout, rows, row_count, r, box, lines * layout->style->leading);
        }
    }
    for (int r = 0; r < row_count; r++)
        sum += rows[r].height;
    return sum;
}

void table_break(TableLayout *layout)
{
    layout->head_height = break_rows(layout, layout->head, layout->table->head_rows, true);
    break_rows(layout, layout->rows, layout->table->row_count, false);
}
