/* 缺报 and 结转, and names of units in conditions as the roster has them. */
#include "value_tables.h"

typedef struct Case {
    const char *value, *text;
} Case;

static void check(const Case *cases, size_t count)
{
    ValueFixture *f = township("2024-06");
    At at = {.data = NULL};
    assert_true(engine_define_param(f->engine, "村名", "乙", &at));
    for (size_t i = 0; i < count; i++) {
        const char *text = fixture_text(f, cases[i].value, NULL);
        if (!text) {
            print_error("%s: %s\n", cases[i].value, fixture_messages(f));
        }
        assert_non_null(text);
        assert_string_equal(text, cases[i].text);
    }
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 0);
    fixture_free(f);
}

/* June: 甲 乙 丙 have reported, May: 甲 乙. */
static void absent(void **state)
{
    static const Case cases[] = {
        {"月报|缺报|计数", "1"},
        {"月报|absent|count", "1"},
        {"月报.村|缺报|列举", "丁村"},
        {"月报.村|缺报|列举 3", "丁村1个村"},
        {"月报|上期|缺报|计数", "2"},
        {"月报|缺报|上期|计数", "2"},
        {"月报.村|同期|缺报|列举", "丙村、丁村"},
        {"月报.村|累计|缺报|列举", "丁村"},
        {"月报.村|近 2|缺报|列举", "丁村"},
        {"月报.村|其中 生活垃圾 大于 26|缺报|列举", "乙村、丙村、丁村"},
        {"月报.村|其中 生活垃圾 大于 26|缺报|列举 2", "乙村、丙村等3个村"},
        {"月报.村|缺报|其中 村=丁村|列举", "丁村"},
        {"月报|缺报|占比 名称=丁村", "100.0%"},
        {"月报|缺报|计数|增减 上期|升降 '个'", "减少1个"},
        {"月报|缺报|计数|上期", "2"},
        {"台账.村|缺报|列举", "丁村"},
        {"台账.村|本期 销号日期|缺报|列举", "丙村、丁村"},
        {"台账.村|结转|缺报|列举", "甲村、丙村、丁村"},
        {"月报|不限|缺报|计数", "1"},
        {"月报|缺报|不限|计数", "1"},
        {"考核.村|缺报|首个", "丁村"},
    };
    (void)state;
    check(cases, COUNT(cases));
}

static void carried(void **state)
{
    static const Case cases[] = {
        {"台账|结转|计数", "1"},
        {"台账|carried|count", "1"},
        {"台账.编号|结转|列举", "P-2"},
        {"台账|结转|上期|计数", "0"},
        {"台账|上期|结转|计数", "0"},
        {"台账|累计|结转|计数", "0"},
        {"台账|近 2|结转|计数", "0"},
        {"台账|结转|本期 销号日期|计数", "1"},
        {"台账|本期 销号日期|结转|计数", "1"},
        {"台账|结转|其中 类别=柴草|计数", "1"},
        {"台账|结转|计数|增减 上期", "1"},
        {"(台账|结转|计数) + (台账|计数) - (台账|本期 销号日期|计数)", "4"},
        {"台账|至今|其中 非 已销号|计数", "4"},
    };
    (void)state;
    check(cases, COUNT(cases));
}

static void names_of_units(void **state)
{
    static const Case cases[] = {
        {"月报.生活垃圾|其中 村=甲", "50"},
        {"月报.生活垃圾|其中 村='甲村委会'", "50"},
        {"月报.生活垃圾|其中 村=村名", "26"},
        {"月报.生活垃圾|其中 '甲'=村", "50"},
        {"月报|其中 村 属于 (甲、丙村)|计数", "2"},
        {"月报|其中 村 不等于 甲|计数", "2"},
        {"月报|其中 村 含 甲|计数", "1"},
        {"月报.村|缺报|其中 村=丁|列举", "丁村"},
        {"网格.名称|其中 名称=甲", "甲村"},
        {"网格.名称|其中 名称=某", "某镇"},
    };
    (void)state;
    check(cases, COUNT(cases));
}

/* 某 is the town: no village is put in its place; nor is a 类别 that no roster knows. */
static void no_other_unit(void **state)
{
    static const char *const values[] = {"月报|其中 村=某|计数", "台账|其中 类别=甲|计数"};
    (void)state;
    for (size_t i = 0; i < COUNT(values); i++) {
        ValueFixture *f = township("2024-06");
        assert_string_equal(fixture_text(f, values[i], NULL), "0");
        assert_non_null(strstr(fixture_messages(f), "W140"));
        assert_null(strstr(fixture_messages(f), "N240"));
        fixture_free(f);
    }
}

static void noted_where_it_stands(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    assert_string_equal(fixture_text(f, "月报.生活垃圾|其中 村=甲", NULL), "50");
    assert_non_null(strstr(fixture_messages(f), "t.xml:1:17: 说明 N240: “甲”按名册读作“甲村”"));
    fixture_free(f);
}

