#include "value_tables.h"

/* A list as one line: each group's label and its values, then the total. */
typedef struct GroupCase {
    const char *rows, *keys, *where, *when, *sort;
    int top;
    bool ties;
    const char *value; /* one or more, with , */
    const char *line;
} GroupCase;

static void add_scope(
    ValueFixture *f, Buf *out, const Scope *scope, const Expr *const *values, int count)
{
    for (int i = 0; i < count; i++) {
        const char *text = "!";
        bool numeric;
        if (!expr_cell(f->engine, values[i], scope, &text, &numeric)) {
            print_error("%s\n", fixture_messages(f));
        }
        buf_addf(out, " %s", text);
    }
}

/* The values of a case, separated by blanks and semicolons. */
static int read_values(ValueFixture *f, const char *text, const CheckScope *scope, const Expr **out)
{
    int count = 0;
    char *copy = arena_strdup(f->arena, text);
    for (char *part = strtok(copy, ";"); part; part = strtok(NULL, ";")) {
        Expr *expr = fixture_expr(f, EXPR_VALUE, part);
        if (!expr || !expr_check(f->engine, expr, scope)) {
            print_error("%s: %s\n", part, fixture_messages(f));
            fail();
        }
        out[count++] = expr;
    }
    return count;
}

static const char *list_line(ValueFixture *f, const GroupCase *c, Groups *groups)
{
    GroupSpec spec = {.rows = fixture_expr(f, EXPR_ROWS, c->rows),
        .keys = fixture_expr(f, EXPR_KEYS, c->keys),
        .where = fixture_expr(f, EXPR_TEST, c->where),
        .when = fixture_expr(f, EXPR_TEST, c->when),
        .sort = fixture_expr(f, EXPR_SORT, c->sort),
        .top = c->top,
        .top_ties = c->ties};
    CheckScope scope = {NULL, spec.rows, spec.keys};
    const Expr *values[8];
    if (!groups_check(f->engine, &spec, NULL)) {
        return "fault";
    }
    int count = read_values(f, c->value, &scope, values);
    if (!groups_list(f->engine, &spec, NULL, groups)) {
        return "fault";
    }
    Buf out = {0};
    for (int i = 0; i < groups->count; i++) {
        buf_addf(&out, "%s%s", i ? "; " : "", scope_key_label(f->engine, groups->scopes[i], 0));
        add_scope(f, &out, groups->scopes[i], values, count);
    }
    buf_adds(&out, " /");
    add_scope(f, &out, groups->total, values, count);
    const char *line = arena_strdup(f->arena, out.data);
    buf_free(&out);
    return line;
}

