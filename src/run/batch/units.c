#include "run/batch/units.h"

#include <string.h>

#include "base/utf8.h"
#include "output/outname.h"

/* What the session was outside of the unit. */
typedef struct UnitSession {
    Arena *arena;
    const Diags *diags;
} UnitSession;

bool session_has_units(const Session *session)
{
    return session->template && template_has_units(session->template);
}

static bool has_no_words(const Session *session, const char **name)
{
    const char *plain =
        *name ? outname_plain(session->arena, *name, session->diags) : NULL;
    if (*name && !plain) {
        diag_hint(session->diags, DIAG_H536);
        diag_hint(session->diags, DIAG_H537);
        return false;
    }
    *name = plain;
    return true;
}

bool session_is_of_one(const Session *session, const char **name, const char **other)
{
    if (session_has_units(session))
        return true;
    if (session->spec->only_units) {
        diag_add(session->diags, DIAG_E536, NULL);
        diag_hint(session->diags, DIAG_H536);
        return false;
    }
    return has_no_words(session, name) && (!other || has_no_words(session, other));
}

/* ---- one unit ---- */

void session_enter_unit(Session *session, const Unit *unit, Arena *arena)
{
    UnitSession *outside = ARENA_NEW(arena, UnitSession);
    outside->arena = session->arena;
    outside->diags = diag_apart(session->diags, arena, unit->name);
    session->outside = outside;
    session->unit = unit->name;
    session->arena = arena;
    template_enter_unit(session->template, arena, unit->place, unit->number, unit->serial);
}

void session_leave_unit(Session *session)
{
    const UnitSession *outside = session->outside;
    template_leave_unit(session->template);
    session->arena = outside->arena;
    session->outside = NULL;
    session->unit = NULL;
    diag_rejoin(session->diags, outside->diags);
}

/* ---- which units ---- */

typedef struct Planner {
    Session *session;
    Units *units;
    const char **asked; /* of --unit */
    bool *found;
    size_t asked_count, room;
    const char *left_out; /* those asked for that when= leaves out */
} Planner;

static bool is_between(uint32_t c)
{
    return c == 0x3001 || utf8_fold_width(c) == ',' || utf8_fold_width(c) == ';';
}

static void add_asked(Planner *p, const char *start, const char *end)
{
    Arena *arena = p->session->arena;
    const char *name = utf8_without_gaps(
        arena, utf8_fold(arena, arena_strndup(arena, start, (size_t)(end - start))));
    const char *official = store_roster_name(p->session->store, name, NULL);
    if (!*name)
        return;
    p->asked = arena_grow(arena, p->asked, p->asked_count, &p->room, sizeof *p->asked);
    p->asked[p->asked_count++] = official ? official : name;
}

/* 长塘村、前江村; the short names of the roster are known too. --unit '' comes of a script whose
 * variable is empty. */
static bool read_asked(Planner *p)
{
    const char *at = p->session->spec->only_units, *start = at;
    while (at && *start) {
        const char *end = at;
        uint32_t c = utf8_next(&at);
        if (c && !is_between(c))
            continue;
        add_asked(p, start, end);
        start = at;
    }
    p->found = ARENA_ARRAY(p->session->arena, bool, p->asked_count + 1);
    return !at || p->asked_count > 0 ||
           diag_add(p->session->diags, DIAG_E513, NULL, "--unit", p->session->spec->only_units);
}

static bool is_asked(Planner *p, const char *name)
{
    bool asked = !p->session->spec->only_units;
    const char *plain = p->asked_count > 0 ? utf8_without_gaps(p->session->arena,
                                                 utf8_fold(p->session->arena, name))
                                           : name;
    for (size_t i = 0; i < p->asked_count; i++) {
        if (strcmp(p->asked[i], name) == 0 || strcmp(p->asked[i], plain) == 0)
            asked = p->found[i] = true;
    }
    return asked;
}

static bool all_found(Planner *p, const char *const *names, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < p->asked_count; i++) {
        if (p->found[i])
            continue;
        all = diag_add(p->session->diags, DIAG_E558, NULL, p->asked[i]);
        const char *nearest = utf8_nearest(p->asked[i], names, count);
        if (nearest)
            diag_hint(p->session->diags, DIAG_H001, nearest);
    }
    return all;
}

