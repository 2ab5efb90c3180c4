#include "template/schema.h"

#include <string.h>
#include "base/decimal.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "data/period.h"
#include "template/schema_forms.h"
#include "template/schema_table.h"

enum { MOST_COUNT = 1000 }; /* of rowspan, rows …: more is a slip of the finger */

/* What stands round the node in hand. */
typedef struct Place {
    const XmlNode *element; /* the nearest element that is not transparent */
    const XmlNode *loop;    /* the each round it: no place for what there is one of */
    unsigned holds;
    bool text;
} Place;

enum { CANDIDATES = 80, CHOICES_TEXT = 400 };

static At at_element(const XmlNode *element)
{
    return (At){.span = element->span};
}

static At at_value(const XmlAttr *attr)
{
    return (At){.span = attr->value_span};
}

static void hint_nearest(
    const char *name, const char *const *candidates, size_t count, Diags *diags)
{
    const char *nearest = utf8_nearest(name, candidates, count);
    if (nearest)
        diag_hint(diags, DIAG_H001, nearest);
}

/* What the word is called here, of those who know HTML, Word or another template language. */
static const struct {
    const char *habit, *name;
} HABITS[] = {{"para", "p"}, {"paragraph", "p"}, {"div", "p"}, {"bold", "b"}, {"strong", "b"},
    {"h5", "h4"}, {"h6", "h4"}, {"ul", "list"}, {"ol", "list"}, {"li", "item"}, {"th", "td"},
    {"row", "tr"}, {"column", "col"}, {"footnote", "note"}, {"for", "each"}, {"foreach", "each"},
    {"elseif", "else"}, {"elif", "else"}, {"var", "set"}, {"signature", "sign"},
    {"author", "byline"}, {"header", "masthead"}, {"letterhead", "masthead"},
    {"appendix", "attachment"}, {"annex", "attachment"}, {"toc", "contents"}, {"img", "figure"},
    {"image", "figure"}, {"picture", "figure"}, {"gallery", "photos"}, {"page-break", "pagebreak"},
    {"import", "include"}, {"footer", "imprint"}, {"cc", "imprint"}, {"receipt", "slip"}};

/* Attributes as other tools call them. */
static const struct {
    const char *habit, *name;
} ATTR_HABITS[] = {{"from", "of"}, {"in", "of"}, {"source", "of"}, {"table", "of"}, {"group", "by"},
    {"order", "sort"}, {"filter", "where"}, {"limit", "top"}, {"title", "caption"},
    {"name", "caption"}, {"label", "head"}, {"title", "head"}, {"type", "kind"}, {"style", "kind"},
    {"condition", "test"}, {"when", "test"}, {"if", "when"}, {"test", "when"}, {"file", "files"},
    {"path", "files"}, {"src", "files"}, {"name", "id"}, {"id", "name"}, {"text", "message"},
    {"dept", "unit"}, {"value", "default"}, {"separator", "join"}, {"sep", "join"},
    {"org", "issuer"}, {"no", "number"}, {"signer", "signatory"}, {"file", "href"}, {"src", "href"},
    {"path", "file"}, {"src", "file"}, {"cc", "copy-to"}, {"ref", "to"}, {"id", "to"},
    {"name", "title"}, {"diameter", "seal"}, {"position", "post"}};

static const char *element_habit(const char *name)
{
    for (size_t i = 0; i < sizeof HABITS / sizeof *HABITS; i++)
        if (strcmp(HABITS[i].habit, name) == 0)
            return HABITS[i].name;
    return NULL;
}

/* The names that may stand in this place come into question, of this version only. */
static bool unknown_element(const XmlNode *element, const Place *place, Diags *diags)
{
    const char *names[CANDIDATES], *meant = element_habit(element->name);
    size_t count = 0;
    At at = at_element(element);
    diag_add(diags, DIAG_E110, &at, element->name);
    if (meant) {
        diag_hint(diags, DIAG_H001, meant);
        return false;
    }
    for (size_t i = 0; i < schema_element_count() && count < CANDIDATES; i++) {
        const ElementDef *def = schema_element(i);
        if (def->counts_as & place->holds)
            names[count++] = def->name;
    }
    hint_nearest(element->name, names, count, diags);
    return false;
}

