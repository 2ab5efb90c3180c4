/* The run report of a batch, in the folder of its files. One CSV file is at once
 *   - the lock: one run at a time has it (output/lock.h);
 *   - the plan: before the first page every unit has a row 未做, on the disk;
 *   - the journal: a row is added as a unit is done; of two rows for a file the later one holds,
 * and a last row that a kill has torn counts for nothing;
 *   - the report: in the end written anew, in the units' order, under its own name.
 * Rows for files that this run does not make are carried along. A row without 序号 is that of the
 * run itself (合计): its template, period, shard, version, and how it ended. */
#ifndef RUN_BATCH_RUN_REPORT_H
#define RUN_BATCH_RUN_REPORT_H

#include "base/map.h"
#include "run/batch/shard.h"
#include "run/batch/unit_render.h"

typedef enum RunEnd { RUN_UNDER_WAY, RUN_DONE, RUN_GAVE_UP, RUN_STOPPED, RUN_INTERRUPTED } RunEnd;

/* A file of the batch, or what became of it. Texts are never NULL. */
typedef struct ReportRow {
    const char *unit, *file; /* file: seen from the folder of the report */
    size_t number;           /* 序号; 0: no paper of the run has the file (any more) */
    long serial;             /* 流水号, 0: none */
    UnitState state;
    bool holed;
    int pages;
    long figures;
    int errors, warnings, notes;
    int64_t microseconds;
    const char *file_digest, *source_digest, *messages;
    bool ours; /* this run makes it; of one that was read: that run has made it */
} ReportRow;

typedef struct RunReport {
    const char *path;
    const char *template, *period, *version; /* 整改函, 2024-06, 0.1 */
    const char *template_file; /* ../templates/整改函.xml: seen from the folder, "": not known */
    Shard shard;
    RunEnd end;
    int64_t microseconds;
    ReportRow *rows;
    size_t count, capacity;
    Map *files; /* file → index + 1 */
} RunReport;

/* ---- in memory ---- */

RunReport *report_new(Arena *arena, const char *path);
/* The row of a file, NULL when there is none. */
ReportRow *report_find(const RunReport *report, const char *file);
/* Adds a row, or puts it in the place of the one that its file has. */
ReportRow *report_put(Arena *arena, RunReport *report, const ReportRow *row);
/* One of its own, of the same rows. */
RunReport *report_copy(Arena *arena, const RunReport *report);
/* In the order of the units; those of this run before what has the same number. */
void report_sort(RunReport *report);

/* ---- as text ---- */

typedef enum ReportForm { REPORT_CSV, REPORT_JSON, REPORT_TXT } ReportForm;

bool report_form(const char *path, ReportForm *out); /* by the extension; "-": REPORT_TXT */
void report_write(const RunReport *report, ReportForm form, Buf *out);
/* The same as a file, whole or not at all. False after a message. */
bool report_save(const RunReport *report, ReportForm form, const char *path, Diags *diags);
void report_write_head(Buf *out); /* of the CSV, with its BOM */
void report_write_row(const RunReport *report, const ReportRow *row, Buf *out);
void report_write_run(const RunReport *report, Buf *out); /* the row 合计 */

/* Reads the CSV form; `path` names it. `*whole` is how many bytes of it are whole rows, 0 where it
 * is not as we write it (another encoding, another order of columns): then nothing may be added to
 * it. NULL after messages. */
RunReport *report_read(
    Arena *arena, const char *path, const char *bytes, size_t length, size_t *whole, Diags *diags);

/* ---- what it says of the run ---- */

typedef struct ReportSums {
    size_t units, made, kept, failed, planned;
    size_t errors, warnings, notes, pages;
    bool holed;
} ReportSums;

/* Of the rows that are the run's own. */
ReportSums report_sums(const RunReport *report);
/* Messages of a unit as they fit into a cell. */
const char *report_messages(Arena *arena, const char *messages);
/* Names the units that failed (E557) … */
void report_tell_failed(Arena *arena, const RunReport *report, Diags *diags);
/* … and those that were not begun (W563). */
void report_tell_planned(Arena *arena, const RunReport *report, Diags *diags);
/* N562; its warnings are those of the units and of the run's own messages. */
void report_tell_sums(const RunReport *report, Diags *diags);
bool state_is_whole(UnitState state); /* the file is there as it has to be */

#endif
