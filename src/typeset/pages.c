#include "typeset/pages.h"

#include <inttypes.h>
#include <string.h>

Pages *pages_new(Arena *arena)
{
    Pages *pages = ARENA_NEW(arena, Pages);
    pages->arena = arena;
    return pages;
}

Page *pages_add(Pages *pages, Length width, Length height)
{
    pages->pages = arena_grow(
        pages->arena, pages->pages, pages->page_count, &pages->page_capacity, sizeof *pages->pages);
    Page *page = &pages->pages[pages->page_count++];
    *page = (Page){.width = width, .height = height};
    return page;
}

Mark *page_mark(Arena *arena, Page *page, MarkKind kind)
{
    page->marks =
        arena_grow(arena, page->marks, page->mark_count, &page->mark_capacity, sizeof *page->marks);
    Mark *mark = &page->marks[page->mark_count++];
    memset(mark, 0, sizeof *mark);
    mark->kind = kind;
    mark->turned = page->turned;
    mark->tag = page->tag;
    return mark;
}

void page_rect(
    Arena *arena, Page *page, Length x, Length y, Length width, Length height, Color color)
{
    page_mark(arena, page, MARK_RECT)->rect = (Rect){x, y, width, height, color};
}

int pages_image(Pages *pages, const PageImage *image)
{
    for (size_t i = 0; i < pages->image_count; i++)
        if (strcmp(pages->images[i].path, image->path) == 0)
            return (int)i;
    pages->images = arena_grow(pages->arena, pages->images, pages->image_count,
        &pages->image_capacity, sizeof *pages->images);
    pages->images[pages->image_count] = *image;
    return (int)pages->image_count++;
}

void pages_figure(Pages *pages, const PageFigure *figure)
{
    pages->figures = arena_grow(pages->arena, pages->figures, pages->figure_count,
        &pages->figure_capacity, sizeof *pages->figures);
    pages->figures[pages->figure_count++] = *figure;
}

void pages_outline(Pages *pages, int level, const char *title, int page, Length y)
{
    pages->outline = arena_grow(pages->arena, pages->outline, pages->outline_count,
        &pages->outline_capacity, sizeof *pages->outline);
    pages->outline[pages->outline_count++] = (OutlineEntry){level, title, page, y};
}

void pages_link(Pages *pages, const PageLink *link)
{
    pages->links = arena_grow(
        pages->arena, pages->links, pages->link_count, &pages->link_capacity, sizeof *pages->links);
    pages->links[pages->link_count++] = *link;
}

int pages_foreign(Pages *pages, const PageForeign *foreign)
{
    for (size_t i = 0; i < pages->foreign_count; i++)
        if (strcmp(pages->foreigns[i].path, foreign->path) == 0)
            return (int)i + 1;
    pages->foreigns = arena_grow(pages->arena, pages->foreigns, pages->foreign_count,
        &pages->foreign_capacity, sizeof *pages->foreigns);
    pages->foreigns[pages->foreign_count++] = *foreign;
    return (int)pages->foreign_count;
}

/* ---------------------------------------------------------------- paths */

/* Room for one more of `count` items: the arrays double at powers of two, so that a path needs no
 * capacity fields. */
static void *path_room(Arena *arena, void *items, int count, int more, size_t size)
{
    int have = 8;
    while (have < count) {
        have *= 2;
    }
    if (count > 0 && count + more <= have) {
        return items;
    }
    int wanted = 8;
    while (wanted < count + more) {
        wanted *= 2;
    }
    void *larger = arena_alloc(arena, (size_t)wanted * size);
    if (count > 0) {
        memcpy(larger, items, (size_t)count * size);
    }
    return larger;
}

static void path_add(Arena *arena, Path *path, PathOp op, const Point *points, int count)
{
    path->ops = path_room(arena, path->ops, path->op_count, 1, sizeof *path->ops);
    path->ops[path->op_count++] = (uint8_t)op;
    if (count > 0) {
        path->points =
            path_room(arena, path->points, path->point_count, count, sizeof *path->points);
        memcpy(&path->points[path->point_count], points, (size_t)count * sizeof *points);
        path->point_count += count;
    }
}

void path_move(Arena *arena, Path *path, Length x, Length y)
{
    path_add(arena, path, PATH_MOVE, &(Point){x, y}, 1);
}

void path_line(Arena *arena, Path *path, Length x, Length y)
{
    path_add(arena, path, PATH_LINE, &(Point){x, y}, 1);
}

