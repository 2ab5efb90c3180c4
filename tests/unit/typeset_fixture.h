/* What tests of typesetting share: fonts, a typesetter, styles. */
#ifndef TESTS_TYPESET_FIXTURE_H
#define TESTS_TYPESET_FIXTURE_H

#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "typeset/text.h"

#define BODY_CELL (LENGTH_MM(156) / 28)

typedef struct Fixture {
    Arena *arena;
    Diags *diags;
    FontSet *fonts;
    Typesetter ts;
} Fixture;

static inline const char *fixture_fonts_folder(void)
{
    const char *folder = getenv("WENYIN_FONTS");
    return folder ? folder : "fonts/files";
}

static inline void fixture_open(Fixture *f)
{
    f->arena = arena_new();
    f->diags = diag_new(f->arena);
    f->fonts = fonts_open(f->arena, fixture_fonts_folder(), f->diags);
    if (!f->fonts) {
        diag_print(f->diags, stderr, DIAG_TEXT);
        abort();
    }
    f->ts = (Typesetter){
        .arena = f->arena, .fonts = f->fonts, .diags = f->diags, .pages = pages_new(f->arena)};
}

/* Makes `text` settable in every role. */
static inline void fixture_cut(Fixture *f, const char *text)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (!fonts_need(f->fonts, (Role)role, text, (At){0})) {
            diag_print(f->diags, stderr, DIAG_TEXT);
            abort();
        }
    }
    if (!fonts_cut(f->fonts)) {
        abort();
    }
    fonts_list(f->fonts, f->ts.pages);
}

static inline void fixture_close(Fixture *f)
{
    fonts_close(f->fonts);
    arena_free(f->arena);
}

static inline TextStyle fixture_style(Role role)
{
    return (TextStyle){.role = role, .size = LENGTH_PT(16), .cell = BODY_CELL};
}

#endif
