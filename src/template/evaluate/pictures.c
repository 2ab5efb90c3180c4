/* Pictures of the data folder: only their heads are read, so that every fault of every picture
 * shows before the first page is made. */
#include <errno.h>
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "template/data_file.h"
#include "template/evaluate/evaluate.h"

enum { WIDEST_MM = 1000 }; /* beyond any sheet; the typesetter brings it down to the type area */

/* The folder in which an office keeps its photographs: ledgers give names without it. */
static const char PHOTO_FOLDER[] = "照片";

/* ---- names ---- */

/* 1.JPG for 1.jpg. In the folder of all photographs, one whose number is like it is another one. */
static void hint_nearest(Paper *paper, const char *name)
{
    FileNames names = {0};
    data_file_names(paper->arena, paper->t->data_dir, NULL, name, &names);
    size_t likely = names.count;
    data_file_names(paper->arena, paper->t->data_dir, PHOTO_FOLDER, name, &names);
    const char *meant = data_file_nearest(paper->arena, &names, likely, name);
    if (meant)
        diag_hint(paper->diags, DIAG_H001, meant);
}

/* Where the file really lies. NULL after a message. */
static const char *find_file(Paper *paper, const char *name, const At *at)
{
    const char *path = NULL;
    DataFileState state =
        data_file_find(paper->arena, paper->t->data_dir, PHOTO_FOLDER, name, &path);
    const char *cause = diag_system_text(paper->diags, errno);
    switch (state) {
    case DATA_FILE_FOUND:
        break;
    case DATA_FILE_NO_FOLDER:
        diag_add(paper->diags, DIAG_E633, at);
        break;
    case DATA_FILE_OUTSIDE:
        diag_add(paper->diags, DIAG_E634, at, name);
        diag_hint(paper->diags, DIAG_H631);
        break;
    case DATA_FILE_ABSENT:
        diag_add(paper->diags, DIAG_E635, at, name, cause);
        hint_nearest(paper, name);
        break;
    case DATA_FILE_CLOSED:
        diag_add(paper->diags, DIAG_E636, at, name, cause);
        break;
    }
    return path;
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

bool read_picture(Paper *paper, const char *name, At at, DocPicture *out)
{
    out->name = data_file_name(paper->arena, name);
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
