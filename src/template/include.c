#include "template/include.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "base/limits.h"
#include "template/template_tree.h"

/* A file under way, and the one that includes it. */
typedef struct Link {
    const char *name;
    dev_t device;
    ino_t inode;
    const struct Link *from;
} Link;

/* One file read in over and over may not grow beyond what one file may be: elements, depth and
 * bytes are counted through. */
typedef struct Expansion {
    Arena *arena;
    Diags *diags;
    const char *folder;
    IncludedFiles *files;
    size_t elements, bytes;
    bool stopped; /* beyond a limit */
} Expansion;

static void expand_children(Expansion *expansion, XmlNode *parent, const Link *link, int depth);

static bool is_include(const XmlNode *node)
{
    return node->kind == XML_ELEMENT && strcmp(node->name, "include") == 0;
}

static void adopt(XmlNode *parent, XmlNode *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static bool within_limits(Expansion *expansion, const XmlNode *node, int depth)
{
    At at = {.span = node->span};
    if (++expansion->elements > LIMIT_TEMPLATE_ELEMENTS)
        diag_add(expansion->diags, DIAG_E105, &at, expansion->elements, LIMIT_TEMPLATE_ELEMENTS);
    else if (depth > LIMIT_TEMPLATE_DEPTH)
        diag_add(expansion->diags, DIAG_E107, &at, node->name, depth, LIMIT_TEMPLATE_DEPTH);
    else
        return true;
    return !(expansion->stopped = true);
}

/* 甲.xml → 乙.xml → 甲.xml */
static const char *chain(Arena *arena, const Link *link, const Link *until, const char *last)
{
    const char *text = last;
    for (; link; link = link == until ? NULL : link->from)
        text = arena_printf(arena, "%s → %s", link->name, text);
    return text;
}

/* Typed on Windows: 样式\本单位.xml. */
static const char *path_of(Expansion *expansion, const XmlAttr *href)
{
    char *path = arena_strdup(expansion->arena, href->value);
    for (char *mark = path; *mark; mark++)
        if (*mark == '\\')
            *mark = '/';
    return path;
}

static bool check_href(Expansion *expansion, const XmlNode *include, const XmlAttr **href)
{
    Diags *diags = expansion->diags;
    At at = {.span = include->span};
    *href = NULL;
    for (int i = 0; i < include->attr_count; i++) {
        const XmlAttr *attr = &include->attrs[i];
        At name_at = {.span = attr->name_span};
        if (strcmp(attr->name, "href") == 0)
            *href = attr;
        else if (strncmp(attr->name, "xmlns", 5) != 0 && !strchr(attr->name, ':'))
            return diag_add(diags, DIAG_E111, &name_at, include->name, attr->name);
    }
    if (!*href)
        return diag_add(diags, DIAG_E113, &at, include->name, "href");
    if (include->first)
        return diag_add(diags, DIAG_E619, &at);
    At value_at = {.span = (*href)->value_span};
    if ((*href)->value[0] && file_is_below(expansion->folder, path_of(expansion, *href)))
        return true;
    diag_add(diags, DIAG_E114, &value_at, include->name, "href", (*href)->value);
    diag_hint(diags, DIAG_H113);
    return false;
}

/* The file's facts in *link; false after a message. */
static bool reach_file(
    Expansion *expansion, const XmlAttr *href, const char *path, const Link *from, Link *link)
{
    struct stat facts;
    At at = {.span = href->value_span};
    if (stat(path, &facts) != 0)
        return diag_add(expansion->diags, DIAG_E108, &at, href->value,
            diag_system_text(expansion->diags, errno));
    if (!S_ISREG(facts.st_mode))
        return diag_add(expansion->diags, DIAG_E109, &at, href->value);
    *link = (Link){href->value, facts.st_dev, facts.st_ino, from};
    for (const Link *round = from; round; round = round->from)
        if (round->device == facts.st_dev && round->inode == facts.st_ino)
            return diag_add(expansion->diags, DIAG_E618, &at,
                chain(expansion->arena, from, round, href->value));
    return true;
}

void included_add(Arena *arena, IncludedFiles *files, const char *path)
{
    files->paths =
        arena_grow(arena, files->paths, files->count, &files->room, sizeof *files->paths);
    files->paths[files->count++] = path;
}

static bool within_bytes(Expansion *expansion, const XmlNode *root)
{
    const Source *source = root->span.source;
    expansion->bytes += source->length;
    if (expansion->bytes <= LIMIT_TEMPLATE_BYTES)
        return true;
    expansion->stopped = true;
    return diag_add(
        expansion->diags, DIAG_E104, NULL, source->name, expansion->bytes, LIMIT_TEMPLATE_BYTES);
}

/* An element whose children stand for the include; NULL after a message. */
static XmlNode *read_included(
    Expansion *expansion, const XmlNode *include, const Link *from, int depth)
{
    const XmlAttr *href;
    Link link;
    if (!check_href(expansion, include, &href))
        return NULL;
    const char *path =
        arena_printf(expansion->arena, "%s%s", expansion->folder, path_of(expansion, href));
    if (!reach_file(expansion, href, path, from, &link))
        return NULL;
    XmlNode *root = xml_load(expansion->arena, path, expansion->diags), *holder = root;
    if (!root || !within_bytes(expansion, root))
        return NULL;
    included_add(expansion->arena, expansion->files, path);
    if (!is_include(root) || xml_attr_find(root, "href")) {
        holder = ARENA_NEW(expansion->arena, XmlNode);
        adopt(holder, root);
    }
    expand_children(expansion, holder, &link, depth);
    return holder;
}

static void put_in_place(
    Expansion *expansion, XmlNode *parent, XmlNode *include, const Link *link, int depth)
{
    XmlNode *holder = read_included(expansion, include, link, depth);
    if (!holder) {
        include->first = include->last = NULL;
        adopt(parent, include);
    }
    for (XmlNode *child = holder ? holder->first : NULL, *next; child; child = next) {
        next = child->next;
        adopt(parent, child);
    }
}

static void expand_children(Expansion *expansion, XmlNode *parent, const Link *link, int depth)
{
    XmlNode *child = parent->first, *next;
    parent->first = parent->last = NULL;
    for (; child && !expansion->stopped; child = next) {
        next = child->next;
        if (child->kind == XML_ELEMENT && !within_limits(expansion, child, depth))
            return;
        if (is_include(child)) {
            put_in_place(expansion, parent, child, link, depth + 1);
            continue;
        }
        adopt(parent, child);
        if (child->kind == XML_ELEMENT)
            expand_children(expansion, child, link, depth + 1);
    }
}

bool include_expand(Arena *arena, XmlNode *root, const char *path, const char *folder,
    IncludedFiles *files, Diags *diags)
{
    struct stat facts = {0};
    Expansion expansion = {.arena = arena,
        .diags = diags,
        .folder = folder,
        .files = files,
        .elements = 1,
        .bytes = root->span.source->length};
    Link link = {.name = root->span.source->name};
    if (stat(path, &facts) == 0) {
        link.device = facts.st_dev;
        link.inode = facts.st_ino;
    }
    expand_children(&expansion, root, &link, 2);
    return !expansion.stopped;
}
