#include "data/catalogue.h"

#include <string.h>
#include "base/map.h"
#include "base/utf8.h"
#include "markup/xml.h"

struct Catalogue {
    Indicator *indicators;
    size_t count, capacity;
    Map *names; /* names and aliases → position + 1 */
};

static const struct {
    const char *chinese, *english;
    ColumnKind kind;
} KINDS[] = {
    {"流量", "flow", KIND_FLOW},
    {"存量", "stock", KIND_STOCK},
    {"比率", "ratio", KIND_RATIO},
    {"评分", "score", KIND_SCORE},
    {"目标", "target", KIND_TARGET},
    {"文本", "text", KIND_TEXT},
    {"日期", "date", KIND_DATE},
};

typedef struct Reading {
    Arena *arena;
    Diags *diags;
    Catalogue *catalogue;
    Indicator *indicator;
    const XmlAttr *attr;
} Reading;

static bool refuse(Reading *reading)
{
    At at = {.span = reading->attr->value_span};
    return diag_add(reading->diags, DIAG_E254, &at, reading->attr->name, reading->attr->value);
}

static bool refuse_for(Reading *reading, const char *allowed)
{
    refuse(reading);
    diag_hint(reading->diags, DIAG_H504, allowed);
    return false;
}

static bool read_name(Reading *reading)
{
    reading->indicator->name = utf8_fold(reading->arena, reading->attr->value);
    return *reading->indicator->name || refuse(reading);
}

static bool read_alias(Reading *reading)
{
    Indicator *indicator = reading->indicator;
    const char *rest = reading->attr->value;
    size_t capacity = 0;
    while (*rest) {
        const char *start = rest, *end = rest;
        for (uint32_t c; (c = utf8_next(&rest)) && c != ',' && c != 0xFF0C && c != 0x3001;) {
            end = rest;
        }
        char *name =
            utf8_fold(reading->arena, arena_strndup(reading->arena, start, (size_t)(end - start)));
        if (*name) {
            indicator->aliases = arena_grow(reading->arena, indicator->aliases,
                (size_t)indicator->alias_count, &capacity, sizeof *indicator->aliases);
            indicator->aliases[indicator->alias_count++] = name;
        }
    }
    return true;
}

static bool read_unit(Reading *reading)
{
    const char *unit = utf8_fold(reading->arena, reading->attr->value);
    reading->indicator->unit = *unit ? unit : NULL;
    return true;
}

static bool read_group(Reading *reading)
{
    const char *group = utf8_fold(reading->arena, reading->attr->value);
    reading->indicator->group = *group ? group : NULL;
    return true;
}

const char *kind_name(ColumnKind kind, bool english)
{
    size_t i = 0;
    while (KINDS[i].kind != kind) {
        i++;
    }
    return english ? KINDS[i].english : KINDS[i].chinese;
}

static bool read_kind(Reading *reading)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(reading->attr->value, KINDS[i].chinese) == 0 ||
            strcmp(reading->attr->value, KINDS[i].english) == 0) {
            reading->indicator->has_kind = true;
            reading->indicator->kind = KINDS[i].kind;
            return true;
        }
    }
    const char *allowed = KINDS[0].chinese;
    for (size_t i = 1; i < sizeof KINDS / sizeof *KINDS; i++) {
        allowed = arena_printf(reading->arena, "%s、%s", allowed, KINDS[i].chinese);
    }
    return refuse_for(reading, allowed);
}

static bool read_decimals(Reading *reading)
{
    const char *value = reading->attr->value;
    if (value[0] < '0' || value[0] > '0' + DECIMAL_STORE_SCALE || value[1]) {
        return refuse_for(reading, arena_printf(reading->arena, "0—%d", DECIMAL_STORE_SCALE));
    }
    reading->indicator->decimals = value[0] - '0';
    return true;
}

static bool read_good(Reading *reading)
{
    static const struct {
        const char *word;
        int good;
    } words[] = {{"升", 1}, {"up", 1}, {"高", 1}, {"降", -1}, {"down", -1}, {"低", -1}, {"无", 0},
        {"none", 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(reading->attr->value, words[i].word) == 0) {
            reading->indicator->good = words[i].good;
            return true;
        }
    }
    return refuse_for(reading, "升、降、无");
}

/* 95, 0.95 or 95%. */
static bool read_bound(Reading *reading, Decimal *bound)
{
    char *text = utf8_fold(reading->arena, reading->attr->value);
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    if (percent) {
        text[length - 1] = '\0';
    }
    if (!decimal_parse(text, bound) || bound->scale > DECIMAL_STORE_SCALE) {
        return refuse_for(reading, "95、0.95、95% …");
    }
    bound->scale += percent ? 2 : 0;
    return true;
}

static bool read_min(Reading *reading)
{
    return reading->indicator->has_min = read_bound(reading, &reading->indicator->min);
}

static bool read_max(Reading *reading)
{
    return reading->indicator->has_max = read_bound(reading, &reading->indicator->max);
}

static bool read_part(Reading *reading, const char **part, At *at)
{
    const char *name = utf8_fold(reading->arena, reading->attr->value);
    *at = (At){.span = reading->attr->value_span};
    *part = *name ? name : NULL;
    return *name || refuse(reading);
}

static bool read_numerator(Reading *reading)
{
    Indicator *indicator = reading->indicator;
    return read_part(reading, &indicator->numerator, &indicator->numerator_at);
}

