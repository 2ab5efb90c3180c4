#include "typeset/page/page.h"

#include "typeset/page/page_internal.h"

Length grid_line_top(int line)
{
    /* “撑满版心”: 22 em boxes and 21 gaps fill 225 mm (typesetting.md 1.3). */
    return AREA_TOP + (Length)((int64_t)line * (AREA_HEIGHT - BODY_SIZE) / (LINES - 1));
}

int grid_line_from(Length y)
{
    int line = 0;
    while (grid_line_top(line) < y) {
        line++;
    }
    return line;
}

Pages *typeset_document(Arena *arena, const Document *document, FontSet *fonts, Diags *diags)
{
    PageBuilder builder = {.document = document, .fresh = true};
    builder.ts =
        (Typesetter){.arena = arena, .fonts = fonts, .diags = diags, .pages = pages_new(arena)};
    Pages *pages = builder.ts.pages;
    pages->title = document->title;
    pages->author = document->author;
    pages->date = document->date;
    page_items(&builder);
    if (!page_need(&builder) || !fonts_cut(fonts)) {
        return NULL;
    }
    fonts_list(fonts, pages);
    bool done = page_measure(&builder) && page_flow(&builder);
    /* A character that was set without having been noted is reported by shaping, which goes on. */
    return done && !diag_failed(diags) ? pages : NULL;
}
