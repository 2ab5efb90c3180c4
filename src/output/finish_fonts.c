/* Fonts as Cairo 1.16 embeds them. It saw stand-ins (paint/boxfont.h) with a number in the place of
 * each outline; here the outlines take their places. */
#include <stdlib.h>
#include <string.h>

#include "base/cff.h"
#include "output/deflate.h"
#include "output/finish_internal.h"

enum { TAG_LETTERS = 6 };

/* The tables of the fonts that the pages were set in, read when first needed. */
typedef struct Outlines {
    Finisher *f;
    Cff *tables;
} Outlines;

static unsigned number_at(const unsigned char *at)
{
    return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

/* The CFF table of a font that a stand-in was made of, whose directory is sound therefore. */
static bool read_table(const PageFont *font, Cff *cff)
{
    unsigned count = number_at(font->bytes + 4) >> 16;
    for (const unsigned char *record = font->bytes + 12; count > 0; count--, record += 16)
        if (memcmp(record, "CFF ", 4) == 0)
            return cff_read(cff, font->bytes + number_at(record + 8), number_at(record + 12));
    return false;
}

static bool find_outline(Outlines *all, CffOutline mark, CffOutline *outline)
{
    unsigned font, glyph;
    if (!cff_is_mark(mark, &font, &glyph) || font >= (unsigned)all->f->pages->font_count)
        return false;
    Cff *table = &all->tables[font];
    if (!table->bytes && !read_table(&all->f->pages->fonts[font], table))
        return false;
    *outline = cff_outline(table, glyph);
    return true;
}

/* A subset is named for what is in it: six letters (ISO 32000-1 9.6.4), here of its bytes (FNV-1a).
 * Cairo's own are of the numbers of the glyphs, which in all papers are 0, 1, 2 … now. */
static void subset_tag(const Buf *table, char tag[TAG_LETTERS])
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < table->length; i++)
        hash = (hash ^ (unsigned char)table->data[i]) * 0x100000001b3u;
    for (int i = 0; i < TAG_LETTERS; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
}

static void set_name(
    Finisher *f, qpdf_oh dictionary, const char *name_key, const char tag[TAG_LETTERS])
{
    char *name = strdup(qpdf_oh_get_name(f->qpdf, key(f, dictionary, name_key)));
    if (name && strlen(name) > TAG_LETTERS && name[1 + TAG_LETTERS] == '+') {
        memcpy(name + 1, tag, TAG_LETTERS);
        set(f, dictionary, name_key, qpdf_oh_new_name(f->qpdf, name));
    }
    free(name);
}

/* `out`: the table with the outlines. False when a mark leads nowhere. */
static bool fill_table(Outlines *all, const Cff *marked, Buf *out)
{
    unsigned count = marked->charstrings.count;
    CffOutline *outlines = calloc(count, sizeof *outlines);
    bool done = outlines != NULL;
    for (unsigned i = 0; done && i < count; i++)
        done = find_outline(all, cff_outline(marked, i), &outlines[i]);
    done = done && cff_write(marked, outlines, count, out);
    free(outlines);
    return done;
}

/* Wherever the mark of a first glyph stands: a stand-in that is damaged must not pass for a font of
 * another kind, whose text would be there and not be seen. */
static bool has_mark(const Pages *pages, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i + CFF_MARK_BYTES <= length; i++) {
        unsigned font, glyph;
        if (cff_is_mark((CffOutline){bytes + i, CFF_MARK_BYTES}, &font, &glyph) && glyph == 0 &&
            font < (unsigned)pages->font_count)
            return true;
    }
    return false;
}

/* A composite font, its descendant, its descriptor; `table`: the program with its outlines. */
static void put_table(Finisher *f, qpdf_oh font, qpdf_oh descendant, const Buf *table)
{
    qpdf_oh descriptor = key(f, descendant, "/FontDescriptor");
    Buf packed = {0};
    char tag[TAG_LETTERS];
    subset_tag(table, tag);
    deflate_add_outlines(table->data, table->length, &packed);
    finish_set_packed(f, key(f, descriptor, "/FontFile3"), &packed);
    set_name(f, font, "/BaseFont", tag);
    set_name(f, descendant, "/BaseFont", tag);
    set_name(f, descriptor, "/FontName", tag);
    buf_free(&packed);
}

static bool fill_font(Outlines *all, qpdf_oh font)
{
    Finisher *f = all->f;
    qpdf_oh descendant = qpdf_oh_get_array_item(f->qpdf, key(f, font, "/DescendantFonts"), 0);
    qpdf_oh stream = key(f, key(f, descendant, "/FontDescriptor"), "/FontFile3");
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (!qpdf_oh_is_stream(f->qpdf, stream))
        return true;
    if (qpdf_oh_get_stream_data(f->qpdf, stream, qpdf_dl_generalized, &filtered, &bytes, &length) &
        QPDF_ERRORS)
        return false;
    Buf table = {0};
    Cff marked;
    bool done = true;
    if (has_mark(f->pages, bytes, length)) {
        done = cff_read(&marked, bytes, length) && fill_table(all, &marked, &table);
        if (done)
            put_table(f, font, descendant, &table);
    }
    buf_free(&table);
    free(bytes);
    return done;
}

static bool mend_font(Outlines *all, qpdf_oh object)
{
    Finisher *f = all->f;
    if (!qpdf_oh_is_dictionary(f->qpdf, object))
        return true;
    qpdf_oh subtype = key(f, object, "/Subtype");
    /* TrueType CID fonts lack /CIDToGIDMap, which PDF/A wants. */
    if (qpdf_oh_is_name_and_equals(f->qpdf, subtype, "/CIDFontType2") &&
        !qpdf_oh_has_key(f->qpdf, object, "/CIDToGIDMap"))
        set(f, object, "/CIDToGIDMap", qpdf_oh_new_name(f->qpdf, "/Identity"));
    return !qpdf_oh_is_name_and_equals(f->qpdf, subtype, "/Type0") || fill_font(all, object);
}

bool finish_fonts(Finisher *f)
{
    Outlines all = {f, calloc((size_t)f->pages->font_count + 1, sizeof(Cff))};
    bool done = all.tables != NULL;
    int objects = qpdf_oh_get_int_value_as_int(f->qpdf, key(f, qpdf_get_trailer(f->qpdf), "/Size"));
    for (int id = 1; done && id < objects; id++) {
        qpdf_oh object = qpdf_get_object_by_id(f->qpdf, id, 0);
        done = mend_font(&all, object);
        qpdf_oh_release(f->qpdf, object);
    }
    free(all.tables);
    if (!done)
        f->fault = "font";
    return done;
}
