/* An XSD 1.0 of the template language, written from the element table, so that an editor completes
 * names, shows what they are for and marks mistakes while they are typed. It says what XSD can say:
 * what may stand in what, attributes, words to choose from. What depends on values, on the order of
 * parts or on several attributes together is left to the program. */
#ifndef TEMPLATE_SCHEMA_XSD_H
#define TEMPLATE_SCHEMA_XSD_H

#include "base/buf.h"
#include "template/schema_table.h"

/* Adds the whole schema document. */
void schema_xsd(Buf *out);

/* What an element (attr NULL), an attribute (choice NULL) or a word to choose is for, in one
 * Chinese sentence; NULL where there is none. schema_docs.c */
const char *schema_doc(const char *element, const char *attr, const char *choice);
/* The rows of that table, for the test that it holds nothing stale. */
typedef struct SchemaDoc {
    const char *element; /* *: any that has the attribute */
    const char *attr, *choice, *text;
} SchemaDoc;
extern const SchemaDoc schema_docs[];
size_t schema_doc_count(void);

#endif
