#include "paint/boxfont.h"

#include <string.h>

enum {
    HEADER = 12, /* of an sfnt: version, number of tables, search fields */
    RECORD = 16, /* of its directory: tag, checksum, offset, length */
    MAX_TABLES = 32,
    MAXP_BYTES = 32, /* version 1.0, which `glyf` wants */
    BOX_BYTES = 32
};

typedef struct SfntTable {
    uint32_t tag;
    const unsigned char *bytes;
    size_t length;
} SfntTable;

typedef struct Sfnt {
    SfntTable tables[MAX_TABLES];
    int count;
} Sfnt;

#define TAG(a, b, c, d)                                                                            \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static uint32_t read16(const unsigned char *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t read32(const unsigned char *at)
{
    return read16(at) << 16 | read16(at + 2);
}

static void write16(unsigned char *at, uint32_t value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

static void write32(unsigned char *at, uint32_t value)
{
    write16(at, value >> 16);
    write16(at + 2, value & 0xffff);
}

static bool read_directory(const PageFont *font, Sfnt *sfnt)
{
    if (font->index != 0 || font->length < HEADER || read32(font->bytes) != TAG('O', 'T', 'T', 'O'))
        return false;
    int count = (int)read16(font->bytes + 4);
    if (count > MAX_TABLES - 2 || font->length < HEADER + (size_t)count * RECORD)
        return false;
    for (int i = 0; i < count; i++) {
        const unsigned char *record = font->bytes + HEADER + i * RECORD;
        size_t offset = read32(record + 8), length = read32(record + 12);
        if (offset > font->length || length > font->length - offset)
            return false;
        sfnt->tables[i] = (SfntTable){read32(record), font->bytes + offset, length};
    }
    sfnt->count = count;
    return true;
}

static SfntTable *table_find(Sfnt *sfnt, uint32_t tag)
{
    for (int i = 0; i < sfnt->count; i++)
        if (sfnt->tables[i].tag == tag)
            return &sfnt->tables[i];
    return NULL;
}

static void table_set(Sfnt *sfnt, uint32_t tag, const unsigned char *bytes, size_t length)
{
    SfntTable *table = table_find(sfnt, tag);
    if (!table)
        table = &sfnt->tables[sfnt->count++];
    *table = (SfntTable){tag, bytes, length};
}

/* Which glyphs the pages set in this font. Glyph 0 too: Cairo always embeds .notdef. */
static unsigned char *used_glyphs(Arena *arena, const Pages *pages, int font, uint32_t glyph_count)
{
    unsigned char *used = ARENA_ARRAY(arena, unsigned char, glyph_count);
    used[0] = 1;
    for (size_t p = 0; p < pages->page_count; p++) {
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const Mark *mark = &pages->pages[p].marks[m];
            if (mark->kind != MARK_GLYPHS || mark->run.font != font)
                continue;
            for (int g = 0; g < mark->run.glyph_count; g++)
                if (mark->run.glyphs[g].id < glyph_count)
                    used[mark->run.glyphs[g].id] = 1;
        }
    }
    return used;
}

/* One contour of four points round the em: enough for extents, which only have to hold the ink. */
static void write_box(unsigned char *at, uint32_t em)
{
    static const unsigned char flags[4] = {1, 1, 1, 1}; /* on the curve, 16-bit steps */
    uint32_t low = (uint32_t) - (int32_t)(em / 4);
    const uint32_t dx[4] = {0, em, 0, (uint32_t) - (int32_t)em};
    const uint32_t dy[4] = {low, 0, em + em / 4, 0};
    write16(at, 1);
    write16(at + 2, 0);
    write16(at + 4, low);
    write16(at + 6, em);
    write16(at + 8, em);
    write16(at + 10, 3);
    write16(at + 12, 0);
    memcpy(at + 14, flags, sizeof flags);
    for (int i = 0; i < 4; i++) {
        write16(at + 18 + 2 * i, dx[i]);
        write16(at + 26 + 2 * i, dy[i]);
    }
}

