/* The parsed template: elements with their attributes read and their values as expressions, bound
 * to one engine. parse.c makes it, evaluate/ reads it. All of it lives in the template's arena;
 * its texts are those of the XML tree. */
#ifndef TEMPLATE_TEMPLATE_TREE_H
#define TEMPLATE_TEMPLATE_TREE_H

#include "base/map.h"
#include "template/include.h"
#include "template/schema_table.h"
#include "template/template.h"

/* A piece of prose: text as it stands, or a value. */
typedef struct Segment {
    const char *text; /* NULL: a value */
    Expr *value;
    At at;
    struct Segment *next;
} Segment;

typedef struct Attr {
    const AttrDef *def;
    const XmlAttr *xml;
    At at;          /* its value */
    Segment *prose; /* ATTR_PROSE, ATTR_TOP */
    Expr *expr;     /* value, test, rows, keys, sort */
    bool figures;   /* a test that reads 有数 */
    int choice;     /* ATTR_CHOICE, ATTR_COUNT */
    double millimetres;
} Attr;

typedef struct Node {
    ElementId id;
    const XmlNode *xml;
    At at;
    Attr *attrs;
    int attr_count;
    Segment *prose;   /* ELEMENT_TEXT */
    int number_level; /* a paragraph of a <text> that bears the next number of this level; 0 */
    struct Node *parent, *first, *last, *next;
} Node;

/* What is parsed and waits for its check: one expression, or of by where when sort of one element
 * together. */
typedef struct Pending {
    Expr *expr; /* NULL: the group */
    GroupSpec group;
    const CheckScope *scope;
    struct Pending *next;
} Pending;

struct Plan; /* plan.h */
typedef struct TextUse TextUse; /* a <text> and the files read for it: text_file.c */

struct Template {
    Arena *arena;
    Diags *diags;
    const char *folder;   /* in which the template lies, with a / at its end */
    const char *data_dir; /* from -d, for pictures; NULL: none given, or not bound yet */
    const XmlNode *root;
    IncludedFiles included;
    bool sound; /* the structure has no fault; else only the search for further mistakes goes on */
    PeriodKind period_kinds[8];
    int period_kind_count;
    Period fixed_period; /* kind PERIOD_NONE: none */
    At period_at;
    Engine *engine; /* from here on set by template_bind */
    Node *report;   /* without <data> */
    Node *checks;   /* <check>, chained by next */
    Pending *pending, *last_pending;
    TextUse *texts;
    const char *audience; /* --audience; NULL: none given */
    const char *each;     /* one paper for each of these: --each, else each=; NULL: one paper */
    struct UnitHold *hold; /* while the paper is that of a unit: unit.c */
    struct Plan *plan;     /* of a volume: its paper is the cover; NULL: a report */
    const XmlNode *part;   /* of a plan: its title is worked out here; NULL: it is read for none */
    Node *caption;
};

/* The file with what it includes, nothing of it checked; NULL after messages. template.c */
Template *template_open(Arena *arena, const char *path, Diags *diags);
/* period= of the root. What does not read as a kind or a period, schema_check has told. */
void template_read_period(Template *t);

/* As it is written, the path makes no step out of the folder it starts from. */
bool path_is_below(const char *path);
/* A real path (links followed) lies in a real folder. */
bool path_lies_in(const char *path, const char *folder);
/* Both: a path from a folder (with / at its end) that no link leads out of it. What is not there
 * leads nowhere. */
bool file_is_below(const char *folder, const char *path);
const XmlNode *data_element(const XmlNode *root);          /* <data>, or NULL */
const Attr *node_attr(const Node *node, const char *name); /* NULL when absent */
const Expr *node_expr(const Node *node, const char *name);
int node_choice(const Node *node, const char *name, int absent);
const Node *node_child(const Node *node, ElementId id); /* the first one, or NULL */

/* A <chart>: which attributes its kind takes and needs, how many values; chart_rules.c. Adds a
 * message for each fault; false if there was any. */
bool chart_check(Template *t, const Node *chart);
const char *chart_kind_word(const Node *chart); /* 柱, in messages */

/* Some table of monthly, quarterly … returns has a row in the period, or there is no such table
 * with rows. False after a message that names the periods there are. */
bool period_has_rows(const Template *t, Store *store, Period period);

/* Works out every <query>, in their order, and registers its table; what fails joins `unknown`. False
 * after messages. */
bool queries_load(Template *t, Store *store, const XmlNode *data, const EngineOptions *options,
    Map *unknown);

/* Reads an element and all below it; every expression joins the pending ones with the scope it will
 * be used in. Adds messages; returns NULL when there was any. */
Node *parse_element(Template *t, const XmlNode *element, const CheckScope *scope);
/* Prose of a text node (attr NULL) or an attribute, into *out; false after messages. */
bool parse_prose(
    Template *t, const XmlNode *node, const XmlAttr *attr, const CheckScope *scope, Segment **out);
/* A bare value that fills the attribute; NULL after messages. Not pending yet. */
Expr *parse_attr_expr(Template *t, const XmlNode *node, const XmlAttr *attr, ExprKind kind);
/* Has the expression checked with the others, in no scope but the report's. */
void parse_later_check(Template *t, Expr *expr);

#endif
