#include "value_fixture.h"

/* A town of two 片 and a village that is in none; 丁村 never reports, 东片's own row and the town's
 * stand among the villages', 己村 is in no roster. */
static const char roster_csv[] =
    "级别,网格编号,名称,上级编号,户数\n镇,00,某镇,,400\n片,01,东片,00,200\n片,02,西片,00,200\n"
    "村,0101,甲村,01,90\n村,0102,乙村,01,110\n村,0201,丙村,02,120\n村,0202,丁村,02,80\n"
    "村,0301,戊村,09,10\n组,010101,甲村一组,0101,50\n组,010102,甲村二组,0101,40\n"
    "组,020101,丙村一组,0201,120\n";

static const char waste_csv[] =
    "月份,村,生活垃圾(吨),沟渠(公里),户厕率(%)\n2024-05,丙村,3,1.5,\n2024-05,甲村,4,0.5,\n"
    "2024-06,全镇,1,,\n2024-06,丙村,5,2.5,80\n2024-06,己村,7,,\n2024-06,乙村,20,1.0,\n"
    "2024-06,甲村,10,,\n2024-06,东片,2,,\n2024-06,戊村,0.5,,\n";

static const char ledger_csv[] =
    "编号,日期,组,分\nA,2024-06-01,甲村一组,1\nB,2024-06-02,甲村二组,2\n"
    "C,2024-06-03,丙村一组,4\nD,2024-06-04,,8\n";

static const char plain_csv[] = "日期,内容\n2024-06-01,会\n";

static ValueFixture *town(const char *roster)
{
    ValueFixture *f = fixture_new("2024-06");
    fixture_put(f, "月报.csv", waste_csv);
    fixture_put(f, "积分.csv", ledger_csv);
    fixture_put(f, "会议.csv", plain_csv);
    fixture_put(f, "网格.csv", roster);
    fixture_load(f, "月报", "月份", "月份,村");
    fixture_load(f, "积分", "日期", "编号");
    fixture_load(f, "会议", "日期", NULL);
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
    fixture_start(f);
    return f;
}

typedef struct LevelCase {
    const char *rows, *keys, *where, *sort;
    const char *values; /* with ; */
    const char *line;
} LevelCase;

static const char *value_text(ValueFixture *f, const Expr *expr, const Scope *scope)
{
    const char *text = "!";
    if (!expr_cell(f->engine, expr, scope, &text, NULL)) {
        print_error("%s\n", fixture_messages(f));
    }
    return text;
}

/* The total last, which indicators have none of. */
static const char *line_of(ValueFixture *f, const LevelCase *c)
{
    GroupSpec spec = {.rows = fixture_expr(f, EXPR_ROWS, c->rows),
        .keys = fixture_expr(f, EXPR_KEYS, c->keys),
        .where = fixture_expr(f, EXPR_TEST, c->where),
        .sort = fixture_expr(f, EXPR_SORT, c->sort)};
    CheckScope scope = {NULL, spec.rows, spec.keys};
    const Expr *values[8];
    Groups groups;
    int count = 0;
    Buf out = {0};
    if (!groups_check(f->engine, &spec, NULL)) {
        return "fault";
    }
    char *copy = arena_strdup(f->arena, c->values);
    for (char *part = strtok(copy, ";"); part; part = strtok(NULL, ";")) {
        values[count] = fixture_expr(f, EXPR_VALUE, part);
        assert_true(expr_check(f->engine, (Expr *)(uintptr_t)values[count++], &scope));
    }
    assert_true(groups_list(f->engine, &spec, NULL, &groups));
    bool total = !strstr(c->keys, "指标");
    for (int i = 0; i < groups.count + total; i++) {
        const Scope *group = i < groups.count ? groups.scopes[i] : groups.total;
        const char *label = i < groups.count ? scope_key_label(f->engine, group, 0) : "/";
        buf_addf(&out, "%s%s", i ? "; " : "", label);
        for (int v = 0; v < count; v++) {
            buf_addf(&out, " %s", value_text(f, values[v], group));
        }
    }
    const char *line = arena_strdup(f->arena, out.data ? out.data : "");
    buf_free(&out);
    return line;
}

