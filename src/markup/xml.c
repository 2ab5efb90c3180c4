#include "markup/xml.h"
#include <errno.h>
#include <fcntl.h>
#include <libxml/catalog.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "markup/raw.h"
#include "markup/syntax.h"

/* libxml2 compares every two attributes of a tag: beyond this many it is not even asked. */
enum { CROWDED_TAG = 4096 };

/* One reading. `cursor` walks the source in step with the SAX events. */
typedef struct Reader {
    Arena *arena;
    Diags *diags;
    const Source *source;
    xmlParserCtxtPtr parser;
    const char *cursor, *end; /* behind the last tag */
    XmlNode *root, *open;     /* open: the innermost element not yet ended */
    Buf text;                 /* decoded text since the last tag */
    size_t elements;
    int depth;
    bool empty_tag; /* the tag just read was <name/> */
    bool failed;
} Reader;

static Span span_of(const Reader *reader, const char *start, const char *end)
{
    const char *text = reader->source->text;
    return (Span){reader->source, (size_t)(start - text), (size_t)(end - text)};
}

/* After our own message: no more events, no more messages. */
static void stop(Reader *reader)
{
    reader->failed = true;
    xmlStopParser(reader->parser);
}

/* ---- the tree ---- */

static XmlNode *append(Reader *reader, XmlKind kind, Span span)
{
    XmlNode *node = ARENA_NEW(reader->arena, XmlNode), *parent = reader->open;
    node->kind = kind;
    node->span = span;
    node->parent = parent;
    if (!parent)
        reader->root = node;
    else if (parent->last)
        parent->last = parent->last->next = node;
    else
        parent->first = parent->last = node;
    return node;
}

/* Makes a node of the text gathered so far and returns the next tag, to which the cursor is moved.
 */
static const char *reach_tag(Reader *reader)
{
    RawText raw;
    const char *tag = raw_tag(reader->cursor, reader->end, &raw);
    if (reader->text.length && reader->open && raw.start) {
        XmlNode *node = append(reader, XML_TEXT, span_of(reader, raw.start, raw.end));
        node->text = arena_strndup(reader->arena, reader->text.data, reader->text.length);
        node->marks = raw_marks(reader->arena, raw.start, raw.end, false, reader->text.length);
    }
    buf_clear(&reader->text);
    return reader->cursor = tag;
}

/* libxml2 2.9.14 hands &amp; in a value out as “&#38;”, for its own tree to expand, and name space
 * declarations apart or not at all. So it only judges the values; they are decoded here. */
static void decode_value(Reader *reader, const RawAttr *raw, XmlAttr *attr)
{
    size_t most = (size_t)(raw->value_end - raw->value);
    char *value = arena_alloc(reader->arena, most + 1), *out = value;
    for (const char *at = raw->value; at < raw->value_end;) {
        RawUnit unit = raw_unit(at, raw->value_end, RAW_IN_VALUE);
        memcpy(out, unit.bytes, unit.size);
        out += unit.size;
        at += unit.raw;
    }
    attr->value = value;
    attr->marks = raw_marks(reader->arena, raw->value, raw->value_end, true, (size_t)(out - value));
}

/* Reads the attributes behind the tag's name; the cursor is left behind the tag. */
static void add_attributes(Reader *reader, XmlNode *node, const char *at)
{
    size_t capacity = 0;
    for (RawAttr raw; raw_attr(&at, reader->end, &raw);) {
        node->attrs = arena_grow(
            reader->arena, node->attrs, (size_t)node->attr_count, &capacity, sizeof *node->attrs);
        XmlAttr *attr = &node->attrs[node->attr_count++];
        attr->name = arena_strndup(reader->arena, raw.name, (size_t)(raw.name_end - raw.name));
        decode_value(reader, &raw, attr);
        attr->name_span = span_of(reader, raw.name, raw.name_end);
        attr->value_span = span_of(reader, raw.value, raw.value_end);
    }
    while (at < reader->end && raw_blank(*at))
        at++;
    reader->empty_tag = at < reader->end && *at == '/';
    at += reader->empty_tag;
    if (at < reader->end && *at == '>')
        reader->cursor = at + 1; /* else the tag is unfinished, an error will point at it */
}