static bool read_denominator(Reading *reading)
{
    Indicator *indicator = reading->indicator;
    return read_part(reading, &indicator->denominator, &indicator->denominator_at);
}

bool indicator_parts_agree(const Indicator *indicator, Diags *diags)
{
    const At *at = indicator->numerator ? &indicator->numerator_at : &indicator->denominator_at;
    bool none = !indicator->numerator && !indicator->denominator;
    bool both = indicator->numerator && indicator->denominator;
    bool ratio = indicator->has_kind && indicator->kind == KIND_RATIO;
    return none || (both && ratio) || diag_add(diags, DIAG_E280, at, indicator->name);
}

static const struct {
    const char *name;
    bool (*read)(Reading *reading);
} ATTRIBUTES[] = {
    {"name", read_name},
    {"alias", read_alias},
    {"unit", read_unit},
    {"kind", read_kind},
    {"decimals", read_decimals},
    {"good", read_good},
    {"min", read_min},
    {"max", read_max},
    {"group", read_group},
    {"numerator", read_numerator},
    {"denominator", read_denominator},
};

bool indicator_read(Arena *arena, const XmlAttr *attr, Diags *diags, Indicator *out, bool *known)
{
    Reading reading = {.arena = arena, .diags = diags, .indicator = out, .attr = attr};
    *known = true;
    for (size_t i = 0; i < sizeof ATTRIBUTES / sizeof *ATTRIBUTES; i++) {
        if (strcmp(attr->name, ATTRIBUTES[i].name) == 0) {
            return ATTRIBUTES[i].read(&reading);
        }
    }
    return *known = false;
}

static bool read_attribute(Reading *reading)
{
    const XmlAttr *attr = reading->attr;
    bool known;
    bool whole = indicator_read(reading->arena, attr, reading->diags, reading->indicator, &known);
    if (known) {
        return whole;
    }
    const char *names[sizeof ATTRIBUTES / sizeof *ATTRIBUTES];
    for (size_t i = 0; i < sizeof ATTRIBUTES / sizeof *ATTRIBUTES; i++) {
        names[i] = ATTRIBUTES[i].name;
    }
    At at = {.span = attr->name_span};
    diag_add(reading->diags, DIAG_E252, &at, attr->name);
    const char *nearest = utf8_nearest(attr->name, names, sizeof names / sizeof *names);
    if (nearest) {
        diag_hint(reading->diags, DIAG_H001, nearest);
    }
    return false;
}

/* One name may stand for one indicator only, be it as name or alias. */
static bool enter_name(Reading *reading, const XmlNode *element, const char *name)
{
    Catalogue *catalogue = reading->catalogue;
    if (map_find(catalogue->names, name)) {
        At at = {.span = element->span};
        return diag_add(reading->diags, DIAG_E255, &at, name);
    }
    map_put(catalogue->names, name, (void *)(uintptr_t)(catalogue->count + 1));
    return true;
}

static bool read_indicator(Reading *reading, const XmlNode *element)
{
    Catalogue *catalogue = reading->catalogue;
    Indicator indicator = {.decimals = -1};
    bool whole = true;
    reading->indicator = &indicator;
    for (int i = 0; i < element->attr_count; i++) {
        reading->attr = &element->attrs[i];
        whole = read_attribute(reading) && whole;
    }
    At at = {.span = element->span};
    if (!xml_attr_find(element, "name")) {
        return diag_add(reading->diags, DIAG_E253, &at);
    }
    if (!indicator.name) {
        return false;
    }
    whole = enter_name(reading, element, indicator.name) && whole;
    whole = indicator_parts_agree(&indicator, reading->diags) && whole;
    for (int i = 0; i < indicator.alias_count; i++) {
        whole = enter_name(reading, element, indicator.aliases[i]) && whole;
    }
    catalogue->indicators = arena_grow(reading->arena, catalogue->indicators, catalogue->count,
        &catalogue->capacity, sizeof *catalogue->indicators);
    catalogue->indicators[catalogue->count++] = indicator;
    return whole;
}

static bool read_root(Reading *reading, const XmlNode *root)
{
    At at = {.span = root->span};
    if (strcmp(root->name, "catalogue") != 0) {
        return diag_add(reading->diags, DIAG_E250, &at, root->name);
    }
    bool whole = true;
    for (const XmlNode *node = root->first; node; node = node->next) {
        if (node->kind == XML_TEXT) {
            continue;
        }
        if (strcmp(node->name, "indicator") == 0) {
            whole = read_indicator(reading, node) && whole;
        } else {
            at.span = node->span;
            whole = diag_add(reading->diags, DIAG_E251, &at, node->name);
        }
    }
    return whole;
}

const Catalogue *catalogue_load(Arena *arena, const char *path, Diags *diags)
{
    const XmlNode *root = xml_load(arena, path, diags);
    if (!root) {
        return NULL;
    }
    Catalogue *catalogue = ARENA_NEW(arena, Catalogue);
    catalogue->names = map_new(arena);
    Reading reading = {.arena = arena, .diags = diags, .catalogue = catalogue};
    return read_root(&reading, root) ? catalogue : NULL;
}

int catalogue_position(const Catalogue *catalogue, const Indicator *indicator)
{
    return (int)(indicator - catalogue->indicators);
}

const Indicator *catalogue_find(const Catalogue *catalogue, const char *name)
{
    size_t position = (size_t)(uintptr_t)map_find(catalogue->names, name);
    return position ? &catalogue->indicators[position - 1] : NULL;
}
