/* What the element table cannot say of the parts of a table. */
#include <string.h>
#include "base/utf8.h"
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

bool schema_check_contents(const XmlNode *contents, Diags *diags)
{
    const XmlNode *round = contents->parent;
    bool volume = round && strcmp(round->name, "bundle") == 0;
    const XmlAttr *foreign = xml_attr_find(contents, volume ? "audience" : "levels");
    At at = {.span = foreign ? foreign->name_span : contents->span};
    return !foreign || diag_add(diags, DIAG_E111, &at, contents->name, foreign->name);
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

/* A course is of times. */
static bool check_times(const XmlAttr *by, Diags *diags)
{
    static const char *const words[] = {
        "旬", "月", "季", "半年", "年", "tendays", "month", "quarter", "half", "year"};
    Arena *arena = arena_new();
    const char *text = utf8_trim(arena, by->value);
    bool fine = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        fine = fine || strcmp(text, words[i]) == 0;
    At at = {.span = by->value_span};
    if (!fine && *text) /* a blank value is told already */
        diag_add(diags, DIAG_E692, &at, text);
    arena_free(arena);
    return fine;
}

bool schema_check_spark(const XmlNode *col, Diags *diags)
{
    static const char *const needs[] = {"of", "by", "value"}, *const idle[] = {"bar", "merge"};
    const XmlAttr *spark = xml_attr_find(col, "spark");
    bool fine = true;
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        const XmlAttr *attr = xml_attr_find(col, needs[i]);
        At at = {.span = attr ? attr->name_span : col->span};
        if (spark && !attr)
            fine = diag_add(diags, DIAG_E113, &at, col->name, needs[i]);
        else if (!spark && attr && strcmp(needs[i], "value") != 0)
            fine = diag_add(diags, DIAG_E693, &at, needs[i]);
    }
    for (size_t i = 0; spark && i < sizeof idle / sizeof *idle; i++) {
        const XmlAttr *attr = xml_attr_find(col, idle[i]);
        if (attr)
            diag_add(diags, DIAG_W150, &(At){.span = attr->name_span}, idle[i]);
    }
    const XmlAttr *by = spark ? xml_attr_find(col, "by") : NULL;
    return (!by || check_times(by, diags)) && fine;
}
