/* What a chart shows, in words: for those who cannot see it (the description of an SVG, the tags of
 * a PDF). A pure function of the chart, without judgement: nothing is said that the figures do not
 * say. */
#ifndef DOCUMENT_CHART_TEXT_H
#define DOCUMENT_CHART_TEXT_H

#include "document/document.h"

/* 柱状图：各村生活垃圾清理量，17个村，最高长塘村42.5吨，最低路东村3吨。 `noun`: what the categories
 * are counted by, 个村. */
const char *chart_alt(Arena *arena, const DocChart *chart, const char *noun);
/* 图2　各村生活垃圾清理量; "" of a chart without caption. */
const char *chart_title(Arena *arena, const DocChart *chart);

#endif
