/* Cutting the outlines of CFF fonts without reading them (Adobe Technical Note 5176). HarfBuzz
 * 6.0 takes every charstring apart and puts it together again, 5 µs each; where a font has no
 * subroutines, as Fandol and the complements, they can be copied as they are: the table stays
 * byte for byte, but for the index of charstrings and the offsets behind it. */
#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "typeset/font_internal.h"

enum {
    OP_CHARSET = 15,
    OP_ENCODING = 16,
    OP_CHARSTRINGS = 17,
    OP_PRIVATE = 18,
    OP_SUBRS = 19,
    OP_FDARRAY = 1236,
    OP_FDSELECT = 1237
};

enum { MAX_OFFSETS = 300 /* 256 font dicts and those of the top dict */ };

typedef struct Bytes {
    const uint8_t *data;
    size_t length;
} Bytes;

/* An INDEX: item i is at base + offset(i) … base + offset(i+1). */
typedef struct Index {
    size_t start, end, offsets, base;
    unsigned count, offset_size;
} Index;

/* An operand of a dict that is an offset in the table. */
typedef struct Offset {
    size_t at; /* of its encoding */
    size_t value;
} Offset;

typedef struct Table {
    Bytes bytes;
    Index charstrings;
    Offset offsets[MAX_OFFSETS];
    int offset_count;
} Table;

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

static size_t item_at(const Bytes *bytes, const Index *index, unsigned i)
{
    return index->base + read_number(bytes->data + index->offsets + (size_t)i * index->offset_size,
                             index->offset_size);
}

static bool read_index(const Bytes *bytes, size_t at, Index *index)
{
    *index = (Index){.start = at, .end = at + 2};
    if (at + 2 > bytes->length) {
        return false;
    }
    index->count = (unsigned)read_number(bytes->data + at, 2);
    if (index->count == 0) {
        return true;
    }
    if (at + 3 > bytes->length) {
        return false;
    }
    index->offset_size = bytes->data[at + 2];
    index->offsets = at + 3;
    size_t offsets_length = ((size_t)index->count + 1) * index->offset_size;
    index->base = index->offsets + offsets_length - 1;
    if (index->offset_size < 1 || index->offset_size > 4 || index->base + 1 > bytes->length) {
        return false;
    }
    index->end = item_at(bytes, index, index->count);
    size_t before = index->base + 1;
    for (unsigned i = 0; i <= index->count; i++) {
        size_t item = item_at(bytes, index, i);
        if (item < before || item > bytes->length) {
            return false;
        }
        before = item;
    }
    return true;
}

/* ---------------------------------------------------------------- dicts */

typedef struct Dict {
    size_t at, end;
    Offset operand;  /* the last before the operator */
    size_t previous; /* value of the one before it */
} Dict;

