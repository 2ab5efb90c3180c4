/* Column widths from content: numbers and short texts keep one line, heads take up to three, long
 * texts share what is left; a table that needs less than the measure is stretched until its narrow
 * columns are alike. */
#include "typeset/table/table_internal.h"

/* One text in so many is few; a line of it has at least so many characters. */
enum { FEW_SHARE = 10, FEW_LINE = 5 };

static const Length CELL = LENGTH_MM(156.0 / 28); /* 字 of the grid, in which widths are declared */

Length table_span_width(const TableLayout *layout, int first, int count)
{
    Length sum = 0;
    for (int c = first; c < first + count && c < layout->table->column_count; c++)
        sum += layout->columns[c].width;
    return sum;
}

static Length whole_characters(Length length, Length em)
{
    return (length + em - 1) / em * em;
}

/* What texts wish: short ones to be whole, long ones at least eight characters a line. A few long
 * ones among short ones (one name in a column of villages) must not widen the column for all. */
static Length wished_text(const TableLayout *layout, const ColumnBox *column)
{
    Length em = layout->style->size;
    bool few = column->long_texts * FEW_SHARE <= column->texts;
    Length most = few ? length_max(column->fair, FEW_LINE * em) : LONG_TEXT * em;
    return length_min(column->body, length_max(most, column->token));
}

/* What a column wishes: its numbers whole, its texts as above, its head on `head_lines` lines;
 * three characters look torn on two. */
static Length wished_width(const TableLayout *layout, const ColumnBox *column, int head_lines)
{
    Length em = layout->style->size;
    Length body = column->numeric ? column->body : wished_text(layout, column);
    Length head = column->head;
    if (head_lines > 1 && (head_lines > 2 || column->head > 3 * em)) {
        Length stem = whole_characters(column->stem / (head_lines - 1), em);
        head = length_min(
            length_max(whole_characters(column->head / head_lines, em), 2 * em), column->head);
        head = length_max(head, length_max(stem, column->unit));
    }
    return length_max(length_max(body, head), column->token) + 2 * layout->style->padding;
}

static Length least_width(const TableLayout *layout, const ColumnBox *column)
{
    Length em = layout->style->size;
    Length least = length_max(length_min(column->body, 4 * em), length_min(column->head, 2 * em));
    return length_max(column->numeric ? length_max(least, column->body) : least, column->token) +
           2 * layout->style->padding;
}

Length table_least_width(const TableLayout *layout)
{
    Length sum = 0;
    for (int c = 0; c < layout->table->column_count; c++) {
        const ColumnBox *column = &layout->columns[c];
        sum += column->declared ? column->width : least_width(layout, column);
    }
    return sum;
}

static Length full_width(const TableLayout *layout)
{
    return table_span_width(layout, 0, layout->table->column_count);
}

/* Takes the declared widths; returns how many columns are left to solve. */
static int take_declared(TableLayout *layout)
{
    int open = 0;
    for (int c = 0; c < layout->table->column_count; c++) {
        double cells = layout->table->columns[c].width_cells;
        layout->columns[c].declared = cells > 0;
        if (cells > 0)
            layout->columns[c].width = (Length)(cells * CELL + 0.5);
        else
            open++;
    }
    return open;
}

static void wish(TableLayout *layout, int head_lines)
{
    for (int c = 0; c < layout->table->column_count; c++)
        if (!layout->columns[c].declared)
            layout->columns[c].width = wished_width(layout, &layout->columns[c], head_lines);
}

/* What is in brackets over texts, 村（社区）, is no unit. */
static bool has_unit(const ColumnBox *column)
{
    return column->unit > 0 && column->numeric;
}

/* Heads that should look alike: those of one length (发现数, 整改数), and those with a unit, which
 * stands on a line of its own in all of them or in none. */
static bool alike(const ColumnBox *a, const ColumnBox *b, int lines)
{
    bool by_unit = lines == 1 && (has_unit(a) || has_unit(b));
    return by_unit ? has_unit(a) && has_unit(b) : a->head == b->head;
}

/* What a column lacks for a head of `lines` lines. */
static Length head_lack(const TableLayout *layout, const ColumnBox *column, int lines)
{
    Length more = wished_width(layout, column, lines) - column->width;
    return column->declared || more < 0 ? 0 : more;
}

