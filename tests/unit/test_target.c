/* 目标 完成率 进度差 分档, and ratios of known parts: against figures worked out by hand. */
#include "value_tables.h"
#include "data/catalogue.h"
#include "template/value/explain.h"

static const char targets_csv[] = "指标,年度,范围,目标值,单位,季度分解\n"
                                  "垃圾量,2023,某镇,200,吨,10/40/150/200\n"
                                  "生活垃圾(吨),2024年,全镇,400,,25% / 50% / 75% / 100%\n"
                                  "生活垃圾,2024,甲村,120,吨,\n"
                                  "生活垃圾,2024,乙,60000,公斤,０／30000公斤／45000／60000\n"
                                  "乱堆乱放,2024,全镇,0,处,\n"
                                  "整改率,2024,全镇,90,%,\n"
                                  "厕所,2024,全镇,40,座,\n"
                                  "户厕,2024,全镇,20,座,10%/40%/70%/100%\n"
                                  "资金,2024,全镇,2.5,万元,\n";

/* A stock, a ratio of two flows and a ratio without parts. */
static const char toilets_csv[] =
    "月份,村,厕所(座),问题数(个),整改数(个),整改率(%),合格率(%),资金(元)\n"
    "2024-05,甲村,8,3,1,33,70,1000\n"
    "2024-05,乙村,9,5,4,80,90,0\n"
    "2024-06,甲村,10,7,2,28.6,80,5000\n"
    "2024-06,乙村,12,11,9,81.8,90,2500\n"
    "2024-06,丙村,1,0,0,,60,0\n";

static const char catalogue_xml[] =
    "<catalogue><indicator name='生活垃圾' alias='垃圾量' unit='吨'/>"
    "<indicator name='厕所' kind='存量'/><indicator name='问题数' alias='发现数' kind='流量'/>"
    "<indicator name='整改率' kind='比率' numerator='整改数' denominator='发现数'/>"
    "<indicator name='合格率' kind='ratio'/></catalogue>";

static const char works_csv[] = "编号,村,类型,完成数,单位,完工\n"
                                "X1,甲村,户厕,8,座,2024-03-05\nX2,乙村,户厕,6,座,2024-06-20\n"
                                "X3,甲村,管网,150,米,2024-05-01\nX4,乙村,户厕,3,座,2023-12-30\n";

static const char finds_csv[] = "编号,日期,村,生活垃圾(吨),销号日期\nA,2024-05-02,甲村,3,\nB,2024-05-03,甲村,1,2024-06-02\n";

static const Targets *read_targets(ValueFixture *f, const char *text)
{
    At at = {.data = NULL};
    fixture_put(f, "任务.csv", text);
    CsvDecl decl = targets_declare("任务.csv", &at);
    const Table *table = store_load(f->store, &decl, f->folder, &f->options.period);
    return table ? targets_load(f->store, table, &at) : NULL;
}

static ValueFixture *town_with(const char *period, const char *targets)
{
    ValueFixture *f = fixture_new(period);
    fixture_put(f, "c.xml", catalogue_xml);
    const char *path = arena_printf(f->arena, "%s/c.xml", f->folder);
    store_set_catalogue(f->store, catalogue_load(f->arena, path, f->diags));
    fixture_put(f, "网格.csv", roster_csv);
    fixture_put(f, "月报.csv", waste_csv);
    fixture_put(f, "厕.csv", toilets_csv);
    fixture_put(f, "工程.csv", works_csv);
    fixture_put(f, "台账.csv", finds_csv);
    store_set_roster(f->store, fixture_load(f, "网格", NULL, NULL));
    fixture_load(f, "月报", "月份", "月份,村");
    fixture_load(f, "厕", "月份", "月份,村");
    fixture_load(f, "工程", NULL, "编号");
    fixture_load(f, "台账", "日期", "编号");
    const Targets *read = targets ? read_targets(f, targets) : NULL;
    if (targets && !read) {
        print_error("%s\n", fixture_messages(f));
    }
    assert_true(!targets || read);
    fixture_start(f);
    engine_set_targets(f->engine, read);
    return f;
}

typedef struct TextCase {
    const char *value, *text;
} TextCase;

