/* Tables as marks: head, rows and bars of one page. */
#include "typeset/table/table_internal.h"

/* Where a table's rows are being put. */
typedef struct Pen {
    Typesetter *ts;
    Page *page;
    const TableLayout *layout;
    const Strip *strips;
    int count, heads; /* strips, and those of the head among them */
    bool again;       /* the head was read on a page before */
    Length x, y;      /* of the row's top left corner */
} Pen;

/* What a row shows of a cell on this page. */
typedef struct Piece {
    const CellBox *box;
    int first, end; /* lines */
    Length height;
    bool part;  /* of a text that goes on: from the top, not in the middle */
    bool again; /* was on a page before */
} Piece;

/* ---------------------------------------------------------------- above the head */

static const char *continued(Arena *arena, const DocTable *table)
{
    return table->number > 0 ? arena_printf(arena, "续表%d", table->number) : "续表";
}

/* The line right above the head: the unit at its right end; on later pages 续表 in its middle. */
static void put_small_line(const Pen *pen, bool first)
{
    const TableLayout *layout = pen->layout;
    TextStyle style = table_text_style(layout, ROLE_SONG);
    TextStyle label = table_text_style(layout, ROLE_HEI);
    const DocTable *table = layout->table;
    Length baseline = pen->y + (layout->style->leading - style.size) / 2 + text_ascent(style.size);
    if (!first)
        text_put(pen->ts, pen->page, &label, continued(pen->ts->arena, table),
            pen->x + layout->width / 2, baseline, ALIGN_CENTRE,
            table->unit ? TEXT_TAB : TEXT_NEW_LINE);
    if (table->unit)
        text_put(pen->ts, pen->page, &style, unit_line(pen->ts->arena, table->unit),
            pen->x + layout->width, baseline, ALIGN_RIGHT, TEXT_NEW_LINE);
}

/* ---------------------------------------------------------------- cells */

/* How a cell's single line stands in its column: heads, totals' labels and what spans columns in
 * the middle, numbers on the column's decimal point. */
static Align line_align(const TableLayout *layout, const CellBox *box, const RowBox *row)
{
    Align align = layout->columns[box->cell->column].align;
    bool head = row >= layout->head && row < layout->head + layout->table->head_rows;
    if (head || box->cell->colspan > 1 || (align == ALIGN_DECIMAL && box->whole < 0))
        return ALIGN_CENTRE;
    return align == ALIGN_LEFT && row->role != ROLE_SONG ? ALIGN_CENTRE : align;
}

/* The longest bar of a column: two thirds of what its width leaves, the rest stays blank. */
static Length bar_length(const TableLayout *layout, const ColumnBox *column)
{
    Length half = layout->style->size / 2, least = BAR_LEAST * half, most = BAR_MOST * half;
    Length spare = column->width - 2 * layout->style->padding - column->body;
    Length length = least + (spare > 0 ? spare * 2 / 3 : 0);
    return length < most ? length : most;
}

/* Figures and bars of a column stand together in its middle: x of the figures within the column. */
static Length figures_left(const TableLayout *layout, const ColumnBox *column)
{
    Length figures = column->body - column->bar + BAR_GAP * layout->style->size / 2;
    return (column->width - figures - bar_length(layout, column)) / 2;
}

static void put_bar(const Pen *pen, const Cell *cell, Length middle)
{
    const TableLayout *layout = pen->layout;
    const ColumnBox *column = &layout->columns[cell->column];
    int thousandths = cell->bar < 1000 ? cell->bar : 1000;
    Length width = (Length)((int64_t)bar_length(layout, column) * thousandths / 1000);
    Length height = layout->style->size * 11 / 20;
    Length x = pen->x + column->left + figures_left(layout, column) + column->body - column->bar +
               BAR_GAP * layout->style->size / 2;
    Length top = middle - height / 2;
    spark_bar(pen->ts, pen->page, (Box){x, top, x + width, top + height});
}

/* In the middle of its column, as wide as the widest of them, as high as its line of text. */
static void put_spark(const Pen *pen, const Piece *piece, Length middle)
{
    const Cell *cell = piece->box->cell;
    const TableLayout *layout = pen->layout;
    const ColumnBox *column = &layout->columns[cell->column];
    Length room = column->width - 2 * layout->style->padding;
    Length width = column->spark < room ? column->spark : room, height = layout->style->size;
    Length x = pen->x + column->left + (column->width - width) / 2, top = middle - height / 2;
    Rect frame = {.x = x, .y = top, .width = width, .height = height};
    if (!piece->again)
        pen->page->tag =
            pages_tag_figure(pen->ts->pages, piece->box->tag, cell->spark->alt, &frame);
    spark_place(
        pen->ts, pen->page, cell->spark, &column->sparks, (Box){x, top, x + width, top + height});
}

