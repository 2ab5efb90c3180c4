#include "template/template_tree.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "document/document.h"
#include "template/schema.h"
#include "template/text_file.h"

/* ---- reading a node's attributes ---- */

const Attr *node_attr(const Node *node, const char *name)
{
    for (int i = 0; i < node->attr_count; i++)
        if (strcmp(node->attrs[i].def->name, name) == 0)
            return &node->attrs[i];
    return NULL;
}

const Expr *node_expr(const Node *node, const char *name)
{
    const Attr *attr = node_attr(node, name);
    return attr ? attr->expr : NULL;
}

int node_choice(const Node *node, const char *name, int absent)
{
    const Attr *attr = node_attr(node, name);
    return attr ? attr->choice : absent;
}

const Node *node_child(const Node *node, ElementId id)
{
    for (const Node *child = node->first; child; child = child->next)
        if (child->id == id)
            return child;
    return NULL;
}

/* ---- prose ---- */

typedef struct ProseReader {
    Template *t;
    const XmlNode *node;
    const XmlAttr *attr;
    const CheckScope *scope;
    const char *text; /* all of it */
    const char *next;
    Buf plain; /* the plain piece under way */
    const char *plain_start;
    Segment *first, *last;
    bool ok;
} ProseReader;

static At prose_at(const ProseReader *reader, const char *from, const char *to)
{
    size_t start = (size_t)(from - reader->text), end = (size_t)(to - reader->text);
    return (At){.span = xml_span(reader->node, reader->attr, start, end)};
}

static Segment *append(ProseReader *reader, At at)
{
    Segment *segment = ARENA_NEW(reader->t->arena, Segment);
    segment->at = at;
    if (reader->last)
        reader->last->next = segment;
    else
        reader->first = segment;
    reader->last = segment;
    return segment;
}

static void end_plain(ProseReader *reader, const char *end)
{
    if (reader->plain.length) {
        Segment *segment = append(reader, prose_at(reader, reader->plain_start, end));
        segment->text = arena_strndup(reader->t->arena, reader->plain.data, reader->plain.length);
    }
    buf_clear(&reader->plain);
}

/* The input method's ｛ ｝ count as braces (language.md 2). */
static bool is_open(uint32_t code_point)
{
    return code_point == '{' || code_point == 0xFF5B;
}

static bool is_close(uint32_t code_point)
{
    return code_point == '}' || code_point == 0xFF5D;
}

/* What ends a quoted or bracketed part that opens with `code_point`; 0 if it opens none. Braces
 * inside do not count. */
static uint32_t closer_of(uint32_t code_point)
{
    static const uint32_t pairs[][2] = {
        {'\'', '\''}, {'"', '"'}, {0x2018, 0x2019}, {0x201C, 0x201D}, {'[', ']'}, {0x3010, 0x3011}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == code_point)
            return pairs[i][1];
    return 0;
}

/* The place of `closer` behind `from`, or NULL. */
static const char *find_closer(const char *from, uint32_t closer)
{
    for (const char *at = from; *at;) {
        const char *here = at;
        if (utf8_next(&at) == closer)
            return here;
    }
    return NULL;
}

/* The place of the brace that closes a value whose text begins at `from`; NULL when another one
 * opens first. A quote that is never closed is left to the value's own parser. */
static const char *find_value_end(const char *from)
{
    for (const char *at = from; *at;) {
        const char *here = at;
        uint32_t code_point = utf8_next(&at);
        uint32_t closer = closer_of(code_point);
        const char *closed = closer ? find_closer(at, closer) : NULL;
        if (is_close(code_point))
            return here;
        if (is_open(code_point))
            return NULL;
        if (closed) {
            at = closed;
            utf8_next(&at);
        }
    }
    return NULL;
}

static bool is_blank_between(const char *from, const char *to)
{
    while (from < to)
        if (!utf8_is_blank(utf8_next(&from)))
            return false;
    return true;
}

/* Stands for a scope whose of or by could not be read: what is used in it is not checked, that
 * would only echo the fault. */
static const CheckScope UNKNOWN_SCOPE;