static const GroupCase list_cases[] = {
    /* flat table */
    /* the roster's order, with the unit that has no rows; cells with the column's decimals. The
     * problem without a village has no row, so the total does not count it */
    {"月报", "村", NULL, NULL, NULL, 0, false, "生活垃圾;生活垃圾|环比;台账|计数;序号",
        "甲村 50.0 25.0% 2 1; 乙村 26.0 4.0% 1 2; 丙村 24.5 — 1 3; 丁村 — — 0 4 / 100.5 54.6% "
        "4 —"},
    {"月报", "村", NULL, NULL, "生活垃圾 降", 0, false, "生活垃圾|排名;生活垃圾|占 (生活垃圾|不限)",
        "甲村 1 49.8%; 乙村 2 25.9%; 丙村 3 24.4%; 丁村 — — / — 100.0%"},
    {"月报", "村", NULL, NULL, "生活垃圾 升", 2, false, "村;生活垃圾|排名 升;台账|计数",
        "丙村 丙村 1 1; 乙村 乙村 2 1 / — — 2"},
    {"月报|累计", "村", NULL, NULL, NULL, 0, false, "生活垃圾;生活垃圾|同比;月报.生活垃圾",
        "甲村 100.0 100.0% 50.0; 乙村 61.0 103.3% 26.0; 丙村 24.5 — 24.5; 丁村 — — — / 185.5 "
        "131.9% 100.5"},
    /* no unit is added where a condition chooses the rows */
    {"月报", "村", "生活垃圾 大于 25", NULL, NULL, 0, false, "生活垃圾",
        "甲村 50.0; 乙村 26.0 / 76.0"},
    /* … and in the total every table counts the groups that stayed */
    {"月报", "村", "生活垃圾 大于 25", NULL, NULL, 0, false, "生活垃圾;台账|计数;台账|不限 村|计数",
        "甲村 50.0 2 5; 乙村 26.0 1 5 / 76.0 3 5"},
    {"月报", "村", NULL, NULL, "生活垃圾 降", 1, false, "生活垃圾;生活垃圾|不限 村;台账|不限|计数",
        "甲村 50.0 100.5 5 / 50.0 100.5 5"},
    {"月报|其中 生活垃圾 小于 30", "村", NULL, NULL, NULL, 0, false, "生活垃圾;计数",
        "乙村 26.0 1; 丙村 24.5 1 / 50.5 2"},
    {"月报", "村", NULL, "生活垃圾 大于 25", NULL, 0, false, "生活垃圾;台账|计数",
        "甲村 50.0 2; 乙村 26.0 1 / 76.0 3"},
    /* a total counts each group's own period, not the time from the first to the last */
    {"月报|近 3", "月", NULL, NULL, "乱堆乱放 升", 2, false, "生活垃圾;台账|计数;生活垃圾|累计",
        "4月 20.0 0 20.0; 6月 100.5 5 185.5 / 120.5 5 185.5"},
    {"月报|近 2", "村,月份", NULL, NULL, "生活垃圾 降", 3, false, "生活垃圾;台账|计数",
        "甲村 50.0 2; 甲村 40.0 1; 乙村 26.0 1 / 116.0 4"},
    {"月报|近 2", NULL, NULL, NULL, "生活垃圾 降", 3, false, "生活垃圾;台账|计数;生活垃圾|同期",
        "6月 50.0 2 30.0; 5月 40.0 1 20.0; 6月 26.0 1 20.0 / 116.0 4 70.0"},
    /* 座 and 米 make no total; 降 behind a condition belongs to sort */
    {"项目", "类型", NULL, NULL, NULL, 0, false, "完成数", "户厕 14; 管网 150 / —"},
    {"台账", "村", NULL, NULL, "台账|占比 已销号 降", 1, false, "台账|占比 已销号",
        "甲村 50.0% / 50.0%"},
    /* groups of a ledger: the data's order; the roster's for villages, none added, the empty
       one last */
    {"台账", "类别", NULL, NULL, NULL, 0, false, "计数;台账|其中 状态=已销号|计数",
        "积存 2 1; 柴草 2 0; 牲畜 1 0 / 5 1"},
    {"台账", "村", NULL, NULL, NULL, 0, false, "计数;编号|列举",
        "甲村 2 P-3、P-4; 乙村 1 P-5; 丙村 1 P-7; 未填 1 P-6 / 5 P-3、P-4、P-5、P-6、P-7"},
    {"台账", "类别", NULL, NULL, "计数 降", 1, true, "计数", "积存 2; 柴草 2 / 4"},
    {"台账|全部", "类别", NULL, NULL, "计数 降", 1, false, "计数", "积存 3 / 3"},
    {"台账|全部", "类别,村", NULL, NULL, NULL, 0, false, "村;计数",
        "积存 甲村 2; 积存 乙村 1; 柴草 甲村 1; 柴草 乙村 1; 柴草 丙村 1; 牲畜 — 1 / — 7"},
    /* periods in time, none left out; the period of the scope follows */
    {"月报|近 3", "月", NULL, NULL, NULL, 0, false, "生活垃圾;生活垃圾|环比;台账|计数",
        "4月 20.0 — 0; 5月 65.0 225.0% 2; 6月 100.5 54.6% 5 / 185.5 — 7"},
    {"月报|近 2", "月份", NULL, NULL, NULL, 0, false, "月份;生活垃圾|同比|升降",
        "5月 5月 增长116.7%; 6月 6月 增长101.0% / — 增长106.9%"},
    {"月报|全部|其中 村=丙村 或 月份=2024-04", "月", NULL, NULL, NULL, 0, false, "生活垃圾",
        "4月 20.0; 5月 —; 6月 24.5 / 44.5"},
    {"月报|至今", "年", NULL, NULL, NULL, 0, false, "生活垃圾;期间|名称",
        "2023年 80.0 2023年; 2024年上半年 185.5 2024年上半年 / 265.5 2023年1月—2024年6月"},
    {"月报|近 2", "年", NULL, NULL, NULL, 0, false, "生活垃圾;台账|计数;生活垃圾|同期",
        "5—6月 165.5 7 80.0 / 165.5 7 80.0"},
    {"月报|累计", "季", NULL, NULL, NULL, 0, false, "生活垃圾;台账|计数",
        "二季度 185.5 7 / 185.5 7"},
    {"台账|近 2 销号日期", "年", NULL, NULL, NULL, 0, false, "台账|本期 销号日期|计数",
        "5—6月 3 / 3"},
    {"台账|全部", "季", NULL, NULL, NULL, 0, false, "计数", "二季度 7 / 7"},
    {"月报|全部|其中 村=甲村", "季", NULL, NULL, NULL, 0, false, "生活垃圾",
        "2023年第二季度 50.0; 2023年第三季度 —; 2023年第四季度 —; 2024年第一季度 —; "
        "2024年第二季度 100.0 / 150.0"},
    /* single rows */
    {"台账", NULL, NULL, NULL, NULL, 2, false, "编号;村;发现日期|月日;序号;月报.生活垃圾",
        "P-3 P-3 甲村 6月3日 1 100.5; P-4 P-4 甲村 6月8日 2 100.5 / — 甲村 — — 100.5"},
    {"台账", NULL, "超期", NULL, NULL, 0, false, "状态;整改时限|月日",
        "P-5 整改中 6月20日 / 整改中 6月20日"},
    {"月报", NULL, NULL, NULL, NULL, 0, false, "村;生活垃圾;生活垃圾|环比;台账|计数",
        "6月 甲村 50.0 25.0% 2; 6月 乙村 26.0 4.0% 1; 6月 丙村 24.5 — 1 / — 100.5 54.6% 4"},
    {"月报", NULL, NULL, NULL, "乱堆乱放 降", 0, false, "村;乱堆乱放",
        "6月 甲村 6; 6月 丙村 0; 6月 乙村 — / — 6"},
    {"网格", NULL, "级别=村", NULL, NULL, 0, false, "名称;月报.生活垃圾|其中 村=网格.名称",
        "甲村 甲村 50.0; 乙村 乙村 26.0; 丙村 丙村 24.5; 丁村 丁村 — / — —"},
    {"网格", NULL, "级别=村", NULL, NULL, 0, false, "名称;月报.生活垃圾;台账|计数",
        "甲村 甲村 50.0 2; 乙村 乙村 26.0 1; 丙村 丙村 24.5 1; 丁村 丁村 — 0 / — 100.5 4"},
    {"项目", NULL, "类型=户厕", NULL, "完成数/计划数 降", 0, false,
        "完成数 / 计划数 | 百分比;进度;完成数 / 计划数",
        "X2 100.0% 100.0% 1; X1 80.0% 80.0% 0.8 / 87.5% — 0.88"},
};