/* A known element in a place where another one is called so: column for col. */
static bool misplaced(
    const XmlNode *element, const ElementDef *def, const Place *place, Diags *diags)
{
    const char *meant = element_habit(element->name);
    const ElementDef *other = meant ? schema_element_find(meant) : NULL;
    At at = at_element(element);
    if (def->counts_as & place->holds)
        return false;
    bool looped = place->loop && def->counts_as & (GROUP_MAIN | GROUP_COVER);
    diag_add(
        diags, DIAG_E112, &at, element->name, looped ? place->loop->name : place->element->name);
    if (other && other->counts_as & place->holds)
        diag_hint(diags, DIAG_H001, meant);
    else if (def->id == ELEMENT_ELSE)
        diag_hint(diags, DIAG_H504, "<if test=\"…\">…<else>…</else></if>");
    return true;
}

/* The attribute that is meant by one of another name, if the element has it and it is not given. */
static const char *attr_habit(const XmlNode *element, const ElementDef *def, const char *name)
{
    for (size_t i = 0; i < sizeof ATTR_HABITS / sizeof *ATTR_HABITS; i++)
        if (strcmp(ATTR_HABITS[i].habit, name) == 0 && schema_attr_find(def, ATTR_HABITS[i].name) &&
            !xml_attr_find(element, ATTR_HABITS[i].name))
            return ATTR_HABITS[i].name;
    return NULL;
}

/* Returns what is meant, NULL where nothing is like it. */
static const char *unknown_attr(
    const XmlNode *element, const XmlAttr *attr, const ElementDef *def, Diags *diags)
{
    const char *names[CANDIDATES], *meant = attr_habit(element, def, attr->name);
    size_t count = 0;
    At at = {.span = attr->name_span};
    for (const AttrDef *known = def->attrs; known && known->name && count < CANDIDATES; known++)
        names[count++] = known->name;
    diag_add(diags, DIAG_E111, &at, element->name, attr->name);
    meant = meant ? meant : utf8_nearest(attr->name, names, count);
    if (meant)
        diag_hint(diags, DIAG_H001, meant);
    return meant;
}

static void hint_choices(const AttrDef *def, Diags *diags)
{
    char list[CHOICES_TEXT] = "";
    size_t length = 0;
    for (const Choice *choice = def->choices; choice->name; choice++) {
        size_t add = strlen(choice->name);
        if (length + add + 4 > sizeof list)
            continue;
        if (length) {
            memcpy(list + length, "、", 3);
            length += 3;
        }
        memcpy(list + length, choice->name, add + 1);
        length += add;
    }
    diag_hint(diags, DIAG_H504, list);
}

static bool check_choice(
    const XmlNode *element, const XmlAttr *attr, const AttrDef *def, Diags *diags)
{
    At at = at_value(attr);
    if (schema_choice_find(def, attr->value))
        return true;
    diag_add(diags, DIAG_E114, &at, element->name, attr->name, attr->value);
    hint_choices(def, diags);
    return false;
}

static bool check_count(const XmlNode *element, const XmlAttr *attr, Diags *diags)
{
    Decimal count;
    At at = at_value(attr);
    if (decimal_parse(attr->value, &count) && count.scale == 0 && count.mantissa >= 1 &&
        count.mantissa <= MOST_COUNT)
        return true;
    return diag_add(diags, DIAG_E120, &at, element->name, attr->name, MOST_COUNT, attr->value);
}

static bool check_length(const XmlAttr *attr, const char *text, Diags *diags)
{
    double millimetres;
    At at = at_value(attr);
    if (length_parse(text, &millimetres))
        return true;
    diag_add(diags, DIAG_E121, &at, text);
    diag_hint(diags, DIAG_H110);
    return false;
}