static bool within_limits(Reader *reader, const char *name, At at, int attributes)
{
    if (reader->depth > LIMIT_TEMPLATE_DEPTH)
        return diag_add(reader->diags, DIAG_E107, &at, name, reader->depth, LIMIT_TEMPLATE_DEPTH);
    if (reader->elements > LIMIT_TEMPLATE_ELEMENTS)
        return diag_add(reader->diags, DIAG_E105, &at, reader->elements, LIMIT_TEMPLATE_ELEMENTS);
    if (attributes > LIMIT_TEMPLATE_ATTRIBUTES)
        return diag_add(reader->diags, DIAG_E106, &at, name, attributes, LIMIT_TEMPLATE_ATTRIBUTES);
    return true;
}

/* ---- SAX events ---- */

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
    int space_count, const xmlChar **spaces, int attr_count, int defaulted,
    const xmlChar **attributes)
{
    (void)local, (void)prefix, (void)uri, (void)spaces, (void)defaulted, (void)attributes;
    Reader *reader = user;
    if (reader->failed)
        return;
    const char *tag = reach_tag(reader);
    if (tag == reader->end)
        return;
    const char *name_end = raw_name_end(tag + 1, reader->end);
    Span span = span_of(reader, tag + 1, name_end);
    char *name = arena_strndup(reader->arena, tag + 1, (size_t)(name_end - tag - 1));
    reader->depth++;
    reader->elements++;
    if (!within_limits(reader, name, (At){span, NULL}, attr_count + space_count)) {
        stop(reader);
        return;
    }
    XmlNode *node = append(reader, XML_ELEMENT, span);
    node->name = name;
    add_attributes(reader, node, name_end);
    reader->open = node;
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    (void)local, (void)prefix, (void)uri;
    Reader *reader = user;
    if (reader->failed || !reader->open)
        return;
    if (!reader->empty_tag) {
        const char *tag = reach_tag(reader);
        const char *close = memchr(tag, '>', (size_t)(reader->end - tag));
        reader->cursor = close ? close + 1 : reader->end;
    }
    reader->empty_tag = false;
    reader->open = reader->open->parent;
    reader->depth--;
}

static void on_text(void *user, const xmlChar *text, int length)
{
    Reader *reader = user;
    buf_add(&reader->text, text, (size_t)length);
}

static void on_doctype(
    void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    Reader *reader = user;
    if (reader->failed)
        return;
    const char *tag = raw_tag(reader->cursor, reader->end, NULL);
    At at = {span_of(reader, tag, raw_name_end(tag + 1, reader->end)), NULL};
    diag_add(reader->diags, DIAG_E102, &at);
    stop(reader);
}

/* Other instructions, such as an editor's xml-model, say nothing to us. */
static void on_instruction(void *user, const xmlChar *target, const xmlChar *content)
{
    (void)content;
    Reader *reader = user;
    static const char refused[] = "<?xml-stylesheet";
    const size_t length = sizeof refused - 1;
    if (reader->failed || strcmp((const char *)target, refused + 2) != 0)
        return;
    RawPiece piece = raw_piece(reader->cursor, reader->end);
    while (piece.kind != RAW_END &&
           (piece.kind != RAW_INSTRUCTION || strncmp(piece.start, refused, length) != 0))
        piece = raw_piece(piece.end, reader->end);
    At at = {span_of(reader, piece.start, piece.start + length), NULL};
    diag_add(reader->diags, DIAG_E103, &at, (const char *)target);
    stop(reader);
}

/* ---- errors ---- */

