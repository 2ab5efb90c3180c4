/* Numbers of a register for the papers of a session. */
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "run/outputs.h"
#include "run/batch/register.h"
#include "run/batch/units_files.h"

/* ---- whose numbers stand there ---- */

typedef struct Known {
    Session *session;
    const Map *names; /* of the units, those that when= leaves out too; NULL: one paper, no unit */
} Known;

static const char *unit_meant(void *context, const char *cell)
{
    const Known *known = context;
    Arena *arena = known->session->arena;
    if (!known->names)
        return *cell ? NULL : "";
    const char *name = map_find(known->names, cell);
    const char *plain = utf8_without_gaps(arena, utf8_fold(arena, cell));
    const char *official = store_roster_name(known->session->store, plain, NULL);
    name = name ? name : map_find(known->names, plain);
    return name ? name : official ? map_find(known->names, official) : NULL;
}

static const Map *names_of(const Session *s, const Units *units)
{
    Map *names = map_new(s->arena);
    for (size_t i = 0; i < units->name_count; i++) {
        const char *name = units->names[i];
        const char *plain = utf8_without_gaps(s->arena, utf8_fold(s->arena, name));
        map_put(names, plain, (void *)name);
        map_put(names, name, (void *)name);
    }
    return names;
}

/* ---- numbers ---- */

static bool begin(const RegisterSpec *spec, Session *s, const Units *units, RegisterKey *key,
    Register **out)
{
    Date date;
    Known known = {.session = s, .names = units ? names_of(s, units) : NULL};
    *out = NULL;
    bool looked_at = spec->looked_at || spec->known;
    if (!session_settle_date(s, spec->date, &date) ||
        (!looked_at && !output_is_free(s, NULL, spec->path)))
        return false;
    *key = (RegisterKey){.year = date.year,
        .template = units_stem(s->arena, s->spec->template_path),
        .period = s->options.has_period ? period_raw(s->arena, s->options.period) : "",
        .unit = ""};
    *out = register_open(s->arena, spec->path, looked_at, s->diags);
    return *out && register_settle(*out, key, unit_meant, &known);
}

/* False after a message. */
static bool number(const RegisterSpec *spec, Register *reg, const RegisterKey *key, long *out)
{
    *out = spec->known ? register_find(reg, key) : register_number(reg, key);
    return *out > 0 || spec->known;
}

bool register_units(const RegisterSpec *spec, Session *s, Units *units, Register **out)
{
    RegisterKey key;
    *out = NULL;
    if (!spec->path)
        return true;
    if (!begin(spec, s, units, &key, out))
        return false;
    for (size_t i = 0; i < units->total; i++) {
        key.unit = units->all[i].name;
        if (!number(spec, *out, &key, &units->all[i].serial))
            return false;
    }
    for (size_t i = 0; i < units->count; i++)
        units->items[i].serial = units->all[units->items[i].number - 1].serial;
    return true;
}

bool register_one(const RegisterSpec *spec, Session *s, Register **out)
{
    RegisterKey key;
    *out = NULL;
    if (!spec->path)
        return true;
    long serial = 0;
    bool done = begin(spec, s, NULL, &key, out) && number(spec, *out, &key, &serial);
    engine_set_serial(s->engine, serial);
    return done;
}
