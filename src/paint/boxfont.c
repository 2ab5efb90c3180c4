#include "paint/boxfont.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/cff.h"
#include "base/utf8.h"

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

/* What the pages set in the font. */
typedef struct Used {
    uint32_t room;    /* glyphs of the font */
    uint16_t *glyphs; /* those in use, rising … */
    uint32_t *codes;  /* … and the characters of those that Cairo is not told of, else 0 */
    unsigned count;
    uint16_t *numbers; /* by glyph: its place in glyphs */
} Used;

/* Notes a glyph by the character it stands for, 0 where Cairo is told of that. */
static void use_glyph(uint32_t *marks, uint32_t glyph, uint32_t code)
{
    const uint32_t in_use = 1u << 31;
    uint32_t before = marks[glyph] & ~in_use;
    marks[glyph] = in_use | (before == 0 || (code > 0 && code < before) ? code : before);
}

/* Where the glyphs of a font in use are noted, by glyph. */
typedef struct Marks {
    uint32_t *marks;
    uint32_t room, blank;
} Marks;

/* The glyphs of one cluster: Cairo is told the character of one that has it alone, not those of
 * several. Every character has a glyph then (shape.c: no ligatures), but for blanks that are only
 * gaps (a chart's legend). */
static bool use_cluster(
    const Marks *m, const char *text, const Cluster *cluster, const Glyph *glyph)
{
    const char *end = text + cluster->bytes, *at = text;
    const Glyph *last = glyph + cluster->glyphs;
    if (at < end)
        utf8_next(&at);
    bool alone = at >= end;
    while (text < end) {
        uint32_t code = utf8_next(&text);
        bool here = glyph < last && glyph->id < m->room;
        if (code == ' ' && !(here && glyph->id == m->blank))
            continue;
        if (!here)
            return false;
        use_glyph(m->marks, glyph++->id, alone ? 0 : code);
    }
    return glyph == last;
}

static bool use_run(const Marks *m, const GlyphRun *run)
{
    const char *text = run->text;
    const Glyph *glyph = run->glyphs, *end = glyph + run->glyph_count;
    for (int c = 0; c < run->cluster_count; c++) {
        const Cluster *cluster = &run->clusters[c];
        if (cluster->glyphs > end - glyph || !use_cluster(m, text, cluster, glyph))
            return false;
        text += cluster->bytes;
        glyph += cluster->glyphs;
    }
    return glyph == end;
}

static bool use_pages(const Marks *m, const Pages *pages, int font)
{
    for (size_t p = 0; p < pages->page_count; p++) {
        for (size_t i = 0; i < pages->pages[p].mark_count; i++) {
            const Mark *mark = &pages->pages[p].marks[i];
            bool here = mark->kind == MARK_GLYPHS && mark->run.font == font;
            if (here && !use_run(m, &mark->run))
                return false;
        }
    }
    return true;
}

