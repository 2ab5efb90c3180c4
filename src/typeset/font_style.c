/* The office's own font files: they stand in front of their roles' chains for as long as its style
 * holds (typesetting.md 9.2: a missing file is told by name, nothing is replaced in silence). */
#include <errno.h>
#include <hb.h>
#include <string.h>

#include "base/utf8.h"
#include "typeset/font_internal.h"

/* ---------------------------------------------------------------- chains */

static void try_file(FontTries *tries, int file)
{
    tries->files[tries->count++] = (int8_t)file;
}

/* Two digits must fill a cell (GB/T 15835 5.1.7). */
static bool has_half_digits(FontSet *fonts, FontFile file)
{
    const int half = FONT_EM / 2, tolerance = FONT_EM / 50;
    hb_codepoint_t glyph;
    for (uint32_t code = '0'; code <= '9'; code++) {
        hb_font_t *outlines = font_load(fonts, file) ? fonts->fonts[file]->outlines : NULL;
        if (!outlines || !hb_font_get_nominal_glyph(outlines, code, &glyph)) {
            return false;
        }
        int advance = hb_font_get_glyph_h_advance(outlines, glyph);
        if (advance < half - tolerance || advance > half + tolerance) {
            return false;
        }
    }
    return true;
}

/* The office's own files of a role, as far as they were found. */
static void try_own(FontSet *fonts, FontTries *tries, Role role, bool half_digits)
{
    const RoleChain *chain = &fonts->chains[role];
    for (int i = 0; i < chain->own; i++) {
        int file = chain->tries[KIND_WIDE].files[i];
        if (!half_digits || has_half_digits(fonts, (FontFile)file)) {
            try_file(tries, file);
        }
    }
}

/* Who sets digits: the role's own file; for a face that has none half an em wide, that of the
 * body. */
static void try_digits(FontSet *fonts, FontTries *tries, Role role, const RoleRow *row)
{
    try_own(fonts, tries, role, true);
    if (row->digits == FONT_ROLES[ROLE_BODY].digits && role != ROLE_BODY) {
        try_own(fonts, tries, ROLE_BODY, true);
    }
    try_file(tries, row->digits);
    try_file(tries, FILE_LATIN);
}

static void try_chain(FontTries *tries, const FontTries *wide)
{
    for (int i = 0; i < wide->count; i++) {
        try_file(tries, wide->files[i]);
    }
}

/* 宋体 sets tables, charts and page numbers, whose digits are never Western (GB/T 9704 7.5). */
static bool has_western_digits(Role role, const DocStyle *style)
{
    return style && style->western_digits && role != ROLE_SONG;
}

/* The own files of all roles are settled: what stands behind them. */
static void settle_chain(FontSet *fonts, Role role, const DocStyle *style)
{
    FontTries *tries = fonts->chains[role].tries;
    const RoleRow *row = &FONT_ROLES[FONT_ROLES[role].bold ? FONT_ROLES[role].plain : role];
    FontTries *wide = &tries[KIND_WIDE];
    if (FONT_ROLES[role].bold) {
        try_own(fonts, wide, FONT_ROLES[role].plain, false);
    }
    for (int i = 0; i < CHAIN_LENGTH; i++) {
        try_file(wide, row->chain[i]);
    }
    try_digits(fonts, &tries[KIND_BLANK], role, row);
    if (has_western_digits(role, style)) {
        try_file(&tries[KIND_NUMBER], FILE_LATIN);
    }
    try_chain(&tries[KIND_NUMBER], &tries[KIND_BLANK]);
    try_chain(&tries[KIND_NUMBER], wide);
    try_chain(&tries[KIND_BLANK], wide);
    try_file(&tries[KIND_LATIN], FILE_LATIN);
    try_chain(&tries[KIND_LATIN], wide);
    try_file(wide, FILE_LATIN);
}

/* ---------------------------------------------------------------- the office's files */

