/* The names of rows, left of them: set to the right, at the largest size at which each stands on
 * one line, else in lines of the room they may take. Never cut. */
#ifndef TYPESET_CHART_ROWNAMES_H
#define TYPESET_CHART_ROWNAMES_H

#include "typeset/chart/category.h"

typedef struct RowNames {
    TextStyle style;
    NameLines *names;
    int count;
    Length width, height; /* of the widest, of the highest */
} RowNames;

/* False (noted) if a name cannot be broken to `most`. */
bool row_names_layout(
    Canvas *canvas, const char *const *texts, int count, Length most, RowNames *out);
/* For rows that are no higher than `slot`, with as much of the chart's width as that takes, up to
 * half. False (noted) if no way fits. */
bool row_names_fit(
    Canvas *canvas, const char *const *texts, int count, Length slot, RowNames *out);
/* One name, its lines round `middle`. */
void row_name_place(Canvas *canvas, const RowNames *names, int row, Length right, Length middle);

#endif
