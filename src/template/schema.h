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
/* The same for the plan of a volume, whose root is <bundle>. */
bool schema_check_plan(const XmlNode *root, Diags *diags);
/* True when the element has a child element of that name: <tr> makes a table one that is written
 * row by row. */
bool schema_child_named(const XmlNode *element, const char *name);

/* The table has what only one of data has: of= and its like, totals. */
bool schema_uses_data(const XmlNode *table);
/* A colgroup without columns, a second total of one kind, a bar without figures; schema_parts.c. */
bool schema_check_colgroup(const XmlNode *group, Diags *diags);
bool schema_check_total(const XmlNode *total, Diags *diags);
bool schema_check_bar(const XmlNode *col, Diags *diags);
/* spark= has what it is drawn of, and of= and by= have their spark=. */
bool schema_check_spark(const XmlNode *col, Diags *diags);
/* A <chart> has its rows from of= or from the query that query= names; chart_rules.c. */
bool schema_check_chart(const XmlNode *chart, Diags *diags);
/* levels= is of the contents of a volume, audience= of those of a paper. */
bool schema_check_contents(const XmlNode *contents, Diags *diags);
/* The rooms for seal and stamp of a <sign>; schema_literals.c. */
bool schema_check_rooms(const XmlNode *sign, Diags *diags);
/* The literal values of <style>, <font> and <sign>, for a template that will not be evaluated
 * because of other faults: else evaluation tells the same. */
void schema_check_literals(const XmlNode *root, Diags *diags);

#endif
