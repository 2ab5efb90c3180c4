/* Text that flows line by line on the grid: paragraphs, headings, addressee, unit and date. */
#include "typeset/page/page_internal.h"

enum { MAX_LINE_NOTES = 8, MAX_LINES = 64 };

/* 孤行不成页 forbids that only the last line goes over. */
int lines_least(const PageBuilder *builder, const TextLines *lines)
{
    bool three = lines->count == 3 && builder->style->widow;
    return lines->count <= 2 ? lines->count : three ? 1 : 2;
}

static bool is_spoken(const PageBuilder *builder, const Item *item)
{
    return builder->style->read_aloud &&
           (item->block->kind == BLOCK_PARAGRAPH || item->block->run_in);
}

static bool measure(PageBuilder *builder, Item *item)
{
    label_measure(builder, item);
    item->lines = text_break(&builder->ts, item->pieces, &item->spec);
    item->least_lines = lines_least(builder, item->lines);
    if (is_spoken(builder, item)) {
        int sentence = read_aloud_first(builder, item);
        item->least_lines = sentence <= READ_ALOUD_EMPTY ? sentence : item->least_lines;
    }
    return true;
}

static Length gap_above(const PageBuilder *builder, const Item *item)
{
    return item->gap_before ? builder->grid.pitch : 0;
}

static Length least(const PageBuilder *builder, const Item *item)
{
    Length sign = item->lines->count <= 2 ? flow_sign_room(builder, item) : 0;
    return gap_above(builder, item) + grid_lines_height(&builder->grid, item->least_lines) + sign;
}

static Length whole(const PageBuilder *builder, const Item *item)
{
    return gap_above(builder, item) + grid_lines_height(&builder->grid, item->lines->count);
}

/* How many of the lines from `first` on fit on the page, footnotes included. */
static int lines_that_fit(const PageBuilder *builder, const TextLines *lines, int first)
{
    int numbers[MAX_LINE_NOTES * MAX_LINES], known = 0, count = 0;
    const PageGrid *grid = &builder->grid;
    for (int line = builder->line; first + count < lines->count && line < grid->lines; line++) {
        known += text_line_notes(lines->lines[first + count], numbers + known, MAX_LINE_NOTES);
        Length notes = notes_height_with(builder, numbers, known);
        if (grid_line_top(grid, line) + grid->size > grid_bottom(grid) - notes + ROUNDING) {
            break;
        }
        count++;
    }
    return count;
}

void lines_put(PageBuilder *builder, const TextLine *line, TextEnd end)
{
    int numbers[MAX_LINE_NOTES];
    Length top = flow_top(builder);
    notes_add(builder, numbers, text_line_notes(line, numbers, MAX_LINE_NOTES));
    text_put_line(&builder->ts, flow_page(builder), line, builder->grid.left,
        top + text_ascent(builder->grid.size), end);
    builder->line++;
    if (builder->front > 0) { /* below a title the grid does not hold yet */
        builder->front = top + builder->grid.pitch;
        builder->line = grid_line_from(&builder->grid, builder->front);
    }
    builder->below = 0;
    flow_occupy(builder, top + builder->grid.size);
}

/* One blank line between unit and date below the title and the body, which stands on the grid. */
static void end_front(PageBuilder *builder)
{
    if (builder->front > 0) {
        title_below(builder, builder->lowest, grid_gap(builder, 1, true));
    } else {
        builder->line++;
    }
}

static void place_lines(
    PageBuilder *builder, const TextLines *lines, int first, int count, bool page_ends)
{
    for (int i = first; i < first + count; i++) {
        /* The page number follows the last line of a page in the plain text. */
        bool ends = i + 1 == lines->count || (page_ends && i + 1 == first + count);
        lines_put(builder, lines->lines[i], ends ? TEXT_NEW_LINE : TEXT_GOES_ON);
    }
}

