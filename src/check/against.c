#include "check/against.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "check/reckoned.h"

typedef struct Comparing {
    Arena *arena;
    const EntryList *entries;
    const OldRow *rows;
    size_t row_count;
    AgainstPeriod period;
    Map *places;            /* of the old sheet → OldRow */
    Map *words;             /* what tells a figure → OldRow, of those without a partner */
    Map *taken;             /* places of rows that have one */
    const OldRow **partner; /* by entry */
    Against *out;
} Comparing;

const char *against_kind_name(AgainstKind kind, DiagLanguage language)
{
    static const char *const names[AGAINST_KIND_COUNT][2] = {
        [AGAINST_RECOMPUTED] = {"旧数重算后不同", "recomputed"},
        [AGAINST_CHANGED] = {"数变了", "changed"},
        [AGAINST_REWRITTEN] = {"算法变了", "rewritten"},
        [AGAINST_MOVED] = {"换了位置", "moved"},
        [AGAINST_NEW] = {"新增", "new"},
        [AGAINST_GONE] = {"没有了", "gone"}};
    return names[kind][language];
}

static void add(
    Comparing *c, AgainstKind kind, const Entry *entry, const OldRow *old, const char *now)
{
    Against *out = c->out;
    out->items = arena_grow(c->arena, out->items, out->count, &out->capacity, sizeof *out->items);
    const char *then = !old ? "" : kind == AGAINST_RECOMPUTED ? old->exact : old->printed;
    out->items[out->count++] = (AgainstItem){kind, entry, old, then, now};
    out->kinds[kind]++;
}

/* ---- what tells a figure from others ---- */

/* A mark, but for the bracket in 长塘村（, or a figure, which is another one each month. */
static bool ends_lead(uint32_t c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '%' || c == 0x2026 ||
           (utf8_is_cjk_mark(c) && c != 0xFF08);
}

/* The words right before ［, four characters at most: 镇暗访, 前江村（ (and not 洋江村（). */
static const char *lead(Arena *arena, const char *context)
{
    enum { CHARACTERS = 4 };
    static const char within[] = "其中";
    const char *figure = strstr(context, "［"), *start = context;
    if (!figure)
        return "";
    for (const char *at = context; at < figure;)
        if (ends_lead(utf8_next(&at)))
            start = at;
    if (strncmp(start, within, strlen(within)) == 0) /* whichever comes first has it */
        start += strlen(within);
    for (size_t left = utf8_count(start, (size_t)(figure - start)); left > CHARACTERS; left--)
        utf8_next(&start);
    return arena_strndup(arena, start, (size_t)(figure - start));
}

/* 长塘村·生活垃圾 of 表1 长塘村·生活垃圾; "" in prose. */
static const char *row_and_column(const char *place)
{
    const char *blank = strchr(place, ' ');
    return blank ? blank + 1 : "";
}

static const char *words(
    Arena *arena, const char *place, const char *context, const char *expression)
{
    return arena_printf(
        arena, "%s\n%s\n%s", expression, row_and_column(place), lead(arena, context));
}

static const char *entry_words(Comparing *c, const Entry *entry)
{
    return words(
        c->arena, entry->place, entry->context, entry->figure ? entry->figure->expression : "");
}

static const char *row_words(Comparing *c, const OldRow *row)
{
    return words(c->arena, row->place, row->context, row->expression);
}

/* ---- partners ---- */

static void pair(Comparing *c, int entry, const OldRow *old)
{
    c->partner[entry] = old;
    map_put(c->taken, old->place, c);
    c->out->matched++;
}

static void pair_by_place(Comparing *c)
{
    for (int i = 0; i < c->entries->count; i++) {
        const Entry *entry = &c->entries->items[i];
        const OldRow *old = map_find(c->places, entry->place);
        if (old && strcmp(entry_words(c, entry), row_words(c, old)) == 0)
            pair(c, i, old);
    }
}

/* What is left, in the order of reading: a paragraph more above moves all that follows. */
static void pair_by_words(Comparing *c)
{
    for (size_t r = c->row_count; r-- > 0;) /* the first of several stays */
        if (!map_find(c->taken, c->rows[r].place))
            map_put(c->words, row_words(c, &c->rows[r]), (void *)&c->rows[r]);
    for (int i = 0; i < c->entries->count; i++) {
        const OldRow *old =
            c->partner[i] ? NULL : map_find(c->words, entry_words(c, &c->entries->items[i]));
        if (old && !map_find(c->taken, old->place))
            pair(c, i, old);
    }
}

/* ---- what is told ---- */

/* As numbers: Excel writes 12.50 as 12.5. */
static bool same_value(const char *text, Decimal value)
{
    Decimal old;
    return decimal_parse(text, &old) && decimal_cmp(old, value) == 0;
}

/* Every figure of the chart that the old sheet has stands there today, and the other way round: what
 * is worked out of its points is worked out of the same ones. */
static bool same_points(Comparing *c, const Entry *entry)
{
    const char *place = entry->place;
    size_t holder = strcspn(place, " ") + 1;
    for (int i = 0; i < c->entries->count; i++)
        if (c->entries->items[i].block == entry->block && c->entries->items[i].holder &&
            !c->partner[i])
            return false;
    for (size_t r = 0; r < c->row_count; r++)
        if (strncmp(c->rows[r].place, place, holder) == 0 && !map_find(c->taken, c->rows[r].place))
            return false;
    return true;
}

