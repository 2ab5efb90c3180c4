#include "typeset/page/picture.h"

enum { COARSE_DPI = 100 }; /* below, blocks are seen at reading distance */

PageGrid picture_grid(const PageBuilder *builder, const Item *item)
{
    return item->landscape > 0 ? grid_landscape(builder->style, 1)
                               : grid_portrait(builder->style, 1);
}

/* However narrow or flat it is, something is seen of it. */
static Length side(int64_t length)
{
    return length < LENGTH_PT(1) ? LENGTH_PT(1) : (Length)length;
}

Length picture_width(const DocPicture *picture, Length height)
{
    int across, down;
    imagehead_upright(&picture->head, &across, &down);
    return side((int64_t)height * across / down);
}

Length picture_height(const DocPicture *picture, Length width)
{
    int across, down;
    imagehead_upright(&picture->head, &across, &down);
    return side((int64_t)width * down / across);
}

Length picture_width_at(const DocPicture *picture, int dpi)
{
    int across, down;
    imagehead_upright(&picture->head, &across, &down);
    return (Length)((int64_t)LENGTH_PT(72) * across / dpi);
}

void picture_check(PageBuilder *builder, const DocPicture *picture, Length width)
{
    if (width > picture_width_at(picture, COARSE_DPI)) {
        int across, down;
        imagehead_upright(&picture->head, &across, &down);
        diag_add(builder->ts.diags, DIAG_W361, &picture->at, picture->name, across,
            (int)((width + LENGTH_MM(0.5)) / LENGTH_MM(1)));
    }
}

const char *picture_alt(PageBuilder *builder, const DocPicture *picture, const char *label,
    const Inline *caption)
{
    Arena *arena = builder->ts.arena;
    const char *text = caption ? inline_plain(arena, caption) : "";
    if (label) {
        return arena_printf(arena, "%s%s%s", label, *text ? "，" : "", text);
    }
    if (!*text && picture->path && builder->document->tagged) {
        diag_add(builder->ts.diags, DIAG_W581, &picture->at, picture->name);
    }
    return *text ? text : "图片";
}

void picture_place(PageBuilder *builder, const DocPicture *picture, const Rect *frame, int group,
    const char *alt)
{
    Pages *pages = builder->ts.pages;
    int image = pages_image(
        pages, &(PageImage){picture->path, picture->name, picture->head, picture->at});
    tag_hold(builder, pages_tag_figure(pages, group, alt, frame));
    page_mark(builder->ts.arena, flow_page(builder), MARK_PICTURE)->picture =
        (Picture){image, frame->x, frame->y, frame->width, frame->height};
    tag_hold(builder, 0);
}