static SyntaxFault fault_of(int code)
{
    static const struct {
        int code;
        SyntaxFault fault;
    } faults[] = {
        {XML_ERR_DOCUMENT_EMPTY, FAULT_NO_ROOT},
        {XML_ERR_DOCUMENT_END, FAULT_AFTER_ROOT},
        {XML_ERR_RESERVED_XML_NAME, FAULT_LATE_DECLARATION},
        {XML_ERR_TAG_NAME_MISMATCH, FAULT_MISMATCH},
        {XML_ERR_TAG_NOT_FINISHED, FAULT_UNCLOSED_ELEMENT},
        {XML_ERR_GT_REQUIRED, FAULT_UNFINISHED_TAG},
        {XML_ERR_NAME_REQUIRED, FAULT_NAME},
        {XML_ERR_SPACE_REQUIRED, FAULT_ATTRIBUTES},
        {XML_ERR_ATTRIBUTE_REDEFINED, FAULT_ATTRIBUTE_TWICE},
        {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, FAULT_NO_VALUE},
        {XML_ERR_ATTRIBUTE_NOT_STARTED, FAULT_NO_QUOTE},
        {XML_ERR_ATTRIBUTE_NOT_FINISHED, FAULT_QUOTE_OPEN},
        {XML_ERR_LT_IN_ATTRIBUTE, FAULT_LESS_IN_VALUE},
        {XML_ERR_ENTITYREF_SEMICOL_MISSING, FAULT_AMPERSAND},
        {XML_ERR_UNDECLARED_ENTITY, FAULT_ENTITY},
        {XML_ERR_INVALID_CHARREF, FAULT_ENTITY},
        {XML_ERR_INVALID_DEC_CHARREF, FAULT_ENTITY},
        {XML_ERR_INVALID_HEX_CHARREF, FAULT_ENTITY},
        {XML_ERR_INVALID_CHAR, FAULT_CHARACTER},
        {XML_ERR_MISPLACED_CDATA_END, FAULT_CDATA_END},
        {XML_ERR_CDATA_NOT_FINISHED, FAULT_CDATA_OPEN},
        {XML_ERR_COMMENT_NOT_FINISHED, FAULT_COMMENT_OPEN},
        {XML_ERR_HYPHEN_IN_COMMENT, FAULT_COMMENT_HYPHENS},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == code)
            return faults[i].fault;
    return FAULT_OTHER;
}

static void report_syntax(Reader *reader, SyntaxFault fault, const char *message)
{
    long consumed = xmlByteConsumed(reader->parser);
    Syntax syntax = {
        .arena = reader->arena,
        .diags = reader->diags,
        .source = reader->source,
        .cursor = reader->cursor,
        .open = reader->open,
        .root = reader->root ? reader->root->name : NULL,
        .offset = consumed > 0 ? (size_t)consumed : 0,
        .message = utf8_fold(reader->arena, message ? message : "?"),
    };
    reader->failed = true;
    syntax_report(&syntax, fault);
}

