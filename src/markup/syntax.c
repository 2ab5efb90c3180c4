#include "markup/syntax.h"
#include <string.h>
#include "base/utf8.h"
#include "markup/raw.h"

/* What the describers share: the text's ends, where libxml2 stood, and the tag that was being read.
 */
typedef struct Scene {
    const Syntax *syntax;
    const char *text, *end, *at;
    const char *tag; /* its "<", or the text's end */
} Scene;

static At place(const Scene *scene, const char *from, const char *to)
{
    Span span = {scene->syntax->source, (size_t)(from - scene->text), (size_t)(to - scene->text)};
    return (At){span, NULL};
}

static At at_character(const Scene *scene, const char *from)
{
    const char *next = from;
    if (from < scene->end)
        utf8_next(&next);
    return place(scene, from, next);
}

static char *copy(const Scene *scene, const char *from, const char *to)
{
    return arena_strndup(scene->syntax->arena, from, (size_t)(to - from));
}

static const char *tag_name(const Scene *scene)
{
    const char *name = scene->tag < scene->end ? scene->tag + 1 : scene->tag;
    return name < scene->end && *name == '/' ? name + 1 : name;
}

static char *copy_tag_name(const Scene *scene)
{
    const char *name = tag_name(scene);
    return copy(scene, name, raw_name_end(name, scene->end));
}

static const char *skip_blanks(const Scene *scene, const char *at)
{
    while (at < scene->end && raw_blank(*at))
        at++;
    return at;
}

/* The attribute at which reading stopped: the first that is not whole, or that reaches over
 * libxml2's place. */
static RawAttr faulty_attribute(const Scene *scene)
{
    const char *name = tag_name(scene), *at = raw_name_end(name, scene->end);
    RawAttr attr;
    while (raw_attr(&at, scene->end, &attr) && at <= scene->at)
        ;
    return attr;
}

static void describe_other(const Scene *scene)
{
    At at = at_character(scene, scene->at);
    diag_add(scene->syntax->diags, DIAG_E199, &at, scene->syntax->message);
}

static void describe_no_root(const Scene *scene)
{
    const char *text = scene->text;
    RawPiece piece = raw_piece(text, scene->end);
    for (; piece.kind != RAW_END; piece = raw_piece(piece.end, scene->end)) {
        text = skip_blanks(scene, piece.start);
        if (piece.kind != RAW_TEXT || text == piece.end)
            continue;
        At at = at_character(scene, text);
        diag_add(scene->syntax->diags, DIAG_E178, &at);
        return;
    }
    diag_add(scene->syntax->diags, DIAG_E187, NULL, scene->syntax->source->name);
}

static void describe_after_root(const Scene *scene)
{
    At at = at_character(scene, skip_blanks(scene, scene->at));
    diag_add(scene->syntax->diags, DIAG_E188, &at, scene->syntax->root);
}

static void describe_late_declaration(const Scene *scene)
{
    const char *mark = scene->syntax->cursor;
    RawPiece piece = raw_piece(mark, scene->end);
    while (piece.kind != RAW_END &&
           (piece.kind != RAW_INSTRUCTION || strncmp(piece.start, "<?xml", 5) != 0))
        piece = raw_piece(piece.end, scene->end);
    At at = place(scene, piece.start, piece.kind == RAW_END ? piece.start : piece.start + 5);
    diag_add(scene->syntax->diags, DIAG_E198, &at);
}

static void describe_mismatch(const Scene *scene)
{
    const Span open = scene->syntax->open->span;
    size_t line, column;
    source_position(open.source, open.start, &line, &column);
    const char *name = tag_name(scene);
    At at = place(scene, name, raw_name_end(name, scene->end));
    diag_add(scene->syntax->diags, DIAG_E180, &at, copy_tag_name(scene), scene->syntax->open->name,
        line);
}

static void describe_unclosed(const Scene *scene)
{
    const XmlNode *open = scene->syntax->open;
    At at = {open->span, NULL};
    diag_add(scene->syntax->diags, DIAG_E181, &at, open->name, open->name);
}

static void describe_unfinished_tag(const Scene *scene)
{
    const char *name = tag_name(scene);
    At at = place(scene, scene->tag, raw_name_end(name, scene->end));
    const char *shown = scene->tag < scene->end ? scene->tag + 1 : scene->tag;
    char *tag = copy(scene, shown, raw_name_end(name, scene->end));
    diag_add(scene->syntax->diags, DIAG_E189, &at, tag);
}