void path_curve(Arena *arena, Path *path, Point a, Point b, Point end)
{
    path_add(arena, path, PATH_CURVE, (Point[]){a, b, end}, 3);
}

void path_close(Arena *arena, Path *path)
{
    path_add(arena, path, PATH_CLOSE, NULL, 0);
}

void path_rect(Arena *arena, Path *path, Length x, Length y, Length width, Length height)
{
    path_move(arena, path, x, y);
    path_line(arena, path, x + width, y);
    path_line(arena, path, x + width, y + height);
    path_line(arena, path, x, y + height);
    path_close(arena, path);
}

/* ---------------------------------------------------------------- dump */

static const char *const END_NAMES[] = {"goes-on", "space", "tab", "new-line"};
static const char *const PATTERN_NAMES[PATTERN_COUNT] = {
    "solid", "diagonal", "back-diagonal", "cross", "dots", "horizontal", "vertical", "empty",
    "shade-1", "shade-2", "shade-3", "shade-4", "shade-5"};

/* Lengths as points with three decimals, without floating point: the dump is a golden. */
static void put_length(FILE *out, Length length)
{
    int64_t thousandths = ((int64_t)length * 1000 + (length < 0 ? -512 : 512)) / 1024;
    uint64_t size = (uint64_t)(thousandths < 0 ? -thousandths : thousandths);
    fprintf(out, " %s%" PRIu64 ".%03" PRIu64, thousandths < 0 ? "-" : "", size / 1000, size % 1000);
}

static void put_color(FILE *out, Color color)
{
    fprintf(out, " #%02x%02x%02x", color.red, color.green, color.blue);
}

static void dump_run(FILE *out, const Pages *pages, const GlyphRun *run)
{
    fputs("glyphs", out);
    fprintf(out, " %s", run->font < pages->font_count ? pages->fonts[run->font].name : "(no font)");
    put_length(out, run->size);
    put_color(out, run->color);
    fprintf(out, " %s \"%.*s\" at", END_NAMES[run->end], run->text_bytes, run->text);
    Length y = 0;
    for (int i = 0; i < run->glyph_count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        put_length(out, glyph->x);
        if (i == 0 || glyph->y != y) {
            fputc(',', out);
            put_length(out, glyph->y);
            y = glyph->y;
        }
    }
    fputs(" clusters", out);
    for (int i = 0; i < run->cluster_count; i++) {
        fprintf(out, " %u:%u", run->clusters[i].bytes, run->clusters[i].glyphs);
    }
    fputc('\n', out);
}

static void dump_rect(FILE *out, const Rect *rect)
{
    fputs("rect", out);
    put_length(out, rect->x);
    put_length(out, rect->y);
    put_length(out, rect->width);
    put_length(out, rect->height);
    put_color(out, rect->color);
    fputc('\n', out);
}

static void dump_path(FILE *out, const Path *path)
{
    static const char LETTERS[] = "MLCZ";
    static const int POINTS[] = {1, 1, 3, 0};
    const Point *point = path->points;
    for (int i = 0; i < path->op_count; i++) {
        fprintf(out, " %c", LETTERS[path->ops[i]]);
        for (int k = 0; k < POINTS[path->ops[i]]; k++, point++) {
            put_length(out, point->x);
            put_length(out, point->y);
        }
    }
}

static void dump_shape(FILE *out, const Shape *shape)
{
    fputs("shape", out);
    if (shape->filled) {
        fprintf(out, " fill %s", PATTERN_NAMES[shape->pattern]);
        put_color(out, shape->fill);
    }
    if (shape->stroke_width > 0) {
        fputs(" stroke", out);
        put_length(out, shape->stroke_width);
        put_color(out, shape->stroke);
    }
    if (shape->dash[0] > 0) {
        fputs(" dash", out);
        for (int i = 0; i < 4; i++) {
            put_length(out, shape->dash[i]);
        }
    }
    dump_path(out, &shape->path);
    fputc('\n', out);
}

/* The file's own name, not its path: the dump is the same on every machine. */
static void dump_picture(FILE *out, const Pages *pages, const Picture *picture)
{
    fprintf(out, "picture %s", pages->images[picture->image].name);
    put_length(out, picture->x);
    put_length(out, picture->y);
    put_length(out, picture->width);
    put_length(out, picture->height);
    fputc('\n', out);
}

