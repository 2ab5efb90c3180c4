/* What is not there is told: absent villages, unknown names, rows of another month, months without
 * rows. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "data/coverage.h"
#include "store_fixture.h"

static const char roster[] = "级别,名称\n镇,洋江镇\n村,长塘村\n村,前江村\n村,车田村\n组,石塘组\n";

static const Table *load_all(Fixture *f, const char *reports)
{
    put(f, "网格.csv", roster);
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "月报-2024-06.csv", reports);
    return load(f, "月报", "月报-2024-06.csv", "月份", "月份,村");
}

static void check(Fixture *f)
{
    Period june;
    period_parse("2024-06", &june);
    coverage_check(f->store, &june);
}

static void test_all_is_there(void **state)
{
    Fixture *f = *state;
    load_all(
        f, "月份,村,数\n2024-06,长塘村,1\n2024-06,前江村,2\n2024-06,车田村,3\n2024-06,镇本级,4\n");
    check(f);
    assert_string_equal(printed(f), "");
}

static void test_absent_villages_are_named(void **state)
{
    Fixture *f = *state;
    load_all(f, "月份,村,数\n2024-06,前江村,2\n");
    check(f);
    expect_message(f, "W231: 2024年6月有 2 个村没有上报“月报”：长塘村、车田村");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
}

/* A ledger owes no row of each village. */
static void test_a_ledger_owes_nothing(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv", roster);
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "台账.csv", "编号,发现日期,村\n一,2024-06-03,前江村\n");
    assert_non_null(load(f, "台账", "台账.csv", "发现日期", "编号"));
    check(f);
    assert_string_equal(printed(f), "");
}

static void test_unknown_villages_have_a_place_and_a_hint(void **state)
{
    Fixture *f = *state;
    load_all(f, "月份,村,数\n2024-06,长塘村,1\n2024-06,前江村,2\n2024-06,车填村,3\n");
    check(f);
    expect_message(f, "月报-2024-06.csv:4: B4“村”: 警告 W232: “车填村”不在名册里（共 1 行）");
    expect_message(f, "是否为“车田村”？");
    expect_message(f, "W231: 2024年6月有 1 个村没有上报“月报”：车田村");
}

static void test_rows_of_another_month_than_the_file(void **state)
{
    Fixture *f = *state;
    load_all(
        f, "月份,村,数\n2024-06,长塘村,1\n2024-06,前江村,2\n2024-06,车田村,3\n2024-04,车田村,3\n");
    check(f);
    expect_message(f,
        "月报-2024-06.csv:5: A5“月份”: 警告 W233: 文件名写的是2024年6月，里面有 1 行是2024年4月");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
}

/* Files of months are renamed in every way; what their rows say is compared all the same. */
static void test_renamed_files(void **state)
{
    static const struct {
        const char *name;
        int warnings;
    } cases[] = {{"6月月报.csv", 0}, {"5月月报.csv", 1}, {"2024年5月.csv", 1}, {"202405.csv", 1},
        {"月报_2024_06 - 副本.csv", 0}, {"月报-2024-06(20240705导出).csv", 0}, {"2024Q1.csv", 0},
        {"月报终稿.csv", 0}, {"2024-5-人居.csv", 1}};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        store_close(f->store);
        f->diags = diag_new(f->arena);
        f->store = store_open(f->arena, f->diags);
        put(f, cases[i].name, "月份,村,数\n2024-06,长塘村,1\n");
        assert_non_null(load(f, "月报", cases[i].name, "月份", "月份,村"));
        check(f);
        if (diag_count(f->diags, DIAG_WARNING) != (size_t)cases[i].warnings) {
            fail_msg("%s: %s", cases[i].name, printed(f));
        }
    }
}

static void test_gaps(void **state)
{
    static const struct {
        const char *first, *last, *names;
        int count;
    } cases[] = {
        {"2024-01-01", "2024-06-30", "2024年2月、2024年3月、2024年5月", 3},
        {"2024-06-01", "2024-06-30", "", 0},
        {"2024-05-01", "2024-06-30", "2024年5月", 1},
        {"2023-12-01", "2024-01-31", "2023年12月", 1},
    };
    Fixture *f = *state;
    put(f, "a.csv", "月份,村,数\n2024-01,长塘村,1\n2024-04,长塘村,1\n2024-06,长塘村,1\n");
    const Table *table = load(f, "月报", "a.csv", "月份", "月份,村");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date first, last;
        int count;
        date_parse_iso(cases[i].first, &first);
        date_parse_iso(cases[i].last, &last);
        assert_string_equal(coverage_gaps(f->store, table, first, last, &count), cases[i].names);
        assert_int_equal(count, cases[i].count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_all_is_there),
        STORE_TEST(test_absent_villages_are_named),
        STORE_TEST(test_a_ledger_owes_nothing),
        STORE_TEST(test_unknown_villages_have_a_place_and_a_hint),
        STORE_TEST(test_rows_of_another_month_than_the_file),
        STORE_TEST(test_renamed_files),
        STORE_TEST(test_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
