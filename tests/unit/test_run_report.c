/* What is written is read again, wherever a kill has cut it; a later row holds. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "run/batch/run_report.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const ReportRow rows[] = {
    {.unit = "长塘村",
        .file = "东片/长塘村.pdf",
        .number = 1,
        .serial = 17,
        .state = UNIT_MADE,
        .pages = 2,
        .figures = 19,
        .warnings = 1,
        .microseconds = 12345678,
        .file_digest = SHA,
        .source_digest = SHA,
        .messages = "函.xml:3:7: 警告 W142: “a”,b\n    3 |  <p>\n",
        .ours = true},
    {.unit = "=1+1",
        .file = "-1,2.pdf",
        .number = 2,
        .state = UNIT_KEPT,
        .holed = true,
        .notes = 3,
        .file_digest = SHA,
        .source_digest = SHA,
        .messages = "",
        .ours = true},
    {.unit = "前江村",
        .file = " 前江村.pdf ",
        .number = 3,
        .state = UNIT_OUT_OF_MEMORY,
        .errors = 2,
        .file_digest = "",
        .source_digest = "",
        .messages = "=\r\n\t\"\"",
        .ours = true},
    {.unit = "丙村",
        .file = "丙村.pdf",
        .number = 4,
        .state = UNIT_PLANNED,
        .file_digest = "",
        .source_digest = "",
        .messages = "",
        .ours = true},
};
enum { COUNT = sizeof rows / sizeof *rows };

typedef struct Fixture {
    Arena *arena;
    Diags *diags;
    RunReport *report;
    Buf text;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = test_calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diag_new(f->arena);
    f->report = report_new(f->arena, "a.csv");
    f->report->template = "整改函";
    f->report->period = "2024-06";
    f->report->shard = (Shard){2, 3};
    f->report->end = RUN_INTERRUPTED;
    f->report->microseconds = 61234000;
    for (int i = COUNT; i > 0; i--)
        report_put(f->arena, f->report, &rows[i - 1]);
    report_sort(f->report);
    report_write(f->report, REPORT_CSV, &f->text);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    buf_free(&f->text);
    arena_free(f->arena);
    test_free(f);
    return 0;
}

static RunReport *read_bytes(Fixture *f, const char *bytes, size_t length, size_t *whole)
{
    return report_read(f->arena, "a.csv", bytes, length, whole, f->diags);
}

static void check_row(const ReportRow *found, const ReportRow *row)
{
    assert_string_equal(found->unit, row->unit);
    assert_string_equal(found->file, row->file);
    assert_int_equal(found->number, row->number);
    assert_int_equal(found->serial, row->serial);
    assert_int_equal(found->state, row->state);
    assert_int_equal(found->holed, row->holed);
    assert_int_equal(found->pages, row->pages);
    assert_int_equal(found->figures, row->figures);
    assert_int_equal(found->errors, row->errors);
    assert_int_equal(found->warnings, row->warnings);
    assert_int_equal(found->notes, row->notes);
    assert_int_equal(found->microseconds / 1000, (row->microseconds + 500) / 1000);
    assert_string_equal(found->file_digest, row->file_digest);
    assert_string_equal(found->source_digest, row->source_digest);
    assert_string_equal(found->messages, row->messages);
}

static void test_round_trip(void **state)
{
    Fixture *f = *state;
    size_t whole;
    RunReport *found = read_bytes(f, f->text.data, f->text.length, &whole);
    assert_non_null(found);
    assert_int_equal(whole, f->text.length);
    assert_int_equal(found->count, COUNT);
    for (int i = 0; i < COUNT; i++)
        check_row(&found->rows[i], &rows[i]);
    assert_string_equal(found->template, "整改函");
    assert_string_equal(found->period, "2024-06");
    assert_int_equal(found->shard.index, 2);
    assert_int_equal(found->shard.count, 3);
    assert_int_equal(found->end, RUN_INTERRUPTED);
    assert_int_equal(found->microseconds, 61234000);
    Buf again = {0};
    report_write(found, REPORT_CSV, &again);
    assert_int_equal(again.length, f->text.length);
    assert_memory_equal(again.data, f->text.data, again.length);
    buf_free(&again);
}

/* Cut at every byte: the rows that are whole, and no message. */
static void test_torn(void **state)
{
    Fixture *f = *state;
    for (size_t length = 1; length <= f->text.length; length++) {
        size_t whole;
        RunReport *found = read_bytes(f, f->text.data, length, &whole);
        assert_non_null(found);
        assert_false(diag_failed(f->diags));
        assert_true(whole <= length);
        assert_true(whole == 0 || f->text.data[whole - 1] == '\n');
        assert_true(length - whole < 600); /* one row at most is lost */
        for (size_t i = 0; i < found->count; i++)
            check_row(&found->rows[i], &rows[i]);
    }
}