static bool check_lengths(const XmlAttr *attr, Diags *diags)
{
    const char *list = attr->value;
    char entry[32];
    bool ok = true;
    while (lengths_next(&list, entry))
        if (strcmp(entry, "*") != 0)
            ok = check_length(attr, entry, diags) && ok;
    /* what is left was too long for one entry */
    return *list ? check_length(attr, attr->value, diags) : ok;
}

/* One that holds values is known only when the paper is made. */
static bool check_top(const XmlAttr *attr, Diags *diags)
{
    int top;
    bool ties, values = strchr(attr->value, '{') || strstr(attr->value, "｛");
    At at = at_value(attr);
    return values || top_parse(attr->value, &top, &ties) ||
           diag_add(diags, DIAG_E128, &at, attr->value);
}

/* Period kinds with blanks between, or one fixed period. */
static bool check_periods(const XmlNode *element, const XmlAttr *attr, Diags *diags)
{
    const char *list = attr->value;
    char entry[32];
    PeriodKind kind;
    Period fixed;
    bool any = false;
    At at = at_value(attr);
    if (period_parse(attr->value, &fixed))
        return true;
    while (lengths_next(&list, entry)) {
        any = true;
        if (!period_kind_parse(entry, &kind))
            break;
        entry[0] = '\0';
    }
    if (any && !entry[0] && !*list)
        return true;
    diag_add(diags, DIAG_E114, &at, element->name, attr->name, attr->value);
    diag_hint(diags, DIAG_H504, "旬、月、季、半年、年、2024-06 …");
    return false;
}

static bool is_blank(const char *text)
{
    uint32_t code_point;
    while ((code_point = utf8_next(&text)) != 0)
        if (!utf8_is_blank(code_point))
            return false;
    return true;
}

static bool check_attr(
    const XmlNode *element, const XmlAttr *attr, const AttrDef *def, Diags *diags)
{
    At at = at_value(attr);
    if (def->type != ATTR_PROSE && is_blank(attr->value))
        return diag_add(diags, DIAG_E114, &at, element->name, attr->name, attr->value);
    switch (def->type) {
    case ATTR_CHOICE:
        return check_choice(element, attr, def, diags);
    case ATTR_COUNT:
        return check_count(element, attr, diags);
    case ATTR_LENGTH:
        return check_length(attr, attr->value, diags);
    case ATTR_LENGTHS:
        return check_lengths(attr, diags);
    case ATTR_TOP:
        return check_top(attr, diags);
    case ATTR_PERIODS:
        return check_periods(element, attr, diags);
    default:
        return true; /* values and prose are parsed once the tables are there */
    }
}

/* One that stands there under another name is not missing as well. */
static bool is_lacking(const XmlNode *element, const AttrDef *known, const char *const *meant)
{
    for (int i = 0; i < element->attr_count; i++)
        if (meant[i] && strcmp(meant[i], known->name) == 0)
            return false;
    return known->standing == ATTR_REQUIRED && !xml_attr_find(element, known->name);
}

static bool check_attrs(const XmlNode *element, const ElementDef *def, Diags *diags)
{
    bool ok = true;
    At at = at_element(element);
    const char *meant[LIMIT_TEMPLATE_ATTRIBUTES] = {NULL};
    for (int i = 0; i < element->attr_count; i++) {
        const XmlAttr *attr = &element->attrs[i];
        const AttrDef *known = schema_attr_find(def, attr->name);
        /* xmlns and xsi:… tie a template to the XSD of an editor */
        if (strncmp(attr->name, "xmlns", 5) == 0 || strchr(attr->name, ':'))
            continue;
        if (!known)
            meant[i] = unknown_attr(element, attr, def, diags);
        ok = known && check_attr(element, attr, known, diags) && ok;
    }
    for (const AttrDef *known = def->attrs; known && known->name; known++)
        if (is_lacking(element, known, meant))
            ok = diag_add(diags, DIAG_E113, &at, element->name, known->name);
    return ok;
}

