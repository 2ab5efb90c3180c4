/* Links of outside pages to pages of their own file, led to where these stand now (ISO 32000-1
 * 12.3.2). A link that leads elsewhere, or acts in another way, is dropped. */
#include <stdlib.h>
#include <string.h>

#include "output/finish_internal.h"
#include "output/impose_internal.h"

/* A page of the file, by the number of its object. */
typedef struct Sheet {
    int object;
    long number;
} Sheet;

typedef struct Name {
    const char *bytes;
    size_t length;
    qpdf_oh place;
} Name;

/* A file as its links see it; sheets and names are looked up only where there is a link. */
typedef struct Target {
    Finisher *f;
    Input *input;
    int *stands; /* by page: its place in the volume, + 1 */
    bool listed;
    Sheet *sheets;
    Name *names;
    size_t name_count, name_capacity;
    Seen nodes; /* of the tree of names: one that bites its own tail ends somewhere */
} Target;

static qpdf_oh of(const Target *t, qpdf_oh dictionary, const char *name)
{
    return qpdf_oh_get_key_if_dict(t->input->qpdf, dictionary, name);
}

/* ---- pages and names of a file ---- */

static int by_object(const void *a, const void *b)
{
    const Sheet *one = a, *other = b;
    return (one->object > other->object) - (one->object < other->object);
}

static int by_bytes(const void *a, const void *b)
{
    const Name *one = a, *other = b;
    size_t common = one->length < other->length ? one->length : other->length;
    int order = memcmp(one->bytes, other->bytes, common);
    return order ? order : (one->length > other->length) - (one->length < other->length);
}

static void list_names(Target *t, qpdf_oh leaf)
{
    qpdf_data qpdf = t->input->qpdf;
    Arena *arena = t->f->pages->arena;
    int count = qpdf_oh_is_array(qpdf, leaf) ? qpdf_oh_get_array_n_items(qpdf, leaf) : 0;
    for (int i = 0; i + 1 < count; i += 2) {
        size_t length = 0;
        qpdf_oh name = qpdf_oh_get_array_item(qpdf, leaf, i);
        if (!qpdf_oh_is_string(qpdf, name))
            continue;
        const char *bytes = qpdf_oh_get_binary_string_value(qpdf, name, &length);
        t->names = arena_grow(arena, t->names, t->name_count, &t->name_capacity, sizeof *t->names);
        t->names[t->name_count++] = (Name){
            arena_copy(arena, bytes, length), length, qpdf_oh_get_array_item(qpdf, leaf, i + 1)};
    }
}

static void walk_names(Target *t, qpdf_oh node, int depth)
{
    enum { DEEPEST = 64 };
    qpdf_data qpdf = t->input->qpdf;
    if (depth > DEEPEST || !seen_add(&t->nodes, qpdf_oh_get_object_id(qpdf, node)))
        return;
    list_names(t, of(t, node, "/Names"));
    qpdf_oh kids = of(t, node, "/Kids");
    int count = qpdf_oh_is_array(qpdf, kids) ? qpdf_oh_get_array_n_items(qpdf, kids) : 0;
    for (int i = 0; i < count; i++)
        walk_names(t, qpdf_oh_get_array_item(qpdf, kids, i), depth + 1);
}

static void list_targets(Target *t)
{
    const Input *input = t->input;
    qpdf_oh root = qpdf_get_root(input->qpdf);
    t->listed = true;
    t->sheets = ARENA_ARRAY(t->f->pages->arena, Sheet, input->page_count);
    for (long i = 0; i < input->page_count; i++) {
        qpdf_oh sheet = qpdf_get_page_n(input->qpdf, (size_t)i);
        t->sheets[i] = (Sheet){qpdf_oh_get_object_id(input->qpdf, sheet), i};
    }
    qsort(t->sheets, (size_t)input->page_count, sizeof *t->sheets, by_object);
    walk_names(t, of(t, of(t, root, "/Names"), "/Dests"), 0);
    if (t->name_count > 0)
        qsort(t->names, t->name_count, sizeof *t->names, by_bytes);
}

static qpdf_oh named_place(Target *t, qpdf_oh name)
{
    qpdf_data qpdf = t->input->qpdf;
    if (qpdf_oh_is_name(qpdf, name))
        return of(t, of(t, qpdf_get_root(qpdf), "/Dests"), qpdf_oh_get_name(qpdf, name));
    Name wanted = {0};
    wanted.bytes = qpdf_oh_get_binary_string_value(qpdf, name, &wanted.length);
    const Name *found = t->name_count == 0
                            ? NULL
                            : bsearch(&wanted, t->names, t->name_count, sizeof *t->names, by_bytes);
    return found ? found->place : qpdf_oh_new_null(qpdf);
}

/* ---- a link ---- */

