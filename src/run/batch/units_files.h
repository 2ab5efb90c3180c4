/* The files of a batch as a folder has them: which of them are the run's to replace, which no paper
 * makes any more (trust.md O3). */
#ifndef RUN_BATCH_UNITS_FILES_H
#define RUN_BATCH_UNITS_FILES_H

#include "run/job.h"
#include "run/batch/run_report.h"

/* 整改函 of templates/整改函.xml. */
const char *units_stem(Arena *arena, const char *path);
/* 整改函/运行报告-整改函-2024-06.csv; with --shard 2/3 …-2之3.csv. */
const char *units_report_path(const RenderJob *job, const Session *session, const Units *units);
/* What the other reports of the run beside it (of shards, of the whole) say of files of the units
 * goes into `report`, where it does not know them: machines may be dealt out anew. */
void units_adopt(const RenderJob *job, Session *session, const Units *units, RunReport *report);
/* The report is not that of another template of the same stem; else a message and false. */
bool units_report_is_ours(
    const RenderJob *job, Session *session, const Units *units, const RunReport *report);
/* --report, --register and the run report are no paper's file, nor each other; else messages and
 * false. */
bool units_are_apart(const RenderJob *job, const Session *session, const Units *units);
/* Files that are there already were all made by earlier runs, as `report` says; else a message that
 * names those that were not, and false. */
bool units_files_are_ours(
    const RenderJob *job, Session *session, const Units *units, const RunReport *report);
/* Rows 未做 for the units, in the place of what was told of their files; the digests stay, for as
 * long as they hold. All other rows are carried along. */
void units_plan_rows(Session *session, const Units *units, RunReport *report);
/* Removes what killed runs have left in the folders of the files and of the report. */
void units_sweep(Arena *arena, const Units *units);
/* Warns of files of earlier runs that are there and that no unit makes any more, also pages beyond
 * the last, and those of a form that `earlier` may have had (--long or not); forgets those that are
 * gone. Rows have the numbers that the units have now; those for files that are not this run's, or
 * another shard's, have none. */
void units_settle_left(const RenderJob *job, Session *session, const Units *units,
    RunReport *report, const RunReport *earlier);
/* Warns of files that are there though this run could not make them: whoever opens the folder takes
 * them, drafts too, for what was asked for. */
void units_tell_older(const RenderJob *job, Session *session, const Units *units,
    const RunReport *report, const RunReport *earlier);

#endif
