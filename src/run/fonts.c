#include <stdio.h>

#include "run/command.h"
#include "run/home.h"
#include "typeset/font.h"

int run_fonts(Arguments *arguments)
{
    Diags *diags = arguments->diags;
    FontSet *fonts = fonts_open(arguments->arena, home_fonts(arguments->arena), diags);
    bool done = fonts && fonts_report(fonts, stdout, diag_language(diags) == DIAG_ENGLISH);
    fonts_close(fonts);
    return done ? EXIT_DONE : EXIT_REJECTED;
}
