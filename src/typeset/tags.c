/* What each mark is, for those who have the paper read to them. Without pages_tagged all of it does
 * nothing. */
#include "typeset/pages.h"

enum { DEEPEST_HEADING = 6 };

static bool is_tagged(const Pages *pages)
{
    return pages->tag_count > 0;
}

static int add(Pages *pages, const Tag *tag)
{
    pages->tags = arena_grow(
        pages->arena, pages->tags, pages->tag_count, &pages->tag_capacity, sizeof *pages->tags);
    pages->tags[pages->tag_count] = *tag;
    return (int)pages->tag_count++;
}

void pages_tagged(Pages *pages)
{
    add(pages, &(Tag){.kind = TAG_PAPER});
}

int pages_tag(Pages *pages, int parent, TagKind kind)
{
    return is_tagged(pages) ? add(pages, &(Tag){.kind = kind, .parent = parent}) : 0;
}

static int last_level(const Pages *pages)
{
    for (size_t i = pages->tag_count; i > 0; i--) {
        if (pages->tags[i - 1].kind == TAG_HEADING) {
            return pages->tags[i - 1].level;
        }
    }
    return 0;
}

int pages_tag_heading(Pages *pages, int level)
{
    int deepest = last_level(pages) + 1;
    deepest = deepest < DEEPEST_HEADING ? deepest : DEEPEST_HEADING;
    Tag tag = {.kind = TAG_HEADING, .level = level < deepest ? level : deepest};
    return is_tagged(pages) ? add(pages, &tag) : 0;
}

int pages_tag_figure(Pages *pages, int parent, const char *alt, const Rect *area)
{
    Tag tag = {.kind = TAG_FIGURE, .parent = parent, .alt = alt, .area = *area};
    return is_tagged(pages) ? add(pages, &tag) : 0;
}

void pages_tag_texts(Pages *pages, Page *page, size_t first)
{
    int tag = 0;
    for (size_t i = first; is_tagged(pages) && i < page->mark_count; i++) {
        Mark *mark = &page->marks[i];
        if (mark->kind == MARK_GLYPHS) {
            tag = tag > 0 ? tag : pages_tag(pages, 0, TAG_PARAGRAPH);
            mark->tag = tag;
            bool ends = mark->run.end == TEXT_NEW_LINE || mark->run.end == TEXT_TAB;
            tag = ends ? 0 : tag;
        }
    }
}

const char *tag_name(const Tag *tag)
{
    static const char *const HEADINGS[] = {"H1", "H1", "H2", "H3", "H4", "H5", "H6"};
    static const char *const NAMES[TAG_KIND_COUNT] = {
        [TAG_PAPER] = "Document",
        [TAG_PARAGRAPH] = "P",
        [TAG_LIST] = "L",
        [TAG_ITEM] = "LI",
        [TAG_LABEL] = "Lbl",
        [TAG_BODY] = "LBody",
        [TAG_CONTENTS] = "TOC",
        [TAG_ENTRY] = "TOCI",
        [TAG_REFERENCE] = "Reference",
        [TAG_LINK] = "Link",
        [TAG_TABLE] = "Table",
        [TAG_ROW] = "TR",
        [TAG_COLUMN_HEAD] = "TH",
        [TAG_ROW_HEAD] = "TH",
        [TAG_CELL] = "TD",
        [TAG_GROUP] = "Div",
        [TAG_FIGURE] = "Figure",
        [TAG_CAPTION] = "Caption",
        [TAG_NOTE] = "Note",
    };
    return tag->kind == TAG_HEADING ? HEADINGS[tag->level] : NAMES[tag->kind];
}
