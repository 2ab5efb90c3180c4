/* Which file sets which character (engine.md 1.3): Han and marks from the role's chain, words
 * with Latin letters from the Latin face, numbers without letters from the role's own half-width
 * digits. */
#include "typeset/font_internal.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "typeset/shape.h"

FontChar *font_chars(FontSet *fonts, int count)
{
    if (count > fonts->char_capacity) {
        int capacity = fonts->char_capacity ? fonts->char_capacity : 1024;
        while (capacity < count) {
            capacity *= 2;
        }
        FontChar *chars = realloc(fonts->chars, (size_t)capacity * sizeof *chars);
        if (!chars) {
            _Exit(5); /* out of memory, as base/arena.h has it */
        }
        fonts->chars = chars;
        fonts->char_capacity = capacity;
    }
    return fonts->chars;
}

static bool is_invisible(uint32_t code)
{
    return code == 0xad || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2064) ||
           code == 0xfeff;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\r' || code == '\n' || code == 0xa0 ||
           (code >= 0x2000 && code <= 0x200a) || code == 0x202f;
}

/* The yuan sign ￥ U+FFE5 is set as its compatibility twin ¥ U+00A5: all Fandol faces (0.3) draw a
 * dollar for it. */
uint32_t font_typeset_code(uint32_t code)
{
    if (is_blank(code)) {
        return ' ';
    }
    return is_invisible(code) ? 0 : code == 0xffe5 ? 0xa5 : code;
}

/* Code points that Chinese and Latin type share; Latin fonts draw them narrow. */
static bool is_ambiguous(uint32_t code)
{
    return code == 0x2018 || code == 0x2019 || code == 0x201c || code == 0x201d || code == 0x2014 ||
           code == 0x2026 || code == 0xb7;
}

static bool is_western(uint32_t code)
{
    return (code > 0x20 && code < 0x7f) || shape_is_letter(code) || code == 0x2010 ||
           code == 0x2013;
}

/* An apostrophe inside a word: it’s. */
static bool is_apostrophe(const FontChar *chars, int count, int i)
{
    return chars[i].code == 0x2019 && i > 0 && i + 1 < count &&
           shape_is_letter(chars[i - 1].code) && shape_is_letter(chars[i + 1].code);
}

/* A run without blanks is one word: it is Latin as a whole when a letter is in it (PM2.5, 5G). */
static int settle_word(FontChar *chars, int count, int i)
{
    int end = i;
    bool letters = false;
    for (; end < count && (is_western(chars[end].code) || is_apostrophe(chars, count, end));
         end++) {
        letters |= shape_is_letter(chars[end].code);
    }
    for (; i < end; i++) {
        chars[i].kind = letters ? KIND_LATIN : KIND_NUMBER;
        chars[i].file = -1;
    }
    return end;
}

/* The nearest kind that decides, looking from i in direction step; KIND_AMBIGUOUS at the text's
 * edge. */
static FontKind neighbour(const FontChar *chars, int count, int i, int step)
{
    for (i += step; i >= 0 && i < count; i += step) {
        if (chars[i].kind != KIND_BLANK && chars[i].kind != KIND_AMBIGUOUS) {
            return chars[i].kind;
        }
    }
    return KIND_AMBIGUOUS;
}

/* Chinese unless Latin words stand on both sides; the edge of an otherwise Latin text counts as
 * Latin. */
static FontKind settle_ambiguous(const FontChar *chars, int count, int i, bool all_latin)
{
    FontKind left = neighbour(chars, count, i, -1), right = neighbour(chars, count, i, 1);
    bool left_latin = left == KIND_LATIN || (left == KIND_AMBIGUOUS && all_latin);
    bool right_latin = right == KIND_LATIN || (right == KIND_AMBIGUOUS && all_latin);
    return left_latin && right_latin ? KIND_LATIN : KIND_WIDE;
}

/* Both quotes of a pair come from one font: the Chinese one, if either does. */
static void match_quotes(FontChar *chars, int count, uint32_t open, uint32_t close)
{
    enum { DEPTH = 16 };
    int opened[DEPTH], depth = 0;
    for (int i = 0; i < count; i++) {
        if (chars[i].code == open && depth < DEPTH) {
            opened[depth++] = i;
        } else if (chars[i].code == close && depth > 0) {
            FontChar *first = &chars[opened[--depth]];
            if (first->kind == KIND_WIDE || chars[i].kind == KIND_WIDE) {
                first->kind = chars[i].kind = KIND_WIDE;
            }
        }
    }
}

/* Marks settled so far must not sway those that follow: the verdicts are written in a second
 * pass. */
