/* The contents of a volume: dividers, parts, and by its levels the units or headings in them. */
#include <string.h>

#include "run/bundle/bundle.h"
#include "typeset/page/page.h"

bool bundle_contents_need(Bundle *bundle)
{
    int levels = bundle_contents_levels(bundle);
    bool found = fonts_style(bundle->fonts, &bundle->cover.style);
    for (size_t i = 0; found && levels > 0 && i < bundle->part_count; i++) {
        const BundlePart *part = &bundle->parts[i];
        At at = part->entry->at;
        if (part->title)
            found = typeset_need_entry(bundle->fonts, part->title, at) && found;
        for (size_t k = 0; k < part->paper_count; k++) {
            const BundlePaper *paper = &part->papers[k];
            found = typeset_need_entry(bundle->fonts, paper->title, at) && found;
            if (!part->by_units)
                found = typeset_need_headings(bundle->fonts, paper->document, levels - 1) && found;
        }
    }
    return found;
}

void bundle_enter(Bundle *bundle, int level, const char *title, const Pages *body, int page)
{
    bundle->entries = arena_grow(bundle->arena, bundle->entries, bundle->entry_count,
        &bundle->entry_room, sizeof *bundle->entries);
    const char *number = body->pages[page].label;
    bundle->entries[bundle->entry_count++] =
        (DocEntry){.level = level, .title = title, .number = number, .page = page};
}

/* Without the 。 of a run-in heading. */
static const char *without_stop(Arena *arena, const char *title)
{
    size_t length = strlen(title), stop = strlen("。");
    bool stopped = length > stop && strcmp(title + length - stop, "。") == 0;
    return stopped ? arena_strndup(arena, title, length - stop) : title;
}

void bundle_enter_headings(Bundle *bundle, int level, const Pages *body, size_t first)
{
    int deepest = level + bundle_contents_levels(bundle) - 2;
    for (size_t i = first; i < body->outline_count; i++) {
        const OutlineEntry *heading = &body->outline[i];
        if (heading->level > deepest)
            continue;
        bundle_enter(bundle, heading->level, without_stop(bundle->arena, heading->title), body,
            heading->page);
        bundle->entries[bundle->entry_count - 1].y = heading->y;
    }
}

Pages *bundle_contents_pages(Bundle *bundle)
{
    Document *document = ARENA_NEW(bundle->arena, Document);
    const char *title = bundle->plan->contents_title;
    document->form = FORM_REPORT;
    document->layout = LAYOUT_CONTENTS;
    document->style = bundle->cover.style;
    document->draft = bundle_draft(bundle);
    document->tagged = bundle->job.accessible;
    document->entries = bundle->entries;
    document->entry_count = (int)bundle->entry_count;
    Block *block = document_add(bundle->arena, document, BLOCK_CONTENTS);
    block->content =
        inline_text(bundle->arena, title && *title ? title : "目　录", (At){.data = NULL});
    struct PageBuilder *builder =
        typeset_begin(bundle->arena, document, bundle->fonts, bundle->own);
    return builder && fonts_cut(bundle->fonts) ? typeset_end(builder) : NULL;
}
