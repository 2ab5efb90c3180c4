/* Figures of groups that share a scan are those of the same groups asked one by one. */
#include "template/value/value_internal.h"
#include "value_fixture.h"

enum { ROWS = 400 };

static uint32_t seed = 20240630;

static int random_below(int limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)limit);
}

static const char roster[] =
    "级别,网格编号,名称,上级编号\n镇,00,某镇,\n片,01,东片,00\n片,02,西片,00\n村,0101,长塘村,01\n"
    "村,0102,前江村,01\n村,0201,路东村,02\n村,0202,石塘村,02\n";

/* Villages without rows in a month, empty cells, one row groups, empty keys; 杨潭村 is in no
 * roster, 石塘村 never reports. */
static void put_tables(ValueFixture *f)
{
    static const char *const villages[] = {"长塘村", "前江村", "路东村", "杨潭村", ""};
    Buf ledger = {0}, returns = {0};
    buf_adds(&ledger, "编号,日期,村,类别,级,数量,金额,比率,整改完成日期,发现日期,销号日期\n");
    for (int i = 0; i < ROWS; i++) {
        buf_addf(&ledger, "L%03d,2024-0%d-%02d,%s,类%d,%d,%d", i, 4 + random_below(3),
            1 + random_below(28), villages[random_below(5)], random_below(4), random_below(3),
            random_below(90));
        buf_addf(&ledger, random_below(4) ? ",%d.%02d" : ",", random_below(900), random_below(100));
        buf_addf(&ledger, ",%d%%", random_below(100));
        buf_addf(&ledger, random_below(3) ? ",2024-06-%02d" : ",", 1 + random_below(28));
        buf_addf(&ledger, ",2024-04-%02d", 1 + random_below(28));
        buf_addf(&ledger, random_below(3) ? ",2024-06-%02d\n" : ",\n", 1 + random_below(28));
    }
    buf_adds(&returns, "月份,村,户数,垃圾\n");
    for (int month = 1; month <= 6; month++) {
        for (int i = 0; i < 4; i++) {
            if (random_below(5)) {
                buf_addf(&returns, "2024-0%d,%s,%d,%d.%d\n", month, villages[i],
                    100 + random_below(50), random_below(80), random_below(10));
            }
        }
    }
    fixture_put(f, "台账.csv", ledger.data);
    fixture_put(f, "月报.csv", returns.data);
    fixture_put(f, "网格.csv", roster);
    buf_free(&ledger);
    buf_free(&returns);
    fixture_load(f, "台账", "日期", "编号");
    fixture_load(f, "月报", "月份", "月份,村");
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
}

/* As fixture_expr, checked where it is used. */
static const Expr *checked(ValueFixture *f, const char *text, const CheckScope *scope)
{
    Expr *expr = fixture_expr(f, EXPR_VALUE, text);
    assert_non_null(expr);
    if (!expr_check(f->engine, expr, scope)) {
        print_error("%s: %s\n", text, fixture_messages(f));
        fail();
    }
    return expr;
}

static bool same_place(const DataPlace *a, const DataPlace *b)
{
    return a == b ||
           (a && b && strcmp(a->file, b->file) == 0 && a->row == b->row && a->column == b->column);
}

static bool same(const Datum *a, const Datum *b, const char *one, const char *other)
{
    return a->kind == b->kind && a->missing == b->missing && strcmp(one, other) == 0 &&
           same_place(a->place, b->place);
}

static void same_in_all_groups(
    ValueFixture *f, const Groups *groups, const CheckScope *scope, const char *text)
{
    const Expr *expr = checked(f, text, scope);
    for (int i = 0; i < groups->count; i++) {
        Scope alone = *groups->scopes[i];
        Datum together, apart;
        alone.sibling_count = 0; /* nobody to share with */
        bool good = expr_eval(f->engine, expr, groups->scopes[i], &together);
        assert_int_equal(good, expr_eval(f->engine, expr, &alone, &apart));
        const char *a = good ? datum_cell(f->engine, &together, NULL) : "";
        const char *b = good ? datum_cell(f->engine, &apart, NULL) : "";
        if (good && !same(&together, &apart, a, b)) {
            print_error("%s, group %d: together %s, alone %s\n", text, i + 1, a, b);
            fail();
        }
    }
}

static const char *const figures[] = {"台账|计数", "台账.数量", "台账.金额", "台账.数量|平均",
    "台账.金额|最大", "台账.数量|最小", "台账.金额|最新", "台账.数量|首个", "台账.销号日期|最大",
    "台账|占比 类别=类1", "台账|其中 数量 大于 50|计数", "台账.类别|去重计数",
    "台账.数量|按 类别|平均", "台账.金额|环比", "台账|累计|计数", "台账.数量|全部",
    "台账.金额|不限", "台账.金额|不限 村", "台账.数量|本期 销号日期", "月报.户数|最新",
    "月报.垃圾|上期", "月报.垃圾|按 村|最大", "月报.垃圾|按 片|最大", "月报.村|缺报|计数",
    "月报|上期|缺报|计数", "台账|结转|计数", "台账.数量|结转|最新", "台账.整改用时",
    "台账.整改用时|最大", "台账|占比 已销号", "台账.数量|最新|上期", "台账.类别|其中 编号=L007",
    "网格|其中 级别=村|计数"};

/* All figures in all groups of a list; in its first groups, those of a list within. */
static void same_in_list(ValueFixture *f, const char *rows, const char *keys, const Scope *parent,
    const CheckScope *around, const char *within)
{
    GroupSpec spec = {
        .rows = fixture_expr(f, EXPR_ROWS, rows), .keys = fixture_expr(f, EXPR_KEYS, keys)};
    CheckScope scope = {around, spec.rows, spec.keys};
    Groups groups;
    assert_true(groups_check(f->engine, &spec, around));
    assert_true(groups_list(f->engine, &spec, parent, &groups));
    for (size_t i = 0; i < COUNT(figures); i++) {
        same_in_all_groups(f, &groups, &scope, figures[i]);
    }
    for (int i = 0; within && i < groups.count && i < 3; i++) {
        same_in_list(f, "台账", within, groups.scopes[i], &scope, NULL);
    }
}

