/* Pictures as Cairo's surfaces; the few last drawn are kept, so that a picture that stands on many
 * pages is decoded once. */
#ifndef PAINT_CAIRO_IMAGE_H
#define PAINT_CAIRO_IMAGE_H

#include <cairo.h>
#include <stdbool.h>
#include "base/diag.h"
#include "typeset/pages.h"

enum { KEPT_IMAGES = 8 }; /* as many as on a page: 3 MB each */

typedef struct KeptImage {
    int image, wide, high;
    cairo_surface_t *surface;
} KeptImage;

typedef struct ImageCache {
    KeptImage kept[KEPT_IMAGES];
    int next;
    int dpi;      /* of the pixels drawn, at most */
    bool encodes; /* the device embeds JPEG files */
} ImageCache;

/* The picture's surface with the pixels that its frame can show; lent until seven more were asked
 * for. NULL after a message. */
cairo_surface_t *image_surface(
    ImageCache *cache, const Pages *pages, const Picture *picture, Diags *diags);
void image_cache_close(ImageCache *cache);

#endif