static void test_later_holds(void **state)
{
    Fixture *f = *state;
    Buf more = {0};
    size_t whole;
    ReportRow row = rows[3];
    row.state = UNIT_FAILED;
    row.messages = "错了\n";
    report_write_row(f->report, &row, &more);
    buf_add(&f->text, more.data + 3, more.length - 3); /* without the BOM */
    RunReport *found = read_bytes(f, f->text.data, f->text.length, &whole);
    assert_non_null(found);
    assert_int_equal(found->count, COUNT);
    check_row(&found->rows[3], &row);
    buf_free(&more);
}

static void test_refused(void **state)
{
    Fixture *f = *state;
    static const char *const bad[] = {"单位,文件\n甲,a\n", "单位,文件,结果\n甲,,已出\n",
        "单位,文件,结果\n甲,a,已出了\n", "单位,文件,结果\n甲,a,\n",
        "单位,文件,结果,页数\n甲,a,已出,-1\n", "单位,文件,结果,页数\n甲,a,已出,99999999999\n",
        "单位,文件,结果,用时（秒）\n甲,a,已出,很久\n", "单位,文件,结果,文件摘要\n甲,a,已出,xyz\n",
        "序号,单位,文件,结果,分片\n,合计,,完成,3/2\n", "序号,单位,文件,结果\n,合计,,好\n",
        "\xFF\xFF\xFF", "单位,文件,结果\n\"甲,a,已出\n", "x\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t whole;
        f->diags = diag_new(f->arena);
        assert_null(read_bytes(f, bad[i], strlen(bad[i]), &whole));
        assert_true(diag_failed(f->diags));
    }
}

/* As an office may have saved it: fewer columns, in another order. */
static void test_other_columns(void **state)
{
    Fixture *f = *state;
    static const char text[] = "结果;文件;备注;单位\n已出，有缺数;a.pdf;好;甲\n";
    size_t whole;
    RunReport *found = read_bytes(f, text, strlen(text), &whole);
    assert_non_null(found);
    assert_int_equal(whole, 0); /* nothing may be added to it */
    assert_int_equal(found->count, 1);
    assert_true(found->rows[0].holed);
    assert_string_equal(found->rows[0].unit, "甲");
}

static void test_sums(void **state)
{
    Fixture *f = *state;
    ReportSums sums = report_sums(f->report);
    assert_int_equal(sums.units, 4);
    assert_int_equal(sums.made, 1);
    assert_int_equal(sums.kept, 1);
    assert_int_equal(sums.failed, 1);
    assert_int_equal(sums.planned, 1);
    assert_int_equal(sums.errors, 2);
    assert_int_equal(sums.warnings, 1);
    assert_int_equal(sums.notes, 3);
    assert_true(sums.holed);
    report_find(f->report, "丙村.pdf")->ours = false;
    assert_int_equal(report_sums(f->report).units, 3);
}

static void test_messages(void **state)
{
    Fixture *f = *state;
    enum { LINE = 100, LINES = 20000 };
    Buf long_text = {0};
    for (int i = 0; i < LINES; i++)
        buf_addf(&long_text, "%0*d\n", LINE - 1, i);
    assert_string_equal(report_messages(f->arena, "短\n"), "短\n");
    const char *kept = report_messages(f->arena, long_text.data);
    assert_in_range(strlen(kept), 32000 - LINE, 32767); /* of a spreadsheet's cell */
    assert_string_equal(kept + strlen(kept) - 4, "…\n");
    assert_int_equal((strlen(kept) - 4) % LINE, 0);
    buf_free(&long_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_torn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_later_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sums, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_messages, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
