/* How a reader finds the way: bookmarks, links, page labels. Cairo 1.16 counts open bookmarks below
 * nothing, leaves labels that are plain numbers empty, and knows nothing of pages that finish puts
 * in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/finish_internal.h"
#include "output/impose_internal.h"

static void append_length(Finisher *f, qpdf_oh array, Length length)
{
    double points = (double)length * 1000 / LENGTH_PT(1);
    long thousandths = (long)(points < 0 ? points - 0.5 : points + 0.5);
    const char *sign = thousandths < 0 ? "-" : "";
    long size = labs(thousandths);
    char text[32];
    snprintf(text, sizeof text, "%s%ld.%03ld", sign, size / 1000, size % 1000);
    qpdf_oh_append_item(f->qpdf, array, qpdf_oh_new_real_from_string(f->qpdf, text));
}

qpdf_oh finish_corners(Finisher *f, const Page *page, const Rect *area)
{
    Length foot = page->height - area->y - area->height;
    Rect box =
        page->landscape
            ? (Rect){.x = area->y, .y = area->x, .width = area->height, .height = area->width}
            : (Rect){.x = area->x, .y = foot, .width = area->width, .height = area->height};
    qpdf_oh corners = qpdf_oh_new_array(f->qpdf);
    append_length(f, corners, box.x);
    append_length(f, corners, box.y);
    append_length(f, corners, box.x + box.width);
    append_length(f, corners, box.y + box.height);
    return corners;
}

/* ---- where to ---- */

/* The corner of an outside page that is shown at the top left. */
static void append_shown_corner(Finisher *f, qpdf_oh array, qpdf_oh sheet)
{
    qpdf_data qpdf = f->qpdf;
    Box box = {0};
    int turns = qpdf_oh_get_int_value_as_int(qpdf, key(f, sheet, "/Rotate")) / 90;
    impose_box(qpdf, key(f, sheet, "/MediaBox"), &box);
    double x = turns < 2 ? box.left : box.right,
           y = turns == 1 || turns == 2 ? box.bottom : box.top;
    qpdf_oh_append_item(qpdf, array, qpdf_oh_new_real_from_double(qpdf, x, 4));
    qpdf_oh_append_item(qpdf, array, qpdf_oh_new_real_from_double(qpdf, y, 4));
}

qpdf_oh finish_destination(Finisher *f, int index, Length y)
{
    qpdf_data qpdf = f->qpdf;
    const Page *page = &f->pages->pages[index];
    qpdf_oh sheet = qpdf_get_page_n(qpdf, (size_t)index), place = qpdf_oh_new_array(qpdf);
    qpdf_oh_append_item(qpdf, place, sheet);
    qpdf_oh_append_item(qpdf, place, qpdf_oh_new_name(qpdf, "/XYZ"));
    if (page->foreign) {
        append_shown_corner(f, place, sheet);
    } else { /* on a turned page y runs across, and (0, y) of the sheet lies at its foot */
        append_length(f, place, page->landscape ? y : 0);
        append_length(f, place, page->landscape ? 0 : page->height - y);
    }
    qpdf_oh_append_item(qpdf, place, qpdf_oh_new_integer(qpdf, 0)); /* magnified as before */
    return place;
}

/* ---- bookmarks ---- */

typedef struct Bookmark {
    qpdf_oh item;
    size_t parent, last; /* + 1; 0: the outline itself, none */
    int children;
} Bookmark;

/* Of all entries, and before them the outline itself. An entry hangs on the last one before it that
 * is of a higher level. */
