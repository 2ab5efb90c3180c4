/* Plays the display list on Cairo's PDF, PNG and SVG surfaces. Only cairo*.c know Cairo. Fonts are
 * opened with FreeType straight from the cut bytes: Cairo 1.16 searches a font's whole cmap for
 * every glyph it embeds, so it must never see a full one. */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "paint/describe.h"
#include "paint/boxfont.h"
#include "paint/cairo_internal.h"

/* Memory is all that Cairo can lack on our pages; its other words are for a report of a fault of
 * ours. */
const char *painter_status(const Diags *diags, cairo_status_t status)
{
    return status == CAIRO_STATUS_NO_MEMORY ? diag_system_text(diags, ENOMEM)
                                            : cairo_status_to_string(status);
}

/* ---- fonts ---- */

void painter_close(Painter *p)
{
    for (int i = 0; i < p->scaled_count; i++)
        cairo_scaled_font_destroy(p->scaled[i].scaled);
    for (int i = 0; p->cairo_faces && i < p->pages->font_count; i++)
        if (p->cairo_faces[i])
            cairo_font_face_destroy(p->cairo_faces[i]);
    shapes_close(&p->shapes);
    image_cache_close(&p->images);
    buf_free(&p->text);
}

static void done_face(void *face)
{
    FT_Done_Face(face);
}

/* Cairo keeps scaled fonts for later after we let them go, and finds them again by the address of
 * the FT_Face. So the face ends with Cairo's own last reference, never before: another at the same
 * address would get its glyphs. The library lives as long as the process. */
static cairo_font_face_t *open_face(const PageFont *font)
{
    static FT_Library freetype;
    static const cairo_user_data_key_t face_key;
    FT_Face face;
    if ((!freetype && FT_Init_FreeType(&freetype)) ||
        FT_New_Memory_Face(freetype, font->bytes, (FT_Long)font->length, font->index, &face))
        return NULL;
    cairo_font_face_t *made =
        cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    if (cairo_font_face_set_user_data(made, &face_key, face, done_face)) {
        cairo_font_face_destroy(made);
        FT_Done_Face(face);
        return NULL;
    }
    return made;
}

bool painter_open(Painter *p, const Pages *pages, bool outlines, Diags *diags)
{
    *p = (Painter){.pages = pages,
        .diags = diags,
        .shapes = {.arena = pages->arena},
        .images = {.dpi = IMAGE_DPI, .encodes = true},
        .image_filter = CAIRO_FILTER_GOOD,
        .scale = 1};
    p->cairo_faces = ARENA_ARRAY(pages->arena, cairo_font_face_t *, pages->font_count + 1);
    p->glyphs = ARENA_ARRAY(pages->arena, const uint16_t *, pages->font_count + 1);
    for (int i = 0; i < pages->font_count; i++) {
        const PageFont *font = &pages->fonts[i];
        BoxFont box;
        if (!outlines && boxfont_make(pages->arena, pages, i, &box)) {
            font = &box.font;
            p->glyphs[i] = box.glyphs;
        }
        p->cairo_faces[i] = open_face(font);
        if (!p->cairo_faces[i])
            return diag_add(diags, DIAG_E305, NULL, font->name);
    }
    return true;
}

cairo_matrix_t painter_turned(Length height)
{
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, 0, -1, 1, 0, 0, LENGTH_TO_PT(height));
    return matrix;
}

/* Made for the device's scale and turn: else Cairo would look for another at every run. */
static cairo_scaled_font_t *scaled_font(Painter *p, int font, Length size, bool turned)
{
    for (int i = 0; i < p->scaled_count; i++)
        if (p->scaled[i].font == font && p->scaled[i].size == size && p->scaled[i].turned == turned)
            return p->scaled[i].scaled;
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_matrix_t scale, turn = painter_turned(0), device;
    cairo_matrix_init_scale(&scale, LENGTH_TO_PT(size), LENGTH_TO_PT(size));
    cairo_matrix_init_scale(&device, p->scale, p->scale);
    if (turned)
        cairo_matrix_multiply(&device, &turn, &device);
    cairo_scaled_font_t *made =
        cairo_scaled_font_create(p->cairo_faces[font], &scale, &device, options);
    cairo_font_options_destroy(options);
    if (p->scaled_count == SCALED_FONTS) { /* the oldest goes; documents use about ten */
        cairo_scaled_font_destroy(p->scaled[0].scaled);
        memmove(p->scaled, p->scaled + 1, (SCALED_FONTS - 1) * sizeof *p->scaled);
        p->scaled_count--;
    }
    p->scaled[p->scaled_count++] = (ScaledFont){font, size, turned, made};
    return made;
}

/* ---- marks ---- */

