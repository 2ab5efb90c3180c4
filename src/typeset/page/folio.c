/* Page numbers: — 1 — in 四号 half-width 宋体, outside, the dash 7 mm below the type area (GB/T
 * 9704 7.5; typesetting.md N1–N3); running heads. */
#include "typeset/page/page_internal.h"

#define FOLIO_SIZE LENGTH_PT(14)
#define DASH LENGTH_MM(7)

#define HEAD_SIZE LENGTH_PT(10.5) /* 五号 */
#define HEAD_RULE LENGTH_MM(31)   /* clear of the type area, and of the paper's edge */
#define HEAD_RULE_HEIGHT LENGTH_MM(0.2)
#define HEAD_GAP LENGTH_MM(1)

static const TextStyle STYLE = {.role = ROLE_SONG, .size = FOLIO_SIZE};
static const TextStyle HEAD_STYLE = {.role = ROLE_KAI, .size = HEAD_SIZE};

bool folio_need(PageBuilder *builder)
{
    const char *head = builder->style->running_head;
    bool found = fonts_need(builder->ts.fonts, ROLE_SONG, "— 0123456789 —", (At){0});
    return (!head || fonts_need(builder->ts.fonts, HEAD_STYLE.role, head, (At){0})) && found;
}

/* 7 mm to the middle of the dash (GB/T 33476.2), or to its upper edge. */
static Length baseline_of(PageBuilder *builder, const char *text)
{
    Typesetter *ts = &builder->ts;
    const TypeArea *area = &builder->style->area;
    Length dash = area->top + area->height + DASH;
    if (!builder->style->dash_top) {
        return dash + text_ink_centre(ts, &STYLE, text);
    }
    Length top, bottom;
    text_ink_extent(ts, &STYLE, "—", &top, &bottom);
    return dash + top;
}

void folio_place(PageBuilder *builder, Page *page, int number)
{
    Typesetter *ts = &builder->ts;
    const DocStyle *style = builder->style;
    if (style->folio_place == FOLIO_NONE) {
        return;
    }
    const char *text = arena_printf(ts->arena, "— %d —", number);
    page->label = arena_printf(ts->arena, "%d", number);
    Length baseline = baseline_of(builder, text);
    PageGrid grid = grid_portrait(style, number);
    /* The 字 of its indent is that of the body's grid (N3a). */
    bool odd = number % 2 == 1, centred = style->folio_place == FOLIO_CENTRE;
    Length x = centred ? grid.left + grid.width / 2
               : odd   ? grid.left + grid.width - style->folio_indent
                       : grid.left + style->folio_indent;
    Align align = centred ? ALIGN_CENTRE : odd ? ALIGN_RIGHT : ALIGN_LEFT;
    text_put(ts, page, &STYLE, text, x, baseline, align, TEXT_NEW_LINE);
}

bool running_head_fits(PageBuilder *builder)
{
    const char *text = builder->style->running_head;
    return !text || text_width(&builder->ts, &HEAD_STYLE, text) <= builder->style->area.width ||
           diag_add(builder->ts.diags, DIAG_E345, NULL, text);
}

void running_head_place(PageBuilder *builder, Page *page)
{
    Typesetter *ts = &builder->ts;
    const char *text = builder->style->running_head;
    if (!text) {
        return;
    }
    PageGrid grid = grid_portrait(builder->style, flow_page_number(builder));
    Length top = HEAD_RULE - HEAD_GAP - HEAD_SIZE;
    text_put(ts, page, &HEAD_STYLE, text, grid.left + grid.width / 2, top + text_ascent(HEAD_SIZE),
        ALIGN_CENTRE, TEXT_NEW_LINE);
    page_rect(ts->arena, page, grid.left, HEAD_RULE, grid.width, HEAD_RULE_HEIGHT, (Color){0});
}
