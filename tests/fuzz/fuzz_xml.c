/* Any bytes as a template: a tree or a message, never both, and every place of the tree fits the
 * bytes: what the walk from decoded to raw text finds is what libxml2 decoded. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "markup/raw.h"
#include "markup/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* The mapped spans of all characters lie in order inside the whole, and each decodes to its own
 * character. */
static void check_text(const XmlNode *node, const XmlAttr *attr, const char *text)
{
    size_t length = strlen(text);
    Span whole = attr ? attr->value_span : node->span;
    size_t behind = whole.start;
    for (size_t at = 0, next; at < length; at = next) {
        for (next = at + 1; ((unsigned char)text[next] & 0xC0) == 0x80;)
            next++;
        Span span = xml_span(node, attr, at, next);
        demand(span.start >= behind && span.start < span.end && span.end <= whole.end);
        behind = span.end;
        const char *raw = span.source->text;
        RawPlace place = attr ? RAW_IN_VALUE : RAW_IN_TEXT;
        RawUnit unit = raw_unit(raw + span.start, raw + span.end, place);
        bool same = unit.size == next - at && memcmp(unit.bytes, text + at, unit.size) == 0;
        demand(same || text[at] == '&'); /* in CDATA a “&” begins no entity */
    }
}

static void check_node(const XmlNode *node)
{
    const char *text = node->span.source->text;
    demand(node->span.start < node->span.end && node->span.end <= node->span.source->length);
    if (node->kind == XML_TEXT) {
        check_text(node, NULL, node->text);
        return;
    }
    demand(strncmp(text + node->span.start, node->name, strlen(node->name)) == 0);
    for (int i = 0; i < node->attr_count; i++) {
        const XmlAttr *attr = &node->attrs[i];
        demand(strncmp(text + attr->name_span.start, attr->name, strlen(attr->name)) == 0);
        demand(text[attr->value_span.start - 1] == text[attr->value_span.end]);
        check_text(node, attr, attr->value);
    }
    for (const XmlNode *child = node->first; child; child = child->next) {
        demand(child->parent == node);
        check_node(child);
    }
}

/* ---- against libxml2's own tree, which is built by other code than our places ---- */

static void compare_values(const XmlNode *ours, xmlNode *theirs)
{
    for (xmlAttr *attr = theirs->properties; attr; attr = attr->next) {
        const char *prefix = attr->ns ? (const char *)attr->ns->prefix : NULL;
        Buf name = {0};
        buf_addf(&name, "%s%s", prefix ? prefix : "", prefix ? ":" : "");
        buf_adds(&name, (const char *)attr->name);
        const XmlAttr *found = xml_attr_find(ours, name.data);
        xmlChar *value = xmlNodeListGetString(theirs->doc, attr->children, 1);
        demand(found && strcmp(found->value, value ? (const char *)value : "") == 0);
        xmlFree(value);
        buf_free(&name);
    }
}

/* Takes the text that stands before the next element, of which comments and CDATA make several
 * nodes. */
static xmlNode *take_text(xmlNode *node, Buf *text)
{
    for (; node && node->type != XML_ELEMENT_NODE; node = node->next)
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content)
            buf_adds(text, (const char *)node->content);
    return node;
}

static void compare(const XmlNode *ours, xmlNode *theirs)
{
    compare_values(ours, theirs);
    Buf text = {0};
    xmlNode *their = take_text(theirs->children, &text);
    for (const XmlNode *our = ours->first; our; our = our->next) {
        if (our->kind == XML_TEXT) {
            demand(strcmp(our->text, text.data) == 0);
            buf_clear(&text);
            continue;
        }
        demand(text.length == 0 && their);
        compare(our, their);
        their = take_text(their->next, &text);
    }
    demand(text.length == 0 && !their);
    buf_free(&text);
}

static void check_against_libxml2(const XmlNode *root, const char *bytes, size_t size)
{
    const int quiet = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDoc *doc = xmlReadMemory(bytes, (int)size, NULL, NULL, quiet);
    demand(doc && doc->children);
    compare(root, xmlDocGetRootElement(doc));
    xmlFreeDoc(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 << 16) /* each character is looked up from the text's start */
        return 0;
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    XmlNode *root = xml_parse(arena, "fuzz.xml", (const char *)data, size, diags);
    demand((root != NULL) == (diag_count(diags, DIAG_ERROR) == 0));
    if (root) {
        check_node(root);
        check_against_libxml2(root, (const char *)data, size);
    } else {
        demand(diag_count(diags, DIAG_ERROR) == 1);
    }
    FILE *out = fopen("/dev/null", "w");
    if (out) {
        diag_print(diags, out, DIAG_TEXT);
        diag_print(diags, out, DIAG_JSON);
        fclose(out);
    }
    arena_free(arena);
    return 0;
}