/* The slot of the office's file; the same path has one slot. NULL after a message. */
static Font *office_font(FontSet *fonts, const FontFace *face)
{
    for (int i = FILE_COUNT; i < fonts->font_count; i++) {
        Font *font = fonts->fonts[i];
        if (strcmp(font->path, face->path) == 0) {
            font->at = font->paper == fonts->paper ? font->at : face->at;
            font->paper = fonts->paper;
            return font;
        }
    }
    if (fonts->font_count == FONT_SLOTS) {
        diag_add(fonts->diags, DIAG_E373, &face->at, (int)OFFICE_FONTS);
        return NULL;
    }
    Font *font = font_new(fonts);
    font->path = arena_strdup(fonts->kept, face->path);
    font->at = face->at;
    font->paper = fonts->paper;
    return font;
}

/* A face is given twice for one role: once is enough. */
static bool is_tried(const FontTries *tries, FontFile file)
{
    return tries->count > 0 && memchr(tries->files, file, (size_t)tries->count);
}

/* Opens a file and puts it into its role's chain. False when it cannot be used; *missing: since it
 * is not there, of which nothing was said yet. */
static bool add_face(FontSet *fonts, const FontFace *face, bool *missing)
{
    RoleChain *chain = &fonts->chains[face->role];
    Font *font = office_font(fonts, face);
    *missing = false;
    if (!font) {
        return false;
    }
    if (font->state == FONT_ABSENT) {
        font->state = FONT_UNTRIED; /* an earlier part of this volume missed it */
    }
    if (!font_load(fonts, font->file)) {
        *missing = errno == ENOENT;
        return false;
    }
    if (!is_tried(&chain->tries[KIND_WIDE], font->file)) {
        try_file(&chain->tries[KIND_WIDE], font->file);
        chain->own++;
    }
    return true;
}

static bool tell_missing(FontSet *fonts, const FontFace *face, bool strict)
{
    const char *role = font_role_name(fonts, face->role);
    if (strict) {
        return diag_add(fonts->diags, DIAG_E370, &face->at, face->path, role);
    }
    FontFile head = (FontFile)fonts->chains[face->role].tries[KIND_WIDE].files[0];
    diag_add(fonts->diags, DIAG_W370, &face->at, face->path, role, font_file_name(fonts, head));
    return true;
}

void font_chains(FontSet *fonts, const DocStyle *style)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        settle_chain(fonts, (Role)role, style);
    }
}

bool fonts_style(FontSet *fonts, const DocStyle *style)
{
    bool usable = true;
    font_tell_lacking(fonts); /* of the paper before, in a volume */
    if (!fonts->styled) {
        font_forget_own(fonts, style);
    }
    fonts->styled = true;
    for (int role = 0; role < ROLE_COUNT; role++) {
        fonts->chains[role] = (RoleChain){.strict = style->strict_fonts};
    }
    int count = 0;
    for (const FontFace *face = style->faces; face; face = face->next) {
        count++;
    }
    bool *missing = ARENA_ARRAY(fonts->arena, bool, count + 1);
    count = 0;
    for (const FontFace *face = style->faces; face; face = face->next) {
        usable &= add_face(fonts, face, &missing[count]) || missing[count];
        count++;
    }
    font_chains(fonts, style);
    count = 0;
    for (const FontFace *face = style->faces; face; face = face->next) {
        usable &= !missing[count++] || tell_missing(fonts, face, style->strict_fonts);
    }
    return usable;
}

/* ---------------------------------------------------------------- what they lack */

void font_tell_lacking(FontSet *fonts)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        RoleChain *chain = &fonts->chains[role];
        char list[LACKING_SHOWN * 4 + 8] = "", *end = list;
        for (int i = 0; i < chain->lacking_count && i < LACKING_SHOWN; i++) {
            end += utf8_encode(chain->lacking[i], end);
        }
        *end = '\0';
        if (chain->lacking_count > 0) {
            memcpy(end, "…", chain->lacking_count > LACKING_SHOWN ? sizeof "…" : 0);
            FontFile own = (FontFile)chain->tries[KIND_WIDE].files[0];
            diag_add(fonts->diags, DIAG_W371, &chain->lacking_at, font_file_name(fonts, own),
                font_role_name(fonts, (Role)role), chain->lacking_count, list);
        }
        chain->lacking_count = 0;
    }
}
