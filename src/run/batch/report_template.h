/* Whose run report it is: two templates of the same stem (甲/函.xml, 乙/函.xml) would have one name
 * for theirs, and each would take the other's letters for its own. */
#ifndef RUN_BATCH_REPORT_TEMPLATE_H
#define RUN_BATCH_REPORT_TEMPLATE_H

#include "run/batch/run_report.h"

/* The template as it is seen from the folder of the report: ../templates/函.xml, so that a folder
 * tree may be moved, or lie elsewhere on another machine. "" when that cannot be told. */
const char *report_template_file(Arena *arena, const char *folder, const char *path);
/* False when the report tells of a template that is there and is another file than `path`. One that
 * is gone was moved, or is another machine's. */
bool report_is_of(
    Arena *arena, const RunReport *report, const char *folder, const char *path);

#endif
