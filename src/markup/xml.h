/* XML text → our own tree with exact positions (libxml2's SAX2 behind it). Templates, catalogues
 * and plans are read here. DOCTYPE, entities of one's own, xml-stylesheet, foreign encodings and
 * what lies beyond the limits are refused. Names with a prefix stay whole (xi:include); the schema
 * judges them. The tree, its texts and its Source belong to the arena. Comments and processing
 * instructions are dropped. */
#ifndef MARKUP_XML_H
#define MARKUP_XML_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

struct XmlMarks; /* of a long text: where xml_span can begin to count; NULL for a short one */

typedef struct XmlAttr {
    const char *name, *value;   /* value decoded (&lt; → <) */
    Span name_span, value_span; /* value_span: between the quotes */
    const struct XmlMarks *marks;
} XmlAttr;

typedef enum XmlKind { XML_ELEMENT, XML_TEXT } XmlKind;

typedef struct XmlNode {
    XmlKind kind;
    const char *name; /* element */
    const char *text; /* text: decoded, adjoining pieces (CDATA too) joined */
    XmlAttr *attrs;
    int attr_count;
    struct XmlNode *parent, *first, *last, *next;
    Span span; /* element: its name in the start tag; text: the raw bytes */
    const struct XmlMarks *marks;
    bool verbatim; /* text: the bytes of its source as they stand, no entities */
} XmlNode;

/* Parses `length` bytes. On failure adds one message (of syntax errors the first) and returns NULL.
 */
XmlNode *xml_parse(Arena *arena, const char *name, const char *bytes, size_t length, Diags *diags);
/* Reads a file and parses it. The name in messages is the path's last component. */
XmlNode *xml_load(Arena *arena, const char *path, Diags *diags);
const XmlAttr *xml_attr_find(const XmlNode *element, const char *name); /* NULL when absent */

/* The span of decoded bytes [from, to) of a text node (attr NULL) or of an attribute's value;
 * entities are counted right, so that a caret stands under the letter that is meant. */
Span xml_span(const XmlNode *node, const XmlAttr *attr, size_t from, size_t to);

/* Adds text as it may stand in XML, in the value of an attribute too; characters that XML does not
 * have come as U+FFFD. */
void xml_escape(Buf *out, const char *text);
/* Adds an attribute with a blank before it; the value is escaped. */
void xml_attribute(Buf *out, const char *name, const char *value);
/* Adds a comment of the text; -- in it, which may not stand there, is parted. */
void xml_comment(Buf *out, const char *text);
/* A text node of the bytes [from, to) of a plain text file: there & and < are letters. */
XmlNode *xml_plain_text(Arena *arena, const Source *source, size_t from, size_t to);

#endif
