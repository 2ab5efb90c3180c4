/* Charts, drawn natively as vectors with the report's own faces: print first, so series differ by
 * pattern, tone and marker at once. A chart never splits; its frame is `measure` wide. The caption
 * 图1… stands below. */
#ifndef TYPESET_CHART_CHART_H
#define TYPESET_CHART_CHART_H

#include "typeset/text.h"

enum { CHART_LEAST_LINES = 6 }; /* no chart is lower */

/* Notes every text (labels, categories, ticks, caption) in its role. */
bool chart_need(FontSet *fonts, const DocChart *chart);
/* Height of the whole block, caption included. */
Length chart_height(Typesetter *ts, const DocChart *chart, Length measure);
/* Draws it with its top left corner at (x, y). False after a message (a pie of negatives, nothing
 * to draw). */
bool chart_place(
    Typesetter *ts, Page *page, const DocChart *chart, Length x, Length y, Length measure);

/* Two charts side by side, each with its own caption. */
typedef struct ChartPair {
    const DocChart *left, *right;
} ChartPair;

Length chart_pair_measure(Length measure); /* of one of them */
Length chart_pair_height(Typesetter *ts, const ChartPair *pair, Length measure);
bool chart_pair_place(
    Typesetter *ts, Page *page, const ChartPair *pair, Length x, Length y, Length measure);

#endif
