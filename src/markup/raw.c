#include "markup/raw.h"
#include <stdint.h>
#include <string.h>
#include "base/utf8.h"
#include "markup/xml.h"

static bool starts(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && memcmp(at, word, length) == 0;
}

bool raw_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && raw_blank(*at))
        at++;
    return at;
}

/* A piece between `open` and `close`; without the latter it runs to the end. */
static RawPiece bracketed(
    RawKind kind, const char *at, const char *end, const char *open, const char *close)
{
    const char *inside = at + strlen(open);
    const char *mark = memmem(inside, (size_t)(end - inside), close, strlen(close));
    return (RawPiece){kind, at, mark ? mark + strlen(close) : end, mark != NULL};
}

RawPiece raw_piece(const char *at, const char *end)
{
    if (at >= end)
        return (RawPiece){RAW_END, end, end, true};
    if (starts(at, end, "<!--"))
        return bracketed(RAW_COMMENT, at, end, "<!--", "-->");
    if (starts(at, end, "<![CDATA["))
        return bracketed(RAW_CDATA, at, end, "<![CDATA[", "]]>");
    if (starts(at, end, "<?"))
        return bracketed(RAW_INSTRUCTION, at, end, "<?", "?>");
    if (*at == '<')
        return (RawPiece){RAW_TAG, at, at + 1, true};
    const char *next = memchr(at, '<', (size_t)(end - at));
    return (RawPiece){RAW_TEXT, at, next ? next : end, true};
}

const char *raw_tag(const char *at, const char *end, RawText *text)
{
    RawText found = {NULL, NULL};
    RawPiece piece = raw_piece(at, end);
    for (; piece.kind != RAW_TAG && piece.kind != RAW_END; piece = raw_piece(piece.end, end)) {
        if (piece.kind != RAW_TEXT && piece.kind != RAW_CDATA)
            continue;
        if (!found.start)
            found.start = piece.start;
        found.end = piece.end;
    }
    if (text)
        *text = found;
    return piece.start;
}

const char *raw_name_end(const char *at, const char *end)
{
    while (at < end && !raw_blank(*at) && !strchr("/>=<\"'", *at))
        at++;
    return at;
}

bool raw_attr(const char **at, const char *end, RawAttr *attr)
{
    *attr = (RawAttr){0};
    attr->name = skip_blanks(*at, end);
    attr->name_end = *at = raw_name_end(attr->name, end);
    const char *after = skip_blanks(*at, end);
    if (attr->name == attr->name_end || after == end || *after != '=')
        return false;
    *at = after = skip_blanks(after + 1, end);
    if (after == end || (*after != '"' && *after != '\''))
        return false;
    attr->value = after + 1;
    attr->value_end = memchr(attr->value, *after, (size_t)(end - attr->value));
    if (!attr->value_end)
        return false;
    *at = attr->value_end + 1;
    return true;
}

/* ---- characters ---- */

static bool plain_unit(RawUnit *unit, const char *at, const char *end)
{
    size_t size = 1;
    while (at + size < end && ((unsigned char)at[size] & 0xC0) == 0x80 && size < 4)
        size++;
    unit->raw = unit->size = size;
    memcpy(unit->bytes, at, size);
    return true;
}

/* &#78; and &#x4E00; */
static bool number_unit(RawUnit *unit, const char *at, const char *end)
{
    if (!starts(at, end, "&#"))
        return false;
    const char *digits = at + 2;
    unsigned base = digits < end && *digits == 'x' ? 16 : 10;
    digits += base == 16;
    uint32_t code_point = 0;
    for (; digits < end && *digits != ';'; digits++) {
        static const char set[] = "0123456789abcdef";
        char lower = *digits >= 'A' && *digits <= 'F' ? *digits | 0x20 : *digits;
        const char *digit = strchr(set, lower);
        if (!*digits || !digit || (unsigned)(digit - set) >= base || code_point > 0x10FFFF)
            return false;
        code_point = code_point * base + (unsigned)(digit - set);
    }
    if (digits == end || code_point > 0x10FFFF)
        return false;
    unit->raw = (size_t)(digits + 1 - at);
    unit->size = (size_t)utf8_encode(code_point, unit->bytes);
    return true;
}

static bool entity_unit(RawUnit *unit, const char *at, const char *end)
{
    static const struct {
        const char *name;
        char value;
    } entities[] = {
        {"&lt;", '<'},
        {"&gt;", '>'},
        {"&amp;", '&'},
        {"&quot;", '"'},
        {"&apos;", '\''},
    };
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (!starts(at, end, entities[i].name))
            continue;
        unit->raw = strlen(entities[i].name);
        unit->size = 1;
        unit->bytes[0] = entities[i].value;
        return true;
    }
    return number_unit(unit, at, end);
}

RawUnit raw_unit(const char *at, const char *end, RawPlace place)
{
    RawUnit unit = {0};
    if (*at == '&' && place != RAW_IN_CDATA && entity_unit(&unit, at, end))
        return unit;
    plain_unit(&unit, at, end);
    if (*at == '\r') { /* XML 1.0, 2.11: line ends are one LF */
        unit.raw = starts(at, end, "\r\n") ? 2 : 1;
        unit.bytes[0] = '\n';
    }
    if (place == RAW_IN_VALUE && unit.size == 1 && raw_blank(unit.bytes[0]))
        unit.bytes[0] = ' '; /* XML 1.0, 3.3.3 */
    return unit;
}

