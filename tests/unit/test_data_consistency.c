/* What the data themselves contradict: scores and their parts, sums to date, the balance of a
 * month, the month's return against the ledger. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "data/consistency.h"
#include "store_fixture.h"

#define SCORES "月份,村,垃圾(60),污水(40),总分\n"
#define BALANCE "月份,村,上期结转(个),本期新增(个),本期销号(个),期末未销号(个)\n"

static const struct {
    const char *text, *told; /* NULL: nothing */
} cases[] = {
    {SCORES "2024-06,甲村,58,39,97\n2024-06,乙村,55,38,93\n", NULL},
    {SCORES "2024-06,甲村,58,39,97\n2024-06,乙村,55,38,94\n",
        "表.csv:3: E3“总分”: 警告 W780: “总分”是 94，各项得分相加是 93（共 1 行不等）"},
    /* above full marks; where most are, the brackets say something else */
    {SCORES "2024-06,甲村,58,39,97\n2024-06,乙村,61,38,99\n",
        "表.csv:3: C3“垃圾(60)”: 警告 W784: “垃圾”是 61，超过满分 60（共 1 行）"},
    {SCORES "2024-06,甲村,60,40,100\n", NULL},
    {SCORES "2024-06,甲村,158,39,197\n2024-06,乙村,161,38,199\n", NULL},
    {SCORES "2024-06,甲村,58,39,97\n2024-05,乙村,61,38,99\n", NULL},
    /* an earlier month is history */
    {SCORES "2024-06,甲村,58,39,97\n2024-05,乙村,55,38,94\n", NULL},
    /* most rows differ: there is something else in it */
    {SCORES "2024-06,甲村,58,39,99\n2024-06,乙村,55,38,95\n", NULL},
    {SCORES "2024-06,甲村,58,,58\n2024-06,乙村,55,38,93\n", NULL},
    /* the full marks do not make 100 */
    {"月份,村,垃圾(60),污水(30),总分\n2024-06,甲村,58,29,87\n2024-06,乙村,55,28,84\n", NULL},
    {"月份,村,垃圾(60),污水(30),总分(90)\n2024-06,甲村,58,29,87\n2024-06,乙村,55,28,84\n", "W780"},
    {"月份,村,累计改厕(户)\n2024-05,甲村,120\n2024-06,甲村,125\n", NULL},
    {"月份,村,累计改厕(户)\n2024-05,甲村,120\n2024-06,甲村,118\n",
        "表.csv:3: C3“累计改厕(户)”: 警告 W781: “累计改厕”是 118，比本年前面的 120 少：累计数不会"
        "减少（共 1 行）"},
    {"月份,村,累计改厕(户)\n2024-05,甲村,120\n2024-06,乙村,118\n", NULL},
    {"月份,村,累计改厕(户)\n2023-12,甲村,120\n2024-06,甲村,18\n", NULL},
    {"月份,村,改厕(户)\n2024-05,甲村,120\n2024-06,甲村,118\n", NULL},
    {"月份,村,累计完成率\n2024-05,甲村,90%\n2024-06,甲村,80%\n", NULL},
    {BALANCE "2024-06,甲村,5,3,4,4\n", NULL},
    {BALANCE "2024-06,甲村,5,3,4,4\n2024-06,乙村,2,1,1,3\n",
        "表.csv:3: F3“期末未销号(个)”: 警告 W782: “期末未销号”是 3，按 "
        "上期结转＋本期新增－本期销号 是 2（共 1 行不平）"},
    {"月份,村,上期结转(个),本期新增(个),期末未销号(个)\n2024-06,甲村,5,3,4\n", NULL},
};

static void test_tables(void **state)
{
    (void)state;
    Period june;
    period_parse("2024-06", &june);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *own;
        assert_int_equal(set_up(&own), 0);
        Fixture *f = own;
        put(f, "表.csv", cases[i].text);
        assert_non_null(load(f, "表", "表.csv", "月份", "月份,村"));
        store_consistency(f->store, &june);
        const char *messages = printed(f);
        bool good =
            cases[i].told ? strstr(messages, cases[i].told) != NULL : !strstr(messages, "W78");
        if (!good)
            print_error("%s\n  told %s\n", cases[i].text, messages);
        assert_true(good);
        tear_down(&own);
    }
}

/* Of a draft: a row with a fault is no witness, neither of what was nor of what is. */
static void test_unsure(void **state)
{
    (void)state;
    static const struct {
        const char *rows;
        bool told;
    } drafts[] = {
        {"2024-05,甲村,120,3\n2024-06,甲村,118,4\n", true},
        {"2024-05,甲村,120,#REF!\n2024-06,甲村,118,4\n", false},
        {"2024-05,甲村,120,3\n2024-06,甲村,118,#REF!\n", false},
        {"2024-04,甲村,119,3\n2024-05,甲村,120,#REF!\n2024-06,甲村,118,4\n", true},
    };
    Period june;
    period_parse("2024-06", &june);
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++) {
        void *own;
        assert_int_equal(set_up(&own), 0);
        Fixture *f = own;
        store_set_draft(f->store, true);
        put(f, "表.csv",
            arena_printf(f->arena, "月份,村,累计改厕(户),垃圾(吨)\n%s", drafts[i].rows));
        assert_non_null(load(f, "表", "表.csv", "月份", "月份,村"));
        store_consistency(f->store, &june);
        const char *messages = printed(f);
        bool good = (strstr(messages, "W781") != NULL) == drafts[i].told;
        if (!good)
            print_error("%s\n  told %s\n", drafts[i].rows, messages);
        assert_true(good);
        tear_down(&own);
    }
}

/* What the villages return is held against the ledger of the same period. */
static void compare(const char *returned, const char *told)
{
    void *own;
    Period june;
    assert_int_equal(set_up(&own), 0);
    Fixture *f = own;
    period_parse("2024-06", &june);
    put(f, "表.csv", arena_printf(f->arena, "月份,村,发现问题(个),销号问题(个)\n%s", returned));
    put(f, "台账.csv",
        "编号,发现日期,村,销号日期\n1,2024-06-03,甲村,2024-06-09\n2,2024-06-17,乙村,2024-07-01\n"
        "3,2024-05-17,乙村,2024-06-01\n4,2024-07-02,甲村,2024-07-05\n");
    assert_non_null(load(f, "表", "表.csv", "月份", "月份,村"));
    assert_non_null(load(f, "台账", "台账.csv", "发现日期", "编号"));
    store_consistency(f->store, &june);
    const char *messages = printed(f);
    assert_true(*told ? strstr(messages, told) != NULL : !strstr(messages, "W783"));
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), *told ? 1 : 0);
    tear_down(&own);
}

static void test_returns(void **state)
{
    (void)state;
    compare("2024-06,甲村,1,1\n2024-06,乙村,1,1\n", "");
    compare("2024-06,甲村,2,1\n2024-06,乙村,1,1\n",
        "W783: “发现问题”本期合计是 3，台账“台账”按发现日期是 2 个");
    compare("2024-06,甲村,1,1\n2024-06,乙村,1,2\n",
        "W783: “销号问题”本期合计是 3，台账“台账”按销号日期是 2 个");
    compare("2024-05,甲村,9,9\n2024-06,甲村,1,1\n2024-06,乙村,1,1\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_unsure),
        cmocka_unit_test(test_returns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