/* Points at the first word, not at the blanks before it. */
static bool check_text(const XmlNode *text, const Place *place, Diags *diags)
{
    size_t from = 0, to = strlen(text->text);
    const char *next = text->text;
    if (place->text || is_blank(text->text))
        return true;
    while (utf8_is_blank(utf8_next(&next)))
        from = (size_t)(next - text->text);
    while (to > from && strchr(" \t\r\n", text->text[to - 1]))
        to--;
    const char *line_end = memchr(text->text + from, '\n', to - from);
    At at = {.span = xml_span(text, NULL, from, line_end ? (size_t)(line_end - text->text) : to)};
    return diag_add(diags, DIAG_E115, &at, place->element->name);
}

static const XmlNode *next_element(const XmlNode *node)
{
    while (node && node->kind != XML_ELEMENT)
        node = node->next;
    return node;
}

/* An else stands behind everything else of its if; one without a test is the last. */
static bool check_else(const XmlNode *element, Diags *diags)
{
    At at = at_element(element);
    for (const XmlNode *after = element->next; after; after = after->next) {
        bool is_else = after->kind == XML_ELEMENT && strcmp(after->name, "else") == 0;
        bool blank = after->kind == XML_TEXT && is_blank(after->text);
        if (!blank && !(is_else && xml_attr_find(element, "test")))
            return diag_add(diags, DIAG_E122, &at);
    }
    return true;
}

static bool check_data_place(const XmlNode *element, Diags *diags)
{
    At at = at_element(element);
    if (next_element(element->parent->first) == element)
        return true;
    return diag_add(diags, DIAG_E126, &at);
}

bool schema_child_named(const XmlNode *element, const char *name)
{
    for (const XmlNode *child = element->first; child; child = child->next)
        if (child->kind == XML_ELEMENT && strcmp(child->name, name) == 0)
            return true;
    return false;
}

/* Rows come from data (of, col) or stand in the template (tr). */
static bool check_table(const XmlNode *element, Diags *diags)
{
    bool of = xml_attr_find(element, "of") != NULL, fixed = schema_child_named(element, "tr");
    At at = at_element(element);
    if (fixed && schema_uses_data(element))
        return diag_add(diags, DIAG_E127, &at);
    if (!fixed && !of)
        return diag_add(diags, DIAG_E113, &at, element->name, "of");
    if (!fixed && !schema_child_named(element, "col") && !schema_child_named(element, "colgroup"))
        return diag_add(diags, DIAG_E127, &at);
    return true;
}

static bool check_col(const XmlNode *element, Diags *diags)
{
    const XmlNode *table = element->parent;
    At at = at_element(element);
    while (table && strcmp(table->name, "colgroup") == 0)
        table = table->parent;
    bool fixed = table && schema_child_named(table, "tr");
    if (!fixed && !xml_attr_find(element, "value"))
        return diag_add(diags, DIAG_E113, &at, element->name, "value");
    if (fixed && xml_attr_find(element, "value") && !schema_uses_data(table))
        return diag_add(diags, DIAG_E127, &at);
    bool fine = schema_check_bar(element, diags);
    return schema_check_spark(element, diags) && fine;
}

/* join and end stand between the turns of an each inside a line; blocks are paragraphs of their
 * own, and the items of a list have its sep. */
static void tell_unjoined(const XmlNode *element, Diags *diags)
{
    static const char *const names[] = {"join", "end", NULL};
    const XmlNode *round = element->parent;
    const ElementDef *def = NULL;
    for (; round && !(def && !def->transparent); round = round->parent)
        def = schema_element_find(round->name);
    if (!def || (def->holds & GROUP_INLINE))
        return;
    for (const char *const *name = names; *name; name++) {
        const XmlAttr *attr = xml_attr_find(element, *name);
        if (attr)
            diag_add(diags, DIAG_W146, &(At){.span = attr->name_span}, *name);
    }
}