/* Glyphs on their way to Cairo. */
typedef struct GlyphText {
    cairo_glyph_t *glyphs;
    cairo_text_cluster_t *clusters;
    int glyph_count, cluster_count;
} GlyphText;

static bool looks_alike(const Mark *a, const Mark *b)
{
    return a->turned == b->turned && a->tag == b->tag && a->run.font == b->run.font &&
           a->run.size == b->run.size && memcmp(&a->run.color, &b->run.color, sizeof(Color)) == 0;
}

/* How many runs go to Cairo as one: its PDF surface unites the boxes of all operations of a page,
 * which takes time quadratic in their number, and a page of a table has hundreds of runs. */
static size_t run_stretch(const Painter *p, const Mark *marks, size_t count)
{
    size_t end = 1;
    while (p->joins && end < count && marks[end].kind == MARK_GLYPHS &&
           looks_alike(&marks[0], &marks[end]))
        end++;
    return end;
}

static void add_run(Painter *p, const GlyphRun *run, GlyphText *out)
{
    const uint16_t *ids = p->glyphs[run->font];
    for (int i = 0; i < run->glyph_count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        out->glyphs[out->glyph_count++] = (cairo_glyph_t){
            ids ? ids[glyph->id] : glyph->id, LENGTH_TO_PT(glyph->x), LENGTH_TO_PT(glyph->y)};
    }
    for (int i = 0; i < run->cluster_count; i++)
        out->clusters[out->cluster_count++] =
            (cairo_text_cluster_t){run->clusters[i].bytes, run->clusters[i].glyphs};
    buf_add(&p->text, run->text, (size_t)run->text_bytes);
}

/* A stretch of runs that look alike. */
static void paint_runs(Painter *p, cairo_t *cr, const Mark *marks, size_t count)
{
    const GlyphRun *first = &marks[0].run;
    int glyphs = 1, clusters = 1;
    for (size_t i = 0; i < count; i++) {
        glyphs += marks[i].run.glyph_count;
        clusters += marks[i].run.cluster_count;
    }
    GlyphText text = {cairo_glyph_allocate(glyphs), cairo_text_cluster_allocate(clusters), 0, 0};
    buf_clear(&p->text);
    for (size_t i = 0; i < count; i++)
        add_run(p, &marks[i].run, &text);
    color_set(cr, first->color);
    cairo_set_scaled_font(cr, scaled_font(p, first->font, first->size, marks[0].turned));
    /* With the characters: without them 9 % of Han come out as Kangxi radicals in copy and search.
     */
    cairo_show_text_glyphs(cr, p->text.data, (int)p->text.length, text.glyphs, text.glyph_count,
        text.clusters, text.cluster_count, 0);
    cairo_glyph_free(text.glyphs);
    cairo_text_cluster_free(text.clusters);
}

static void paint_rect(cairo_t *cr, const Rect *rect)
{
    color_set(cr, rect->color);
    cairo_rectangle(cr, LENGTH_TO_PT(rect->x), LENGTH_TO_PT(rect->y), LENGTH_TO_PT(rect->width),
        LENGTH_TO_PT(rect->height));
    cairo_fill(cr);
}

/* A picture that is the first on its page and has no clip Cairo 1.16 takes for the page's ground,
 * and forgets what it was told before: where its tag begins. */
static void clip_nothing(cairo_t *cr)
{
    enum { BEYOND = 10000 }; /* points */
    cairo_rectangle(cr, -BEYOND, -BEYOND, 2 * BEYOND, 2 * BEYOND);
    cairo_clip(cr);
}

static bool paint_picture(Painter *p, cairo_t *cr, const Picture *picture)
{
    cairo_surface_t *surface = image_surface(&p->images, p->pages, picture, p->diags);
    if (!surface)
        return false;
    cairo_save(cr);
    if (p->parts)
        clip_nothing(cr);
    cairo_translate(cr, LENGTH_TO_PT(picture->x), LENGTH_TO_PT(picture->y));
    cairo_scale(cr, LENGTH_TO_PT(picture->width) / cairo_image_surface_get_width(surface),
        LENGTH_TO_PT(picture->height) / cairo_image_surface_get_height(surface));
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), p->image_filter);
    cairo_paint(cr);
    cairo_restore(cr);
    return true;
}

/* Paints the first of the marks, and those that go with it; *painted: how many. */
static bool paint_marks(
    Painter *p, cairo_t *cr, const Mark *marks, size_t count, size_t *painted)
{
    *painted = 1;
    switch (marks->kind) {
    case MARK_GLYPHS:
        *painted = run_stretch(p, marks, count);
        paint_runs(p, cr, marks, *painted);
        break;
    case MARK_RECT:
        paint_rect(cr, &marks->rect);
        break;
    case MARK_SHAPE:
        *painted = shapes_paint(&p->shapes, cr, marks, count);
        break;
    case MARK_PICTURE:
        return paint_picture(p, cr, &marks->picture);
    }
    return true;
}

