/* Cutting fonts to the characters of the job, and the private font map over the cut ones
 * (engine.md 2.1, performance.md). Cairo 1.16 copies and searches the whole cmap for each glyph
 * of each PDF: with cut fonts that is next to nothing. */
#include "typeset/font_internal.h"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/buf.h"

/* Layout tables and all but the PostScript name go: marks are squeezed by ink, never by `halt`
 * (engine.md 1.4), and without ligatures a glyph is a character. */
static void drop_tables(hb_subset_input_t *input)
{
    static const char TAGS[][5] = {
        "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "VORG", "vhea", "vmtx", "kern", "DSIG", "meta"};
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++) {
        hb_set_add(drop, HB_TAG(TAGS[i][0], TAGS[i][1], TAGS[i][2], TAGS[i][3]));
    }
    hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
    hb_set_t *names = hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID);
    hb_set_clear(names);
    hb_set_add(names, HB_OT_NAME_ID_POSTSCRIPT_NAME);
}

static void add_needed(const CharSet *needed, hb_set_t *unicodes)
{
    for (uint32_t block = 0; needed->blocks && block < CHAR_BLOCKS; block++) {
        for (uint32_t low = 0; needed->blocks[block] && low < 256; low++) {
            if (charset_has(needed, block << 8 | low)) {
                hb_set_add(unicodes, block << 8 | low);
            }
        }
    }
}

/* What HarfBuzz makes of a font whose outlines and characters are ours to cut: the same however
 * often it is cut. */
static hb_blob_t *small_tables(hb_face_t *face, hb_tag_t tag, void *whole)
{
    static const char SMALL[][5] = {"head", "maxp", "name", "OS/2", "post"};
    (void)face;
    for (size_t i = 0; i < sizeof SMALL / sizeof *SMALL; i++) {
        if (tag == HB_TAG(SMALL[i][0], SMALL[i][1], SMALL[i][2], SMALL[i][3])) {
            return hb_face_reference_table(whole, tag);
        }
    }
    return NULL;
}

static void make_rest(Font *font)
{
    hb_face_t *small = hb_face_create_for_tables(small_tables, font->face, NULL);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input) {
        drop_tables(input);
        font->rest = hb_subset_or_fail(small, input);
    }
    hb_subset_input_destroy(input);
    hb_face_destroy(small);
}

static void put_number(uint8_t *at, uint32_t number)
{
    for (int i = 3; i >= 0; i--, number >>= 8) {
        at[i] = (uint8_t)number;
    }
}

/* The characters in groups of one (format 12, ISO/IEC 14496-22 5.2.1.3.7). */
static void add_characters(hb_face_t *to, const Font *font, const hb_set_t *unicodes)
{
    enum { BEFORE = 12, HEAD = 16, GROUP = 12 };
    uint32_t groups = 0;
    Buf table = {0};
    uint8_t head[BEFORE + HEAD] = {[3] = 1, [5] = 3, [7] = 10, [11] = BEFORE, [BEFORE + 1] = 12};
    buf_add(&table, head, sizeof head);
    for (hb_codepoint_t code = HB_SET_VALUE_INVALID; hb_set_next(unicodes, &code);) {
        hb_codepoint_t glyph;
        uint8_t group[GROUP];
        if (hb_font_get_nominal_glyph(font->outlines, code, &glyph)) {
            put_number(group, code);
            put_number(group + 4, code);
            put_number(group + 8, glyph);
            buf_add(&table, group, sizeof group);
            groups++;
        }
    }
    put_number((uint8_t *)table.data + BEFORE + 4, HEAD + GROUP * groups);
    put_number((uint8_t *)table.data + BEFORE + 12, groups);
    hb_blob_t *blob =
        hb_blob_create(table.data, (unsigned)table.length, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    hb_face_builder_add_table(to, HB_TAG('c', 'm', 'a', 'p'), blob);
    hb_blob_destroy(blob);
    buf_free(&table);
}

static void copy_table(hb_face_t *to, hb_face_t *from, const char *tag)
{
    hb_tag_t name = HB_TAG(tag[0], tag[1], tag[2], tag[3]);
    hb_blob_t *table = hb_face_reference_table(from, name);
    if (hb_blob_get_length(table) > 0) {
        hb_face_builder_add_table(to, name, table);
    }
    hb_blob_destroy(table);
}

static hb_set_t *needed_glyphs(const Font *font, const hb_set_t *unicodes)
{
    hb_set_t *glyphs = hb_set_create();
    hb_set_add(glyphs, 0);
    for (hb_codepoint_t code = HB_SET_VALUE_INVALID; hb_set_next(unicodes, &code);) {
        hb_codepoint_t glyph;
        if (hb_font_get_nominal_glyph(font->outlines, code, &glyph)) {
            hb_set_add(glyphs, glyph);
        }
    }
    return glyphs;
}

/* The font with its outlines copied by font_cut_cff; NULL when that does not fit this font. What
 * counts glyphs stays whole. */
static hb_face_t *cut_with_outlines(Font *font, const hb_set_t *unicodes)
{
    static const char REST[][5] = {"head", "name", "OS/2", "post"};
    static const char WHOLE[][5] = {"maxp", "hhea", "hmtx"};
    hb_set_t *glyphs = needed_glyphs(font, unicodes);
    hb_blob_t *outlines = font_cut_cff(font->face, glyphs);
    hb_set_destroy(glyphs);
    if (outlines && !font->rest) {
        make_rest(font);
    }
    hb_face_t *face = NULL;
    if (outlines && font->rest) {
        face = hb_face_builder_create();
        for (size_t i = 0; i < sizeof REST / sizeof *REST; i++) {
            copy_table(face, font->rest, REST[i]);
        }
        for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE; i++) {
            copy_table(face, font->face, WHOLE[i]);
        }
        add_characters(face, font, unicodes);
        hb_face_builder_add_table(face, HB_TAG('C', 'F', 'F', ' '), outlines);
    }
    hb_blob_destroy(outlines);
    return face;
}