/* ---- decoded → raw ---- */

/* A walk over the characters of a text node's or a value's raw bytes. */
typedef struct Walk {
    const char *at, *end;
    const char *cdata_end; /* of the section we are in, else NULL */
    bool value;
} Walk;

/* Steps over what is no character: comments, instructions, the brackets of CDATA. */
static void skip_markup(Walk *walk)
{
    static const size_t open = sizeof "<![CDATA[" - 1, close = sizeof "]]>" - 1;
    while (!walk->value && walk->at < walk->end) {
        if (walk->cdata_end) {
            if (walk->at < walk->cdata_end)
                return;
            walk->at += close;
            walk->cdata_end = NULL;
            continue;
        }
        if (*walk->at != '<')
            return;
        RawPiece piece = raw_piece(walk->at, walk->end);
        if (piece.kind == RAW_TAG)
            return;
        if (piece.kind == RAW_CDATA && piece.closed) {
            walk->at += open;
            walk->cdata_end = piece.end - close;
        } else {
            walk->at = piece.end;
        }
    }
}

static RawUnit walk_unit(const Walk *walk)
{
    RawPlace place = walk->value ? RAW_IN_VALUE : walk->cdata_end ? RAW_IN_CDATA : RAW_IN_TEXT;
    return raw_unit(walk->at, walk->end, place);
}

/* Every template value asks for its place: without marks a long paragraph of them would be gone
 * through from its beginning each time. */
enum { MARK_STEP = 256 };

typedef struct XmlMark {
    Walk walk;      /* at the character that holds … */
    size_t decoded; /* … and which begins at this decoded byte */
} XmlMark;

struct XmlMarks {
    size_t count;
    XmlMark *marks; /* of the decoded bytes 0, 256, 512 … */
};

const struct XmlMarks *raw_marks(
    Arena *arena, const char *start, const char *end, bool value, size_t length)
{
    if (length <= MARK_STEP)
        return NULL;
    struct XmlMarks *all = ARENA_NEW(arena, struct XmlMarks);
    all->marks = ARENA_ARRAY(arena, XmlMark, length / MARK_STEP + 1);
    Walk walk = {start, end, NULL, value};
    size_t decoded = 0;
    for (skip_markup(&walk); walk.at < walk.end; skip_markup(&walk)) {
        RawUnit unit = walk_unit(&walk);
        if (decoded + unit.size > all->count * MARK_STEP && all->count <= length / MARK_STEP)
            all->marks[all->count++] = (XmlMark){walk, decoded};
        walk.at += unit.raw;
        decoded += unit.size;
    }
    return all;
}

/* The last place before `from` that is known. */
static XmlMark nearest_mark(const XmlNode *node, const XmlAttr *attr, size_t from)
{
    const struct XmlMarks *all = attr ? attr->marks : node->marks;
    if (all && all->count) {
        size_t step = from / MARK_STEP;
        return all->marks[step < all->count ? step : all->count - 1];
    }
    Span span = attr ? attr->value_span : node->span;
    const char *text = span.source->text;
    XmlMark first = {{text + span.start, text + span.end, NULL, attr != NULL}, 0};
    skip_markup(&first.walk);
    return first;
}

Span xml_span(const XmlNode *node, const XmlAttr *attr, size_t from, size_t to)
{
    Span span = attr ? attr->value_span : node->span;
    if ((!attr && node->kind == XML_ELEMENT) || !span.source)
        return span;
    if (!attr && node->verbatim)
        return (Span){span.source, span.start + from, span.start + to};
    const char *text = span.source->text;
    XmlMark mark = nearest_mark(node, attr, from);
    Walk walk = mark.walk;
    size_t decoded = mark.decoded;
    bool begun = false;
    for (; walk.at < walk.end; skip_markup(&walk)) {
        RawUnit unit = walk_unit(&walk);
        if (!begun && decoded + unit.size > from) {
            span.start = (size_t)(walk.at - text);
            span.end = span.start;
            begun = true;
        }
        if (begun && decoded >= to)
            return span;
        walk.at += unit.raw;
        decoded += unit.size;
        if (begun)
            span.end = (size_t)(walk.at - text);
    }
    if (!begun)
        span.start = span.end;
    return span;
}

/* ---- before libxml2 sees the text ---- */

bool raw_encoding(const char *text, const char *end, const char **start, const char **stop)
{
    if (!starts(text, end, "<?xml") || text + 5 == end || !raw_blank(text[5]))
        return false;
    const char *close = raw_piece(text, end).end, *at = text + 5;
    RawAttr attr;
    while (raw_attr(&at, close, &attr)) {
        if (attr.name_end - attr.name != 8 || memcmp(attr.name, "encoding", 8) != 0)
            continue;
        *start = attr.value;
        *stop = attr.value_end;
        return true;
    }
    return false;
}

const char *raw_crowded_tag(const char *text, const char *end, int most)
{
    for (const char *tag = raw_tag(text, end, NULL); tag < end; tag = raw_tag(tag + 1, end, NULL)) {
        const char *at = raw_name_end(tag + 1, end);
        RawAttr attr;
        int count = 0;
        while (raw_attr(&at, end, &attr))
            if (++count > most)
                return tag;
    }
    return NULL;
}
