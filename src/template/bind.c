#include "template/template_tree.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "data/catalogue.h"
#include "data/coverage.h"
#include "data/declare.h"
#include "data/ledger.h"
#include "data/targets.h"
#include "template/audience.h"
#include "template/schema.h"
#include "template/text_file.h"

/* What the declarations leave behind for the check of all expressions. */
typedef struct Binding {
    Template *t;
    Store *store;
    const char *data_dir;
    const EngineOptions *options;
    const TemplateParam *params;
    int param_count;
    Map *sets;    /* name → Expr */
    Map *unknown; /* names that stand for nothing after a fault: tables not read, params without
                     value, sets made of them. Not checked further */
    bool catalogue_lost;
    bool table_lost; /* columns are missing with it */
    const Targets *targets; /* NULL: none */
    const Expr **failed; /* of= whose check failed */
    size_t failed_count, failed_room;
    bool ok;
} Binding;

static At at_attr(const XmlNode *element, const char *name)
{
    const XmlAttr *attr = xml_attr_find(element, name);
    return (At){.span = attr ? attr->value_span : element->span};
}

static const char *attr_text(const XmlNode *element, const char *name)
{
    const XmlAttr *attr = xml_attr_find(element, name);
    return attr ? attr->value : NULL;
}

/* ---- tables ---- */

static void load_catalogue(Binding *binding, const XmlNode *data)
{
    const char *href = attr_text(data, "catalogue");
    const Catalogue *catalogue = NULL;
    At at = at_attr(data, "catalogue");
    if (!href)
        return;
    if (file_is_below(binding->t->folder, href)) {
        const char *path = arena_printf(binding->t->arena, "%s%s", binding->t->folder, href);
        included_add(binding->t->arena, &binding->t->included, path);
        if (access(path, R_OK) == 0)
            catalogue = catalogue_load(binding->t->arena, path, binding->t->diags);
        else
            diag_add(binding->t->diags, DIAG_E108, &at, href,
                diag_system_text(binding->t->diags, errno));
    } else {
        diag_add(binding->t->diags, DIAG_E114, &at, data->name, "catalogue", href);
        diag_hint(binding->t->diags, DIAG_H113);
    }
    store_set_catalogue(binding->store, catalogue);
    binding->catalogue_lost = !catalogue;
    binding->ok = binding->ok && catalogue;
}

static const Table *load_table(Binding *binding, const CsvDecl *decl)
{
    const EngineOptions *options = binding->options;
    const Period *period = options->has_period ? &options->period : NULL;
    /* What all else is measured by, a draft cannot do without either: villages would be out of place,
     * targets missing in silence. */
    bool measure = strcmp(decl->id, "网格") == 0 || strcmp(decl->id, "任务") == 0;
    store_set_draft(binding->store, options->draft && !measure);
    const Table *table = store_load(binding->store, decl, binding->data_dir, period);
    if (!table && !store_is_lost(binding->store, decl->id))
        binding->ok = false;
    binding->table_lost = binding->table_lost || !table;
    if (!table || binding->catalogue_lost) /* without the catalogue its other names are not known */
        map_put(binding->unknown, decl->id, binding);
    return table;
}

static void add_text(Buf *out, const char *text)
{
    buf_addf(out, "%zu %s ", strlen(text), text);
}

static void add_element(Buf *out, const XmlNode *element)
{
    add_text(out, element->name);
    for (int i = 0; i < element->attr_count; i++) {
        add_text(out, element->attrs[i].name);
        add_text(out, element->attrs[i].value);
    }
    for (const XmlNode *child = element->first; child; child = child->next)
        if (child->kind == XML_ELEMENT)
            add_element(out, child);
    buf_adds(out, "/ ");
}

/* What a table becomes depends on its declaration, the catalogue, the roster (names of villages) and the
 * year of months without one. `element`: that with the declaration. NULL: it is like no other – a draft lists
 * what is wrong with its tables, each part of a volume in its own. */