static Length heads_lack(const TableLayout *layout, const ColumnBox *kind, int lines)
{
    Length sum = 0;
    for (int c = 0; c < layout->table->column_count; c++)
        if (alike(&layout->columns[c], kind, lines))
            sum += head_lack(layout, &layout->columns[c], lines);
    return sum;
}

/* A column of those whose heads may have `lines` lines for the least more width; NULL: none fits.
 */
static const ColumnBox *cheapest_heads(const TableLayout *layout, int lines)
{
    Length least = layout->measure - full_width(layout) + 1;
    const ColumnBox *cheapest = NULL;
    for (int c = 0; c < layout->table->column_count; c++) {
        Length lack = heads_lack(layout, &layout->columns[c], lines);
        if (lack > 0 && lack < least) {
            least = lack;
            cheapest = &layout->columns[c];
        }
    }
    return cheapest;
}

static bool has_long_texts(const TableLayout *layout)
{
    for (int c = 0; c < layout->table->column_count; c++)
        if (layout->columns[c].body - layout->columns[c].bar > 8 * layout->style->size)
            return true;
    return false;
}

/* Room left lets some heads have a line less after all: 户厕改造 over （户） rather than 户厕,
 * 改造, （户）. Long texts need the room more than heads of two lines do. */
static void relax_heads(TableLayout *layout, int head_lines)
{
    int least = has_long_texts(layout) ? 2 : 1;
    for (int lines = head_lines - 1; lines >= least; lines--)
        for (const ColumnBox *kind; (kind = cheapest_heads(layout, lines)) != NULL;)
            for (int c = 0; c < layout->table->column_count; c++)
                if (alike(&layout->columns[c], kind, lines))
                    layout->columns[c].width += head_lack(layout, &layout->columns[c], lines);
}

/* A head over several columns that is wider than they are widens them evenly. */
static void widen_for_spans(TableLayout *layout, const RowBox *rows, int row_count)
{
    for (int r = 0; r < row_count; r++)
        for (int i = 0; i < rows[r].cell_count; i++) {
            const CellBox *box = &rows[r].cells[i];
            int first = box->cell->column, count = box->cell->colspan;
            Length need =
                length_min(box->width, 8 * layout->style->size) + 2 * layout->style->padding;
            Length missing = need - table_span_width(layout, first, count);
            if (count <= 1 || missing <= 0)
                continue;
            for (int c = first; c < first + count && c < layout->table->column_count; c++)
                if (!layout->columns[c].declared)
                    layout->columns[c].width += (missing + count - 1) / count;
        }
}

/* Between the least and the wished widths, in proportion. False if not even the least fit. */
static bool squeeze(TableLayout *layout)
{
    Length least = table_least_width(layout), wished = full_width(layout);
    if (least > layout->measure)
        return false;
    int64_t room = layout->measure - least, range = wished - least;
    for (int c = 0; c < layout->table->column_count && range > 0; c++) {
        ColumnBox *column = &layout->columns[c];
        if (column->declared)
            continue;
        Length floor = least_width(layout, column);
        column->width = floor + (Length)((column->width - floor) * room / range);
    }
    return true;
}

static Length natural_width(const TableLayout *layout, const ColumnBox *column)
{
    return column->body + 2 * layout->style->padding;
}

static int64_t square_root(int64_t square)
{
    int64_t root = 0;
    for (int64_t bit = (int64_t)1 << 30; bit > 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= square)
            root += bit;
    return root;
}

/* Columns whose texts would still break have weights: lines are fewest in all when widths are as
 * the square roots of the texts' lengths in sum. One long name in a column of short ones weighs
 * little so. A text beside several rows has the room of all. */
static void weigh_columns(const TableLayout *layout, int64_t *weights)
{
    for (int r = 0; r < layout->table->row_count; r++)
        for (int i = 0; i < layout->rows[r].cell_count; i++) {
            const CellBox *box = &layout->rows[r].cells[i];
            if (box->cell->colspan > 1 || box->cell->column >= layout->table->column_count)
                continue;
            const ColumnBox *column = &layout->columns[box->cell->column];
            if (!column->declared && box->width > column->width - 2 * layout->style->padding)
                weights[box->cell->column] += box->width / box->cell->rowspan;
        }
    for (int c = 0; c < layout->table->column_count; c++) {
        bool hungry = natural_width(layout, &layout->columns[c]) > layout->columns[c].width;
        weights[c] = hungry && weights[c] > 0 ? square_root(weights[c]) : 0;
    }
}

