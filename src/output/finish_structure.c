/* The structure tree of a tagged paper (ISO 32000-1 14.7, 14.8; PDF/UA-1): Cairo's own is thrown
 * away, only the stretches of marks that it sets apart are kept, and get their names. What is no
 * text becomes an artifact. */
#include <stdlib.h>
#include "base/buf.h"
#include "output/content.h"
#include "output/finish_internal.h"

/* A stretch of marks of one tag on a page. */
typedef struct Stretch {
    int page, number; /* MCID */
    struct Stretch *next;
} Stretch;

typedef struct Leaf {
    Stretch *first, *last;
} Leaf;

typedef struct Structure {
    Finisher *f;
    const Pages *pages;
    Arena *arena;
    Leaf *leaves;      /* by tag */
    bool *kept;        /* by tag: it has text, or parts that have, or is a cell */
    int *elements;     /* by tag: the object's number */
    int *sheets;       /* of the pages, too */
    int tree, parents; /* the tree's root, and the parent tree */
} Structure;

/* Handles are let go in between: a paper of long tables has a hundred thousand elements, and qpdf
 * keeps what has a handle. */
static qpdf_oh object(Structure *s, int number)
{
    return qpdf_get_object_by_id(s->f->qpdf, number, 0);
}

static int new_object(Structure *s, qpdf_oh value)
{
    return qpdf_oh_get_object_id(s->f->qpdf, qpdf_make_indirect_object(s->f->qpdf, value));
}

static void release(Structure *s)
{
    qpdf_oh_release_all(s->f->qpdf);
}

static qpdf_oh name(Structure *s, const char *text)
{
    return qpdf_oh_new_name(s->f->qpdf, text);
}

static qpdf_oh integer(Structure *s, long long value)
{
    return qpdf_oh_new_integer(s->f->qpdf, value);
}

/* ---- pages ---- */

static void add_stretch(Structure *s, int tag, int page, int number)
{
    Stretch *made = ARENA_NEW(s->arena, Stretch);
    Leaf *leaf = &s->leaves[tag];
    *made = (Stretch){.page = page, .number = number};
    *(leaf->last ? &leaf->last->next : &leaf->first) = made;
    leaf->last = made;
}

/* The stretches as the painter parts them; their openings, in their order. */
static const char **list_stretches(Structure *s, int index, int *tags, size_t *count, int *numbered)
{
    const Page *page = &s->pages->pages[index];
    const char **openings = ARENA_ARRAY(s->arena, const char *, page->mark_count + 1);
    *count = 0;
    *numbered = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        int tag = page->marks[i].tag;
        if (i > 0 && tag == page->marks[i - 1].tag)
            continue;
        openings[(*count)++] = tag == 0 ? "/Artifact BMC"
                                        : arena_printf(s->arena, "/%s <</MCID %d>> BDC",
                                              tag_name(&s->pages->tags[tag]), *numbered);
        if (tag > 0) {
            add_stretch(s, tag, index, *numbered);
            tags[(*numbered)++] = tag;
        }
    }
    return openings;
}

static bool rename_stretches(Structure *s, int index, const char *const *openings, size_t count)
{
    Finisher *f = s->f;
    unsigned char *bytes = NULL;
    size_t length = 0, found = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    Buf marked = {0};
    qpdf_oh stream = key(f, object(s, s->sheets[index]), "/Contents");
    if (!(qpdf_oh_get_stream_data(
              f->qpdf, stream, qpdf_dl_generalized, &filtered, &bytes, &length) &
            QPDF_ERRORS) &&
        bytes) {
        found = content_mark((const char *)bytes, length, openings, count, &marked);
        if (found > 0)
            finish_set_contents(f, stream, &marked);
    }
    buf_free(&marked);
    free(bytes);
    return found == count;
}

/* /StructParents leads from a stretch to its element: an array for each page. */
static void add_parents(Structure *s, int index, const int *tags, int count)
{
    qpdf_data qpdf = s->f->qpdf;
    qpdf_oh elements = qpdf_oh_new_array(qpdf), sheet = object(s, s->sheets[index]);
    qpdf_oh numbers = key(s->f, object(s, s->parents), "/Nums");
    for (int i = 0; i < count; i++)
        qpdf_oh_append_item(qpdf, elements, object(s, s->elements[tags[i]]));
    qpdf_oh_append_item(qpdf, numbers, integer(s, index));
    qpdf_oh_append_item(qpdf, numbers, qpdf_make_indirect_object(qpdf, elements));
    set(s->f, sheet, "/StructParents", integer(s, index));
    set(s->f, sheet, "/Tabs", name(s, "/S"));
    release(s);
}

/* ---- elements ---- */

static bool is_cell(TagKind kind)
{
    return kind == TAG_COLUMN_HEAD || kind == TAG_ROW_HEAD || kind == TAG_CELL;
}

