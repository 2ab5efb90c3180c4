/* The grid of a page: GB/T 9704 5.2, clause 8 for landscape pages; typesetting.md 1.3, 6.1. */
#include "typeset/page/page_internal.h"

PageGrid grid_portrait(const DocStyle *style, int page_number)
{
    bool even = page_number % 2 == 0;
    const TypeArea *area = &style->area;
    return (PageGrid){
        .left = style->mirror && even ? PAPER_WIDTH - area->left - area->width : area->left,
        .top = area->top,
        .width = area->width,
        .height = area->height,
        .size = style->body_size,
        .cell = style->cell,
        .pitch = style->pitch,
        .lines = style->lines,
    };
}

/* Seen upright the turned sheet has the portrait page's foot at its left, its left at the top. */
PageGrid grid_landscape(const DocStyle *style, int page_number)
{
    const TypeArea *area = &style->area;
    return (PageGrid){
        .left = PAPER_HEIGHT - area->top - area->height,
        .top = grid_portrait(style, page_number).left,
        .width = area->height,
        .height = area->width,
        .size = style->body_size,
        .cell = style->cell,
        .pitch = style->pitch,
        .lines = (area->width - style->body_size) / style->pitch + 1,
    };
}

/* Its last line ends as far above the second red line as the standard has it. */
PageGrid grid_letter(const DocStyle *style)
{
    PageGrid grid = grid_portrait(style, 1);
    Length bottom = LETTER_FOOT - LETTER_RULE - LETTER_GAP;
    grid.lines = (bottom - AREA_TOP - grid.size) / grid.pitch + 2;
    grid.height = grid.pitch * (grid.lines - 1) + grid.size;
    grid.top = bottom - grid.height;
    return grid;
}

Length grid_line_top(const PageGrid *grid, int line)
{
    /* Worked out from the whole, so that the last line ends where the type area does: “撑满版心”.
     */
    int gaps = grid->lines - 1;
    Length filled = grid->pitch * gaps, slack = grid->height - grid->size - filled;
    bool fills = slack >= 0 && slack < gaps;
    return grid->top +
           (fills ? (Length)((int64_t)line * (filled + slack) / gaps) : grid->pitch * line);
}

Length grid_bottom(const PageGrid *grid)
{
    return grid->top + grid->height;
}

int grid_line_from(const PageGrid *grid, Length y)
{
    int line = 0;
    while (grid_line_top(grid, line) < y) {
        line++;
    }
    return line;
}

Length grid_lines_height(const PageGrid *grid, int lines)
{
    return lines > 0 ? grid_line_top(grid, lines - 1) - grid->top + grid->size : 0;
}

Length grid_gap(const PageBuilder *builder, int lines, bool above_body)
{
    const DocStyle *style = builder->style;
    if (style->gap_mode == GAP_DISTANCE || (style->gap_mode == GAP_AUTO && above_body)) {
        return GAP_LINE * lines;
    }
    return style->pitch * (lines + 1) - style->body_size;
}

TextStyle body_style(const PageBuilder *builder, Role role)
{
    const DocStyle *style = builder->style;
    Role face = role == ROLE_BODY && style->read_aloud ? ROLE_TITLE : role; /* bold 宋体 */
    return (TextStyle){.role = face, .size = style->body_size, .cell = style->cell};
}

Length item_measure(const PageBuilder *builder, const Item *item)
{
    const TypeArea *area = &builder->style->area;
    return item->landscape > 0 ? area->height : area->width;
}

Length item_page_height(const PageBuilder *builder, const Item *item)
{
    const TypeArea *area = &builder->style->area;
    return item->landscape > 0 ? area->width : area->height;
}
