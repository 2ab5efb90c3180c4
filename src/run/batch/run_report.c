#include "run/batch/run_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "base/utf8.h"
#include "base/version.h"
#include "run/outputs.h"

/* Spreadsheets cut a cell behind 32,767 characters, or put the rest into cells of its own. */
enum { MESSAGES_KEPT = 32000 };

RunReport *report_new(Arena *arena, const char *path)
{
    RunReport *report = ARENA_NEW(arena, RunReport);
    *report = (RunReport){.path = path,
        .template = "",
        .period = "",
        .template_file = "",
        .version = WENYIN_VERSION,
        .files = map_new(arena)};
    return report;
}

ReportRow *report_find(const RunReport *report, const char *file)
{
    size_t index = (size_t)(uintptr_t)map_find(report->files, file);
    return index ? &report->rows[index - 1] : NULL;
}

ReportRow *report_put(Arena *arena, RunReport *report, const ReportRow *row)
{
    ReportRow *there = report_find(report, row->file);
    if (!there) {
        report->rows =
            arena_grow(arena, report->rows, report->count, &report->capacity, sizeof *report->rows);
        there = &report->rows[report->count++];
        map_put(report->files, row->file, (void *)(uintptr_t)report->count);
    }
    *there = *row;
    return there;
}

RunReport *report_copy(Arena *arena, const RunReport *report)
{
    RunReport *copy = arena_copy(arena, report, sizeof *report);
    copy->rows = ARENA_ARRAY(arena, ReportRow, report->count + 1);
    copy->capacity = report->count + 1;
    copy->files = map_copy(arena, report->files);
    if (report->count > 0)
        memcpy(copy->rows, report->rows, report->count * sizeof *report->rows);
    return copy;
}

static int by_number(const void *first, const void *second)
{
    const ReportRow *a = first, *b = second;
    if (a->number != b->number) /* those without one at the end */
        return a->number - 1 < b->number - 1 ? -1 : 1;
    if (a->ours != b->ours)
        return a->ours ? -1 : 1;
    return strcmp(a->file, b->file);
}

void report_sort(RunReport *report)
{
    if (report->count > 0)
        qsort(report->rows, report->count, sizeof *report->rows, by_number);
    for (size_t i = 0; i < report->count; i++)
        map_put(report->files, report->rows[i].file, (void *)(uintptr_t)(i + 1));
}

bool report_form(const char *path, ReportForm *out)
{
    *out = output_ends(path, ".csv")    ? REPORT_CSV
           : output_ends(path, ".json") ? REPORT_JSON
                                        : REPORT_TXT;
    return *out != REPORT_TXT || output_ends(path, ".txt") || strcmp(path, "-") == 0;
}

bool state_is_whole(UnitState state)
{
    return state == UNIT_MADE || state == UNIT_KEPT;
}

static bool is_failed(UnitState state)
{
    return state != UNIT_PLANNED && !state_is_whole(state);
}

ReportSums report_sums(const RunReport *report)
{
    ReportSums sums = {0};
    for (size_t i = 0; i < report->count; i++) {
        const ReportRow *row = &report->rows[i];
        if (!row->ours)
            continue;
        sums.units++;
        sums.made += row->state == UNIT_MADE;
        sums.kept += row->state == UNIT_KEPT;
        sums.planned += row->state == UNIT_PLANNED;
        sums.failed += is_failed(row->state);
        if (row->state == UNIT_PLANNED)
            continue; /* what stands there is of a run before */
        sums.errors += (size_t)row->errors;
        sums.warnings += (size_t)row->warnings;
        sums.notes += (size_t)row->notes;
        sums.pages += (size_t)row->pages;
        sums.holed = sums.holed || row->holed;
    }
    return sums;
}

/* Cut at a line. */
const char *report_messages(Arena *arena, const char *messages)
{
    size_t kept = 0;
    for (size_t characters = 0; messages[kept];) {
        size_t line = strcspn(messages + kept, "\n");
        line += messages[kept + line] == '\n';
        characters += utf8_count(messages + kept, line);
        if (characters > MESSAGES_KEPT)
            return arena_printf(arena, "%.*s…\n", (int)kept, messages);
        kept += line;
    }
    return arena_strdup(arena, messages);
}

/* ---- told at the end ---- */

static bool is_planned(UnitState state)
{
    return state == UNIT_PLANNED;
}

static void tell(
    Arena *arena, const RunReport *report, Diags *diags, DiagCode code, bool (*is_meant)(UnitState))
{
    Names names = {0};
    size_t total = 0;
    for (size_t i = 0; i < report->count; i++) {
        const ReportRow *row = &report->rows[i];
        total += row->ours;
        if (row->ours && is_meant(row->state))
            names_add(arena, &names, row->unit);
    }
    if (names.count > 0)
        diag_add(diags, code, NULL, total, names.count, names.list,
            names_more(&names));
}

void report_tell_failed(Arena *arena, const RunReport *report, Diags *diags)
{
    tell(arena, report, diags, DIAG_E557, is_failed);
}

void report_tell_planned(Arena *arena, const RunReport *report, Diags *diags)
{
    tell(arena, report, diags, DIAG_W563, is_planned);
}

void report_tell_sums(const RunReport *report, Diags *diags)
{
    ReportSums sums = report_sums(report);
    char seconds[32];
    snprintf(seconds, sizeof seconds, "%" PRId64 ".%d", report->microseconds / 1000000,
        (int)(report->microseconds / 100000 % 10));
    diag_add(diags, DIAG_N562, NULL, sums.units, sums.made, sums.kept, sums.failed, sums.planned,
        sums.warnings + diag_count(diags, DIAG_WARNING), seconds);
}