static void lists(void **state)
{
    static const LevelCase cases[] = {
        /* flat table */
        /* the roster's order; rows of no 片 stand last, the town's own behind them; every table
         * with units follows; the total holds all */
        {"月报", "片", NULL, NULL,
            "生活垃圾;计数;积分.分;网格|其中 级别=村|计数;网格.户数|其中 级别=村",
            "东片 32.0 3 3 2 200; 西片 5.0 1 4 2 200; 其他 7.5 2 — 1 10; 镇本级 1.0 1 — 0 —; "
            "/ 45.5 7 7 5 410"},
        /* of a village without rows the 片 is known too */
        {"月报", "村", NULL, NULL, "片;生活垃圾",
            "东片 东片 2.0; 甲村 东片 10.0; 乙村 东片 20.0; 丙村 西片 5.0; 丁村 西片 —; "
            "戊村 其他 0.5; 己村 其他 7.0; 镇本级 镇本级 1.0; / — 45.5"},
        {"月报", "片,村", NULL, NULL, "村;生活垃圾",
            "东片 东片 2.0; 东片 甲村 10.0; 东片 乙村 20.0; 西片 丙村 5.0; 西片 丁村 —; 其他 戊村 "
            "0.5; "
            "其他 己村 7.0; 镇本级 镇本级 1.0; / — 45.5"},
        {"月报", "村", "片=东片", "片 降", "生活垃圾", "东片 2.0; 甲村 10.0; 乙村 20.0; / 32.0"},
        {"月报", "村", "片 属于 (西片、其他)", "片", "生活垃圾",
            "丙村 5.0; 戊村 0.5; 己村 7.0; / 12.5"},
        {"月报", "村", "片 不等于 东片", NULL, "生活垃圾",
            "丙村 5.0; 戊村 0.5; 己村 7.0; 镇本级 1.0; / 13.5"},
        {"月报|近 2", "片", NULL, "生活垃圾 降", "生活垃圾;生活垃圾|排名",
            "东片 36.0 1; 西片 8.0 2; 其他 7.5 3; 镇本级 1.0 4; / 52.5 —"},
        {"月报", "镇", NULL, NULL, "生活垃圾", "某镇 38.0; 其他 7.5; / 45.5"},
        /* from a table by group; an empty cell is in no village */
        {"积分", "村", NULL, NULL, "分;网格|其中 级别=组|计数",
            "甲村 3 2; 丙村 4 1; 未填 8 0; / 15 3"},
        {"积分", "片", NULL, NULL, "分;计数", "东片 3 2; 西片 4 1; 未填 8 1; / 15 4"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = town(roster_csv);
        assert_string_equal(line_of(f, &cases[i]), cases[i].line);
        fixture_free(f);
    }
}

static void figures(void **state)
{
    static const char *const cases[][2] = {
        {"月报.生活垃圾|其中 片=西片", "5"},
        {"月报|按 片|计数", "4"},
        {"月报.生活垃圾|按 片|最大", "32"},
        {"月报|去重计数 片", "4"},
        {"月报.片|列举", "东片、西片、其他、镇本级"},
        {"积分.片|列举 1", "东片等2个片"},
        {"网格|其中 级别=村 且 片=东片|计数", "2"},
        {"月报|不限 片|计数", "7"},
        /* with a missing value no comparison is true, whether the row or the other side lacks it */
        {"积分|其中 片 不等于 北片|计数", "3"},
        {"积分|其中 片 不等于 (月报.村|其中 村=丁村)|计数", "0"},
    };
    ValueFixture *f = town(roster_csv);
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Expr *expr = fixture_expr(f, EXPR_VALUE, cases[i][0]);
        assert_true(expr_check(f->engine, expr, NULL));
        const char *text;
        assert_true(expr_text(f->engine, expr, NULL, &text, NULL));
        assert_string_equal(text, cases[i][1]);
    }
    fixture_free(f);
}

