#include "base/cff.h"

#include <string.h>

enum {
    OP_CHARSET = 15,
    OP_ENCODING = 16,
    OP_CHARSTRINGS = 17,
    OP_PRIVATE = 18,
    OP_SUBRS = 19,
    OP_FDARRAY = 1236,
    OP_FDSELECT = 1237
};

static size_t read_number(const uint8_t *bytes, unsigned size)
{
    size_t number = 0;
    for (unsigned i = 0; i < size; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

static void write_number(uint8_t *bytes, unsigned size, size_t number)
{
    for (unsigned i = size; i > 0; i--, number >>= 8) {
        bytes[i - 1] = (uint8_t)number;
    }
}

static size_t item_at(const Cff *cff, const CffIndex *index, unsigned i)
{
    return index->base + read_number(cff->bytes + index->offsets + (size_t)i * index->offset_size,
                             index->offset_size);
}

static bool read_index(const Cff *cff, size_t at, CffIndex *index)
{
    *index = (CffIndex){.start = at, .end = at + 2};
    if (at + 2 > cff->length) {
        return false;
    }
    index->count = (unsigned)read_number(cff->bytes + at, 2);
    if (index->count == 0) {
        return true;
    }
    if (at + 3 > cff->length) {
        return false;
    }
    index->offset_size = cff->bytes[at + 2];
    index->offsets = at + 3;
    size_t offsets_length = ((size_t)index->count + 1) * index->offset_size;
    index->base = index->offsets + offsets_length - 1;
    if (index->offset_size < 1 || index->offset_size > 4 || index->base + 1 > cff->length) {
        return false;
    }
    index->end = item_at(cff, index, index->count);
    const uint8_t *offset = cff->bytes + index->offsets;
    size_t before = 1;
    for (unsigned i = 0; i <= index->count; i++, offset += index->offset_size) {
        size_t next = read_number(offset, index->offset_size);
        if (next < before) {
            return false;
        }
        before = next;
    }
    return index->end <= cff->length;
}

/* ---------------------------------------------------------------- dicts */

typedef struct Dict {
    size_t at, end;
    CffOffset operand; /* the last before the operator */
    size_t previous;   /* value of the one before it */
} Dict;

/* Bytes that an operand takes; 0 for an operator. */
static size_t operand_length(const Cff *cff, const Dict *dict)
{
    uint8_t first = cff->bytes[dict->at];
    size_t length = 1;
    if (first <= 21) {
        return 0;
    }
    if (first == 30) { /* a real: nibbles up to f */
        while (dict->at + length < dict->end && (cff->bytes[dict->at + length] & 0xf) != 0xf &&
               cff->bytes[dict->at + length] >> 4 != 0xf) {
            length++;
        }
        return length + 1;
    }
    return first == 28 ? 3 : first == 29 ? 5 : first >= 247 ? 2 : 1;
}

static size_t operand_value(const uint8_t *bytes)
{
    if (bytes[0] == 28) {
        return read_number(bytes + 1, 2);
    }
    if (bytes[0] == 29) {
        return read_number(bytes + 1, 4);
    }
    if (bytes[0] >= 247 && bytes[0] <= 250) {
        return ((size_t)bytes[0] - 247) * 256 + bytes[1] + 108;
    }
    return bytes[0] >= 139 && bytes[0] <= 246 ? (size_t)bytes[0] - 139 : 0;
}

/* The next operator with its last operands; false at the end or when the dict is damaged. */
static bool next_operator(const Cff *cff, Dict *dict, int *op)
{
    dict->operand = (CffOffset){0, 0};
    dict->previous = 0;
    while (dict->at < dict->end) {
        size_t length = operand_length(cff, dict);
        if (length == 0) {
            *op = cff->bytes[dict->at++];
            if (*op == 12 && dict->at < dict->end) {
                *op = 1200 + cff->bytes[dict->at++];
            }
            return true;
        }
        if (dict->at + length > dict->end) {
            return false;
        }
        dict->previous = dict->operand.value;
        dict->operand = (CffOffset){dict->at, operand_value(cff->bytes + dict->at)};
        dict->at += length;
    }
    return false;
}

static bool note_offset(Cff *cff, CffOffset offset)
{
    if (cff->offset_count == CFF_OFFSETS || offset.value >= cff->length) {
        return false;
    }
    cff->offsets[cff->offset_count++] = offset;
    return true;
}

/* A private dict must have no subroutines of its own. */
static bool note_private(Cff *cff, const Dict *dict)
{
    Dict private = {.at = dict->operand.value, .end = dict->operand.value + dict->previous};
    int op;
    if (private.end > cff->length) {
        return false;
    }
    while (next_operator(cff, &private, &op)) {
        if (op == OP_SUBRS) {
            return false;
        }
    }
    return note_offset(cff, dict->operand);
}

static bool note_font_dicts(Cff *cff, size_t at)
{
    CffIndex index;
    if (!read_index(cff, at, &index)) {
        return false;
    }
    for (unsigned i = 0; i < index.count; i++) {
        Dict dict = {.at = item_at(cff, &index, i), .end = item_at(cff, &index, i + 1)};
        int op;
        while (next_operator(cff, &dict, &op)) {
            if (op == OP_PRIVATE && !note_private(cff, &dict)) {
                return false;
            }
        }
    }
    return true;
}

static bool note_top_operator(Cff *cff, const Dict *dict, int op)
{
    switch (op) {
    case OP_CHARSTRINGS:
        return read_index(cff, dict->operand.value, &cff->charstrings) &&
               note_offset(cff, dict->operand);
    case OP_FDSELECT:
        cff->selects = dict->operand.value;
        return note_offset(cff, dict->operand);
    case OP_CHARSET:
    case OP_ENCODING:
        /* Small values name predefined sets; they lie before the charstrings anyway. */
        return note_offset(cff, dict->operand);
    case OP_FDARRAY:
        return note_font_dicts(cff, dict->operand.value) && note_offset(cff, dict->operand);
    case OP_PRIVATE:
        return note_private(cff, dict);
    default:
        return true;
    }
}

bool cff_read(Cff *cff, const uint8_t *bytes, size_t length)
{
    *cff = (Cff){.bytes = bytes, .length = length};
    CffIndex tops, strings, subroutines;
    if (length < 4 || bytes[0] != 1 || !read_index(cff, bytes[2], &cff->names) ||
        cff->names.count != 1 || !read_index(cff, cff->names.end, &tops) || tops.count != 1 ||
        !read_index(cff, tops.end, &strings) || !read_index(cff, strings.end, &subroutines) ||
        subroutines.count != 0) {
        return false;
    }
    Dict dict = {.at = item_at(cff, &tops, 0), .end = item_at(cff, &tops, 1)};
    int op;
    while (next_operator(cff, &dict, &op)) {
        if (!note_top_operator(cff, &dict, op)) {
            return false;
        }
    }
    return cff->charstrings.count > 0;
}

static CffOutline item(const Cff *cff, const CffIndex *index, unsigned i)
{
    if (i >= index->count) {
        return (CffOutline){cff->bytes, 0};
    }
    size_t start = item_at(cff, index, i);
    return (CffOutline){cff->bytes + start, item_at(cff, index, i + 1) - start};
}

CffOutline cff_outline(const Cff *cff, unsigned glyph)
{
    return item(cff, &cff->charstrings, glyph);
}

CffOutline cff_name(const Cff *cff)
{
    return item(cff, &cff->names, 0);
}

/* ---------------------------------------------------------------- writing */

static unsigned bytes_for(size_t number)
{
    return number < 1u << 8 ? 1 : number < 1u << 16 ? 2 : number < 1u << 24 ? 3 : 4;
}

static void add_offsets(Buf *out, const CffOutline *outlines, unsigned count, unsigned size)
{
    uint8_t chunk[1024];
    size_t filled = 0, offset = 1;
    for (unsigned i = 0; i <= count; i++) {
        write_number(chunk + filled, size, offset);
        filled += size;
        offset += i < count ? outlines[i].length : 0;
        if (filled > sizeof chunk - 4 || i == count) {
            buf_add(out, chunk, filled);
            filled = 0;
        }
    }
}

static void add_outlines(Buf *out, const CffOutline *outlines, unsigned count)
{
    size_t all = 0;
    for (unsigned i = 0; i < count; i++) {
        all += outlines[i].length;
    }
    uint8_t head[3];
    write_number(head, 2, count);
    head[2] = (uint8_t)bytes_for(all + 1);
    buf_add(out, head, sizeof head);
    add_offsets(out, outlines, count, head[2]);
    for (unsigned i = 0; i < count; i++) {
        if (outlines[i].length > 0) {
            buf_add(out, outlines[i].bytes, outlines[i].length);
        }
    }
}

/* What lay behind the charstrings has moved: its offsets are written anew in the room they have. */
static bool move_offsets(const Cff *cff, uint8_t *out, size_t end)
{
    const CffIndex *strings = &cff->charstrings;
    for (int i = 0; i < cff->offset_count; i++) {
        const CffOffset *offset = &cff->offsets[i];
        if (offset->value < strings->end) {
            continue;
        }
        bool behind = offset->at >= strings->end;
        if (!behind && offset->at + 5 > strings->start) {
            return false;
        }
        uint8_t *at = out + offset->at + (behind ? end - strings->end : 0);
        size_t value = offset->value + end - strings->end;
        if ((*at != 28 && *at != 29) || (*at == 28 && value > INT16_MAX)) {
            return false;
        }
        write_number(at + 1, *at == 28 ? 2 : 4, value);
    }
    return true;
}

bool cff_write(const Cff *cff, const CffOutline *outlines, unsigned count, Buf *out)
{
    const CffIndex *strings = &cff->charstrings;
    size_t start = out->length;
    buf_add(out, cff->bytes, strings->start);
    add_outlines(out, outlines, count);
    size_t end = out->length - start;
    buf_add(out, cff->bytes + strings->end, cff->length - strings->end);
    return move_offsets(cff, (uint8_t *)out->data + start, end);
}

/* ---------------------------------------------------------------- font dicts */

/* The ranges of FDSelect, format 3, for the glyphs that stay: never more than there were. */
static bool thin_ranges(uint8_t *at, size_t room, const uint16_t *glyphs, unsigned count)
{
    size_t ranges = read_number(at + 1, 2), kept = 0;
    unsigned glyph = 0;
    if (3 + 3 * ranges + 2 > room) {
        return false;
    }
    for (size_t i = 0; i < ranges; i++) {
        const uint8_t *range = at + 3 + 3 * i;
        size_t end = read_number(range + 3, 2);
        uint8_t dict = range[2];
        unsigned first = glyph;
        while (glyph < count && glyphs[glyph] < end) {
            glyph++;
        }
        if (glyph > first) {
            write_number(at + 3 + 3 * kept, 2, first);
            at[3 + 3 * kept++ + 2] = dict;
        }
    }
    write_number(at + 1, 2, kept);
    write_number(at + 3 + 3 * kept, 2, count);
    return glyph == count;
}

static bool thin_selects(uint8_t *at, size_t room, const uint16_t *glyphs, unsigned count)
{
    if (room < 5) {
        return false;
    }
    if (at[0] == 3) {
        return thin_ranges(at, room, glyphs, count);
    }
    if (at[0] != 0 || 1 + (size_t)glyphs[count - 1] >= room) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        at[1 + i] = at[1 + glyphs[i]];
    }
    return true;
}

bool cff_write_glyphs(
    const Cff *cff, const uint16_t *glyphs, const CffOutline *outlines, unsigned count, Buf *out)
{
    size_t start = out->length;
    if (cff->selects == 0 || count == 0 || !cff_write(cff, outlines, count, out)) {
        return false;
    }
    size_t moved = cff->selects < cff->charstrings.end ? 0 : out->length - start - cff->length;
    size_t selects = cff->selects + moved;
    return thin_selects(
        (uint8_t *)out->data + start + selects, out->length - start - selects, glyphs, count);
}

/* ---------------------------------------------------------------- marks */

enum { SHORT_INTEGER = 28, END_CHAR = 14 };

void cff_mark(uint8_t mark[CFF_MARK_BYTES], unsigned font, unsigned glyph)
{
    mark[0] = mark[3] = SHORT_INTEGER;
    write_number(mark + 1, 2, font);
    write_number(mark + 4, 2, glyph);
    mark[6] = END_CHAR;
}

bool cff_is_mark(CffOutline outline, unsigned *font, unsigned *glyph)
{
    const uint8_t *mark = outline.bytes;
    if (outline.length != CFF_MARK_BYTES || mark[0] != SHORT_INTEGER || mark[3] != SHORT_INTEGER ||
        mark[6] != END_CHAR) {
        return false;
    }
    *font = (unsigned)read_number(mark + 1, 2);
    *glyph = (unsigned)read_number(mark + 4, 2);
    return true;
}