/* Bytes that an operand takes; 0 for an operator. */
static size_t operand_length(const Bytes *bytes, const Dict *dict)
{
    uint8_t first = bytes->data[dict->at];
    size_t length = 1;
    if (first <= 21) {
        return 0;
    }
    if (first == 30) { /* a real: nibbles up to f */
        while (dict->at + length < dict->end && (bytes->data[dict->at + length] & 0xf) != 0xf &&
               bytes->data[dict->at + length] >> 4 != 0xf) {
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
static bool next_operator(const Bytes *bytes, Dict *dict, int *operator)
{
    dict->operand = (Offset){0, 0};
    dict->previous = 0;
    while (dict->at < dict->end) {
        size_t length = operand_length(bytes, dict);
        if (length == 0) {
            *operator= bytes->data[dict->at++];
            if (*operator== 12 && dict->at<dict->end) {
                *operator= 1200 + bytes->data[dict->at++];
            }
            return true;
        }
        if (dict->at + length > dict->end) {
            return false;
        }
        dict->previous = dict->operand.value;
        dict->operand = (Offset){dict->at, operand_value(bytes->data + dict->at)};
        dict->at += length;
    }
    return false;
}

static bool note_offset(Table *table, Offset offset)
{
    if (table->offset_count == MAX_OFFSETS || offset.value >= table->bytes.length) {
        return false;
    }
    table->offsets[table->offset_count++] = offset;
    return true;
}

/* A private dict must have no subroutines of its own. */
static bool note_private(Table *table, const Dict *dict)
{
    Dict private = {.at = dict->operand.value, .end = dict->operand.value + dict->previous};
    int operator;
    if (private.end > table->bytes.length) {
        return false;
    }
    while (next_operator(&table->bytes, &private, &operator)) {
        if (operator== OP_SUBRS) {
            return false;
        }
    }
    return note_offset(table, dict->operand);
}

static bool note_font_dicts(Table *table, size_t at)
{
    Index index;
    if (!read_index(&table->bytes, at, &index)) {
        return false;
    }
    for (unsigned i = 0; i < index.count; i++) {
        Dict dict = {
            .at = item_at(&table->bytes, &index, i), .end = item_at(&table->bytes, &index, i + 1)};
        int operator;
        while (next_operator(&table->bytes, &dict, &operator)) {
            if (operator== OP_PRIVATE && !note_private(table, &dict)) {
                return false;
            }
        }
    }
    return true;
}

static bool note_top_operator(Table *table, const Dict *dict, int operator)
{
    switch (operator) {
    case OP_CHARSTRINGS:
        return read_index(&table->bytes, dict->operand.value, &table->charstrings) &&
               note_offset(table, dict->operand);
    case OP_CHARSET:
    case OP_ENCODING:
    case OP_FDSELECT:
        /* Small values name predefined sets; they lie before the charstrings anyway. */
        return note_offset(table, dict->operand);
    case OP_FDARRAY:
        return note_font_dicts(table, dict->operand.value) && note_offset(table, dict->operand);
    case OP_PRIVATE:
        return note_private(table, dict);
    default:
        return true;
    }
}

/* Finds the charstrings and every offset; false when this is a font for HarfBuzz. */
static bool read_table(Table *table)
{
    const Bytes *bytes = &table->bytes;
    Index names, tops, strings, subroutines;
    if (bytes->length < 4 || bytes->data[0] != 1 || !read_index(bytes, bytes->data[2], &names) ||
        !read_index(bytes, names.end, &tops) || tops.count != 1 ||
        !read_index(bytes, tops.end, &strings) || !read_index(bytes, strings.end, &subroutines) ||
        subroutines.count != 0) {
        return false;
    }
    Dict dict = {.at = item_at(bytes, &tops, 0), .end = item_at(bytes, &tops, 1)};
    int operator;
    while (next_operator(bytes, &dict, &operator)) {
        if (!note_top_operator(table, &dict, operator)) {
            return false;
        }
    }
    return table->charstrings.count > 0;
}

/* ---------------------------------------------------------------- writing */

/* Bytes of the charstrings that stay. */
static size_t kept_length(const Table *table, const hb_set_t *glyphs)
{
    size_t length = 0;
    for (hb_codepoint_t glyph = HB_SET_VALUE_INVALID; hb_set_next(glyphs, &glyph);) {
        if (glyph < table->charstrings.count) {
            length += item_at(&table->bytes, &table->charstrings, glyph + 1) -
                      item_at(&table->bytes, &table->charstrings, glyph);
        }
    }
    return length;
}

static void write_charstrings(
    const Table *table, const hb_set_t *glyphs, uint8_t *out, unsigned offset_size)
{
    const Index *index = &table->charstrings;
    write_number(out, 2, index->count);
    out[2] = (uint8_t)offset_size;
    uint8_t *offset = out + 3, *data = offset + ((size_t)index->count + 1) * offset_size - 1;
    size_t used = 1;
    for (unsigned glyph = 0; glyph < index->count; glyph++, offset += offset_size) {
        write_number(offset, offset_size, used);
        if (hb_set_has(glyphs, glyph)) {
            size_t start = item_at(&table->bytes, index, glyph);
            size_t length = item_at(&table->bytes, index, glyph + 1) - start;
            memcpy(data + used, table->bytes.data + start, length);
            used += length;
        }
    }
    write_number(offset, offset_size, used);
}

/* What lay behind the charstrings has moved up: its offsets are written anew in the room they
 * have. */
static bool move_offsets(const Table *table, uint8_t *out, size_t removed)
{
    for (int i = 0; i < table->offset_count; i++) {
        const Offset *offset = &table->offsets[i];
        if (offset->value < table->charstrings.end) {
            continue;
        }
        bool behind = offset->at >= table->charstrings.end;
        if (!behind && offset->at + 5 > table->charstrings.start) {
            return false;
        }
        uint8_t *at = out + offset->at - (behind ? removed : 0);
        if (*at != 28 && *at != 29) {
            return false;
        }
        write_number(at + 1, *at == 28 ? 2 : 4, offset->value - removed);
    }
    return true;
}

static unsigned bytes_for(size_t number)
{
    return number < 1u << 8 ? 1 : number < 1u << 16 ? 2 : number < 1u << 24 ? 3 : 4;
}

static hb_blob_t *write_table(const Table *table, const hb_set_t *glyphs)
{
    const Index *index = &table->charstrings;
    size_t kept = kept_length(table, glyphs);
    unsigned offset_size = bytes_for(kept + 1);
    size_t index_length = 3 + ((size_t)index->count + 1) * offset_size + kept;
    if (index_length > index->end - index->start) {
        return NULL;
    }
    size_t removed = index->end - index->start - index_length;
    size_t length = table->bytes.length - removed;
    uint8_t *out = malloc(length);
    if (!out) {
        return NULL;
    }
    memcpy(out, table->bytes.data, index->start);
    write_charstrings(table, glyphs, out + index->start, offset_size);
    memcpy(out + index->start + index_length, table->bytes.data + index->end,
        table->bytes.length - index->end);
    if (!move_offsets(table, out, removed)) {
        free(out);
        return NULL;
    }
    return hb_blob_create((char *)out, (unsigned)length, HB_MEMORY_MODE_WRITABLE, out, free);
}

struct hb_blob_t *font_cut_cff(struct hb_face_t *face, const struct hb_set_t *glyphs)
{
    hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
    unsigned length;
    const char *data = hb_blob_get_data(blob, &length);
    Table table = {.bytes = {(const uint8_t *)data, length}};
    hb_blob_t *cut = length > 0 && read_table(&table) ? write_table(&table, glyphs) : NULL;
    hb_blob_destroy(blob);
    return cut;
}
