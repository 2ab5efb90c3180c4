/* The rules of a table: every cell has its box (三线表 is not the custom of 公文). Filled
 * rectangles, never strokes; runs that continue are drawn as one, so that a page of a table has few
 * marks. */
#include "typeset/table/table_internal.h"

static const Length INNER_RULE = LENGTH_PT(0.5);
static const Length OUTER_RULE = LENGTH_PT(0.75);

/* The rows of one page in order: the head's, then some of the body's. */
typedef struct RuledRows {
    const TableLayout *layout;
    const Strip *strips;
    int count;
    Length x, top;
} RuledRows;

/* A rule `thickness` wide along a line: outside edges keep within the frame, inner ones lie on it
 * centred. */
static Length rule_start(Length position, Length low, Length high)
{
    if (position == low)
        return position;
    return position == high ? position - OUTER_RULE : position - INNER_RULE / 2;
}

static void upright_rule(Arena *arena, Page *page, const RuledRows *rows, int column)
{
    const TableLayout *layout = rows->layout;
    int columns = layout->table->column_count;
    Length position = column < columns ? layout->columns[column].left : layout->width;
    Length x = rows->x + rule_start(position, 0, layout->width);
    Length width = column == 0 || column == columns ? OUTER_RULE : INNER_RULE;
    Length y = rows->top, start = y;
    for (int i = 0; i < rows->count; i++) {
        const RowBox *row = rows->strips[i].row;
        bool hidden = column > 0 && column < columns && row->owner && row->owner[column] > 0 &&
                      row->owner[column] == row->owner[column - 1];
        if (hidden) {
            if (y > start)
                page_rect(arena, page, x, start, width, y - start, (Color){0});
            start = y + rows->strips[i].height;
        }
        y += rows->strips[i].height;
    }
    if (y > start)
        page_rect(arena, page, x, start, width, y - start, (Color){0});
}

static bool spans_below(const RowBox *above, const RowBox *below, int column)
{
    return above->owner && below->owner && above->owner[column] > 0 &&
           above->owner[column] == below->owner[column];
}

static void level_rule(Arena *arena, Page *page, const RuledRows *rows, int index, Length y)
{
    const TableLayout *layout = rows->layout;
    const RowBox *above = rows->strips[index - 1].row, *below = rows->strips[index].row;
    Length start = 0;
    for (int c = 0; c < layout->table->column_count; c++) {
        const ColumnBox *column = &layout->columns[c];
        if (!spans_below(above, below, c))
            continue;
        if (column->left > start)
            page_rect(arena, page, rows->x + start, y - INNER_RULE / 2, column->left - start,
                INNER_RULE, (Color){0});
        start = column->left + column->width;
    }
    if (layout->width > start)
        page_rect(arena, page, rows->x + start, y - INNER_RULE / 2, layout->width - start,
            INNER_RULE, (Color){0});
}

void table_rules(Arena *arena, Page *page, const TableLayout *layout, const Strip *strips,
    int count, Length x, Length top)
{
    RuledRows rows = {layout, strips, count, x, top};
    Length y = top;
    page_rect(arena, page, x, y, layout->width, OUTER_RULE, (Color){0});
    for (int i = 0; i < count; i++) {
        if (i > 0)
            level_rule(arena, page, &rows, i, y);
        y += strips[i].height;
    }
    page_rect(arena, page, x, y - OUTER_RULE, layout->width, OUTER_RULE, (Color){0});
    for (int c = 0; c <= layout->table->column_count; c++)
        upright_rule(arena, page, &rows, c);
}
