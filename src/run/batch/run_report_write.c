/* The report in its three forms: CSV, which report_read reads again; JSON; a text for reading. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "output/csvwrite.h"
#include "output/sink.h"
#include "run/batch/run_report.h"
#include "run/batch/run_report_words.h"

const char *const report_columns[REPORT_COLUMNS] = {
    /* flat table */
    [REPORT_NUMBER] = "序号",
    [REPORT_UNIT] = "单位",
    [REPORT_SERIAL] = "流水号",
    [REPORT_FILE] = "文件",
    [REPORT_STATE] = "结果",
    [REPORT_PAGES] = "页数",
    [REPORT_FIGURES] = "数字",
    [REPORT_ERRORS] = "错误",
    [REPORT_WARNINGS] = "警告",
    [REPORT_NOTES] = "说明",
    [REPORT_SECONDS] = "用时（秒）",
    [REPORT_FILE_DIGEST] = "文件摘要",
    [REPORT_SOURCE_DIGEST] = "来源摘要",
    [REPORT_MESSAGES] = "消息",
    [REPORT_SHARD] = "分片",
    [REPORT_VERSION] = "版本",
    [REPORT_TEMPLATE] = "模板",
    [REPORT_PERIOD] = "期间",
    [REPORT_TEMPLATE_FILE] = "模板文件",
};

const char *const report_states[] = {"未做", "已出", "未变", "未出", "崩溃", "超时", "内存超限"};
const char *const report_ends[] = {"未完", "完成", "停下", "系统停下", "中断"};

/* ---- CSV ---- */

enum { NUMBER_TEXT = 24 };

/* The cells of a row, numbers in room of their own. */
typedef struct Cells {
    const char *cells[REPORT_COLUMNS];
    char numbers[REPORT_COLUMNS][NUMBER_TEXT];
    char state[64], shard[NUMBER_TEXT];
} Cells;

static void put_number(Cells *cells, ReportColumn column, int64_t number)
{
    snprintf(cells->numbers[column], NUMBER_TEXT, "%" PRId64, number);
    cells->cells[column] = cells->numbers[column];
}

static void put_seconds(char out[NUMBER_TEXT], int64_t microseconds)
{
    int64_t thousandths = (microseconds + 500) / 1000;
    snprintf(out, NUMBER_TEXT, "%" PRId64 ".%03d", thousandths / 1000, (int)(thousandths % 1000));
}

static void put_run(Cells *cells, const RunReport *report)
{
    /* 2/3 would be a day of February for a spreadsheet. */
    snprintf(cells->shard, sizeof cells->shard, "%d之%d", report->shard.index, report->shard.count);
    cells->cells[REPORT_SHARD] = report->shard.count ? cells->shard : "";
    cells->cells[REPORT_VERSION] = report->version;
    cells->cells[REPORT_TEMPLATE] = report->template;
    cells->cells[REPORT_PERIOD] = report->period;
    cells->cells[REPORT_TEMPLATE_FILE] = report->template_file;
}

static void put_counts(Cells *cells, int64_t pages, int64_t figures, int64_t errors,
    int64_t warnings, int64_t notes, int64_t microseconds)
{
    put_number(cells, REPORT_PAGES, pages);
    put_number(cells, REPORT_FIGURES, figures);
    put_number(cells, REPORT_ERRORS, errors);
    put_number(cells, REPORT_WARNINGS, warnings);
    put_number(cells, REPORT_NOTES, notes);
    put_seconds(cells->numbers[REPORT_SECONDS], microseconds);
    cells->cells[REPORT_SECONDS] = cells->numbers[REPORT_SECONDS];
}

void report_write_head(Buf *out)
{
    csv_write_row(out, report_columns, REPORT_COLUMNS);
}

void report_write_row(const RunReport *report, const ReportRow *row, Buf *out)
{
    Cells cells = {.cells = {[REPORT_UNIT] = row->unit,
                       [REPORT_FILE] = row->file,
                       [REPORT_FILE_DIGEST] = row->file_digest,
                       [REPORT_SOURCE_DIGEST] = row->source_digest,
                       [REPORT_MESSAGES] = row->messages}};
    if (row->number)
        put_number(&cells, REPORT_NUMBER, (int64_t)row->number);
    if (row->serial)
        put_number(&cells, REPORT_SERIAL, row->serial);
    snprintf(cells.state, sizeof cells.state, "%s%s", report_states[row->state],
        row->holed ? "，" REPORT_HOLED : "");
    cells.cells[REPORT_STATE] = cells.state;
    put_counts(&cells, row->pages, row->figures, row->errors, row->warnings, row->notes,
        row->microseconds);
    put_run(&cells, report);
    csv_write_row(out, cells.cells, REPORT_COLUMNS);
}

/* Sums over all rows: the table's foot is that of the table. */
void report_write_run(const RunReport *report, Buf *out)
{
    Cells cells = {
        .cells = {[REPORT_UNIT] = REPORT_TOTAL, [REPORT_STATE] = report_ends[report->end]}};
    int64_t pages = 0, figures = 0, errors = 0, warnings = 0, notes = 0;
    for (size_t i = 0; i < report->count; i++) {
        const ReportRow *row = &report->rows[i];
        pages += row->pages;
        figures += row->figures;
        errors += row->errors;
        warnings += row->warnings;
        notes += row->notes;
    }
    put_counts(&cells, pages, figures, errors, warnings, notes, report->microseconds);
    put_run(&cells, report);
    csv_write_row(out, cells.cells, REPORT_COLUMNS);
}

