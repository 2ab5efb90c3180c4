/* What must stand together: headings with their text, the signature with what it signs, the groups
 * that a template keeps (typesetting.md 10.6). */
#include "typeset/page/page_internal.h"

static Length least_height(const PageBuilder *builder, const Item *item)
{
    return ITEM_CLASSES[item->kind]->least(builder, item);
}

static Length whole_height(const PageBuilder *builder, const Item *item)
{
    const ItemClass *class = ITEM_CLASSES[item->kind];
    Length whole = class->whole ? class->whole(builder, item) : 0;
    return whole > 0 ? whole : class->least(builder, item);
}

static bool is_text(const Item *item)
{
    return item->kind == ITEM_LINES || item->kind == ITEM_TITLE || item->kind == ITEM_SLIP;
}

/* From its top to the top of what follows: text takes the leading below its last line, other things
 * go on at a line of the grid that is clear of them. */
static Length height_with_next(const PageBuilder *builder, const Item *item)
{
    Length whole = whole_height(builder, item), pitch = builder->grid.pitch;
    if (is_text(item)) {
        return whole + pitch - builder->grid.size;
    }
    return (whole + float_gap(builder, item) + pitch - 1) / pitch * pitch;
}

/* ---------------------------------------------------------------- signatures */

/* 附注 stands on the line after the date, beside the lower part of a seal (GB/T 9704 7.3.6). */
static Length sign_height(const PageBuilder *builder, const Item *sign)
{
    const Item *next = sign->next;
    bool annotated =
        next && next->block->kind == BLOCK_ANNOTATION && next->landscape == sign->landscape;
    Length height = least_height(builder, sign);
    if (!annotated) {
        return height;
    }
    Length leading = builder->grid.pitch - builder->grid.size;
    Length texts = whole_height(builder, sign) + leading + whole_height(builder, next);
    return texts > height ? texts : height;
}

Length flow_sign_room(const PageBuilder *builder, const Item *item)
{
    if (builder->parted && !item->closing) {
        return 0;
    }
    Length room = builder->grid.pitch - builder->grid.size;
    const Item *next = item->next;
    for (; next && next->closing; next = next->next) {
        room += height_with_next(builder, next);
    }
    bool before_sign = next && next->kind == ITEM_SIGN && next->landscape == item->landscape;
    return before_sign ? room + sign_height(builder, next) : 0;
}

/* ---------------------------------------------------------------- with the next */

/* A group does not reach over the turn of a page (clause 8). */
static bool same_group(const Item *a, const Item *b)
{
    return a->keep == b->keep && a->landscape == b->landscape;
}

static bool begins_group(const Item *before, const Item *item)
{
    return item->keep > 0 && !same_group(before, item);
}

Length flow_least_height(const PageBuilder *builder, const Item *item)
{
    Length height = 0;
    const Item *first = item;
    while (item->keep_next && item->next && item->next->landscape == item->landscape) {
        height += height_with_next(builder, item);
        item = item->next;
        if (begins_group(first, item)) {
            Length all = height + keep_height(builder, item);
            if (all <= item_page_height(builder, item) + ROUNDING) {
                return all;
            }
        }
    }
    return height +
           (item->kind == ITEM_SIGN ? sign_height(builder, item) : least_height(builder, item));
}

/* ---------------------------------------------------------------- groups */

Length keep_height(const PageBuilder *builder, const Item *first)
{
    Length height = 0;
    for (const Item *item = first;; item = item->next) {
        bool last = !item->next || !same_group(first, item->next);
        if (last) {
            Length room = flow_sign_room(builder, item);
            return height + whole_height(builder, item) + room;
        }
        height += height_with_next(builder, item);
    }
}

/* A slip on a page of its own has no cut. */
bool keep_fits(const PageBuilder *builder, const Item *first)
{
    Length cut = first->kind == ITEM_SLIP ? slip_cut_height(builder) : 0;
    return keep_height(builder, first) - cut <= item_page_height(builder, first) + ROUNDING;
}

/* Has the group room where it comes, or on the next page? Not if that left a heading behind. */
static bool has_room(const PageBuilder *builder, const Item *first)
{
    bool headed = builder->last && builder->last->keep_next;
    return headed ? keep_height(builder, first) <= flow_room(builder) + ROUNDING
                  : keep_fits(builder, first);
}

bool keep_begin(PageBuilder *builder, const Item *item)
{
    if (item->keep == builder->keep) {
        return true;
    }
    builder->keep = item->keep;
    if (item->keep == 0) {
        return true;
    }
    if (!float_flush(builder)) { /* charts that wait would take the room */
        return false;
    }
    if (has_room(builder, item)) {
        return flow_make_room(builder, keep_height(builder, item));
    }
    if (builder->round == 0) {
        const char *name = item->kind == ITEM_SLIP ? "slip" : "keep";
        diag_add(builder->ts.diags, DIAG_W312, &item->block->at, name);
    }
    return true;
}
