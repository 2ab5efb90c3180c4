#include "template/template_tree.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "template/schema.h"

const XmlNode *data_element(const XmlNode *root)
{
    for (const XmlNode *child = root->first; child; child = child->next)
        if (child->kind == XML_ELEMENT && strcmp(child->name, "data") == 0)
            return child;
    return NULL;
}

bool path_is_below(const char *path)
{
    for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || !part[2]))
            return false;
    return path[0] != '/';
}

bool path_lies_in(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    bool root = strcmp(folder, "/") == 0;
    return root || (strncmp(path, folder, length) == 0 && path[length] == '/');
}

bool file_is_below(const char *folder, const char *path)
{
    char real_folder[PATH_MAX], real_path[PATH_MAX], joined[PATH_MAX];
    int length = snprintf(joined, sizeof joined, "%s%s", folder, path);
    if (!path_is_below(path) || length >= (int)sizeof joined)
        return false;
    return !realpath(folder, real_folder) || !realpath(joined, real_path) ||
           path_lies_in(real_path, real_folder);
}

/* What does not read as a kind or as one fixed period, schema_check has told. */
void template_read_period(Template *t)
{
    const XmlAttr *attr = xml_attr_find(t->root, "period");
    size_t room = sizeof t->period_kinds / sizeof *t->period_kinds;
    char entry[32];
    if (!attr)
        return;
    t->period_at.span = attr->value_span;
    if (period_parse(attr->value, &t->fixed_period))
        return;
    t->fixed_period.kind = PERIOD_NONE;
    const char *list = attr->value;
    while (t->period_kind_count < (int)room && lengths_next(&list, entry)) {
        if (!period_kind_parse(entry, &t->period_kinds[t->period_kind_count++])) {
            t->period_kind_count = 0;
            return;
        }
    }
}

/* lint-off: what the paper is not to be looked through for. */
static bool switch_off(Template *t)
{
    const XmlAttr *attr = xml_attr_find(t->root, "lint-off");
    const char *unknown = attr ? diag_switch_off(t->diags, attr->value) : NULL;
    At at = {.span = unknown ? attr->value_span : (Span){0}};
    if (!unknown)
        return true;
    diag_add(t->diags, DIAG_E720, &at, unknown);
    diag_hint(t->diags, DIAG_H721);
    return false;
}

Template *template_open(Arena *arena, const char *path, Diags *diags)
{
    XmlNode *root = xml_load(arena, path, diags);
    if (!root)
        return NULL;
    Template *t = ARENA_NEW(arena, Template);
    const char *slash = strrchr(path, '/');
    t->arena = arena;
    t->diags = diags;
    t->folder = slash ? arena_strndup(arena, path, (size_t)(slash - path) + 1) : "./";
    t->root = root;
    return include_expand(arena, root, path, t->folder, &t->included, diags) ? t : NULL;
}

Template *template_load(Arena *arena, const char *path, Diags *diags)
{
    Template *t = template_open(arena, path, diags);
    if (!t)
        return NULL;
    t->sound = schema_check(t->root, diags);
    if (strcmp(t->root->name, "report") != 0)
        return NULL;
    template_read_period(t);
    const XmlAttr *each = xml_attr_find(t->root, "each");
    t->each = each ? each->value : NULL;
    t->sound = switch_off(t) && t->sound;
    return t;
}

const char *template_included(const Template *t, size_t index)
{
    return index < t->included.count ? t->included.paths[index] : NULL;
}

bool template_has_data(const Template *t)
{
    const XmlNode *data = data_element(t->root);
    if (!data)
        return false;
    for (const XmlNode *child = data->first; child; child = child->next)
        if (child->kind == XML_ELEMENT && strcmp(child->name, "csv") == 0)
            return true;
    return xml_attr_find(data, "roster") != NULL;
}

PeriodKind template_period_kind(const Template *t, Period *fixed)
{
    *fixed = t->fixed_period;
    if (t->fixed_period.kind != PERIOD_NONE)
        return t->fixed_period.kind;
    return t->period_kind_count ? t->period_kinds[0] : PERIOD_NONE;
}

bool template_takes_period(const Template *t, Period p)
{
    bool fixed = t->fixed_period.kind != PERIOD_NONE;
    bool taken = fixed ? period_equal(p, t->fixed_period) : t->period_kind_count == 0;
    for (int i = 0; i < t->period_kind_count; i++)
        taken = taken || t->period_kinds[i] == p.kind;
    return taken;
}

bool template_accepts_period(const Template *t, Period p, Diags *diags)
{
    if (template_takes_period(t, p))
        return true;
    const XmlAttr *attr = xml_attr_find(t->root, "period");
    return diag_add(diags, DIAG_E133, &t->period_at, attr->value, period_raw(t->arena, p));
}

void template_set_audience(Template *t, const char *audience)
{
    t->audience = audience;
}

void template_set_each(Template *t, const char *each)
{
    t->each = each ? each : t->each;
}

const char *template_each(const Template *t)
{
    return t->each;
}

bool template_has_units(const Template *t)
{
    return t->each != NULL;
}

void template_trace(Template *t)
{
    engine_trace(t->engine);
}

int template_holes(const Template *t)
{
    return engine_holes(t->engine);
}

Engine *template_engine(const Template *t)
{
    return t->engine;
}