static hb_blob_t *cut_font(Font *font)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input) {
        return NULL;
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                         HB_SUBSET_FLAGS_NO_HINTING |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    drop_tables(input);
    add_needed(&font->needed, hb_subset_input_unicode_set(input));
    hb_face_t *face = cut_with_outlines(font, hb_subset_input_unicode_set(input));
    if (!face) {
        face = hb_subset_or_fail(font->face, input);
    }
    hb_subset_input_destroy(input);
    hb_blob_t *blob = face ? hb_face_reference_blob(face) : NULL;
    hb_face_destroy(face);
    return blob;
}

/* Fontconfig opens fonts by path: an unnamed file in memory has one, /proc/self/fd/N. */
static int blob_file(const Font *font)
{
    unsigned length;
    const char *bytes = hb_blob_get_data(font->cut, &length);
    int fd = memfd_create(font->name, MFD_CLOEXEC);
    for (unsigned done = 0; fd >= 0 && done < length;) {
        ssize_t wrote = write(fd, bytes + done, length - done);
        if (wrote < 0) {
            close(fd);
            return -1;
        }
        done += (unsigned)wrote;
    }
    return fd;
}

static void family_name(FontFile file, char out[16])
{
    snprintf(out, 16, "wenyin-%d", (int)file);
}

/* Private families for private files: otherwise FandolSong-Bold, which claims the weight of the
 * Regular, and the user's aliases come between (engine.md 2.1). Hinting off, or Pango rounds
 * advances to whole pixels. */
static FcConfig *make_config(FontSet *fonts)
{
    Buf xml = {0};
    buf_adds(&xml, "<?xml version='1.0'?><fontconfig>"
                   "<match target='pattern'><edit name='hinting' mode='assign'><bool>false</bool>"
                   "</edit></match>");
    for (int i = 0; i < fonts->cut_count; i++) {
        char family[16];
        family_name(fonts->cut[i]->file, family);
        buf_addf(&xml,
            "<match target='scan'><test name='file' compare='eq'><string>"
            "/proc/self/fd/%d</string></test><edit name='family' mode='assign_replace'>"
            "<string>%s</string></edit></match>",
            fonts->cut[i]->descriptor, family);
    }
    buf_adds(&xml, "</fontconfig>");
    FcConfig *config = FcConfigCreate();
    bool done = config && FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml.data, FcTrue);
    buf_free(&xml);
    for (int i = 0; i < fonts->cut_count && done; i++) {
        char path[32];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fonts->cut[i]->descriptor);
        done = FcConfigAppFontAddFile(config, (const FcChar8 *)path);
    }
    if (!done && config) {
        FcConfigDestroy(config);
    }
    return done ? config : NULL;
}

static void make_map(FontSet *fonts)
{
    fonts->map = pango_ft2_font_map_new();
    pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(fonts->map), 72, 72);
    fonts->context = pango_font_map_create_context(fonts->map);
    pango_context_set_language(fonts->context, pango_language_from_string("zh-cn"));
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
}

/* The map over the fonts as they are cut now. One map for all cuts: each that Pango 1.50 makes
 * leaks its fontconfig configuration when it ends. */
static bool ready_map(FontSet *fonts)
{
    FcConfig *config = make_config(fonts);
    if (!config) {
        return false;
    }
    /* Pango 1.50 calls FcInit from a thread of its own when a font map is made: without a current
     * configuration that would read the system's, with all its fonts. */
    FcConfigSetCurrent(config);
    if (!fonts->map) {
        make_map(fonts);
    }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), config);
    if (fonts->config) {
        FcConfigDestroy(fonts->config);
    }
    fonts->config = config;
    fonts->mapped = true;
    return true;
}