/* Parts stand behind what they are parts of. */
static void settle_kept(Structure *s)
{
    for (size_t i = s->pages->tag_count; i-- > 0;) {
        const Tag *tag = &s->pages->tags[i];
        s->kept[i] = s->kept[i] || s->leaves[i].first || is_cell(tag->kind) ||
                     tag->kind == TAG_LINK || i == 0;
        s->kept[tag->parent] = s->kept[tag->parent] || s->kept[i];
    }
}

static void set_cell(Structure *s, qpdf_oh element, const Tag *tag)
{
    qpdf_oh attributes = qpdf_oh_new_dictionary(s->f->qpdf);
    set(s->f, attributes, "/O", name(s, "/Table"));
    if (tag->kind != TAG_CELL)
        set(s->f, attributes, "/Scope", name(s, tag->kind == TAG_ROW_HEAD ? "/Row" : "/Column"));
    if (tag->columns > 1)
        set(s->f, attributes, "/ColSpan", integer(s, tag->columns));
    if (tag->rows > 1)
        set(s->f, attributes, "/RowSpan", integer(s, tag->rows));
    if (tag->kind != TAG_CELL || tag->columns > 1 || tag->rows > 1)
        set(s->f, element, "/A", attributes);
}

static void set_figure(Structure *s, qpdf_oh element, const Tag *tag, const Leaf *leaf)
{
    qpdf_data qpdf = s->f->qpdf;
    const Page *page = &s->pages->pages[leaf->first->page];
    qpdf_oh attributes = parse(s->f, "<< /O /Layout /Placement /Block >>");
    set(s->f, attributes, "/BBox", finish_corners(s->f, page, &tag->area));
    set(s->f, element, "/A", attributes);
    set(s->f, element, "/Alt", qpdf_oh_new_unicode_string(qpdf, tag->alt));
}

static void set_attributes(Structure *s, qpdf_oh element, int index)
{
    const Tag *tag = &s->pages->tags[index];
    if (is_cell(tag->kind))
        set_cell(s, element, tag);
    else if (tag->kind == TAG_FIGURE)
        set_figure(s, element, tag, &s->leaves[index]);
    else if (tag->kind == TAG_LIST)
        set(s->f, element, "/A", parse(s->f, "<< /O /List /ListNumbering /Decimal >>"));
}

/* A stretch is named by its number on the element's own page, by both on another. One alone needs
 * no array: a long table's cells have one each. */
static void set_content(Structure *s, qpdf_oh element, const Leaf *leaf)
{
    qpdf_data qpdf = s->f->qpdf;
    set(s->f, element, "/Pg", object(s, s->sheets[leaf->first->page]));
    if (!leaf->first->next) {
        set(s->f, element, "/K", integer(s, leaf->first->number));
        return;
    }
    qpdf_oh kids = qpdf_oh_new_array(qpdf);
    for (const Stretch *one = leaf->first; one; one = one->next) {
        qpdf_oh number = integer(s, one->number), kid = number;
        if (one->page != leaf->first->page) {
            kid = parse(s->f, "<< /Type /MCR >>");
            set(s->f, kid, "/Pg", object(s, s->sheets[one->page]));
            set(s->f, kid, "/MCID", number);
        }
        qpdf_oh_append_item(qpdf, kids, kid);
    }
    set(s->f, element, "/K", kids);
}

static void append_part(Structure *s, qpdf_oh parent, qpdf_oh part)
{
    qpdf_data qpdf = s->f->qpdf;
    qpdf_oh parts = key(s->f, parent, "/K");
    if (!qpdf_oh_is_array(qpdf, parts)) {
        qpdf_oh first = parts;
        parts = qpdf_oh_new_array(qpdf);
        if (qpdf_oh_is_integer(qpdf, first))
            qpdf_oh_append_item(qpdf, parts, first);
        set(s->f, parent, "/K", parts);
    }
    qpdf_oh_append_item(qpdf, parts, part);
}

static void make_element(Structure *s, int index)
{
    qpdf_data qpdf = s->f->qpdf;
    const Tag *tag = &s->pages->tags[index];
    qpdf_oh parent = object(s, index == 0 ? s->tree : s->elements[tag->parent]);
    qpdf_oh element = qpdf_oh_new_dictionary(qpdf);
    set(s->f, element, "/S", name(s, arena_printf(s->arena, "/%s", tag_name(tag))));
    set(s->f, element, "/P", parent);
    set_attributes(s, element, index);
    if (s->leaves[index].first)
        set_content(s, element, &s->leaves[index]);
    s->elements[index] = new_object(s, element);
    append_part(s, parent, object(s, s->elements[index]));
    release(s);
}

/* A link is told by its annotation, and by the words that lead on. The parent tree knows it by a
 * number behind those of the pages. */
static void add_link(Structure *s, size_t index)
{
    qpdf_data qpdf = s->f->qpdf;
    const PageLink *link = &s->pages->links[index];
    long long number = (long long)(s->pages->page_count + index);
    qpdf_oh element = object(s, s->elements[link->tag]), made = object(s, s->f->links[index]);
    qpdf_oh numbers = key(s->f, object(s, s->parents), "/Nums");
    qpdf_oh part = parse(s->f, "<< /Type /OBJR >>");
    set(s->f, part, "/Obj", made);
    set(s->f, part, "/Pg", object(s, s->sheets[link->page]));
    append_part(s, element, part);
    set(s->f, made, "/StructParent", integer(s, number));
    qpdf_oh_append_item(qpdf, numbers, integer(s, number));
    qpdf_oh_append_item(qpdf, numbers, element);
    release(s);
}