/* Inside a 片 only its villages are groups, the one without rows too. */
static void nested(void **state)
{
    ValueFixture *f = town(roster_csv);
    const Expr *rows = fixture_expr(f, EXPR_ROWS, "月报");
    GroupSpec outer = {.rows = rows, .keys = fixture_expr(f, EXPR_KEYS, "片")};
    GroupSpec inner = {.rows = rows, .keys = fixture_expr(f, EXPR_KEYS, "村")};
    Groups areas, villages;
    Buf out = {0};
    (void)state;
    assert_true(groups_list(f->engine, &outer, NULL, &areas));
    for (int i = 0; i < areas.count; i++) {
        assert_true(groups_list(f->engine, &inner, areas.scopes[i], &villages));
        buf_addf(&out, "%s:", scope_key_label(f->engine, areas.scopes[i], 0));
        for (int v = 0; v < villages.count; v++) {
            buf_adds(&out, scope_key_label(f->engine, villages.scopes[v], 0));
        }
    }
    assert_string_equal(out.data, "东片:东片甲村乙村西片:丙村丁村其他:戊村己村镇本级:镇本级");
    buf_free(&out);
    fixture_free(f);
}

/* Told once a table, where it matters. */
static void elsewhere_is_told(void **state)
{
    ValueFixture *f = town(roster_csv);
    LevelCase first = {"月报", "片", NULL, NULL, "生活垃圾", ""};
    (void)state;
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 0);
    (void)line_of(f, &first);
    (void)line_of(f, &first);
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
    assert_non_null(strstr(fixture_messages(f), "W234: “己村、戊村”（表“月报”共 2 行）"));
    fixture_free(f);
}

/* 第一组 of two villages: in the roster by its number, in another table nobody knows which. */
static void groups_of_one_name(void **state)
{
    static const char twice[] =
        "级别,网格编号,名称,上级编号,户数\n镇,0,某镇,,\n村,11,甲村,0,20\n村,12,乙村,0,30\n"
        "组,111,第一组,11,12\n组,112,第二组,11,8\n组,121,第一组,12,30\n";
    static const char *const cases[][2] = {
        {"网格|其中 级别=组 且 村=甲村|计数", "2"},
        {"网格.户数|其中 级别=组 且 村=甲村", "20"},
        {"网格.户数|其中 级别=组 且 村=乙村", "30"},
        {"网格|其中 村 不等于 甲村 且 级别=组|计数", "1"},
        {"网格|其中 级别=组|按 村|计数", "2"},
    };
    ValueFixture *f = town(twice);
    LevelCase by = {"网格", "村", "级别=组", NULL, "计数;户数", "甲村 2 20; 乙村 1 30; / 3 50"};
    LevelCase other = {"积分", "村", NULL, NULL, "计数", "甲村 1; 其他 2; / 3"};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *text = fixture_text(f, cases[i][0], NULL);
        assert_non_null(text);
        assert_string_equal(text, cases[i][1]);
    }
    assert_string_equal(line_of(f, &by), by.line);
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 0);
    fixture_free(f);

    f = fixture_new("2024-06");
    fixture_put(f, "积分.csv",
        "日期,组,分\n2024-06-01,第一组,1\n2024-06-02,第二组,2\n2024-06-03,第一组,4\n");
    fixture_put(f, "网格.csv", twice);
    fixture_load(f, "积分", "日期", NULL);
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
    fixture_start(f);
    assert_string_equal(fixture_text(f, "积分|其中 村=甲村|计数", NULL), "1");
    assert_non_null(strstr(fixture_messages(f), "W234: “第一组”（表“积分”共 2 行）"));
    assert_non_null(strstr(fixture_messages(f), "名册里不止一个“第一组”"));
    assert_string_equal(line_of(f, &other), other.line);
    assert_int_equal(diag_count(f->diags, DIAG_WARNING), 1);
    fixture_free(f);
}

