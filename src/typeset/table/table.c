#include "typeset/table/table_internal.h"

/* Texts of neighbouring columns that come nearer than an em Poppler takes for one column: hence the
 * padding of the first. */
static const TableStyle styles[] = {
    {LENGTH_PT(12), LENGTH_PT(16.5), LENGTH_PT(6.1), LENGTH_PT(4.8), 2}, /* 小四 */
    {LENGTH_PT(12), LENGTH_PT(16.5), LENGTH_PT(5), LENGTH_PT(4.8),
        3}, /* 小四, when heads are torn */
    {LENGTH_PT(10.5), LENGTH_PT(14.5), LENGTH_PT(3), LENGTH_PT(4.2),
        3}, /* 五号, when columns overflow */
};
enum { STYLE_COUNT = sizeof styles / sizeof *styles };

static const Length TYPE_AREA_HEIGHT = LENGTH_MM(225);
static const Length GROUP_LIMIT = LENGTH_MM(75); /* rows kept together for looks are no higher */
static const Length CAPTION_GAP = LENGTH_PT(5);

static int round_mm(Length length)
{
    return (int)(LENGTH_TO_PT(length) * 25.4 / 72 + 0.5);
}

static At cell_at(const Cell *cell)
{
    return cell->content ? cell->content->at : (At){0};
}

/* The place for messages: the first text of the table that has one. */
static At table_at(const DocTable *table)
{
    if (table->caption)
        return table->caption->at;
    for (int i = 0; i < table->head_cell_count; i++)
        if (table->head[i].content)
            return cell_at(&table->head[i]);
    for (int r = 0; r < table->row_count; r++)
        for (int i = 0; i < table->rows[r].cell_count; i++)
            if (table->rows[r].cells[i].content)
                return cell_at(&table->rows[r].cells[i]);
    return (At){0};
}

static bool need_cell(FontSet *fonts, const Cell *cell, Role role)
{
    bool fine = true;
    for (const Inline *item = cell->content; item; item = item->next)
        if (item->kind == INLINE_TEXT)
            fine = fonts_need(fonts, item->bold ? ROLE_HEI : role, item->text, item->at) && fine;
    return fine;
}

bool table_need(FontSet *fonts, const DocTable *table)
{
    At at = table_at(table);
    bool fine = caption_need(fonts, "续表", table->number, table->caption, at);
    if (table->unit) {
        fine = fonts_need(fonts, ROLE_SONG, "单位：", at) && fine;
        fine = fonts_need(fonts, ROLE_SONG, table->unit, at) && fine;
    }
    for (int i = 0; i < table->head_cell_count; i++)
        fine = need_cell(fonts, &table->head[i], ROLE_HEI) && fine;
    for (int r = 0; r < table->row_count; r++) {
        const TableRow *row = &table->rows[r];
        for (int i = 0; i < row->cell_count; i++)
            fine = need_cell(fonts, &row->cells[i], row->is_total ? ROLE_HEI : ROLE_SONG) && fine;
    }
    return fine;
}

static bool report_too_wide(const TableLayout *layout)
{
    const DocTable *table = layout->table;
    At at = table_at(table);
    Length declared = 0;
    for (int c = 0; c < table->column_count; c++)
        declared += layout->columns[c].declared ? layout->columns[c].width : 0;
    if (declared > 0 && table_least_width(layout) - declared <= layout->measure)
        return diag_add(
            layout->ts->diags, DIAG_E312, &at, round_mm(declared), round_mm(layout->measure));
    diag_add(layout->ts->diags, DIAG_E310, &at, table->column_count,
        round_mm(table_least_width(layout)), round_mm(layout->measure));
    diag_hint(layout->ts->diags, DIAG_H310);
    return false;
}

static bool report_empty(Typesetter *ts, const DocTable *table)
{
    At at = table_at(table);
    diag_add(ts->diags, DIAG_E321, &at);
    diag_hint(ts->diags, DIAG_H312);
    return false;
}

/* 小四 and 五号 without breaking short texts, then 五号 as narrow as it goes. */
static bool solve(TableLayout *layout)
{
    for (int i = 0; i < STYLE_COUNT; i++) {
        layout->style = &styles[i];
        table_measure(layout);
        if (table_columns(layout, true) || (i + 1 == STYLE_COUNT && table_columns(layout, false)))
            return true;
    }
    return report_too_wide(layout);
}

/* Height of the line above the head on a later page (续表1 and the unit), or of the unit line on
 * the first. */
static Length small_line(const TableLayout *layout)
{
    return layout->style->leading + LENGTH_PT(2);
}

