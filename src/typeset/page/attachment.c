/* An attachment: on pages of its own, 附件1 on the first line, its title on the third (GB/T 9704
 * 7.3.7; typesetting.md B20, B21). */
#include "typeset/page/page_internal.h"

enum { TITLE_LINE = 2 };

static Length least(const PageBuilder *builder, const Item *item)
{
    return builder->grid.pitch * TITLE_LINE + title_height(builder, item->lines);
}

static bool place(PageBuilder *builder, Item *item)
{
    if (!builder->fresh && !flow_next_page(builder)) {
        return false;
    }
    flow_note_place(builder, item);
    label_place(builder, item);
    builder->line = TITLE_LINE;
    Length bottom = title_put(builder, item->lines, flow_top(builder));
    title_below(builder, bottom, grid_gap(builder, 1, true));
    return true;
}

const ItemClass ATTACHMENT_CLASS = {item_need, title_measure, least, NULL, place};
