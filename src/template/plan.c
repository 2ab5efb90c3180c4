#include "template/plan.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "base/utf8.h"
#include "template/schema.h"
#include "template/template_tree.h"

Plan *template_plan(const Template *t)
{
    return t->plan;
}

void template_set_part(Template *t, const XmlNode *part)
{
    t->part = part;
}

const char *template_param(const Template *t, size_t index)
{
    const XmlNode *data = data_element(t->root);
    for (const XmlNode *child = data ? data->first : NULL; child; child = child->next) {
        bool param = child->kind == XML_ELEMENT && strcmp(child->name, "param") == 0;
        const XmlAttr *attr = param ? xml_attr_find(child, "name") : NULL;
        if (attr && index-- == 0)
            return attr->value;
    }
    return NULL;
}

bool template_has_param(const Template *t, const char *name)
{
    const char *param;
    for (size_t i = 0; (param = template_param(t, i)); i++)
        if (strcmp(param, name) == 0)
            return true;
    return false;
}

/* ---- periods ---- */

/* 每月 is a part for each month, 每季 for each quarter …; 末月 for the last month alone. */
static bool read_every(const char *text, PlanEntry *entry)
{
    static const char every[] = "每", last[] = "末";
    size_t length = strlen(every);
    bool only = strncmp(text, last, length) == 0;
    entry->period = only ? PLAN_LAST : PLAN_EVERY;
    return (only || strncmp(text, every, length) == 0) &&
           period_kind_parse(text + length, &entry->every);
}

static bool read_period(Arena *arena, const XmlAttr *attr, PlanEntry *entry)
{
    static const struct {
        const char *word, *twin;
        PlanPeriod period;
    } words[] = {{"本期", "this", PLAN_THIS}, {"上期", "previous", PLAN_PREVIOUS}};
    const char *text = utf8_trim(arena, attr->value);
    entry->period_at.span = attr->value_span;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        entry->period = words[i].period;
        if (strcmp(text, words[i].word) == 0 || strcmp(text, words[i].twin) == 0)
            return true;
    }
    if (read_every(text, entry))
        return true;
    entry->period = PLAN_FIXED;
    return period_parse(utf8_fold(arena, text), &entry->fixed);
}

static bool every_period(
    Arena *arena, const PlanEntry *entry, Period volume, Diags *diags, Period **out, size_t *count)
{
    size_t room = 0;
    Period p = period_containing(entry->every, volume.first);
    if (date_cmp(p.first, volume.first) < 0)
        p = period_next(p);
    for (; date_cmp(p.last, volume.last) <= 0; p = period_next(p)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = p;
    }
    if (entry->period == PLAN_LAST && *count > 0) {
        *out += *count - 1;
        *count = 1;
    }
    return *count > 0 ||
           diag_add(diags, DIAG_E595, &entry->period_at, xml_attr_find(entry->xml, "period")->value,
               period_name(arena, volume));
}

bool plan_periods(Arena *arena, const PlanEntry *entry, const Period *volume, Diags *diags,
    Period **out, size_t *count)
{
    *count = 0;
    *out = NULL;
    if ((entry->period == PLAN_EVERY || entry->period == PLAN_LAST) && volume)
        return every_period(arena, entry, *volume, diags, out, count);
    if (entry->period != PLAN_FIXED && !volume) {
        const XmlAttr *period = xml_attr_find(entry->xml, "period");
        return !period || diag_add(diags, DIAG_E593, &entry->period_at, period->value);
    }
    *out = ARENA_NEW(arena, Period);
    *count = 1;
    **out = entry->period == PLAN_FIXED      ? entry->fixed
            : entry->period == PLAN_PREVIOUS ? period_previous(*volume)
                                             : *volume;
    return true;
}

/* A template of a shorter period goes for each or the last one of the volume's; of a longer one the
 * period has to be named. */
const char *plan_period_meant(const Template *t, Arena *arena, Period given)
{
    Period fixed;
    PeriodKind kind = template_period_kind(t, &fixed);
    if (template_takes_period(t, given))
        return NULL;
    if (fixed.kind == PERIOD_NONE && kind < given.kind)
        return arena_printf(arena, "period=\"每%s\" / \"末%s\"", period_kind_name(kind),
            period_kind_name(kind));
    Period meant = fixed.kind != PERIOD_NONE ? fixed : period_containing(kind, given.last);
    return arena_printf(arena, "period=\"%s\"", period_raw(arena, meant));
}

/* ---- reading ---- */

static At attr_at(const XmlNode *element, const char *name)
{
    const XmlAttr *attr = xml_attr_find(element, name);
    return (At){.span = attr ? attr->value_span : element->span};
}

static const char *attr_value(const XmlNode *element, const char *name)
{
    const XmlAttr *attr = xml_attr_find(element, name);
    return attr ? attr->value : NULL;
}