static void settle_shared(FontChar *chars, int count)
{
    bool latin = false, wide = false;
    for (int i = 0; i < count; i++) {
        latin |= chars[i].kind == KIND_LATIN;
        wide |= chars[i].kind == KIND_WIDE;
    }
    for (int i = 0; i < count; i++) {
        if (chars[i].kind == KIND_AMBIGUOUS) {
            chars[i].file = (int8_t)settle_ambiguous(chars, count, i, latin && !wide);
        } else if (chars[i].kind == KIND_BLANK) {
            bool beside = neighbour(chars, count, i, -1) == KIND_LATIN ||
                          neighbour(chars, count, i, 1) == KIND_LATIN;
            chars[i].file = beside ? KIND_LATIN : KIND_NUMBER;
        }
    }
    for (int i = 0; i < count; i++) {
        if (chars[i].kind == KIND_AMBIGUOUS || chars[i].kind == KIND_BLANK) {
            chars[i].kind = (uint8_t)chars[i].file;
        }
        chars[i].file = -1;
    }
    match_quotes(chars, count, 0x201c, 0x201d);
    match_quotes(chars, count, 0x2018, 0x2019);
}

void font_kinds(FontChar *chars, int count)
{
    bool shared = false;
    for (int i = 0; i < count;) {
        uint32_t code = chars[i].code;
        chars[i].file = -1;
        if (is_western(code)) {
            i = settle_word(chars, count, i);
            continue;
        }
        bool blank = code == ' ', ambiguous = is_ambiguous(code);
        chars[i++].kind = blank ? KIND_BLANK : ambiguous ? KIND_AMBIGUOUS : KIND_WIDE;
        shared |= blank || ambiguous;
    }
    if (shared) {
        settle_shared(chars, count);
    }
}

/* The files to be tried for a character, best first. Returns how many. */
static int font_candidates(Role role, FontKind kind, FontFile out[CHAIN_LENGTH + 2])
{
    const RoleRow *row = &FONT_ROLES[role];
    int count = 0;
    if (kind == KIND_LATIN) {
        out[count++] = FILE_LATIN;
    } else if (kind == KIND_NUMBER) {
        out[count++] = row->digits;
        out[count++] = FILE_LATIN;
    }
    for (int i = 0; i < CHAIN_LENGTH; i++) {
        out[count++] = row->chain[i];
    }
    if (kind == KIND_WIDE) {
        out[count++] = FILE_LATIN;
    }
    return count;
}

static bool is_selector(uint32_t code)
{
    return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

static bool report_missing(FontSet *fonts, const FontChar *c, const At *at)
{
    char text[8] = "", name[16];
    utf8_encode(c->code, text);
    snprintf(name, sizeof name, "U+%04X", (unsigned)c->code);
    if (utf8_is_private_use(c->code)) {
        return diag_add(fonts->diags, DIAG_E302, at, name);
    }
    if (is_selector(c->code)) {
        return diag_add(fonts->diags, DIAG_E303, at, name);
    }
    if (fonts->damaged) {
        return false;
    }
    const RoleRow *role = &FONT_ROLES[c->role];
    bool english = diag_language(fonts->diags) == DIAG_ENGLISH;
    diag_add(fonts->diags, DIAG_E301, at, text, name, english ? role->english : role->chinese);
    diag_hint(fonts->diags, DIAG_H302);
    return false;
}

void font_choose(FontSet *fonts, FontChar *chars, int count)
{
    FontFile files[CHAIN_LENGTH + 2];
    for (int i = 0; i < count; i++) {
        uint32_t code = chars[i].code;
        int tries = font_candidates((Role)chars[i].role, (FontKind)chars[i].kind, files);
        for (int k = 0; k < tries && chars[i].file < 0; k++) {
            if (charset_has(&fonts->fonts[files[k]].needed, code)) {
                chars[i].file = (int8_t)files[k];
            }
        }
        if (chars[i].file < 0) {
            report_missing(fonts, &chars[i], NULL); /* set without having been needed */
        }
    }
}

static bool need_char(FontSet *fonts, FontChar *c)
{
    uint32_t code = c->code;
    if (utf8_is_private_use(code) || is_selector(code)) {
        return false;
    }
    FontFile files[CHAIN_LENGTH + 2];
    int tries = font_candidates((Role)c->role, (FontKind)c->kind, files);
    for (int i = 0; i < tries; i++) {
        Font *font = &fonts->fonts[files[i]];
        if (charset_has(&font->needed, code)) {
            return true;
        }
        if (font_has(fonts, files[i], code)) {
            charset_add(fonts->arena, &font->needed, code);
            font->used = true;
            font->grown = true;
            return true;
        }
    }
    return false;
}

bool font_need_chars(FontSet *fonts, FontChar *chars, int count, const At *at)
{
    bool found = true;
    for (int i = 0; i < count; i++) {
        if (!need_char(fonts, &chars[i])) {
            found = report_missing(fonts, &chars[i], at);
        }
    }
    return found;
}

bool fonts_need(FontSet *fonts, Role role, const char *text, At at)
{
    const char *end = text;
    int count = 0;
    FontChar *chars = font_chars(fonts, 1);
    for (uint32_t code = utf8_next(&end); code != 0; code = utf8_next(&end)) {
        uint32_t set = font_typeset_code(code);
        if (set != 0) {
            chars = font_chars(fonts, count + 1);
            chars[count++] = (FontChar){.code = set, .role = (uint8_t)role};
        }
    }
    font_kinds(chars, count);
    return font_need_chars(fonts, chars, count, &at);
}
