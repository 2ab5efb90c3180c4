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
#include "template/evaluate.h"

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

static bool leaves_folder(const char *name)
{
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || !part[2]))
            return true;
    return name[0] == '/';
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    bool root = strcmp(folder, "/") == 0;
    return root || (strncmp(path, folder, length) == 0 && path[length] == '/');
}

typedef struct Names {
    const char **items;
    size_t count, room;
} Names;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder below the data folder, with that folder before them. */
static void list_names(Paper *paper, const char *inside, Names *names)
{
    DIR *folder = opendir(arena_printf(paper->arena, "%s/%s", paper->t->data_dir, inside));
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

/* 1.JPG for 1.jpg, or the name that is most like it. What they end in counts for nothing: all
 * pictures end in .jpg. */
static void hint_nearest(Paper *paper, const char *name)
{
    const char *slash = strrchr(name, '/'), *stem = stem_of(paper->arena, name);
    Names names = {0};
    list_names(
        paper, slash ? arena_strndup(paper->arena, name, (size_t)(slash - name)) : "", &names);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    const char **stems = ARENA_ARRAY(paper->arena, const char *, names.count + 1);
    const char *meant = NULL;
    for (size_t i = 0; i < names.count; i++) {
        stems[i] = stem_of(paper->arena, names.items[i]);
        meant = !meant && strcasecmp(stems[i], stem) == 0 ? stems[i] : meant;
    }
    meant = meant ? meant : utf8_nearest(stem, stems, names.count);
    for (size_t i = 0; i < names.count; i++) {
        if (stems[i] == meant) {
            diag_hint(paper->diags, DIAG_H001, names.items[i]);
            return;
        }
    }
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
        !leaves_folder(name) &&
        (realpath(arena_printf(paper->arena, "%s/%s", data_dir, name), path) ||
            ((errno == ENOENT || errno == ENOTDIR) &&
                realpath(
                    arena_printf(paper->arena, "%s/%s/%s", data_dir, PHOTO_FOLDER, name), path)));
    if (leaves_folder(name) || (found && !is_below(path, folder))) {
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
    bool failed_before = paper->failed;
    paper->failed = false;
    const char *name = evaluate_plain(paper, node, "src", scope);
    DocFigure *figure = ARENA_NEW(paper->arena, DocFigure);
    bool told = paper->failed; /* of a value in it: its hole is no name */
    if (!told && is_blank(paper->arena, name))
        told = !diag_add(paper->diags, DIAG_E644, &src->at);
    if (told || !read_picture(paper, name, src->at, &figure->picture))
        paper->failed = true;
    paper->failed = paper->failed || failed_before;
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
    if (datum.kind != DATUM_TEXT)
        return diag_add(paper->diags, DIAG_E646, &at, expr_source(value));
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
