/* Font files: mapping them, what they hold, the report of `wenyin fonts`. */
#include "typeset/font.h"

#include <errno.h>
#include <fcntl.h>
#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/utf8.h"
#include "typeset/font_internal.h"

enum { CHAR_BLOCK_BYTES = 256 / 8 };

bool charset_has(const CharSet *set, uint32_t code)
{
    const uint8_t *block = set->blocks && code < 0x110000 ? set->blocks[code >> 8] : NULL;
    return block && (block[(code & 0xff) >> 3] >> (code & 7) & 1);
}

bool charset_add(Arena *arena, CharSet *set, uint32_t code)
{
    if (code >= 0x110000) {
        return false;
    }
    if (!set->blocks) {
        set->blocks = ARENA_ARRAY(arena, uint8_t *, CHAR_BLOCKS);
    }
    uint8_t **block = &set->blocks[code >> 8];
    if (!*block) {
        *block = arena_alloc(arena, CHAR_BLOCK_BYTES);
    }
    uint8_t *byte = &(*block)[(code & 0xff) >> 3];
    uint8_t bit = (uint8_t)(1u << (code & 7));
    bool is_new = !(*byte & bit);
    *byte |= bit;
    return is_new;
}

void charset_clear(CharSet *set)
{
    for (int i = 0; set->blocks && i < CHAR_BLOCKS; i++) {
        if (set->blocks[i]) {
            memset(set->blocks[i], 0, CHAR_BLOCK_BYTES);
        }
    }
}

const char *font_path(const FontSet *fonts, FontFile file)
{
    const char *own = fonts->fonts[file]->path;
    return own ? own : arena_printf(fonts->arena, "%s/%s", fonts->directory, FONT_FILES[file].name);
}

const char *font_file_name(const FontSet *fonts, FontFile file)
{
    const char *path = font_path(fonts, file), *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *font_role_name(const FontSet *fonts, Role role)
{
    bool english = diag_language(fonts->diags) == DIAG_ENGLISH;
    return english ? FONT_ROLES[role].english : FONT_ROLES[role].chinese;
}

Font *font_new(FontSet *fonts)
{
    Font *font = ARENA_NEW(fonts->kept, Font);
    font->file = (FontFile)fonts->font_count;
    font->index = -1;
    font->descriptor = -1;
    fonts->fonts[fonts->font_count++] = font;
    return font;
}

/* A chain's head must be there; what stands behind it is asked only when a character needs it. */
static bool head_exists(FontSet *fonts, FontFile file, const char *role)
{
    if (access(font_path(fonts, file), R_OK) == 0) {
        return true;
    }
    diag_add(fonts->diags, DIAG_E304, NULL, font_path(fonts, file), role);
    diag_hint(fonts->diags, DIAG_H301);
    return false;
}

FontSet *fonts_open(Arena *arena, const char *dir, Diags *diags)
{
    Arena *kept = arena_new();
    FontSet *fonts = ARENA_NEW(kept, FontSet);
    fonts->kept = kept;
    fonts->arena = arena;
    fonts->diags = diags;
    fonts->directory = arena_strdup(kept, dir);
    while (fonts->font_count < FILE_COUNT) {
        font_new(fonts);
    }
    font_chains(fonts, NULL);
    bool english = diag_language(diags) == DIAG_ENGLISH;
    bool whole = true;
    for (int i = 0; i < ROLE_COUNT; i++) {
        const RoleRow *role = &FONT_ROLES[i];
        whole &= role->bold || head_exists(fonts, role->chain[0], font_role_name(fonts, (Role)i));
    }
    whole &= head_exists(fonts, FILE_LATIN, english ? "Latin letters" : "西文");
    if (!whole) {
        fonts_close(fonts);
    }
    return whole ? fonts : NULL;
}

static void close_files(FontSet *fonts, int first)
{
    for (int i = first; i < fonts->font_count; i++) {
        hb_font_destroy(fonts->fonts[i]->outlines);
        hb_face_destroy(fonts->fonts[i]->rest);
        hb_face_destroy(fonts->fonts[i]->face);
    }
}

void fonts_close(FontSet *fonts)
{
    if (!fonts) {
        return;
    }
    font_end_map(fonts);
    font_uncut(fonts, 0);
    font_let_go(fonts);
    close_files(fonts, 0);
    free(fonts->chars);
    arena_free(fonts->kept);
}

/* ---------------------------------------------------------------- papers */

void fonts_next_paper(FontSet *fonts, Arena *arena, Diags *diags)
{
    fonts->arena = arena;
    fonts->diags = diags;
    fonts->paper++;
    fonts->styled = false;
    fonts->damaged = false;
    font_let_go(fonts);
    for (int i = 0; i < fonts->font_count; i++) {
        Font *font = fonts->fonts[i];
        if (font->state == FONT_ABSENT) { /* asked again, so that what is wrong with it is told */
            font->state = FONT_UNTRIED;
            charset_clear(&font->known);
        }
    }
}

void fonts_foresee(FontSet *fonts, const char *text)
{
    for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text)) {
        charset_add(fonts->kept, &fonts->foreseen, code);
    }
}