/* The only 片 is not the town: what is the town's own does not go into it. */
static void one_area(void **state)
{
    ValueFixture *f = fixture_new("2024-06");
    LevelCase by = {"表", "片", NULL, NULL, "数", "东片 3; 镇本级 4; / 7"};
    (void)state;
    fixture_put(f, "表.csv", "月份,村,数\n2024-06,甲村,1\n2024-06,乙村,2\n2024-06,全镇,4\n");
    fixture_put(f, "网格.csv",
        "级别,网格编号,名称,上级编号\n镇,0,某镇,\n片,1,东片,0\n村,11,甲村,1\n村,12,乙村,1\n");
    fixture_load(f, "表", "月份", "月份,村");
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
    fixture_start(f);
    assert_string_equal(line_of(f, &by), by.line);
    fixture_free(f);
}

/* A roster of names alone: all are villages. */
static void names_alone(void **state)
{
    ValueFixture *f = fixture_new("2024-06");
    LevelCase by = {"表", "村", NULL, NULL, "数", "丙村 —; 乙村 2; 甲村 1; / 3"};
    LevelCase roster = {"网格", "名称", NULL, NULL, "户数", "丙村 3; 乙村 20; 甲村 10; / 33"};
    (void)state;
    fixture_put(f, "表.csv", "月份,村,数\n2024-06,甲村,1\n2024-06,乙,2\n");
    fixture_put(f, "网格.csv", "名称,户数\n丙村,3\n乙村,20\n甲村,10\n");
    fixture_load(f, "表", "月份", "月份,村");
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
    fixture_start(f);
    assert_string_equal(line_of(f, &by), by.line);
    assert_string_equal(line_of(f, &roster), roster.line);
    assert_string_equal(fixture_text(f, "表.村|缺报|列举", NULL), "丙村");
    fixture_free(f);
}

/* Half of what a column holds is no village of ours: then it is not the column of villages. */
static void half_of_the_names(void **state)
{
    (void)state;
    for (int known = 2; known <= 3; known++) {
        ValueFixture *f = fixture_new("2024-06");
        fixture_put(f, "表.csv",
            arena_printf(f->arena, "编号,所在村,数\n1,甲村,1\n2,乙村,2\n3,外县某处,4\n4,%s,8\n",
                known == 2 ? "外省某处" : "丙村"));
        fixture_put(f, "网格.csv", "级别,名称\n村,甲村\n村,乙村\n村,丙村\n");
        const Table *table = fixture_load(f, "表", NULL, "编号");
        store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
        assert_true((store_unit_column(f->store, table) != NULL) == (known == 3));
        fixture_free(f);
    }
}

