#include "output/outname.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include "base/buf.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"

/* A piece of the pattern: text, or the word whose value stands there. */
typedef struct Piece {
    const char *text; /* NULL: a word */
    size_t word;
} Piece;

struct OutName {
    Piece *pieces;
    size_t count, room;
};

/* What came from the command line may be no UTF-8: a byte that is none is _. */
static const char *sound_text(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_strndup(arena, text, length);
    for (size_t bad; !utf8_valid(copy, strlen(copy), &bad);)
        copy[bad] = '_';
    return copy;
}

/* ---- the pattern ---- */

typedef struct Reading {
    Arena *arena;
    Diags *diags;
    const char *pattern;
    const char *const *words;
    size_t word_count;
    OutName *name;
} Reading;

static void add_piece(Reading *r, Piece piece)
{
    OutName *name = r->name;
    name->pieces = arena_grow(r->arena, name->pieces, name->count, &name->room, sizeof piece);
    name->pieces[name->count++] = piece;
}

static bool unknown_word(const Reading *r, const char *word)
{
    const char *list = "";
    diag_add(r->diags, DIAG_E554, NULL, word);
    const char *nearest = utf8_nearest(word, r->words, r->word_count);
    if (nearest) {
        diag_hint(r->diags, DIAG_H001, nearest);
        return false;
    }
    for (size_t i = 0; i < r->word_count; i++)
        list = arena_printf(r->arena, "%s%s{%s}", list, *list ? " " : "", r->words[i]);
    diag_hint(r->diags, DIAG_H554, list);
    return false;
}

static bool add_word(Reading *r, const char *start, const char *end)
{
    const char *word = utf8_fold(r->arena, sound_text(r->arena, start, (size_t)(end - start)));
    for (size_t i = 0; i < r->word_count; i++) {
        if (strcmp(r->words[i], word) == 0) {
            add_piece(r, (Piece){.word = i});
            return true;
        }
    }
    return unknown_word(r, word);
}

/* { and ｛, } and ｝: the length of the brace at `at`, 0: there is none. */
static size_t brace(const char *at, char ascii, const char *wide)
{
    return *at == ascii ? 1 : strncmp(at, wide, strlen(wide)) == 0 ? strlen(wide) : 0;
}

static size_t opening(const char *at)
{
    return brace(at, '{', "｛");
}

static size_t closing(const char *at)
{
    return brace(at, '}', "｝");
}

/* {{ and }} are braces of the name itself. */
static bool is_doubled(const char *at)
{
    return (*at == '{' || *at == '}') && at[1] == *at;
}

/* The text up to the next word; false where a brace has no partner. */
static bool read_text(Reading *r, const char **at)
{
    Buf text = {0};
    while (**at && (is_doubled(*at) || (!opening(*at) && !closing(*at)))) {
        size_t step = is_doubled(*at) ? 2 : 1;
        buf_add(&text, *at, 1);
        *at += step;
    }
    if (text.length)
        add_piece(r, (Piece){.text = arena_strndup(r->arena, text.data, text.length)});
    buf_free(&text);
    return !closing(*at);
}

static bool read_word(Reading *r, const char **at, bool *known)
{
    const char *start = *at + opening(*at), *end = start;
    while (*end && !opening(end) && !closing(end))
        end++;
    if (!closing(end))
        return false;
    *known = add_word(r, start, end) && *known;
    *at = end + closing(end);
    return true;
}

const OutName *outname_read(
    Arena *arena, const char *pattern, const char *const *words, size_t word_count, Diags *diags)
{
    Reading r = {arena, diags, pattern, words, word_count, ARENA_NEW(arena, OutName)};
    bool known = true;
    for (const char *at = pattern; *at;) {
        if (!read_text(&r, &at) || (*at && !read_word(&r, &at, &known))) {
            diag_add(diags, DIAG_E555, NULL, pattern);
            return NULL;
        }
    }
    return known ? r.name : NULL;
}

