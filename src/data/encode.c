#include "data/encode.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/utf8.h"

static const struct {
    const char *name;
    Encoding encoding;
} NAMES[] = {
    {"utf-8", ENCODING_UTF8},
    {"utf8", ENCODING_UTF8},
    {"gbk",
        ENCODING_GB18030}, /* GB 18030 holds both; "GB2312" in iconv maps A1A4 and A1AA wrongly */
    {"gb18030", ENCODING_GB18030},
    {"gb2312", ENCODING_GB18030},
    {"cp936", ENCODING_GB18030},
    {"ansi", ENCODING_GB18030}, /* what 记事本 calls it on a Chinese Windows */
    {"utf-16", ENCODING_UTF16LE},
    {"utf16", ENCODING_UTF16LE},
    {"utf-16le", ENCODING_UTF16LE},
    {"utf-16be", ENCODING_UTF16BE},
};

bool encode_parse(const char *name, Encoding *out)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (strcasecmp(name, NAMES[i].name) == 0) {
            *out = NAMES[i].encoding;
            return true;
        }
    }
    return false;
}

static const char *encoding_label(Encoding encoding)
{
    switch (encoding) {
    case ENCODING_GB18030:
        return "GB18030";
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return "UTF-16";
    case ENCODING_UNKNOWN:
    case ENCODING_UTF8:
        break;
    }
    return "UTF-8";
}

/* ---- detection ---- */

static bool starts_with(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

/* UTF-16 without a BOM: the high bytes of delimiters and digits are NULs, all on one side. One
 * stray NUL is none. */
static Encoding detect_utf16(const char *bytes, size_t length)
{
    size_t zeros[2] = {0, 0};
    const char *first = length ? memchr(bytes, 0, length) : NULL; /* most files have none */
    for (size_t i = first ? (size_t)(first - bytes) : length; i < length; i++) {
        zeros[i & 1] += bytes[i] == 0;
    }
    size_t total = zeros[0] + zeros[1];
    if (length % 2 || total < 2 || total < length / 64 || (zeros[0] && zeros[1])) {
        return ENCODING_UNKNOWN;
    }
    return zeros[1] ? ENCODING_UTF16LE : ENCODING_UTF16BE;
}

/* 629 of the 3,500 commonest characters look like two-byte UTF-8 in GBK (“联通”): a text with such
 * pairs only is GBK. */
static bool only_pairs(const char *bytes, size_t length)
{
    bool pair = false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c >= 0xE0) {
            return false;
        }
        pair = pair || c >= 0xC0;
    }
    return pair;
}

Encoding encode_detect(const char *bytes, size_t length)
{
    if (starts_with(bytes, length, "\xEF\xBB\xBF", 3)) {
        return ENCODING_UTF8;
    }
    if (starts_with(bytes, length, "\xFF\xFE", 2)) {
        return ENCODING_UTF16LE;
    }
    if (starts_with(bytes, length, "\xFE\xFF", 2)) {
        return ENCODING_UTF16BE;
    }
    Encoding wide = detect_utf16(bytes, length);
    if (wide != ENCODING_UNKNOWN) {
        return wide;
    }
    size_t bad;
    if (utf8_valid(bytes, length, &bad)) {
        return only_pairs(bytes, length) ? ENCODING_GB18030 : ENCODING_UTF8;
    }
    return ENCODING_GB18030;
}

/* ---- decoding ---- */

/* The row of `end` as an editor counts it: CR, LF and CRLF end one. */
static long row_at(const char *bytes, size_t end)
{
    long row = 1;
    for (size_t i = 0; i < end; i++) {
        bool line_feed = bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r');
        row += line_feed || bytes[i] == '\r';
    }
    return row;
}

static At place_of(DataPlace *place, const char *file, long row)
{
    *place = (DataPlace){file, row, -1, NULL};
    return (At){.data = place};
}

static bool bad_byte(
    Diags *diags, const char *file, const char *bytes, size_t offset, long row, Encoding encoding)
{
    DataPlace place;
    At at = place_of(&place, file, row);
    diag_add(diags, DIAG_E210, &at, offset + 1, (unsigned)(unsigned char)bytes[offset],
        encoding_label(encoding));
    const char *dot = strrchr(file, '.');
    bool prose = dot && strcasecmp(dot, ".txt") == 0; /* no sheet of Excel's */
    diag_hint(diags, prose ? DIAG_H100 : DIAG_H234);
    return false;
}

/* Byte 0x80 is the euro sign in Windows' GBK; iconv's GB18030 does not know it. */
static bool skip_euro(const char **in, size_t *left, Buf *out, Encoding encoding)
{
    if (encoding != ENCODING_GB18030 || *left == 0 || (unsigned char)**in != 0x80) {
        return false;
    }
    buf_addc(out, 0x20AC);
    (*in)++;
    (*left)--;
    return true;
}

/* Converts until the end or the first byte that does not decode; returns how many bytes were read.
 */
static size_t convert(
    iconv_t converter, const char *bytes, size_t length, Encoding encoding, Buf *out)
{
    char block[16384];
    const char *in = bytes;
    size_t left = length;
    while (left > 0) {
        char *to = block, *from = (char *)(uintptr_t)in;
        size_t room = sizeof block;
        size_t result = iconv(converter, &from, &left, &to, &room);
        int cause = errno;
        in = from;
        buf_add(out, block, sizeof block - room);
        if (result == (size_t)-1 && cause != E2BIG && !skip_euro(&in, &left, out, encoding)) {
            break;
        }
    }
    return length - left;
}

