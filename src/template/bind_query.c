/* <query>: derived tables, worked out when the tables and params that they read are there. */
#include <string.h>
#include "base/utf8.h"
#include "data/query.h"
#include "template/template_tree.h"

typedef struct Queries {
    Template *t;
    Store *store;
    const EngineOptions *options;
    Map *unknown; /* names of what could not be had */
    QueryParam *params;
    size_t count, capacity;
    bool sound;
} Queries;

static void add_param(Queries *queries, QueryParam param)
{
    queries->params = arena_grow(queries->t->arena, queries->params, queries->count,
        &queries->capacity, sizeof *queries->params);
    queries->params[queries->count++] = param;
}

static const char *day_text(const Queries *queries, bool known, Date day)
{
    char text[16];
    return known ? arena_strdup(queries->t->arena, date_format_iso(day, text)) : NULL;
}

/* Days are written as the views show them. */
static void add_own_params(Queries *queries)
{
    const EngineOptions *options = queries->options;
    bool period = options->has_period;
    Date as_of = options->has_as_of ? options->as_of : options->period.last;
    add_param(queries,
        (QueryParam){.name = "期初", .text = day_text(queries, period, options->period.first)});
    add_param(queries,
        (QueryParam){.name = "期末", .text = day_text(queries, period, options->period.last)});
    add_param(queries, (QueryParam){.name = "截至",
                           .text = day_text(queries, period || options->has_as_of, as_of)});
}

static void add_params(Queries *queries, const XmlNode *data)
{
    add_own_params(queries);
    for (const XmlNode *child = data->first; child; child = child->next) {
        bool is_param = child->kind == XML_ELEMENT && strcmp(child->name, "param") == 0;
        const XmlAttr *name = is_param ? xml_attr_find(child, "name") : NULL;
        char *folded = name ? utf8_fold(queries->t->arena, name->value) : NULL;
        const Datum *value = folded ? engine_param(queries->t->engine, folded) : NULL;
        if (value && value->kind == DATUM_NUMBER)
            add_param(
                queries, (QueryParam){.name = folded, .is_number = true, .number = value->number});
        else if (value)
            add_param(queries, (QueryParam){.name = folded, .text = value->text});
    }
}

static const Column *more_column(void *user, const Table *table, size_t index)
{
    return engine_derived(user, table, index);
}

/* Its SQL speaks of what could not be read: that was told. */
static bool speaks_of_unknown(const Queries *queries, const XmlNode *query)
{
    for (const XmlNode *text = query->first; text; text = text->next)
        for (size_t i = 0; text->kind == XML_TEXT && i < map_count(queries->unknown); i++)
            if (strstr(text->text, map_key(queries->unknown, i)) &&
                !store_is_lost(queries->store, map_key(queries->unknown, i)))
                return true;
    return false;
}

static bool is_taken(const Queries *queries, const char *id)
{
    return store_find(queries->store, id) || map_find(queries->unknown, id);
}

static void lose(Queries *queries, const char *id)
{
    map_put(queries->unknown, id, queries->unknown);
}

static void load_query(Queries *queries, const XmlNode *element)
{
    QueryDecl decl;
    Template *t = queries->t;
    bool declared = query_declare(t->arena, element, t->diags, &decl);
    const char *id = decl.table.id;
    const XmlAttr *attr = xml_attr_find(element, "id");
    queries->sound = queries->sound && declared;
    if (!id)
        return; /* schema_check has told */
    At at = {.span = attr->value_span};
    if (is_taken(queries, id)) {
        queries->sound = diag_add(t->diags, DIAG_E129, &at, id);
        return;
    }
    decl.table.at = at;
    decl.params = queries->params;
    decl.param_count = queries->count;
    decl.more_columns = more_column;
    decl.user = t->engine;
    bool known = declared && !speaks_of_unknown(queries, element);
    const Table *table = known ? store_query(queries->store, &decl) : NULL;
    if (known && !table && !store_is_lost(queries->store, id))
        queries->sound = false;
    if (!table)
        lose(queries, id);
}

bool queries_load(
    Template *t, Store *store, const XmlNode *data, const EngineOptions *options, Map *unknown)
{
    Queries queries = {
        .t = t, .store = store, .options = options, .unknown = unknown, .sound = true};
    add_params(&queries, data);
    for (const XmlNode *child = data->first; child; child = child->next)
        if (child->kind == XML_ELEMENT && strcmp(child->name, "query") == 0)
            load_query(&queries, child);
    return queries.sound;
}
