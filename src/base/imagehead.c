#include "base/imagehead.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

/* A file or bytes in memory; `length` is all there is. */
typedef struct Input {
    const unsigned char *bytes; /* NULL: the file */
    int file;
    size_t length;
} Input;

/* The parts of a JPEG's head, as they are met. */
typedef struct JpegWalk {
    Input input;
    size_t at;
    bool has_frame, foreign;
    ImageHead *head;
} JpegWalk;

/* A segment: its marker and what follows the two bytes of its length. */
typedef struct Segment {
    int marker;
    size_t start, length;
} Segment;

enum {
    STEPS = 4096, /* segments and fill bytes: real heads have less than 300 */
    EXIF_ENTRIES = 512,
    ORIENTATION = 0x0112,
    EXIF_SHORT = 3
};

/* Both libjpeg's and PDF's numbers of the markers (ITU-T T.81 table B.1). */
enum {
    FIRST_FRAME = 0xc0,
    PROGRESSIVE = 0xc2,
    HUFFMAN_TABLES = 0xc4,
    EXTENSION = 0xc8,
    ARITHMETIC = 0xc9,
    ARITHMETIC_PROGRESSIVE = 0xca,
    CONDITIONING = 0xcc,
    LAST_FRAME = 0xcf,
    RESTART = 0xd0,
    START = 0xd8,
    END = 0xd9,
    SCAN = 0xda,
    APPLICATION = 0xe0,
    EXIF = 0xe1,
    ADOBE = 0xee,
    LAST_APPLICATION = 0xef,
    COMMENT = 0xfe
};

static bool input_read(const Input *input, size_t at, void *out, size_t count)
{
    if (at > input->length || count > input->length - at) {
        return false;
    }
    if (input->bytes) {
        memcpy(out, input->bytes + at, count);
        return true;
    }
    return pread(input->file, out, count, (off_t)at) == (ssize_t)count;
}

