/* A picture with its caption below, 图1　…: centred, never parted. */
#include "typeset/caption.h"
#include "typeset/page/picture.h"

/* Of its own accord a picture is as wide as the text, unless that leaves it fewer pixels an inch.
 */
enum { NATURAL_DPI = 150 };

#define CAPTION_GAP LENGTH_PT(7) /* as below charts */

typedef struct Figure {
    Caption caption;
    const char *alt;
    Length width, height; /* of the picture */
} Figure;

static bool need_figure(PageBuilder *builder, const Item *item)
{
    const DocFigure *figure = item->block->figure;
    return caption_need(
        builder->ts.fonts, "图", figure->number, figure->picture.caption, figure->picture.at);
}

static Length caption_height(const Figure *figure)
{
    return figure->caption.lines ? CAPTION_GAP + figure->caption.height : 0;
}

static Length figure_height(const Figure *figure)
{
    return figure->height + caption_height(figure);
}

/* Nor does it fill more than two thirds of a page; a width that was wished may fill it all. */
static void settle_size(PageBuilder *builder, const Item *item, const PageGrid *grid, Figure *out)
{
    const DocFigure *figure = item->block->figure;
    const DocPicture *picture = &figure->picture;
    Length tallest = grid->height - caption_height(out);
    Length wished = figure->width;
    if (wished == 0) {
        wished = picture_width_at(picture, NATURAL_DPI);
        tallest = figure->fills ? tallest : length_min(tallest, grid->height / 3 * 2);
    }
    out->width = length_min(wished, grid->width);
    out->height = picture_height(picture, out->width);
    if (out->height > tallest) {
        out->height = tallest;
        out->width = picture_width(picture, tallest);
    }
    if (figure->width > 0 && out->width < wished) {
        diag_add(builder->ts.diags, DIAG_W360, &picture->at, picture->name,
            (int)((wished + LENGTH_MM(0.5)) / LENGTH_MM(1)),
            (int)((out->width + LENGTH_MM(0.5)) / LENGTH_MM(1)));
    }
}

static bool measure_figure(PageBuilder *builder, Item *item)
{
    const DocFigure *figure = item->block->figure;
    PageGrid grid = picture_grid(builder, item);
    Figure *own = ARENA_NEW(builder->ts.arena, Figure);
    own->caption = caption_break(
        &builder->ts, "图", figure->number, figure->picture.caption, NULL, grid.width);
    if (grid.height - caption_height(own) < PICTURE_LEAST) {
        return diag_add(builder->ts.diags, DIAG_E363, &figure->picture.at);
    }
    own->alt = picture_alt(builder, &figure->picture, NULL, figure->picture.caption);
    settle_size(builder, item, &grid, own);
    picture_check(builder, &figure->picture, own->width);
    item->own = own;
    return true;
}

static Length figure_least(const PageBuilder *builder, const Item *item)
{
    (void)builder;
    return figure_height(item->own);
}

bool figure_put(PageBuilder *builder, const Item *item)
{
    const Figure *own = item->own;
    const DocPicture *picture = &item->block->figure->picture;
    Length y = float_top(builder, item, figure_height(own)), x = builder->grid.left;
    if (item->block->figure->fills) { /* where the eye looks, a little above the middle */
        y += (grid_bottom(&builder->grid) - y - figure_height(own)) * 2 / 5;
    }
    Pages *pages = builder->ts.pages;
    flow_note_place(builder, item);
    int group = pages_tag(pages, 0, TAG_GROUP);
    Rect frame = {.x = x + (builder->grid.width - own->width) / 2,
        .y = y,
        .width = own->width,
        .height = own->height};
    picture_place(builder, picture, &frame, group, own->alt);
    tag_hold(builder, own->caption.lines ? pages_tag(pages, group, TAG_CAPTION) : 0);
    caption_place(
        &builder->ts, flow_page(builder), &own->caption, x, y + own->height + CAPTION_GAP);
    float_end(builder, item, y + figure_height(own));
    return true;
}

static bool place_figure(PageBuilder *builder, Item *item)
{
    Length height = figure_height(item->own) + float_sign_room(builder, item);
    if (!builder->fresh && height > flow_room(builder)) {
        if (float_defer(builder, item)) {
            return true;
        }
        if (!flow_next_page(builder)) {
            return false;
        }
    }
    return figure_put(builder, item);
}

const ItemClass FIGURE_CLASS = {need_figure, measure_figure, figure_least, NULL, place_figure};