static void add_pending(Template *t, Expr *expr, const GroupSpec *group, const CheckScope *scope)
{
    for (const CheckScope *round = scope; round; round = round->parent)
        if (round == &UNKNOWN_SCOPE)
            return;
    Pending *pending = ARENA_NEW(t->arena, Pending);
    pending->expr = expr;
    pending->scope = scope;
    if (group)
        pending->group = *group;
    if (t->last_pending)
        t->last_pending->next = pending;
    else
        t->pending = pending;
    t->last_pending = pending;
}

static bool brace_fault(ProseReader *reader, DiagCode code, const char *from, const char *to)
{
    At at = prose_at(reader, from, to);
    diag_add(reader->t->diags, code, &at);
    if (code != DIAG_E125)
        diag_hint(reader->t->diags, DIAG_H111);
    return reader->ok = false;
}

/* What prints in a table: the value of a col, and what stands in a td, but for its notes. */
static bool is_of_cell(const XmlNode *node, const XmlAttr *attr)
{
    if (attr)
        return strcmp(node->name, "col") == 0 && strcmp(attr->name, "value") == 0;
    for (const XmlNode *round = node->parent; round; round = round->parent)
        if (strcmp(round->name, "td") == 0 || strcmp(round->name, "note") == 0)
            return strcmp(round->name, "td") == 0;
    return false;
}

/* `brace` is the opening brace, reader->next stands behind it. */
static void read_value(ProseReader *reader, const char *brace)
{
    const char *from = reader->next, *to = find_value_end(from), *after = to;
    if (!to) {
        brace_fault(reader, DIAG_E123, brace, from);
        return;
    }
    utf8_next(&after);
    reader->next = after;
    if (is_blank_between(from, to)) {
        brace_fault(reader, DIAG_E125, brace, after);
        return;
    }
    end_plain(reader, brace);
    ValuePlace place = {
        reader->node, reader->attr, (size_t)(from - reader->text), (size_t)(to - from)};
    Segment *segment = append(reader, prose_at(reader, brace, after));
    segment->value = expr_parse(reader->t->engine, EXPR_VALUE, &place);
    if (segment->value && is_of_cell(reader->node, reader->attr))
        expr_print_exact(reader->t->engine, segment->value);
    if (segment->value)
        add_pending(reader->t, segment->value, NULL, reader->scope);
    else
        reader->ok = false;
}

static void read_plain(ProseReader *reader, const char *here, uint32_t code_point)
{
    if (reader->plain.length == 0)
        reader->plain_start = here;
    buf_addc(&reader->plain, code_point);
}

static void read_prose(ProseReader *reader)
{
    while (*reader->next) {
        const char *here = reader->next;
        uint32_t code_point = utf8_next(&reader->next);
        bool doubled = is_open(code_point) || is_close(code_point);
        if (doubled) {
            const char *second = reader->next;
            doubled = *second && utf8_next(&second) == code_point;
            if (doubled)
                reader->next = second;
        }
        if (!doubled && is_open(code_point))
            read_value(reader, here);
        else if (!doubled && is_close(code_point))
            brace_fault(reader, DIAG_E124, here, reader->next);
        else
            read_plain(reader, here, code_point);
    }
    end_plain(reader, reader->next);
}

void parse_later_check(Template *t, Expr *expr)
{
    add_pending(t, expr, NULL, NULL);
}

bool parse_prose(
    Template *t, const XmlNode *node, const XmlAttr *attr, const CheckScope *scope, Segment **out)
{
    const char *text = attr ? attr->value : node->text;
    ProseReader reader = {
        .t = t, .node = node, .attr = attr, .scope = scope, .text = text, .next = text, .ok = true};
    read_prose(&reader);
    buf_free(&reader.plain);
    *out = reader.first;
    return reader.ok;
}

/* ---- attributes ---- */

Expr *parse_attr_expr(Template *t, const XmlNode *node, const XmlAttr *attr, ExprKind kind)
{
    ValuePlace place = {node, attr, 0, strlen(attr->value)};
    Expr *expr = expr_parse(t->engine, kind, &place);
    if (expr && is_of_cell(node, attr))
        expr_print_exact(t->engine, expr);
    return expr;
}

static bool reads_figures(Arena *arena, const char *text)
{
    return strcmp(utf8_trim(arena, text), "有数") == 0;
}

static bool parse_count(const char *text, int *out)
{
    Decimal count;
    if (!decimal_parse(text, &count) || count.scale)
        return false;
    *out = (int)count.mantissa; /* schema_check has seen that it is small */
    return true;
}

