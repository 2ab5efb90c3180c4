/* What the files that play pages on Cairo share. Internal to paint/cairo*.c. */
#ifndef PAINT_CAIRO_INTERNAL_H
#define PAINT_CAIRO_INTERNAL_H

#include <cairo.h>
#include "paint/cairo_image.h"
#include "paint/cairo_shape.h"
#include "paint/paint.h"

enum { SCALED_FONTS = 64, IMAGE_DPI = 300 };

typedef struct ScaledFont {
    int font;
    Length size;
    bool turned;
    cairo_scaled_font_t *scaled;
} ScaledFont;

typedef struct Painter {
    const Pages *pages;
    Diags *diags;
    cairo_font_face_t **cairo_faces;
    const uint16_t **glyphs; /* of the faces that stand in for fonts: the ids there; else NULL */
    ScaledFont scaled[SCALED_FONTS];
    int scaled_count;
    ShapePainter shapes;
    ImageCache images;
    cairo_filter_t image_filter;
    double scale; /* device units a point */
    Buf text;     /* of the runs that are painted */
    bool joins;   /* runs that look alike are painted as one */
    bool parts;   /* the marks of each tag are set apart, for finish to say what they are */
} Painter;

/* A device that draws outlines needs the fonts themselves; the PDF surface only embeds them. False
 * after a message; painter_close ends it all the same. */
bool painter_open(Painter *p, const Pages *pages, bool outlines, Diags *diags);
void painter_close(Painter *p);
/* All marks of a page, in points from the context's origin. False after messages. */
bool painter_page(Painter *p, cairo_t *cr, size_t index);
/* A point (x, y) of the turned sheet lies at (y, height - x) of the page. */
cairo_matrix_t painter_turned(Length height);
const char *painter_status(const Diags *diags, cairo_status_t status);
/* Cairo's writer onto a Buf. */
cairo_status_t painter_write(void *closure, const unsigned char *bytes, unsigned int length);

#endif