/* The array that says where to; anything else where the link says nothing of the kind. */
static qpdf_oh place_of(Target *t, qpdf_oh link)
{
    qpdf_data qpdf = t->input->qpdf;
    qpdf_oh place = of(t, link, "/Dest"), action = of(t, link, "/A");
    if (qpdf_oh_is_name_and_equals(qpdf, of(t, action, "/S"), "/GoTo"))
        place = of(t, action, "/D");
    if (qpdf_oh_is_name(qpdf, place) || qpdf_oh_is_string(qpdf, place))
        place = named_place(t, place);
    return qpdf_oh_is_dictionary(qpdf, place) ? of(t, place, "/D") : place;
}

/* Where its page stands in the volume, + 1; 0: nowhere. */
static int stands_at(const Target *t, qpdf_oh place)
{
    qpdf_data qpdf = t->input->qpdf;
    if (!qpdf_oh_is_array(qpdf, place) || qpdf_oh_get_array_n_items(qpdf, place) < 2)
        return 0;
    qpdf_oh sheet = qpdf_oh_get_array_item(qpdf, place, 0);
    Sheet wanted = {.object = qpdf_oh_get_object_id(qpdf, sheet)};
    const Sheet *found =
        bsearch(&wanted, t->sheets, (size_t)t->input->page_count, sizeof *t->sheets, by_object);
    return wanted.object > 0 && found ? t->stands[found->number] : 0;
}

/* The page keeps its coordinates, so the place does. */
static qpdf_oh new_place(const Target *t, qpdf_oh place, int index)
{
    qpdf_data from = t->input->qpdf, to = t->f->qpdf;
    qpdf_oh made = qpdf_oh_new_array(to);
    qpdf_oh_append_item(to, made, qpdf_get_page_n(to, (size_t)index));
    int count = qpdf_oh_get_array_n_items(from, place);
    for (int i = 1; i < count; i++) {
        qpdf_oh item = qpdf_oh_get_array_item(from, place, i);
        bool plain = qpdf_oh_is_number(from, item) || qpdf_oh_is_name(from, item);
        qpdf_oh_append_item(to, made,
            plain ? parse(t->f, qpdf_oh_unparse_resolved(from, item)) : qpdf_oh_new_null(to));
    }
    return made;
}

static void copy_looks(const Target *t, qpdf_oh link, qpdf_oh made)
{
    static const char *const LOOKS[] = {"/Border", "/BS", "/C", "/F", "/H"};
    for (size_t i = 0; i < sizeof LOOKS / sizeof *LOOKS; i++) {
        qpdf_oh look = of(t, link, LOOKS[i]);
        if (qpdf_oh_is_null(t->input->qpdf, look))
            qpdf_oh_remove_key(t->f->qpdf, made, LOOKS[i]);
        else
            set(t->f, made, LOOKS[i], finish_copied(t->f, t->input, look));
    }
}

static void add_link(Target *t, int page, qpdf_oh link)
{
    Box area;
    if (!impose_box(t->input->qpdf, of(t, link, "/Rect"), &area))
        return;
    if (!t->listed)
        list_targets(t);
    qpdf_oh place = place_of(t, link);
    int index = stands_at(t, place) - 1;
    if (index >= 0)
        copy_looks(t, link,
            finish_add_link(
                t->f, page, impose_corners(t->f->qpdf, &area), new_place(t, place, index)));
}

static void add_links(Target *t, int page)
{
    qpdf_data qpdf = t->input->qpdf;
    size_t number = (size_t)t->f->pages->pages[page].foreign_page;
    qpdf_oh all = of(t, qpdf_get_page_n(qpdf, number), "/Annots");
    int count = qpdf_oh_is_array(qpdf, all) ? qpdf_oh_get_array_n_items(qpdf, all) : 0;
    for (int i = 0; i < count; i++) {
        qpdf_oh one = qpdf_oh_get_array_item(qpdf, all, i);
        if (qpdf_oh_is_name_and_equals(qpdf, of(t, one, "/Subtype"), "/Link"))
            add_link(t, page, one);
    }
}

void finish_foreign_links(Finisher *f)
{
    const Pages *pages = f->pages;
    Target *targets = ARENA_ARRAY(pages->arena, Target, f->input_count);
    for (size_t i = 0; i < f->input_count; i++)
        targets[i] = (Target){.f = f,
            .input = &f->inputs[i],
            .stands = ARENA_ARRAY(pages->arena, int, f->inputs[i].page_count)};
    for (size_t i = pages->page_count; i-- > 0;) { /* a page that stands twice: the first place */
        const Page *page = &pages->pages[i];
        if (page->foreign)
            targets[page->foreign - 1].stands[page->foreign_page] = (int)i + 1;
    }
    for (size_t i = 0; i < pages->page_count; i++) {
        if (pages->pages[i].foreign)
            add_links(&targets[pages->pages[i].foreign - 1], (int)i);
    }
    for (size_t i = 0; i < f->input_count; i++)
        seen_close(&targets[i].nodes);
}
