/* The columns and words of the report's CSV form, shared by its writer and its reader. */
#ifndef RUN_BATCH_RUN_REPORT_WORDS_H
#define RUN_BATCH_RUN_REPORT_WORDS_H

typedef enum ReportColumn {
    REPORT_NUMBER,
    REPORT_UNIT,
    REPORT_SERIAL,
    REPORT_FILE,
    REPORT_STATE,
    REPORT_PAGES,
    REPORT_FIGURES,
    REPORT_ERRORS,
    REPORT_WARNINGS,
    REPORT_NOTES,
    REPORT_SECONDS,
    REPORT_FILE_DIGEST,
    REPORT_SOURCE_DIGEST,
    REPORT_MESSAGES,
    REPORT_SHARD,
    REPORT_VERSION,
    REPORT_TEMPLATE,
    REPORT_PERIOD,
    REPORT_TEMPLATE_FILE,
    REPORT_COLUMNS
} ReportColumn;

/* By ReportColumn; 未出 … by UnitState; 完成 … by RunEnd. */
extern const char *const report_columns[REPORT_COLUMNS], *const report_states[],
                                                             *const report_ends[];
enum { REPORT_STATES = 7, REPORT_ENDS = 5 };
#define REPORT_TOTAL "合计"   /* the unit of the run's own row */
#define REPORT_HOLED "有缺数" /* behind the state: 已出，有缺数 */

#endif
