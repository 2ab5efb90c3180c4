/* The pages of a volume: first the characters of all that it holds, one cut of the fonts, then the
 * body, whose pages the contents need, then the contents, then all of it joined. */
#include "base/limits.h"
#include "run/bundle/bundle.h"
#include "run/home.h"
#include "typeset/page/page.h"

int bundle_contents_levels(const Bundle *bundle)
{
    return bundle->plan->has_contents ? bundle->plan->contents_levels : 0;
}

/* ---- what is needed ---- */

/* What is wrong with the plan is told of the first paper that it strikes: `told` before. */
static bool begin_paper(
    Bundle *bundle, const BundlePart *part, BundlePaper *paper, const Diags *told)
{
    paper->diags = diag_of_part(bundle->diags, bundle->arena, part->name, told);
    if (bundle->plan->numbering == NUMBERING_PARTS)
        paper->document->number_prefix = ""; /* its characters are asked for now */
    paper->builder = typeset_begin(bundle->arena, paper->document, bundle->fonts, paper->diags);
    return paper->builder;
}

static bool begin_papers(Bundle *bundle)
{
    const Diags *told = bundle->parts[bundle->part_count - 1].diags;
    bool done = true;
    for (size_t i = 0; i < bundle->part_count; i++) {
        const BundlePart *part = &bundle->parts[i];
        for (size_t k = 0; k < part->paper_count; told = part->papers[k++].diags)
            done = begin_paper(bundle, part, &part->papers[k], told) && done;
    }
    return done;
}

/* ---- the body ---- */

/* The pages of a paper behind the body's; their first is where the paper begins. */
static const Pages *append_pages(
    Bundle *bundle, BundlePaper *paper, Pages *body, VolumeCount *count, int level)
{
    Document *document = paper->document;
    document->pages_before = count->page;
    document->number_prefix = volume_prefix(bundle->arena, count);
    const Pages *pages = typeset_end(paper->builder);
    if (pages)
        volume_append(body, count, pages, level);
    return pages;
}

static bool has_room(const Bundle *bundle, const Pages *body, long more)
{
    return (long)body->page_count + more <= LIMIT_PAGES ||
           diag_add(bundle->diags, DIAG_E309, NULL, LIMIT_PAGES);
}

/* Bookmarks of a part stand before those of its papers, though the pages come first. */
static bool append_paper(
    Bundle *bundle, const BundlePart *part, BundlePaper *paper, Pages *body, VolumeCount *count)
{
    bool unit = part->by_units && part->title;
    int level = part->level + unit, page = (int)body->page_count;
    if (unit && paper == part->papers)
        pages_outline(body, part->level, part->title, page, 0);
    pages_outline(body, level, paper->title, page, 0);
    size_t first = body->outline_count;
    const Pages *pages = append_pages(bundle, paper, body, count, level);
    if (!pages)
        return false;
    if (unit && paper == part->papers)
        bundle_enter(bundle, part->level, part->title, body, page);
    if (!unit || bundle_contents_levels(bundle) > 1)
        bundle_enter(bundle, level, paper->title, body, page);
    if (!part->by_units && pages->page_count > 1)
        bundle_enter_headings(bundle, level + 1, body, first);
    return has_room(bundle, body, 0);
}

static bool append_papers(Bundle *bundle, BundlePart *part, Pages *body, VolumeCount *count)
{
    bool done = true;
    volume_begin_part(body, count);
    for (size_t i = 0; i < part->paper_count; i++) {
        volume_begin_paper(body, count);
        done = append_paper(bundle, part, &part->papers[i], body, count) && done;
    }
    return done;
}

/* Pages that finish puts there; their places count, and nothing is stamped on them. */
static bool append_outside(Bundle *bundle, const BundlePart *part, Pages *body, VolumeCount *count)
{
    if (!has_room(bundle, body, part->foreign_count))
        return false;
    Pages *pages = pages_new(bundle->arena);
    int foreign = pages_foreign(pages, &part->foreign);
    for (long i = 0; i < part->foreign_count; i++) {
        const ForeignPage *size = &part->foreign_pages[i];
        Page *page = pages_add(pages, size->width, size->height);
        page->foreign = foreign;
        page->foreign_page = (int)i;
    }
    volume_begin_part(body, count);
    int first = (int)body->page_count;
    pages_outline(body, part->level, part->title, first, 0);
    volume_append(body, count, pages, part->level);
    bundle_enter(bundle, part->level, part->title, body, first);
    return true;
}