/* Glyph 0 too: Cairo always embeds .notdef. */
static bool used_glyphs(Arena *arena, const Pages *pages, int font, Used *used)
{
    uint32_t *marks = ARENA_ARRAY(arena, uint32_t, used->room);
    use_glyph(marks, 0, 0);
    Marks all = {marks, used->room, pages->fonts[font].blank};
    if (!use_pages(&all, pages, font))
        return false;
    for (uint32_t g = 0; g < used->room; g++)
        used->count += marks[g] != 0;
    used->glyphs = ARENA_ARRAY(arena, uint16_t, used->count);
    used->codes = ARENA_ARRAY(arena, uint32_t, used->count);
    used->numbers = ARENA_ARRAY(arena, uint16_t, used->room);
    used->count = 0;
    for (uint32_t g = 0; g < used->room; g++) {
        if (marks[g] != 0) {
            used->numbers[g] = (uint16_t)used->count;
            used->codes[used->count] = marks[g] & 0x1fffff;
            used->glyphs[used->count++] = (uint16_t)g;
        }
    }
    return true;
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

static void add_boxes(Arena *arena, Sfnt *sfnt, unsigned count, uint32_t em)
{
    enum { STRIDE = BOX_BYTES + 4 }; /* 34 bytes of glyph, at a multiple of four */
    unsigned char *glyf = ARENA_ARRAY(arena, unsigned char, count *STRIDE);
    unsigned char *loca = ARENA_ARRAY(arena, unsigned char, (count + 1) * 4);
    for (unsigned g = 0; g < count; g++) {
        write32(loca + g * 4, g * STRIDE);
        write_box(glyf + g * STRIDE, em);
    }
    write32(loca + count * 4, count * STRIDE);
    table_set(sfnt, TAG('g', 'l', 'y', 'f'), glyf, count * STRIDE);
    table_set(sfnt, TAG('l', 'o', 'c', 'a'), loca, (count + 1) * 4);
}

/* `head` says the long form of `loca`, `maxp` what a TrueType interpreter may expect. */
static void adapt_tables(Arena *arena, Sfnt *sfnt, unsigned count)
{
    SfntTable *head = table_find(sfnt, TAG('h', 'e', 'a', 'd'));
    unsigned char *new_head = arena_copy(arena, head->bytes, head->length);
    write16(new_head + 50, 1);
    head->bytes = new_head;
    unsigned char *maxp = ARENA_ARRAY(arena, unsigned char, MAXP_BYTES);
    write32(maxp, 0x00010000);
    write16(maxp + 4, count);
    write16(maxp + 6, 4);  /* points */
    write16(maxp + 8, 1);  /* contours */
    write16(maxp + 14, 1); /* zones */
    table_set(sfnt, TAG('m', 'a', 'x', 'p'), maxp, MAXP_BYTES);
}

/* Each glyph has its own advance and bearing, of which the font gives the last only once. */
static bool add_metrics(Arena *arena, Sfnt *sfnt, const Used *used)
{
    SfntTable *hhea = table_find(sfnt, TAG('h', 'h', 'e', 'a'));
    const SfntTable *hmtx = table_find(sfnt, TAG('h', 'm', 't', 'x'));
    uint32_t whole = hhea && hhea->length >= 36 ? read16(hhea->bytes + 34) : 0;
    if (whole == 0 || whole > used->room || !hmtx ||
        hmtx->length < 4 * (size_t)whole + 2 * (used->room - whole))
        return false;
    unsigned char *metrics = ARENA_ARRAY(arena, unsigned char, used->count * 4);
    for (unsigned i = 0; i < used->count; i++) {
        uint32_t glyph = used->glyphs[i], last = whole - 1;
        bool own = glyph < whole;
        memcpy(metrics + 4 * i, hmtx->bytes + 4 * (own ? glyph : last), 2);
        memcpy(metrics + 4 * i + 2,
            hmtx->bytes + (own ? 4 * glyph + 2 : 4 * whole + 2 * (glyph - whole)), 2);
    }
    unsigned char *head = arena_copy(arena, hhea->bytes, hhea->length);
    write16(head + 34, used->count);
    hhea->bytes = head;
    table_set(sfnt, TAG('h', 'm', 't', 'x'), metrics, used->count * 4);
    return true;
}

static int by_code(const void *a, const void *b)
{
    uint32_t one = read32(a), other = read32(b);
    return one < other ? -1 : one > other;
}

/* The characters that Cairo has to look for, in groups of one (format 12). */
static void add_characters(Arena *arena, Sfnt *sfnt, const Used *used)
{
    enum { BEFORE = 12, HEAD = 16, GROUP = 12 };
    unsigned groups = 0;
    unsigned char *cmap = ARENA_ARRAY(arena, unsigned char, BEFORE + HEAD + GROUP * used->count);
    unsigned char *table = cmap + BEFORE, *group = table + HEAD;
    for (unsigned i = 0; i < used->count; i++) {
        if (used->codes[i]) {
            write32(group + GROUP * groups, used->codes[i]);
            write32(group + GROUP * groups + 4, used->codes[i]);
            write32(group + GROUP * groups++ + 8, i);
        }
    }
    qsort(group, groups, GROUP, by_code);
    write16(cmap + 2, 1); /* one table, for all of Unicode */
    write16(cmap + 4, 3);
    write16(cmap + 6, 10);
    write32(cmap + 8, BEFORE);
    write16(table, 12);
    write32(table + 4, HEAD + GROUP * groups);
    write32(table + 12, groups);
    table_set(sfnt, TAG('c', 'm', 'a', 'p'), cmap, BEFORE + HEAD + GROUP * groups);
}

/* The CFF table with a number in the place of each outline. */
static bool add_marks(Arena *arena, Sfnt *sfnt, int font, const Used *used)
{
    SfntTable *table = table_find(sfnt, TAG('C', 'F', 'F', ' '));
    Cff cff;
    Buf marked = {0};
    if (!table || !cff_read(&cff, table->bytes, table->length))
        return false;
    uint8_t(*marks)[CFF_MARK_BYTES] = arena_alloc(arena, sizeof *marks * used->count);
    CffOutline *outlines = ARENA_ARRAY(arena, CffOutline, used->count);
    for (unsigned i = 0; i < used->count; i++) {
        cff_mark(marks[i], (unsigned)font, used->glyphs[i]);
        outlines[i] = (CffOutline){marks[i], CFF_MARK_BYTES};
    }
    bool done = cff_write_glyphs(&cff, used->glyphs, outlines, used->count, &marked);
    if (done) {
        table->bytes = arena_copy(arena, marked.data, marked.length);
        table->length = marked.length;
    }
    buf_free(&marked);
    return done;
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

bool boxfont_make(Arena *arena, const Pages *pages, int font, BoxFont *out)
{
    Sfnt sfnt = {.count = 0};
    const PageFont *whole = &pages->fonts[font];
    if (!read_directory(whole, &sfnt))
        return false;
    const SfntTable *head = table_find(&sfnt, TAG('h', 'e', 'a', 'd'));
    const SfntTable *maxp = table_find(&sfnt, TAG('m', 'a', 'x', 'p'));
    if (!head || head->length < 54 || !maxp || maxp->length < 6)
        return false;
    uint32_t em = read16(head->bytes + 18);
    Used used = {.room = read16(maxp->bytes + 4)};
    if (em == 0 || em > 16384 || used.room == 0 || !used_glyphs(arena, pages, font, &used) ||
        !add_metrics(arena, &sfnt, &used) || !add_marks(arena, &sfnt, font, &used))
        return false;
    add_characters(arena, &sfnt, &used);
    add_boxes(arena, &sfnt, used.count, em);
    adapt_tables(arena, &sfnt, used.count);
    *out = (BoxFont){*whole, used.numbers};
    write_sfnt(arena, &sfnt, &out->font);
    return true;
}
