/* A ledger that contradicts itself, and the unit behind a place in the data. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "data/ledger.h"
#include "data/place_unit.h"
#include "store_fixture.h"

#define HEAD "编号,发现日期,村,整改时限,整改完成日期,销号日期,状态\n"

static const Date june_30 = {2024, 6, 30};

static const char *told(Fixture *f, const char *rows, const Date *as_of)
{
    put(f, "台账.csv", arena_printf(f->arena, HEAD "%s", rows));
    assert_non_null(load(f, "台账", "台账.csv", "发现日期", "编号"));
    ledger_check(f->store, as_of);
    return printed(f);
}

static void test_kinds(void **state)
{
    static const struct {
        const char *row, *message; /* NULL: none */
    } cases[] = {
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,2024-06-06,已销号\n", NULL},
        {"1,2024-06-03,甲村,2024-06-03,2024-06-03,2024-06-03,已销号\n", NULL},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,,已整改\n", NULL},
        {"1,2024-06-03,甲村,2024-06-10,,,整改中\n", NULL},
        /* what came after 截至 is no contradiction on that day */
        {"1,2024-06-03,甲村,2024-06-10,2024-07-05,2024-07-06,整改中\n", NULL},
        {"1,2024-07-03,甲村,2024-07-10,,,已销号\n", NULL},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,,已销号\n",
            "台账.csv:2: F2“销号日期”: 警告 W240: 状态是“已销号”，却没有销号日期（共 1 行）"},
        {"1,2024-06-03,甲村,2024-06-10,,,已整改\n",
            "台账.csv:2: E2“整改完成日期”: 警告 W240: 状态是“已整改”，却没有整改完成日期（共 1 "
            "行）"},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,2024-06-06,整改中\n",
            "台账.csv:2: G2“状态”: 警告 W241: 状态是“整改中”，却已有销号日期 2024-06-06（共 1 "
            "行）"},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,2024-06-30,已整改\n", "W241"},
        /* closed on the very day 截至: one thing, told once; a day later it is only put right */
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,2024-06-30,整改中\n",
            "W241: 状态是“整改中”，却已有销号日期 2024-06-30（共 1 行）"},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,2024-07-01,整改中\n",
            "W241: 状态是“整改中”，却已有整改完成日期 2024-06-05（共 1 行）"},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-05,,整改中\n",
            "W241: 状态是“整改中”，却已有整改完成日期 2024-06-05（共 1 行）"},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-02,,已整改\n",
            "E2“整改完成日期”: 警告 W242: 整改完成日期 2024-06-02 早于发现日期 2024-06-03（共 1 "
            "行）"},
        {"1,2024-06-03,甲村,2024-06-10,2024-06-08,2024-06-07,已销号\n",
            "F2“销号日期”: 警告 W242: 销号日期 2024-06-07 早于整改完成日期 2024-06-08（共 1 行）"},
        {"1,2024-06-03,甲村,2024-05-10,,,整改中\n",
            "D2“整改时限”: 警告 W242: 整改时限 2024-05-10 早于发现日期 2024-06-03（共 1 行）"},
        {"1,2024-06-03,甲村,2024-06-10,,2024-06-07,已销号\n",
            "E2“整改完成日期”: 警告 W243: 有销号日期 2024-06-07，却没有整改完成日期（共 1 行）"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *own;
        assert_int_equal(set_up(&own), 0);
        Fixture *f = own;
        /* One more row, so that no date column is empty throughout: it would be no column of dates.
         */
        const char *rows = arena_printf(f->arena,
            "%s0,2024-01-03,乙村,2024-01-10,2024-01-04,2024-01-05,已销号\n", cases[i].row);
        const char *messages = told(f, rows, &june_30);
        if (cases[i].message && !strstr(messages, cases[i].message)) {
            print_error("%s: %s\n", cases[i].message, messages);
        }
        assert_true(!cases[i].message || strstr(messages, cases[i].message));
        assert_int_equal(diag_count(f->diags, DIAG_WARNING), cases[i].message ? 1 : 0);
        tear_down(&own);
    }
}

/* Rows of one kind are one message, with their count and the first of them. */
static void test_rows_are_counted(void **state)
{
    Fixture *f = *state;
    const char *messages = told(f,
        "1,2024-06-03,甲村,2024-06-10,2024-06-05,2024-06-06,已销号\n"
        "2,2024-06-03,甲村,2024-06-10,2024-06-05,,已销号\n"
        "3,2024-06-03,乙村,2024-06-10,2024-06-05,,已办结\n",
        &june_30);
    assert_non_null(strstr(messages, "台账.csv:3: F3“销号日期”: 警告 W240: 状态是“已销号”"));
    assert_non_null(strstr(messages, "（共 2 行）"));
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
}

