#include "run/session.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "data/coverage.h"
#include "data/infer.h"
#include "data/targets.h"
#include "template/plan.h"

/* 2024-7-3, 2024/7/3, 2024年7月3日 too. */
bool session_read_date(Diags *diags, const char *option, const char *text, Date *out)
{
    DateCell cell;
    if (date_parse_iso(text, out))
        return true;
    if (infer_date(text, 0, true, &cell) == DATE_DAY && !cell.guessed) {
        *out = cell.period.first;
        return true;
    }
    diag_add(diags, DIAG_E511, NULL, option, text);
    diag_hint(diags, DIAG_H503);
    return false;
}

bool session_take_period(Arena *arena, const char *text, Period *out)
{
    DateCell cell;
    if (period_parse(utf8_fold(arena, text), out))
        return true;
    DateForm form = infer_date(text, 0, true, &cell);
    if (form != DATE_MONTH && form != DATE_PERIOD)
        return false;
    *out = cell.period;
    return true;
}

const char *session_period_text(Arena *arena, const char *text)
{
    Period period;
    DateCell cell;
    if (session_take_period(arena, text, &period))
        return period_raw(arena, period);
    if (infer_date(text, 0, true, &cell) == DATE_DAY && !cell.guessed && cell.period.first.day == 1)
        return period_raw(arena, period_containing(PERIOD_MONTH, cell.period.first));
    return text;
}

static bool read_period(Session *s)
{
    Period fixed;
    EngineOptions *options = &s->options;
    if (s->spec->period) {
        if (!session_take_period(s->arena, s->spec->period, &options->period)) {
            diag_add(s->diags, DIAG_E510, NULL, s->spec->period);
            diag_hint(s->diags, DIAG_H502);
            return false;
        }
        options->has_period = true;
        return !s->template || template_accepts_period(s->template, options->period, s->diags);
    }
    if (!s->template)
        return true;
    PeriodKind kind = template_period_kind(s->template, &fixed);
    if (kind != PERIOD_NONE && fixed.kind != PERIOD_NONE) {
        options->period = fixed;
        options->has_period = true;
    } else if (kind != PERIOD_NONE && !s->spec->any_period) {
        return diag_add(s->diags, DIAG_E509, NULL);
    }
    return true;
}

static bool read_as_of(Session *s)
{
    if (!s->spec->as_of)
        return true;
    s->options.has_as_of = true;
    return session_read_date(s->diags, "--as-of", s->spec->as_of, &s->options.as_of);
}

bool session_check_folder(Diags *diags, const char *folder)
{
    struct stat status;
    int fault = stat(folder, &status) != 0         ? errno
                : !S_ISDIR(status.st_mode)         ? ENOTDIR
                : access(folder, R_OK | X_OK) != 0 ? errno
                                                   : 0;
    return fault == 0 || diag_add(diags, DIAG_E515, NULL, folder, diag_system_text(diags, fault));
}

static bool check_folder(Session *s)
{
    if (s->template && !template_has_data(s->template))
        return true;
    if (!s->spec->data_dir)
        return diag_add(s->diags, s->template ? DIAG_E508 : DIAG_E528, NULL);
    return session_check_folder(s->diags, s->spec->data_dir);
}

SessionSpec session_spec(const Arguments *arguments, const char *template_path)
{
    const char *const *values = arguments->values;
    return (SessionSpec){.template_path = template_path,
        .data_dir = values[OPTION_DATA],
        .period = values[OPTION_PERIOD],
        .as_of = values[OPTION_AS_OF],
        .audience = values[OPTION_AUDIENCE],
        .each = values[OPTION_EACH],
        .only_units = values[OPTION_UNIT],
        .has_register = values[OPTION_REGISTER],
        .params = arguments->params,
        .param_count = arguments->param_count,
        .draft = values[OPTION_DRAFT]};
}

bool session_begin(Session *s, const SessionSpec *spec, Arena *arena, Diags *diags)
{
    *s = (Session){.spec = spec, .arena = arena, .diags = diags};
    s->options.draft = spec->draft || spec->check;
    s->options.check = spec->check;
    s->options.has_register = spec->has_register;
    if (spec->template_path)
        s->template = spec->plan ? plan_load(arena, spec->template_path, diags)
                                 : template_load(arena, spec->template_path, diags);
    if (s->template) {
        template_set_audience(s->template, spec->audience);
        template_set_each(s->template, spec->each);
    }
    return (s->template || !spec->template_path) && check_folder(s) && read_period(s) &&
           read_as_of(s);
}

bool session_settle_date(const Session *s, const char *given, Date *out)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (given)
        return session_read_date(s->diags, "--date", given, out);
    *out = date_from_days(0);
    if (epoch && *epoch) {
        char *end;
        long long seconds = strtoll(epoch, &end, 10);
        if (*end || seconds < 0 || seconds > 7258118400LL) { /* year 2200 */
            diag_add(s->diags, DIAG_E511, NULL, "SOURCE_DATE_EPOCH", epoch);
            return false;
        }
        *out = date_from_days((int)(seconds / 86400));
    } else if (s->options.has_period) {
        *out = s->options.period.last;
    }
    return true;
}

bool session_bind(Session *s)
{
    const SessionSpec *spec = s->spec;
    s->store = s->elder ? store_open_beside(s->elder, s->arena, s->diags)
                        : store_open(s->arena, s->diags);
    bool bound = s->store && template_bind(s->template, s->store, spec->data_dir, &s->options,
                                 spec->params, spec->param_count);
    s->engine = bound ? template_engine(s->template) : NULL;
    return bound;
}

static bool set_targets(Session *s)
{
    int index = s->discovery.targets;
    const At nowhere = {.data = NULL};
    const Table *table = index >= 0 ? store_find(s->store, s->discovery.tables[index].id) : NULL;
    const Targets *targets = table ? targets_load(s->store, table, &nowhere) : NULL;
    engine_set_targets(s->engine, targets);
    return !table || targets;
}

static bool declare_found(Session *s)
{
    const Period *period = s->options.has_period ? &s->options.period : NULL;
    bool whole = discover(s->arena, s->spec->data_dir, s->diags, &s->discovery) &&
                 discover_load(&s->discovery, s->spec->data_dir, period, s->store);
    s->engine = engine_new(s->arena, s->store, &s->options, s->diags);
    whole = set_targets(s) && whole;
    coverage_check(s->store, period);
    for (int i = 0; i < s->spec->param_count; i++)
        whole = diag_add(s->diags, DIAG_E130, NULL, s->spec->params[i].name);
    return whole;
}

bool session_declare(Session *s)
{
    const SessionSpec *spec = s->spec;
    s->store = store_open(s->arena, s->diags);
    if (!s->store)
        return false;
    if (!s->template)
        return declare_found(s);
    bool declared = template_declare(
        s->template, s->store, spec->data_dir, &s->options, spec->params, spec->param_count);
    s->engine = template_engine(s->template);
    return declared;
}

void session_close(Session *s)
{
    store_close(s->store);
    s->store = NULL;
}

ExitStatus session_status(const Diags *diags, bool done)
{
    if (diag_count(diags, DIAG_SYSTEM) > 0)
        return EXIT_SYSTEM;
    return !done || diag_failed(diags) ? EXIT_REJECTED : EXIT_DONE;
}