static const char *likeness(const Binding *binding, const XmlNode *element, const char *attr)
{
    const EngineOptions *options = binding->options;
    const XmlNode *data = data_element(binding->t->root);
    const Table *roster = store_roster(binding->store);
    const char *catalogue = attr_text(data, "catalogue");
    Buf text = {0};
    if (options->draft)
        return NULL;
    buf_addf(&text, "%d %s ", options->has_period ? options->period.last.year : 0,
        roster ? roster->sql : "");
    add_text(&text, catalogue ? binding->t->folder : "");
    add_text(&text, catalogue ? catalogue : "");
    if (attr) {
        add_text(&text, attr);
        add_text(&text, attr_text(element, attr));
    } else {
        add_element(&text, element);
    }
    const char *kept = arena_strndup(binding->t->arena, text.data, text.length);
    buf_free(&text);
    return kept;
}

static bool is_roster(const XmlNode *csv)
{
    const char *id = attr_text(csv, "id");
    return id && strcmp(id, "网格") == 0;
}

static void load_csv(Binding *binding, const XmlNode *csv, Map *ids)
{
    CsvDecl decl;
    bool declared = csv_declare(binding->t->arena, csv, binding->t->diags, &decl);
    decl.likeness = declared ? likeness(binding, csv, NULL) : NULL;
    At id_at = at_attr(csv, "id");
    const Table *table = NULL;
    binding->ok = binding->ok && declared;
    binding->table_lost = binding->table_lost || !decl.id || !decl.files;
    if (!decl.id || !decl.files)
        return; /* schema_check has told */
    if (map_find(ids, decl.id))
        binding->ok = diag_add(binding->t->diags, DIAG_E129, &id_at, decl.id);
    else
        table = load_table(binding, &decl);
    if (table && is_roster(csv))
        store_set_roster(binding->store, table);
    map_put(ids, decl.id, binding);
}

/* The roster is the table 网格, declared by roster= or by a csv of that id. */
static void load_roster(Binding *binding, const XmlNode *data, Map *ids)
{
    const char *files = attr_text(data, "roster");
    At at = at_attr(data, "roster");
    CsvDecl decl = {
        .id = "网格", .files = files, .at = at, .files_at = at, .period_at = at, .key_at = at};
    decl.likeness = files ? likeness(binding, data, "roster") : NULL;
    const Table *roster = files ? load_table(binding, &decl) : NULL;
    if (files)
        map_put(ids, decl.id, binding);
    if (roster)
        store_set_roster(binding->store, roster);
}

/* ---- targets ---- */

/* A csv of the same file is the same table: nothing is read twice. */
static const XmlNode *targets_csv(const XmlNode *data, const char *files)
{
    for (const XmlNode *child = data->first; child; child = child->next) {
        bool csv = child->kind == XML_ELEMENT && strcmp(child->name, "csv") == 0;
        const char *from = csv ? attr_text(child, "files") : NULL;
        if (from && attr_text(child, "id") && strcmp(from, files) == 0)
            return child;
    }
    return NULL;
}

/* What is worked out from targets that could not be read is not checked. */
static void lose_targets(Binding *binding)
{
    static const char *const steps[] = {
        "目标", "完成率", "进度差", "target", "attained", "pace"};
    binding->ok = false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        map_put(binding->unknown, steps[i], binding);
}

/* targets= is the table 任务, unless a csv has the file already. */
static const Table *load_targets_table(
    Binding *binding, const XmlNode *data, const char *files, const At *at)
{
    CsvDecl decl = targets_declare(files, at);
    decl.likeness = likeness(binding, data, "targets");
    return load_table(binding, &decl);
}

static void load_targets(Binding *binding, const XmlNode *data, const Map *ids)
{
    const char *files = attr_text(data, "targets");
    const XmlNode *csv = files ? targets_csv(data, files) : NULL;
    At at = at_attr(data, "targets");
    const Table *table = NULL;
    if (!files)
        return;
    if (csv)
        table = store_find(binding->store, attr_text(csv, "id"));
    else if (map_find(ids, "任务"))
        diag_add(binding->t->diags, DIAG_E129, &at, "任务");
    else
        table = load_targets_table(binding, data, files, &at);
    binding->targets = table && !table->faults ? targets_load(binding->store, table, &at) : NULL;
    if (!binding->targets)
        lose_targets(binding);
}