static void describe_ampersand(const Scene *scene)
{
    const char *mark = scene->at;
    while (mark > scene->text && *mark != '&')
        mark--;
    At at = at_character(scene, mark);
    diag_add(scene->syntax->diags, DIAG_E184, &at);
    diag_hint(scene->syntax->diags, DIAG_H102);
}

static void describe_entity(const Scene *scene)
{
    const char *mark = scene->at > scene->text ? scene->at - 1 : scene->at;
    while (mark > scene->text && *mark != '&')
        mark--;
    if (*mark != '&') {
        describe_other(scene);
        return;
    }
    const char *stop = mark + 1;
    while (stop < scene->end && !raw_blank(*stop) && !strchr(";&<\"'", *stop))
        stop++;
    At at = place(scene, mark, stop < scene->end && *stop == ';' ? stop + 1 : stop);
    diag_add(scene->syntax->diags, DIAG_E185, &at, copy(scene, mark + 1, stop));
    diag_hint(scene->syntax->diags, DIAG_H103);
}

static void describe_less(const Scene *scene)
{
    bool behind = scene->at > scene->text && scene->at[-1] == '<';
    At at = at_character(scene, scene->at - behind);
    diag_add(scene->syntax->diags, DIAG_E192, &at);
    diag_hint(scene->syntax->diags, DIAG_H101);
}

static void describe_attributes(const Scene *scene)
{
    At at = at_character(scene, skip_blanks(scene, scene->at));
    diag_add(scene->syntax->diags, DIAG_E179, &at, copy_tag_name(scene));
}

/* A name is missing after “&”, after “<”, or among the attributes. */
static void describe_name(const Scene *scene)
{
    char before = scene->at > scene->text ? scene->at[-1] : '\0';
    bool less = scene->at < scene->end && *scene->at == '<', in_tag = scene->tag + 1 < scene->at;
    if (before == '&')
        describe_ampersand(scene);
    else if (in_tag && less)
        describe_unfinished_tag(scene);
    else if (before == '<' || less)
        describe_less(scene);
    else if (in_tag)
        describe_attributes(scene);
    else
        describe_other(scene);
}

/* The second attribute of a name that was there before. */
static void describe_attribute_twice(const Scene *scene)
{
    const char *first = raw_name_end(tag_name(scene), scene->end), *at = first;
    RawAttr attr, other;
    while (raw_attr(&at, scene->end, &attr)) {
        const char *before = first;
        size_t length = (size_t)(attr.name_end - attr.name);
        while (raw_attr(&before, scene->end, &other) && other.name < attr.name) {
            size_t other_length = (size_t)(other.name_end - other.name);
            if (other_length != length || memcmp(other.name, attr.name, length) != 0)
                continue;
            At where = place(scene, attr.name, attr.name_end);
            diag_add(scene->syntax->diags, DIAG_E186, &where, copy_tag_name(scene),
                copy(scene, attr.name, attr.name_end));
            return;
        }
    }
    describe_other(scene);
}

static void describe_no_value(const Scene *scene)
{
    RawAttr attr = faulty_attribute(scene);
    At at = place(scene, attr.name, attr.name_end);
    diag_add(scene->syntax->diags, DIAG_E190, &at, copy(scene, attr.name, attr.name_end));
}

