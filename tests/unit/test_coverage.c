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

static void check_for(Fixture *f, const char *text)
{
    Period period;
    assert_true(period_parse(text, &period));
    coverage_check(f->store, &period);
}

/* A monthly table owes each month of a quarter; a month of which there is nothing at all is told by
 * the figures that span it. */
static void test_months_of_a_quarter(void **state)
{
    Fixture *f = *state;
    load_all(f,
        "月份,村,数\n2024-04,长塘村,1\n2024-04,前江村,2\n2024-04,车田村,3\n2024-06,前江村,1\n"
        "2024-06,车田村,1\n2024-03,前江村,1\n");
    check_for(f, "2024Q2");
    expect_message(
        f, "W231: 2024年第二季度有 1 个村没有上报“月报”：2024年6月缺 1 个（长塘村）\n");
    check_for(f, "2024-03-01..2024-04-30");
    expect_message(f, "有 2 个村没有上报“月报”：2024年3月缺 2 个（长塘村、车田村）\n");
    check_for(f, "2024Q3");
    expect_message(f, "2024年第三季度有 3 个村没有上报“月报”：长塘村、前江村、车田村\n");
}

static void test_thin_months(void **state)
{
    static const struct {
        const char *first, *last, *told, *list;
        int units;
    } cases[] = {
        {"2024-01-01", "2024-06-30", NULL,
            "2024年4月缺 2 个（前江村、车田村）；2024年6月缺 1 个（长塘村）", 3},
        {"2024-01-01", "2024-06-30", "2024-06", "2024年4月缺 2 个（前江村、车田村）", 2},
        {"2024-01-01", "2024-06-30", "2024Q2", "", 0},
        {"2024-05-01", "2024-05-31", NULL, "", 0},
        {"2024-06-01", "2024-06-30", NULL, "2024年6月缺 1 个（长塘村）", 1},
    };
    Fixture *f = *state;
    const Table *table = load_all(f,
        "月份,村,数\n2024-04,长塘村,1\n2024-06,前江村,1\n2024-06,车田村,1\n2024-06,全镇,1\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Date first, last;
        Period told;
        int units;
        date_parse_iso(cases[i].first, &first);
        date_parse_iso(cases[i].last, &last);
        bool any = cases[i].told && period_parse(cases[i].told, &told);
        assert_string_equal(
            coverage_thin(f->store, table, first, last, any ? &told : NULL, NULL, &units),
            cases[i].list);
        assert_int_equal(units, cases[i].units);
    }
}

/* Years of a village that never reports: twelve months are named, three villages of each. */
static void test_thin_months_are_bounded(void **state)
{
    Fixture *f = *state;
    Buf text = {0};
    put(f, "网格.csv", "级别,名称\n村,甲村\n村,乙村\n村,丙村\n村,丁村\n村,戊村\n");
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    buf_adds(&text, "月份,村,数\n");
    for (int month = 0; month < 14; month++) {
        buf_addf(&text, "%d-%02d,甲村,1\n", 2023 + month / 12, month % 12 + 1);
    }
    put(f, "月报.csv", text.data);
    buf_free(&text);
    const Table *table = load(f, "月报", "月报.csv", "月份", "月份,村");
    int units;
    const char *list =
        coverage_thin(f->store, table, (Date){2023, 1, 1}, (Date){2024, 2, 29}, NULL, NULL, &units);
    assert_int_equal(units, 4);
    assert_non_null(strstr(list, "2023年12月缺 4 个（乙村、丙村、丁村…）…"));
    assert_null(strstr(list, "2024年1月"));
}

/* A row of the quarter is in its first month and in its last, and in none besides. */
static void test_edges_of_a_quarter(void **state)
{
    static const char *const inside[] = {"2024-04", "2024-05", "2024-06"},
                             *const outside[] = {"2024-03", "2024-07"};
    Fixture *f = *state;
    put(f, "网格.csv", "级别,名称\n村,甲村\n村,乙村\n");
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "表.csv", "期,村,数\n2024Q2,甲村,1\n2024Q2,乙村,2\n");
    assert_non_null(load(f, "表", "表.csv", "期", "期,村"));
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        check_for(f, inside[i]);
        assert_string_equal(printed(f), "");
    }
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        check_for(f, outside[i]);
        assert_int_equal(diag_count(f->diags, DIAG_WARNING), i + 1);
    }
}

/* The roster need not say levels: the table's own word names its units. */
static void test_names_alone(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv", "名称,户数\n丙社区,3\n乙村,20\n甲村,10\n");
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "表.csv", "月份,单位,数\n2024-06,甲,1\n2024-06,乙村,2\n");
    assert_non_null(load(f, "表", "表.csv", "月份", "月份,单位"));
    check(f);
    expect_message(f, "W231: 2024年6月有 1 个单位没有上报“表”：丙社区");
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
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
        STORE_TEST(test_months_of_a_quarter),
        STORE_TEST(test_thin_months),
        STORE_TEST(test_thin_months_are_bounded),
        STORE_TEST(test_edges_of_a_quarter),
        STORE_TEST(test_names_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