/* What a column would have at `share` for 65536 of weight: no less than it has, no more than it
 * needs. */
static Length fed_width(const TableLayout *layout, int c, const int64_t *weights, int64_t share)
{
    const ColumnBox *column = &layout->columns[c];
    int64_t width = share * weights[c] / 65536;
    Length natural = natural_width(layout, column);
    return length_max(column->width, width < natural ? (Length)width : natural);
}

static int64_t fed_sum(const TableLayout *layout, const int64_t *weights, int64_t share)
{
    int64_t sum = 0;
    for (int c = 0; c < layout->table->column_count; c++)
        sum += fed_width(layout, c, weights, share);
    return sum;
}

/* Room left goes first to the columns whose texts would still break, by their weights. Heads had
 * their share in relax_heads. */
static void feed_long_columns(TableLayout *layout)
{
    int64_t *weights = ARENA_ARRAY(layout->ts->arena, int64_t, layout->table->column_count);
    int64_t low = 0, high = (int64_t)layout->measure * 65536;
    weigh_columns(layout, weights);
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (fed_sum(layout, weights, middle) <= layout->measure)
            low = middle;
        else
            high = middle;
    }
    for (int c = 0; c < layout->table->column_count; c++)
        layout->columns[c].width = fed_width(layout, c, weights, low);
}

/* A first column of one or two characters (序号) is not blown up to the width of the others. */
static Length level_width(const TableLayout *layout, const ColumnBox *column, Length level)
{
    Length em = layout->style->size, content = length_max(column->body, column->head);
    bool numbering = column == layout->columns && content <= 2 * em;
    Length cap = numbering ? length_max(4 * em, column->width) : layout->measure;
    return column->declared ? column->width : length_max(column->width, length_min(level, cap));
}

/* Fills the measure like water: the narrow columns rise to one common width, wider ones stay. */
static void level_columns(TableLayout *layout)
{
    Length low = 0, high = layout->measure;
    while (high - low > 1) {
        Length middle = low + (high - low) / 2;
        int64_t sum = 0;
        for (int c = 0; c < layout->table->column_count; c++)
            sum += level_width(layout, &layout->columns[c], middle);
        if (sum <= layout->measure)
            low = middle;
        else
            high = middle;
    }
    for (int c = 0; c < layout->table->column_count; c++)
        layout->columns[c].width = level_width(layout, &layout->columns[c], low);
}

/* What is left (all columns narrow, or rounding) is shared out evenly, so that the frame meets the
 * measure exactly. */
static void share_rest(TableLayout *layout, int open)
{
    Length rest = layout->measure - full_width(layout);
    for (int c = 0; c < layout->table->column_count && open > 0; c++) {
        if (layout->columns[c].declared)
            continue;
        layout->columns[c].width += rest / open;
        rest -= rest / open--;
    }
}

static void settle_positions(TableLayout *layout)
{
    layout->width = full_width(layout);
    layout->left = (layout->measure - layout->width) / 2;
    Length x = 0;
    for (int c = 0; c < layout->table->column_count; c++) {
        layout->columns[c].left = x;
        x += layout->columns[c].width;
    }
}

/* The wished widths with heads of as few lines as fit; returns how many. */
static int wish_widths(TableLayout *layout)
{
    for (int head_lines = 1;; head_lines++) {
        wish(layout, head_lines);
        widen_for_spans(layout, layout->head, layout->table->head_rows);
        widen_for_spans(layout, layout->rows, layout->table->row_count);
        if (layout->page_total)
            widen_for_spans(layout, layout->page_total, 1);
        if (full_width(layout) <= layout->measure || head_lines == layout->style->head_lines)
            return head_lines;
    }
}

bool table_columns(TableLayout *layout, bool strict)
{
    int open = take_declared(layout), head_lines = wish_widths(layout);
    if (full_width(layout) > layout->measure && (strict || !squeeze(layout)))
        return false;
    relax_heads(layout, head_lines);
    feed_long_columns(layout);
    level_columns(layout);
    share_rest(layout, open);
    settle_positions(layout);
    return true;
}
