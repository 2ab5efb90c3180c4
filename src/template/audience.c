#include "template/audience.h"

#include <string.h>
#include "base/map.h"
#include "base/utf8.h"
#include "template/schema_table.h"

static bool is_separator(uint32_t code_point)
{
    return code_point == ',' || code_point == 0xFF0C || code_point == 0x3001 || code_point == ';' ||
           code_point == 0xFF1B || utf8_is_blank(code_point);
}

/* The next name of *list, which is moved behind it; false at the end. */
static bool next_name(const char **list, const char **name, size_t *length)
{
    const char *next = *list;
    *name = NULL;
    while (*next) {
        const char *here = next;
        bool parts = is_separator(utf8_next(&next));
        if (parts && *name)
            break;
        if (!parts && !*name)
            *name = here;
        if (!parts)
            *length = (size_t)(next - *name);
    }
    *list = next;
    return *name != NULL;
}

static bool same_name(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const char *a_end = a + a_length, *b_end = b + b_length;
    while (a < a_end && b < b_end)
        if (utf8_fold_width(utf8_next(&a)) != utf8_fold_width(utf8_next(&b)))
            return false;
    return a == a_end && b == b_end;
}

bool audience_disjoint(const char *a, const char *b)
{
    const char *name, *other;
    size_t length, other_length;
    while (next_name(&a, &name, &length))
        for (const char *rest = b; next_name(&rest, &other, &other_length);)
            if (same_name(name, length, other, other_length))
                return false;
    return true;
}

static bool check_list(const Template *t, const XmlNode *element, Map *names)
{
    const XmlAttr *attr = xml_attr_find(element, "audience");
    const ElementDef *def = schema_element_find(element->name);
    const char *name;
    size_t length, count = 0;
    if (!attr || !def || !schema_attr_find(def, "audience"))
        return true;
    At at = {.span = attr->value_span};
    for (const char *list = attr->value; next_name(&list, &name, &length); count++)
        map_put(names, arena_strndup(t->arena, name, length), names);
    return count > 0 || diag_add(t->diags, DIAG_E114, &at, element->name, attr->name, attr->value);
}

static bool check_lists(const Template *t, const XmlNode *parent, Map *names)
{
    bool ok = true;
    for (const XmlNode *child = parent->first; child; child = child->next) {
        if (child->kind != XML_ELEMENT)
            continue;
        ok = check_list(t, child, names) && ok;
        ok = check_lists(t, child, names) && ok;
    }
    return ok;
}

/* 县里 for 县: no block is for them. */
static void warn_unknown(const Template *t, const Map *names)
{
    size_t count = map_count(names);
    const char **candidates = ARENA_ARRAY(t->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        candidates[i] = map_key(names, i);
        if (!audience_disjoint(candidates[i], t->audience))
            return;
    }
    const char *nearest = utf8_nearest(t->audience, candidates, count), *list = NULL;
    diag_add(t->diags, DIAG_W172, NULL, t->audience);
    for (size_t i = 0; i < count; i++)
        list = list ? arena_printf(t->arena, "%s、%s", list, candidates[i]) : candidates[i];
    if (nearest)
        diag_hint(t->diags, DIAG_H001, nearest);
    else if (list)
        diag_hint(t->diags, DIAG_H504, list);
}

bool audience_check(const Template *t)
{
    Map *names = map_new(t->arena);
    const char *list = t->audience, *name;
    size_t length;
    bool ok = check_lists(t, t->root, names);
    if (!t->audience)
        return ok;
    /* Two titles for two audiences are one in each paper: so a paper has one audience. */
    if (!next_name(&list, &name, &length) || next_name(&list, &name, &length)) {
        diag_add(t->diags, DIAG_E524, NULL, t->audience);
        return false;
    }
    warn_unknown(t, names);
    return ok;
}

bool audience_keeps(const Template *t, const Node *node)
{
    const Attr *attr = node_attr(node, "audience");
    if (!attr)
        return true;
    if (t->audience && !audience_disjoint(attr->xml->value, t->audience))
        return true;
    return diag_add(t->diags, DIAG_N170, &node->at, node->xml->name, attr->xml->value);
}