static bool read_template(Template *t, const XmlNode *part, PlanEntry *entry)
{
    const XmlAttr *attr = xml_attr_find(part, "template");
    At at = {.span = attr ? attr->value_span : part->span};
    if (!attr)
        return true; /* schema_check has told */
    const char *path = arena_printf(t->arena, "%s%s", t->folder, attr->value);
    if (!*attr->value || !file_is_below(t->folder, attr->value)) {
        diag_add(t->diags, DIAG_E114, &at, part->name, attr->name, attr->value);
        diag_hint(t->diags, DIAG_H113);
        return false;
    }
    if (access(path, R_OK) != 0)
        return diag_add(t->diags, DIAG_E108, &at, attr->value, diag_system_text(t->diags, errno));
    entry->path = path;
    return true;
}

static bool read_part(Template *t, const XmlNode *part, PlanEntry *entry)
{
    const XmlAttr *period = xml_attr_find(part, "period");
    entry->each = attr_value(part, "each");
    entry->audience = attr_value(part, "audience");
    bool fine = read_template(t, part, entry);
    if (!period || read_period(t->arena, period, entry))
        return fine;
    entry->path = NULL; /* which paper it is to be is not known */
    entry->period = PLAN_THIS;
    diag_add(t->diags, DIAG_E114, &entry->period_at, part->name, period->name, period->value);
    diag_hint(t->diags, DIAG_H504, "本期、上期、每月、每季、末月、2024-06 …");
    return false;
}

static bool read_entry(Template *t, const XmlNode *element, ElementId id)
{
    Plan *plan = t->plan;
    PlanEntry *entry = &plan->entries[plan->count++];
    *entry = (PlanEntry){.kind = id == ELEMENT_PART  ? PLAN_PART
                                 : id == ELEMENT_PDF ? PLAN_PDF
                                                     : PLAN_DIVIDER,
        .at = {.span = element->span},
        .title_at = attr_at(element, "title"),
        .xml = element};
    entry->period_at = entry->at;
    return entry->kind != PLAN_PART || read_part(t, element, entry);
}

/* What stands in front, once each: <data>, <cover>, <contents>. */
static bool read_front(Template *t, const XmlNode *element, ElementId id)
{
    Plan *plan = t->plan;
    At at = {.span = element->span};
    bool *has = id == ELEMENT_COVER ? &plan->has_cover : &plan->has_contents;
    bool late = plan->count > 0 || *has || (id == ELEMENT_COVER && plan->has_contents);
    *has = true;
    if (id == ELEMENT_CONTENTS) {
        const XmlAttr *levels = xml_attr_find(element, "levels");
        const AttrDef *def = schema_attr_find(schema_element_find("contents"), "levels");
        const Choice *choice = levels ? schema_choice_find(def, levels->value) : NULL;
        plan->contents_levels = choice ? choice->value : 2;
    }
    return !late || diag_add(t->diags, DIAG_E592, &at, element->name);
}

static int choice_of(const XmlNode *root, const char *name, int absent)
{
    const XmlAttr *attr = xml_attr_find(root, name);
    const AttrDef *def = schema_attr_find(schema_element_find("bundle"), name);
    const Choice *choice = attr ? schema_choice_find(def, attr->value) : NULL;
    return choice ? choice->value : absent;
}

static bool read_children(Template *t)
{
    size_t room = 0;
    bool fine = true;
    for (const XmlNode *child = t->root->first; child; child = child->next)
        room += child->kind == XML_ELEMENT;
    t->plan->entries = ARENA_ARRAY(t->arena, PlanEntry, room + 1);
    for (const XmlNode *child = t->root->first; child; child = child->next) {
        const ElementDef *def =
            child->kind == XML_ELEMENT ? schema_element_find(child->name) : NULL;
        if (!def)
            continue;
        if (def->id == ELEMENT_COVER || def->id == ELEMENT_CONTENTS)
            fine = read_front(t, child, def->id) && fine;
        else if (def->id == ELEMENT_PART || def->id == ELEMENT_PDF || def->id == ELEMENT_DIVIDER)
            fine = read_entry(t, child, def->id) && fine;
    }
    return fine;
}

static bool has_papers(const Plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->entries[i].kind != PLAN_DIVIDER)
            return true;
    return false;
}

Template *plan_load(Arena *arena, const char *path, Diags *diags)
{
    Template *t = template_open(arena, path, diags);
    if (!t)
        return NULL;
    At at = {.span = t->root->span};
    if (strcmp(t->root->name, "bundle") != 0) {
        diag_add(diags, DIAG_E590, &at, t->root->name);
        return NULL;
    }
    t->plan = ARENA_NEW(arena, Plan);
    t->plan->title_at = attr_at(t->root, "title");
    t->sound = schema_check_plan(t->root, diags);
    template_read_period(t);
    t->plan->numbering = (Numbering)choice_of(t->root, "numbering", NUMBERING_THROUGH);
    t->plan->running_heads = choice_of(t->root, "running-head", CHOICE_NO) == CHOICE_YES;
    t->sound = read_children(t) && t->sound;
    if (!has_papers(t->plan))
        t->sound = diag_add(diags, DIAG_E591, &at);
    return t;
}