static Bookmark *make_bookmarks(Finisher *f, qpdf_oh outline)
{
    const Pages *pages = f->pages;
    Bookmark *made = ARENA_ARRAY(pages->arena, Bookmark, pages->outline_count + 1);
    made[0].item = outline;
    for (size_t i = 1; i <= pages->outline_count; i++) {
        const OutlineEntry *entry = &pages->outline[i - 1];
        size_t parent = i - 1;
        while (parent > 0 && pages->outline[parent - 1].level >= entry->level)
            parent = made[parent].parent;
        qpdf_oh item = qpdf_oh_new_dictionary(f->qpdf);
        set(f, item, "/Title", qpdf_oh_new_unicode_string(f->qpdf, entry->title));
        set(f, item, "/Dest", finish_destination(f, entry->page, entry->y));
        made[i] = (Bookmark){qpdf_make_indirect_object(f->qpdf, item), parent, 0, 0};
        set(f, made[i].item, "/Parent", made[parent].item);
        made[parent].children++;
    }
    return made;
}

static void chain_bookmarks(Finisher *f, Bookmark *made, size_t count)
{
    for (size_t i = 1; i <= count; i++) {
        Bookmark *parent = &made[made[i].parent];
        if (parent->last == 0) {
            set(f, parent->item, "/First", made[i].item);
        } else {
            set(f, made[parent->last].item, "/Next", made[i].item);
            set(f, made[i].item, "/Prev", made[parent->last].item);
        }
        set(f, parent->item, "/Last", made[i].item);
        parent->last = i;
    }
}

/* The uppermost are open, so that those below them are seen; these are closed, which a negative
 * count says. */
void finish_outline(Finisher *f, qpdf_oh root)
{
    qpdf_data qpdf = f->qpdf;
    size_t count = f->pages->outline_count;
    if (count == 0)
        return;
    qpdf_oh outline = qpdf_make_indirect_object(qpdf, parse(f, "<< /Type /Outlines >>"));
    Bookmark *made = make_bookmarks(f, outline);
    chain_bookmarks(f, made, count);
    int seen = made[0].children;
    for (size_t i = 1; i <= count; i++) {
        int children = made[i].children;
        if (children == 0)
            continue;
        bool open = made[i].parent == 0;
        seen += open ? children : 0;
        set(f, made[i].item, "/Count", qpdf_oh_new_integer(qpdf, open ? children : -children));
    }
    set(f, outline, "/Count", qpdf_oh_new_integer(qpdf, seen));
    set(f, root, "/Outlines", outline);
    if (f->pages->volume)
        set(f, root, "/PageMode", qpdf_oh_new_name(qpdf, "/UseOutlines"));
}

/* ---- links ---- */

/* PDF/A: to be printed, though nothing is seen of it. */
qpdf_oh finish_add_link(Finisher *f, int page, qpdf_oh corners, qpdf_oh destination)
{
    qpdf_data qpdf = f->qpdf;
    qpdf_oh sheet = qpdf_get_page_n(qpdf, (size_t)page), all = key(f, sheet, "/Annots");
    qpdf_oh link = parse(f, "<< /Type /Annot /Subtype /Link /Border [ 0 0 0 ] /F 4 >>");
    if (!qpdf_oh_is_array(qpdf, all)) {
        all = qpdf_oh_new_array(qpdf);
        set(f, sheet, "/Annots", all);
    }
    set(f, link, "/Rect", corners);
    set(f, link, "/Dest", destination);
    link = qpdf_make_indirect_object(qpdf, link);
    qpdf_oh_append_item(qpdf, all, link);
    return link;
}

void finish_links(Finisher *f)
{
    const Pages *pages = f->pages;
    f->links = ARENA_ARRAY(pages->arena, int, pages->link_count);
    for (size_t i = 0; i < pages->link_count; i++) {
        const PageLink *link = &pages->links[i];
        qpdf_oh made = finish_add_link(f, link->page,
            finish_corners(f, &pages->pages[link->page], &link->area),
            finish_destination(f, link->target, link->y));
        set(f, made, "/Contents", qpdf_oh_new_unicode_string(f->qpdf, link->title));
        f->links[i] = qpdf_oh_get_object_id(f->qpdf, made);
    }
}

/* ---- labels ---- */

