/* Pictures of the data folder: only their heads are read, so that every fault of every picture
 * shows before the first page is made. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "template/evaluate/evaluate.h"

enum { WIDEST_MM = 1000 }; /* beyond any sheet; the typesetter brings it down to the type area */

/* The folder in which an office keeps its photographs: ledgers give names without it. */
static const char PHOTO_FOLDER[] = "照片";

/* ---- names ---- */

/* Ledgers typed on Windows part folders by \. */
static char *forward_slashes(Arena *arena, const char *name)
{
    char *path = utf8_trim(arena, name);
    for (char *mark = path; *mark; mark++)
        if (*mark == '\\')
            *mark = '/';
    return path;
}

typedef struct Names {
    const char **items;
    size_t count, room;
} Names;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder below the data folder, or its 照片, with the folder that the author named
 * before them. */
static void list_names(Paper *paper, const char *below, const char *inside, Names *names)
{
    DIR *folder = opendir(arena_printf(paper->arena, "%s/%s%s", paper->t->data_dir, below, inside));
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        names->items = arena_grow(
            paper->arena, names->items, names->count, &names->room, sizeof *names->items);
        names->items[names->count++] =
            arena_printf(paper->arena, "%s%s%s", inside, *inside ? "/" : "", entry->d_name);
    }
    if (folder)
        closedir(folder);
}

static const char *stem_of(Arena *arena, const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    return dot && dot > (slash ? slash : path) ? arena_strndup(arena, path, (size_t)(dot - path))
                                               : path;
}

/* The one whose stem is the same but for case; else the one that is most like it of the first
 * `likely`. What they end in counts for nothing: all pictures end in .jpg. */
static const char *nearest_name(Arena *arena, const Names *names, size_t likely, const char *name)
{
    const char **stems = ARENA_ARRAY(arena, const char *, names->count + 1);
    const char *stem = stem_of(arena, name);
    for (size_t i = 0; i < names->count; i++) {
        stems[i] = stem_of(arena, names->items[i]);
        if (strcasecmp(stems[i], stem) == 0)
            return names->items[i];
    }
    const char *meant = utf8_nearest(stem, stems, likely);
    for (size_t i = 0; i < likely; i++)
        if (stems[i] == meant)
            return names->items[i];
    return NULL;
}

static void sort_names(Names *names, size_t from)
{
    if (names->count - from > 1)
        qsort(names->items + from, names->count - from, sizeof *names->items, compare_names);
}

/* 1.JPG for 1.jpg. In the folder of all photographs, one whose number is like it is another one. */
static void hint_nearest(Paper *paper, const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *inside = slash ? arena_strndup(paper->arena, name, (size_t)(slash - name)) : "";
    Names names = {0};
    list_names(paper, "", inside, &names);
    sort_names(&names, 0);
    size_t likely = names.count;
    list_names(paper, arena_printf(paper->arena, "%s/", PHOTO_FOLDER), inside, &names);
    sort_names(&names, likely);
    const char *meant = nearest_name(paper->arena, &names, likely, name);
    if (meant)
        diag_hint(paper->diags, DIAG_H001, meant);
}

/* Where the file really lies, links followed. NULL after a message. */
static const char *find_file(Paper *paper, const char *name, const At *at)
{
    char folder[PATH_MAX], path[PATH_MAX];
    const char *data_dir = paper->t->data_dir;
    if (!data_dir || !realpath(data_dir, folder)) {
        diag_add(paper->diags, DIAG_E633, at);
        return NULL;
    }
    bool found =
        path_is_below(name) &&
        (realpath(arena_printf(paper->arena, "%s/%s", data_dir, name), path) ||
            ((errno == ENOENT || errno == ENOTDIR) &&
                realpath(
                    arena_printf(paper->arena, "%s/%s/%s", data_dir, PHOTO_FOLDER, name), path)));
    if (!path_is_below(name) || (found && !path_lies_in(path, folder))) {
        diag_add(paper->diags, DIAG_E634, at, name);
        diag_hint(paper->diags, DIAG_H631);
        return NULL;
    }
    if (!found) {
        bool absent = errno == ENOENT || errno == ENOTDIR;
        diag_add(paper->diags, absent ? DIAG_E635 : DIAG_E636, at, name,
            diag_system_text(paper->diags, errno));
        if (absent)
            hint_nearest(paper, name);
        return NULL;
    }
    return arena_strdup(paper->arena, path);
}

/* ---- faults ---- */

static bool picture_fault(
    Paper *paper, ImageFault fault, int cause, const DocPicture *picture, const At *at)
{
    Diags *diags = paper->diags;
    const ImageHead *head = &picture->head;
    const char *name = picture->name;
    switch (fault) {
    case IMAGE_ABSENT:
        return diag_add(diags, DIAG_E635, at, name, diag_system_text(diags, cause));
    case IMAGE_UNREADABLE:
        return diag_add(diags, DIAG_E636, at, name, diag_system_text(diags, cause));
    case IMAGE_UNKNOWN:
        return diag_add(diags, DIAG_E637, at, name);
    case IMAGE_BYTES:
        return diag_add(diags, DIAG_E639, at, name, head->bytes, LIMIT_IMAGE_BYTES);
    case IMAGE_SIDE:
        return diag_add(diags, DIAG_E640, at, name, head->width, head->height, LIMIT_IMAGE_SIDE);
    case IMAGE_PIXELS:
        return diag_add(diags, DIAG_E641, at, name, head->width, head->height, LIMIT_IMAGE_PIXELS);
    case IMAGE_CMYK:
        return diag_add(diags, DIAG_E642, at, name);
    default:
        return diag_add(diags, DIAG_E638, at, name);
    }
}

