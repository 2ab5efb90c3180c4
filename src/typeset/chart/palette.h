/* How series are told apart on a black-and-white print: by pattern and tone of a fill, by dash and
 * marker of a line. */
#ifndef TYPESET_CHART_PALETTE_H
#define TYPESET_CHART_PALETTE_H

#include "typeset/chart/canvas.h"

enum { SERIES_LIMIT = 8, SLICE_LIMIT = 24 };

typedef enum Marker {
    MARKER_CIRCLE,
    MARKER_SQUARE,
    MARKER_TRIANGLE,
    MARKER_DIAMOND,
    MARKER_FALLING /* a triangle on its tip */
} Marker;

typedef struct SeriesStyle {
    Pattern pattern;
    Color fill; /* of the pattern's lines, or of the whole area when solid */
    Marker marker;
    bool marker_filled;
    Color line;
    Length dash[4];
} SeriesStyle;

/* Style of the series `index`; a series that is alone has a calm middle tone. */
const SeriesStyle *palette_series(ChartPalette palette, int index, int count);
/* Style of a slice: no two neighbours are alike, the last and the first included. */
const SeriesStyle *palette_slice(ChartPalette palette, int index, int count);

void palette_fill(const SeriesStyle *style, Shape *shape);
void palette_stroke(const SeriesStyle *style, Shape *shape);
void palette_marker(Canvas *canvas, const SeriesStyle *style, Point centre, Length size);

#endif