typedef enum LabelStyle { LABEL_PLAIN, LABEL_DECIMAL, LABEL_ROMAN } LabelStyle;

/* As PDF has them: a number of some style behind a prefix. */
typedef struct Label {
    LabelStyle style;
    const char *text; /* begins with the prefix */
    size_t prefix;
    long number;
} Label;

static void add_roman(char *out, size_t room, long number)
{
    static const struct {
        long value;
        const char *letters;
    } PARTS[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"},
        {4, "iv"}, {1, "i"}};
    size_t length = 0;
    *out = '\0';
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        for (; number >= PARTS[i].value; number -= PARTS[i].value)
            length += (size_t)snprintf(out + length, room - length, "%s", PARTS[i].letters);
}

/* Contents pages: few. 0: it is no such number. */
static long roman_number(const char *text)
{
    enum { MOST = 399, ROOM = 24 };
    char wanted[ROOM];
    if (*text == '\0' || strlen(text) >= ROOM || text[strspn(text, "ivxlc")] != '\0')
        return 0;
    for (long number = 1; number <= MOST; number++) {
        add_roman(wanted, sizeof wanted, number);
        if (strcmp(wanted, text) == 0)
            return number;
    }
    return 0;
}

static Label read_label(const char *text)
{
    enum { DIGITS = 6 }; /* above, it is none of our page numbers */
    Label label = {LABEL_PLAIN, text ? text : "", 0, 0};
    size_t length = strlen(label.text), digits = 0;
    while (digits < length && strchr("0123456789", label.text[length - digits - 1]))
        digits++;
    label.prefix = length - digits;
    if (digits > 0 && digits <= DIGITS && label.text[label.prefix] != '0') {
        label.style = LABEL_DECIMAL;
        label.number = strtol(label.text + label.prefix, NULL, 10);
    } else if ((label.number = roman_number(label.text)) > 0) {
        label.style = LABEL_ROMAN;
        label.prefix = 0;
    } else {
        label.prefix = length;
    }
    return label;
}

static bool goes_on(const Label *before, const Label *label)
{
    return before->style == label->style && before->prefix == label->prefix &&
           memcmp(before->text, label->text, label->prefix) == 0 &&
           label->number == before->number + (label->style != LABEL_PLAIN);
}

static qpdf_oh label_entry(Finisher *f, const Label *label)
{
    qpdf_data qpdf = f->qpdf;
    qpdf_oh entry = qpdf_oh_new_dictionary(qpdf);
    if (label->prefix > 0) {
        char *prefix = arena_strndup(f->pages->arena, label->text, label->prefix);
        set(f, entry, "/P", qpdf_oh_new_unicode_string(qpdf, prefix));
    }
    if (label->style != LABEL_PLAIN) { /* a page without a number has an empty label */
        set(f, entry, "/S", qpdf_oh_new_name(qpdf, label->style == LABEL_DECIMAL ? "/D" : "/r"));
        set(f, entry, "/St", qpdf_oh_new_integer(qpdf, label->number));
    }
    return entry;
}

/* The printed numbers (typesetting.md 11): an entry where the count does not simply go on. */
void finish_labels(Finisher *f, qpdf_oh root)
{
    qpdf_data qpdf = f->qpdf;
    qpdf_oh numbers = qpdf_oh_new_array(qpdf);
    Label before = {0};
    for (size_t i = 0; i < f->pages->page_count; i++) {
        Label label = read_label(f->pages->pages[i].label);
        if (i == 0 || !goes_on(&before, &label)) {
            qpdf_oh_append_item(qpdf, numbers, qpdf_oh_new_integer(qpdf, (long long)i));
            qpdf_oh_append_item(qpdf, numbers, label_entry(f, &label));
        }
        before = label;
    }
    qpdf_oh labels = qpdf_oh_new_dictionary(qpdf);
    set(f, labels, "/Nums", numbers);
    set(f, root, "/PageLabels", labels);
}
