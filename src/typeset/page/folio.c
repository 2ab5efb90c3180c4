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

/* i, ii … of so few pages as the contents of a volume have. */
static const char *roman(Arena *arena, int number)
{
    static const struct {
        int value;
        const char *digits;
    } steps[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"},
        {4, "iv"}, {1, "i"}};
    const char *text = "";
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        for (; number >= steps[i].value; number -= steps[i].value) {
            text = arena_printf(arena, "%s%s", text, steps[i].digits);
        }
    }
    return text;
}

const char *page_number_text(Arena *arena, const Document *document, int number)
{
    const char *prefix = document->number_prefix ? document->number_prefix : "";
    if (document->layout == LAYOUT_CONTENTS) {
        return roman(arena, number);
    }
    return arena_printf(arena, "%s%d", prefix, document->pages_before + number);
}

static bool need_head(PageBuilder *builder, const char *head)
{
    return !head || fonts_need(builder->ts.fonts, HEAD_STYLE.role, head, (At){0});
}

bool folio_need(PageBuilder *builder)
{
    const Document *document = builder->document;
    const char *marks = document->layout == LAYOUT_CONTENTS ? "— 1 — ivxlc"
                        : document->number_prefix           ? "— 0123456789- —"
                                                            : "— 0123456789 —";
    bool found = fonts_need(builder->ts.fonts, ROLE_SONG, marks, (At){0});
    found &= need_head(builder, builder->style->running_head_even);
    return need_head(builder, builder->style->running_head) && found;
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

/* Between Latin letters the dashes would be Latin ones: they are set by themselves, as wide apart as
 * beside figures. */
static void put_roman(
    PageBuilder *builder, Page *page, const char *number, Length x, Length baseline, Align align)
{
    Typesetter *ts = &builder->ts;
    Length dash = text_width(ts, &STYLE, "—");
    Length gap = (text_width(ts, &STYLE, "— 1 —") - text_width(ts, &STYLE, "1")) / 2 - dash;
    Length inner = text_width(ts, &STYLE, number) + 2 * gap, width = inner + 2 * dash;
    Length left = align == ALIGN_RIGHT ? x - width : align == ALIGN_CENTRE ? x - width / 2 : x;
    text_put(ts, page, &STYLE, "—", left, baseline, ALIGN_LEFT, TEXT_SPACE);
    text_put(ts, page, &STYLE, number, left + dash + gap, baseline, ALIGN_LEFT, TEXT_SPACE);
    text_put(ts, page, &STYLE, "—", left + dash + inner, baseline, ALIGN_LEFT, TEXT_NEW_LINE);
}

/* A part of a volume begins on an odd number: sides are told by the pages of the part. */
void folio_place(PageBuilder *builder, Page *page)
{
    Typesetter *ts = &builder->ts;
    const DocStyle *style = builder->style;
    DocLayout layout = builder->document->layout;
    int number = flow_page_number(builder);
    if (style->folio_place == FOLIO_NONE || layout == LAYOUT_COVER || layout == LAYOUT_DIVIDER) {
        return;
    }
    page->label = flow_printed_number(builder);
    const char *text = arena_printf(ts->arena, "— %s —", page->label);
    Length baseline = baseline_of(builder, "—");
    PageGrid grid = grid_portrait(style, number);
    /* The 字 of its indent is that of the body's grid (N3a). */
    bool odd = number % 2 == 1, centred = style->folio_place == FOLIO_CENTRE;
    Length x = centred ? grid.left + grid.width / 2
               : odd   ? grid.left + grid.width - style->folio_indent
                       : grid.left + style->folio_indent;
    Align align = centred ? ALIGN_CENTRE : odd ? ALIGN_RIGHT : ALIGN_LEFT;
    if (layout == LAYOUT_CONTENTS) {
        put_roman(builder, page, page->label, x, baseline, align);
    } else {
        text_put(ts, page, &STYLE, text, x, baseline, align, TEXT_NEW_LINE);
    }
}

static bool head_fits(PageBuilder *builder, const char *text, const At *at)
{
    if (!text || text_width(&builder->ts, &HEAD_STYLE, text) <= builder->style->area.width) {
        return true;
    }
    diag_add(builder->ts.diags, DIAG_E345, at, text);
    if (builder->style->running_head_even) { /* these are of a volume */
        diag_hint(builder->ts.diags, DIAG_H591);
    }
    return false;
}

bool running_head_fits(PageBuilder *builder)
{
    const DocStyle *style = builder->style;
    return head_fits(builder, style->running_head, &style->running_head_at) &
           head_fits(builder, style->running_head_even, &style->running_head_even_at);
}

void running_head_place(PageBuilder *builder, Page *page)
{
    Typesetter *ts = &builder->ts;
    const DocStyle *style = builder->style;
    bool even = flow_page_number(builder) % 2 == 0 && style->running_head_even;
    const char *text = even ? style->running_head_even : style->running_head;
    if (!text) {
        return;
    }
    PageGrid grid = grid_portrait(builder->style, flow_page_number(builder));
    Length top = HEAD_RULE - HEAD_GAP - HEAD_SIZE;
    text_put(ts, page, &HEAD_STYLE, text, grid.left + grid.width / 2, top + text_ascent(HEAD_SIZE),
        ALIGN_CENTRE, TEXT_NEW_LINE);
    page_rect(ts->arena, page, grid.left, HEAD_RULE, grid.width, HEAD_RULE_HEIGHT, (Color){0});
}