/* Notes have names (PDF/UA-1 7.9), of which there is a tree. */
static void name_notes(Structure *s)
{
    qpdf_data qpdf = s->f->qpdf;
    qpdf_oh names = qpdf_oh_new_array(qpdf);
    int count = 0;
    for (size_t i = 0; i < s->pages->tag_count; i++) {
        if (s->pages->tags[i].kind != TAG_NOTE || !s->kept[i])
            continue;
        qpdf_oh id = qpdf_oh_new_string(qpdf, arena_printf(s->arena, "note%08d", ++count));
        qpdf_oh element = object(s, s->elements[i]);
        set(s->f, element, "/ID", id);
        qpdf_oh_append_item(qpdf, names, id);
        qpdf_oh_append_item(qpdf, names, element);
    }
    if (count > 0) {
        qpdf_oh tree = qpdf_oh_new_dictionary(qpdf);
        set(s->f, tree, "/Names", names);
        set(s->f, object(s, s->tree), "/IDTree", tree);
    }
    release(s);
}

/* ---- the tree ---- */

/* Cairo's elements, which qpdf has read with all the rest: as many as ours will be. */
static void forget_cairos(Structure *s)
{
    Finisher *f = s->f;
    int objects = qpdf_oh_get_int_value_as_int(f->qpdf, key(f, qpdf_get_trailer(f->qpdf), "/Size"));
    for (int id = 1; id < objects; id++) {
        qpdf_oh found = object(s, id);
        if (qpdf_oh_is_dictionary(f->qpdf, found) &&
            qpdf_oh_is_name_and_equals(f->qpdf, key(f, found, "/Type"), "/StructElem"))
            qpdf_replace_object(f->qpdf, id, 0, qpdf_oh_new_null(f->qpdf));
        release(s);
    }
}

static bool read_pages(Structure *s, int **tags, int *counts)
{
    bool whole = true;
    for (int i = 0; i < (int)s->pages->page_count; i++) {
        size_t count;
        tags[i] = ARENA_ARRAY(s->arena, int, s->pages->pages[i].mark_count + 1);
        const char **openings = list_stretches(s, i, tags[i], &count, &counts[i]);
        qpdf_oh sheet = qpdf_get_page_n(s->f->qpdf, (size_t)i);
        s->sheets[i] = qpdf_oh_get_object_id(s->f->qpdf, sheet);
        whole = rename_stretches(s, i, openings, count) && whole;
    }
    return whole;
}

static void write_tree(Structure *s, int *const *tags, const int *counts)
{
    Finisher *f = s->f;
    s->tree = new_object(s, parse(f, "<< /Type /StructTreeRoot >>"));
    s->parents = new_object(s, parse(f, "<< /Nums [ ] >>"));
    settle_kept(s);
    for (size_t i = 0; i < s->pages->tag_count; i++) {
        if (s->kept[i])
            make_element(s, (int)i);
    }
    name_notes(s);
    for (int i = 0; i < (int)s->pages->page_count; i++)
        add_parents(s, i, tags[i], counts[i]);
    for (size_t i = 0; i < s->pages->link_count; i++)
        add_link(s, i);
    qpdf_oh tree = object(s, s->tree), root = qpdf_get_root(f->qpdf);
    set(f, tree, "/ParentTree", object(s, s->parents));
    set(f, tree, "/ParentTreeNextKey",
        integer(s, (long long)(s->pages->page_count + s->pages->link_count)));
    set(f, root, "/StructTreeRoot", tree);
    set(f, root, "/MarkInfo", parse(f, "<< /Marked true >>"));
}

static bool links_are_read(const Pages *pages)
{
    for (size_t i = 0; i < pages->link_count; i++)
        if (pages->tags[pages->links[i].tag].kind != TAG_LINK)
            return false;
    return true;
}

bool finish_structure(Finisher *f)
{
    const Pages *pages = f->pages;
    Structure s = {.f = f, .pages = pages, .arena = pages->arena};
    s.leaves = ARENA_ARRAY(s.arena, Leaf, pages->tag_count);
    s.kept = ARENA_ARRAY(s.arena, bool, pages->tag_count);
    s.elements = ARENA_ARRAY(s.arena, int, pages->tag_count);
    s.sheets = ARENA_ARRAY(s.arena, int, pages->page_count);
    int **tags = ARENA_ARRAY(s.arena, int *, pages->page_count);
    int *counts = ARENA_ARRAY(s.arena, int, pages->page_count);
    f->fault = "tags";
    if (!links_are_read(pages) || !read_pages(&s, tags, counts))
        return false;
    forget_cairos(&s);
    write_tree(&s, tags, counts);
    return true;
}