static void add_boxes(
    Arena *arena, Sfnt *sfnt, const unsigned char *used, uint32_t glyph_count, uint32_t em)
{
    enum { STRIDE = BOX_BYTES + 4 }; /* 34 bytes of glyph, at a multiple of four */
    size_t boxes = 0;
    for (uint32_t g = 0; g < glyph_count; g++)
        boxes += used[g];
    unsigned char *glyf = ARENA_ARRAY(arena, unsigned char, boxes *STRIDE);
    unsigned char *loca = ARENA_ARRAY(arena, unsigned char, (glyph_count + 1) * 4);
    size_t at = 0;
    for (uint32_t g = 0; g < glyph_count; g++) {
        write32(loca + g * 4, (uint32_t)at);
        if (used[g]) {
            write_box(glyf + at, em);
            at += STRIDE;
        }
    }
    write32(loca + glyph_count * 4, (uint32_t)at);
    table_set(sfnt, TAG('g', 'l', 'y', 'f'), glyf, boxes * STRIDE);
    table_set(sfnt, TAG('l', 'o', 'c', 'a'), loca, (glyph_count + 1) * 4);
}

/* `head` says the long form of `loca`, `maxp` what a TrueType interpreter may expect. */
static void adapt_tables(Arena *arena, Sfnt *sfnt, uint32_t glyph_count)
{
    SfntTable *head = table_find(sfnt, TAG('h', 'e', 'a', 'd'));
    unsigned char *new_head = arena_copy(arena, head->bytes, head->length);
    write16(new_head + 50, 1);
    head->bytes = new_head;
    unsigned char *maxp = ARENA_ARRAY(arena, unsigned char, MAXP_BYTES);
    write32(maxp, 0x00010000);
    write16(maxp + 4, glyph_count);
    write16(maxp + 6, 4);  /* points */
    write16(maxp + 8, 1);  /* contours */
    write16(maxp + 14, 1); /* zones */
    table_set(sfnt, TAG('m', 'a', 'x', 'p'), maxp, MAXP_BYTES);
}

static void write_sfnt(Arena *arena, const Sfnt *sfnt, PageFont *out)
{
    size_t length = HEADER + (size_t)sfnt->count * RECORD;
    for (int i = 0; i < sfnt->count; i++)
        length += (sfnt->tables[i].length + 3) & ~(size_t)3;
    unsigned char *bytes = ARENA_ARRAY(arena, unsigned char, length);
    size_t at = HEADER + (size_t)sfnt->count * RECORD;
    write32(bytes, 0x00010000);
    write16(bytes + 4, (uint32_t)sfnt->count);
    for (int i = 0; i < sfnt->count; i++) {
        const SfntTable *table = &sfnt->tables[i];
        unsigned char *record = bytes + HEADER + i * RECORD;
        write32(record, table->tag);
        write32(record + 8, (uint32_t)at);
        write32(record + 12, (uint32_t)table->length);
        memcpy(bytes + at, table->bytes, table->length);
        at += (table->length + 3) & ~(size_t)3;
    }
    out->bytes = bytes;
    out->length = length;
}

bool boxfont_make(Arena *arena, const Pages *pages, int font, PageFont *out)
{
    Sfnt sfnt = {.count = 0};
    const PageFont *whole = &pages->fonts[font];
    if (!read_directory(whole, &sfnt))
        return false;
    const SfntTable *head = table_find(&sfnt, TAG('h', 'e', 'a', 'd'));
    const SfntTable *maxp = table_find(&sfnt, TAG('m', 'a', 'x', 'p'));
    if (!head || head->length < 54 || !maxp || maxp->length < 6)
        return false;
    uint32_t em = read16(head->bytes + 18), glyph_count = read16(maxp->bytes + 4);
    if (em == 0 || em > 16384 || glyph_count == 0)
        return false;
    *out = *whole;
    add_boxes(arena, &sfnt, used_glyphs(arena, pages, font, glyph_count), glyph_count, em);
    adapt_tables(arena, &sfnt, glyph_count);
    write_sfnt(arena, &sfnt, out);
    return true;
}