static void mistakes(void **state)
{
    static const struct {
        const char *value, *message, *hint;
    } cases[] = {
        {"项目|缺报|计数", "1:7: 错误 E166", ""},
        {"网格|缺报|计数", "1:7: 错误 E651: 表“网格”", ""},
        {"月报.生活垃圾|缺报|列举", "1:12: 错误 E162", "“月报.村|缺报”"},
        {"月报|缺报|缺报|计数", "1:10: 错误 E162", ""},
        {"月报|缺报|结转|计数", "1:10: 错误 E162", ""},
        {"台账|结转|结转|计数", "1:10: 错误 E162", ""},
        {"月报|结转|计数", "1:7: 错误 E653: 表“月报”", ""},
        {"项目|结转|计数", "1:7: 错误 E652: 表“项目”", ""},
        {"台账|至今|结转|计数", "1:10: 错误 E654", ""},
        {"台账|结转|全部|计数", "1:10: 错误 E654", ""},
        {"台账|缺报|其中 类别=柴草|计数", "错误 E157", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = township("2024-06");
        assert_null(fixture_text(f, cases[i].value, NULL));
        const char *messages = fixture_messages(f);
        if (!strstr(messages, cases[i].message)) {
            print_error("%s: %s\n%s\n", cases[i].value, cases[i].message, messages);
        }
        assert_non_null(strstr(messages, cases[i].message));
        assert_non_null(strstr(messages, cases[i].hint));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        fixture_free(f);
    }
}

static void without_period(void **state)
{
    static const char *const values[] = {"月报|缺报|计数", "台账|结转|计数"};
    (void)state;
    for (size_t i = 0; i < COUNT(values); i++) {
        ValueFixture *f = township(NULL);
        assert_null(fixture_text(f, values[i], NULL));
        assert_non_null(strstr(fixture_messages(f), "1:7: 错误 E167"));
        fixture_free(f);
    }
}

static void without_roster(void **state)
{
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    fixture_put(f, "月报.csv", waste_csv);
    fixture_load(f, "月报", "月份", "月份,村");
    fixture_start(f);
    assert_null(fixture_text(f, "月报|缺报|计数", NULL));
    assert_non_null(strstr(fixture_messages(f), "1:7: 错误 E650"));
    fixture_free(f);
}

/* Its rows are units: 村 and 名称 name them, and figures of other tables follow. */
static void rows_of_absent(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-05");
    Groups groups;
    GroupSpec spec = {.rows = fixture_expr(f, EXPR_ROWS, "月报|缺报")};
    assert_true(groups_check(f->engine, &spec, NULL));
    assert_true(groups_list(f->engine, &spec, engine_root(f->engine), &groups));
    assert_int_equal(groups.count, 2);
    CheckScope inside = {NULL, spec.rows, NULL};
    static const char *const values[] = {
        "村", "名称", "月报.生活垃圾|近 1|默认 无", "台账|至今|计数"};
    static const char *const june[][4] = {{"丙村", "丙村", "无", "0"}, {"丁村", "丁村", "无", "0"}};
    for (int row = 0; row < groups.count; row++) {
        for (size_t i = 0; i < COUNT(values); i++) {
            Expr *expr = fixture_expr(f, EXPR_VALUE, values[i]);
            const char *text = NULL;
            assert_true(expr_check(f->engine, expr, &inside));
            assert_true(expr_text(f->engine, expr, groups.scopes[row], &text, NULL));
            assert_string_equal(text, june[row][i]);
        }
    }
    fixture_free(f);
}

static void cut_off_day(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    f->options.has_as_of = true;
    f->options.as_of = (Date){2024, 7, 15};
    f->engine = engine_new(f->arena, f->store, &f->options, f->diags);
    assert_string_equal(fixture_text(f, "截至|月日", NULL), "7月15日");
    assert_string_equal(fixture_text(f, "台账|占比 已整改", NULL), "60.0%");
    assert_string_equal(fixture_text(f, "台账|其中 超期|计数", NULL), "2");
    fixture_free(f);
}

/* The first month of a ledger: nothing is mended yet, and two columns of days are blank. */
static void nothing_closed_yet(void **state)
{
    static const Case cases[] = {
        {"新台账|占比 已销号|默认 0", "0.0%"},
        {"新台账|其中 超期|计数", "1"},
        {"新台账|结转|计数", "0"},
        {"新台账|其中 销号日期 为空|计数", "2"},
    };
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    fixture_put(f, "新台账.csv",
        "编号,发现日期,村,整改时限,整改完成日期,销号日期\n"
        "A-1,2024-06-03,甲村,2024-06-10,,\nA-2,2024-06-28,乙村,2024-07-05,,\n");
    fixture_load(f, "新台账", "发现日期", "编号");
    fixture_start(f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *text = fixture_text(f, cases[i].value, NULL);
        if (!text) {
            print_error("%s: %s\n", cases[i].value, fixture_messages(f));
        }
        assert_non_null(text);
        assert_string_equal(text, cases[i].text);
    }
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent),
        cmocka_unit_test(carried),
        cmocka_unit_test(names_of_units),
        cmocka_unit_test(no_other_unit),
        cmocka_unit_test(noted_where_it_stands),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(without_period),
        cmocka_unit_test(without_roster),
        cmocka_unit_test(rows_of_absent),
        cmocka_unit_test(cut_off_day),
        cmocka_unit_test(nothing_closed_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