static void lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(list_cases); i++) {
        ValueFixture *f = township("2024-06");
        Groups groups;
        const char *line = list_line(f, &list_cases[i], &groups);
        if (strcmp(line, "fault") == 0) {
            print_error("%s\n", fixture_messages(f));
        }
        assert_string_equal(line, list_cases[i].line);
        fixture_free(f);
    }
}

static void ranks(void **state)
{
    static const GroupCase cases[] = {
        {"台账", "类别", NULL, NULL, NULL, 0, false, "计数|排名", "积存 1; 柴草 1; 牲畜 3 / —"},
        {"台账", "类别", NULL, NULL, NULL, 0, false, "计数|排名 降 并列不跳号",
            "积存 1; 柴草 1; 牲畜 2 / —"},
        {"台账", "类别", NULL, NULL, NULL, 0, false, "计数|排名 降 不并列",
            "积存 1; 柴草 2; 牲畜 3 / —"},
        {"台账", "类别", NULL, NULL, NULL, 0, false, "计数|排名 升", "积存 2; 柴草 2; 牲畜 1 / —"},
        {"考核", "村", NULL, NULL, NULL, 0, false, "得分|排名;得分|排名|增减 上期|升降",
            "甲村 2 持平; 乙村 1 持平; 丙村 3 —; 丁村 — — / — —"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = township("2024-06");
        Groups groups;
        assert_string_equal(list_line(f, &cases[i], &groups), cases[i].line);
        fixture_free(f);
    }
}

static void ties_are_named(void **state)
{
    static const GroupCase tie = {
        "台账", "类别", NULL, NULL, "计数 降", 1, false, "计数", "积存 2 / 2"};
    (void)state;
    ValueFixture *f = township("2024-06");
    Groups groups;
    assert_string_equal(list_line(f, &tie, &groups), tie.line);
    assert_non_null(strstr(fixture_messages(f), "W141: 只取前 1 个，但“积存”与“柴草”并列"));
    fixture_free(f);
}

/* A group inside a group: keys of both scopes count, the inner one sees the outer's columns. */
static void nested(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    GroupSpec outer = {
        .rows = fixture_expr(f, EXPR_ROWS, "月报"), .keys = fixture_expr(f, EXPR_KEYS, "村")};
    GroupSpec inner = {
        .rows = fixture_expr(f, EXPR_ROWS, "台账"), .keys = fixture_expr(f, EXPR_KEYS, "类别")};
    CheckScope out = {NULL, outer.rows, outer.keys}, in = {&out, inner.rows, inner.keys};
    Expr *count = fixture_expr(f, EXPR_VALUE, "计数"),
         *waste = fixture_expr(f, EXPR_VALUE, "生活垃圾");
    Expr *all = fixture_expr(f, EXPR_VALUE, "台账|不限 村|计数"),
         *key = fixture_expr(f, EXPR_VALUE, "村");
    assert_true(groups_check(f->engine, &inner, &out));
    assert_true(expr_check(f->engine, count, &in) && expr_check(f->engine, waste, &in));
    assert_true(expr_check(f->engine, all, &in) && expr_check(f->engine, key, &in));
    Groups villages, kinds;
    const char *text;
    assert_true(groups_list(f->engine, &outer, NULL, &villages));
    assert_true(groups_list(f->engine, &inner, villages.scopes[0], &kinds));
    assert_int_equal(kinds.count, 2);
    assert_true(expr_text(f->engine, count, kinds.scopes[0], &text, NULL));
    assert_string_equal(text, "1");
    assert_true(expr_text(f->engine, all, kinds.scopes[0], &text, NULL));
    assert_string_equal(text, "2");
    assert_true(expr_text(f->engine, waste, kinds.scopes[0], &text, NULL));
    assert_string_equal(text, "50");
    assert_true(expr_text(f->engine, key, kinds.scopes[1], &text, NULL));
    assert_string_equal(text, "甲村");
    assert_true(expr_text(f->engine, count, kinds.total, &text, NULL));
    assert_string_equal(text, "2");
    assert_true(groups_list(f->engine, &inner, villages.scopes[3], &kinds));
    assert_int_equal(kinds.count, 0);
    fixture_free(f);
}

/* A figure that a group's keys do not divide, told once a place; and what is no such figure. */
static void undivided(void **state)
{
    static const struct {
        const char *rows, *keys, *value;
        const char *hint; /* NULL: nothing to tell */
    } cases[] = {
        {"台账", "类别", "月报.生活垃圾|合计", "“月报.生活垃圾|不限 类别”"},
        {"台账", "类别", "月报|计数", "“月报|不限 类别”"},
        {"台账", "类别", "月报.村|列举", "“月报.村|不限 类别”"},
        {"台账", "类别", "月报.生活垃圾|环比", "“月报.生活垃圾|不限 类别”"},
        {"台账", "类别,编号", "月报.生活垃圾", "“月报.生活垃圾|不限 类别”"},
        {"台账", "类别", "清运", "“月报.生活垃圾|不限”"},
        {"台账", "类别", "月报.生活垃圾|不限|合计", NULL},
        {"台账", "类别", "月报.生活垃圾|不限 类别|合计", NULL},
        {"台账", "村,类别", "月报.生活垃圾|合计", NULL},
        {"台账", "类别", "台账|计数", NULL},
        {"台账", "类别", "月报.生活垃圾|其中 村=台账.村|合计", NULL},
        {"台账", "类别", "月报.村", NULL},
        {"月报", "月", "台账|计数", NULL},
        {"台账", NULL, "项目|计数", "“项目|其中 村=台账.村”；确要全部的数，写成“项目|不限 村”"},
        {"台账", NULL, "项目|不限 村|计数", NULL},
        {"台账", NULL, "项目|其中 村=台账.村|计数", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = township("2024-06");
        define_set(f, "清运", "月报.生活垃圾");
        CheckScope scope = {NULL, fixture_expr(f, EXPR_ROWS, cases[i].rows),
            fixture_expr(f, EXPR_KEYS, cases[i].keys)};
        Expr *value = fixture_expr(f, EXPR_VALUE, cases[i].value);
        assert_true(expr_check(f->engine, value, &scope));
        assert_true(expr_check(f->engine, value, &scope));
        const char *messages = fixture_messages(f);
        if ((diag_count(f->diags, DIAG_WARNING) != 0) != (cases[i].hint != NULL) ||
            (cases[i].hint && !strstr(messages, cases[i].hint))) {
            print_error(
                "%s by %s: %s\n%s\n", cases[i].rows, cases[i].keys, cases[i].value, messages);
            fail();
        }
        assert_int_equal(diag_count(f->diags, DIAG_WARNING), cases[i].hint != NULL);
        fixture_free(f);
    }
}

/* The rows of a group inside a group are the same ones in each. */
static void undivided_rows(void **state)
{
    (void)state;
    ValueFixture *f = township("2024-06");
    CheckScope out = {NULL, fixture_expr(f, EXPR_ROWS, "台账"), fixture_expr(f, EXPR_KEYS, "类别")};
    GroupSpec meant = {
        .rows = fixture_expr(f, EXPR_ROWS, "月报|不限"), .keys = fixture_expr(f, EXPR_KEYS, "村")};
    GroupSpec inner = {
        .rows = fixture_expr(f, EXPR_ROWS, "月报"), .keys = fixture_expr(f, EXPR_KEYS, "村")};
    assert_true(groups_check(f->engine, &meant, &out));
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 0);
    assert_true(groups_check(f->engine, &inner, &out));
    assert_non_null(strstr(fixture_messages(f), "W144: “月报”不分“类别”"));
    CheckScope in = {&out, inner.rows, inner.keys};
    assert_true(expr_check(f->engine, fixture_expr(f, EXPR_VALUE, "月报.生活垃圾"), &in));
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
    fixture_free(f);
}

static void mistakes(void **state)
{
    static const struct {
        GroupCase c;
        const char *code;
    } cases[] = {
        {{"月暴", "村", NULL, NULL, NULL, 0, false, "1", ""}, "E157"},
        {{"月报|计数", "村", NULL, NULL, NULL, 0, false, "1", ""}, "E158"},
        {{"月报", "寸", NULL, NULL, NULL, 0, false, "1", ""}, "E142"},
        {{"项目", "月", NULL, NULL, NULL, 0, false, "1", ""}, "E166"},
        {{"月报", "村,指标", NULL, NULL, NULL, 0, false, "1", ""}, "E667"},
        {{"月报", "指标组", NULL, NULL, NULL, 0, false, "1", ""}, "E669"},
        {{"月报", "村", "无 大于 1", NULL, NULL, 0, false, "1", ""}, "E157"},
        {{"月报", "村", "生活垃圾 × 2 大于 1", NULL, NULL, 0, false, "1", ""}, "E165"},
        {{"月报", "村", NULL, "无 大于 1", NULL, 0, false, "1", ""}, "E157"},
        {{"月报", "村", NULL, NULL, "无 降", 0, false, "1", ""}, "E157"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = township("2024-06");
        Groups groups;
        assert_string_equal(list_line(f, &cases[i].c, &groups), "fault");
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        assert_non_null(strstr(fixture_messages(f), cases[i].code));
        fixture_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(lists),
        cmocka_unit_test(ranks),
        cmocka_unit_test(ties_are_named),
        cmocka_unit_test(nested),
        cmocka_unit_test(undivided),
        cmocka_unit_test(undivided_rows),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