static void describe_no_quote(const Scene *scene)
{
    RawAttr attr = faulty_attribute(scene);
    At at = at_character(scene, scene->at);
    diag_add(scene->syntax->diags, DIAG_E191, &at, copy(scene, attr.name, attr.name_end));
    static const char *const quotes[] = {"“", "”", "‘", "’", "＂", "＇", "「", "『"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (strncmp(scene->at, quotes[i], strlen(quotes[i])) == 0)
            diag_hint(scene->syntax->diags, DIAG_H104, quotes[i]);
}

static void describe_quote_open(const Scene *scene)
{
    RawAttr attr = faulty_attribute(scene);
    At at = attr.value ? at_character(scene, attr.value - 1) : at_character(scene, scene->at);
    diag_add(scene->syntax->diags, DIAG_E182, &at, copy(scene, attr.name, attr.name_end));
}

/* A “<” in a value stands for itself, or it begins the next tag because the value was never closed:
 * then a “>” or a line's end lies between. */
static void describe_less_in_value(const Scene *scene)
{
    RawAttr attr = faulty_attribute(scene);
    for (const char *c = attr.value; c && c < scene->at; c++) {
        if (*c == '>' || *c == '\n') {
            describe_quote_open(scene);
            return;
        }
    }
    At at = at_character(scene, scene->at);
    diag_add(scene->syntax->diags, DIAG_E183, &at, copy(scene, attr.name, attr.name_end));
    diag_hint(scene->syntax->diags, DIAG_H101);
}

/* The character itself, or one written as &#0;: then libxml2 stands behind it, before one that is
 * allowed. */
static void describe_character(const Scene *scene)
{
    const char *next = scene->at;
    uint32_t c = scene->at < scene->end ? utf8_next(&next) : ' ';
    bool allowed = (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || (c < 0x20 && raw_blank((char)c));
    if (allowed) {
        describe_entity(scene);
        return;
    }
    At at = at_character(scene, scene->at);
    diag_add(scene->syntax->diags, DIAG_E197, &at, (unsigned)c);
}

static void describe_cdata_end(const Scene *scene)
{
    const char *mark = scene->at;
    while (mark > scene->text && strncmp(mark, "]]>", 3) != 0)
        mark--;
    At at = place(scene, mark, strncmp(mark, "]]>", 3) == 0 ? mark + 3 : mark);
    diag_add(scene->syntax->diags, DIAG_E193, &at);
}

/* The last piece of a kind that is not closed. */
static void describe_open_piece(const Scene *scene, RawKind kind, DiagCode code)
{
    RawPiece piece = raw_piece(scene->syntax->cursor, scene->end);
    while (piece.kind != RAW_END && (piece.kind != kind || piece.closed))
        piece = raw_piece(piece.end, scene->end);
    At at = place(scene, piece.start, piece.kind == RAW_END ? piece.start : piece.start + 4);
    diag_add(scene->syntax->diags, code, &at);
}

static void describe_cdata_open(const Scene *scene)
{
    describe_open_piece(scene, RAW_CDATA, DIAG_E196);
}

static void describe_comment_open(const Scene *scene)
{
    describe_open_piece(scene, RAW_COMMENT, DIAG_E194);
}

static void describe_comment_hyphens(const Scene *scene)
{
    const char *mark = scene->at;
    while (mark > scene->text && strncmp(mark, "--", 2) != 0)
        mark--;
    At at = place(scene, mark, strncmp(mark, "--", 2) == 0 ? mark + 2 : mark);
    diag_add(scene->syntax->diags, DIAG_E195, &at);
}

void syntax_report(const Syntax *syntax, SyntaxFault fault)
{
    static void (*const describers[FAULT_COUNT])(const Scene *) = {
        [FAULT_OTHER] = describe_other,
        [FAULT_NO_ROOT] = describe_no_root,
        [FAULT_AFTER_ROOT] = describe_after_root,
        [FAULT_LATE_DECLARATION] = describe_late_declaration,
        [FAULT_MISMATCH] = describe_mismatch,
        [FAULT_UNCLOSED_ELEMENT] = describe_unclosed,
        [FAULT_UNFINISHED_TAG] = describe_unfinished_tag,
        [FAULT_NAME] = describe_name,
        [FAULT_ATTRIBUTES] = describe_attributes,
        [FAULT_ATTRIBUTE_TWICE] = describe_attribute_twice,
        [FAULT_NO_VALUE] = describe_no_value,
        [FAULT_NO_QUOTE] = describe_no_quote,
        [FAULT_QUOTE_OPEN] = describe_quote_open,
        [FAULT_LESS_IN_VALUE] = describe_less_in_value,
        [FAULT_AMPERSAND] = describe_ampersand,
        [FAULT_ENTITY] = describe_entity,
        [FAULT_CHARACTER] = describe_character,
        [FAULT_CDATA_END] = describe_cdata_end,
        [FAULT_CDATA_OPEN] = describe_cdata_open,
        [FAULT_COMMENT_OPEN] = describe_comment_open,
        [FAULT_COMMENT_HYPHENS] = describe_comment_hyphens,
    };
    const char *text = syntax->source->text, *end = text + syntax->source->length;
    size_t length = syntax->source->length;
    const char *at = text + (syntax->offset < length ? syntax->offset : length);
    Scene scene = {syntax, text, end, at, raw_tag(syntax->cursor, end, NULL)};
    /* The two that speak of an element need one; libxml2 reports a stray end tag as content after
     * the root. */
    bool needs_open = fault == FAULT_MISMATCH || fault == FAULT_UNCLOSED_ELEMENT;
    if ((needs_open && !syntax->open) || (fault == FAULT_AFTER_ROOT && !syntax->root))
        fault = FAULT_OTHER;
    describers[fault](&scene);
}
