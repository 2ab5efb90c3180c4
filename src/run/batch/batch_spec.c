#include "run/batch/batch_spec.h"

#include <stdio.h>

#include "base/limits.h"

/* What may stand behind an option, and what holds without it. */
typedef struct Range {
    OptionId option;
    long least, most, usual;
} Range;

static const Range ranges[] = {
    {OPTION_JOBS, 1, LIMIT_JOBS, 0},
    {OPTION_UNIT_SECONDS, 1, 86400, LIMIT_UNIT_SECONDS},
    {OPTION_UNIT_MEMORY, 16, 1 << 20, LIMIT_UNIT_MEGABYTES},
    {OPTION_MAX_FAILURES, 1, 1000000, 0},
};

static const Range *range_of(OptionId option)
{
    const Range *range = ranges;
    while (range->option != option)
        range++;
    return range;
}

/* Digits alone; -1 for anything else, and for what is past the most. */
static long read_count(const char *text, long most)
{
    long count = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && count <= most; at++)
        count = count * 10 + (*at - '0');
    return *at || at == text || count > most ? -1 : count;
}

bool batch_option_fits(Diags *diags, OptionId option, const char *value)
{
    const Range *range = range_of(option);
    char told[64], name[32];
    if (read_count(value, range->most) >= range->least)
        return true;
    snprintf(told, sizeof told, "%ld—%ld", range->least, range->most);
    snprintf(name, sizeof name, "--%s", option_table[option].name);
    diag_add(diags, DIAG_E513, NULL, name, value);
    diag_hint(diags, DIAG_H504, told);
    return false;
}

static long count_of(const Arguments *arguments, OptionId option)
{
    const Range *range = range_of(option);
    const char *value = arguments->values[option];
    return value ? read_count(value, range->most) : range->usual;
}

BatchSpec batch_spec(const Arguments *arguments)
{
    return (BatchSpec){
        .workers = (int)count_of(arguments, OPTION_JOBS),
        .unit_seconds = count_of(arguments, OPTION_UNIT_SECONDS),
        .unit_megabytes = count_of(arguments, OPTION_UNIT_MEMORY),
        .max_failures = count_of(arguments, OPTION_MAX_FAILURES),
        .fail_fast = arguments->values[OPTION_FAIL_FAST],
    };
}
