#include <string.h>
#include "base/utf8.h"
#include "data/load_internal.h"

static bool is_list_mark(uint32_t c)
{
    return c == ',' || c == 0xFF0C || c == 0x3001;
}

/* The next name of “月份,村”; NULL at the end. */
static const char *next_name(Arena *arena, const char **list)
{
    while (**list) {
        const char *start = *list, *end = start;
        for (uint32_t c; (c = utf8_next(list)) && !is_list_mark(c);) {
            end = *list;
        }
        char *name = utf8_fold(arena, arena_strndup(arena, start, (size_t)(end - start)));
        if (*name) {
            return name;
        }
    }
    return NULL;
}

static void declare(Load *load, const char *list, size_t *capacity)
{
    const char *rest = list ? list : "", *name;
    while ((name = next_name(load->scratch, &rest))) {
        load->declared = arena_grow(load->scratch, load->declared, (size_t)load->declared_count,
            capacity, sizeof *load->declared);
        load->declared[load->declared_count++] = name;
    }
}

static void add_rule(Load *load, const char *name, const ColumnDecl *decl)
{
    if (!map_find(load->rules, name)) {
        map_put(load->rules, name, (void *)(uintptr_t)decl);
    }
}

/* What the catalogue says of a declared column counts where the declaration is silent, and its
 * other names for it are known too. */
static void merge(Load *load, ColumnDecl *decl)
{
    const Catalogue *catalogue = store_catalogue(load->store);
    const Indicator *from = catalogue ? catalogue_find(catalogue, decl->said.name) : NULL;
    Indicator *said = &decl->said;
    if (!from) {
        return;
    }
    said->unit = said->unit ? said->unit : from->unit;
    said->group = said->group ? said->group : from->group;
    said->decimals = said->decimals >= 0 ? said->decimals : from->decimals;
    said->good = said->good ? said->good : from->good;
    if (!said->has_kind && !decl->has_type) {
        said->has_kind = from->has_kind;
        said->kind = from->kind;
    }
    if (!said->numerator && said->has_kind && said->kind == KIND_RATIO) {
        said->numerator = from->numerator;
        said->denominator = from->denominator;
        said->numerator_at = from->numerator_at;
        said->denominator_at = from->denominator_at;
    }
    add_rule(load, from->name, decl);
    for (int i = 0; i < from->alias_count; i++) {
        add_rule(load, from->aliases[i], decl);
    }
}

static void read_rules(Load *load)
{
    const CsvDecl *csv = load->decl;
    ColumnDecl *merged = ARENA_ARRAY(load->arena, ColumnDecl, csv->column_count + 1);
    load->rules = map_new(load->scratch);
    for (int i = 0; i < csv->column_count; i++) {
        merged[i] = csv->columns[i];
        add_rule(load, merged[i].said.name, &merged[i]);
        for (int j = 0; j < merged[i].said.alias_count; j++) {
            add_rule(load, merged[i].said.aliases[j], &merged[i]);
        }
    }
    for (int i = 0; i < csv->column_count; i++) {
        merge(load, &merged[i]);
    }
}

void load_read_declaration(Load *load)
{
    size_t capacity = 0;
    read_rules(load);
    declare(load, load->decl->period, &capacity);
    load->has_period = load->declared_count > 0;
    declare(load, load->decl->key, &capacity);
    load->distinct_count = load->declared_count;
    for (int i = 1; load->has_period && i < load->declared_count; i++) {
        load->distinct_count -= strcmp(load->declared[i], load->declared[0]) == 0;
    }
}
