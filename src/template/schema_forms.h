/* The rules for the paper as a whole, beside those for single elements (schema.c): what each form
 * may and must have, the order of its parts, ids and references to them. */
#ifndef TEMPLATE_SCHEMA_FORMS_H
#define TEMPLATE_SCHEMA_FORMS_H

#include <stdbool.h>
#include "base/diag.h"
#include "document/style.h"
#include "markup/xml.h"

/* Whether the paper has the head that its form needs; `at` is that of the form. */
bool schema_check_heads(DocForm form, bool masthead, bool issue, const At *at, Diags *diags);
/* Each adds a message for each fault; false if there was any. */
bool schema_check_form(const XmlNode *root, Diags *diags);
bool schema_check_references(const XmlNode *root, Diags *diags);

#endif
