/* PNG: a page, or all pages in one picture. */
#include <math.h>

#include "base/limits.h"
#include "paint/cairo_internal.h"

/* White pixels to be painted on, then written as PNG. */
typedef struct Raster {
    Painter painter;
    cairo_surface_t *surface;
    cairo_t *cr;
} Raster;

/* False after a message; then there is nothing to be closed. */
static bool raster_open(
    Raster *r, const Pages *pages, long width, long height, double dpi, Diags *diags)
{
    if (width > LIMIT_PNG_SIDE || height > LIMIT_PNG_SIDE)
        return diag_add(diags, DIAG_E406, NULL, width > height ? width : height, LIMIT_PNG_SIDE);
    if (!painter_open(&r->painter, pages, true, diags)) {
        painter_close(&r->painter);
        return false;
    }
    r->painter.images.encodes = false;
    r->painter.images.dpi = dpi < IMAGE_DPI ? (int)ceil(dpi) : IMAGE_DPI;
    r->painter.scale = dpi / 72;
    r->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    r->cr = cairo_create(r->surface);
    cairo_set_source_rgb(r->cr, 1, 1, 1);
    cairo_paint(r->cr);
    return true;
}

static bool raster_close(Raster *r, size_t page, bool done, Buf *out)
{
    Diags *diags = r->painter.diags;
    cairo_destroy(r->cr);
    cairo_status_t status = done ? cairo_surface_write_to_png_stream(r->surface, painter_write, out)
                                 : CAIRO_STATUS_SUCCESS;
    if (status)
        done = diag_add(diags, DIAG_E404, NULL, page + 1, painter_status(diags, status));
    cairo_surface_destroy(r->surface);
    painter_close(&r->painter);
    return done;
}

bool paint_png(const Pages *pages, size_t page, double dpi, Buf *out, Diags *diags)
{
    double scale = dpi / 72;
    long width = lround(LENGTH_TO_PT(pages->pages[page].width) * scale);
    long height = lround(LENGTH_TO_PT(pages->pages[page].height) * scale);
    Raster raster;
    if (!raster_open(&raster, pages, width, height, dpi, diags))
        return false;
    cairo_scale(raster.cr, scale, scale);
    return raster_close(&raster, page, painter_page(&raster.painter, raster.cr, page), out);
}

/* A turned page lies as it is read, as wide as the upright ones. Returns its height in points. */
static double shown_height(const Page *page, double width, cairo_matrix_t *shown)
{
    double wide = LENGTH_TO_PT(page->width), high = LENGTH_TO_PT(page->height);
    double scale = width / (page->landscape ? high : wide);
    cairo_matrix_init_identity(shown);
    if (page->landscape) {
        *shown = painter_turned(page->height);
        cairo_matrix_invert(shown);
    }
    cairo_matrix_t larger;
    cairo_matrix_init_scale(&larger, scale, scale);
    cairo_matrix_multiply(shown, shown, &larger);
    return scale * (page->landscape ? wide : high);
}

/* The row of pixels where each page begins; the last one is the height of all. */
static long *page_tops(const Pages *pages, double width, double scale, long rule)
{
    long *tops = ARENA_ARRAY(pages->arena, long, pages->page_count + 1);
    for (size_t i = 0; i < pages->page_count; i++) {
        cairo_matrix_t shown;
        tops[i] += i > 0 ? rule : 0;
        tops[i + 1] = tops[i] + lround(shown_height(&pages->pages[i], width, &shown) * scale);
    }
    return tops;
}

static void paint_rule(cairo_t *cr, long top, long height)
{
    cairo_identity_matrix(cr);
    color_set(cr, (Color){160, 160, 160});
    cairo_rectangle(cr, 0, (double)top, LIMIT_PNG_SIDE, (double)height);
    cairo_fill(cr);
}

bool paint_png_long(const Pages *pages, double dpi, Buf *out, Diags *diags)
{
    double scale = dpi / 72, width = LENGTH_TO_PT(pages->pages[0].width);
    long rule = lround(scale < 1 ? 1 : scale);
    const long *tops = page_tops(pages, width, scale, rule);
    long height = tops[pages->page_count];
    Raster raster;
    if (!raster_open(&raster, pages, lround(width * scale), height, dpi, diags)) {
        if (height > LIMIT_PNG_SIDE)
            diag_hint(diags, DIAG_H573,
                (long)(dpi * (LIMIT_PNG_SIDE - 2 * (double)pages->page_count) / (double)height));
        return false;
    }
    bool done = true;
    for (size_t i = 0; i < pages->page_count; i++) {
        cairo_matrix_t shown;
        shown_height(&pages->pages[i], width, &shown);
        if (i > 0)
            paint_rule(raster.cr, tops[i] - rule, rule);
        cairo_identity_matrix(raster.cr);
        cairo_translate(raster.cr, 0, (double)tops[i]);
        cairo_scale(raster.cr, scale, scale);
        cairo_transform(raster.cr, &shown);
        done = painter_page(&raster.painter, raster.cr, i) && done;
    }
    return raster_close(&raster, pages->page_count - 1, done, out);
}