static const struct {
    AttrType type;
    ExprKind kind;
} EXPRESSIONS[] = {{ATTR_VALUE, EXPR_VALUE}, {ATTR_TEST, EXPR_TEST}, {ATTR_VALUES, EXPR_LIST},
    {ATTR_ROWS, EXPR_ROWS}, {ATTR_KEYS, EXPR_KEYS}, {ATTR_SORT, EXPR_SORT}};

/* 有数 asks for the figures of what the attribute governs: a check or a where governs none, a row of
 * a table or a mark of a chart stays though a figure is missing. */
static bool figures_allowed(const XmlNode *element, const Attr *attr)
{
    static const char *const elements[] = {"check", "table", "chart"};
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(element->name, elements[i]) == 0)
            return false;
    return strcmp(attr->def->name, "where") != 0;
}

/* These are checked together: what they mean depends on each other. */
static bool is_of_group(const XmlNode *element, const char *name)
{
    static const char *const names[] = {"of", "by", "where", "sort"};
    if (strcmp(element->name, "subtotal") == 0)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return strcmp(name, "when") == 0 && xml_attr_find(element, "of");
}

static bool parse_expression(
    Template *t, const XmlNode *element, Attr *attr, const CheckScope *scope)
{
    attr->figures = attr->def->type == ATTR_TEST && reads_figures(t->arena, attr->xml->value);
    if (attr->figures)
        return figures_allowed(element, attr) ||
               diag_add(t->diags, DIAG_E114, &attr->at, element->name, attr->def->name,
                   attr->xml->value);
    for (size_t i = 0; i < sizeof EXPRESSIONS / sizeof *EXPRESSIONS; i++)
        if (EXPRESSIONS[i].type == attr->def->type)
            attr->expr = parse_attr_expr(t, element, attr->xml, EXPRESSIONS[i].kind);
    if (attr->expr && !is_of_group(element, attr->def->name))
        add_pending(t, attr->expr, NULL, scope);
    return attr->expr != NULL;
}

/* What schema_check has told of already fails here without a message. */
static bool parse_attr(Template *t, const XmlNode *element, Attr *attr, const CheckScope *scope)
{
    const char *text = attr->xml->value;
    const Choice *choice = attr->def->choices ? schema_choice_find(attr->def, text) : NULL;
    switch (attr->def->type) {
    case ATTR_PROSE:
    case ATTR_TOP:
        return parse_prose(t, element, attr->xml, scope, &attr->prose);
    case ATTR_CHOICE:
        attr->choice = choice ? choice->value : 0;
        return choice != NULL;
    case ATTR_COUNT:
        return parse_count(text, &attr->choice);
    case ATTR_LENGTH:
        return length_parse(text, &attr->millimetres);
    case ATTR_PLAIN:
    case ATTR_LENGTHS:
    case ATTR_PERIODS:
        return true;
    default:
        return !is_blank_between(text, text + strlen(text)) &&
               parse_expression(t, element, attr, scope);
    }
}

/* ---- elements ---- */

/* The scopes in which the parts of an each, table or chart are worked out. */
typedef struct Scopes {
    const CheckScope *outer, *rows;
    const CheckScope *groups;     /* of a chart with series= these times its categories … */
    const CheckScope *categories; /* … which stand here alone */
} Scopes;

/* of= of an each, table or chart, or query= of a chart. */
static const XmlAttr *rows_attr(const XmlNode *element)
{
    const XmlAttr *of = xml_attr_find(element, "of");
    return of || strcmp(element->name, "chart") != 0 ? of : xml_attr_find(element, "query");
}

static const CheckScope *scope_new(
    Template *t, const CheckScope *parent, const Expr *rows, const Expr *keys)
{
    CheckScope *scope = ARENA_NEW(t->arena, CheckScope);
    *scope = (CheckScope){parent, rows, keys};
    return scope;
}

/* The words of a table's head, and the periods of a spark, are worked out round the table, not in its
 * rows. */
static bool is_head_word(const Node *node, const char *name)
{
    const XmlNode *table = node->xml->parent;
    if (node->id != ELEMENT_COL && node->id != ELEMENT_COLGROUP && node->id != ELEMENT_TOTAL)
        return false;
    while (table && strcmp(table->name, "colgroup") == 0)
        table = table->parent;
    return table && strcmp(name, "value") != 0 && xml_attr_find(table, "of");
}

