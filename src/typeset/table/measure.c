/* Cells of a table: their texts and natural widths, before any is broken. */
#include <string.h>
#include "base/utf8.h"
#include "typeset/table/table_internal.h"

/* Sums of a part are weaker than those of the whole, and both stand out from the figures without
 * colour or ground. */
Role table_role(TableRowKind kind)
{
    return kind == ROW_TOTAL ? ROLE_HEI : kind == ROW_SUBTOTAL ? ROLE_KAI : ROLE_SONG;
}

static bool has_han(const Inline *first)
{
    for (const Inline *item = first; item; item = item->next)
        for (const char *at = item->kind == INLINE_TEXT ? item->text : ""; *at;)
            if (utf8_is_han(utf8_next(&at)))
                return true;
    return false;
}

static bool begins_with_digit(const Inline *first)
{
    return first && first->kind == INLINE_TEXT && *first->text >= '0' && *first->text <= '9';
}

Role table_cell_role(TableRowKind kind, const Cell *cell)
{
    Role role = table_role(kind);
    bool figure = !has_han(cell->content) || (cell->column > 0 && begins_with_digit(cell->content));
    return role == ROLE_KAI && figure ? ROLE_SONG : role;
}

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

void table_measure_text(const TableLayout *layout, CellBox *box, Role role)
{
    Arena *arena = layout->ts->arena;
    TextStyle style = table_text_style(layout, role);
    bool decimal = layout->columns[box->cell->column].align == ALIGN_DECIMAL;
    int bytes = decimal ? whole_bytes(box->text) : -1;
    box->width = text_width(layout->ts, &style, box->text);
    box->whole = bytes < 0 ? -1 : box->width;
    if (bytes >= 0 && box->text[bytes])
        box->whole = text_width(layout->ts, &style, arena_strndup(arena, box->text, (size_t)bytes));
}

/* 42.5 with the mark of a note behind it is still a number. */
static void measure_noted(const TableLayout *layout, CellBox *box, const TextStyle *style)
{
    Arena *arena = layout->ts->arena;
    const Inline *first = box->cell->content;
    bool decimal = layout->columns[box->cell->column].align == ALIGN_DECIMAL;
    for (const Inline *item = first; item; item = item->next)
        decimal = decimal && (item->kind == INLINE_NOTE || (item->kind == INLINE_TEXT && !item->bold));
    const char *text = inline_plain(arena, first);
    int bytes = decimal ? whole_bytes(text) : -1;
    if (bytes >= 0)
        box->whole = text_width(layout->ts, style, arena_strndup(arena, text, (size_t)bytes));
}