/* What no cell shows by itself. */
static void check_rows(Store *store, const EngineOptions *options)
{
    const Date *as_of = options->has_as_of    ? &options->as_of
                        : options->has_period ? &options->period.last
                                              : NULL;
    coverage_check(store, options->has_period ? &options->period : NULL);
    ledger_check(store, as_of);
}

/* With a roster that could not be read the levels above 村 and below it are no names any more. */
static void lose_levels(Binding *binding)
{
    static const char *const levels[] = {"镇", "片", "组"};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        map_put(binding->unknown, levels[i], binding);
}

static void load_tables(Binding *binding, const XmlNode *data)
{
    Map *ids = map_new(binding->t->arena);
    load_catalogue(binding, data);
    load_roster(binding, data, ids);
    /* The roster goes first: other tables' names of villages are settled by it as they are read. */
    for (int others = 0; others < 2; others++)
        for (const XmlNode *child = data->first; child; child = child->next)
            if (child->kind == XML_ELEMENT && strcmp(child->name, "csv") == 0 &&
                is_roster(child) == !others)
                load_csv(binding, child, ids);
    if (map_find(binding->unknown, "网格"))
        lose_levels(binding);
    const EngineOptions *options = binding->options;
    if (binding->ok && options->has_period && (!options->draft || options->check))
        binding->ok = period_has_rows(binding->t, binding->store, options->period) || options->draft;
    if (binding->ok)
        check_rows(binding->store, options);
    load_targets(binding, data, ids); /* last: a target of the year is no data of its months */
}

/* ---- params and sets ---- */

static const char *param_given(const Binding *binding, const char *name)
{
    const char *text = NULL;
    for (int i = 0; i < binding->param_count; i++)
        if (strcmp(binding->params[i].name, name) == 0)
            text = binding->params[i].value; /* the last one wins, as with all options */
    return text;
}

/* The default's text, {{ undone; NULL after a message. "" when empty. */
static const char *param_default(Binding *binding, const XmlNode *param, const XmlAttr *attr)
{
    Segment *prose;
    if (!parse_prose(binding->t, param, attr, NULL, &prose))
        return NULL;
    if (!prose)
        return "";
    if (prose->text && !prose->next)
        return prose->text;
    At at = {.span = attr->value_span};
    diag_add(binding->t->diags, DIAG_E134, &at, attr_text(param, "name"));
    diag_hint(binding->t->diags, DIAG_H112);
    return NULL;
}

static bool define_param(Binding *binding, const XmlNode *param)
{
    const char *name = attr_text(param, "name");
    const XmlAttr *attr = xml_attr_find(param, "default");
    const char *fallback = attr && name ? param_default(binding, param, attr) : NULL;
    const char *text = name ? param_given(binding, name) : NULL;
    At at = at_attr(param, "name");
    if (!name)
        return false;
    if ((attr && !fallback) || (!text && !fallback))
        map_put(binding->unknown, name, binding);
    if (attr && !fallback)
        return false;
    if (!text && !fallback)
        return diag_add(binding->t->diags, DIAG_E131, &at, name, name);
    if (text && *text && !*utf8_trim(binding->t->arena, text))
        diag_add(binding->t->diags, DIAG_W128, &at, name);
    return engine_define_param(binding->t->engine, name, text ? text : fallback, &at);
}

static bool define_set(Binding *binding, const XmlNode *set)
{
    const char *name = attr_text(set, "name");
    const XmlAttr *value = xml_attr_find(set, "value");
    At at = at_attr(set, "name");
    if (!name || !value)
        return false;
    Expr *expr = parse_attr_expr(binding->t, set, value, EXPR_VALUE);
    if (!expr) {
        map_put(binding->unknown, name, binding);
        return false;
    }
    map_put(binding->sets, name, expr);
    parse_later_check(binding->t, expr);
    return engine_define_set(binding->t->engine, name, expr, &at);
}