static void put_line(
    const Pen *pen, const CellBox *box, const RowBox *row, Length baseline, TextEnd end)
{
    const TableLayout *layout = pen->layout;
    const ColumnBox *column = &layout->columns[box->cell->column];
    TextStyle style = table_text_style(layout, box->role);
    Length width = table_span_width(layout, box->cell->column, box->cell->colspan);
    Length x = pen->x + column->left, padding = layout->style->padding;
    Align align = line_align(layout, box, row);
    bool head = row >= layout->head && row < layout->head + layout->table->head_rows;
    if (column->bar > 0 && !head && box->cell->colspan <= 1) {
        x += figures_left(layout, column);
        width = column->body - column->bar;
        padding = 0;
    }
    if (align == ALIGN_DECIMAL) {
        x += (width - column->whole - column->fraction) / 2 + column->whole - box->whole;
        align = ALIGN_LEFT;
    } else if (align == ALIGN_LEFT) {
        x += padding;
    } else {
        x += align == ALIGN_RIGHT ? width - padding : width / 2;
    }
    text_put(pen->ts, pen->page, &style, box->text, x, baseline, align, end);
}

/* Of a number with a note: to where it stands on the column's decimal point. */
static Length number_indent(const TableLayout *layout, const CellBox *box)
{
    const ColumnBox *column = &layout->columns[box->cell->column];
    Length width = table_span_width(layout, box->cell->column, box->cell->colspan);
    return (width - column->whole - column->fraction) / 2 + column->whole - box->whole -
           layout->style->padding;
}

static void put_piece(const Pen *pen, const Piece *piece, const RowBox *row, TextEnd end)
{
    const TableStyle *style = pen->layout->style;
    const CellBox *box = piece->box;
    Length text = (piece->end - piece->first - 1) * style->leading + style->size;
    Length above = piece->part ? (style->space + style->leading - style->size) / 2
                               : (piece->height - text) / 2;
    Length top = pen->y + above, baseline = top + text_ascent(style->size);
    Length left = pen->x + pen->layout->columns[box->cell->column].left + style->padding;
    bool plain = box->text && !box->lines;
    pen->page->tag = 0;
    if (plain && table_has_bar(pen->layout, box->cell))
        put_bar(pen, box->cell, top + style->size / 2); /* says what the figure says */
    if (box->cell->spark)
        put_spark(pen, piece, top + style->size / 2);
    pen->page->tag = piece->again ? 0 : box->tag;
    if (plain)
        put_line(pen, box, row, baseline, end);
    if (box->lines && box->whole >= 0)
        left += number_indent(pen->layout, box);
    for (int i = piece->first; box->lines && i < piece->end; i++)
        text_put_line(pen->ts, pen->page, box->lines->lines[i], left + box->indent,
            baseline + (i - piece->first) * style->leading,
            i + 1 < piece->end ? TEXT_GOES_ON : end);
}

/* ---------------------------------------------------------------- rows */

/* Height of the rows from strip `i` on that end above row `end`; head and body count apart. */
static Length height_down_to(const Pen *pen, int i, int end)
{
    int last = i < pen->heads ? pen->heads : pen->count;
    Length height = pen->strips[i].height;
    for (int k = i + 1; k < last && pen->strips[k].index < end; k++)
        if (pen->strips[k].index > pen->strips[i].index)
            height += pen->strips[k].height;
    return height;
}

static void add_piece(Piece *pieces, int *count, const Piece *piece)
{
    int lines = table_line_count(piece->box);
    Piece added = *piece;
    added.end = added.end < lines ? added.end : lines;
    if (added.first >= added.end)
        return;
    int i = (*count)++;
    for (; i > 0 && pieces[i - 1].box->cell->column > piece->box->cell->column; i--)
        pieces[i] = pieces[i - 1];
    pieces[i] = added;
}

/* Cells of this row alone. */
static void own_pieces(const Pen *pen, int i, Piece *pieces, int *count)
{
    const Strip *strip = &pen->strips[i];
    bool head = i < pen->heads;
    for (int k = 0; k < strip->row->cell_count; k++) {
        const CellBox *box = &strip->row->cells[k];
        Piece piece = {box, 0, INT32_MAX, strip->height, strip->row->tall, head && pen->again};
        if (head)
            piece.height = height_down_to(pen, i, strip->index + box->cell->rowspan);
        else if (box->cell->rowspan > 1)
            continue;
        if (strip->row->tall) {
            piece.first = strip->first;
            piece.end = strip->end;
        }
        add_piece(pieces, count, &piece);
    }
}

/* Cells over several rows: whole in the first, again on top of a page, or line by line. */
static void spanning_pieces(const Pen *pen, int i, Piece *pieces, int *count)
{
    const TableLayout *layout = pen->layout;
    const Strip *strip = &pen->strips[i];
    const int *owner = strip->row->owner;
    for (int c = 0; owner && c < layout->table->column_count; c++) {
        const Spanning *span = &layout->spans[owner[c]];
        if (!span->upright || (c > 0 && owner[c] == owner[c - 1]))
            continue;
        bool begins = strip->index == span->first && strip->first == 0;
        Piece piece = {span->box, 0, INT32_MAX, 0, span->flows, !begins && !span->flows};
        if (span->flows) {
            piece.first =
                strip->row->lines_above - layout->rows[span->first].lines_above + strip->first;
            piece.end =
                piece.first + (strip->row->tall ? strip->end - strip->first : strip->row->lines);
        } else if (begins || (span->repeats && i == pen->heads)) {
            piece.height = height_down_to(pen, i, span->end);
        } else {
            continue;
        }
        add_piece(pieces, count, &piece);
    }
}

