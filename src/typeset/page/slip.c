/* A slip to cut off, as a 回执: below a dashed line, with its title and blocks on one page. */
#include "typeset/page/page_internal.h"

enum { CUT_LINES = 2 }; /* blank lines about the cut */

#define CUT_WIDTH LENGTH_PT(0.75)
#define CUT_DASH LENGTH_PT(4)

static bool measure(PageBuilder *builder, Item *item)
{
    item->lines = text_break(&builder->ts, item->pieces, &item->spec);
    return true;
}

Length slip_cut_height(const PageBuilder *builder)
{
    return builder->grid.pitch * CUT_LINES;
}

/* Title and the blank line below it, the cut above. */
static Length whole(const PageBuilder *builder, const Item *item)
{
    return grid_lines_height(&builder->grid, CUT_LINES + item->lines->count + 1);
}

/* In the middle of the blank lines, over the whole type area. */
static void put_cut(PageBuilder *builder)
{
    Arena *arena = builder->ts.arena;
    const PageGrid *grid = &builder->grid;
    Length above = grid_line_top(grid, builder->line - 1) + grid->size;
    Length y = (above + grid_line_top(grid, builder->line + CUT_LINES)) / 2;
    Shape *shape = &page_mark(arena, flow_page(builder), MARK_SHAPE)->shape;
    *shape = (Shape){.stroke_width = CUT_WIDTH, .dash = {CUT_DASH, CUT_DASH, CUT_DASH, CUT_DASH}};
    path_move(arena, &shape->path, grid->left, y);
    path_line(arena, &shape->path, grid->left + grid->width, y);
    builder->line += CUT_LINES;
}

static bool place(PageBuilder *builder, Item *item)
{
    bool room = builder->fresh || item->keep == 0 || keep_fits(builder, item);
    if (!room ? !flow_next_page(builder)
              : !flow_make_room(builder, flow_least_height(builder, item))) {
        return false;
    }
    if (!builder->fresh) {
        put_cut(builder);
    }
    flow_note_place(builder, item);
    for (int i = 0; i < item->lines->count; i++) {
        lines_put(builder, item->lines->lines[i],
            i + 1 == item->lines->count ? TEXT_NEW_LINE : TEXT_GOES_ON);
    }
    builder->line++;
    return true;
}

const ItemClass SLIP_CLASS = {item_need, measure, whole, whole, place};
