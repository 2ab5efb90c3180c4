#include "typeset/chart/foot.h"

static const Length CAPTION_GAP = LENGTH_PT(7);
/* 小五, below the 小四 of the caption (typesetting.md 6.2). */
static const Length SOURCE_SIZE = LENGTH_PT(9), SOURCE_LEADING = LENGTH_PT(13);
static const Length SOURCE_GAP = LENGTH_PT(4);

/* Said in the caption when values had to be left out (language.md 4). */
static const char *const REMARKS[] = {
    [REMARK_NONE] = NULL, [REMARK_SOME] = "部分数值未标注", [REMARK_ALL] = "数值未标注"};

bool foot_need(FontSet *fonts, const DocChart *chart)
{
    bool fine = fonts_need(fonts, ROLE_HEI, REMARKS[REMARK_SOME], chart->at);
    for (const Inline *item = chart->source; item; item = item->next)
        if (item->kind == INLINE_TEXT)
            fine =
                fonts_need(fonts, item->bold ? ROLE_HEI : ROLE_SONG, item->text, item->at) && fine;
    return caption_need(fonts, "图", chart->number, chart->caption, chart->at) && fine;
}

static TextLines *source_lines(Typesetter *ts, const DocChart *chart, Length measure)
{
    TextStyle style = {.role = ROLE_SONG, .size = SOURCE_SIZE};
    LineSpec spec = {.measure = measure, .align = ALIGN_LEFT};
    return chart->source ? text_break(ts, text_pieces(ts, chart->source, &style), &spec) : NULL;
}

static Length source_height(const ChartFoot *foot)
{
    return foot->source ? SOURCE_GAP + SOURCE_SIZE + (foot->source->count - 1) * SOURCE_LEADING : 0;
}

ChartFoot foot_break(Typesetter *ts, const DocChart *chart, Remark remark, Length measure)
{
    ChartFoot foot = {.caption = caption_break(ts, "图", chart->number, chart->caption,
                          REMARKS[remark], measure)};
    bool captioned = foot.caption.lines != NULL;
    foot.source = source_lines(ts, chart, measure);
    foot.height = (captioned ? CAPTION_GAP + foot.caption.height : 0) + source_height(&foot);
    foot.least = (captioned ? CAPTION_GAP + caption_style().size : 0) + source_height(&foot);
    return foot;
}

void foot_place(
    Typesetter *ts, Page *page, const ChartFoot *foot, int group, Length x, Length top)
{
    page->tag = foot->caption.lines ? pages_tag(ts->pages, group, TAG_CAPTION) : 0;
    caption_place(ts, page, &foot->caption, x, top + CAPTION_GAP);
    Length baseline =
        top + foot->height - source_height(foot) + SOURCE_GAP + text_ascent(SOURCE_SIZE);
    page->tag = foot->source ? pages_tag(ts->pages, group, TAG_PARAGRAPH) : 0;
    for (int i = 0; foot->source && i < foot->source->count; i++) {
        TextEnd end = i + 1 < foot->source->count ? TEXT_GOES_ON : TEXT_NEW_LINE;
        text_put_line(ts, page, foot->source->lines[i], x, baseline + i * SOURCE_LEADING, end);
    }
    page->tag = 0;
}
