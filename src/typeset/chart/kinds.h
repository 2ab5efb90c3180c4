/* The kinds of charts: each draws into canvas->frame. */
#ifndef TYPESET_CHART_KINDS_H
#define TYPESET_CHART_KINDS_H

#include "typeset/chart/canvas.h"

/* What the page must know of a kind. */
typedef struct ChartClass {
    /* Draws; false (noted on the canvas) if something does not fit. */
    bool (*place)(Canvas *canvas);
    /* Whether the data makes such a chart at all: false after a message. NULL: all data does. */
    bool (*check)(const DocChart *chart, Diags *diags);
    /* The height below which the drawing would be a strip; NULL: any height will do. */
    Length (*least_height)(Canvas *canvas);
    int lines;        /* default height */
    int narrow_lines; /* the same where labels take the width from a circle; 0: no less */
    int most_series;  /* SERIES_LIMIT, or what the kind bears */
    /* Whether values without room may go into a table, and there is room for it. NULL: none. */
    bool (*takes_table)(Canvas *canvas);
    /* The chart that is drawn for the one that is there (shares for values); NULL: the same. */
    const DocChart *(*derive)(Arena *arena, const DocChart *chart);
    const char *words; /* that the kind writes itself */
} ChartClass;

const ChartClass *chart_class(ChartKind kind);

bool bar_place(Canvas *canvas); /* 柱 堆叠 百分比堆叠 */
Length bar_least_height(Canvas *canvas);
bool hbar_place(Canvas *canvas);
Length hbar_least_height(Canvas *canvas);
bool hbar_takes_table(Canvas *canvas);
bool line_place(Canvas *canvas);
bool combo_place(Canvas *canvas);
const DocChart *combo_ordered(Arena *arena, const DocChart *chart);
bool pie_place(Canvas *canvas); /* 饼 环形 */
bool pie_check(const DocChart *chart, Diags *diags);
Length pie_least_height(Canvas *canvas);
bool bullet_place(Canvas *canvas);
bool bullet_check(const DocChart *chart, Diags *diags);
Length bullet_least_height(Canvas *canvas);
bool heat_place(Canvas *canvas);
bool heat_check(const DocChart *chart, Diags *diags);
Length heat_least_height(Canvas *canvas);
bool radar_place(Canvas *canvas);
bool radar_check(const DocChart *chart, Diags *diags);
Length radar_least_height(Canvas *canvas);

#endif
