/* 改定.csv of the data folder: the leader's word on figures of the paper, read of its own accord by
 * render and check alike. A row names a place of the 核对单 (check/entries.h), the value that is to
 * stand there, why, and who says so; the figure is overruled wherever the same claim stands, so
 * that no paper says two values. Rows for other periods or templates are left alone. Without the
 * file nothing is done. */
#ifndef RUN_OVERRULE_OVERRULE_H
#define RUN_OVERRULE_OVERRULE_H

#include "check/sheet.h"
#include "run/session.h"

/* For the 核对单. */
typedef struct OverruleReport {
    Unmoved *unmoved; /* by ruling, then in the order of reading */
    size_t count, capacity;
} OverruleReport;

/* template_evaluate, with what 改定.csv says. The paper is worked out twice where a figure is
 * overruled: first for the claims behind the places. False after messages; where only 改定.csv is
 * at fault, `out` is the paper as the data have it. */
bool overrule_evaluate(Session *session, Document *out, OverruleReport *report);

#endif
