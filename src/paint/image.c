#include "paint/image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

static bool read_file(const PageImage *source, Buf *out, Diags *diags)
{
    int file = open(source->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool done = file >= 0 && buf_read(out, file, LIMIT_IMAGE_BYTES);
    int error = errno;
    if (file >= 0) {
        close(file);
    }
    return done ||
           diag_add(diags, DIAG_E361, &source->at, source->name, diag_system_text(diags, error));
}

/* The pages were made from the head: the file must still be the one it was read from. */
static bool check_head(const PageImage *source, const Buf *file, Diags *diags)
{
    ImageHead now;
    const ImageHead *then = &source->head;
    ImageFault fault = imagehead_parse((const unsigned char *)file->data, file->length, &now);
    if (fault == IMAGE_FINE && now.kind == then->kind && now.width == then->width &&
        now.height == then->height && now.orientation == then->orientation &&
        now.components == then->components && now.bytes == then->bytes &&
        now.clean == then->clean) {
        return true;
    }
    diag_add(diags, DIAG_E362, &source->at, source->name);
    diag_hint(diags, DIAG_H361);
    return false;
}

/* Photographs kept as PNG are JPEG files on paper: lossless they are ten times as large. */
static void encode(const PageImage *source, const Buf *file, bool drawn, bool reduced, Image *out)
{
    const ImageHead *head = &source->head;
    size_t plain = head->kind == IMAGE_JPEG && !reduced ? jpeg_plain_length(file, head) : 0;
    if (plain > 0) {
        buf_add(&out->jpeg, file->data, plain);
    } else if (head->kind == IMAGE_JPEG || !drawn) {
        jpeg_encode(&out->pixels, &out->jpeg);
    }
}

static bool decode(const PageImage *source, const Buf *file, int wide, int high, Pixels *out)
{
    return source->head.kind == IMAGE_PNG ? png_decode(file, &source->head, out)
                                          : jpeg_decode(file, &source->head, wide, high, out);
}

bool image_load(
    const PageImage *source, int most_wide, int most_high, bool encoded, Image *out, Diags *diags)
{
    Buf file = {0};
    const ImageHead *head = &source->head;
    bool lies = head->orientation >= 5;
    int wide = lies ? most_high : most_wide, high = lies ? most_wide : most_high;
    wide = wide < head->width ? wide : head->width;
    high = high < head->height ? high : head->height;
    *out = (Image){0};
    bool done = read_file(source, &file, diags) && check_head(source, &file, diags);
    if (done && !decode(source, &file, wide, high, &out->pixels)) {
        done = diag_add(diags, DIAG_E360, &source->at, source->name);
        diag_hint(diags, DIAG_H360);
    }
    if (done) {
        bool drawn = head->kind == IMAGE_PNG && pixels_are_drawn(&out->pixels);
        pixels_reduce(&out->pixels, wide, high);
        pixels_turn(&out->pixels, head->orientation);
        if (encoded) {
            encode(source, &file, drawn, wide < head->width || high < head->height, out);
        }
    }
    buf_free(&file);
    return done;
}

void image_free(Image *image)
{
    pixels_free(&image->pixels);
    buf_free(&image->jpeg);
}
