/* Blocks as tags (PDF/UA-1). A paper has no sections but its headings: all hang on the paper
 * itself, but for what consists of parts. */
#include "typeset/page/page_internal.h"

void tag_hold(PageBuilder *builder, int tag)
{
    builder->tag = tag;
    flow_page(builder)->tag = tag;
}

int tag_of_label(const PageBuilder *builder)
{
    int lead = builder->tag > 0 ? builder->ts.pages->tags[builder->tag].lead : 0;
    return lead > 0 ? lead : builder->tag;
}

/* What follows `lead` on its first line. */
static int behind(Pages *pages, int parent, TagKind kind, int lead)
{
    int tag = pages_tag(pages, parent, kind);
    if (tag > 0) {
        pages->tags[tag].lead = lead;
    }
    return tag;
}

/* Paragraphs with a label: items of <list>; lines of the 附件说明, of which the only one is none.
 */
static bool is_listed(const Block *block)
{
    return (block->kind == BLOCK_PARAGRAPH && block->number) ||
           (block->kind == BLOCK_ATTACHMENT_LIST && block->attachments->next);
}

static int list_entry(PageBuilder *builder, const Item *item)
{
    Pages *pages = builder->ts.pages;
    const Item *last = builder->last;
    if (!last || !is_listed(last->block) || last->block->kind != item->block->kind) {
        builder->list = pages_tag(pages, 0, TAG_LIST);
    }
    int entry = pages_tag(pages, builder->list, TAG_ITEM);
    return behind(pages, entry, TAG_BODY, pages_tag(pages, entry, TAG_LABEL));
}

/* The title is the heading of level 1, so 一、 has level 2. */
static int lines(PageBuilder *builder, const Item *item)
{
    const Block *block = item->block;
    Pages *pages = builder->ts.pages;
    if (block->kind == BLOCK_HEADING) {
        int heading = pages_tag_heading(pages, block->level + 1);
        return block->run_in ? behind(pages, 0, TAG_PARAGRAPH, heading) : heading;
    }
    return is_listed(block) ? list_entry(builder, item) : pages_tag(pages, 0, TAG_PARAGRAPH);
}

void tag_item(PageBuilder *builder, const Item *item)
{
    switch (item->kind) {
    case ITEM_TITLE:
    case ITEM_ATTACHMENT:
    case ITEM_SLIP:
    case ITEM_CONTENTS:
        tag_hold(builder, pages_tag_heading(builder->ts.pages, 1));
        break;
    case ITEM_LINES:
        tag_hold(builder, lines(builder, item));
        break;
    default:
        tag_hold(builder, 0);
    }
}
