/* Lines that hang below a label: 附件说明 (GB/T 9704 7.3.4; typesetting.md B11), 出席 请假 列席
 * (10.3; M2, M3). */
#include "typeset/page/page_internal.h"

static const char ATTACHMENT_LABEL[] = "附件：";

void label_measure(PageBuilder *builder, Item *item)
{
    if (!item->label) {
        return;
    }
    const TextStyle *style = &item->label->style;
    if (item->label_below) {
        item->label_left += text_width(&builder->ts, style, item->label_below);
    }
    item->label_width = text_width(&builder->ts, style, item->label->text);
    item->spec.first_indent = item->spec.hang_indent = item->label_left + item->label_width;
}

void label_place(PageBuilder *builder, const Item *item)
{
    if (item->label) {
        Page *page = flow_page(builder);
        Length x = builder->grid.left + item->label_left;
        page->tag = tag_of_label(builder);
        text_put(&builder->ts, page, &item->label->style, item->label->text, x,
            flow_top(builder) + text_ascent(builder->grid.size), ALIGN_LEFT, TEXT_GOES_ON);
        page->tag = builder->tag;
    }
}

/* Its label in 黑体; names in 仿宋 hang after the colon. */
void attendance_item(PageBuilder *builder, Item *item)
{
    const Block *block = item->block;
    TextStyle hei = body_style(builder, ROLE_HEI), body = body_style(builder, ROLE_BODY);
    const char *label = arena_printf(builder->ts.arena, "%s：", block->number);
    item->label = item_text(builder, label, &hei, block->at);
    item->label_left = builder->style->cell * 2;
    item->pieces = text_pieces(&builder->ts, block->content, &body);
}

static void attachment_item(PageBuilder *builder, Item *item, const DocAttachment *attachment)
{
    TextStyle style = body_style(builder, ROLE_BODY);
    bool first = attachment == item->block->attachments;
    const char *number =
        attachment->number > 0 ? arena_printf(builder->ts.arena, "%d. ", attachment->number) : "";
    const char *label =
        first ? arena_printf(builder->ts.arena, "%s%s", ATTACHMENT_LABEL, number) : number;
    item->label = item_text(builder, label, &style, item->block->at);
    item->label_left = builder->style->cell * 2;
    item->label_below = first ? NULL : ATTACHMENT_LABEL;
    item->gap_before = first;
    item->closing = true;
    item->keep_next = attachment->next != NULL;
    item->pieces = text_pieces(&builder->ts, attachment->title, &style);
}

void attachment_list_items(PageBuilder *builder, Item *item)
{
    for (const DocAttachment *one = item->block->attachments; one; one = one->next) {
        attachment_item(builder, item, one);
        if (one->next) {
            Item *following = arena_copy(builder->ts.arena, item, sizeof *item);
            item->next = following;
            item = following;
        }
    }
}
