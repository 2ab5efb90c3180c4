/* Where the pages of a table end. Places count rows, and the lines of tall ones. */
#include "typeset/table/table_internal.h"

static const Length GROUP_LIMIT = LENGTH_MM(75); /* rows kept together for looks are no higher */

enum { FIRST_ROWS = 3, LAST_ROWS = 3, LEAST_LINES = 2 };

Spot table_spot(const TableLayout *layout, int place)
{
    int low = 0, high = layout->table->row_count;
    if (place >= layout->places)
        return (Spot){high, 0};
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (layout->rows[middle].place <= place)
            low = middle;
        else
            high = middle;
    }
    return (Spot){low, place - layout->rows[low].place};
}

bool table_done(const TableLayout *layout, int place)
{
    return place >= layout->places + (layout->foot.height > 0);
}

Length table_small_line(const TableLayout *layout)
{
    return layout->style->leading + LENGTH_PT(2);
}

Length table_above_head(const TableLayout *layout, bool first)
{
    Length height = 0;
    if (first && layout->caption.lines)
        height += layout->caption.height + CAPTION_GAP;
    if (layout->table->unit || !first)
        height += table_small_line(layout);
    return height;
}

Length table_fixed_height(const TableLayout *layout)
{
    return layout->head_height + (layout->page_total ? layout->page_total->height : 0);
}

/* ---------------------------------------------------------------- rows of a page */

static int fill_strips(const TableLayout *layout, int from, int to, Strip *strips)
{
    Spot start = table_spot(layout, from), end = table_spot(layout, to);
    int count = 0;
    for (int r = start.row; r < end.row + (end.line > 0); r++) {
        const RowBox *row = &layout->rows[r];
        int first = r == start.row ? start.line : 0;
        int last = r == end.row ? end.line : row->tall ? row->lines : 1;
        strips[count++] = (Strip){row, r, first, last, table_part_height(layout, row, first, last)};
    }
    return count;
}

Length table_strips_height(const Strip *strips, int count)
{
    Length height = 0;
    for (int i = 0; i < count; i++)
        height += strips[i].height;
    return height;
}

bool table_begun_before(const TableLayout *layout, const Spanning *span, int place)
{
    return layout->rows[span->first].place < place;
}

/* The part of a group on this page must have room for its text. */
static void raise_part(Strip *strips, int count, const Spanning *span)
{
    Length height = 0;
    int last = -1;
    for (int i = 0; i < count; i++)
        if (strips[i].index >= span->first && strips[i].index < span->end) {
            height += strips[i].height;
            last = i;
        }
    if (last >= 0 && height < span->height)
        strips[last].height += span->height - height;
}

/* Groups that the ends of the page part: those at its top and those at its foot. */
static void raise_parts(
    const TableLayout *layout, const RowBox *row, int from, Strip *strips, int count)
{
    for (int c = 0; row->owner && c < layout->table->column_count; c++) {
        const Spanning *span = &layout->spans[row->owner[c]];
        bool again = c > 0 && row->owner[c] == row->owner[c - 1];
        if (!again && span->upright && !span->flows &&
            (span->repeats || !table_begun_before(layout, span, from)))
            raise_part(strips, count, span);
    }
}

int table_strips(const TableLayout *layout, int from, int to, Strip *strips)
{
    int count = fill_strips(layout, from, to, strips);
    raise_parts(layout, strips[0].row, from, strips, count);
    raise_parts(layout, strips[count - 1].row, from, strips, count);
    return count;
}

/* ---------------------------------------------------------------- ends of pages */

/* Where a page that begins at `from` might end. */
typedef struct Ending {
    const TableLayout *layout;
    Strip *strips; /* room for those of a page */
    int from;
} Ending;

static Length ending_height(const Ending *ending, int to)
{
    return table_strips_height(
        ending->strips, table_strips(ending->layout, ending->from, to, ending->strips));
}

/* Heights without what parted groups need. */
static Length plain_height(const Ending *ending, int from, int to)
{
    return table_strips_height(
        ending->strips, fill_strips(ending->layout, from, to, ending->strips));
}

static bool is_forbidden(const TableLayout *layout, int place)
{
    Spot spot = table_spot(layout, place);
    return spot.line == 0 && spot.row > 0 && spot.row < layout->table->row_count &&
           layout->rows[spot.row - 1].glued;
}

/* The last page shows three rows at least, with or without a total below, unless they are high. */
static bool leaves_few(const TableLayout *layout, int row)
{
    int last = layout->table->row_count, rows = 0;
    int64_t height = 0;
    while (last > 0 && rows < LAST_ROWS) {
        TableRowKind kind = layout->table->rows[--last].kind;
        rows += kind != ROW_SUBTOTAL && kind != ROW_TOTAL;
        height += layout->rows[last].height;
    }
    return row > last && height <= GROUP_LIMIT;
}