/* How many of the lines from `first` on to set on this page. */
static int lines_to_place(const PageBuilder *builder, const Item *item, int first)
{
    int rest = item->lines->count - first;
    int fit = lines_that_fit(builder, item->lines, first);
    Length sign = flow_sign_room(builder, item);
    if (fit >= rest && sign > 0) {
        Length end = grid_line_top(&builder->grid, builder->line + rest - 1) + builder->grid.size;
        if (end + sign > grid_bottom(&builder->grid) - builder->notes_height + ROUNDING) {
            /* The signature never stands alone: body text goes over with it (GB/T 9704 7.3.5.5). */
            return rest <= 2 ? 0 : rest - 2;
        }
    }
    if (fit >= rest) {
        return rest;
    }
    return rest - fit == 1 && builder->style->widow ? fit - 1 : fit;
}

/* A line whose footnotes leave it no room even on a page of its own. */
static bool report_high_note(PageBuilder *builder, const TextLine *line)
{
    int numbers[MAX_LINE_NOTES];
    text_line_notes(line, numbers, MAX_LINE_NOTES);
    return diag_add(builder->ts.diags, DIAG_E323, &builder->notes.items[numbers[0]].at);
}

/* The copy for reading aloud: what is left of the paragraph begins the next page as one of its own,
 * so that pages end with a sentence. `first`: the lines before it are on paper, and must be those
 * of the cut. */
static bool cut_at_sentence(PageBuilder *builder, Item *part, int first, int count)
{
    SpokenCut cut;
    if (!is_spoken(builder, part) || !read_aloud_cut(builder, part, first + count, &cut) ||
        cut.lines->count <= first ||
        lines_that_fit(builder, cut.lines, first) < cut.lines->count - first) {
        return false;
    }
    if (first > 0 &&
        !text_lines_end_alike(cut.lines->lines[first - 1], part->lines->lines[first - 1])) {
        return false;
    }
    place_lines(builder, cut.lines, first, cut.lines->count - first, true);
    part->pieces = cut.rest;
    part->spec.first_indent = part->spec.hang_indent;
    part->lines = text_break(&builder->ts, part->pieces, &part->spec);
    return true;
}

static bool place_paragraph(PageBuilder *builder, const Item *item)
{
    Item part = *item;
    for (int first = 0; first < part.lines->count;) {
        int count = lines_to_place(builder, &part, first);
        if (count <= 0 && builder->fresh) {
            if (lines_that_fit(builder, part.lines, first) == 0) {
                return report_high_note(builder, part.lines->lines[first]);
            }
            count = 1; /* its footnotes leave room for one line only */
        }
        count = count > 0 ? count : 0;
        bool more = first + count < part.lines->count;
        if (more && cut_at_sentence(builder, &part, first, count)) {
            first = 0;
        } else {
            place_lines(builder, part.lines, first, count, more);
            first += count;
        }
        if (more && !flow_next_page(builder)) {
            return false;
        }
    }
    return true;
}

/* May it begin at the line in hand, or `gap` lines below? */
static bool may_begin(PageBuilder *builder, const Item *item, int gap)
{
    builder->line += gap;
    int count = lines_to_place(builder, item, 0);
    builder->line -= gap;
    if (is_spoken(builder, item) && item->least_lines <= READ_ALOUD_EMPTY) {
        return count >= item->least_lines || count == item->lines->count;
    }
    return count > 0;
}

static bool make_room(PageBuilder *builder, const Item *item)
{
    if (item->keep_next) {
        return flow_make_room(builder, flow_least_height(builder, item));
    }
    return builder->fresh || may_begin(builder, item, item->gap_before) || flow_next_page(builder);
}

static bool place(PageBuilder *builder, Item *item)
{
    if (!make_room(builder, item)) {
        return false;
    }
    builder->line += item->gap_before && !builder->fresh;
    cover_foot(builder, item);
    flow_note_place(builder, item);
    label_place(builder, item);
    if (!place_paragraph(builder, item)) {
        return false;
    }
    if (item->front && !(item->next && item->next->front)) {
        end_front(builder);
    }
    return true;
}

const ItemClass LINES_CLASS = {item_need, measure, least, whole, place};
