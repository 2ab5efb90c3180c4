/* What the element table cannot say of the parts of a table. */
#include <string.h>
#include "template/schema.h"
#include "template/schema_table.h"

static bool is_named(const XmlNode *node, const char *name)
{
    return node->kind == XML_ELEMENT && strcmp(node->name, name) == 0;
}

bool schema_check_colgroup(const XmlNode *group, Diags *diags)
{
    At at = {.span = group->span};
    return schema_child_named(group, "col") || schema_child_named(group, "colgroup") ||
           diag_add(diags, DIAG_E645, &at);
}

static bool is_of_page(const XmlNode *total)
{
    const XmlAttr *page = xml_attr_find(total, "page");
    const AttrDef *def = schema_attr_find(schema_element_find("total"), "page");
    const Choice *choice = page ? schema_choice_find(def, page->value) : NULL;
    return choice && choice->value == CHOICE_YES;
}

bool schema_check_total(const XmlNode *total, Diags *diags)
{
    At at = {.span = total->span};
    for (const XmlNode *before = total->parent->first; before != total; before = before->next)
        if (is_named(before, "total") && is_of_page(before) == is_of_page(total))
            return diag_add(diags, DIAG_E648, &at, is_of_page(total) ? "本页合计" : "合计");
    return true;
}

bool schema_uses_data(const XmlNode *table)
{
    static const char *const attrs[] = {"of", "by", "where", "when", "sort", "top"};
    for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++)
        if (xml_attr_find(table, attrs[i]))
            return true;
    return schema_child_named(table, "total") || schema_child_named(table, "subtotal");
}

bool schema_check_bar(const XmlNode *col, Diags *diags)
{
    const XmlAttr *bar = xml_attr_find(col, "bar");
    At at = {.span = bar ? bar->name_span : col->span};
    return !bar || xml_attr_find(col, "value") ||
           diag_add(diags, DIAG_E647, &at, col->name, bar->name);
}
