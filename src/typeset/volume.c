#include "typeset/volume.h"

/* ---- joining ---- */

static void append_tags(Pages *volume, const Pages *pages)
{
    int before = (int)volume->tag_count - 1;
    if (pages->tag_count == 0)
        return;
    if (volume->tag_count == 0) {
        pages_tagged(volume);
        before = 0;
    }
    for (size_t i = 1; i < pages->tag_count; i++) {
        Tag tag = pages->tags[i];
        tag.parent = tag.parent > 0 ? tag.parent + before : 0;
        tag.lead = tag.lead > 0 ? tag.lead + before : 0;
        int made = pages_tag(volume, tag.parent, tag.kind);
        volume->tags[made] = tag;
    }
}

/* The paper is of use in the volume only. */
static void move_marks(Pages *volume, const Pages *pages, Page *page, int tags_before)
{
    for (size_t i = 0; i < page->mark_count; i++) {
        Mark *mark = &page->marks[i];
        if (mark->tag > 0)
            mark->tag += tags_before;
        if (mark->kind == MARK_PICTURE)
            mark->picture.image = pages_image(volume, &pages->images[mark->picture.image]);
    }
}

static void append_notes(Pages *volume, const Pages *pages, int pages_before, int levels, int tags)
{
    for (size_t i = 0; i < pages->outline_count; i++) {
        const OutlineEntry *entry = &pages->outline[i];
        pages_outline(
            volume, entry->level + levels, entry->title, entry->page + pages_before, entry->y);
    }
    for (size_t i = 0; i < pages->figure_count; i++) {
        PageFigure figure = pages->figures[i];
        figure.page += pages_before;
        pages_figure(volume, &figure);
    }
    for (size_t i = 0; i < pages->link_count; i++) {
        PageLink link = pages->links[i];
        link.page += pages_before;
        link.tag += link.tag > 0 ? tags : 0;
        pages_link(volume, &link);
    }
}

void volume_join(Pages *volume, const Pages *pages, int levels)
{
    int before = (int)volume->page_count;
    int tags = volume->tag_count > 0 ? (int)volume->tag_count - 1 : 0;
    append_tags(volume, pages);
    append_notes(volume, pages, before, levels, tags);
    for (size_t i = 0; i < pages->page_count; i++) {
        Page *page = pages_add(volume, pages->pages[i].width, pages->pages[i].height);
        *page = pages->pages[i];
        move_marks(volume, pages, page, tags);
        if (page->foreign > 0)
            page->foreign = pages_foreign(volume, &pages->foreigns[page->foreign - 1]);
    }
}

/* ---- counting ---- */

void volume_pad(Pages *volume)
{
    if (volume->page_count % 2 == 0)
        return;
    Page before = volume->pages[volume->page_count - 1];
    pages_add(volume, before.width, before.height);
}

const char *volume_prefix(Arena *arena, const VolumeCount *count)
{
    return count->by_parts && count->part > 0 ? arena_printf(arena, "%d-", count->part) : NULL;
}

/* As it would be printed, on those pages too that do not show it: 信函 has none on its first. */
static void number_page(const Pages *body, VolumeCount *count, Page *page)
{
    const char *prefix = volume_prefix(body->arena, count);
    count->page++;
    if (!page->label && !count->between)
        page->label = arena_printf(body->arena, "%s%d", prefix ? prefix : "", count->page);
}

void volume_begin_paper(Pages *body, VolumeCount *count)
{
    size_t before = body->page_count;
    volume_pad(body);
    if (body->page_count > before)
        number_page(body, count, &body->pages[before]);
}

void volume_begin_part(Pages *body, VolumeCount *count)
{
    volume_begin_paper(body, count);
    count->part++;
    count->between = false;
    if (count->by_parts)
        count->page = 0;
}

void volume_begin_divider(Pages *body, VolumeCount *count)
{
    volume_begin_paper(body, count);
    count->between = count->by_parts;
}

void volume_append(Pages *body, VolumeCount *count, const Pages *paper, int levels)
{
    size_t before = body->page_count;
    volume_join(body, paper, levels);
    for (size_t i = before; i < body->page_count; i++)
        number_page(body, count, &body->pages[i]);
}
