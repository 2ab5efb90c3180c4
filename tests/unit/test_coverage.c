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

/* The column of those who report may bear another name; 长塘村委会 is 长塘村 there too. */
static void test_other_names_of_the_column(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv", roster);
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "月报.csv",
        "月份,行政村,数\n2024-06,长塘村委会,1\n2024-06,前江村,2\n2024-06,某村,3\n2024-06,全镇,4\n");
    const Table *table = load(f, "月报", "月报.csv", "月份", "月份,行政村");
    assert_string_equal(dump(f, table),
        "19875|长塘村|1000000|19875|19904|0|2 19875|前江村|2000000|19875|19904|0|3 "
        "19875|某村|3000000|19875|19904|0|4 19875|镇本级|4000000|19875|19904|0|5 ");
    check(f);
    expect_message(f, "月报.csv:2: B2“行政村”: 说明 N207");
    expect_message(f, "月报.csv:4: B4“行政村”: 警告 W232: “某村”不在名册里");
    expect_message(f, "W231: 2024年6月有 1 个村没有上报“月报”：车田村");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 2);
}

/* A row of the quarter is one of its months; nobody reports targets. */
static void test_longer_periods(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv", roster);
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "季报.csv", "季度,村,数\n2024Q2,长塘村,1\n2024Q2,前江村,2\n2024Q1,车田村,3\n");
    put(f, "任务.csv", "年度,范围,数\n2024,全镇,1\n2024,前江,2\n2024,车田村,3\n");
    assert_non_null(load(f, "季报", "季报.csv", "季度", "季度,村"));
    const Table *targets = load(f, "任务", "任务.csv", "年度", "年度,范围");
    check(f);
    expect_message(f, "W231: 2024年6月有 1 个村没有上报“季报”：车田村");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
    assert_non_null(strstr(dump(f, targets), "|全镇|"));
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
        STORE_TEST(test_other_names_of_the_column),
        STORE_TEST(test_longer_periods),
        STORE_TEST(test_a_ledger_owes_nothing),
        STORE_TEST(test_unknown_villages_have_a_place_and_a_hint),
        STORE_TEST(test_rows_of_another_month_than_the_file),
        STORE_TEST(test_renamed_files),
        STORE_TEST(test_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
