/* Any bytes as a run report: what is read is written, and read again the same; what counts as whole
 * rows may be added to. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "run/batch/run_report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* What was read, written and read again, is written the same. */
static void check_again(Arena *arena, const RunReport *report)
{
    Buf once = {0}, twice = {0};
    size_t whole;
    report_write(report, REPORT_CSV, &once);
    const RunReport *again =
        report_read(arena, "a.csv", once.data, once.length, &whole, diag_new(arena));
    demand(again && whole == once.length && again->count == report->count);
    report_write(again, REPORT_CSV, &twice);
    demand(once.length == twice.length && memcmp(once.data, twice.data, once.length) == 0);
    buf_free(&once);
    buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    size_t whole;
    RunReport *report = report_read(arena, "a.csv", (const char *)data, size, &whole, diags);
    demand(!report == diag_failed(diags));
    if (report) {
        Buf text = {0};
        demand(whole <= size && (whole == 0 || data[whole - 1] == '\n'));
        check_again(arena, report);
        report_sort(report);
        for (int form = REPORT_CSV; form <= REPORT_TXT; form++)
            report_write(report, (ReportForm)form, &text);
        buf_free(&text);
    }
    arena_free(arena);
    return 0;
}