static void hint_fault(Paper *paper, ImageFault fault)
{
    static const struct {
        ImageFault fault;
        DiagCode hint;
    } hints[] = {{IMAGE_UNKNOWN, DIAG_H632}, {IMAGE_BROKEN, DIAG_H636}, {IMAGE_BYTES, DIAG_H633},
        {IMAGE_SIDE, DIAG_H633}, {IMAGE_PIXELS, DIAG_H633}, {IMAGE_CMYK, DIAG_H634}};
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].fault == fault)
            diag_hint(paper->diags, hints[i].hint);
}

/* False after a message. */
static bool read_picture(Paper *paper, const char *name, At at, DocPicture *out)
{
    out->name = forward_slashes(paper->arena, name);
    out->at = at;
    out->path = find_file(paper, out->name, &at);
    if (!out->path)
        return false;
    ImageFault fault = imagehead_read(out->path, &out->head);
    int cause = errno;
    if (fault == IMAGE_FINE)
        return true;
    picture_fault(paper, fault, cause, out, &at);
    hint_fault(paper, fault);
    return false;
}

/* ---- figure ---- */

static bool is_blank(Arena *arena, const char *text)
{
    return !text || !utf8_trim(arena, text)[0];
}

void evaluate_figure(Paper *paper, const Node *node, const Scope *scope)
{
    const Attr *src = node_attr(node, "src"), *width = node_attr(node, "width");
    const char *name = evaluate_plain(paper, node, "src", scope);
    DocFigure *figure = ARENA_NEW(paper->arena, DocFigure);
    if (has_hole(paper, src)) /* which is no name; a draft goes without the picture */
        return;
    if (is_blank(paper->arena, name))
        paper->failed = !diag_add(paper->diags, DIAG_E644, &src->at);
    else if (!read_picture(paper, name, src->at, &figure->picture))
        paper->failed = true;
    figure->picture.caption = evaluate_prose(paper, node, "caption", scope);
    figure->number = figure->picture.caption ? ++paper->charts : 0;
    if (width)
        figure->width = LENGTH_MM(width->millimetres < WIDEST_MM ? width->millimetres : WIDEST_MM);
    paper_mark(paper, node, "图", figure->number);
    add_block(paper, BLOCK_FIGURE, node)->figure = figure;
}

/* ---- photos ---- */

/* The cell that names a photograph; a value without one is placed in the template. */
static At photo_at(const Node *node, const char *attr, const Datum *datum)
{
    return datum->place ? (At){.data = datum->place} : node_attr(node, attr)->at;
}

static bool read_photo(
    Paper *paper, const Node *node, const char *attr, const Scope *row, DocPicture *out)
{
    const Expr *value = node_expr(node, attr);
    Datum datum;
    if (!expr_eval(paper->engine, value, row, &datum))
        return false;
    At at = photo_at(node, attr, &datum);
    bool blank = datum.kind == DATUM_MISSING ||
                 (datum.kind == DATUM_TEXT && is_blank(paper->arena, datum.text));
    out->at = at;
    if (blank && strcmp(attr, "after") == 0)
        return true; /* 待整改 */
    if (blank) {
        diag_add(paper->diags, DIAG_E643, &at, scope_key_label(paper->engine, row, 0),
            expr_source(value));
        diag_hint(paper->diags, DIAG_H635);
        return false;
    }
    if (datum.kind != DATUM_TEXT) /* a fault of the template, once for all rows */
        return diag_add(paper->diags, DIAG_E646, &node_attr(node, attr)->at, expr_source(value));
    return read_picture(paper, datum.text, at, out);
}

static void read_entry(Paper *paper, const Node *node, const Scope *row, bool pair, DocPhoto *out)
{
    bool done = read_photo(paper, node, "before", row, &out->pictures[0]);
    done = (!pair || read_photo(paper, node, "after", row, &out->pictures[1])) && done;
    paper->failed = paper->failed || !done;
    out->caption = evaluate_prose(paper, node, "caption", row);
    out->at = node->at;
    out->at.data = out->pictures[0].at.data;
}

void evaluate_photos(Paper *paper, const Node *node, const Scope *scope)
{
    Groups rows;
    if (!evaluate_groups(paper, node, scope, &rows))
        return;
    if (rows.count == 0) {
        diag_add(paper->diags, DIAG_W122, &node->at, expr_source(node_expr(node, "of")));
        return;
    }
    DocPhotos *photos = ARENA_NEW(paper->arena, DocPhotos);
    photos->entries = ARENA_ARRAY(paper->arena, DocPhoto, rows.count);
    photos->entry_count = rows.count;
    photos->pairs = node_expr(node, "after") != NULL;
    photos->labels[0] = "整改前";
    photos->labels[1] = "整改后";
    photos->per_page = node_choice(node, "per-page", 0);
    for (int i = 0; i < rows.count; i++)
        read_entry(paper, node, rows.scopes[i], photos->pairs, &photos->entries[i]);
    add_block(paper, BLOCK_PHOTOS, node)->photos = photos;
}