static void groups_share_scans(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *keys, *within;
    } lists[] = {
        {"台账", "村", "类别"},
        {"台账", "村", "村,级"},
        {"台账", "类别,村", "级"},
        {"台账", "级", "日期"},
        {"台账", "日期", NULL},
        {"台账|至今", "月", "村"},
        {"月报", "村", "类别"},
        {"月报", NULL, "级"},
        {"月报", "片", "村"},
        {"台账", "片,类别", "已销号"},
        {"台账", "已销号,村", "数量"},
        {"台账|至今", "月,片", "类别"},
        {"台账|累计|其中 数量 大于 40", "类别", "村"},
    };
    ValueFixture *f = fixture_new("2024-06");
    put_tables(f);
    fixture_start(f);
    for (size_t l = 0; l < COUNT(lists); l++) {
        same_in_list(f, lists[l].rows, lists[l].keys, NULL, NULL, lists[l].within);
    }
    fixture_free(f);
}

/* The categories of a chart in each of its series. */
static void crossed_groups_share_scans(void **state)
{
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    put_tables(f);
    fixture_start(f);
    static const char *const crosses[][2] = {{"村", "类别"}, {"月", "片"}, {"类别", "月"}};
    for (size_t c = 0; c < COUNT(crosses); c++) {
        GroupSpec by = {.rows = fixture_expr(f, EXPR_ROWS, "台账|至今"),
            .keys = fixture_expr(f, EXPR_KEYS, crosses[c][0])};
        GroupSpec series = {.rows = by.rows, .keys = fixture_expr(f, EXPR_KEYS, crosses[c][1])};
        CheckScope around = {NULL, by.rows, series.keys}, scope = {&around, by.rows, by.keys};
        Groups groups, others;
        assert_true(groups_list(f->engine, &by, NULL, &groups));
        assert_true(groups_list(f->engine, &series, NULL, &others));
        for (int s = 0; s < others.count; s++) {
            Groups crossed = {
                ARENA_ARRAY(f->arena, const Scope *, groups.count), groups.count, NULL};
            for (int i = 0; i < groups.count; i++) {
                crossed.scopes[i] = scope_cross(f->arena, groups.scopes[i], others.scopes[s]);
            }
            for (size_t i = 0; i < COUNT(figures); i++) {
                same_in_all_groups(f, &crossed, &scope, figures[i]);
            }
        }
    }
    fixture_free(f);
}

/* More groups than a list without 按 keeps answers of. */
static void per_adds_up(void **state)
{
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    Buf points = {0};
    int sum = 0;
    buf_adds(&points, "日期,村,户主,分值\n");
    for (int i = 0; i < 3000; i++) {
        int value = random_below(9);
        sum += value;
        buf_addf(&points, "2024-06-01,%s,户%d,%d\n", i % 2 ? "甲村" : "乙村", i % 1500, value);
    }
    fixture_put(f, "积分.csv", points.data);
    buf_free(&points);
    fixture_load(f, "积分", "日期", NULL);
    fixture_start(f);
    assert_string_equal(
        fixture_text(f, "积分.分值|按 户主|合计", NULL), arena_printf(f->arena, "%d", sum));
    assert_string_equal(fixture_text(f, "积分|按 户主|最大", NULL), "2");
    assert_string_equal(fixture_text(f, "积分|按 户主|计数", NULL), "1500");
    fixture_free(f);
}

/* The data has more groups than 1000 + 4 times those that ask: no answer is kept, and a group that
 * the reading did not come to still gets its own. */
static void more_groups_than_are_kept(void **state)
{
    enum { HOUSES = 3000 };
    (void)state;
    ValueFixture *f = fixture_new("2024-06");
    Buf all = {0}, few = {0};
    buf_adds(&all, "期,户,数\n");
    buf_adds(&few, "期,户,数\n");
    for (int i = 0; i < HOUSES; i++) {
        buf_addf(&all, "2024-06,户%d,%d\n", i, i + 7);
        if (i % 1000 == 999) {
            buf_addf(&few, "2024-06,户%d,1\n", i);
        }
    }
    fixture_put(f, "大.csv", all.data);
    fixture_put(f, "小.csv", few.data);
    buf_free(&all);
    buf_free(&few);
    fixture_load(f, "大", "期", NULL);
    fixture_load(f, "小", "期", "期,户");
    fixture_start(f);
    GroupSpec spec = {.rows = fixture_expr(f, EXPR_ROWS, "小"),
        .keys = fixture_expr(f, EXPR_KEYS, "户")};
    Groups groups;
    CheckScope scope = {NULL, spec.rows, spec.keys};
    assert_true(groups_list(f->engine, &spec, NULL, &groups));
    assert_int_equal(groups.count, 3);
    const Expr *expr = checked(f, "大.数", &scope);
    for (int i = 0; i < groups.count; i++) {
        Datum datum;
        assert_true(expr_eval(f->engine, expr, groups.scopes[i], &datum));
        assert_int_equal(datum.kind, DATUM_NUMBER);
        assert_int_equal(decimal_cmp(datum.number, decimal_from_int(i * 1000 + 999 + 7)), 0);
    }
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_share_scans),
        cmocka_unit_test(crossed_groups_share_scans),
        cmocka_unit_test(per_adds_up),
        cmocka_unit_test(more_groups_than_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
