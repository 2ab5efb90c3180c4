#include "run/overrule/overrule.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "run/overrule/overrule_internal.h"

bool ruling_refuse(Resolver *r, const Ruling *ruling, RulingColumn column, DiagCode code,
    const char *first, const char *second)
{
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, column, &place);
    return diag_add(r->session->diags, code, &at, first, second);
}

/* ---- places ---- */

static void note_places(Resolver *r)
{
    r->places = map_new(r->session->arena);
    for (int i = 0; i < r->entries.count; i++)
        map_put(r->places, utf8_fold(r->session->arena, r->entries.items[i].place),
            &r->entries.items[i]);
}

static bool no_place(Resolver *r, const Ruling *ruling)
{
    Arena *arena = r->session->arena;
    const char **there = ARENA_ARRAY(arena, const char *, r->entries.count + 1);
    ruling_refuse(r, ruling, RULING_PLACE, DIAG_E796, ruling->cells[RULING_PLACE], NULL);
    for (int i = 0; i < r->entries.count; i++)
        there[i] = r->entries.items[i].place;
    const char *nearest =
        utf8_nearest(ruling->cells[RULING_PLACE], there, (size_t)r->entries.count);
    if (nearest)
        diag_hint(r->session->diags, DIAG_H001, nearest);
    diag_hint(r->session->diags, DIAG_H792);
    return false;
}

/* The figure that the row means; NULL after a message. */
static const Entry *find_entry(Resolver *r, const Ruling *ruling)
{
    const char *place = ruling->cells[RULING_PLACE];
    const Entry *entry = map_find(r->places, utf8_fold(r->session->arena, place));
    bool found = entry || no_place(r, ruling);
    if (found && entry->origin == ENTRY_TYPED)
        found = ruling_refuse(r, ruling, RULING_PLACE, DIAG_E798, place, entry->printed);
    else if (found && entry->origin == ENTRY_RECKONED)
        found = ruling_refuse(r, ruling, RULING_PLACE, DIAG_E713, place, NULL);
    else if (found && (entry->figure->missing || !entry->figure->claim))
        found = ruling_refuse(r, ruling, RULING_PLACE, DIAG_E799, place, NULL);
    return found ? entry : NULL;
}

/* ---- rulings ---- */

/* Next month the same place has another figure: what does not say which one was meant is told. */
static void warn_lasting(Resolver *r, const Ruling *ruling)
{
    const char *const *cells = ruling->cells;
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, RULING_PLACE, &place);
    if (*cells[RULING_WAS] || (*cells[RULING_PERIOD] && *cells[RULING_TEMPLATE]))
        return;
    diag_add(r->session->diags, DIAG_W790, &at, cells[RULING_PLACE]);
    diag_hint(r->session->diags, DIAG_H791);
}

/* One place once; two places of one claim may say the same, never two values. */
static bool is_new(Resolver *r, const Ruling *ruling, const Provenance *figure, Decimal value)
{
    const char *name = utf8_fold(r->session->arena, ruling->cells[RULING_PLACE]);
    const Decided *before = map_find(r->named, name), *same = map_find(r->claims, figure->claim);
    if (!before && same && decimal_cmp(same->value, value) != 0)
        before = same;
    if (!before)
        return true;
    DataPlace place;
    At at = ruling_at(r->rulings, ruling->row, RULING_PLACE, &place);
    return diag_add(
        r->session->diags, DIAG_E795, &at, ruling->cells[RULING_PLACE], before->ruling->row);
}

static void decide(Resolver *r, const Ruling *ruling, const Provenance *figure, Decimal value)
{
    Arena *arena = r->session->arena;
    Decided *decided = ARENA_NEW(arena, Decided);
    *decided = (Decided){value, ruling, figure};
    map_put(r->named, utf8_fold(arena, ruling->cells[RULING_PLACE]), decided);
    if (map_find(r->claims, figure->claim))
        return;
    map_put(r->claims, figure->claim, decided);
    DataPlace *place = ARENA_NEW(arena, DataPlace);
    ruling_at(r->rulings, ruling->row, RULING_VALUE, place);
    Overruled *said = ARENA_NEW(arena, Overruled);
    *said = (Overruled){.computed = figure->exact,
        .reason = ruling->cells[RULING_REASON],
        .who = ruling->cells[RULING_WHO],
        .place = place};
    engine_overrule(r->session->engine, figure->claim, value, said);
    r->decided++;
}

static bool resolve(Resolver *r, const Ruling *ruling)
{
    Decimal value;
    const Entry *entry = find_entry(r, ruling);
    if (!entry || !ruling_value(r, ruling, entry->figure, &value) ||
        !ruling_is_still(r, ruling, entry->figure) || !is_new(r, ruling, entry->figure, value))
        return false;
    decide(r, ruling, entry->figure, value);
    ruling_warn_change(r, ruling, entry->figure, value);
    warn_lasting(r, ruling);
    return true;
}

/* ---- the flow ---- */

/* Every row is looked at, so that all their faults are told. */
static bool resolve_all(Resolver *r, const Document *first)
{
    bool whole = !r->rulings->faulty;
    entries_collect(r->session->arena, first, &r->entries);
    note_places(r);
    for (size_t i = 0; i < r->rulings->count; i++)
        whole = resolve(r, &r->rulings->items[i]) && whole;
    return whole;
}

static bool evaluate_again(Session *s, const Rulings *rulings, const Document *first, Document *out,
    OverruleReport *report)
{
    Resolver resolver = {
        .session = s, .rulings = rulings, .claims = map_new(s->arena), .named = map_new(s->arena)};
    if (!resolve_all(&resolver, first) || !template_evaluate(s->template, s->arena, out))
        return false;
    entries_collect(s->arena, out, &resolver.second);
    if (!rulings_hold(&resolver))
        return false;
    rulings_tell(&resolver, report);
    return true;
}

bool overrule_evaluate(Session *s, Document *out, OverruleReport *report)
{
    Rulings rulings;
    Document first = *out;
    *report = (OverruleReport){0};
    bool read = rulings_read(s, &rulings);
    if (read && rulings.count == 0 && !rulings.faulty)
        return template_evaluate(s->template, s->arena, out);
    template_trace(s->template);
    if (!template_evaluate(s->template, s->arena, &first))
        return false;
    if (read && evaluate_again(s, &rulings, &first, out, report))
        return true;
    *out = first;
    return false;
}
