/* Text of a plain file as a node, so that what reads prose need not know where it stands. */
#include "markup/xml.h"

XmlNode *xml_plain_text(Arena *arena, const Source *source, size_t from, size_t to)
{
    XmlNode *node = ARENA_NEW(arena, XmlNode);
    node->kind = XML_TEXT;
    node->text = arena_strndup(arena, source->text + from, to - from);
    node->span = (Span){source, from, to};
    node->verbatim = true;
    return node;
}
