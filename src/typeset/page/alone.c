/* A chart of a paper on a sheet of its own, as large as it is: for slides and messages. */
#include "document/chart_text.h"
#include "typeset/chart/chart.h"
#include "typeset/page/page_internal.h"

static const Length MARGIN = LENGTH_MM(3);

Pages *typeset_chart(
    Arena *arena, const Document *document, const Block *block, FontSet *fonts, Diags *diags)
{
    const DocChart *chart = block->chart;
    if (!fonts_style(fonts, &document->style) || !chart_need(fonts, chart) || !fonts_cut(fonts))
        return NULL;
    Typesetter ts = {.arena = arena,
        .fonts = fonts,
        .diags = diags,
        .pages = pages_new(arena),
        .style = &document->style};
    fonts_list(fonts, ts.pages);
    const TypeArea *area = &document->style.area;
    Length whole = block->landscape > 0 ? area->height : area->width; /* as in the paper */
    Length measure = chart->pair > 0 ? chart_pair_measure(whole) : whole;
    Length height = chart_height(&ts, chart, measure);
    Page *page = pages_add(ts.pages, measure + 2 * MARGIN, height + 2 * MARGIN);
    ts.pages->title = chart_title(arena, chart);
    ts.pages->author = document->author;
    ts.pages->date = document->date;
    if (document->tagged) {
        pages_tagged(ts.pages);
    }
    return chart_place(&ts, page, chart, MARGIN, MARGIN, measure) ? ts.pages : NULL;
}