static void add_check(Binding *binding, const XmlNode *check)
{
    Node *node = parse_element(binding->t, check, NULL);
    if (node) {
        node->next = binding->t->checks;
        binding->t->checks = node;
    }
    binding->ok = binding->ok && node;
}

static void declare(Binding *binding, const XmlNode *data)
{
    for (const XmlNode *child = data->first; child; child = child->next) {
        if (child->kind != XML_ELEMENT)
            continue;
        if (strcmp(child->name, "param") == 0)
            binding->ok = define_param(binding, child) && binding->ok;
        else if (strcmp(child->name, "set") == 0)
            binding->ok = define_set(binding, child) && binding->ok;
        else if (strcmp(child->name, "check") == 0)
            add_check(binding, child);
    }
}

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* A name given with --set that the template does not declare is a slip of the pen. */
static void check_params_given(Binding *binding, const XmlNode *data)
{
    const char **names = NULL;
    size_t count = 0, room = 0;
    for (const XmlNode *child = data ? data->first : NULL; child; child = child->next) {
        if (child->kind != XML_ELEMENT || strcmp(child->name, "param") != 0 ||
            !attr_text(child, "name"))
            continue;
        names = arena_grow(binding->t->arena, names, count, &room, sizeof *names);
        names[count++] = attr_text(child, "name");
    }
    for (int i = 0; i < binding->param_count; i++) {
        const char *given = binding->params[i].name;
        if (is_one_of(given, names, count))
            continue;
        binding->ok = diag_add(binding->t->diags, DIAG_E130, NULL, given);
        const char *nearest = utf8_nearest(given, names, count);
        if (nearest)
            diag_hint(binding->t->diags, DIAG_H001, nearest);
    }
}

/* ---- the check of all expressions ---- */

static bool mentions_unknown(const Binding *binding, const Expr *expr)
{
    for (size_t i = 0; expr && i < map_count(binding->unknown); i++)
        if (strstr(expr_source(expr), map_key(binding->unknown, i)))
            return true;
    return false;
}

/* A set made of a table that could not be read is as unknown as the table; and a set made of that
 * set. */
static void spread_unknown(Binding *binding)
{
    size_t before;
    do {
        before = map_count(binding->unknown);
        for (size_t i = 0; i < map_count(binding->sets); i++)
            if (mentions_unknown(binding, map_value(binding->sets, i)))
                map_put(binding->unknown, map_key(binding->sets, i), binding);
    } while (map_count(binding->unknown) > before);
}

static bool is_failed(const Binding *binding, const Expr *expr)
{
    for (size_t i = 0; expr && i < binding->failed_count; i++)
        if (binding->failed[i] == expr)
            return true;
    return expr && mentions_unknown(binding, expr);
}

/* A fault in of or by, and a table that could not be read, are told once, not again for all that is
 * built on them. */
static bool is_sound(const Binding *binding, const Pending *pending)
{
    const GroupSpec *group = &pending->group;
    const Expr *const parts[] = {
        pending->expr, group->rows, group->keys, group->where, group->when, group->sort};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (mentions_unknown(binding, parts[i]))
            return false;
    for (const CheckScope *scope = pending->scope; scope; scope = scope->parent)
        if (is_failed(binding, scope->rows) || is_failed(binding, scope->keys))
            return false;
    return true;
}

static void remember_failed(Binding *binding, const Expr *expr)
{
    binding->failed = arena_grow(binding->t->arena, binding->failed, binding->failed_count,
        &binding->failed_room, sizeof *binding->failed);
    binding->failed[binding->failed_count++] = expr;
}

/* of and by alone decide whether what stands inside can be checked; asked again, they add no second
 * message. */
static void check_group(Binding *binding, const Pending *pending)
{
    Engine *engine = binding->t->engine;
    const GroupSpec *group = &pending->group;
    GroupSpec frame = {.rows = group->rows, .keys = group->keys, .at = group->at};
    if (groups_check(engine, group, pending->scope))
        return;
    binding->ok = false;
    if (!groups_check(engine, &frame, pending->scope))
        remember_failed(binding, group->rows);
}