/* What when= has to tell is told in the unit's own paper. */
static bool is_wanted(Planner *p, const Unit *unit, Arena *scratch)
{
    Session *s = p->session;
    arena_reset(scratch);
    session_enter_unit(s, unit, scratch);
    bool wanted = template_wants_unit(s->template, scratch, s->spec->draft || s->spec->check);
    session_leave_unit(s);
    return wanted;
}

static void note_left_out(Planner *p, const char *name)
{
    if (p->session->spec->only_units)
        p->left_out = arena_printf(
            p->session->arena, "%s%s%s", p->left_out, *p->left_out ? "、" : "", name);
}

static void pick_units(Planner *p, const char *const *names, size_t count)
{
    Units *units = p->units;
    Arena *scratch = arena_new();
    units->items = ARENA_ARRAY(p->session->arena, Unit, count + 1);
    units->all = ARENA_ARRAY(p->session->arena, Unit, count + 1);
    for (size_t i = 0; i < count; i++) {
        Unit unit = {.name = names[i], .place = i, .number = units->total + 1};
        bool asked = is_asked(p, names[i]);
        if (!is_wanted(p, &unit, scratch)) {
            if (asked)
                note_left_out(p, names[i]);
            continue;
        }
        units->all[units->total++] = unit;
        if (asked)
            units->items[units->count++] = unit;
    }
    arena_free(scratch);
}

/* A part of a volume is there once a month. */
static const char *period_in_brackets(const Session *s)
{
    const EngineOptions *options = &s->options;
    const char *period = options->has_period ? period_raw(s->arena, options->period) : NULL;
    bool english = diag_language(s->diags) == DIAG_ENGLISH;
    return period ? arena_printf(s->arena, english ? " (%s)" : "（%s）", period) : "";
}

bool units_list(Session *session, Units *out)
{
    Planner planner = {.session = session, .units = out, .left_out = ""};
    const char *const *names;
    size_t count;
    *out = (Units){.column = template_each(session->template)};
    if (!engine_units(session->engine, &names, &count))
        return false;
    out->names = names;
    out->name_count = count;
    if (!read_asked(&planner))
        return false;
    pick_units(&planner, names, count);
    if (!all_found(&planner, names, count))
        return false;
    if (out->total == 0)
        diag_add(session->diags, DIAG_W552, NULL, out->column, period_in_brackets(session));
    else if (*planner.left_out)
        diag_add(session->diags, DIAG_W554, NULL, planner.left_out);
    return true;
}

void units_shard(Session *session, Units *units, Shard shard)
{
    Arena *arena = session->arena;
    const char *others = "";
    size_t kept = 0;
    for (size_t i = 0; i < units->count; i++) {
        const Unit *unit = &units->items[i];
        if (shard_has(shard, unit->number))
            units->items[kept++] = *unit;
        else if (session->spec->only_units)
            others = arena_printf(arena, "%s%s%s", others, *others ? "、" : "", unit->name);
    }
    units->count = kept;
    if (*others)
        diag_add(session->diags, DIAG_W565, NULL, shard_text(arena, shard), others);
}

/* ---- names of files ---- */

/* What may stand in braces. */
typedef enum WordKind {
    WORD_UNIT,
    WORD_NUMBER,
    WORD_SERIAL,
    WORD_PERIOD,
    WORD_LEVEL,
    WORD_PARAM
} WordKind;

typedef struct Words {
    const char **names, **values;
    WordKind *kinds;
    size_t count, name_room, kind_room;
} Words;

static void add_word(Arena *arena, Words *words, WordKind kind, const char *name)
{
    words->names =
        arena_grow(arena, words->names, words->count, &words->name_room, sizeof *words->names);
    words->kinds =
        arena_grow(arena, words->kinds, words->count, &words->kind_room, sizeof *words->kinds);
    words->names[words->count] = name;
    words->kinds[words->count++] = kind;
}

