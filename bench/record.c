/* record FOLDER render TEMPLATE …: wenyin, which leaves a tape of each PDF that it paints in
 * FOLDER, for floor.c. Linked with --wrap=paint_pdf. Not timed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli.h"
#include "paint/paint.h"
#include "tape.h"

bool __real_paint_pdf(const Pages *pages, Buf *out, Diags *diags);
bool __wrap_paint_pdf(const Pages *pages, Buf *out, Diags *diags);

static const char *folder;

typedef struct Recorder {
    Buf tape;
    struct Face {
        int font;
        Length size;
    } faces[TAPE_FONTS];
    int face_count;
} Recorder;

static _Noreturn void refuse(const char *what)
{
    fprintf(stderr, "record: a tape has no %s\n", what);
    exit(1);
}

static void put(Recorder *r, const void *bytes, size_t length)
{
    static const char zeros[8];
    buf_add(&r->tape, bytes, length);
    buf_add(&r->tape, zeros, tape_room(length) - length);
}

static void put_color(double out[3], Color color)
{
    out[0] = color.red / 255.0;
    out[1] = color.green / 255.0;
    out[2] = color.blue / 255.0;
}

/* ---- fonts: cut to the characters of the paper, as they were set in ---- */

static void put_face(Recorder *r, const Pages *pages, int font, Length size)
{
    TapeFont item = {.kind = TAPE_FONT, .size = LENGTH_TO_PT(size)};
    while (item.same < r->face_count && r->faces[item.same].font != font)
        item.same++;
    if (item.same == r->face_count)
        item.length = (int64_t)pages->fonts[font].length;
    put(r, &item, sizeof item);
    put(r, pages->fonts[font].bytes, (size_t)item.length);
    if (r->face_count == TAPE_FONTS)
        refuse("room for so many fonts");
    r->faces[r->face_count++] = (struct Face){font, size};
}

static int face_of(const Recorder *r, const GlyphRun *run)
{
    int at = 0;
    while (at < r->face_count && (r->faces[at].font != run->font || r->faces[at].size != run->size))
        at++;
    return at;
}

static void put_faces(Recorder *r, const Pages *pages)
{
    for (size_t p = 0; p < pages->page_count; p++) {
        const Page *page = &pages->pages[p];
        for (size_t i = 0; i < page->mark_count; i++) {
            const Mark *mark = &page->marks[i];
            if (mark->kind == MARK_GLYPHS && face_of(r, &mark->run) == r->face_count)
                put_face(r, pages, mark->run.font, mark->run.size);
        }
    }
}

/* ---- marks ---- */

static void put_run(Recorder *r, const GlyphRun *run)
{
    TapeGlyphs item = {
        TAPE_GLYPHS, face_of(r, run), run->glyph_count, run->cluster_count, run->text_bytes, {0}};
    put_color(item.color, run->color);
    put(r, &item, sizeof item);
    for (int i = 0; i < run->glyph_count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        cairo_glyph_t at = {glyph->id, LENGTH_TO_PT(glyph->x), LENGTH_TO_PT(glyph->y)};
        put(r, &at, sizeof at);
    }
    for (int i = 0; i < run->cluster_count; i++)
        put(r, &(cairo_text_cluster_t){run->clusters[i].bytes, run->clusters[i].glyphs},
            sizeof(cairo_text_cluster_t));
    put(r, run->text, (size_t)run->text_bytes);
}

static void put_rect(Recorder *r, const Rect *rect)
{
    TapeRect item = {TAPE_RECT, LENGTH_TO_PT(rect->x), LENGTH_TO_PT(rect->y),
        LENGTH_TO_PT(rect->width), LENGTH_TO_PT(rect->height), {0}};
    put_color(item.color, rect->color);
    put(r, &item, sizeof item);
}

static void put_shape(Recorder *r, const Shape *shape)
{
    TapeShape item = {.kind = TAPE_SHAPE,
        .points = shape->path.point_count,
        .ops = shape->path.op_count,
        .filled = shape->filled,
        .stroke_width = LENGTH_TO_PT(shape->stroke_width)};
    put_color(item.fill, shape->fill);
    put_color(item.stroke, shape->stroke);
    for (int i = 0; i < 4; i++)
        item.dash[i] = LENGTH_TO_PT(shape->dash[i]);
    put(r, &item, sizeof item);
    for (int i = 0; i < shape->path.point_count; i++)
        put(r,
            (double[]){
                LENGTH_TO_PT(shape->path.points[i].x), LENGTH_TO_PT(shape->path.points[i].y)},
            2 * sizeof(double));
    put(r, shape->path.ops, (size_t)shape->path.op_count);
}

static void put_page(Recorder *r, const Page *page)
{
    put(r, &(TapePage){TAPE_PAGE, LENGTH_TO_PT(page->width), LENGTH_TO_PT(page->height)},
        sizeof(TapePage));
    for (size_t i = 0; i < page->mark_count; i++) {
        const Mark *mark = &page->marks[i];
        if (mark->turned)
            refuse("turned pages");
        switch (mark->kind) {
        case MARK_GLYPHS:
            put_run(r, &mark->run);
            break;
        case MARK_RECT:
            put_rect(r, &mark->rect);
            break;
        case MARK_SHAPE:
            put_shape(r, &mark->shape);
            break;
        case MARK_PICTURE:
            refuse("pictures");
        }
    }
}

static void save(const Buf *tape)
{
    static int number; /* workers are processes of their own */
    char path[4096];
    snprintf(path, sizeof path, "%s/%d-%d.tape", folder, (int)getpid(), number++);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(tape->data, 1, tape->length, file) != tape->length || fclose(file)) {
        perror(path);
        exit(1);
    }
}

bool __wrap_paint_pdf(const Pages *pages, Buf *out, Diags *diags)
{
    Recorder recorder = {0};
    put_faces(&recorder, pages);
    for (size_t i = 0; i < pages->page_count; i++)
        put_page(&recorder, &pages->pages[i]);
    put(&recorder, &(int64_t){TAPE_END}, sizeof(int64_t));
    save(&recorder.tape);
    buf_free(&recorder.tape);
    return __real_paint_pdf(pages, out, diags);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: record FOLDER render TEMPLATE ...\n");
        return 2;
    }
    folder = argv[1];
    argv[1] = argv[0];
    return cli_run(argc - 1, argv + 1);
}