/* Pango's fonts are of the cut before. */
static void unmap(FontSet *fonts)
{
    for (int i = 0; i < fonts->font_count; i++) {
        g_clear_object(&fonts->fonts[i]->shaping);
    }
    fonts->mapped = false;
}

void font_end_map(FontSet *fonts)
{
    unmap(fonts);
    if (fonts->map) {
        g_object_unref(fonts->context);
        g_object_unref(fonts->map);
        FcConfigSetCurrent(NULL);
        FcConfigDestroy(fonts->config);
    }
}

/* Pages typeset from an earlier cut may still be painted: its bytes are kept until font_let_go. */
static void uncut(FontSet *fonts, Font *font)
{
    if (!font->cut) {
        return;
    }
    close(font->descriptor);
    font->descriptor = -1;
    fonts->old_blobs = arena_grow(fonts->kept, fonts->old_blobs, fonts->old_count,
        &fonts->old_capacity, sizeof *fonts->old_blobs);
    fonts->old_blobs[fonts->old_count++] = font->cut;
    font->cut = NULL;
}

void font_uncut(FontSet *fonts, int first)
{
    unmap(fonts);
    int kept = 0;
    for (int i = 0; i < fonts->cut_count; i++) {
        Font *font = fonts->cut[i];
        if ((int)font->file >= first) {
            uncut(fonts, font);
            font->index = -1;
        } else {
            font->index = kept;
            fonts->cut[kept++] = font;
        }
    }
    fonts->cut_count = kept;
}

void font_let_go(FontSet *fonts)
{
    for (size_t i = 0; i < fonts->old_count; i++) {
        hb_blob_destroy(fonts->old_blobs[i]);
    }
    fonts->old_count = 0;
}

static void add_foreseen(FontSet *fonts, Font *font)
{
    const CharSet *foreseen = &fonts->foreseen;
    for (uint32_t block = 0; foreseen->blocks && block < CHAR_BLOCKS; block++) {
        for (uint32_t low = 0; foreseen->blocks[block] && low < 256; low++) {
            uint32_t code = block << 8 | low;
            if (charset_has(foreseen, code) && font_has(fonts, font->file, code)) {
                charset_add(fonts->kept, &font->needed, code);
            }
        }
    }
}

static bool cut_anew(FontSet *fonts, Font *font)
{
    add_foreseen(fonts, font);
    uncut(fonts, font);
    font->cut = cut_font(font);
    font->descriptor = font->cut ? blob_file(font) : -1;
    if (font->descriptor < 0) {
        hb_blob_destroy(font->cut);
        font->cut = NULL;
        return diag_add(fonts->diags, DIAG_E307, NULL, font_path(fonts, font->file));
    }
    font->grown = false;
    if (font->index < 0) {
        font->index = fonts->cut_count;
        fonts->cut[fonts->cut_count++] = font;
    }
    return true;
}

bool fonts_cut(FontSet *fonts)
{
    bool done = true;
    font_tell_lacking(fonts);
    for (int i = 0; done && i < fonts->font_count; i++) {
        if (fonts->fonts[i]->grown) {
            unmap(fonts);
            done = cut_anew(fonts, fonts->fonts[i]);
        }
    }
    return done;
}

void fonts_list(const FontSet *fonts, Pages *pages)
{
    pages->font_count = fonts->cut_count;
    pages->fonts = ARENA_ARRAY(pages->arena, PageFont, fonts->cut_count);
    for (int i = 0; i < fonts->cut_count; i++) {
        unsigned length;
        hb_codepoint_t blank = 0;
        const char *bytes = hb_blob_get_data(fonts->cut[i]->cut, &length);
        hb_font_get_nominal_glyph(fonts->cut[i]->outlines, ' ', &blank);
        pages->fonts[i] = (PageFont){.name = fonts->cut[i]->name,
            .bytes = (const unsigned char *)bytes,
            .length = length,
            .blank = blank};
    }
}

/* The font map is made here, at first use, so that a parent may cut fonts for workers that it
 * forks without having made a Pango object itself. */
struct _PangoFont *font_pango(FontSet *fonts, FontFile file)
{
    Font *font = fonts->fonts[file];
    if (font->shaping) {
        return font->shaping;
    }
    if (!fonts->mapped && !ready_map(fonts)) {
        diag_add(fonts->diags, DIAG_E307, NULL, "fontconfig");
        return NULL;
    }
    char family[16];
    family_name(file, family);
    /* set_family, not from_string: that would parse words of the name as a style. */
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, family);
    pango_font_description_set_absolute_size(description, FONT_EM);
    font->shaping = pango_font_map_load_font(fonts->map, fonts->context, description);
    pango_font_description_free(description);
    return font->shaping;
}
