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
        .messages = diag_format_of(values[OPTION_DIAGNOSTICS]),
    };
    return job_render(&job, arguments->arena, arguments->diags);
}
