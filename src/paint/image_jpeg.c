/* TurboJPEG's interface: it needs no setjmp and never writes beyond the size it is given. The
 * accurate DCT gives the same bytes on every machine. */
#include <string.h>
#include <turbojpeg.h>
#include "paint/image.h"

enum { QUALITY = 88, LARGEST_DIVISOR = 8, MOST_SCANS = 100 };

/* TurboJPEG's own limit is 500 scans; see has_few_scans. */
static const int DECODE_FLAGS = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS;

/* Where the next marker behind a scan begins: zero bytes and restart marks belong to it. */
static size_t skip_scan(const unsigned char *bytes, size_t length, size_t at)
{
    while (at + 1 < length) {
        const unsigned char *mark = memchr(bytes + at, 0xff, length - at - 1);
        if (!mark) {
            break;
        }
        at = (size_t)(mark - bytes);
        if (mark[1] != 0 && (mark[1] & 0xf8) != 0xd0) {
            return at;
        }
        at += 2;
    }
    return length;
}

/* Behind a segment's marker stands its length. */
static size_t segment_end(const unsigned char *bytes, size_t at)
{
    return at + 2 + ((size_t)bytes[at + 2] << 8 | bytes[at + 3]);
}

/* Progressive files of cameras have a dozen scans. Each goes over the whole picture, even if it is
 * but forty bytes long: 500 of them keep a processor busy for seconds. */
static bool has_few_scans(const Buf *file)
{
    const unsigned char *bytes = (const unsigned char *)file->data;
    int scans = 0;
    for (size_t at = 2; (at = skip_scan(bytes, file->length, at)) + 4 <= file->length;) {
        int marker = bytes[at + 1];
        if (marker == 0xd9) {
            break;
        }
        scans += marker == 0xda;
        bool alone = marker == 0xff || marker == 0x01; /* a fill byte, or a mark without length */
        at = alone ? at + 1 : segment_end(bytes, at);
    }
    return scans <= MOST_SCANS;
}

/* libjpeg goes on over damage and fills with grey: its warnings are our errors. But for one: bytes
 * too many before a marker, which cameras leave and which harm nothing. */
static bool harmless(tjhandle jpeg)
{
    return tjGetErrorCode(jpeg) == TJERR_WARNING &&
           strstr(tjGetErrorStr2(jpeg), "extraneous bytes before marker");
}

static int divided(int size, int divisor)
{
    return (size + divisor - 1) / divisor;
}

/* The DCT itself gives halves, quarters and eighths, in a fraction of the time and memory. */
static int divisor_for(const ImageHead *head, int wide, int high)
{
    int divisor = 1;
    while (divisor < LARGEST_DIVISOR && divided(head->width, divisor * 2) >= wide &&
           divided(head->height, divisor * 2) >= high) {
        divisor *= 2;
    }
    return divisor;
}

bool jpeg_decode(const Buf *file, const ImageHead *head, int wide, int high, Pixels *out)
{
    int divisor = divisor_for(head, wide, high);
    int width = divided(head->width, divisor), height = divided(head->height, divisor);
    if (!has_few_scans(file)) {
        return false;
    }
    tjhandle jpeg = tjInitDecompress();
    if (!jpeg) {
        arena_exhausted();
    }
    *out = pixels_new(width, height, head->components);
    bool done = tjDecompress2(jpeg, (const unsigned char *)file->data, file->length, out->bytes,
                    width, width * head->components, height,
                    head->components == 1 ? TJPF_GRAY : TJPF_RGB, DECODE_FLAGS) == 0 ||
                harmless(jpeg);
    tjDestroy(jpeg);
    if (!done) {
        pixels_free(out);
    }
    return done;
}

/* Is it grey or YCbCr? What else libjpeg can read, viewers may take for that. */
static bool has_usual_colours(const Buf *file)
{
    int width, height, sampling, colours = -1;
    tjhandle jpeg = tjInitDecompress();
    if (!jpeg) {
        arena_exhausted();
    }
    bool read = tjDecompressHeader3(jpeg, (const unsigned char *)file->data, file->length, &width,
                    &height, &sampling, &colours) == 0;
    tjDestroy(jpeg);
    return read && (colours == TJCS_YCbCr || colours == TJCS_GRAY);
}

static bool may_follow_scan(int marker)
{
    return marker == 0xc4 || marker == 0xda || marker == 0xdb || marker == 0xdd;
}

/* Behind the end mark telephones keep films and places, between scans there may be notes: the file
 * is walked to its end mark. Its head was walked before (base/imagehead.h). */
static size_t length_to_end(const unsigned char *bytes, size_t length)
{
    bool scanned = false;
    size_t at = 2;
    while (at + 4 <= length && bytes[at] == 0xff) {
        int marker = bytes[at + 1];
        if (marker == 0xff) { /* a fill byte */
            at++;
            continue;
        }
        if (scanned && !may_follow_scan(marker)) {
            break;
        }
        at = segment_end(bytes, at);
        if (marker == 0xda) {
            scanned = true;
            at = skip_scan(bytes, length, at);
        }
    }
    bool ends = scanned && at + 2 <= length && bytes[at] == 0xff && bytes[at + 1] == 0xd9;
    return ends ? at + 2 : 0;
}

size_t jpeg_plain_length(const Buf *file, const ImageHead *head)
{
    if (!head->clean || !has_usual_colours(file)) {
        return 0;
    }
    return length_to_end((const unsigned char *)file->data, file->length);
}

void jpeg_encode(const Pixels *pixels, Buf *out)
{
    bool grey = pixels->components == 1;
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    tjhandle jpeg = tjInitCompress();
    if (!jpeg) {
        arena_exhausted();
    }
    int failed = tjCompress2(jpeg, pixels->bytes, pixels->width, pixels->width * pixels->components,
        pixels->height, grey ? TJPF_GRAY : TJPF_RGB, &bytes, &length,
        grey ? TJSAMP_GRAY : TJSAMP_420, QUALITY, TJFLAG_ACCURATEDCT);
    if (failed) { /* only for want of memory: sizes are checked */
        arena_exhausted();
    }
    buf_add(out, bytes, length);
    tjFree(bytes);
    tjDestroy(jpeg);
}