/* A figure stays in its column of the plain text, behind cells that are blank, span several columns
 * or began in a row above. */
static void note_blanks(const Pen *pen, size_t mark, int blanks)
{
    for (; mark < pen->page->mark_count; mark++)
        if (pen->page->marks[mark].kind == MARK_GLYPHS) {
            pen->page->marks[mark].run.blanks = blanks;
            return;
        }
}

/* Puts a row and moves the pen below it. */
static void put_strip(Pen *pen, int i)
{
    const Strip *strip = &pen->strips[i];
    int most = strip->row->cell_count + pen->layout->table->column_count, count = 0;
    Piece *pieces = ARENA_ARRAY(pen->ts->arena, Piece, most);
    bool head = i < pen->heads, goes_on = head ? pen->again : strip->first > 0;
    if (!goes_on)
        table_tag_row(pen->layout, pen->ts->pages, strip->row, head);
    own_pieces(pen, i, pieces, &count);
    if (i >= pen->heads && strip->index >= 0)
        spanning_pieces(pen, i, pieces, &count);
    int next = 0;
    for (int k = 0; k < count; k++) {
        size_t mark = pen->page->mark_count;
        int column = pieces[k].box->cell->column;
        put_piece(pen, &pieces[k], strip->row, k + 1 < count ? TEXT_TAB : TEXT_NEW_LINE);
        note_blanks(pen, mark, column - next);
        next = column + 1;
    }
    pen->y += strip->height;
}

/* ---------------------------------------------------------------- pages */

/* The page's sum comes below its rows, but above the totals that end the table. */
static int insert_page_total(
    const TableLayout *layout, Strip *strips, int first, int count, int from, int to)
{
    const RowBox *row = page_total_row(layout, from, to);
    int i = count;
    for (; to >= layout->places && i > first; i--) {
        if (layout->table->rows[strips[i - 1].index].kind != ROW_TOTAL)
            break;
        strips[i] = strips[i - 1];
    }
    strips[i] = (Strip){row, -1, 0, 1, row->height};
    return count + 1;
}

static Strip *page_strips(const TableLayout *layout, int from, int to, int *count)
{
    int heads = layout->table->head_rows;
    int rows = table_spot(layout, to).row - table_spot(layout, from).row + 2;
    Strip *strips = ARENA_ARRAY(layout->ts->arena, Strip, heads + rows);
    for (int r = 0; r < heads; r++)
        strips[r] = (Strip){&layout->head[r], r, 0, 1, layout->head[r].height};
    *count = heads + table_strips(layout, from, to, strips + heads);
    if (layout->page_total)
        *count = insert_page_total(layout, strips, heads, *count, from, to);
    return strips;
}

/* What stands below the table, at y, once all rows are there. Returns its height, 0: no room. */
static Length put_foot(const Pen *pen, int *place, Length available)
{
    const TableLayout *layout = pen->layout;
    if (*place < layout->places || layout->foot.height > available)
        return 0;
    table_place_foot(layout, pen->page, pen->x, pen->y);
    *place = layout->places + 1;
    return layout->foot.height;
}

Length table_place(Typesetter *ts, Page *page, const TableLayout *layout, int *place, Length x,
    Length y, Length available, Length tail)
{
    bool first = *place == 0;
    int from = *place;
    Length above = table_above_head(layout, first), foot = layout->foot.height;
    if (from >= layout->places) {
        Pen below = {.ts = ts, .page = page, .layout = layout, .x = x + layout->left, .y = y};
        return put_foot(&below, place, available);
    }
    int to =
        table_page_end(layout, from, available - above - table_fixed_height(layout), tail + foot);
    if (to < (first ? layout->first_end : from + 1))
        return 0;
    Pen pen = {.ts = ts, .page = page, .layout = layout, .x = x + layout->left, .y = y};
    pen.heads = layout->table->head_rows;
    pen.again = !first;
    pen.strips = page_strips(layout, from, to, &pen.count);
    page->tag = 0;
    if (first)
        table_tag(layout, ts->pages, page);
    if (first && layout->caption.lines) {
        caption_place(ts, page, &layout->caption, x, y);
        pen.y += layout->caption.height + CAPTION_GAP;
    }
    put_small_line(&pen, first);
    pen.y = y + above;
    page->tag = 0;
    table_rules(ts->arena, page, layout, pen.strips, pen.count, pen.x, pen.y);
    for (int i = 0; i < pen.count; i++)
        put_strip(&pen, i);
    page->tag = 0;
    *place = to;
    pen.y += put_foot(&pen, place, available - (pen.y - y));
    return pen.y - y;
}