/* The parts of a photograph come from its row. */
static bool is_of_entry(const Node *node, const char *name)
{
    static const char *const names[] = {"before", "after", "caption"};
    for (size_t i = 0; node->id == ELEMENT_PHOTOS && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* One line for all series: each point is worked out in its category. So are the target of a 进度 and
 * the full marks of a 雷达, which each category has of its own; the target of other kinds is a line
 * across the whole plot. */
static bool is_of_category(const Node *node, const char *name)
{
    const XmlAttr *kind = xml_attr_find(node->xml, "kind");
    if (node->id != ELEMENT_CHART || strcmp(name, "target") != 0)
        return node->id == ELEMENT_CHART && strcmp(name, "line") == 0;
    const AttrDef *def = schema_attr_find(schema_element_find("chart"), "kind");
    const Choice *choice = kind ? schema_choice_find(def, kind->value) : NULL;
    return choice && (choice->value == CHART_BULLET || choice->value == CHART_RADAR);
}

/* series is worked out among the rows, values in the groups, the rest round the element. */
static const CheckScope *scope_of_attr(const Scopes *scopes, const Node *node, const char *name)
{
    if (is_head_word(node, name))
        return scopes->outer == &UNKNOWN_SCOPE ? scopes->outer : scopes->outer->parent;
    if (node->id == ELEMENT_SUBTOTAL && strcmp(name, "label") == 0)
        return scopes->groups;
    if (!rows_attr(node->xml))
        return scopes->outer;
    if (strcmp(name, "series") == 0)
        return scopes->rows;
    if (is_of_category(node, name))
        return scopes->categories;
    if (strcmp(name, "value") == 0 || is_of_entry(node, name))
        return scopes->groups;
    return scopes->outer;
}

static bool parse_named(
    Template *t, Node *node, const ElementDef *def, const char *name, Scopes *scopes)
{
    bool query = strcmp(name, "query") == 0; /* read in the place of of= */
    const XmlAttr *xml =
        strcmp(name, "of") == 0 ? rows_attr(node->xml) : xml_attr_find(node->xml, name);
    const AttrDef *attr_def = schema_attr_find(def, query ? "of" : name);
    if (!xml || !attr_def || node_attr(node, attr_def->name))
        return true;
    Attr *attr = &node->attrs[node->attr_count];
    *attr = (Attr){.def = attr_def, .xml = xml, .at = {.span = xml->value_span}};
    if (!parse_attr(t, node->xml, attr, scope_of_attr(scopes, node, name)))
        return false;
    node->attr_count++;
    return true;
}

/* An each, a chart, a table not written with tr, without of: schema_check has told. A column has one
 * only for its spark. */
static bool lacks_rows(const Node *node, const ElementDef *def)
{
    bool grouped = def->id == ELEMENT_COL ? xml_attr_find(node->xml, "spark") != NULL
                                          : def->id != ELEMENT_TABLE ||
                                                !schema_child_named(node->xml, "tr");
    return schema_attr_find(def, "of") && grouped && !rows_attr(node->xml);
}

/* Without its by the groups are not known: then the rows alone can be checked. */
static void add_group(Template *t, const Node *node, bool known, const CheckScope *scope)
{
    GroupSpec spec = {
        .rows = node_expr(node, "of"), .where = node_expr(node, "where"), .at = node->at};
    if (known) {
        spec.keys = node_expr(node, "by");
        spec.across = node_expr(node, "series");
        spec.when = node_expr(node, "when");
        spec.sort = node_expr(node, "sort");
    }
    add_pending(t, NULL, &spec, scope);
}

/* In a run its key has one value: {片}小计. */
static const CheckScope *scope_of_runs(Template *t, const Node *subtotal, const CheckScope *groups)
{
    const Expr *keys = node_expr(subtotal, "by");
    return keys && groups && groups->rows ? scope_new(t, groups->parent, groups->rows, keys)
                                          : &UNKNOWN_SCOPE;
}

/* What makes the groups first: the rest is worked out in them. */
static bool parse_attrs(Template *t, Node *node, const ElementDef *def, Scopes *scopes)
{
    const XmlNode *element = node->xml;
    node->attrs = ARENA_ARRAY(t->arena, Attr, element->attr_count + 1);
    bool known = parse_named(t, node, def, "of", scopes) && !lacks_rows(node, def);
    const Expr *rows = node_expr(node, "of");
    scopes->rows = rows    ? scope_new(t, scopes->outer, rows, NULL)
                   : known ? scopes->outer
                           : &UNKNOWN_SCOPE;
    known = parse_named(t, node, def, "series", scopes) && known;
    known = parse_named(t, node, def, "by", scopes) && known;
    const Expr *series = node_expr(node, "series");
    const CheckScope *round =
        rows && series ? scope_new(t, scopes->outer, rows, series) : scopes->outer;
    if (rows)
        scopes->groups = scope_new(t, round, rows, node_expr(node, "by"));
    if (rows)
        scopes->categories = scope_new(t, scopes->outer, rows, node_expr(node, "by"));
    if (!known)
        scopes->groups = scopes->categories = &UNKNOWN_SCOPE;
    if (node->id == ELEMENT_SUBTOTAL)
        scopes->groups = scope_of_runs(t, node, scopes->outer);
    bool ok = parse_named(t, node, def, "where", scopes) && known;
    ok = parse_named(t, node, def, "when", scopes) && ok;
    ok = parse_named(t, node, def, "sort", scopes) && ok;
    if (rows)
        add_group(t, node, known, scope_of_attr(scopes, node, "of"));
    for (int i = 0; i < element->attr_count; i++)
        ok = parse_named(t, node, def, element->attrs[i].name, scopes) && ok;
    return ok;
}

static void adopt(Node *parent, Node *child)
{
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static bool text_is_blank(const char *text)
{
    return is_blank_between(text, text + strlen(text));
}

static bool parse_child(Template *t, Node *parent, const XmlNode *xml, const CheckScope *scope)
{
    Node *child;
    if (xml->kind == XML_TEXT) {
        child = ARENA_NEW(t->arena, Node);
        child->id = ELEMENT_TEXT;
        child->xml = xml;
        child->at.span = xml->span;
        if (!parse_prose(t, xml, NULL, scope, &child->prose))
            return false;
    } else {
        child = parse_element(t, xml, scope);
    }
    if (child)
        adopt(parent, child);
    return child != NULL;
}

/* In a table the cells see the rows, but the words of the head do not. */
static const CheckScope *scope_of_child(const Node *node, const Scopes *scopes)
{
    return node->id == ELEMENT_EACH || node->id == ELEMENT_TABLE ? scopes->groups : scopes->outer;
}

/* The title of a part is worked out in the template of that part. */
static bool is_read_elsewhere(const XmlNode *child)
{
    return strcmp(child->name, "data") == 0 || strcmp(child->name, "part") == 0;
}

static bool is_skipped(const Node *node, const ElementDef *def, const XmlNode *child)
{
    if (child->kind == XML_ELEMENT)
        return (node->id == ELEMENT_REPORT && strcmp(child->name, "data") == 0) ||
               (node->id == ELEMENT_BUNDLE && is_read_elsewhere(child));
    return def && !def->text && !def->transparent && text_is_blank(child->text);
}

/* An unknown element may hold further mistakes, but in rows of its own (<tabel of=…>) each column
 * would seem to be one. */
Node *parse_element(Template *t, const XmlNode *element, const CheckScope *scope)
{
    const ElementDef *def = schema_element_find(element->name);
    Node *node = ARENA_NEW(t->arena, Node);
    Scopes scopes = {scope, scope, scope, scope};
    bool ok = def != NULL;
    node->id = def ? def->id : ELEMENT_UNKNOWN;
    node->xml = element;
    node->at.span = element->span;
    if (!def && xml_attr_find(element, "of"))
        return NULL;
    if (def)
        ok = parse_attrs(t, node, def, &scopes);
    if (ok && node->id == ELEMENT_TEXT_FILE && node_attr(node, "src"))
        text_file_note(t, node, scope);
    if (node->id == ELEMENT_CHART)
        ok = chart_check(t, node) && ok;
    const CheckScope *inside = scope_of_child(node, &scopes);
    for (const XmlNode *child = element->first; child; child = child->next)
        if (!is_skipped(node, def, child))
            ok = parse_child(t, node, child, inside) && ok;
    return ok ? node : NULL;
}