static void measure_cell(TableLayout *layout, CellBox *box, Role role)
{
    const Inline *first = box->cell->content;
    box->role = role;
    box->whole = -1;
    if (!first)
        return;
    if (!is_plain(first)) {
        TextStyle style = table_text_style(layout, role);
        box->pieces = text_pieces(layout->ts, first, &style);
        box->width = table_cell_lines(layout->ts, box, &style, LENGTH_MM(2000), ALIGN_LEFT)->width;
        measure_noted(layout, box, &style);
        return;
    }
    box->text = first->next ? inline_plain(layout->ts->arena, first) : first->text;
    if (!*box->text)
        box->text = NULL;
    else
        table_measure_text(layout, box, role);
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

static void raise_to(Length *value, Length by)
{
    if (*value < by)
        *value = by;
}

/* Such a head breaks before its unit rather than inside a word. */
static void measure_unit(TableLayout *layout, CellBox *box)
{
    const char *start = table_unit_start(box->text);
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
    raise_to(&column->head, box->width);
    raise_to(&column->stem, box->stem);
    raise_to(&column->unit, box->unit);
    if (box->text || box->pieces)
        raise_to(&column->token, widest_token(layout, box, ROLE_HEI));
}

static void note_body(TableLayout *layout, const CellBox *box, Role role)
{
    if (box->cell->colspan > 1 || box->cell->column >= layout->table->column_count)
        return;
    ColumnBox *column = &layout->columns[box->cell->column];
    if (box->whole >= 0) {
        column->numeric = true;
        raise_to(&column->whole, box->whole);
        raise_to(&column->fraction, box->width - box->whole);
        raise_to(&column->token, box->width);
    } else if (box->width > 4 * layout->style->size) {
        raise_to(&column->token, widest_token(layout, box, role));
    }
    raise_to(&column->body, box->width);
    column->texts += box->width > 0;
    if (box->width > LONG_TEXT * layout->style->size)
        column->long_texts++;
    else
        raise_to(&column->fair, box->width);
}

bool table_has_bar(const TableLayout *layout, const Cell *cell)
{
    return cell->bar > 0 && cell->colspan <= 1 && layout->table->columns[cell->column].bars;
}

/* They never break. */
static void note_spark(TableLayout *layout, const Cell *cell)
{
    ColumnBox *column = &layout->columns[cell->column];
    spark_note(&column->sparks, cell->spark);
    raise_to(&column->spark, spark_width(cell->spark, layout->style->size));
    raise_to(&column->body, column->spark);
    raise_to(&column->token, column->spark);
}

void table_measure_body(TableLayout *layout, CellBox *box, Role role)
{
    measure_cell(layout, box, role);
    note_body(layout, box, role);
    if (table_has_bar(layout, box->cell))
        layout->columns[box->cell->column].bar = (BAR_LEAST + BAR_GAP) * layout->style->size / 2;
    if (box->cell->spark)
        note_spark(layout, box->cell);
}

static void measure_row(TableLayout *layout, RowBox *row, const TableRow *source)
{
    row->role = table_role(source->kind);
    row->cell_count = source->cell_count;
    row->cells = ARENA_ARRAY(layout->ts->arena, CellBox, source->cell_count);
    for (int i = 0; i < source->cell_count; i++) {
        row->cells[i].cell = &source->cells[i];
        Role role = table_cell_role(source->kind, &source->cells[i]);
        table_measure_body(layout, &row->cells[i], role);
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
            measure_cell(layout, box, ROLE_HEI);
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
        raise_to(&column->body, column->whole + column->fraction);
        raise_to(&column->token, column->whole + column->fraction);
    }
    if (column->bar > 0) {
        column->body += column->bar;
        raise_to(&column->token, column->body);
    }
}

/* Gives the cell a number and writes it down for the places it covers. */
static void mark_span(TableLayout *layout, RowBox *rows, int row_count, int r, const CellBox *box)
{
    int columns = layout->table->column_count;
    const Cell *cell = box->cell;
    layout->spans = arena_grow(layout->ts->arena, layout->spans, layout->span_count,
        &layout->span_capacity, sizeof *layout->spans);
    int number = (int)layout->span_count++;
    Spanning *span = &layout->spans[number];
    *span = (Spanning){.box = box, .rows = rows, .first = r, .repeats = cell->repeats};
    span->end = r + cell->rowspan < row_count ? r + cell->rowspan : row_count;
    for (int y = r; y < span->end; y++) {
        if (!rows[y].owner)
            rows[y].owner = ARENA_ARRAY(layout->ts->arena, int, columns);
        for (int x = cell->column; x < cell->column + cell->colspan && x < columns; x++)
            rows[y].owner[x] = number;
    }
}

void table_mark_spans(TableLayout *layout, RowBox *rows, int row_count, bool body)
{
    for (int r = 0; r < row_count; r++)
        for (int i = 0; i < rows[r].cell_count; i++) {
            const CellBox *box = &rows[r].cells[i];
            if (box->cell->colspan <= 1 && box->cell->rowspan <= 1)
                continue;
            mark_span(layout, rows, row_count, r, box);
            layout->spans[layout->span_count - 1].upright = body && box->cell->rowspan > 1;
        }
}

bool table_measure(TableLayout *layout)
{
    Arena *arena = layout->ts->arena;
    const DocTable *table = layout->table;
    layout->columns = ARENA_ARRAY(arena, ColumnBox, table->column_count);
    layout->head = ARENA_ARRAY(arena, RowBox, table->head_rows);
    layout->rows = ARENA_ARRAY(arena, RowBox, table->row_count);
    layout->spans = ARENA_NEW(arena, Spanning); /* number 0 is none */
    layout->span_count = layout->span_capacity = 1;
    for (int c = 0; c < table->column_count; c++)
        layout->columns[c].align = table->columns[c].align;
    measure_head(layout);
    for (int r = 0; r < table->row_count; r++)
        measure_row(layout, &layout->rows[r], &table->rows[r]);
    if (!page_total_measure(layout))
        return false;
    for (int c = 0; c < table->column_count; c++)
        settle_column(layout, &layout->columns[c]);
    table_mark_spans(layout, layout->head, table->head_rows, false);
    table_mark_spans(layout, layout->rows, table->row_count, true);
    if (layout->page_total)
        table_mark_spans(layout, layout->page_total, 1, false);
    return true;
}