static bool append_divider(Bundle *bundle, BundlePart *part, Pages *body, VolumeCount *count)
{
    const Pages *pages = typeset_end(part->papers->builder);
    if (!pages)
        return false;
    volume_begin_divider(body, count);
    int page = (int)body->page_count;
    pages_outline(body, part->level, part->entry->title, page, 0);
    volume_append(body, count, pages, part->level);
    bundle_enter(bundle, part->level, part->entry->title, body, page);
    return true;
}

static Pages *make_body(Bundle *bundle)
{
    Pages *body = pages_new(bundle->arena);
    VolumeCount count = {.by_parts = bundle->plan->numbering == NUMBERING_PARTS};
    bool done = true;
    for (size_t i = 0; i < bundle->part_count; i++) {
        BundlePart *part = &bundle->parts[i];
        if (part->entry->kind == PLAN_DIVIDER)
            done = append_divider(bundle, part, body, &count) && done;
        else if (part->foreign_count > 0)
            done = append_outside(bundle, part, body, &count) && done;
        else if (part->paper_count > 0)
            done = append_papers(bundle, part, body, &count) && done;
    }
    if (done && body->page_count == 0) /* when= holds for no unit */
        done = diag_add(bundle->diags, DIAG_E594, NULL);
    return done ? body : NULL;
}

/* ---- all of it ---- */

static const Pages *make_cover(Bundle *bundle, struct PageBuilder *cover)
{
    return cover ? typeset_end(cover) : pages_new(bundle->arena);
}

/* The body begins on an odd page of the volume, too. */
static void join(Bundle *bundle, const Pages *cover, const Pages *contents, const Pages *body)
{
    Pages *volume = bundle->pages = pages_new(bundle->arena);
    if (cover->page_count > 0)
        pages_outline(volume, 1, "封面", 0, 0);
    volume_join(volume, cover, 0);
    volume_pad(volume);
    if (contents)
        pages_outline(volume, 1, "目录", (int)volume->page_count, 0);
    if (contents)
        volume_join(volume, contents, 0);
    volume_pad(volume);
    for (size_t i = 0; i < volume->link_count; i++)
        volume->links[i].target += (int)volume->page_count;
    volume_join(volume, body, 0);
    volume->volume = true;
    volume->title = bundle->plan->title;
    volume->author = bundle->cover.author;
    volume->subject = bundle->cover.subject;
    volume->date = bundle->cover.date;
    fonts_list(bundle->fonts, volume);
}

static bool make_pages(Bundle *bundle, struct PageBuilder *cover)
{
    const Pages *front = make_cover(bundle, cover), *body = make_body(bundle), *contents = NULL;
    bool listed = bundle->plan->has_contents;
    if (body && listed)
        contents = bundle_contents_pages(bundle);
    if (!front || !body || (listed && !contents))
        return false;
    join(bundle, front, contents, body);
    return true;
}

bool bundle_typeset(Bundle *bundle)
{
    struct PageBuilder *cover = NULL;
    bundle->fonts = fonts_open(bundle->arena, home_fonts(bundle->arena), bundle->diags);
    if (!bundle->fonts)
        return false;
    bool needed = bundle_contents_need(bundle);
    if (bundle->plan->has_cover) {
        cover = typeset_begin(bundle->arena, &bundle->cover, bundle->fonts, bundle->own);
        needed = cover && needed;
    }
    needed = begin_papers(bundle) && needed;
    bool made = needed && fonts_cut(bundle->fonts) && make_pages(bundle, cover);
    /* A character that was set without having been noted is told by the fonts, to the run. */
    return made && !diag_failed(bundle->diags);
}
