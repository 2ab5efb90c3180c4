#include "paint/cairo_image.h"

#include <stdlib.h>
#include <string.h>
#include "paint/image.h"

static int pixels_in(Length length, int dpi)
{
    int64_t count = (int64_t)length * dpi / LENGTH_PT(72);
    return count < 1 ? 1 : (int)count;
}

static void fill_surface(cairo_surface_t *surface, const Pixels *pixels)
{
    cairo_surface_flush(surface);
    unsigned char *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    const unsigned char *from = pixels->bytes;
    bool grey = pixels->components == 1;
    for (int y = 0; y < pixels->height; y++) {
        uint32_t *to = (uint32_t *)(void *)(rows + (size_t)y * (size_t)stride);
        for (int x = 0; x < pixels->width; x++, from += pixels->components) {
            uint32_t red = from[0], green = from[grey ? 0 : 1], blue = from[grey ? 0 : 2];
            to[x] = red << 16 | green << 8 | blue;
        }
    }
    cairo_surface_mark_dirty(surface);
}

/* Cairo takes the block over and ends it with the surface. */
static cairo_status_t attach(
    cairo_surface_t *surface, const char *type, const void *bytes, size_t length)
{
    unsigned char *block = malloc(length);
    if (!block) {
        return CAIRO_STATUS_NO_MEMORY;
    }
    memcpy(block, bytes, length);
    cairo_status_t status = cairo_surface_set_mime_data(surface, type, block, length, free, block);
    if (status) {
        free(block);
    }
    return status;
}

/* The name lets Cairo embed a picture once that comes again after it left the cache. */
static cairo_surface_t *make_surface(const Image *image, const KeptImage *key)
{
    char name[64];
    int length = snprintf(name, sizeof name, "%d %d %d", key->image, key->wide, key->high);
    cairo_surface_t *made =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, image->pixels.width, image->pixels.height);
    cairo_status_t status = cairo_surface_status(made);
    if (!status) {
        fill_surface(made, &image->pixels);
        status = attach(made, CAIRO_MIME_TYPE_UNIQUE_ID, name, (size_t)length);
    }
    if (!status && image->jpeg.length > 0) {
        status = attach(made, CAIRO_MIME_TYPE_JPEG, image->jpeg.data, image->jpeg.length);
    }
    if (status) { /* sizes are within Cairo's: it is memory that lacks */
        arena_exhausted();
    }
    return made;
}

cairo_surface_t *image_surface(
    ImageCache *cache, const Pages *pages, const Picture *picture, Diags *diags)
{
    KeptImage key = {picture->image, pixels_in(picture->width, cache->dpi),
        pixels_in(picture->height, cache->dpi), NULL};
    for (int i = 0; i < KEPT_IMAGES; i++) {
        const KeptImage *kept = &cache->kept[i];
        if (kept->surface && kept->image == key.image && kept->wide == key.wide &&
            kept->high == key.high) {
            return kept->surface;
        }
    }
    Image image;
    if (!image_load(&pages->images[key.image], key.wide, key.high, cache->encodes, &image, diags)) {
        return NULL;
    }
    key.surface = make_surface(&image, &key);
    image_free(&image);
    KeptImage *place = &cache->kept[cache->next];
    cache->next = (cache->next + 1) % KEPT_IMAGES;
    if (place->surface) {
        cairo_surface_destroy(place->surface);
    }
    *place = key;
    return key.surface;
}

void image_cache_close(ImageCache *cache)
{
    for (int i = 0; i < KEPT_IMAGES; i++) {
        if (cache->kept[i].surface) {
            cairo_surface_destroy(cache->kept[i].surface);
        }
    }
}