static void check_expressions(Binding *binding)
{
    spread_unknown(binding);
    for (const Pending *pending = binding->t->pending; pending; pending = pending->next) {
        if (!is_sound(binding, pending))
            continue;
        if (!pending->expr)
            check_group(binding, pending);
        else if (!expr_check(binding->t->engine, pending->expr, pending->scope))
            binding->ok = false;
    }
    binding->t->pending = binding->t->last_pending = NULL;
}

/* The src of a <text> can be worked out before the paper. */
static bool may_evaluate(void *context, const Expr *expr)
{
    const Binding *binding = context;
    return !mentions_unknown(binding, expr) &&
           expr_check(binding->t->engine, (Expr *)expr, NULL);
}

/* A file that could not be included may have declared the data: names would be missing in vain. */
static bool lacks_data(const Template *t, const XmlNode *data)
{
    return schema_child_named(data ? data : t->root, "include");
}

/* The tables, params and sets of <data>. False after messages; what could be read is there. */
static bool declare_all(Binding *binding, const XmlNode *data)
{
    Template *t = binding->t;
    t->data_dir = binding->data_dir;
    if (lacks_data(t, data))
        return false;
    if (data)
        load_tables(binding, data);
    t->texts = NULL;
    t->engine = engine_new(t->arena, binding->store, binding->options, t->diags);
    engine_set_targets(t->engine, binding->targets);
    t->checks = NULL;
    check_params_given(binding, data);
    if (data) {
        declare(binding, data);
        binding->ok =
            queries_load(t, binding->store, data, binding->options, binding->unknown) && binding->ok;
    }
    return true;
}

static Binding binding_new(Template *t, Store *store, const char *data_dir,
    const EngineOptions *options, const TemplateParam *params, int param_count)
{
    return (Binding){.t = t,
        .store = store,
        .data_dir = data_dir,
        .options = options,
        .params = params,
        .param_count = param_count,
        .sets = map_new(t->arena),
        .unknown = map_new(t->arena),
        .ok = t->sound};
}

bool template_declare(Template *t, Store *store, const char *data_dir, const EngineOptions *options,
    const TemplateParam *params, int param_count)
{
    Binding binding = binding_new(t, store, data_dir, options, params, param_count);
    return declare_all(&binding, data_element(t->root)) && binding.ok;
}

/* --each goes before each=, and has no place in the template. */
static void settle_units(Binding *binding)
{
    Template *t = binding->t;
    const XmlAttr *each = xml_attr_find(t->root, "each"), *when = xml_attr_find(t->root, "when");
    if (t->part && xml_attr_find(t->part, "each"))
        each = xml_attr_find(t->part, "each");
    At at = {.span = each && each->value == t->each ? each->value_span : (Span){0}};
    if (t->each)
        engine_set_each(t->engine, t->each);
    if (t->each && (binding->ok || !binding->table_lost))
        binding->ok = engine_check_each(t->engine, at.span.source ? &at : NULL) && binding->ok;
    at.span = when ? when->value_span : at.span;
    if (when && !t->each)
        diag_add(t->diags, DIAG_W553, &at);
}

bool template_bind(Template *t, Store *store, const char *data_dir, const EngineOptions *options,
    const TemplateParam *params, int param_count)
{
    Binding binding = binding_new(t, store, data_dir, options, params, param_count);
    if (!declare_all(&binding, data_element(t->root)))
        return false;
    settle_units(&binding);
    t->report = parse_element(t, t->root, NULL);
    binding.ok = binding.ok && t->report;
    if (t->part && xml_attr_find(t->part, "title")) {
        t->caption = parse_element(t, t->part, NULL);
        binding.ok = binding.ok && t->caption;
    }
    check_expressions(&binding);
    binding.ok = text_files_read(t, may_evaluate, &binding) && binding.ok;
    check_expressions(&binding);
    binding.ok = audience_check(t) && binding.ok;
    if (!binding.ok)
        schema_check_literals(t->root, t->diags);
    return binding.ok;
}
