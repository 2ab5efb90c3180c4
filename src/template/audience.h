/* audience=: for whom a block is (language.md 3). It is kept only when --audience names one of
 * those it names; without --audience it is left out. */
#ifndef TEMPLATE_AUDIENCE_H
#define TEMPLATE_AUDIENCE_H

#include "template/template_tree.h"

/* True when no name of the one list (parted by , ， 、 or ；) is in the other. */
bool audience_disjoint(const char *a, const char *b);
/* The lists of the template name somebody, and --audience one of them: an error, a warning. */
bool audience_check(const Template *t);
/* Whether this paper keeps the node; a note tells of one that it leaves out. */
bool audience_keeps(const Template *t, const Node *node);

#endif
