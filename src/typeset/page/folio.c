/* Page numbers: — 1 — in 四号 half-width 宋体, outside, the dash 7 mm below the type area (GB/T
 * 9704 7.5; typesetting.md N1–N3). */
#include "typeset/page/page_internal.h"

#define FOLIO_SIZE LENGTH_PT(14)
#define DASH_CENTRE LENGTH_MM(269)

static const TextStyle STYLE = {.role = ROLE_SONG, .size = FOLIO_SIZE};

bool folio_need(PageBuilder *builder)
{
    return fonts_need(builder->ts.fonts, ROLE_SONG, "— 0123456789 —", (At){0});
}

void folio_place(PageBuilder *builder, Page *page, int number)
{
    Typesetter *ts = &builder->ts;
    const char *text = arena_printf(ts->arena, "— %d —", number);
    page->label = arena_printf(ts->arena, "%d", number);
    Length baseline = DASH_CENTRE + text_ink_centre(ts, &STYLE, text);
    /* The 字 of its indent is that of the body's grid (N3a). */
    if (number % 2 == 1) {
        text_put(ts, page, &STYLE, text, AREA_LEFT + AREA_WIDTH - BODY_CELL, baseline, ALIGN_RIGHT,
            TEXT_NEW_LINE);
    } else {
        text_put(
            ts, page, &STYLE, text, AREA_LEFT + BODY_CELL, baseline, ALIGN_LEFT, TEXT_NEW_LINE);
    }
}