/* page="是" of an each begins pages: not where what stands together shares one. */
static bool check_each(const XmlNode *element, Diags *diags)
{
    tell_unjoined(element, diags);
    const XmlAttr *page = xml_attr_find(element, "page");
    const XmlNode *round = element->parent;
    const Choice *choice =
        page
            ? schema_choice_find(schema_attr_find(schema_element_find("each"), "page"), page->value)
            : NULL;
    if (!choice || choice->value != CHOICE_YES)
        return true;
    for (; round; round = round->parent) {
        const ElementDef *def = schema_element_find(round->name);
        bool pages = def && (def->holds & GROUP_BREAK);
        At at = {.span = page->name_span};
        if (pages)
            break;
        if (def && !def->transparent)
            return diag_add(diags, DIAG_E625, &at, round->name);
    }
    return true;
}

static bool check_special(const XmlNode *element, ElementId id, Diags *diags)
{
    switch (id) {
    case ELEMENT_ELSE:
        return check_else(element, diags);
    case ELEMENT_DATA:
        return check_data_place(element, diags);
    case ELEMENT_TABLE:
        return check_table(element, diags);
    case ELEMENT_COL:
        return check_col(element, diags);
    case ELEMENT_COLGROUP:
        return schema_check_colgroup(element, diags);
    case ELEMENT_TOTAL:
        return schema_check_total(element, diags);
    case ELEMENT_CHART:
        return schema_check_chart(element, diags);
    case ELEMENT_CONTENTS:
        return schema_check_contents(element, diags);
    case ELEMENT_INCLUDE: /* told by include_expand */
        return false;
    case ELEMENT_EACH:
        return check_each(element, diags);
    default:
        return true;
    }
}

static bool check_node(const XmlNode *node, const Place *place, Diags *diags);

static bool check_children(const XmlNode *element, const Place *place, Diags *diags)
{
    bool ok = true;
    for (const XmlNode *child = element->first; child; child = child->next)
        ok = check_node(child, place, diags) && ok;
    return ok;
}

static bool check_element(const XmlNode *element, const Place *place, Diags *diags)
{
    const ElementDef *def = schema_element_find(element->name);
    Place inside = {element, NULL, def ? def->holds : ~0u, !def || def->text};
    if (!def) {
        unknown_element(element, place, diags);
        check_children(element, &inside, diags);
        return false;
    }
    if (misplaced(element, def, place, diags))
        return false;
    bool ok = check_attrs(element, def, diags);
    ok = check_special(element, def->id, diags) && ok;
    if (def->transparent) {
        inside.element = place->element;
        inside.holds = (place->holds & ~(unsigned)GROUP_ELSE) | def->holds;
        inside.text = place->text;
        inside.loop = place->loop;
    }
    if (def->id == ELEMENT_EACH) {
        inside.holds &= ~(unsigned)(GROUP_MAIN | GROUP_COVER);
        inside.loop = element;
    }
    return check_children(element, &inside, diags) && ok;
}

static bool check_node(const XmlNode *node, const Place *place, Diags *diags)
{
    return node->kind == XML_TEXT ? check_text(node, place, diags)
                                  : check_element(node, place, diags);
}

bool schema_check(const XmlNode *root, Diags *diags)
{
    Place outside = {root, NULL, GROUP_ROOT, false};
    At at = at_element(root);
    const ElementDef *def = schema_element_find(root->name);
    if (!def || def->id != ELEMENT_REPORT) {
        diag_add(diags, DIAG_E119, &at, root->name);
        if (def && def->id == ELEMENT_BUNDLE)
            diag_hint(diags, DIAG_H590);
        return false;
    }
    bool ok = check_element(root, &outside, diags);
    ok = schema_check_form(root, diags) && ok;
    return schema_check_references(root, diags) && ok;
}

bool schema_check_plan(const XmlNode *root, Diags *diags)
{
    Place outside = {root, NULL, GROUP_ROOT, false};
    bool ok = check_element(root, &outside, diags);
    return schema_check_references(root, diags) && ok;
}