/* Without a day all rows count. */
static void test_without_a_day(void **state)
{
    Fixture *f = *state;
    told(f,
        "1,2031-06-03,甲村,2031-06-10,2031-06-05,,已销号\n"
        "2,2024-06-03,甲村,2024-06-10,2024-06-05,2024-06-06,已销号\n",
        NULL);
    expect_message(f, "台账.csv:2: F2“销号日期”: 警告 W240");
}

/* ---- the unit behind a place ---- */

static const char roster[] = "级别,名称,别名\n镇,洋江镇,\n村,长塘村,塘里\n村,前江村,\n村,车田村,\n";

static const char *unit_at(Fixture *f, const char *file, long row)
{
    DataPlace place = {file, row, -1, NULL};
    const char *unit = place_unit(f->store, &place);
    return unit ? unit : "";
}

static void test_unit_of_a_place(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv", roster);
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "月报.csv",
        "月份,村,数\n2024-06,塘里,1\n2024-06,前江,x\n2024-06,镇本级,3\n2024-06,某某村,3\n2024-0x,"
        "车田村,4\n");
    store_set_draft(f->store, true);
    const Table *table = load(f, "月报", "月报.csv", "月份", "月份,村");
    assert_non_null(table);
    assert_string_equal(unit_at(f, "月报.csv", 2), "长塘村");
    assert_string_equal(unit_at(f, "月报.csv", 3), "前江村"); /* a faulty figure */
    assert_string_equal(unit_at(f, "月报.csv", 4), "");       /* the town itself */
    assert_string_equal(unit_at(f, "月报.csv", 5), "");       /* nobody knows it */
    assert_string_equal(unit_at(f, "月报.csv", 6), "车田村"); /* a faulty period */
    assert_string_equal(unit_at(f, "月报.csv", 1), "");
    assert_string_equal(unit_at(f, "2024-06/前江村.csv", 0), "前江村");
    assert_string_equal(unit_at(f, "月报-前江村-6月.csv", 9), "前江村");
    assert_string_equal(unit_at(f, "别处/长塘.csv", 0), "长塘村");
    assert_string_equal(unit_at(f, "洋江镇月报.csv", 0), "");
    assert_string_equal(unit_at(f, "洋江镇前江村月报.csv", 0), "前江村");
    assert_string_equal(unit_at(f, "网格.csv", 3), "");
}

/* A town may be a 乡 or 街道. */
static void test_unit_of_a_street(void **state)
{
    Fixture *f = *state;
    put(f, "网格.csv", "级别,名称\n街道,城东街道\n社区,前江社区\n");
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    assert_string_equal(unit_at(f, "城东街道.csv", 0), "");
    assert_string_equal(unit_at(f, "城东街道前江社区.csv", 0), "前江社区");
}

/* A row at fault was sent all the same; one that tells no village leaves it open who is absent. */
static void test_absent_units(void **state)
{
    Fixture *f = *state;
    Period june, may;
    const char *const *units;
    int owed;
    period_parse("2024-06", &june);
    period_parse("2024-05", &may);
    put(f, "网格.csv", roster);
    store_set_roster(f->store, load(f, "网格", "网格.csv", NULL, NULL));
    put(f, "月报.csv", "月份,村,数\n2024-06,长塘村,1\n2024-06,前江村,x\n2024-05,车田村,4\n");
    store_set_draft(f->store, true);
    const Table *table = load(f, "月报", "月报.csv", "月份", "月份,村");
    assert_int_equal(place_absent(f->store, table, &june, &units, &owed), 1);
    assert_int_equal(owed, 3);
    assert_string_equal(units[0], "车田村");
    assert_false(place_absent_unsure(f->store, table, &june));
    assert_int_equal(place_absent(f->store, table, &may, &units, &owed), 2);
    assert_string_equal(units[0], "长塘村");
    put(f, "旬报.csv", "月份,村,数\n2024-06,长塘村,1\n2024-06,,2\n2024-05,车田村,4\n");
    table = load(f, "旬报", "旬报.csv", "月份", "月份,村");
    assert_true(place_absent_unsure(f->store, table, &june));
    assert_false(place_absent_unsure(f->store, table, &may));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test_setup_teardown(test_rows_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_a_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unit_of_a_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unit_of_a_street, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_absent_units, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
