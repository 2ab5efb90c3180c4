#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "document/typed_number.h"
#include "template/text_file.h"

/* More characters than this before the first 。 are no heading: the paragraph keeps its number, in
 * the face of the text. One line and a half of 28. */
enum { HEADING_CHARACTERS = 40, LEVELS = 4, UNKNOWN = -1 };

typedef struct LineReader {
    Template *t;
    const Source *source;
    const CheckScope *scope;
    const XmlNode *element; /* the <text> */
    Node *holder;
    bool values;
    int last[LEVELS]; /* the number typed last at each level; UNKNOWN: none in this file, 0: none
                         since the level above went on */
    bool ok;
} LineReader;

static At at_bytes(const LineReader *reader, size_t from, size_t to)
{
    return (At){.span = {reader->source, from, to}};
}

/* ---- nodes ---- */

static Node *add_node(LineReader *reader, Node *parent, ElementId id, XmlNode *xml)
{
    Node *node = ARENA_NEW(reader->t->arena, Node);
    node->id = id;
    node->xml = xml;
    node->at.span = xml->span;
    node->parent = parent;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

static void add_prose(LineReader *reader, Node *block, size_t from, size_t to)
{
    XmlNode *xml = xml_plain_text(reader->t->arena, reader->source, from, to);
    Node *text = add_node(reader, block, ELEMENT_TEXT, xml);
    if (reader->values) {
        reader->ok = parse_prose(reader->t, xml, NULL, reader->scope, &text->prose) && reader->ok;
        return;
    }
    text->prose = ARENA_NEW(reader->t->arena, Segment);
    *text->prose = (Segment){.text = xml->text, .at = {.span = xml->span}};
}

/* A block of the bytes [from, to); `number_level`: it begins with a number of that level. */
static void add_block_node(
    LineReader *reader, ElementId id, int number_level, size_t from, size_t to)
{
    static const char *const names[] = {"h1", "h2", "h3", "h4"};
    XmlNode *xml = ARENA_NEW(reader->t->arena, XmlNode);
    xml->kind = XML_ELEMENT;
    xml->name = id == ELEMENT_P ? "p" : names[id - ELEMENT_H1];
    xml->parent = (XmlNode *)reader->element;
    xml->span = (Span){reader->source, from, to};
    Node *node = add_node(reader, reader->holder, id, xml);
    node->number_level = number_level;
    add_prose(reader, node, from, to);
}

/* ---- headings ---- */

static bool is_stop(uint32_t code_point)
{
    return code_point == 0x3002 || code_point == '!' || code_point == '?';
}

/* 1 of “ ‘ 《 （, -1 of what closes them. */
static int nesting(uint32_t code_point)
{
    static const uint32_t pairs[][2] = {
        {0x201C, 0x201D}, {0x2018, 0x2019}, {0x300A, 0x300B}, {'(', ')'}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == code_point || pairs[i][1] == code_point)
            return pairs[i][0] == code_point ? 1 : -1;
    return 0;
}

/* Bytes up to and with the first stop mark that stands in no quotes or brackets, all of it if there
 * is none; a value counts as one character, whatever stands in it. */
static size_t first_sentence(const char *text, bool values, size_t *characters)
{
    int depth = 0, nested = 0;
    *characters = 0;
    for (const char *next = text; *next;) {
        uint32_t code_point = utf8_fold_width(utf8_next(&next));
        if (values && code_point == '{')
            depth++;
        *characters += depth == 0 || code_point == '}';
        nested += depth == 0 ? nesting(code_point) : 0;
        if (depth == 0 && nested <= 0 && is_stop(code_point))
            return (size_t)(next - text);
        if (values && code_point == '}' && depth > 0)
            depth--;
    }
    return strlen(text);
}

/* A line that ends so goes on in the next one. */
static bool goes_on(const char *text)
{
    static const char *const marks[] = {"；", ";", "，", ",", "、"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (utf8_ends_with(text, marks[i]))
            return true;
    return false;
}

static bool follows(const LineReader *reader, const TypedNumber *typed)
{
    int last = reader->last[typed->level - 1];
    return last == UNKNOWN || typed->number == last + 1;
}

static void take_number(LineReader *reader, const TypedNumber *typed)
{
    reader->last[typed->level - 1] = typed->number;
    for (int below = typed->level; below < LEVELS; below++)
        reader->last[below] = 0;
}

/* Whether the line begins with a number of ours. The one that is typed is dropped, headings are
 * numbered through the paper: where that changes the order, it is told. */
static bool reads_number(LineReader *reader, const char *line, size_t from, TypedNumber *typed)
{
    if (!typed_number(line, typed) || typed->number == 0)
        return false;
    At at = at_bytes(reader, from, from + typed->length);
    const char *shown = arena_strndup(reader->t->arena, line, typed->length);
    bool in_order = follows(reader, typed);
    if (typed->doubtful && (!in_order || utf8_ends_with(line, "。")))
        return false;
    if (typed->doubtful) {
        diag_add(reader->t->diags, DIAG_W171, &at, shown);
        diag_hint(reader->t->diags, DIAG_H659);
    } else if (!in_order) {
        diag_add(reader->t->diags, DIAG_W170, &at, shown);
    }
    take_number(reader, typed);
    return true;
}

static size_t skip_blanks(const char *text, size_t from)
{
    for (const char *next = text + from; *next; from = (size_t)(next - text))
        if (!utf8_is_blank(utf8_next(&next)))
            break;
    return from;
}

/* 一、工作开展情况 is a heading; （一）加强领导。全镇…… one that runs in with the rest. */
static void add_numbered(
    LineReader *reader, const char *line, size_t from, const TypedNumber *typed)
{
    size_t characters, head = skip_blanks(line, typed->length);
    size_t length = strlen(line),
           end = head + first_sentence(line + head, reader->values, &characters);
    size_t rest = skip_blanks(line, end);
    ElementId heading = (ElementId)(ELEMENT_H1 + typed->level - 1);
    if (characters > HEADING_CHARACTERS || (rest == length && goes_on(line))) {
        add_block_node(reader, ELEMENT_P, typed->level, from + head, from + length);
        return;
    }
    add_block_node(reader, heading, 0, from + head, from + end);
    if (rest < length)
        add_block_node(reader, ELEMENT_P, 0, from + rest, from + length);
}

/* ---- lines ---- */

static void add_line(LineReader *reader, size_t from, size_t to)
{
    Arena *arena = reader->t->arena;
    const char *text = reader->source->text;
    size_t begin = from, end = from;
    for (const char *next = text + from; next < text + to;) {
        const char *here = next;
        bool blank = utf8_is_blank(utf8_next(&next));
        if (!blank && end == from)
            begin = (size_t)(here - text);
        if (!blank)
            end = (size_t)(next - text);
    }
    if (end == from)
        return;
    const char *line = arena_strndup(arena, text + begin, end - begin);
    TypedNumber typed;
    bool numbered = reads_number(reader, line, begin, &typed);
    if (numbered && skip_blanks(line, typed.length) < strlen(line))
        add_numbered(reader, line, begin, &typed);
    else
        add_block_node(reader, ELEMENT_P, 0, begin, end);
}

/* What cannot be printed and must not vanish. */
static bool check_characters(Template *t, const Source *source)
{
    bool ok = true;
    for (size_t i = 0; i < source->length;) {
        const char *next = source->text + i;
        unsigned char byte = (unsigned char)*next;
        uint32_t code_point = byte ? utf8_next(&next) : 0;
        size_t end = byte ? (size_t)(next - source->text) : i + 1;
        At at = {.span = {source, i, end}};
        bool control = (code_point < 0x20 && !strchr("\t\r\n", (int)byte)) || byte == 0 ||
                       (code_point >= 0x7F && code_point < 0xA0);
        if (control)
            ok = diag_add(t->diags, DIAG_E686, &at, (unsigned)code_point);
        else if (code_point == 0xFFFD)
            ok = diag_add(t->diags, DIAG_E685, &at);
        i = end;
    }
    return ok;
}

/* CRLF, LF and a lone CR end a line. */
static size_t line_end(const Source *source, size_t from)
{
    while (from < source->length && !strchr("\r\n", source->text[from]))
        from++;
    return from;
}

bool text_lines(Template *t, const Source *source, bool values, const CheckScope *scope,
    const XmlNode *element, Node *holder)
{
    LineReader reader = {.t = t,
        .source = source,
        .scope = scope,
        .element = element,
        .holder = holder,
        .values = values,
        .last = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN},
        .ok = true};
    size_t lines = 0;
    if (!check_characters(t, source))
        return false;
    for (size_t from = 0, to; from < source->length; from = to + 1) {
        to = line_end(source, from);
        At at = at_bytes(&reader, from, to);
        if (to > from && ++lines > LIMIT_TEXT_LINES)
            return diag_add(t->diags, DIAG_E683, &at, LIMIT_TEXT_LINES);
        add_line(&reader, from, to);
    }
    return reader.ok;
}