static bool is_named(const DocStyle *style, const char *path)
{
    for (const FontFace *face = style->faces; face; face = face->next) {
        if (strcmp(face->path, path) == 0) {
            return true;
        }
    }
    return false;
}

void font_forget_own(FontSet *fonts, const DocStyle *style)
{
    bool named = true;
    for (int i = FILE_COUNT; i < fonts->font_count; i++) {
        named &= is_named(style, fonts->fonts[i]->path);
    }
    if (!named) {
        font_uncut(fonts, FILE_COUNT);
        close_files(fonts, FILE_COUNT);
        fonts->font_count = FILE_COUNT;
        memset(fonts->inks, 0, sizeof fonts->inks);
    }
}

/* ---------------------------------------------------------------- loading */

static bool face_is_named(hb_face_t *face, const char *name)
{
    char text[128] = "";
    unsigned size = sizeof text;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, text);
    return strcmp(text, name) == 0;
}

/* The wanted face of a file; collections hold one face per region, told apart by name. */
static hb_face_t *choose_face(hb_blob_t *blob, const char *name)
{
    unsigned count = hb_face_count(blob);
    for (unsigned i = 0; i < count; i++) {
        hb_face_t *face = hb_face_create(blob, i);
        if (!name || face_is_named(face, name)) {
            return face;
        }
        hb_face_destroy(face);
    }
    return NULL;
}

