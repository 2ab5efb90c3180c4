/* What has become of the rulings, once the paper was worked out with them, and what is told of it:
 * a leader's word is never silent (N790 to N793 are shown without -v). */
#include <string.h>

#include "base/names.h"
#include "base/utf8.h"
#include "run/overrule/overrule_internal.h"

static bool is_decided(const Resolver *r, const Entry *entry)
{
    const char *claim = entry->origin == ENTRY_COMPUTED ? entry->figure->claim : NULL;
    return claim && map_find(r->claims, claim);
}

static const Entry *entry_of(const EntryList *list, const char *claim)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].origin == ENTRY_COMPUTED &&
            strcmp(list->items[i].figure->claim, claim) == 0)
            return &list->items[i];
    return NULL;
}

static bool same_text(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* All rows of the column in the file that `part` was worked out from are among those of `whole`. */
static bool holds(const SourceRows *whole, const SourceRows *part)
{
    return same_text(whole->table, part->table) && same_text(whole->column, part->column) &&
           same_text(whole->file, part->file) && whole->first <= part->first &&
           whole->last >= part->last && whole->rows >= part->rows;
}

static bool has_source(const Provenance *figure, const SourceRows *part)
{
    for (int i = 0; i < figure->source_count; i++)
        if (holds(&figure->sources[i], part))
            return true;
    return false;
}

static bool has_part(const Provenance *figure, const char *claim)
{
    for (int i = 0; i < figure->part_count; i++)
        if (strcmp(figure->parts[i], claim) == 0)
            return true;
    return false;
}

/* 环比 of the figure; a sum with its rows among the others. Of a 环比 or a place in a row nothing
 * is made but what names it. */
static bool is_made_of(const Provenance *figure, const Provenance *part)
{
    if (has_part(figure, part->claim))
        return true;
    for (int i = 0; i < part->source_count; i++)
        if (part->part_count > 0 || !has_source(figure, &part->sources[i]))
            return false;
    return part->source_count > 0;
}

/* Places in a row follow the new value. */
static bool stays(const Resolver *r, const Entry *entry, const Provenance *part)
{
    return entry->origin == ENTRY_COMPUTED && entry->figure->kind != FIGURE_RANK &&
           !entry->figure->missing && !is_decided(r, entry) && is_made_of(entry->figure, part);
}

/* By the place where the paper has it now. */
static void report_unmoved(
    Resolver *r, OverruleReport *report, const Entry *ruled, const Entry *entry)
{
    report->unmoved = arena_grow(r->session->arena, report->unmoved, report->count,
        &report->capacity, sizeof *report->unmoved);
    report->unmoved[report->count++] = (Unmoved){ruled->place, entry->place, entry->printed,
        entry->figure->exact, entry->figure->expression};
}

/* The paper then says things that do not go together, unless they are overruled too: the message
 * names some, the 核对单 all. */
static void tell_dependents(Resolver *r, const Ruling *ruling, OverruleReport *report)
{
    const Decided *decided =
        map_find(r->named, utf8_fold(r->session->arena, ruling->cells[RULING_PLACE]));
    const Entry *ruled = entry_of(&r->second, decided->figure->claim);
    Names left = {0};
    if (((const Decided *)map_find(r->claims, decided->figure->claim))->ruling != ruling)
        return; /* said at the first of its rows */
    for (int i = 0; i < r->second.count; i++) {
        const Entry *entry = &r->second.items[i];
        if (!stays(r, entry, decided->figure))
            continue;
        if (ruled)
            report_unmoved(r, report, ruled, entry);
        names_add(r->session->arena, &left, entry->place);
    }
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, RULING_PLACE, &place);
    if (left.count == 0)
        return;
    diag_add(r->session->diags, DIAG_N791, &at, ruling->cells[RULING_PLACE], (int)left.count,
        left.list, names_more(&left));
    diag_hint(r->session->diags, DIAG_H795);
}