static void check_texts(ValueFixture *f, const Scope *scope, const TextCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = fixture_text(f, cases[i].value, scope);
        if (!text || strcmp(text, cases[i].text) != 0) {
            print_error("%s: %s\n%s\n", cases[i].value, text ? text : "", fixture_messages(f));
        }
        assert_non_null(text);
        assert_string_equal(text, cases[i].text);
    }
}

static void figures(void **state)
{
    static const TextCase cases[] = {
        /* flat table */
        {"月报.生活垃圾|目标", "400"},
        {"月报.生活垃圾|目标 本期", "200"},
        {"月报.生活垃圾|累计|目标", "400"},
        {"月报.生活垃圾|完成率", "46.4%"},
        {"月报.生活垃圾|累计|完成率", "46.4%"},
        {"月报.生活垃圾|attained this|percent 2", "92.75%"},
        {"月报.生活垃圾|进度差|百分比 2", "-3.63%"},
        {"月报.生活垃圾|进度差|升降", "慢于序时进度3.6个百分点"},
        {"月报.生活垃圾|上期|目标 本期", "166.67"},
        {"月报.生活垃圾|上期|完成率|百分比 2", "21.25%"},
        {"月报.生活垃圾|完成率|上期|百分比 2", "21.25%"},
        {"月报.生活垃圾|完成率|环比", "118.2%"},
        {"月报.生活垃圾|完成率|增减 上期|升降", "提高25.1个百分点"},
        {"月报.生活垃圾|进度差|增减 上期|升降", "提高16.8个百分点"},
        /* a year ago, by the town's name and by another name of the column */
        {"月报.生活垃圾|同期|目标", "200"},
        {"月报.生活垃圾|同期|目标 本期", "40"},
        {"月报.生活垃圾|同期|完成率", "40.0%"},
        {"月报.生活垃圾|同期|进度差|升降", "快于序时进度20.0个百分点"},
        /* a village's own, even over the year without 季度分解; in another unit */
        {"月报.生活垃圾|其中 村=甲村|目标", "120"},
        {"月报.生活垃圾|其中 村=甲村|目标 本期", "60"},
        {"月报.生活垃圾|其中 村=甲村|完成率", "83.3%"},
        {"月报.生活垃圾|其中 村=甲村|上期|目标 本期", "50"},
        {"月报.生活垃圾|其中 村=乙村|目标", "60"},
        {"月报.生活垃圾|其中 村=乙村|目标 本期", "30"},
        {"月报.生活垃圾|其中 村=乙村|完成率", "101.7%"},
        {"月报.生活垃圾|其中 村=丙村|目标|默认 无", "无"},
        {"月报.生活垃圾|其中 村=丙村|完成率|默认 无", "无"},
        {"月报.乱堆乱放|完成率|默认 无", "无"},
        {"月报.乱堆乱放|目标", "0"},
        /* by kind: a stock's last, a ratio's parts */
        {"厕.厕所|完成率", "57.5%"},
        {"厕.整改率|目标", "90.0%"},
        {"厕.整改率|完成率|百分比 3", "68.376%"},
        {"厕.资金|完成率", "34.0%"},
        {"厕.资金|目标", "25000"},
        {"厕.资金|目标|升降|默认 无", NULL},
        /* an indicator that is a part of a column */
        {"工程.完成数|其中 类型=户厕|本期 完工|完成率 户厕", "70.0%"},
        {"工程.完成数|其中 类型=户厕|本期 完工|完成率 本期 户厕", "175.0%"},
        {"工程.完成数|其中 类型=户厕|本期 完工|进度差 '户厕'|升降", "快于序时进度30.0个百分点"},
        {"工程.完成数|其中 类型=户厕|目标 户厕", "20"},
    };
    (void)state;
    ValueFixture *f = town_with("2024-06", targets_csv);
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (cases[i].text) {
            check_texts(f, NULL, &cases[i], 1);
        }
    }
    assert_false(diag_failed(f->diags));
    fixture_free(f);
}