const char *outname_plain(Arena *arena, const char *pattern, Diags *diags)
{
    char *plain = arena_strdup(arena, pattern), *out = plain;
    for (const char *at = pattern; *at; at++) {
        const char *start = at + opening(at), *end = start;
        while (start > at && *end && !opening(end) && !closing(end))
            end++;
        if (is_doubled(at)) {
            at++;
        } else if (end > start && closing(end)) {
            diag_add(diags, DIAG_E537, NULL, sound_text(arena, start, (size_t)(end - start)));
            return NULL;
        }
        *out++ = *at;
    }
    *out = '\0';
    return plain;
}

bool outname_has(const OutName *name, size_t word)
{
    for (size_t i = 0; i < name->count; i++)
        if (!name->pieces[i].text && name->pieces[i].word == word)
            return true;
    return false;
}

/* ---- values ---- */

static const char full_width[] = "/\\:*?\"<>|";

/* Marks that cannot be seen, or turn what stands round them: two names would look alike. */
static bool is_unseen(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x061C ||
           (c >= 0x180B && c <= 0x180E) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) || (c >= 0xE0000 && c < 0xE1000);
}

static void add_wide(Buf *out, uint32_t c)
{
    buf_addc(out, c + 0xFEE0);
}

static void add_value(Arena *arena, Buf *out, const char *value)
{
    const char *at = utf8_trim(arena, sound_text(arena, value, strlen(value)));
    if (!*at)
        buf_adds(out, "_");
    for (uint32_t c; (c = utf8_next(&at)) != 0;) {
        if (is_unseen(c))
            buf_adds(out, "_");
        else if (c < 0x80 && strchr(full_width, (int)c))
            add_wide(out, c);
        else
            buf_addc(out, utf8_is_blank(c) ? ' ' : c);
    }
}

/* ---- components ---- */