/* What a chart reckons has no period before of its own; its points have. */
static void tell_reckoned(Comparing *c, const Entry *entry, const OldRow *old)
{
    ReckonedList before = {0};
    if (c->period != AGAINST_BEFORE || !*old->value || !same_points(c, entry) ||
        !reckoned_before(c->arena, entry->block->chart, &before))
        return;
    for (size_t i = 0; i < before.count; i++) {
        const Reckoned *one = &before.items[i];
        bool own = strcmp(one->line, entry->line) == 0 &&
                   strcmp(one->head ? one->head : "", entry->head ? entry->head : "") == 0;
        if (own && !same_value(old->value, one->figure.value))
            add(c, AGAINST_RECOMPUTED, entry, old, one->figure.exact);
    }
}

/* A trend's figure of last June is the same one in every paper; that of the report's own period was
 * what is now the one before. */
static void tell_recomputed(Comparing *c, const Entry *entry, const OldRow *old)
{
    const Provenance *figure = entry->figure;
    if (!figure || figure->missing || !*old->value)
        return;
    bool same = *old->period && strcmp(old->period, figure->period) == 0;
    bool before = c->period == AGAINST_BEFORE && figure->has_previous && figure->previous_exact;
    size_t count = c->out->count;
    if (same && !same_value(old->value, figure->value))
        add(c, AGAINST_RECOMPUTED, entry, old, figure->exact);
    else if (!same && before && !same_value(old->value, figure->previous))
        add(c, AGAINST_RECOMPUTED, entry, old, figure->previous_exact);
    if (c->out->count > count && *old->computed &&
        strcmp(old->computed, c->out->items[count].now) == 0)
        c->out->once_ruled++;
}

static void tell_changed(Comparing *c, const Entry *entry, const OldRow *old)
{
    bool missing = entry->figure && entry->figure->missing;
    Decimal value = entry->figure ? entry->figure->value : entry->typed;
    if (missing ? *old->value != '\0' : !same_value(old->value, value))
        add(c, AGAINST_CHANGED, entry, old, entry->printed);
}

/* 一（二）第1段 of 一（二）第1段第3数, 表1 of 表1 长塘村·生活垃圾: places in the same one are near
 * enough. */
static size_t region(const char *place)
{
    const char *number = NULL;
    if (*row_and_column(place))
        return strcspn(place, " ");
    for (const char *at = place; (at = strstr(at, "第")); at++)
        number = at;
    return number && utf8_ends_with(place, "数") ? (size_t)(number - place) : strlen(place);
}

static bool same_region(const char *a, const char *b)
{
    size_t length = region(a);
    return length == region(b) && memcmp(a, b, length) == 0;
}

static void tell_entry(Comparing *c, AgainstKind kind, int index)
{
    const Entry *entry = &c->entries->items[index];
    const OldRow *old = c->partner[index], *there = map_find(c->places, entry->place);
    bool rewritten = !old && there && !map_find(c->taken, there->place) &&
                     strcmp(there->expression, entry->figure ? entry->figure->expression : "") != 0;
    if (kind == AGAINST_RECOMPUTED && old && c->period != AGAINST_SAME)
        (entry->origin == ENTRY_RECKONED ? tell_reckoned : tell_recomputed)(c, entry, old);
    else if (kind == AGAINST_CHANGED && old && c->period == AGAINST_SAME)
        tell_changed(c, entry, old);
    else if (kind == AGAINST_MOVED && old && !same_region(entry->place, old->place))
        add(c, kind, entry, old, entry->printed);
    else if (kind == AGAINST_REWRITTEN && rewritten)
        add(c, kind, entry, there, entry->printed);
    else if (kind == AGAINST_NEW && !old && !rewritten)
        add(c, kind, entry, NULL, entry->printed);
}

/* Rows whose place now has another expression have been told. */
static void tell_gone(Comparing *c)
{
    for (size_t i = 0; i < c->out->count; i++)
        if (c->out->items[i].kind == AGAINST_REWRITTEN)
            map_put(c->taken, c->out->items[i].old->place, c);
    for (size_t r = 0; r < c->row_count; r++)
        if (!map_find(c->taken, c->rows[r].place))
            add(c, AGAINST_GONE, NULL, &c->rows[r], "");
}

void against_compare(Arena *arena, const EntryList *entries, const OldRow *rows, size_t row_count,
    AgainstPeriod period, Against *out)
{
    Comparing comparing = {.arena = arena,
        .entries = entries,
        .rows = rows,
        .row_count = row_count,
        .period = period,
        .places = map_new(arena),
        .words = map_new(arena),
        .taken = map_new(arena),
        .partner = ARENA_ARRAY(arena, const OldRow *, entries->count),
        .out = out};
    for (size_t r = 0; r < row_count; r++)
        map_put(comparing.places, rows[r].place, (void *)&rows[r]);
    pair_by_place(&comparing);
    pair_by_words(&comparing);
    for (int kind = 0; kind < AGAINST_GONE; kind++)
        for (int i = 0; i < entries->count; i++)
            tell_entry(&comparing, (AgainstKind)kind, i);
    tell_gone(&comparing);
}
