/* The element table of the template language: names, attributes, what may stand in what. parse
 * checks templates against it, the XSD for editors comes from it. A name that is not in it gets a
 * message with the nearest one that is. */
#ifndef TEMPLATE_SCHEMA_H
#define TEMPLATE_SCHEMA_H

#include <stdbool.h>
#include "base/diag.h"
#include "markup/xml.h"

/* Checks the whole tree: unknown elements and attributes, wrong nesting, missing attributes, values
 * of enumerated attributes, text where none may stand. Adds a message for each fault; false if
 * there was any. */
bool schema_check(const XmlNode *root, Diags *diags);
/* True when the element has a child element of that name: <tr> makes a table one that is written
 * row by row. */
bool schema_child_named(const XmlNode *element, const char *name);

/* A colgroup without columns, a second total of one kind, a bar without figures; schema_parts.c. */
bool schema_check_colgroup(const XmlNode *group, Diags *diags);
bool schema_check_total(const XmlNode *total, Diags *diags);
bool schema_check_bar(const XmlNode *col, Diags *diags);

#endif