/* Cairo's own tags know neither artifacts nor a cell that goes on overleaf: we only have it set
 * stretches of marks apart, each as a P; output/finish_structure.c counts on that. */
static void part_marks(const Painter *p, cairo_t *cr, const Page *page, size_t i)
{
    bool begins = i < page->mark_count && (i == 0 || page->marks[i].tag != page->marks[i - 1].tag);
    bool ends = i > 0 && (i == page->mark_count || begins);
    if (p->parts && ends)
        cairo_tag_end(cr, "P");
    if (p->parts && begins)
        cairo_tag_begin(cr, "P", NULL);
}

bool painter_page(Painter *p, cairo_t *cr, size_t index)
{
    const Page *page = &p->pages->pages[index];
    cairo_matrix_t upright, turned = painter_turned(page->height);
    cairo_get_matrix(cr, &upright);
    cairo_matrix_multiply(&turned, &turned, &upright);
    bool done = true;
    for (size_t i = 0, painted; i < page->mark_count; i += painted) {
        const Mark *mark = &page->marks[i];
        part_marks(p, cr, page, i);
        cairo_set_matrix(cr, mark->turned ? &turned : &upright);
        /* On, so that all broken pictures are told. */
        done &= paint_marks(p, cr, mark, page->mark_count - i, &painted);
    }
    part_marks(p, cr, page, page->mark_count);
    cairo_set_matrix(cr, &upright);
    cairo_status_t status = done ? cairo_status(cr) : CAIRO_STATUS_SUCCESS;
    if (status)
        done = diag_add(p->diags, DIAG_E404, NULL, index + 1, painter_status(p->diags, status));
    return done;
}

/* ---- devices ---- */

cairo_status_t painter_write(void *closure, const unsigned char *bytes, unsigned int length)
{
    buf_add(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static void pdf_metadata(cairo_surface_t *surface, const Pages *pages)
{
    char date[40];
    snprintf(date, sizeof date, "%04d-%02d-%02dT00:00:00+08:00", pages->date.year,
        pages->date.month, pages->date.day);
    cairo_pdf_surface_set_metadata(
        surface, CAIRO_PDF_METADATA_TITLE, pages->title ? pages->title : "");
    if (pages->author)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, pages->author);
    if (pages->subject)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, pages->subject);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "wenyin " WENYIN_VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

/* Cairo 1.16 has no call for it, but leaves the contents of pages as they are when this is set, of
 * its own only: finish reads them, and deflates them. */
static void leave_contents(void)
{
    static bool told;
    if (!told)
        setenv("CAIRO_DEBUG_PDF", "1", 1);
    told = true;
}

bool paint_pdf(const Pages *pages, Buf *out, Diags *diags)
{
    leave_contents();
    Painter painter;
    bool done = painter_open(&painter, pages, false, diags);
    /* PDF/A forbids /Interpolate true, which Cairo 1.16 writes for any other filter. */
    painter.image_filter = CAIRO_FILTER_NEAREST;
    painter.parts = pages->tag_count > 0;
    painter.joins = true;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(painter_write, out,
        LENGTH_TO_PT(pages->pages[0].width), LENGTH_TO_PT(pages->pages[0].height));
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    pdf_metadata(surface, pages);
    cairo_t *cr = cairo_create(surface);
    bool opened = done;
    for (size_t i = 0; opened && i < pages->page_count; i++) {
        const Page *page = &pages->pages[i];
        cairo_pdf_surface_set_size(surface, LENGTH_TO_PT(page->width), LENGTH_TO_PT(page->height));
        done &= painter_page(&painter, cr, i);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    if (done && status)
        done = diag_add(diags, DIAG_E404, NULL, pages->page_count, painter_status(diags, status));
    cairo_surface_destroy(surface);
    painter_close(&painter);
    return done;
}

bool paint_svg(const Pages *pages, size_t page, Buf *out, Diags *diags)
{
    Painter painter;
    Buf svg = {0};
    bool done = painter_open(&painter, pages, true, diags);
    painter.shapes.lines = true;
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(painter_write, &svg,
        LENGTH_TO_PT(pages->pages[page].width), LENGTH_TO_PT(pages->pages[page].height));
    cairo_t *cr = cairo_create(surface);
    color_set(cr, (Color){255, 255, 255}); /* the paper: values on a chart stand on white */
    cairo_paint(cr);
    done = done && painter_page(&painter, cr, page);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    if (done && status)
        done = diag_add(diags, DIAG_E404, NULL, page + 1, painter_status(diags, status));
    if (done)
        svg_describe(pages, page, &svg, out);
    cairo_surface_destroy(surface);
    painter_close(&painter);
    buf_free(&svg);
    return done;
}
