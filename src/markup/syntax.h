/* Syntax errors of XML in words a clerk understands. libxml2 finds the fault and its kind, the text
 * around tells the rest: which tag, which attribute, where the quote began. Knows nothing of
 * libxml2. */
#ifndef MARKUP_SYNTAX_H
#define MARKUP_SYNTAX_H

#include <stddef.h>
#include "base/diag.h"
#include "markup/xml.h"

typedef enum SyntaxFault {
    FAULT_OTHER,
    FAULT_NO_ROOT,
    FAULT_AFTER_ROOT,
    FAULT_LATE_DECLARATION,
    FAULT_MISMATCH,
    FAULT_UNCLOSED_ELEMENT,
    FAULT_UNFINISHED_TAG,
    FAULT_NAME,
    FAULT_ATTRIBUTES,
    FAULT_ATTRIBUTE_TWICE,
    FAULT_NO_VALUE,
    FAULT_NO_QUOTE,
    FAULT_QUOTE_OPEN,
    FAULT_LESS_IN_VALUE,
    FAULT_AMPERSAND,
    FAULT_ENTITY,
    FAULT_CHARACTER,
    FAULT_CDATA_END,
    FAULT_CDATA_OPEN,
    FAULT_COMMENT_OPEN,
    FAULT_COMMENT_HYPHENS,
    FAULT_COUNT
} SyntaxFault;

typedef struct Syntax {
    Arena *arena;
    Diags *diags;
    const Source *source;
    const char *cursor;  /* behind the last tag that was read whole */
    const XmlNode *open; /* the innermost open element, or NULL */
    const char *root;    /* name of the root element, or NULL */
    size_t offset;       /* where libxml2 stood */
    const char *message; /* its own words, one line */
} Syntax;

/* Adds the one message. */
void syntax_report(const Syntax *syntax, SyntaxFault fault);

#endif