static void faults(void **state)
{
    static const char flat[] = "级别,名称\n镇,某镇\n片,东片\n村,甲村\n村,乙村\n";
    static const struct {
        const char *roster, *rows, *keys, *where, *code;
    } cases[] = {
        {roster_csv, "月报", "组", NULL, "E663: 表“月报”是按“村”报的，分不到更细的“组”"},
        {roster_csv, "会议", "片", NULL, "E664"},
        {flat, "月报", "片", NULL, "E665"},
        {roster_csv, "月报", "指标,村", NULL, "E667"},
        {roster_csv, "会议", "指标", NULL, "E668"},
        {roster_csv, "月报", "指标组", NULL, "E669"},
        {roster_csv, "月报", "指标", "值 大于 1", "E165"},
        {roster_csv, "月报", "村", "指标=沟渠", "E157"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = town(cases[i].roster);
        LevelCase c = {cases[i].rows, cases[i].keys, cases[i].where, NULL, "计数", ""};
        assert_string_equal(line_of(f, &c), "fault");
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        assert_non_null(strstr(fixture_messages(f), cases[i].code));
        fixture_free(f);
    }
}

/* ---- indicators ---- */

static void indicators(void **state)
{
    static const LevelCase cases[] = {
        /* flat table */
        {"月报", "指标", "指标 不等于 户厕率", NULL, "指标;单位;值;值|环比;值|累计",
            "生活垃圾 生活垃圾 吨 45.5 550.0% 52.5; 沟渠 沟渠 公里 3.5 75.0% 5.5"},
        {"月报", "指标", "指标=户厕率", NULL, "指标;值;指标组", "户厕率 户厕率 80.0% 其他"},
        {"月报", "指标", "指标 属于 (沟渠、生活垃圾) 且 村=丙村", "值|环比 升",
            "值;值|环比|排名;计数", "生活垃圾 5.0 1 1; 沟渠 2.5 1 1"},
        {"月报", "指标", "单位=公里", NULL, "值", "沟渠 3.5"},
        {"积分", "指标", NULL, NULL, "值", "分 15"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = town(roster_csv);
        assert_string_equal(line_of(f, &cases[i]), cases[i].line);
        fixture_free(f);
    }
}

/* 值 of the inner group is the indicator of the outer one, in the inner one's rows. */
static void indicator_by_area(void **state)
{
    ValueFixture *f = town(roster_csv);
    const Expr *rows = fixture_expr(f, EXPR_ROWS, "月报");
    GroupSpec outer = {.rows = rows,
        .keys = fixture_expr(f, EXPR_KEYS, "指标"),
        .where = fixture_expr(f, EXPR_TEST, "指标=沟渠")};
    GroupSpec inner = {.rows = rows, .keys = fixture_expr(f, EXPR_KEYS, "片")};
    CheckScope round = {NULL, outer.rows, outer.keys}, scope = {&round, inner.rows, inner.keys};
    Expr *value = fixture_expr(f, EXPR_VALUE, "值|默认 0");
    Expr *sum = fixture_expr(f, EXPR_VALUE, "值");
    Groups all, areas;
    (void)state;
    assert_true(groups_check(f->engine, &inner, &round) && expr_check(f->engine, value, &scope));
    assert_true(groups_list(f->engine, &outer, NULL, &all));
    assert_true(groups_list(f->engine, &inner, all.scopes[0], &areas));
    assert_int_equal(areas.count, 4);
    assert_string_equal(value_text(f, value, areas.scopes[0]), "1.0");
    assert_string_equal(value_text(f, value, areas.scopes[1]), "2.5");
    assert_string_equal(value_text(f, value, areas.scopes[2]), "0");
    assert_string_equal(value_text(f, sum, areas.total), "3.5");
    fixture_free(f);
}

static void misspelt_indicator(void **state)
{
    ValueFixture *f = town(roster_csv);
    LevelCase c = {"月报", "指标", "指标=沟渠道", NULL, "值", ""};
    (void)state;
    assert_string_equal(line_of(f, &c), "");
    assert_non_null(strstr(fixture_messages(f), "W160: 表“月报”没有指标“沟渠道”"));
    assert_non_null(strstr(fixture_messages(f), "沟渠"));
    fixture_free(f);
}

/* ---- Σ of the 片 = Σ of the villages = the town, whatever the roster ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static const char *random_roster(Arena *arena, uint32_t *seed, int areas, int villages)
{
    Buf out = {0};
    buf_adds(&out, "级别,网格编号,名称,上级编号\n镇,T,某镇,\n");
    for (int i = 0; i < areas + villages; i++) {
        int area = (int)(next_random(seed) % (uint32_t)(areas + 1)); /* one beyond: of none */
        if (i < areas) {
            buf_addf(&out, "片,P%d,片%d,T\n", i, i);
        } else {
            buf_addf(&out, "村,V%d,寨%d,P%d\n", i, i, area);
        }
    }
    const char *text = arena_strdup(arena, out.data);
    buf_free(&out);
    return text;
}

static const char *random_rows(Arena *arena, uint32_t *seed, int count)
{
    Buf out = {0};
    buf_adds(&out, "编号,村,量\n");
    for (int i = 0; i < count; i++) {
        uint32_t what = next_random(seed) % 20;
        const char *village = what == 0   ? "全镇"
                              : what == 1 ? ""
                              : what == 2 ? "片1"
                                          : arena_printf(arena, "寨%u", next_random(seed) % 24);
        buf_addf(
            &out, "N%d,%s,%u.%u\n", i, village, next_random(seed) % 900, 1 + next_random(seed) % 9);
    }
    const char *text = arena_strdup(arena, out.data);
    buf_free(&out);
    return text;
}

