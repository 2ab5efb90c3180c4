/* Rows of a table: how high they are, which of them stand together, and which may be parted
 * between their lines. */
#include "typeset/table/table_internal.h"

/* Rows of a form are so high that a hand can write in them. */
static const Length HAND_HEIGHT = LENGTH_MM(9.5);

int table_line_count(const CellBox *box)
{
    return !box->text && !box->pieces ? box->cell->spark != NULL : box->lines ? box->lines->count : 1;
}

static Length lines_height(const TableLayout *layout, int lines)
{
    return lines * layout->style->leading + layout->style->space;
}

static int lines_in(const TableLayout *layout, Length height)
{
    int lines = (height - layout->style->space) / layout->style->leading;
    return lines > 0 ? lines : 0;
}

static void break_row(TableLayout *layout, RowBox *row, bool head)
{
    int lines = 1;
    for (int i = 0; i < row->cell_count; i++) {
        CellBox *box = &row->cells[i];
        table_break_cell(layout, box, box->role, head);
        if (box->cell->rowspan <= 1 && table_line_count(box) > lines)
            lines = table_line_count(box);
    }
    row->height = lines_height(layout, lines);
}

static Length height_of(const RowBox *rows, int first, int end)
{
    Length height = 0;
    for (int r = first; r < end; r++)
        height += rows[r].height;
    return height;
}

/* A cell that spans rows and is higher than they are together raises them alike. */
static void raise_spanned(RowBox *rows, const Spanning *span)
{
    Length missing = span->height - height_of(rows, span->first, span->end);
    for (int r = span->first; r < span->end && missing > 0; r++) {
        Length share = missing / (span->end - r);
        rows[r].height += share;
        missing -= share;
    }
}

static void break_rows(TableLayout *layout, RowBox *rows, int row_count, bool head, Length least)
{
    for (int r = 0; r < row_count; r++) {
        break_row(layout, &rows[r], head);
        rows[r].height = rows[r].height > least ? rows[r].height : least;
    }
    for (size_t i = 1; i < layout->span_count; i++) {
        Spanning *span = &layout->spans[i];
        if (span->rows != rows)
            continue;
        span->height = lines_height(layout, table_line_count(span->box));
        if (span->box->cell->rowspan > 1)
            raise_spanned(rows, span);
    }
}

void table_break_head(TableLayout *layout)
{
    const DocTable *table = layout->table;
    break_rows(layout, layout->head, table->head_rows, true, 0);
    layout->head_height = height_of(layout->head, 0, table->head_rows);
    if (layout->page_total)
        break_rows(layout, layout->page_total, 1, false, 0);
}

static void mark_written(const RowBox *row, bool *written, int column_count)
{
    for (int i = 0; i < row->cell_count; i++) {
        const CellBox *box = &row->cells[i];
        int end = box->cell->column + box->cell->colspan;
        for (int c = box->cell->column; table_line_count(box) > 0 && c < end; c++)
            if (c < column_count)
                written[c] = true;
    }
}

/* Is it to be filled in by hand? It has blank rows, or several columns without a word; a single one
 * may be for remarks that nobody had. */
static bool is_form(const TableLayout *layout)
{
    const DocTable *table = layout->table;
    bool *written = ARENA_ARRAY(layout->ts->arena, bool, table->column_count);
    int blank = 0;
    for (int r = 0; r < table->row_count; r++) {
        if (table->rows[r].kind == ROW_FILLER)
            return true;
        mark_written(&layout->rows[r], written, table->column_count);
    }
    for (int c = 0; c < table->column_count; c++)
        blank += !written[c];
    return blank > 1;
}

/* Rows that a cell spans which is not printed again stand together. */
static void glue_rows(TableLayout *layout)
{
    for (size_t i = 1; i < layout->span_count; i++) {
        const Spanning *span = &layout->spans[i];
        for (int r = span->first; span->upright && !span->repeats && r + 1 < span->end; r++)
            layout->rows[r].glued = true;
    }
}

/* Is the row in a group whose label is printed again? */
static bool has_label(const TableLayout *layout, int r)
{
    const int *owner = layout->rows[r].owner;
    for (int c = 0; owner && c < layout->table->column_count; c++)
        if (layout->spans[owner[c]].upright && layout->spans[owner[c]].repeats)
            return true;
    return false;
}

/* … unless they are higher than a page, or half of one: see settle_spans. */
static void part_high_groups(TableLayout *layout)
{
    for (int r = 0; r < layout->table->row_count;) {
        int end = r + 1;
        int64_t height = layout->rows[r].height;
        bool labelled = has_label(layout, r);
        for (; layout->rows[end - 1].glued; end++) {
            height += layout->rows[end].height;
            labelled |= has_label(layout, end);
        }
        int64_t limit = labelled ? layout->room / 2 : layout->room;
        for (int y = r; y < end && height > limit; y++)
            layout->rows[y].glued = false;
        r = end;
    }
}

static bool is_parted(const TableLayout *layout, const Spanning *span)
{
    for (int r = span->first; r + 1 < span->end; r++)
        if (!layout->rows[r].glued)
            return true;
    return false;
}

/* A text that needs more than half a page, over rows that may be parted, goes from row to row. The
 * last of them takes what the others leave. */
static void let_flow(TableLayout *layout, Spanning *span)
{
    span->flows = true;
    int missing = table_line_count(span->box);
    for (int r = span->first; r < span->end; r++)
        missing -= lines_in(layout, layout->rows[r].height);
    if (missing > 0)
        layout->rows[span->end - 1].height += missing * layout->style->leading;
}

/* Half a page is the limit for rows and texts of groups that are parted: so one row and a text that
 * stands beside it never need more than a page together. */
static void settle_spans(TableLayout *layout)
{
    for (size_t i = 1; i < layout->span_count; i++) {
        Spanning *span = &layout->spans[i];
        if (!span->upright || !is_parted(layout, span))
            continue;
        if (span->height > layout->room / 2)
            let_flow(layout, span);
        for (int r = span->first; r < span->end; r++)
            layout->rows[r].tall |= layout->rows[r].height > layout->room / 2;
    }
}

void table_break_body(TableLayout *layout)
{
    int count = layout->table->row_count, place = 0, lines = 0;
    int64_t top = 0;
    break_rows(layout, layout->rows, count, false, is_form(layout) ? HAND_HEIGHT : 0);
    glue_rows(layout);
    part_high_groups(layout);
    settle_spans(layout);
    for (int r = 0; r < count; r++) {
        RowBox *row = &layout->rows[r];
        row->tall |= row->height > layout->room;
        row->lines = lines_in(layout, row->height);
        row->place = place;
        row->lines_above = lines;
        row->top = top;
        place += row->tall ? row->lines : 1;
        lines += row->lines;
        top += row->height;
    }
    layout->places = place;
}

Length table_part_height(const TableLayout *layout, const RowBox *row, int first, int end)
{
    if (row->tall && end < row->lines)
        return lines_height(layout, end - first);
    return row->height - (row->tall ? first * layout->style->leading : 0);
}
