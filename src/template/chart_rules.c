/* What the element table cannot say of a <chart>: where its rows come from, and which attribute
 * goes with which kind. Told before any figure is worked out, also where the chart stands in an if
 * that does not hold. */
#include <string.h>
#include "base/utf8.h"
#include "document/document.h"
#include "template/schema.h"
#include "template/template_tree.h"

/* ---- of= or query= ---- */

static const XmlNode *data_round(const XmlNode *node)
{
    while (node->parent)
        node = node->parent;
    return data_element(node);
}

static bool is_declared(Arena *arena, const XmlNode *data, const char *kind, const char *name)
{
    for (const XmlNode *child = data ? data->first : NULL; child; child = child->next) {
        bool meant = child->kind == XML_ELEMENT && strcmp(child->name, kind) == 0;
        const XmlAttr *id = meant ? xml_attr_find(child, "id") : NULL;
        if (id && strcmp(utf8_trim(arena, id->value), name) == 0)
            return true;
    }
    return false;
}

/* A csv is drawn by of=, which takes row steps as well. A name that is not declared at all is told
 * where names are looked up. */
static bool check_query(const XmlNode *chart, const XmlAttr *query, Arena *arena, Diags *diags)
{
    const XmlNode *data = data_round(chart);
    const char *name = utf8_trim(arena, query->value);
    At at = {.span = query->value_span};
    if (is_declared(arena, data, "query", name) || !is_declared(arena, data, "csv", name))
        return true;
    diag_add(diags, DIAG_E695, &at, name);
    diag_hint(diags, DIAG_H664, name);
    return false;
}

bool schema_check_chart(const XmlNode *chart, Diags *diags)
{
    const XmlAttr *of = xml_attr_find(chart, "of"), *query = xml_attr_find(chart, "query");
    At at = {.span = chart->span};
    if (of && query)
        return diag_add(diags, DIAG_E694, &(At){.span = query->name_span});
    if (!of && !query)
        return diag_add(diags, DIAG_E113, &at, chart->name, "of");
    if (of || !query->value[0])
        return true; /* a blank value is told already */
    Arena *arena = arena_new();
    bool fine = check_query(chart, query, arena, diags);
    arena_free(arena);
    return fine;
}

/* ---- what goes with a kind ---- */

#define KIND(name) (1u << CHART_##name)

enum {
    /* one axis of values, on which a line across the plot means something */
    GROUPED = KIND(BAR) | KIND(HBAR) | KIND(LINE) | KIND(COMBO),
    ONE_SERIES = KIND(PIE) | KIND(DONUT) | KIND(BULLET),
};

static const struct {
    const char *name;
    unsigned kinds; /* the attribute is for these alone */
    bool word;      /* 否 asks for nothing */
} uses[] = {
    {"stack", KIND(BAR), true},
    {"line", KIND(COMBO), false},
    {"line-unit", KIND(COMBO), false},
    {"target", GROUPED | KIND(STACKED) | KIND(PERCENT) | KIND(BULLET) | KIND(RADAR), false},
    {"average", GROUPED, true},
    {"extremes", GROUPED, true},
};

static const struct {
    ChartKind kind;
    const char *name;
} needs[] = {{CHART_COMBO, "line"}, {CHART_BULLET, "target"}};

static const char *kind_word(const AttrDef *def, int kind)
{
    const Choice *choice = def->choices;
    while (choice->value != kind)
        choice++;
    return choice->name;
}

/* 柱、折线: where the attribute may stand. */
static const char *kind_list(Arena *arena, const AttrDef *def, unsigned kinds)
{
    const char *list = NULL;
    for (const Choice *choice = def->choices; choice->name; choice++)
        if (kinds & 1u << choice->value)
            list = list ? arena_printf(arena, "%s、%s", list, choice->name) : choice->name;
    return list;
}

static bool check_uses(Template *t, const Node *chart, const Attr *kind)
{
    bool fine = true;
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        const Attr *attr = node_attr(chart, uses[i].name);
        if (!attr || uses[i].kinds & 1u << kind->choice ||
            (uses[i].word && attr->choice == CHOICE_NO))
            continue;
        At at = {.span = attr->xml->name_span};
        fine = diag_add(t->diags, DIAG_E697, &at, uses[i].name, kind_word(kind->def, kind->choice));
        diag_hint(t->diags, DIAG_H663, kind_list(t->arena, kind->def, uses[i].kinds));
    }
    return fine;
}

static bool check_needs(Template *t, const Node *chart, const Attr *kind)
{
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (needs[i].kind == (ChartKind)kind->choice && !xml_attr_find(chart->xml, needs[i].name))
            return diag_add(
                t->diags, DIAG_E696, &kind->at, kind_word(kind->def, kind->choice), needs[i].name);
    return true;
}

static bool check_one_series(Template *t, const Node *chart, const Attr *kind)
{
    const Expr *values = node_expr(chart, "value");
    int count = values ? expr_list_count(values) : 0;
    if (count <= 1 || !(ONE_SERIES & 1u << kind->choice))
        return true;
    return diag_add(t->diags, DIAG_E136, &kind->at, kind_word(kind->def, kind->choice), count);
}

/* One value twice is one series twice. */
static bool check_twice(Template *t, const Node *chart, const char *name)
{
    const Expr *values = node_expr(chart, name);
    for (int i = 0; values && i < expr_list_count(values); i++)
        for (int k = 0; k < i; k++)
            if (strcmp(expr_list_name(values, i), expr_list_name(values, k)) == 0)
                return diag_add(t->diags, DIAG_E698, &node_attr(chart, name)->at, name,
                    expr_list_name(values, i));
    return true;
}

/* A value is drawn as bars or as a line. */
static bool check_lines(Template *t, const Node *chart)
{
    const Expr *values = node_expr(chart, "value"), *lines = node_expr(chart, "line");
    if (!values || !lines)
        return true;
    for (int i = 0; i < expr_list_count(lines); i++)
        for (int v = 0; v < expr_list_count(values); v++)
            if (strcmp(expr_list_name(lines, i), expr_list_name(values, v)) == 0)
                return diag_add(
                    t->diags, DIAG_E699, &node_attr(chart, "line")->at, expr_list_name(lines, i));
    return true;
}

bool chart_check(Template *t, const Node *chart)
{
    const Attr *kind = node_attr(chart, "kind");
    if (!kind)
        return false; /* told */
    bool fine = check_uses(t, chart, kind);
    fine = check_needs(t, chart, kind) && fine;
    fine = check_one_series(t, chart, kind) && fine;
    fine = check_twice(t, chart, "value") && fine;
    fine = check_twice(t, chart, "line") && fine;
    return check_lines(t, chart) && fine;
}

const char *chart_kind_word(const Node *chart)
{
    const Attr *kind = node_attr(chart, "kind");
    return kind_word(kind->def, kind->choice);
}