static Decimal sum_over(ValueFixture *f, const char *keys)
{
    GroupSpec spec = {
        .rows = fixture_expr(f, EXPR_ROWS, "数"), .keys = fixture_expr(f, EXPR_KEYS, keys)};
    const Expr *value = fixture_expr(f, EXPR_VALUE, "数.量|默认 0");
    Decimal sum = decimal_from_int(0);
    Groups groups;
    assert_true(groups_list(f->engine, &spec, NULL, &groups));
    for (int i = 0; i < groups.count; i++) {
        Datum datum;
        assert_true(expr_eval(f->engine, value, groups.scopes[i], &datum));
        assert_true(decimal_add(sum, datum.number, &sum));
    }
    return sum;
}

static void nothing_is_lost(void **state)
{
    uint32_t seed = 20240615;
    (void)state;
    for (int round = 0; round < 20; round++) {
        ValueFixture *f = fixture_new(NULL);
        fixture_put(f, "数.csv", random_rows(f->arena, &seed, 60));
        fixture_put(f, "网格.csv", random_roster(f->arena, &seed, 1 + round % 5, 20));
        fixture_load(f, "数", NULL, "编号");
        store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
        fixture_start(f);
        Datum town_sum;
        Expr *all = fixture_expr(f, EXPR_VALUE, "数.量");
        assert_true(expr_eval(f->engine, all, NULL, &town_sum));
        assert_int_equal(decimal_cmp(sum_over(f, "片"), town_sum.number), 0);
        assert_int_equal(decimal_cmp(sum_over(f, "村"), town_sum.number), 0);
        assert_int_equal(decimal_cmp(sum_over(f, "片,村"), town_sum.number), 0);
        assert_int_equal(decimal_cmp(sum_over(f, "镇"), town_sum.number), 0);
        fixture_free(f);
    }
}

/* Beside 村: 社区 on the same step of the tree, or in a roster without one; never 镇 and 片. */
static void villages(void **state)
{
    static const struct {
        const char *roster, *level;
        bool village;
    } cases[] = {
        {"级别,名称\n镇,某镇\n片,东片\n村,甲村\n社区,乙社区\n", "村", true},
        {"级别,名称\n镇,某镇\n片,东片\n村,甲村\n社区,乙社区\n", "社区", true},
        {"级别,名称\n镇,某镇\n片,东片\n村,甲村\n社区,乙社区\n", "片", false},
        {"级别,名称\n镇,某镇\n片,东片\n村,甲村\n社区,乙社区\n", "镇", false},
        {"级别,名称,网格编号,上级编号\n镇,某镇,0,\n片,东片,1,0\n村,甲村,2,0\n社区,乙社区,3,0\n", "社区",
            true},
        {"级别,名称,网格编号,上级编号\n镇,某镇,0,\n片,东片,1,0\n村,甲村,2,0\n社区,乙社区,3,0\n", "片",
            false},
        {"级别,名称,网格编号,上级编号\n镇,某镇,0,\n社区,乙社区,1,0\n村,甲村,2,1\n", "社区", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ValueFixture *f = fixture_new(NULL);
        fixture_put(f, "网格.csv", cases[i].roster);
        store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
        assert_int_equal(store_is_village_level(f->store, cases[i].level), cases[i].village);
        fixture_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(lists),
        cmocka_unit_test(figures),
        cmocka_unit_test(nested),
        cmocka_unit_test(elsewhere_is_told),
        cmocka_unit_test(groups_of_one_name),
        cmocka_unit_test(one_area),
        cmocka_unit_test(names_alone),
        cmocka_unit_test(half_of_the_names),
        cmocka_unit_test(faults),
        cmocka_unit_test(indicators),
        cmocka_unit_test(indicator_by_area),
        cmocka_unit_test(misspelt_indicator),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(villages),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
