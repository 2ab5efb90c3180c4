/* Values that stand in the template as they are, though they are read only when the paper is made:
 * one mistake beside them does not keep them back until the next run. */
#include <string.h>
#include "template/schema.h"
#include "template/schema_table.h"
#include "template/style_parameters.h"
#include "template/template_tree.h"

/* Those with a value in them are known only then. */
static void check_style(const XmlNode *style, Diags *diags)
{
    Arena *arena = arena_new();
    DocStyle scratch = style_default(FORM_REPORT);
    const StyleParameter *parameter;
    for (size_t i = 0; (parameter = style_parameter(i)) != NULL; i++) {
        const XmlAttr *attr = xml_attr_find(style, style_parameter_name(parameter));
        if (!attr || strpbrk(attr->value, "{}") ||
            style_parameter_read(arena, parameter, attr->value, &scratch))
            continue;
        At at = {.span = attr->value_span};
        style_parameter_fault(diags, parameter, &at, attr->value);
    }
    arena_free(arena);
}

static void check_font(const XmlNode *font, Diags *diags)
{
    const XmlAttr *file = xml_attr_find(font, "file");
    if (!file || path_is_below(file->value))
        return;
    At at = {.span = file->value_span};
    diag_add(diags, DIAG_E114, &at, font->name, file->name, file->value);
    diag_hint(diags, DIAG_H113);
}

/* 国发〔1999〕25号: seals have 42 to 50 mm; smaller ones are for special purposes. */
static const struct {
    const char *attr, *beside; /* counts only without the other */
    int least, most;
} ROOMS[] = {{"seal", "post", 30, 60}, {"stamp", "unit", 20, 60}};

bool schema_check_rooms(const XmlNode *sign, Diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < sizeof ROOMS / sizeof *ROOMS; i++) {
        const XmlAttr *attr = xml_attr_find(sign, ROOMS[i].attr);
        double millimetres;
        if (!attr || xml_attr_find(sign, ROOMS[i].beside) ||
            !length_parse(attr->value, &millimetres) ||
            (millimetres >= ROOMS[i].least && millimetres <= ROOMS[i].most))
            continue;
        At at = {.span = attr->value_span};
        ok =
            diag_add(diags, DIAG_E623, &at, attr->name, ROOMS[i].least, ROOMS[i].most, attr->value);
    }
    return ok;
}

void schema_check_literals(const XmlNode *root, Diags *diags)
{
    for (const XmlNode *child = root->first; child; child = child->next) {
        if (child->kind != XML_ELEMENT)
            continue;
        if (strcmp(child->name, "style") == 0)
            check_style(child, diags);
        else if (strcmp(child->name, "font") == 0)
            check_font(child, diags);
        else if (strcmp(child->name, "sign") == 0)
            schema_check_rooms(child, diags);
        schema_check_literals(child, diags);
    }
}