/* `skip`: bytes of the BOM, which the offsets of messages count. */
static bool decode(const char *file, const char *bytes, size_t length, size_t skip,
    Encoding encoding, bool guessed, Buf *out, Diags *diags)
{
    const char *name = encoding == ENCODING_GB18030   ? "GB18030"
                       : encoding == ENCODING_UTF16LE ? "UTF-16LE"
                                                      : "UTF-16BE";
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1) {
        DataPlace place;
        At at = place_of(&place, file, 0);
        return diag_add(diags, DIAG_E209, &at, diag_system_text(diags, errno));
    }
    size_t start = out->length;
    size_t done = skip + convert(converter, bytes + skip, length - skip, encoding, out);
    iconv_close(converter);
    if (done == length) {
        return true;
    }
    /* Of two encodings that both fail, the one that got further was meant. */
    size_t bad;
    if (guessed && !utf8_valid(bytes, length, &bad) && bad > done) {
        return bad_byte(diags, file, bytes, bad, row_at(bytes, bad), ENCODING_UTF8);
    }
    long row = out->length > start ? row_at(out->data + start, out->length - start) : 1;
    return bad_byte(diags, file, bytes, done, row, encoding);
}

static bool check_utf8(const char *file, const char *bytes, size_t length, Diags *diags)
{
    size_t bad;
    return utf8_valid(bytes, length, &bad) ||
           bad_byte(diags, file, bytes, bad, row_at(bytes, bad), ENCODING_UTF8);
}

/* ---- what decoded, but will not print ---- */

typedef struct Suspect {
    size_t count, at; /* at: where the first stands */
    uint32_t first;
} Suspect;

typedef struct Suspects {
    Suspect private_use, turning;
} Suspects;

static bool turns_direction(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void suspect(Suspects *found, uint32_t c, size_t at)
{
    Suspect *which = c >= 0xE000 && c <= 0xF8FF ? &found->private_use
                     : turns_direction(c)       ? &found->turning
                                                : NULL;
    if (which && which->count++ == 0) {
        which->first = c;
        which->at = at;
    }
}

static Suspects find_suspects(const char *text, size_t length)
{
    Suspects found = {0};
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == 0xEE || c == 0xEF || c == 0xE2) { /* the leads of all suspects */
            const char *at = text + i;
            suspect(&found, utf8_next(&at), i);
        }
    }
    return found;
}

static void warn_suspects(const char *file, const char *text, size_t length, Diags *diags)
{
    Suspects found = find_suspects(text, length);
    DataPlace place;
    if (found.private_use.count) {
        At at = place_of(&place, file, row_at(text, found.private_use.at));
        diag_add(diags, DIAG_W201, &at, found.private_use.count, (unsigned)found.private_use.first);
    }
    if (found.turning.count) {
        At at = place_of(&place, file, row_at(text, found.turning.at));
        diag_add(diags, DIAG_W203, &at, (unsigned)found.turning.first);
    }
}

void encode_warn_lost(const char *file, const char *text, size_t length, Diags *diags)
{
    static const char lost[] = "\xEF\xBF\xBD";
    const char *end = text + length, *first = memmem(text, length, lost, 3);
    size_t count = 0;
    for (const char *at = first; at; at = memmem(at + 3, (size_t)(end - at - 3), lost, 3)) {
        count++;
    }
    if (count) {
        DataPlace place;
        At at = place_of(&place, file, row_at(text, (size_t)(first - text)));
        diag_add(diags, DIAG_W204, &at, count);
    }
}

static size_t mark_length(const char *bytes, size_t length, Encoding encoding)
{
    if (encoding == ENCODING_UTF8 && starts_with(bytes, length, "\xEF\xBB\xBF", 3)) {
        return 3;
    }
    if (encoding == ENCODING_UTF16LE && starts_with(bytes, length, "\xFF\xFE", 2)) {
        return 2;
    }
    return encoding == ENCODING_UTF16BE && starts_with(bytes, length, "\xFE\xFF", 2) ? 2 : 0;
}

bool encode_to_utf8(
    const char *file, const char *bytes, size_t length, Encoding encoding, Buf *out, Diags *diags)
{
    /* Detection has found a text without a BOM valid already: a long file is not gone through
     * twice. */
    bool guessed = encoding == ENCODING_UNKNOWN;
    if (guessed) {
        encoding = encode_detect(bytes, length);
    }
    /* The declared “utf-16” leaves the order of bytes to the BOM. */
    if (encoding == ENCODING_UTF16LE && starts_with(bytes, length, "\xFE\xFF", 2)) {
        encoding = ENCODING_UTF16BE;
    }
    size_t mark = mark_length(bytes, length, encoding), start = out->length;
    if (encoding != ENCODING_UTF8) {
        if (!decode(file, bytes, length, mark, encoding, guessed && mark == 0, out, diags)) {
            return false;
        }
    } else if ((guessed && mark == 0) || check_utf8(file, bytes, length, diags)) {
        buf_add(out, bytes + mark, length - mark);
    } else {
        return false;
    }
    if (out->length > start) {
        warn_suspects(file, out->data + start, out->length - start, diags);
    }
    return true;
}