/* What stands there because of a figure does so by the data's. */
static void tell_conditions(Resolver *r)
{
    const RuledTest *tests;
    size_t count = engine_ruled_tests(r->session->engine, &tests);
    for (size_t i = 0; i < count; i++) {
        const Decided *decided = map_find(r->claims, tests[i].claim);
        At at = expr_at(tests[i].test);
        diag_add(r->session->diags, DIAG_N792, &at,
            tests[i].figures ? "有数" : expr_source(tests[i].test),
            decided->ruling->cells[RULING_PLACE]);
    }
}

void rulings_tell(Resolver *r, OverruleReport *report)
{
    int places = 0;
    DataPlace place = {FILES_RULINGS, 0, -1, NULL};
    At at = {.data = &place};
    for (int i = 0; i < r->second.count; i++)
        places += is_decided(r, &r->second.items[i]);
    diag_add(r->session->diags, DIAG_N790, &at, r->decided, places);
    for (size_t i = 0; i < r->rulings->count; i++)
        tell_dependents(r, &r->rulings->items[i], report);
    tell_conditions(r);
}

/* ---- what has become of them ---- */

/* A figure that stands in a list of names prints as the names do: half an overruling is none. */
static bool holds_everywhere(Resolver *r)
{
    bool whole = true;
    for (int i = 0; i < r->second.count; i++) {
        const Entry *entry = &r->second.items[i];
        if (!is_decided(r, entry) || entry->figure->overruled)
            continue;
        const Decided *decided = map_find(r->claims, entry->figure->claim);
        DataPlace place;
        At at = ruling_at(r->rulings, decided->ruling->row, RULING_PLACE, &place);
        whole = diag_add(r->session->diags, DIAG_E789, &at, entry->place);
    }
    return whole;
}

/* Another ruling moved rows, and a sum is that of others now: nobody would have heard of this one.
 * What was met but prints no more was moved out of its list by its own value. */
static bool is_there(Resolver *r, const Decided *decided)
{
    const Session *s = r->session;
    const char *claim = decided->figure->claim, *name = decided->ruling->cells[RULING_PLACE];
    if (entry_of(&r->second, claim))
        return true;
    if (!engine_ruling_met(s->engine, claim))
        return ruling_refuse(r, decided->ruling, RULING_PLACE, DIAG_E787, name, NULL);
    DataPlace place;
    At at = ruling_at(r->rulings, decided->ruling->row, RULING_PLACE, &place);
    diag_add(s->diags, DIAG_W793, &at, name);
    return true;
}

static const Entry *entry_at(const EntryList *list, Arena *arena, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(utf8_fold(arena, list->items[i].place), name) == 0)
            return &list->items[i];
    return NULL;
}

/* The 核对单 shows the order after the overruling: a place copied from it may mean another village
 * than it did by the data. 原值 tells which, where the two differ. */
static bool is_one_figure(Resolver *r, const Decided *decided)
{
    const Ruling *ruling = decided->ruling;
    const char *name = utf8_fold(r->session->arena, ruling->cells[RULING_PLACE]);
    const Entry *now = entry_at(&r->second, r->session->arena, name);
    if (!now || now->origin != ENTRY_COMPUTED ||
        strcmp(now->figure->claim, decided->figure->claim) == 0)
        return true;
    const Overruled *overruled = now->figure->overruled;
    const char *data = overruled ? overruled->computed : now->figure->exact;
    if (*ruling->cells[RULING_WAS] && strcmp(data, decided->figure->exact) != 0)
        return true;
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, RULING_PLACE, &place);
    diag_add(r->session->diags, DIAG_E786, &at, ruling->cells[RULING_PLACE], decided->figure->exact,
        now->figure->exact);
    diag_hint(r->session->diags, DIAG_H797);
    return false;
}

bool rulings_hold(Resolver *r)
{
    bool whole = holds_everywhere(r);
    for (size_t i = 0; i < r->rulings->count; i++) {
        const char *name = r->rulings->items[i].cells[RULING_PLACE];
        const Decided *decided = map_find(r->named, utf8_fold(r->session->arena, name));
        whole = is_there(r, decided) && is_one_figure(r, decided) && whole;
    }
    return whole;
}
