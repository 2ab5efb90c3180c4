/* The run report as a file while a batch runs (run/batch/run_report.h says what it is). Life:
 * journal_open → journal_plan → journal_add for each unit → journal_finish → journal_close. */
#ifndef RUN_BATCH_RUN_JOURNAL_H
#define RUN_BATCH_RUN_JOURNAL_H

#include "run/batch/run_report.h"

typedef struct Journal Journal;

/* Makes the folders of `path`, locks the report and reads what it says of runs before; sees to it
 * that files can be made beside it. NULL after messages: another run has it (E565), it is none, the
 * folder is read-only. Lies in session->arena. */
Journal *journal_open(const Session *session, const char *path);
/* What it says; the caller changes it, then writes it with the functions below. */
RunReport *journal_report(Journal *journal);
/* Adds the rows that are the run's own and sees them on the disk: the plan. False after a message;
 * the file is then as it was. */
bool journal_plan(Journal *journal);
/* Adds one row. False after a message. */
bool journal_add(Journal *journal, const ReportRow *row);
/* The whole report anew under its own name. False after a message: what was added is still there.
 */
bool journal_finish(Journal *journal);
void journal_close(Journal *journal); /* null allowed; the lock ends */

#endif
