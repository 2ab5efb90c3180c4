/* Bytes of a picture: its head from memory, its pixels from a file. Nothing may crash or hang; what
 * is decoded has the size that the head gave. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "paint/image.h"

enum { SIDE = 64, MOST_PIXELS = 1 << 20 }; /* larger ones only cost time */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];

static void remove_file(void)
{
    unlink(path);
}

static void write_input(const uint8_t *data, size_t size)
{
    if (!*path) {
        snprintf(path, sizeof path, "/tmp/wenyin-fuzz-image-%d", (int)getpid());
        atexit(remove_file);
    }
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
        abort();
    }
}

static void decode(PageImage *source, bool encode)
{
    Image image;
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    int across, down;
    imagehead_upright(&source->head, &across, &down);
    bool done =
        image_load(source, encode ? SIDE : across, encode ? SIDE : down, encode, &image, diags);
    if (done == diag_failed(diags)) {
        abort(); /* a failure without a message, or a message without failure */
    }
    if (done && !encode && (image.pixels.width != across || image.pixels.height != down)) {
        abort();
    }
    image_free(&image);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    PageImage source = {.path = path, .name = "fuzz"};
    ImageHead again;
    ImageFault fault = imagehead_parse(data, size, &source.head);
    write_input(data, size);
    if (imagehead_read(path, &again) != fault) {
        abort();
    }
    int64_t pixels = (int64_t)source.head.width * source.head.height;
    if (fault == IMAGE_FINE && pixels <= MOST_PIXELS) {
        decode(&source, true);
        decode(&source, false);
    }
    return 0;
}