static size_t number_at(const unsigned char *at)
{
    return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

/* Whether all tables lie within the file: what a broken download left opens all the same, and
 * HarfBuzz 6.0 takes the rest of its tables for empty. */
static bool is_whole(hb_blob_t *blob, hb_face_t *face)
{
    unsigned length;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(blob, &length);
    size_t start = memcmp(bytes, "ttcf", 4) == 0 ? 12 + 4 * (size_t)hb_face_get_index(face) : 0;
    start = start > 0 && start + 4 <= length ? number_at(bytes + start) : 0;
    size_t end = start + 12;
    if (end > length) {
        return false;
    }
    size_t tables = number_at(bytes + start + 4) >> 16;
    for (size_t i = 0; i < tables && end <= length; i++) {
        const unsigned char *record = bytes + start + 12 + 16 * i;
        bool listed = start + 28 + 16 * i <= length;
        end = listed ? number_at(record + 8) + number_at(record + 12) : SIZE_MAX;
    }
    return end <= length;
}

static bool damaged(FontSet *fonts, const Font *font, const char *path)
{
    fonts->damaged = true;
    bool own = font->path != NULL;
    diag_add(fonts->diags, own ? DIAG_E371 : DIAG_E305, own ? &font->at : NULL, path);
    diag_hint(fonts->diags, own ? DIAG_H371 : DIAG_H303);
    return false;
}

/* OS/2.fsType: bits 0–3 are 2 alone for “restricted licence embedding”. */
static bool may_embed(hb_face_t *face)
{
    hb_blob_t *table = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
    unsigned length;
    const char *bytes = hb_blob_get_data(table, &length);
    bool restricted = length >= 10 && ((unsigned char)bytes[9] & 0xf) == 2;
    hb_blob_destroy(table);
    return !restricted;
}

static bool open_font(FontSet *fonts, Font *font)
{
    const char *path = font_path(fonts, font->file);
    const char *face = font->path ? NULL : FONT_FILES[font->file].face;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob) {
        return errno != ENOENT && damaged(fonts, font, path);
    }
    font->face = choose_face(blob, face);
    bool whole = font->face && is_whole(blob, font->face);
    hb_blob_destroy(blob);
    if (!whole || hb_face_get_glyph_count(font->face) == 0) {
        return damaged(fonts, font, path);
    }
    if (!may_embed(font->face)) {
        return diag_add(fonts->diags, DIAG_E306, font->path ? &font->at : NULL, path);
    }
    char name[128] = "";
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(
        font->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
    font->name = arena_strdup(fonts->kept, name[0] ? name : font_file_name(fonts, font->file));
    font->outlines = hb_font_create(font->face);
    hb_font_set_scale(font->outlines, FONT_EM, FONT_EM);
    return true;
}

bool font_load(FontSet *fonts, FontFile file)
{
    Font *font = fonts->fonts[file];
    if (font->state == FONT_UNTRIED) {
        errno = 0;
        font->state = open_font(fonts, font) ? FONT_OPEN : FONT_ABSENT;
    }
    return font->state == FONT_OPEN;
}

bool font_has(FontSet *fonts, FontFile file, uint32_t code)
{
    Font *font = fonts->fonts[file];
    if (charset_add(fonts->kept, &font->known, code) && font_load(fonts, file)) {
        hb_codepoint_t glyph;
        if (hb_font_get_nominal_glyph(font->outlines, code, &glyph) && glyph != 0) {
            charset_add(fonts->kept, &font->present, code);
        }
    }
    return charset_has(&font->present, code);
}

/* ---------------------------------------------------------------- report */

enum { STANDARD_CHARACTERS = 8105 }; /* 通用规范汉字表 */

/* The table stands beside the folder of the fonts; NULL when it is not there. */
static char *standard_characters(FontSet *fonts)
{
    char *path = arena_printf(fonts->arena, "%s/../通用规范汉字表.txt", fonts->directory);
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    enum { ROOM = 64 << 10 }; /* 8105 characters take 25 KB */
    char *text = arena_alloc(fonts->arena, ROOM);
    size_t length = fread(text, 1, ROOM - 1, file);
    fclose(file);
    size_t bad;
    return utf8_valid(text, length, &bad) ? text : NULL;
}

static int covered(FontSet *fonts, const RoleRow *role, const char *text)
{
    int count = 0;
    for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text)) {
        bool has = false;
        for (int i = 0; i < CHAIN_LENGTH && !has && utf8_is_han(code); i++) {
            has = font_has(fonts, role->chain[i], code);
        }
        count += has;
    }
    return count;
}

bool fonts_report(FontSet *fonts, FILE *out, bool english)
{
    const char *standard = standard_characters(fonts);
    bool whole = true;
    for (int r = 0; r < ROLE_COUNT; r++) {
        const RoleRow *role = &FONT_ROLES[r];
        if (role->bold) {
            continue;
        }
        fprintf(out, "%s\n", english ? role->english : role->chinese);
        for (int i = 0; i < CHAIN_LENGTH; i++) {
            bool found = font_load(fonts, role->chain[i]);
            whole &= found || i > 0;
            fprintf(out, "  %s %s\n", found ? "✓" : "✗", FONT_FILES[role->chain[i]].name);
        }
        if (standard) {
            int count = covered(fonts, role, standard);
            fprintf(out,
                english ? "  covers %d of the %d standard characters\n"
                        : "  通用规范汉字：有 %d 字，共 %d 字\n",
                count, STANDARD_CHARACTERS);
        }
    }
    bool latin = font_load(fonts, FILE_LATIN);
    fprintf(out, "%s\n  %s %s\n", english ? "Latin letters" : "西文", latin ? "✓" : "✗",
        FONT_FILES[FILE_LATIN].name);
    return whole && latin;
}