static void write_csv(const RunReport *report, Buf *out)
{
    report_write_head(out);
    for (size_t i = 0; i < report->count; i++)
        report_write_row(report, &report->rows[i], out);
    report_write_run(report, out);
}

/* ---- JSON ---- */

static void add_member(Buf *out, const char *name, const char *text)
{
    buf_addf(out, ",\"%s\":", name);
    buf_add_json(out, text);
}

static const char *state_word(UnitState state)
{
    static const char *const words[] = {
        "planned", "made", "kept", "failed", "crashed", "timed-out", "out-of-memory"};
    return words[state];
}

/* One string a message: lines that begin with a blank (its place, its hints) belong to the one
 * above. */
static void add_message_list(const char *messages, Buf *out)
{
    Buf message = {0};
    buf_adds(out, ",\"messages\":[");
    for (const char *at = messages; *at;) {
        size_t line = strcspn(at, "\n");
        buf_add(&message, at, line);
        at += line + (at[line] == '\n');
        if (*at == ' ') {
            buf_adds(&message, "\n");
            continue;
        }
        buf_add_json(out, message.data ? message.data : "");
        buf_adds(out, *at ? "," : "");
        message.length = 0;
    }
    buf_free(&message);
    buf_adds(out, "]");
}

/* A file that no paper of the run has (any more) is without number. */
static void add_unit(const ReportRow *row, Buf *out)
{
    char seconds[NUMBER_TEXT];
    put_seconds(seconds, row->microseconds);
    buf_adds(out, "{");
    if (row->number)
        buf_addf(out, "\"number\":%zu,", row->number);
    buf_adds(out, "\"unit\":");
    buf_add_json(out, row->unit);
    if (row->serial)
        buf_addf(out, ",\"serial\":%ld", row->serial);
    add_member(out, "file", row->file);
    add_member(out, "state", state_word(row->state));
    buf_addf(out,
        ",\"holed\":%s,\"pages\":%d,\"figures\":%ld,\"errors\":%d,\"warnings\":%d,\"notes\":%d"
        ",\"seconds\":%s",
        row->holed ? "true" : "false", row->pages, row->figures, row->errors, row->warnings,
        row->notes, seconds);
    add_member(out, "sha256", row->file_digest);
    add_member(out, "source", row->source_digest);
    add_message_list(row->messages, out);
    buf_adds(out, "}");
}

static void write_json(const RunReport *report, Buf *out)
{
    static const char *const ends[] = {"under-way", "done", "gave-up", "stopped", "interrupted"};
    ReportSums sums = report_sums(report);
    char seconds[NUMBER_TEXT];
    put_seconds(seconds, report->microseconds);
    buf_adds(out, "{\"program\":\"wenyin\"");
    add_member(out, "version", report->version);
    add_member(out, "template", report->template);
    add_member(out, "template_file", report->template_file);
    add_member(out, "period", report->period);
    if (report->shard.count)
        buf_addf(out, ",\"shard\":\"%d/%d\"", report->shard.index, report->shard.count);
    add_member(out, "end", ends[report->end]);
    buf_addf(out,
        ",\"made\":%zu,\"kept\":%zu,\"failed\":%zu,\"planned\":%zu,\"errors\":%zu,"
        "\"warnings\":%zu,\"seconds\":%s,\"units\":[",
        sums.made, sums.kept, sums.failed, sums.planned, sums.errors, sums.warnings, seconds);
    for (size_t i = 0; i < report->count; i++) {
        buf_adds(out, i ? ",\n" : "\n");
        add_unit(&report->rows[i], out);
    }
    buf_adds(out, "]}\n");
}

/* ---- text ---- */

static void add_messages(const char *messages, Buf *out)
{
    while (*messages) {
        size_t line = strcspn(messages, "\n");
        buf_addf(out, "      %.*s\n", (int)line, messages);
        messages += line + (messages[line] == '\n');
    }
}

static void write_txt(const RunReport *report, Buf *out)
{
    ReportSums sums = report_sums(report);
    char seconds[NUMBER_TEXT];
    put_seconds(seconds, report->microseconds);
    buf_addf(out, "运行报告　%s　%s", report->template, report->period);
    if (report->shard.count)
        buf_addf(out, "　第%d片，共%d片", report->shard.index, report->shard.count);
    buf_addf(out,
        "　%s\n共%zu份：新出%zu，未变%zu，没有出%zu，没有做%zu；%zu页，警告%zu条，用时%s秒\n\n",
        report_ends[report->end], sums.units, sums.made, sums.kept, sums.failed, sums.planned,
        sums.pages, sums.warnings, seconds);
    for (size_t i = 0; i < report->count; i++) {
        const ReportRow *row = &report->rows[i];
        if (row->number)
            buf_addf(out, "%4zu", row->number);
        buf_addf(out, "　%s　%s%s　", row->unit, report_states[row->state],
            row->holed ? "，" REPORT_HOLED : "");
        if (row->serial)
            buf_addf(out, "%ld号　", row->serial);
        if (row->pages)
            buf_addf(out, "%d页　", row->pages);
        buf_addf(out, "%s\n", row->file);
        add_messages(row->messages, out);
    }
}

void report_write(const RunReport *report, ReportForm form, Buf *out)
{
    static void (*const writers[])(const RunReport *, Buf *) = {
        [REPORT_CSV] = write_csv, [REPORT_JSON] = write_json, [REPORT_TXT] = write_txt};
    writers[form](report, out);
}

bool report_save(const RunReport *report, ReportForm form, const char *path, Diags *diags)
{
    Buf text = {0};
    report_write(report, form, &text);
    bool done = sink_save(path, text.data, text.length, diags);
    buf_free(&text);
    return done;
}
