#include "run/command.h"
#include "run/home.h"
#include "run/job.h"

#include "base/decimal.h"

int run_render(Arguments *arguments)
{
    Decimal dpi = decimal_from_int(150);
    const char *const *values = arguments->values;
    if (values[OPTION_DPI])
        decimal_parse(values[OPTION_DPI], &dpi); /* options.c has looked at it */
    Shard shard = {0};
    if (values[OPTION_SHARD])
        shard_parse(values[OPTION_SHARD], &shard); /* so has it at this one */
    const RenderJob job = {
        .session = session_spec(arguments, arguments->operands[0]),
        .output = values[OPTION_OUTPUT],
        .date = values[OPTION_DATE],
        .strict = values[OPTION_STRICT],
        .dump = values[OPTION_DUMP],
        .only = values[OPTION_ONLY],
        .attach_data = values[OPTION_ATTACH_DATA],
        .accessible = values[OPTION_ACCESSIBLE],
        .whole = values[OPTION_LONG],
        .dpi = decimal_to_double(dpi),
        .fonts_dir = home_fonts(arguments->arena),
        .batch = batch_spec(arguments),
        .report = values[OPTION_REPORT],
        .reg = {.path = values[OPTION_REGISTER],
            .date = values[OPTION_DATE],
            .looked_at = values[OPTION_DUMP]},
        .resume = values[OPTION_RESUME] || values[OPTION_CHANGED],
        .force = values[OPTION_FORCE],
        .shard = shard,
        .messages = diag_format_of(values[OPTION_DIAGNOSTICS]),
    };
    return job_render(&job, arguments->arena, arguments->diags);
}
