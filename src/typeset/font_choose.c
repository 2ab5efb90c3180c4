/* Which file sets which character (engine.md 1.3): Han and marks from the role's chain, words
 * with Latin letters from the Latin face, numbers without letters from the role's own half-width
 * digits. */
#include "typeset/font_internal.h"

#include <stdlib.h>
#include <string.h>
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

static const FontTries *font_tries(const FontSet *fonts, const FontChar *c)
{
    bool blank = c->code == ' ' && c->kind == KIND_NUMBER;
    return &fonts->chains[c->role].tries[blank ? KIND_BLANK : c->kind];
}

static bool is_selector(uint32_t code)
{
    return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

/* The character itself where the template's text holds it; else the whole of what `at` says: it
 * comes from the data then, or is written as &#…;. */
static At char_place(uint32_t code, At at)
{
    char text[8] = "";
    const Source *source = at.span.source;
    size_t length = (size_t)utf8_encode(code, text);
    for (size_t i = at.span.start; source && length && !at.data && i + length <= at.span.end; i++) {
        if (memcmp(source->text + i, text, length) == 0) {
            at.span.start = i;
            at.span.end = i + length;
            return at;
        }
    }
    return at;
}

/* `place`: NULL where it is not known. */
static bool report_missing(FontSet *fonts, const FontChar *c, const At *place)
{
    char text[8] = "", name[16];
    At here = place ? char_place(c->code, *place) : (At){0}, *at = place ? &here : NULL;
    utf8_encode(c->code, text);
    snprintf(name, sizeof name, "U+%04X", (unsigned)c->code);
    if (utf8_is_private_use(c->code)) {
        return diag_add(fonts->diags, DIAG_E302, at, name);
    }
    if (is_selector(c->code)) {
        diag_add(fonts->diags, DIAG_E303, at, name);
        diag_hint(fonts->diags, DIAG_H611);
        return false;
    }
    if (fonts->damaged) {
        return false;
    }
    diag_add(fonts->diags, DIAG_E301, at, text, name, font_role_name(fonts, (Role)c->role));
    diag_hint(fonts->diags, DIAG_H302);
    return false;
}

void font_choose(FontSet *fonts, FontChar *chars, int count)
{
    for (int i = 0; i < count; i++) {
        const FontTries *tries = font_tries(fonts, &chars[i]);
        for (int k = 0; k < tries->count && chars[i].file < 0; k++) {
            if (charset_has(&fonts->fonts[tries->files[k]]->needed, chars[i].code)) {
                chars[i].file = tries->files[k];
            }
        }
        if (chars[i].file < 0) {
            report_missing(fonts, &chars[i], NULL); /* set without having been needed */
        }
    }
}

/* Notes that a file behind the office's own sets a character (no silent substitution). */
static void note_lacking(FontSet *fonts, const FontChar *c, const At *at)
{
    RoleChain *chain = &fonts->chains[c->role];
    if (charset_add(fonts->arena, &chain->lacked, c->code)) {
        if (chain->lacking_count == 0) {
            chain->lacking_at = char_place(c->code, *at);
        }
        if (chain->lacking_count < LACKING_SHOWN) {
            chain->lacking[chain->lacking_count] = c->code;
        }
        chain->lacking_count++;
    }
}

static bool need_char(FontSet *fonts, const FontChar *c, const At *at)
{
    uint32_t code = c->code;
    if (utf8_is_private_use(code) || is_selector(code)) {
        return false;
    }
    const FontTries *tries = font_tries(fonts, c);
    int own = c->kind == KIND_WIDE ? fonts->chains[c->role].own : 0;
    for (int i = 0; i < tries->count; i++) {
        FontFile file = (FontFile)tries->files[i];
        Font *font = fonts->fonts[file];
        bool noted = charset_has(&font->needed, code);
        if (!noted && !font_has(fonts, file, code)) {
            continue;
        }
        if (!noted) {
            charset_add(fonts->kept, &font->needed, code);
            font->grown = true;
        }
        if (i >= own && own > 0) {
            note_lacking(fonts, c, at);
        }
        return true;
    }
    return false;
}

bool fonts_have(FontSet *fonts, Role role, uint32_t code)
{
    FontChar c = {.code = font_typeset_code(code), .role = (uint8_t)role};
    if (c.code == 0 || utf8_is_private_use(c.code) || is_selector(c.code)) {
        return false;
    }
    font_kinds(&c, 1);
    const FontTries *tries = font_tries(fonts, &c);
    for (int i = 0; i < tries->count; i++) {
        if (font_has(fonts, (FontFile)tries->files[i], c.code)) {
            return true;
        }
    }
    return false;
}

/* A bold face is never made of a plain one: without a file of the office's own the plain face is
 * set, and that is told. */
static bool tell_bold(FontSet *fonts, Role role, const At *at)
{
    RoleChain *chain = &fonts->chains[role];
    const RoleRow *row = &FONT_ROLES[role];
    if (!row->bold || chain->own > 0 || chain->told) {
        return true;
    }
    chain->told = true;
    DiagCode code = chain->strict ? DIAG_E372 : DIAG_W372;
    diag_add(
        fonts->diags, code, at, font_role_name(fonts, role), font_role_name(fonts, row->plain));
    diag_hint(fonts->diags, DIAG_H372, row->chinese);
    return !chain->strict;
}

bool font_need_chars(FontSet *fonts, FontChar *chars, int count, const At *at)
{
    bool found = count == 0 || tell_bold(fonts, (Role)chars[0].role, at);
    for (int i = 0; i < count; i++) {
        if (!need_char(fonts, &chars[i], at)) {
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