static void dump_page(const Pages *pages, size_t index, FILE *out)
{
    const Page *page = &pages->pages[index];
    fprintf(out, "page %zu", index + 1);
    put_length(out, page->width);
    put_length(out, page->height);
    fprintf(out, " label %s", page->label ? page->label : "-");
    if (page->foreign > 0) {
        const char *path = pages->foreigns[page->foreign - 1].path, *slash = strrchr(path, '/');
        fprintf(out, " page %d of %s", page->foreign_page + 1, slash ? slash + 1 : path);
    }
    fputc('\n', out);
    for (size_t i = 0; i < page->mark_count; i++) {
        const Mark *mark = &page->marks[i];
        if (mark->tag > 0) {
            fprintf(out, "tag %d ", mark->tag);
        }
        if (mark->turned) {
            fputs("turned ", out);
        }
        switch (mark->kind) {
        case MARK_GLYPHS:
            dump_run(out, pages, &mark->run);
            break;
        case MARK_RECT:
            dump_rect(out, &mark->rect);
            break;
        case MARK_SHAPE:
            dump_shape(out, &mark->shape);
            break;
        case MARK_PICTURE:
            dump_picture(out, pages, &mark->picture);
            break;
        }
    }
}

static void dump_link(const PageLink *link, FILE *out)
{
    fprintf(out, "link page %d at", link->page + 1);
    put_length(out, link->area.x);
    put_length(out, link->area.y);
    put_length(out, link->area.width);
    put_length(out, link->area.height);
    fprintf(out, " to page %d at", link->target + 1);
    put_length(out, link->y);
    fprintf(out, " %s\n", link->title);
}

static void dump_tag(const Pages *pages, size_t index, FILE *out)
{
    const Tag *tag = &pages->tags[index];
    fprintf(out, "tag %zu %s in %d", index, tag_name(tag), tag->parent);
    if (tag->lead > 0) {
        fprintf(out, " behind %d", tag->lead);
    }
    if (tag->columns > 1 || tag->rows > 1) {
        fprintf(out, " columns %d rows %d", tag->columns, tag->rows);
    }
    if (tag->kind == TAG_ROW_HEAD) {
        fputs(" of the row", out);
    }
    fprintf(out, "%s%s\n", tag->alt ? " " : "", tag->alt ? tag->alt : "");
}

void pages_dump(const Pages *pages, FILE *out)
{
    char date[16];
    fprintf(out, "title %s\nauthor %s\ndate %s\n", pages->title ? pages->title : "-",
        pages->author ? pages->author : "-", date_format_iso(pages->date, date));
    for (int i = 0; i < pages->font_count; i++) {
        fprintf(out, "font %d %s\n", i, pages->fonts[i].name);
    }
    for (size_t i = 0; i < pages->outline_count; i++) {
        const OutlineEntry *entry = &pages->outline[i];
        fprintf(out, "outline %d page %d at", entry->level, entry->page + 1);
        put_length(out, entry->y);
        fprintf(out, " %s\n", entry->title);
    }
    for (size_t i = 0; i < pages->figure_count; i++) {
        const PageFigure *figure = &pages->figures[i];
        fprintf(out, "figure page %d marks %zu-%zu at", figure->page + 1, figure->first, figure->end);
        put_length(out, figure->area.x);
        put_length(out, figure->area.y);
        put_length(out, figure->area.width);
        put_length(out, figure->area.height);
        fprintf(out, " %s | %s\n", figure->title, figure->alt);
    }
    for (size_t i = 0; i < pages->link_count; i++) {
        dump_link(&pages->links[i], out);
    }
    for (size_t i = 0; i < pages->tag_count; i++) {
        dump_tag(pages, i, out);
    }
    for (size_t i = 0; i < pages->page_count; i++) {
        dump_page(pages, i, out);
    }
}

void pages_text(const Pages *pages, FILE *out)
{
    static const char *const ENDS[] = {"", " ", "\t", "\n"};
    for (size_t p = 0; p < pages->page_count; p++) {
        const Page *page = &pages->pages[p];
        for (size_t i = 0; i < page->mark_count; i++) {
            bool again = p > 0 && page->marks[i].furniture;
            if (page->marks[i].kind == MARK_GLYPHS && !again) {
                const GlyphRun *run = &page->marks[i].run;
                for (int blank = 0; blank < run->blanks; blank++) {
                    fputs(ENDS[TEXT_TAB], out);
                }
                fwrite(run->text, 1, (size_t)run->text_bytes, out);
                fputs(ENDS[run->end], out);
            }
        }
    }
}
