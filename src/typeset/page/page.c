#include "typeset/page/page.h"

#include "typeset/page/page_internal.h"

Pages *typeset_document(Arena *arena, const Document *document, FontSet *fonts, Diags *diags)
{
    PageBuilder builder = {.document = document, .style = &document->style, .fresh = true};
    builder.ts =
        (Typesetter){.arena = arena, .fonts = fonts, .diags = diags, .pages = pages_new(arena)};
    builder.ts.style = builder.style;
    Pages *pages = builder.ts.pages;
    pages->title = document->title;
    pages->author = document->author;
    pages->date = document->date;
    if (!fonts_style(fonts, builder.style)) {
        return NULL;
    }
    page_items(&builder);
    if (!page_need(&builder) || !fonts_cut(fonts)) {
        return NULL;
    }
    fonts_list(fonts, pages);
    bool done = page_measure(&builder) && page_flow(&builder);
    /* A character that was set without having been noted is reported by shaping, which goes on. */
    return done && !diag_failed(diags) ? pages : NULL;
}
