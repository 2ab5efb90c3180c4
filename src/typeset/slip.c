#include "typeset/slip.h"

static const Length LEFT = LENGTH_MM(28), MEASURE = LENGTH_MM(156);

/* From the top of the page; large, for slips are read from above a pile. */
static const struct Part {
    Role role;
    Length size, top;
} PARTS[] = {
    {ROLE_HEI, LENGTH_PT(36), LENGTH_MM(70)},   /* 送：长塘村村委会 */
    {ROLE_HEI, LENGTH_PT(36), LENGTH_MM(130)},  /* 共3份 */
    {ROLE_KAI, LENGTH_PT(22), LENGTH_MM(170)},  /* what it is copies of */
    {ROLE_SONG, LENGTH_PT(14), LENGTH_MM(255)}, /* 第2个单位，共17个 */
};

enum { PART_COUNT = sizeof PARTS / sizeof *PARTS };

typedef struct SlipTexts {
    TextPiece pieces[PART_COUNT];
} SlipTexts;

static SlipTexts slip_texts(
    Arena *arena, const Slip *slips, size_t count, size_t index, const char *title)
{
    const Slip *slip = &slips[index];
    const char *const texts[PART_COUNT] = {
        arena_printf(arena, "送：%s", slip->unit),
        arena_printf(arena, "共%ld份", slip->copies),
        title,
        arena_printf(arena, "第%zu个单位，共%zu个", index + 1, count),
    };
    SlipTexts out = {0};
    for (int i = 0; i < PART_COUNT; i++)
        out.pieces[i] = (TextPiece){.style = {.role = PARTS[i].role, .size = PARTS[i].size},
            .text = texts[i],
            .at = slip->at};
    return out;
}

static bool need_slips(Typesetter *ts, const Slip *slips, size_t count, const char *title)
{
    bool found = true;
    for (size_t i = 0; i < count; i++) {
        SlipTexts texts = slip_texts(ts->arena, slips, count, i, title);
        for (int part = 0; part < PART_COUNT; part++)
            found &= text_need(ts, &texts.pieces[part]);
    }
    return found;
}

/* Lines half a character apart. Returns where the next part may begin. */
static Length place_part(Typesetter *ts, Page *page, const TextPiece *piece, Length top)
{
    const LineSpec spec = {.measure = MEASURE, .align = ALIGN_CENTRE};
    TextLines *lines = text_break(ts, piece, &spec);
    Length size = piece->style.size, baseline = top + text_ascent(size);
    for (int i = 0; i < lines->count; i++, baseline += size * 3 / 2)
        text_put_line(ts, page, lines->lines[i], LEFT, baseline,
            i + 1 < lines->count ? TEXT_GOES_ON : TEXT_NEW_LINE);
    return baseline - text_ascent(size) + size / 2;
}

/* Below a name of many lines the others move down. */
static void place_slip(Typesetter *ts, const SlipTexts *texts)
{
    Page *page = pages_add(ts->pages, LENGTH_MM(210), LENGTH_MM(297));
    Length free = 0;
    for (int part = 0; part < PART_COUNT; part++)
        if (*texts->pieces[part].text)
            free = place_part(ts, page, &texts->pieces[part], length_max(free, PARTS[part].top));
}

Pages *typeset_slips(
    Arena *arena, const Slip *slips, size_t count, const char *title, FontSet *fonts, Diags *diags)
{
    const DocStyle style = style_default(FORM_REPORT);
    Typesetter ts = {.arena = arena,
        .fonts = fonts,
        .diags = diags,
        .pages = pages_new(arena),
        .style = arena_copy(arena, &style, sizeof style)};
    if (!fonts_style(fonts, ts.style) || !need_slips(&ts, slips, count, title) || !fonts_cut(fonts))
        return NULL;
    fonts_list(fonts, ts.pages);
    for (size_t i = 0; i < count; i++) {
        SlipTexts texts = slip_texts(arena, slips, count, i, title);
        place_slip(&ts, &texts);
    }
    ts.pages->title = title;
    ts.pages->date = date_from_days(0);
    return ts.pages;
}