/* Names of devices on Windows, with any extension: NUL.pdf is the device too. */
static bool is_device(const char *component)
{
    static const char *const plain[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"};
    static const char *const numbered[] = {"COM", "LPT"};
    size_t length = strcspn(component, ".");
    while (length > 0 && component[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (length == strlen(plain[i]) && strncasecmp(component, plain[i], length) == 0)
            return true;
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        const char *digit = component + 3;
        bool alike = length > 3 && strncasecmp(component, numbered[i], 3) == 0;
        bool small = alike && length == 5 &&
                     (memcmp(digit, "¹", 2) == 0 || memcmp(digit, "²", 2) == 0 ||
                         memcmp(digit, "³", 2) == 0);
        if (small || (alike && length == 4 && *digit >= '0' && *digit <= '9'))
            return true;
    }
    return false;
}

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash ^ hash >> 32;
}

enum { HASH_BYTES = 9, EXTENSION_BYTES = 16 }; /* ~ and eight digits */

/* Where the extension begins that a cut must leave: of the file, not of a folder. */
static size_t extension_at(const char *component, bool last)
{
    const char *dot = last ? strrchr(component, '.') : NULL;
    size_t length = strlen(component);
    return dot && dot > component && strlen(dot) <= EXTENSION_BYTES ? (size_t)(dot - component)
                                                                    : length;
}

static const char *cut(Arena *arena, const char *component, bool last)
{
    size_t end = extension_at(component, last);
    size_t keep = LIMIT_OUTPUT_NAME - HASH_BYTES - strlen(component + end);
    if (strlen(component) <= LIMIT_OUTPUT_NAME)
        return component;
    while (keep > 0 && ((unsigned char)component[keep] & 0xC0) == 0x80)
        keep--;
    return arena_printf(arena, "%.*s~%08x%s", (int)keep, component,
        (unsigned)(hash_of(component) & 0xFFFFFFFF), component + end);
}

/* One component under way: whether its first and its last character came out of a value. */
typedef struct Component {
    Buf text;
    bool has_value, starts_with_value, ends_with_value;
} Component;

static void add_starting(Buf *out, const char *text, bool from_value)
{
    bool hidden = from_value && strchr(".-~", *text) && *text;
    if (hidden)
        add_wide(out, (uint32_t)*text);
    buf_adds(out, text + hidden);
}

/* A dot or blank at the end is dropped by Windows: another file then. */
static void mend_end(Buf *text)
{
    char last = text->length ? text->data[text->length - 1] : 'x';
    if (last != '.' && last != ' ')
        return;
    text->length--;
    if (last == '.')
        add_wide(text, '.');
    else
        buf_adds(text, "_");
}

static void close_component(Arena *arena, Component *part, bool last, Buf *path)
{
    Buf whole = {0};
    buf_adds(&whole, ""); /* so that there is a text */
    if (part->text.length)
        add_starting(&whole, part->text.data, part->starts_with_value);
    if (part->ends_with_value)
        mend_end(&whole);
    if (part->has_value && is_device(whole.data)) {
        const char *name = arena_strndup(arena, whole.data, whole.length);
        whole.length = 0;
        buf_addf(&whole, "_%s", name);
    }
    const char *text = arena_strndup(arena, whole.data ? whole.data : "", whole.length);
    buf_adds(path, part->has_value ? cut(arena, text, last) : text);
    buf_adds(path, last ? "" : "/");
    part->text.length = 0;
    part->has_value = part->starts_with_value = part->ends_with_value = false;
    buf_free(&whole);
}

/* Only the pattern's own / divide. */
static void add_text(Arena *arena, Component *part, const char *text, Buf *path)
{
    for (;;) {
        size_t length = strcspn(text, "/");
        buf_add(&part->text, text, length);
        part->ends_with_value = part->ends_with_value && length == 0;
        if (!text[length])
            return;
        close_component(arena, part, false, path);
        text += length + 1;
    }
}

const char *outname_make(Arena *arena, const OutName *name, const char *const *values)
{
    Component part = {0};
    Buf path = {0};
    for (size_t i = 0; i < name->count; i++) {
        const Piece *piece = &name->pieces[i];
        if (piece->text) {
            add_text(arena, &part, piece->text, &path);
            continue;
        }
        part.starts_with_value = part.starts_with_value || part.text.length == 0;
        part.has_value = part.ends_with_value = true;
        add_value(arena, &part.text, values[piece->word]);
    }
    close_component(arena, &part, true, &path);
    const char *made = arena_strndup(arena, path.data ? path.data : "", path.length);
    buf_free(&part.text);
    buf_free(&path);
    return made;
}

const char *outname_folder(Arena *arena, const OutName *name)
{
    Buf head = {0};
    for (size_t i = 0; i < name->count && name->pieces[i].text; i++)
        buf_adds(&head, name->pieces[i].text);
    const char *text = arena_strndup(arena, head.data ? head.data : "", head.length);
    const char *slash = strrchr(text, '/');
    buf_free(&head);
    return !slash ? "." : slash == text ? "/" : arena_strndup(arena, text, (size_t)(slash - text));
}

/* ---- collisions ---- */

/* Small letters of the alphabets that have them, and full-width forms as they look. */
static uint32_t fold_case(uint32_t c)
{
    static const struct {
        uint32_t first, last, shift;
    } ranges[] = {{'A', 'Z', 32}, {0xC0, 0xDE, 32}, {0x391, 0x3A9, 32}, {0x400, 0x40F, 80},
        {0x410, 0x42F, 32}, {0x531, 0x556, 48}, {0xFF21, 0xFF3A, 32}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last && c != 0xD7)
            return c + ranges[i].shift;
    bool paired = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177); /* Latin Extended-A */
    return paired ? c | 1 : c;
}

/* Only what the values gave is sure to be UTF-8. */
const char *outname_fold(Arena *arena, const char *path)
{
    size_t bad;
    Buf out = {0};
    if (!utf8_valid(path, strlen(path), &bad))
        return path;
    for (uint32_t c; (c = utf8_next(&path)) != 0;)
        buf_addc(&out, fold_case(c));
    const char *folded = arena_strndup(arena, out.data ? out.data : "", out.length);
    buf_free(&out);
    return folded;
}

bool outname_distinct(
    Arena *arena, const char *const *paths, const char *const *owners, size_t count, Diags *diags)
{
    Map *seen = map_new(arena);
    bool distinct = true;
    for (size_t i = 0; i < count; i++) {
        const char *path = outname_fold(arena, paths[i]);
        const char *other = map_find(seen, path);
        if (!other) {
            map_put(seen, path, (void *)owners[i]);
            continue;
        }
        distinct = diag_add(diags, DIAG_E556, NULL, other, owners[i], paths[i]);
        diag_hint(diags, DIAG_H556, "序号");
    }
    return distinct;
}
