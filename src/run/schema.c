#include "run/command.h"

#include <stdio.h>
#include "template/schema_xsd.h"

int run_schema(Arguments *arguments)
{
    Buf xsd = {0};
    (void)arguments;
    schema_xsd(&xsd);
    fwrite(xsd.data, 1, xsd.length, stdout);
    buf_free(&xsd);
    return EXIT_DONE;
}