/* The first error says what is wrong, the others only follow from it. */
static void on_error(void *user, xmlErrorPtr error)
{
    Reader *reader = user;
    /* An undeclared prefix is an unknown element to the schema, with a better message. */
    if (reader->failed || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
        return;
    report_syntax(reader, fault_of(error->code), error->message);
}

/* ---- parsing ---- */

static bool check_encoding(Diags *diags, const Source *source)
{
    At at = {{source, 0, 0}, NULL};
    size_t bad;
    if (!utf8_valid(source->text, source->length, &bad)) {
        at.span.start = at.span.end = bad;
        diag_add(diags, DIAG_E100, &at);
        diag_hint(diags, DIAG_H100);
        return false;
    }
    const char *nul = memchr(source->text, '\0', source->length), *start, *stop;
    if (nul) {
        at.span.start = at.span.end = (size_t)(nul - source->text);
        return diag_add(diags, DIAG_E197, &at, 0u);
    }
    if (!raw_encoding(source->text, source->text + source->length, &start, &stop))
        return true;
    size_t length = (size_t)(stop - start);
    if ((length == 5 && strncasecmp(start, "UTF-8", 5) == 0) ||
        (length == 8 && strncasecmp(start, "US-ASCII", 8) == 0))
        return true;
    at.span.start = (size_t)(start - source->text);
    at.span.end = at.span.start + length;
    char name[40] = "";
    memcpy(name, start, length < sizeof name ? length : sizeof name - 1);
    diag_add(diags, DIAG_E101, &at, name);
    diag_hint(diags, DIAG_H100);
    return false;
}

static bool check_size(Diags *diags, const char *name, size_t length)
{
    if (length <= LIMIT_TEMPLATE_BYTES)
        return true;
    return diag_add(diags, DIAG_E104, NULL, name, length, LIMIT_TEMPLATE_BYTES);
}

static bool check_crowds(Diags *diags, const Source *source)
{
    const char *end = source->text + source->length;
    const char *tag = raw_crowded_tag(source->text, end, CROWDED_TAG);
    if (!tag)
        return true;
    const char *name_end = raw_name_end(tag + 1, end);
    size_t length = (size_t)(name_end - tag - 1);
    At at = {{source, (size_t)(tag + 1 - source->text), (size_t)(name_end - source->text)}, NULL};
    Buf name = {0};
    buf_add(&name, tag + 1, length);
    diag_add(diags, DIAG_E106, &at, name.data, CROWDED_TAG + 1, LIMIT_TEMPLATE_ATTRIBUTES);
    buf_free(&name);
    return false;
}

static xmlParserCtxtPtr new_parser(Reader *reader)
{
    xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        arena_exhausted();
    *parser->sax = (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_doctype,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .processingInstruction = on_instruction,
        .serror = on_error,
    };
    parser->userData = reader;
    return parser;
}

static void read_source(Reader *reader)
{
    const Source *source = reader->source;
    reader->parser = new_parser(reader);
    /* Never NOENT, DTDLOAD, DTDATTR or HUGE (engine.md 9.1). No encoding is named: with one,
     * libxml2 2.9.14 counts bytes through its converter, without it the offset in the text is
     * exact. */
    xmlDocPtr doc = xmlCtxtReadMemory(reader->parser, source->text, (int)source->length, NULL, NULL,
        XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (!reader->failed && !reader->parser->wellFormed)
        report_syntax(reader, fault_of(reader->parser->errNo), reader->parser->lastError.message);
    if (doc)
        xmlFreeDoc(doc);
    xmlFreeParserCtxt(reader->parser);
    buf_free(&reader->text);
}

XmlNode *xml_parse(Arena *arena, const char *name, const char *bytes, size_t length, Diags *diags)
{
    if (!check_size(diags, name, length))
        return NULL;
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skip = length >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
    const Source *source = source_new(arena, name, bytes + skip, length - skip);
    if (!check_encoding(diags, source) || !check_crowds(diags, source))
        return NULL;
    Reader reader = {
        .arena = arena,
        .diags = diags,
        .source = source,
        .cursor = source->text,
        .end = source->text + source->length,
    };
    if (source->length == 0) { /* libxml2 2.9.14 calls empty memory a wrong argument */
        Syntax syntax = {.arena = arena, .diags = diags, .source = source, .cursor = source->text};
        syntax_report(&syntax, FAULT_NO_ROOT);
        return NULL;
    }
    read_source(&reader);
    return reader.failed ? NULL : reader.root;
}

/* ---- files ---- */

static XmlNode *parse_file(Arena *arena, const char *path, int file, Diags *diags)
{
    struct stat facts;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (fstat(file, &facts) != 0) {
        diag_add(diags, DIAG_E108, NULL, path, diag_system_text(diags, errno));
        return NULL;
    }
    if (!S_ISREG(facts.st_mode)) {
        diag_add(diags, DIAG_E109, NULL, path);
        return NULL;
    }
    if (!check_size(diags, path, (size_t)facts.st_size))
        return NULL;
    Buf bytes = {0};
    XmlNode *root = NULL;
    if (buf_read(&bytes, file, LIMIT_TEMPLATE_BYTES))
        root = xml_parse(arena, name, bytes.data ? bytes.data : "", bytes.length, diags);
    else
        diag_add(diags, DIAG_E108, NULL, path, diag_system_text(diags, errno));
    buf_free(&bytes);
    return root;
}

XmlNode *xml_load(Arena *arena, const char *path, Diags *diags)
{
    /* O_NONBLOCK: opening a FIFO must not wait for a writer; it is refused in a moment. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        diag_add(diags, DIAG_E108, NULL, path, diag_system_text(diags, errno));
        return NULL;
    }
    XmlNode *root = parse_file(arena, path, file, diags);
    close(file);
    return root;
}

const XmlAttr *xml_attr_find(const XmlNode *element, const char *name)
{
    for (int i = 0; i < element->attr_count; i++)
        if (strcmp(element->attrs[i].name, name) == 0)
            return &element->attrs[i];
    return NULL;
}