static Length above_head(const TableLayout *layout, bool first)
{
    Length height = 0;
    if (first && layout->caption.lines)
        height += layout->caption.height + CAPTION_GAP;
    if (layout->table->unit || (!first && layout->table->number > 0))
        height += small_line(layout);
    return height;
}

static Length rows_height(const TableLayout *layout, int from, int to)
{
    Length height = 0;
    for (int r = from; r < to; r++)
        height += layout->rows[r].height;
    return height;
}

/* The end of the rows from `row` on that must stand together: those a cell spans; and the last two,
 * so that neither a total nor a single row comes alone on a page, unless they are high. */
static int group_end(const TableLayout *layout, int row)
{
    int end = row, count = layout->table->row_count;
    while (layout->rows[end].glued)
        end++;
    bool last_two = end + 2 == count && rows_height(layout, row, count) <= GROUP_LIMIT;
    return last_two ? count : end + 1;
}

/* The end of the rows that must stand below the first head: three, unless they are high. */
static int first_end(const TableLayout *layout)
{
    int end = group_end(layout, 0);
    while (end < 3 && end < layout->table->row_count) {
        int next = group_end(layout, end);
        if (rows_height(layout, 0, next) > GROUP_LIMIT)
            break;
        end = next;
    }
    return end;
}

static bool rows_fit_a_page(const TableLayout *layout)
{
    Length room = TYPE_AREA_HEIGHT - layout->head_height - above_head(layout, true);
    for (int r = 0; r < layout->table->row_count;) {
        int end = group_end(layout, r);
        Length height = rows_height(layout, r, end);
        if (height > room) {
            const TableRow *row = &layout->table->rows[r];
            At at = row->cell_count ? cell_at(&row->cells[0]) : table_at(layout->table);
            return diag_add(layout->ts->diags, DIAG_E311, &at, r + 1, round_mm(height));
        }
        r = end;
    }
    return true;
}

TableLayout *table_layout(Typesetter *ts, const DocTable *table, Length measure)
{
    TableLayout *layout = ARENA_NEW(ts->arena, TableLayout);
    layout->ts = ts;
    layout->table = table;
    layout->measure = measure;
    if (!(table->row_count > 0 ? solve(layout) : report_empty(ts, table)))
        return NULL;
    table_break(layout);
    layout->caption = caption_break(ts, "表", table->number, table->caption, NULL, measure);
    return rows_fit_a_page(layout) ? layout : NULL;
}

Length table_first_height(const TableLayout *layout)
{
    return above_head(layout, true) + layout->head_height +
           rows_height(layout, 0, first_end(layout));
}

bool table_done(const TableLayout *layout, int row)
{
    return row >= layout->table->row_count;
}

/* Where a table's rows are being put. */
typedef struct Pen {
    Typesetter *ts;
    Page *page;
    const TableLayout *layout;
    Length x, y; /* of the row's top left corner */
} Pen;

/* The line right above the head: the unit at its right end; on later pages 续表 in its middle. */
static void put_small_line(const Pen *pen, bool first)
{
    const TableLayout *layout = pen->layout;
    TextStyle style = table_text_style(layout, ROLE_SONG);
    TextStyle label = table_text_style(layout, ROLE_HEI);
    const DocTable *table = layout->table;
    Length baseline = pen->y + (layout->style->leading - style.size) / 2 + text_ascent(style.size);
    if (!first && table->number > 0)
        text_put(pen->ts, pen->page, &label, arena_printf(pen->ts->arena, "续表%d", table->number),
            pen->x + layout->width / 2, baseline, ALIGN_CENTRE,
            table->unit ? TEXT_TAB : TEXT_NEW_LINE);
    if (table->unit)
        text_put(pen->ts, pen->page, &style, unit_line(pen->ts->arena, table->unit),
            pen->x + layout->width, baseline, ALIGN_RIGHT, TEXT_NEW_LINE);
}

/* How a cell's single line stands in its column: heads, totals' labels and what spans columns in
 * the middle, numbers on the column's decimal point. */
static Align line_align(const TableLayout *layout, const CellBox *box, const RowBox *row)
{
    Align align = layout->columns[box->cell->column].align;
    bool head = row >= layout->head && row < layout->head + layout->table->head_rows;
    if (head || box->cell->colspan > 1 || (align == ALIGN_DECIMAL && box->whole < 0))
        return ALIGN_CENTRE;
    return align == ALIGN_LEFT && row->role == ROLE_HEI ? ALIGN_CENTRE : align;
}

