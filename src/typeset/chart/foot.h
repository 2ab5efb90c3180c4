/* What stands below the drawing of a chart: its caption, and where the figures come from. */
#ifndef TYPESET_CHART_FOOT_H
#define TYPESET_CHART_FOOT_H

#include "typeset/caption.h"

typedef struct ChartFoot {
    Caption caption;
    TextLines *source; /* NULL: none */
    Length height;     /* of all, with the gap above it */
    Length least;      /* the same of a caption of one line */
} ChartFoot;

/* The caption says that some values, or all of them, were left out. */
typedef enum Remark { REMARK_NONE, REMARK_SOME, REMARK_ALL } Remark;

/* Notes its texts. */
bool foot_need(FontSet *fonts, const DocChart *chart);
ChartFoot foot_break(Typesetter *ts, const DocChart *chart, Remark remark, Length measure);
/* Tagged in the group of the chart. */
void foot_place(Typesetter *ts, Page *page, const ChartFoot *foot, int group, Length x, Length top);

#endif