static uint32_t big(const unsigned char *at, int count)
{
    uint32_t value = 0;
    for (int i = 0; i < count; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

static uint32_t number(const unsigned char *at, int count, bool little)
{
    if (!little) {
        return big(at, count);
    }
    uint32_t value = 0;
    for (int i = count - 1; i >= 0; i--) {
        value = value << 8 | at[i];
    }
    return value;
}

/* ---- PNG ---- */

static const unsigned char PNG_SIGNATURE[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

/* ISO/IEC 15948 11.2.2: which bit depths a colour type may have. */
static int png_components(int colour_type, int depth)
{
    static const struct {
        int type, components, depths;
    } TYPES[] = {{0, 1, 1 | 2 | 4 | 8 | 16}, {2, 3, 8 | 16}, {3, 1, 1 | 2 | 4 | 8}, {4, 2, 8 | 16},
        {6, 4, 8 | 16}};
    bool single = depth > 0 && (depth & (depth - 1)) == 0;
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (TYPES[i].type == colour_type && single && (depth & TYPES[i].depths)) {
            return TYPES[i].components;
        }
    }
    return 0;
}

static ImageFault read_png(const Input *input, ImageHead *head)
{
    unsigned char b[33]; /* signature, IHDR and its checksum */
    if (!input_read(input, 0, b, sizeof b) || big(b + 8, 4) != 13 ||
        memcmp(b + 12, "IHDR", 4) != 0) {
        return IMAGE_BROKEN;
    }
    uint32_t width = big(b + 16, 4), height = big(b + 20, 4);
    head->components = png_components(b[25], b[24]);
    if (width == 0 || height == 0 || width > INT32_MAX || height > INT32_MAX ||
        head->components == 0 || b[26] != 0 || b[27] != 0 || b[28] > 1) {
        return IMAGE_BROKEN;
    }
    head->kind = IMAGE_PNG;
    head->width = (int)width;
    head->height = (int)height;
    return IMAGE_FINE;
}

/* ---- JPEG ---- */

/* EXIF is a TIFF file of its own: its offsets count from behind "Exif\0\0". What is not sound there
 * is passed over, the picture is upright then. */
static int exif_orientation(const Input *input, const Segment *segment)
{
    unsigned char b[12];
    if (segment->length < 14) {
        return 1;
    }
    Input tiff = *input; /* nothing beyond the segment, which itself may claim too much */
    size_t end = segment->start + segment->length;
    tiff.length = end < input->length ? end : input->length;
    size_t start = segment->start + 6;
    if (!input_read(&tiff, start, b, 8)) {
        return 1;
    }
    bool little = memcmp(b, "II*\0", 4) == 0;
    if (!little && memcmp(b, "MM\0*", 4) != 0) {
        return 1;
    }
    size_t at = start + number(b + 4, 4, little);
    if (!input_read(&tiff, at, b, 2)) {
        return 1;
    }
    int entries = (int)number(b, 2, little);
    at += 2;
    for (int i = 0; i < entries && i < EXIF_ENTRIES && input_read(&tiff, at, b, 12);
         i++, at += 12) {
        if (number(b, 2, little) == ORIENTATION && number(b + 2, 2, little) == EXIF_SHORT) {
            int value = (int)number(b + 8, 2, little);
            return value >= 1 && value <= 8 ? value : 1;
        }
    }
    return 1;
}

static bool segment_is(const Input *input, const Segment *segment, const char *name, size_t length)
{
    char b[8];
    return segment->length >= length && input_read(input, segment->start, b, length) &&
           memcmp(b, name, length) == 0;
}

/* Only a JFIF head without a small picture and the note which Adobe's programs add on the colours
 * may stay in a file that is passed through. */
static void read_application(JpegWalk *walk, const Segment *segment)
{
    const Input *input = &walk->input;
    bool jfif = segment->marker == APPLICATION && segment->length == 14 &&
                segment_is(input, segment, "JFIF", 5);
    bool adobe =
        segment->marker == ADOBE && segment->length == 12 && segment_is(input, segment, "Adobe", 5);
    if (!jfif && !adobe) {
        walk->foreign = true;
    }
    if (segment->marker == EXIF && segment_is(input, segment, "Exif\0", 6)) {
        walk->head->orientation = exif_orientation(input, segment);
    }
}

/* Sequential and progressive DCT, Huffman or arithmetic coding: what libjpeg reads. */
static bool is_known_frame(int marker)
{
    return (marker >= FIRST_FRAME && marker <= PROGRESSIVE) || marker == ARITHMETIC ||
           marker == ARITHMETIC_PROGRESSIVE;
}

static bool is_frame(int marker)
{
    return marker >= FIRST_FRAME && marker <= LAST_FRAME && marker != HUFFMAN_TABLES &&
           marker != EXTENSION && marker != CONDITIONING;
}

static ImageFault read_frame(JpegWalk *walk, const Segment *segment)
{
    unsigned char b[6];
    ImageHead *head = walk->head;
    if (walk->has_frame || !is_known_frame(segment->marker) || segment->length < sizeof b ||
        !input_read(&walk->input, segment->start, b, sizeof b) || b[0] != 8) {
        return IMAGE_BROKEN;
    }
    walk->has_frame = true;
    walk->foreign |= segment->marker > PROGRESSIVE; /* PDF knows no arithmetic coding */
    head->height = (int)big(b + 1, 2);
    head->width = (int)big(b + 3, 2);
    head->components = b[5];
    if (b[5] == 4) {
        return IMAGE_CMYK;
    }
    bool sound = head->width > 0 && head->height > 0 && (b[5] == 1 || b[5] == 3) &&
                 segment->length == sizeof b + 3 * (size_t)b[5];
    return sound ? IMAGE_FINE : IMAGE_BROKEN;
}

/* The next marker with its segment; fill bytes (0xFF) may stand before it. */
static bool next_segment(JpegWalk *walk, int *steps, Segment *segment)
{
    unsigned char b[4];
    do {
        if (--*steps < 0 || !input_read(&walk->input, walk->at, b, 2) || b[0] != 0xff) {
            return false;
        }
        walk->at++;
    } while (b[1] == 0xff);
    if (!input_read(&walk->input, walk->at + 1, b + 2, 2) || big(b + 2, 2) < 2) {
        return false;
    }
    *segment = (Segment){b[1], walk->at + 3, big(b + 2, 2) - 2};
    walk->at = segment->start + segment->length;
    return true;
}

static bool stands_alone(int marker)
{
    return marker <= 1 || (marker >= RESTART && marker <= END);
}

static ImageFault read_jpeg(const Input *input, ImageHead *head)
{
    JpegWalk walk = {.input = *input, .at = 2, .head = head};
    Segment segment;
    head->kind = IMAGE_JPEG;
    for (int steps = STEPS; next_segment(&walk, &steps, &segment);) {
        if (segment.marker == SCAN) {
            head->clean = !walk.foreign && head->orientation == 1;
            return walk.has_frame ? IMAGE_FINE : IMAGE_BROKEN;
        }
        if (stands_alone(segment.marker)) {
            break;
        }
        if (is_frame(segment.marker)) {
            ImageFault fault = read_frame(&walk, &segment);
            if (fault != IMAGE_FINE) {
                return fault;
            }
        } else if (segment.marker >= APPLICATION && segment.marker <= LAST_APPLICATION) {
            read_application(&walk, &segment);
        } else if (segment.marker == COMMENT) {
            walk.foreign = true;
        }
    }
    return IMAGE_BROKEN;
}

/* ---- either ---- */

static ImageFault check_size(const ImageHead *head)
{
    if (head->width > LIMIT_IMAGE_SIDE || head->height > LIMIT_IMAGE_SIDE) {
        return IMAGE_SIDE;
    }
    bool many = (int64_t)head->width * head->height > LIMIT_IMAGE_PIXELS;
    return many ? IMAGE_PIXELS : IMAGE_FINE;
}

static ImageFault read_head(const Input *input, ImageHead *head)
{
    unsigned char b[8] = {0};
    ImageFault fault = IMAGE_UNKNOWN;
    *head = (ImageHead){.orientation = 1, .bytes = input->length};
    if (input->length > LIMIT_IMAGE_BYTES) {
        return IMAGE_BYTES;
    }
    if (!input_read(input, 0, b, input->length < sizeof b ? input->length : sizeof b)) {
        return IMAGE_UNREADABLE;
    }
    if (memcmp(b, PNG_SIGNATURE, sizeof b) == 0) {
        fault = read_png(input, head);
    } else if (b[0] == 0xff && b[1] == START) {
        fault = read_jpeg(input, head);
    }
    return fault == IMAGE_FINE ? check_size(head) : fault;
}

ImageFault imagehead_parse(const unsigned char *bytes, size_t length, ImageHead *out)
{
    return read_head(&(Input){.bytes = bytes, .length = length}, out);
}

/* Never waits: a pipe is opened without blocking, and refused. */
ImageFault imagehead_read(const char *path, ImageHead *out)
{
    struct stat status;
    *out = (ImageHead){.orientation = 1};
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        return errno == ENOENT || errno == ENOTDIR ? IMAGE_ABSENT : IMAGE_UNREADABLE;
    }
    ImageFault fault = IMAGE_UNREADABLE;
    int error = EINVAL;
    if (fstat(file, &status) != 0) {
        error = errno;
    } else if (S_ISDIR(status.st_mode)) {
        error = EISDIR;
    } else if (S_ISREG(status.st_mode)) {
        errno = EIO; /* a file that ends too soon sets none */
        fault = read_head(&(Input){.file = file, .length = (size_t)status.st_size}, out);
        error = errno;
    }
    close(file);
    errno = error;
    return fault;
}

void imagehead_upright(const ImageHead *head, int *width, int *height)
{
    bool lies = head->orientation >= 5;
    *width = lies ? head->height : head->width;
    *height = lies ? head->width : head->height;
}