static void put_line(
    const Pen *pen, const CellBox *box, const RowBox *row, Length baseline, TextEnd end)
{
    const TableLayout *layout = pen->layout;
    const ColumnBox *column = &layout->columns[box->cell->column];
    TextStyle style = table_text_style(layout, row->role);
    Length width = table_span_width(layout, box->cell->column, box->cell->colspan);
    Length x = pen->x + column->left;
    Align align = line_align(layout, box, row);
    if (align == ALIGN_DECIMAL) {
        x += (width - column->whole - column->fraction) / 2 + column->whole - box->whole;
        align = ALIGN_LEFT;
    } else if (align == ALIGN_LEFT) {
        x += layout->style->padding;
    } else {
        x += align == ALIGN_RIGHT ? width - layout->style->padding : width / 2;
    }
    text_put(pen->ts, pen->page, &style, box->text, x, baseline, align, end);
}

static void put_cell(
    const Pen *pen, const CellBox *box, const RowBox *row, Length height, TextEnd end)
{
    const TableStyle *style = pen->layout->style;
    int lines = box->lines ? box->lines->count : 1;
    Length above = (height - (lines - 1) * style->leading - style->size) / 2;
    Length baseline = pen->y + above + text_ascent(style->size);
    Length left = pen->x + pen->layout->columns[box->cell->column].left + style->padding;
    if (box->text && !box->lines)
        put_line(pen, box, row, baseline, end);
    for (int i = 0; box->lines && i < lines; i++)
        text_put_line(pen->ts, pen->page, box->lines->lines[i], left + box->indent,
            baseline + i * style->leading, i + 1 < lines ? TEXT_GOES_ON : end);
}

/* Height of the rows a cell spans. */
static Length cell_height(const RowBox *rows, int row_count, int r, const Cell *cell)
{
    Length height = rows[r].height;
    for (int y = r + 1; y < r + cell->rowspan && y < row_count; y++)
        height += rows[y].height;
    return height;
}

static bool is_empty(const CellBox *box)
{
    return !box->text && !box->lines;
}

/* Puts a row and moves the pen below it. */
static void put_row(Pen *pen, const RowBox *rows, int row_count, int r)
{
    const RowBox *row = &rows[r];
    int last = row->cell_count - 1;
    while (last > 0 && is_empty(&row->cells[last]))
        last--;
    for (int i = 0; i <= last; i++) {
        const CellBox *box = &row->cells[i];
        put_cell(pen, box, row, cell_height(rows, row_count, r, box->cell),
            i < last ? TEXT_TAB : TEXT_NEW_LINE);
    }
    pen->y += row->height;
}

/* How many rows from `row` on fit into `room`. */
static int fitting_rows(const TableLayout *layout, int row, Length room)
{
    while (!table_done(layout, row)) {
        int end = group_end(layout, row);
        Length height = rows_height(layout, row, end);
        if (height > room)
            break;
        room -= height;
        row = end;
    }
    return row;
}

/* The end of the rows from `row` on that go into `room`. When all do, but leave less than `tail`,
 * the last of them go over. */
static int rows_to_place(const TableLayout *layout, int row, Length room, Length tail)
{
    int end = fitting_rows(layout, row, room);
    if (!table_done(layout, end) || rows_height(layout, row, end) + tail <= room)
        return end;
    int last = row;
    while (group_end(layout, last) < end)
        last = group_end(layout, last);
    return last > row && (row > 0 || last >= first_end(layout)) ? last : end;
}

Length table_place(Typesetter *ts, Page *page, const TableLayout *layout, int *row, Length x,
    Length y, Length available, Length tail)
{
    const DocTable *table = layout->table;
    bool first = *row == 0;
    Length above = above_head(layout, first);
    int from = *row;
    int to = rows_to_place(layout, from, available - above - layout->head_height, tail);
    if (to < (first ? first_end(layout) : from + 1))
        return 0;
    Pen pen = {ts, page, layout, x + layout->left, y};
    if (first && layout->caption.lines) {
        caption_place(ts, page, &layout->caption, x, y);
        pen.y += layout->caption.height + CAPTION_GAP;
    }
    put_small_line(&pen, first);
    pen.y = y + above;
    table_rules(ts->arena, page, layout, from, to, pen.x, pen.y);
    for (int r = 0; r < table->head_rows; r++)
        put_row(&pen, layout->head, table->head_rows, r);
    for (int r = from; r < to; r++)
        put_row(&pen, layout->rows, table->row_count, r);
    *row = to;
    return pen.y - y;
}