/* Nor does a group leave one row behind, or send one over. */
static bool leaves_member_alone(const Ending *ending, int row)
{
    const TableLayout *layout = ending->layout;
    const int *above = layout->rows[row - 1].owner, *below = layout->rows[row].owner;
    int top = table_spot(layout, ending->from).row;
    for (int c = 0; above && below && c < layout->table->column_count; c++) {
        const Spanning *span = &layout->spans[above[c]];
        int first = span->first > top ? span->first : top;
        if (above[c] == below[c] && span->upright && (row - first == 1 || span->end - row == 1))
            return true;
    }
    return false;
}

static bool is_good(const Ending *ending, int to)
{
    const TableLayout *layout = ending->layout;
    if (to >= layout->places)
        return true;
    Spot spot = table_spot(layout, to);
    const RowBox *row = &layout->rows[spot.row];
    if (spot.line > 0)
        return spot.line >= LEAST_LINES && row->lines - spot.line >= LEAST_LINES;
    TableRowKind kind = layout->table->rows[spot.row].kind;
    return kind != ROW_SUBTOTAL && kind != ROW_TOTAL && !leaves_few(layout, spot.row) &&
           !leaves_member_alone(ending, spot.row) &&
           ending_height(ending, to) == plain_height(ending, ending->from, to);
}

static Ending ending_from(const TableLayout *layout, int from, int limit)
{
    Spot start = table_spot(layout, from), end = table_spot(layout, limit);
    int rows = end.row - start.row + 1;
    return (Ending){layout, ARENA_ARRAY(layout->ts->arena, Strip, rows), from};
}

/* The furthest place up to `limit` that the room reaches. */
static int furthest(const TableLayout *layout, int from, int limit, Length room)
{
    int to = from;
    while (to < limit) {
        Spot spot = table_spot(layout, to);
        const RowBox *row = &layout->rows[spot.row];
        bool goes_on = to > from && spot.line > 0;
        Length height = table_part_height(layout, row, spot.line, spot.line + 1);
        height -= goes_on ? layout->style->space : 0;
        if (height > room)
            break;
        room -= height;
        to++;
    }
    return to;
}

/* The best end of a page: as far as the room reaches, or further up, where the rows before and
 * after look better together. */
static int best_end(const TableLayout *layout, int from, int limit, Length room)
{
    int fit = furthest(layout, from, limit, room), fair = from;
    Ending ending = ending_from(layout, from, fit);
    for (int to = fit; to > from; to--) {
        if (fair > from && plain_height(&ending, to, fair) > GROUP_LIMIT)
            break;
        if (is_forbidden(layout, to) || ending_height(&ending, to) > room)
            continue;
        if (is_good(&ending, to))
            return to;
        fair = fair > from ? fair : to;
    }
    return fair;
}

static int first_end(const TableLayout *layout)
{
    int end = 0;
    int limit = layout->places < FIRST_ROWS ? layout->places : FIRST_ROWS;
    Length most = layout->room < GROUP_LIMIT ? layout->room : GROUP_LIMIT;
    Ending ending = ending_from(layout, 0, layout->places);
    for (int to = 1; to <= layout->places; to++) {
        if (is_forbidden(layout, to))
            continue;
        if (end > 0 && ending_height(&ending, to) > most)
            break;
        end = to;
        if (to >= limit && is_good(&ending, to))
            break;
    }
    return end;
}

int table_page_end(const TableLayout *layout, int from, Length room, Length tail)
{
    int all = layout->places, end = best_end(layout, from, all, room);
    if (end < all)
        return end;
    Ending ending = ending_from(layout, from, all);
    if (ending_height(&ending, all) + tail <= room)
        return end;
    int last = best_end(layout, from, all - 1, room);
    return last > from && (from > 0 || last >= layout->first_end) ? last : end;
}

void table_settle_first(TableLayout *layout)
{
    layout->first_end = first_end(layout);
    Ending ending = ending_from(layout, 0, layout->first_end);
    layout->first_height = table_above_head(layout, true) + table_fixed_height(layout) +
                           ending_height(&ending, layout->first_end);
    Length whole = layout->first_height + layout->foot.height;
    if (layout->first_end == layout->places && whole <= layout->page_height)
        layout->first_height = whole;
}

Length table_first_height(const TableLayout *layout)
{
    return layout->first_height;
}

Length table_whole_height(const TableLayout *layout)
{
    const RowBox *last = &layout->rows[layout->table->row_count - 1];
    int64_t height =
        table_above_head(layout, true) + table_fixed_height(layout) + last->top + last->height +
        layout->foot.height;
    return height <= layout->page_height ? (Length)height : 0;
}