/* Whole months that are over decide what is due; a ten-day period's month is not. */
static void periods(void **state)
{
    static const struct {
        const char *period, *due, *share;
    } cases[] = {
        {"2024-01", "33.33", NULL},
        {"2024-03", "100", NULL},
        {"2024-04", "133.33", "5.0%"},
        {"2024Q2", "200", "46.4%"},
        {"2024H1", "200", "46.4%"},
        {"2024", "400", "46.4%"},
        {"2024-06-上旬", "166.67", "21.3%"},
        {"2024-04-01..2024-06-30", "200", "46.4%"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = town_with(cases[i].period, targets_csv);
        const TextCase due = {"月报.生活垃圾|目标 本期", cases[i].due};
        const TextCase share = {"月报.生活垃圾|完成率", cases[i].share};
        check_texts(f, NULL, &due, 1);
        if (share.text && i != 6) {
            check_texts(f, NULL, &share, 1);
        }
        fixture_free(f);
    }
}

static void in_groups(void **state)
{
    static const char *const expected[] = {"83.3%", "101.7%", "—", "—"};
    (void)state;
    ValueFixture *f = town_with("2024-06", targets_csv);
    Expr *rows = fixture_expr(f, EXPR_ROWS, "月报"), *keys = fixture_expr(f, EXPR_KEYS, "村");
    Expr *value = fixture_expr(f, EXPR_VALUE, "生活垃圾|完成率");
    GroupSpec spec = {.rows = rows, .keys = keys};
    CheckScope scope = {NULL, rows, keys};
    Groups groups;
    assert_true(groups_check(f->engine, &spec, NULL));
    assert_true(expr_check(f->engine, value, &scope));
    assert_true(groups_list(f->engine, &spec, engine_root(f->engine), &groups));
    assert_int_equal(groups.count, COUNT(expected));
    const char *cell;
    for (int i = 0; i < groups.count; i++) {
        assert_true(expr_cell(f->engine, value, groups.scopes[i], &cell, NULL));
        assert_string_equal(cell, expected[i]);
    }
    assert_true(expr_cell(f->engine, value, groups.total, &cell, NULL));
    assert_string_equal(cell, "46.4%");
    /* of some villages together there is no target */
    spec.top = 2;
    assert_true(groups_list(f->engine, &spec, engine_root(f->engine), &groups));
    assert_true(expr_cell(f->engine, value, groups.total, &cell, NULL));
    assert_string_equal(cell, "—");
    /* by month the scope is the month's */
    spec = (GroupSpec){
        .rows = fixture_expr(f, EXPR_ROWS, "月报|累计"), .keys = fixture_expr(f, EXPR_KEYS, "月")};
    assert_true(groups_list(f->engine, &spec, engine_root(f->engine), &groups));
    assert_int_equal(groups.count, 3);
    assert_true(expr_cell(f->engine, value, groups.scopes[1], &cell, NULL));
    assert_string_equal(cell, "21.3%");
    fixture_free(f);
}

static void grades(void **state)
{
    static const TextCase cases[] = {
        /* flat table */
        {"95|分档 90 优秀 80 良好 较差", "优秀"},
        {"90|分档 90 优秀 80 良好 较差", "优秀"},
        {"89.99|分档 90 优秀 80 良好 较差", "良好"},
        {"79|分档 90 优秀 80 良好 较差", "较差"},
        {"79|grade 90 '优 秀' 80 \"良好\" '较差'", "较差"},
        {"79|分档 90 优秀 80 良好|默认 未达标", "未达标"},
        {"-3|分档 0 增 -5 略减 减", "略减"},
        {"月报.生活垃圾|完成率|分档 90% 快 40% 正常 慢", "正常"},
        {"月报.生活垃圾|环比|分档 10% 明显增加 0 增加 -10% 减少 明显减少", "明显增加"},
        {"13.5 / 15|分档 90% 优秀 较差", "优秀"},
        {"月报.生活垃圾|分档 1万 多 100 中 少", "中"},
    };
    (void)state;
    ValueFixture *f = town_with("2024-06", targets_csv);
    check_texts(f, NULL, cases, COUNT(cases));
    assert_false(diag_failed(f->diags));
    fixture_free(f);
}

/* Σ整改数 ÷ Σ问题数; one row says what stands in it; a row with one part only counts in neither. */
static void ratios(void **state)
{
    static const TextCase cases[] = {
        {"厕.整改率|百分比 3", "61.111%"},      /* 11 of 18 */
        {"厕.整改率|累计|百分比 3", "61.538%"}, /* 16 of 26 */
        {"厕.整改率|合计|百分比 3", "61.111%"},
        {"厕.整改率|平均", "55.2%"},
        {"厕.整改率|其中 村=甲村", "28.6%"},
        {"厕.整改率|其中 村=甲村|累计", "30.0%"},
        {"厕.整改率|环比", "-2.2%"},
        {"厕.整改率|其中 村=丙村|默认 无", "无"},
    };
    (void)state;
    ValueFixture *f = town_with("2024-06", NULL);
    check_texts(f, NULL, cases, COUNT(cases));
    assert_false(diag_failed(f->diags));
    static const char *const refused[] = {
        "厕.合格率", "厕.合格率|合计", "厕.合格率|最新", "厕.合格率|首个"};
    for (size_t i = 0; i < COUNT(refused); i++) {
        f = i ? town_with("2024-06", NULL) : f;
        assert_null(fixture_text(f, refused[i], NULL));
        assert_non_null(strstr(fixture_messages(f), "E169"));
        fixture_free(f);
    }
}

/* All of these are refused before a row is read. */
static void faults(void **state)
{
    static const struct {
        const char *value, *code, *part;
    } cases[] = {
        /* flat table */
        {"月报.私搭乱建|目标", "E142", ""},
        {"厕.问题数|目标", "E656", ""},
        {"工程.完成数|其中 类型=户厕|完成率", "E656", ""},
        {"工程.完成数|本期 完工|完成率 户测", "E656", "是否为“户厕”"},
        {"工程.完成数|完成率 户厕", "E166", ""},
        {"月报.生活垃圾|其中 村 属于 (甲村、乙村)|完成率", "E659", "完成率 户厕改造"},
        {"月报.生活垃圾|其中 生活垃圾 大于 3|目标", "E659", ""},
        {"月报.生活垃圾|其中 村=甲村 且 村=乙村|完成率", "E659", ""}, /* of two units, of none */
        {"月报.生活垃圾|近 3|完成率", "E601", ""},
        {"月报.生活垃圾|至今|目标", "E659", ""},
        {"台账.生活垃圾|结转|完成率", "E659", ""},
        {"月报|完成率", "E162", ""},
        {"月报.村|完成率", "E162", ""},
        {"月报.生活垃圾|合计|完成率", "E162", "接在列的后面"},
        {"月报.生活垃圾|按 村|完成率", "E162", ""},
        {"厕.厕所|目标 本期 厕所 2024", "E153", ""},
        {"1|分档", "E152", "界限和档名"},
        {"1|分档 优秀 90", "E152", ""},
        {"1|分档 90", "E152", ""},
        {"1|分档 90 80 良好", "E152", ""},
        {"1|分档 90 优秀 80 良好 较差 差", "E153", ""},
        {"1|分档 80 良好 90 优秀 较差", "E660", "由大到小"},
        {"1|分档 80 良好 80 优秀 较差", "E660", ""},
        {"1|分档 90% 优秀 较差", "E660", "百分数"},
        {"月报.生活垃圾|完成率|分档 90 优秀 较差", "E660", "百分数"},
        {"月报.村|列举|分档 90 优秀 较差", "E162", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f =
            town_with(strcmp(cases[i].code, "E601") == 0 ? "2024-02" : "2024-06", targets_csv);
        Expr *expr = fixture_expr(f, EXPR_VALUE, cases[i].value);
        assert_false(expr && expr_check(f->engine, expr, NULL));
        const char *messages = fixture_messages(f);
        if (!strstr(messages, cases[i].code) || !strstr(messages, cases[i].part)) {
            print_error("%s: %s\n%s\n", cases[i].value, cases[i].code, messages);
        }
        assert_non_null(strstr(messages, cases[i].code));
        assert_non_null(strstr(messages, cases[i].part));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        fixture_free(f);
    }
    ValueFixture *f = town_with("2024-06", NULL);
    assert_null(fixture_text(f, "月报.生活垃圾|完成率", NULL));
    assert_non_null(strstr(fixture_messages(f), "E655"));
    fixture_free(f);
}

static void missing(void **state)
{
    static const TextCase cases[] = {
        {"月报.生活垃圾|其中 村=丙村|完成率", "E658"},
        {"月报.生活垃圾|其中 村=甲村|同期|目标", "E658"},
        {"月报.乱堆乱放|完成率", "E173"},
        {"79|分档 90 优秀 80 良好", "E661"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = town_with("2024-06", targets_csv);
        assert_null(fixture_text(f, cases[i].value, NULL));
        assert_non_null(strstr(fixture_messages(f), cases[i].text));
        assert_int_equal(diag_count(f->diags, DIAG_ERROR), 1);
        fixture_free(f);
    }
}

/* Units: only what is certain is converted. */
static void units(void **state)
{
    static const struct {
        const char *unit, *code, *text;
    } cases[] = {
        {"吨", "", "46.4%"},
        {"t", "", "46.4%"},
        {"公斤", "", "46375.0%"},
        {"万吨", "", "0.0%"},
        {"处", "E657", NULL},
        {"元", "E657", NULL},
        {"", "W155", "46.4%"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = fixture_new("2024-06");
        char *csv = arena_printf(
            f->arena, "指标,年度,范围,目标值,单位\n生活垃圾,2024,全镇,400,%s\n", cases[i].unit);
        ValueFixture *town = town_with("2024-06", csv);
        const char *text = fixture_text(town, "月报.生活垃圾|完成率", NULL);
        assert_int_equal(text != NULL, cases[i].text != NULL);
        if (text) {
            assert_string_equal(text, cases[i].text);
        }
        assert_non_null(strstr(fixture_messages(town), cases[i].code));
        fixture_free(town);
        fixture_free(f);
    }
}

/* What is wrong in the table of targets is told at its cell, all of it. */
static void bad_rows(void **state)
{
    static const char head[] = "指标,年度,范围,目标值,单位,季度分解\n";
    static const TextCase cases[] = {
        /* flat table */
        {"甲,2024,全镇,100,吨,25%/50%/75%\n", "F2“季度分解”: 错误 E662"},
        {"甲,2024,全镇,100,吨,25%/50%/75%/90%\n",
            "E662: 任务表的“季度分解”不能写“25%/50%/75%/90%”"},
        {"甲,2024,全镇,100,吨,25%/50%/45%/100%\n", "E662"},
        {"甲,2024,全镇,100,吨,25%/25%/25%/25%\n", "四个季度末的累计"},
        {"甲,2024,全镇,100,吨,25/50/75/100/100\n", "E662"},
        {"甲,2024,全镇,100,吨,一半/50/75/100\n", "E662"},
        {"甲,2024,全镇,100,吨,约25/50/75/100\n", "E662"},
        {"甲,2024-06,全镇,100,吨,\n", "B2“年度”: 错误 E662"},
        {"甲,2024,,100,吨,\n", "C2“范围”: 错误 E237"},
        {",2024,全镇,100,吨,\n", "A2“指标”: 错误 E237"},
        {"甲,2024,全镇,,吨,\n乙,2024,全镇,5,吨,\n", "D2“目标值”: 错误 E662"},
        {"甲,2024,全镇,-5,吨,\n", "E662"},
        {"甲,2024,全镇,5,吨,\n甲,2024,某镇,6,吨,\n", "E283: “甲”2024年“某镇”的目标写了两次"},
        {"垃圾量,2024,甲村,5,吨,\n生活垃圾,2024,甲,6,吨,\n", "任务.csv 第 2 行已有"},
        {"甲,2024,丁村,5,吨,\n甲,2024,戊村,6,吨,\n甲,2024,镇本级,6,吨,\n", "C3“范围”: 警告 W223"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = town_with("2024-06", NULL);
        bool sound = strstr(cases[i].text, "W223") != NULL;
        assert_int_equal(
            read_targets(f, arena_printf(f->arena, "%s%s", head, cases[i].value)) != NULL, sound);
        if (!strstr(fixture_messages(f), cases[i].text)) {
            print_error("%s\n%s\n", cases[i].value, fixture_messages(f));
        }
        assert_non_null(strstr(fixture_messages(f), cases[i].text));
        if (diag_count(f->diags, sound ? DIAG_WARNING : DIAG_ERROR) != 1) {
            print_error("%s\n%s\n", cases[i].value, fixture_messages(f));
        }
        assert_int_equal(diag_count(f->diags, sound ? DIAG_WARNING : DIAG_ERROR), 1);
        fixture_free(f);
    }
    ValueFixture *f = town_with("2024-06", NULL);
    assert_null(read_targets(f, "指标,年度,目标值\n甲,2024,3\n"));
    assert_non_null(strstr(fixture_messages(f), "没有列“范围”"));
    fixture_free(f);
}

/* Of a target its cell and what is due; of a ratio the parts, which are what was reckoned with. */
static void in_words(void **state)
{
    static const TextCase cases[] = {
        /* flat table */
        {"月报.生活垃圾|目标",
            "目标：任务.csv（D3），2024年 全镇 的“生活垃圾”：400吨 | 目标：400吨"},
        {"月报.生活垃圾|其中 村=甲村|目标 本期",
            "“月报”2024年6月 3 行 | 其中 村=甲村：“月报”2024年6月 1 行"
            " | 目标：任务.csv（D4），2024年 甲村 的“生活垃圾”：120吨"
            " | 应完成：没有写季度分解，全年按月均摊，过了 6 个整月：60吨 | 目标 本期：60吨"},
        {"月报.生活垃圾|其中 村=乙村|完成率 本期",
            "“月报”2024年6月 3 行 | 其中 村=乙村：“月报”2024年6月 1 行"
            " | “月报”2024年1—6月 3 行的“生活垃圾”：61.0吨（推断为流量，相加）"
            " | 用到 月报.csv（C7、C8、C10） | 目标：任务.csv（D5），2024年 乙 的“生活垃圾”：60吨"
            " | 应完成：照季度分解，过了 6 个整月：30吨 | 完成率 本期 = 61.0吨 ÷ 30吨 = 203.3%"},
        {"月报.生活垃圾|进度差",
            "“月报”2024年1—6月 7 行的“生活垃圾”：185.5吨（推断为流量，相加）"
            " | 用到 月报.csv（C6、C7、C8 等 7 格）"
            " | 目标：任务.csv（D3），2024年 全镇 的“生活垃圾”：400吨"
            " | 应完成：照季度分解，过了 6 个整月：200吨 | 完成率 = 185.5吨 ÷ 400吨 = 46.4%"
            " | 应完成的比率 = 200吨 ÷ 400吨 = 50.0% | 进度差 = 46.4% − 50.0% = -3.6%"},
        {"月报.生活垃圾|其中 村=丙村|完成率",
            "“月报”2024年6月 3 行 | 其中 村=丙村：“月报”2024年6月 1 行"
            " | “月报”2024年1—6月 1 行的“生活垃圾”：24.5吨 | 用到 月报.csv（C12）"
            " | 完成率：没有数（没有给它定目标）"},
        {"厕.整改率", "“厕”2024年6月 3 行的“整改数”：11个（推断为流量，相加） | 用到 厕.csv（E4、E5、E6）"
                      " | “厕”2024年6月 3 行的“问题数”：18个（流量，相加）"
                      " | 用到 厕.csv（D4、D5、D6） | “整改率” = “整改数” ÷ “问题数”"
                      " = 11个 ÷ 18个 = 61.1%"},
        {"厕.整改率|其中 村=甲村", "“厕”2024年6月 3 行 | 其中 村=甲村：“厕”2024年6月 1 行"
                                   " | “厕”2024年6月 1 行的“整改率”：28.6% | 用到 厕.csv（F4）"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ValueFixture *f = town_with("2024-06", targets_csv);
        Explanation is;
        ValuePlace place = fixture_place(f, cases[i].value);
        Expr *expr = expr_parse_any(f->engine, &place);
        assert_true(expr && expr_check(f->engine, expr, NULL));
        assert_true(expr_explain(f->engine, expr, &is));
        const char *words = "";
        for (size_t line = 0; line < is.count; line++) {
            words = arena_printf(f->arena, "%s%s%s", words, line ? " | " : "", is.lines[line]);
        }
        if (strcmp(words, cases[i].text) != 0) {
            fail_msg("%s:\n  %s\n  not\n  %s", cases[i].value, words, cases[i].text);
        }
        fixture_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures),
        cmocka_unit_test(periods),
        cmocka_unit_test(in_groups),
        cmocka_unit_test(grades),
        cmocka_unit_test(ratios),
        cmocka_unit_test(faults),
        cmocka_unit_test(missing),
        cmocka_unit_test(units),
        cmocka_unit_test(bad_rows),
        cmocka_unit_test(in_words),
    };
    return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