static void list_words(Session *s, const Units *units, Words *words)
{
    const char *name;
    add_word(s->arena, words, WORD_UNIT, utf8_fold(s->arena, units->column));
    add_word(s->arena, words, WORD_NUMBER, "序号");
    if (s->spec->has_register)
        add_word(s->arena, words, WORD_SERIAL, "流水号");
    if (s->options.has_period)
        add_word(s->arena, words, WORD_PERIOD, "期间");
    for (size_t i = 0; (name = engine_unit_level(s->engine, i)) != NULL; i++)
        add_word(s->arena, words, WORD_LEVEL, name);
    for (size_t i = 0; (name = engine_param_name(s->engine, i)) != NULL; i++)
        add_word(s->arena, words, WORD_PARAM, name);
    words->values = ARENA_ARRAY(s->arena, const char *, words->count);
}

static int digits(size_t number)
{
    int count = 1;
    for (; number >= 10; number /= 10)
        count++;
    return count;
}

static const char *word_value(
    Session *s, const Units *units, const Unit *unit, WordKind kind, const char *name)
{
    switch (kind) {
    case WORD_UNIT:
        return unit->name;
    case WORD_NUMBER: /* as many digits as the last one's: files stand in their order */
        return arena_printf(s->arena, "%0*zu", digits(units->total), unit->number);
    case WORD_SERIAL:
        return arena_printf(s->arena, "%ld", unit->serial);
    case WORD_PERIOD:
        return period_raw(s->arena, s->options.period);
    case WORD_LEVEL:
        return engine_unit_above(s->engine, unit->place, name);
    case WORD_PARAM:
        return engine_param_text(s->engine, name);
    }
    return "";
}

static const char *unit_path(
    Session *s, const Units *units, const Unit *unit, const OutName *name, const Words *words)
{
    for (size_t i = 0; i < words->count; i++)
        words->values[i] = word_value(s, units, unit, words->kinds[i], words->names[i]);
    return outname_make(s->arena, name, words->values);
}

/* What are told apart: those that are asked for by name, else all, those of other shards too. */
typedef struct Named {
    const Unit *units;
    size_t count;
} Named;

static Named named(Session *s, const Units *units)
{
    return s->spec->only_units ? (Named){units->items, units->count}
                               : (Named){units->all, units->total};
}

/* Without the unit in it all would be one file; told once, not for each of them. */
static bool may_differ(Session *s, const Units *units, const OutName *name, const Words *words)
{
    Named all = named(s, units);
    bool differs = all.count < 2;
    for (size_t i = 0; i < words->count && words->kinds[i] != WORD_PARAM; i++)
        differs = differs || (words->kinds[i] != WORD_PERIOD && outname_has(name, i));
    if (differs)
        return true;
    diag_add(
        s->diags, DIAG_E556, NULL, all.units[0].name, all.units[1].name, all.units[0].path);
    diag_hint(s->diags, DIAG_H556, words->names[0]);
    return false;
}

static bool are_distinct(Session *s, const Units *units)
{
    Named all = named(s, units);
    const char **paths = ARENA_ARRAY(s->arena, const char *, all.count + 1);
    const char **owners = ARENA_ARRAY(s->arena, const char *, all.count + 1);
    for (size_t i = 0; i < all.count; i++) {
        paths[i] = all.units[i].path;
        owners[i] = all.units[i].name;
    }
    return outname_distinct(s->arena, paths, owners, all.count, s->diags);
}

bool units_name(Session *session, Units *units, const char *pattern)
{
    Words words = {0};
    list_words(session, units, &words);
    const OutName *name =
        outname_read(session->arena, pattern, words.names, words.count, session->diags);
    if (!name)
        return false;
    for (size_t i = 0; i < words.count; i++) {
        bool has = outname_has(name, i);
        units->batch = units->batch || has;
        units->dated = units->dated || (has && words.kinds[i] == WORD_PERIOD);
    }
    units->folder = outname_folder(session->arena, name);
    for (size_t i = 0; i < units->total; i++)
        units->all[i].path = unit_path(session, units, &units->all[i], name, &words);
    for (size_t i = 0; i < units->count; i++)
        units->items[i].path = units->all[units->items[i].number - 1].path;
    return may_differ(session, units, name, &words) && are_distinct(session, units);
}

const char *units_file(const Units *units, const Unit *unit)
{
    size_t length = strcmp(units->folder, "/") == 0 ? 0 : strlen(units->folder);
    bool inside = strncmp(unit->path, units->folder, length) == 0 && unit->path[length] == '/';
    return inside ? unit->path + length + 1 : unit->path;
}
