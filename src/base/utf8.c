#include "base/utf8.h"
#include <string.h>
#include "base/arena.h"

typedef struct Range {
    uint32_t first, last;
} Range;

static const Range han[] = {
    {0x3005, 0x3007},                   /* 々 〆 〇 */
    {0x3021, 0x3029},                   /* Suzhou numerals */
    {0x3038, 0x303B}, {0x3400, 0x4DBF}, /* extension A */
    {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, /* compatibility ideographs, 12 of them unified */
    {0x20000, 0x2FA1F},                 /* extensions B–F, I, compatibility supplement */
    {0x30000, 0x323AF},                 /* extensions G, H */
};

static const Range cjk_marks[] = {
    {0x00B7, 0x00B7},                                     /* · */
    {0x2014, 0x2015}, {0x2018, 0x2019}, {0x201C, 0x201D}, /* — ‘’ “” */
    {0x2025, 0x2026}, {0x2E3A, 0x2E3B},                   /* … ⸺ */
    {0x3001, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030}, /* 、。〃 《》 〜 */
    {0x303C, 0x303F}, {0x30FB, 0x30FB},                   /* ・ */
    {0xFE10, 0xFE19}, {0xFE30, 0xFE6B},                   /* vertical and small forms */
    {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, /* full-width ASCII marks */
    {0xFF5B, 0xFF65}, {0xFFE0, 0xFFE6},                   /* ￥ and other signs */
};

static const Range blanks[] = {
    {0x0009, 0x000A},
    {0x000D, 0x000D},
    {0x0020, 0x0020},
    {0x00A0, 0x00A0},
    {0x2000, 0x200A},
    {0x202F, 0x202F},
    {0x205F, 0x205F},
    {0x3000, 0x3000},
};

static const Range private_use[] = {{0xE000, 0xF8FF}, {0xF0000, 0xFFFFD}, {0x100000, 0x10FFFD}};

static bool in_ranges(const Range *ranges, size_t count, uint32_t code_point)
{
    for (size_t i = 0; i < count && ranges[i].first <= code_point; i++)
        if (code_point <= ranges[i].last)
            return true;
    return false;
}

static const Range wide[] = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},
    {0xFE30, 0xFE6B},
    {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

static const Range widthless[] = {{0x0300, 0x036F}, {0x200B, 0x200D}, {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};

#define IN(ranges, code_point) in_ranges((ranges), sizeof(ranges) / sizeof *(ranges), (code_point))

bool utf8_is_han(uint32_t code_point)
{
    return IN(han, code_point);
}

bool utf8_is_cjk_mark(uint32_t code_point)
{
    return IN(cjk_marks, code_point);
}

bool utf8_is_blank(uint32_t code_point)
{
    return IN(blanks, code_point);
}

bool utf8_is_private_use(uint32_t code_point)
{
    return IN(private_use, code_point);
}

uint32_t utf8_fold_width(uint32_t code_point)
{
    if (code_point >= 0xFF01 && code_point <= 0xFF5E)
        return code_point - 0xFF01 + '!';
    return code_point == 0x3000 ? ' ' : code_point;
}

uint32_t utf8_printable(uint32_t c)
{
    if (c == '\t')
        return ' ';
    if (c < 0x20)
        return 0x2400 + c; /* ␀ … ␟ */
    bool direction =
        c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    bool control = (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    return direction || control ? 0xFFFD : c;
}

int utf8_columns(uint32_t code_point)
{
    return IN(widthless, code_point) ? 0 : IN(wide, code_point) ? 2 : 1;
}

uint32_t utf8_next(const char **text)
{
    const unsigned char *bytes = (const unsigned char *)*text;
    if (bytes[0] < 0x80) {
        *text += bytes[0] != 0;
        return bytes[0];
    }
    int more = bytes[0] >= 0xF0 ? 3 : bytes[0] >= 0xE0 ? 2 : 1;
    uint32_t code_point = bytes[0] & (0x3Fu >> more);
    int i = 1;
    for (; i <= more && (bytes[i] & 0xC0) == 0x80; i++)
        code_point = code_point << 6 | (bytes[i] & 0x3Fu);
    *text += i;
    return code_point;
}

int utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    int more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    for (int i = more; i > 0; i--, code_point >>= 6)
        out[i] = (char)(0x80 | (code_point & 0x3F));
    out[0] = (char)(lead[more] | code_point);
    return more + 1;
}

/* Length of the sequence that begins here, 0 if it is none (Unicode 15, table 3-7). */
static size_t sequence_length(const unsigned char *bytes, size_t length)
{
    static const struct {
        unsigned char first, last, low, high, size;
    } forms[] = {
        {0x00, 0x7F, 0, 0, 1},
        {0xC2, 0xDF, 0x80, 0xBF, 2},
        {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3},
        {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4},
        {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (bytes[0] < forms[f].first || bytes[0] > forms[f].last)
            continue;
        if (forms[f].size > length)
            return 0;
        if (forms[f].size > 1 && (bytes[1] < forms[f].low || bytes[1] > forms[f].high))
            return 0;
        for (size_t i = 2; i < forms[f].size; i++)
            if ((bytes[i] & 0xC0) != 0x80)
                return 0;
        return forms[f].size;
    }
    return 0;
}

bool utf8_valid(const char *bytes, size_t length, size_t *bad)
{
    const unsigned char *text = (const unsigned char *)bytes;
    for (size_t at = 0; at < length;) {
        if (text[at] < 0x80) { /* most of a CSV */
            at++;
            continue;
        }
        size_t size = sequence_length(text + at, length - at);
        if (!size) {
            if (bad)
                *bad = at;
            return false;
        }
        at += size;
    }
    return true;
}

size_t utf8_count(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

bool utf8_ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

char *utf8_trim(Arena *arena, const char *text)
{
    const char *start = NULL, *end = text;
    for (const char *at = text; *at;) {
        const char *before = at;
        if (utf8_is_blank(utf8_next(&at)))
            continue;
        if (!start)
            start = before;
        end = at;
    }
    return start ? arena_strndup(arena, start, (size_t)(end - start)) : arena_strdup(arena, "");
}

char *utf8_fold(Arena *arena, const char *text)
{
    /* Nothing grows: a full-width form takes three bytes, its twin one. */
    char *folded = arena_alloc(arena, strlen(text) + 1), *out = folded;
    bool gap = false;
    for (uint32_t c; (c = utf8_next(&text));) {
        if (utf8_is_blank(c)) {
            gap = true;
            continue;
        }
        if (gap && out > folded)
            *out++ = ' ';
        gap = false;
        out += utf8_encode(utf8_fold_width(c), out);
    }
    *out = '\0';
    return folded;
}

const char *utf8_without_gaps(Arena *arena, const char *text)
{
    char *out = NULL;
    size_t length = 0;
    uint32_t before = 0;
    for (const char *at = text, *next = text; *at; at = next) {
        uint32_t c = utf8_next(&next);
        const char *behind = next;
        while (utf8_is_han(before) && utf8_is_blank(c)) {
            c = utf8_next(&behind);
        }
        if (behind != next && utf8_is_han(c)) {
            out = out ? out : arena_strdup(arena, text);
            length = length ? length : (size_t)(at - text);
            length += (size_t)utf8_encode(c, out + length);
            next = behind;
        } else if (out) {
            memcpy(out + length, at, (size_t)(next - at));
            length += (size_t)(next - at);
        }
        before = c;
    }
    if (out) {
        out[length] = '\0';
    }
    return out ? out : text;
}

enum { DISTANCE_SPAN = 64 };

/* The first DISTANCE_SPAN characters; the count of those beyond comes back in *rest. */
static int decode(const char *text, uint32_t out[DISTANCE_SPAN], int *rest)
{
    int count = 0;
    uint32_t c;
    while (count < DISTANCE_SPAN && (c = utf8_next(&text)))
        out[count++] = c;
    *rest = (int)utf8_count(text, strlen(text));
    return count;
}

static int least(int a, int b, int c)
{
    int least_ab = a < b ? a : b;
    return least_ab < c ? least_ab : c;
}

/* One row of the table: two neighbours in the wrong order count as one slip, as they are one. */
static void distance_row(
    const uint32_t *a, int i, const uint32_t *b, int b_count, int rows[3][DISTANCE_SPAN + 1])
{
    int *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
    row[0] = i;
    for (int j = 1; j <= b_count; j++) {
        int change = above[j - 1] + (a[i - 1] != b[j - 1]);
        row[j] = least(above[j] + 1, row[j - 1] + 1, change);
        bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        if (swapped && second[j - 2] + 1 < row[j])
            row[j] = second[j - 2] + 1;
    }
}

int utf8_distance(const char *a, const char *b)
{
    uint32_t as[DISTANCE_SPAN], bs[DISTANCE_SPAN];
    int a_rest, b_rest, rows[3][DISTANCE_SPAN + 1];
    int a_count = decode(a, as, &a_rest), b_count = decode(b, bs, &b_rest);
    for (int j = 0; j <= b_count; j++)
        rows[0][j] = j;
    for (int i = 1; i <= a_count; i++)
        distance_row(as, i, bs, b_count, rows);
    return rows[a_count % 3][b_count] + (a_rest > b_rest ? a_rest : b_rest);
}

const char *utf8_nearest(const char *text, const char *const *candidates, size_t count)
{
    int length = (int)utf8_count(text, strlen(text));
    const char *nearest = NULL;
    int best = 2 + length / 3; /* one more than is allowed */
    for (size_t i = 0; i < count; i++) {
        int other = (int)utf8_count(candidates[i], strlen(candidates[i]));
        int distance = utf8_distance(text, candidates[i]);
        /* Two names without a character in common are no misspelling of each other. */
        if (distance < best && distance < (length > other ? length : other)) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
